//! What stands above the movements, as far as it decides how their sums are to be read: the unit, the currency, and
//! whether the money moved at all.

use super::movements::{is_done, is_yuan};
use crate::domain::statement::Profile;
use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row};

/// Units in which a sum has no 分.
const UNITS: [&str; 8] = ["万元", "萬元", "万圆", "千元", "百元", "百万元", "十万元", "亿元"];

/// What a currency stands behind.
const CURRENCY: [&str; 4] = ["币种", "币别", "货币", "currency"];

/// Money that a heading may be in, in brackets.
const OTHER_MONEY: [&str; 12] =
    ["美元", "usd", "欧元", "eur", "港币", "港元", "hkd", "日元", "jpy", "英镑", "gbp", "外币"];

/// What the state of the payments stands behind.
const STATUS: [&str; 3] = ["交易状态", "支付状态", "处理状态"];

/// What a unit may stand right behind.
const BEFORE_UNIT: [&str; 6] = ["单位", "(", "[", "金额", "以", "rmb"];

/// What in a row above the headings, or in the headings themselves, says that the sums are not in 元 of 人民币.
pub(super) fn contradiction(row: Row<'_>, is_headings: bool, profile: &Profile) -> Option<Problem> {
    // A title may stand in one cell, and what it introduces in the next.
    let mut before = String::new();
    for (place, cell) in row.cells().enumerate() {
        let Cell::Text(text) = cell else { continue };
        let text = text.replace('（', "(").replace('【', "[").to_lowercase();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(text) = other_money(&text).filter(|_| is_headings) {
            return Some(Problem::from(BillFault::OtherCurrency { text: text.to_owned() }).at(row.place(place)));
        }
        if let Some(unit) = unit(&text).or_else(|| unit(&format!("{before}{text}"))) {
            return Some(Problem::from(BillFault::NotInYuan { unit: unit.to_owned() }).at(row.place(place)));
        }
        let other = currency(&text).or_else(|| currency(&format!("{before}{text}")));
        if let Some(text) = other.filter(|currency| !is_headings && !is_yuan(currency)) {
            return Some(Problem::from(BillFault::OtherCurrency { text }).at(row.place(place)));
        }
        let status = status(&text).or_else(|| status(&format!("{before}{text}")));
        if let Some(text) = status.filter(|status| !is_headings && !is_done(status, profile)) {
            return Some(Problem::from(BillFault::NotAStatus { text }).at(row.place(place)));
        }
        before = text;
    }
    None
}

/// Which payments an export was asked for: of those that failed none moved.
fn status(text: &str) -> Option<String> {
    let (start, word) = STATUS.iter().find_map(|word| text.match_indices(word).next())?;
    let rest = text[start + word.len()..].trim_start_matches([':', '：', ' ']);
    let named = rest.split([' ', '，', ',', '；', ';']).next().unwrap_or_default();
    (!named.is_empty() && !["全部", "不限", "所有"].contains(&named)).then(|| named.to_owned())
}

/// The unit that is named in a text, where it is not 元.
fn unit(text: &str) -> Option<&'static str> {
    let text = text.replace(' ', "");
    let named = |rest: &str| {
        let rest = rest.trim_start_matches([':', '：', ' ']);
        let rest = rest.strip_prefix("单位").unwrap_or(rest).trim_start_matches([':', '：', ' ']);
        let rest = rest.strip_prefix("人民币").unwrap_or(rest);
        // A firm may be called like a unit.
        let ends = |behind: &str| behind.starts_with("为单位") || !behind.starts_with(char::is_alphabetic);
        UNITS.into_iter().find(|unit| rest.strip_prefix(*unit).is_some_and(ends))
    };
    let behind = BEFORE_UNIT.iter().flat_map(|word| text.match_indices(word));
    behind.map(|(start, word)| &text[start + word.len()..]).chain([text.as_str()]).find_map(named)
}

/// The money that a heading has in brackets, where it is no 人民币.
fn other_money(heading: &str) -> Option<&'static str> {
    let (_, added) = heading.split_once(['(', '['])?;
    OTHER_MONEY.into_iter().find(|money| added.contains(money))
}

/// The currency that is named in a text.
fn currency(text: &str) -> Option<String> {
    let (start, word) = CURRENCY.iter().find_map(|word| text.match_indices(word).next())?;
    let rest = text[start + word.len()..].trim_start_matches([':', '：', ' ', '名', '称']);
    // Of several, one that is not 人民币 counts.
    let rest = rest.split([' ', '，', ',', '；', ';', ')', '）']).next().unwrap_or_default();
    let mut named = rest.split(['、', '/', '及', '和']).filter(|name| !name.is_empty()).peekable();
    let first = named.peek().copied().unwrap_or_default();
    let named = named.find(|name| !is_yuan(name)).unwrap_or(first).to_owned();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_in_titles_and_headings_and_nowhere_else() {
        for text in [
            "单位：万元",
            "单位 : 万 元",
            "以万元为单位",
            "金额：万元",
            "rmb 万元",
            "金额单位:人民币万元",
            "支出金额(万元)",
            "万元",
            "编制单位：某局 单位：千元",
            "合计(单位：亿元)",
        ] {
            assert!(unit(text).is_some(), "{text}");
        }
        for text in
            ["单位：元", "单位：万里小学", "年度预算 10 万元", "支出金额(元)", "单位：万元科技有限公司", "千元店"]
        {
            assert_eq!(unit(text), None, "{text}");
        }
    }

    #[test]
    fn a_currency_is_found_behind_its_word() {
        assert_eq!(currency("账号：2400 币种：人民币 余额：5"), Some("人民币".to_owned()));
        assert_eq!(currency("币种名称:usd"), Some("usd".to_owned()));
        assert_eq!(currency("币种：人民币、美元"), Some("美元".to_owned()));
        assert_eq!(other_money("借方发生额(美元)"), Some("美元"));
        assert_eq!(other_money("借方发生额(元)"), None);
        assert_eq!(currency("币种"), None);
        assert_eq!(currency("账号：2400"), None);
    }
}
