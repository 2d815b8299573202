//! What a writing command answers: which row it became, sealed by which digest, and what is left.

use super::balance::Named;
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::entry::{Digest, Kind};

/// What was done, as a person calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Opening,
    Expense,
    Reversal,
    Refund,
    Split,
    Adjustment,
    Undoing,
    Transfer,
    Commitment,
    Release,
    Note,
    Correction,
    Close,
    Carrying,
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) act: Act,
    /// The main row's: the last of those that stand together.
    pub(crate) kind: Kind,
    /// The rows written, in order; for a dry run, the rows that would have been.
    pub(crate) seqs: Vec<u64>,
    /// The last row's digest; `None` for a dry run.
    pub(crate) digest: Option<Digest>,
    /// `None` for a dry run without an id of the caller's.
    pub(crate) id: Option<String>,
    pub(crate) date: Option<Date>,
    /// What the row is about; `None` for an opening, which is about all of them.
    pub(crate) allocation: Option<Named>,
    /// The row's fund, and whether an allocation that was touched holds several.
    pub(crate) fund: Option<Fund>,
    pub(crate) is_one_of_several_funds: bool,
    /// The row's amount as it stands there, in 元: negative when taken back; for an opening the whole budget.
    pub(crate) amount: Amount,
    /// The row referred to, for a reversal or refund.
    pub(crate) of: Option<u64>,
    /// The allocation's available amount after the row, in 元.
    pub(crate) available: Amount,
    /// What each part of a split bill is charged to; empty for everything else.
    pub(crate) parts: Vec<Part>,
    pub(crate) already_recorded: bool,
    pub(crate) dry_run: bool,
}

/// One part of a split bill, in 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) allocation: Named,
    pub(crate) amount: Amount,
    /// What the allocation has left after the whole bill.
    pub(crate) available: Amount,
}
