//! What is wrong with a table of expenses to import.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::{amount_cure, column_name, not_an_amount, numbers, usage};
use crate::domain::statement::Turn;
use crate::lang::Words;
use crate::problem::{BillFault, Otherwise, Unsaid};

pub(super) fn bill(fault: &BillFault) -> Words {
    match fault {
        BillFault::NoHeadings { path, missing, seen } => {
            let missing: Vec<&str> = missing.iter().map(|field| column_name(field)).collect();
            let (path, missing) = (path.display(), missing.join(", "));
            Words::new(
                match seen.is_empty() {
                    true => format!("there is nothing in {path}: it needs {missing}"),
                    false => format!(
                        "no row of headings in the first 50 rows of {path}: it needs {missing}; the likest row has: {}",
                        seen.join(", ")
                    ),
                },
                "name other headings with `--map FIELD=HEADING`, such as `--map amount=本次支付`, or in [import] of the budget file",
            )
        }
        BillFault::HeadingTwice { field, headings } => Words::new(
            format!("several columns could be the {}: {}", column_name(field), headings.join(", ")),
            format!("say which with `--map {field}=HEADING`; rename headings that are the same"),
        ),
        BillFault::HeadingMissing { field, heading, seen } => Words::new(
            format!("no heading `{heading}`, which is to be the {}", column_name(field)),
            format!("this row has: {}", seen.join(", ")),
        ),
        BillFault::NoAllocation => Words::new(
            "no column says the allocation",
            "add a column `allocation` (预算分项), or charge all rows to one with `-a ALLOC`",
        ),
        BillFault::Allocation(named) => usage::usage(named),
        BillFault::Missing { field } => Words::new(format!("the {} is missing", column_name(field)), "fill it in"),
        BillFault::NotADate { text } => {
            Words::new(format!("`{text}` is no date"), "write 2022-01-05, 2022/1/5, 2022.1.5, 20220105 or 2022年1月5日")
        }
        BillFault::NotADateHere { text, format: None } => Words::new(
            format!("`{text}` is no date"),
            "known are 2022-01-05, 2022/1/5, 2022.1.5, 20220105 and 2022年1月5日; for others write date_format in [statement], \
             such as \"DD/MM/YYYY\"",
        ),
        BillFault::NotADateHere { text, format: Some(format) } => Words::new(
            format!("`{text}` is no date written as {format}"),
            "check date_format in [statement]; where dates are written in several ways, make it \"auto\"",
        ),
        BillFault::NotAMark { text, choices } => Words::new(
            format!("`{text}` says neither out nor in"),
            format!(
                "known are {choices}; for others write side_out = [\"{text}\"] or side_in = [\"{text}\"] in [statement]"
            ),
        ),
        BillFault::NotAStatus { text } => Words::new(
            format!("the status `{text}` does not tell whether the money went out"),
            format!(
                "if it did not, write ignore = [\"{text}\"] under [statement], and such lines are not counted; if it did, \
                 write status_done = [\"{text}\"]"
            ),
        ),
        BillFault::OtherCurrency { text } => Words::new(
            format!("the currency is `{text}`; a ledger is in yuan"),
            format!(
                "export the statement in yuan; if only some lines are in another currency, write ignore = [\"{text}\"] \
                 under [statement], and such lines are not counted"
            ),
        ),
        BillFault::NotInYuan { unit } => Words::new(
            format!("the sums are in {unit}, which has no fen"),
            "export the statement in yuan (元); if they are in yuan all the same, skip this row by skip_rows under \
             [statement]",
        ),
        BillFault::AgainstBalance { turn } => Words::new(
            "out and in may be the wrong way round: as they are read, every step of the statement's balance goes the other way",
            turned(turn),
        ),
        BillFault::NotAnAmount { text, why } => {
            Words::new(format!("`{text}` is no amount: {}", not_an_amount(*why)), amount_cure(*why))
        }
        BillFault::Zero => Words::new("the amount is zero", "delete rows without an amount"),
        BillFault::BothSides => {
            Words::new("amounts on both sides, debit and credit", "a row has one side; make it two rows")
        }
        BillFault::Scientific { field, text } => Words::new(
            format!(
                "the {} became `{text}`: a spreadsheet wrote it with an exponent, and its last digits are gone",
                column_name(field)
            ),
            "they can't be brought back: make the column text in the original table and export it again, or use .xlsx",
        ),
        BillFault::Hashes { field } => Words::new(
            format!("the {} is a row of `#`: the column was too narrow when it was exported", column_name(field)),
            "make the column wider and export it again",
        ),
        BillFault::NoStatementHeadings { path, seen } => Words::new(
            match seen.is_empty() {
                true => format!("there is nothing in {}", path.display()),
                false => format!(
                    "no headings of a statement in the first 50 rows of {}; the likest row: {}",
                    path.display(),
                    seen.join(", ")
                ),
            },
            "it needs a date and what went out, came in, or moved; name other headings with `--map COLUMN=HEADING`, such as \
             `--map date=发生日`, or write them in [statement] (`--detect` drafts one)",
        ),
        BillFault::NoDecisionHeadings { path, seen } => Words::new(
            format!("the first line of {} has no headings: {}", path.display(), seen.join(", ")),
            "begin it with `rows,lines,date,amount,reason`",
        ),
        BillFault::NotNumbers { text } => {
            Words::new(format!("`{text}` is no list of numbers"), "write numbers joined by `;`, such as `12;15`")
        }
        BillFault::DecidesNothing => {
            Words::new("neither rows nor lines are named", "name rows of the ledger, lines of the statement, or both")
        }
        BillFault::DayOfLinesNeeded => Words::new(
            "lines of the statement are named, but not their day",
            "write the day under `date`, several joined by `;`: in another statement the same numbers mean other lines",
        ),
        BillFault::LedgerAmountNeeded { found } => Words::new(
            "the two sides differ, and what the rows come to is not said",
            format!("add a column `ledger_amount` (台账金额); the rows it names come to {} yuan", found.grouped()),
        ),
        BillFault::ReasonNeeded { why } => {
            let (what, how) = match why {
                Unsaid::Difference => ("two sides that differ need a reason", "what makes the difference"),
                Unsaid::Several => ("several rows and several lines need a reason to belong together", "how they do"),
                Unsaid::OtherPayee => ("two payees need a reason to be one payment", "why it is one"),
            };
            Words::new(what, format!("say under `reason` {how}; if it is not decided yet, delete the line"))
        }
        BillFault::DecidedOtherwise { decided, found } => Words::new(
            format!("it was decided about {} yuan, but there are {} yuan", decided.grouped(), found.grouped()),
            "the statement or the ledger has changed, and the numbers may mean others: check and correct them",
        ),
        BillFault::DecidedOfAnother { decided, found } => Words::new(
            format!("it was decided about {decided}, but there stands {found}"),
            "if the numbers mean other lines than they did, find the right ones, or take the decision out; if only the name \
             is written otherwise, write it as it is now",
        ),
        BillFault::DecidedInVain => Words::new(
            "a row or line it names is not there, or was decided before",
            "check the numbers, or take the decision out",
        ),
        BillFault::RedRowNotNegative => Words::new(
            "a row that takes back, but its amount is not negative",
            "write the amount with a minus, in brackets, or in the credit column; if it is a new expense, leave this cell empty",
        ),
        BillFault::NoOriginal { voucher } => Words::new(
            format!("no expense has the voucher number `{voucher}`, in the ledger or above in this table"),
            "check the number; an expense of the same table must stand above the row that takes it back",
        ),
        BillFault::OriginalNeeded => Words::new(
            "a negative row that does not say which voucher it takes back from",
            "add a column `original` (原凭证号) with the voucher number of the expense; for refunds add `kind` (冲销或退款)",
        ),
        BillFault::SeveralOriginals { voucher, rows } => Words::new(
            format!("voucher `{voucher}` is on several expenses, rows {}", numbers(rows)),
            "leave this row out, and take its money back by row number, with `taizhang reverse` or `taizhang refund`",
        ),
        BillFault::NotAnInvoice { text } => Words::new(
            format!("`{text}` is no invoice number"),
            "write 20 digits, or code-number such as 053001900104-12345678; several joined by ;",
        ),
        BillFault::NotACode { text } => Words::new(
            format!("`{text}` is no economic class"),
            "write five digits beginning with 3, such as 30211; a name may follow",
        ),
        BillFault::NotAChoice { field, text, choices } => {
            Words::new(format!("the {} cannot be `{text}`", column_name(field)), format!("choose one of {choices}"))
        }
        BillFault::OtherContent { id, row } => Words::new(
            format!("the id `{id}` stands in row {row} with other content"),
            "what is recorded stays: put that row right with `taizhang correct`; if this is another one, give it another id",
        ),
        BillFault::IdTwice { id, first } => {
            Words::new(format!("the id `{id}` stands in line {first} already"), "an id has one row; is this a double?")
        }
        BillFault::IdMadeAbove { id } => Words::new(
            format!("a row above has no id, and the one made from its content is `{id}` too"),
            "is this the same expense again? if not, give that row an id of its own",
        ),
        BillFault::IdMadeAgain { id, line } => Words::new(
            format!("this row has no id, and the one made from its content, `{id}`, is that of line {line}"),
            "is this the same expense again? if not, give it an id of its own",
        ),
        BillFault::Twin { row, line } => Words::new(
            format!("same day, allocation, amount and payee as row {row}: likely a double"),
            format!("if it is another expense, add `--accept-double {line}`; if not, delete it"),
        ),
        BillFault::RightEntry { row, line } => Words::new(
            format!(
                "same allocation, amount, payee and voucher (or memo) as row {row}, the right entry of a correction: likely a double"
            ),
            format!("if it is another expense, add `--accept-double {line}`; if not, delete it"),
        ),
        BillFault::RecordedOtherwise { first, count } => {
            let row = |it: &Otherwise| {
                let reversed = it.is_reversed.then_some("money taken back");
                let said: Vec<&str> = it.fields.iter().map(|field| column_name(field)).chain(reversed).collect();
                format!("line {} (row {}: {})", it.line, it.row, said.join(", "))
            };
            let named = first.iter().map(row).collect::<Vec<_>>().join(", ");
            let more = if *count > first.len() as u64 { " …" } else { "" };
            let (rows, them) = if *count == 1 { ("row is", "it") } else { ("rows are", "them") };
            Words::new(
                format!("{count} {rows} in the ledger, but not as the table has {them}: {named}{more}"),
                "nothing of this was recorded again: if the ledger is wrong, use `taizhang correct`; if not, put the table right",
            )
        }
        BillFault::TwinAbove { above, line } => Words::new(
            format!("same day, allocation, amount and payee as line {above}: likely a double"),
            format!("if it is another expense, add `--accept-double {line}`; if not, delete it"),
        ),
        BillFault::InvoiceUsed { number, row, line } => Words::new(
            format!("invoice {number} was used for row {row}"),
            format!("was it claimed twice? if it is paid in parts, add `--invoice-part {line}`"),
        ),
        BillFault::InvoiceAbove { number, above, line } => Words::new(
            format!("invoice {number} stands in line {above} already"),
            format!("was it claimed twice? if it is paid in parts, add `--invoice-part {line}`"),
        ),
        BillFault::Changed { path } => Words::new(
            format!("{} changed while it was read; nothing imported", path.display()),
            "import it again once it is saved",
        ),
    }
}

/// How the direction is turned round.
fn turned(turn: &Turn) -> String {
    match turn {
        Turn::Sign(sign) => format!("check it; if so, write sign = \"{}\" in [statement]", sign.key()),
        Turn::Marks => {
            "check it; if so, write side_out and side_in in [statement]: `taizhang reconcile --detect STATEMENT` does"
                .into()
        }
        Turn::Columns { out, into } => {
            let [out, into] = [("in", out), ("out", into)].map(|(column, heading)| {
                heading.as_ref().map(|heading| format!(" --map {column}={heading}")).unwrap_or_default()
            });
            format!("check it; if so, change the columns round: `{}`", format!("{into}{out}").trim())
        }
    }
}
