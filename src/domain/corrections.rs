//! Which rows put right what was spent in a month that is closed already, told as they pass. It adds nothing up, and
//! keeps one byte a row.

use super::calendar::{Date, Month};
use super::entry::{Entry, Kind};

/// What is known of the rows so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corrections {
    /// The month each row is dated in, by seq; 0 for a row without a day.
    months: Vec<u8>,
    /// The last day of the last month closed so far.
    closed_through: Option<Date>,
    /// Whether the row before took back, as the first of two, something of a closed month.
    half_done: bool,
}

impl Corrections {
    /// Takes the next row, and says whether it is about a month that was closed before it: by the row it refers to, by
    /// its day of business, or as the right entry beside the wrong one in red.
    ///
    /// A row that was written before the close, but is dated in a month still open, is of no closed month.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) -> bool {
        let what = &entry.what;
        let month = what.date.map_or(0, |date| Month::of(date).number());
        self.months.push(u8::try_from(month).unwrap_or(0));
        if what.kind == Kind::Close {
            self.closed_through = what.date;
        }
        let is_first = entry.batch.is_some_and(|batch| batch.place == 1 && batch.count == 2);
        let is_right_entry = self.half_done && what.kind == Kind::Expense && !is_first;
        let corrects = match self.closed_through {
            None => false,
            Some(closed) => {
                let referred = what.refers_to.and_then(|seq| self.months.get(usize::try_from(seq - 1).ok()?));
                let to_closed = referred.is_some_and(|month| u32::from(*month) <= Month::of(closed).number());
                to_closed || what.occurred.is_some_and(|occurred| occurred <= closed) || is_right_entry
            }
        };
        self.half_done = corrects && is_first && what.kind == Kind::Reversal;
        corrects
    }
}
