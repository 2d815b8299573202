//! 要导入的支出表有什么问题。
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::{amount_cure, column_name, not_an_amount, numbers, usage};
use crate::domain::statement::Turn;
use crate::lang::Words;
use crate::problem::{BillFault, Otherwise, Unsaid};

pub(super) fn bill(fault: &BillFault) -> Words {
    match fault {
        BillFault::NoHeadings { path, missing, seen } => {
            let missing: Vec<&str> = missing.iter().map(|field| column_name(field)).collect();
            let (path, missing) = (path.display(), missing.join("、"));
            Words::new(
                match seen.is_empty() {
                    true => format!("{path} 里什么也没有，至少要有{missing}"),
                    false => format!(
                        "{path} 的前 50 行里没有找到表头，至少要有{missing}；最像表头的一行是：{}",
                        seen.join("、")
                    ),
                },
                "表头叫法不同的，请用 `--map 字段=表头` 指明，如 `--map 金额=本次支付`；也可写进预算文件的 [import]",
            )
        }
        BillFault::HeadingTwice { field, headings } => Words::new(
            format!("有几列都像是“{}”：{}", column_name(field), headings.join("、")),
            format!("请用 `--map {}=表头` 指明用哪一列；表头完全相同的，请先改名", column_name(field)),
        ),
        BillFault::HeadingMissing { field, heading, seen } => Words::new(
            format!("没有“{heading}”这个表头（“{}”要用它）", column_name(field)),
            format!("这一行的表头有：{}", seen.join("、")),
        ),
        BillFault::NoAllocation => {
            Words::new("表里没有写预算分项的列", "请加一列“预算分项”；全部列入同一个分项的，用 `-a 分项`")
        }
        BillFault::Allocation(named) => usage::usage(named),
        BillFault::Missing { field } => Words::new(format!("没有填{}", column_name(field)), "请在表里补上"),
        BillFault::NotADate { text } => {
            Words::new(format!("`{text}` 不是日期"), "请写成 2022-01-05、2022/1/5、2022.1.5、20220105 或 2022年1月5日")
        }
        BillFault::NotADateHere { text, format: None } => Words::new(
            format!("`{text}` 不是日期"),
            "认得的写法有 2022-01-05、2022/1/5、2022.1.5、20220105 和 2022年1月5日；别的写法，请在 [statement] 里写明 date_format，\
             如 \"DD/MM/YYYY\"",
        ),
        BillFault::NotADateHere { text, format: Some(format) } => Words::new(
            format!("`{text}` 不是照 {format} 写的日期"),
            "请核对 [statement] 里的 date_format；几种写法混用的，改成 \"auto\"",
        ),
        BillFault::NotAMark { text, choices } => Words::new(
            format!("`{text}` 没有说明是支出还是收入"),
            format!(
                "认得的有：{choices}；别的字样，请在 [statement] 里写明，如 side_out = [\"{text}\"] 或 side_in = [\"{text}\"]"
            ),
        ),
        BillFault::NotAStatus { text } => Words::new(
            format!("状态是 `{text}`，看不出钱有没有付出去"),
            format!(
                "没有付出去的，在 [statement] 里写 ignore = [\"{text}\"]，这样的行不计；确已付出的，写 status_done = [\"{text}\"]"
            ),
        ),
        BillFault::OtherCurrency { text } => Words::new(
            format!("币种是 `{text}`，台账只记人民币"),
            format!("请导出人民币的对账单；只有几行是外币的，在 [statement] 里写 ignore = [\"{text}\"]，这样的行不计"),
        ),
        BillFault::NotInYuan { unit } => Words::new(
            format!("金额以{unit}为单位，对不到分"),
            "请导出以元为单位的对账单；金额其实是元的，在 [statement] 里用 skip_rows 跳过这一行",
        ),
        BillFault::AgainstBalance { turn } => {
            Words::new("支出和收入可能读反了：照现在的读法，对账单的余额每一步都走反了方向", turned(turn))
        }
        BillFault::NotAnAmount { text, why } => {
            Words::new(format!("`{text}` 不是金额：{}", not_an_amount(*why)), amount_cure(*why))
        }
        BillFault::Zero => Words::new("金额是零", "没有金额的行请删去"),
        BillFault::BothSides => Words::new("借方和贷方都有金额", "一行只能有一边；请拆成两行"),
        BillFault::Scientific { field, text } => Words::new(
            format!("{}成了 `{text}`：电子表格把它改成了科学记数法，后面的数字已经丢失", column_name(field)),
            "丢掉的数字补不回来；请在原来的表里把这一列设为文本，再导出一次，或改用 .xlsx",
        ),
        BillFault::Hashes { field } => Words::new(
            format!("{}是一串 `#`：导出时列太窄，内容没有写出来", column_name(field)),
            "请把这一列拉宽，再导出一次",
        ),
        BillFault::NoStatementHeadings { path, seen } => Words::new(
            match seen.is_empty() {
                true => format!("{} 里什么也没有", path.display()),
                false => format!(
                    "{} 的前 50 行里没有找到对账单的表头；最像表头的一行是：{}",
                    path.display(),
                    seen.join("、")
                ),
            },
            "至少要有日期，以及支出、收入或金额；叫法不同的，请用 `--map 列=表头` 指明，如 `--map 日期=发生日`，或写成 [statement]（`--detect` 起草）",
        ),
        BillFault::NoDecisionHeadings { path, seen } => Words::new(
            format!("{} 的第一行不是表头：{}", path.display(), seen.join("、")),
            "第一行请写 `rows,lines,date,amount,reason`（笔号、行号、日期、金额、原因）",
        ),
        BillFault::NotNumbers { text } => {
            Words::new(format!("`{text}` 不是号码"), "请写数字，几个用 ; 隔开，如 `12;15`")
        }
        BillFault::DecidesNothing => Words::new("没有写笔号，也没有写行号", "请写台账的笔号、对账单的行号，或两者都写"),
        BillFault::DayOfLinesNeeded => Words::new(
            "写了对账单的行号，没有写这一行的日期",
            "请在“日期”一列写上，几天的用 ; 隔开：换一份对账单，同样的行号就是别的行了",
        ),
        BillFault::LedgerAmountNeeded { found } => Words::new(
            "两边金额不等，却没有写台账这边是多少",
            format!("请加一列“台账金额”；所写的笔号合计是 {} 元", found.grouped()),
        ),
        BillFault::ReasonNeeded { why } => {
            let (what, how) = match why {
                Unsaid::Difference => ("两边金额不等，却没有写原因", "差在哪里"),
                Unsaid::Several => ("几笔对几行，却没有写原因", "怎么对上的"),
                Unsaid::OtherPayee => ("两边收款人不同，却没有写原因", "为什么是同一笔"),
            };
            Words::new(what, format!("请在“原因”一列说明{how}；还没有定的，删去这一条"))
        }
        BillFault::DecidedOtherwise { decided, found } => Words::new(
            format!("认定的金额是 {} 元，现在却是 {} 元", decided.grouped(), found.grouped()),
            "对账单或台账变过，这些号码可能已指向别的；请核对后改正这一条",
        ),
        BillFault::DecidedOfAnother { decided, found } => Words::new(
            format!("认定的是 {decided}，现在这里是 {found}"),
            "若这些号码已指向别的行，请找出原来的那一行改正，或删去这一条；若只是收款人写法不同，请照现在的写",
        ),
        BillFault::DecidedInVain => {
            Words::new("这一条指的笔号或行号不存在，或前面已经认定过", "请核对号码，或删去这一条")
        }
        BillFault::RedRowNotNegative => Words::new(
            "这一行写明是冲销或退款，金额却不是负数",
            "金额请写负数、加括号，或填在贷方栏；若是一笔新的支出，请把这一格留空",
        ),
        BillFault::NoOriginal { voucher } => Words::new(
            format!("台账里和本表的上面各行都没有凭证号为 `{voucher}` 的支出"),
            "请核对原凭证号；同一张表里的原支出要排在冲销它的那一行上面",
        ),
        BillFault::OriginalNeeded => Words::new(
            "负数行没有写明冲销哪一张凭证",
            "请加一列“原凭证号”，填原来那笔支出的凭证号；是退款的，再加一列“冲销或退款”",
        ),
        BillFault::SeveralOriginals { voucher, rows } => Words::new(
            format!("凭证号 `{voucher}` 有好几笔支出：{}", numbers(rows)),
            "请把这一行从表里去掉，改用 `taizhang reverse` 或 `taizhang refund` 按笔号冲减",
        ),
        BillFault::NotAnInvoice { text } => Words::new(
            format!("`{text}` 不是发票号码"),
            "请写 20 位数字，或“代码-号码”，如 053001900104-12345678；几张发票用 ; 隔开",
        ),
        BillFault::NotACode { text } => {
            Words::new(format!("`{text}` 不是经济分类科目编码"), "应为以 3 开头的五位数字，如 30211；后面可带名称")
        }
        BillFault::NotAChoice { field, text, choices } => {
            Words::new(format!("{}不能是 `{text}`", column_name(field)), format!("请从中选一个：{choices}"))
        }
        BillFault::OtherContent { id, row } => Words::new(
            format!("编号 `{id}` 已用于第 {row} 笔，但内容不同"),
            "记过的不再改动：要更正那一笔，请用 `taizhang correct`；若是另一笔，请换一个编号",
        ),
        BillFault::IdTwice { id, first } => {
            Words::new(format!("编号 `{id}` 在第 {first} 行已经有了"), "一个编号只能有一行；请核对是不是重复")
        }
        BillFault::IdMadeAbove { id } => Words::new(
            format!("上面有一行没有编号，按内容生成的编号也是 `{id}`"),
            "请核对是不是重复；不是的，请给那一行另写一个编号",
        ),
        BillFault::IdMadeAgain { id, line } => Words::new(
            format!("这一行没有编号，按内容生成的编号 `{id}` 在第 {line} 行已经有了"),
            "请核对是不是重复；不是的，请给这一行另写一个编号",
        ),
        BillFault::Twin { row, line } => Words::new(
            format!("日期、分项、金额和收款人都与第 {row} 笔相同，像是重复"),
            format!("确是另一笔的，请加 `--accept-double {line}`；重复的，请从表里删去"),
        ),
        BillFault::RightEntry { row, line } => Words::new(
            format!("分项、金额、收款人和凭证号（没有则摘要）都与第 {row} 笔（更正后的一笔）相同，像是重复"),
            format!("确是另一笔的，请加 `--accept-double {line}`；重复的，请从表里删去"),
        ),
        BillFault::RecordedOtherwise { first, count } => {
            let row = |it: &Otherwise| {
                let reversed = it.is_reversed.then_some("有冲销");
                let said: Vec<&str> = it.fields.iter().map(|field| column_name(field)).chain(reversed).collect();
                format!("第 {} 行（第 {} 笔：{}）", it.line, it.row, said.join("、"))
            };
            let named = first.iter().map(row).collect::<Vec<_>>().join("、");
            let more = if *count > first.len() as u64 { "等" } else { "" };
            Words::new(
                format!("有 {count} 行台账里已有，但与表里写的不同：{named}{more}"),
                "这些行没有重新记；台账不对的，请用 `taizhang correct` 更正，否则请改正这张表",
            )
        }
        BillFault::TwinAbove { above, line } => Words::new(
            format!("日期、分项、金额和收款人都与第 {above} 行相同，像是重复"),
            format!("确是另一笔的，请加 `--accept-double {line}`；重复的，请从表里删去"),
        ),
        BillFault::InvoiceUsed { number, row, line } => Words::new(
            format!("发票 {number} 已用于第 {row} 笔"),
            format!("是不是重复报销？一张发票分次支付的，请加 `--invoice-part {line}`"),
        ),
        BillFault::InvoiceAbove { number, above, line } => Words::new(
            format!("发票 {number} 在第 {above} 行已经有了"),
            format!("是不是重复报销？一张发票分次支付的，请加 `--invoice-part {line}`"),
        ),
        BillFault::Changed { path } => {
            Words::new(format!("{} 在读取时被改动了，没有导入", path.display()), "请等它保存好，再导入一次")
        }
    }
}

/// 怎样把方向改过来。
fn turned(turn: &Turn) -> String {
    match turn {
        Turn::Sign(sign) => format!("请核对；确实读反的，在 [statement] 里写 sign = \"{}\"", sign.key()),
        Turn::Marks => {
            "请核对；确实读反的，在 [statement] 里写 side_out 和 side_in，`taizhang reconcile --detect 对账单` 会写好"
                .into()
        }
        Turn::Columns { out, into } => {
            let [out, into] = [("收入", out), ("支出", into)].map(|(column, heading)| {
                heading.as_ref().map(|heading| format!(" --map {column}={heading}")).unwrap_or_default()
            });
            format!("请核对；确实读反的，把两列对调：`{}`", format!("{into}{out}").trim())
        }
    }
}
