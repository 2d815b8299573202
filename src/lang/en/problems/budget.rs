//! What is wrong in a budget file.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::profile::profile;
use super::year_end::form;
use super::{amount_cure, distance, not_an_amount, text_fault, yuan};
use crate::lang::Words;
use crate::problem::BudgetFault;

pub(super) fn budget(fault: &BudgetFault) -> Words {
    let again = "save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)";
    match fault {
        BudgetFault::TooLarge { most } => Words::new(
            format!("the file is larger than {} KB", most / 1024),
            "such a file is a few pages; is this the right file?",
        ),
        BudgetFault::NotUtf8 { gb18030: true } => Words::new("the file is in GBK/GB18030, not UTF-8", again),
        BudgetFault::NotUtf8 { gb18030: false } => Words::new("from this place on the file is not UTF-8", again),
        BudgetFault::Utf16 => Words::new("the file is in UTF-16, not UTF-8", again),
        BudgetFault::Syntax { said } => Words::new(
            format!("not valid TOML: {said}"),
            "write one `key = …` a line, texts and amounts in straight quotes, as in name = \"…\"",
        ),
        BudgetFault::DuplicateKey => Words::new("this is stated twice", "keep one of the two and take the other out"),
        BudgetFault::More { count } => {
            Words::new(format!("there are {count} more problems"), "mend these first, then look again")
        }
        BudgetFault::UnknownKey { key, like: Some(like) } => {
            Words::new(format!("`{key}` is not known here"), format!("did you mean `{like}`?"))
        }
        BudgetFault::UnknownKey { key, like: None } => {
            Words::new(format!("`{key}` is not known here"), "take it out; notes for people go after #")
        }
        BudgetFault::MissingKey { key, table: "file" } => Words::new(
            format!("the file has no [{key}] section"),
            format!("add a line [{key}], and below it id, title, unit, fiscal_year and total"),
        ),
        BudgetFault::MissingKey { key, table } => Words::new(
            format!("`{key}` is missing in {}", section(table)),
            format!("add a line such as {}", example(key)),
        ),
        BudgetFault::NotAText { key, found } => Words::new(
            format!("`{key}` must be a text, not {}", toml_type(found)),
            "write it in straight quotes, as \"…\"",
        ),
        BudgetFault::NotATable { key } if key == "plan" => Words::new(
            "`plan` must be \"even\", or amounts by month",
            "write plan = \"even\", or plan = { \"03\" = \"10万元\", \"10\" = \"20.58万元\" }",
        ),
        BudgetFault::NotATable { key } => Words::new(
            format!("`{key}` must be a section, not a value"),
            format!("write {} on a line of its own, and what belongs to it below", section(key)),
        ),
        BudgetFault::NotAList { key } => Words::new(
            format!("`{key}` must be a list"),
            match *key {
                "economic" => "write economic = [\"30211\", \"30226\"]",
                "ignore" => "write ignore = [\"利息\", \"承前页*\"]",
                "side_out" => "write side_out = [\"划出\"]",
                "side_in" => "write side_in = [\"划入\"]",
                "target" => "write [[allocation.target]] on a line of its own before each target",
                "fund" | "result" => "write [[fund]], or [[result]], on a line of its own before each",
                _ => "write [[allocation]] on a line of its own before each allocation",
            },
        ),
        BudgetFault::BareNumber { text, float } => Words::new(
            format!(
                "the number {text} stands without quotes{}",
                if *float { ", and would lose its exactness" } else { "" }
            ),
            format!("put it in straight quotes with its unit: \"{text}元\" (yuan) or \"{text}万元\" (10,000 yuan)"),
        ),
        BudgetFault::NotAnAmount { text, why } => {
            Words::new(format!("`{text}` is no amount: {}", not_an_amount(*why)), amount_cure(*why))
        }
        BudgetFault::Negative { text } => Words::new(
            format!("`{text}` is negative"),
            "write the amount as approved, zero or more; if part of it was cut, write what is left",
        ),
        BudgetFault::NotAYear { text } => Words::new(
            format!("`{text}` is no fiscal year"),
            "write four digits without quotes, as in fiscal_year = 2022",
        ),
        BudgetFault::Text { key, fault } => {
            let (what, cure) = text_fault(*fault);
            Words::new(format!("`{key}` {what}"), cure)
        }
        BudgetFault::EmptyText { key } => Words::new(format!("`{key}` is empty"), "fill it in"),
        BudgetFault::NotAKey { key, text } => Words::new(
            format!("`{key}` cannot be `{text}`"),
            "use a-z, 0-9 and hyphens with a letter among them, such as major-events",
        ),
        BudgetFault::DuplicateAllocation { key, first_line } => Words::new(
            format!("the key `{key}` is already used in line {first_line}"),
            "give each allocation a key of its own",
        ),
        BudgetFault::DuplicateName { name, first_line } => Words::new(
            format!("the name `{name}` is already used in line {first_line}"),
            "give each allocation a name of its own",
        ),
        BudgetFault::NotAChoice { key, text, choices } => {
            Words::new(format!("`{key}` cannot be `{text}`"), format!("choose one of: {}", choices.join(", ")))
        }
        BudgetFault::NoAllocations => {
            Words::new("the budget has no allocation", "add at least one [[allocation]] with key, name and amount")
        }
        BudgetFault::WrongTotal { stated, sum } => Words::new(
            format!(
                "the total is {}, but the allocations add up to {}, which is {} {}",
                yuan(*stated),
                yuan(*sum),
                distance(*sum, *stated),
                if sum > stated { "more" } else { "less" },
            ),
            "check every amount against the approved budget; the two must be equal",
        ),
        BudgetFault::NotAMonth { text } => {
            Words::new(format!("`{text}` is no month"), "write two digits in quotes, from \"01\" to \"12\"")
        }
        BudgetFault::PlanDoesNotFit { plan, amount } => Words::new(
            format!("the months add up to {}, but the allocation's amount is {}", yuan(*plan), yuan(*amount)),
            format!(
                "the plan has {} too {}; its months must add up to the amount",
                distance(*plan, *amount),
                if plan > amount { "much" } else { "little" },
            ),
        ),
        BudgetFault::NotACode { text } => Words::new(
            format!("`{text}` is no classification code"),
            "economic classes have five digits, such as 30211; functions three, five or seven",
        ),
        BudgetFault::UnlistedCode { code, year } => unlisted(code, year),
        BudgetFault::NotPoints { text } => Words::new(
            format!("`{text}` is no number of points"),
            "write a number from 0 to 100 in quotes, such as \"5\"",
        ),
        BudgetFault::NotAGoal { text } => {
            Words::new(format!("`{text}` is no goal"), "write a comparison and a number, such as \">=2\"")
        }
        BudgetFault::NotAFileName { text } => Words::new(
            format!("`{text}` is no plain file name"),
            "the ledger stands beside the budget file: write its name without a folder",
        ),
        BudgetFault::Form(fault) => form(fault),
        BudgetFault::Profile(fault) => profile(fault),
    }
}

/// A section's heading as it stands in the file.
fn section(table: &str) -> String {
    match table {
        "allocation" | "allocation.target" | "fund" | "result" => format!("[[{table}]]"),
        _ => format!("[{table}]"),
    }
}

/// A line as it might stand in the file, with the quotes it needs.
fn example(key: &str) -> String {
    let value = match key {
        "id" => "\"my-office-2022\"",
        "fiscal_year" => "2022",
        "total" => "\"58.5万元\"",
        "amount" => "\"2万元\"",
        "key" => "\"travel\"",
        "kind" => "\"quantity\"",
        "goal" => "\">=2\"",
        "fund" => "\"current\"",
        _ => "\"…\"",
    };
    format!("{key} = {value}")
}

fn toml_type(found: &str) -> &str {
    match found {
        "string" => "a text",
        "integer" | "float" => "a bare number",
        "boolean" => "true or false",
        "datetime" => "a bare date",
        "array" => "a list",
        "table" => "a section",
        other => other,
    }
}

/// Said of the budget's codes, and of an expense's.
pub(super) fn unlisted(code: &str, year: impl std::fmt::Display) -> Words {
    Words::new(
        format!("{code} is not in the {year} table of economic classes"),
        "look the code up in that year's 部门预算支出经济分类科目",
    )
}
