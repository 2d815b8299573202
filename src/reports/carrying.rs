//! 结转表: what last year left, what of it was carried, and what lapsed.

use super::balance::Named;
use super::receipt::Receipt;
use crate::domain::amount::Amount;
use crate::domain::calendar::FiscalYear;
use crate::domain::carrying::LastYear;
use crate::domain::entry::Digest;

/// The answer to `carry`, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carrying {
    pub(crate) receipt: Receipt,
    pub(crate) from: String,
    pub(crate) year: FiscalYear,
    /// The digest of last year's last row.
    pub(crate) digest: Digest,
    pub(crate) rows: Vec<CarryingRow>,
    pub(crate) total: CarryingFigures,
}

/// One allocation's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CarryingRow {
    pub(crate) allocation: Named,
    pub(crate) figures: CarryingFigures,
}

/// In 元: left = carried + lapsed; the promises made anew are paid from what is carried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CarryingFigures {
    pub(crate) left: Amount,
    pub(crate) carried: Amount,
    pub(crate) lapsed: Amount,
    pub(crate) committed: Amount,
}

/// The answer, allocations in last year's order.
pub(crate) fn carrying(last: &LastYear, receipt: Receipt) -> Carrying {
    let rows: Vec<CarryingRow> = (1..)
        .zip(&last.lines)
        .map(|(number, line)| CarryingRow {
            allocation: Named { number, key: line.key.clone(), name: line.name.clone() },
            figures: CarryingFigures {
                left: line.left,
                carried: line.kept,
                lapsed: line.lapsed(),
                committed: line.committed,
            },
        })
        .collect();
    let sum = |figure: fn(&CarryingFigures) -> Amount| rows.iter().map(|row| figure(&row.figures)).sum();
    let total = CarryingFigures {
        left: sum(|row| row.left),
        carried: sum(|row| row.carried),
        lapsed: sum(|row| row.lapsed),
        committed: sum(|row| row.committed),
    };
    Carrying { receipt, from: last.id.clone(), year: last.year, digest: last.digest, rows, total }
}
