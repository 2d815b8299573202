//! What was typed cannot be understood.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::{amount_cure, not_an_amount};
use crate::domain::figure::Explained;
use crate::lang::Words;
use crate::problem::Usage;

pub(super) fn usage(usage: &Usage) -> Words {
    let page = "see the command's `--help`";
    let like = |like: &Option<String>| {
        like.as_ref().map_or_else(|| "see `taizhang --help`".to_owned(), |like| format!("did you mean `{like}`?"))
    };
    match usage {
        Usage::NoCommand => Words::new("no command given", "see `taizhang --help`; for a first look, `taizhang demo`"),
        Usage::UnknownCommand { name, like: known } => Words::new(format!("there is no command `{name}`"), like(known)),
        Usage::UnknownArgument { name, like: known } => {
            Words::new(format!("`{name}` is not understood here"), like(known))
        }
        Usage::MissingArguments { names } => Words::new(format!("missing: {}", names.join(", ")), page),
        Usage::MissingValue { name } => Words::new(format!("`{name}` needs a value after it"), page),
        Usage::TooManyValues { name, value } => Words::new(
            format!("`{value}` is one value too many for `{name}`"),
            "put a value that holds blanks in quotes",
        ),
        Usage::GivenTwice { name } => Words::new(format!("`{name}` is given twice"), "give it once"),
        Usage::Conflict { name, with } => {
            Words::new(format!("`{name}` and `{with}` do not go together"), "leave one of them out")
        }
        Usage::NoSuchForm { ending } => Words::new(
            format!("`-o` writes no .{ending} file"),
            "end the name in .xlsx, .html, .md, .csv, .json or .txt; for PDF, open the .html in a browser and print it",
        ),
        Usage::NotAChoice { name, value, choices } => {
            Words::new(format!("`{name}` cannot be `{value}`"), format!("choose one of: {}", choices.join(", ")))
        }
        Usage::NotUnicode => {
            Words::new("something typed is not valid UTF-8 text", "set the terminal to UTF-8, then type it again")
        }
        Usage::Other { said } => Words::new(said.clone(), "see `taizhang --help`"),
        Usage::BadAmount { name, value, why } => {
            Words::new(format!("`{name}` cannot be `{value}`: {}", not_an_amount(*why)), amount_cure(*why))
        }
        Usage::BadDate { name, value } => Words::new(
            format!("`{name}` cannot be `{value}`: that is no date"),
            "write it as 2022-01-05, 2022/1/5, 20220105 or 2022年1月5日",
        ),
        Usage::BadPlan { value } => Words::new(
            format!("`--plan` cannot be `{value}`"),
            "write `even`, or month=amount pairs such as 03=1万元;10=2万元",
        ),
        Usage::BadMonth { value } => {
            Words::new(format!("`{value}` is no month of this year"), "write it as 2022-03, 2022年3月 or 3")
        }
        Usage::BadRows { value } => Words::new(
            format!("`--rows` cannot be `{value}`: that is no number of rows"),
            "give a whole number from 1, such as the row count under an old report",
        ),
        Usage::BadSplit { value } => Words::new(
            format!("`--split {value}` cannot be read"),
            "write `ALLOC=N`, and behind it `:CODE`, `:FUND` or both, such as `--split 5=1200.00:30201:carried`",
        ),
        Usage::BadKeep { value } => Words::new(
            format!("`--keep {value}` cannot be read"),
            "write `ALLOC=N` or `ALLOC=all`, such as `--keep 5=1200.00`",
        ),
        Usage::BadMap { value, fields } => Words::new(
            format!("`--map {value}` cannot be read"),
            format!("write `FIELD=HEADING`, such as `--map amount=本次支付`; the fields are {}", fields.join(", ")),
        ),
        Usage::MapWithPlaces => Words::new(
            "[statement] counts the columns, so no headings are looked for, and `--map` has none to name",
            "take out `--map` and change the numbers in [statement]; for a statement with headings give another `--profile`",
        ),
        Usage::BadWindow { value } => {
            Words::new(format!("`--window {value}` is no number of days"), "give a whole number, such as `--window 7`")
        }
        Usage::BadLines { name, value } => Words::new(
            format!("`{name} {value}` names no lines"),
            "give line numbers of the table, such as `12` or `12,15-18`",
        ),
        Usage::BadInvoice { value } => Words::new(
            format!("`{value}` is no invoice number"),
            "write 20 digits, or code-number such as 053001900104-12345678; several joined by `;`",
        ),
        Usage::BadEconomic { value } => Words::new(
            format!("`{value}` is no economic class"),
            "write its five-digit code, which begins with 3, such as 30211",
        ),
        Usage::BadDigest { value } => Words::new(
            format!("`{value}` is no ledger digest"),
            "copy the 64 digits and letters (0-9, a-f) printed under a report; the blanks between groups may stay",
        ),
        Usage::DateNeeded { year } => Words::new(
            format!("today is not in {year}, so the accounting date must be given"),
            format!("give it with `--date`: the day in {year} when it was paid or booked"),
        ),
        Usage::OperatorNeeded => {
            Words::new("who is entering this is not known", "give `--by NAME`, or set TAIZHANG_BY once and for all")
        }
        Usage::ConfirmationNeeded => Words::new(
            "opening a ledger fixes the budget for the whole year, so it needs your yes",
            "check the list above, then repeat with `--yes`",
        ),
        Usage::UnknownFigure { name, like } => {
            let like = like.map(|like| format!("did you mean `{}`? ", figure(like))).unwrap_or_default();
            let known: Vec<String> = Explained::ALL.into_iter().map(figure).collect();
            Words::new(
                format!("no figure is called `{name}`"),
                format!("{like}those that can be explained are {}", known.join(", ")),
            )
        }
        Usage::UnknownAllocation { name, known } => Words::new(
            format!("no allocation is called `{name}`"),
            format!("give its number, its key or part of its name: {}", allocations(known)),
        ),
        Usage::SeveralAllocations { name, known } => {
            Words::new(format!("`{name}` fits several allocations"), format!("say which one: {}", allocations(known)))
        }
        Usage::LedgerIsBudget { path } => Words::new(
            format!("{path} would be both the budget and its ledger"),
            "name the budget file with the ending .toml, or give another `ledger` in it",
        ),
        Usage::NoBudget => Words::new(
            "there is no budget file here",
            "name one with `-b FILE`, go to its folder, or make one with `taizhang init`",
        ),
        Usage::SeveralBudgets { paths } => {
            Words::new(format!("there are several budget files here: {}", paths.join(", ")), "say which with `-b FILE`")
        }
    }
}

fn figure(explained: Explained) -> String {
    explained.figure().key().replace('_', "-")
}

fn allocations(known: &[(String, String)]) -> String {
    let names: Vec<String> = known.iter().map(|(number, key)| format!("{number} {key}")).collect();
    names.join(", ")
}
