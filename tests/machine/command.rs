//! What someone types, and on which day: plain texts, so that a sequence can be played again with commands left out.

use std::collections::{BTreeMap, BTreeSet};

use super::last_year::LastYear;
use super::made_up::Edit;
use super::table::Table;

/// What a command does. The ways to use one command that the rules treat apart are verbs of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verb {
    Open,
    Record,
    /// `record --commitment`
    Spend,
    /// `record --split`
    Split,
    Reverse,
    Refund,
    Correct,
    Note,
    Adjust,
    /// `adjust --undo`
    Undo,
    Transfer,
    Commit,
    Release,
    Close,
    Import,
    Carry,
}

impl Verb {
    pub(super) const ALL: [Self; 16] = [
        Self::Open,
        Self::Record,
        Self::Spend,
        Self::Split,
        Self::Reverse,
        Self::Refund,
        Self::Correct,
        Self::Note,
        Self::Adjust,
        Self::Undo,
        Self::Transfer,
        Self::Commit,
        Self::Release,
        Self::Close,
        Self::Import,
        Self::Carry,
    ];

    /// Those that need no other year's books.
    pub(super) const IN_ONE_YEAR: [Self; 15] = {
        let mut verbs = [Self::Open; 15];
        let mut place = 0;
        while place < verbs.len() {
            verbs[place] = Self::ALL[place];
            place += 1;
        }
        verbs
    };

    /// The command as it is typed, and the option under which it names an earlier row or a month.
    pub(super) fn typed(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("open", ""),
            Self::Record | Self::Split => ("record", ""),
            Self::Spend => ("record", "commitment"),
            Self::Reverse => ("reverse", "row"),
            Self::Refund => ("refund", "row"),
            Self::Correct => ("correct", "row"),
            Self::Note => ("note", "row"),
            Self::Adjust => ("adjust", ""),
            Self::Undo => ("adjust", "undo"),
            Self::Transfer => ("transfer", ""),
            Self::Commit => ("commit", ""),
            Self::Release => ("release", "row"),
            Self::Close => ("close", "month"),
            Self::Import => ("import", ""),
            Self::Carry => ("carry", ""),
        }
    }

    /// The kind of row it refers to; nothing for a note, which may refer to any, and for those that refer to none.
    pub(super) fn refers_to(self) -> Option<&'static str> {
        match self {
            Self::Reverse | Self::Refund | Self::Correct => Some("expense"),
            Self::Spend | Self::Release => Some("commitment"),
            Self::Undo => Some("adjustment"),
            Self::Note => None,
            Self::Open | Self::Record | Self::Split | Self::Adjust => None,
            Self::Transfer | Self::Commit | Self::Close | Self::Import | Self::Carry => None,
        }
    }

    /// The kind of its main row.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Record | Self::Spend | Self::Split | Self::Correct | Self::Import => "expense",
            Self::Reverse => "reversal",
            Self::Refund => "refund",
            Self::Note => "note",
            Self::Adjust | Self::Undo | Self::Transfer | Self::Carry => "adjustment",
            Self::Commit => "commitment",
            Self::Release => "release",
            Self::Close => "close",
        }
    }
}

/// A command line and the day it is typed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) verb: Verb,
    /// What the clock says, as the number of a day of 2022.
    pub(super) day: i64,
    /// Whether nothing in the environment says who is writing.
    pub(super) nobody: bool,
    /// Options with their values. In place of a row's number may stand `{step.place}`: the row, counted from zero, that
    /// this step has written.
    pub(super) given: BTreeMap<&'static str, String>,
    /// What each part of a bill is, or what is kept of each allocation.
    pub(super) splits: Vec<String>,
    pub(super) flags: BTreeSet<&'static str>,
    /// The table that lies ready to be imported.
    pub(super) table: Option<Table>,
    /// What the year leaves that is to be carried.
    pub(super) last: Option<Box<LastYear>>,
}

impl Command {
    pub(super) fn new(verb: Verb, day: i64) -> Self {
        let (given, splits, flags) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        Self { verb, day, nobody: false, given, splits, flags, table: None, last: None }
    }

    pub(super) fn says(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }

    pub(super) fn words(&self) -> Vec<String> {
        let mut words = vec![self.verb.typed().0.to_owned()];
        for (name, value) in &self.given {
            if !["row", "month", "file"].contains(name) {
                words.push(format!("--{name}"));
            }
            words.push(value.clone());
        }
        let part_of = if self.verb == Verb::Carry { "--keep" } else { "--split" };
        words.extend(self.splits.iter().flat_map(|part| [part_of.to_owned(), part.clone()]));
        words.extend(self.flags.iter().map(|flag| format!("--{flag}")));
        words
    }

    /// The same with every `{step.place}` in its row's number; `row` says where a step's rows begin.
    pub(super) fn resolved(&self, row: impl Fn(usize) -> Option<usize>) -> Self {
        let mut command = self.clone();
        for value in command.given.values_mut() {
            let Some((before, rest)) = value.split_once('{') else { continue };
            let Some((named, after)) = rest.split_once('}') else { continue };
            let (step, place) = named.split_once('.').unwrap();
            // The row of a step that was left out, or refused, is one that isn't there.
            let seq = row(step.parse().unwrap()).map_or(999, |first| first + place.parse::<usize>().unwrap());
            *value = format!("{before}{seq}{after}");
        }
        command
    }
}

/// One thing that happens in a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    Types(Command),
    Edits(Edit),
}

/// An event under the number it had when the sequence was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) event: Event,
}
