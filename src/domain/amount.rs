//! Money, exact to the 分, and the rates made of it. The only room that names `rust_decimal`;
//! nothing here, or anywhere, passes through a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

/// Half-up, away from zero: the one way this program rounds (design §3, law 4).
const HALF_UP: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// The largest magnitude of one ledger row: 9,999,999,999,999.99 元, in 分.
const LARGEST: i128 = 999_999_999_999_999;

/// Money in 分, held exactly.
///
/// A row holds at most 13 digits of 元; a sum of ten million such rows needs
/// some 75 bits, so sums and rows share this one type and cannot overflow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Amount(i128);

/// Why a typed text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAnAmount {
    Empty,
    NotANumber,
    /// A character that only looks like a digit, a sign or a mark: `−` (U+2212), `٣`, a blank that does not break.
    LooksLike(char),
    /// Commas that do not stand before each group of three digits.
    Grouping,
    /// A currency sign, as in `¥3`: the budget has one currency.
    CurrencySign,
    /// `1e5`: what a spreadsheet makes of a long number.
    Scientific,
    FinerThanAFen,
    TooLarge,
}

impl Amount {
    pub(crate) const ZERO: Self = Self(0);
    /// The smallest amount there is.
    pub(crate) const FEN: Self = Self(1);

    /// Reads an amount as people type it: `305800`, `305,800.00`, `30.58万元`, `３０．５８万`.
    pub(crate) fn typed(text: &str) -> Result<Self, NotAnAmount> {
        let text: String = text.trim().chars().map(half_width).collect();
        if text.is_empty() {
            return Err(NotAnAmount::Empty);
        }
        if text.contains(['¥', '$', '￥']) {
            return Err(NotAnAmount::CurrencySign);
        }
        let (number, factor) = match text.strip_suffix("万元").or_else(|| text.strip_suffix('万')) {
            Some(number) => (number, 10_000),
            None => (text.strip_suffix('元').unwrap_or(&text), 1),
        };
        let number = plain_digits(number.trim_end()).map_err(|why| named(why, number))?;
        // No fen comes of more decimals than these, in whatever unit; zeros at the end say nothing.
        let number = match number.split_once('.') {
            Some((_, fraction)) if fraction.trim_end_matches('0').len() > 6 => return Err(NotAnAmount::FinerThanAFen),
            Some(_) => number.trim_end_matches('0').trim_end_matches('.'),
            None => &number,
        };
        let yuan = Decimal::from_str_exact(number)
            .map_err(|_| NotAnAmount::TooLarge)?
            .checked_mul(Decimal::from(factor))
            .ok_or(NotAnAmount::TooLarge)?;
        let fen = yuan.checked_mul(Decimal::ONE_HUNDRED).ok_or(NotAnAmount::TooLarge)?.normalize();
        if fen.scale() > 0 {
            return Err(NotAnAmount::FinerThanAFen);
        }
        match fen.mantissa() {
            fen if fen.abs() <= LARGEST => Ok(Self(fen)),
            _ => Err(NotAnAmount::TooLarge),
        }
    }

    /// Reads the ledger's one form, `-?(0|[1-9][0-9]{0,12})\.[0-9]{2}` and never `-0.00`; anything else is `None`.
    pub(crate) fn canonical(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (negative, digits) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let [yuan @ .., b'.', tenth, hundredth] = digits else { return None };
        let leading_zero = yuan.len() > 1 && yuan[0] == b'0';
        if yuan.is_empty() || yuan.len() > 13 || leading_zero {
            return None;
        }
        let mut fen = 0_i64;
        for digit in yuan.iter().chain([tenth, hundredth]) {
            if !digit.is_ascii_digit() {
                return None;
            }
            fen = fen * 10 + i64::from(digit - b'0');
        }
        match (negative, fen) {
            (true, 0) => None,
            (true, fen) => Some(Self(i128::from(-fen))),
            (false, fen) => Some(Self(i128::from(fen))),
        }
    }

    pub(crate) fn from_fen(fen: i128) -> Self {
        Self(fen)
    }

    pub(crate) fn fen(self) -> i128 {
        self.0
    }

    pub(crate) fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 > 0
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This amount × `part` ÷ `whole`, rounded half-up to the 分. `whole` is a count of days or months, never zero.
    pub(crate) fn part(self, part: u32, whole: u32) -> Self {
        let (numerator, denominator) = (self.0 * i128::from(part), i128::from(whole));
        let half_away = numerator.signum() * denominator / 2;
        Self((numerator + half_away) / denominator)
    }

    /// This amount as a percentage of `whole`, half-up at two decimals; `None` when there is no whole.
    pub(crate) fn share_of(self, whole: Self) -> Option<Rate> {
        if whole.0 == 0 {
            return None;
        }
        let percent = Decimal::from_i128_with_scale(self.0, 0)
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(Decimal::from_i128_with_scale(whole.0, 0))?;
        Some(Rate::rounded(percent))
    }

    /// In 万元 with two decimals, half-up: `30.58`. Conversion comes last, and only on paper.
    pub(crate) fn wan(self) -> Self {
        let wan = Decimal::from_i128_with_scale(self.0, 6).round_dp_with_strategy(2, HALF_UP);
        let mut hundredths = wan;
        hundredths.rescale(2);
        Self(hundredths.mantissa())
    }

    /// `305,800.00`: for a person's eye.
    pub(crate) fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (yuan, fen) = digits.split_at(digits.len() - 3);
        let mut grouped = String::from(sign);
        for (place, digit) in yuan.chars().enumerate() {
            if place > 0 && (yuan.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + fen
    }
}

impl fmt::Display for Amount {
    /// The canonical form, `1234.50`, in 元.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        // What fits 64 bits, as all that a budget holds does, is written several times as fast.
        match u64::try_from(fen) {
            Ok(fen) => written(f, sign, fen / 100, fen % 100),
            Err(_) => written(f, sign, fen / 100, fen % 100),
        }
    }
}

fn written(f: &mut fmt::Formatter<'_>, sign: &str, yuan: impl fmt::Display, fen: impl fmt::Display) -> fmt::Result {
    match f.width() {
        None => write!(f, "{sign}{yuan}.{fen:02}"),
        Some(_) => f.pad(&format!("{sign}{yuan}.{fen:02}")),
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A percentage in hundredths of a point: `40.37` is 4037.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rate(i128);

impl Rate {
    /// `part` of `whole` as a percentage, half-up; `whole` is a count and not zero.
    pub(crate) fn of_counts(part: u32, whole: u32) -> Self {
        Self::rounded(Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole))
    }

    /// Reads points as typed in the budget, `5` or `2.5`, at most two decimals and 100.
    pub(crate) fn points(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let points = Decimal::from_str_exact(text).ok().filter(|_| plain)?.normalize();
        let in_range = points.scale() <= 2 && points <= Decimal::ONE_HUNDRED;
        in_range.then(|| Self::rounded(points))
    }

    pub(crate) const ZERO: Self = Self(0);
    /// Ten points: what the execution of a budget is worth in its self-evaluation.
    pub(crate) const TEN: Self = Self(1_000);
    pub(crate) const HUNDRED: Self = Self(10_000);

    /// These points × `part` ÷ `whole`, half-up at two decimals. Neither is negative, and the whole is not zero.
    pub(crate) fn part(self, part: i128, whole: i128) -> Self {
        Self((2 * self.0 * part + whole) / (2 * whole))
    }

    fn rounded(percent: Decimal) -> Self {
        let mut percent = percent.round_dp_with_strategy(2, HALF_UP);
        percent.rescale(2);
        Self(percent.mantissa())
    }

    /// Hundredths of a point.
    pub(crate) fn hundredths(self) -> i128 {
        self.0
    }
}

impl Add for Rate {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Rate {
    fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
        rates.fold(Self::ZERO, Self::add)
    }
}

impl Sub for Rate {
    type Output = Self;
    /// Points between two rates as printed, so the page foots.
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Rate {
    /// `40.37`: percent or points, two decimals, no sign of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Amount(self.0).fmt(f)
    }
}

/// The same, with the character that deceives where one does: what no reader tells from a plain one.
fn named(why: NotAnAmount, number: &str) -> NotAnAmount {
    let deceives = |character: &char| !character.is_ascii() && !character.is_alphabetic();
    match (why, number.chars().find(deceives)) {
        (NotAnAmount::NotANumber, Some(character)) => NotAnAmount::LooksLike(character),
        (why, _) => why,
    }
}

/// Full-width digits and marks as their ASCII twins, by a fixed table; everything else as it is.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '０'..='９' | '．' | '，' | '－' | '／' | '＋' | '＄' | 'Ｅ' | 'ｅ' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        _ => character,
    }
}

/// Takes the commas out of `305,800.00` when they group by three, and checks every character.
pub(super) fn plain_digits(number: &str) -> Result<String, NotAnAmount> {
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let scientific = unsigned.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        all_digits(&mantissa.replace('.', "")) && all_digits(exponent.trim_start_matches(['+', '-']))
    });
    if scientific {
        return Err(NotAnAmount::Scientific);
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if !groups.iter().all(|group| all_digits(group)) || !fraction.is_none_or(all_digits) {
        let only_commas_wrong = all_digits(&whole.replace(',', "")) && fraction.is_none_or(all_digits);
        return Err(if only_commas_wrong { NotAnAmount::Grouping } else { NotAnAmount::NotANumber });
    }
    if groups.len() > 1 && !(groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3)) {
        return Err(NotAnAmount::Grouping);
    }
    let whole = groups.concat();
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(NotAnAmount::NotANumber);
    }
    Ok(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
