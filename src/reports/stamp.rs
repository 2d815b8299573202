//! What every report carries so that a printed page can be made again: whose budget, which day, which rows.

use crate::domain::budget::Budget;
use crate::domain::calendar::{Date, FiscalYear};
use crate::domain::entry::Digest;
use crate::domain::ledger::{Closed, Ledger};

/// A report's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) as_of: Date,
    pub(crate) budget_id: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) year: FiscalYear,
    /// The beginning of the SHA-256 of the budget file's bytes.
    pub(crate) budget_digest: String,
    pub(crate) rows: u64,
    /// The digest of the last of those rows; `None` before the ledger is opened.
    pub(crate) digest: Option<Digest>,
    /// The close row that seals the month of the day.
    pub(crate) closed: Option<Closed>,
    /// What of the ledger does not hold.
    pub(crate) unverified: Option<Unverified>,
}

/// What of a ledger does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unverified {
    /// The rows from this one on, which are not covered.
    From(u64),
    /// Nothing that is there; but whether rows are missing at the end can't be told.
    End,
}

impl Unverified {
    /// The first row that is not covered.
    pub(crate) fn row(self) -> Option<u64> {
        match self {
            Self::From(row) => Some(row),
            Self::End => None,
        }
    }
}

/// How many hexadecimal digits of the budget file's digest a footer shows.
const SHORT_DIGEST: usize = 12;

impl Stamp {
    /// The stamp of a report on the first `limit` rows, or all rows, of a ledger.
    ///
    /// A closed month's report names its close row and nothing after it, so it is the same whenever it is printed.
    pub(crate) fn new(
        budget: &Budget,
        file_digest: &str,
        as_of: Date,
        ledger: &Ledger,
        unverified: Option<Unverified>,
    ) -> Self {
        let closed = ledger.close_of(as_of).filter(|_| unverified.is_none());
        let opened = ledger.is_opened();
        let (rows, digest) = closed.map_or((ledger.rows, ledger.digest), |closed| (closed.seq, closed.digest));
        Self {
            as_of,
            budget_id: budget.id.clone(),
            title: budget.title.clone(),
            unit: budget.unit.clone(),
            year: budget.year,
            budget_digest: file_digest.chars().take(SHORT_DIGEST).collect(),
            rows,
            digest: opened.then_some(digest),
            closed,
            unverified,
        }
    }
}
