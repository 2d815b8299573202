//! Surroundings in which nobody should have to keep books, with the real binary: an environment of garbage, streams that
//! are shut, a folder that is gone, clocks that are wrong. The answer is right, or refused with an exit code that is
//! documented; nobody meets a panic, and nothing waits for ever.
#![cfg(target_os = "linux")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output};

use crate::office::{Folder, LEDGER, words};
use crate::terminal::works;

const BINARY: &str = env!("CARGO_BIN_EXE_taizhang");
pub(super) const BALANCE: &str = "--today 2022-12-31 balance";
pub(super) const RECORD: &str = "--today 2022-12-31 record -a 1 --amount 0.01";
pub(super) const PACK: &str = "--today 2022-12-31 monthly 1 --pack pack";
pub(super) const WORKBOOK: &str = "--today 2022-12-31 balance -f xlsx -o balance.xlsx";

pub(super) fn opened() -> Folder {
    let folder = Folder::new();
    folder.opened();
    folder.write("bills.csv", "日期,预算分项,金额\n2022-03-01,1,0.01\n");
    folder
}

/// A shell's script around the binary, which it knows as `$0` and its words as `$@`; twenty seconds are for ever.
pub(super) fn through(folder: &Folder, script: &str, line: &str) -> Command {
    let mut command = Command::new("bash");
    command.args(["-c", script, BINARY]).args(words(line)).current_dir(folder.path()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TAIZHANG_BY", "小李");
    command
}

/// It ended by itself, with a code that is documented, and says nothing of its insides.
#[track_caller]
pub(super) fn ended(output: &Output, about: &str) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    assert!(code.is_some_and(|code| (0..=8).contains(&code)), "{about}: {code:?} {:?} {said}", output.status.signal());
    assert!(!said.contains("panicked") && !said.contains("overflowed"), "{about}: {said}");
    code.unwrap()
}

/// The ledger's bytes begin as before, and its rows hold.
#[track_caller]
pub(super) fn stands(folder: &Folder, before: &[u8], about: &str) {
    let after = folder.read(LEDGER);
    assert!(after.starts_with(before), "{about}");
    let seen = folder.office().types("verify");
    assert_eq!(seen.exit as i32, 0, "{about}: {}{}", seen.out, seen.err);
}

/// Variables that programs look at, or might.
const NAMES: [&str; 20] = [
    "LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LANGUAGE",
    "TERM",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "HOME",
    "PATH",
    "TZ",
    "TMPDIR",
    "PWD",
    "SHELL",
    "USER",
    "TAIZHANG_BUDGET",
    "RUST_LOG",
    "RUST_MIN_STACK",
    "RAYON_NUM_THREADS",
];

/// Zones that are none, some of them without an end.
const ZONES: [&str; 18] = [
    ":",
    "::",
    "/",
    "localtime",
    "CST-8",
    "UTC+25",
    "XYZ99999",
    ":/etc/passwd",
    "../../../etc/passwd",
    "北京时间",
    "/dev/null",
    "/dev/zero",
    ":/dev/zero",
    "../../../dev/zero",
    "/dev/urandom",
    "pipe",
    "/proc/self/mem",
    "/proc/kmsg",
];

/// What stands in variables, by name.
fn garbage(folder: &Folder) -> Vec<(&'static str, OsString)> {
    let bytes = |bytes: &'static [u8]| OsStr::from_bytes(bytes).to_owned();
    let mut all: Vec<(&str, OsString)> = Vec::new();
    for name in NAMES {
        all.extend(
            ["", "garbage", "0", "-1", "99999999999999999999", "/nonexistent"].map(|value| (name, value.into())),
        );
        all.push((name, bytes(b"\xff\xfe")));
        all.push((name, bytes(b"\x1b[2J\xe2\x80\xae")));
    }
    all.extend(["C", "POSIX", "zh_CN.GBK", "xx_YY"].map(|value| ("LC_ALL", value.into())));
    all.extend(["dumb", "unknown", "xterm-256color"].map(|value| ("TERM", value.into())));
    all.extend(ZONES.map(|value| ("TZ", value.into())));
    assert!(Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    all.push(("TZ", folder.join("pipe").into_os_string()));
    all
}

#[test]
fn whatever_the_environment_says_the_answer_is_the_same() {
    if !works(&["timeout", "1", "true"]) {
        return;
    }
    let folder = opened();
    let good = through(&folder, "exec \"$0\" \"$@\"", BALANCE).output().unwrap();
    assert_eq!(ended(&good, "as it is"), 0);
    let all = garbage(&folder);
    let (ledger, head) = (folder.read(LEDGER), folder.read(&format!("{LEDGER}.head")));
    for (name, value) in all {
        let about = format!("{name}={value:?}");
        // Set by the shell when it has found what it needs itself.
        let script = format!(
            "t=$(command -v timeout) && export {name}=\"$VALUE\" && unset VALUE && exec \"$t\" 20 \"$0\" \"$@\""
        );
        let [read, write] =
            [BALANCE, RECORD].map(|line| through(&folder, &script, line).env("VALUE", &value).output().unwrap());
        let codes = (ended(&read, &about), ended(&write, &about));
        if name == "TAIZHANG_BUDGET" && !value.is_empty() {
            // Another budget than was named is never taken in its place.
            assert_eq!(codes, (5, 5), "{about}");
            assert_eq!(folder.read(LEDGER), ledger, "{about}");
            continue;
        }
        assert_eq!(codes, (0, 0), "{about}");
        assert!(read.stdout == good.stdout || name == "COLUMNS", "{about}");
        stands(&folder, &ledger, &about);
        assert_ne!(folder.read(LEDGER), ledger, "{about}");
        folder.write(LEDGER, &ledger);
        folder.write(&format!("{LEDGER}.head"), &head);
    }
}

#[test]
fn nothing_set_at_all_is_enough() {
    let folder = opened();
    for name in ["TERM", "HOME", "PATH", "LANG", "TZ"] {
        let script = format!("unset {name}; exec \"$0\" \"$@\"");
        for line in [BALANCE, RECORD] {
            assert_eq!(ended(&through(&folder, &script, line).output().unwrap(), name), 0);
        }
    }
    let bare =
        |line: &str| Command::new(BINARY).args(words(line)).current_dir(folder.path()).env_clear().output().unwrap();
    assert_eq!(ended(&bare(BALANCE), "bare"), 0);
    assert_eq!(ended(&bare(RECORD), "bare"), 2, "nobody is named");
}

/// Texts that are no UTF-8: a file is found under its own name, and a row takes nothing that is no text.
#[test]
fn bytes_that_are_no_text_name_files_and_nothing_else() {
    let folder = opened();
    let odd = |text: &[u8]| OsStr::from_bytes(text).to_owned();
    let runs = |arguments: &[OsString], environment: &[(&str, OsString)]| {
        let mut command = Command::new(BINARY);
        command.args(["--today", "2022-12-31", "--lang", "en"]).args(arguments).current_dir(folder.path()).env_clear();
        command.env("TAIZHANG_BY", "x").envs(environment.iter().map(|(name, value)| (name, value))).output().unwrap()
    };
    let texts = |line: &str| words(line).into_iter().map(OsString::from).collect::<Vec<_>>();
    let before = folder.read(LEDGER);
    for (line, last, code) in [
        ("", &b"\xff"[..], 2),
        ("balance", b"\xff", 2),
        ("balance --as-of", b"\xff", 2),
        ("balance -a", b"\xff", 2),
        ("record -a 1 --amount", b"\xff", 2),
        ("record -a 1 --amount 1 --payee", b"\xe5\x85", 2),
        ("record -a 1 --amount 1 --id", b"\xff", 2),
        ("record -a 1 --amount 1 --by", b"\xff", 2),
        ("import", b"none\xff.csv", 5),
        ("reconcile", b"none\xff.csv", 5),
        ("restore", b"none\xff.csv", 5),
        ("verify --anchor", b"\xff", 2),
        ("-b", b"none\xff.toml", 2),
    ] {
        let output = runs(&[texts(line), vec![odd(last)]].concat(), &[]);
        assert_eq!(ended(&output, line), code, "{line}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(folder.read(LEDGER), before, "{line}");
    }
    // Names are bytes: such a file is read, and made.
    let (budget, bills, answer) = (odd(b"\xff.toml"), odd(b"\xff.csv.in"), odd(b"\xfe.csv"));
    fs::copy(folder.join("chuxiong-xinfang-2022.toml"), folder.path().join(&budget)).unwrap();
    fs::copy(folder.join("bills.csv"), folder.path().join(&bills)).unwrap();
    assert_eq!(ended(&runs(&["-b".into(), budget.clone(), "balance".into()], &[]), "-b"), 0);
    assert_eq!(ended(&runs(&["balance".into()], &[("TAIZHANG_BUDGET", budget.clone())]), "TAIZHANG_BUDGET"), 0);
    let opened = runs(&["open".into(), "--yes".into()], &[("TAIZHANG_BUDGET", budget.clone())]);
    assert_eq!(ended(&opened, "open"), 0);
    assert!(folder.path().join(odd(b"\xff.csv")).exists(), "beside the budget, under its name");
    fs::remove_file(folder.path().join(&budget)).unwrap();
    assert_eq!(ended(&runs(&["import".into(), bills, "--dry-run".into()], &[]), "import"), 0);
    assert_eq!(ended(&runs(&["balance".into(), "-o".into(), answer.clone()], &[]), "-o"), 0);
    assert!(folder.path().join(&answer).exists());
    // A budget that is not there is not another one; a name that is no text is nobody's.
    for (name, value, code) in [("TAIZHANG_BUDGET", b"none\xff.toml", 5), ("TAIZHANG_BY", b"some\xff.body", 2)] {
        let output = runs(&texts("record -a 1 --amount 1"), &[(name, odd(value))]);
        assert_eq!(ended(&output, name), code, "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("who is recording"), "{name}");
        assert_eq!(folder.read(LEDGER), before, "{name}");
    }
}

#[test]
fn streams_that_are_shut_or_full_change_nothing_but_the_code() {
    let folder = opened();
    let commands = [
        (BALANCE, 0, 5),
        (RECORD, 0, 8),
        ("verify", 0, 5),
        ("help", 0, 5),
        ("--version", 0, 5),
        ("completions bash", 0, 5),
        ("man", 0, 5),
        ("no such command", 2, 2),
        ("import bills.csv --dry-run", 0, 5),
    ];
    for (line, shut, full) in commands {
        for (how, code) in [
            ("<&-", shut),
            (">&-", shut),
            ("2>&-", shut),
            ("<&- >&- 2>&-", shut),
            (">/dev/full", full),
            (">/dev/full 2>/dev/full", full),
            ("2>/dev/full", shut),
            ("</dev/zero", shut),
            ("< .", shut),
        ] {
            let script = format!("exec timeout 20 \"$0\" \"$@\" {how}");
            let output = through(&folder, &script, line).output().unwrap();
            assert_eq!(ended(&output, &format!("{line} {how}")), code, "{line} {how}");
        }
    }
    stands(&folder, &[], "afterwards");
}

#[test]
fn where_the_folder_is_gone_or_shut_it_is_said() {
    let folder = opened();
    let before = folder.read(LEDGER);
    let script = "mkdir gone && cd gone && rmdir ../gone && exec timeout 20 \"$0\" \"$@\"";
    let home = folder.join("chuxiong-xinfang-2022.toml");
    let named = |line: &str| format!("-b {} {line}", home.display());
    for (line, code) in [
        (BALANCE.to_owned(), 2),
        (RECORD.to_owned(), 2),
        ("doctor".to_owned(), 1),
        ("demo".to_owned(), 5),
        ("init".to_owned(), 5),
        ("help".to_owned(), 0),
        (named(BALANCE), 0),
        (named(RECORD), 0),
        (named("--today 2022-12-31 balance -o x.csv"), 5),
        (named("import x.csv"), 5),
        (named("reconcile x.csv"), 5),
    ] {
        let output = through(&folder, script, &line).output().unwrap();
        assert_eq!(ended(&output, &line), code, "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    stands(&folder, &before, "gone");
    // Whoever may do everything is not kept out by rights.
    let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups";
    if !works(&words(nobody).iter().map(String::as_str).chain(["true"]).collect::<Vec<_>>()) {
        return;
    }
    let script = |mode: &str| format!("chmod {mode} . && exec timeout 20 {nobody} \"$0\" \"$@\"");
    for (mode, read, write) in [("000", 5, 5), ("444", 5, 5), ("711", 5, 5), ("755", 0, 5)] {
        for (line, code) in [(BALANCE, read), (RECORD, write), ("init", if mode == "755" { 3 } else { 9 })] {
            let before = folder.read(LEDGER);
            let output = through(&folder, &script(mode), line).output().unwrap();
            let seen = ended(&output, &format!("{mode} {line}"));
            assert!(seen == code || code == 9 && [3, 5].contains(&seen), "{mode} {line}: {seen}");
            assert_eq!(folder.read(LEDGER), before, "{mode} {line}");
        }
    }
    assert!(Command::new("chmod").args(["755", "."]).current_dir(folder.path()).status().unwrap().success());
}

/// Days on which clocks have gone wrong: before there was a clock, on the last day there is, before the last row.
#[test]
fn whatever_the_clock_says_nothing_falls_over() {
    let folder = opened();
    let mut office = folder.office();
    for today in
        ["0001-01-01", "1900-02-28", "1969-12-31", "1970-01-01", "2021-12-31", "2022-01-01", "2038-01-19", "9999-12-31"]
    {
        office.today = today;
        for line in ["balance", "variance", "verify", "doctor", "monthly 1", "final --draft", "commitments"] {
            let seen = office.types(line);
            assert!([0, 1, 2, 3].contains(&(seen.exit as i32)), "{today} {line}: {:?} {}", seen.exit, seen.err);
        }
        let before = folder.read(LEDGER);
        let seen = office.types("record -a 1 --amount 0.01");
        assert_eq!(seen.exit as i32, if today.starts_with("2022") { 3 } else { 2 }, "{today}: {}", seen.err);
        let dated = office.types("record -a 1 --amount 0.01 --date 2022-01-05 --lang en");
        let is_late = today > "2022-12-31";
        assert_eq!(dated.exit as i32, if is_late { 0 } else { 3 }, "{today}: {}", dated.err);
        assert!(is_late || dated.err.contains("clock") || dated.err.contains("after today"), "{today}: {}", dated.err);
        assert!(is_late || folder.read(LEDGER) == before, "{today}");
        stands(&folder, &before, today);
    }
    // The last row is of the last day there is; whoever knows better says so, and the row says it too.
    office.today = "2022-12-31";
    let seen = office.types("record -a 1 --amount 0.01 --lang en");
    assert_eq!(seen.exit as i32, 3, "{}", seen.err);
    assert!(seen.err.contains("--clock-ok"), "{}", seen.err);
    assert_eq!(office.types("record -a 1 --amount 0.01 --clock-ok battery").exit as i32, 0);
    assert!(String::from_utf8(folder.read(LEDGER)).unwrap().contains("battery"));
}
