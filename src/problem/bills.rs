//! What can be wrong with a table of expenses: with its headings, or with one of its cells.

use std::path::PathBuf;

use super::Usage;
use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::statement::Turn;

/// What is wrong with a table of expenses. Fields go by the names of their ledger columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BillFault {
    /// No row near the top has these headings.
    NoHeadings {
        path: PathBuf,
        missing: Vec<&'static str>,
        seen: Vec<String>,
    },
    /// Two columns of the table could both be this field.
    HeadingTwice {
        field: &'static str,
        headings: Vec<String>,
    },
    /// The heading that was to be this field isn't there.
    HeadingMissing {
        field: &'static str,
        heading: String,
        seen: Vec<String>,
    },
    /// No column says the allocation, and none was named for all rows.
    NoAllocation,
    /// What the row calls its allocation is none, or several.
    Allocation(Usage),
    Missing {
        field: &'static str,
    },
    NotADate {
        text: String,
    },
    /// In a statement, whose profile may say how days are written.
    NotADateHere {
        text: String,
        format: Option<String>,
    },
    /// No word for what went out, or came in.
    NotAMark {
        text: String,
        choices: String,
    },
    /// No word for what came about; the money may never have moved.
    NotAStatus {
        text: String,
    },
    /// Money that is no 人民币.
    OtherCurrency {
        text: String,
    },
    /// Sums in 万元 or the like have no 分.
    NotInYuan {
        unit: String,
    },
    /// The statement's own balance goes the other way.
    AgainstBalance {
        turn: Turn,
    },
    NotAnAmount {
        text: String,
        why: NotAnAmount,
    },
    Zero,
    /// An amount on both sides, 借方 and 贷方.
    BothSides,
    /// A number that another program wrote with an exponent; its last digits are gone.
    Scientific {
        field: &'static str,
        text: String,
    },
    /// The column was too narrow when the table was exported.
    Hashes {
        field: &'static str,
    },
    /// No row near the top of a statement has headings for the day and what moved.
    NoStatementHeadings {
        path: PathBuf,
        seen: Vec<String>,
    },
    /// The table of decisions lacks a heading.
    NoDecisionHeadings {
        path: PathBuf,
        seen: Vec<String>,
    },
    NotNumbers {
        text: String,
    },
    /// Neither rows nor lines are named.
    DecidesNothing,
    /// A decision names lines of a statement by nothing but their numbers.
    DayOfLinesNeeded,
    /// A decision puts two sides together that differ, and says of one what it comes to.
    LedgerAmountNeeded {
        found: Amount,
    },
    /// Sides that differ need a reason, and so do several rows with several lines, of which the sum alone tells little.
    ReasonNeeded {
        why: Unsaid,
    },
    /// What is decided about comes to another sum.
    DecidedOtherwise {
        decided: Amount,
        found: Amount,
    },
    /// Under the numbers of a decision stands what has another day or another name, both as they are to be read.
    DecidedOfAnother {
        decided: String,
        found: String,
    },
    /// What is decided about isn't there, or was decided before.
    DecidedInVain,
    /// A red row doesn't say which voucher it takes back from.
    OriginalNeeded,
    RedRowNotNegative,
    /// Neither the ledger nor the rows above in the table have an expense with this voucher number.
    NoOriginal {
        voucher: String,
    },
    /// The voucher that a red row takes back from is on several expenses.
    SeveralOriginals {
        voucher: String,
        rows: Vec<u64>,
    },
    NotAnInvoice {
        text: String,
    },
    NotACode {
        text: String,
    },
    NotAChoice {
        field: &'static str,
        text: String,
        choices: String,
    },
    /// The row's id stands in the ledger with other content.
    OtherContent {
        id: String,
        row: u64,
    },
    /// The id stands twice in the table.
    IdTwice {
        id: String,
        first: usize,
    },
    /// An id that a row above without one has been given, made from its content.
    IdMadeAbove {
        id: String,
    },
    /// The id made from the content of a row without one stands on a row above.
    IdMadeAgain {
        id: String,
        line: usize,
    },
    /// Looks like a row that is there already.
    Twin {
        row: u64,
        line: usize,
    },
    /// Looks like the right entry of a correction.
    RightEntry {
        row: u64,
        line: usize,
    },
    /// Rows are there already, but not as the table has them: the first of them, and how many. A warning.
    RecordedOtherwise {
        first: Vec<Otherwise>,
        count: u64,
    },
    /// Looks like an earlier row of the same table.
    TwinAbove {
        above: usize,
        line: usize,
    },
    /// The same invoice on an earlier row of the same table.
    InvoiceAbove {
        number: String,
        above: usize,
        line: usize,
    },
    InvoiceUsed {
        number: String,
        row: u64,
        line: usize,
    },
    /// The table changed between the check and the writing.
    Changed {
        path: PathBuf,
    },
}

/// A row of a table that is recorded, but not as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Otherwise {
    pub(crate) line: usize,
    pub(crate) row: u64,
    /// The columns that say something else.
    pub(crate) fields: Vec<&'static str>,
    /// Whether it was taken back in red by the ledger alone.
    pub(crate) is_reversed: bool,
}

/// What a decision leaves unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsaid {
    /// Why the sums differ.
    Difference,
    /// How several rows are several lines.
    Several,
    /// Why one payee is another.
    OtherPayee,
}
