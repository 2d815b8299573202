//! A check-up: whether the place where a ledger is kept can be relied on.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use std::io;

use super::counted;
use super::problems::io_error;
use crate::lang::{CheckupWord, Words};
use crate::problem::{Check, Finding, Leftover, Verdict};

pub(in crate::lang) fn checkup(word: CheckupWord) -> String {
    match word {
        CheckupWord::AllWell { checks, unchecked: 0 } => {
            format!("{} done, nothing wrong", counted(checks as u64, "check"))
        }
        CheckupWord::AllWell { checks, unchecked } => {
            format!("{} done, nothing wrong; {unchecked} could not be done", counted(checks as u64, "check"))
        }
        CheckupWord::Found { faults } => format!("{} found", counted(faults as u64, "fault")),
        CheckupWord::Check(check) => check_name(check).into(),
        CheckupWord::CureOf(check) => format!("{}: ", check_name(check)),
        CheckupWord::Verdict(verdict) => match verdict {
            Verdict::Well => "ok",
            Verdict::Note => "note",
            Verdict::Fault => "fault",
            Verdict::Unchecked => "not checked",
        }
        .into(),
    }
}

fn check_name(check: Check) -> &'static str {
    match check {
        Check::Budget => "budget file",
        Check::Ledger => "ledger",
        Check::Head => ".head file",
        Check::Names => "file names",
        Check::Writing => "writing",
        Check::Rights => "rights",
        Check::Lock => "lock",
        Check::Sync => "sync",
        Check::Append => "append",
        Check::Rename => "rename",
        Check::Probes => "trial files",
        Check::Space => "free space",
        Check::Disk => "kind of disk",
        Check::Clock => "clock",
        Check::Locale => "encoding",
        Check::Screen => "screen width",
        Check::Leftovers => "leftovers",
        Check::Tool => "program",
    }
}

pub(in crate::lang) fn finding(finding: &Finding) -> Words {
    match finding {
        Finding::Budget { path } => Words::plain(path),
        Finding::NoBudget => Words::new(
            "no budget file that can be used was read",
            "the reason is below; name one with `-b FILE`, or mend it",
        ),
        Finding::LedgerHolds { rows, bytes } => {
            Words::plain(format!("{}, {}, verified", counted(*rows, "row"), counted(*bytes, "byte")))
        }
        Finding::LedgerNotOpened => {
            Words::new("not opened yet", "if the budget is right, open it with `taizhang open`")
        }
        Finding::LedgerUnfinishedWrite { rows, bytes } => Words::new(
            format!(
                "{} verified, behind them an unfinished write of {}",
                counted(*rows, "row"),
                counted(*bytes, "byte")
            ),
            "it is not counted; the next row recorded moves it to a file of its own",
        ),
        Finding::LedgerRowsHold { rows, bytes } => {
            Words::plain(format!("{}, {}, each in order", counted(*rows, "row"), counted(*bytes, "byte")))
        }
        Finding::LedgerLacksLineFeed { row } => Words::new(
            format!("row {row} is whole, but the line feed at its end is missing"),
            "`taizhang repair --tail` puts it back and gives nothing up",
        ),
        Finding::LedgerLacksRows { first, last } => Words::new(
            if first == last {
                format!("row {first} is missing at its end")
            } else {
                format!("rows {first} to {last} are missing at its end")
            },
            "record nothing; `taizhang repair` says whether a copy beside it has them, and what to do",
        ),
        Finding::LedgerNeedsRepair => {
            Words::new("it does not verify", "record nothing; `taizhang repair` says what is wrong and what mends it")
        }
        Finding::LedgerNotFound => Words::new(
            "it is gone, but its .head file is there",
            "find it, or a backup, and put it back beside the budget file",
        ),
        Finding::LedgerUnreadable => Words::new("it cannot be read", "the reason is below"),
        Finding::HeadAgrees { rows } => Words::plain(format!("agrees, knows of {}", counted(*rows, "row"))),
        Finding::HeadMissing => Words::new(
            "there is none",
            "the next row recorded makes one; until then rows cut off at the end would not be missed",
        ),
        Finding::HeadWrong => Words::new("does not fit the ledger", "see `taizhang repair`"),
        Finding::HeadFurther { rows } => Words::plain(format!("{} were recorded", counted(*rows, "row"))),
        Finding::HeadUnreadable => Words::new(
            "cannot be read: whether rows are missing at the end cannot be told",
            "look at it with `taizhang repair`",
        ),
        Finding::HeadNotRead { error } => Words::new(
            format!("cannot be read: {}", io_error(error)),
            "whoever records or reads reports must be able to read it; settle its permissions, or move it away: the next \
             write makes a new one",
        ),
        Finding::HeadNotAFile => {
            Words::new("is not an ordinary file", "move away what has its name; the next write makes a new .head file")
        }
        Finding::OneName => Words::plain("an ordinary file under one name"),
        Finding::SymbolicLink { path } => Words::new(
            format!("{path} is a symbolic link"),
            "nothing is recorded through a link; name the budget file beside the real ledger with `-b FILE`",
        ),
        Finding::HardLinks { path, names } => Words::new(
            format!("{path} has {names} names (hard links)"),
            "keep one of them, or people who record at the same time are not kept apart",
        ),
        Finding::NotAFile { path } => {
            Words::new(format!("{path} is not an ordinary file"), "check `ledger` in the budget file")
        }
        Finding::Writable => Words::plain("the ledger can be written"),
        Finding::NotWritable { path, error } => Words::new(
            format!("{} cannot be written: {}", place(path), io_error(error)),
            "who records needs the right to write this folder and the ledger; who only reads reports does not",
        ),
        Finding::Rights => Words::plain("not everyone may write"),
        Finding::AnyoneMayWrite { path } => Words::new(
            format!("anyone may change {}", place(path)),
            "take that right away, as by `chmod o-w`; the ledger shows changes but cannot prevent them",
        ),
        Finding::OtherOwner { path } => Words::new(
            format!("{} belongs to another user", place(path)),
            "where several share it, see that all are in its group and the group may write",
        ),
        Finding::LockExcludes => Words::plain("keeps another process out"),
        Finding::LockExcludesHere => Words::new(
            "holds within this process; with another it could not be tried",
            "the program could not start itself again; do not record from several places at once",
        ),
        Finding::LockHeld => Words::new(
            "someone is recording just now",
            "wait until they are done; if it stays so, see which program has not ended",
        ),
        Finding::LockNotAFile { path } => Words::new(
            format!("{path} is not an ordinary file"),
            "move away what has its name; the next write makes a new lock file",
        ),
        Finding::OwnLockFails { path, error } => Words::new(
            format!("the ledger's lock {path} cannot be had: {}", io_error(error)),
            "without a lock nothing is written; settle its permissions, or delete it while nobody records: the next write \
             makes a new one",
        ),
        Finding::LockExcludesNothing => Words::new(
            "keeps nobody out: another could lock it too",
            "move the ledger to a local disk; until then one person at one machine may record",
        ),
        Finding::LockFails { error } => Words::new(
            format!("cannot be taken: {}", io_error(error)),
            "without a lock nothing is recorded; move the ledger to a local disk",
        ),
        Finding::SyncWorks => Words::plain("file and folder reach the disk"),
        Finding::SyncFails { error } => Words::new(
            format!("does not reach the disk: {}", io_error(error)),
            relief(error, "a power cut would lose what was just recorded; use another disk, or a local one"),
        ),
        Finding::AppendWorks => Words::plain("lands at the end and reads back"),
        Finding::AppendFails { error } => Words::new(
            format!("cannot be relied on: {}", io_error(error)),
            relief(error, "record nothing here; move the ledger to a local disk"),
        ),
        Finding::RenameReplaces => Words::plain("a new file takes an old one's place"),
        Finding::RenameFails { error } => Words::new(
            format!("does not replace: {}", io_error(error)),
            relief(error, "reports and .head files cannot be written; move the ledger to a local disk"),
        ),
        Finding::ProbeLeft { path } => {
            Words::new(format!("{path} is left"), "it was made for this check-up; delete it")
        }
        Finding::Space { free } => Words::plain(space(*free)),
        Finding::LittleSpace { free } => Words::new(format!("only {}", space(*free)), "make room soon"),
        Finding::NoSpace { free } => Words::new(
            format!("only {}", space(*free)),
            "on a full disk nothing can be recorded, though nothing recorded is lost; make room now",
        ),
        Finding::LocalDisk { kind } => Words::plain(format!("{kind}, a local disk")),
        Finding::NetworkShare { kind } => Words::new(
            format!("{kind}, a share or a disk behind a go-between"),
            "written from one machine every row is still verified; but locks between machines and what survives a power \
             cut are not promised. Keep the ledger on a local disk",
        ),
        Finding::MemoryDisk { kind } => {
            Words::new(format!("{kind}, kept in memory: gone after a restart"), "move budget and ledger to a disk")
        }
        Finding::ContainerDisk { kind } => Words::new(
            format!("{kind}, the disk of a container"),
            "it goes when the container goes; keep the ledger on a volume that is mounted in",
        ),
        Finding::PlainDisk { kind } => Words::new(
            format!("{kind}, as on a USB stick"),
            "it has no rights, and suffers when pulled out; good for backups, not for recording",
        ),
        Finding::UnknownDisk { kind } => Words::new(
            format!("{kind}, which this program does not know"),
            "use it only if lock, sync, append and rename above are all ok",
        ),
        Finding::ReadOnlyDisk { kind } => {
            Words::new(format!("{kind}, read-only"), "reports can be read, nothing can be recorded")
        }
        Finding::Clock { now } => Words::plain(now),
        Finding::ClockBefore2000 { now } => {
            Words::new(format!("{now}, which cannot be"), "set the clock before anything is recorded")
        }
        Finding::ClockBehind { now, last } => Words::new(
            format!("{now}, before the last row's {last}"),
            "check the clock and its zone; if they are right, record with `--clock-ok WHY`",
        ),
        Finding::Utf8 { locale } => Words::plain(locale),
        Finding::NotUtf8 { locale } if locale.is_empty() => Words::new(
            "LANG is not set",
            "this program always writes UTF-8; if the screen shows nonsense, set a locale such as `LANG=en_US.UTF-8`",
        ),
        Finding::NotUtf8 { locale } => Words::new(
            format!("{locale}, not UTF-8"),
            "this program always writes UTF-8; if the screen shows nonsense, set a locale such as `LANG=en_US.UTF-8`",
        ),
        Finding::Screen { columns } => Words::plain(counted(*columns, "column")),
        Finding::NarrowScreen { columns } => Words::new(
            format!("only {}", counted(*columns, "column")),
            "reports leave columns out; 80 or more are better",
        ),
        Finding::NoScreen => Words::plain("the answer goes to no screen"),
        Finding::NothingLeft => Words::plain("none"),
        Finding::Leftover { path, kind } => {
            let (what, cure) = match kind {
                Leftover::Torn => {
                    ("an unfinished write", "it was never recorded; file it or delete it once it is looked at")
                }
                Leftover::Broken => ("as it was before a repair", "keep it with the ledger; an auditor may ask for it"),
                Leftover::Resaved => {
                    ("what a restored ledger took the place of", "keep it with the ledger; an auditor may ask for it")
                }
                Leftover::Restored => (
                    "a ledger made again",
                    "`taizhang restore --in-place` puts it in place; delete it when it is of no more use",
                ),
                Leftover::New => {
                    ("half a file", "a run that broke off left it; delete it when nobody uses the program")
                }
                Leftover::Import => {
                    ("rows of an import", "it broke off and recorded nothing; the next row recorded clears it away")
                }
                Leftover::Probe => ("a trial file", "a check-up that broke off left it; delete it"),
            };
            Words::new(format!("{path}: {what}"), format!("{what}: {cure}"))
        }
        Finding::Tool { version, system } => Words::plain(format!("taizhang {version}, {system}")),
        Finding::Unchecked(check) => Words::plain(match check {
            Check::Ledger | Check::Head | Check::Names | Check::Writing => "there is no ledger yet",
            Check::Lock | Check::Sync | Check::Append | Check::Rename => "the folder cannot be written",
            Check::Budget
            | Check::Rights
            | Check::Probes
            | Check::Space
            | Check::Disk
            | Check::Clock
            | Check::Locale
            | Check::Screen
            | Check::Leftovers
            | Check::Tool => "the system does not tell",
        }),
    }
}

/// A full disk is not the fault of its kind.
fn relief(error: &io::Error, otherwise: &'static str) -> &'static str {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    if full { "make room, then check again" } else { otherwise }
}

fn place(path: &str) -> &str {
    if path == "." { "this folder" } else { path }
}

fn space(bytes: u64) -> String {
    const MEGABYTE: u64 = 1 << 20;
    match bytes / MEGABYTE {
        megabytes @ 0..1024 => format!("{megabytes} MB"),
        megabytes => format!("{} GB", megabytes / 1024),
    }
}
