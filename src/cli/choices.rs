//! Options that are one of a few words, each with its Chinese twin: which they are, and how they are read.

use clap::ArgMatches;
use clap::builder::{PossibleValue, PossibleValuesParser};

/// The units of tables.
pub(super) const UNITS: [(&str, &str); 2] = [("yuan", "元"), ("wan", "万元")];

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

/// All that there is, in place of an amount.
pub(super) const ALL_OF_IT: [&str; 2] = ["all", "全部"];

/// Words to choose from, each with its Chinese twin.
pub(super) fn in_words(words: &[(&'static str, &'static str)]) -> PossibleValuesParser {
    PossibleValuesParser::new(words.iter().map(|(word, twin)| PossibleValue::new(*word).alias(*twin)))
}

/// A word to choose from, with its Chinese twin where it has one.
pub(super) fn with_twin(word: &str) -> String {
    let twins = UNITS.iter().chain(&METHODS).chain(&FUNDS);
    let twin = twins.into_iter().find(|(known, _)| *known == word).map(|(_, twin)| *twin);
    twin.map_or_else(|| word.to_owned(), |twin| format!("{word} {twin}"))
}

/// The English word of a choice, whichever twin was typed.
pub(super) fn chosen(matches: &ArgMatches, name: &str, words: &[(&'static str, &'static str)]) -> Option<&'static str> {
    let typed = matches.get_one::<String>(name)?;
    words.iter().find(|(word, twin)| word == typed || twin == typed).map(|(word, _)| *word)
}
