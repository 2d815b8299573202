//! What holds at the limits of tables: the last that is read, and the first that is not.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::one_file::{OneFile, fault};
use super::package::Package;
use super::sheet_tests::{is_damaged, made, packed, parts, with};
use super::stream::Stream;
use crate::problem::GridFault;

#[test]
fn a_row_of_a_sheet_holds_256_cells_and_64_kibibytes_of_text() {
    assert_eq!(made(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(256))).cells()[0].len(), 256);
    let text = |length: usize| made(&format!("<row><c t=\"str\"><v>{}</v></c></row>", "x".repeat(length)));
    assert_eq!(text(65_536).cells()[0][0].len(), 65_536);
    assert_eq!(fault(&text(65_537).problem()), GridFault::LongRow { most: 65_536 });
}

#[test]
fn the_last_row_of_a_sheet_is_the_last_that_a_spreadsheet_has() {
    let last = made("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>");
    assert_eq!(last.rows().expect("a table"), [(1_048_576, vec!["#1".to_owned()])]);
    assert!(is_damaged(&made("<row><c r=\"A1048577\"><v>1</v></c></row>")));
}

#[test]
fn elements_stand_64_deep_in_each_other_at_most() {
    // The sheet and its rows are the first two.
    let deep =
        |count: usize| made(&format!("{}{}<row><c><v>1</v></c></row>", "<a>".repeat(count), "</a>".repeat(count)));
    assert_eq!(deep(62).cells(), [["#1"]]);
    assert!(is_damaged(&deep(63)));
}

/// A workbook with so many formats and so many styles.
fn styled(formats: u32, styles: usize) -> OneFile {
    let format = |id: u32| format!("<numFmt numFmtId=\"{id}\" formatCode=\"\"/>");
    let (formats, styles) = ((0..formats).map(format).collect::<String>(), "<xf/>".repeat(styles));
    let sheet = format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>");
    with("xl/styles.xml", Some(&sheet))
}

#[test]
fn a_workbook_has_65_536_styles_at_most() {
    assert_eq!(styled(1, 65_536).cells(), [["甲"]]);
    assert!(is_damaged(&styled(1, 65_537)));
}

#[test]
fn a_workbook_has_65_536_formats_at_most() {
    assert_eq!(styled(65_536, 1).cells(), [["甲"]]);
    assert!(is_damaged(&styled(65_537, 1)));
}

#[test]
fn a_part_that_says_it_is_larger_than_is_read_is_refused() {
    let file = packed(&[("part", "<a></a>".to_owned())]);
    let mut package = Package::open(Stream::open(&file, Path::new("table")).expect("a file")).expect("an archive");
    let (_, length) = package.part("part", 7, 7).expect("as large as is read").expect("a part");
    assert_eq!(length, 7);
    let problem = package.part("part", 6, 6).err().expect("larger");
    assert!(matches!(fault(&problem), GridFault::TooLarge { most: 6, .. }), "{problem:?}");
}

#[test]
fn no_more_than_two_mebibytes_are_read_to_find_the_parts_of_an_archive() {
    let stuffed = |count: usize| {
        let names: Vec<String> = (0..count).map(|number| format!("{number:0>2000}")).collect();
        let mut parts = parts("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
        parts.extend(names.iter().map(|name| (name.as_str(), String::new())));
        packed(&parts)
    };
    assert_eq!(stuffed(900).cells(), [["#1"]]);
    assert!(is_damaged(&stuffed(1_100)));
}

#[test]
fn a_signal_while_a_table_is_read_changes_nothing_of_what_is_found() {
    let sheet = made("<row><c><v>1</v></c></row>");
    for file in [OneFile::new("a,b\n".repeat(40_000)), sheet.clone()] {
        let interrupted = OneFile { interrupts: Some(Arc::new(AtomicBool::new(true))), ..file.clone() };
        assert_eq!(interrupted.rows().expect("a table"), file.rows().expect("a table"));
    }
    let cut = OneFile::new(&sheet.bytes[..sheet.bytes.len() - 30]);
    assert!(is_damaged(&OneFile { interrupts: Some(Arc::new(AtomicBool::new(true))), ..cut }));
}
