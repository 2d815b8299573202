//! 年终自评: what the clerk must say at a year's end, and what is still wanting. It reads, adds up and words nothing.

use super::amount::{Amount, Rate};
use super::budget::Fund;
use super::position::Position;
use super::target::Number;

/// Below this execution rate a reason is asked for, in hundredths of a point: 90.00 %.
const GOOD_RATE: i128 = 9_000;

/// Whether a rate, as it is printed, must be explained.
pub(crate) fn needs_reason(rate: Option<Rate>) -> bool {
    rate.is_some_and(|rate| rate.hundredths() < GOOD_RATE)
}

/// 得分: ten points by the execution rate, never more and never less than none, half-up at two decimals. Worked out from
/// the amounts, not from the rounded rate; `None` where nothing was budgeted.
pub(crate) fn execution_score(position: &Position) -> Option<Rate> {
    let revised = position.revised();
    let spent = position.spent.max(Amount::ZERO).min(revised);
    revised.is_positive().then(|| Rate::TEN.part(spent.fen(), revised.fen()))
}

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filled {
    /// Why the project's execution rate is low; empty where nothing is said, as all texts here.
    pub(crate) reason: String,
    pub(crate) funds: Vec<FilledFund>,
    /// By the allocation's key.
    pub(crate) allocations: Vec<(String, String)>,
    pub(crate) results: Vec<FilledResult>,
}

/// How what is left of a fund was split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilledFund {
    pub(crate) fund: Fund,
    /// What was left when the form was made.
    pub(crate) left: Option<Amount>,
    /// 结转
    pub(crate) forward: Option<Amount>,
    /// 结余
    pub(crate) surplus: Option<Amount>,
    pub(crate) reason: String,
}

/// What became of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilledResult {
    /// The allocation's key.
    pub(crate) allocation: String,
    /// The target's place among those of its allocation, from 0.
    pub(crate) place: usize,
    pub(crate) actual: Option<Number>,
    pub(crate) reason: String,
}

/// Whose execution rate it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    Project,
    Fund(Fund),
    Allocation { number: usize, key: String, name: String },
}

/// What keeps a form from being signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gap {
    ReasonsMissing(Vec<(Whose, Rate)>),
    SplitsMissing(Vec<(Fund, Amount)>),
    ActualsMissing(Vec<String>),
    ShortfallsUnexplained(Vec<String>),
    WeightsDoNotAddUp {
        targets: Rate,
    },
    LeftDiffers {
        fund: Fund,
        stated: Amount,
        left: Amount,
    },
    SplitDoesNotFoot {
        fund: Fund,
        forward: Amount,
        surplus: Amount,
        left: Amount,
    },
    /// A part with the other sign than what is left.
    PartOfOtherSign {
        fund: Fund,
        part: Amount,
        left: Amount,
    },
}

impl Gap {
    /// Whether a draft may have it: what is missing can still come, what is wrong is wrong.
    pub(crate) fn is_allowed_in_drafts(&self) -> bool {
        match self {
            Self::ReasonsMissing(_)
            | Self::SplitsMissing(_)
            | Self::ActualsMissing(_)
            | Self::ShortfallsUnexplained(_)
            | Self::WeightsDoNotAddUp { .. } => true,
            Self::LeftDiffers { .. } | Self::SplitDoesNotFoot { .. } | Self::PartOfOtherSign { .. } => false,
        }
    }

    /// How many places of the form are empty for it.
    pub(crate) fn places(&self) -> usize {
        match self {
            Self::ReasonsMissing(these) => these.len(),
            Self::SplitsMissing(these) => these.len(),
            Self::ActualsMissing(these) | Self::ShortfallsUnexplained(these) => these.len(),
            Self::WeightsDoNotAddUp { .. }
            | Self::LeftDiffers { .. }
            | Self::SplitDoesNotFoot { .. }
            | Self::PartOfOtherSign { .. } => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_needed_below_ninety_percent_as_printed() {
        let rate = |spent, revised| Amount::from_fen(spent).share_of(Amount::from_fen(revised));
        assert!(!needs_reason(rate(9_000, 10_000)));
        assert!(needs_reason(rate(8_999, 10_000)));
        assert!(!needs_reason(rate(1, 0)));
    }

    #[test]
    fn a_draft_may_lack_what_can_still_come_and_nothing_may_be_wrong_in_it() {
        let one = Amount::FEN;
        assert!(Gap::SplitsMissing(vec![]).is_allowed_in_drafts());
        let wrong = Gap::PartOfOtherSign { fund: Fund::Carried, part: one, left: -one };
        assert!(!wrong.is_allowed_in_drafts());
    }

    #[test]
    fn the_score_is_ten_points_by_the_rate_and_never_more_or_less_than_none() {
        let score = |original, spent| {
            let [original, spent] = [original, spent].map(Amount::from_fen);
            let mut position = Position::default();
            (position.original, position.spent) = (original, spent);
            execution_score(&position).map(|score| score.to_string())
        };
        let scores = [score(10_000, 8_765), score(10_000, 10_001), score(10_000, -1), score(0, 0)];
        assert_eq!(scores.each_ref().map(Option::as_deref), [Some("8.77"), Some("10.00"), Some("0.00"), None]);
    }
}
