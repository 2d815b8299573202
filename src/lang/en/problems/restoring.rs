//! What stops a ledger that another program has saved from being restored.

use crate::domain::mending::Compared;
use crate::domain::text::shown;
use crate::lang::Words;
use crate::problem::{RestoreFault, Unproved};

pub(super) fn restoring(fault: &RestoreFault) -> Words {
    match fault {
        RestoreFault::Unproved { row, why } => unproved(*row, why),
        RestoreFault::RowsMissing { from, to } => Words::new(
            if from == to {
                format!("row {from} is missing before this one")
            } else {
                format!("rows {from} to {to} are missing before this one")
            },
            "if the table was sorted or rows were deleted, sort it by column `seq`, put them back, save, and restore \
             again; else take them from a backup",
        ),
        RestoreFault::OutOfPlace { row, after } => Words::new(
            format!("row {row} stands behind row {after}, or is one too many"),
            "sort the table by column `seq`, take out what is too many, save, and restore again",
        ),
        RestoreFault::EndsInABatch { rows } => Words::new(
            format!("the batch behind row {rows} is not whole: rows are missing at the end"),
            "is this the whole file? Take the missing rows from a backup",
        ),
        RestoreFault::OtherRows { rows } => Words::new(
            format!("of the {rows} rows that still hold in the ledger, the file to be put in its place lacks some"),
            "nothing was changed; is it the same ledger, or an older copy?",
        ),
        RestoreFault::LacksStated { row, rows } => Words::new(
            format!(
                "the file at the ledger's place states row {row}; the {rows} rows to be put there lack it, or have \
                 another"
            ),
            "nothing was changed; try `taizhang restore` without FILE, or find a newer copy; if that row is lost for good, \
             move the damaged file away by hand, and keep it",
        ),
        RestoreFault::NotNeeded { path, compared } => not_needed(&path.display().to_string(), *compared),
    }
}

fn not_needed(path: &str, compared: Compared) -> Words {
    let Compared { same, ledger, file, given_up_by } = compared;
    let (from, to) = (same + 1, file);
    let others = if from == to { format!("row {from}") } else { format!("rows {from} to {to}") };
    match given_up_by {
        _ if same == 0 => Words::new(
            format!("the ledger is whole and was left as it is; {path} is another ledger"),
            "is it the right file? If that ledger is to be restored, name its budget with `-b FILE`",
        ),
        _ if same == ledger => Words::new(
            format!("the ledger is whole and was left as it is; {path} goes on with {others}"),
            format!(
                "if those were recorded, the ledger is an old copy: move it and its .head file away, keep them, and type \
                 `taizhang restore {path} --in-place`; else nothing is to be done"
            ),
        ),
        Some(row) => Words::new(
            format!("the ledger is whole and was left as it is; the repair in row {row} gave up {others} of {path}"),
            format!("they cannot be put back: enter them again from {path} and their vouchers"),
        ),
        None => Words::new(
            format!(
                "the ledger is whole and was left as it is; {path} has other {others}, and the same {same} before them"
            ),
            "which of the two is right? What was paid and is not in the ledger is entered again from its voucher",
        ),
    }
}

fn unproved(row: u64, why: &Unproved) -> Words {
    match why {
        Unproved::DigitsGone { column, text } => Words::new(
            format!("row {row} cannot be proved: the last digits of `{}` in column `{column}` are gone", shown(text)),
            "no search brings them back: look the number up in a backup or on the voucher, put it into this cell as \
             text, save, and restore again",
        ),
        Unproved::Cell { column, text } => Words::new(
            format!("row {row} cannot be proved: nothing can be made of `{}` in column `{column}`", shown(text)),
            "look up in a backup or on the voucher what stood there, put it back, save, and restore again",
        ),
        Unproved::Changed { column, was } if was.is_empty() => Words::new(
            format!("row {row} was changed: column `{column}` was empty"),
            "empty the cell, save, and restore again; a change that is meant is entered afterwards",
        ),
        Unproved::Changed { column, was } => Words::new(
            format!("row {row} was changed: column `{column}` was `{}`", shown(was)),
            "put it back, save, and restore again; a change that is meant is entered afterwards with \
             `taizhang correct`",
        ),
        Unproved::CharactersGone { column, text } => Words::new(
            format!(
                "row {row} cannot be proved: characters of `{}` in column `{column}` became question marks",
                shown(text)
            ),
            "the encoding it was saved in has no such characters, and no search brings them back: take a backup, or \
             save the original again as UTF-8",
        ),
        Unproved::NoDigest => Words::new(
            format!("row {row} cannot be proved: it states no digest (column `hash`)"),
            "if somebody added the row, delete it, save, and restore again; if its cells are out of their columns (all commas \
             replaced, say) or the digest was changed, take it from a backup",
        ),
        Unproved::AfterNoDigest => Words::new(
            format!("row {row} cannot be proved: the row before it states no digest"),
            "settle that row first",
        ),
        Unproved::Unknown => Words::new(
            format!(
                "row {row} cannot be proved: what stands in it does not fit its digest, and no one column explains it"
            ),
            "compare it with a backup or the voucher, put it back as it was, save, and restore again",
        ),
    }
}
