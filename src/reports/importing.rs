//! What `import` answers: how many rows were there already, how many are new, and what that leaves.

use super::balance::Named;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::entry::Digest;

/// The answer, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Importing {
    /// The table's file and, if it has several, sheet.
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    /// Each field with the heading it was read from.
    pub(crate) headings: Vec<(&'static str, String)>,
    /// Rows the ledger had already, and rows it had not.
    pub(crate) known: u64,
    pub(crate) new: u64,
    /// The new rows' first and last seq.
    pub(crate) seqs: Option<(u64, u64)>,
    /// The last row's digest; `None` for a dry run, and where nothing is new.
    pub(crate) digest: Option<Digest>,
    pub(crate) dry_run: bool,
    /// Lines with totals, which were left out.
    pub(crate) totals: Vec<usize>,
    /// How many rows the sheet hides.
    pub(crate) hidden: u64,
    pub(crate) rows: Vec<ImportingRow>,
    pub(crate) total: ImportingFigures,
    /// For a dry run: every row of the table.
    pub(crate) lines: Vec<ImportLine>,
}

/// What the new rows are to one allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportingRow {
    pub(crate) allocation: Named,
    pub(crate) figures: ImportingFigures,
}

/// New rows, their sum, and what is left after them; in 元.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ImportingFigures {
    pub(crate) count: u64,
    pub(crate) amount: Amount,
    pub(crate) available: Amount,
}

/// One row of the table, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportLine {
    pub(crate) line: u64,
    pub(crate) seq: u64,
    pub(crate) is_known: bool,
    pub(crate) date: Option<Date>,
    pub(crate) allocation: String,
    pub(crate) amount: Amount,
    pub(crate) payee: String,
    pub(crate) memo: String,
}
