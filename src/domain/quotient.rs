//! The division behind a rate, before it is rounded. Whole numbers only; how a rate rounds is `amount`'s matter.

use std::fmt;

use super::amount::Amount;

/// Decimals of a percentage that are shown; what follows them is cut off, not rounded.
const DECIMALS: usize = 6;
/// Decimals that stand even where they are zeros.
const LEAST_DECIMALS: usize = 2;

/// One number over another, in percent, held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotient {
    part: i128,
    whole: i128,
}

impl Quotient {
    /// `None` when there is no whole to divide by.
    pub(crate) fn of(part: Amount, whole: Amount) -> Option<Self> {
        (!whole.is_zero()).then(|| Self { part: part.fen(), whole: whole.fen() })
    }

    /// `whole` is a count of days or months, never zero.
    pub(crate) fn of_counts(part: u32, whole: u32) -> Self {
        Self { part: i128::from(part), whole: i128::from(whole) }
    }

    /// Whether the written digits are all there are.
    pub(crate) fn is_whole(self) -> bool {
        self.scaled() % self.whole.abs() == 0
    }

    fn scaled(self) -> i128 {
        self.part.abs() * 100 * 10_i128.pow(DECIMALS as u32)
    }
}

impl fmt::Display for Quotient {
    /// `3.270111`: its first decimals as they come.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:01$}", self.scaled() / self.whole.abs(), DECIMALS + 1);
        let (whole, decimals) = digits.split_at(digits.len() - DECIMALS);
        let needed = if self.is_whole() { decimals.trim_end_matches('0').len() } else { DECIMALS };
        let is_negative = self.part != 0 && self.part.is_negative() != self.whole.is_negative();
        let sign = if is_negative { "-" } else { "" };
        write!(f, "{sign}{whole}.{}", &decimals[..needed.max(LEAST_DECIMALS)])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(part: &str, whole: &str) -> Option<String> {
        let amount = |text| Amount::typed(text).expect("a test writes amounts");
        Quotient::of(amount(part), amount(whole)).map(|quotient| quotient.to_string())
    }

    #[test]
    fn digits_are_cut_off_and_not_rounded() {
        assert_eq!(shown("10000", "305800").as_deref(), Some("3.270111"));
        assert_eq!(shown("2", "3").as_deref(), Some("66.666666"));
        assert_eq!(shown("-1", "3").as_deref(), Some("-33.333333"));
        assert_eq!(shown("1", "-3").as_deref(), Some("-33.333333"));
        assert_eq!(shown("-0.01", "9999999999").as_deref(), Some("-0.000000"));
    }

    #[test]
    fn a_division_that_ends_shows_two_decimals_or_as_many_as_it_has() {
        assert_eq!(shown("1", "2").as_deref(), Some("50.00"));
        assert_eq!(shown("0", "3").as_deref(), Some("0.00"));
        assert_eq!(shown("0", "-3").as_deref(), Some("0.00"));
        assert_eq!(shown("1", "800").as_deref(), Some("0.125"));
        assert_eq!(shown("3", "0"), None);
    }

    proptest! {
        /// Half-up at two decimals asks for the third only, so the digits shown let a reader round for themselves.
        #[test]
        fn the_digits_round_to_the_rate(part in -99_999_999_999_i64..=99_999_999_999, whole in 1_i64..=99_999_999_999) {
            let fen = |fen: i64| Amount::canonical(&format!(
                "{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.abs() / 100, fen.abs() % 100)).expect("an amount");
            let quotient = Quotient::of(fen(part), fen(whole)).expect("a whole").to_string();
            let plain: String = quotient.chars().filter(char::is_ascii_digit).collect();
            let decimals = quotient.len() - quotient.find('.').expect("it has decimals") - 1;
            let thousandths: i128 = format!("{plain:0<width$}", width = plain.len() + 6 - decimals)
                .parse::<i128>().expect("digits") / 1000;
            let rounded = (thousandths + 5) / 10;
            let rate = fen(part).share_of(fen(whole)).expect("a whole");
            prop_assert_eq!(rate.hundredths().abs(), rounded);
        }
    }
}
