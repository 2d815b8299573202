//! The way of every command that adds a row: lock, verify, look the id up, ask the rules, append, answer.

use super::allocations;
use super::books::{self, Books};
use super::claim::{self, Claim};
use super::desk::Desk;
use super::open;
use super::options::{Stamping, Writing};
use super::stamp;
use crate::domain::budget::Language;
use crate::domain::calendar::{Date, Moment};
use crate::domain::entry::{Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::position::Positions;
use crate::domain::rules::{Refusal, Remark, check_clock, check_date};
use crate::domain::search::Search;
use crate::problem::{Exit, Failure, LedgerFault, Problem, ProblemKind, Usage};
use crate::render::sheet::Sheet;
use crate::reports::receipt::{Act, Part, Receipt};
use crate::store::ledger_file::Session;
use crate::store::pass::{Further, Visitor};

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
    /// How it is answered; `sheets::receipt` for most.
    pub(super) answer: &'a dyn Fn(&Receipt, Language) -> Sheet,
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
    let by = stamp::operator(desk, &wish.writing.stamping);
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
        whole: Positions::over_all_days(budget.year, budget.control.pace),
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
        let mut problems = books::disagreements(books, &session.pass.ledger);
        if problems.is_empty() {
            problems.push(Usage::DateNeeded { year: year.number() }.into());
        }
        return Err(Failure(problems));
    };
    let (rows, remarks) = allowed(books, &session, &wish, date, today, &now)?;
    let stamp = stamp::stamp(stamping, by, &now, &session.pass.ledger.digest.to_string());
    desk.complain(&remarks.into_iter().map(|remark| Problem::warning(ProblemKind::Remark(remark))).collect::<Vec<_>>());
    let mut positions = session.visitor.whole.clone();
    rows.iter().for_each(|row| positions.add(row));
    let last = session.pass.ledger.rows;
    let mut receipt = Receipt {
        seqs: (last + 1..=last + rows.len() as u64).collect(),
        digest: None,
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        dry_run: stamping.dry_run,
        ..about(&rows.iter().collect::<Vec<_>>(), wish.act, &positions, books, &session.pass.ledger)
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let appended = session.append(rows, &stamp, &mut notices);
        desk.complain(&notices);
        receipt.digest = appended?.last().map(|entry| entry.digest);
    }
    desk.answer(&(wish.answer)(&receipt, desk.language), !stamping.dry_run)?;
    Ok(Exit::Done)
}

/// What a receipt says of its main row, the last; of a split bill, of all.
fn about(
    rows: &[&Particulars<String>],
    act: Act,
    positions: &Positions,
    books: &Books<'_>,
    ledger: &Ledger,
) -> Receipt {
    let main = rows.last().expect("a verdict that allows has rows");
    let names = allocations::named(&books.budget, ledger);
    let named = |row: &Particulars<String>| names.iter().find(|named| named.key == row.allocation).cloned();
    let available = |row: &Particulars<String>| positions.of(&row.allocation).available();
    let is_split = act == Act::Split;
    let part = |row: &&Particulars<String>| {
        named(row).map(|allocation| Part { allocation, amount: row.amount, available: available(row) })
    };
    Receipt {
        act,
        kind: main.kind,
        seqs: Vec::new(),
        digest: None,
        id: None,
        date: main.date,
        allocation: named(main).filter(|_| !is_split),
        fund: main.fund.filter(|_| !is_split),
        is_one_of_several_funds: rows.iter().any(|row| positions.by_fund(&row.allocation).len() > 1),
        amount: if is_split { rows.iter().map(|row| row.amount).sum() } else { main.amount },
        of: main.refers_to,
        available: if is_split { positions.total().available() } else { available(main) },
        parts: if is_split { rows.iter().filter_map(part).collect() } else { Vec::new() },
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
    let mut problems = books::disagreements(books, ledger);
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
        ..about(&same.iter().map(|entry| &entry.what).collect::<Vec<_>>(), wish.act, whole, books, &session.pass.ledger)
    };
    if !receipt.dry_run {
        session.settle(&first.id)?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    desk.answer(&(wish.answer)(&receipt, desk.language), true)?;
    Ok(Exit::Done)
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

    /// Where no more than an id is looked for, a row's turn does not matter.
    fn further_on(&self, ledger: &Ledger) -> Option<Further<Self>> {
        let search = self.search.nothing_after(ledger)?;
        Some(Further {
            visitor: Self { whole: self.whole.nothing(), to_date: self.to_date.nothing(), search },
            join: |sum, more| {
                sum.whole.take_over(more.whole);
                sum.to_date.take_over(more.to_date);
                sum.search.join(more.search);
            },
        })
    }
}
