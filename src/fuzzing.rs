//! The doors for the fuzzing of `fuzz/`: one function for each form of bytes that comes from outside, with what must hold
//! of whatever it reads. It exists for fuzzers and tests only, and knows no command.

use std::io::{Cursor, Write as _};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::calendar::{iso_date, moment, typed_date, written_moment};
use crate::domain::date_format::DateFormat;
use crate::domain::entry::Digest;
use crate::domain::plan::Plan;
use crate::domain::statement::Profile;
use crate::problem::Problem;
use crate::render::problems;
use crate::store::budget_file;
use crate::store::expense_table::ExpenseTable;
use crate::store::files::{Files, Purpose};
use crate::store::grid::one_file::OneFile;
use crate::store::grid::{Cell, Grid, value};
use crate::store::head::Head;
use crate::store::line::{LineReader, written};
use crate::store::pass::{self, Unseen};
use crate::store::source::Source;
use crate::store::statement_file;

/// A line of a ledger: what is read is written again with the same bytes, but for a digest that may not be its own.
pub fn ledger_line(bytes: &[u8]) {
    let mut reader = LineReader::new();
    let Ok(line) = reader.read(bytes, &Digest::default()) else { return };
    let (entry, sealed) = (line.entry.kept(), line.sealed);
    let (again, digest) = written(&entry, &Digest::default());
    assert_eq!(digest, sealed, "one content, one seal");
    assert_eq!(&again.as_bytes()[..again.len() - 65], &bytes[..bytes.len() - 64], "what is read was canonical");
}

/// A ledger: its whole rows hold by themselves, and still do where a head says so.
pub fn ledger_file(bytes: &[u8]) {
    let read = |length: u64, head: Option<&Head>| {
        let file =
            Files::open(&OneFile::new(bytes), Path::new("ledger.csv"), Purpose::Reading).expect("memory does not fail");
        pass::run(&*file, Path::new("ledger.csv"), length, head, || Unseen).expect("memory does not fail").0
    };
    let length = bytes.len() as u64;
    let first = read(length, None);
    first.damage.iter().for_each(|damage| show(bytes)(&damage.problem));
    assert!(first.bytes + first.tail <= length, "no byte is counted twice");
    if first.ledger.rows == 0 {
        return;
    }
    let whole = read(first.bytes, None);
    assert!(whole.damage.is_none() && whole.tail == 0, "whole rows are whole");
    assert_eq!((whole.ledger.rows, whole.ledger.digest), (first.ledger.rows, first.ledger.digest));
    let head = Head { seq: whole.ledger.rows, digest: whole.ledger.digest, bytes: first.bytes };
    let headed = read(length, Some(&head));
    assert_eq!(
        (headed.ledger.rows, headed.bytes),
        (first.ledger.rows, first.bytes),
        "a head that is right changes nothing"
    );
}

/// A bank's statement in any encoding: what was recognised of it reads it the same again.
pub fn statement(bytes: &[u8]) {
    let file = OneFile::new(bytes);
    let look = |profile: &Profile| statement_file::look(&file, Path::new("statement"), None, profile);
    match look(&Profile::default()) {
        Err(found) => found.iter().for_each(show(bytes)),
        Ok(reading) => {
            reading.problems.iter().for_each(show(bytes));
            let lines: Vec<usize> = reading.statement.movements.iter().map(|movement| movement.line).collect();
            assert!(lines.is_sorted_by(|one, next| one < next), "each line is one movement at most");
            assert!(reading.statement.movements.iter().all(|movement| !movement.amount.is_zero()));
            let again = look(&Profile::default()).expect("it was read before");
            assert_eq!(again.statement.movements, reading.statement.movements);
        }
    }
}

/// An amount as it is typed, and as a ledger has it.
pub fn amount(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(amount) = Amount::typed(text) {
        let plain = amount.to_string();
        assert_eq!(Amount::canonical(&plain), Some(amount), "{text:?}");
        assert_eq!(Amount::typed(&plain), Ok(amount), "{text:?}");
        assert_eq!(Amount::typed(&amount.grouped()), Ok(amount), "{text:?}");
    }
    if let Some(amount) = Amount::canonical(text) {
        assert_eq!(amount.to_string(), text);
    }
    if let Some(plan) = Plan::canonical(text) {
        assert_eq!(plan.to_string(), text);
    }
    if let Some(plan) = Plan::typed(text) {
        assert_eq!(Plan::canonical(&plan.to_string()), Some(plan), "{text:?}");
    }
    let _ = value::amount(text);
}

/// A day or a moment, typed or written; behind a line feed, a day in a form of someone's own.
pub fn date(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Some(date) = typed_date(text) {
        assert_eq!(iso_date(&date.to_string()), Some(date), "{text:?}");
    }
    if let Some(date) = iso_date(text) {
        assert_eq!(date.to_string(), text);
    }
    if let Some(moment) = moment(text) {
        assert_eq!(written_moment(&moment), text);
    }
    if let Some((format, day)) = text.split_once('\n')
        && let Some(format) = DateFormat::typed(format)
    {
        let _ = format.day(day);
    }
    let _ = value::day(text);
}

/// A budget: in one that is taken each plan adds up, and each key is one allocation's.
pub fn budget(bytes: &[u8]) {
    let Ok(text) = String::from_utf8(bytes.to_vec()) else { return };
    match budget_file::parse(&Source::new(Path::new("budget.toml"), text)) {
        Err(unreadable) => {
            // Of many problems some are shown, from the first on: all would take longer than all else.
            let problems = unreadable.failure.0;
            problems.iter().step_by(1 + problems.len() / 4).for_each(show(bytes));
        }
        Ok(budget) => {
            for allocation in &budget.allocations {
                assert!(allocation.plan.sum().is_none_or(|planned| planned == allocation.amount), "a plan adds up");
                let same = budget.allocations.iter().filter(|other| other.key == allocation.key).count();
                assert_eq!(same, 1, "a key is one allocation's");
            }
        }
    }
}

/// A workbook of expenses. The first byte says which of its parts the others are; or they are the whole file.
pub fn workbook(bytes: &[u8]) {
    let Some((which, part)) = bytes.split_first() else { return };
    let file = match PARTS.get(usize::from(*which) % (PARTS.len() + 1)) {
        Some((name, _)) => OneFile::new(packed(name, part)),
        None => OneFile::new(part),
    };
    let path = Path::new("expenses.xlsx");
    if let Err(found) = ExpenseTable::open(&file, path, None, &[]) {
        found.iter().for_each(show(bytes));
    }
    let mut grid = match Grid::open(&file, path, None) {
        Ok(grid) => grid,
        Err(problem) => return show(bytes)(&problem),
    };
    let mut rows = match grid.rows() {
        Ok(rows) => rows,
        Err(problem) => return show(bytes)(&problem),
    };
    let mut last = 0;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                assert!(row.number() > last, "rows come in order");
                last = row.number();
                for (column, cell) in row.cells().enumerate() {
                    if let Cell::Text(text) | Cell::Number(text) = cell {
                        let _ = (value::amount(text), value::day(text));
                    }
                    row.problem(column).iter().for_each(show(bytes));
                }
            }
            Ok(None) => break,
            Err(problem) => return show(bytes)(&problem),
        }
    }
}

/// Says whatever is wrong, in one language or the other: in both takes longer than all else.
fn show(bytes: &[u8]) -> impl Fn(&Problem) {
    let language = if bytes.len().is_multiple_of(2) { Language::Chinese } else { Language::English };
    move |problem| assert!(!problems::problem(problem, language, false, Some(80)).is_empty())
}

/// The parts of a small workbook, in the order in which the fuzzer numbers them.
const PARTS: [(&str, &str); 6] = [
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet><dimension ref=\"A1:C2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
         <c r=\"B1\" t=\"inlineStr\"><is><t>金额</t></is></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>44621</v></c>\
         <c r=\"B2\"><v>12.34</v></c></row></sheetData></worksheet>",
    ),
    ("xl/sharedStrings.xml", "<sst count=\"1\" uniqueCount=\"1\"><si><t>日期</t></si></sst>"),
    (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
         <xf numFmtId=\"170\"/></cellXfs></styleSheet>",
    ),
    ("xl/workbook.xml", "<workbook><sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" \
         Target=\"sharedStrings.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
         Target=\"styles.xml\"/></Relationships>",
    ),
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    ),
];

/// The small workbook with one of its parts replaced.
fn packed(replaced: &str, part: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in PARTS {
        archive.start_file(name, SimpleFileOptions::default()).expect("memory takes it");
        archive.write_all(if name == replaced { part } else { text.as_bytes() }).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Target = fn(&[u8]);

    /// What a fuzzer begins with, and what it has found, is played again with the tests.
    #[test]
    fn every_seed_holds() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
        let targets: [(&str, Target); 7] = [
            ("ledger_line", ledger_line),
            ("ledger_file", ledger_file),
            ("statement", statement),
            ("amount", amount),
            ("date", date),
            ("budget", budget),
            ("workbook", workbook),
        ];
        for (name, target) in targets {
            let mut played = 0;
            for seed in std::fs::read_dir(seeds.join(name)).expect("each target has seeds") {
                target(&std::fs::read(seed.expect("a seed").path()).expect("a seed"));
                played += 1;
            }
            assert!(played > 0, "{name} has no seeds");
        }
    }

    #[test]
    fn the_small_workbook_is_one() {
        let rows = |bytes: Vec<u8>| {
            let mut grid = Grid::open(&OneFile::new(bytes), Path::new("a.xlsx"), None).expect("a workbook");
            let mut rows = grid.rows().expect("a sheet");
            let mut count = 0;
            while rows.next().expect("a row").is_some() {
                count += 1;
            }
            count
        };
        assert_eq!(rows(packed("", b"")), 2);
    }
}
