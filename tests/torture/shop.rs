//! A folder in which the release binary works, alone in an environment of its own, and what it leaves there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_taizhang");
pub(crate) const TOML: &str = "small.toml";
pub(crate) const LEDGER: &str = "small.csv";
pub(crate) const HEAD: &str = "small.csv.head";

/// A budget as small as can be.
pub(crate) const SMALL: &str = r#"
[budget]
id = "small-2022"
title = "小预算"
unit = "某局"
fiscal_year = 2022
total = "200万元"
language = "en"
ledger = "small.csv"

[[allocation]]
key = "travel"
name = "差旅"
amount = "100万元"
plan = "even"
economic = []

[[allocation]]
key = "food"
name = "餐饮"
amount = "100万元"
plan = "even"
economic = []
"#;

/// A folder with the small budget, gone when dropped.
pub(crate) struct Shop {
    path: PathBuf,
    /// The folder, if it is the shop's own.
    _folder: Option<tempfile::TempDir>,
}

/// What a process said, and how it ended: its exit code, or `None` if it was killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Shop {
    /// A shop without a ledger.
    pub(crate) fn new() -> Self {
        Self::within(&std::env::temp_dir())
    }

    /// The same in a folder of the trial's choice: another file system, for one.
    pub(crate) fn within(parent: &Path) -> Self {
        Self::tried_within(parent).unwrap()
    }

    /// The same, where there may be no room even for the budget.
    pub(crate) fn tried_within(parent: &Path) -> Option<Self> {
        let folder = tempfile::tempdir_in(parent).ok()?;
        let shop = Self { path: folder.path().to_owned(), _folder: Some(folder) };
        fs::write(shop.join(TOML), SMALL).ok()?;
        Some(shop)
    }

    /// A shop that is there already, and stays.
    pub(crate) fn standing(path: PathBuf) -> Self {
        Self { path, _folder: None }
    }

    /// A shop whose ledger is open: three rows.
    pub(crate) fn opened() -> Self {
        let shop = Self::new();
        let said = shop.runs("open --yes --id opening");
        assert_eq!(said.code, Some(0), "{said:?}");
        shop
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// The bytes of a file here; none where there is none.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.join(name)).unwrap_or_default()
    }

    pub(crate) fn ledger(&self) -> Vec<u8> {
        self.read(LEDGER)
    }

    /// Puts ledger and head back as they were.
    pub(crate) fn put_back(&self, ledger: &[u8], head: &[u8]) {
        fs::write(self.join(LEDGER), ledger).unwrap();
        fs::write(self.join(HEAD), head).unwrap();
    }

    /// Runs a command, words apart by blanks.
    pub(crate) fn runs(&self, line: &str) -> Said {
        said(&mut self.through(&[], line))
    }

    /// A command about to be run by another program (`prlimit`, `strace`, `faketime`); streams are for the trial to set.
    pub(crate) fn through(&self, tool: &[&str], line: &str) -> Command {
        self.on_any_day(tool, &format!("--today 2022-12-31 {line}"))
    }

    /// The same on the day that the clock shows.
    pub(crate) fn on_any_day(&self, tool: &[&str], line: &str) -> Command {
        let program = [BINARY, "-b", TOML];
        let words: Vec<&str> = tool.iter().copied().chain(program).chain(line.split(' ')).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(self.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TAIZHANG_BY", "小李");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Runs it to its end, and tells what it said.
pub(crate) fn said(command: &mut Command) -> Said {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Whether a program that is not ours is here and may do what it is for: it is run with these words.
pub(crate) fn works(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The rows of a ledger as fields, the header left off; only whole lines count.
pub(crate) fn rows(ledger: &[u8]) -> Vec<Vec<String>> {
    let whole = ledger.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&ledger[..whole]);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// How many rows carry this id.
pub(crate) fn with_id(ledger: &[u8], id: &str) -> usize {
    rows(ledger).iter().filter(|row| row.get(18).is_some_and(|found| found == id)).count()
}
