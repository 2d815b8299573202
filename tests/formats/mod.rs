//! Reports as pages and workbooks: the same figures in every form, the same bytes every time, and nothing in them that
//! acts. They are read back by readers that are not ours.

pub(crate) mod read_back;

use std::io::{Cursor, Write};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};
use taizhang::{Disk, Exit};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use read_back::{
    AMOUNTS, Cell, Figures, cells, figure, figures, figures_of_worksheet, in_html, in_json, in_markdown, in_xlsx, parts,
};

use super::office::{Folder, LEDGER, Office};
use super::terminal::works;

/// What follows the bytes in every report that is tried.
const REPORTS: [&str; 13] = [
    "balance --as-of 2022-06-30",
    "variance --as-of 2022-06-30",
    "commitments --as-of 2022-06-30",
    "monthly 5",
    "balance --as-of 2022-06-30 --unit wan --lang en",
    "variance --as-of 2022-06-30 --unit wan -a 2",
    "monthly 6 --unit wan",
    "spending --as-of 2022-06-30",
    "spending --as-of 2022-06-30 --by month --lang en",
    "spending --as-of 2022-06-30 --by economic",
    "spending --as-of 2022-06-30 --by payee",
    "spending --as-of 2022-06-30 --by method",
    "spending --as-of 2022-06-30 --by economic --unit wan",
];

/// Some months played: spending, red figures, a line overdrawn, and an open commitment.
fn played(folder: &Folder) -> Office<Disk> {
    let office = folder.opened();
    for line in [
        "record -a 1 --amount 156630.10 --date 2022-03-15 --memo 接返人员食宿 --id r-1",
        "record -a 3 --amount 2233.35 --date 2022-04-02 --id r-2",
        "refund 11 --amount 330.05 --date 2022-05-05 --id r-3",
        "record -a 6 --amount 4100.99 --date 2022-05-20 --allow-over 邮资上调 --id r-4",
        "commit -a 8 --amount 12345.67 --date 2022-06-01 --payee 印刷厂 --doc 合同一 --memo '宣传品|<b>&' --id r-5",
        "commit -a 2 --amount 33.33 --date 2022-06-02 --payee 租车公司 --doc 合同二 --id r-6",
    ] {
        office.types(line).expect(Exit::Done);
    }
    office
}

/// The bytes of an answer.
fn answer(office: &Office<Disk>, line: &str) -> Vec<u8> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = super::office::words(line);
    let exit = office.runs_into(&words.iter().map(String::as_str).collect::<Vec<_>>(), &mut out, &mut err);
    assert_eq!(exit, Exit::Done, "{line}: {}", String::from_utf8_lossy(&err));
    out
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_form_has_the_same_figures() {
    let folder = Folder::new();
    let office = played(&folder);
    for report in REPORTS {
        let of = |format: &str| answer(&office, &format!("{report} -f {format}"));
        let page = in_html(&text(of("html")));
        assert!(page.len() > 1, "{report}");
        assert_eq!(in_markdown(&text(of("markdown"))), page, "{report}");
        // A workbook has the record below the table in cells too.
        let below = if report.contains("economic") { 5 } else { 0 };
        let workbook = in_xlsx(&of("xlsx"));
        assert_eq!((workbook.len(), &workbook[..page.len()]), (page.len() + below, &page[..]), "{report}");
        if !report.contains("wan") {
            assert_eq!(in_json(&text(of("json"))), page, "{report}");
            let csv = text(of("csv"));
            assert_eq!(figures(csv.lines().map(|line| line.split(',').collect())), page[..page.len() - 1], "{report}");
        }
    }
}

/// Between a register's entries people read sums, which programs make themselves; and programs read what a page has no
/// column for.
#[test]
fn a_register_and_the_year_end_form_have_the_same_figures_in_every_form() {
    let folder = Folder::new();
    let office = played(&folder);
    let both = [
        ("register --as-of 2022-06-30", ["rows"].as_slice(), ["spent", "available"].as_slice()),
        ("final --draft --unit yuan", &["funds", "allocations"], &["original", "revised", "spent", "left"]),
    ];
    for (report, lists, columns) in both {
        let of = |format: &str| answer(&office, &format!("{report} -f {format}"));
        let page = in_html(&text(of("html")));
        assert!(page.len() > 5, "{report}");
        assert_eq!(in_markdown(&text(of("markdown"))), page, "{report}");
        assert_eq!(in_xlsx(&of("xlsx")), page, "{report}");
        let json: Value = serde_json::from_str(&text(of("json"))).unwrap();
        let rows: Vec<&Value> = lists.iter().flat_map(|list| json[list].as_array().unwrap()).collect();
        assert!(rows.len() > 5, "{report}");
        for row in rows {
            // In a book what moved nothing is empty.
            let figures: Vec<String> =
                columns.iter().filter_map(|column| figure(row[column].as_str()?)).filter(|it| it != "0.00").collect();
            let has_all = |line: &Vec<String>| figures.iter().all(|figure| line.contains(figure));
            assert!(page.iter().any(has_all), "{report}: {figures:?} stands on no row of the page");
        }
    }
}

/// Three payments that agree with the bank, one of them a month later, and of everything else that a reconciliation tells.
pub(crate) fn reconciled(folder: &Folder) -> Office<Disk> {
    let office = folder.opened();
    let (record, rest) = ("record -a 1 --amount", "--date 2022-03-30 --payee 甲公司");
    for (number, amount) in ["1234.56", "800", "800", "77.10", "900"].iter().enumerate() {
        office.types(&format!("{record} {amount} {rest} --payment ZF{number} --id r-{number}")).expect(Exit::Done);
    }
    for number in 5..7 {
        let line = format!("{record} 66.60 --date 2022-05-05 --payee 乙公司 --memo 第{number}次 --id r-{number}");
        office.types(&line).expect(Exit::Done);
    }
    let told = [
        "日期,借方,贷方,对方户名,流水号",
        "2022-04-02,1234.56,,甲公司,ZF0",
        "2022-04-02,800.00,,甲公司,ZF1",
        "2022-04-02,800.01,,甲公司,ZF2",
        "2022-05-06,66.60,,乙公司,",
        "2022-06-21,15.00,,,",
        "2022-06-22,25.00,,,",
    ];
    folder.write("bank.csv", told.join("\n") + "\n");
    folder.write("decided.csv", "rows,lines,date,amount,reason\n14,,,77.10,一月到账\n,7,2022-06-22,25.00,手续费\n");
    office
}

/// A page has the three figures and every table; programs read columns that no page has.
#[test]
fn a_reconciliation_has_the_same_figures_in_every_form() {
    let folder = Folder::new();
    let office = reconciled(&folder);
    for language in ["zh", "en"] {
        let report = format!("reconcile bank.csv --accept decided.csv --lang {language}");
        let of = |format: &str| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let words = super::office::words(&format!("{report} -f {format}"));
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(office.runs_into(&words, &mut out, &mut err), Exit::No, "{}", String::from_utf8_lossy(&err));
            out
        };
        let page = in_html(&text(of("html")));
        assert_eq!(in_markdown(&text(of("markdown"))), page);
        // A workbook has the three figures above the tables in cells too.
        let workbook = in_xlsx(&of("xlsx"));
        assert_eq!((workbook.len(), &workbook[3..]), (page.len() + 3, &page[..]));
        let json: Value = serde_json::from_str(&text(of("json"))).unwrap();
        let csv = text(of("csv"));
        let lists = [
            ("bridge", 7),
            ("by_month", 4),
            ("differing", 1),
            ("ambiguous", 1),
            ("choices", 2),
            ("only_in_ledger", 1),
            ("only_in_statement", 1),
            ("explained", 2),
            ("matched", 2),
        ];
        let total = 1;
        assert_eq!(page.len(), lists.iter().map(|(_, count)| count).sum::<usize>() + total);
        let mut shown = page.iter();
        for (list, count) in lists {
            let rows = json[list].as_array().unwrap();
            assert_eq!(rows.len(), count, "{list}: {rows:#?}");
            let lines: Vec<Vec<&str>> =
                csv.lines().filter(|line| line.starts_with(list)).map(|line| line.split(',').collect()).collect();
            assert_eq!(lines.len(), count, "{list} in {csv}");
            for (row, line) in rows.iter().zip(lines) {
                let said: Vec<String> =
                    row.as_object().unwrap().values().filter_map(|it| figure(it.as_str()?)).collect();
                assert!(said.iter().all(|figure| line.contains(&figure.as_str())), "{said:?} in {line:?}");
                // A column in which every month has nothing is not on a page.
                let seen = shown.by_ref().find(|seen| !is_total(seen, &json)).unwrap();
                let kept = |figures: &[String]| -> Vec<String> {
                    figures.iter().filter(|figure| *figure != "0.00" || list != "by_month").cloned().collect()
                };
                assert_eq!(kept(seen), kept(&said), "{list}");
            }
        }
    }
}

/// Whether a line is the total of all months: to programs that is the bridge.
fn is_total(line: &[String], json: &Value) -> bool {
    let whole = ["ledger_spent", "statement_net", "difference"].map(|key| json[key].as_str().unwrap());
    line.len() > 3 && line.iter().zip(whole).all(|(figure, whole)| figure == whole)
}

/// The numbers of every table of a pack, however it is written.
#[test]
fn the_files_of_a_pack_have_the_same_figures() {
    let folder = Folder::new();
    let office = played(&folder);
    office.types("monthly 6 --pack june --no-bom").expect(Exit::Done);
    let page = in_html(&text(folder.read("june/2022-06.html")));
    assert_eq!(in_markdown(&text(folder.read("june/2022-06.md"))), page);
    let workbook = folder.read("june/2022-06.xlsx");
    // A workbook begins with what is left, a page with what happened; the rows are the same.
    let mut sheets: Figures = (1..=5).flat_map(|number| figures_of_worksheet(&workbook, number)).collect();
    let mut rows = page.clone();
    sheets.sort();
    rows.sort();
    assert_eq!(sheets, rows);
    let json: Value = serde_json::from_str(&text(folder.read("june/2022-06.json"))).unwrap();
    for report in ["monthly", "balance", "variance"] {
        let lines = in_json(&json[report].to_string());
        assert!(lines.len() == 10 && lines.iter().all(|line| page.contains(line)), "{report}");
        let csv = text(folder.read(&format!("june/2022-06-{report}.csv")));
        assert_eq!(figures(csv.lines().map(|line| line.split(',').collect())), lines[..9], "{report}");
    }
}

#[test]
fn a_public_text_has_the_same_figures_in_every_form() {
    let folder = Folder::new();
    let office = played(&folder);
    for report in ["disclose", "disclose --unit yuan --lang en", "disclose --as-of 2022-06-30"] {
        let of = |format: &str| answer(&office, &format!("{report} -f {format}"));
        let page = in_html(&text(of("html")));
        assert_eq!(page.len(), if report.contains("as-of") { 10 } else { 20 }, "{report}");
        assert_eq!(in_markdown(&text(of("markdown"))), page, "{report}");
        assert_eq!(in_xlsx(&of("xlsx")), page, "{report}");
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let folder = Folder::new();
    let mut office = played(&folder);
    let made = |office: &Office<Disk>| {
        REPORTS
            .map(|report| ["markdown", "html", "xlsx"].map(|format| answer(office, &format!("{report} -f {format}"))))
    };
    let first = made(&office);
    office.today = "2023-02-01";
    assert!(made(&office) == first, "a clock is in it");
}

#[test]
fn a_page_allows_its_own_style_and_nothing_else() {
    let folder = Folder::new();
    let page = text(answer(&folder.opened(), "balance -f html"));
    let (_, style) = page.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    let hash = base64(&Sha256::digest(style.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    assert!(page.contains(&policy), "the style has changed, and its hash is now sha256-{hash}");
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let whole = (0..3).fold(0_u32, |whole, place| whole << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        let digit = |place: usize| {
            if place > group.len() { '=' } else { DIGITS[(whole >> (18 - 6 * place)) as usize & 63] as char }
        };
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn a_workbook_adds_up_by_itself_and_prints_on_paper() {
    let folder = Folder::new();
    let office = played(&folder);
    let workbook = answer(&office, "balance --as-of 2022-06-30 -f xlsx");
    let rows = cells(&workbook);
    let formulas: Vec<&Cell> = rows.iter().flatten().filter(|cell| cell.formula.is_some()).collect();
    let written: Vec<(&str, &str)> =
        formulas.iter().map(|cell| (cell.place.as_str(), cell.formula.as_deref().unwrap())).collect();
    // Six columns of amounts; the rate of the total is no sum of rates.
    let columns = ["C", "D", "E", "F", "G", "H"];
    let sums = columns.map(|column| (format!("{column}13"), format!("SUM({column}4:{column}12)")));
    assert_eq!(written, sums.each_ref().map(|(place, sum)| (place.as_str(), sum.as_str())));
    assert!(formulas.iter().all(|cell| cell.format == AMOUNTS));
    let parts = parts(&workbook);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    for setup in [
        "<pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/>",
        "<pageSetUpPr fitToPage=\"1\"/>",
        "paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"",
        "第 &amp;P 页，共 &amp;N 页",
    ] {
        assert!(sheet.contains(setup), "{setup}");
    }
    for name in ["预算余额表!$A$1:$I$17", "预算余额表!$1:$3"] {
        assert!(parts["xl/workbook.xml"].contains(name), "{name}");
    }
    assert!(parts["docProps/core.xml"].contains("2022-06-30T00:00:00Z"));
    let dates = cells(&answer(&office, "commitments --as-of 2022-06-30 -f xlsx"));
    let days: Vec<&str> =
        dates.iter().flatten().filter(|cell| cell.format == "yyyy-mm-dd").map(|cell| &*cell.value).collect();
    assert_eq!(days, ["44713", "44714"], "1 and 2 June 2022");
}

#[test]
fn rounded_rows_that_do_not_add_up_have_no_formula() {
    let folder = Folder::new();
    let office = played(&folder);
    let rows = cells(&answer(&office, "balance --as-of 2022-06-30 -f xlsx --unit wan"));
    let total: Vec<&Cell> = rows.iter().flatten().filter(|cell| cell.place.ends_with("13")).collect();
    let json: Value = serde_json::from_str(&text(answer(&office, "balance --as-of 2022-06-30 -f json"))).unwrap();
    assert_eq!(json["total"]["committed"], "12379.00");
    // 1.23 and 0.00 are 1.23, but the total is 1.24.
    let [committed] = total.iter().filter(|cell| cell.place == "F13").collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!((committed.value.as_str(), &committed.formula), ("1.24", &None));
    assert!(total.iter().any(|cell| cell.formula.is_some()));
}

/// Rows that someone else wrote may hold what entry refuses.
#[test]
fn what_would_be_a_formula_arrives_as_text() {
    let folder = Folder::new();
    let given =
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/ledger-file/text-that-could-not-have-been-entered/given");
    for name in ["small.toml", "small.csv", "small.csv.head"] {
        folder.write(name, std::fs::read(format!("{given}/{name}")).unwrap_or_default());
    }
    let office = folder.office();
    let of =
        |format: &str| answer(&office, &format!("-b small.toml explain spent office -f {format} --as-of 2022-12-31"));
    let workbook = of("xlsx");
    let parts = parts(&workbook);
    assert!(parts["xl/sharedStrings.xml"].contains("<t>=1+1</t>"));
    assert!(
        cells(&workbook).iter().flatten().filter_map(|cell| cell.formula.as_ref()).all(|sum| sum.starts_with("SUM("))
    );
    // Nor does it become one where someone opens the cell and leaves it again.
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
    assert!(text(of("csv")).contains("'=1+1"));
    assert!(text(of("markdown")).contains(r"| \=1+1 |"));
    assert!(text(of("html")).contains(">=1+1</td>"));
}

/// Lines over the whole width are texts too.
#[test]
fn a_paragraph_that_could_be_a_formula_stays_text() {
    let folder = Folder::new();
    let budget = include_str!("../../budgets/chuxiong-xinfang-2022.toml");
    let (before, after) = budget.split_once("overview = ").unwrap();
    let after = after.split_once("\nplan = ").unwrap().1;
    folder.write("budget.toml", format!("{before}overview = \"=1+1\"\nplan = {after}"));
    let workbook = answer(&folder.office(), "-b budget.toml disclose -f xlsx");
    let parts = parts(&workbook);
    assert!(parts["xl/sharedStrings.xml"].contains("<t>=1+1</t>"));
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
}

#[test]
fn a_workbook_goes_to_a_file_and_never_onto_a_terminal() {
    let folder = Folder::new();
    let mut office = played(&folder);
    let before = folder.read(LEDGER);
    office.terminal.out = true;
    let said = office.types("record -a 1 --amount 5 -f xlsx --date 2022-06-30").expect(Exit::Refused);
    assert!(said.out.is_empty() && said.err.contains("-o"), "{}", said.err);
    assert_eq!(folder.read(LEDGER), before, "nothing is written where the answer could not be");
    office.types("balance -f xlsx -o 余额.xlsx --as-of 2022-06-30").expect(Exit::Done);
    office.terminal.out = false;
    assert!(folder.read("余额.xlsx") == answer(&office, "balance -f xlsx --as-of 2022-06-30"));
}

/// The same workbook without the sums that we gave it, so that whoever opens it has to reckon.
fn without_results(workbook: &[u8]) -> Vec<u8> {
    let mut emptied = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts(workbook) {
        let mut kept = String::new();
        let mut pieces = part.split("</f><v>");
        kept += pieces.next().unwrap();
        for piece in pieces {
            kept += "</f>";
            kept += piece.split_once("</v>").unwrap().1;
        }
        emptied.start_file(name, SimpleFileOptions::default()).unwrap();
        emptied.write_all(kept.as_bytes()).unwrap();
    }
    emptied.finish().unwrap().into_inner()
}

#[test]
fn libreoffice_reckons_what_we_reckon() {
    if !works(&["soffice", "--headless", "--version"]) {
        return;
    }
    let folder = Folder::new();
    let office = played(&folder);
    for (name, report) in [("balance", "balance"), ("variance", "variance"), ("wan", "balance --unit wan")] {
        let workbook = answer(&office, &format!("{report} --as-of 2022-06-30 -f xlsx"));
        folder.write(&format!("{name}.xlsx"), without_results(&workbook));
        let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
        let converted = Command::new("soffice")
            .args([&home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76"])
            .arg("--outdir")
            .args([folder.path(), &folder.join(&format!("{name}.xlsx"))])
            .output()
            .unwrap();
        assert!(converted.status.success(), "{converted:?}");
        let csv = text(folder.read(&format!("{name}.csv")));
        let lines = csv.lines().map(|line| line.split('\t').map(|cell| cell.trim_matches('"')).collect());
        assert_eq!(figures(lines), in_xlsx(&workbook), "{name}");
    }
}

#[test]
fn libreoffice_reckons_every_worksheet_of_a_pack() {
    if !works(&["soffice", "--headless", "--version"]) {
        return;
    }
    let folder = Folder::new();
    let office = played(&folder);
    office.types("monthly 6 --pack june").expect(Exit::Done);
    let workbook = folder.read("june/2022-06.xlsx");
    folder.write("pack.xlsx", without_results(&workbook));
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let every_sheet = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1";
    let converted = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", every_sheet, "--outdir"])
        .args([folder.path(), &folder.join("pack.xlsx")])
        .output()
        .unwrap();
    assert!(converted.status.success(), "{converted:?}");
    for (number, name) in (1..).zip(["余额", "差异", "月报", "明细", "说明"]) {
        let csv = text(folder.read(&format!("pack-{name}.csv")));
        let lines = csv.lines().map(|line| line.split('\t').map(|cell| cell.trim_matches('"')).collect());
        assert_eq!(figures(lines), figures_of_worksheet(&workbook, number), "{name}");
    }
}
