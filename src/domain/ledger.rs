//! The rules between the rows: what may follow what. Holds nothing that grows with the ledger but its
//! allocations and its closes, and adds up no money; that is `position`'s.

use super::amount::Amount;
use super::budget::Fund;
use super::calendar::{Date, FiscalYear, Month};
use super::entry::{Batch, Digest, Entry, Kind};
use super::keyed::first_of;
use super::opening::{self, Opened};
use super::plan::Plan;

/// What the rows so far have settled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    /// Rows so far; also the last seq.
    pub(crate) rows: u64,
    /// The last row's digest; zeros before the first.
    pub(crate) digest: Digest,
    /// The budget's id and year, from the `open` row.
    pub(crate) opened_for: Option<(String, FiscalYear)>,
    /// One for each allocation and fund, in the order of their `budget` rows.
    pub(crate) opened: Vec<Opened>,
    /// Their keys and funds in order, for every row names one.
    keys: Vec<(String, Option<Fund>)>,
    pub(crate) closes: Vec<Closed>,
    /// `at` of the last row.
    pub(crate) last_at: String,
    running: Option<Batch>,
    opening: bool,
}

/// A sealed month: its `close` row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closed {
    pub(crate) month: Month,
    pub(crate) seq: u64,
    pub(crate) digest: Digest,
    /// The plain SHA-256 of everything before the row, as its memo states it.
    pub(crate) sealed: Option<Digest>,
}

/// Why a row can't stand where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Breach {
    Seq { expected: u64, found: u64 },
    FirstRowNotOpen,
    OpenAgain,
    OpenMemo,
    OpeningHolds(Kind),
    Batch { expected: Batch },
    BatchBegins { place: u64 },
    IdMissing,
    DateMissing,
    DateGiven,
    DateOutsideYear { date: Date, year: FiscalYear },
    MonthClosed { month: Month },
    Sign { kind: Kind, amount: Amount },
    AllocationMissing,
    AllocationGiven { kind: Kind },
    UnknownAllocation { key: String },
    OpenedTwice { key: String, fund: Option<Fund> },
    LateOriginal,
    PlanMissing,
    PlanGiven { kind: Kind },
    PlanUnreadable,
    PlanDoesNotFit { plan: Amount, amount: Amount },
    RefMissing { kind: Kind },
    RefGiven { kind: Kind },
    RefForward { refers_to: u64 },
    CloseOutOfOrder { expected: Month },
}

impl Breach {
    /// The column in which the row is at odds with those before it.
    pub(crate) fn column(&self) -> &'static str {
        match self {
            Self::Seq { .. } => "seq",
            Self::FirstRowNotOpen | Self::OpenAgain | Self::OpeningHolds(_) => "kind",
            Self::OpenMemo => "memo",
            Self::Batch { .. } | Self::BatchBegins { .. } => "batch",
            Self::IdMissing => "id",
            Self::DateMissing
            | Self::DateGiven
            | Self::DateOutsideYear { .. }
            | Self::MonthClosed { .. }
            | Self::CloseOutOfOrder { .. } => "date",
            Self::Sign { .. } | Self::LateOriginal => "amount",
            Self::AllocationMissing
            | Self::AllocationGiven { .. }
            | Self::UnknownAllocation { .. }
            | Self::OpenedTwice { .. } => "allocation",
            Self::PlanMissing | Self::PlanGiven { .. } | Self::PlanUnreadable | Self::PlanDoesNotFit { .. } => "plan",
            Self::RefMissing { .. } | Self::RefGiven { .. } | Self::RefForward { .. } => "ref",
        }
    }
}

impl Ledger {
    /// Takes the next row, or says why it can't be the next. The digest is taken as read; `store` has checked it.
    pub(crate) fn admit(&mut self, entry: &Entry<&str>) -> Result<(), Breach> {
        if entry.seq != self.rows + 1 {
            return Err(Breach::Seq { expected: self.rows + 1, found: entry.seq });
        }
        self.check_batch(entry)?;
        if entry.seq == 1 {
            self.take_open(entry)?;
        } else {
            self.check_kind(entry)?;
            self.check_date(entry)?;
            self.check_allocation(entry)?;
            check_plan(entry)?;
        }
        check_reference(entry)?;
        if !entry.what.kind.allows(entry.what.amount) {
            return Err(Breach::Sign { kind: entry.what.kind, amount: entry.what.amount });
        }
        self.running = entry.batch.filter(|batch| !batch.is_last());
        self.opening &= self.running.is_some();
        self.rows = entry.seq;
        self.digest = entry.digest;
        self.last_at.clear();
        self.last_at.push_str(entry.at);
        Ok(())
    }

    /// The state after a row somewhere further on, as that row tells it: right if nothing was opened or closed between.
    pub(crate) fn after(&self, row: &Entry<&str>) -> Self {
        let running = row.batch.filter(|batch| !batch.is_last());
        Self {
            rows: row.seq,
            digest: row.digest,
            last_at: row.at.to_owned(),
            running,
            opening: self.opening && running.is_some(),
            ..self.clone()
        }
    }

    /// Whether the last row ends what it belongs to: no batch is waiting for more rows.
    pub(crate) fn is_whole(&self) -> bool {
        self.running.is_none()
    }

    /// The batch that waits for more rows, with the place of its last row so far.
    pub(crate) fn running(&self) -> Option<Batch> {
        self.running
    }

    pub(crate) fn is_opened(&self) -> bool {
        self.opened_for.is_some()
    }

    pub(crate) fn year(&self) -> Option<FiscalYear> {
        self.opened_for.as_ref().map(|(_, year)| *year)
    }

    /// The first month that still takes rows; `None` once December is closed.
    pub(crate) fn first_open_month(&self) -> Option<Month> {
        let year = self.year()?;
        year.months().nth(self.closes.len())
    }

    /// The close row that seals the month of `date`, if it is sealed.
    pub(crate) fn close_of(&self, date: Date) -> Option<Closed> {
        self.closes.iter().copied().find(|closed| closed.month == Month::of(date))
    }

    /// The name an allocation was opened with.
    pub(crate) fn name(&self, key: &str) -> Option<&str> {
        self.opened.iter().find(|opened| opened.key == key).map(|opened| opened.name.as_str())
    }

    fn check_batch(&self, entry: &Entry<&str>) -> Result<(), Breach> {
        match (self.running, entry.batch) {
            (Some(running), found) => {
                let expected = Batch { place: running.place + 1, count: running.count };
                if found != Some(expected) {
                    return Err(Breach::Batch { expected });
                }
            }
            (None, Some(batch)) if batch.place != 1 => return Err(Breach::BatchBegins { place: batch.place }),
            (None, _) if entry.id.is_empty() => return Err(Breach::IdMissing),
            (None, _) => {}
        }
        Ok(())
    }

    fn take_open(&mut self, entry: &Entry<&str>) -> Result<(), Breach> {
        if entry.what.kind != Kind::Open {
            return Err(Breach::FirstRowNotOpen);
        }
        let (id, year) = opening::read_memo(entry.what.memo).ok_or(Breach::OpenMemo)?;
        if entry.batch.is_none() || entry.what.date != Some(year.first_day()) {
            return Err(Breach::OpenMemo);
        }
        if !entry.what.allocation.is_empty() || entry.what.fund.is_some() {
            return Err(Breach::AllocationGiven { kind: Kind::Open });
        }
        self.opened_for = Some((id.to_owned(), year));
        self.opening = true;
        Ok(())
    }

    fn check_kind(&self, entry: &Entry<&str>) -> Result<(), Breach> {
        match entry.what.kind {
            Kind::Open => Err(Breach::OpenAgain),
            kind if self.opening && kind != Kind::Budget => Err(Breach::OpeningHolds(kind)),
            Kind::Budget if !self.opening && !entry.what.amount.is_zero() => Err(Breach::LateOriginal),
            Kind::Budget
            | Kind::Adjustment
            | Kind::Commitment
            | Kind::Release
            | Kind::Expense
            | Kind::Reversal
            | Kind::Refund
            | Kind::Note
            | Kind::Close
            | Kind::Repair => Ok(()),
        }
    }

    fn check_date(&mut self, entry: &Entry<&str>) -> Result<(), Breach> {
        let (kind, date) = match (entry.what.kind, entry.what.date) {
            (Kind::Repair, None) => return Ok(()),
            (Kind::Repair, Some(_)) => return Err(Breach::DateGiven),
            (_, None) => return Err(Breach::DateMissing),
            (kind, Some(date)) => (kind, date),
        };
        let year = self.year().ok_or(Breach::FirstRowNotOpen)?;
        if !year.holds(date) {
            return Err(Breach::DateOutsideYear { date, year });
        }
        if let Some(closed) = self.close_of(date) {
            return Err(Breach::MonthClosed { month: closed.month });
        }
        if kind == Kind::Close {
            let expected = self.first_open_month().ok_or(Breach::DateGiven)?;
            if date != expected.last_day() {
                return Err(Breach::CloseOutOfOrder { expected });
            }
            let sealed = entry.what.memo.split(';').find_map(|part| Digest::canonical(part.strip_prefix("sha256=")?));
            self.closes.push(Closed { month: expected, seq: entry.seq, digest: entry.digest, sealed });
        }
        Ok(())
    }

    fn check_allocation(&mut self, entry: &Entry<&str>) -> Result<(), Breach> {
        let what = &entry.what;
        match what.kind {
            Kind::Open | Kind::Close | Kind::Repair => {
                let empty = what.allocation.is_empty() && what.fund.is_none();
                return if empty { Ok(()) } else { Err(Breach::AllocationGiven { kind: what.kind }) };
            }
            Kind::Note if what.allocation.is_empty() => return Ok(()),
            Kind::Budget => return self.take_budget_row(entry),
            Kind::Adjustment
            | Kind::Commitment
            | Kind::Release
            | Kind::Expense
            | Kind::Reversal
            | Kind::Refund
            | Kind::Note => {}
        }
        if what.allocation.is_empty() {
            return Err(Breach::AllocationMissing);
        }
        match self.funds_of(what.allocation).next() {
            Some(_) => Ok(()),
            None => Err(Breach::UnknownAllocation { key: what.allocation.to_owned() }),
        }
    }

    fn funds_of(&self, key: &str) -> impl Iterator<Item = Option<Fund>> {
        let from = first_of(&self.keys, key, |(key, _)| key);
        self.keys[from..].iter().take_while(move |(known, _)| known == key).map(|(_, fund)| *fund)
    }

    fn take_budget_row(&mut self, entry: &Entry<&str>) -> Result<(), Breach> {
        let what = &entry.what;
        if what.allocation.is_empty() {
            return Err(Breach::AllocationMissing);
        }
        let plan = Plan::canonical(what.plan).ok_or(Breach::PlanUnreadable)?;
        if self.funds_of(what.allocation).any(|fund| fund == what.fund) {
            return Err(Breach::OpenedTwice { key: what.allocation.to_owned(), fund: what.fund });
        }
        let place = first_of(&self.keys, what.allocation, |(key, _)| key);
        self.keys.insert(place, (what.allocation.to_owned(), what.fund));
        self.opened.push(Opened {
            key: what.allocation.to_owned(),
            name: what.memo.to_owned(),
            fund: what.fund,
            original: what.amount,
            plan,
        });
        Ok(())
    }
}

/// A plan stands on budget and adjustment rows, and adds up to their amount.
fn check_plan(entry: &Entry<&str>) -> Result<(), Breach> {
    let what = &entry.what;
    if !matches!(what.kind, Kind::Budget | Kind::Adjustment) {
        return if what.plan.is_empty() { Ok(()) } else { Err(Breach::PlanGiven { kind: what.kind }) };
    }
    if what.plan.is_empty() {
        return Err(Breach::PlanMissing);
    }
    let plan = Plan::canonical(what.plan).ok_or(Breach::PlanUnreadable)?;
    match plan.sum() {
        Some(sum) if sum != what.amount => Err(Breach::PlanDoesNotFit { plan: sum, amount: what.amount }),
        _ => Ok(()),
    }
}

fn check_reference(entry: &Entry<&str>) -> Result<(), Breach> {
    let kind = entry.what.kind;
    match (kind.refers(), entry.what.refers_to) {
        (Some(true), None) => Err(Breach::RefMissing { kind }),
        (Some(false), Some(_)) => Err(Breach::RefGiven { kind }),
        (_, Some(refers_to)) if refers_to >= entry.seq => Err(Breach::RefForward { refers_to }),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
