//! What is asked step by step at a terminal, by what each question is about.

use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Month};
use crate::domain::entry::Kind;

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inquiry {
    PayingAllocation,
    PromisingAllocation,
    ChangedAllocation,
    GivingAllocation,
    TakingAllocation,
    RightAllocation,
    Commitment,
    Fund,
    AddOrCut,
    Amount,
    /// Whether the amount that was typed is meant.
    AmountRight(Amount),
    Date,
    Payee,
    Memo,
    Voucher,
    Payment,
    Invoice,
    /// A class by its code, and one from a list.
    Economic,
    EconomicOf,
    Approval,
    Contract,
    /// The earlier row that a row of this kind is about.
    Row(Kind),
    RowByNumber(Kind),
    Month,
    ToWrite,
    ToClose,
}

/// How a question may be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Manner {
    Needed,
    Skippable,
    /// Nothing means today.
    Today(Date),
    /// Nothing means all that is left, where that is known.
    AllThatIsLeft(Option<Amount>),
    /// Nothing leaves it as it is, where that is known.
    Unchanged(Option<String>),
    /// By choosing from a list.
    Choice,
}

/// One of several to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    NoCommitment,
    Add,
    Cut,
    NoCode,
    Unchanged,
    OtherRow(Kind),
    Through(Month),
}

/// A question in a reader's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inquired {
    pub(crate) text: String,
    pub(crate) help: String,
}
