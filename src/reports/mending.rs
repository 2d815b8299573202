//! What `repair` answers: what is wrong with a ledger and what mends it, or what was done.

use crate::domain::entry::Digest;
use crate::domain::mending::{Mended, Repair};

/// What a ledger needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    /// An unfinished write is behind the rows; the next writer sees to it.
    NextWriter,
    Mending(Mended),
    /// The line feed that the last row lacks.
    Completing,
    /// The same repair once more: it broke off before it was done.
    Finishing(Mended),
    /// Another program has saved it: it is restored, not repaired.
    Restoring,
    /// What no repair gives.
    Beyond,
}

impl Needs {
    /// The stable word for it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Nothing => "sound",
            Self::NextWriter => "unfinished_write",
            Self::Mending(mended) => mended.key(),
            Self::Completing => "line_feed",
            Self::Finishing(_) => "unfinished_repair",
            Self::Restoring | Self::Beyond => "beyond",
        }
    }
}

/// What the .head file is to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadIs {
    Missing,
    Unreadable,
    Agreeing { rows: u64 },
    OfAnother { rows: u64 },
    Further { rows: u64 },
}

impl HeadIs {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Agreeing { .. } => "agrees",
            Self::OfAnother { .. } => "of_another",
            Self::Further { .. } => "further",
        }
    }

    /// How many rows it knows of.
    pub(crate) fn rows(self) -> Option<u64> {
        match self {
            Self::Missing | Self::Unreadable => None,
            Self::Agreeing { rows } | Self::OfAnother { rows } | Self::Further { rows } => Some(rows),
        }
    }
}

/// A ledger looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Examined {
    pub(crate) needs: Needs,
    /// Rows that stand whole, and their length in bytes.
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) digest: Option<Digest>,
    pub(crate) head: HeadIs,
    /// Bytes behind the whole rows.
    pub(crate) behind: u64,
    /// A row that would be given up because its digest does not fit any more.
    pub(crate) changed: Option<u64>,
    /// Recorded rows that are not there any more, or would be given up: first and last.
    pub(crate) lost: Option<(u64, u64)>,
    /// Whether the repair gives up recorded rows, or may.
    pub(crate) gives_up_rows: bool,
    /// What to type.
    pub(crate) command: Option<String>,
    /// A file that holds more of the rows, and how far they go there.
    pub(crate) copy: Option<(String, u64)>,
    /// The ledger's own name, to be said with a copy that no command puts in place; and whether that is a piece of one.
    pub(crate) ledger: String,
    pub(crate) is_piece: bool,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mending {
    pub(crate) repair: Repair,
    /// The ledger's name, which the names of what was kept begin with.
    pub(crate) ledger: String,
    pub(crate) seq: u64,
    pub(crate) digest: Option<Digest>,
    /// `None` for a dry run without an id of the caller's.
    pub(crate) id: Option<String>,
    pub(crate) already_recorded: bool,
    pub(crate) dry_run: bool,
}
