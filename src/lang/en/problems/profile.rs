//! What is wrong in a profile of a statement.

use crate::lang::Words;
use crate::problem::ProfileFault;

pub(super) fn profile(fault: &ProfileFault) -> Words {
    match fault {
        ProfileFault::NoTable => Words::new(
            "the file has no [statement] section",
            "is this the right file? `taizhang reconcile --detect STATEMENT -o FILE` writes one",
        ),
        ProfileFault::NotAColumn { key } => Words::new(
            format!("`{key}` must be a heading, or the number of a column, from 1"),
            format!("write it as {key} = \"{}\" or {key} = 3", heading(key)),
        ),
        ProfileFault::ColumnTwice { key, first, first_line } => Words::new(
            format!("`{key}` is the same column as `{first}` in line {first_line}"),
            "a column is one thing; change one of the two or take it out",
        ),
        ProfileFault::HeadingsAndPlaces { key, first_line } => Words::new(
            format!(
                "`{key}` is written otherwise than line {first_line}: one is a heading, the other a column's number"
            ),
            "name all by their headings; count them all where the statement has no headings",
        ),
        ProfileFault::NoDate => {
            Words::new("the columns are counted, but none is the date", "add a line such as date = 1")
        }
        ProfileFault::NoSum => Words::new(
            "the columns are counted, but none is the amount",
            "add a line such as amount = 4; or out = 4 and in = 5, where each has a column",
        ),
        ProfileFault::NothingToMark => Words::new(
            "`side` marks the column `amount`, which is missing",
            "add a line such as amount = 4; take side out where out and in have columns of their own",
        ),
        ProfileFault::NotADateFormat { text } => Words::new(
            format!("`{text}` is no way of writing a date"),
            "spell it with Y, M and D, each in one place, as \"YYYYMMDD\", \"DD/MM/YYYY\" or \"D.M.YYYY\"; or write \"auto\"",
        ),
        ProfileFault::NotACount { key } => Words::new(
            format!("`{key}` must be a number of rows"),
            format!("write a whole number without quotes, as {key} = 3"),
        ),
        ProfileFault::MarkTwice { text } => {
            Words::new(format!("`{text}` is both out and in"), "take it out of side_out or of side_in")
        }
    }
}

/// A heading that such a column often has.
fn heading(key: &str) -> &str {
    match key {
        "date" => "交易日期",
        "out" => "借方发生额",
        "in" => "贷方发生额",
        "amount" => "交易金额",
        "side" => "借贷标志",
        "payee" => "对方户名",
        "payment" => "交易流水号",
        "memo" => "摘要",
        "status" => "交易状态",
        "currency" => "币种",
        other => other,
    }
}
