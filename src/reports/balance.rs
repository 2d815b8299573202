//! 预算余额表: what each allocation was given, has promised, has spent and has left.

use super::charts::Chart;
use super::curves::budget_bars;
use super::footing::{uneven_across, uneven_in_wan};
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::figure::Figure;
use crate::domain::position::{Position, Positions};

/// The remaining-balance report, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) stamp: Stamp,
    pub(crate) rows: Vec<BalanceRow>,
    pub(crate) total: BalanceFigures,
    pub(crate) charts: Vec<Chart>,
    pub(crate) uneven_in_wan: Vec<Figure>,
    /// Those that miss what a row's other rounded figures make.
    pub(crate) uneven_rows: Vec<Figure>,
}

/// One allocation's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BalanceRow {
    pub(crate) allocation: Named,
    pub(crate) figures: BalanceFigures,
}

/// An allocation as reports name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its place in the budget, from one.
    pub(crate) number: usize,
    pub(crate) key: String,
    pub(crate) name: String,
}

/// The figures of one line, in 元 and percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BalanceFigures {
    pub(crate) original: Amount,
    pub(crate) adjusted: Amount,
    pub(crate) revised: Amount,
    pub(crate) committed: Amount,
    pub(crate) spent: Amount,
    pub(crate) available: Amount,
    pub(crate) execution_rate: Option<Rate>,
}

impl BalanceFigures {
    pub(crate) fn of(position: Position) -> Self {
        Self {
            original: position.original,
            adjusted: position.adjusted,
            revised: position.revised(),
            committed: position.committed,
            spent: position.spent,
            available: position.available(),
            execution_rate: position.execution_rate(),
        }
    }
}

/// The report on these allocations; the total is theirs.
pub(crate) fn balance(stamp: Stamp, names: &[Named], positions: &Positions) -> Balance {
    let rows: Vec<BalanceRow> = names
        .iter()
        .map(|name| BalanceRow { allocation: name.clone(), figures: BalanceFigures::of(positions.of(&name.key)) })
        .collect();
    let total = BalanceFigures::of(positions.sum_of(names.iter().map(|name| name.key.as_str())));
    let figures: Vec<BalanceFigures> = rows.iter().map(|row| row.figures).collect();
    let uneven_in_wan = uneven_in_wan(
        &figures,
        &total,
        &[
            (Figure::Original, |row| row.original),
            (Figure::Adjusted, |row| row.adjusted),
            (Figure::Revised, |row| row.revised),
            (Figure::Committed, |row| row.committed),
            (Figure::Spent, |row| row.spent),
            (Figure::Available, |row| row.available),
        ],
    );
    let uneven_rows = uneven_across(
        &figures,
        &total,
        &[
            (Figure::Revised, |row| row.revised, |row| row.original.wan() + row.adjusted.wan()),
            (Figure::Available, |row| row.available, |row| row.revised.wan() - row.committed.wan() - row.spent.wan()),
        ],
    );
    Balance { stamp, rows, total, charts: vec![budget_bars(names, positions)], uneven_in_wan, uneven_rows }
}
