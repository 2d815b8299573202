//! Failing disks, full disks, kills and races: what the exit code says is what the bytes are.
//!
//! The bytes are read here by a reader of the tests' own ([`book`]), so that a fault in the program's reader can't hide
//! itself. Most tests run in this process through the seam; those in `kernel` and `crowd` run the real binary.

use std::path::PathBuf;

use taizhang::{Exit, Files, Look, OpenFile, Purpose};

use crate::memory::Memory;
use crate::office::{Office, Seen};
use book::Book;
use failing::{Failing, How, Operation};

/// What stands behind the rows that hold, and who may cut it.
mod behind;
/// A ledger read by the tests' own eyes: rows, the chain, and rows sealed by hand.
mod book;
/// Copies that hold rows which the ledger has lost.
mod copies;
/// Many writers at once, and readers and writers that come between another's operations.
#[cfg(unix)]
mod crowd;
/// The check-up of a place, and whatever fails in it.
mod doctor;
/// Every operation of every command fails, once and for ever.
mod every_operation;
/// A file system whose operations fail when told to, and that knows what a power cut would leave.
mod failing;
/// Every single-bit flip and every truncation.
mod flips;
/// Heads that are foreign, stale, malformed, missing or behind.
mod heads;
/// Imports: all the rows of a table, or none of them.
mod importing;
/// The real binary against the real kernel: every exit code, limits, pipes, kills.
#[cfg(unix)]
mod kernel;
/// Rows that can't be held, and a folder for them that fails.
mod laying_by;
/// Repairs, and whatever fails in them.
mod mending;
/// The power fails at every operation.
mod power;
/// The ledger becomes another file while it is written to.
mod replaced;
/// A restored ledger put in place: the old file or the new one, never half of either.
mod restoring;
/// Death at every byte of an append.
mod torn;
/// The real binary at a real terminal.
#[cfg(unix)]
mod typing;

/// The small budget's file name.
const TOML: &str = "small.toml";
/// Its ledger's.
const LEDGER: &str = "small.csv";
const HEAD: &str = "small.csv.head";

/// A budget of one allocation, so that a ledger is small enough to try everything on it.
const SMALL: &str = r#"
[budget]
id = "small"
title = "项目"
unit = "单位"
fiscal_year = 2022
total = "1万元"
language = "en"
ledger = "small.csv"

[[allocation]]
key = "travel"
name = "差旅"
amount = "1万元"
plan = "even"
economic = []
"#;

/// The command most tests break: one expense.
const RECORD: &str = "-b small.toml record -a travel --amount 12.34 --payee 饭店 --memo 接待 --id new";

/// An office on a file system that fails when told to.
type Shaky = Office<Failing>;

/// The small budget, opened, with `rows` expenses of the day before in its ledger.
fn office(rows: usize) -> Shaky {
    let memory = Memory::default();
    memory.put(TOML, SMALL);
    let mut clerk = Office::on(memory.clone());
    clerk.today = "2022-12-30";
    clerk.types("-b small.toml open --yes --id opening").expect(Exit::Done);
    for row in 1..=rows {
        clerk.types(&format!("-b small.toml record -a travel --amount {row}.00 --id old-{row}")).expect(Exit::Done);
    }
    Office::on(Failing::over(&memory))
}

/// The same before it was opened.
fn unopened() -> Shaky {
    let memory = Memory::default();
    memory.put(TOML, SMALL);
    Office::on(Failing::over(&memory))
}

/// Another office on the same files, on the same day, that nothing fails in.
fn neighbour(memory: &Memory) -> Office<Memory> {
    Office::on(memory.clone())
}

impl Shaky {
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.files.memory.bytes(name)
    }

    fn ledger(&self) -> Vec<u8> {
        self.bytes(LEDGER).unwrap_or_default()
    }

    /// Names beside the budget, the ledger, its head and its lock.
    fn others(&self) -> Vec<PathBuf> {
        let known = [TOML, LEDGER, HEAD, "small.csv.lock"];
        self.files.memory.names().into_iter().filter(|name| !known.iter().any(|known| name == *known)).collect()
    }

    /// What was cut from the ledger and saved beside it.
    fn saved(&self) -> Vec<Vec<u8>> {
        let saved = self.others().into_iter().filter(|name| name.to_string_lossy().contains(".torn"));
        saved.filter_map(|name| self.files.memory.bytes(name)).collect()
    }

    /// The same files in another office, as they are now.
    fn copied(&self) -> Self {
        let memory = Memory::default();
        for name in self.files.memory.names() {
            memory.put(name.clone(), self.files.memory.bytes(&name).unwrap());
        }
        Self::on(Failing::over(&memory))
    }

    /// Types a command while an operation fails; afterwards nothing fails any more.
    fn types_under(&self, line: &str, at: usize, how: How) -> Seen {
        self.files.fails(at, how);
        let seen = self.types(line);
        self.files.heals();
        seen
    }

    /// The operations of a command when nothing fails. Played on a copy.
    fn operations(&self, line: &str) -> Vec<Operation> {
        let copy = self.copied();
        copy.types(line);
        copy.files.log()
    }
}

/// The id a problem tells to repeat with.
fn printed_id(seen: &Seen) -> Option<String> {
    let (_, rest) = seen.err.split_once("--id ")?;
    Some(rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '-').collect())
}
