//! Sheets as an Excel workbook: real numbers, real dates, totals that add up by themselves, and pages that print. Nothing
//! in it depends on the clock, so that the same figures are the same bytes. With the files below, the only one that names
//! `rust_xlsxwriter`.

mod number;
mod styles;
mod worksheet;

use std::io;
use std::sync::Mutex;
use std::thread;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::sheet::{Body, Sheet};
use crate::domain::budget::Language;
use crate::domain::calendar::Date;

/// The most rows of figures a worksheet has room for, beside what stands above and below them.
pub(super) const MOST_ROWS: usize = 1_048_000;
/// The longest name of a worksheet.
const LONGEST_NAME: usize = 31;
/// The day a workbook was made where the answer is of no day: no clock is asked.
const NO_DAY: &str = "2000-01-01";

/// The bytes of a workbook, a worksheet for each sheet.
///
/// # Errors
/// The machine has no threads to spare for making it.
pub(super) fn xlsx(title: &str, sheets: &[(&str, &Sheet)], language: Language) -> io::Result<Vec<u8>> {
    threads_are_there(sheets.len())?;
    Ok(workbook(title, sheets, language).expect("names are short, rows have room, and memory takes every byte"))
}

/// Tries as many threads at once as the package starts, one a worksheet: it panics where it can't have them.
fn threads_are_there(count: usize) -> io::Result<()> {
    let gate = Mutex::new(());
    let all_started = gate.lock();
    thread::scope(|scope| {
        let wait = || drop(gate.lock());
        let tried = (0..count).try_for_each(|_| thread::Builder::new().spawn_scoped(scope, wait).map(drop));
        drop(all_started);
        tried
    })
}

fn workbook(title: &str, sheets: &[(&str, &Sheet)], language: Language) -> Result<Vec<u8>, XlsxError> {
    let stamp = sheets.iter().find_map(|(_, sheet)| sheet.stamp.as_ref());
    let day = sheets.iter().find_map(|(_, sheet)| day(sheet)).map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    let made = ExcelDateTime::parse_from_str(&day).or_else(|_| ExcelDateTime::parse_from_str(NO_DAY))?;
    let unit = stamp.map_or("", |stamp| stamp.unit.as_str());
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title).set_company(unit).set_creation_datetime(&made));
    let styles = styles::Styles::new(language);
    let mut taken = Vec::new();
    for (name, sheet) in sheets {
        let name = own_name(name, &taken);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&name)?;
        worksheet::fill(worksheet, sheet, &styles, language)?;
        taken.push(name);
    }
    workbook.save_to_buffer()
}

/// The day an answer is of.
fn day(sheet: &Sheet) -> Option<Date> {
    let stamped = sheet.stamp.as_ref().map(|stamp| stamp.as_of);
    stamped.or(if let Body::Text { grounds, .. } = &sheet.body { Some(grounds.as_of) } else { None })
}

/// A worksheet's name as Excel takes it: short, without its marks, and like no other.
fn own_name(wanted: &str, taken: &[String]) -> String {
    let plain: String = wanted.chars().filter(|character| !"[]:*?/\\'".contains(*character)).collect();
    let plain = if plain.trim().is_empty() { "1" } else { plain.trim() };
    let tries = (1..).map(|number| if number == 1 { String::new() } else { format!(" {number}") });
    let mut names =
        tries.map(|end| plain.chars().take(LONGEST_NAME - end.len()).collect::<String>().trim().to_owned() + &end);
    let is_free = |name: &String| taken.iter().all(|other| !other.eq_ignore_ascii_case(name));
    names.find(is_free).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::super::sample_tests::{amount, register};
    use super::*;

    #[test]
    fn every_worksheet_has_a_name_of_its_own() {
        let long = "x".repeat(40);
        let mut taken: Vec<String> = Vec::new();
        for (wanted, own) in [
            ("Balance", "Balance"),
            ("balance", "balance 2"),
            ("a/b[c]:*?\\'", "abc"),
            ("", "1"),
            ("'", "1 2"),
            (&long, &long[..31]),
            (&long, &format!("{} 2", &long[..29])),
        ] {
            taken.push(own_name(wanted, &taken));
            assert_eq!(taken.last().map(String::as_str), Some(own));
        }
    }

    #[test]
    fn whatever_a_sheet_holds_there_is_a_workbook() {
        let long = "长".repeat(40_000);
        let memos = ["=1+1", "https://example.org", "\u{1}\u{202E}", &long, "a\nb"];
        let most = amount("9999999999999.99");
        let rows: Vec<_> = memos.iter().map(|memo| (*memo, most)).collect();
        for sheet in [register(&rows, Vec::new()), register(&[], Vec::new())] {
            let made = || xlsx("x", &[("a", &sheet), ("a", &sheet)], Language::English).expect("threads to spare");
            assert!(made().starts_with(b"PK") && made() == made());
        }
    }
}
