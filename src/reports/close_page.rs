//! 结账单: what a closed month holds, and the digests that hold it: the page that is printed, signed and filed.

use super::balance::Named;
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::Month;
use crate::domain::position::{Position, Positions};

/// The page, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClosePage {
    pub(crate) stamp: Stamp,
    pub(crate) month: Month,
    /// The rows sealed since the close before, the month's own close row among them.
    pub(crate) first_row: u64,
    pub(crate) last_row: u64,
    pub(crate) rows: Vec<ClosePageRow>,
    pub(crate) total: ClosePageFigures,
    pub(crate) sealed: Sealed,
}

/// One allocation's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClosePageRow {
    pub(crate) allocation: Named,
    pub(crate) figures: ClosePageFigures,
}

/// In 元, at the month's end; `month_spent` by the rows dated in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClosePageFigures {
    pub(crate) revised: Amount,
    pub(crate) committed: Amount,
    pub(crate) month_spent: Amount,
    pub(crate) spent: Amount,
    pub(crate) available: Amount,
}

/// Everything before the close row, as stock tools see it: whole rows, bytes, and their plain digests in hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// The ledger's file name.
    pub(crate) ledger: String,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    pub(crate) sm3: String,
}

impl ClosePageFigures {
    fn of(at_end: Position, before: Position) -> Self {
        Self {
            revised: at_end.revised(),
            committed: at_end.committed,
            month_spent: at_end.spent - before.spent,
            spent: at_end.spent,
            available: at_end.available(),
        }
    }
}

/// The page of a month, from the positions at its end and at the end of the month before.
pub(crate) fn close_page(
    stamp: Stamp,
    month: Month,
    (first_row, last_row): (u64, u64),
    names: &[Named],
    (at_end, before): (&Positions, &Positions),
    sealed: Sealed,
) -> ClosePage {
    let figures = |key: &str| ClosePageFigures::of(at_end.of(key), before.of(key));
    let rows =
        names.iter().map(|named| ClosePageRow { allocation: named.clone(), figures: figures(&named.key) }).collect();
    let total = ClosePageFigures::of(at_end.total(), before.total());
    ClosePage { stamp, month, first_row, last_row, rows, total, sealed }
}
