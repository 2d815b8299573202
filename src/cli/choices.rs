//! Options that are one of a few words, each with its Chinese twin: which they are, and how they are read.

use clap::ArgMatches;
use clap::builder::{PossibleValue, PossibleValuesParser};

/// A command's name as many still write it: 账 took the place of 帐 where money is meant, and both are typed.
pub(super) fn other_spelling(name: &str) -> Option<String> {
    name.contains('账').then(|| name.replace('账', "帐"))
}

/// The same name as this program writes it.
pub(super) fn usual_spelling(name: &str) -> String {
    name.replace('帐', "账")
}

/// The units of tables.
pub(super) const UNITS: [(&str, &str); 2] = [("yuan", "元"), ("wan", "万元")];

/// The words for all allocations together, where one might be named.
pub(super) const TOTAL: [&str; 2] = ["total", "合计"];

/// 支付方式, in both languages as they may be typed.
pub(super) const METHODS: [(&str, &str); 6] = [
    ("direct", "直接支付"),
    ("authorized", "授权支付"),
    ("card", "公务卡"),
    ("bank", "转账"),
    ("cash", "现金"),
    ("other", "其他"),
];

/// 资金来源.
pub(super) const FUNDS: [(&str, &str); 3] = [("current", "本年拨款"), ("carried", "上年结转"), ("other", "其他")];

/// What spending is cut by; an allocation by its full word and its short one.
pub(super) const CUTS: [(&str, &str); 6] = [
    ("month", "月"),
    ("allocation", "预算分项"),
    ("allocation", "分项"),
    ("economic", "经济分类"),
    ("payee", "收款人"),
    ("method", "支付方式"),
];

/// The fields of a table to import, in both languages as they may be typed.
pub(super) const FIELDS: [(&str, &str); 17] = [
    ("date", "日期"),
    ("occurred", "业务日期"),
    ("allocation", "预算分项"),
    ("amount", "金额"),
    ("credit", "贷方金额"),
    ("payee", "收款人"),
    ("memo", "摘要"),
    ("voucher", "凭证号"),
    ("original", "原凭证号"),
    ("payment", "支付令号"),
    ("economic", "经济分类"),
    ("method", "支付方式"),
    ("invoice", "发票号码"),
    ("doc", "文号"),
    ("fund", "资金来源"),
    ("kind", "冲销或退款"),
    ("id", "编号"),
];

/// The columns of a statement, in both languages as they may be typed.
pub(super) const COLUMNS: [(&str, &str); 11] = [
    ("date", "日期"),
    ("out", "支出"),
    ("in", "收入"),
    ("amount", "金额"),
    ("side", "借贷"),
    ("payee", "对方"),
    ("payer", "付款人"),
    ("payment", "支付号"),
    ("memo", "摘要"),
    ("status", "交易状态"),
    ("currency", "币种"),
];

/// What other programs and banks call a way of paying.
const OTHER_METHODS: [(&str, &str); 10] = [
    ("direct", "财政直接支付"),
    ("authorized", "财政授权支付"),
    ("card", "公务卡结算"),
    ("card", "公务卡支付"),
    ("bank", "银行转账"),
    ("bank", "转账支付"),
    ("bank", "电汇"),
    ("bank", "网银"),
    ("cash", "现金支付"),
    ("other", "其它"),
];

/// What other programs call a fund.
const OTHER_FUNDS: [(&str, &str); 4] =
    [("current", "本年财政拨款"), ("current", "一般公共预算"), ("carried", "上年结转资金"), ("other", "其他资金")];

/// Whether a red row is money that came back.
const RED_ROWS: [(&str, bool); 7] = [
    ("reversal", false),
    ("冲销", false),
    ("红字冲销", false),
    ("红冲", false),
    ("refund", true),
    ("退款", true),
    ("退回", true),
];

/// A way of paying by any of its names, or the names there are.
pub(super) fn method(text: &str) -> Result<&'static str, String> {
    by_any_name(text, &METHODS, &OTHER_METHODS)
}

/// A fund by any of its names, or the names there are.
pub(super) fn fund(text: &str) -> Result<&'static str, String> {
    by_any_name(text, &FUNDS, &OTHER_FUNDS)
}

/// Whether a word for a red row means a refund, or the words there are.
pub(super) fn is_refund(text: &str) -> Result<bool, String> {
    let names = || RED_ROWS.map(|(name, _)| name).join(" ");
    RED_ROWS.iter().find(|(name, _)| *name == text).map(|(_, is_refund)| *is_refund).ok_or_else(names)
}

fn by_any_name(
    text: &str,
    words: &[(&'static str, &'static str)],
    others: &[(&'static str, &'static str)],
) -> Result<&'static str, String> {
    let known = words.iter().chain(others).find(|(word, twin)| *word == text || *twin == text);
    known
        .map(|(word, _)| *word)
        .ok_or_else(|| words.iter().map(|(word, twin)| format!("{twin} {word}")).collect::<Vec<_>>().join(", "))
}

/// All that there is, in place of an amount.
pub(super) const ALL_OF_IT: [&str; 2] = ["all", "全部"];

/// Words to choose from, each with its Chinese twins.
pub(super) fn in_words(words: &[(&'static str, &'static str)]) -> PossibleValuesParser {
    let mut values: Vec<PossibleValue> = Vec::new();
    for (word, twin) in words {
        match values.iter().position(|value| value.get_name() == *word) {
            Some(place) => values[place] = values[place].clone().alias(*twin),
            None => values.push(PossibleValue::new(*word).alias(*twin)),
        }
    }
    PossibleValuesParser::new(values)
}

/// A word to choose from, with its Chinese twin where it has one.
pub(super) fn with_twin(word: &str) -> String {
    let twins = UNITS.iter().chain(&METHODS).chain(&FUNDS).chain(&CUTS).chain(&FIELDS);
    let twin = twins.into_iter().find(|(known, _)| *known == word).map(|(_, twin)| *twin);
    twin.map_or_else(|| word.to_owned(), |twin| format!("{word} {twin}"))
}

/// A column of a statement with its Chinese twin.
pub(super) fn column_with_twin(word: &str) -> String {
    let twin = COLUMNS.iter().find(|(known, _)| *known == word).map(|(_, twin)| *twin);
    twin.map_or_else(|| word.to_owned(), |twin| format!("{word} {twin}"))
}

/// The English word of a choice, whichever twin was typed.
pub(super) fn chosen(matches: &ArgMatches, name: &str, words: &[(&'static str, &'static str)]) -> Option<&'static str> {
    let typed = matches.get_one::<String>(name)?;
    words.iter().find(|(word, twin)| word == typed || twin == typed).map(|(word, _)| *word)
}
