//! Which rows put right what was spent in a month that is closed already, told as they pass. It adds nothing up, and
//! keeps one byte a row.

use super::calendar::{Date, Month};
use super::entry::{Entry, Kind};
use super::ledger::Ledger;

/// What is known of the rows so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Corrections {
    /// How many rows went before the first that was taken.
    before: u64,
    /// The month each row is dated in, by seq; 0 for a row without a day.
    months: Vec<u8>,
    /// The last day of the last month closed so far.
    closed_through: Option<Date>,
    /// Whether the row before took back, as the first of two, something of a closed month.
    half_done: Corrects,
}

/// Whether a row puts right something of a month that was closed before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Corrects {
    #[default]
    No,
    Yes,
    /// If a row of this seq, or of the other, none of which was seen, is dated in this month or before it.
    If {
        seq: u64,
        or: Option<u64>,
        closed: u8,
    },
}

impl Corrects {
    /// Whether one of the two holds. Two that are undecided are so by one row each, and for the same month.
    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, one) | (one, Self::No) => one,
            (Self::If { seq, closed, .. }, Self::If { seq: or, .. }) => Self::If { seq, or: Some(or), closed },
        }
    }
}

impl Corrections {
    /// Nothing yet, for the rows after these; `None` where the next row is the second of two, of which the first was not
    /// seen.
    pub(crate) fn after(ledger: &Ledger) -> Option<Self> {
        let closed_through = ledger.closes.last().map(|closed| closed.month.last_day());
        let is_within_two = ledger.running().is_some_and(|batch| batch.count == 2);
        (!is_within_two).then(|| Self { before: ledger.rows, closed_through, ..Self::default() })
    }

    /// Takes the next row, and says whether it is about a month that was closed before it: by the row it refers to, by
    /// its day of business, or as the right entry beside the wrong one in red.
    ///
    /// A row that was written before the close, but is dated in a month still open, is of no closed month.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) -> Corrects {
        let what = &entry.what;
        self.months.push(what.date.map_or(0, month_of));
        if what.kind == Kind::Close {
            self.closed_through = what.date;
        }
        let is_first = entry.batch.is_some_and(|batch| batch.place == 1 && batch.count == 2);
        let is_second = what.kind == Kind::Expense && !is_first;
        let corrects = match self.closed_through {
            None => Corrects::No,
            Some(closed) => {
                let of = |seq| self.is(Corrects::If { seq, or: None, closed: month_of(closed) });
                let referred = what.refers_to.map_or(Corrects::No, of);
                let of_closed = what.occurred.is_some_and(|occurred| occurred <= closed);
                let beside = if is_second { self.half_done } else { Corrects::No };
                if of_closed { Corrects::Yes } else { referred.either(beside) }
            }
        };
        self.half_done = if is_first && what.kind == Kind::Reversal { corrects } else { Corrects::No };
        corrects
    }

    /// The same, as far as it can be told from the rows that were taken.
    pub(crate) fn is(&self, corrects: Corrects) -> Corrects {
        let Corrects::If { seq, or, closed } = corrects else { return corrects };
        let is = |seq: u64| {
            let Some(place) = seq.checked_sub(self.before + 1) else {
                return Corrects::If { seq, or: None, closed };
            };
            let month = usize::try_from(place).ok().and_then(|place| self.months.get(place));
            if month.is_some_and(|month| *month <= closed) { Corrects::Yes } else { Corrects::No }
        };
        is(seq).either(or.map_or(Corrects::No, is))
    }

    /// What is known of these rows and of those right after them.
    pub(crate) fn join(&mut self, later: Self) {
        self.half_done = self.is(later.half_done);
        self.closed_through = later.closed_through;
        self.months.extend(later.months);
    }
}

fn month_of(date: Date) -> u8 {
    u8::try_from(Month::of(date).number()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::calendar::iso_date;
    use super::super::entry::Batch;
    use super::*;

    /// What is told of the last of these rows: its kind, day, day of business, the row it refers to, its place of two.
    fn corrects(rows: &[(Kind, &str, &str, u64, u64)]) -> bool {
        let mut corrections = Corrections::default();
        let mut last = Corrects::No;
        for (place, (kind, date, occurred, refers_to, of_two)) in rows.iter().enumerate() {
            let mut row = Entry::bare(place as u64 + 1, *kind, iso_date(date).expect("a day"));
            row.what.occurred = iso_date(occurred);
            row.what.refers_to = Some(*refers_to).filter(|seq| *seq > 0);
            row.batch = Some(Batch { place: *of_two, count: 2 }).filter(|batch| batch.place > 0);
            last = corrections.take(&row);
        }
        last == Corrects::Yes
    }

    #[test]
    fn a_row_corrects_by_what_it_refers_to_or_its_day_of_business_or_the_red_row_before_it() {
        use Kind::{Close, Expense, Reversal};
        let closed = [
            (Expense, "2022-02-03", "", 0, 0),
            (Expense, "2022-01-31", "", 0, 0),
            (Close, "2022-01-31", "", 0, 0),
            (Expense, "2022-02-04", "", 0, 0),
        ];
        let then = |rows: &[_]| corrects(&[&closed, rows].concat());
        assert!(!then(&[]));
        assert!(then(&[(Reversal, "2022-03-01", "", 2, 0)]));
        assert!(!then(&[(Reversal, "2022-03-01", "", 1, 0)]), "it was written before the close, and dated after it");
        assert!(!then(&[(Reversal, "2022-03-01", "", 4, 0)]));
        assert!(then(&[(Expense, "2022-03-01", "2022-01-31", 0, 0)]));
        assert!(!then(&[(Expense, "2022-03-01", "2022-02-01", 0, 0)]));
        let red = (Reversal, "2022-03-01", "", 2, 1);
        assert!(then(&[red, (Expense, "2022-03-01", "", 0, 2)]));
        assert!(!then(&[red, (Expense, "2022-03-01", "", 0, 2), (Expense, "2022-03-01", "", 0, 0)]));
        assert!(!then(&[red, (Expense, "2022-03-01", "", 0, 1)]), "another batch");
        assert!(!then(&[(Reversal, "2022-03-01", "", 1, 1), (Expense, "2022-03-01", "", 0, 2)]));
        assert!(!corrects(&[closed[1], (Reversal, "2022-03-01", "", 1, 0)]), "nothing is closed");
    }
}
