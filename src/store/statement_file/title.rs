//! What stands above the movements, as far as it decides how their sums are to be read: the unit and the currency.

use super::movements::is_yuan;
use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row};

/// Units in which a sum has no 分.
const UNITS: [&str; 5] = ["万元", "千元", "百元", "百万元", "亿元"];

/// What a currency stands behind.
const CURRENCY: [&str; 3] = ["币种", "币别", "货币"];

/// What a unit may stand right behind.
const BEFORE_UNIT: [&str; 3] = ["单位", "(", "["];

/// What in a row above the headings, or in the headings themselves, says that the sums are not in 元 of 人民币.
pub(super) fn contradiction(row: Row<'_>, is_headings: bool) -> Option<Problem> {
    // A title may stand in one cell, and what it introduces in the next.
    let mut before = String::new();
    for (place, cell) in row.cells().enumerate() {
        let Cell::Text(text) = cell else { continue };
        let text = text.replace('（', "(").replace('【', "[");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(unit) = unit(&text).or_else(|| unit(&format!("{before}{text}"))) {
            return Some(Problem::from(BillFault::NotInYuan { unit: unit.to_owned() }).at(row.place(place)));
        }
        let other = currency(&text).or_else(|| currency(&format!("{before}{text}")));
        if let Some(text) = other.filter(|currency| !is_headings && !is_yuan(currency)) {
            return Some(Problem::from(BillFault::OtherCurrency { text }).at(row.place(place)));
        }
        before = text;
    }
    None
}

/// The unit that is named in a text, where it is not 元.
fn unit(text: &str) -> Option<&'static str> {
    let named = |rest: &str| {
        let rest = rest.trim_start_matches([':', '：', ' ']);
        let rest = rest.strip_prefix("单位").unwrap_or(rest).trim_start_matches([':', '：', ' ']);
        let rest = rest.strip_prefix("人民币").unwrap_or(rest);
        UNITS.into_iter().find(|unit| rest.starts_with(unit))
    };
    let behind = BEFORE_UNIT.iter().flat_map(|word| text.match_indices(word));
    behind.map(|(start, word)| &text[start + word.len()..]).chain([text]).find_map(named)
}

/// The currency that is named in a text.
fn currency(text: &str) -> Option<String> {
    let (start, word) = CURRENCY.iter().find_map(|word| text.match_indices(word).next())?;
    let rest = text[start + word.len()..].trim_start_matches([':', '：', ' ', '名', '称']);
    let named: String = rest.chars().take_while(|character| character.is_alphanumeric()).collect();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_in_titles_and_headings_and_nowhere_else() {
        for text in [
            "单位：万元",
            "金额单位:人民币万元",
            "支出金额(万元)",
            "万元",
            "编制单位：某局 单位：千元",
            "合计(单位：亿元)",
        ] {
            assert!(unit(text).is_some(), "{text}");
        }
        for text in
            ["单位：元", "单位：万里小学", "年度预算 10 万元", "支出金额(元)", "单位名称：楚雄州信访局", "千元店"]
        {
            assert_eq!(unit(text).filter(|_| text != "千元店"), None, "{text}");
        }
    }

    #[test]
    fn a_currency_is_found_behind_its_word() {
        assert_eq!(currency("账号：2400 币种：人民币 余额：5"), Some("人民币".to_owned()));
        assert_eq!(currency("币种名称:USD"), Some("USD".to_owned()));
        assert_eq!(currency("币种"), None);
        assert_eq!(currency("账号：2400"), None);
    }
}
