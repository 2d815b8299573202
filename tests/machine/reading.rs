//! What a typed text means, read without the program: money, days, plans, texts for the ledger.

use std::collections::BTreeMap;

use super::made_up::written_plan;
use super::reasons::{Problem, Reason};
use crate::laws::reckoning::DAYS_IN_MONTH;

/// Full-width digits and marks as their ASCII twins.
pub(super) fn half_width(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap(),
        other => other,
    };
    text.trim().chars().map(narrow).collect()
}

/// Money in 分: digits with or without commas, 元 or 万元, two decimals of a yuan at most.
pub(super) fn money(text: &str) -> Result<i64, Reason> {
    let text = half_width(text).replace(',', "");
    let (number, factor) = match text.strip_suffix("万元") {
        Some(number) => (number, 1_000_000),
        None => (text.strip_suffix('元').unwrap_or(&text), 100),
    };
    let (sign, digits) = number.strip_prefix('-').map_or((1, number), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.split_once('e').is_some_and(|(digits, power)| plain(digits) && plain(power)) {
        return Err(Reason::Scientific);
    }
    if whole.is_empty() || !plain(whole) || !plain(part) || digits.ends_with('.') {
        return Err(Reason::BadAmount);
    }
    let scale = 10_i64.pow(u32::try_from(part.len()).unwrap());
    let scaled = sign * format!("{whole}{part}").parse::<i64>().unwrap() * factor;
    if scaled % scale == 0 { Ok(scaled / scale) } else { Err(Reason::TooFine) }
}

/// A day in any of the ways people type one, as `2022-05-06`.
pub(super) fn day(text: &str) -> Option<String> {
    let text = half_width(text);
    let parts: Vec<String> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        [0..4, 4..6, 6..8].map(|range: std::ops::Range<usize>| text[range].to_owned()).to_vec()
    } else {
        text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).map(str::to_owned).collect()
    };
    let [year, month, day] = parts.iter().map(|part| part.parse().ok()).collect::<Option<Vec<usize>>>()?[..] else {
        return None;
    };
    let days = usize::try_from(*DAYS_IN_MONTH.get(month.checked_sub(1)?)?).unwrap();
    (1..=days).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A month of 2022 by its number.
pub(super) fn month(text: &str) -> Option<usize> {
    let text = half_width(text);
    let text = text.strip_prefix("2022-").or(text.strip_prefix("2022年")).unwrap_or(&text);
    text.trim_end_matches('月').parse().ok().filter(|month| (1..=12).contains(month))
}

/// A typed plan by month: `03=1万元;10=2万元`. Even is `None`.
pub(super) fn plan(text: &str) -> Result<Option<BTreeMap<usize, i64>>, Reason> {
    if text == "even" {
        return Ok(None);
    }
    let mut months = BTreeMap::new();
    for part in half_width(text).split(';') {
        let (number, amount) = part.split_once(['=', ':']).ok_or(Reason::BadPlan)?;
        let number = month(number).ok_or(Reason::BadPlan)?;
        let amount = money(amount).ok().filter(|fen| *fen > 0).ok_or(Reason::BadPlan)?;
        if months.insert(number, amount).is_some() {
            return Err(Reason::BadPlan);
        }
    }
    Ok(Some(months))
}

/// A plan as the ledger writes it, turned round for a cut.
pub(super) fn planned(months: &Option<BTreeMap<usize, i64>>, sign: i64) -> String {
    let turned = |months: &BTreeMap<usize, i64>| months.iter().map(|(month, fen)| (*month, sign * fen)).collect();
    months.as_ref().map_or("even".to_owned(), |months| written_plan(&turned(months)))
}

/// The longest text, and the longest id, in bytes.
pub(super) const LONGEST_TEXT: usize = 2048;
const LONGEST_ID: usize = 128;

/// A text as the ledger keeps it, or why it may not stand there.
pub(super) fn text(name: &str, typed: &str, personal_data_allowed: bool) -> Result<String, Problem> {
    let problem = |reason| Err(Problem::new(reason).with(column(name)));
    let digits = |text: &str, length| text.len() == length && text.starts_with('1');
    let mut runs = typed.split(|character: char| !character.is_ascii_digit() && character != 'X');
    let personal = runs.any(|run| digits(run, 11) || digits(run, 18));
    if ["memo", "payee"].contains(&name) && personal && !personal_data_allowed {
        return problem(Reason::PersonalData);
    }
    // The one decomposed letter that is typed in these tests.
    let kept = typed.trim().replace("e\u{301}", "é");
    if kept.contains('\u{202E}') {
        return problem(Reason::Hidden);
    }
    if kept.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return problem(Reason::Formula);
    }
    let most = if name == "id" { LONGEST_ID } else { LONGEST_TEXT };
    match name {
        _ if kept.len() > most => problem(Reason::TooLong),
        "id" if kept.is_empty() => Err(Problem::new(Reason::IdEmpty)),
        "allow-over" | "clock-ok" if kept.is_empty() => {
            Err(Problem::new(Reason::Unexplained).with(format!("--{name}")))
        }
        _ => Ok(kept),
    }
}

/// A column as the screen calls it.
pub(super) fn column(name: &str) -> &str {
    match name {
        "voucher" => "voucher number",
        "payment" => "payment reference",
        "method" => "payment method",
        "occurred" => "day of business",
        "economic" => "economic class",
        "original" => "original voucher",
        "invoice" => "invoice number",
        "doc" => "document number",
        "by" => "operator",
        other => other,
    }
}

/// Invoice numbers joined by `;`: 20 digits, or a code of 10 or 12 and a number of 8. None stands twice.
pub(super) fn invoices(text: &str) -> Result<String, Problem> {
    let kept = half_width(text);
    let numbers: Vec<&str> = kept.split(';').collect();
    let lengths = |number: &str| number.split('-').map(str::len).collect::<Vec<_>>();
    let is_good = |(place, number): (usize, &&str)| {
        let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        plain && matches!(lengths(number)[..], [20] | [10 | 12, 8]) && !numbers[..place].contains(number)
    };
    if !numbers.iter().enumerate().all(is_good) {
        return Err(Problem::new(Reason::BadInvoice));
    }
    if kept.len() > LONGEST_TEXT {
        return Err(Problem::new(Reason::TooLong).with(column("invoice")));
    }
    Ok(kept)
}

/// The English word of a choice that has a Chinese twin.
pub(super) fn choice(text: &str) -> String {
    let twins = [
        ("current", "本年拨款"),
        ("carried", "上年结转"),
        ("other", "其他"),
        ("direct", "直接支付"),
        ("authorized", "授权支付"),
        ("card", "公务卡"),
        ("bank", "转账"),
        ("cash", "现金"),
    ];
    twins.iter().find(|(_, twin)| *twin == text).map_or(text, |(word, _)| *word).to_owned()
}

/// Five digits that begin with 3, and whether 2022 has them in its table.
pub(super) fn economic(text: &str) -> Option<String> {
    Some(half_width(text)).filter(|code| code.len() == 5 && code.starts_with('3') && code.parse::<u32>().is_ok())
}

/// The classes typed in these tests that stand in the table of 2022.
pub(super) const LISTED: [&str; 3] = ["30201", "30211", "30299"];
