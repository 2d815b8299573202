//! What the file system or another writer did, and what is not wrong but worth saying.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::{column_name, numbers};
use crate::domain::mending::{Mended, Repair};
use crate::lang::Words;
use crate::lang::en::counted;
use crate::problem::{Doing, FileFault, Notice};

pub(super) fn file(fault: &FileFault) -> Words {
    match fault {
        FileFault::Missing { path } => {
            Words::new(format!("there is no file {}", path.display()), "check the name and the folder")
        }
        FileFault::Io { doing, path, error } => Words::new(
            format!("{} could not be {}: {}", path.display(), done(*doing), io_error(error)),
            "nothing was changed; see to the disk, its free space and the permissions, then repeat",
        ),
        FileFault::LayingBy { doing, folder, error } => Words::new(
            format!("{}: a file for rows laid by could not be {}: {}", folder.display(), done(*doing), io_error(error)),
            "nothing was changed; there is too much to be held in memory, so that folder is needed: make room in it, or name \
             another in the variable TMPDIR (TMP on Windows), then repeat",
        ),
        FileFault::PackIncomplete { path, written, error } => Words::new(
            format!(
                "{} could not be written: {}; before it {} came through",
                path.display(),
                io_error(error),
                counted(*written as u64, "file")
            ),
            "the ledger is unchanged; the pack is not whole: do not file it, see to the cause, then repeat",
        ),
        FileFault::NotRegular { path } => Words::new(
            format!("{} is not an ordinary file", path.display()),
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("head" | "lock") => {
                    "this name is the program's own: move away what has it, and the next write makes a new one"
                }
                _ => "it may be a folder or a pipe: check the name, and give the file itself",
            },
        ),
        FileFault::Link { path } => Words::new(
            format!("{} only points to another file (a symbolic link)", path.display()),
            "name the budget file beside the real ledger with `-b FILE`, so that people who record at the same time \
             wait for each other",
        ),
        FileFault::SeveralNames { path } => Words::new(
            format!("{} is one file under several names (hard links)", path.display()),
            "keep one of the names, so that people who record at the same time wait for each other",
        ),
        FileFault::Exists { path } => Words::new(format!("{} already exists", path.display()), existing(path)),
        FileFault::ListExists { path } => Words::new(
            format!("{} already exists, and says something else", path.display()),
            "nothing was overwritten, and its reasons are still there; give it to `--accept`, and `--undecided` a new name",
        ),
        FileFault::Replaced { path } => Words::new(
            format!("{} was replaced while it was being opened", path.display()),
            "nothing was changed; close it in other programs, then repeat",
        ),
        FileFault::Busy { path, seconds } => Words::new(
            format!("someone else is recording; {} was still in use after {seconds} seconds", path.display()),
            "nothing was changed; repeat when they are done",
        ),
        FileFault::OutcomeUnknown { path, error, id } if id.is_empty() => Words::new(
            format!("whether this was recorded in {} is not known: {}", path.display(), io_error(error)),
            "repeat the same command: what is recorded already is not recorded again",
        ),
        FileFault::OutcomeUnknown { path, error, id } => Words::new(
            format!("whether this was recorded in {} is not known: {}", path.display(), io_error(error)),
            format!("repeat the same command with `--id {id}`: it is recorded once, however often you repeat it"),
        ),
        FileFault::NotReported { error } => Words::new(
            format!("done and saved, but the answer could not be shown: {error}"),
            "do not enter it again; see it with `taizhang balance`",
        ),
        FileFault::OutputFailed { error } => Words::new(
            format!("the answer could not be shown: {error}"),
            "see to the screen, the program or the disk it goes to, then repeat",
        ),
    }
}

/// The system's own words; what this program itself found out has none there.
pub(in crate::lang) fn io_error(error: &io::Error) -> String {
    if error.kind() == ErrorKind::InvalidData {
        "what was written does not read back as it was written".into()
    } else {
        error.to_string()
    }
}

/// What to do where a file is there already.
fn existing(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("restored") => {
            "nothing was overwritten; add `--in-place` to put it where the ledger is; to write it again move this \
                     one away, or name another with `-o FILE`"
        }
        _ => "nothing was overwritten; go on with the file that is there, or choose another folder",
    }
}

fn done(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "read",
        Doing::Writing => "written",
        Doing::Creating => "created",
        Doing::Locking => "locked",
        Doing::Renaming => "renamed",
    }
}

/// Row numbers, those that follow each other in one; of very many only the first.
fn stretches(rows: &[(u64, u64)]) -> String {
    const SAID: usize = 100;
    let said = rows.iter().take(SAID).map(|(from, to)| match to - from {
        0 => from.to_string(),
        _ => format!("{from}-{to}"),
    });
    said.collect::<Vec<_>>().join(", ") + if rows.len() > SAID { " …" } else { "" }
}

pub(super) fn noticed(notice: &Notice) -> Words {
    match notice {
        Notice::NotOpened => Words::new(
            "the ledger is not opened yet; these figures are the budget file's",
            "if they are right, open it with `taizhang open`",
        ),
        Notice::NoHead => Words::plain(
            "the ledger has no .head file beside it, so rows cut off at its end would not be missed; the next row \
             recorded makes one",
        ),
        Notice::TornTail { bytes, rows } => Words::plain(format!(
            "after row {rows} there is an unfinished write of {}; it is not counted, and the next row recorded moves \
             it to a file of its own",
            counted(*bytes, "byte"),
        )),
        Notice::TailSaved { path, bytes } => {
            Words::plain(format!("an unfinished write of {} was moved to {}", counted(*bytes, "byte"), path.display()))
        }
        Notice::HeadNotWritten { error } => Words::new(
            format!("recorded, but the .head file could not be written: {}", io_error(error)),
            "the row is safe, do not enter it again; see to the disk and the permissions",
        ),
        Notice::FileDiffers { count } => Words::new(
            format!(
                "the budget file differs from the opened ledger in {}; the ledger's figures are shown",
                counted(*count as u64, "place")
            ),
            "`taizhang verify` lists them",
        ),
        Notice::Unverified { row, covered } => {
            Words::plain(format!("UNVERIFIED from row {row}: only rows 1 to {covered} are counted"))
        }
        Notice::OnlyCounted { covered } => Words::plain(format!("only rows 1 to {covered} are counted")),
        Notice::DayOutsideYear { day, year } => Words::plain(format!(
            "{day} is not in the fiscal year {year}; rows are counted up to that day all the same"
        )),
        Notice::YuanOnly => Words::plain("csv and json are always in yuan; `--unit wan` is for what people read"),
        Notice::TextNeverEntered { row, column } => Words::plain(format!(
            "row {row}: its {} begins like a formula or holds invisible characters, and was not entered with this \
             program; take care when opening the ledger in a spreadsheet",
            column_name(column)
        )),
        Notice::NothingImported { rows: 0, .. } => Words::plain("nothing was imported"),
        Notice::NothingImported { rows, problems, shown } => Words::plain(format!(
            "{} in {}{}; nothing was imported",
            counted(*problems as u64, "problem"),
            counted(*rows as u64, "row"),
            if shown < problems { format!(", the first {shown} of them above") } else { String::new() }
        )),
        Notice::Listed { path, open } => to_decide(path, *open),
        Notice::Repaired { row, repair: None } => {
            Words::plain(format!("row {row} is a repair, but not as this program writes one"))
        }
        Notice::Repaired { row, repair: Some(repair) } => repaired(*row, repair),
        Notice::Restored { row, damaged_from } => restored(*row, *damaged_from),
        Notice::SomeRepairs { count, shown } => {
            Words::plain(format!("{count} repairs in all; only the first {shown} are listed above"))
        }
        Notice::FileHoldsNoMore { path, rows } => nothing_more(path, Some(*rows)),
        Notice::CopyHoldsNoMore { path } => nothing_more(path, None),
        Notice::NotRestored { count, of, rows, shown } => not_restored([*count, *of], rows, *shown as u64),
        Notice::CellsLeftOut { rows } => Words::plain(format!(
            "{} had something beside the ledger's own columns, which was left out",
            counted(*rows, "row")
        )),
        Notice::InvoiceOnSeveral { number, rows } => Words::plain(format!(
            "invoice {number} is on rows {}; that is right only if it was paid in parts",
            numbers(rows)
        )),
    }
}

fn nothing_more(path: &Path, rows: Option<u64>) -> Words {
    let path = path.display();
    Words::plain(match rows {
        Some(rows) => format!("the ledger has all {rows} rows of {path}; there is nothing to put back"),
        None => format!(
            "{path} does not hold the missing rows: it is no backup of this ledger, or has no more rows than it; a backup \
             that a spreadsheet has saved is for `taizhang restore`"
        ),
    })
}

fn to_decide(path: &Path, open: usize) -> Words {
    let path = path.display();
    Words::plain(match open {
        0 => format!("nothing is left to decide; the decisions are in {path}"),
        open => format!(
            "{open} to decide, in {path}: fill in the reasons, delete the lines that are not decided, give it to \
             `--accept`"
        ),
    })
}

fn not_restored([count, of]: [u64; 2], rows: &[(u64, u64)], shown: u64) -> Words {
    let listed = if shown < count { format!(" (the first {shown} are shown)") } else { String::new() };
    Words::new(
        format!("{count} of {of} rows cannot be proved{listed}: {}; nothing was written", stretches(rows)),
        if count == of && of > 1 {
            "where no row at all can be proved, the file was most likely opened in a wrong encoding and its Chinese spoilt: \
             use the file as it was before, or put back a good backup"
        } else {
            "settle these rows and restore again; or put back a good backup and enter again what came after it"
        },
    )
}

fn restored(row: u64, damaged_from: Option<u64>) -> Words {
    let replaced = damaged_from.map(|from| format!("; the file it replaced, damaged from row {from} on, was kept"));
    let replaced = replaced.unwrap_or_default();
    Words::plain(format!("row {row} is a repair: the ledger was restored, each row by its digest{replaced}"))
}

fn repaired(row: u64, repair: &Repair) -> Words {
    let what = match repair.mended {
        Mended::Head => "a new .head file was made",
        Mended::Tail if repair.completed.is_some() => "the line feed that the last row lacked was put back",
        Mended::Tail => "what stood behind the last row was cut away",
        Mended::Missing => "a ledger with rows missing at its end was accepted",
    };
    let lost = match repair.lost {
        None => String::new(),
        Some((first, last)) if first == last => format!("; the former row {first}, which was recorded, was given up"),
        Some((first, last)) => format!("; the former rows {first} to {last}, which were recorded, were given up"),
    };
    let reason = repair.reason.as_ref().map(|reason| format!("; reason: {reason}")).unwrap_or_default();
    Words::plain(format!("row {row} is a repair: {what}{lost}{reason}"))
}
