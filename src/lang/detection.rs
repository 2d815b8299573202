//! The words beside what was detected in a statement, by where they stand.

use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::statement::{Column, LeftOut, Separator, TextEncoding};

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DetectionWord {
    Introduction {
        file: String,
    },
    Text {
        encoding: TextEncoding,
        separator: Separator,
    },
    Sheet(String),
    HeadingsIn(u64),
    /// The profile counts the columns.
    Counted,
    Movements {
        count: u64,
        period: Option<(Date, Date)>,
        out: Amount,
        into: Amount,
    },
    /// So many lines, of which the first are named.
    LeftOut {
        why: LeftOut,
        lines: Vec<u64>,
        count: u64,
    },
    Unread {
        lines: Vec<u64>,
        count: u64,
    },
    /// The balance says that out and in are the other way round.
    Turned,
    /// No headings were recognised; the texts of this row follow.
    Candidates(u64),
    /// No row has a text.
    NoCandidates,
    ToFillIn,
    Column(Column),
}
