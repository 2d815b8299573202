//! The year month by month, in one pass: every row is added to its own month once, and positions at a month's end are
//! those of its months together. It grows with allocations only, apart from one byte a row.

use super::calendar::{Date, FiscalYear, Month, Pace};
use super::corrections::{Corrections, Corrects};
use super::entry::{Entry, Moves, Particulars};
use super::ledger::Ledger;
use super::position::Positions;

/// The months of a year, as known on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Months {
    as_of: Date,
    year: FiscalYear,
    pace: Pace,
    /// Where things stand on the day itself, which may be in the middle of its month.
    on_the_day: Positions,
    /// By the month rows are dated in: what they promise and spend.
    moved: Vec<Positions>,
    /// By the month rows are dated in: those of `moved` that put right what was spent in a month closed before them.
    corrected: Vec<Positions>,
    /// By the month rows are dated in: what they give, with what is due of it by the end of each month.
    given: Vec<Vec<Positions>>,
    corrections: Corrections,
    /// Rows that put a closed month right if a row does that was not seen.
    undecided: Vec<(Corrects, Particulars<String>)>,
}

impl Months {
    /// Nothing yet; rows dated after `as_of` won't count.
    pub(crate) fn new(as_of: Date, year: FiscalYear, pace: Pace) -> Self {
        let at = |day: Date| Positions::new(day, year, pace);
        let every_month = || year.months().map(|month| at(month.last_day())).collect::<Vec<_>>();
        Self {
            as_of,
            year,
            pace,
            on_the_day: at(as_of),
            moved: every_month(),
            corrected: every_month(),
            given: year.months().map(|_| every_month()).collect(),
            corrections: Corrections::default(),
            undecided: Vec::new(),
        }
    }

    /// The same year on the same day, for the rows after those of `ledger`; `None` where they can't be told without those.
    pub(crate) fn nothing_after(&self, ledger: &Ledger) -> Option<Self> {
        let corrections = Corrections::after(ledger)?;
        Some(Self { corrections, ..Self::new(self.as_of, self.year, self.pace) })
    }

    /// The year over these rows and over those right after them.
    pub(crate) fn join(&mut self, later: Self) {
        self.on_the_day.take_over(later.on_the_day);
        self.moved.iter_mut().zip(later.moved).for_each(|(moved, later)| moved.take_over(later));
        self.corrected.iter_mut().zip(later.corrected).for_each(|(corrected, later)| corrected.take_over(later));
        let given = self.given.iter_mut().flatten().zip(later.given.into_iter().flatten());
        given.for_each(|(given, later)| given.take_over(later));
        for (corrects, row) in later.undecided {
            match (self.corrections.is(corrects), row.date) {
                (Corrects::Yes, Some(date)) => self.corrected[place(Month::of(date))].add(&row),
                (Corrects::Yes | Corrects::No, _) => {}
                (undecided, _) => self.undecided.push((undecided, row)),
            }
        }
        self.corrections.join(later.corrections);
    }

    /// Adds one row of the ledger.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let corrects = self.corrections.take(entry);
        self.add(&entry.what, corrects == Corrects::Yes);
        let is_undecided = matches!(corrects, Corrects::If { .. });
        if let Some(date) = entry.what.date.filter(|date| is_undecided && self.counts(*date))
            && matches!(entry.what.kind.moves(), Moves::Committed | Moves::Spent)
        {
            self.undecided.push((corrects, without_words(&entry.what, date)));
        }
    }

    /// Adds one row by what it says, and whether it puts right a closed month.
    pub(crate) fn add<Text: AsRef<str>>(&mut self, row: &Particulars<Text>, corrects: bool) {
        self.on_the_day.add(row);
        let Some(date) = row.date.filter(|date| self.counts(*date)) else { return };
        let place = place(Month::of(date));
        match row.kind.moves() {
            Moves::Original | Moves::Adjusted => self.given[place].iter_mut().for_each(|by| by.add(row)),
            Moves::Committed | Moves::Spent => {
                self.moved[place].add(row);
                if corrects {
                    self.corrected[place].add(row);
                }
            }
            Moves::Nothing => {}
        }
    }

    fn counts(&self, date: Date) -> bool {
        date <= self.as_of && self.year.holds(date)
    }

    /// How time goes by.
    pub(crate) fn pace(&self) -> Pace {
        self.pace
    }

    /// The last day of a month that counts: its own, or the day itself.
    pub(crate) fn last_day(&self, month: Month) -> Date {
        month.last_day().min(self.as_of)
    }

    /// Where things stood at the end of a month, or stand on the day.
    pub(crate) fn at_end(&self, month: Month) -> Positions {
        if self.last_day(month) < month.last_day() {
            return self.on_the_day.clone();
        }
        let moved = self.moved[..=place(month)].iter().cloned();
        moved.fold(self.planned(month, month), Positions::join)
    }

    /// The budget as it was known at the end of the month `known`, with what was due of it by the end of the month `by`.
    pub(crate) fn planned(&self, known: Month, by: Month) -> Positions {
        let given = self.given[..=place(known)].iter().map(|given| given[place(by)].clone());
        given.fold(self.given[0][place(by)].nothing(), Positions::join)
    }

    /// What the rows dated in a month promise and spend.
    pub(crate) fn of(&self, month: Month) -> &Positions {
        &self.moved[place(month)]
    }

    /// What those of them spend that put right a month closed before.
    pub(crate) fn corrections(&self, month: Month) -> &Positions {
        &self.corrected[place(month)]
    }
}

/// A row with no more than what positions add up.
fn without_words(row: &Particulars<&str>, date: Date) -> Particulars<String> {
    let allocation = row.allocation.to_owned();
    Particulars { allocation, fund: row.fund, amount: row.amount, ..Particulars::new(row.kind, date) }
}

fn place(month: Month) -> usize {
    month.number() as usize - 1
}

#[cfg(test)]
#[path = "months_tests.rs"]
mod tests;
