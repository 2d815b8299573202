//! Numbers as spreadsheets show them, and the texts that a spreadsheet may have taken for one. Nothing here is a float.

/// As many digits as a number in a text may have had.
const LONGEST: usize = 24;

/// So many lost digits can be tried.
pub(super) const MOST_LOST: usize = 5;

/// Digits that are gone: these stand, and behind them stood so many more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost {
    pub(super) known: String,
    pub(super) count: usize,
}

impl Lost {
    /// Every number that reads so when its last digits are cut off, or when it is rounded to the digits that stand.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let (Ok(known), Ok(count)) = (self.known.parse::<u128>(), u32::try_from(self.count)) else { return texts };
        if self.count > MOST_LOST || self.known.len() + self.count > LONGEST {
            return texts;
        }
        let step = 10_u128.pow(count);
        let first = known * step;
        // Cut off or rounded, these come first; then what only rounding or only cutting off explains.
        let ranges = [first..first + step / 2, first.saturating_sub(step / 2)..first, first + step / 2..first + step];
        texts.extend(ranges.into_iter().flatten().map(|number| number.to_string()));
        texts
    }
}

/// Whole digits, and those behind a point; a number as it is shown, its commas taken out.
pub(super) fn parts(text: &str) -> Option<(String, Option<String>)> {
    let plain: String = text.chars().filter(|character| *character != ',').collect();
    match plain.split_once('.') {
        None => is_digits(&plain).then_some((plain, None)),
        Some((whole, part)) => (is_digits(whole) && is_digits(part)).then(|| (whole.to_owned(), Some(part.to_owned()))),
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A positive whole number: `12`, `1,234`, `12.00`.
pub(super) fn whole(text: &str) -> Option<String> {
    let (whole, part) = parts(text)?;
    let nothing_behind = part.is_none_or(|part| part.bytes().all(|byte| byte == b'0'));
    let whole = whole.trim_start_matches('0').to_owned();
    (nothing_behind && !whole.is_empty() && whole.len() <= 18).then_some(whole)
}

/// `6.22E+18` as far as its digits go, and what is lost behind them.
pub(super) fn scientific(text: &str) -> Option<(String, Lost)> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok().filter(|it| *it < 40)?;
    let (whole, part) = parts(mantissa)?;
    let digits = whole.clone() + &part.unwrap_or_default();
    let length = whole.len() + exponent;
    let (kept, behind) = digits.split_at(length.min(digits.len()));
    let count = length - kept.len();
    let nothing_behind = behind.bytes().all(|byte| byte == b'0');
    nothing_behind.then(|| (format!("{kept}{}", "0".repeat(count)), Lost { known: kept.to_owned(), count }))
}

/// A share as per cent: `0.05` is `5`, `0.125` is `12.5`.
pub(super) fn percent(text: &str) -> Option<String> {
    let (whole, part) = parts(text)?;
    let part = format!("{:0<2}", part.unwrap_or_default());
    let whole = format!("{whole}{}", &part[..2]);
    let (whole, part) = (whole.trim_start_matches('0'), part[2..].trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
}

/// The texts that may have been taken for this number: zeros before it, zeros behind its point, an exponent.
pub(super) fn taken_for(shown: &str, texts: &mut Vec<String>) {
    let Some((digits, part)) = parts(shown) else { return };
    let mut add = |text: String| {
        if !texts.contains(&text) {
            texts.push(text);
        }
    };
    let zeros = LONGEST.saturating_sub(digits.len());
    let part = part.map(|part| part.trim_end_matches('0').to_owned()).unwrap_or_default();
    if part.is_empty() {
        add(digits.clone());
        // Vouchers and documents are numbered in so many digits, more or less in this order.
        let lengths = [6, 4, 8, 5, 3, 10, 7, 12, 2, 20].into_iter().chain(digits.len()..=digits.len() + zeros);
        lengths.for_each(|length| add(format!("{digits:0>length$}")));
    }
    // What is only the number's form, `1.10` or `1.0`, comes back as well.
    for behind in part.len().max(1)..=part.len() + 3 {
        (0..=1).for_each(|before| add(format!("{}{digits}.{part:0<behind$}", "0".repeat(before))));
    }
    let ending = digits.len() - digits.trim_end_matches('0').len();
    for power in (1..=ending).filter(|power| part.is_empty() && *power < digits.len()) {
        let kept = &digits[..digits.len() - power];
        for mark in ["E", "e", "E+", "e+", "E0", "e0", "E+0", "e+0"] {
            add(format!("{kept}{mark}{power}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_for_a_number_is_among_the_texts_for_it() {
        for (typed, shown) in [
            ("000123", "123"),
            ("000123", "123.00"),
            ("0001234", "1,234"),
            ("1.10", "1.1"),
            ("1.0", "1"),
            ("01.50", "1.5"),
            ("1E5", "100000"),
            ("2e03", "2000"),
            ("00000000000000000007", "7"),
            ("0", "0"),
        ] {
            let mut texts = Vec::new();
            taken_for(shown, &mut texts);
            assert!(texts.contains(&typed.to_owned()), "{typed} as {shown}: {texts:?}");
            assert!(texts.len() < 100, "{shown}: {}", texts.len());
        }
    }

    #[test]
    fn few_lost_digits_can_be_tried_and_many_cannot() {
        let lost = |text| scientific(text).map(|(digits, lost)| (digits, lost.count));
        assert_eq!(lost("6.22E+18"), Some(("6220000000000000000".into(), 16)));
        assert_eq!(lost("1.00E+05"), Some(("100000".into(), 3)));
        assert_eq!(lost("1.50E+1"), Some(("15".into(), 0)));
        assert_eq!(lost("记1E"), None);
        let texts = Lost { known: "12345".into(), count: 2 }.texts();
        assert!(texts.contains(&"1234599".into()) && texts.contains(&"1234450".into()), "{texts:?}");
        assert_eq!(texts.len(), 150);
        assert_eq!(Lost { known: "6".into(), count: MOST_LOST + 1 }.texts(), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_tried_for_a_number_that_has_another_value() {
        let value = |text: &str| {
            let plain = scientific(text).map_or(text.to_owned(), |(digits, _)| digits);
            let (whole, part) = parts(&plain)?;
            let part = part.unwrap_or_default();
            Some((whole.trim_start_matches('0').to_owned(), part.trim_end_matches('0').to_owned()))
        };
        for shown in ["123", "1,234", "100000", "10.50", "000", "0"] {
            let mut texts = Vec::new();
            taken_for(shown, &mut texts);
            for text in texts {
                assert_eq!(value(&text), value(shown), "{text} for {shown}");
            }
        }
    }

    #[test]
    fn what_is_no_whole_number_is_not_taken_for_one() {
        for (text, number) in [
            ("1,234.00", Some("1234")),
            ("007", Some("7")),
            ("12.50", None),
            ("0", None),
            ("x.0", None),
            ("123456789012345678", Some("123456789012345678")),
            ("1234567890123456789", None),
        ] {
            assert_eq!(whole(text).as_deref(), number, "{text}");
        }
        for text in ["x.1E+5", "1.xE+5", "1E+40", "1.25E+1"] {
            assert_eq!(scientific(text), None, "{text}");
        }
    }

    #[test]
    fn no_number_longer_than_any_is_tried() {
        let tried = |known: usize| Lost { known: "1".repeat(known), count: 4 }.texts().len();
        assert_eq!((tried(LONGEST - 4), tried(LONGEST - 3)), (15_000, 0));
    }
}
