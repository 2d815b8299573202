//! How fast and in how much memory the commands answer from a verified ledger, beside programs that add up the same
//! movements without verifying: `cargo bench --bench speed`. All runs of one size are played in turn, several times over,
//! and the medians compared. `TAIZHANG_BENCH_ROWS=10000000` adds a size; Linux only.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints rates and may stop short"
)]

/// The ledgers that are measured.
mod ledgers;
/// The other programs.
mod peers;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

use sha2::{Digest, Sha256};

use peers::{PEERS, Peer, Sums};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
/// Runs of each program; one that takes more than a few seconds runs once.
const RUNS: usize = 5;
const SLOW: f64 = 3.0;
/// Nobody waits longer for a program, in seconds: a larger ledger is not put to one that would take so long.
const PATIENCE: f64 = 60.0;
/// The largest ledger that is written down as a journal too.
const MOST_FOR_JOURNALS: u64 = 1_000_000;

/// What each command is asked, over a ledger of every size.
const COMMANDS: [&str; 10] = [
    "balance",
    "variance",
    "spending",
    "monthly 12",
    "monthly --all --pack pack",
    "commitments",
    "explain spent travel -f csv -o out.csv",
    "register -f csv -o out.csv",
    "verify",
    "record -a travel --amount 1 --date 2022-12-30 --by 小李",
];

fn main() {
    let mut sizes = SIZES.to_vec();
    sizes.extend(std::env::var("TAIZHANG_BENCH_ROWS").ok().map(|rows| rows.parse::<u64>().unwrap()));
    let processors = thread::available_parallelism().unwrap();
    println!("{processors} processors; medians of {RUNS} runs taken in turn, each a process of its own");
    let mut growth: Vec<(u64, Measures)> = Vec::new();
    // What each program took for a row of the size before.
    let mut a_row = [0.0; PEERS.len()];
    for rows in sizes {
        let folder = tempfile::tempdir().unwrap();
        ledgers::make(folder.path(), rows);
        if rows <= MOST_FOR_JOURNALS {
            ledgers::make_journals(folder.path(), rows);
        }
        beside(folder.path(), rows, &mut a_row);
        growth.push((rows, measured(folder.path(), rows, growth.last())));
    }
    print_growth(&growth);
}

/// Balance beside whoever else is here, and beside the floor: the digests alone, on all processors.
fn beside(folder: &Path, rows: u64, a_row: &mut [f64; PEERS.len()]) {
    let bytes = fs::metadata(folder.join("bench.csv")).unwrap().len();
    println!("\n{rows} rows, {:.0} MiB", bytes as f64 / 1_048_576.0);
    let peers: Vec<(&Peer, Option<String>)> = PEERS.iter().map(|peer| (peer, peer.installed())).collect();
    let (mut ours, mut floor, mut counting) = (Vec::new(), Vec::new(), Vec::new());
    let mut theirs: Vec<Vec<f64>> = vec![Vec::new(); peers.len()];
    let expected = our_sums(folder);
    // The first round warms the file's pages and is not counted.
    for round in 0..=RUNS {
        let seconds = |list: &mut Vec<f64>, seconds: f64| {
            if round > 0 {
                list.push(seconds);
            }
        };
        seconds(&mut ours, taizhang(folder, "balance").0);
        seconds(&mut floor, digests_alone(rows, bytes));
        seconds(&mut counting, lines_counted(folder));
        for (((peer, version), times), a_row) in peers.iter().zip(&mut theirs).zip(&*a_row) {
            let reads = version.is_some() && (!peer.is_accounting || rows <= MOST_FOR_JOURNALS);
            if !reads || a_row * rows as f64 > PATIENCE || round > 0 && times.first().is_some_and(|first| *first > SLOW)
            {
                continue;
            }
            let (taken, sums) = peer.run(folder);
            assert_eq!(sums, expected, "{} finds other totals", peer.name);
            if round > 0 || taken > SLOW {
                times.push(taken);
            }
        }
    }
    let ours = median(&mut ours);
    let line = |name: &str, seconds: f64| println!("{name:<44} {seconds:>9.4} s   {:>8.2}", ours / seconds);
    println!("{:<44} {:>11}   {:>8}", "", "median", "ours/it");
    line("taizhang balance, every row verified", ours);
    line("SHA-256 of the rows alone, all processors", median(&mut floor));
    line("wc -l", median(&mut counting));
    for (((peer, version), mut times), a_row) in peers.into_iter().zip(theirs).zip(a_row) {
        match version {
            None => println!("{:<44} not installed", peer.name),
            Some(_) if times.is_empty() => println!("{:<44} not tried at this size", peer.name),
            Some(version) => line(&version, median(&mut times)),
        }
        if !times.is_empty() {
            *a_row = median(&mut times) / rows as f64;
        }
    }
}

/// What `balance` says was spent by allocation.
fn our_sums(folder: &Path) -> Sums {
    let (_, said) = taizhang(folder, "balance -f csv");
    let mut lines = said.trim_start_matches('\u{feff}').lines();
    let heading: Vec<&str> = lines.next().unwrap().split(',').collect();
    let place = |name: &str| heading.iter().position(|column| *column == name).unwrap();
    let (key, spent) = (place("allocation"), place("spent"));
    let lines = lines.map(|line| line.split(',').collect::<Vec<_>>()).filter(|fields| !fields[key].is_empty());
    peers::sums(&lines.map(|fields| format!("{} {}\n", fields[key], fields[spent])).collect::<String>())
}

/// One run of ours: its seconds, and what it printed.
fn taizhang(folder: &Path, line: &str) -> (f64, String) {
    let begun = Instant::now();
    let output = command(folder, line).output().unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    (seconds, String::from_utf8(output.stdout).unwrap())
}

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.args(["-b", "bench.toml", "--today", "2022-12-31"]).args(line.split(' ')).current_dir(folder);
    command
}

/// The seconds to hash as many messages as there are rows, each as long as a row is on average without its own digest and
/// with the one before, on all processors.
fn digests_alone(rows: u64, bytes: u64) -> f64 {
    let length = usize::try_from(bytes / rows).unwrap() - 66 + 32;
    let threads = thread::available_parallelism().unwrap().get() as u64;
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut message = vec![b'7'; length];
                for _ in 0..rows / threads {
                    let digest = Sha256::digest(&message);
                    message[..32].copy_from_slice(&digest);
                }
                assert_ne!(message[..32], [0; 32]);
            });
        }
    });
    begun.elapsed().as_secs_f64()
}

fn lines_counted(folder: &Path) -> f64 {
    let begun = Instant::now();
    assert!(Command::new("wc").args(["-l", "bench.csv"]).current_dir(folder).output().unwrap().status.success());
    begun.elapsed().as_secs_f64()
}

/// What the commands took at one size; by what they took at the size before, some are not tried.
fn measured(folder: &Path, rows: u64, before: Option<&(u64, Measures)>) -> Measures {
    let expected = |place: usize| match before {
        None => 0.0,
        Some((fewer, found)) => {
            found[place].map_or(f64::INFINITY, |(seconds, _)| seconds * rows as f64 / *fewer as f64)
        }
    };
    std::array::from_fn(|place| (expected(place) < PATIENCE).then(|| asked(folder, COMMANDS[place])))
}

/// One command's median seconds and peak memory in MiB; of one that is slow, those of its first run.
fn asked(folder: &Path, line: &str) -> (f64, f64) {
    let first = with_peak(folder, line);
    if first.0 > SLOW {
        return first;
    }
    let mut seconds: Vec<f64> = (0..3).map(|_| taizhang(folder, line).0).collect();
    (median(&mut seconds), first.1)
}

/// The seconds of a run, and the most memory it has taken, as the kernel saw it while the run went on.
fn with_peak(folder: &Path, line: &str) -> (f64, f64) {
    let begun = Instant::now();
    let mut child =
        command(folder, line).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    while child.try_wait().unwrap().is_none() {
        let mut text = String::new();
        if File::open(&status).and_then(|mut file| file.read_to_string(&mut text)).is_ok() {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
            peak = peak.max(kib.unwrap_or(0.0) / 1024.0);
        }
        thread::sleep(std::time::Duration::from_micros(500));
    }
    (begun.elapsed().as_secs_f64(), peak)
}

/// Of each command its seconds and its peak memory in MiB, if it was tried.
type Measures = [Option<(f64, f64)>; COMMANDS.len()];

/// Seconds, peak memory, and by which power of the rows the time grows from one size to the next.
fn print_growth(growth: &[(u64, Measures)]) {
    println!("\nmedian seconds, peak MiB, and the power of the rows by which the time has grown");
    print!("{:<44}", "");
    growth.iter().for_each(|(rows, _)| print!(" {rows:>26}"));
    println!();
    for (place, line) in COMMANDS.iter().enumerate() {
        print!("{:<44}", line.split(" -").next().unwrap());
        let mut before: Option<(u64, f64)> = None;
        for (rows, found) in growth {
            let Some((seconds, peak)) = found[place] else {
                print!(" {:>26}", "not tried");
                continue;
            };
            let power = before.map(|(rows_before, seconds_before)| {
                (seconds / seconds_before).ln() / (*rows as f64 / rows_before as f64).ln()
            });
            print!(" {seconds:>9.4} {peak:>8.1} {:>7}", power.map_or(String::new(), |power| format!("{power:.2}")));
            before = Some((*rows, seconds));
        }
        println!();
    }
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
