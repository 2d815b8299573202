//! How fast and in how much memory `import` takes a CSV of new rows into an opened ledger, and the same CSV once more:
//! `cargo bench --bench import`. Each measured run is a process of its own, as in `balance` (Linux only).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints rates and may stop short"
)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use taizhang::{Ask, DateTime, Disk, Exit, Overflow, Progress, Question, Terminal, ThisMachine, World, run};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
const RUNS: usize = 5;
const KEYS: [&str; 4] = ["travel", "office", "printing", "postage"];
const NAMES: [&str; 4] = ["差旅", "办公", "印刷", "邮寄"];
const BUDGET: &str = r#"[budget]
id = "bench"
title = "测速"
unit = "某局"
fiscal_year = 2022
total = "400000000"
"#;

fn main() {
    match std::env::var_os("TAIZHANG_BENCH_FOLDER") {
        Some(folder) => measured(Path::new(&folder)),
        None => compare(),
    }
}

/// Makes the tables, measures each in turn, and prints a line a size.
fn compare() {
    println!("import of a CSV, sync included: median of {RUNS} runs, each a process of its own");
    println!(
        "{:>10} {:>9} {:>12} {:>10} {:>14} {:>10}",
        "rows", "MiB", "rows/s", "peak MiB", "again rows/s", "peak MiB"
    );
    for rows in SIZES {
        let mut runs = Vec::new();
        let mut size = 0.0;
        for _ in 0..=RUNS {
            let folder = tempfile::tempdir().unwrap();
            make(folder.path(), rows);
            size = fs::metadata(folder.path().join("rows.csv")).unwrap().len() as f64 / 1_048_576.0;
            // Once all of it new, once all of it known.
            let both: Vec<f64> = (0..2).flat_map(|_| numbers(folder.path())).collect();
            runs.push(both);
        }
        // The first of them warms the file's pages.
        let column = |place: usize| median(&mut runs[1..].iter().map(|run| run[place]).collect::<Vec<_>>());
        let (new, peak, again, peak_again) = (column(0), column(1), column(2), column(3));
        let speed = |seconds: f64| rows as f64 / seconds;
        println!("{rows:>10} {size:>9.1} {:>12.0} {peak:>10.1} {:>14.0} {peak_again:>10.1}", speed(new), speed(again));
    }
}

/// Seconds and peak memory of one run in a process of its own.
fn numbers(folder: &Path) -> Vec<f64> {
    let run = Command::new(std::env::current_exe().unwrap()).env("TAIZHANG_BENCH_FOLDER", folder).output().unwrap();
    let printed = String::from_utf8(run.stdout).unwrap();
    printed.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// One run in this process; prints its seconds and its peak memory in MiB.
fn measured(folder: &Path) {
    let begun = Instant::now();
    typed(folder, &["import", "rows.csv"]);
    println!("{} {}", begun.elapsed().as_secs_f64(), peak_mib());
}

fn typed(folder: &Path, words: &[&str]) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(World {
        arguments: ["taizhang"].iter().chain(words).map(Into::into).collect(),
        environment: &|name| (name == "TAIZHANG_BY").then(|| "小李".into()),
        files: &Disk::rooted(folder.to_owned()),
        overflow: Overflow::into_folder(std::env::temp_dir()),
        machine: &ThisMachine,
        clock: &|| DateTime::parse_from_rfc3339("2022-12-31T10:00:00+08:00").unwrap(),
        wait: &|_| {},
        out: &mut out,
        err: &mut err,
        terminal: Terminal::default(),
        ask: &mut Nobody,
        progress: &mut Nobody,
    });
    assert_eq!(exit, Exit::Done, "{}", String::from_utf8_lossy(&err));
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn peak_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(f64::NAN, |kib| kib / 1024.0)
}

/// Writes a budget, opens its ledger, and writes a table of so many expenses.
fn make(folder: &Path, rows: u64) {
    let allocations: String = KEYS
        .iter()
        .zip(NAMES)
        .map(|(key, name)| format!("[[allocation]]\nkey = \"{key}\"\nname = \"{name}\"\namount = \"100000000\"\n"))
        .collect();
    fs::write(folder.join("bench.toml"), format!("{BUDGET}{allocations}")).unwrap();
    typed(folder, &["open", "--yes"]);
    let mut table = BufWriter::new(File::create(folder.join("rows.csv")).unwrap());
    writeln!(table, "日期,预算分项,金额,收款人,摘要,凭证号,支付令号,经济分类,支付方式,发票号码").unwrap();
    for row in 1..=rows {
        let (month, day, yuan) = (row % 12 + 1, row % 28 + 1, row * 7919 % 300);
        let name = NAMES[usize::try_from(row % 4).unwrap()];
        writeln!(
            table,
            "2022-{month:02}-{day:02},{name},{yuan}.25,第{row}号文具店,购置办公用品,记-{row:07},20220{row:09},30201,公务卡,1{row:019}"
        )
        .unwrap();
    }
    table.flush().unwrap();
}

struct Nobody;

impl Progress for Nobody {
    fn show(&mut self, _done: u64, _total: u64) {}

    fn clear(&mut self) {}
}

impl Ask for Nobody {
    fn text(&mut self, _question: &Question<'_>, _suggestion: &str) -> Option<String> {
        None
    }

    fn choose(&mut self, _question: &Question<'_>, _options: &[String], _cursor: usize) -> Option<usize> {
        None
    }
}
