//! What holds for old workbooks, as programs write them and record by record.

use std::io::Write as _;
use std::process::Command;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::super::one_file::{OneFile, Written, fault, meant};
use super::super::{Progress, value};
use super::double::told;
use super::made::{Made, MadeSheet, cell, compound, formula, label, numbers, text};
use super::records::kind;
use crate::problem::{Exit, Foreign, GridFault};

const LIBREOFFICE: &[u8] = include_bytes!("given/libreoffice.xls");
const XLWT: &[u8] = include_bytes!("given/xlwt.xls");

fn rows(expected: &[(usize, &[&str])]) -> Vec<Written> {
    let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    expected.iter().map(|(number, row)| (*number, cells(row))).collect()
}

fn one_row(records: Vec<(u16, Vec<u8>)>) -> Vec<String> {
    Made::of(records).file().cells().remove(0)
}

fn hidden(file: &OneFile) -> Vec<usize> {
    let mut grid = file.open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    let mut hidden = Vec::new();
    while let Some(row) = rows.next().expect("a row") {
        if row.is_hidden() {
            hidden.push(row.number());
        }
    }
    hidden
}

#[test]
fn what_libreoffice_writes_is_read() {
    let file = OneFile::new(LIBREOFFICE);
    let expected = rows(&[
        (1, &["日期", "凭证号", "金额", "备注"]),
        (2, &["@2022-01-05", "0012", "#1234.5", "办公用品"]),
        (3, &["@2022-01-05 10:30:00", "#0.1", "#-305799.99", "#1"]),
        // It leaves a zero where the text of a formula should be.
        (6, &["@2022-02-28", "!DigitsLost { text: \"12345678901234600\" }", "#0.3", "!NotCalculated"]),
        (
            7,
            &[
                "!ErrorValue { text: \"#DIV/0!\" }",
                "!ErrorValue { text: \"#N/A\" }",
                "FALSE",
                "",
                "@2022-03-01",
                "!NotADate { text: \"-1\" }",
                "𠮷é",
                "plain",
            ],
        ),
    ]);
    assert_eq!(file.rows().expect("a table"), expected);
    assert_eq!(hidden(&file), [6]);
    assert_eq!(file.open(None).expect("one sheet").sheet(), Some("支出"));
}

#[test]
fn what_xlwt_writes_is_read() {
    let file = OneFile::new(XLWT);
    let expected = rows(&[
        (1, &["交易日期", "借方金额", "贷方金额", "流水号", "对方户名"]),
        (2, &["@2022-01-20", "#24800", "", "00012345678901234567", "云南顺达客运有限公司"]),
        (3, &["@2022-02-18", "#0.07", "", "0042", "plain"]),
        (4, &["@2022-03-01", "#-1608.5", "#12345678.9", "", "é"]),
        // It can't reckon, and leaves its formulas empty.
        (5, &["合计", "!NotCalculated"]),
        (6, &["TRUE"]),
    ]);
    assert_eq!(file.rows().expect("a table"), expected);
    assert_eq!(hidden(&file), [3]);
}

/// A table of amounts, days, numbers kept as texts, and texts so long that they run over several records.
fn varied() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let money = Format::new().set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["日期", "金额", "流水号", "摘要"]) {
        sheet.write(0, column, heading).expect("a cell");
    }
    for row in 1..400_u32 {
        let date = ExcelDateTime::from_serial_datetime(44_562 + row).expect("a day");
        let fen = i64::from(row) * 7_919_317 % 1_000_000_007;
        let amount = told(&format!("{}{}.{:02}", if row % 7 == 0 { "-" } else { "" }, fen / 100, fen % 100));
        let memo =
            if row % 3 == 0 { "plain é ".repeat(row as usize) } else { "办公用品𠮷".repeat(row as usize) };
        sheet.write_with_format(row, 0, &date, &day).expect("a cell");
        sheet.write_with_format(row, 1, amount, &money).expect("a cell");
        sheet.write(row, 2, format!("{:020}", u64::from(row) * 31)).expect("a cell");
        sheet.write(row, 3, memo.trim()).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn the_same_table_is_the_same_rows_as_xls_as_xlsx_and_as_csv() {
    let works = Command::new("soffice").args(["--headless", "--version"]).output();
    if !works.is_ok_and(|output| output.status.success()) {
        // Not by a macro, whose words a test that passes keeps to itself.
        return writeln!(std::io::stderr(), "not tried, for it does not work here: soffice").expect("somebody hears");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let new = folder.path().join("table.xlsx");
    std::fs::write(&new, varied()).expect("a file");
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("home").display());
    for form in ["xls:MS Excel 97", "csv:Text - txt - csv (StarCalc):44,34,76"] {
        let converted = Command::new("soffice")
            .args([&home, "--headless", "--convert-to", form, "--outdir"])
            .args([folder.path(), &new])
            .output()
            .expect("a process");
        assert!(converted.status.success(), "{converted:?}");
    }
    let read = |name: &str| OneFile::new(std::fs::read(folder.path().join(name)).expect("a file"));
    let old = read("table.xls").rows().expect("a table");
    assert_eq!(old.len(), 400);
    assert_eq!(old, read("table.xlsx").rows().expect("a table"));
    for ((_, old), plain) in old.iter().zip(read("table.csv").cells()).skip(1) {
        let amount = old[1].strip_prefix('#').expect("a number");
        assert_eq!(value::amount(amount), value::amount(&plain[1]), "{plain:?}");
        assert_eq!(old[0], format!("@{}", value::day(&plain[0]).expect("a day")));
        assert_eq!(old[2..], plain[2..]);
    }
}

#[test]
fn every_kind_of_record_comes_as_what_it_is() {
    let half = told("0.5").to_le_bytes();
    let row = one_row(vec![
        label(0, 0, "  甲 "),
        cell(kind::RICH_TEXT, 0, 1, &[text("费用"), vec![1, 0, 0, 0, 5, 0]].concat()),
        cell(kind::NUMBER, 0, 2, &told("1234.5").to_le_bytes()),
        cell(kind::RK, 0, 3, &[0x5A, 0xE2, 0x0A, 0x00]),
        (
            kind::SEVERAL_RK,
            [numbers(&[0, 4, 0]), vec![7, 0, 0, 0], numbers(&[1]), vec![10, 0, 0, 0], numbers(&[5])].concat(),
        ),
        cell(kind::TRUTH_OR_ERROR, 0, 6, &[1, 0]),
        cell(kind::TRUTH_OR_ERROR, 0, 7, &[0x17, 1]),
        (0x0201, numbers(&[0, 8, 0])),
        formula(9, half, 0),
        formula(10, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 0),
        // The formula that several cells share stands between it and its text.
        (0x04BC, vec![0; 10]),
        (kind::FORMULA_TEXT, text("甲乙")),
        formula(11, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF], 0),
        formula(12, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF], 0),
    ]);
    let expected = [
        "甲",
        "费用",
        "#1234.5",
        "#178326",
        "#0.01",
        "@1900-01-02",
        "TRUE",
        "!ErrorValue { text: \"#REF!\" }",
        "",
        "#0.5",
        "甲乙",
        "TRUE",
        "!ErrorValue { text: \"#N/A\" }",
    ];
    assert_eq!(row, expected);
}

#[test]
fn an_error_is_called_what_a_spreadsheet_shows() {
    let errors = [
        (0x00, "#NULL!"),
        (0x07, "#DIV/0!"),
        (0x0F, "#VALUE!"),
        (0x17, "#REF!"),
        (0x1D, "#NAME?"),
        (0x24, "#NUM!"),
        (0x2A, "#N/A"),
        (0x2B, "#?"),
    ];
    for (code, name) in errors {
        let row = one_row(vec![cell(kind::TRUTH_OR_ERROR, 0, 0, &[code, 1])]);
        assert_eq!(row, [format!("!ErrorValue {{ text: {name:?} }}")]);
    }
}

#[test]
fn how_far_a_walk_through_an_old_sheet_has_come_is_told_in_bytes_of_the_sheet() {
    let mut grid = Made::of(vec![label(0, 0, "甲"), label(1, 0, "乙")]).file().open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    // Its beginning, two cells of which the second ends the first row, and its end.
    assert_eq!(rows.progress(), Progress { done: 20, total: 20 + 15 + 15 + 4 });
    rows.next().expect("a row");
    assert_eq!(rows.progress(), Progress { done: 20 + 15 + 15, total: 20 + 15 + 15 + 4 });
}

#[test]
fn a_formula_without_its_result_is_not_an_empty_cell_or_a_zero() {
    let (nothing, zero, awaits) = ([3, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0; 8], [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let records = || {
        vec![formula(0, awaits, 0), formula(1, nothing, 0), formula(2, zero, 0), formula(3, zero, 2), label(0, 4, "甲")]
    };
    let left = "!NotCalculated";
    assert_eq!(one_row(records()), [left, left, "#0", left, "甲"]);
    let reckoned = Made::of(records()).with(kind::RECKONED, vec![0; 8]);
    assert_eq!(reckoned.file().cells(), [[left, "", "#0", "#0", "甲"]]);
    let by_libreoffice = reckoned.with(kind::WRITTEN_BY, b"\x04\0\0Calc    ".to_vec());
    assert_eq!(by_libreoffice.file().cells(), [[left, "", left, left, "甲"]]);
    assert_eq!(one_row(vec![label(0, 0, "甲"), formula(1, awaits, 0)]), ["甲", left]);
}

#[test]
fn texts_that_run_over_several_records_change_their_width_where_they_do() {
    let head = |count: u32| [count.to_le_bytes(), count.to_le_bytes()].concat();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let pieces = [
        // Narrow, then wide in the middle of a text; then the length of the next one is cut in two.
        [head(4), vec![6, 0, 0], b"abc".to_vec()].concat(),
        [vec![1], wide("费用"), vec![0xE9, 0x00]].concat(),
        // Two looks and a reading, both of which run on: there no width is told.
        [vec![2, 0, 0x0D, 2, 0, 4, 0, 0, 0], wide("甲𠮷")[..4].to_vec(), vec![1]].concat(),
        vec![],
        vec![1, 0],
        vec![0, 9, 0, 9, 0],
        [b"RRRR".to_vec(), vec![3, 0, 1]].concat(),
        // All characters of a text in the next record.
        [vec![0], b"xyz".to_vec(), vec![0, 0, 0]].concat(),
    ];
    let mut made = Made::of(vec![]);
    for (place, piece) in pieces.into_iter().enumerate() {
        made = made.with(if place == 0 { kind::SHARED_TEXTS } else { kind::CONTINUE }, piece);
    }
    let shared = |column: u16, number: u32| cell(kind::SHARED_TEXT, 0, column, &number.to_le_bytes());
    made.sheets[0].records = (0..4).map(|number| shared(number, number.into())).collect();
    let cells = made.file().cells();
    assert_eq!(cells, [["abc费用é", "甲\u{FFFD}", "xyz"]]);
}

#[test]
fn days_are_counted_from_where_the_workbook_counts_them() {
    let day = |style: u16| (kind::NUMBER, [numbers(&[0, 0, style]), told("1462").to_le_bytes().to_vec()].concat());
    assert_eq!(one_row(vec![day(1)]), ["@1904-01-01"]);
    let from_1904 = Made::of(vec![day(1)]).with(kind::DATE_MODE, vec![1, 0]);
    assert_eq!(from_1904.file().cells(), [["@1908-01-02"]]);
    let own = Made::of(vec![day(2)])
        .with(kind::FORMAT, [numbers(&[164]), text("yyyy\"年\"m\"月\"d\"日\"")].concat())
        .with(kind::STYLE, numbers(&[0, 164, 0, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(own.file().cells(), [["@1904-01-01"]]);
}

#[test]
fn a_workbook_of_excel_95_is_read_in_its_code_page() {
    let chinese = [0xB7, 0xD1, 0xD3, 0xC3];
    let narrow = |bytes: &[u8]| [numbers(&[u16::try_from(bytes.len()).expect("short")]), bytes.to_vec()].concat();
    let mut made = Made::of(vec![
        cell(kind::TEXT, 0, 0, &narrow(&chinese)),
        cell(kind::RK, 0, 1, &[0x5A, 0xE2, 0x0A, 0x00]),
        formula(2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 0),
        (kind::FORMULA_TEXT, narrow(&chinese)),
    ]);
    made.version = 0x0500;
    let chinese_page = made.clone().with(kind::CODE_PAGE, numbers(&[936]));
    assert_eq!(chinese_page.file().cells(), [["费用", "#178326", "费用"]]);
    let mut traditional = Made::of(vec![cell(kind::TEXT, 0, 0, &narrow(&[0xB6, 0x4F, 0xA5, 0xCE]))]);
    traditional.version = 0x0500;
    assert_eq!(traditional.with(kind::CODE_PAGE, numbers(&[950])).file().cells(), [["費用"]]);
    let other_page = made.with(kind::CODE_PAGE, numbers(&[949]));
    assert!(matches!(fault(&other_page.file().problem()), GridFault::Foreign { kind: Foreign::OldOffice, .. }));
}

#[test]
fn a_chart_in_a_sheet_and_sheets_of_other_sorts_are_stepped_over() {
    let chart = |records: Vec<(u16, Vec<u8>)>| {
        let begin = (kind::BEGIN, numbers(&[0x0600, 0x20, 0, 0, 0, 0, 0, 0]));
        [vec![begin], records, vec![(kind::END, vec![])]].concat()
    };
    let hidden_there = (kind::ROW, [numbers(&[0, 0, 1, 0, 0, 0]), vec![0x20, 0, 0, 0]].concat());
    let inner = chart([vec![hidden_there, label(9, 0, "不看")], chart(vec![label(3, 0, "不看")])].concat());
    let hidden_later = (kind::ROW, [numbers(&[1, 0, 1, 0, 0, 0]), vec![0x20, 0, 0, 0]].concat());
    // A row of blanks is none.
    let later = vec![label(1, 0, "乙"), label(2, 0, " \u{3000}"), hidden_later];
    let mut made = Made::of([vec![label(0, 0, "甲")], inner, later].concat());
    for (state, sort) in [(1, 0), (2, 0), (0, 2), (0, 6)] {
        made.sheets.push(MadeSheet { state, sort, ..MadeSheet::of(vec![label(0, 0, "不看")]) });
    }
    made.sheets.push(MadeSheet { name: "空表".to_owned(), ..MadeSheet::of(vec![]) });
    assert_eq!(made.file().rows().expect("a table"), rows(&[(1, &["甲"]), (2, &["乙"])]));
    assert_eq!(hidden(&made.file()), [2]);
    assert_eq!(made.file().open(Some("空表")).expect("a sheet").sheet(), Some("空表"));
    made.sheets.push(MadeSheet { name: "二月".to_owned(), ..MadeSheet::of(vec![label(0, 0, "丙")]) });
    for (wanted, exit) in [(None, Exit::Usage), (Some("三月"), Exit::Usage)] {
        let problem = made.file().open(wanted).err().expect("not the only one");
        assert!(matches!(
            fault(&problem),
            GridFault::SheetNeeded { sheets, .. } | GridFault::UnknownSheet { sheets, .. }
                if sheets == ["Sheet1", "二月"] || sheets == ["Sheet1", "空表", "二月"]
        ));
        assert_eq!(problem.exit(), exit);
    }
    made.sheets.iter_mut().for_each(|sheet| sheet.state = 1);
    assert!(matches!(fault(&made.file().problem()), GridFault::NoVisibleSheet { .. }));
}

#[test]
fn what_can_not_be_read_is_said_for_what_it_is() {
    let locked = Made::of(vec![]).with(kind::LOCK, vec![0; 6]).file();
    let wrapped = OneFile::new(compound("EncryptedPackage", b"..."));
    let letter = OneFile::new(compound("WordDocument", b"..."));
    let naked = OneFile::new([numbers(&[0x0809, 8, 0, 0x10, 0, 0]), vec![0; 40]].concat());
    for (file, expected) in [
        (locked, Foreign::Encrypted),
        (wrapped, Foreign::Encrypted),
        (letter, Foreign::OldOffice),
        (naked, Foreign::OldOffice),
    ] {
        let problem = file.problem();
        assert!(matches!(fault(&problem), GridFault::Foreign { kind, .. } if kind == expected), "{problem:?}");
        assert_eq!(problem.exit(), Exit::Refused);
    }
    // A text in UTF-16 that begins with a tab is no record.
    let utf16: Vec<u8> = "\t甲\n乙\t1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(OneFile::new(utf16).cells().len(), 2);
}

#[test]
fn a_row_out_of_order_is_refused_where_it_is() {
    let problem = Made::of(vec![label(1, 0, "甲"), label(0, 1, "乙")]).file().problem();
    assert_eq!(fault(&problem), GridFault::Disordered { row: 1, after: 2 });
    assert_eq!(meant(problem.place.as_ref().expect("a place")), (1, "B 乙"));
    let texts = (0..40).map(|column| label(0, column, &"长".repeat(1_000))).collect();
    let long = fault(&Made::of(texts).file().problem());
    assert!(matches!(long, GridFault::LongRow { .. }), "{long:?}");
}

#[test]
fn a_failing_disk_is_its_own_problem_in_an_old_workbook_too() {
    for fails_at in [0, 600, 1500, 3000, 6000] {
        let problem = OneFile { fails_at: Some(fails_at), ..OneFile::new(LIBREOFFICE) }.problem();
        assert_eq!(problem.exit(), Exit::Io, "{fails_at}");
    }
}
