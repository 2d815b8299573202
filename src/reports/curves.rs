//! The year's curves: what the plan meant to be spent by month, and what was, out of the one fold; and the budget's bars.

use super::balance::Named;
use super::charts::{Chart, ChartBar, ChartMonth};
use crate::domain::amount::Amount;
use crate::domain::calendar::{FiscalYear, Month};
use crate::domain::months::Months;
use crate::domain::position::{Position, Positions};

/// By month and cumulative, as known in the month `now`: what came later changes neither plan nor spending here.
pub(crate) fn curves(names: &[Named], months: &Months, now: Month, year: FiscalYear) -> Vec<Chart> {
    let sum = |positions: &Positions, figure: fn(&Position) -> Amount| -> Amount {
        names.iter().map(|named| figure(&positions.of(&named.key))).sum()
    };
    let (mut single, mut cumulative) = (Vec::new(), Vec::new());
    let (mut planned_before, mut spent_so_far) = (Amount::ZERO, Amount::ZERO);
    for month in year.months() {
        let planned = sum(&months.planned(now.min(month), month), Position::plan_to_date);
        let spent = (month <= now).then(|| sum(months.of(month), |position| position.spent));
        spent_so_far += spent.unwrap_or(Amount::ZERO);
        let in_month = planned - planned_before;
        planned_before = planned;
        let number = month.number();
        single.push(ChartMonth { month: number, planned: in_month, spent });
        cumulative.push(ChartMonth { month: number, planned, spent: spent.map(|_| spent_so_far) });
    }
    vec![Chart::Months(single), Chart::Cumulative(cumulative)]
}

/// What became of each allocation's budget.
pub(crate) fn budget_bars(names: &[Named], positions: &Positions) -> Chart {
    let bar = |named: &Named| {
        let position = positions.of(&named.key);
        ChartBar {
            name: named.name.clone(),
            spent: position.spent,
            committed: position.committed,
            available: position.available(),
        }
    };
    Chart::Budget(names.iter().map(bar).collect())
}
