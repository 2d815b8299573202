//! Days, months and the fiscal year (the calendar year, 预算法 art. 18), and the share of it gone by.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime};

use super::amount::{Rate, half_width};

/// A calendar day.
pub(crate) type Date = NaiveDate;

/// A time of day, without a day or an offset.
pub(crate) type TimeOfDay = NaiveTime;

/// An instant on the wall clock with its offset.
pub(crate) type Moment = DateTime<FixedOffset>;

/// How the share of the year gone by is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    Days,
    /// A month counts from its last day.
    Months,
}

/// A day counted from the first of the year 1, which is 1.
pub(crate) fn day_number(date: Date) -> i32 {
    date.num_days_from_ce()
}

/// Reads `2022-01-05` and nothing looser.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let mut numbers = [0_u32; 3];
    for (number, digits) in numbers.iter_mut().zip([&[*y1, *y2, *y3, *y4][..], &[*m1, *m2], &[*d1, *d2]]) {
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            *number = *number * 10 + u32::from(digit - b'0');
        }
    }
    Date::from_ymd_opt(i32::try_from(numbers[0]).ok()?, numbers[1], numbers[2])
}

/// Reads a date as a clerk types it: `2022-01-05`, `2022/1/5`, `2022.1.5`, `20220105`, `2022年1月5日`.
pub(crate) fn typed_date(text: &str) -> Option<Date> {
    if let Some(date) = iso_date(text) {
        return Some(date);
    }
    let text: String = text.chars().filter(|character| !character.is_whitespace()).map(half_width).collect();
    let text = text.as_str();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return iso_date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let parts: Vec<&str> = match text.strip_suffix(['日', '号']) {
        Some(text) => {
            let (year, rest) = text.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            vec![year, month, day]
        }
        None => ['-', '/', '.']
            .into_iter()
            .map(|mark| text.split(mark).collect::<Vec<_>>())
            .find(|parts| parts.len() == 3)?,
    };
    let number = |text: &str, longest| {
        let plain = !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = number(parts[0], 4).filter(|_| parts[0].len() == 4)?;
    Date::from_ymd_opt(i32::try_from(year).ok()?, number(parts[1], 2)?, number(parts[2], 2)?)
}

/// The moment as the ledger writes it: RFC 3339 to the second, with its offset.
pub(crate) fn written_moment(moment: &Moment) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Reads back what [`written_moment`] wrote, and nothing else.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(text).ok().filter(|_| is_written_moment(text))
}

/// Whether a text is a moment as [`written_moment`] writes it. Asked of every row, so it allocates nothing.
pub(crate) fn is_written_moment(text: &str) -> bool {
    let two_digits = |place: usize, below: u8| match text.as_bytes().get(place..place + 2) {
        Some([tens, ones]) => {
            tens.is_ascii_digit() && ones.is_ascii_digit() && (tens - b'0') * 10 + (ones - b'0') < below
        }
        _ => false,
    };
    let mark = |place: usize, marks: &[u8]| text.as_bytes().get(place).is_some_and(|byte| marks.contains(byte));
    text.len() == 25
        && text.get(..10).is_some_and(|date| iso_date(date).is_some())
        && mark(10, b"T")
        && two_digits(11, 24)
        && mark(13, b":")
        && two_digits(14, 60)
        && mark(16, b":")
        && two_digits(17, 60)
        && mark(19, b"+-")
        && two_digits(20, 24)
        && mark(22, b":")
        && two_digits(23, 60)
        // RFC 3339 §4.3 gives `-00:00` a meaning of its own; the offset of zero is written `+00:00`.
        && !text.ends_with("-00:00")
}

/// A month of a year, as `2022-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month {
    year: i32,
    number: u32,
}

impl Month {
    pub(crate) fn of(date: Date) -> Self {
        Self { year: date.year(), number: date.month() }
    }

    /// The month `number` of `year`, 1 to 12.
    pub(crate) fn new(year: i32, number: u32) -> Option<Self> {
        Date::from_ymd_opt(year, number, 1).map(Self::of)
    }

    /// A month of this year as it is typed: `2022-03`, `2022年3月`, `202203`, `3` or `3月`.
    pub(crate) fn typed(text: &str, year: FiscalYear) -> Option<Self> {
        let text: String = text.chars().filter(|character| !character.is_whitespace()).map(half_width).collect();
        let text = text.strip_suffix('月').unwrap_or(&text);
        let (stated, number) = match text.split_once(['-', '/', '.', '年']) {
            Some((stated, number)) => (Some(stated), number),
            None if text.len() == 6 && text.is_ascii() => (text.get(..4), text.get(4..)?),
            None => (None, text),
        };
        let digits =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
        let same_year = stated.is_none_or(|stated| stated == year.to_string());
        let number = digits(number).filter(|_| same_year && number.len() <= 2)?;
        Self::new(year.number(), number)
    }

    /// 1 to 12.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    pub(crate) fn next(self) -> Self {
        match self.number {
            12 => Self { year: self.year + 1, number: 1 },
            number => Self { year: self.year, number: number + 1 },
        }
    }

    pub(crate) fn first_day(self) -> Date {
        Date::from_ymd_opt(self.year, self.number, 1).expect("a month is only made from a real date")
    }

    pub(crate) fn last_day(self) -> Date {
        self.next().first_day().pred_opt().expect("a first day has a day before it")
    }

    pub(crate) fn days(self) -> u32 {
        self.last_day().day()
    }

    /// Days of this month gone by on `date`, that day included; none before it, all after it.
    pub(crate) fn days_elapsed(self, date: Date) -> u32 {
        match Self::of(date) {
            month if month < self => 0,
            month if month > self => self.days(),
            _ => date.day(),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.number)
    }
}

/// A fiscal year: 1 January to 31 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FiscalYear(i32);

impl FiscalYear {
    /// `None` outside 1949 to 9998, where a budget of this kind cannot be.
    pub(crate) fn new(year: i64) -> Option<Self> {
        i32::try_from(year).ok().filter(|year| (1949..=9998).contains(year)).map(Self)
    }

    pub(crate) fn number(self) -> i32 {
        self.0
    }

    pub(crate) fn first_day(self) -> Date {
        Date::from_ymd_opt(self.0, 1, 1).expect("the year is between 1949 and 9998")
    }

    pub(crate) fn last_day(self) -> Date {
        Date::from_ymd_opt(self.0, 12, 31).expect("the year is between 1949 and 9998")
    }

    pub(crate) fn holds(self, date: Date) -> bool {
        date.year() == self.0
    }

    pub(crate) fn months(self) -> impl Iterator<Item = Month> + Clone {
        (1..=12).map(move |number| Month { year: self.0, number })
    }

    /// What has gone by on `date` of the stretch from `from` (a first of the month in this year) to the year's end,
    /// `date` included, and the whole of it; counted in days or in months.
    pub(crate) fn elapsed_since(self, from: Date, date: Date, pace: Pace) -> (u32, u32) {
        let date = date.clamp(self.first_day().pred_opt().unwrap_or(date), self.last_day());
        match pace {
            Pace::Days => {
                let days = |until: Date| u32::try_from((until - from).num_days() + 1).unwrap_or(0);
                (days(date), days(self.last_day()))
            }
            Pace::Months => {
                let counted = self.months().filter(|month| month.first_day() >= from);
                let gone = counted.clone().filter(|month| month.last_day() <= date).count();
                (u32::try_from(gone).unwrap_or(0), u32::try_from(counted.count()).unwrap_or(0))
            }
        }
    }

    /// 序时进度: the share of the year gone by on `date`, that day included.
    pub(crate) fn elapsed_rate(self, date: Date, pace: Pace) -> Rate {
        let (gone, whole) = self.elapsed_since(self.first_day(), date, pace);
        Rate::of_counts(gone, whole)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        iso_date(text).expect("a test writes real dates")
    }

    #[test]
    fn five_ways_of_typing_a_day_are_one_day() {
        for text in [
            "2022-01-05",
            "2022-1-5",
            "2022/1/5",
            "2022.1.5",
            "20220105",
            "2022年1月5日",
            " 2022年01月05日 ",
            "2022 年 1 月 5 号",
            "２０２２／１／５",
        ] {
            assert_eq!(typed_date(text), Some(day("2022-01-05")), "{text}");
        }
        for text in [
            "22-1-5",
            "2022-13-01",
            "2022-02-29",
            "2022-1",
            "1/5/2022",
            "2022/1-5",
            "5",
            "",
            "2022年1月5",
            "2022-001-05",
        ] {
            assert_eq!(typed_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_ledger_takes_iso_days_only() {
        for text in ["2022-1-05", " 2022-01-05", "2022-01-05 ", "2022/01/05", "2022-02-30", "20220105", "+022-01-05"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_share_of_the_year_counts_the_day_itself() {
        let year = FiscalYear::new(2022).expect("2022 is a year");
        let rate = |text: &str, pace| year.elapsed_rate(day(text), pace).to_string();
        assert_eq!(rate("2022-01-01", Pace::Days), "0.27");
        assert_eq!(rate("2022-06-30", Pace::Days), "49.59");
        assert_eq!(rate("2022-12-31", Pace::Days), "100.00");
        assert_eq!(rate("2021-06-30", Pace::Days), "0.00");
        assert_eq!(rate("2023-06-30", Pace::Days), "100.00");
        assert_eq!(rate("2022-06-29", Pace::Months), "41.67");
        assert_eq!(rate("2022-06-30", Pace::Months), "50.00");
        let leap = FiscalYear::new(2024).expect("2024 is a year");
        assert_eq!(leap.elapsed_since(leap.first_day(), day("2024-02-29"), Pace::Days), (60, 366));
    }

    #[test]
    fn an_offset_of_zero_is_written_one_way() {
        assert!(is_written_moment("2022-10-01T00:00:00+00:00"));
        assert!(!is_written_moment("2022-10-01T00:00:00-00:00"));
        assert!(is_written_moment("2022-10-01T00:00:00-00:30"));
    }

    proptest! {
        #[test]
        fn a_day_written_reads_back(days in 0_i64..60_000) {
            let date = day("1949-01-01") + chrono::Duration::days(days);
            prop_assert_eq!(iso_date(&date.to_string()), Some(date));
            prop_assert_eq!(typed_date(&date.format("%Y年%-m月%-d日").to_string()), Some(date));
        }

        #[test]
        fn a_moment_is_known_for_one_exactly_when_it_reads_back(text in "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9][+-][0-2][0-9]:[0-6][0-9]") {
            let written = moment(&text).map(|moment| written_moment(&moment));
            prop_assert_eq!(is_written_moment(&text).then_some(text), written);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,14}") {
            if let Some(date) = iso_date(&text) {
                prop_assert_eq!(date.to_string(), text.clone());
            }
            let _ = typed_date(&text);
            let _ = moment(&text);
            let _ = is_written_moment(&text);
        }
    }
}
