//! What the text of a cell means, whoever wrote the table: a day, a sum of money, a number that an exponent has ruined.

use crate::domain::amount::{Amount, NotAnAmount, half_width};
use crate::domain::calendar::{Date, typed_date};

/// A day, also with the time that spreadsheets and banks put behind it.
pub(crate) fn day(text: &str) -> Option<Date> {
    typed_date(without_time(text))
}

/// A sum in 元; `None` for the dash that stands for nothing in printed tables. A sum in brackets is negative, as
/// accountants write it.
pub(crate) fn amount(text: &str) -> Result<Option<Amount>, NotAnAmount> {
    // What most cells hold needs no second look.
    if let Some(amount) = Amount::canonical(text) {
        return Ok(Some(amount));
    }
    let in_ascii = |character| match character {
        '（' => '(',
        '）' => ')',
        other => half_width(other),
    };
    let plain: String = text.chars().map(in_ascii).collect();
    let plain = plain.trim().trim_start_matches(['¥', '￥']);
    let in_brackets = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let read = match in_brackets {
        Some(inner) => Amount::typed(inner).map(|amount| -amount),
        None => Amount::typed(plain),
    };
    match read {
        Err(_) if ["-", "—", "－", "–", "--"].contains(&plain) => Ok(None),
        read => read.map(Some),
    }
}

/// `2022/1/5 0:00` without the time.
fn without_time(text: &str) -> &str {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let is_time =
        time.contains(':') && time.chars().all(|character| character.is_ascii_digit() || ":.".contains(character));
    if is_time { day } else { text }
}

/// `6.22202E+18`: what a spreadsheet makes of a long number when it saves it as text.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    // Without a point, `2E5` may be somebody's own numbering; with a sign or a point it is the machine's.
    digits(whole) && digits(part) && digits(exponent) && (text.contains('.') || text.contains('+'))
}

/// What a spreadsheet shows where a column is too narrow, once it is exported.
pub(crate) fn is_hashes(text: &str) -> bool {
    text.len() > 2 && text.bytes().all(|byte| byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ruined_by_an_exponent_is_known() {
        for text in ["6.22202E+18", "1.5e10", "6E+20", "-1.0E+05"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["记-0101", "2E5", "E5", "1.5", "53001900104-12345678", "", "E+5", "1.E+5"] {
            assert!(!is_scientific(text), "{text}");
        }
    }

    #[test]
    fn a_time_behind_a_day_is_left_off() {
        for text in ["2022/1/5 0:00", "2022/1/5 13:05:00", "2022-01-05T00:00:00"] {
            assert!(day(text).is_some(), "{text}");
        }
        assert_eq!(without_time("2022 年 1 月 5 日"), "2022 年 1 月 5 日");
    }

    #[test]
    fn a_sum_is_read_however_a_table_writes_it() {
        for (text, fen) in [("1,234.50", 123_450), ("（12.3）", -1230), ("￥7", 700), ("-0.05", -5)] {
            assert_eq!(amount(text).map(|amount| amount.map(Amount::fen)), Ok(Some(fen)), "{text}");
        }
        assert_eq!(amount("—"), Ok(None));
        assert_eq!(amount("1.5E+3"), Err(NotAnAmount::Scientific));
    }
}
