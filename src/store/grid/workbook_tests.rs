//! What holds for workbooks as a spreadsheet program writes them.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::Cell;
use super::one_file::{OneFile, fault, meant, rows};
use super::row::column_name;
use crate::problem::{Exit, GridFault};

/// A workbook with the sheets of these names, and a cell in those that are said to have one.
fn workbook(sheets: &[(&str, bool, bool)]) -> OneFile {
    let mut workbook = Workbook::new();
    for (name, filled, hidden) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        if *filled {
            sheet.write(1, 1, *name).expect("a cell");
        }
        // Only formatted cells, as people leave them behind.
        sheet.write_blank(3, 3, &Format::new().set_bold()).expect("a cell");
        sheet.set_hidden(*hidden);
    }
    OneFile::new(workbook.save_to_buffer().expect("a workbook"))
}

fn refused(file: &OneFile, sheet: Option<&str>) -> (GridFault, Exit) {
    let problem = file.open(sheet).err().expect("this can't be opened");
    (fault(&problem), problem.exit())
}

#[test]
fn every_kind_of_cell_comes_as_what_it_is() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let as_date = |code: &str| Format::new().set_num_format(code);
    let day = || ExcelDateTime::parse_from_str("2022-01-05").expect("a day");
    let moment = || ExcelDateTime::parse_from_str("2022-01-05T10:30:00").expect("a moment");
    sheet.write(0, 0, "日期").expect("a cell");
    sheet.write(0, 2, "  金额\u{3000}").expect("a cell");
    sheet.write_with_format(1, 0, day(), &as_date("yyyy\"年\"m\"月\"d\"日\";@")).expect("a cell");
    sheet.write_with_format(1, 1, moment(), &as_date("yyyy/m/d h:mm")).expect("a cell");
    sheet.write(1, 2, 0.300_000_000_000_000_04).expect("a cell");
    sheet.write(1, 3, 305_799.999_999_999_94).expect("a cell");
    sheet.write(1, 4, -1_234.5).expect("a cell");
    sheet.write(1, 5, 1e15).expect("a cell");
    sheet.write(1, 6, true).expect("a cell");
    sheet.write(1, 7, Formula::new("=1/3*3").set_result("1")).expect("a cell");
    sheet.write(1, 8, Formula::new("=#REF!+1").set_result("#REF!")).expect("a cell");
    sheet.write(1, 9, Formula::new("=\"甲\"&\"乙\"").set_result("甲乙")).expect("a cell");
    sheet.write(1, 10, "_x000D_ 甲\n乙 <&>").expect("a cell");
    sheet.write_rich_string(1, 11, &[(&Format::new().set_bold(), "费"), (&Format::new(), "用")]).expect("a cell");
    sheet.write_with_format(1, 12, 0.4375, &as_date("h:mm:ss")).expect("a cell");
    sheet.write_with_format(1, 13, 1.5, &as_date("[h]:mm")).expect("a cell");
    sheet.write_with_format(1, 14, -1.0, &as_date("yyyy-mm-dd")).expect("a cell");
    sheet.merge_range(3, 1, 3, 3, "合并", &Format::new()).expect("a cell");
    let file = OneFile::new(workbook.save_to_buffer().expect("a workbook"));
    let expected: [(usize, &[&str]); 3] = [
        (1, &["日期", "", "金额"]),
        (
            2,
            &[
                "@2022-01-05",
                "@2022-01-05 10:30:00",
                "#0.3",
                "#305800",
                "#-1234.5",
                "!DigitsLost { text: \"1000000000000000\" }",
                "TRUE",
                "#1",
                "!ErrorValue { text: \"#REF!\" }",
                "甲乙",
                "_x000D_ 甲\n乙 <&>",
                "费用",
                "10:30:00",
                "36:00:00",
                "!NotADate { text: \"-1\" }",
            ],
        ),
        (4, &["", "合并"]),
    ];
    let expected = expected.map(|(number, cells)| (number, cells.iter().map(|cell| (*cell).to_owned()).collect()));
    assert_eq!(file.rows().expect("a table"), expected);
}

#[test]
fn the_only_sheet_that_has_something_in_it_is_read() {
    let file = workbook(&[("空表", false, false), ("支出", true, false), ("Sheet3", false, false), ("旧", true, true)]);
    let mut grid = file.open(None).expect("one sheet");
    assert_eq!(grid.sheet(), Some("支出"));
    assert_eq!(rows(&mut grid).expect("rows"), [(2, vec![String::new(), "支出".to_owned()])]);
    assert_eq!(rows(&mut grid).expect("rows, once more").len(), 1);
    let empty = workbook(&[("空表", false, false), ("Sheet2", false, false)]);
    assert_eq!(empty.open(None).expect("an empty sheet").sheet(), Some("空表"));
    assert!(empty.rows().expect("no rows").is_empty());
}

#[test]
fn among_several_sheets_one_must_be_named() {
    let file = workbook(&[("一月", true, false), ("空表", false, false), ("二月", true, false), ("旧", true, true)]);
    let (found, exit) = refused(&file, None);
    assert!(matches!(&found, GridFault::SheetNeeded { sheets, .. } if *sheets == ["一月", "二月"]), "{found:?}");
    assert_eq!(exit, Exit::Usage);
    assert_eq!(file.open(Some(" 二月")).expect("a sheet").sheet(), Some("二月"));
    assert_eq!(file.open(Some("空表")).expect("a sheet").sheet(), Some("空表"));
    for name in ["旧", "三月"] {
        let (found, exit) = refused(&file, Some(name));
        assert!(matches!(&found, GridFault::UnknownSheet { sheets, .. } if sheets.len() == 3), "{found:?}");
        assert_eq!(exit, Exit::Usage);
    }
}

#[test]
fn a_place_in_a_sheet_shows_the_row_with_its_letters() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(6, 1, "办公\n用品").expect("a cell");
    sheet.write(6, 27, Formula::new("=#N/A").set_result("#N/A")).expect("a cell");
    sheet.set_row_hidden(6).expect("a row");
    let file = OneFile::new(workbook.save_to_buffer().expect("a workbook"));
    let mut grid = file.open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    let row = rows.next().expect("a row").expect("the only one");
    assert!(row.is_hidden());
    assert_eq!((row.number(), row.cells().count(), row.cell(30)), (7, 28, Cell::Empty));
    let place = row.place(27);
    assert_eq!(place.excerpt, "B 办公 用品 | AB #N/A");
    assert_eq!(meant(&place), (7, "AB #N/A"));
    assert_eq!(meant(&row.place(2)), (7, "C"));
    assert_eq!(meant(&row.whole_place()), (7, "B 办公 用品 | AB #N/A"));
    assert!(row.problem(1).is_none());
    assert_eq!(row.problem(27).expect("an error").exit(), Exit::Refused);
    let row = |last: usize| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for column in 0..=last {
            sheet.write(0, u16::try_from(column).expect("small"), column.to_string()).expect("a cell");
        }
        OneFile::new(workbook.save_to_buffer().expect("a workbook"))
    };
    // Of a wide row enough to know it, and always the cell that is meant.
    let mut grid = row(19).open(None).expect("a table");
    let mut rows = grid.rows().expect("rows");
    let place = rows.next().expect("a row").expect("the only one").place(18);
    assert_eq!(meant(&place), (1, "S 18"));
    assert!(place.excerpt.ends_with(" | P 15 | Q 16 | S 18 | …"), "{}", place.excerpt);
    assert_eq!([0, 25, 26, 701, 702, 16_383].map(column_name), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
}
