//! 追溯：数字怎样算出来，运算用什么符号，一笔记录叫什么。

use crate::domain::entry::Kind;
use crate::domain::figure::Explained;
use crate::domain::working::Operation;

pub(super) fn rule(explained: Explained, of_total: bool, by_months: bool, over_budget: bool) -> &'static str {
    match explained {
        Explained::Original => "年初预算数 = 各笔年初预算之和",
        Explained::Adjusted => "预算调整 = 各笔追加、追减和调剂之和",
        Explained::Revised => "调整预算数 = 年初预算数 + 预算调整",
        Explained::Committed => "预占 = 各笔预占与释放之和，释放为负数",
        Explained::Spent => "支出数 = 各笔支出、冲销与退款之和，冲销、退款为负数",
        Explained::Available => "可用余额 = 调整预算数 − 预占 − 支出数",
        Explained::ExecutionRate => "执行率 = 支出数 ÷ 调整预算数，四舍五入到两位小数",
        Explained::PlanToDate if of_total => "累计计划合计 = 各分项累计计划之和",
        Explained::PlanToDate => "累计计划 = 各笔应计之和，不低于 0，不高于调整预算数",
        Explained::Variance => "差异 = 累计计划 − 支出数，正数为未花",
        Explained::VarianceRate => "差异率 = 差异 ÷ 累计计划，四舍五入到两位小数",
        Explained::ElapsedRate if by_months => "序时进度 = 已过整月数 ÷ 12，四舍五入到两位小数",
        Explained::ElapsedRate => "序时进度 = 已过天数（含当天）÷ 全年天数，四舍五入到两位小数",
        Explained::Gap => "进度差 = 执行率 − 序时进度，以百分点计",
        Explained::Forecast if of_total => "全年预计合计 = 各分项全年预计之和",
        Explained::Forecast => "全年预计 = 支出数 +（预占、今后计划两者取大）；今后计划 = 调整预算数 − 累计计划",
        Explained::Status if over_budget => "可用余额小于 0，即为超预算，不再与计划比较",
        Explained::Status => {
            "可用余额不小于 0，看与计划的距离 =（支出数 − 累计计划）÷ 调整预算数：高于正常范围为超前，低于负的正常范围为滞后，否则为正常"
        }
    }
}

pub(in crate::lang) fn sign(operation: Operation) -> &'static str {
    match operation {
        Operation::Sum | Operation::Take => "",
        Operation::Plus => "+",
        Operation::Minus => "−",
        Operation::DividedBy => "÷",
        Operation::Or => "或",
        Operation::AtMost => "≤",
        Operation::AtLeast => "≥",
        Operation::Rounded => "≈",
        Operation::Against => "±",
        Operation::Equals | Operation::Larger | Operation::Gives => "=",
    }
}

/// 表格里的说法，都是两个字，好对齐。
pub(in crate::lang) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "建账",
        Kind::Budget => "年初",
        Kind::Adjustment => "调整",
        Kind::Commitment => "预占",
        Kind::Release => "释放",
        Kind::Expense => "支出",
        Kind::Reversal => "冲销",
        Kind::Refund => "退款",
        Kind::Note => "补注",
        Kind::Close => "结账",
        Kind::Repair => "修复",
    }
}
