//! `restore` (还原): a ledger that Excel, WPS or LibreOffice has saved is made again, each row proved by its own digest.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::answer::command;
use super::books::{self, Books};
use super::desk::Desk;
use super::options::{self, Stamping};
use super::{Verb, stamp};
use crate::domain::budget::Language;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::mending;
use crate::domain::rules::{Refusal, check_clock};
use crate::domain::sign::Sign;
use crate::domain::text;
use crate::lang::Help;
use crate::problem::{Doing, Exit, Failure, FileFault, LedgerFault, Notice, Problem, ProblemKind, RestoreFault, Usage};
use crate::render::sheets;
use crate::reports::restoring::{Became, Restoring};
use crate::store::files::{LookKind, beside};
use crate::store::head::{self, Head};
use crate::store::ledger_file::LedgerFile;
use crate::store::pass::Unseen;
use crate::store::restoring::{self, Hold, NewFile, Restored};

pub(super) const VERB: Verb = Verb { name: "restore", aliases: &["还原"], about: Help::Restore, arguments, run };

/// What the restored ledger's name ends in.
const ENDING: &str = ".restored";

fn arguments(command: Command, language: Language) -> Command {
    let file = options::positional("file", "FILE", Help::RestoreFile, language);
    command
        .arg(file.value_parser(clap::value_parser!(PathBuf)))
        .arg(options::option("sheet", "NAME", Help::ImportSheet, language))
        .arg(options::flag("in-place", Help::RestoreInPlace, language))
        .args(options::stamping(language).into_iter().filter(|arg| arg.get_id() != "id"))
}

/// What was typed.
struct Asked {
    file: Option<PathBuf>,
    sheet: Option<String>,
    stamping: Stamping,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let asked = Asked {
        file: matches.get_one::<PathBuf>("file").cloned(),
        sheet: matches.get_one::<String>("sheet").cloned(),
        stamping: Stamping::read(matches, &mut problems),
    };
    let in_place = matches.get_flag("in-place");
    let output = desk.output_for_a_file();
    if in_place && output.is_some() {
        problems.push(Usage::Conflict { name: "--output".into(), with: "--in-place".into() }.into());
    }
    Failure::unless_none(problems)?;
    // A file that somebody sent can be restored where there is no budget.
    let needs_books = in_place || asked.file.is_none() || desk.budget.is_some();
    let books = match books::open(desk) {
        Err(failure) if needs_books => return Err(failure),
        books => books.ok(),
    };
    let done = match &books {
        Some(books) if in_place => put_in_place(desk, books, &asked),
        books => write_beside(desk, books.as_ref(), &asked, output),
    };
    desk.world.progress.clear();
    done
}

/// Writes the restored ledger to a file of its own.
fn write_beside(
    desk: &mut Desk<'_>,
    books: Option<&Books<'_>>,
    asked: &Asked,
    output: Option<PathBuf>,
) -> Result<Exit, Failure> {
    let files = desk.world.files;
    let source = match (&asked.file, books) {
        (Some(file), _) => file.clone(),
        (None, Some(books)) if books.ledger.exists()? => books.ledger.path.clone(),
        (None, _) => return Err(Refusal::NotOpened.into()),
    };
    if let Some(output) = &output {
        let mut near: Vec<&Path> = vec![&source];
        near.extend(books.iter().flat_map(|books| [books.path.as_path(), books.ledger.path.as_path()]));
        desk.keep_file_off(output, &near)?;
    }
    let reading = LedgerFile::new(files, &source).read(|| Unseen)?;
    if reading.pass.damage.is_none() {
        return whole(desk, &reading.pass.ledger);
    }
    let head = head::read(files, &source)?;
    let target = output.clone().unwrap_or_else(|| beside(&source, ENDING));
    let free = |path: &Path| match files.look(path) {
        Err(error) => Err(FileFault::Io { doing: Doing::Reading, path: path.to_owned(), error }),
        Ok(None) => Ok(()),
        Ok(Some(look)) if look.kind != LookKind::Regular => Err(FileFault::NotRegular { path: path.to_owned() }),
        Ok(Some(_)) if output.is_none() => Err(FileFault::Exists { path: path.to_owned() }),
        Ok(Some(_)) => Ok(()),
    };
    free(&target)?;
    let new = NewFile::beside(files, &target, ".new", &source)?;
    let sheet = asked.sheet.as_deref();
    let restored = restoring::restore(files, &source, sheet, head.as_ref(), new, &mut |done, total| {
        desk.progress(done, total);
    });
    let restored = restored.map_err(|failure| nothing_left(failure, head.as_ref()))?;
    let Restored { file, ledger, signs, beside } = restored;
    say_what_was_left_out(desk, beside);
    if asked.stamping.dry_run {
        drop(file);
        return answer(desk, Became::Tried, &ledger, signs, false);
    }
    free(&target)?;
    file.put_at(&target)?;
    // Without a budget there is no place to put it in.
    let words = books.map(|_| {
        let file = asked.file.as_ref().map(|file| file.display().to_string());
        let words: Vec<&str> = ["restore"].into_iter().chain(file.as_deref()).chain(["--in-place"]).collect();
        command(desk, &words)
    });
    answer(desk, Became::Written { path: target.display().to_string(), words }, &ledger, signs, true)
}

/// A file without a row is no ledger to begin with where the head knows of rows.
fn nothing_left(failure: Failure, head: Option<&Head>) -> Failure {
    let known = head.map(|head| LedgerFault::ShorterThanHead { head_rows: head.seq, rows: 0 });
    let is_empty = |problem: &Problem| matches!(problem.kind, ProblemKind::Ledger(LedgerFault::Empty));
    match known {
        Some(fault) if failure.0.iter().any(is_empty) => Failure::from(fault),
        _ => failure,
    }
}

/// Puts the restored ledger where the other one is, which is kept.
fn put_in_place<'w>(desk: &mut Desk<'w>, books: &Books<'w>, asked: &Asked) -> Result<Exit, Failure> {
    let files = desk.world.files;
    let by = stamp::operator(desk, &asked.stamping);
    if asked.file.is_none() && !books.ledger.exists()? {
        return Err(Refusal::NotOpened.into());
    }
    let hold = Hold::take(&books.ledger, desk.world.wait)?;
    if hold.is_whole() {
        match &asked.file {
            Some(file) => take_nothing_from(desk, hold, file, asked.sheet.as_deref())?,
            None => drop(hold),
        }
        return make_sure(desk, books, asked.stamping.dry_run);
    }
    let by = by?;
    let source = asked.file.as_ref().unwrap_or(&books.ledger.path);
    let (new, sheet) = (hold.new_file()?, asked.sheet.as_deref());
    let restored = restoring::restore(files, source, sheet, hold.head.as_ref(), new, &mut |done, total| {
        desk.progress(done, total);
    })?;
    hold.check(&restored)?;
    if asked.file.is_some() {
        hold.check_against_what_is_stated(&restored)?;
    }
    // The clock is read under the lock: rows are stamped in the order in which they are written.
    let now = desk.now();
    let mut problems = books::disagreements(books, &restored.ledger);
    let behind = check_clock(&now, &restored.ledger, false).is_some();
    problems.extend(check_clock(&now, &restored.ledger, asked.stamping.clock_ok.is_some()).map(Problem::from));
    Failure::unless_none(problems)?;
    say_what_was_left_out(desk, restored.beside);
    if hold.head.is_none() {
        desk.complain(&[Problem::note(Notice::NoHead)]);
    }
    let signs = restored.signs.clone();
    if asked.stamping.dry_run {
        return answer(desk, Became::Tried, &restored.ledger, signs, false);
    }
    let reason = asked.stamping.clock_ok.as_ref().filter(|_| behind).map(|reason| format!("clock-ok={reason}"));
    let row = row(&restored.ledger, &signs, hold.damaged_from(), reason)?;
    let stamp = stamp::stamp(&asked.stamping, by, &now, &restored.ledger.digest.to_string());
    let mut ledger = restored.ledger.clone();
    let mut notices = Vec::new();
    let put = hold.put(restored, row, &stamp, &mut notices);
    desk.complain(&notices);
    let (entry, kept) = put?;
    (ledger.rows, ledger.digest) = (entry.seq, entry.digest);
    let kept = kept.map(|kept| kept.display().to_string());
    answer(desk, Became::InPlace { row: entry.seq, kept }, &ledger, signs, true)
}

/// The row that says what was done.
fn row(
    ledger: &Ledger,
    signs: &[Sign],
    damaged_from: Option<u64>,
    reason: Option<String>,
) -> Result<Particulars<String>, Refusal> {
    let keys: Vec<&str> = signs.iter().map(|sign| sign.key()).collect();
    let signs = if keys.is_empty() { "none".to_owned() } else { keys.join("+") };
    let memo = mending::Restored { signs, rows: ledger.rows, damaged_from }.memo();
    let doc = reason.unwrap_or_default();
    if let Some(fault) = text::fault(&doc) {
        return Err(Refusal::Text { column: "clock-ok", fault });
    }
    let any_day = ledger.year().map(crate::domain::calendar::FiscalYear::first_day).unwrap_or_default();
    Ok(Particulars { date: None, memo, doc, ..Particulars::new(Kind::Repair, any_day) })
}

/// The ledger is whole, so the file does not take its place; what it holds that the ledger has not is said all the same.
fn take_nothing_from(desk: &mut Desk<'_>, hold: Hold<'_>, file: &Path, sheet: Option<&str>) -> Result<(), Failure> {
    let (files, new) = (desk.world.files, hold.new_file()?);
    let restored = restoring::restore(files, file, sheet, None, new, &mut |done, total| desk.progress(done, total))?;
    desk.world.progress.clear();
    let Some(compared) = hold.compared_with(&restored)? else { return Ok(()) };
    let path = file.to_owned();
    if compared.same < compared.file {
        return Err(RestoreFault::NotNeeded { path, compared }.into());
    }
    desk.complain(&[Problem::note(Notice::FileHoldsNoMore { path, rows: compared.file })]);
    Ok(())
}

/// There is nothing to restore; what stands there may be what an earlier run could not be sure of.
fn make_sure(desk: &mut Desk<'_>, books: &Books<'_>, dry_run: bool) -> Result<Exit, Failure> {
    let mut session = books.ledger.session(desk.world.wait, || Unseen)?;
    if !dry_run {
        session.settle("")?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    whole(desk, &session.pass.ledger)
}

fn whole(desk: &mut Desk<'_>, ledger: &Ledger) -> Result<Exit, Failure> {
    answer(desk, Became::Whole, ledger, Vec::new(), false)
}

fn say_what_was_left_out(desk: &mut Desk<'_>, rows: u64) {
    if rows > 0 {
        desk.complain(&[Problem::note(Notice::CellsLeftOut { rows })]);
    }
}

fn answer(
    desk: &mut Desk<'_>,
    became: Became,
    ledger: &Ledger,
    signs: Vec<Sign>,
    committed: bool,
) -> Result<Exit, Failure> {
    desk.world.progress.clear();
    let report = Restoring { became, rows: ledger.rows, digest: ledger.digest, signs };
    desk.answer(&sheets::restoring(&report, desk.language), committed)?;
    Ok(Exit::Done)
}
