//! `doctor` (体检): whether the place where a ledger is kept can be relied on, and this machine. Nothing that it makes stays.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::{Verb, books, options};
use crate::domain::budget::Language;
use crate::domain::calendar::{moment, written_moment};
use crate::domain::ledger::Ledger;
use crate::domain::rules::check_clock;
use crate::lang::Help;
use crate::problem::{Check, Doing, Exit, Failure, FileFault, Finding, LedgerFault, Problem, ProblemKind, Verdict};
use crate::render::sheets;
use crate::store::ailment::{Ailment, Diagnosis, HeadSeen};
use crate::store::checkup::{self, Site};
use crate::store::ledger_file::LedgerFile;

pub(super) const VERB: Verb = Verb { name: "doctor", aliases: &["体检"], about: Help::Doctor, arguments, run };

/// The option by which it asks itself, in a second process, whether a lock keeps that one out.
const TRY_LOCK: &str = "try-lock";

/// Below this many columns a screen is narrow.
const NARROW: usize = 60;

fn arguments(command: Command, language: Language) -> Command {
    let lock = options::option(TRY_LOCK, "FILE", Help::DoctorTryLock, language);
    command.arg(lock.value_parser(clap::value_parser!(PathBuf)).hide(true))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if let Some(path) = matches.get_one::<PathBuf>(TRY_LOCK) {
        let tried = checkup::try_lock(desk.world.files, path);
        let free = tried.map_err(|error| FileFault::Io { doing: Doing::Locking, path: path.clone(), error })?;
        return Ok(if free { Exit::Done } else { Exit::Busy });
    }
    let mut findings = Vec::new();
    let mut complaints = Vec::new();
    let ledger = match books::open(desk) {
        Ok(books) => {
            findings.push(Finding::Budget { path: books.path.display().to_string() });
            books.ledger
        }
        // The answer must not go onto anyone's books, whatever else is wrong.
        Err(failure) if failure.is_about_output() => return Err(failure),
        Err(failure) => {
            findings.push(Finding::NoBudget);
            complaints.extend(failure.0);
            // What is tried out is the folder the budget should be in.
            let folder = desk.budget.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
            LedgerFile::new(desk.world.files, &folder.join("taizhang"))
        }
    };
    let mut holds = true;
    let site = Site { files: desk.world.files, machine: desk.world.machine, ledger: ledger.path.clone() };
    let has_books = complaints.is_empty();
    let opened = match has_books {
        true => state(&ledger, &site, &mut findings, &mut complaints, &mut holds),
        false => None,
    };
    if has_books {
        findings.extend(site.names_and_rights());
    }
    findings.extend(site.trials());
    findings.extend(site.disk());
    findings.push(clock(desk, opened.as_ref()));
    findings.push(locale(desk));
    findings.push(screen(desk));
    findings.extend(site.leftovers());
    let (version, system) = (env!("CARGO_PKG_VERSION").to_owned(), std::env::consts::OS.to_owned());
    findings.push(Finding::Tool { version, system });
    desk.answer(&sheets::checkup(&findings, desk.language), false)?;
    desk.complain(&complaints);
    let faulty = findings.iter().any(|finding| finding.answers().1 == Verdict::Fault);
    Ok(match (holds, faulty) {
        (false, _) => Exit::Integrity,
        (true, true) => Exit::No,
        (true, false) => Exit::Done,
    })
}

/// How the ledger and its head stand; the rows, if there are any.
fn state(
    ledger: &LedgerFile<'_>,
    site: &Site<'_>,
    findings: &mut Vec<Finding>,
    complaints: &mut Vec<Problem>,
    holds: &mut bool,
) -> Option<Ledger> {
    match ledger.exists() {
        Ok(true) => {}
        Ok(false) => {
            findings.extend([Finding::LedgerNotOpened, Finding::Unchecked(Check::Head)]);
            return None;
        }
        Err(problem) => {
            *holds = problem.exit() != Exit::Integrity;
            match site.head().filter(|_| *holds) {
                Some(head) => findings.extend([Finding::Unchecked(Check::Ledger), head]),
                None => {
                    findings.push(if *holds { Finding::LedgerUnreadable } else { Finding::LedgerNotFound });
                    if let ProblemKind::Ledger(LedgerFault::ShorterThanHead { head_rows: rows, .. }) = problem.kind {
                        findings.push(Finding::HeadFurther { rows });
                    }
                    complaints.push(problem);
                }
            }
            return None;
        }
    }
    // It may be the head alone that nobody can read; the rows can be looked at all the same.
    let in_the_way = site.head();
    let examined = match in_the_way {
        Some(_) => ledger.examine_without_head(),
        None => ledger.examine(None),
    };
    let found = match examined {
        Ok(found) => found,
        Err(problem) => {
            findings.push(Finding::LedgerUnreadable);
            findings.extend(in_the_way);
            complaints.push(problem);
            return None;
        }
    };
    let state = of_the_rows(&found, in_the_way.is_some());
    *holds = matches!(found.ailment, Ailment::None | Ailment::Torn);
    findings.push(state);
    findings.push(match (in_the_way, found.head) {
        (Some(finding), _) => finding,
        (None, HeadSeen::Missing) => Finding::HeadMissing,
        (None, HeadSeen::Agrees(head)) => Finding::HeadAgrees { rows: head.seq },
        (None, HeadSeen::Unreadable) => Finding::HeadUnreadable,
        (None, HeadSeen::Further(head)) => Finding::HeadFurther { rows: head.seq },
        (None, HeadSeen::Foreign(_)) => Finding::HeadWrong,
    });
    Some(found.ledger)
}

/// What is said of the rows; of the head there is a finding of its own.
fn of_the_rows(found: &Diagnosis, without_head: bool) -> Finding {
    let (rows, bytes) = (found.ledger.rows, found.bytes);
    match &found.ailment {
        Ailment::None if without_head => Finding::LedgerRowsHold { rows, bytes },
        Ailment::None => Finding::LedgerHolds { rows, bytes },
        Ailment::Torn => Finding::LedgerUnfinishedWrite { rows, bytes: found.behind.bytes },
        Ailment::Head => Finding::LedgerRowsHold { rows, bytes },
        Ailment::Unended => Finding::LedgerLacksLineFeed { row: rows },
        Ailment::Missing => match found.lost() {
            Some((first, last)) => Finding::LedgerLacksRows { first, last },
            None => Finding::LedgerNeedsRepair,
        },
        Ailment::Tail | Ailment::Interrupted(_) | Ailment::Beyond(_) => Finding::LedgerNeedsRepair,
    }
}

fn clock(desk: &Desk<'_>, ledger: Option<&Ledger>) -> Finding {
    let now = desk.now();
    let said = written_moment(&now);
    let millennium = moment("2000-01-01T00:00:00+00:00");
    if millennium.is_some_and(|millennium| now < millennium) {
        return Finding::ClockBefore2000 { now: said };
    }
    match ledger.filter(|ledger| check_clock(&now, ledger, false).is_some()) {
        Some(ledger) => Finding::ClockBehind { now: said, last: ledger.last_at.clone() },
        None => Finding::Clock { now: said },
    }
}

fn locale(desk: &Desk<'_>) -> Finding {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| desk.world.says(name)).unwrap_or_default();
    let plain: String = locale.to_lowercase().chars().filter(|letter| *letter != '-').collect();
    if plain.contains("utf8") { Finding::Utf8 { locale } } else { Finding::NotUtf8 { locale } }
}

fn screen(desk: &Desk<'_>) -> Finding {
    match desk.world.terminal.width.filter(|_| desk.world.terminal.out) {
        None => Finding::NoScreen,
        Some(columns) if columns < NARROW => Finding::NarrowScreen { columns: columns as u64 },
        Some(columns) => Finding::Screen { columns: columns as u64 },
    }
}
