//! `open` (建账): the budget's allocations become the ledger's first rows, and are pinned by them.

use clap::{ArgMatches, Command};

use super::books::{self, Books};
use super::desk::Desk;
use super::options::{self, Stamping};
use super::{Verb, allocations, stamp};
use crate::domain::budget::Language;
use crate::domain::capitals::capitals;
use crate::domain::entry::{Digest, Entry, Kind};
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::domain::position::Positions;
use crate::domain::rules::Refusal;
use crate::domain::search::Search;
use crate::lang::{Help, Phrase, phrase};
use crate::problem::{Exit, Failure, LedgerFault, Usage};
use crate::render::{Format, sheets};
use crate::reports;
use crate::reports::balance::balance;
use crate::reports::receipt::{Act, Receipt};
use crate::store::pass::Visitor;

pub(super) const VERB: Verb = Verb { name: "open", aliases: &["建账"], about: Help::Open, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    command.arg(options::flag("yes", Help::OpenYes, language).short('y')).args(options::stamping(language))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let stamping = Stamping::read(matches, &mut problems);
    Failure::unless_none(problems)?;
    let books = books::open(desk)?;
    if books.ledger.exists()? {
        return already_open(desk, &books, &stamping);
    }
    let yes = matches.get_flag("yes") || stamping.dry_run;
    if !yes || desk.format == Format::Table {
        preview(desk, &books);
    }
    if !yes && !desk.world.terminal.input {
        return Err(Usage::ConfirmationNeeded.into());
    }
    if !yes && !desk.confirms(&Phrase::AskOpen) {
        desk.print(&format!("{}\n", phrase(desk.language, &Phrase::NothingDone)), false)?;
        return Ok(Exit::No);
    }
    let receipt = match create(desk, &books, &stamping) {
        // Another opening came between the look and the lock.
        Err(failure) if failure.is_exists() => return already_open(desk, &books, &stamping),
        created => created?,
    };
    desk.answer(&sheets::receipt(&receipt, desk.language), !stamping.dry_run)?;
    Ok(Exit::Done)
}

/// Another writing command came first: at a terminal the opening is offered, elsewhere the command is refused.
pub(super) fn offer(desk: &mut Desk<'_>, books: &Books<'_>, stamping: &Stamping) -> Result<Exit, Failure> {
    if !desk.world.terminal.input || stamping.dry_run {
        return Err(Refusal::NotOpened.into());
    }
    preview(desk, books);
    if !desk.confirms(&Phrase::AskOpen) {
        desk.print(&format!("{}\n", phrase(desk.language, &Phrase::NothingDone)), false)?;
        return Ok(Exit::No);
    }
    // The id belongs to the command that was typed, not to the opening before it.
    let opening = Stamping { id: None, ..stamping.clone() };
    match create(desk, books, &opening) {
        Err(failure) if failure.is_exists() => Ok(Exit::Done),
        // What makes a repetition safe is the typed command's own id.
        Err(mut failure) => {
            let by = stamp::operator(desk, stamping)?;
            let id = stamp::stamp(stamping, by, &desk.now(), "typed").id;
            failure.repeat_with(&id);
            Err(failure)
        }
        // Said on stderr, for the answer on stdout is the typed command's.
        Ok(receipt) => {
            let text = desk.preview(&sheets::receipt(&receipt, desk.language));
            let _ = desk.world.err.write_all(text.as_bytes());
            Ok(Exit::Done)
        }
    }
}

/// Every allocation, and the total in capitals, on stderr: it is shown to be agreed to, not to be kept.
fn preview(desk: &mut Desk<'_>, books: &Books<'_>) {
    let budget = &books.budget;
    let mut positions = Positions::new(budget.year.first_day(), budget.year, budget.control.pace);
    opening::rows(budget).iter().for_each(|row| positions.add(row));
    let ledger = Ledger::default();
    let stamp = reports::stamp::Stamp::new(budget, &books.digest, budget.year.first_day(), &ledger, None);
    let report = balance(stamp, &allocations::named(budget, &ledger), &positions);
    let text = desk.preview(&sheets::opening(&report, desk.language, &capitals(budget.total())));
    let _ = desk.world.err.write_all(text.as_bytes());
}

fn create(desk: &mut Desk<'_>, books: &Books<'_>, stamping: &Stamping) -> Result<Receipt, Failure> {
    let by = stamp::operator(desk, stamping)?;
    let now = desk.now();
    let stamp = stamp::stamp(stamping, by, &now, &books.digest);
    let rows = opening::rows(&books.budget);
    let total = books.budget.total();
    let mut receipt = Receipt {
        act: Act::Opening,
        kind: Kind::Open,
        seqs: (1..=rows.len() as u64).collect(),
        digest: None,
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        date: Some(books.budget.year.first_day()),
        allocation: None,
        fund: None,
        is_one_of_several_funds: false,
        amount: total,
        of: None,
        available: total,
        parts: Vec::new(),
        already_recorded: false,
        dry_run: stamping.dry_run,
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let opened = books.ledger.create(rows, &stamp, desk.world.wait, &mut notices);
        desk.complain(&notices);
        receipt.digest = opened?.last().map(|entry| entry.digest);
    }
    Ok(receipt)
}

/// The same opening asked for again is answered as before; anything else is refused.
fn already_open(desk: &mut Desk<'_>, books: &Books<'_>, stamping: &Stamping) -> Result<Exit, Failure> {
    let budget = &books.budget;
    let fresh = || Opening {
        search: Search::for_id(stamping.id.as_deref()),
        positions: Positions::new(budget.year.last_day(), budget.year, budget.control.pace),
        last: (0, Digest::default()),
    };
    let mut session = books.ledger.session(desk.world.wait, fresh)?;
    let rows = session.pass.ledger.rows;
    let same = session.visitor.search.same_id.first().cloned();
    let Some(same) = same.filter(|same| same.what.kind == Kind::Open) else {
        return Err(Refusal::AlreadyOpen { rows }.into());
    };
    if !stamping.dry_run {
        session.settle(&same.id)?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    let (last, digest) = session.visitor.last;
    let total = session.visitor.positions.total();
    let receipt = Receipt {
        act: Act::Opening,
        kind: Kind::Open,
        seqs: (1..=last).collect(),
        digest: Some(digest),
        id: Some(same.id),
        date: same.what.date,
        allocation: None,
        fund: None,
        is_one_of_several_funds: false,
        amount: total.original,
        of: None,
        available: total.available(),
        parts: Vec::new(),
        already_recorded: true,
        dry_run: stamping.dry_run,
    };
    desk.answer(&sheets::receipt(&receipt, desk.language), true)?;
    Ok(Exit::Done)
}

/// Looks for the opening, and where it ends.
struct Opening {
    search: Search,
    positions: Positions,
    last: (u64, Digest),
}

impl Visitor for Opening {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.search.take(entry);
        self.positions.take(entry);
        // In the first batch, and in no later one, a row's place is its number.
        if entry.batch.is_some_and(|batch| batch.place == entry.seq) {
            self.last = (entry.seq, entry.digest);
        }
        Ok(())
    }
}
