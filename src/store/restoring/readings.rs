//! What a cell of a re-saved ledger may have held, column by column. It decides nothing: the row's own digest does.

use super::days::{self, Shown};
use super::numbers::{self, Lost};
use crate::domain::amount::Amount;
use crate::domain::entry::invoices;
use crate::problem::CellFault;
use crate::store::grid::Cell;
use crate::store::grid::value::amount;

/// What may have stood in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Readings {
    /// At first sight, the likeliest first; none where nothing can be made of the cell.
    pub(super) near: Vec<String>,
    pub(super) far: Far,
}

/// What is looked at only when nothing near fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Far {
    Nothing,
    /// An amount shown with fewer decimals than it has: half a unit of the last one shown, in 分.
    Rounded {
        shown: Amount,
        half: i128,
    },
    Lost(Lost),
}

impl Readings {
    fn only(near: Vec<String>) -> Self {
        Self { near, far: Far::Nothing }
    }

    /// All of them, near ones first.
    pub(super) fn all(&self) -> Vec<String> {
        let mut all = self.near.clone();
        match &self.far {
            Far::Nothing => {}
            Far::Rounded { shown, half } => {
                let fen = (1..=*half).flat_map(|off| [shown.fen() + off, shown.fen() - off]);
                all.extend(fen.map(|fen| Amount::from_fen(fen).to_string()));
            }
            Far::Lost(lost) => all.extend(lost.texts()),
        }
        all
    }

    /// Whether digits are gone. Where no search brings them back, that is what is wrong with the row.
    pub(super) fn has_lost_digits(&self) -> bool {
        matches!(self.far, Far::Lost(_))
    }
}

/// What the rest of the ledger says about a row.
pub(super) struct Around {
    /// The seq that follows the row before it.
    pub(super) seq: u64,
    /// The fiscal year, once the opening row is known.
    pub(super) year: Option<u32>,
}

/// What a cell in this column may have held.
pub(super) fn of(column: usize, cell: Cell<'_>, around: &Around) -> Readings {
    let text = match cell {
        Cell::Empty => "",
        Cell::Text(text) | Cell::Number(text) => text,
        Cell::Date(date, _) => return day(column, Shown::of(date), &date.to_string()),
        Cell::Fault(CellFault::DigitsLost { text }) => text,
        Cell::Fault(
            CellFault::ErrorValue { .. }
            | CellFault::NotCalculated
            | CellFault::NotADate { .. }
            | CellFault::NotANumber { .. },
        ) => return Readings::only(Vec::new()),
    };
    let lost = matches!(cell, Cell::Fault(_)).then(|| shown_digits(text)).flatten();
    let text = without_guard(text);
    match column {
        0 => seq(text, around),
        1 | 5 | 13 => word(text),
        2 | 3 => dates(text, around),
        6 => sum(text),
        12 | 15 | 17 => number_or_word(text),
        14 => invoice(text, lost),
        _ => free(text, lost),
    }
}

/// The year that an opening row's memo or a moment begins with.
pub(super) fn year_of(text: &str) -> Option<u32> {
    let year = text.split_once("year=").map_or(text, |(_, year)| year);
    year.get(..4)?.parse().ok()
}

/// A text without what people put before it so that a spreadsheet leaves it alone: `'000123`, `="000123"`.
fn without_guard(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.or_else(|| text.strip_prefix('\'')).unwrap_or(text)
}

/// Fifteen digits are what a sheet keeps; the zeros behind them are none that anybody typed.
fn shown_digits(text: &str) -> Option<Lost> {
    const KEPT: usize = 15;
    let known = text.get(..KEPT)?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Lost { known: known.to_owned(), count: text.len() - KEPT })
}

fn seq(text: &str, around: &Around) -> Readings {
    let mut near: Vec<String> = numbers::whole(text).into_iter().collect();
    let expected = around.seq.to_string();
    if !near.contains(&expected) {
        near.push(expected);
    }
    Readings::only(near)
}

fn word(text: &str) -> Readings {
    Readings::only(vec![text.to_ascii_lowercase()])
}

fn dates(text: &str, around: &Around) -> Readings {
    if text.is_empty() {
        return Readings::only(vec![String::new()]);
    }
    Readings::only(days::dates(text, around.year).iter().map(ToString::to_string).collect())
}

/// A day that a sheet holds as one.
fn day(column: usize, shown: Option<Shown>, iso: &str) -> Readings {
    let mut near = vec![iso.to_owned()];
    if let Some(shown) = shown.filter(|_| ![2, 3].contains(&column)) {
        near.clear();
        days::taken_for(shown, &mut near);
    }
    Readings::only(near)
}

/// A sum: exact if both its decimals stand there, else perhaps rounded.
fn sum(text: &str) -> Readings {
    let exact = |text: &str| amount(text).map(|amount| amount.unwrap_or(Amount::ZERO)).ok();
    let comma_for_point = || exact(&text.replace(['.', ' ', '\u{A0}', '\u{202F}'], "").replace(',', "."));
    let (unsigned, negative) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
    let expanded = || {
        let (digits, lost) = numbers::scientific(unsigned)?;
        let half = 10_i128.pow(u32::try_from(lost.count).ok().filter(|count| *count <= 3)?) * 50;
        Some((exact(&digits)?, half))
    };
    let decimals = text.rsplit_once(['.', ',']).map_or(0, |(_, behind)| behind.trim_end_matches([')', '）']).len());
    let half = match decimals {
        1 => 5,
        2 => 0,
        _ => 50,
    };
    let read = match exact(text) {
        _ if text.is_empty() => Some((Amount::ZERO, 0)),
        Some(amount) => Some((amount, half)),
        None => expanded()
            .map(|(amount, half)| (if negative { -amount } else { amount }, half))
            .or_else(|| comma_for_point().map(|amount| (amount, half))),
    };
    let Some((shown, half)) = read else { return Readings::only(Vec::new()) };
    let far = match half {
        0 => Far::Nothing,
        half => Far::Rounded { shown, half },
    };
    let mut near = vec![shown.to_string()];
    // `1,234` is one sum where a comma groups and another where it is the point.
    near.extend(comma_for_point().map(|other| other.to_string()).filter(|other| *other != near[0]));
    Readings { near, far }
}

fn number_or_word(text: &str) -> Readings {
    let near = numbers::whole(text).filter(|number| number != text).into_iter();
    Readings::only(std::iter::once(text.to_owned()).chain(near).collect())
}

/// Twenty digits, or a code and a number.
fn invoice(text: &str, lost: Option<Lost>) -> Readings {
    let mut readings = free(text, lost);
    readings.near.retain(|text| text.is_empty() || invoices(text).is_some());
    readings
}

/// A text, which may be a number or a day to a spreadsheet.
fn free(text: &str, lost: Option<Lost>) -> Readings {
    let mut near = vec![text.to_owned()];
    let mut far = Far::Nothing;
    match lost.map(|lost| (text.to_owned(), lost)).or_else(|| numbers::scientific(text)) {
        Some((digits, lost)) => {
            numbers::taken_for(&digits, &mut near);
            if lost.count > 0 {
                far = Far::Lost(lost);
            }
        }
        None => numbers::taken_for(text, &mut near),
    }
    if let Some(whole) = numbers::percent(text) {
        // A sheet holds `5%` as 0.05.
        near.insert(1, format!("{whole}%"));
    }
    if let Some(share) = text.strip_suffix('%') {
        // `5%` is shown as `5.00%`.
        let whole = share.trim_end_matches('0').trim_end_matches('.');
        near.extend([format!("{whole}%"), format!("{share}0%")]);
    }
    if let "TRUE" | "FALSE" = text {
        let small = text.to_ascii_lowercase();
        near.extend([small.clone(), format!("{}{}", &text[..1], &small[1..])]);
    }
    if text.len() <= 20 {
        // By turns, for which way of reading the day is the right one isn't known.
        let mut ways: Vec<Vec<String>> = vec![Vec::new(); days::shown(text).len()];
        days::shown(text).into_iter().zip(&mut ways).for_each(|(shown, texts)| days::taken_for(shown, texts));
        for place in 0..ways.iter().map(Vec::len).max().unwrap_or(0) {
            near.extend(ways.iter().filter_map(|texts| texts.get(place).cloned()));
        }
        times(text, &mut near);
    }
    Readings { near, far }
}

/// `3:30` is shown as `03:30:00`, or as `03:30:00 AM`.
fn times(text: &str, near: &mut Vec<String>) {
    let text = text.trim_end_matches([' ', 'A', 'P', 'M']);
    let parts: Vec<&str> = text.split(':').collect();
    let digits = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
        return;
    }
    let plain: Vec<&str> = parts.iter().map(|part| part.strip_prefix('0').unwrap_or(part)).collect();
    let hours = [plain[0].to_owned(), format!("{:0>2}", plain[0])];
    let minutes = [plain[1].to_owned(), format!("{:0>2}", plain[1])];
    for hour in &hours {
        for minute in &minutes {
            near.push(format!("{hour}:{minute}"));
            near.push(format!("{hour}:{minute}:{:0>2}", plain.get(2).copied().unwrap_or("0")));
        }
    }
}

/// Columns that hold what people wrote, who may have written blanks around it that a sheet does not keep.
pub(super) const WRITTEN: [usize; 8] = [8, 9, 10, 11, 14, 16, 18, 19];

/// A text with blanks around it: what no entry leaves, but other programs that write ledgers may.
pub(super) fn with_blanks(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    for blank in [" ", "\u{3000}", "\u{A0}", "  "] {
        all.extend([format!("{text}{blank}"), format!("{blank}{text}"), format!("{blank}{text}{blank}")]);
    }
    all
}

/// A plan that one month has alone looks like a time of day; the row's amount says what it was.
pub(super) fn plans(plan: &mut Readings, amounts: &Readings) {
    let is_plan = |text: &String| text.is_empty() || text == "even" || text.contains(';');
    if plan.near.first().is_some_and(is_plan) {
        return;
    }
    for sum in &amounts.near {
        plan.near.extend((1..=12).map(|month| format!("{month:02}:{sum}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::iso_date;
    use crate::store::line::COLUMNS;

    fn near(column: &str, text: &str) -> Vec<String> {
        let column = COLUMNS.iter().position(|known| *known == column).expect("a column");
        of(column, Cell::Text(text), &Around { seq: 7, year: Some(2022) }).all()
    }

    #[test]
    fn what_stood_in_a_cell_is_among_its_readings() {
        for (column, was, is) in [
            ("seq", "7", "7.00"),
            ("seq", "1234", "1,234"),
            ("seq", "7", ""),
            ("kind", "expense", "Expense"),
            ("date", "2022-01-05", "2022/1/5"),
            ("occurred", "", ""),
            ("occurred", "2022-01-05", "1月5日"),
            ("amount", "1234.50", "1234.5"),
            ("amount", "1234.50", "1,234.50"),
            ("amount", "1234.00", "1234"),
            ("amount", "1234.56", "1,235"),
            ("amount", "1234.40", "1,234"),
            ("amount", "1.23", "1,230"),
            ("amount", "-1234.50", "(1,234.50)"),
            ("amount", "-1234.50", "-1234,5"),
            ("amount", "1234567.80", "1.234.567,80"),
            ("amount", "0.00", ""),
            ("amount", "0.00", "-"),
            ("amount", "305800.00", "3.06E+05"),
            ("amount", "-305800.00", "-3.06E+05"),
            ("voucher", "000123", "123"),
            ("voucher", "1-2", "1月2日"),
            ("voucher", "000123", "'000123"),
            ("voucher", "000123", "=\"000123\""),
            ("voucher", "3:30", "03:30:00"),
            ("voucher", "3:30", "03:30:00 AM"),
            ("memo", "true", "TRUE"),
            ("memo", "5%", "5.00%"),
            ("memo", "5%", "0.05"),
            ("memo", "12.5%", "0.125"),
            ("memo", "100%", "1"),
            ("economic", "30211", "30,211"),
            ("ref", "12", "12.00"),
            ("invoice", "00000000000000000123", "123"),
            ("payment", "100000000000", "1E+11"),
            ("payment", "123456", "1.235E+05"),
        ] {
            assert!(near(column, is).contains(&was.to_owned()), "{column}: {was} as {is}: {:?}", near(column, is));
        }
    }

    #[test]
    fn digits_that_a_sheet_has_lost_are_tried_if_they_are_few() {
        let lost = |text: &str| {
            let fault = CellFault::DigitsLost { text: text.into() };
            of(14, Cell::Fault(&fault), &Around { seq: 7, year: None })
        };
        let few = lost("22532000000012300000");
        assert!(few.has_lost_digits());
        assert!(few.all().contains(&"22532000000012345678".to_owned()));
        let many = lost("225320000000123000000");
        assert!(many.has_lost_digits());
        assert_eq!(many.all(), Vec::<String>::new());
    }

    #[test]
    fn what_can_be_but_one_thing_is_looked_for_no_further() {
        for (column, text, readings) in [
            ("economic", "30211", 1),
            ("ref", "12", 1),
            ("memo", "午:餐", 1),
            ("memo", "ab:cd", 1),
            // Its point may group, too.
            ("amount", "1234.50", 2),
            ("amount", "1234.5", 12),
            ("amount", "1234", 101),
        ] {
            assert_eq!(near(column, text).len(), readings, "{column} {text}: {:?}", near(column, text));
        }
        let around = Around { seq: 7, year: None };
        assert_eq!(of(6, Cell::Text("1234.50"), &around).far, Far::Nothing);
        assert!(!of(11, Cell::Text("1.50E+1"), &around).has_lost_digits());
    }

    #[test]
    fn a_day_of_a_sheet_is_that_day_in_columns_of_days_and_what_became_one_elsewhere() {
        let day = iso_date("2022-01-05").expect("a day");
        let held = |column| of(column, Cell::Date(day, None), &Around { seq: 7, year: None }).all();
        assert_eq!(held(2), ["2022-01-05"]);
        assert!(held(10).contains(&"1-5".to_owned()));
    }

    #[test]
    fn a_plan_of_one_month_that_became_a_time_of_day_is_read_by_its_amount() {
        let around = Around { seq: 7, year: None };
        let amounts = of(6, Cell::Text("30.00"), &around);
        let plan = |text| {
            let mut plan = of(7, Cell::Text(text), &around);
            plans(&mut plan, &amounts);
            plan.near
        };
        assert!(plan("03:30:00").contains(&"03:30.00".to_owned()));
        for text in ["", "even", "03:1.00;04:2.00"] {
            assert_eq!(plan(text), [text]);
        }
    }

    #[test]
    fn the_year_is_told_by_the_opening_or_by_a_moment() {
        for text in ["format=1;budget=small;year=2022", "2022-12-31T09:00:00+08:00"] {
            assert_eq!(year_of(text), Some(2022), "{text}");
        }
    }
}
