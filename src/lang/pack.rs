//! The words of a month's pack: what its parts are called, and its page of remarks on how to read and check them.

use crate::domain::calendar::Month;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PackWord {
    /// What all parts together are called.
    Title(Month),
    // The short names of the parts: a worksheet's tab, an entry of a page's contents.
    Monthly,
    Balance,
    Variance,
    Register,
    Remarks,
    // The page of remarks.
    RemarksTitle(Month),
    Parts,
    PartHeading,
    PartShows,
    MonthlyShows,
    BalanceShows,
    VarianceShows,
    RegisterShows,
    Terms,
    TermHeading,
    TermRule,
    CorrectionsRule,
    Files,
    FileHeading,
    FileHolds,
    FileForReading,
    FileForWorking,
    FileForText,
    FileForSpreadsheets(String),
    FileForPrograms,
    /// How anyone gets the same figures from the ledger alone.
    CheckFigures {
        ledger: String,
        as_of: String,
    },
    /// How anyone sees that a closed month is still as it was.
    CheckSeal {
        ledger: String,
        row: u64,
    },
    CheckChain {
        digest: String,
    },
}
