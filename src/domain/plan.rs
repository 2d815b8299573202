//! 用款计划: how an amount is meant to be spent over the year, and how much of it by a given day.

use std::collections::BTreeMap;
use std::fmt;

use super::amount::Amount;
use super::calendar::{Date, FiscalYear, Month, Pace};

/// How an amount spreads over the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Evenly, from the row's first of the month to 31 December.
    Even,
    /// So much in each listed month (1 to 12).
    Months(BTreeMap<u32, Amount>),
}

impl Plan {
    /// Reads the ledger's one form: `even`, or `03:100000.00;10:205800.00` with months rising.
    pub(crate) fn canonical(text: &str) -> Option<Self> {
        if text == "even" {
            return Some(Self::Even);
        }
        let mut months = BTreeMap::new();
        for part in text.split(';') {
            let (month, amount) = part.split_once(':')?;
            months.insert(month.parse().ok()?, Amount::canonical(amount)?);
        }
        let plan = Self::Months(months);
        let in_range = plan.months().all(|(month, _)| (1..=12).contains(&month));
        (in_range && plan.to_string() == text).then_some(plan)
    }

    /// The same plan for the opposite amount.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Even => Self::Even,
            Self::Months(months) => Self::Months(months.into_iter().map(|(month, amount)| (month, -amount)).collect()),
        }
    }

    /// Reads a plan as it is typed: `even`, or `03=1万元;10=2万元`.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        if text.trim() == "even" {
            return Some(Self::Even);
        }
        let mut months = BTreeMap::new();
        for part in text.split([';', '；']).filter(|part| !part.trim().is_empty()) {
            let (month, amount) = part.split_once(['=', ':', '：'])?;
            let month: u32 = month.trim().trim_end_matches('月').parse().ok()?;
            let amount = Amount::typed(amount).ok().filter(|amount| amount.is_positive())?;
            if !(1..=12).contains(&month) || months.insert(month, amount).is_some() {
                return None;
            }
        }
        (!months.is_empty()).then_some(Self::Months(months))
    }

    /// What the listed months add up to; `None` for an even plan, which always fits.
    pub(crate) fn sum(&self) -> Option<Amount> {
        match self {
            Self::Even => None,
            Self::Months(months) => Some(months.values().copied().sum()),
        }
    }

    fn months(&self) -> impl Iterator<Item = (u32, Amount)> {
        let months = match self {
            Self::Even => None,
            Self::Months(months) => Some(months),
        };
        months.into_iter().flatten().map(|(month, amount)| (*month, *amount))
    }

    /// How much of `amount`, planned by a row dated `dated`, is due by `date`: cumulative, half-up to the 分.
    pub(crate) fn due(&self, amount: Amount, year: FiscalYear, dated: Date, date: Date, pace: Pace) -> Amount {
        self.accruals(amount, year, dated, date, pace).iter().map(Accrual::due).sum()
    }

    /// The same in its pieces: one for an even plan, else one a listed month.
    ///
    /// A listed month accrues by its own days; by months, it counts from its last day.
    pub(crate) fn accruals(
        &self,
        amount: Amount,
        year: FiscalYear,
        dated: Date,
        date: Date,
        pace: Pace,
    ) -> Vec<Accrual> {
        if *self == Self::Even {
            let from = Month::of(dated);
            let (elapsed, span) = year.elapsed_since(from.first_day(), date, pace);
            return vec![Accrual { from, is_even: true, amount, elapsed, span }];
        }
        let months = self.months().filter_map(|(number, amount)| Some((Month::new(year.number(), number)?, amount)));
        let accrual = |(month, amount): (Month, Amount)| {
            let (elapsed, span) = match pace {
                Pace::Days => (month.days_elapsed(date), month.days()),
                Pace::Months => (u32::from(month.last_day() <= date), 1),
            };
            Accrual { from: month, is_even: false, amount, elapsed, span }
        };
        months.map(accrual).collect()
    }
}

/// An amount that falls due evenly over a stretch of the year, and how much of the stretch has gone by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accrual {
    /// The stretch's first month.
    pub(crate) from: Month,
    /// Whether the stretch goes on to the year's end; else it is that month.
    pub(crate) is_even: bool,
    pub(crate) amount: Amount,
    /// Days or months gone by, and how many there are.
    pub(crate) elapsed: u32,
    pub(crate) span: u32,
}

impl Accrual {
    /// What is due, half-up to the 分.
    pub(crate) fn due(&self) -> Amount {
        self.amount.part(self.elapsed, self.span)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::Even {
            return f.write_str("even");
        }
        for (place, (month, amount)) in self.months().enumerate() {
            let border = if place == 0 { "" } else { ";" };
            write!(f, "{border}{month:02}:{amount}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::iso_date;
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::typed(text).expect("a test writes amounts")
    }

    fn due(plan: &Plan, dated: &str, date: &str, pace: Pace) -> String {
        let day = |text| iso_date(text).expect("a test writes days");
        let year = FiscalYear::new(2022).expect("2022 is a year");
        plan.due(amount("365"), year, day(dated), day(date), pace).to_string()
    }

    #[test]
    fn an_even_plan_grows_a_little_each_day() {
        assert_eq!(due(&Plan::Even, "2022-01-01", "2022-01-01", Pace::Days), "1.00");
        assert_eq!(due(&Plan::Even, "2022-01-01", "2022-12-31", Pace::Days), "365.00");
        assert_eq!(due(&Plan::Even, "2022-12-15", "2022-12-01", Pace::Days), "11.77");
        assert_eq!(due(&Plan::Even, "2022-07-09", "2022-06-30", Pace::Days), "0.00");
        assert_eq!(due(&Plan::Even, "2022-10-09", "2022-11-30", Pace::Months), "243.33");
        assert_eq!(due(&Plan::Even, "2022-10-09", "2022-11-29", Pace::Months), "121.67");
    }

    #[test]
    fn a_listed_month_accrues_by_its_own_days() {
        let plan = Plan::canonical("03:310.00;10:55.00").expect("a canonical plan");
        assert_eq!(due(&plan, "2022-01-01", "2022-02-28", Pace::Days), "0.00");
        assert_eq!(due(&plan, "2022-01-01", "2022-03-01", Pace::Days), "10.00");
        assert_eq!(due(&plan, "2022-01-01", "2022-09-30", Pace::Days), "310.00");
        assert_eq!(due(&plan, "2022-01-01", "2022-10-31", Pace::Days), "365.00");
        assert_eq!(due(&plan, "2022-01-01", "2022-10-30", Pace::Months), "310.00");
    }

    #[test]
    fn a_plan_is_typed_month_by_month() {
        let typed = |text| Plan::typed(text).map(|plan| plan.to_string());
        assert_eq!(typed("even"), Some("even".into()));
        assert_eq!(typed("10=2万元; 3月=1,000"), Some("03:1000.00;10:20000.00".into()));
        for text in ["", "3", "13=1", "3=0", "3=-1", "3=1;3=2", "x=1"] {
            assert_eq!(typed(text), None, "{text}");
        }
        assert_eq!(Plan::typed("3=1").map(|plan| plan.negated().to_string()), Some("03:-1.00".into()));
    }

    #[test]
    fn a_plan_has_one_written_form() {
        for text in
            ["", "Even", "3:1.00", "13:1.00", "00:1.00", "10:1.00;03:1.00", "03:1", "03:1.00;", "03:1.00;03:2.00"]
        {
            assert_eq!(Plan::canonical(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(months in prop::collection::btree_map(1_u32..=12, -99_999_i64..99_999, 1..12)) {
            let months = months.into_iter().map(|(m, fen)| (m, amount(&format!("{fen}")))).collect();
            let plan = Plan::Months(months);
            prop_assert_eq!(Plan::canonical(&plan.to_string()), Some(plan));
        }
    }
}
