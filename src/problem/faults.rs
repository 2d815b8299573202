//! What can be wrong with a file: a budget, a ledger, and what the file system does with them.

use std::io;
use std::path::PathBuf;

use super::Problem;
use super::form::FormFault;
use super::profile::ProfileFault;
use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::ledger::Breach;
use crate::domain::sign::Sign;
use crate::domain::text::TextFault;
use crate::domain::trail::Lost;

/// What is wrong in a budget file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BudgetFault {
    TooLarge {
        most: u64,
    },
    NotUtf8 {
        gb18030: bool,
    },
    Utf16,
    Syntax {
        said: String,
    },
    DuplicateKey,
    /// There are more problems than are told.
    More {
        count: usize,
    },
    UnknownKey {
        key: String,
        like: Option<&'static str>,
    },
    MissingKey {
        key: &'static str,
        table: &'static str,
    },
    NotAText {
        key: &'static str,
        found: &'static str,
    },
    NotATable {
        key: String,
    },
    NotAList {
        key: &'static str,
    },
    BareNumber {
        text: String,
        float: bool,
    },
    NotAnAmount {
        text: String,
        why: NotAnAmount,
    },
    Negative {
        text: String,
    },
    NotAYear {
        text: String,
    },
    Text {
        key: &'static str,
        fault: TextFault,
    },
    EmptyText {
        key: &'static str,
    },
    NotAKey {
        key: &'static str,
        text: String,
    },
    DuplicateAllocation {
        key: String,
        first_line: usize,
    },
    DuplicateName {
        name: String,
        first_line: usize,
    },
    NotAChoice {
        key: &'static str,
        text: String,
        choices: &'static [&'static str],
    },
    NoAllocations,
    WrongTotal {
        stated: Amount,
        sum: Amount,
    },
    NotAMonth {
        text: String,
    },
    PlanDoesNotFit {
        plan: Amount,
        amount: Amount,
    },
    NotACode {
        text: String,
    },
    UnlistedCode {
        code: String,
        year: i32,
    },
    NotPoints {
        text: String,
    },
    NotAGoal {
        text: String,
    },
    NotAFileName {
        text: String,
    },
    /// What only the year-end form can have.
    Form(FormFault),
    /// What only a profile of a statement can have.
    Profile(ProfileFault),
}

/// What is wrong with a ledger, its head or an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LedgerFault {
    Empty,
    Header,
    /// Another program saved the file; these are the signs.
    Resaved {
        signs: Vec<Sign>,
    },
    NotUtf8,
    ControlByte {
        byte: u8,
    },
    Columns {
        found: usize,
    },
    /// An odd number of quotes: one is missing, or there is one too many.
    QuoteOpen,
    /// The column headings once more, as where two files were put into one.
    HeaderAgain,
    /// Two rows of one number, both sealed after the row before it: two machines wrote at once.
    Fork {
        row: u64,
    },
    Column {
        name: &'static str,
        text: String,
    },
    NewerKind {
        kind: String,
    },
    NotCanonical,
    TooLong {
        most: usize,
    },
    Unended,
    /// Rows that stand or fall together, of which the file holds only the first `place` of `count`.
    BatchCutShort {
        place: u64,
        count: u64,
    },
    Hash {
        row: u64,
    },
    Breach {
        row: u64,
        breach: Breach,
    },
    HeadUnreadable,
    /// The last row stands whole, as the head has it, and lacks its line feed.
    LineFeedMissing {
        row: u64,
    },
    ShorterThanHead {
        head_rows: u64,
        rows: u64,
    },
    HeadDiffers {
        row: u64,
    },
    CloseDigest {
        row: u64,
        field: &'static str,
    },
    IdTwice {
        row: u64,
        first: u64,
        id: String,
    },
    TakenBackTwice {
        row: u64,
        of: u64,
        over: Amount,
    },
    RefersToOther {
        row: u64,
        of: u64,
    },
    AnchorUnknown {
        rows: u64,
    },
    FewerRows {
        asked: u64,
        rows: u64,
    },
}

/// What the file system, or another writer, did.
#[derive(Debug)]
pub(crate) enum FileFault {
    Missing {
        path: PathBuf,
    },
    Io {
        doing: Doing,
        path: PathBuf,
        error: io::Error,
    },
    /// Rows too many to be held could not be laid by in a folder for what is not kept, or had again from there.
    LayingBy {
        doing: Doing,
        folder: PathBuf,
        error: io::Error,
    },
    /// A pack that is not whole: so many of its files were written before this one failed.
    PackIncomplete {
        path: PathBuf,
        written: usize,
        error: io::Error,
    },
    NotRegular {
        path: PathBuf,
    },
    Link {
        path: PathBuf,
    },
    SeveralNames {
        path: PathBuf,
    },
    Exists {
        path: PathBuf,
    },
    /// Where the list of what is open would go, something else stands.
    ListExists {
        path: PathBuf,
    },
    Replaced {
        path: PathBuf,
    },
    Busy {
        path: PathBuf,
        seconds: u64,
    },
    /// Written, but not known to be durable; `id` makes a repetition safe.
    OutcomeUnknown {
        path: PathBuf,
        error: io::Error,
        id: String,
    },
    NotReported {
        error: io::Error,
    },
    OutputFailed {
        error: io::Error,
    },
}

/// What was being done when a system call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    Reading,
    Writing,
    Creating,
    Locking,
    Renaming,
}

impl From<Lost> for Problem {
    fn from(Lost(why): Lost) -> Self {
        match why.downcast::<FileFault>() {
            Ok(fault) => (*fault).into(),
            Err(_) => FileFault::OutputFailed { error: io::ErrorKind::Other.into() }.into(),
        }
    }
}
