//! 哪里不对，怎么改：每一类问题一个文件，这里放几处共用的词。

mod bills;
mod budget;
mod disclosure;
mod files;
mod grid;
mod ledger;
mod mending;
mod profile;
mod restoring;
mod rules;
mod system;
mod toml;
mod usage;
mod year_end;

pub(super) use system::io_error;

use std::borrow::Cow;

use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::budget::Fund;
use crate::domain::entry::Kind;
use crate::domain::text::TextFault;
use crate::lang::Words;
use crate::problem::ProblemKind;

pub(in crate::lang) use ledger::sign_name;

pub(in crate::lang) fn problem(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::Usage(usage) => usage::usage(usage),
        ProblemKind::Budget(fault) => budget::budget(fault),
        ProblemKind::Refused(refusal) => rules::refused(refusal),
        ProblemKind::Remark(remark) => rules::remarked(remark),
        ProblemKind::Differs(difference) => rules::differs(difference),
        ProblemKind::Ledger(fault) => ledger::ledger(fault),
        ProblemKind::File(fault) => files::file(fault),
        ProblemKind::Grid(fault) => grid::grid(fault),
        ProblemKind::Bill(fault) => bills::bill(fault),
        ProblemKind::Mend(fault) => mending::mend(fault),
        ProblemKind::Restore(fault) => restoring::restoring(fault),
        ProblemKind::Notice(notice) => files::noticed(notice),
    }
}

fn yuan(amount: Amount) -> String {
    amount.grouped() + " 元"
}

/// 两数相差多少，不带正负号。
fn distance(one: Amount, other: Amount) -> String {
    yuan(if one > other { one - other } else { other - one })
}

fn not_an_amount(why: NotAnAmount) -> Cow<'static, str> {
    match why {
        NotAnAmount::Empty => "没有填数字".into(),
        NotAnAmount::NotANumber => "不是普通的数字".into(),
        NotAnAmount::LooksLike(character) => {
            format!("其中的 `{character}`（U+{:04X}）看着像、其实不是普通的数字或符号", u32::from(character)).into()
        }
        NotAnAmount::Grouping => "千分位逗号的位置不对，应每三位一个".into(),
        NotAnAmount::CurrencySign => "不要带货币符号".into(),
        NotAnAmount::Scientific => "被电子表格改成了科学记数法".into(),
        NotAnAmount::FinerThanAFen => "小数超过了两位，不足一分".into(),
        NotAnAmount::TooLarge => "数额太大".into(),
    }
}

fn amount_cure(why: NotAnAmount) -> &'static str {
    match why {
        NotAnAmount::FinerThanAFen => "请自行取到分；录入的金额，本程序从不四舍五入",
        NotAnAmount::Scientific => "请照凭证重新录入；电子表格丢掉的位数无从推算",
        NotAnAmount::TooLarge => "一笔最多 9,999,999,999,999.99 元",
        NotAnAmount::Empty
        | NotAnAmount::NotANumber
        | NotAnAmount::LooksLike(_)
        | NotAnAmount::Grouping
        | NotAnAmount::CurrencySign => "请写成 305800、305,800.00 或 30.58万元",
    }
}

fn text_fault(fault: TextFault) -> (String, &'static str) {
    match fault {
        TextFault::TooLong { most } => (format!("太长，超过了 {most} 字节（约 {} 个汉字）", most / 3), "请写短一些"),
        TextFault::Hidden { character: '\n' | '\r' } => ("里有换行".into(), "请写在一行里"),
        TextFault::Hidden { character: '\t' } => ("里有制表符（Tab）".into(), "请改成空格"),
        TextFault::Hidden { character } => {
            (format!("里有看不见的字符（U+{:04X}）", u32::from(character)), "请手工录入，不要粘贴")
        }
        TextFault::LooksLikeAFormula { first } => {
            (format!("以 `{first}` 开头，会被电子表格当作公式执行"), "请改用文字或数字开头")
        }
    }
}

fn numbers(rows: &[u64]) -> String {
    let rows: Vec<String> = rows.iter().map(u64::to_string).collect();
    format!("第 {} 笔", rows.join("、"))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "建账记录",
        Kind::Budget => "年初预算",
        Kind::Adjustment => "预算调整",
        Kind::Commitment => "预占",
        Kind::Release => "释放",
        Kind::Expense => "支出",
        Kind::Reversal => "红字冲销",
        Kind::Refund => "退款",
        Kind::Note => "补注",
        Kind::Close => "结账记录",
        Kind::Repair => "修复记录",
    }
}

/// 台账各列的中文名，以及最终写进台账的选项。
pub(in crate::lang) fn column_name(column: &str) -> &str {
    match column {
        "seq" => "笔号",
        "kind" => "类型",
        "date" => "记账日期",
        "occurred" => "业务日期",
        "allocation" => "预算分项",
        "fund" => "资金来源",
        "amount" => "金额",
        "plan" => "用款计划",
        "payee" => "收款人",
        "memo" => "摘要",
        "voucher" => "凭证号",
        "payment" => "支付令号",
        "economic" => "经济分类",
        "method" => "支付方式",
        "invoice" => "发票号码",
        "ref" => "对应笔号",
        "doc" => "文号",
        "batch" => "批次",
        "id" => "编号",
        "by" => "经办人",
        "at" => "记录时间",
        "original" => "原凭证号",
        "credit" => "贷方金额",
        "hash" => "校验码",
        "out" => "支出",
        "in" => "收入",
        "side" => "借贷标志",
        "allow-over" => "超支原因",
        "clock-ok" => "时钟说明",
        other => other,
    }
}

fn fund_name(fund: Option<Fund>) -> &'static str {
    match fund {
        Some(Fund::Current) => "本年拨款（`current`）",
        Some(Fund::Carried) => "上年结转（`carried`）",
        Some(Fund::Other) => "其他（`other`）",
        None => "未注明",
    }
}
