//! What `verify` answers: how far the ledger holds.

use crate::domain::calendar::Month;
use crate::domain::entry::Digest;

/// The result of checking a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verification {
    /// Whole rows that hold, and their length in bytes.
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) digest: Option<Digest>,
    /// Whether something does not hold: a row, or else what is known of how far the rows should reach.
    pub(crate) is_damaged: bool,
    /// The first row that does not hold.
    pub(crate) broken_at: Option<u64>,
    /// What it is that does not hold there, where that is no row that was changed.
    pub(crate) flaw: Option<Flaw>,
    pub(crate) has_head: bool,
    /// Bytes of an unfinished write at the end.
    pub(crate) unfinished: u64,
    pub(crate) closed_through: Option<Month>,
    pub(crate) anchor: Option<Anchor>,
    /// The rows that say what was repaired.
    pub(crate) repairs: Vec<u64>,
}

/// What does not hold, though no row was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// The last row lacks its line feed, and nothing else.
    LineFeed,
    /// Rows are not there any more, up to this one.
    Missing { last: u64 },
    /// The head names another row.
    Head,
    /// Another program has saved the whole ledger.
    Resaved,
}

/// Where the digest from a signed page stands in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) digest: Digest,
    /// The row with that digest; `None` when no row has it.
    pub(crate) row: Option<u64>,
}

impl Verification {
    pub(crate) fn holds(&self) -> bool {
        !self.is_damaged && self.anchor.is_none_or(|anchor| anchor.row.is_some())
    }
}
