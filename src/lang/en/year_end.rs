//! The year-end form, and the file to fill in for it.
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use crate::domain::budget::Fund;
use crate::domain::target::{Comparison, Goal, TargetKind};
use crate::domain::year_end::Whose;
use crate::lang::YearEndWord;

pub(in crate::lang) fn year_end(word: &YearEndWord) -> String {
    match word {
        YearEndWord::Draft => "[DRAFT]".into(),
        YearEndWord::DraftUnfilled(1) => "[DRAFT: 1 place not filled in]".into(),
        YearEndWord::DraftUnfilled(places) => format!("[DRAFT: {places} places not filled in]"),
        YearEndWord::NotClosed => "[December not closed]".into(),
        YearEndWord::NotOpened => "[ledger not opened]".into(),
        YearEndWord::Public => "[for publication]".into(),
        YearEndWord::InFull { amount, capitals } => format!("{} yuan  {capitals}", amount.grouped()),
        YearEndWord::Revised => "revised".into(),
        YearEndWord::Spent => "spent".into(),
        YearEndWord::LeftOver => "left over".into(),
        YearEndWord::Score => "score".into(),
        YearEndWord::ScoreOf { execution, targets, score, most } => {
            format!("{score} of {most} = execution {execution} + targets {targets}")
        }
        YearEndWord::ExecutionScoreOnly(score) => format!("execution {score} of 10.00; targets not scored"),
        YearEndWord::NoScore => "(not scored)".into(),
        YearEndWord::Funds => "Execution by fund".into(),
        YearEndWord::Split => "What is left over".into(),
        YearEndWord::Allocations => "Execution by allocation".into(),
        YearEndWord::Holdings => "Execution by allocation and fund".into(),
        YearEndWord::Adjustments => "Adjustments of the budget".into(),
        YearEndWord::Reasons => "On execution rates (a reason is due below 90 %)".into(),
        YearEndWord::Results => "Performance targets".into(),
        YearEndWord::Shortfalls => "Why targets were not met, and what will be done".into(),
        YearEndWord::AllFunds => "all funds".into(),
        YearEndWord::Fund(fund) => fund_name(*fund).into(),
        YearEndWord::Whose(whose) => whose_name(whose),
        YearEndWord::Kind(kind) => kind_name(*kind).into(),
        YearEndWord::Goal { goal, unit } => goal_name(*goal, unit),
        YearEndWord::Actual { number, unit } => counted(number, unit),
        YearEndWord::CarriedFrom(id) => format!("carried over from {id}"),
        YearEndWord::TargetName => "target".into(),
        YearEndWord::ExecutionRule => {
            "execution rate = spent ÷ revised; its score = 10 × spent ÷ revised, 10 at most, worked out in yuan and rounded once, half-up to two decimals".into()
        }
        YearEndWord::LeftOverRule => {
            "left over = revised − spent; how much of it is carried forward and how much is surplus is for the office to say and is never inferred".into()
        }
        YearEndWord::ResultRule => {
            "a target that is met earns its points; another earns points × the proportion of goal and result, the smaller over the larger, half-up to two decimals".into()
        }
        YearEndWord::NoTargets => "the budget file states no targets: only the execution rate is scored".into(),
        YearEndWord::NoWeights => "a target has no weight, so the targets are not scored".into(),
        YearEndWord::BlankIntroduction => "\
Fill in between the quotes; leave what stands left of = and what is filled in already.
Then print with: taizhang final --with THIS-FILE; --draft shows it before all is filled in.
Amounts as \"1,234.50\" or \"0.12万元\"; reasons on one line, without personal data."
            .into(),
        YearEndWord::BlankRate { whose, rate, is_needed } => {
            let name = whose_name(whose);
            match rate {
                None => format!("{name}: no budget"),
                Some(rate) if *is_needed => format!("{name}: {rate} % spent, below 90 %: say why"),
                Some(rate) => format!("{name}: {rate} % spent; a reason may be left out"),
            }
        }
        YearEndWord::BlankSplit => "\
What is left over, by fund. left is what the ledger says (revised − spent);
carry_forward (结转) goes on being used for its purpose next year, surplus (结余) does not.
The two must add up to left; write \"0\" where there is none."
            .into(),
        YearEndWord::BlankAllocations => "On the execution rate of each allocation.".into(),
        YearEndWord::BlankResults => "\
What became of each target: actual is a number, its unit may follow;
where the goal was not met, reason says why and what will be done."
            .into(),
        YearEndWord::BlankGoal { kind, goal, unit, weight } => {
            let weight = weight.map_or("no weight".to_owned(), |weight| format!("{weight} points"));
            format!("{}, goal {}, {weight}", kind_name(*kind), goal_name(*goal, unit))
        }
    }
}

pub(super) fn fund_name(fund: Fund) -> &'static str {
    match fund {
        Fund::Current => "this year's",
        Fund::Carried => "carried over",
        Fund::Other => "other",
    }
}

pub(super) fn whose_name(whose: &Whose) -> String {
    match whose {
        Whose::Project => "the project".into(),
        Whose::Fund(fund) => format!("fund: {}", fund_name(*fund)),
        Whose::Allocation { number, name, .. } => format!("{number} {name}"),
    }
}

fn kind_name(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Quantity => "quantity",
        TargetKind::Quality => "quality",
        TargetKind::Timeliness => "timeliness",
        TargetKind::Cost => "cost",
        TargetKind::Social => "benefit",
        TargetKind::Satisfaction => "satisfaction",
    }
}

fn goal_name(goal: Goal, unit: &str) -> String {
    let sign = match goal.comparison {
        Comparison::AtLeast => "≥",
        Comparison::AtMost => "≤",
        Comparison::Exactly => "=",
    };
    format!("{sign}{}", counted(&goal.number.to_string(), unit))
}

fn counted(number: &str, unit: &str) -> String {
    format!("{number}{unit}")
}
