//! What can be wrong with a ledger that is to be restored from what another program has saved.

use std::path::PathBuf;

use crate::domain::mending::Compared;

/// Why it can't be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RestoreFault {
    /// No reading of a row has the digest that it states.
    Unproved { row: u64, why: Unproved },
    /// Rows that should stand before the one at the place.
    RowsMissing { from: u64, to: u64 },
    /// A row behind one that it should stand before.
    OutOfPlace { row: u64, after: u64 },
    /// The last rows belong to a batch that isn't whole.
    EndsInABatch { rows: u64 },
    /// The ledger at hand goes further than what would be put in its place, or elsewhere.
    OtherRows { rows: u64 },
    /// The file at hand states this row, which what would be put in its place, of so many rows, has not, or not so.
    LacksStated { row: u64, rows: u64 },
    /// The ledger is whole, so a file is not put in its place; but that file has rows which the ledger has not.
    NotNeeded { path: PathBuf, compared: Compared },
}

/// What is known of a row that can't be proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unproved {
    /// More digits are gone than can be tried.
    DigitsGone {
        column: &'static str,
        text: String,
    },
    /// Nothing can be made of a cell.
    Cell {
        column: &'static str,
        text: String,
    },
    /// This column alone was changed: with this in it the digest fits.
    Changed {
        column: &'static str,
        was: String,
    },
    /// `?` stands where an encoding had no character.
    CharactersGone {
        column: &'static str,
        text: String,
    },
    NoDigest,
    /// The row before it states no digest.
    AfterNoDigest,
    Unknown,
}
