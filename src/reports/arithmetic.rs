//! The arithmetic of an explanation: every figure's steps, from the figures of `balance` and `variance` themselves.

use super::balance::{Balance, Named, balance};
use super::footing::Summed;
use super::stamp::Stamp;
use super::variance::{Variance, variance};
use crate::domain::amount::Amount;
use crate::domain::budget::Control;
use crate::domain::calendar::Pace;
use crate::domain::entry::Moves;
use crate::domain::figure::{Explained, Figure};
use crate::domain::position::{Position, Positions};
use crate::domain::quotient::Quotient;
use crate::domain::working::{Operation, Step, Value, Working};

/// What an explanation is made from, apart from the rows behind it.
pub(crate) struct Books<'a> {
    pub(crate) stamp: Stamp,
    /// Every allocation, or the one that is asked about.
    pub(crate) names: &'a [Named],
    pub(crate) of_total: bool,
    pub(crate) positions: &'a Positions,
    pub(crate) control: &'a Control,
}

/// The allocations' figures, which a total adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Whether forecasts are added up, or else plans to date.
    pub(crate) of_forecasts: bool,
    pub(crate) rows: Vec<(Named, LineFigures)>,
    pub(crate) total: LineFigures,
}

/// One allocation's share in a total, and what it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineFigures {
    pub(crate) revised: Amount,
    /// What is due of the plans, before it is kept within 0 and revised.
    pub(crate) accrued: Amount,
    pub(crate) plan_to_date: Amount,
    pub(crate) committed: Amount,
    pub(crate) spent: Amount,
    pub(crate) forecast: Amount,
}

impl LineFigures {
    /// Every figure of a line, and how it has it.
    pub(crate) const ALL: [Summed<Self>; 6] = [
        (Figure::Revised, |line| line.revised),
        (Figure::Accrued, |line| line.accrued),
        (Figure::PlanToDate, |line| line.plan_to_date),
        (Figure::Committed, |line| line.committed),
        (Figure::Spent, |line| line.spent),
        (Figure::Forecast, |line| line.forecast),
    ];

    /// Whether the forecast is another one where it is worked out from the rounded amounts.
    pub(super) fn misses_in_wan(&self) -> bool {
        let planned_later = self.revised.wan() - self.plan_to_date.wan();
        self.spent.wan() + planned_later.max(self.committed.wan()) != self.forecast.wan()
    }
}

impl Lines {
    /// What a person is shown of each line: what its figure is worked out from.
    pub(crate) fn shown(&self) -> Vec<Summed<LineFigures>> {
        let is_shown = |figure: Figure| match self.of_forecasts {
            true => figure != Figure::Accrued,
            false => matches!(figure, Figure::Revised | Figure::Accrued | Figure::PlanToDate),
        };
        LineFigures::ALL.into_iter().filter(|(figure, _)| is_shown(*figure)).collect()
    }
}

/// What is asked about, as the reports have it.
pub(super) struct Whole {
    balance: Balance,
    variance: Variance,
    pub(super) position: Position,
}

impl Whole {
    pub(super) fn of(books: &Books<'_>) -> Self {
        Self {
            balance: balance(books.stamp.clone(), books.names, books.positions),
            variance: variance(books.stamp.clone(), books.names, books.positions, books.control),
            position: books.positions.sum_of(books.names.iter().map(|named| named.key.as_str())),
        }
    }

    pub(super) fn is_over_budget(&self) -> bool {
        self.balance.total.available.is_negative()
    }

    /// Whether what is due is more than revised, or less than nothing.
    pub(super) fn is_kept_within(&self) -> bool {
        self.position.accrued() != self.position.plan_to_date()
    }

    /// The figure that rows move, and what they must add up to.
    pub(super) fn moved(&self, moves: Moves) -> (Explained, Amount) {
        let figures = &self.balance.total;
        match moves {
            Moves::Original => (Explained::Original, figures.original),
            Moves::Adjusted => (Explained::Adjusted, figures.adjusted),
            Moves::Committed => (Explained::Committed, figures.committed),
            Moves::Spent => (Explained::Spent, figures.spent),
            Moves::Nothing => unreachable!("no figure is behind what moves none"),
        }
    }

    /// A figure as the report that has it says it.
    pub(super) fn value(&self, explained: Explained) -> Value {
        let (balance, variance) = (&self.balance.total, &self.variance.total);
        match explained {
            Explained::Original => Value::Amount(balance.original),
            Explained::Adjusted => Value::Amount(balance.adjusted),
            Explained::Revised => Value::Amount(balance.revised),
            Explained::Committed => Value::Amount(balance.committed),
            Explained::Spent => Value::Amount(balance.spent),
            Explained::Available => Value::Amount(balance.available),
            Explained::ExecutionRate => Value::Rate(balance.execution_rate),
            Explained::PlanToDate => Value::Amount(variance.plan_to_date),
            Explained::Variance => Value::Amount(variance.variance),
            Explained::VarianceRate => Value::Rate(variance.variance_rate),
            Explained::ElapsedRate => Value::Rate(Some(variance.elapsed_rate)),
            Explained::Gap => Value::Rate(variance.gap),
            Explained::Forecast => Value::Amount(variance.forecast),
            Explained::Status => Value::Status(variance.status),
        }
    }

    /// The steps that end in a figure.
    pub(super) fn steps(&self, explained: Explained, is_kept_within: bool, books: &Books<'_>) -> Vec<Step> {
        let fresh = Working::default();
        let planned = |working| if is_kept_within { self.kept_within(working) } else { working };
        let figure = explained.figure();
        let working = match explained {
            Explained::Original => fresh.sum(figure, self.balance.total.original),
            Explained::Adjusted => fresh.sum(figure, self.balance.total.adjusted),
            Explained::Committed => fresh.sum(figure, self.balance.total.committed),
            Explained::Spent => fresh.sum(figure, self.balance.total.spent),
            Explained::Revised => self.revised(fresh),
            Explained::Available => self.available(fresh),
            Explained::ExecutionRate => self.execution_rate(fresh),
            Explained::PlanToDate if is_kept_within => self.kept_within(self.revised(fresh)),
            Explained::PlanToDate => fresh.sum(figure, self.variance.total.plan_to_date),
            Explained::Variance => self.variance(fresh, is_kept_within),
            Explained::VarianceRate => self
                .variance(fresh, is_kept_within)
                .divided_by(Figure::PlanToDate, self.variance.total.plan_to_date, Figure::Quotient)
                .rounded(figure, self.variance.total.variance_rate),
            Explained::ElapsedRate => self.elapsed_rate(fresh, books),
            Explained::Gap => self.gap(fresh, books),
            Explained::Forecast if books.of_total => fresh.sum(figure, self.variance.total.forecast),
            Explained::Forecast => self.forecast(self.revised(fresh), is_kept_within),
            Explained::Status if self.is_over_budget() => {
                self.available(fresh).say(Operation::Gives, figure, self.value(explained))
            }
            Explained::Status => self.status(planned(self.available(fresh)), books),
        };
        working.steps()
    }

    fn revised(&self, working: Working) -> Working {
        let figures = &self.balance.total;
        working
            .take(Figure::Original, figures.original)
            .plus(Figure::Adjusted, figures.adjusted)
            .equals(Figure::Revised)
    }

    fn available(&self, working: Working) -> Working {
        let figures = &self.balance.total;
        self.revised(working)
            .minus(Figure::Committed, figures.committed)
            .minus(Figure::Spent, figures.spent)
            .equals(Figure::Available)
    }

    fn execution_rate(&self, working: Working) -> Working {
        let figures = &self.balance.total;
        self.revised(working)
            .take(Figure::Spent, figures.spent)
            .divided_by(Figure::Revised, figures.revised, Figure::Quotient)
            .rounded(Figure::ExecutionRate, figures.execution_rate)
    }

    /// The plan to date where what is due passes 0 or revised, which has been worked out before.
    fn kept_within(&self, working: Working) -> Working {
        working
            .sum(Figure::Accrued, self.position.accrued())
            .within(Figure::Revised, self.position.revised())
            .equals(Figure::PlanToDate)
    }

    fn variance(&self, working: Working, is_kept_within: bool) -> Working {
        let figures = &self.variance.total;
        let planned = if is_kept_within { self.kept_within(self.revised(working)) } else { working };
        planned
            .take(Figure::PlanToDate, figures.plan_to_date)
            .minus(Figure::Spent, figures.spent)
            .equals(Figure::Variance)
    }

    fn elapsed_rate(&self, working: Working, books: &Books<'_>) -> Working {
        let (year, pace) = (books.stamp.year, books.control.pace);
        let (elapsed, whole) = year.elapsed_since(year.first_day(), books.stamp.as_of, pace);
        let (gone, of) = match pace {
            Pace::Days => (Figure::DaysElapsed, Figure::DaysInYear),
            Pace::Months => (Figure::MonthsElapsed, Figure::MonthsInYear),
        };
        working
            .say(Operation::Take, gone, Value::Count(elapsed))
            .say(Operation::DividedBy, of, Value::Count(whole))
            .say(Operation::Equals, Figure::Quotient, Value::Quotient(Some(Quotient::of_counts(elapsed, whole))))
            .rounded(Figure::ElapsedRate, Some(self.variance.elapsed_rate))
    }

    /// Both rates as they are printed, so that the page foots.
    fn gap(&self, working: Working, books: &Books<'_>) -> Working {
        let figures = &self.variance.total;
        self.elapsed_rate(self.execution_rate(working), books)
            .say(Operation::Take, Figure::ExecutionRate, Value::Rate(figures.execution_rate))
            .say(Operation::Minus, Figure::ElapsedRate, Value::Rate(Some(figures.elapsed_rate)))
            .say(Operation::Equals, Figure::Gap, Value::Rate(figures.gap))
    }

    /// What stands before is the revised budget.
    fn forecast(&self, working: Working, is_kept_within: bool) -> Working {
        let (balance, variance) = (&self.balance.total, &self.variance.total);
        let working = match is_kept_within {
            true => self.kept_within(working).take(Figure::Revised, balance.revised),
            false => working,
        };
        working
            .minus(Figure::PlanToDate, variance.plan_to_date)
            .equals(Figure::PlannedLater)
            .or(Figure::Committed, balance.committed, Figure::StillToCome)
            .plus(Figure::Spent, balance.spent)
            .equals(Figure::Forecast)
    }

    /// The distance from the plan, unrounded, against the band.
    fn status(&self, working: Working, books: &Books<'_>) -> Working {
        let figures = &self.variance.total;
        working
            .take(Figure::Spent, figures.spent)
            .minus(Figure::PlanToDate, figures.plan_to_date)
            .equals(Figure::OverPlan)
            .divided_by(Figure::Revised, figures.revised, Figure::Distance)
            .say(Operation::Against, Figure::Band, Value::Rate(Some(books.control.band)))
            .say(Operation::Gives, Figure::Status, Value::Status(figures.status))
    }

    /// What a total adds up, an allocation a line.
    pub(super) fn lines(&self, explained: Explained, books: &Books<'_>) -> Lines {
        let rows = self.balance.rows.iter().zip(&self.variance.rows).map(|(balance, variance)| {
            let figures = LineFigures {
                revised: balance.figures.revised,
                accrued: books.positions.of(&balance.allocation.key).accrued(),
                plan_to_date: variance.figures.plan_to_date,
                committed: balance.figures.committed,
                spent: balance.figures.spent,
                forecast: variance.figures.forecast,
            };
            (balance.allocation.clone(), figures)
        });
        let total = LineFigures {
            revised: self.balance.total.revised,
            accrued: self.position.accrued(),
            plan_to_date: self.variance.total.plan_to_date,
            committed: self.balance.total.committed,
            spent: self.balance.total.spent,
            forecast: self.variance.total.forecast,
        };
        Lines { of_forecasts: explained == Explained::Forecast, rows: rows.collect(), total }
    }
}
