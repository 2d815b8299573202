//! 年终决算与自评表，以及供填写的文件。
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use crate::domain::budget::Fund;
use crate::domain::target::{Comparison, Goal, TargetKind};
use crate::domain::year_end::Whose;
use crate::lang::YearEndWord;

pub(in crate::lang) fn year_end(word: &YearEndWord) -> String {
    match word {
        YearEndWord::Draft => "【草稿】".into(),
        YearEndWord::DraftUnfilled(places) => format!("【草稿：{places} 处未填】"),
        YearEndWord::NotClosed => "【12月未结账】".into(),
        YearEndWord::NotOpened => "【未建账】".into(),
        YearEndWord::Public => "【公开】".into(),
        YearEndWord::InFull { amount, capitals } => format!("{} 元  {capitals}", amount.grouped()),
        YearEndWord::Revised => "全年预算数".into(),
        YearEndWord::Spent => "全年执行数".into(),
        YearEndWord::LeftOver => "结转结余".into(),
        YearEndWord::Score => "自评得分".into(),
        YearEndWord::ScoreOf { execution, targets, score, most } => {
            format!("{score} 分（满分 {most}）＝ 执行率得分 {execution} ＋ 绩效指标得分 {targets}")
        }
        YearEndWord::ExecutionScoreOnly(score) => format!("执行率得分 {score}（满分 10.00）；绩效指标未评分"),
        YearEndWord::NoScore => "（未评分）".into(),
        YearEndWord::Funds => "项目资金执行情况".into(),
        YearEndWord::Split => "结转结余".into(),
        YearEndWord::Allocations => "各预算分项执行情况".into(),
        YearEndWord::Holdings => "各预算分项按资金来源执行情况".into(),
        YearEndWord::Adjustments => "预算调整".into(),
        YearEndWord::Reasons => "执行率说明（低于 90% 的必须说明）".into(),
        YearEndWord::Results => "绩效指标完成情况".into(),
        YearEndWord::Shortfalls => "偏差原因和改进措施".into(),
        YearEndWord::AllFunds => "年度资金总额".into(),
        YearEndWord::Fund(fund) => fund_name(*fund).into(),
        YearEndWord::Whose(whose) => whose_name(whose),
        YearEndWord::Kind(kind) => kind_name(*kind).into(),
        YearEndWord::Goal { goal, unit } => goal_name(*goal, unit),
        YearEndWord::Actual { number, unit } => counted(number, unit),
        YearEndWord::CarriedFrom(id) => format!("上年结转（{id}）"),
        YearEndWord::TargetName => "绩效指标".into(),
        YearEndWord::ExecutionRule => {
            "执行率 = 全年执行数 ÷ 全年预算数；得分 = 10 × 全年执行数 ÷ 全年预算数，最多 10 分，直接用以元计的数计算，最后四舍五入到两位小数。".into()
        }
        YearEndWord::LeftOverRule => {
            "结转结余 = 全年预算数 − 全年执行数；其中结转、结余各多少由单位填报，程序不作推断。".into()
        }
        YearEndWord::ResultRule => {
            "绩效指标达到目标值的得满分；没有达到的，得分 = 分值 × 目标值与完成值之比（小数除以大数），四舍五入到两位小数。".into()
        }
        YearEndWord::NoTargets => "预算文件没有列绩效目标，只计执行率得分。".into(),
        YearEndWord::NoWeights => "有绩效目标没有分值，绩效指标不评分。".into(),
        YearEndWord::BlankIntroduction => "\
请把内容填在双引号里；等号左边的英文和已经填好的内容不要改。
填好后，用 taizhang final --with 本文件 打印；没有填完时加 --draft，先看草稿。
金额写成 \"1,234.50\" 或 \"0.12万元\"；说明写在一行里，不写个人信息。"
            .into(),
        YearEndWord::BlankRate { whose, rate, is_needed } => {
            let name = whose_name(whose);
            match rate {
                None => format!("{name}：没有预算"),
                Some(rate) if *is_needed => format!("{name}：执行率 {rate}%，低于 90%，须说明原因"),
                Some(rate) => format!("{name}：执行率 {rate}%，可不说明"),
            }
        }
        YearEndWord::BlankSplit => "\
按资金来源填结转和结余。left 是台账算出的结转结余（全年预算数 − 全年执行数）；
carry_forward 填结转：下年继续用于原用途的；surplus 填结余：不再使用的。
两者相加必须等于 left；没有的写 \"0\"。"
            .into(),
        YearEndWord::BlankAllocations => "各预算分项的执行率说明。".into(),
        YearEndWord::BlankResults => "\
各绩效目标的实际完成值：actual 填数字，可以带单位；
没有达到目标值的，在 reason 写明偏差原因和改进措施。"
            .into(),
        YearEndWord::BlankGoal { kind, goal, unit, weight } => {
            let weight = weight.map_or("没有分值".to_owned(), |weight| format!("分值 {weight}"));
            format!("{}，目标值 {}，{weight}", kind_name(*kind), goal_name(*goal, unit))
        }
    }
}

pub(super) fn fund_name(fund: Fund) -> &'static str {
    match fund {
        Fund::Current => "本年财政拨款",
        Fund::Carried => "上年结转资金",
        Fund::Other => "其他资金",
    }
}

pub(super) fn whose_name(whose: &Whose) -> String {
    match whose {
        Whose::Project => "项目合计".into(),
        Whose::Fund(fund) => fund_name(*fund).into(),
        Whose::Allocation { number, name, .. } => format!("{number} {name}"),
    }
}

fn kind_name(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Quantity => "数量指标",
        TargetKind::Quality => "质量指标",
        TargetKind::Timeliness => "时效指标",
        TargetKind::Cost => "成本指标",
        TargetKind::Social => "效益指标",
        TargetKind::Satisfaction => "满意度",
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
