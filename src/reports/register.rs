//! 台账明细: the entries of a stretch of the year with what was left after each, and the totals of their months.

use super::balance::Named;
use super::footing::running_misses;
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Month};
use crate::domain::entry::{Kind, Moves};
use crate::domain::figure::Figure;
use crate::domain::trail::Mover;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Register {
    pub(crate) stamp: Stamp,
    pub(crate) wanted: Wanted,
    /// Whether entries were left out, so that what was left after each would mean nothing.
    pub(crate) is_filtered: bool,
    /// What stood before the first day, where that is not the year's first.
    pub(crate) opening: Option<RegisterFigures>,
    pub(crate) rows: Vec<RegisterRow>,
    pub(crate) months: Vec<RegisterMonth>,
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// One entry. It moves one figure, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegisterRow {
    pub(crate) row: Mover,
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

    fn add(&mut self, row: &RegisterRow) {
        self.budget += row.budget.unwrap_or(Amount::ZERO);
        self.committed += row.committed.unwrap_or(Amount::ZERO);
        self.spent += row.spent.unwrap_or(Amount::ZERO);
    }
}

/// The register over these allocations. The rows come by date and seq, from the year's first day on.
pub(crate) fn register(stamp: Stamp, names: &[Named], trail: &[Mover], wanted: Wanted) -> Register {
    let is_filtered = wanted.is_filtered();
    let rows: Vec<&Mover> = matching(trail, &wanted);
    let mut register = Register {
        is_filtered,
        opening: (wanted.from > stamp.year.first_day()).then(RegisterFigures::default),
        rows: Vec::new(),
        months: Vec::new(),
        uneven_in_wan: Vec::new(),
        stamp,
        wanted,
    };
    let mut to_date = RegisterFigures::default();
    let mut running: Option<RegisterMonth> = None;
    for row in rows {
        let Some(allocation) = names.iter().find(|named| named.key == row.allocation) else { continue };
        let month = Month::of(row.date);
        if running.as_ref().is_none_or(|running| running.month != month) {
            register.end_month(running.take());
            let of_month = RegisterFigures::default();
            running = Some(RegisterMonth { month, after: 0, of_month, to_date, is_cut: false });
        }
        let mut row = entry(row, allocation.number);
        to_date.add(&row);
        row.available = (!is_filtered && row.row.kind.moves() != Moves::Nothing).then(|| to_date.available());
        let is_listed = row.row.date >= register.wanted.from;
        if let Some(month) = &mut running {
            month.of_month.add(&row);
            month.to_date = to_date;
            month.is_cut |= !is_listed;
        }
        if is_listed {
            register.rows.push(row);
        } else if let Some(opening) = &mut register.opening {
            opening.add(&row);
        }
    }
    register.end_month(running);
    register.uneven_in_wan = uneven(&register);
    register
}

impl Register {
    /// The totals of a month none of whose entries is listed are not shown.
    fn end_month(&mut self, month: Option<RegisterMonth>) {
        let already = self.months.last().map_or(0, |month| month.after);
        let listed = month.filter(|_| self.rows.len() > already);
        self.months.extend(listed.map(|month| RegisterMonth { after: self.rows.len(), ..month }));
    }
}

fn entry(row: &Mover, number: usize) -> RegisterRow {
    let of = |wanted: &[Moves]| Some(row.amount).filter(|_| wanted.contains(&row.kind.moves()));
    RegisterRow {
        number,
        budget: of(&[Moves::Original, Moves::Adjusted]),
        committed: of(&[Moves::Committed]),
        spent: of(&[Moves::Spent]),
        available: None,
        row: row.clone(),
    }
}

/// The rows up to the last day that are asked for. A note goes with the row it completes, and the row with a note that
/// brought the voucher number asked for.
fn matching<'t>(trail: &'t [Mover], wanted: &Wanted) -> Vec<&'t Mover> {
    let is_entry = |row: &&Mover| row.kind.moves() != Moves::Nothing || row.kind == Kind::Note;
    let in_time = trail.iter().filter(|row| row.date <= wanted.to).filter(is_entry);
    if !wanted.is_filtered() {
        return in_time.collect();
    }
    let has_voucher = |row: &Mover| wanted.voucher.as_ref().is_none_or(|voucher| row.voucher == *voucher);
    let rows: Vec<&Mover> = in_time.collect();
    let completed: Vec<u64> = rows
        .iter()
        .filter(|row| wanted.voucher.is_some() && row.kind == Kind::Note && has_voucher(row))
        .filter_map(|note| note.refers_to)
        .collect();
    let is_wanted = |row: &Mover| {
        let has_payee = wanted.payee.as_ref().is_none_or(|payee| row.payee.contains(payee.as_str()));
        has_payee && (has_voucher(row) || row.seq.is_some_and(|seq| completed.contains(&seq)))
    };
    let mut found: Vec<u64> =
        rows.iter().filter(|row| row.kind != Kind::Note && is_wanted(row)).filter_map(|row| row.seq).collect();
    found.sort_unstable();
    let is_found = |row: &&Mover| {
        let of = if row.kind == Kind::Note { row.refers_to } else { row.seq };
        of.is_some_and(|seq| found.binary_search(&seq).is_ok())
    };
    rows.into_iter().filter(is_found).collect()
}

/// The columns whose rounded entries miss the rounded sums beside them.
fn uneven(register: &Register) -> Vec<Figure> {
    let opening = register.opening.unwrap_or_default();
    let Some(end) = register.months.last().map(|month| month.to_date) else { return Vec::new() };
    let misses = |before: Amount, after: Amount, moved: fn(&RegisterRow) -> Option<Amount>| {
        let rounded: Amount = register.rows.iter().filter_map(moved).map(Amount::wan).sum();
        before.wan() + rounded != after.wan()
    };
    let change = |row: &RegisterRow| {
        let (budget, out) = (row.budget, row.committed.or(row.spent));
        budget.unwrap_or(Amount::ZERO) - out.unwrap_or(Amount::ZERO)
    };
    let running = register.rows.iter().filter_map(|row| Some((change(row), row.available?)));
    let first = (opening.available(), opening.available());
    [
        (Figure::Budgeted, misses(opening.budget, end.budget, |row| row.budget)),
        (Figure::Committed, misses(opening.committed, end.committed, |row| row.committed)),
        (Figure::Spent, misses(opening.spent, end.spent, |row| row.spent)),
        (Figure::Available, !register.is_filtered && running_misses(std::iter::once(first).chain(running))),
    ]
    .into_iter()
    .filter_map(|(figure, misses)| misses.then_some(figure))
    .collect()
}
