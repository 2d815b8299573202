//! Days as spreadsheets show them, and the texts that a spreadsheet may have taken for one. It knows no column.

use crate::domain::calendar::{Date, iso_date};

/// A day, or what is left of one: `1月2日` names no year, `Jan-22` perhaps no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The days before 1899-12-30 and 1904-01-01, counted from the first day of the year 1: where workbooks count from.
const BEFORE: [i32; 2] = [693_594, 695_056];

impl Shown {
    pub(super) fn of(date: Date) -> Option<Self> {
        let text = date.to_string();
        let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
        Some(Self { year: Some(parts.next()??), month: parts.next()??, day: Some(parts.next()??) })
    }

    /// The days it can be; where it names no year, that of `year`.
    fn date(self, year: Option<u32>) -> Option<Date> {
        iso_date(&format!("{:04}-{:02}-{:02}", self.year.or(year)?, self.month, self.day?))
    }

    fn is_possible(self) -> bool {
        // Where no year is named, a leap year's.
        let whole = Self { year: self.year.or(Some(2024)), day: self.day.or(Some(1)), ..self };
        whole.date(None).is_some()
    }
}

/// The days a text can mean.
pub(super) fn dates(text: &str, year: Option<u32>) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    for date in shown(text).into_iter().filter_map(|shown| shown.date(year)) {
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

/// Every way to read a text as a day.
pub(super) fn shown(text: &str) -> Vec<Shown> {
    let text = without_time(text);
    let parts: Vec<&str> = text.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let long = |part: &str| (part.len() == 4).then(|| part.parse().ok()).flatten();
    let short = |part: &str| (part.len() == 2).then(|| part.parse::<u32>().ok().map(|year| year + 2000)).flatten();
    let month = |part: &str| {
        let name = MONTHS.iter().position(|name| part.len() >= 3 && part.to_ascii_lowercase().starts_with(name));
        let number = || (part.len() <= 2).then(|| part.parse::<u32>().ok()).flatten();
        name.and_then(|place| u32::try_from(place + 1).ok()).or_else(number)
    };
    let day = |part: &str| (part.len() <= 2).then(|| part.parse::<u32>().ok()).flatten();
    let three = |year: Option<u32>, m: &str, d: &str| {
        Some(Shown { year: Some(year?), month: month(m)?, day: Some(day(d)?) }).filter(|shown| shown.is_possible())
    };
    let found: Vec<Option<Shown>> = match *parts.as_slice() {
        [a, b, c] => {
            vec![
                three(long(a), b, c),
                three(long(c), a, b),
                three(long(c), b, a),
                three(short(a), b, c),
                three(short(c), a, b),
                three(short(c), b, a),
            ]
        }
        // `1.10` is a number.
        [a, b] if !text.contains('.') => {
            let no_year = |m, d| Some(Shown { year: None, month: month(m)?, day: Some(day(d)?) });
            let no_day = |year: Option<u32>, m| Some(Shown { year: Some(year?), month: month(m)?, day: None });
            vec![
                no_year(a, b),
                no_year(b, a),
                no_day(long(a), b),
                no_day(long(b), a),
                no_day(short(a), b),
                no_day(short(b), a),
            ]
        }
        [a] if a.len() == 8 => vec![three(long(&a[..4]), &a[4..6], &a[6..])],
        [a] if a.len() == 5 => BEFORE.iter().map(|before| counted(a, *before)).collect(),
        _ => Vec::new(),
    };
    found.into_iter().flatten().filter(|shown| shown.is_possible()).collect()
}

/// A day as the number that stands behind it in a sheet.
fn counted(text: &str, before: i32) -> Option<Shown> {
    let number: i32 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    Shown::of(Date::from_num_days_from_ce_opt(before + number)?)
}

fn without_time(text: &str) -> &str {
    text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day)
}

/// The texts that may have been taken for this day: `1-2`, `2022/1`, `MAR-1`. A text that was typed without a year was
/// given that of the day on which the file was opened.
pub(super) fn taken_for(shown: Shown, texts: &mut Vec<String>) {
    let both = |number: u32| [number.to_string(), format!("{number:02}")];
    let years: Vec<String> =
        shown.year.iter().flat_map(|year| [year.to_string(), format!("{:02}", year % 100)]).collect();
    let names = MONTHS[(shown.month as usize + 11) % 12];
    let title = format!("{}{}", names[..1].to_ascii_uppercase(), &names[1..]);
    let mut add = |text: String| {
        if !texts.contains(&text) {
            texts.push(text);
        }
    };
    let months = both(shown.month);
    let days: Vec<String> = shown.day.iter().flat_map(|day| both(*day)).collect();
    // Both with a zero before them, or neither, then the rest: the likeliest come first.
    let mut pairs: Vec<(&String, &String)> = months.iter().zip(&days).collect();
    pairs.extend(months.iter().zip(days.iter().rev()));
    let in_order = |marks: &[&str], texts: &mut dyn FnMut(String)| {
        for mark in marks {
            pairs.iter().for_each(|(month, day)| texts(format!("{month}{mark}{day}")));
        }
        for mark in marks {
            for year in &years {
                pairs.iter().for_each(|(month, day)| texts(format!("{year}{mark}{month}{mark}{day}")));
                months.iter().for_each(|month| texts(format!("{year}{mark}{month}")));
                months.iter().for_each(|month| texts(format!("{month}{mark}{year}")));
            }
        }
        for mark in marks {
            pairs.iter().for_each(|(month, day)| texts(format!("{day}{mark}{month}")));
            for year in &years {
                pairs.iter().for_each(|(month, day)| texts(format!("{month}{mark}{day}{mark}{year}")));
                pairs.iter().for_each(|(month, day)| texts(format!("{day}{mark}{month}{mark}{year}")));
            }
        }
    };
    in_order(&["-", "/"], &mut add);
    for (month, day) in &pairs {
        add(format!("{month}月{day}日"));
        years.iter().for_each(|year| add(format!("{year}年{month}月{day}日")));
    }
    months.iter().for_each(|month| years.iter().for_each(|year| add(format!("{year}年{month}月"))));
    in_order(&["."], &mut add);
    for name in [title.clone(), names.to_ascii_uppercase(), names.to_owned()] {
        for mark in ["-", "", "/", " "] {
            for other in days.iter().chain(&years) {
                add(format!("{name}{mark}{other}"));
                add(format!("{other}{mark}{name}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_every_form_that_spreadsheets_show() {
        for text in [
            "2022-01-05",
            "2022/1/5",
            "2022-1-5",
            "2022.1.5",
            "2022年1月5日",
            "2022/1/5 0:00",
            "2022-01-05T00:00:00",
            "1/5/2022",
            "5/1/2022",
            "01/05/22",
            "5-Jan-22",
            "05-JAN-2022",
            "January 5, 2022",
            "1月5日",
            "20220105",
            "44566",
        ] {
            let dates: Vec<String> = dates(text, Some(2022)).iter().map(Date::to_string).collect();
            assert!(dates.contains(&"2022-01-05".to_owned()), "{text}: {dates:?}");
        }
        for text in ["", "记-0101", "2022-13-40", "5", "even", "1-2-3-4", "99999999", "0-0"] {
            assert_eq!(dates(text, Some(2022)), Vec::<Date>::new(), "{text}");
        }
        // Neither a day that no year has nor a number with a point.
        for text in ["13-40", "1.10"] {
            assert_eq!(shown(text), [], "{text}");
        }
    }

    #[test]
    fn what_was_taken_for_a_day_is_among_the_texts_for_it() {
        for (typed, shown_as) in [
            ("1-2", "1月2日"),
            ("1-2", "2-Jan"),
            ("01-02", "2026/1/2"),
            ("1/2", "01/02/26"),
            ("2022-1", "Jan-22"),
            ("12-25", "44920"),
            ("22-1-5", "2022/1/5"),
            ("2022-01-05", "2022/1/5"),
            ("MAR1", "1-Mar"),
            ("1.2", "01.02.2026"),
        ] {
            let mut texts = Vec::new();
            shown(shown_as).into_iter().for_each(|shown| taken_for(shown, &mut texts));
            assert!(texts.contains(&typed.to_owned()), "{typed} as {shown_as}: {texts:?}");
            assert!(texts.len() < 900, "{shown_as}: {}", texts.len());
        }
    }
}
