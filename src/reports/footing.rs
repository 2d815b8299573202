//! Whether a table rounded to 万元 still adds up. In 元 it always does.

use crate::domain::amount::Amount;
use crate::domain::figure::Figure;
use crate::domain::quotient::Quotient;
use crate::domain::working::{Operation, Step, Value};

/// A figure that totals add up, and how a row has it.
pub(crate) type Summed<Row> = (Figure, fn(&Row) -> Amount);

/// The figures whose rows, rounded one by one, miss the rounded total.
pub(crate) fn uneven_in_wan<Row>(rows: &[Row], total: &Row, figures: &[Summed<Row>]) -> Vec<Figure> {
    let misses = |value: &fn(&Row) -> Amount| {
        let rounded: Amount = rows.iter().map(|row| value(row).wan()).sum();
        rounded != value(total).wan()
    };
    figures.iter().filter(|(_, value)| misses(value)).map(|(figure, _)| *figure).collect()
}

/// A figure that a row works out from others beside it, and what the others make of it where they are rounded first.
pub(crate) type WorkedOut<Row> = (Figure, fn(&Row) -> Amount, fn(&Row) -> Amount);

/// The figures that miss, in some row or in the total, what someone gets who reckons with the rounded ones.
pub(crate) fn uneven_across<Row>(rows: &[Row], total: &Row, figures: &[WorkedOut<Row>]) -> Vec<Figure> {
    let misses = |figure: fn(&Row) -> Amount, again: fn(&Row) -> Amount| {
        rows.iter().chain([total]).any(|row| figure(row).wan() != again(row))
    };
    figures.iter().filter(|(_, figure, again)| misses(*figure, *again)).map(|(figure, ..)| *figure).collect()
}

/// Amounts rounded one by one, beside the rounded running sum.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RoundedRunning {
    rounded: Amount,
    misses: bool,
}

impl RoundedRunning {
    /// From a sum that is shown above the first amount.
    pub(crate) fn from(sum: Amount) -> Self {
        Self { rounded: sum.wan(), misses: false }
    }

    pub(crate) fn add(&mut self, amount: Amount, running: Amount) {
        self.rounded += amount.wan();
        self.misses |= self.rounded != running.wan();
    }

    /// Whether they left it at any row.
    pub(crate) fn misses(&self) -> bool {
        self.misses
    }
}

/// The steps that do not come out where someone reckons with the rounded amounts.
pub(crate) fn uneven_steps(steps: &[Step]) -> Vec<Figure> {
    let mut uneven = Vec::new();
    let mut so_far = Amount::ZERO;
    let mut divisor = None;
    for step in steps {
        let misses = match (step.operation, step.value) {
            (Operation::DividedBy, Value::Amount(whole)) => {
                divisor = Some(whole.wan());
                false
            }
            (Operation::Equals, Value::Quotient(exact)) => divisor.take().is_some_and(|whole| {
                let seen = Quotient::of(so_far, whole).map(|seen| seen.to_string());
                seen != exact.map(|exact| exact.to_string())
            }),
            (operation, Value::Amount(amount)) => {
                let before = so_far;
                so_far = match operation {
                    Operation::Plus => so_far + amount.wan(),
                    Operation::Minus => so_far - amount.wan(),
                    Operation::Or => so_far.max(amount.wan()),
                    Operation::Sum
                    | Operation::Take
                    | Operation::Equals
                    | Operation::Larger
                    | Operation::AtMost
                    | Operation::AtLeast
                    | Operation::DividedBy
                    | Operation::Rounded
                    | Operation::Against
                    | Operation::Gives => amount.wan(),
                };
                operation == Operation::Equals && so_far != before
            }
            (_, Value::Rate(_) | Value::Quotient(_) | Value::Count(_) | Value::Status(_)) => false,
        };
        if misses && !uneven.contains(&step.figure) {
            uneven.push(step.figure);
        }
    }
    uneven
}
