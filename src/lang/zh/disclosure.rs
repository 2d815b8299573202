//! 项目文本公开。

use super::year_end::fund_name;
use crate::domain::amount::Amount;
use crate::domain::project::PublicText;
use crate::lang::{DisclosureWord, PublicPart};

pub(in crate::lang) fn disclosure(word: &DisclosureWord) -> String {
    match word {
        DisclosureWord::Title { unit, year } => format!("{unit}{year}年财政项目文本公开"),
        DisclosureWord::Unverified => "【台账未通过校验，不得公开】".into(),
        DisclosureWord::Heading { number, part } => format!("{}、{}", numeral(*number), part_name(*part)),
        DisclosureWord::Item { number, name } => format!("（{}）{name}", numeral(*number)),
        DisclosureWord::ToBeWritten(text) => format!("【待补：请在预算文件里填写 {}】", place(text)),
        DisclosureWord::Given { year, total, in_wan } => {
            format!("本项目{year}年预算安排资金{}，各分项安排如下。", sum(*total, *in_wan))
        }
        DisclosureWord::GivenByFund { funds, in_wan } => {
            let funds = funds.iter().map(|(fund, amount)| format!("{}{}", fund_name(*fund), sum(*amount, *in_wan)));
            format!("按资金来源分：{}。", funds.collect::<Vec<_>>().join("，"))
        }
        DisclosureWord::Revised { adjusted, revised, in_wan } if adjusted.is_zero() => {
            format!("年度执行中，经批准在分项之间作了调剂，预算总额{}不变。", sum(*revised, *in_wan))
        }
        DisclosureWord::Revised { adjusted, revised, in_wan } => {
            let (what, by) = if adjusted.is_negative() { ("减少", -*adjusted) } else { ("增加", *adjusted) };
            format!("年度执行中，经批准调整，预算总额{what}{}，调整后为{}。", sum(by, *in_wan), sum(*revised, *in_wan))
        }
        DisclosureWord::FundingTable { in_wan } => format!("资金安排表（单位：{}）", unit(*in_wan)),
        DisclosureWord::Executed { year, revised, spent, rate, in_wan } => {
            let rate = rate.map(|rate| format!("，执行率{rate}%")).unwrap_or_default();
            format!("{year}年，本项目全年预算数{}，全年执行数{}{rate}。", sum(*revised, *in_wan), sum(*spent, *in_wan))
        }
        DisclosureWord::ExecutionTable { in_wan } => format!("预算执行情况表（单位：{}）", unit(*in_wan)),
        DisclosureWord::ExecutionRule => "执行率＝全年执行数÷全年预算数。".into(),
    }
}

/// 文字在预算文件里的位置。
pub(super) fn place(text: &PublicText) -> String {
    match text {
        PublicText::Title => "[budget] 的 title（项目名称）".into(),
        PublicText::Unit => "[budget] 的 unit（单位）".into(),
        PublicText::Basis => "[project] 的 basis（立项依据）".into(),
        PublicText::Overview => "[project] 的 overview（项目基本概况）".into(),
        PublicText::Plan => "[project] 的 plan（项目实施计划）".into(),
        PublicText::Results => "[project] 的 results（项目实施成效）".into(),
        PublicText::Name(key) => format!("预算分项 {key} 的 name（名称）"),
        PublicText::Content(key) => format!("预算分项 {key} 的 content（实施内容）"),
    }
}

fn part_name(part: PublicPart) -> &'static str {
    match part {
        PublicPart::Name => "项目名称",
        PublicPart::Basis => "立项依据",
        PublicPart::Unit => "项目实施单位",
        PublicPart::Overview => "项目基本概况",
        PublicPart::Content => "项目实施内容",
        PublicPart::Funding => "资金安排情况",
        PublicPart::Plan => "项目实施计划",
        PublicPart::Results => "项目实施成效",
        PublicPart::Execution => "预算执行情况",
    }
}

fn unit(in_wan: bool) -> &'static str {
    if in_wan { "万元" } else { "元" }
}

fn sum(amount: Amount, in_wan: bool) -> String {
    let shown = if in_wan { amount.wan() } else { amount };
    format!("{}{}", shown.grouped(), unit(in_wan))
}

/// 序号：一到九十九用汉字，再往后用阿拉伯数字。
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_counted_as_documents_count_them() {
        for (number, written) in
            [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九"), (100, "100")]
        {
            assert_eq!(numeral(number), written);
        }
    }
}
