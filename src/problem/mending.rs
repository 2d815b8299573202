//! Why a repair that was asked for is not done.

use std::path::PathBuf;

use super::LedgerFault;
use crate::domain::mending::Mended;

/// Understood, but this is not how this ledger is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MendFault {
    /// Something else is wrong than what was to be mended; `command` mends it.
    NotThis { asked: Mended, command: String },
    /// Rows that were recorded are given up by it, or may be; nobody does that without saying why.
    ReasonNeeded { changed: Option<u64>, lost: Option<(u64, u64)>, command: String },
    /// What is wrong is of a kind that no repair mends.
    Beyond(LedgerFault),
    /// The rows that would be given up stand in a copy; `command`, if there is one, puts it in place.
    RowsAreThere { path: PathBuf, rows: u64, is_piece: bool, ledger: PathBuf, command: Option<String> },
}
