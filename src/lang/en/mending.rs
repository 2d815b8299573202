//! A repair: what is wrong, what mends it, what was done.
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use crate::domain::mending::Mended;
use crate::lang::MendingWord;
use crate::lang::en::counted;

pub(in crate::lang) fn mending(word: &MendingWord) -> String {
    match word {
        MendingWord::Sound { rows } => format!("nothing to repair: {}, all of them sound", counted(*rows, "row")),
        MendingWord::NextWriter { rows } => {
            format!("nothing to repair: {} sound, and an unfinished write behind", counted(*rows, "row"))
        }
        MendingWord::Needs(Mended::Head) => "to be repaired: the .head file is wrong, the rows are sound".into(),
        MendingWord::Needs(Mended::Tail) => "to be repaired: behind the last row stands what is no row".into(),
        MendingWord::Needs(Mended::Missing) => "to be settled: rows are missing at the ledger's end".into(),
        MendingWord::Changed { row } => {
            format!("to be settled: the digest of row {row} does not fit, the row was changed after it was recorded")
        }
        MendingWord::Completing { row } => {
            format!("to be repaired: row {row} is whole, but the line feed at its end is missing")
        }
        MendingWord::Unfinished => "the last repair is not finished".into(),
        MendingWord::Resaved => "to be restored: another program has saved the ledger".into(),
        MendingWord::Beyond => "no repair mends this".into(),
        MendingWord::Rows => "sound rows".into(),
        MendingWord::Behind => "behind them".into(),
        MendingWord::Head => ".head file".into(),
        MendingWord::HeadMissing => "none".into(),
        MendingWord::HeadUnreadable => "cannot be read".into(),
        MendingWord::HeadAgrees => "agrees".into(),
        MendingWord::HeadOfAnother { rows } => format!("not of this ledger (knows of {})", counted(*rows, "row")),
        MendingWord::HeadFurther { rows } => format!("{} were recorded", counted(*rows, "row")),
        MendingWord::Lost => "missing".into(),
        MendingWord::LostRows { first, last } if first == last => format!("row {first}"),
        MendingWord::LostRows { first, last } => format!("rows {first} to {last}"),
        MendingWord::Command => "repair it with".into(),
        MendingWord::Copy => "there is a copy".into(),
        MendingWord::CopyHolds { path, rows } => format!("{path}, with {}", counted(*rows, "row")),
        MendingWord::Why => "WHY".into(),
        MendingWord::AdviceHead => {
            "Before that, compare the ledger with a signed report by `taizhang verify --anchor`: it may be the ledger \
             that was exchanged."
                .into()
        }
        MendingWord::AdviceTail => {
            "The whole file is copied first; then what stands behind the last row is cut away.".into()
        }
        MendingWord::AdviceChanged => {
            "Do not give it up yet: `taizhang restore` tells which cell was changed and what stood there; put that back \
             and restore, or take the row from a backup. If neither is possible, say why and repair: the whole file is \
             copied first, and the row is entered again from its voucher."
                .into()
        }
        MendingWord::AdviceCompleting => "Only the line feed is put back; nothing is cut or given up.".into(),
        MendingWord::AdviceCopy => {
            "These rows stand in the copy and need not be given up: put it in place; the ledger as it is now is kept."
                .into()
        }
        MendingWord::AdviceShortCopy { ledger } => format!(
            "These rows, or some of them, stand in the copy and need not be given up: move {ledger} elsewhere and keep it, \
             give the copy its name and place, then type `taizhang repair`."
        ),
        MendingWord::AdvicePiece { ledger } => format!(
            "This is a piece from the ledger's end; these rows, or some of them, stand in it and need not be given up: make \
             a copy of {ledger}, put the piece behind the last row of {ledger}, then type `taizhang repair`."
        ),
        MendingWord::AdviceNextWriter => {
            "What was not finished is not counted and needs no care: the next row recorded moves it to a file of its own."
                .into()
        }
        MendingWord::AdviceNoHead => {
            "Without a .head file rows cut off at the end would not be missed; the next row recorded makes one by itself."
                .into()
        }
        MendingWord::NoCopy => {
            "No copy with these rows was found in the ledger's folder. Only files that are still ledgers byte for byte \
             count, whatever their names; try one that a spreadsheet has saved with `taizhang restore FILE --in-place`, \
             and name one that is elsewhere with `--backup FILE`."
                .into()
        }
        MendingWord::AdviceLost => {
            "The missing rows were recorded. Look for a backup first: if a whole copy is found, put it back and repair \
             nothing. If there is none, say why, repair, and enter the rows again from their vouchers."
                .into()
        }
        MendingWord::Done { mended: Mended::Head, seq } => format!("made a new .head file; this is row {seq}"),
        MendingWord::Done { mended: Mended::Tail, seq } => {
            format!("cut what stood behind the last row; this is row {seq}")
        }
        MendingWord::Done { mended: Mended::Missing, seq } => {
            format!("accepted the ledger as it is; this is row {seq}")
        }
        MendingWord::Completed { row, seq } => {
            format!("put back the line feed that row {row} lacked; this is row {seq}")
        }
        MendingWord::WouldComplete { row, seq } => {
            format!("dry run: would put back the line feed that row {row} lacks, as row {seq}")
        }
        MendingWord::Already { seq } => format!("this repair is already row {seq}; nothing was done again"),
        MendingWord::Would { mended: Mended::Head, seq } => {
            format!("dry run: would make a new .head file, as row {seq}")
        }
        MendingWord::Would { mended: Mended::Tail, seq } => {
            format!("dry run: would cut what stands behind the last row, as row {seq}")
        }
        MendingWord::Would { mended: Mended::Missing, seq } => {
            format!("dry run: would accept the ledger as it is, as row {seq}")
        }
        MendingWord::Kept => "old ledger kept".into(),
        MendingWord::HeadKept => "old .head kept".into(),
        MendingWord::Cut => "cut away".into(),
        MendingWord::Bytes(bytes) => counted(*bytes, "byte"),
        MendingWord::Reason => "reason".into(),
        MendingWord::NextVerify => "Check it with `taizhang verify`.".into(),
        MendingWord::EnterAgain { first, last } if first == last => {
            format!("Mind: the former row {first} is not in the ledger any more; enter it again from its voucher.")
        }
        MendingWord::EnterAgain { first, last } => {
            format!(
                "Mind: the former rows {first} to {last} are not in the ledger any more; enter them again from their vouchers."
            )
        }
    }
}
