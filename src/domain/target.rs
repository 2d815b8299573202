//! 绩效目标: what a budget promises to bring about, and what keeping the promise is worth. It reads no file.

use std::fmt;

use super::amount::{Rate, half_width, plain_digits};

/// One target of an allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: TargetKind,
    pub(crate) goal: Goal,
    /// What is counted, `次`; may be empty.
    pub(crate) unit: String,
    /// 分值: the points for reaching it.
    pub(crate) weight: Option<Rate>,
}

/// 指标类型, in the order of the national form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TargetKind {
    /// 数量指标
    Quantity,
    /// 质量指标
    Quality,
    /// 时效指标
    Timeliness,
    /// 成本指标
    Cost,
    /// 效益指标
    Social,
    /// 满意度指标
    Satisfaction,
}

impl TargetKind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Quantity, Self::Quality, Self::Timeliness, Self::Cost, Self::Social, Self::Satisfaction];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Quality => "quality",
            Self::Timeliness => "timeliness",
            Self::Cost => "cost",
            Self::Social => "social",
            Self::Satisfaction => "satisfaction",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// How a result is held against a goal's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    AtLeast,
    AtMost,
    Exactly,
}

/// A goal as the budget states it, `>=2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Goal {
    pub(crate) comparison: Comparison,
    pub(crate) number: Number,
}

impl Goal {
    const SIGNS: [(&'static str, Comparison); 3] =
        [(">=", Comparison::AtLeast), ("<=", Comparison::AtMost), ("=", Comparison::Exactly)];

    /// Reads a comparison and a plain decimal number.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let signed = |(sign, comparison)| Some((comparison, text.strip_prefix(sign)?));
        let (comparison, number) = Self::SIGNS.into_iter().find_map(signed)?;
        Some(Self { comparison, number: Number::plain(number)? })
    }

    pub(crate) fn is_met_by(self, actual: Number) -> bool {
        match self.comparison {
            Comparison::AtLeast => actual >= self.number,
            Comparison::AtMost => actual <= self.number,
            Comparison::Exactly => actual == self.number,
        }
    }

    /// The points a result earns: all of them where the goal is met, else in the proportion of goal and result, the smaller
    /// over the larger, half-up at two decimals. So a goal of nothing (`<=0`) is met or earns nothing.
    pub(crate) fn score(self, actual: Number, weight: Rate) -> Rate {
        if self.is_met_by(actual) {
            return weight;
        }
        // They differ, so the larger is more than nothing.
        weight.part(actual.min(self.number).0, actual.max(self.number).0)
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Self::SIGNS.iter().find(|(_, comparison)| *comparison == self.comparison);
        write!(f, "{}{}", sign.map_or("", |(sign, _)| sign), self.number)
    }
}

/// Decimals a number of a goal or a result may have.
const DECIMALS: usize = 6;

/// A count or a measure, not negative, held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number(i128);

impl Number {
    /// Reads a result as people type it, `12`, `1,200`, `９８.5%`; behind the number only the target's own unit may stand.
    pub(crate) fn typed(text: &str, unit: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            text.trim().chars().map(|character| if character == '％' { '%' } else { half_width(character) }).collect()
        };
        let text = plain(text);
        let number = text.strip_suffix(&plain(unit)).unwrap_or(&text).trim_end();
        Self::plain(&plain_digits(number).ok()?)
    }

    /// Digits, and perhaps a point and some more; at most 15 before it and 6 behind it.
    fn plain(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 15 || decimals.len() > DECIMALS {
            return None;
        }
        format!("{whole}{decimals:0<DECIMALS$}").parse().ok().map(Self)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:01$}", self.0, DECIMALS + 1);
        let (whole, decimals) = digits.split_at(digits.len() - DECIMALS);
        match decimals.trim_end_matches('0') {
            "" => f.write_str(whole),
            decimals => write!(f, "{whole}.{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn goal(text: &str) -> Goal {
        Goal::read(text).expect("a goal")
    }

    fn score(text: &str, actual: &str, weight: &str) -> String {
        let actual = Number::typed(actual, "%").expect("a number");
        goal(text).score(actual, Rate::points(weight).expect("points")).to_string()
    }

    #[test]
    fn a_kind_is_read_by_the_word_it_is_written_with() {
        for kind in TargetKind::ALL {
            assert_eq!(TargetKind::from_key(kind.key()), Some(kind));
        }
    }

    #[test]
    fn a_number_has_at_most_fifteen_digits_before_the_point() {
        let digits = |count| Number::typed(&"9".repeat(count), "").map(|number| number.to_string());
        assert_eq!(digits(15), Some("9".repeat(15)));
        assert_eq!(digits(16), None);
    }

    #[test]
    fn a_goal_that_is_met_earns_all_its_points_and_another_its_share() {
        for (text, actual, points) in [
            (">=4", "4", "8.00"),
            (">=4", "400", "8.00"),
            (">=4", "3", "6.00"),
            (">=4", "0", "0.00"),
            (">=0", "0", "8.00"),
            (">=3", "2", "5.33"),
            (">=3", "1", "2.67"),
            (">=100", "99.5%", "7.96"),
            ("<=30.58", "30.58", "8.00"),
            ("<=30.58", "61.16", "4.00"),
            ("<=0", "0", "8.00"),
            ("<=0", "1", "0.00"),
            ("<=1", "3", "2.67"),
            ("=12", "12.0", "8.00"),
            ("=12", "9", "6.00"),
            ("=12", "16", "6.00"),
            ("=0", "2", "0.00"),
        ] {
            assert_eq!(score(text, actual, "8"), points, "{text} {actual}");
        }
    }

    #[test]
    fn a_number_is_plain_and_its_unit_is_its_own() {
        let typed = |text, unit| Number::typed(text, unit).map(|number| number.to_string());
        for (text, unit, number) in [
            ("12", "次", "12"),
            ("12 次", "次", "12"),
            ("９８．５％", "%", "98.5"),
            ("1,200.50", "", "1200.5"),
            ("0", "", "0"),
        ] {
            assert_eq!(typed(text, unit).as_deref(), Some(number), "{text}");
        }
        for (text, unit) in
            [("12次", "起"), ("-1", ""), ("", "次"), ("次", "次"), ("1e3", ""), ("约12", ""), ("1.0000001", "")]
        {
            assert_eq!(typed(text, unit), None, "{text}");
        }
        for text in ["2", ">=", ">= 2", ">2", ">=1.", ">=-1", "", ">=1.2345678"] {
            assert_eq!(Goal::read(text), None, "{text}");
        }
        assert_eq!(goal("<=30.580").to_string(), "<=30.58");
    }

    proptest! {
        #[test]
        fn no_result_earns_more_than_there_is(
            sign in 0_usize..3, number in 0_u64..10_000_000, actual in 0_u64..10_000_000, weight in 0_u32..=100,
        ) {
            let goal = Goal { comparison: Goal::SIGNS[sign].1, number: Number(i128::from(number)) };
            let weight = Rate::points(&weight.to_string()).expect("points");
            let score = goal.score(Number(i128::from(actual)), weight);
            prop_assert!(Rate::ZERO <= score && score <= weight);
            prop_assert_eq!(Goal::read(&goal.to_string()), Some(goal));
        }
    }
}
