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
    let revised = sum(&months.planned(now, now), Position::revised);
    let (mut planned_before, mut elapsed_before, mut spent_so_far) = (Amount::ZERO, Amount::ZERO, Amount::ZERO);
    for month in year.months() {
        let planned = sum(&months.planned(now.min(month), month), Position::plan_to_date);
        let spent = (month <= now).then(|| sum(months.of(month), |position| position.spent));
        spent_so_far += spent.unwrap_or(Amount::ZERO);
        let (gone, whole) = year.elapsed_since(year.first_day(), month.last_day(), months.pace());
        let elapsed = revised.part(gone, whole);
        let number = month.number();
        let (in_month, evenly) = (planned - planned_before, elapsed - elapsed_before);
        (planned_before, elapsed_before) = (planned, elapsed);
        single.push(ChartMonth { month: number, planned: in_month, spent, elapsed: evenly });
        cumulative.push(ChartMonth { month: number, planned, spent: spent.map(|_| spent_so_far), elapsed });
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
