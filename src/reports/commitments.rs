//! 预占表: the open commitments with their age, oldest first.

use super::balance::Named;
use super::footing::uneven_in_wan;
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::figure::Figure;
use crate::domain::promises::Promises;

/// The list, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commitments {
    pub(crate) stamp: Stamp,
    pub(crate) rows: Vec<CommitmentRow>,
    pub(crate) total: CommitmentFigures,
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// One open commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommitmentRow {
    pub(crate) seq: u64,
    pub(crate) allocation: Named,
    pub(crate) date: Option<Date>,
    /// Days since then.
    pub(crate) age: u64,
    pub(crate) payee: String,
    pub(crate) memo: String,
    pub(crate) doc: String,
    pub(crate) figures: CommitmentFigures,
}

/// In 元: promised, let go or spent since, and still open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CommitmentFigures {
    pub(crate) promised: Amount,
    pub(crate) released: Amount,
    pub(crate) committed: Amount,
}

/// The list over these allocations.
pub(crate) fn commitments(stamp: Stamp, names: &[Named], promises: &Promises) -> Commitments {
    let mut rows: Vec<CommitmentRow> = Vec::new();
    for (seq, promise) in promises.iter() {
        let Some(allocation) = names.iter().find(|named| named.key == promise.what.allocation) else { continue };
        let age = promise.what.date.map_or(0, |date| (stamp.as_of - date).num_days());
        rows.push(CommitmentRow {
            seq,
            allocation: allocation.clone(),
            date: promise.what.date,
            age: u64::try_from(age).unwrap_or(0),
            payee: promise.what.payee.clone(),
            memo: promise.what.memo.clone(),
            doc: promise.what.doc.clone(),
            figures: CommitmentFigures {
                promised: promise.what.amount,
                released: promise.what.amount - promise.left,
                committed: promise.left,
            },
        });
    }
    rows.sort_by_key(|row| (row.date, row.seq));
    let figures: Vec<CommitmentFigures> = rows.iter().map(|row| row.figures).collect();
    let total = CommitmentFigures {
        promised: figures.iter().map(|row| row.promised).sum(),
        released: figures.iter().map(|row| row.released).sum(),
        committed: figures.iter().map(|row| row.committed).sum(),
    };
    let uneven_in_wan = uneven_in_wan(
        &figures,
        &total,
        &[
            (Figure::Promised, |row| row.promised),
            (Figure::Released, |row| row.released),
            (Figure::Committed, |row| row.committed),
        ],
    );
    Commitments { stamp, rows, total, uneven_in_wan }
}
