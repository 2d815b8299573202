//! What `restore` answers: what became of a ledger that another program had saved.

use crate::domain::entry::Digest;
use crate::domain::sign::Sign;

/// The result of restoring a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restoring {
    pub(crate) became: Became,
    /// The ledger's rows and its digest, the row that says what was done included.
    pub(crate) rows: u64,
    pub(crate) digest: Digest,
    pub(crate) signs: Vec<Sign>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Became {
    /// There was nothing to restore.
    Whole,
    /// Every row is proved; nothing was written.
    Tried,
    /// It stands in a file of its own; these words put it in place, where there is one.
    Written { path: String, words: Option<String> },
    /// It stands where the other one was, which was kept; a row says so.
    InPlace { row: u64, kept: Option<String> },
}

impl Became {
    /// The word that programs have for it.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Tried => "tried",
            Self::Written { .. } => "written",
            Self::InPlace { .. } => "in_place",
        }
    }
}
