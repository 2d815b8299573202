//! 台账明细: the entries of a stretch of the year with what was left after each, and the totals of their months.

use std::rc::Rc;

use super::balance::Named;
use super::footing::RoundedRunning;
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Month};
use crate::domain::entry::{Kind, Moves};
use crate::domain::figure::Figure;
use crate::domain::trail::{Lost, Mover, Movers};

/// Which entries are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// A part of the payee's name.
    pub(crate) payee: Option<String>,
    pub(crate) voucher: Option<String>,
}

impl Wanted {
    fn is_filtered(&self) -> bool {
        self.payee.is_some() || self.voucher.is_some()
    }
}

/// The register, complete.
#[derive(Debug, Clone)]
pub(crate) struct Register {
    pub(crate) stamp: Stamp,
    pub(crate) wanted: Wanted,
    /// Whether entries were left out, so that what was left after each would mean nothing.
    pub(crate) is_filtered: bool,
    /// What stood before the first day, where that is not the year's first.
    pub(crate) opening: Option<RegisterFigures>,
    pub(crate) entries: Entries,
    /// How many entries there are.
    pub(crate) count: usize,
    /// Of the columns that may hold nothing, those that do hold something.
    pub(crate) filled: Vec<Figure>,
    pub(crate) months: Vec<RegisterMonth>,
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// The entries, which are worked out as they are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Entries {
    trail: Rc<dyn Movers>,
    /// The allocations' keys and numbers.
    numbers: Vec<(String, usize)>,
    wanted: Wanted,
    noted: Noted,
}

/// What notes do to the choice of entries.
#[derive(Debug, Clone, Default)]
struct Noted {
    /// The entries to which a note brought the voucher number that is wanted.
    completed: Vec<u64>,
    /// The entries with notes that are found.
    found: Vec<u64>,
}

/// One entry. It moves one figure, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegisterRow<Text = String> {
    pub(crate) row: Mover<Text>,
    /// Its allocation's number.
    pub(crate) number: usize,
    pub(crate) budget: Option<Amount>,
    pub(crate) committed: Option<Amount>,
    pub(crate) spent: Option<Amount>,
    /// What is available after it, over all allocations of the register.
    pub(crate) available: Option<Amount>,
}

/// The totals that stand after a month's last entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegisterMonth {
    pub(crate) month: Month,
    /// How many entries of the register stand before them.
    pub(crate) after: usize,
    pub(crate) of_month: RegisterFigures,
    /// Since the year began.
    pub(crate) to_date: RegisterFigures,
    /// Whether some of the month's entries lie before the first day and are not listed.
    pub(crate) is_cut: bool,
}

/// Sums, in 元.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RegisterFigures {
    pub(crate) budget: Amount,
    pub(crate) committed: Amount,
    pub(crate) spent: Amount,
}

impl RegisterFigures {
    pub(crate) fn available(&self) -> Amount {
        self.budget - self.committed - self.spent
    }

    fn add<Text>(&mut self, row: &RegisterRow<Text>) {
        self.budget += row.budget.unwrap_or(Amount::ZERO);
        self.committed += row.committed.unwrap_or(Amount::ZERO);
        self.spent += row.spent.unwrap_or(Amount::ZERO);
    }
}

/// The register over these allocations. The rows come by date and seq, from the year's first day on.
pub(crate) fn register(
    stamp: Stamp,
    names: &[Named],
    trail: &Rc<dyn Movers>,
    wanted: Wanted,
) -> Result<Register, Lost> {
    let numbers = names.iter().map(|named| (named.key.clone(), named.number)).collect();
    let noted = if wanted.is_filtered() { Noted::of(&**trail, &wanted)? } else { Noted::default() };
    let entries = Entries { trail: Rc::clone(trail), numbers, wanted: wanted.clone(), noted };
    let mut register = Register {
        is_filtered: wanted.is_filtered(),
        opening: (wanted.from > stamp.year.first_day()).then(RegisterFigures::default),
        entries: entries.clone(),
        count: 0,
        filled: Vec::new(),
        months: Vec::new(),
        uneven_in_wan: Vec::new(),
        stamp,
        wanted,
    };
    let mut to_date = RegisterFigures::default();
    let mut running: Option<RegisterMonth> = None;
    let mut rounded = Rounded::default();
    let mut reckoning = entries.reckoning();
    trail.scan(&mut |row| {
        let Some(row) = reckoning.entry(row) else { return };
        let month = Month::of(row.row.date);
        if running.as_ref().is_none_or(|running| running.month != month) {
            register.end_month(running.take());
            let of_month = RegisterFigures::default();
            running = Some(RegisterMonth { month, after: 0, of_month, to_date, is_cut: false });
        }
        to_date.add(&row);
        let is_listed = row.row.date >= register.wanted.from;
        if let Some(month) = &mut running {
            month.of_month.add(&row);
            month.to_date = to_date;
            month.is_cut |= !is_listed;
        }
        if is_listed {
            register.count += 1;
            register.fill(&row);
            rounded.add(&row);
        } else if let Some(opening) = &mut register.opening {
            opening.add(&row);
            rounded = Rounded::from(opening);
        }
    })?;
    register.end_month(running);
    register.uneven_in_wan = rounded.uneven(&register);
    Ok(register)
}

impl Register {
    /// The totals of a month none of whose entries is listed are not shown.
    fn end_month(&mut self, month: Option<RegisterMonth>) {
        let already = self.months.last().map_or(0, |month| month.after);
        let listed = month.filter(|_| self.count > already);
        self.months.extend(listed.map(|month| RegisterMonth { after: self.count, ..month }));
    }

    fn fill(&mut self, row: &RegisterRow<&str>) {
        let holds = [
            (Figure::Voucher, !row.row.voucher.is_empty()),
            (Figure::Payee, !row.row.payee.is_empty()),
            (Figure::Budgeted, row.budget.is_some()),
            (Figure::Committed, row.committed.is_some()),
        ];
        for (figure, holds) in holds {
            if holds && !self.filled.contains(&figure) {
                self.filled.push(figure);
            }
        }
    }
}

impl Entries {
    /// The entries, by date and seq.
    pub(crate) fn each(&self) -> impl Iterator<Item = Result<RegisterRow, Lost>> + '_ {
        let mut reckoning = self.reckoning();
        let entries = self.trail.walk().filter_map(move |row| row.map(|row| reckoning.entry(row)).transpose());
        entries.filter(|row| row.as_ref().map_or(true, |row| row.row.date >= self.wanted.from))
    }

    fn reckoning(&self) -> Reckoning<'_> {
        Reckoning { entries: self, to_date: RegisterFigures::default() }
    }

    /// A note goes with the row it completes.
    fn is_found(&self, row: &Mover<impl AsRef<str>>) -> bool {
        if row.kind != Kind::Note {
            return self.noted.finds(row, &self.wanted);
        }
        row.refers_to.is_some_and(|seq| self.noted.found.binary_search(&seq).is_ok())
    }
}

/// What is available, reckoned from the year's first entry on, those before the first day among them.
struct Reckoning<'e> {
    entries: &'e Entries,
    to_date: RegisterFigures,
}

impl Reckoning<'_> {
    /// The next row as an entry, if it is one.
    fn entry<Text: AsRef<str>>(&mut self, row: Mover<Text>) -> Option<RegisterRow<Text>> {
        let Entries { numbers, wanted, .. } = self.entries;
        if !wanted.is_entry(&row) || wanted.is_filtered() && !self.entries.is_found(&row) {
            return None;
        }
        let (_, number) = numbers.iter().find(|(key, _)| key == row.allocation.as_ref())?;
        let mut row = entry(row, *number);
        self.to_date.add(&row);
        let moves_something = row.row.kind.moves() != Moves::Nothing;
        row.available = (!wanted.is_filtered() && moves_something).then(|| self.to_date.available());
        Some(row)
    }
}

fn entry<Text>(row: Mover<Text>, number: usize) -> RegisterRow<Text> {
    let of = |wanted: &[Moves]| Some(row.amount).filter(|_| wanted.contains(&row.kind.moves()));
    RegisterRow {
        number,
        budget: of(&[Moves::Original, Moves::Adjusted]),
        committed: of(&[Moves::Committed]),
        spent: of(&[Moves::Spent]),
        available: None,
        row,
    }
}

impl Wanted {
    /// Whether a row belongs into a register, up to the last day.
    fn is_entry<Text>(&self, row: &Mover<Text>) -> bool {
        row.date <= self.to && (row.kind.moves() != Moves::Nothing || row.kind == Kind::Note)
    }

    fn has_voucher(&self, row: &Mover<impl AsRef<str>>) -> bool {
        self.voucher.as_ref().is_none_or(|voucher| row.voucher.as_ref() == voucher)
    }

    fn has_payee(&self, row: &Mover<impl AsRef<str>>) -> bool {
        self.payee.as_ref().is_none_or(|payee| row.payee.as_ref().contains(payee.as_str()))
    }
}

impl Noted {
    fn of(trail: &dyn Movers, wanted: &Wanted) -> Result<Self, Lost> {
        let (mut noted, mut completed) = (Vec::new(), Vec::new());
        trail.scan(&mut |row| {
            if row.kind == Kind::Note && wanted.is_entry(&row) {
                noted.extend(row.refers_to);
                completed.extend(row.refers_to.filter(|_| wanted.voucher.is_some() && wanted.has_voucher(&row)));
            }
        })?;
        noted.sort_unstable();
        completed.sort_unstable();
        let choice = Self { completed, found: Vec::new() };
        if noted.is_empty() {
            return Ok(choice);
        }
        let mut found = Vec::new();
        trail.scan(&mut |row| {
            let has_note = row.seq.is_some_and(|seq| noted.binary_search(&seq).is_ok());
            if has_note && row.kind != Kind::Note && wanted.is_entry(&row) && choice.finds(&row, wanted) {
                found.extend(row.seq);
            }
        })?;
        found.sort_unstable();
        Ok(Self { found, ..choice })
    }

    /// Whether a row that is no note is wanted: a note may have brought the voucher number that is asked for.
    fn finds(&self, row: &Mover<impl AsRef<str>>, wanted: &Wanted) -> bool {
        let Some(seq) = row.seq else { return false };
        wanted.has_payee(row) && (wanted.has_voucher(row) || self.completed.binary_search(&seq).is_ok())
    }
}

/// The sums of the listed entries, rounded one by one.
#[derive(Default)]
struct Rounded {
    moved: RegisterFigures,
    running: RoundedRunning,
}

impl Rounded {
    fn from(opening: &RegisterFigures) -> Self {
        let RegisterFigures { budget, committed, spent } = *opening;
        Self {
            moved: RegisterFigures { budget: budget.wan(), committed: committed.wan(), spent: spent.wan() },
            running: RoundedRunning::from(opening.available()),
        }
    }

    fn add<Text>(&mut self, row: &RegisterRow<Text>) {
        let amount = |amount: Option<Amount>| amount.unwrap_or(Amount::ZERO);
        let RegisterFigures { budget, committed, spent } = &mut self.moved;
        for (sum, amount) in [(budget, row.budget), (committed, row.committed), (spent, row.spent)] {
            *sum += amount.map_or(Amount::ZERO, Amount::wan);
        }
        if let Some(available) = row.available {
            self.running.add(amount(row.budget) - amount(row.committed.or(row.spent)), available);
        }
    }

    /// The columns whose rounded entries miss the rounded sums beside them.
    fn uneven(&self, register: &Register) -> Vec<Figure> {
        let Some(end) = register.months.last().map(|month| month.to_date) else { return Vec::new() };
        [
            (Figure::Budgeted, self.moved.budget != end.budget.wan()),
            (Figure::Committed, self.moved.committed != end.committed.wan()),
            (Figure::Spent, self.moved.spent != end.spent.wan()),
            (Figure::Available, !register.is_filtered && self.running.misses()),
        ]
        .into_iter()
        .filter_map(|(figure, misses)| misses.then_some(figure))
        .collect()
    }
}
