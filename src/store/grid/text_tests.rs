//! What holds for tables that are text: as they were written, in whatever encoding, so they read.

use encoding_rs::GB18030;
use proptest::prelude::*;

use std::path::Path;

use super::one_file::{OneFile, fault, meant, rows};
use super::{Grid, Progress, Said};
use crate::domain::statement::TextEncoding;
use crate::problem::{Exit, FileFault, Foreign, GridFault, Problem, ProblemKind};

/// The place of a problem: line, and what it points at.
fn place(problem: &Problem) -> (usize, &str) {
    meant(problem.place.as_ref().expect("a place"))
}

fn utf16(text: &str, mark: bool, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some('\u{FEFF}');
    mark.into_iter().chain(text.chars()).collect::<String>().encode_utf16().flat_map(unit).collect()
}

/// The same text in every encoding that is read.
fn encoded(text: &str) -> [Vec<u8>; 7] {
    [
        text.into(),
        format!("\u{FEFF}{text}").into(),
        GB18030.encode(text).0.into_owned(),
        utf16(text, true, u16::to_le_bytes),
        utf16(text, true, u16::to_be_bytes),
        utf16(text, false, u16::to_le_bytes),
        utf16(text, false, u16::to_be_bytes),
    ]
}

#[test]
fn a_table_reads_the_same_in_every_encoding() {
    let table = "日期,金额,摘要\r\n2022-01-05,\"1,234.50\",\"办公\r\n用品，“甲”\"\r\n\r\n2022-01-06,8,邮费 𠮷€\r\n";
    for (place, bytes) in encoded(table).into_iter().enumerate() {
        let mut grid = OneFile::new(bytes).open(None).expect("a table");
        assert_eq!(grid.is_in_gb18030(), place == 2);
        let rows = rows(&mut grid).expect("rows");
        assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 5]);
        assert_eq!(rows[1].1, ["2022-01-05", "1,234.50", "办公\r\n用品，“甲”"]);
        assert_eq!(rows[2].1, ["2022-01-06", "8", "邮费 𠮷€"]);
    }
}

#[test]
fn utf16_without_its_mark_is_told_from_its_mirror_image_and_from_one_byte() {
    // U+9000 has a zero too, on the other side of its character.
    assert_eq!(OneFile::new(utf16("退,退\n退,退\n", false, u16::to_le_bytes)).cells(), [["退", "退"], ["退", "退"]]);
    assert_eq!(OneFile::new("7").cells(), [["7"]]);
}

#[test]
fn an_encoding_that_is_said_is_read_and_no_other() {
    let opened = |bytes: Vec<u8>, encoding: TextEncoding| {
        let said = Said { encoding, ..Said::default() };
        Grid::open_as(&OneFile::new(bytes), Path::new("table"), said).and_then(|mut grid| rows(&mut grid))
    };
    // No character of these shows by a zero which way round they stand.
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let rows = opened(utf16("费用", true, unit), TextEncoding::Utf16).expect("a table");
        assert_eq!(rows, [(1, vec!["费用".to_owned()])]);
    }
    let marked = || "\u{FEFF}a,b\n".to_owned().into_bytes();
    assert_eq!(opened(marked(), TextEncoding::Utf8).expect("a table").len(), 1);
    for (encoding, name) in [(TextEncoding::Utf16, "utf-16"), (TextEncoding::Gb18030, "gb18030")] {
        let problem = opened(marked(), encoding).expect_err("the mark says otherwise");
        assert_eq!(fault(&problem), GridFault::NotInEncoding { byte: 0xEF, encoding: name });
    }
}

#[test]
fn how_far_a_walk_has_come_is_told_in_bytes_of_the_file() {
    let mut grid = OneFile::new("a,b\n".repeat(40_000)).open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    assert_eq!(rows.progress(), Progress { done: 0, total: 160_000 });
    rows.next().expect("a row");
    assert_eq!(rows.progress(), Progress { done: 65_536, total: 160_000 });
}

#[test]
fn the_separator_is_the_one_that_most_rows_agree_on() {
    for (table, second) in [
        ("a,b,c\n1,2,3\n", vec!["1", "2", "3"]),
        ("a;b;c\n1,5;2,5;3,5\n", vec!["1,5", "2,5", "3,5"]),
        ("账号\t金额\n6222\t1,234.50\n6223\t2,234.50\n", vec!["6222", "1,234.50"]),
        ("中国某银行账户明细\n日期,金额,备注\n1,2,\"甲;乙;丙\"\n3,4,\"丁;戊;己\"\n", vec!["日期", "金额", "备注"]),
        ("only\none\n", vec!["one"]),
        ("a,b\n1;2;3,4\n5;6;7,8\n", vec!["1;2;3", "4"]),
        ("a,b;c\n1,2;3\n", vec!["1", "2;3"]),
        ("a;b\n1;2\n单位\n说明\n附注\n", vec!["1", "2"]),
    ] {
        assert_eq!(OneFile::new(table).cells()[1], second, "{table}");
    }
    // What stands behind the first 64 KiB is not asked.
    let long = format!("{};2\n", "1".repeat(1_021));
    let table = long.repeat(64) + &"a,b,c\n".repeat(100);
    assert_eq!(OneFile::new(table).cells()[1], ["1".repeat(1_021).as_str(), "2"]);
}

#[test]
fn a_first_line_that_names_the_separator_is_obeyed() {
    for (table, number, first) in [
        ("sep=;\na;b,c\n", 2, vec!["a", "b,c"]),
        ("\u{FEFF}SEP=|\r\na|b\r\n", 2, vec!["a", "b"]),
        ("sep=\t\na,b\tc", 2, vec!["a,b", "c"]),
        ("sep=;", 1, vec!["sep=", ""]),
        ("sep=ab\n", 1, vec!["sep=ab"]),
        ("sep=a\n", 1, vec!["sep=a"]),
        ("sep=\"\n", 1, vec!["sep=\""]),
        ("date,\n1,2\n", 1, vec!["date", ""]),
    ] {
        assert_eq!(
            OneFile::new(table).rows().expect("a table")[0],
            (number, first.into_iter().map(str::to_owned).collect())
        );
    }
}

#[test]
fn cells_come_without_the_blanks_around_them_and_rows_as_long_as_they_are() {
    let table = "\t6222021234567890123 ,\u{3000}甲\u{A0}, \"乙,\" ,\"\t丙\"\n1\n , ,\n1,2,3,4,5,\n\"他说\"\"好\"\"\",5\" 屏\r'1,";
    let file = OneFile::new(format!("sep=,\n{table}"));
    assert_eq!(
        file.rows().expect("a table"),
        [
            (2, vec!["6222021234567890123", "甲", "乙,", "丙"]),
            (3, vec!["1"]),
            (5, vec!["1", "2", "3", "4", "5", ""]),
            (6, vec!["他说\"好\"", "5\" 屏"]),
            (7, vec!["'1", ""]),
        ]
        .map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()))
    );
    assert!(OneFile::new("").rows().expect("a table").is_empty());
    assert!(OneFile::new("\u{FEFF}\r\n\n \n").rows().expect("a table").is_empty());
}

#[test]
fn a_row_reads_the_same_wherever_a_piece_of_the_file_ends_in_it() {
    let table = "甲,\"乙\"\"丙\", \"丁\n戊\" ,己\r\n\"庚\"\r\n辛";
    for (before, _) in table.match_indices(['"', '\r']) {
        let place = before + 1;
        // So many lines before it that the first 64 KiB end at this place.
        let before = "x".repeat(999) + "\n";
        let before = before.repeat(65) + &"x".repeat(535 - place) + "\n";
        let rows = OneFile::new(before + table).rows().expect("a table");
        let expected = [(67, vec!["甲", "乙\"丙", "丁\n戊", "己"]), (69, vec!["庚"]), (70, vec!["辛"])];
        let expected = expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()));
        assert_eq!(rows[66..], expected, "{place}");
    }
}

#[test]
fn a_row_may_be_64_kibibytes_long() {
    let table = |length: usize| OneFile::new("x".repeat(length) + "\n1,2\n");
    assert_eq!(table(65_536).rows().expect("a table")[1], (2, vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(fault(&table(65_537).problem()), GridFault::LongRow { most: 65_536 });
}

#[test]
fn a_place_is_where_a_person_finds_the_cell() {
    let file = OneFile::new("日期,金额\n\"甲\n乙\",\"12,5\",\t丙\n4\n");
    let mut grid = file.open(None).expect("a table");
    assert_eq!(grid.sheet(), None);
    let mut rows = grid.rows().expect("rows");
    rows.next().expect("a row");
    let row = rows.next().expect("a row").expect("the second");
    assert_eq!((row.number(), row.cells().count(), row.is_hidden()), (2, 3, false));
    assert_eq!(meant(&row.place(0)), (2, "\"甲"));
    assert_eq!(meant(&row.place(1)), (3, "\"12,5\""));
    assert_eq!(row.place(1).excerpt, "乙\",\"12,5\", 丙");
    assert_eq!(meant(&row.place(2)), (3, " 丙"));
    assert_eq!(meant(&row.whole_place()), (2, "\"甲"));
    let row = rows.next().expect("a row").expect("the third");
    assert_eq!(meant(&row.place(7)), (5 - 1, ""));
    assert_eq!(row.place(7).excerpt, "4");
}

#[test]
fn quotes_that_are_not_closed_or_not_doubled_are_shown_where_they_open() {
    let long = "x\n".repeat(100_000);
    for (table, expected, line) in [
        ("a,b\n1,\"2\n3,4\n".to_owned(), GridFault::UnclosedQuote, 2),
        (format!("a,b\n1,\"2\n{long}"), GridFault::UnclosedQuote, 2),
        (format!("a,b\n1,\"2\n{long}\",\"\n"), GridFault::UnclosedQuote, 2),
        // Closed, but so far behind that it must be another's.
        (format!("1,\"2\n{}\",b\n", &long[..70_000]), GridFault::UnclosedQuote, 1),
        ("a,b\n1,\"他说\"好\"了\"\n".to_owned(), GridFault::LooseQuote, 2),
        ("a,b\n1,\"2\n3,\"4\"\n".to_owned(), GridFault::LooseQuote, 2),
    ] {
        let problem = OneFile::new(table).problem();
        assert_eq!((fault(&problem), place(&problem)), (expected, (line, "\"")));
        assert_eq!(problem.exit(), Exit::Refused);
    }
    let problem = OneFile::new(format!("a,b\n1,{}\n", "长".repeat(30_000))).problem();
    assert_eq!((fault(&problem), place(&problem)), (GridFault::LongRow { most: 65_536 }, (2, "")));
    assert!(problem.place.expect("a place").excerpt.starts_with("1,长长"));
}

#[test]
fn what_is_text_in_no_encoding_is_refused_where_it_stops_to_be_text() {
    let chinese = "楚雄州信访局信访工作经费预算执行情况表";
    for (bytes, byte, line) in [
        ([b"a,b\r\n1,".as_slice(), &[0xFF, 0xFF], b"\n"].concat(), 0xFF, 2),
        ([b"\xEF\xBB\xBFa\n\xC0".as_slice()].concat(), 0xC0, 2),
        // Cut in the middle of its last character, it is no GB18030 because it could be read as that.
        (format!("{chinese}\n费").into_bytes()[..chinese.len() + 3].to_vec(), 0xE8, 2),
        (b"a,b\n1,\0".to_vec(), 0, 2),
        ([0xFF, 0xFE, b'a', 0, b'\n', 0, 0x00, 0xD8, b'b', 0].to_vec(), 0, 2),
        ([0xFF, 0xFE, b'a', 0, b'\n', 0, b'b'].to_vec(), b'b', 2),
        ([b'\r', b'\r', 0, 0, b'a', 0].to_vec(), 0, 1),
        // A character of four bytes in GB18030, the last of which is none: the fault is where it begins.
        ([b"\xB7\xD1\n1,".as_slice(), &[0x81, 0x30, 0x81, b'\n']].concat(), 0x81, 2),
    ] {
        let problem = OneFile::new(bytes.clone()).problem();
        assert_eq!(fault(&problem), GridFault::NotText { byte }, "{bytes:x?}");
        assert_eq!(place(&problem), (line, "\u{FFFD}"), "{bytes:x?}");
    }
}

#[test]
fn what_stands_before_bytes_that_are_no_text_is_shown_as_it_was_meant() {
    // As GB18030 the first six bytes would be characters too, of another text.
    let problem = OneFile::new(["费用".as_bytes(), b"\xFF"].concat()).problem();
    assert_eq!(problem.place.expect("a place").excerpt, "费用\u{FFFD}");
    // Far down, and with the first 64 KiB ending within the end of a line.
    for end in ["\n", "\r\n"] {
        let lines = format!("办公用品{end}").repeat(10_000);
        let problem = OneFile::new([b"abc", lines.as_bytes(), b"1,\xFF\n"].concat()).problem();
        assert_eq!(place(&problem), (10_001, "\u{FFFD}"));
        assert_eq!(problem.place.expect("a place").excerpt, "1,\u{FFFD}");
    }
}

#[test]
fn what_is_no_table_is_known_by_what_it_holds() {
    for (bytes, kind) in [
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3".to_vec(), Foreign::Pdf),
        ("\u{FEFF}\r\n<HTML><table>".into(), Foreign::WebPage),
        (utf16("<html>", true, u16::to_le_bytes), Foreign::WebPage),
        (b"<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>".to_vec(), Foreign::WebPage),
        (b"MIME-Version: 1.0\n".to_vec(), Foreign::WebPage),
        (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook>".to_vec(), Foreign::Xml),
    ] {
        let problem = OneFile::new(bytes).problem();
        assert!(matches!(fault(&problem), GridFault::Foreign { kind: found, .. } if found == kind), "{kind:?}");
        assert_eq!(problem.exit(), Exit::Refused);
    }
    // A text in UTF-16 whose bytes only look like a tag.
    assert_eq!(OneFile::new(utf16("弼,甲\n", true, u16::to_le_bytes)).cells(), [["弼", "甲"]]);
    // The two bytes before it, each a blank in another encoding, are one character of GB18030.
    assert_eq!(OneFile::new(b"\xA0\x85<5,\xBC\xD7\n").cells()[0][1], "甲");
    let sheet = OneFile::new("a,b").open(Some("Sheet1")).err().expect("a text has no sheets");
    assert_eq!(sheet.exit(), Exit::Usage);
}

#[test]
fn a_failing_disk_is_its_own_problem_wherever_it_fails() {
    let table = "a,b\n".repeat(60_000);
    for fails_at in [0, 10, 5000, 70_000, 230_000] {
        let file = OneFile { fails_at: Some(fails_at), ..OneFile::new(table.as_str()) };
        let problem = file.problem();
        assert!(
            matches!(&problem.kind, ProblemKind::File(FileFault::Io { error, .. }) if error.raw_os_error() == Some(5))
        );
        assert_eq!(problem.exit(), Exit::Io);
    }
}

/// What people write in cells, and what they write by accident.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z0-9 ,;\t|\"'\r\n费用、\u{3000}𠮷é=+-]{0,12}"]
}

fn written(table: &[Vec<String>], separator: u8, terminator: csv::Terminator) -> String {
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).terminator(terminator).flexible(true).from_writer(vec![]);
    for row in table {
        writer.write_record(row).expect("memory takes it");
    }
    String::from_utf8(writer.into_inner().expect("memory takes it")).expect("texts")
}

proptest! {
    #[test]
    fn any_table_reads_as_it_was_written(
        table in proptest::collection::vec(proptest::collection::vec(text(), 1..6), 0..12),
        separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t'), Just(b'|')],
        end in prop_oneof![Just(csv::Terminator::CRLF), Just(csv::Terminator::Any(b'\n')), Just(csv::Terminator::Any(b'\r'))],
        ended in any::<bool>(),
    ) {
        // The Chinese line makes sure that GB18030 isn't UTF-8 by chance.
        let body = written(&table, separator, end);
        let body = if ended { body.as_str() } else { body.trim_end_matches(['\r', '\n']) };
        let text = format!("sep={}\n楚雄州信访局{}表\n{body}", char::from(separator), char::from(separator));
        let trimmed = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let expected: Vec<Vec<String>> =
            table.iter().map(trimmed).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        for bytes in encoded(&text) {
            let cells = OneFile::new(bytes).cells();
            prop_assert_eq!(&cells[0], &["楚雄州信访局", "表"]);
            prop_assert_eq!(&cells[1..], &expected[..]);
        }
    }

    #[test]
    fn the_separator_of_a_plain_table_is_found(
        columns in 2_usize..6,
        rows in proptest::collection::vec(proptest::collection::vec("[a-z0-9费用. ]{1,8}", 6), 1..9),
        separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
    ) {
        let table: Vec<Vec<String>> = rows.into_iter().map(|row| row[..columns].to_vec()).collect();
        let text = written(&table, separator, csv::Terminator::CRLF);
        let cells = OneFile::new(text).cells();
        prop_assert!(cells.iter().all(|row| row.len() == columns), "{:?}", cells);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        start in proptest::sample::select(vec!["", "\u{FEFF}", "PK\x03\x04", "sep=", "\"", "%"]),
        bytes in proptest::collection::vec(prop_oneof![3 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b','), 1 => Just(b'\n'), 1 => Just(0_u8)], 0..300),
    ) {
        let file = OneFile::new([start.as_bytes(), &bytes].concat());
        if let Ok(mut grid) = file.open(None) {
            let mut rows = grid.rows().expect("text");
            while let Ok(Some(row)) = rows.next() {
                for column in 0..=row.cells().count() {
                    let place = row.place(column);
                    prop_assert!(place.excerpt.get(place.span).is_some());
                }
            }
            prop_assert!(rows.next().expect("after the end").is_none());
        }
    }
}
