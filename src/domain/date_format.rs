//! A way of writing days, as somebody spells it out: `YYYYMMDD`, `DD/MM/YYYY`. It reads days written in that way alone.

use super::amount::half_width;
use super::calendar::Date;

/// A spelt-out way of writing days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFormat {
    text: String,
    pieces: Vec<Piece>,
}

/// What stands in one place of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Number(Part, usize),
    Mark(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

impl DateFormat {
    /// Takes a format apart: a year of four or two letters, a month and a day of two or one, each once, and any marks
    /// between them. Numbers that no mark holds apart have all their digits.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        let mut pieces: Vec<Piece> = Vec::new();
        for character in text.chars().map(half_width) {
            let part = match character {
                'Y' | 'y' => Part::Year,
                'M' | 'm' => Part::Month,
                'D' | 'd' => Part::Day,
                mark if mark.is_alphanumeric() && mark.is_ascii() || mark.is_whitespace() => return None,
                mark => {
                    pieces.push(Piece::Mark(mark));
                    continue;
                }
            };
            match pieces.last_mut() {
                Some(Piece::Number(last, length)) if *last == part => *length += 1,
                _ => pieces.push(Piece::Number(part, 1)),
            }
        }
        let lengths = |wanted: Part| {
            let length = |piece: &Piece| match piece {
                Piece::Number(part, length) => (*part == wanted).then_some(*length),
                Piece::Mark(_) => None,
            };
            pieces.iter().filter_map(length).collect::<Vec<_>>()
        };
        let glued = pieces.windows(2).any(|pair| match pair {
            [Piece::Number(_, one), Piece::Number(_, other)] => *one == 1 || *other == 1,
            _ => false,
        });
        let is_whole = matches!(lengths(Part::Year)[..], [2 | 4])
            && matches!(lengths(Part::Month)[..], [1 | 2])
            && matches!(lengths(Part::Day)[..], [1 | 2]);
        (is_whole && !glued).then(|| Self { text: text.to_owned(), pieces })
    }

    /// As it was spelt.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The day that a text tells in this way. Beside a mark, a month or day below ten may leave its zero out.
    pub(crate) fn day(&self, text: &str) -> Option<Date> {
        let text: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).map(half_width).collect();
        let (mut at, mut year, mut month, mut day) = (0, None, None, None);
        for (place, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Mark(mark) => {
                    (text.get(at) == Some(mark)).then_some(())?;
                    at += 1;
                }
                Piece::Number(part, length) => {
                    let beside = |other: Option<&Piece>| !matches!(other, Some(Piece::Number(..)));
                    let before = place.checked_sub(1).and_then(|before| self.pieces.get(before));
                    let apart = beside(before) && beside(self.pieces.get(place + 1));
                    let most = if *part == Part::Year { *length } else { 2 };
                    let found = text[at..].iter().take(most).take_while(|digit| digit.is_ascii_digit()).count();
                    let fits = if apart && *part != Part::Year { (1..=2).contains(&found) } else { found == *length };
                    fits.then_some(())?;
                    let number = text[at..at + found].iter().collect::<String>().parse::<u32>().ok();
                    at += found;
                    match part {
                        Part::Year if *length == 2 => year = number.map(|number| 2000 + number),
                        Part::Year => year = number,
                        Part::Month => month = number,
                        Part::Day => day = number,
                    }
                }
            }
        }
        (at == text.len()).then_some(())?;
        Date::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Option<String> {
        DateFormat::typed(format).expect("a format").day(text).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_in_the_order_that_is_spelt_out() {
        for (format, text) in [
            ("YYYYMMDD", "20220105"),
            ("DD/MM/YYYY", "05/01/2022"),
            ("D/M/YYYY", "5/1/2022"),
            ("DD/MM/YYYY", "5/1/2022"),
            ("MM-DD-YYYY", "01-05-2022"),
            ("YYYY.MM.DD", "2022.01.05"),
            ("YYYY年M月D日", "2022 年 1 月 5 日"),
            ("YY-MM-DD", "22-01-05"),
            ("ddmmyyyy", "０５０１２０２２"),
        ] {
            assert_eq!(read(format, text).as_deref(), Some("2022-01-05"), "{format} {text}");
        }
    }

    #[test]
    fn parts_of_one_digit_need_a_mark_between_them() {
        for format in ["YYYYMDD", "YYYYMMD", "YYYYMD", "DMYYYY"] {
            assert!(DateFormat::typed(format).is_none(), "{format}");
        }
        assert_eq!(DateFormat::typed("YYYYMMDD").expect("a format").text(), "YYYYMMDD");
    }

    #[test]
    fn another_way_of_writing_is_no_day() {
        for (format, text) in [
            ("YYYYMMDD", "2022-01-05"),
            ("YYYYMMDD", "2022015"),
            ("YYYYMMDD", "202201051"),
            ("DD/MM/YYYY", "01/13/2022"),
            ("DD/MM/YYYY", "05/01/22"),
            ("DD/MM/YYYY", "05/01/20221"),
            ("DD/MM/YYYY", "005/01/2022"),
            ("YYYY.MM.DD", "2022.02.29"),
            ("YYYY.MM.DD", "2022..05"),
            ("YYYY.MM.DD", ""),
        ] {
            assert_eq!(read(format, text), None, "{format} {text}");
        }
    }

    #[test]
    fn a_format_has_a_year_a_month_and_a_day_once() {
        for format in
            ["", "YYYY", "YYYYMM", "YYYYMMDDD", "YYYYMD", "YYY-MM-DD", "DD/MM/YYYY/DD", "YYYY-QQ-DD", "YYYY MM DD"]
        {
            assert_eq!(DateFormat::typed(format), None, "{format}");
        }
    }
}
