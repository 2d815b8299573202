//! 预算执行差异表: plan to date against spent, by allocation. variance = plan − actual; positive means unspent.

use super::balance::Named;
use super::charts::Chart;
use super::footing::{uneven_across, uneven_in_wan};
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::Control;
use crate::domain::calendar::Pace;
use crate::domain::figure::Figure;
use crate::domain::position::{Position, Positions, Status};

/// The variance report, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variance {
    pub(crate) stamp: Stamp,
    /// 序时进度 on the day.
    pub(crate) elapsed_rate: Rate,
    pub(crate) by_months: bool,
    pub(crate) rows: Vec<VarianceRow>,
    pub(crate) total: VarianceFigures,
    /// Left to whoever has the months.
    pub(crate) charts: Vec<Chart>,
    pub(crate) uneven_in_wan: Vec<Figure>,
    /// Those that miss what a row's other rounded figures make.
    pub(crate) uneven_rows: Vec<Figure>,
}

/// One allocation's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VarianceRow {
    pub(crate) allocation: Named,
    pub(crate) figures: VarianceFigures,
}

/// The figures of one line, in 元, percent and points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VarianceFigures {
    pub(crate) revised: Amount,
    pub(crate) plan_to_date: Amount,
    pub(crate) spent: Amount,
    pub(crate) variance: Amount,
    pub(crate) variance_rate: Option<Rate>,
    pub(crate) execution_rate: Option<Rate>,
    pub(crate) elapsed_rate: Rate,
    /// Execution rate − 序时进度, in points.
    pub(crate) gap: Option<Rate>,
    pub(crate) forecast: Amount,
    pub(crate) status: Status,
}

/// The amounts that totals add from rows; everything else follows from them.
#[derive(Debug, Clone, Copy)]
struct Sums {
    revised: Amount,
    available: Amount,
    plan_to_date: Amount,
    spent: Amount,
    forecast: Amount,
}

impl Sums {
    fn of(position: Position) -> Self {
        let (revised, plan_to_date) = (position.revised(), position.plan_to_date());
        let still_to_come = position.committed.max(revised - plan_to_date);
        Self {
            revised,
            available: position.available(),
            plan_to_date,
            spent: position.spent,
            forecast: position.spent + still_to_come,
        }
    }

    fn figures(self, elapsed_rate: Rate, control: &Control) -> VarianceFigures {
        let variance = self.plan_to_date - self.spent;
        let execution_rate = self.spent.share_of(self.revised);
        VarianceFigures {
            revised: self.revised,
            plan_to_date: self.plan_to_date,
            spent: self.spent,
            variance,
            variance_rate: variance.share_of(self.plan_to_date),
            execution_rate,
            elapsed_rate,
            gap: execution_rate.map(|rate| rate - elapsed_rate),
            forecast: self.forecast,
            status: Status::of(self.available, self.spent, self.plan_to_date, self.revised, control),
        }
    }
}

/// The report on these allocations; totals add rows, total rates come from totals.
pub(crate) fn variance(stamp: Stamp, names: &[Named], positions: &Positions, control: &Control) -> Variance {
    let elapsed_rate = stamp.year.elapsed_rate(stamp.as_of, control.pace);
    let sums: Vec<Sums> = names.iter().map(|name| Sums::of(positions.of(&name.key))).collect();
    let sum = |figure: fn(&Sums) -> Amount| sums.iter().map(figure).sum();
    let total = Sums {
        revised: sum(|row| row.revised),
        available: sum(|row| row.available),
        plan_to_date: sum(|row| row.plan_to_date),
        spent: sum(|row| row.spent),
        forecast: sum(|row| row.forecast),
    };
    let figures: Vec<VarianceFigures> = sums.iter().map(|row| row.figures(elapsed_rate, control)).collect();
    let total = total.figures(elapsed_rate, control);
    let uneven_in_wan = uneven_in_wan(
        &figures,
        &total,
        &[
            (Figure::Revised, |row| row.revised),
            (Figure::PlanToDate, |row| row.plan_to_date),
            (Figure::Spent, |row| row.spent),
            (Figure::Variance, |row| row.variance),
            (Figure::Forecast, |row| row.forecast),
        ],
    );
    let uneven_rows = uneven_across(
        &figures,
        &total,
        &[(Figure::Variance, |row| row.variance, |row| row.plan_to_date.wan() - row.spent.wan())],
    );
    let rows =
        names.iter().cloned().zip(figures).map(|(allocation, figures)| VarianceRow { allocation, figures }).collect();
    Variance {
        stamp,
        elapsed_rate,
        by_months: control.pace == Pace::Months,
        rows,
        total,
        charts: Vec::new(),
        uneven_in_wan,
        uneven_rows,
    }
}
