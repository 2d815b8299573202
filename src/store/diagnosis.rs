//! By what signs a ledger is known to have been saved by another program. It restores nothing.

use std::borrow::Cow;
use std::io;

use super::files::{OpenFile, read_stretch};
use super::line::COLUMNS;
use crate::domain::sign::Sign;
use crate::problem::LedgerFault;

/// The first field of a ledger; whatever stands behind it is the separator in use.
const FIRST_COLUMN: &str = "seq";

/// How workbooks begin: a package of XML, and the older compound file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0]];

/// What a failing line is best called: saved by another program, when the beginning of the file or the line shows signs
/// of it, or what its quotes say, or what was found at first.
pub(crate) fn diagnosed(beginning: &[u8], line: &[u8], fault: LedgerFault) -> LedgerFault {
    if line == COLUMNS.join(",").as_bytes() {
        return LedgerFault::HeaderAgain;
    }
    if let Some(resaved) = resaved(beginning, line, &fault) {
        return resaved;
    }
    let may_be_quotes = matches!(fault, LedgerFault::Columns { .. } | LedgerFault::Column { .. });
    let is_odd = line.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    if may_be_quotes && is_odd { LedgerFault::QuoteOpen } else { fault }
}

/// `Resaved` with every sign found, when the beginning of the file or the failing line shows any.
fn resaved(beginning: &[u8], line: &[u8], fault: &LedgerFault) -> Option<LedgerFault> {
    let mut signs = of_the_beginning(beginning);
    if signs.contains(&Sign::Workbook) {
        return Some(LedgerFault::Resaved { signs });
    }
    let utf16 = signs.contains(&Sign::Utf16);
    let is_known = |signs: &[Sign]| signs.contains(&Sign::CarriageReturn) || signs.contains(&Sign::OldReturn);
    if line.ends_with(b"\r") && !is_known(&signs) {
        signs.push(Sign::CarriageReturn);
    }
    let is_cut_short = matches!(fault, LedgerFault::Unended | LedgerFault::BatchCutShort { .. });
    if !utf16 && line.trim_ascii().is_empty() && !is_cut_short {
        signs.push(Sign::Layout);
    }
    if !utf16 && !signs.contains(&Sign::Gb18030) && std::str::from_utf8(line).is_err() && is_gb18030(line) {
        signs.push(Sign::Gb18030);
    }
    if without_mark(beginning).starts_with(b"\"seq\"") || *fault == LedgerFault::NotCanonical {
        signs.push(Sign::Quoting);
    }
    if let LedgerFault::Column { name, text } = fault {
        signs.extend(changed_value(name, text));
    }
    (!signs.is_empty()).then_some(LedgerFault::Resaved { signs })
}

/// What a file without a row is: what an opening that broke off left, or no ledger of ours at all.
pub(crate) fn of_no_ledger(file: &dyn OpenFile, length: u64) -> io::Result<LedgerFault> {
    let beginning = read_stretch(file, 0, usize::try_from(length.min(4096)).unwrap_or(0))?;
    let headings = COLUMNS.join(",") + "\n";
    let is_ours = beginning.starts_with(headings.as_bytes()) || headings.as_bytes().starts_with(&beginning);
    let signs = of_the_beginning(&beginning);
    Ok(match (is_ours || beginning.iter().all(|byte| *byte == 0), signs.is_empty()) {
        (true, _) => LedgerFault::Empty,
        (false, true) => LedgerFault::Header,
        (false, false) => LedgerFault::Resaved { signs },
    })
}

/// The signs that a file shows at once.
pub(crate) fn of_the_beginning(beginning: &[u8]) -> Vec<Sign> {
    let mut signs = Vec::new();
    let header = without_mark(beginning);
    if header.len() < beginning.len() {
        signs.push(Sign::Bom);
    }
    if WORKBOOKS.iter().any(|mark| beginning.starts_with(mark)) {
        return vec![Sign::Workbook];
    }
    if beginning.starts_with(&[0xFF, 0xFE]) || beginning.starts_with(&[0xFE, 0xFF]) {
        signs.push(Sign::Utf16);
    }
    if header.windows(2).any(|pair| pair == b"\r\n") {
        signs.push(Sign::CarriageReturn);
    }
    let headings = COLUMNS.join(",");
    if header
        .strip_prefix(headings.as_bytes())
        .is_some_and(|rest| rest.starts_with(b"\r") && !rest.starts_with(b"\r\n"))
    {
        signs.push(Sign::OldReturn);
    }
    match header.strip_prefix(FIRST_COLUMN.as_bytes()).and_then(|rest| rest.first()) {
        Some(b';') => signs.push(Sign::Separator(';')),
        Some(b'\t') => signs.push(Sign::Separator('\t')),
        _ => {}
    }
    // Only whole lines: the last one may end in the middle of a character.
    let whole = header.iter().rposition(|byte| *byte == b'\n').map_or(header, |end| &header[..end]);
    if !signs.contains(&Sign::Utf16) && std::str::from_utf8(whole).is_err() && is_gb18030(whole) {
        signs.push(Sign::Gb18030);
    }
    signs
}

fn without_mark(beginning: &[u8]) -> &[u8] {
    beginning.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(beginning)
}

/// A value as spreadsheets write it back: `2022/1/5`, `1234.5`, `1.23E+15`.
fn changed_value(column: &str, text: &str) -> Option<Sign> {
    let digits_and = |marks: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || marks.contains(c))
    };
    let scientific = text.contains(['e', 'E']) && digits_and("eE+-.");
    match column {
        _ if scientific => Some(Sign::Scientific),
        "date" | "occurred" if digits_and("/-.年月日 :") => Some(Sign::Date),
        "amount" if digits_and("-.,") => Some(Sign::Amount),
        _ => None,
    }
}

/// Whether bytes that are no UTF-8 read as GB18030 without a fault.
pub(crate) fn is_gb18030(bytes: &[u8]) -> bool {
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// Text in GB18030, for showing.
pub(crate) fn from_gb18030(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::GB18030.decode(bytes).0
}

#[cfg(test)]
mod tests {
    use super::super::grid::one_file::OneFile;
    use super::*;

    fn header() -> Vec<u8> {
        COLUMNS.join(",").into_bytes()
    }

    fn in_gb18030(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    /// What a line is called, in a ledger whose beginning shows no signs.
    fn called(line: &[u8], fault: LedgerFault) -> LedgerFault {
        diagnosed(&[&header()[..], b"\n1,open"].concat(), line, fault)
    }

    #[test]
    fn a_line_is_called_by_the_likeliest_thing_that_happened_to_it() {
        let columns = || LedgerFault::Columns { found: 23 };
        let resaved = |sign| LedgerFault::Resaved { signs: vec![sign] };
        for (line, fault, called_so) in [
            (&header()[..], LedgerFault::Column { name: "seq", text: "seq".into() }, LedgerFault::HeaderAgain),
            (b"5,expense,\"lunch", columns(), LedgerFault::QuoteOpen),
            (b"5,expense,\"lunch\"", columns(), columns()),
            (b"5,expense,lunch", columns(), columns()),
            (b" \t", columns(), resaved(Sign::Layout)),
            (b"", LedgerFault::Unended, LedgerFault::Unended),
            (&in_gb18030("5,expense,差旅"), LedgerFault::NotUtf8, resaved(Sign::Gb18030)),
            (b"5,expense,\xFF\xFF", LedgerFault::NotUtf8, LedgerFault::NotUtf8),
        ] {
            assert_eq!(called(line, fault), called_so, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn a_value_is_called_changed_only_where_a_spreadsheet_writes_it_so() {
        for (name, text, sign) in [
            ("date", "2022/1/5", Some(Sign::Date)),
            ("date", "1月5日", Some(Sign::Date)),
            ("date", "下周1", None),
            ("date", "//", None),
            ("amount", "1,234.5", Some(Sign::Amount)),
            ("amount", "12元", None),
            ("amount", "1.23E+05", Some(Sign::Scientific)),
            ("seq", "1.0", None),
        ] {
            assert_eq!(changed_value(name, text), sign, "{name} {text}");
        }
    }

    #[test]
    fn the_encoding_is_seen_in_whole_lines_only() {
        let beginning = [&header()[..], b"\n", &in_gb18030("1,open,差旅\n2,budget,差旅")].concat();
        for end in [beginning.len(), beginning.len() - 1] {
            assert_eq!(of_the_beginning(&beginning[..end]), [Sign::Gb18030]);
        }
    }

    #[test]
    fn a_file_of_nuls_is_what_an_opening_that_broke_off_has_left() {
        let of = |bytes: &[u8]| of_no_ledger(&OneFile::new(bytes), bytes.len() as u64).expect("memory does not fail");
        assert_eq!(of(&[0; 300]), LedgerFault::Empty);
        assert_eq!(of(&header()[..30]), LedgerFault::Empty);
        assert_eq!(of(b"\0\0dear diary"), LedgerFault::Header);
    }
}
