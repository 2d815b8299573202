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
        // `(-5)` is minus five to one and five to another.
        Some(inner) if inner.trim_start().starts_with('-') => Err(NotAnAmount::NotANumber),
        Some(inner) => Amount::typed(inner).map(|amount| -amount),
        None => Amount::typed(plain),
    };
    match read {
        Err(_) if ["-", "—", "－", "–", "--"].contains(&plain) => Ok(None),
        read => read.map(Some),
    }
}

/// `2022/1/5 0:00` without the time; some banks write it `10.30.00`, also behind a third hyphen.
pub(crate) fn without_time(text: &str) -> &str {
    let is_digit = |character: char| character.is_ascii_digit();
    let is_time = |time: &str| {
        let points = time.matches('.').count();
        time.starts_with(is_digit)
            && time.chars().all(|character| is_digit(character) || ":.".contains(character))
            && (time.contains(':') || points >= 2)
    };
    let in_one = text.char_indices().filter(|(_, character)| *character == '-').nth(2);
    let split = text.split_once([' ', 'T']).or(in_one.map(|(at, _)| (&text[..at], &text[at + 1..])));
    split.filter(|(_, time)| is_time(time)).map_or(text, |(day, _)| day)
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
        for text in [
            "2022/1/5 0:00",
            "2022/1/5 13:05:00",
            "2022-01-05T00:00:00",
            "2022-01-05 10.30.00",
            "2022-01-05-10.30.00.123456",
        ] {
            assert!(day(text).is_some(), "{text}");
        }
        for text in [
            "2022 年 1 月 5 日",
            "2022-01-05 1.5",
            "2022. 1. 5",
            "2022-01-05-06",
            "2022-01-05 10:30 补",
            "2022-01-05 补:30",
            "2022-01-05 :30",
        ] {
            assert_eq!(without_time(text), text);
        }
    }

    #[test]
    fn hashes_are_three_or_more() {
        assert_eq!(["##", "###", "########", "#1#", ""].map(is_hashes), [false, true, true, false, false]);
    }

    #[test]
    fn a_sum_is_read_however_a_table_writes_it() {
        for (text, fen) in [("1,234.50", 123_450), ("（12.3）", -1230), ("￥7", 700), ("-0.05", -5)] {
            assert_eq!(amount(text).map(|amount| amount.map(Amount::fen)), Ok(Some(fen)), "{text}");
        }
        assert_eq!(amount("—"), Ok(None));
        assert_eq!(amount("1.5E+3"), Err(NotAnAmount::Scientific));
        assert_eq!([amount("(-5)"), amount("（ －5）")], [Err(NotAnAmount::NotANumber), Err(NotAnAmount::NotANumber)]);
    }
}
