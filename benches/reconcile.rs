//! How long and in how much memory `reconcile` holds a ledger against a statement as long as it, most of it alike and a
//! fiftieth of it wrong in each way there is: `cargo bench --bench reconcile`. Each measured run is a process of its own,
//! as in `balance` (Linux only).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints rates and may stop short"
)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use sha2::{Digest, Sha256};
use taizhang::{Ask, DateTime, Disk, Exit, Overflow, Progress, Question, Terminal, ThisMachine, World, run};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const FORMS: [&str; 3] = ["table", "csv", "json"];
const RUNS: usize = 3;
const HEADER: &str = "seq,kind,date,occurred,allocation,fund,amount,plan,payee,memo,voucher,payment,economic,method,invoice,ref,doc,batch,id,by,at,hash";
/// What one allocation may hold at most, in the hundred of them that a million payments need.
const ALLOCATIONS: u64 = 100;
const EACH: u64 = 1_000_000_000;

fn main() {
    match (std::env::var_os("TAIZHANG_BENCH_FOLDER"), std::env::var("TAIZHANG_BENCH_FORM")) {
        (Some(folder), Ok(form)) => measured(Path::new(&folder), &form),
        _ => compare(),
    }
}

/// Makes the books, measures each form of the answer in turn, and prints a line for each.
fn compare() {
    println!("reconcile, a ledger against a statement as long: median of {RUNS} runs, each a process of its own");
    println!("growth: the power of the size that the time grew with since the size before");
    println!(
        "{:>10} {:>10} {:>6} {:>9} {:>7} {:>9}  {:>9} {:>9} {:>9} {:>9} {:>9}",
        "rows",
        "lines",
        "form",
        "seconds",
        "growth",
        "peak MiB",
        "matched",
        "differing",
        "ambiguous",
        "in ledger",
        "in bank"
    );
    let mut before = [f64::NAN; FORMS.len()];
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let (rows, lines) = Books::made(size).written(folder.path());
        for (form, before) in FORMS.iter().zip(&mut before) {
            let (mut seconds, mut peaks) = (Vec::new(), Vec::new());
            // The first of them warms the files' pages.
            for run in 0..=RUNS {
                let numbers = numbers(folder.path(), form);
                if run > 0 {
                    seconds.push(numbers[0]);
                    peaks.push(numbers[1]);
                }
            }
            let (seconds, peak) = (median(&mut seconds), median(&mut peaks));
            // The first size has none before it.
            let growth = Some((seconds / *before).log10()).filter(|growth| growth.is_finite());
            let growth = growth.map_or("-".to_owned(), |growth| format!("{growth:.2}"));
            *before = seconds;
            print!("{rows:>10} {lines:>10} {form:>6} {seconds:>9.3} {growth:>7} {peak:>9.1}");
            println!("{}", if *form == "csv" { counts(folder.path()) } else { String::new() });
        }
    }
}

/// Seconds and peak memory of one run in a process of its own.
fn numbers(folder: &Path, form: &str) -> Vec<f64> {
    let program = std::env::current_exe().unwrap();
    let run =
        Command::new(program).env("TAIZHANG_BENCH_FOLDER", folder).env("TAIZHANG_BENCH_FORM", form).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    printed.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// How many lines of the answer stand in each of its tables.
fn counts(folder: &Path) -> String {
    let tables = ["matched,", "differing,", "ambiguous,", "only_in_ledger,", "only_in_statement,"];
    let mut counted = [0; 5];
    for line in BufReader::new(File::open(folder.join("answer.csv")).unwrap()).lines().map(Result::unwrap) {
        counted.iter_mut().zip(tables).filter(|(_, table)| line.starts_with(table)).for_each(|(count, _)| *count += 1);
    }
    format!(" {}", counted.map(|count| format!(" {count:>9}")).concat())
}

/// One run in this process; prints its seconds and its peak memory in MiB.
fn measured(folder: &Path, form: &str) {
    let mut out = BufWriter::new(File::create(folder.join(format!("answer.{form}"))).unwrap());
    let mut err = Vec::new();
    let begun = Instant::now();
    let exit = run(World {
        arguments: ["taizhang", "reconcile", "bank.csv", "-f", form].map(Into::into).to_vec(),
        environment: &|_| None,
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
    out.flush().unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(exit, Exit::No, "{}", String::from_utf8_lossy(&err));
    println!("{seconds} {}", peak_mib());
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

/// A movement of money, as one side has it.
#[derive(Clone)]
struct Movement {
    day: u64,
    /// In 分; negative came back.
    fen: i64,
    payee: u64,
    /// The payment number; 0 for none.
    number: u64,
    /// For a refund, the place of its payment among the rows.
    of: Option<usize>,
}

/// Both sides of a year, made by chance that can be repeated (SplitMix64).
struct Books {
    chance: u64,
    payees: u64,
    rows: Vec<Movement>,
    lines: Vec<Movement>,
}

impl Books {
    /// A year with about so many rows on each side: of a hundred movements two are told in each of the wrong ways.
    fn made(size: usize) -> Self {
        let payees = 20 + size as u64 / 50;
        let mut books = Self { chance: size as u64, payees, rows: Vec::new(), lines: Vec::new() };
        while books.rows.len() < size {
            let movement = books.movement();
            match books.below(100) {
                0..2 => books.late(&movement, 1),
                2..4 => books.in_parts(movement, true),
                4..6 => books.in_parts(movement, false),
                6..8 => books.told(&movement, Movement { fen: swapped(movement.fen), ..movement.clone() }),
                8..10 => books.rows.push(movement),
                10..12 => books.lines.push(movement),
                12..14 => {
                    books.lines.push(movement.clone());
                    books.told(&movement, movement.clone());
                }
                14..16 => books.refunded(&movement),
                16..18 => {
                    books.told(&movement, movement.clone());
                    books.lines.push(Movement { fen: 1_500, payee: 0, number: 0, ..movement });
                }
                18..20 => books.alike(&movement),
                _ => books.told(&movement, movement.clone()),
            }
        }
        books.lines.sort_by_key(|line| line.day);
        books
    }

    fn below(&mut self, sides: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.chance;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % sides
    }

    /// Half of the movements carry a payment number that both sides know.
    fn movement(&mut self) -> Movement {
        let (day, fen, payee) = (self.below(340), self.below(3_000_000) + 10_000, 1 + self.below(self.payees));
        let number = if self.below(2) == 0 { 1 + self.below(1 << 40) } else { 0 };
        Movement { day, fen: i64::try_from(fen).unwrap(), payee, number, of: None }
    }

    fn told(&mut self, row: &Movement, line: Movement) {
        self.rows.push(row.clone());
        self.lines.push(line);
    }

    /// The bank took some days, no fewer than these.
    fn late(&mut self, row: &Movement, fewest: u64) {
        let day = row.day + fewest + self.below(5);
        self.told(row, Movement { day, ..row.clone() });
    }

    /// One payment of one side is two or three of the other, on near days and without a number.
    fn in_parts(&mut self, movement: Movement, is_split: bool) {
        let mut whole = Movement { number: 0, fen: 0, ..movement };
        for _ in 0..2 + self.below(2) {
            let fen = i64::try_from(self.below(900_000)).unwrap() + 1;
            let part = Movement { fen, day: whole.day + self.below(3), ..whole.clone() };
            whole.fen += fen;
            if is_split { &mut self.lines } else { &mut self.rows }.push(part);
        }
        if is_split { &mut self.rows } else { &mut self.lines }.push(whole);
    }

    fn refunded(&mut self, movement: &Movement) {
        self.told(movement, movement.clone());
        let of = Some(self.rows.len() - 1);
        let back = Movement { day: movement.day + 10, fen: -movement.fen, number: 0, of, ..movement.clone() };
        self.late(&back, 0);
    }

    /// One amount to several on one day, as allowances are paid.
    fn alike(&mut self, movement: &Movement) {
        for place in 0..2 + self.below(3) {
            let payee = 1 + (movement.payee + place) % self.payees;
            let paid = Movement { fen: 50_000, number: 0, payee, ..movement.clone() };
            self.told(&paid, paid.clone());
        }
    }

    /// Writes budget, ledger and statement, and tells how many rows and lines they have.
    fn written(&self, folder: &Path) -> (u64, usize) {
        let mut statement = BufWriter::new(File::create(folder.join("bank.csv")).unwrap());
        writeln!(statement, "交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,交易流水号").unwrap();
        let mut balance = 100_000_000_000_000;
        for line in &self.lines {
            balance -= line.fen;
            let (out, back) =
                if line.fen > 0 { (yuan(line.fen), String::new()) } else { (String::new(), yuan(-line.fen)) };
            let (day, balance, payee, number) = (day(line.day), yuan(balance), name(line.payee), digits(line.number));
            writeln!(statement, "{day},转账支付,{out},{back},{balance},{payee},{number}").unwrap();
        }
        statement.flush().unwrap();
        (self.written_ledger(folder), self.lines.len())
    }

    /// The budget and an opened ledger, sealed as format 1 wants it.
    fn written_ledger(&self, folder: &Path) -> u64 {
        let mut budget = format!(
            "[budget]\nid = \"bench\"\ntitle = \"测速\"\nunit = \"某局\"\nfiscal_year = 2022\ntotal = \"{}\"\n",
            ALLOCATIONS * EACH
        );
        let opening = 1 + ALLOCATIONS;
        let at = "clerk,2022-01-01T09:00:00+08:00";
        let mut ledger = Chain::begun(folder);
        ledger.add(&format!(
            "1,open,2022-01-01,,,,0.00,,,format=1;budget=bench;year=2022,,,,,,,,1of{opening},opening,{at}"
        ));
        for key in 2..=opening {
            budget += &format!("[[allocation]]\nkey = \"a{key}\"\nname = \"分项{key}\"\namount = \"{EACH}\"\n");
            ledger.add(&format!(
                "{key},budget,2022-01-01,,a{key},current,{EACH}.00,even,,分项{key},,,,,,,,{key}of{opening},,{at}"
            ));
        }
        fs::write(folder.join("bench.toml"), budget).unwrap();
        for (seq, row) in (opening + 1..).zip(&self.rows) {
            let (kind, of) = match row.of {
                None => ("expense", String::new()),
                Some(place) => ("refund", (opening + 1 + place as u64).to_string()),
            };
            let key = 2 + row.payee % ALLOCATIONS;
            let (day, amount, payee, number) = (day(row.day), yuan(row.fen), name(row.payee), digits(row.number));
            ledger.add(&format!(
                "{seq},{kind},{day},,a{key},current,{amount},,{payee},办公用品,记-{seq:07},{number},30201,bank,,{of},,,i-{seq:016x},小李,2022-12-31T09:00:00+08:00"
            ));
        }
        ledger.file.flush().unwrap();
        opening + self.rows.len() as u64
    }
}

/// A ledger's rows, each sealed onto the one before.
struct Chain {
    file: BufWriter<File>,
    previous: [u8; 32],
}

impl Chain {
    fn begun(folder: &Path) -> Self {
        let mut file = BufWriter::new(File::create(folder.join("bench.csv")).unwrap());
        writeln!(file, "{HEADER}").unwrap();
        Self { file, previous: [0; 32] }
    }

    fn add(&mut self, row: &str) {
        let mut hasher = Sha256::new();
        hasher.update(self.previous);
        hasher.update(row.replace(',', "\u{1f}"));
        self.previous = hasher.finalize().into();
        let hash: String = self.previous.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.file, "{row},{hash}").unwrap();
    }
}

/// Two digits that changed places, so that the amount is another.
fn swapped(fen: i64) -> i64 {
    let (last, last_but_one) = (fen % 10, fen / 10 % 10);
    if last == last_but_one { fen + 900 } else { fen - fen % 100 + last * 10 + last_but_one }
}

fn yuan(fen: i64) -> String {
    format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.abs() / 100, fen.abs() % 100)
}

/// The day so many days after the first of January.
fn day(mut days: u64) -> String {
    let mut month = 1;
    for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("2022-{month:02}-{:02}", days + 1)
}

fn name(payee: u64) -> String {
    if payee == 0 { String::new() } else { format!("云南第{payee}号办公用品有限公司") }
}

fn digits(number: u64) -> String {
    if number == 0 { String::new() } else { format!("ZF{number:013}") }
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
