//! Workbooks as no spreadsheet writes them: small files that unfold, or say that they are larger than anything. It asks
//! the program nothing.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Bomb = (&'static str, fn(&Path, u64));

/// Each, by what it is made of, and how to write one that unfolds to so many bytes.
pub(crate) fn bombs() -> Vec<Bomb> {
    vec![
        ("blanks", |path, length| sheet(path, &[HEADINGS], " ", length, "")),
        ("one string", |path, length| {
            sheet(
                path,
                &[HEADINGS, r#"<row r="2"><c r="A2" t="inlineStr"><is><t>"#],
                "x",
                length,
                "</t></is></c></row>",
            );
        }),
        ("empty rows", |path, length| sheet(path, &[HEADINGS], "<row/>", length, "")),
        ("empty cells", |path, length| sheet(path, &[HEADINGS, r#"<row r="2">"#], "<c/>", length, "</row>")),
        ("nested elements", |path, length| sheet(path, &[HEADINGS, r#"<row r="2">"#], "<a>", length, "</row>")),
        ("attributes", |path, length| sheet(path, &[HEADINGS, "<row "], "a='1' ", length, "/>")),
        ("a comment", |path, length| sheet(path, &[HEADINGS, "<!--"], "x", length, "-->")),
        ("the last cell there is", |path, _| {
            sheet(path, &[HEADINGS, r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#], "", 0, "");
        }),
        ("a row beyond all rows", |path, _| {
            sheet(
                path,
                &[HEADINGS, r#"<row r="18446744073709551616"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>"#],
                "",
                0,
                "",
            );
        }),
        ("entities", |path, length| {
            let laughs = r#"<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
            written(path, &[(SHEET, laughs, "&b;", length, ""), (STRINGS, "<sst/>", "", 0, "")]);
        }),
        ("shared strings", |path, length| {
            written(path, &[(SHEET, PLAIN, "", 0, ""), (STRINGS, "<sst>", "<si><t>x</t></si>", length, "</sst>")]);
        }),
        ("one shared string", |path, length| {
            written(path, &[(SHEET, PLAIN, "", 0, ""), (STRINGS, "<sst><si><t>", "x", length, "</t></si></sst>")]);
        }),
        ("styles", |path, length| {
            let styles =
                ("xl/styles.xml", "<styleSheet><cellXfs>", r#"<xf numFmtId="14"/>"#, length, "</cellXfs></styleSheet>");
            written(path, &[(SHEET, PLAIN, "", 0, ""), styles]);
        }),
    ]
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const HEADINGS: &str = concat!(
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>"#,
    r#"<row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c><c r="B1" t="inlineStr"><is><t>allocation</t></is></c>"#,
    r#"<c r="C1" t="inlineStr"><is><t>amount</t></is></c></row>"#
);
const PLAIN: &str = concat!(
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B1"/><sheetData>"#,
    r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s" s="0"><v>4294967295</v></c></row></sheetData></worksheet>"#
);

/// A workbook whose only sheet begins so, goes on with one piece for so many bytes, and ends so.
fn sheet(path: &Path, begins: &[&str], piece: &str, length: u64, ends: &str) {
    let ends = format!("{ends}</sheetData></worksheet>");
    written(path, &[(SHEET, &begins.concat(), piece, length, &ends)]);
}

/// A part's name, its beginning, the piece it is filled up with and for how many bytes, and its end.
type Part<'p> = (&'p str, &'p str, &'p str, u64, &'p str);

fn written(path: &Path, parts: &[Part<'_>]) {
    const TYPES: &str = concat!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
        r#"<Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    const TOP: &str = concat!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" "#,
        r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    const BOOK: &str = concat!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
        r#"<sheets><sheet name="one" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    const RELATIONS: &str = concat!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
        r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>"#,
        r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>"#,
        r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#
    );
    let fixed: [Part<'_>; 4] = [
        ("[Content_Types].xml", TYPES, "", 0, ""),
        ("_rels/.rels", TOP, "", 0, ""),
        ("xl/workbook.xml", BOOK, "", 0, ""),
        ("xl/_rels/workbook.xml.rels", RELATIONS, "", 0, ""),
    ];
    let mut package = ZipWriter::new(File::create(path).unwrap());
    for (name, begins, piece, length, ends) in fixed.iter().chain(parts) {
        let large = *length >= u64::from(u32::MAX);
        package.start_file(*name, SimpleFileOptions::default().large_file(large)).unwrap();
        package.write_all(begins.as_bytes()).unwrap();
        let pieces = piece.repeat((1 << 16) / piece.len().max(1));
        for _ in 0..length / pieces.len().max(1) as u64 {
            package.write_all(pieces.as_bytes()).unwrap();
        }
        package.write_all(ends.as_bytes()).unwrap();
    }
    package.finish().unwrap();
}
