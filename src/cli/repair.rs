//! `repair` (修复): says what is wrong with a ledger and what mends it; and mends it when told to, one thing at a time.
//! Nothing is destroyed: what is given up is kept beside the ledger, and a row says so.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, ArgMatches, Command};

use super::books::Books;
use super::desk::Desk;
use super::options::{self, Stamping};
use super::{Verb, answer, books, stamp};
use crate::domain::budget::Language;
use crate::domain::calendar::Moment;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::mending::{Mended, Repair};
use crate::domain::reasons::{plain_memo, reasoned};
use crate::domain::rules::{Refusal, check_clock, check_memo};
use crate::lang::{self, Help, MendingWord};
use crate::problem::{Exit, Failure, LedgerFault, MendFault, Notice, Problem, ProblemKind};
use crate::render::sheets;
use crate::reports::mending::{Examined, HeadIs, Mending, Needs};
use crate::store::ailment::{Ailment, Diagnosis, HeadSeen};
use crate::store::copies::Fuller;
use crate::store::repair::Patient;

pub(super) const VERB: Verb = Verb { name: "repair", aliases: &["修复"], about: Help::Repair, arguments, run };

const MODES: [Mended; 3] = [Mended::Head, Mended::Tail, Mended::Missing];

fn arguments(command: Command, language: Language) -> Command {
    let backup = options::option("backup", "FILE", Help::RepairBackup, language);
    command
        .arg(options::flag("head", Help::RepairHead, language))
        .arg(options::flag("tail", Help::RepairTail, language))
        .arg(options::flag("accept-missing", Help::RepairMissing, language))
        .arg(options::option("reason", "WHY", Help::RepairReason, language).allow_hyphen_values(true))
        .arg(backup.value_parser(clap::value_parser!(PathBuf)))
        .args(options::stamping(language))
        .group(ArgGroup::new("mode").args(["head", "tail", "accept-missing"]))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let wish = Wish {
        asked: MODES.into_iter().find(|mended| matches.get_flag(mended.option())),
        reason: options::reason(matches, "reason", &mut problems),
        backup: matches.get_one::<PathBuf>("backup").cloned(),
        stamping: Stamping::read(matches, &mut problems),
    };
    let books = books::open(desk)?;
    Failure::unless_none(problems)?;
    if !books.ledger.exists()? {
        return Err(Refusal::NotOpened.into());
    }
    match wish.asked {
        None => examine(desk, &books, &wish),
        Some(asked) => mend(desk, &books, &wish, asked),
    }
}

/// What was typed.
struct Wish {
    asked: Option<Mended>,
    reason: Option<String>,
    backup: Option<PathBuf>,
    stamping: Stamping,
}

/// Says what is wrong, and changes nothing.
fn examine(desk: &mut Desk<'_>, books: &Books<'_>, wish: &Wish) -> Result<Exit, Failure> {
    let found = books.ledger.examine(None)?;
    let copy = fullest_copy(books, &found, wish.backup.as_deref())?;
    if let Some(backup) = wish.backup.as_ref().filter(|_| copy.is_none()) {
        desk.complain(&[Problem::note(Notice::CopyHoldsNoMore { path: backup.clone() })]);
    }
    let report = examined(desk, &books.ledger.path, &found, copy);
    desk.answer(&sheets::examined(&report, desk.language), false)?;
    match found.ailment {
        Ailment::Beyond(problem) => Err((*problem).into()),
        Ailment::None | Ailment::Torn => Ok(Exit::Done),
        Ailment::Head | Ailment::Tail | Ailment::Missing | Ailment::Unended | Ailment::Interrupted(_) => Ok(Exit::No),
    }
}

fn examined(desk: &Desk<'_>, ledger: &Path, found: &Diagnosis, copy: Option<Fuller>) -> Examined {
    let called_for = found.calls_for();
    let needs = match (&found.ailment, called_for) {
        (Ailment::Interrupted(_), Some(mended)) => Needs::Finishing(mended),
        (Ailment::Unended, Some(_)) => Needs::Completing,
        (_, Some(mended)) => Needs::Mending(mended),
        (Ailment::Torn, None) => Needs::NextWriter,
        (Ailment::Beyond(problem), None) if is_resaved(problem) => Needs::Restoring,
        (Ailment::Beyond(_), None) => Needs::Beyond,
        (_, None) => Needs::Nothing,
    };
    Examined {
        needs,
        rows: found.ledger.rows,
        bytes: found.bytes,
        digest: found.ledger.is_opened().then_some(found.ledger.digest),
        head: match found.head {
            HeadSeen::Missing => HeadIs::Missing,
            HeadSeen::Unreadable => HeadIs::Unreadable,
            HeadSeen::Agrees(head) => HeadIs::Agreeing { rows: head.seq },
            HeadSeen::Foreign(head) => HeadIs::OfAnother { rows: head.seq },
            HeadSeen::Further(head) => HeadIs::Further { rows: head.seq },
        },
        behind: found.behind.bytes,
        changed: found.changed(),
        lost: if called_for.is_some() { found.lost() } else { None },
        command: match (&copy, needs) {
            // While a copy holds them no row is given up, so no other command is of use.
            (Some(copy), _) => restoring(desk, found, copy),
            (None, Needs::Restoring) => Some(answer::command(desk, &["restore", "--in-place"])),
            (None, _) => called_for.map(|mended| command(desk, mended, found.gives_up_rows())),
        },
        gives_up_rows: found.gives_up_rows(),
        ledger: ledger.display().to_string(),
        is_piece: copy.as_ref().is_some_and(|copy| copy.is_piece),
        copy: copy.map(|copy| (copy.path.display().to_string(), copy.rows)),
    }
}

/// What to type.
fn command(desk: &Desk<'_>, mended: Mended, needs_reason: bool) -> String {
    let (option, why) = (format!("--{}", mended.option()), lang::mending(desk.language, &MendingWord::Why));
    let mut words = vec!["repair", &option];
    if needs_reason {
        words.extend(["--reason", &why]);
    }
    answer::command(desk, &words)
}

/// What puts a copy in the ledger's place, if it is a whole one and goes as far as the ledger is known to have gone.
fn restoring(desk: &Desk<'_>, found: &Diagnosis, copy: &Fuller) -> Option<String> {
    let known = match found.head {
        HeadSeen::Unreadable => return None,
        HeadSeen::Further(head) => head.seq,
        HeadSeen::Missing | HeadSeen::Agrees(_) | HeadSeen::Foreign(_) => 0,
    };
    let last = found.lost().map_or(known, |(_, last)| last.max(known));
    let is_enough = !copy.is_piece && copy.rows >= last;
    is_enough.then(|| answer::command(desk, &["restore", &copy.path.display().to_string(), "--in-place"]))
}

fn is_resaved(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Mend(MendFault::Beyond(LedgerFault::Resaved { .. })))
}

/// The named backup, else what stands beside the ledger, if it holds more of its rows.
fn fullest_copy(books: &Books<'_>, found: &Diagnosis, backup: Option<&Path>) -> Result<Option<Fuller>, Problem> {
    if let Some(backup) = backup {
        let rows = books.ledger.rows_of_backup(backup, found)?;
        return Ok(rows.map(|rows| Fuller { path: backup.to_owned(), rows, is_piece: false }));
    }
    match &found.ailment {
        Ailment::None | Ailment::Torn | Ailment::Head | Ailment::Unended | Ailment::Interrupted(_) => Ok(None),
        Ailment::Beyond(problem) if is_resaved(problem) => Ok(None),
        Ailment::Tail | Ailment::Missing | Ailment::Beyond(_) => books.ledger.fullest_copy(found),
    }
}

/// Mends what was asked for, under the lock, or says why not.
fn mend(desk: &mut Desk<'_>, books: &Books<'_>, wish: &Wish, asked: Mended) -> Result<Exit, Failure> {
    // Asked before the lock is taken, for people are slow; complained of when it is needed.
    let by = stamp::operator(desk, &wish.stamping);
    let mut patient = books.ledger.patient(desk.world.wait, wish.stamping.id.as_deref())?;
    let now = desk.now();
    let beyond = patient.diagnosis.beyond();
    if let Some(entry) = patient.diagnosis.history.same_id.clone() {
        let repair = of_row(&entry).filter(|repair| repair.mended == asked);
        let same_reason = |repair: &Repair| wish.reason.is_none() || repair.reason == wish.reason;
        let Some(repair) = repair.filter(same_reason) else {
            return Err(taken(entry, asked, wish.reason.as_ref()).into());
        };
        if let Some(problem) = beyond {
            return Err(problem.into());
        }
        if patient.interrupted().is_none() && patient.diagnosis.calls_for().is_some() {
            return Err(not_this(desk, &patient.diagnosis, asked).into());
        }
        return again(desk, books, wish, patient, entry, repair);
    }
    if let Some(problem) = beyond {
        return Err(problem.into());
    }
    if let Some(entry) = patient.interrupted() {
        let repair = of_row(&entry).unwrap_or_else(|| Repair::new(asked));
        return again(desk, books, wish, patient, entry, repair);
    }
    let Some(applies) = patient.diagnosis.calls_for() else {
        let sound = examined(desk, &books.ledger.path, &patient.diagnosis, None);
        desk.answer(&sheets::examined(&sound, desk.language), false)?;
        return Ok(Exit::Done);
    };
    check(desk, books, wish, &patient.diagnosis, (asked, applies))?;
    write(desk, books, wish, patient, asked, by, &now)
}

/// Whether this mends it, and nothing is given up without need or without a reason.
fn check(
    desk: &Desk<'_>,
    books: &Books<'_>,
    wish: &Wish,
    found: &Diagnosis,
    (asked, applies): (Mended, Mended),
) -> Result<(), Problem> {
    // Where rows are gone and something stands in their place, either word is meant.
    let is_further = matches!(found.head, HeadSeen::Further(_));
    let either = is_further && found.cuttable().bytes > 0 && asked != Mended::Head;
    if asked != applies && !either {
        return Err(not_this(desk, found, asked).into());
    }
    if !found.gives_up_rows() {
        return Ok(());
    }
    if let Some(copy) = fullest_copy(books, found, wish.backup.as_deref())? {
        let command = restoring(desk, found, &copy);
        let Fuller { path, rows, is_piece } = copy;
        return Err(MendFault::RowsAreThere { path, rows, is_piece, ledger: books.ledger.path.clone(), command }.into());
    }
    match wish.reason {
        Some(_) => Ok(()),
        None => {
            let (changed, lost) = (found.changed(), found.lost());
            Err(MendFault::ReasonNeeded { changed, lost, command: command(desk, asked, true) }.into())
        }
    }
}

fn write(
    desk: &mut Desk<'_>,
    books: &Books<'_>,
    wish: &Wish,
    patient: Patient<'_>,
    asked: Mended,
    by: Result<String, Failure>,
    now: &Moment,
) -> Result<Exit, Failure> {
    let Wish { reason, stamping, .. } = wish;
    let ledger = &patient.diagnosis.ledger;
    let clock = check_clock(now, ledger, stamping.clock_ok.is_some());
    let behind = check_clock(now, ledger, false).is_some();
    let clock_ok = stamping.clock_ok.as_ref().filter(|_| behind);
    let row = |repair: &Repair| Particulars {
        date: None,
        memo: reasoned(&repair.memo(), None, clock_ok),
        ..Particulars::new(Kind::Repair, now.date_naive())
    };
    let plan = patient.plan(asked, reason.as_ref());
    let mut problems: Vec<Problem> = clock.into_iter().chain(check_memo(&row(&plan).memo)).map(Problem::from).collect();
    let by = by.map_err(|failure| problems.extend(failure.0)).unwrap_or_default();
    Failure::unless_none(problems)?;
    let stamp = stamp::stamp(stamping, by, now, &ledger.digest.to_string());
    let mut report = Mending {
        repair: plan,
        ledger: books.ledger.path.display().to_string(),
        seq: ledger.rows + 1,
        digest: None,
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        already_recorded: false,
        dry_run: stamping.dry_run,
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let mended = patient.mend(asked, reason.as_ref(), &row, &stamp, &mut notices);
        desk.complain(&notices);
        let (entry, repair) = mended?;
        (report.digest, report.repair) = (Some(entry.digest), repair);
    }
    desk.answer(&sheets::mending(&report, desk.language), !report.dry_run)?;
    Ok(Exit::Done)
}

/// The row stands already: what may be left to do is done, and it is answered for.
fn again(
    desk: &mut Desk<'_>,
    books: &Books<'_>,
    wish: &Wish,
    patient: Patient<'_>,
    entry: Entry<String>,
    repair: Repair,
) -> Result<Exit, Failure> {
    if !wish.stamping.dry_run {
        let mut notices = Vec::new();
        let finished = patient.finish(&entry.id, &mut notices);
        desk.complain(&notices);
        finished?;
    }
    let report = Mending {
        repair,
        ledger: books.ledger.path.display().to_string(),
        seq: entry.seq,
        digest: Some(entry.digest),
        id: Some(entry.id),
        already_recorded: true,
        dry_run: wish.stamping.dry_run,
    };
    desk.answer(&sheets::mending(&report, desk.language), true)?;
    Ok(Exit::Done)
}

fn of_row(entry: &Entry<String>) -> Option<Repair> {
    Repair::of_memo(plain_memo(&entry.what.memo)).filter(|_| entry.what.kind == Kind::Repair)
}

/// The id stands on another row.
fn taken(entry: Entry<String>, asked: Mended, reason: Option<&String>) -> Refusal {
    let is_repair = entry.what.kind == Kind::Repair;
    let (column, there) =
        if is_repair { ("memo", entry.what.memo) } else { ("kind", entry.what.kind.key().to_owned()) };
    let given = match reason {
        _ if !is_repair => Kind::Repair.key().to_owned(),
        Some(reason) => format!("{};reason={reason}", asked.key()),
        None => asked.key().to_owned(),
    };
    Refusal::IdTaken { id: entry.id, row: entry.seq, column, there, given }
}

fn not_this(desk: &Desk<'_>, found: &Diagnosis, asked: Mended) -> MendFault {
    let applies = found.calls_for().unwrap_or(asked);
    MendFault::NotThis { asked, command: command(desk, applies, found.gives_up_rows()) }
}
