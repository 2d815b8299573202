//! What is too large is refused at once, in words, and never read whole.

use std::fmt::Write as _;
use std::process::Command;

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::{Folder, Office};

#[test]
fn a_budget_over_one_mebibyte_is_refused() {
    let office = Office::on(Memory::default());
    office.files.put("big.toml", format!("[budget]\n# {}\n", "长".repeat(400_000)));
    let seen = office.types("-b big.toml balance").expect(Exit::Refused);
    assert!(seen.err.contains("1024 KB"), "{}", seen.err);
    office.types("balance").expect(Exit::Refused);
}

#[test]
fn a_ledger_line_without_end_is_refused_before_the_head_and_never_cut() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let ledger = "chuxiong-xinfang-2022.csv";
    let opened = office.files.bytes(ledger).unwrap();
    office.files.put(ledger, [vec![b'x'; 10 << 20], opened.clone()].concat());
    office.types("balance").expect(Exit::Integrity);
    office.types("record -a 1 --amount 1").expect(Exit::Integrity);
    // Behind the head it may be what a broken write left; then the rows before it still count.
    office.files.put(ledger, [opened, vec![0; 10 << 20]].concat());
    office.types("balance").expect(Exit::Done);
}

#[test]
fn a_text_over_its_limit_is_refused_and_one_at_it_is_kept() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let memo = |length: usize| "x".repeat(length);
    office.runs(&["record", "-a", "1", "--amount", "1", "--memo", &memo(2049)]).expect(Exit::Refused);
    office.runs(&["record", "-a", "1", "--amount", "1", "--memo", &memo(2048)]).expect(Exit::Done);
    let over = ["record", "-a", "4", "--amount", "20000", "--allow-over", "why", "--memo", &memo(2047)];
    office.runs(&over).expect(Exit::Refused);
    office.types("verify").expect(Exit::Done);
}

/// The rows of a long table are walked, spooled and appended one at a time; what is kept of each is a few numbers.
#[cfg(target_os = "linux")]
#[test]
fn two_hundred_thousand_rows_are_imported_in_little_memory() {
    const ROWS: u32 = 200_000;
    const MOST: u64 = 128 << 20;
    if !crate::terminal::works(&["prlimit", "--version"]) {
        return;
    }
    let folder = Folder::new();
    folder.opened();
    let mut table = String::from("日期,预算分项,金额,收款人,摘要\n");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["日期", "预算分项", "金额", "收款人", "摘要"]) {
        sheet.write(0, column, heading).unwrap();
    }
    for row in 1..=ROWS {
        writeln!(table, "2022-{:02}-05,1,0.01,第{row}号商店,办公用品", row % 12 + 1).unwrap();
        sheet.write(row, 0, "2022-03-05").unwrap();
        sheet.write(row, 1, 2).unwrap();
        sheet.write(row, 2, 0.01).unwrap();
        sheet.write(row, 3, format!("第{row}号商店")).unwrap();
        sheet.write(row, 4, "办公用品").unwrap();
    }
    folder.write("table.csv", table);
    workbook.save(folder.join("table.xlsx")).unwrap();
    // The second time all of it is known.
    for file in ["table.csv", "table.xlsx", "table.csv"] {
        let mut command = Command::new("prlimit");
        command.args([&format!("--data={MOST}"), env!("CARGO_BIN_EXE_taizhang"), "--today", "2022-12-31"]);
        let command = command.args(["import", file]).current_dir(folder.path()).env("TAIZHANG_BY", "小李");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let balance = folder.office().types("balance -f json").expect(Exit::Done).json();
    assert_eq!(balance["total"]["spent"], "4000.00");
    listed_in_little_memory(&folder, 2 * ROWS as usize);
}

/// What lists every row takes no more memory than what adds them up, and leaves nothing in the folder it lays them by in.
#[cfg(target_os = "linux")]
fn listed_in_little_memory(folder: &Folder, rows: usize) {
    const MOST: u64 = 64 << 20;
    std::fs::create_dir(folder.join("aside")).unwrap();
    for (line, most_lines) in [
        ("register -f csv -o listed", rows + 30),
        ("register -f json -o listed", 20 * rows),
        ("explain spent -f csv -o listed", rows + 30),
        ("explain spent -f json -o listed", 20 * rows),
    ] {
        let mut command = Command::new("prlimit");
        command.args([&format!("--data={MOST}"), env!("CARGO_BIN_EXE_taizhang"), "--today", "2022-12-31"]);
        let command = command.args(line.split(' ')).current_dir(folder.path()).env("TMPDIR", folder.join("aside"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let lines = folder.read("listed").iter().filter(|byte| **byte == b'\n').count();
        assert!((rows..most_lines).contains(&lines), "{line}: {lines} lines");
        assert_eq!(std::fs::read_dir(folder.join("aside")).unwrap().count(), 0, "{line}");
    }
}

/// Found by the torture suite's T15: each problem counted the file's lines anew and all were told, for minutes.
#[test]
fn a_file_with_a_hundred_thousand_problems_is_refused_in_few_words() {
    let office = Office::on(Memory::default());
    for line in ["[[allocation]]\n", "a=1\n"] {
        office.files.put("wrong.toml", line.repeat((1 << 20) / line.len() - 1));
        let seen = office.types("-b wrong.toml --lang en balance").expect(Exit::Refused);
        assert!(seen.err.len() < 100_000 && seen.err.contains("more problems"), "{} bytes", seen.err.len());
    }
}
