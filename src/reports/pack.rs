//! The pack of a month as data: which reports it holds, what is remarked on them, and the files that were written.

use super::stamp::Stamp;
use crate::domain::calendar::Month;

/// A part of the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackReport {
    Monthly,
    Balance,
    Variance,
    Register,
    Remarks,
}

impl PackReport {
    /// The parts that hold figures.
    pub(crate) const WITH_FIGURES: [Self; 4] = [Self::Monthly, Self::Balance, Self::Variance, Self::Register];

    /// Its key where several are one object.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Balance => "balance",
            Self::Variance => "variance",
            Self::Register => "register",
            Self::Remarks => "remarks",
        }
    }
}

/// What a file of the pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Read, printed and signed.
    Reading,
    /// Worked on, in a spreadsheet program.
    Working,
    /// Pasted elsewhere.
    Text,
    /// The figures of one report, for spreadsheet programs.
    Spreadsheet(PackReport),
    /// All figures, for programs.
    Programs,
}

/// What must be known to read the reports of a month, and to check them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remarks {
    pub(crate) stamp: Stamp,
    pub(crate) month: Month,
    pub(crate) reports: Vec<PackReport>,
    /// Whether time goes by months in 序时进度, not by days.
    pub(crate) by_months: bool,
    /// The ledger file's name.
    pub(crate) ledger: String,
    /// The names of the files of the pack.
    pub(crate) files: Vec<(String, Use)>,
}

/// The files, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pack {
    pub(crate) months: Vec<Month>,
    pub(crate) files: Vec<PackFile>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PackFile {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// In lower-case hex.
    pub(crate) sha256: String,
}
