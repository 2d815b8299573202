//! What can be wrong: kind, place and exit code. It words nothing (`lang` does) and prints nothing (`render` does).

mod bills;
mod checkup;
mod faults;
mod form;
mod grid;
mod mending;
mod profile;
mod restoring;

use std::io;
use std::path::PathBuf;

use crate::domain::amount::NotAnAmount;
use crate::domain::calendar::{Date, FiscalYear};
use crate::domain::figure::Explained;
use crate::domain::mending::Repair;
use crate::domain::opening::Difference;
use crate::domain::rules::{Refusal, Remark};

pub(crate) use bills::{BillFault, Otherwise, Unsaid};
pub(crate) use checkup::{Check, Finding, Leftover, Verdict};
pub(crate) use faults::{BudgetFault, Doing, FileFault, LedgerFault};
pub(crate) use form::FormFault;
pub(crate) use grid::{CellFault, Foreign, GridFault};
pub(crate) use mending::MendFault;
pub(crate) use profile::ProfileFault;
pub(crate) use restoring::{RestoreFault, Unproved};

/// The exit codes scripts branch on (README, "Exit codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The answer is no.
    No = 1,
    /// What was typed cannot be understood.
    Usage = 2,
    /// Understood, but a rule does not allow it.
    Refused = 3,
    /// The ledger, its head or an anchor does not hold.
    Integrity = 4,
    /// An I/O error; nothing changed.
    Io = 5,
    /// The outcome is unknown: repeat with the printed id.
    Unknown = 6,
    /// Another writer holds the lock; nothing changed.
    Busy = 7,
    /// Committed, but the answer could not be printed.
    NotReported = 8,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Error,
    Warning,
    Note,
}

/// One problem to show a person.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) level: Level,
    pub(crate) kind: ProblemKind,
    pub(crate) place: Option<Place>,
}

/// A spot in a text file. Line and column count characters from one, as editors do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) line: usize,
    /// The line's text, and the bytes of it that are meant.
    pub(crate) excerpt: String,
    pub(crate) span: std::ops::Range<usize>,
}

/// What is wrong, by the room it is wrong in.
#[derive(Debug)]
pub(crate) enum ProblemKind {
    Usage(Usage),
    Budget(BudgetFault),
    Refused(Refusal),
    Remark(Remark),
    Differs(Difference),
    Ledger(LedgerFault),
    File(FileFault),
    Grid(GridFault),
    Bill(BillFault),
    Mend(MendFault),
    Restore(RestoreFault),
    Notice(Notice),
}

/// What was typed cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Usage {
    NoCommand,
    UnknownCommand {
        name: String,
        like: Option<String>,
    },
    UnknownArgument {
        name: String,
        like: Option<String>,
    },
    MissingArguments {
        names: Vec<String>,
    },
    MissingValue {
        name: String,
    },
    TooManyValues {
        name: String,
        value: String,
    },
    GivenTwice {
        name: String,
    },
    /// `-o` names a file whose ending promises a form that is not written.
    NoSuchForm {
        ending: String,
    },
    Conflict {
        name: String,
        with: String,
    },
    NotAChoice {
        name: String,
        value: String,
        choices: Vec<String>,
    },
    NotUnicode,
    /// Anything the argument parser says that has no words of ours yet.
    Other {
        said: String,
    },
    BadAmount {
        name: String,
        value: String,
        why: NotAnAmount,
    },
    BadDate {
        name: String,
        value: String,
    },
    BadPlan {
        value: String,
    },
    BadMonth {
        value: String,
    },
    BadRows {
        value: String,
    },
    BadInvoice {
        value: String,
    },
    BadSplit {
        value: String,
    },
    BadKeep {
        value: String,
    },
    BadMap {
        value: String,
        fields: Vec<String>,
    },
    /// A heading is named of a statement whose columns are counted.
    MapWithPlaces,
    BadWindow {
        value: String,
    },
    BadLines {
        name: String,
        value: String,
    },
    BadEconomic {
        value: String,
    },
    BadDigest {
        value: String,
    },
    DateNeeded {
        year: i32,
    },
    OperatorNeeded,
    ConfirmationNeeded,
    UnknownFigure {
        name: String,
        like: Option<Explained>,
    },
    UnknownAllocation {
        name: String,
        known: Vec<(String, String)>,
    },
    SeveralAllocations {
        name: String,
        known: Vec<(String, String)>,
    },
    NoBudget,
    LedgerIsBudget {
        path: String,
    },
    SeveralBudgets {
        paths: Vec<String>,
    },
}

/// Not wrong, but worth saying on stderr.
#[derive(Debug)]
pub(crate) enum Notice {
    NotOpened,
    NoHead,
    TornTail {
        bytes: u64,
        rows: u64,
    },
    TailSaved {
        path: PathBuf,
        bytes: u64,
    },
    HeadNotWritten {
        error: io::Error,
    },
    FileDiffers {
        count: usize,
    },
    Unverified {
        row: u64,
        covered: u64,
    },
    /// No row is broken, but not all are counted.
    OnlyCounted {
        covered: u64,
    },
    YuanOnly,
    DayOutsideYear {
        day: Date,
        year: FiscalYear,
    },
    TextNeverEntered {
        row: u64,
        column: &'static str,
    },
    NothingImported {
        rows: usize,
        problems: usize,
        shown: usize,
    },
    /// So many rows of all can't be proved; where they are, from and to; so many of them are shown.
    NotRestored {
        count: u64,
        of: u64,
        rows: Vec<(u64, u64)>,
        shown: usize,
    },
    /// Cells beside the ledger's own columns, in so many rows.
    CellsLeftOut {
        rows: u64,
    },
    InvoiceOnSeveral {
        number: String,
        rows: Vec<u64>,
    },
    /// What is open stands as a table of decisions there.
    Listed {
        path: PathBuf,
        open: usize,
    },
    /// A `repair` row, and what it says, if it can be read.
    Repaired {
        row: u64,
        repair: Option<Repair>,
    },
    /// A `repair` row that says the ledger was restored.
    Restored {
        row: u64,
        damaged_from: Option<u64>,
    },
    SomeRepairs {
        count: usize,
        shown: usize,
    },
    /// A file that was to be restored has no row that the ledger has not.
    FileHoldsNoMore {
        path: PathBuf,
        rows: u64,
    },
    /// A backup of another book, or with no more rows than the ledger.
    CopyHoldsNoMore {
        path: PathBuf,
    },
}

impl Problem {
    pub(crate) fn error(kind: ProblemKind) -> Self {
        Self { level: Level::Error, kind, place: None }
    }

    pub(crate) fn note(notice: Notice) -> Self {
        Self { level: Level::Note, kind: ProblemKind::Notice(notice), place: None }
    }

    pub(crate) fn warning(kind: ProblemKind) -> Self {
        Self { level: Level::Warning, kind, place: None }
    }

    pub(crate) fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// What a script is told. Warnings and notes never decide it.
    pub(crate) fn exit(&self) -> Exit {
        if self.level != Level::Error {
            return Exit::Done;
        }
        match &self.kind {
            ProblemKind::Usage(_) => Exit::Usage,
            ProblemKind::Budget(_) | ProblemKind::Refused(_) | ProblemKind::Differs(_) => Exit::Refused,
            ProblemKind::Ledger(LedgerFault::FewerRows { .. }) => Exit::Refused,
            ProblemKind::Restore(RestoreFault::NotNeeded { .. }) => Exit::Refused,
            ProblemKind::Ledger(_) | ProblemKind::Restore(_) => Exit::Integrity,
            ProblemKind::File(fault) => match fault {
                FileFault::Exists { .. } | FileFault::ListExists { .. } => Exit::Refused,
                FileFault::Busy { .. } => Exit::Busy,
                FileFault::OutcomeUnknown { .. } => Exit::Unknown,
                FileFault::NotReported { .. } => Exit::NotReported,
                FileFault::Missing { .. }
                | FileFault::Io { .. }
                | FileFault::LayingBy { .. }
                | FileFault::PackIncomplete { .. }
                | FileFault::NotRegular { .. }
                | FileFault::Link { .. }
                | FileFault::SeveralNames { .. }
                | FileFault::Replaced { .. }
                | FileFault::OutputFailed { .. } => Exit::Io,
            },
            ProblemKind::Grid(
                GridFault::SheetNeeded { .. } | GridFault::UnknownSheet { .. } | GridFault::NoSheets { .. },
            ) => Exit::Usage,
            ProblemKind::Mend(MendFault::Beyond(_)) => Exit::Integrity,
            ProblemKind::Grid(_) | ProblemKind::Bill(_) | ProblemKind::Mend(_) => Exit::Refused,
            ProblemKind::Remark(_) | ProblemKind::Notice(_) => Exit::Done,
        }
    }
}

impl From<Usage> for Problem {
    fn from(usage: Usage) -> Self {
        Self::error(ProblemKind::Usage(usage))
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::error(ProblemKind::Refused(refusal))
    }
}

impl From<LedgerFault> for Problem {
    fn from(fault: LedgerFault) -> Self {
        Self::error(ProblemKind::Ledger(fault))
    }
}

impl From<FileFault> for Problem {
    fn from(fault: FileFault) -> Self {
        Self::error(ProblemKind::File(fault))
    }
}

impl From<BillFault> for Problem {
    fn from(fault: BillFault) -> Self {
        Self::error(ProblemKind::Bill(fault))
    }
}

impl From<MendFault> for Problem {
    fn from(fault: MendFault) -> Self {
        Self::error(ProblemKind::Mend(fault))
    }
}

impl From<RestoreFault> for Problem {
    fn from(fault: RestoreFault) -> Self {
        Self::error(ProblemKind::Restore(fault))
    }
}

impl From<GridFault> for Problem {
    fn from(fault: GridFault) -> Self {
        Self::error(ProblemKind::Grid(fault))
    }
}

/// Why a command ended without its answer: every problem found, the weightiest deciding the exit code.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Vec<Problem>);

impl Failure {
    /// Fails with every problem, if there is any.
    pub(crate) fn unless_none(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// Whether something was there already that was to be made.
    pub(crate) fn is_exists(&self) -> bool {
        self.0.iter().any(|problem| matches!(problem.kind, ProblemKind::File(FileFault::Exists { .. })))
    }

    /// Whether the answer would have gone where it must not.
    pub(crate) fn is_about_output(&self) -> bool {
        let onto_books =
            |problem: &Problem| matches!(problem.kind, ProblemKind::Refused(Refusal::OutputOntoBooks { .. }));
        self.0.iter().any(onto_books)
    }

    /// Says another id to repeat with, where the outcome is unknown.
    pub(crate) fn repeat_with(&mut self, other: &str) {
        for problem in &mut self.0 {
            if let ProblemKind::File(FileFault::OutcomeUnknown { id, .. }) = &mut problem.kind {
                other.clone_into(id);
            }
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        let exits = self.0.iter().map(Problem::exit);
        // Integrity beats every other answer, and what is not understood is not judged; else the first error decides.
        let is_there = |wanted: Exit| exits.clone().find(|exit| *exit == wanted);
        is_there(Exit::Integrity)
            .or_else(|| is_there(Exit::Usage))
            .or_else(|| exits.clone().find(|exit| *exit != Exit::Done))
            .unwrap_or(Exit::Done)
    }
}

impl<P: Into<Problem>> From<P> for Failure {
    fn from(problem: P) -> Self {
        Self(vec![problem.into()])
    }
}
