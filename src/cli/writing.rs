//! The way of every command that adds a row: lock, verify, look the id up, ask the rules, append, answer.

use super::allocations;
use super::books::Books;
use super::desk::Desk;
use super::open;
use super::options::{Stamping, Writing};
use crate::domain::calendar::{Date, Moment, written_moment};
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::domain::position::Positions;
use crate::domain::rules::{Refusal, Remark, check_clock, check_date};
use crate::domain::search::Search;
use crate::lang::{Phrase, phrase};
use crate::problem::{Exit, Failure, LedgerFault, Problem, ProblemKind, Usage};
use crate::render::sheets;
use crate::reports::receipt::Receipt;
use crate::store::append::Stamp;
use crate::store::chain::sha256;
use crate::store::ledger_file::Session;
use crate::store::pass::Visitor;

/// What a row was asked to say, column by column; what was defaulted is not among it.
pub(super) type Claim = Vec<(&'static str, String)>;

/// The row, with remarks on it; or every reason why it can't be.
pub(super) type Verdict = Result<(Particulars<String>, Vec<Remark>), Vec<Refusal>>;

/// A row someone wants to write.
pub(super) struct Wish<'a> {
    pub(super) kind: Kind,
    pub(super) writing: &'a Writing,
    /// What the caller said, to tell a repetition from something new under the same id.
    pub(super) claim: Claim,
    pub(super) search: Search,
    /// The earlier row it refers to, as the caller named it.
    pub(super) named: Option<&'a str>,
    /// Makes the row from what the pass found, or says why it can't be.
    pub(super) row: &'a dyn Fn(&Found<'_>) -> Verdict,
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
}

/// Writes one row, or says why not.
pub(super) fn write(desk: &mut Desk<'_>, books: &Books<'_>, wish: Wish<'_>) -> Result<Exit, Failure> {
    if !books.ledger.exists()? {
        open::offer(desk, books, &wish.writing.stamping)?;
    }
    let stamping = &wish.writing.stamping;
    let budget = &books.budget;
    let today = desk.today();
    let year = books.budget.year;
    // Without a date of its own a repetition may come when today is in another year; it is looked up all the same.
    let date = wish.writing.date.or(Some(today).filter(|today| year.holds(*today)));
    let to_date = date.unwrap_or(year.last_day());
    // Asked before the lock is taken, for people are slow; complained of after the id is looked up.
    let by = operator(desk, stamping);
    let fresh = || Fold {
        whole: Positions::new(budget.year.last_day(), budget.year, budget.control.pace),
        to_date: Positions::new(to_date, budget.year, budget.control.pace),
        search: wish.search.clone(),
    };
    let session = books.ledger.session(desk.world.wait, fresh)?;
    // The clock is read under the lock: rows are stamped in the order in which they are written.
    let now = desk.now();
    if let Some(same) = session.visitor.search.same_id.clone() {
        return repeated(desk, books, session, &same, &wish);
    }
    let by = by?;
    let Some(date) = date else {
        let mut problems = disagreements(books, &session.pass.ledger);
        if problems.is_empty() {
            problems.push(Usage::DateNeeded { year: year.number() }.into());
        }
        return Err(Failure(problems));
    };
    let (row, remarks) = allowed(books, &session, &wish, date, today, &now)?;
    let stamp = stamp(stamping, by, &now, &session.pass.ledger.digest.to_string());
    desk.complain(&remarks.into_iter().map(|remark| Problem::warning(ProblemKind::Remark(remark))).collect::<Vec<_>>());
    let mut positions = session.visitor.whole.clone();
    positions.add(&row);
    let names = allocations::named(budget, &session.pass.ledger);
    let mut receipt = Receipt {
        kind: wish.kind,
        seqs: vec![session.pass.ledger.rows + 1],
        digest: None,
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        date: row.date,
        allocation: names.into_iter().find(|named| named.key == row.allocation),
        amount: row.amount,
        of: row.refers_to,
        available: positions.of(&row.allocation).available(),
        already_recorded: false,
        dry_run: stamping.dry_run,
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let appended = session.append(vec![row], &stamp, &mut notices);
        desk.complain(&notices);
        receipt.digest = appended?.last().map(|entry| entry.digest);
    }
    desk.answer(&sheets::receipt(&receipt, desk.language), !stamping.dry_run)?;
    Ok(Exit::Done)
}

/// What the budget file, the clock, the calendar and the row's own rules say, all at once.
fn allowed(
    books: &Books<'_>,
    session: &Session<'_, Fold>,
    wish: &Wish<'_>,
    date: Date,
    today: Date,
    now: &Moment,
) -> Result<(Particulars<String>, Vec<Remark>), Failure> {
    let ledger = &session.pass.ledger;
    let mut problems = disagreements(books, ledger);
    let clock = check_clock(now, ledger, wish.writing.stamping.clock_ok.is_some());
    problems.extend(clock.into_iter().chain(check_date(date, today, ledger)).map(Problem::from));
    let Fold { whole, to_date, search } = &session.visitor;
    match (wish.row)(&Found { ledger, whole, to_date, search, date }) {
        Ok((row, remarks)) if problems.is_empty() => Ok((row, remarks)),
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

/// The id is already there: the same wish is answered with its row, another one refused. Either way nothing is added.
fn repeated(
    desk: &mut Desk<'_>,
    books: &Books<'_>,
    mut session: Session<'_, Fold>,
    same: &Entry<String>,
    wish: &Wish<'_>,
) -> Result<Exit, Failure> {
    let kind = [("kind", wish.kind.key().to_owned())];
    for (column, given) in kind.iter().chain(&wish.claim) {
        let there = said(&same.what, column);
        if there != *given {
            let (id, given) = (same.id.clone(), given.clone());
            return Err(Refusal::IdTaken { id, row: same.seq, column, there, given }.into());
        }
    }
    let referred = &session.visitor.search.referred;
    if let Some(named) = wish.named
        && !referred.iter().any(|spending| Some(spending.entry.seq) == same.what.refers_to)
    {
        let (id, there, given) = (same.id.clone(), said(&same.what, "ref"), named.to_owned());
        return Err(Refusal::IdTaken { id, row: same.seq, column: "ref", there, given }.into());
    }
    if !wish.writing.stamping.dry_run {
        session.settle(&same.id)?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    let names = allocations::named(&books.budget, &session.pass.ledger);
    let receipt = Receipt {
        kind: wish.kind,
        seqs: vec![same.seq],
        digest: Some(same.digest),
        id: Some(same.id.clone()),
        date: same.what.date,
        allocation: names.into_iter().find(|named| named.key == same.what.allocation),
        amount: same.what.amount,
        of: same.what.refers_to,
        available: session.visitor.whole.of(&same.what.allocation).available(),
        already_recorded: true,
        dry_run: wish.writing.stamping.dry_run,
    };
    desk.answer(&sheets::receipt(&receipt, desk.language), true)?;
    Ok(Exit::Done)
}

/// A column of a row, as a claim states it.
fn said(row: &Particulars<String>, column: &str) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match column {
        "kind" => row.kind.key().to_owned(),
        "date" => date(row.date),
        "occurred" => date(row.occurred),
        "allocation" => row.allocation.clone(),
        "fund" => row.fund.map(|fund| fund.key().to_owned()).unwrap_or_default(),
        "amount" => row.amount.to_string(),
        "payee" => row.payee.clone(),
        "memo" => row.memo.clone(),
        "voucher" => row.voucher.clone(),
        "payment" => row.payment.clone(),
        "economic" => row.economic.clone(),
        "method" => row.method.clone(),
        "invoice" => row.invoice.clone(),
        "ref" => row.refers_to.map(|seq| seq.to_string()).unwrap_or_default(),
        "doc" => row.doc.clone(),
        other => unreachable!("no claim is made about {other}"),
    }
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
