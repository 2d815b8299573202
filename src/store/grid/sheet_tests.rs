//! What holds for workbooks that no spreadsheet program would write: broken, hostile, or merely of another mind.

use std::io::Write;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Progress;
use super::one_file::{OneFile, fault, meant};
use crate::problem::{Exit, FileFault, Foreign, GridFault, ProblemKind};

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a workbook with one sheet of this XML.
pub(super) fn parts(sheet: &str) -> Vec<(&'static str, String)> {
    let relations = |lines: &[(&str, &str)]| {
        let lines: String = lines
            .iter()
            .enumerate()
            .map(|(number, (kind, target))| {
                format!("<Relationship Id=\"r{number}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
            })
            .collect();
        format!("<?xml version=\"1.0\"?><Relationships>{lines}</Relationships>")
    };
    let named = [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/texts.xml"), ("styles", "styles.xml")];
    vec![
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", relations(&named)),
        (
            "xl/workbook.xml",
            "<x:workbook xmlns:x=\"m\"><x:sheets><x:sheet name=\"甲&amp;乙\" sheetId=\"1\" r:id=\"r0\"/></x:sheets></x:workbook>"
                .into(),
        ),
        (
            "xl/texts.xml",
            "<sst count=\"9\" uniqueCount=\"99999999999999\"><si><t xml:space=\"preserve\"> 甲 </t></si><si/>\
             <si> <r><t>东</t> </r> <rPh><t>dong</t></rPh><r><t>京&#x41;_x0042_</t></r></si></sst>"
                .into(),
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellStyleXfs>\
             <xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/><xf numFmtId=\"46\"/></cellXfs>\
             <dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs></styleSheet>"
                .into(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.into()),
    ]
}

pub(super) fn packed(parts: &[(&str, String)]) -> OneFile {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, options).expect("memory takes it");
        archive.write_all(content.as_bytes()).expect("memory takes it");
    }
    OneFile::new(archive.finish().expect("memory takes it").into_inner())
}

/// A workbook with one sheet of these rows.
pub(super) fn made(rows: &str) -> OneFile {
    packed(&parts(&format!("<worksheet><dimension ref=\"B2:A1\"/><sheetData>{rows}</sheetData></worksheet>")))
}

/// A workbook with one cell; what is read of it.
fn one(cell: &str) -> String {
    made(&format!("<row r=\"1\">{cell}</row>")).cells().concat().concat()
}

/// The same parts with one exchanged, or taken out.
pub(super) fn with(name: &str, content: Option<&str>) -> OneFile {
    let mut parts = parts("<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
    let place = parts.iter().position(|(known, _)| *known == name).expect("a part");
    match content {
        Some(content) => parts[place].1 = content.to_owned(),
        None => drop(parts.remove(place)),
    }
    packed(&parts)
}

pub(super) fn is_damaged(file: &OneFile) -> bool {
    let problem = file.problem();
    problem.exit() == Exit::Refused && matches!(fault(&problem), GridFault::Damaged { .. })
}

#[test]
fn cells_are_read_whoever_wrote_them_and_whatever_the_sheet_says_of_its_size() {
    let rows = "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>乙</t></is></c><c/></row>\
                <row r=\"3\"><c r=\"D3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>1.50</v></c></row>\
                <row><c r=\"a5\" t=\"s\"><v>1</v></c><c t=\"str\"><f>T()</f><v></v></c><c r=\"XFD5\"><v>-0</v></c></row>\
                <row><c t=\"str\"><v>&lt;&gt;&amp;&quot;&apos;</v></c></row>";
    let file = made(rows);
    let found = file.rows().expect("a table");
    assert_eq!(found[0], (1, vec!["甲".into(), "乙".into()]));
    assert_eq!(found[1], (3, vec![String::new(), "#1.5".into(), String::new(), "东京AB".into()]));
    assert_eq!((found[2].0, found[2].1.len(), found[2].1[16_383].as_str()), (5, 16_384, "#0"));
    assert_eq!(found[3], (6, vec!["<>&\"'".into()]));
    assert_eq!(file.open(None).expect("a table").sheet(), Some("甲&乙"));
}

#[test]
fn elements_that_are_no_cells_and_no_rows_are_stepped_over() {
    let elsewhere = "<x><row r=\"1\"><c><v>9</v></c></row></x>";
    let rows = "<x/><row r=\"3\"><x r=\"C3\"><v>9</v></x><c><v>1</v></c></row>";
    let sheet = format!("<worksheet>{elsewhere}<sheetData>{rows}</sheetData>{elsewhere}</worksheet>");
    assert_eq!(packed(&parts(&sheet)).rows().expect("a table"), [(3, vec!["#1".to_owned()])]);
    // Formats and styles stand in other lists too, where they are no cell's.
    let mut parts = parts(
        "<worksheet><sheetData><row><c s=\"0\"><v>1</v></c><c s=\"1\"><v>2</v></c></row></sheetData></worksheet>",
    );
    parts[4].1 = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0\"/></numFmts><dxfs><dxf>\
                  <numFmt numFmtId=\"170\" formatCode=\"yyyy\"/></dxf></dxfs><cellXfs><xf numFmtId=\"170\"/></cellXfs>\
                  <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs></styleSheet>"
        .into();
    assert_eq!(packed(&parts).cells(), [["#1", "#2"]]);
}

#[test]
fn how_far_a_walk_through_a_sheet_has_come_is_told_in_bytes_of_the_sheet() {
    let (before, row) = ("<worksheet><dimension ref=\"B2:A1\"/><sheetData>", "<row><c><v>1</v></c></row>");
    let total = (before.len() + 2 * row.len() + "</sheetData></worksheet>".len()) as u64;
    let mut grid = made(&row.repeat(2)).open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    assert_eq!(rows.progress(), Progress { done: 0, total });
    rows.next().expect("a row");
    assert_eq!(rows.progress(), Progress { done: (before.len() + row.len()) as u64, total });
}

#[test]
fn a_number_is_its_digits_and_never_more_than_a_spreadsheet_shows() {
    for (stored, read) in [
        ("305800", "#305800"),
        ("0.30000000000000004", "#0.3"),
        ("1.1499999999999999", "#1.15"),
        ("305799.99999999994", "#305800"),
        ("9999999999999.99", "#9999999999999.99"),
        ("-1.0000000000000001E-2", "#-0.01"),
        ("1.5E+3", "#1500"),
        ("1e-7", "#0.0000001"),
        ("000.0E5", "#0"),
        ("999999999999999.9", "!DigitsLost { text: \"1000000000000000\" }"),
        ("123456789012345.4", "#123456789012345"),
        ("6222021234567890123", "!DigitsLost { text: \"6222021234567890000\" }"),
        ("1E399", "!DigitsLost { text: \"1000"),
        ("1E400", "!NotANumber { text: \"1E400\" }"),
        ("1E99999999999999999999", "!NotANumber"),
        ("1e-9223372036854775808", "!NotANumber"),
        ("1,234", "!NotANumber { text: \"1,234\" }"),
        ("NaN", "!NotANumber"),
        (".", "!NotANumber"),
    ] {
        assert!(one(&format!("<c><v>{stored}</v></c>")).starts_with(read), "{stored}");
    }
}

#[test]
fn days_are_counted_as_spreadsheets_count_them() {
    for (stored, read) in [
        ("1", "@1900-01-01"),
        ("59", "@1900-02-28"),
        ("60", "!NotADate { text: \"60\" }"),
        ("61", "@1900-03-01"),
        ("44566", "@2022-01-05"),
        ("44566.4375", "@2022-01-05 10:30:00"),
        ("44566.999999999", "@2022-01-06"),
        ("2958465", "@9999-12-31"),
        ("2958466", "!NotADate"),
        ("0", "!NotADate"),
        ("0.5", "12:00:00"),
        ("-3", "!NotADate"),
        ("1E300", "!NotADate"),
    ] {
        assert!(one(&format!("<c s=\"1\"><v>{stored}</v></c>")).starts_with(read), "{stored}");
    }
    for (stored, read) in [("1.5", "36:00:00"), ("123456789", "2962962936:00:00"), ("1234567890", "!NotADate")] {
        assert!(one(&format!("<c s=\"2\"><v>{stored}</v></c>")).starts_with(read), "{stored}");
    }
    for (stored, read) in [
        ("2022-01-05", "@2022-01-05"),
        ("2022-01-05T10:30:00.000Z", "@2022-01-05 10:30:00"),
        ("2022-01-05T00:00:00", "@2022-01-05"),
        ("2022-01-05 10:30", "@2022-01-05 10:30:00"),
        ("2022-13-05", "2022-13-05"),
        ("2022-01-05T99:00", "2022-01-05T99:00"),
        ("2022-01-05T10:60:00", "2022-01-05T10:60:00"),
    ] {
        assert_eq!(one(&format!("<c t=\"d\"><v>{stored}</v></c>")), read);
    }
    let sheet = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"r0\"/></sheets></workbook>";
    let mut parts = parts("<worksheet><sheetData><row><c s=\"1\"><v>43104</v></c></row></sheetData></worksheet>");
    parts[2].1 = sheet.into();
    assert_eq!(packed(&parts).cells(), [["@2022-01-05"]]);
}

#[test]
fn a_formula_without_its_result_is_not_an_empty_cell() {
    assert_eq!(one("<c><f>SUM(A1:A9)</f></c>"), "!NotCalculated");
    assert_eq!(one("<c><f>SUM(A1:A9)</f><v></v></c>"), "!NotCalculated");
    assert_eq!(one("<c t=\"e\"><f>A1#</f><v>#SPILL!</v></c>"), "!ErrorValue { text: \"#SPILL!\" }");
    assert_eq!(one("<c t=\"b\"><v>0</v></c>"), "FALSE");
}

#[test]
fn rows_out_of_order_and_rows_too_wide_or_too_long_are_refused_where_they_are() {
    let problem = made("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c></row>").problem();
    assert_eq!(fault(&problem), GridFault::Disordered { row: 2, after: 2 });
    assert_eq!(meant(problem.place.as_ref().expect("a place")), (2, "A 2"));
    let problem = made(&format!("<row r=\"7\">{}</row>", "<c><v>1</v></c>".repeat(257))).problem();
    assert_eq!(fault(&problem), GridFault::WideRow { most: 256 });
    assert_eq!(problem.place.expect("a place").line, 7);
    let long = "长".repeat(32_767);
    let problem = made(&format!("<row><c><v>1</v></c><c t=\"str\"><v>{long}</v></c></row>")).problem();
    assert_eq!(fault(&problem), GridFault::LongRow { most: 65_536 });
    assert_eq!(problem.place.expect("a place").excerpt, "A 1 | B");
    assert_eq!(made(&format!("<row>{}</row>", "<c/>".repeat(16_384))).rows().expect("nothing").len(), 0);
}

#[test]
fn what_contradicts_itself_is_damaged() {
    for rows in [
        "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
        "<row r=\"0\"><c><v>1</v></c></row>",
        "<row r=\"1048577\"><c><v>1</v></c></row>",
        "<row r=\"99999999999999999999\"><c><v>1</v></c></row>",
        "<row><c r=\"AAAAAAAAAAAAAAAA1\"><v>1</v></c></row>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c r=\"A99999999999999999999\"><v>1</v></c></row>",
        "<row><c r=\"1\"><v>1</v></c></row>",
        "<row><c r=\"\u{661}1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>3</v></c></row>",
        "<row><c t=\"s\"><v>x</v></c></row>",
        "<row><c><v>1</c></row>",
        "<row><c><v>&nbsp;</v></c></row>",
        "<row><c><v>1</v></c>",
    ] {
        assert!(is_damaged(&made(rows)), "{rows}");
    }
    assert!(is_damaged(&made(&format!("<row>{}</row>", "<c/>".repeat(16_385)))));
    assert!(is_damaged(&made(&"<a>".repeat(100))));
    assert!(is_damaged(&packed(&parts("<worksheet/>"))));
    assert!(is_damaged(&packed(&parts("<worksheet><sheetData></sheetData>"))));
    assert!(is_damaged(&packed(&parts(""))));
}

#[test]
fn what_is_missing_is_missed_and_never_read_around() {
    for name in
        ["xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/texts.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
    {
        assert!(is_damaged(&with(name, None)), "{name}");
    }
    let kind = |file: &OneFile| {
        let GridFault::Foreign { kind, .. } = fault(&file.problem()) else { panic!("something of ours") };
        kind
    };
    assert_eq!(kind(&with("_rels/.rels", None)), Foreign::OtherArchive);
    assert_eq!(kind(&with("xl/workbook.xml", Some("<w:document/>"))), Foreign::OtherArchive);
    assert_eq!(kind(&packed(&[])), Foreign::OtherArchive);
    assert_eq!(kind(&packed(&[("mimetype", String::new()), ("content.xml", String::new())])), Foreign::OpenDocument);
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{KINDS}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    assert_eq!(kind(&with("_rels/.rels", Some(&relations))), Foreign::BinaryWorkbook);
    for (name, stray) in [("mimetype", "text"), ("content.xml", "<a/>")] {
        let mut parts = parts("<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>");
        parts.push((name, stray.to_owned()));
        assert_eq!(packed(&parts).cells(), [["#7"]], "{name}");
    }
    let hidden = "<workbook><sheets><sheet name=\"a\" state=\"veryHidden\" r:id=\"r0\"/></sheets></workbook>";
    let problem = with("xl/workbook.xml", Some(hidden)).problem();
    assert!(matches!(fault(&problem), GridFault::NoVisibleSheet { .. }));
}

#[test]
fn part_names_are_the_same_in_capitals_and_with_either_slash() {
    let mut parts = parts("<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>");
    parts[5].0 = "XL\\Worksheets\\Sheet1.xml";
    assert_eq!(packed(&parts).cells(), [["#7"]]);
}

#[test]
fn a_flipped_bit_is_found_by_the_checksum() {
    let mut parts = parts("<worksheet><sheetData><row><c><v>305800</v></c></row></sheetData></worksheet>");
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts.drain(..) {
        archive
            .start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
            .expect("memory");
        archive.write_all(content.as_bytes()).expect("memory takes it");
    }
    let mut bytes = archive.finish().expect("memory takes it").into_inner();
    assert_eq!(OneFile::new(bytes.clone()).cells(), [["#305800"]]);
    let amount = bytes.windows(6).position(|window| window == b"305800").expect("the amount");
    bytes[amount] = b'9';
    assert!(is_damaged(&OneFile::new(bytes)));
}

#[test]
fn a_directory_that_lies_is_damaged() {
    let mut bytes = made("<row><c><v>1</v></c></row>").bytes.to_vec();
    // A ZIP64 end that promises files without end, and one file too many in the plain one.
    let end = bytes.len() - 22;
    for (promised, size) in [(u64::MAX, u64::MAX), (1 << 40, 1 << 50), (100_000, 1 << 30)] {
        let mut record = b"PK\x06\x06".to_vec();
        record.extend(44_u64.to_le_bytes());
        record.extend([45, 0, 45, 0]);
        record.extend([0; 8]);
        record.extend(promised.to_le_bytes());
        record.extend(promised.to_le_bytes());
        record.extend(size.to_le_bytes());
        record.extend((1_u64 << 41).to_le_bytes());
        record.extend(b"PK\x06\x07");
        record.extend([0; 4]);
        record.extend((end as u64).to_le_bytes());
        record.extend(1_u32.to_le_bytes());
        let mut tail = bytes[end..].to_vec();
        tail[8..20].fill(0xFF);
        assert!(is_damaged(&OneFile::new([&bytes[..end], &record, &tail].concat())));
    }
    bytes[end + 8] += 1;
    bytes[end + 10] += 1;
    assert!(is_damaged(&OneFile::new(bytes)));
}

#[test]
fn a_failing_disk_is_its_own_problem_in_a_workbook_too() {
    let whole = made("<row><c><v>1</v></c></row>");
    for fails_at in (0..whole.bytes.len() as u64).step_by(64) {
        let problem = OneFile { fails_at: Some(fails_at), ..whole.clone() }.problem();
        assert!(matches!(problem.kind, ProblemKind::File(FileFault::Io { .. })), "{fails_at}: {problem:?}");
    }
}

proptest! {
    #[test]
    fn a_number_of_fifteen_digits_reads_as_it_is(digits in 1_i64..1_000_000_000_000_000, places in 0_usize..15, negative in any::<bool>()) {
        let sign = if negative { "-" } else { "" };
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let plain = format!("{whole}.{fraction}");
        let plain = plain.trim_end_matches('0').trim_end_matches('.');
        for stored in [format!("{sign}{plain}"), format!("{sign}{digits}E-{places}"), format!("{sign}{whole}.{fraction}00000000")] {
            prop_assert_eq!(one(&format!("<c><v>{stored}</v></c>")), format!("#{sign}{plain}"));
        }
    }

    #[test]
    fn any_text_comes_back_from_a_sheet(text in "[ -~费用\n\u{3000}𠮷é]{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        prop_assume!(!text.contains("_x"));
        prop_assert_eq!(one(&format!("<c t=\"str\"><v>{escaped}</v></c>")), text.trim());
    }

    /// Only what says nothing of the content may change without being noticed.
    #[test]
    fn a_changed_byte_never_changes_what_is_read(place in any::<prop::sample::Index>(), change in 1_u8..=255) {
        let file = made("<row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>44566</v></c><c><v>305800</v></c></row>");
        let mut bytes = file.bytes.to_vec();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        if let Ok(rows) = OneFile::new(bytes).rows() {
            prop_assert_eq!(rows, file.rows().expect("a table"));
        }
    }

    #[test]
    fn no_sheet_makes_the_reader_panic(rows in "(<row( r=\"[0-9]{1,3}\")?>|</row>|<c( r=\"[A-C][0-9]\")?( t=\"(s|b|e|d|str|x)\")?( s=\"[0-3]\")?/?>|</c>|<v>|</v>|<f>|</f>|<is>|</is>|<t>|</t>|[0-9.Ee-]{0,4}|&#[0-9];|<!--|-->|]]>|<!\\[CDATA\\[|<|>){0,30}") {
        let _ = made(&rows).rows();
    }
}
