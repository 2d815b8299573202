//! 月报: what a month spent of each allocation, its own business apart from corrections of closed months, and where
//! that leaves the year.

use super::balance::Named;
use super::charts::Chart;
use super::curves::{budget_bars, curves};
use super::footing::uneven_in_wan;
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::calendar::{Date, Month};
use crate::domain::entry::Moves;
use crate::domain::figure::Figure;
use crate::domain::months::Months;
use crate::domain::position::{Position, Positions};
use crate::domain::trail::{Lost, Mover, Movers};

/// The report, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Monthly {
    pub(crate) stamp: Stamp,
    pub(crate) month: Month,
    pub(crate) rows: Vec<MonthlyRow>,
    pub(crate) total: MonthlyFigures,
    /// The month's changes of the budget, by date and seq.
    pub(crate) changes: Vec<Change>,
    pub(crate) charts: Vec<Chart>,
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// One allocation's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MonthlyRow {
    pub(crate) allocation: Named,
    pub(crate) figures: MonthlyFigures,
}

/// The figures of one line, in 元 and percent. What is not of the month is as of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MonthlyFigures {
    pub(crate) revised: Amount,
    /// 本月发生: spent by rows of the month, without the corrections.
    pub(crate) month_own: Amount,
    /// 以前月份更正: spent by rows of the month that put right a month closed before them.
    pub(crate) month_corrections: Amount,
    /// Both.
    pub(crate) month_spent: Amount,
    pub(crate) spent: Amount,
    pub(crate) execution_rate: Option<Rate>,
    pub(crate) committed: Amount,
    pub(crate) available: Amount,
    /// Since the end of the month before; January has none.
    pub(crate) available_change: Option<Amount>,
}

/// A change of the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) allocation: Named,
    pub(crate) seq: Option<u64>,
    pub(crate) date: Date,
    pub(crate) amount: Amount,
    pub(crate) doc: String,
    pub(crate) memo: String,
}

/// Where things stand and what led there, by allocation or for all of them.
struct Ends<'e> {
    at_end: &'e Positions,
    before: Option<&'e Positions>,
    in_month: &'e Positions,
    corrections: &'e Positions,
}

impl Ends<'_> {
    fn figures(&self, of: impl Fn(&Positions) -> Position) -> MonthlyFigures {
        let (at_end, in_month, corrections) = (of(self.at_end), of(self.in_month), of(self.corrections));
        MonthlyFigures {
            revised: at_end.revised(),
            month_own: in_month.spent - corrections.spent,
            month_corrections: corrections.spent,
            month_spent: in_month.spent,
            spent: at_end.spent,
            execution_rate: at_end.execution_rate(),
            committed: at_end.committed,
            available: at_end.available(),
            available_change: self.before.map(|before| at_end.available() - of(before).available()),
        }
    }
}

/// The report on these allocations in a month that has begun.
pub(crate) fn monthly(
    stamp: Stamp,
    month: Month,
    names: &[Named],
    months: &Months,
    trail: &dyn Movers,
) -> Result<Monthly, Lost> {
    let at_end = months.at_end(month);
    let before = stamp.year.months().take_while(|earlier| *earlier < month).last().map(|before| months.at_end(before));
    let ends = Ends {
        at_end: &at_end,
        before: before.as_ref(),
        in_month: months.of(month),
        corrections: months.corrections(month),
    };
    let figures: Vec<MonthlyFigures> =
        names.iter().map(|named| ends.figures(|positions| positions.of(&named.key))).collect();
    let total = ends.figures(|positions| positions.sum_of(names.iter().map(|named| named.key.as_str())));
    let uneven_in_wan = uneven_in_wan(
        &figures,
        &total,
        &[
            (Figure::Revised, |row| row.revised),
            (Figure::MonthOwn, |row| row.month_own),
            (Figure::MonthCorrections, |row| row.month_corrections),
            (Figure::MonthSpent, |row| row.month_spent),
            (Figure::SpentToDate, |row| row.spent),
            (Figure::Committed, |row| row.committed),
            (Figure::Available, |row| row.available),
            (Figure::AvailableChange, |row| row.available_change.unwrap_or(Amount::ZERO)),
        ],
    );
    let mut charts = curves(names, months, month, stamp.year);
    charts.push(budget_bars(names, &at_end));
    let rows =
        names.iter().cloned().zip(figures).map(|(allocation, figures)| MonthlyRow { allocation, figures }).collect();
    Ok(Monthly { changes: changes(month, names, trail)?, stamp, month, rows, total, charts, uneven_in_wan })
}

fn changes(month: Month, names: &[Named], trail: &dyn Movers) -> Result<Vec<Change>, Lost> {
    let of_month = |row: &Mover| row.kind.moves() == Moves::Adjusted && Month::of(row.date) == month;
    let mut changes = Vec::new();
    for row in trail.walk() {
        let row = row?;
        let allocation = names.iter().find(|named| named.key == row.allocation).filter(|_| of_month(&row));
        changes.extend(allocation.cloned().map(|allocation| {
            let Mover { seq, date, amount, doc, memo, .. } = row;
            Change { allocation, seq, date, amount, doc, memo }
        }));
    }
    Ok(changes)
}
