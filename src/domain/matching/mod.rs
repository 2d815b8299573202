//! 对账: which payments of the ledger are which lines of the statement. Pure: two lists and a person's decisions in,
//! every item of both in exactly one place out, whatever the order they came in.
//!
//! The passes, each a rule a person can check; what one has settled the next does not see:
//!
//! 1. one payment number and one amount; or all that stands under one number comes to the same on both sides; unless
//!    every payee is another and every day beyond the window
//! 2. one amount, one day, one payee
//! 3. one amount within the window: first the same payee, then one that agrees with it (see `payee`); as many pairs as
//!    can be, and of all such choices the one with the fewest days between
//! 4. several of one side that sum to one of the other, within the window, payees agreeing
//!
//! Wherever a rule allows two answers it gives none: both stand in an [`Ambiguity`]. So does what is left with one amount
//! within the window, where one payee's short name is merely within the other's (see `doubts`). So a pair of pass 2 is not sure
//! where it could as well be part of a chain that the bank was late with throughout (see `lots::outcome`), and of
//! equal rows only some of which find a line none is sure. In pass 4, where a name is missing on either side, only what
//! stands on one day is taken for parts of one payment; with more than 20 candidates it does not search at all.

mod assignment;
mod by_amount;
mod by_number;
mod cutoff;
mod doubts;
mod lots;
mod names;
mod payee;
mod payments;
mod spellings;
mod subsets;
mod sums;
mod table;
mod ties;

#[cfg(test)]
mod edges_tests;
#[cfg(test)]
mod exact_tests;
#[cfg(test)]
mod examples_tests;
#[cfg(test)]
mod size_tests;
#[cfg(test)]
mod truth_tests;
#[cfg(test)]
mod worlds_tests;

use std::sync::Arc;

use smallvec::SmallVec;

use super::amount::Amount;
use super::calendar::Date;

pub(crate) use cutoff::{Cutoff, cut_off};
pub(crate) use names::Names;
pub(crate) use payee::is_one_payee;
pub(crate) use payments::{Paid, Payments};

use table::Table;

/// One line of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// Where it stands in the file; no two are the same.
    pub(crate) line: u64,
    pub(crate) date: Date,
    /// Positive went out, negative came back.
    pub(crate) amount: Amount,
    pub(crate) payee: Arc<str>,
    pub(crate) payment: String,
}

/// How to match: the window, and what a person has decided already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manner {
    /// The most days between a payment and its line in passes 3 and 4.
    pub(crate) window: u32,
    /// Rows and lines that belong together, whatever the rules would say.
    pub(crate) accepted: Vec<Together>,
    /// Rows and lines that are known to have no counterpart, one decision each.
    pub(crate) known: Vec<Together>,
}

impl Default for Manner {
    fn default() -> Self {
        Self { window: 7, accepted: Vec::new(), known: Vec::new() }
    }
}

/// Some rows of the ledger and some lines of the statement, each by its number and in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Together {
    pub(crate) seqs: Few,
    pub(crate) lines: Few,
}

impl Together {
    pub(crate) fn of(seqs: impl IntoIterator<Item = u64>, lines: impl IntoIterator<Item = u64>) -> Self {
        Self { seqs: seqs.into_iter().collect(), lines: lines.into_iter().collect() }
    }
}

/// Numbers of rows or of lines, mostly one: a million groups of one row and one line take no room of their own.
pub(crate) type Few = SmallVec<[u64; 1]>;

/// The rule that made a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// A person decided it.
    Accepted,
    /// Payment number and amount.
    Number,
    /// All that stands under one payment number comes to the same.
    NumberSum,
    /// Amount, day and payee.
    Day,
    /// Amount and payee, within the window.
    Window,
    /// Amount within the window, with a payee that agrees but is not the same, or none.
    WindowLoosely,
    /// Several sum to one, within the window.
    Sum,
    /// Payment number and amount, but neither day nor payee: nothing is matched by it, a person is asked.
    NumberAlone,
    /// Amount within the window, the payee's name only within the other's: nothing is matched by it, a person is asked.
    Resembling,
}

impl Rule {
    /// The stable word for it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Number => "number",
            Self::NumberSum => "number_sum",
            Self::Day => "day",
            Self::Window => "window",
            Self::WindowLoosely => "window_loosely",
            Self::Sum => "sum",
            Self::NumberAlone => "number_alone",
            Self::Resembling => "resembling",
        }
    }
}

/// What belongs together, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub(crate) items: Together,
    pub(crate) rule: Rule,
}

/// What a rule could put together in more than one way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ambiguity {
    pub(crate) items: Together,
    /// The rule that allows more than one answer.
    pub(crate) rule: Rule,
    /// The sets to choose among.
    pub(crate) choices: Vec<Together>,
    /// Whether `choices` are all there are; a long list is cut.
    pub(crate) complete: bool,
}

/// The whole answer. Every item of both sides stands in exactly one of these places; all are in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Matching {
    pub(crate) matches: Vec<Match>,
    /// A row and a line that alone carry one payment number, and not one amount.
    pub(crate) differing: Vec<(u64, u64)>,
    pub(crate) ambiguous: Vec<Ambiguity>,
    pub(crate) only_in_ledger: Vec<u64>,
    pub(crate) only_in_statement: Vec<u64>,
    /// What a person has said to have no counterpart.
    pub(crate) known: Vec<Together>,
    /// Decisions, accepted or known, that could not be taken: they name an item that is not there, or was decided
    /// before.
    pub(crate) stale: Vec<Together>,
}

/// Matches the ledger's payments with the statement's lines.
pub(crate) fn matched<'t>(paid: &'t [Paid], told: impl IntoIterator<Item = &'t Told>, manner: &Manner) -> Matching {
    let mut table = Table::laid(paid, told);
    for together in &manner.accepted {
        table.decide(together, true);
    }
    for together in &manner.known {
        table.decide(together, false);
    }
    by_number::settle(&mut table, manner.window);
    by_amount::settle(&mut table, manner.window);
    sums::settle(&mut table, manner.window);
    doubts::settle(&mut table, manner.window);
    table.cleared()
}
