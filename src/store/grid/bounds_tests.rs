//! How much memory a table takes, however many rows it has and whatever it promises. Each table is read by this program
//! started anew, so that its peak is its own (Linux).

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sheet_tests::parts;
use super::{Cell, Grid};
use crate::problem::ProblemKind;
use crate::store::disk::Disk;

const ROWS: u32 = 200_000;
pub(super) const MOST_MIB: u64 = 64;
const FOLDER: &str = "TAIZHANG_GRID_TEST_FOLDER";

/// Runs the test of this name once more, alone in a process; there it finds the folder, and measures.
pub(super) fn alone(module: &str, name: &str, make: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    make(&folder.path().join("table"));
    let program = std::env::current_exe().expect("this program");
    let name = format!("{}::{name}", module.split_once("::").expect("a module").1);
    let output = Command::new(program).args(["--exact", &name]).env(FOLDER, folder.path()).output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The folder, in the process that measures.
pub(super) fn folder() -> Option<std::path::PathBuf> {
    std::env::var_os(FOLDER).map(Into::into)
}

/// The most memory this process had, in MiB.
pub(super) fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux says");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
}

fn opened(folder: &Path) -> Result<Grid, crate::problem::Problem> {
    Grid::open(&Disk::rooted(folder.to_owned()), Path::new("table"), None)
}

/// Walks through the table twice and counts; then the peak must be in bounds.
fn counted(folder: &Path) {
    let mut grid = opened(folder).expect("a table");
    for _ in 0..2 {
        let mut rows = grid.rows().expect("rows");
        let (mut count, mut last) = (0, 0);
        while let Some(row) = rows.next().expect("a row") {
            count += 1;
            last = row.number();
            assert_eq!(row.cells().count(), 4);
            assert!(matches!(row.cell(1), Cell::Text(_)));
        }
        assert_eq!((count, last), (ROWS, ROWS as usize));
    }
    assert!(peak() < MOST_MIB, "{} MiB", peak());
}

#[test]
fn a_long_text_takes_no_more_memory_than_a_short_one() {
    if let Some(folder) = folder() {
        return counted(&folder);
    }
    alone(module_path!(), "a_long_text_takes_no_more_memory_than_a_short_one", |path| {
        let mut file = BufWriter::new(File::create(path).expect("a file"));
        for row in 0..ROWS {
            writeln!(file, "2022-01-05,第{row}笔办公用品及其他商品和服务支出,{row}.50,\"某某,公司\"").expect("a row");
        }
    });
}

#[test]
fn a_long_sheet_takes_no_more_memory_than_its_texts() {
    if let Some(folder) = folder() {
        return counted(&folder);
    }
    alone(module_path!(), "a_long_sheet_takes_no_more_memory_than_its_texts", |path| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for row in 0..ROWS {
            sheet.write(row, 0, 44_566).expect("a cell");
            sheet.write(row, 1, format!("第{row}笔办公用品及其他商品和服务支出")).expect("a cell");
            sheet.write(row, 2, row).expect("a cell");
            sheet.write(row, 3, "某某公司").expect("a cell");
        }
        workbook.save(path).expect("a workbook");
    });
}

#[test]
fn what_promises_or_holds_without_end_is_refused_in_little_memory() {
    const SIZE: usize = 192 << 20;
    if let Some(folder) = folder() {
        let mut read =
            fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path()).collect::<Vec<_>>();
        read.sort();
        for path in read {
            let grid = Grid::open(&Disk::default(), &path, None);
            let problem = grid.and_then(|mut grid| grid.rows()?.next().map(drop)).expect_err("a bomb");
            assert!(matches!(problem.kind, ProblemKind::Grid(_)), "{} {problem:?}", path.display());
            assert!(peak() < MOST_MIB, "{}: {} MiB", path.display(), peak());
        }
        return;
    }
    alone(module_path!(), "what_promises_or_holds_without_end_is_refused_in_little_memory", |path| {
        let bomb = |ending: &str, part: &str, before: &str, again: &str, after: &str| {
            let mut archive = ZipWriter::new(File::create(path.with_extension(ending)).expect("a file"));
            let options = SimpleFileOptions::default().compression_level(Some(1));
            for (name, content) in parts("<worksheet><sheetData/></worksheet>") {
                archive.start_file(name, options).expect("a part");
                if name != part {
                    archive.write_all(content.as_bytes()).expect("a part");
                    continue;
                }
                let block = again.repeat((1 << 20) / again.len());
                archive.write_all(before.as_bytes()).expect("a part");
                for _ in 0..SIZE / block.len() {
                    archive.write_all(block.as_bytes()).expect("a part");
                }
                archive.write_all(after.as_bytes()).expect("a part");
            }
            archive.finish().expect("an archive");
        };
        let sheet = "xl/worksheets/sheet1.xml";
        let (before, after) = ("<worksheet><sheetData><row><c t=\"str\"><v>", "</v></c></row></sheetData></worksheet>");
        bomb("text", sheet, before, "长长", after);
        bomb("tag", sheet, "<worksheet a=\"", "a", "\"/>");
        bomb("comment", sheet, "<!--", "a", "-->");
        bomb("depth", sheet, "", "<a>", "");
        bomb("cells", sheet, "<worksheet><sheetData><row>", "<c><v>1</v></c>", "</row></sheetData></worksheet>");
        bomb("rows", sheet, "<worksheet><sheetData>", "<row/>", "</sheetData></worksheet>");
        bomb("texts", "xl/texts.xml", "<sst>", "<si><t>长长长长长长长长长长长长长长长长</t></si>", "</sst>");
        bomb("small", "xl/workbook.xml", "<workbook>", "<a/>", "</workbook>");
    });
}
