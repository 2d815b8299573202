//! A number as a sheet stores it, to exact decimal text or a day, digit by digit. Nothing here is a binary fraction.

use std::fmt::Write as _;

use super::row::Value;
use crate::domain::calendar::{Date, TimeOfDay};
use crate::domain::text::shortened;
use crate::problem::CellFault;

/// How many digits a spreadsheet keeps and shows. What a file has behind them is noise of its binary fractions.
const DIGITS: usize = 15;

/// Beyond every power of ten that a sheet can hold.
const FARTHEST: i64 = 400;

/// Where the days of a workbook are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    From1900,
    From1904,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Number,
    /// As a day, a time of day, or both.
    Moment,
    /// As hours that may pass 24.
    Span,
}

/// How much of a number that can't be used is said again.
const SHOWN: usize = 30;

/// Reads a stored number; what it is made of is appended to `text`.
pub(super) fn value(stored: &str, form: Form, era: Era, text: &mut String) -> Value {
    let Some(decimal) = Decimal::read(stored) else {
        return Value::Fault(CellFault::NotANumber { text: shortened(stored.trim(), SHOWN) });
    };
    let shown = || shortened(&decimal.to_string(), SHOWN);
    match form {
        Form::Number if decimal.whole_digits() > DIGITS => Value::Fault(CellFault::DigitsLost { text: shown() }),
        Form::Number => {
            let start = text.len();
            let _ = write!(text, "{decimal}");
            Value::Number(start..text.len())
        }
        Form::Moment | Form::Span => {
            moment(&decimal, form, era, text).unwrap_or_else(|| Value::Fault(CellFault::NotADate { text: shown() }))
        }
    }
}

/// A day counted from the era's first, with the share of a day gone by.
fn moment(decimal: &Decimal, form: Form, era: Era, text: &mut String) -> Option<Value> {
    /// The days before 1899-12-30 and 1904-01-01, counted from the first day of the year 1.
    const BEFORE_1900: i64 = 693_594;
    const BEFORE_1904: i64 = 695_056;
    /// The 29 February 1900 that spreadsheets count and the calendar has not.
    const NO_DAY: i64 = 60;
    let (days, seconds) = decimal.days_and_seconds()?;
    if form == Form::Span || (days == 0 && seconds > 0) {
        let hours = days.checked_mul(24)?.checked_add(i64::from(seconds / 3600))?;
        let start = text.len();
        let _ = write!(text, "{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60);
        return Some(Value::Text(start..text.len()));
    }
    let number = match (era, days) {
        (Era::From1904, _) => BEFORE_1904 + days,
        (Era::From1900, 0 | NO_DAY) => return None,
        (Era::From1900, 1..NO_DAY) => BEFORE_1900 + 1 + days,
        (Era::From1900, _) => BEFORE_1900 + days,
    };
    let date = Date::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
    // A year of five digits is none to a spreadsheet either.
    if date > Date::from_ymd_opt(9999, 12, 31)? {
        return None;
    }
    let time = TimeOfDay::from_num_seconds_from_midnight_opt(seconds, 0).filter(|_| seconds > 0);
    Some(Value::Date(date, time))
}

/// `digits × 10^(point − number of digits)`: the point stands behind the first `point` digits. Fifteen digits at most,
/// rounded half up, no zero at either end; no digit at all is zero.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    fn read(stored: &str) -> Option<Self> {
        let stored = stored.trim();
        let (negative, unsigned) = match stored.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, stored.strip_prefix('+').unwrap_or(stored)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let mut digits = whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0').peekable();
        if digits.peek().is_none() {
            return Some(Self { negative: false, digits: Vec::new(), point: 0 });
        }
        let leading = whole.bytes().chain(fraction.bytes()).take_while(|digit| *digit == b'0').count();
        let point =
            i64::try_from(whole.len()).ok()?.checked_sub(i64::try_from(leading).ok()?)?.checked_add(exponent)?;
        let kept: Vec<u8> = digits.by_ref().take(DIGITS).collect();
        let up = digits.next().is_some_and(|next| next >= b'5');
        let decimal = Self { negative, digits: kept, point }.rounded(up);
        (decimal.point.abs() <= FARTHEST).then_some(decimal)
    }

    /// Adds one to the last digit if it is to be rounded up, and takes the zeros at the end away.
    fn rounded(mut self, up: bool) -> Self {
        if up {
            let nines = self.digits.iter().rev().take_while(|digit| **digit == b'9').count();
            self.digits.truncate(self.digits.len() - nines);
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(b'1');
                    self.point += 1;
                }
            }
        }
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == b'0').count();
        self.digits.truncate(self.digits.len() - zeros);
        self
    }

    /// How many digits stand before the point.
    fn whole_digits(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0)
    }

    /// The whole part, and the rest as seconds of a day, to the nearest; `None` below zero or out of every calendar.
    fn days_and_seconds(&self) -> Option<(i64, u32)> {
        const SECONDS: u64 = 86_400;
        if self.negative || self.point > 9 {
            return None;
        }
        let digit = |place: i64| -> u64 {
            usize::try_from(place)
                .ok()
                .and_then(|place| self.digits.get(place))
                .map_or(0, |digit| u64::from(digit - b'0'))
        };
        let days = (0..self.point).fold(0, |days, place| days * 10 + digit(place));
        // Twelve digits of a day are far finer than a second.
        let share = (self.point..self.point + 12).fold(0, |share, place| share * 10 + digit(place));
        let seconds = (share * SECONDS + 500_000_000_000) / 1_000_000_000_000;
        let days = i64::try_from(days + seconds / SECONDS).ok()?;
        Some((days, u32::try_from(seconds % SECONDS).ok()?))
    }
}

/// Plain decimal text without an exponent.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_char('-')?;
        }
        let whole = self.whole_digits();
        for place in 0..whole {
            f.write_char(self.digits.get(place).map_or('0', |digit| char::from(*digit)))?;
        }
        if whole == 0 {
            f.write_char('0')?;
        }
        if self.digits.len() > whole {
            f.write_char('.')?;
            for _ in self.point..0 {
                f.write_char('0')?;
            }
            for digit in &self.digits[whole..] {
                f.write_char(char::from(*digit))?;
            }
        }
        Ok(())
    }
}
