//! Numbers for a workbook, which has no others than binary floating point. The one file where they are named, and nothing
//! here reckons: exact figures become the nearest such number, written with all their digits, as the last step of all.

use crate::domain::amount::{Amount, Rate};

/// The most digits that a spreadsheet keeps of a number, in 分.
const MOST: i128 = 999_999_999_999_999;

/// An amount as it is shown; `None` where a spreadsheet would lose digits of it.
pub(super) fn amount(amount: Amount) -> Option<f64> {
    (amount.fen().abs() <= MOST).then(|| nearest(&amount.to_string()))
}

/// A percentage, in points as the reports have it.
pub(super) fn rate(rate: Rate) -> Option<f64> {
    (rate.hundredths().abs() <= MOST).then(|| nearest(&rate.to_string()))
}

/// A count or the number of a row.
pub(super) fn count(count: u64) -> Option<f64> {
    (i128::from(count) <= MOST).then(|| nearest(&count.to_string()))
}

/// The number nearest to the decimal that is written.
fn nearest(decimal: &str) -> f64 {
    decimal.parse().expect("digits and a point are a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_kept_or_there_is_no_number() {
        for text in ["0.00", "0.01", "-0.10", "305800.00", "9999999999999.99", "-9999999999999.99", "8765432109876.55"]
        {
            let exact = Amount::canonical(text).expect("a test writes amounts");
            let number = amount(exact).expect("fifteen digits fit");
            assert_eq!(format!("{number:.2}").replace("-0.00", "0.00"), text);
        }
        let most = Amount::canonical("9999999999999.99").expect("a test writes amounts");
        assert_eq!(amount(most + Amount::FEN), None);
        assert_eq!(count(u64::MAX), None);
    }
}
