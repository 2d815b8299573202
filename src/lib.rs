//! 台账: a budget ledger for the people who keep public money.
//!
//! The path of one command, in six steps:
//!
//! 1. `main` gathers the world: arguments, environment, clock, streams, file system ([`World`]).
//! 2. `cli` reads what was typed, in the reader's language, and picks one small file: the command. What is missing it
//!    asks for first, where someone is at a terminal.
//! 3. `store` reads the budget and walks the ledger once, every byte verified, or returns every problem with its place.
//! 4. `domain` folds the rows into positions as they pass, and says what the rules say to a new row.
//! 5. `reports` answers with complete plain data; `store` makes the one append, if there is one.
//! 6. `render` lays the answer out as a table, CSV, JSON, Markdown, a web page or a workbook, in the words of `lang`;
//!    `main` exits with the code.
//!
//! The rooms from the ground up, each knowing only those before it: `domain`, `problem`, then `store`, `reports` and
//! `lang`, which do not know each other, then `render`, and `cli` on top. `tests/tidy.rs` holds the direction.
//!
//! Where new things go. A **report** is one file in `reports/` (its data and the function that makes it), one function
//! in `render/sheets.rs` (its columns), one small file in `cli/` and its line in `cli/mod.rs`; the compiler then asks for
//! its words in both languages, and every format has it. A **row kind** is a variant of `domain::entry::Kind`: what it
//! moves, which sign it has and what it refers to are matches there, and the rooms that treat kinds apart follow. An
//! **output format** is a variant of `render::Format`, which the command line then offers, and one file in `render/`;
//! every report has it.

mod cli;
mod domain;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod lang;
mod problem;
mod render;
mod reports;
mod store;

use std::ffi::OsString;
use std::io::Write;
use std::time::Duration;

pub use chrono::{DateTime, FixedOffset};
pub use problem::Exit;
pub use store::daybook::Overflow;
pub use store::disk::Disk;
pub use store::files::{Files, Look, LookKind, OpenFile, Purpose, Rights};
pub use store::machine::{Machine, Place, ThisMachine, first_stack};

/// Everything outside the program, handed in, so that every run can be repeated.
pub struct World<'w> {
    /// What was typed, the program's name first.
    pub arguments: Vec<OsString>,
    /// A variable of the environment, by name.
    pub environment: &'w dyn Fn(&str) -> Option<OsString>,
    /// The file system.
    pub files: &'w dyn Files,
    /// Where rows go that are too many to be held.
    pub overflow: Overflow,
    /// The machine around it.
    pub machine: &'w dyn Machine,
    /// The wall clock. It is asked under the lock, so that rows are stamped in their order.
    pub clock: &'w dyn Fn() -> DateTime<FixedOffset>,
    /// Passes time while another writer has the lock.
    pub wait: &'w dyn Fn(Duration),
    /// Where the answer goes.
    pub out: &'w mut dyn Write,
    /// Where everything else goes.
    pub err: &'w mut dyn Write,
    /// What the streams are connected to.
    pub terminal: Terminal,
    /// Who answers questions at a terminal.
    pub ask: &'w mut dyn Ask,
    /// What shows how far long work has come.
    pub progress: &'w mut dyn Progress,
}

impl World<'_> {
    /// A variable of the environment that is text and says something.
    fn says(&self, name: &str) -> Option<String> {
        (self.environment)(name)?.into_string().ok().filter(|value| !value.is_empty())
    }
}

/// What the streams are connected to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal {
    /// Whether someone can be asked.
    pub input: bool,
    /// Whether the answer goes to a screen.
    pub out: bool,
    /// Whether problems go to a screen.
    pub err: bool,
    /// The screen's width in columns.
    pub width: Option<usize>,
}

/// A question to someone at a terminal, every word of it in their language.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The question itself.
    pub text: &'q str,
    /// What may be answered, and by which keys; empty when it goes without saying.
    pub help: &'q str,
    /// What stands where they give up.
    pub given_up: &'q str,
    /// Whether colours may be used.
    pub color: bool,
}

/// Someone at a terminal. `None` for an answer means that they gave up.
pub trait Ask {
    /// A line of text. `suggestion` stands there already, to be changed or left.
    fn text(&mut self, question: &Question<'_>, suggestion: &str) -> Option<String>;

    /// The place, counted from 0, of one of several options, of which there is at least one; it begins at `cursor`.
    fn choose(&mut self, question: &Question<'_>, options: &[String], cursor: usize) -> Option<usize>;
}

/// Shows how far long work has come, to someone who waits for it.
pub trait Progress {
    /// So much of so much is done, in any unit.
    fn show(&mut self, done: u64, total: u64);

    /// The work is over; what was shown goes away.
    fn clear(&mut self);
}

/// Runs one command in this world.
pub fn run(world: World<'_>) -> Exit {
    cli::run(world)
}
