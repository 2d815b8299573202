//! 对账单的读法（`[statement]`）写得哪里不对。

use super::column_name;
use crate::lang::Words;
use crate::problem::ProfileFault;

pub(super) fn profile(fault: &ProfileFault) -> Words {
    match fault {
        ProfileFault::NoTable => Words::new(
            "文件里没有 [statement] 一段",
            "请核对文件名；还没有的，用 `taizhang reconcile --detect 对账单 -o 文件` 生成一份",
        ),
        ProfileFault::NotAColumn { key } => Words::new(
            format!("`{key}` 应当是表头，或是第几列（从 1 数起）"),
            format!("请写成 {key} = \"{}\"，或 {key} = 3", heading(key)),
        ),
        ProfileFault::ColumnTwice { key, first, first_line } => Words::new(
            format!("`{key}` 与第 {first_line} 行的 `{first}` 指的是同一列"),
            "一列只能有一个用途；请改正或删去其中一项",
        ),
        ProfileFault::HeadingsAndPlaces { key, first_line } => Words::new(
            format!("`{key}` 的写法与第 {first_line} 行不同：一个写表头，一个写第几列"),
            "有表头的对账单都写表头；没有表头的都写第几列",
        ),
        ProfileFault::NoDate => Words::new("写了第几列，却没有写日期在哪一列", "请加一行，如 date = 1"),
        ProfileFault::NoSum => Words::new(
            "写了第几列，却没有写金额在哪一列",
            "请加一行，如 amount = 4；支出和收入分两列的，写 out = 4 和 in = 5",
        ),
        ProfileFault::NothingToMark => Words::new(
            "`side` 标明的是 `amount` 一列，这里却没有 `amount`",
            "请加一行，如 amount = 4；支出和收入分两列的，删去 side",
        ),
        ProfileFault::NotADateFormat { text } => Words::new(
            format!("`{text}` 不是日期的写法"),
            "请用 Y、M、D 写出年、月、日，各写一处，如 \"YYYYMMDD\"、\"DD/MM/YYYY\"、\"YYYY年M月D日\"；或写 \"auto\"",
        ),
        ProfileFault::NotACount { key } => {
            Words::new(format!("`{key}` 应当是行数"), format!("请写不加引号的整数，如 {key} = 3"))
        }
        ProfileFault::MarkTwice { text } => {
            Words::new(format!("“{text}”既算支出、又算收入"), "请从 side_out 或 side_in 中删去一个")
        }
    }
}

/// 这一列常见的表头。
fn heading(key: &str) -> &str {
    match key {
        "date" => "交易日期",
        "out" => "借方发生额",
        "in" => "贷方发生额",
        "side" => "借贷标志",
        "payee" => "对方户名",
        "payment" => "交易流水号",
        other => column_name(other),
    }
}
