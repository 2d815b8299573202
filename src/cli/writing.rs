//! The way of every command that adds a row: lock, verify, look the id up, ask the rules, append, answer.

use super::allocations;
use super::books::Books;
use super::claim::{self, Claim};
use super::desk::Desk;
use super::open;
use super::options::{Stamping, Writing};
use crate::domain::calendar::{Date, Moment, written_moment};
use crate::domain::entry::{Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::domain::position::Positions;
use crate::domain::rules::{Refusal, Remark, check_clock, check_date};
use crate::domain::search::Search;
use crate::lang::{Phrase, phrase};
use crate::problem::{Exit, Failure, LedgerFault, Problem, ProblemKind, Usage};
use crate::render::sheets;
use crate::reports::receipt::{Act, Receipt};
use crate::store::append::Stamp;
use crate::store::chain::sha256;
use crate::store::ledger_file::Session;
use crate::store::pass::Visitor;

/// The rows, which stand or fall together, with remarks on them; or every reason why they can't be.
pub(super) type Verdict = Result<(Vec<Particulars<String>>, Vec<Remark>), Vec<Refusal>>;

/// What someone wants to write.
pub(super) struct Wish<'a> {
    pub(super) act: Act,
    pub(super) writing: &'a Writing,
    pub(super) claim: Claim,
    pub(super) search: Search,
    /// The earlier row it refers to, as the caller named it.
    pub(super) named: Option<&'a str>,
    /// Makes the rows from what the pass found, the main one last, or says why they can't be.
    pub(super) rows: &'a dyn Fn(&Found<'_>) -> Verdict,
}

/// What the verified pass found, for the rules.
pub(super) struct Found<'a> {
    pub(super) ledger: &'a Ledger,
    /// Every row counted.
    pub(super) whole: &'a Positions,
    /// Rows up to the new row's day.
    pub(super) to_date: &'a Positions,
    pub(super) search: &'a Search,
    /// The new row's accounting date.
    pub(super) date: Date,
    /// Why the clock may be behind, if it is.
    pub(super) clock_ok: Option<&'a String>,
}

/// Writes what is wished, or says why not.
pub(super) fn write(desk: &mut Desk<'_>, books: &Books<'_>, wish: Wish<'_>) -> Result<Exit, Failure> {
    // Asked once, before the lock is taken, for people are slow; complained of after the id is looked up.
    let exists = books.ledger.exists()?;
    let by = operator(desk, &wish.writing.stamping);
    let stamping = &Stamping { by: by.as_ref().ok().cloned(), ..wish.writing.stamping.clone() };
    if !exists && open::offer(desk, books, stamping)? != Exit::Done {
        return Ok(Exit::No);
    }
    let budget = &books.budget;
    let today = desk.today();
    let year = books.budget.year;
    // Without a date of its own a repetition may come when today is in another year; it is looked up all the same.
    let date = wish.writing.date.or(Some(today).filter(|today| year.holds(*today)));
    let to_date = date.unwrap_or(year.last_day());
    let fresh = || Fold {
        whole: Positions::new(budget.year.last_day(), budget.year, budget.control.pace),
        to_date: Positions::new(to_date, budget.year, budget.control.pace),
        search: wish.search.clone(),
    };
    let session = books.ledger.session(desk.world.wait, fresh)?;
    // The clock is read under the lock: rows are stamped in the order in which they are written.
    let now = desk.now();
    if !session.visitor.search.same_id.is_empty() {
        return repeated(desk, books, session, &wish);
    }
    let by = by?;
    let Some(date) = date else {
        let mut problems = disagreements(books, &session.pass.ledger);
        if problems.is_empty() {
            problems.push(Usage::DateNeeded { year: year.number() }.into());
        }
        return Err(Failure(problems));
    };
    let (rows, remarks) = allowed(books, &session, &wish, date, today, &now)?;
    let stamp = stamp(stamping, by, &now, &session.pass.ledger.digest.to_string());
    desk.complain(&remarks.into_iter().map(|remark| Problem::warning(ProblemKind::Remark(remark))).collect::<Vec<_>>());
    let mut positions = session.visitor.whole.clone();
    rows.iter().for_each(|row| positions.add(row));
    let last = session.pass.ledger.rows;
    let main = rows.last().expect("a verdict that allows has rows").clone();
    let mut receipt = Receipt {
        seqs: (last + 1..=last + rows.len() as u64).collect(),
        digest: None,
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        dry_run: stamping.dry_run,
        ..about(&main, wish.act, &positions, books, &session.pass.ledger)
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let appended = session.append(rows, &stamp, &mut notices);
        desk.complain(&notices);
        receipt.digest = appended?.last().map(|entry| entry.digest);
    }
    desk.answer(&sheets::receipt(&receipt, desk.language), !stamping.dry_run)?;
    Ok(Exit::Done)
}

/// What a receipt says of its main row.
fn about(main: &Particulars<String>, act: Act, positions: &Positions, books: &Books<'_>, ledger: &Ledger) -> Receipt {
    let names = allocations::named(&books.budget, ledger);
    Receipt {
        act,
        kind: main.kind,
        seqs: Vec::new(),
        digest: None,
        id: None,
        date: main.date,
        allocation: names.into_iter().find(|named| named.key == main.allocation),
        amount: main.amount,
        of: main.refers_to,
        available: positions.of(&main.allocation).available(),
        already_recorded: false,
        dry_run: false,
    }
}

/// What the budget file, the clock, the calendar and the row's own rules say, all at once.
fn allowed(
    books: &Books<'_>,
    session: &Session<'_, Fold>,
    wish: &Wish<'_>,
    date: Date,
    today: Date,
    now: &Moment,
) -> Result<(Vec<Particulars<String>>, Vec<Remark>), Failure> {
    let ledger = &session.pass.ledger;
    let mut problems = disagreements(books, ledger);
    let today = today.min(now.date_naive());
    let clock = check_clock(now, ledger, wish.writing.stamping.clock_ok.is_some());
    problems.extend(clock.into_iter().chain(check_date(date, today, ledger)).map(Problem::from));
    let Fold { whole, to_date, search } = &session.visitor;
    let behind = check_clock(now, ledger, false).is_some();
    let clock_ok = wish.writing.stamping.clock_ok.as_ref().filter(|_| behind);
    match (wish.rows)(&Found { ledger, whole, to_date, search, date, clock_ok }) {
        Ok((rows, remarks)) if problems.is_empty() => Ok((rows, remarks)),
        Ok(_) => Err(Failure(problems)),
        Err(refusals) => {
            problems.extend(refusals.into_iter().map(Problem::from));
            Err(Failure(problems))
        }
    }
}

/// Where the budget file and the opened ledger disagree; each one stops writing.
fn disagreements(books: &Books<'_>, ledger: &Ledger) -> Vec<Problem> {
    let opened_for = ledger.opened_for.iter();
    let differences = opened_for.flat_map(|opened_for| opening::differences(&books.budget, opened_for, &ledger.opened));
    differences.map(|difference| Problem::error(ProblemKind::Differs(difference))).collect()
}

/// The same, found by a reading of its own, for a wish that does not get as far as a session.
pub(super) fn differences(books: &Books<'_>) -> Result<Vec<Problem>, Failure> {
    if !books.ledger.exists()? {
        return Ok(Vec::new());
    }
    let pass = books.ledger.read(|| Unseen)?.pass;
    Ok(disagreements(books, &pass.ledger))
}

/// A visitor for readings that only want the ledger's state.
struct Unseen;

impl Visitor for Unseen {
    fn row(&mut self, _entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        Ok(())
    }
}

/// The id is already there: the same wish is answered with its rows, another one refused. Either way nothing is added.
fn repeated(
    desk: &mut Desk<'_>,
    books: &Books<'_>,
    mut session: Session<'_, Fold>,
    wish: &Wish<'_>,
) -> Result<Exit, Failure> {
    let Fold { search, whole, .. } = &session.visitor;
    let same = search.same_id.clone();
    if let Some(refusal) = wish.claim.clash(&same) {
        return Err(refusal.into());
    }
    let (first, main) = (&same[0], &same[same.len() - 1]);
    if let Some(named) = wish.named {
        let meant =
            |entry: &Entry<String>| search.referred.iter().any(|row| Some(row.entry.seq) == entry.what.refers_to);
        if !same.iter().any(meant) {
            let (id, there, given) = (first.id.clone(), claim::said(&main.what, "ref"), named.to_owned());
            return Err(Refusal::IdTaken { id, row: main.seq, column: "ref", there, given }.into());
        }
    }
    let receipt = Receipt {
        seqs: same.iter().map(|entry| entry.seq).collect(),
        digest: Some(main.digest),
        id: Some(first.id.clone()),
        already_recorded: true,
        dry_run: wish.writing.stamping.dry_run,
        ..about(&main.what, wish.act, whole, books, &session.pass.ledger)
    };
    if !receipt.dry_run {
        session.settle(&first.id)?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    desk.answer(&sheets::receipt(&receipt, desk.language), true)?;
    Ok(Exit::Done)
}

/// Who is writing: `--by`, else `TAIZHANG_BY`, else whoever answers at the terminal; never the login.
pub(super) fn operator(desk: &mut Desk<'_>, stamping: &Stamping) -> Result<String, Failure> {
    let set = || (desk.world.environment)("TAIZHANG_BY");
    let mut by = stamping.by.clone().or_else(set);
    if by.is_none() && desk.world.terminal.input {
        by = desk.world.ask.text(&phrase(desk.language, &Phrase::AskOperator));
    }
    let by = by.unwrap_or_default();
    match crate::domain::text::entered(&by) {
        Ok(by) if by.is_empty() => Err(Usage::OperatorNeeded.into()),
        Ok(by) => Ok(by),
        Err(fault) => Err(Refusal::Text { column: "by", fault }.into()),
    }
}

/// Who, when, and under which id. An id made here comes from the chain's end and the moment, so it can't stand yet.
pub(super) fn stamp(stamping: &Stamping, by: String, now: &Moment, seed: &str) -> Stamp {
    let at = written_moment(now);
    let made = || format!("t-{}", &sha256(format!("{seed} {at} {by}").as_bytes())[..16]);
    Stamp { id: stamping.id.clone().unwrap_or_else(made), by: by.clone(), at: at.clone() }
}

/// The fold and the search, in the one pass.
struct Fold {
    whole: Positions,
    to_date: Positions,
    search: Search,
}

impl Visitor for Fold {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.whole.take(entry);
        self.to_date.take(entry);
        self.search.take(entry);
        Ok(())
    }
}
