//! Why a repair that was asked for is not done.

use super::ledger::ledger;
use crate::domain::mending::Mended;
use crate::lang::Words;
use crate::problem::{LedgerFault, MendFault};

pub(super) fn mend(fault: &MendFault) -> Words {
    match fault {
        MendFault::NotThis { asked, command } => {
            let what = match asked {
                Mended::Head => "it is not the .head file that is wrong",
                Mended::Tail => "what is wrong is not that something stands behind the last row",
                Mended::Missing => "what is wrong is not that rows are missing at the end",
            };
            Words::new(what, format!("nothing was changed; type `{command}`"))
        }
        MendFault::ReasonNeeded { changed: Some(row), command, .. } => Words::new(
            format!("the digest of row {row} does not fit; this repair gives the row up, and it must be said why"),
            format!("try `taizhang restore` or a backup first; if neither helps, type `{command}`"),
        ),
        MendFault::ReasonNeeded { changed: None, lost, command } => {
            let what = match lost {
                Some((first, last)) if first == last => {
                    format!("this repair gives up row {first}, which was recorded; it must be said why")
                }
                Some((first, last)) => {
                    format!("this repair gives up rows {first} to {last}, which were recorded; it must be said why")
                }
                None => "what would be cut away may hold rows that were recorded; it must be said why".into(),
            };
            Words::new(
                what,
                format!("look for a backup first, and put it back if it is whole; if there is none, type `{command}`"),
            )
        }
        MendFault::Beyond(fault) => beyond(fault),
        MendFault::RowsAreThere { path, rows, is_piece, ledger, command } => {
            let (path, ledger) = (path.display(), ledger.display());
            Words::new(
                match is_piece {
                    false => format!("these rows need not be given up: {path} holds the first {rows}"),
                    true => format!("these rows need not be given up: {path} holds those up to row {rows}"),
                },
                match command {
                    Some(command) => {
                        format!("nothing was changed; type `{command}`, which keeps the ledger as it is now")
                    }
                    None if *is_piece => format!(
                        "nothing was changed; it is a piece from the ledger's end: make a copy of {ledger}, put the piece \
                         behind the last row of {ledger}, then type `taizhang repair`"
                    ),
                    None => format!(
                        "nothing was changed; move {ledger} elsewhere and keep it, give this copy its name and place, then \
                         type `taizhang repair`"
                    ),
                },
            )
        }
    }
}

/// What is left to do where no repair mends it.
fn beyond(fault: &LedgerFault) -> Words {
    let words = ledger(fault);
    match fault {
        LedgerFault::Empty
        | LedgerFault::Header
        | LedgerFault::Resaved { .. }
        | LedgerFault::NewerKind { .. }
        | LedgerFault::TooLong { .. }
        | LedgerFault::Fork { .. }
        | LedgerFault::ShorterThanHead { .. } => words,
        LedgerFault::NotUtf8
        | LedgerFault::ControlByte { .. }
        | LedgerFault::Columns { .. }
        | LedgerFault::QuoteOpen
        | LedgerFault::HeaderAgain
        | LedgerFault::Column { .. }
        | LedgerFault::NotCanonical
        | LedgerFault::Hash { .. }
        | LedgerFault::Breach { .. } => Words::new(
            words.what,
            "type `taizhang restore` first: row by row it tells which cell was changed and what stood there, or which row \
             is missing; put that back, save, and restore. What cannot be put back: keep this file, put back the last \
             good copy with its .head file, and enter again what came after it",
        ),
        LedgerFault::Unended
        | LedgerFault::BatchCutShort { .. }
        | LedgerFault::HeadUnreadable
        | LedgerFault::LineFeedMissing { .. }
        | LedgerFault::HeadDiffers { .. }
        | LedgerFault::CloseDigest { .. }
        | LedgerFault::IdTwice { .. }
        | LedgerFault::TakenBackTwice { .. }
        | LedgerFault::RefersToOther { .. }
        | LedgerFault::AnchorUnknown { .. }
        | LedgerFault::FewerRows { .. } => Words::new(
            words.what,
            "keep this file, put back the last good copy with its .head file, and enter again what came after it",
        ),
    }
}
