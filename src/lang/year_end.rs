//! The words of the year-end form and of the file that is filled in for it, by where they stand.

use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::Fund;
use crate::domain::target::{Goal, TargetKind};
use crate::domain::year_end::Whose;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum YearEndWord {
    /// What is stamped on a form that can't be signed yet.
    Draft,
    DraftUnfilled(usize),
    NotClosed,
    NotOpened,
    Public,
    /// A sum of money in figures and in capitals.
    InFull {
        amount: Amount,
        capitals: String,
    },
    // The fields above the tables.
    Revised,
    Spent,
    LeftOver,
    Score,
    ScoreOf {
        execution: Rate,
        targets: Rate,
        score: Rate,
        most: Rate,
    },
    ExecutionScoreOnly(Rate),
    NoScore,
    // The tables' captions.
    Funds,
    Split,
    Allocations,
    Holdings,
    Adjustments,
    Reasons,
    Results,
    Shortfalls,
    // Their cells.
    AllFunds,
    Fund(Fund),
    Whose(Whose),
    Kind(TargetKind),
    Goal {
        goal: Goal,
        unit: String,
    },
    Actual {
        number: String,
        unit: String,
    },
    CarriedFrom(String),
    TargetName,
    // The notes below.
    ExecutionRule,
    LeftOverRule,
    ResultRule,
    NoTargets,
    NoWeights,
    // The file to fill in.
    BlankIntroduction,
    BlankRate {
        whose: Whose,
        rate: Option<Rate>,
        is_needed: bool,
    },
    BlankSplit,
    BlankAllocations,
    BlankResults,
    BlankGoal {
        kind: TargetKind,
        goal: Goal,
        unit: String,
        weight: Option<Rate>,
    },
}
