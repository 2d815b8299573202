//! The second reckoning: slow, simple, and reading nothing but the CSV's text.

use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) const DAYS_IN_MONTH: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// What one allocation's rows add up to, read from the CSV's text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reckoned {
    pub(crate) original: i64,
    pub(crate) adjusted: i64,
    pub(crate) committed: i64,
    pub(crate) spent: i64,
    pub(crate) due: i64,
}

impl Reckoned {
    pub(crate) fn revised(&self) -> i64 {
        self.original + self.adjusted
    }

    pub(crate) fn available(&self) -> i64 {
        self.revised() - self.committed - self.spent
    }

    pub(crate) fn plan_to_date(&self) -> i64 {
        self.due.min(self.revised()).max(0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.original += other.original;
        self.adjusted += other.adjusted;
        self.committed += other.committed;
        self.spent += other.spent;
        self.due += other.due;
    }
}

pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

pub(crate) fn fen(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

/// A day of 2022 by its number, 0 for 1 January; numbers below and beyond fall in the years beside it.
pub(crate) fn day(number: i64) -> String {
    let (year, mut left) = match number {
        before if before < 0 => (2021, before + 365),
        beyond if beyond >= 365 => (2023, beyond - 365),
        within => (2022, within),
    };
    for (month, days) in (1..).zip(DAYS_IN_MONTH) {
        if left < days {
            return format!("{year}-{month:02}-{:02}", left + 1);
        }
        left -= days;
    }
    unreachable!("a year has 365 days")
}

/// The number of a day of 2022.
pub(crate) fn number_of(day: &str) -> i64 {
    let month: usize = day[5..7].parse().unwrap();
    DAYS_IN_MONTH[..month - 1].iter().sum::<i64>() + day[8..].parse::<i64>().unwrap() - 1
}

/// a × b ÷ c, half-up, for numbers that are not negative; half away from zero for the others.
pub(crate) fn half_up(a: i64, b: i64, c: i64) -> i64 {
    let doubled = 2 * i128::from(a) * i128::from(b);
    let c = i128::from(c);
    let sign = if (doubled < 0) == (c < 0) { 1 } else { -1 };
    i64::try_from(sign * ((doubled.abs() + c.abs()) / (2 * c.abs()))).unwrap()
}

/// What is due of a plan by the end of day `on` (0 is 1 January), for a row dated in `month` (0 is January).
pub(crate) fn due(plan: &str, amount: i64, month: usize, on: i64, by_months: bool) -> i64 {
    let months_gone = |on: i64| {
        let mut end = 0;
        let ended = |days: &&i64| {
            end += **days;
            end <= on + 1
        };
        DAYS_IN_MONTH.iter().filter(ended).count()
    };
    if plan == "even" {
        let begin: i64 = DAYS_IN_MONTH[..month].iter().sum();
        let gone = i64::try_from(months_gone(on).saturating_sub(month)).unwrap();
        let months = i64::try_from(12 - month).unwrap();
        return if by_months {
            half_up(amount, gone, months)
        } else {
            half_up(amount, (on + 1 - begin).max(0), 365 - begin)
        };
    }
    let mut sum = 0;
    for part in plan.split(';') {
        let (month, amount) = part.split_once(':').unwrap();
        let (month, amount) = (month.parse::<usize>().unwrap(), fen(amount));
        let begin: i64 = DAYS_IN_MONTH[..month - 1].iter().sum();
        let days = DAYS_IN_MONTH[month - 1];
        let gone = (on + 1 - begin).clamp(0, days);
        sum += if by_months { if gone == days { amount } else { 0 } } else { half_up(amount, gone, days) };
    }
    sum
}

/// A line of the CSV as its fields: quotes keep commas together, and two of them in quotes are one.
pub(crate) fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let field = fields.last_mut().unwrap();
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.push(characters.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => field.push(other),
        }
    }
    fields
}

/// The second reckoning: every line of the CSV, summed by kind and allocation.
pub(crate) fn reckon(ledger: &str, on: i64, by_months: bool) -> BTreeMap<String, Reckoned> {
    let mut sums: BTreeMap<String, Reckoned> = BTreeMap::new();
    for fields in ledger.lines().skip(1).map(fields) {
        let [kind, date, key, plan] = [1, 2, 4, 7].map(|column: usize| fields[column].as_str());
        let amount = fen(&fields[6]);
        if key.is_empty() {
            continue;
        }
        let sum = sums.entry(key.to_owned()).or_default();
        if date > day(on).as_str() {
            continue;
        }
        let month = || date[5..7].parse::<usize>().unwrap() - 1;
        match kind {
            "budget" => {
                sum.original += amount;
                sum.due += due(plan, amount, month(), on, by_months);
            }
            "adjustment" => {
                sum.adjusted += amount;
                sum.due += due(plan, amount, month(), on, by_months);
            }
            "commitment" | "release" => sum.committed += amount,
            "expense" | "reversal" | "refund" => sum.spent += amount,
            "note" => assert_eq!(amount, 0, "a note moves nothing"),
            other => panic!("no command writes {other} for an allocation yet"),
        }
    }
    sums
}

/// `part` of `whole` in percent with two decimals, or null when there is no whole.
pub(crate) fn rate(part: i64, whole: i64) -> Value {
    if whole == 0 { Value::Null } else { yuan(half_up(part, 10_000, whole)).into() }
}
