//! The real binary against the real kernel: every exit code, limits, pipes, kills. Where a tool is missing the test
//! says so and tries nothing.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use taizhang::Exit;

use super::importing::{TABLE, ids, table};
use super::{Book, HEAD, LEDGER, SMALL, TOML};
use crate::office::Folder;
use crate::terminal::works;

const BINARY: &str = env!("CARGO_BIN_EXE_taizhang");
const RECORD: &str = "record -a travel --amount 0.01 --id new";

/// A folder in which the real binary works.
pub(super) struct Shop {
    pub(super) folder: Folder,
}

/// What a process said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: Option<i32>,
    pub(super) err: String,
}

impl Shop {
    fn new() -> Self {
        let folder = Folder::new();
        folder.write(TOML, SMALL);
        Self { folder }
    }

    pub(super) fn opened() -> Self {
        let shop = Self::new();
        assert_eq!(shop.runs("open --yes --id opening").code, Some(0));
        shop
    }

    pub(super) fn ledger(&self) -> Vec<u8> {
        self.folder.read(LEDGER)
    }

    /// The binary in this folder, in an environment of its own, nothing on its streams.
    pub(super) fn command(&self, line: &str) -> Command {
        self.through(&[], line)
    }

    /// The same, started by another program.
    pub(super) fn through(&self, tool: &[&str], line: &str) -> Command {
        let words = tool.iter().copied().chain([BINARY, "-b", TOML, "--today", "2022-12-31"]).chain(line.split(' '));
        let words: Vec<&str> = words.collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(self.folder.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TAIZHANG_BY", "小李");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    pub(super) fn runs(&self, line: &str) -> Said {
        said(self.command(line))
    }

    /// Typing it again ends in exactly one row, and everything holds.
    #[track_caller]
    fn ends_in_one_row(&self, rows: usize) {
        let again = self.runs(RECORD);
        assert_eq!(again.code, Some(0), "{again:?}");
        let book = Book::read(&self.ledger());
        assert_eq!((book.with_id("new"), book.rows.len()), (1, rows));
        let verified = self.runs("verify");
        assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""), "{verified:?}");
    }
}

fn said(mut command: Command) -> Said {
    let output = command.stderr(Stdio::piped()).output().unwrap();
    Said { code: output.status.code(), err: String::from_utf8(output.stderr).unwrap() }
}

#[test]
fn every_exit_code_is_reached() {
    let shop = Shop::opened();
    assert_eq!(shop.runs(RECORD).code, Some(0));
    assert_eq!(shop.runs("record -a travel --amount").code, Some(2));
    assert_eq!(shop.runs("record -a travel --amount 1000000.00").code, Some(3));
    let mut ledger = shop.ledger();
    ledger[200] ^= 1;
    shop.folder.write(LEDGER, ledger);
    assert_eq!(shop.runs("verify").code, Some(4));
    fs::remove_file(shop.folder.join(TOML)).unwrap();
    assert_eq!(shop.runs("verify").code, Some(5));
    // 1 needs someone at a terminal to say no; 6, 7 and 8 have tests of their own.
    let shop = Shop::new();
    let mut clerk = shop.folder.office();
    clerk.terminal.input = true;
    clerk.answers = vec!["n"];
    clerk.types("-b small.toml open").expect(Exit::No);
    assert!(!shop.folder.join(LEDGER).exists());
}

#[test]
fn a_ledger_that_is_no_regular_file_is_an_io_error() {
    let shop = Shop::new();
    fs::create_dir(shop.folder.join(LEDGER)).unwrap();
    for line in [RECORD, "open --yes", "balance", "verify"] {
        assert_eq!(shop.runs(line).code, Some(5), "a folder: {line}");
    }
    fs::remove_dir(shop.folder.join(LEDGER)).unwrap();
    std::os::unix::fs::symlink("/dev/full", shop.folder.join(LEDGER)).unwrap();
    for line in [RECORD, "open --yes", "balance", "verify"] {
        assert_eq!(shop.runs(line).code, Some(5), "/dev/full: {line}");
    }
}

/// A limit on file size makes a real short write, then a real error: the piece is cut back.
#[test]
fn a_row_that_does_not_fit_is_taken_back() {
    if !works(&["prlimit", "--version"]) {
        return;
    }
    let shop = Shop::opened();
    let before = shop.ledger();
    for room in (0..150).step_by(10) {
        let limit = format!("--fsize={}", before.len() + room);
        let said = said(shop.through(&["prlimit", &limit], RECORD));
        assert_eq!(said.code, Some(5), "room for {room}: {said:?}");
        assert_eq!(shop.ledger(), before, "room for {room}");
    }
    shop.ends_in_one_row(3);
}

#[test]
fn an_opening_that_does_not_fit_leaves_nothing() {
    if !works(&["prlimit", "--version"]) {
        return;
    }
    let shop = Shop::new();
    for room in [0, 1, 100, 300] {
        let said = said(shop.through(&["prlimit", &format!("--fsize={room}")], "open --yes --id opening"));
        assert_eq!(said.code, Some(5), "room for {room}: {said:?}");
        assert!(!shop.folder.join(LEDGER).exists());
    }
    assert_eq!(shop.runs("open --yes --id opening").code, Some(0));
}

/// Each of these system calls fails at each of its turns, in the real binary.
#[test]
fn whatever_the_kernel_refuses_the_exit_code_says_what_the_bytes_are() {
    if !works(&["strace", "-qq", "-o", "/dev/null", "true"]) {
        return;
    }
    let mut reached = Vec::new();
    for (call, error) in
        [("fsync", "EIO"), ("rename", "EIO"), ("write", "ENOSPC"), ("pread64", "EIO"), ("flock", "ENOLCK")]
    {
        for at in 1..=12 {
            let shop = Shop::opened();
            let before = shop.ledger();
            let inject = format!("inject={call}:error={error}:when={at}");
            let trace = format!("trace={call}");
            let said = said(shop.through(&["strace", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject], RECORD));
            let context = format!("{call} number {at}: {said:?}");
            let after = shop.ledger();
            assert!(after.starts_with(&before), "{context}");
            match said.code {
                Some(0 | 8) => assert_eq!(Book::read(&after).with_id("new"), 1, "{context}"),
                Some(5) => assert_eq!(after, before, "{context}"),
                Some(6) => assert!(said.err.contains("--id new"), "{context}"),
                // The loader reads too, before there is a program to fail.
                Some(127) if said.err.contains("shared librar") => {}
                _ => panic!("{context}"),
            }
            reached.extend(said.code);
            shop.ends_in_one_row(3);
        }
    }
    for code in [0, 5, 6, 8] {
        assert!(reached.contains(&code), "{code} was not reached: {reached:?}");
    }
}

/// The wait is real: ten seconds. Readers don't wait.
#[test]
fn a_held_lock_is_waited_for_and_then_said() {
    let shop = Shop::opened();
    let before = shop.ledger();
    let lock = File::options().read(true).write(true).open(shop.folder.join("small.csv.lock")).unwrap();
    lock.lock().unwrap();
    let began = Instant::now();
    let said = shop.runs(RECORD);
    assert_eq!(said.code, Some(7), "{said:?}");
    let waited = began.elapsed();
    assert!(waited >= Duration::from_secs(9) && waited < Duration::from_secs(60), "{waited:?}");
    assert_eq!(shop.ledger(), before);
    assert_eq!(shop.runs("verify").code, Some(0));
    drop(lock);
    shop.ends_in_one_row(3);
}

#[test]
fn a_full_stdout_after_a_commit_is_said_and_before_one_is_an_io_error() {
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for line in [RECORD.to_owned(), format!("{RECORD} -f json"), format!("{RECORD} -f csv")] {
        let shop = Shop::opened();
        let status = shop.command(&line).stdout(full()).status().unwrap();
        assert_eq!(status.code(), Some(8), "{line}");
        assert_eq!(Book::read(&shop.ledger()).with_id("new"), 1, "{line}");
        let status = shop.command(&line).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(8), "{line}, again, stderr full too");
        shop.ends_in_one_row(3);
    }
    let shop = Shop::opened();
    assert_eq!(shop.runs(&format!("{RECORD} -o /dev/full")).code, Some(8));
    shop.ends_in_one_row(3);
    for line in ["balance", "variance", "verify", "balance -f csv", "balance -f json"] {
        assert_eq!(shop.command(line).stdout(full()).status().unwrap().code(), Some(5), "{line}");
    }
    let shop = Shop::new();
    assert_eq!(shop.command("open --yes --id opening").stdout(full()).status().unwrap().code(), Some(8));
    assert_eq!(Book::read(&shop.ledger()).rows.len(), 2);
}

#[test]
fn a_reader_of_the_answer_that_has_gone_is_no_error() {
    let shop = Shop::opened();
    for (line, rows) in [(RECORD, 3), ("balance", 3), ("verify", 3)] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = shop.command(line).stdout(writer).status().unwrap();
        assert_eq!((status.code(), status.signal()), (Some(0), None), "{line}");
        assert_eq!(Book::read(&shop.ledger()).rows.len(), rows);
    }
    shop.ends_in_one_row(3);
}

/// A closed stream must not let the ledger be opened in its place.
#[test]
fn closed_streams_don_t_reach_the_ledger() {
    for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let shop = Shop::opened();
        let before = shop.ledger();
        let typed = format!("exec {BINARY} -b {TOML} --today 2022-12-31 {RECORD} {closed}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &typed]).current_dir(shop.folder.path()).env("TAIZHANG_BY", "小李");
        let status = shell.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(matches!(status.code(), Some(0 | 8)), "{closed}: {status:?}");
        assert!(shop.ledger().starts_with(&before), "{closed}");
        assert_eq!(Book::read(&shop.ledger()).with_id("new"), 1, "{closed}");
        shop.ends_in_one_row(3);
    }
}

/// The ledger, or its spool before it, outgrows the limit in the middle of an import.
#[test]
fn an_import_that_does_not_fit_is_taken_back() {
    if !works(&["prlimit", "--version"]) {
        return;
    }
    let shop = Shop::opened();
    shop.folder.write(TABLE, table(500, 1000, "shop"));
    let before = shop.ledger();
    let grown = {
        let shop = Shop::opened();
        shop.folder.write(TABLE, table(500, 1000, "shop"));
        assert_eq!(shop.runs("import bills.csv").code, Some(0));
        shop.ledger().len() - before.len()
    };
    for limit in [before.len(), before.len() + 100, grown - 1, grown, before.len() + grown - 1] {
        let said = said(shop.through(&["prlimit", &format!("--fsize={limit}")], "import bills.csv"));
        assert_eq!(said.code, Some(5), "at most {limit}: {said:?}");
        assert_eq!(shop.ledger(), before, "at most {limit}");
        assert!(!shop.folder.join("small.csv.import-1").exists(), "at most {limit}");
    }
    assert_eq!(shop.runs("import bills.csv").code, Some(0));
    assert_eq!(ids(&Book::read(&shop.ledger())).len(), 500);
}

/// Nothing that a name may stand for makes an import wait, or is taken for a table.
#[test]
fn an_import_of_what_is_no_file_is_an_io_error() {
    let shop = Shop::opened();
    let before = shop.ledger();
    fs::create_dir(shop.folder.join("folder")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", shop.folder.join("zero")).unwrap();
    assert!(Command::new("mkfifo").arg(shop.folder.join("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink("pipe", shop.folder.join("to-pipe")).unwrap();
    for file in ["folder", "zero", "pipe", "to-pipe", "missing.csv", "/dev/null", "/dev/full"] {
        let said = said(shop.through(&["timeout", "20"], &format!("import {file}")));
        assert_eq!(said.code, Some(5), "{file}: {said:?}");
    }
    assert_eq!(shop.ledger(), before);
}

/// Killed at any moment, an import is there or not; the next one saves what it left.
#[test]
fn an_import_killed_at_any_moment_is_all_or_nothing() {
    const ROWS: usize = 400;
    let shop = Shop::opened();
    shop.folder.write(TABLE, table(ROWS, 1000, "first"));
    let began = Instant::now();
    assert_eq!(shop.runs("import bills.csv").code, Some(0));
    let longest = u64::try_from(began.elapsed().as_micros()).unwrap() * 5 / 4;
    let (mut killed, mut random, mut rows) = (0, 20_220_101_u64, 2 + ROWS);
    for turn in 0..40 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        shop.folder.write(TABLE, table(ROWS, 1000, &format!("turn {turn}")));
        let whole = shop.ledger();
        let mut child = shop.command("import bills.csv").spawn().unwrap();
        thread::sleep(Duration::from_micros((random >> 33) % longest));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let now = shop.ledger();
        assert!(now.starts_with(&whole), "turn {turn}: verified bytes changed");
        assert_eq!(shop.runs("verify").code, Some(0), "turn {turn}");
        let again = shop.runs("import bills.csv");
        assert_eq!(again.code, Some(0), "turn {turn}: {again:?}");
        rows += ROWS;
        let book = Book::read(&shop.ledger());
        assert_eq!((book.rows.len(), ids(&book).len()), (rows, rows - 2), "turn {turn}");
        assert!(!shop.folder.join("small.csv.import-1").exists(), "turn {turn}");
    }
    let verified = shop.runs("verify");
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""), "{verified:?}");
    assert!(killed > 5, "only {killed} were killed");
}

/// Killed at two hundred moments: every acknowledged row is there, no row twice, and the next writer goes on.
#[test]
fn kills_at_any_moment_lose_no_acknowledged_row() {
    let shop = Shop::opened();
    let began = Instant::now();
    assert_eq!(shop.runs("record -a travel --amount 0.01 --id first").code, Some(0));
    let longest = u64::try_from(began.elapsed().as_micros()).unwrap() * 5 / 4;
    let mut acknowledged = vec!["first".to_owned()];
    let (mut killed, mut random) = (0, 20_220_101_u64);
    let mut whole = shop.ledger();
    for turn in 0..200 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let id = format!("k-{turn}");
        let mut child = shop.command(&format!("record -a travel --amount 0.01 --id {id}")).spawn().unwrap();
        thread::sleep(Duration::from_micros((random >> 33) % longest));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        if status.success() {
            acknowledged.push(id);
        } else {
            assert_eq!(status.signal(), Some(9), "{status:?}");
            killed += 1;
        }
        let now = shop.ledger();
        assert!(now.starts_with(&whole), "turn {turn}: verified bytes changed");
        whole = now[..=now.iter().rposition(|byte| *byte == b'\n').unwrap()].to_vec();
    }
    assert_eq!(shop.runs("record -a travel --amount 0.01 --id last").code, Some(0));
    acknowledged.push("last".into());
    let book = Book::read(&shop.ledger());
    assert!(acknowledged.iter().all(|id| book.with_id(id) == 1), "an acknowledged row is lost or doubled");
    assert!((0..200).all(|turn| book.with_id(&format!("k-{turn}")) <= 1));
    let verified = shop.runs("verify");
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""), "{verified:?}");
    assert!(killed > 0 && acknowledged.len() > 2, "{killed} killed, {} acknowledged", acknowledged.len());
    let head = String::from_utf8(shop.folder.read(HEAD)).unwrap();
    assert!(head.starts_with(&format!("taizhang-head 1 {} ", book.rows.len())));
}
