//! How fast and in how much memory `balance` answers from a verified ledger: `cargo bench`.
//!
//! Each measured run is a process of its own, so that its peak memory is its own: this program starts itself again
//! with a ledger's folder, runs the command in it, and reads its own peak from the kernel (Linux only).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints rates and may stop short"
)]

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use taizhang::{Ask, DateTime, Disk, Exit, Progress, Question, Terminal, ThisMachine, World, run};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
const RUNS: usize = 5;
const HEADER: &str = "seq,kind,date,occurred,allocation,fund,amount,plan,payee,memo,voucher,payment,economic,method,invoice,ref,doc,batch,id,by,at,hash";
const KEYS: [&str; 4] = ["travel", "office", "printing", "postage"];
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

/// Makes the ledgers, measures each in turn, and prints a line a size.
fn compare() {
    println!("balance over a verified ledger, one thread: median of {RUNS} runs, each a process of its own");
    println!(
        "{:>10} {:>9} {:>10} {:>12} {:>10} {:>10} {:>12}",
        "rows", "MiB", "seconds", "rows/s", "MiB/s", "peak MiB", "sha256 alone"
    );
    for rows in SIZES {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), rows);
        let size = fs::metadata(folder.path().join("bench.csv")).unwrap().len() as f64 / 1_048_576.0;
        let mut seconds = Vec::new();
        let mut peaks = Vec::new();
        let mut hashing = Vec::new();
        for _ in 0..=RUNS {
            let run = Command::new(std::env::current_exe().unwrap())
                .env("TAIZHANG_BENCH_FOLDER", folder.path())
                .output()
                .unwrap();
            let printed = String::from_utf8(run.stdout).unwrap();
            let mut numbers = printed.split_whitespace().map(|number| number.parse::<f64>().unwrap());
            seconds.push(numbers.next().unwrap());
            peaks.push(numbers.next().unwrap());
            hashing.push(hash_alone(&folder.path().join("bench.csv")).as_secs_f64());
        }
        // The first of each warms the file's pages.
        let (seconds, peak, hashing) = (median(&mut seconds[1..]), median(&mut peaks[1..]), median(&mut hashing[1..]));
        let speed = rows as f64 / seconds;
        println!(
            "{rows:>10} {size:>9.1} {seconds:>10.4} {speed:>12.0} {:>10.0} {peak:>10.1} {:>11.2}x",
            size / seconds,
            seconds / hashing
        );
    }
}

/// One run in this process; prints its seconds and its peak memory in MiB.
fn measured(folder: &Path) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    let exit = run(World {
        arguments: ["taizhang", "balance", "-f", "json"].map(Into::into).to_vec(),
        environment: &|_| None,
        files: &Disk::rooted(folder.to_owned()),
        machine: &ThisMachine,
        clock: &|| DateTime::parse_from_rfc3339("2022-12-31T10:00:00+08:00").unwrap(),
        wait: &|_| {},
        out: &mut out,
        err: &mut err,
        terminal: Terminal::default(),
        ask: &mut Nobody,
        progress: &mut Nobody,
    });
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(exit, Exit::Done, "{}", String::from_utf8_lossy(&err));
    println!("{seconds} {}", peak_mib());
}

/// SHA-256 of the file's bytes on one thread, 1 MiB at a time: the floor for anything that verifies it.
fn hash_alone(path: &Path) -> Duration {
    let begun = Instant::now();
    let mut hasher = Sha256::new();
    let (mut file, mut piece) = (File::open(path).unwrap(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut piece).unwrap();
        if read == 0 {
            break;
        }
        hasher.update(&piece[..read]);
    }
    assert_ne!(hasher.finalize()[..], [0; 32]);
    begun.elapsed()
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

/// Writes a budget and an opened ledger of so many rows, sealed as format 1 wants it.
fn make(folder: &Path, rows: u64) {
    let allocations: String = KEYS
        .iter()
        .map(|key| format!("[[allocation]]\nkey = \"{key}\"\nname = \"{key}\"\namount = \"100000000\"\n"))
        .collect();
    fs::write(folder.join("bench.toml"), format!("{BUDGET}{allocations}")).unwrap();
    let mut ledger = BufWriter::new(File::create(folder.join("bench.csv")).unwrap());
    writeln!(ledger, "{HEADER}").unwrap();
    let mut previous = [0; 32];
    let opening = 1 + KEYS.len() as u64;
    for seq in 1..=rows {
        let row = match seq {
            1 => format!(
                "1,open,2022-01-01,,,,0.00,,,format=1;budget=bench;year=2022,,,,,,,,1of{opening},opening,clerk,2022-01-01T09:00:00+08:00"
            ),
            seq if seq <= opening => {
                let key = KEYS[usize::try_from(seq).unwrap() - 2];
                format!(
                    "{seq},budget,2022-01-01,,{key},current,100000000.00,even,,{key},,,,,,,,{seq}of{opening},,clerk,2022-01-01T09:00:00+08:00"
                )
            }
            seq => {
                let key = KEYS[usize::try_from(seq % 4).unwrap()];
                let (month, day, yuan) = (seq % 12 + 1, seq % 28 + 1, seq * 7919 % 300);
                format!(
                    "{seq},expense,2022-{month:02}-{day:02},,{key},current,{yuan}.25,,某某文具店,办公用品,记-{seq:07},20220{seq:09},30201,bank,,,,,i-{seq:016x},小李,2022-12-31T09:00:00+08:00"
                )
            }
        };
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(row.replace(',', "\u{1f}"));
        previous = hasher.finalize().into();
        let hash: String = previous.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(ledger, "{row},{hash}").unwrap();
    }
    ledger.flush().unwrap();
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
