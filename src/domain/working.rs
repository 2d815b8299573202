//! How a figure is worked out: the names of its steps' operations, and the steps as a chain that foots by construction.

use super::amount::{Amount, Rate};
use super::figure::Figure;
use super::position::Status;
use super::quotient::Quotient;

/// What a step does with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// The rows or lines behind it add up to this.
    Sum,
    /// A chain begins with this.
    Take,
    Plus,
    Minus,
    /// This much comes out.
    Equals,
    /// Either what stands before, or this,
    Or,
    /// whichever is more.
    Larger,
    /// What stands before, but no more than this,
    AtMost,
    /// or no less than this.
    AtLeast,
    DividedBy,
    /// The quotient before, half-up at two decimals.
    Rounded,
    /// What stands before is held against this, on both sides of zero.
    Against,
    /// That is what it comes to.
    Gives,
}

impl Operation {
    /// The stable key in CSV and JSON.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Take => "take",
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Equals => "equals",
            Self::Or => "or",
            Self::Larger => "larger",
            Self::AtMost => "at_most",
            Self::AtLeast => "at_least",
            Self::DividedBy => "divided_by",
            Self::Rounded => "rounded",
            Self::Against => "against",
            Self::Gives => "gives",
        }
    }
}

/// What a step holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// In 元.
    Amount(Amount),
    /// In percent or points; `None` where there was nothing to divide by.
    Rate(Option<Rate>),
    Quotient(Option<Quotient>),
    Count(u32),
    Status(Status),
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) operation: Operation,
    pub(crate) figure: Figure,
    pub(crate) value: Value,
}

/// A figure being worked out. Amounts come out of the steps themselves, so they foot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Working {
    steps: Vec<Step>,
    so_far: Amount,
}

impl Working {
    pub(crate) fn steps(self) -> Vec<Step> {
        self.steps
    }

    /// A step that no later one reckons with.
    pub(crate) fn say(mut self, operation: Operation, figure: Figure, value: Value) -> Self {
        self.steps.push(Step { operation, figure, value });
        self
    }

    fn so_far(mut self, amount: Amount) -> Self {
        self.so_far = amount;
        self
    }

    pub(crate) fn sum(self, figure: Figure, amount: Amount) -> Self {
        self.so_far(amount).say(Operation::Sum, figure, Value::Amount(amount))
    }

    pub(crate) fn take(self, figure: Figure, amount: Amount) -> Self {
        self.so_far(amount).say(Operation::Take, figure, Value::Amount(amount))
    }

    pub(crate) fn plus(self, figure: Figure, amount: Amount) -> Self {
        let sum = self.so_far + amount;
        self.so_far(sum).say(Operation::Plus, figure, Value::Amount(amount))
    }

    pub(crate) fn minus(self, figure: Figure, amount: Amount) -> Self {
        let rest = self.so_far - amount;
        self.so_far(rest).say(Operation::Minus, figure, Value::Amount(amount))
    }

    pub(crate) fn equals(self, figure: Figure) -> Self {
        let amount = self.so_far;
        self.say(Operation::Equals, figure, Value::Amount(amount))
    }

    /// The larger of what stands before and this, which the next figure names.
    pub(crate) fn or(self, figure: Figure, amount: Amount, larger: Figure) -> Self {
        let more = self.so_far.max(amount);
        let both = self.so_far(more).say(Operation::Or, figure, Value::Amount(amount));
        both.say(Operation::Larger, larger, Value::Amount(more))
    }

    /// What stands before, kept within 0 and this; only the border that is passed is a step.
    pub(crate) fn within(mut self, figure: Figure, most: Amount) -> Self {
        if self.so_far > most {
            self = self.so_far(most).say(Operation::AtMost, figure, Value::Amount(most));
        }
        if self.so_far.is_negative() {
            self = self.so_far(Amount::ZERO).say(Operation::AtLeast, Figure::Zero, Value::Amount(Amount::ZERO));
        }
        self
    }

    /// Divides what stands before, in percent, and does not round.
    pub(crate) fn divided_by(self, figure: Figure, whole: Amount, quotient: Figure) -> Self {
        let exact = Quotient::of(self.so_far, whole);
        self.say(Operation::DividedBy, figure, Value::Amount(whole)).say(
            Operation::Equals,
            quotient,
            Value::Quotient(exact),
        )
    }

    pub(crate) fn rounded(self, figure: Figure, rate: Option<Rate>) -> Self {
        self.say(Operation::Rounded, figure, Value::Rate(rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_border_that_is_passed_is_a_step() {
        let steps = |fen| {
            let working = Working::default().so_far(Amount::from_fen(fen));
            working.within(Figure::Revised, Amount::from_fen(100)).steps().len()
        };
        assert_eq!([-1, 0, 100, 101].map(steps), [1, 0, 0, 1]);
    }
}
