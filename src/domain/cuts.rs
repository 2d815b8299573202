//! The same spending, cut by what its rows say of it: what it was for, who was paid, how. Each piece is made by the one
//! fold; this adds nothing up, and grows with the pieces, never with the rows.

use std::collections::BTreeMap;

use super::calendar::Date;
use super::entry::{Moves, Particulars};
use super::position::Positions;

/// What spending is cut by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Month,
    Allocation,
    Economic,
    Payee,
    Method,
}

impl Cut {
    pub(crate) const ALL: [Self; 5] = [Self::Month, Self::Allocation, Self::Economic, Self::Payee, Self::Method];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Allocation => "allocation",
            Self::Economic => "economic",
            Self::Payee => "payee",
            Self::Method => "method",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cut| cut.key() == key)
    }

    /// Whether it shows what stands below the allocations, which is not published.
    pub(crate) fn is_below_allocations(self) -> bool {
        match self {
            Self::Month | Self::Allocation => false,
            Self::Economic | Self::Payee | Self::Method => true,
        }
    }

    /// The text of a row it cuts by, as it stands there. By month and allocation the other folds cut already.
    fn mark<Text: AsRef<str>>(self, row: &Particulars<Text>) -> Option<&str> {
        match self {
            Self::Month | Self::Allocation => None,
            Self::Economic => Some(row.economic.as_ref()),
            Self::Payee => Some(row.payee.as_ref()),
            Self::Method => Some(row.method.as_ref()),
        }
    }
}

/// The pieces of what was spent by a day.
///
/// A row counts where it says itself; what takes an expense back has the expense's own texts, so it counts where that
/// did.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    cut: Cut,
    as_of: Date,
    nothing: Positions,
    by_mark: BTreeMap<String, Positions>,
}

impl Pieces {
    /// No piece yet; rows dated after `as_of` won't make one. `nothing` is what each begins with.
    pub(crate) fn new(cut: Cut, as_of: Date, nothing: Positions) -> Self {
        Self { cut, as_of, nothing, by_mark: BTreeMap::new() }
    }

    /// Looks at one row.
    pub(crate) fn take<Text: AsRef<str>>(&mut self, row: &Particulars<Text>) {
        if row.kind.moves() != Moves::Spent || row.date.is_none_or(|date| date > self.as_of) {
            return;
        }
        let Some(mark) = self.cut.mark(row) else { return };
        match self.by_mark.get_mut(mark) {
            Some(piece) => piece.add(row),
            None => {
                let mut piece = self.nothing.clone();
                piece.add(row);
                self.by_mark.insert(mark.to_owned(), piece);
            }
        }
    }

    /// The same cut, for rows further on.
    pub(crate) fn nothing(&self) -> Self {
        Self::new(self.cut, self.as_of, self.nothing.clone())
    }

    /// Takes over the pieces of rows further on.
    pub(crate) fn join(&mut self, later: Self) {
        for (mark, piece) in later.by_mark {
            match self.by_mark.get_mut(&mark) {
                Some(sum) => sum.take_over(piece),
                None => drop(self.by_mark.insert(mark, piece)),
            }
        }
    }

    /// The pieces by what is written there, which may be nothing.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Positions)> {
        self.by_mark.iter().map(|(mark, piece)| (mark.as_str(), piece))
    }
}

#[cfg(test)]
mod tests {
    use super::super::amount::Amount;
    use super::super::calendar::{FiscalYear, Pace, iso_date};
    use super::super::entry::Kind;
    use super::*;

    #[test]
    fn pieces_of_two_halves_join_to_those_of_the_whole() {
        let day = iso_date("2022-03-04").expect("a day");
        let year = FiscalYear::new(2022).expect("a year");
        let new = || Pieces::new(Cut::Payee, day, Positions::new(day, year, Pace::Days));
        let rows: Vec<_> =
            ["A", "B", "A", "C", "B", "A"].into_iter().zip([1, 10, 100, 1_000, 10_000, 100_000]).collect();
        let take = |pieces: &mut Pieces, (payee, fen): &(&str, i128)| {
            let mut row = Particulars::new(Kind::Expense, day);
            (row.payee, row.amount) = ((*payee).to_owned(), Amount::from_fen(*fen));
            pieces.take(&row);
        };
        for cut in 0..=rows.len() {
            let mut pieces = new();
            rows[..cut].iter().for_each(|row| take(&mut pieces, row));
            let mut later = pieces.nothing();
            rows[cut..].iter().for_each(|row| take(&mut later, row));
            pieces.join(later);
            let spent: Vec<_> = pieces.iter().map(|(mark, piece)| (mark, piece.total().spent.fen())).collect();
            assert_eq!(spent, [("A", 100_101), ("B", 10_010), ("C", 1_000)], "{cut}");
        }
    }

    #[test]
    fn a_piece_is_made_by_what_was_spent_up_to_the_day_and_by_nothing_else() {
        let day = |text| iso_date(text).expect("a day");
        let year = FiscalYear::new(2022).expect("a year");
        let as_of = day("2022-03-04");
        let mut pieces = Pieces::new(Cut::Payee, as_of, Positions::new(as_of, year, Pace::Days));
        let rows = [
            (Kind::Expense, "2022-03-03", "before"),
            (Kind::Expense, "2022-03-04", "on the day"),
            (Kind::Refund, "2022-03-04", "on the day"),
            (Kind::Expense, "2022-03-05", "after"),
            (Kind::Commitment, "2022-03-04", "promised"),
        ];
        for (kind, date, payee) in rows {
            let mut row = Particulars::new(kind, day(date));
            row.allocation = "a".into();
            row.amount = Amount::from_fen(if kind == Kind::Refund { -30 } else { 100 });
            row.payee = payee.into();
            pieces.take(&row);
        }
        let spent: Vec<_> = pieces.iter().map(|(mark, piece)| (mark, piece.total().spent.fen())).collect();
        assert_eq!(spent, [("before", 100), ("on the day", 70)]);
    }
}
