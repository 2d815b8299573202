//! The public text about a project.

use super::year_end::fund_name;
use crate::domain::amount::Amount;
use crate::domain::project::PublicText;
use crate::lang::{DisclosureWord, PublicPart};

pub(in crate::lang) fn disclosure(word: &DisclosureWord) -> String {
    match word {
        DisclosureWord::Title { unit, year } => format!("{unit}: project text for public disclosure, {year}"),
        DisclosureWord::Unverified => "[The ledger does not hold: not to be published] ".into(),
        DisclosureWord::Heading { number, part } => format!("{number}. {}", part_name(*part)),
        DisclosureWord::Item { number, name } => format!("({number}) {name}"),
        DisclosureWord::ToBeWritten(text) => format!("[To be written: {} in the budget file]", place(text)),
        DisclosureWord::Given { year, total, in_wan } => {
            format!("The budget of {year} gives this project {}, allocated as follows.", sum(*total, *in_wan))
        }
        DisclosureWord::GivenByFund { funds, in_wan } => {
            let funds = funds.iter().map(|(fund, amount)| format!("{} {}", fund_name(*fund), sum(*amount, *in_wan)));
            format!("By fund: {}.", funds.collect::<Vec<_>>().join(", "))
        }
        DisclosureWord::Revised { adjusted, revised, in_wan } if adjusted.is_zero() => format!(
            "In the course of the year money was moved between allocations with approval; the total of {} is unchanged.",
            sum(*revised, *in_wan)
        ),
        DisclosureWord::Revised { adjusted, revised, in_wan } => {
            let (what, by) = if adjusted.is_negative() { ("cut", -*adjusted) } else { ("raised", *adjusted) };
            format!(
                "In the course of the year the budget was {what} with approval by {}, and is now {}.",
                sum(by, *in_wan),
                sum(*revised, *in_wan)
            )
        }
        DisclosureWord::FundingTable { in_wan } => format!("Funding by allocation ({})", unit(*in_wan)),
        DisclosureWord::Executed { year, revised, spent, rate, in_wan } => {
            let rate = rate.map(|rate| format!(", or {rate} %")).unwrap_or_default();
            format!(
                "Of the revised budget of {}, {} was spent in {year}{rate}.",
                sum(*revised, *in_wan),
                sum(*spent, *in_wan)
            )
        }
        DisclosureWord::ExecutionTable { in_wan } => format!("Execution by allocation ({})", unit(*in_wan)),
        DisclosureWord::ExecutionRule => "Used % = spent ÷ revised.".into(),
    }
}

/// Where a text stands in the budget file.
pub(super) fn place(text: &PublicText) -> String {
    match text {
        PublicText::Title => "title in [budget]".into(),
        PublicText::Unit => "unit in [budget]".into(),
        PublicText::Basis => "basis in [project]".into(),
        PublicText::Overview => "overview in [project]".into(),
        PublicText::Plan => "plan in [project]".into(),
        PublicText::Results => "results in [project]".into(),
        PublicText::Name(key) => format!("name of the allocation {key}"),
        PublicText::Content(key) => format!("content of the allocation {key}"),
    }
}

fn part_name(part: PublicPart) -> &'static str {
    match part {
        PublicPart::Name => "Project",
        PublicPart::Basis => "Basis",
        PublicPart::Unit => "Implementing unit",
        PublicPart::Overview => "Overview",
        PublicPart::Content => "Content",
        PublicPart::Funding => "Funding",
        PublicPart::Plan => "Plan of implementation",
        PublicPart::Results => "Results",
        PublicPart::Execution => "Execution of the budget",
    }
}

fn unit(in_wan: bool) -> &'static str {
    if in_wan { "in 10,000 yuan, 万元" } else { "in yuan" }
}

fn sum(amount: Amount, in_wan: bool) -> String {
    if in_wan { format!("{}万元", amount.wan().grouped()) } else { format!("{} yuan", amount.grouped()) }
}
