//! One table on its way into one ledger: walked once for what must be found there, the ledger once, the table again by the
//! rules and into a spool, then all of it appended, or nothing.

use super::allocations;
use super::books::{self, Books};
use super::choices;
use super::desk::Desk;
use super::import::Asked;
use super::incoming_rows::{Accepted, Fate, Ids, Rules};
use super::stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Moment};
use crate::domain::entry::{Digest, Entry, Particulars};
use crate::domain::incoming::{Fingerprint, Incoming};
use crate::domain::ledger::Ledger;
use crate::domain::position::Positions;
use crate::domain::rules::check_clock;
use crate::problem::{BillFault, Failure, LedgerFault, Notice, Place, Problem, ProblemKind};
use crate::reports::balance::Named;
use crate::reports::importing::{ImportLine, Importing, ImportingFigures, ImportingRow};
use crate::store::expense_table::{Bill, ExpenseTable, Field, Reading, Walked};
use crate::store::ledger_file::Session;
use crate::store::pass::Visitor;
use crate::store::spool::Spool;

pub(super) struct Load<'l, 'w> {
    books: &'l Books<'w>,
    asked: &'l Asked,
    table: ExpenseTable,
    /// The allocations as the table may name them.
    names: Vec<Named>,
}

/// So many problems are shown; a table that has more has one thing wrong with it, and not its rows.
const SHOWN: usize = 1000;

/// What is wrong with the rows of one walk: the first of it, and how much there is.
#[derive(Default)]
struct Faults {
    first: Vec<Problem>,
    problems: usize,
    rows: usize,
}

impl Faults {
    /// Takes what is wrong with one row.
    fn take(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.rows += 1;
        for problem in problems {
            self.problems += 1;
            if self.first.len() < SHOWN {
                self.first.push(problem);
            }
        }
    }

    /// These and those of the other walk by line; of one line, those of its cells first. No row has both.
    fn and(mut self, other: Self) -> Self {
        self.first.extend(other.first);
        self.first.sort_by_key(|problem| problem.place.as_ref().map(|place| place.line));
        self.first.truncate(SHOWN);
        Self { first: self.first, problems: self.problems + other.problems, rows: self.rows + other.rows }
    }
}

/// What the first walk through the table finds.
#[derive(Default)]
struct Census {
    incoming: Incoming,
    bills: u64,
    last_day: Option<Date>,
    faults: Faults,
    /// What was met, for the second walk to meet again.
    met: Fingerprint,
    walked: Walked,
}

/// What the second walk makes of it.
#[derive(Default)]
struct Outcome {
    faults: Faults,
    met: Fingerprint,
    known: u64,
    new: u64,
    /// By allocation: new rows and their sum.
    by_allocation: Vec<(String, u64, Amount)>,
    lines: Vec<ImportLine>,
}

impl<'l, 'w> Load<'l, 'w> {
    pub(super) fn new(books: &'l Books<'w>, asked: &'l Asked, table: ExpenseTable) -> Self {
        let names = allocations::named(&books.budget, &Ledger::default());
        Self { books, asked, table, names }
    }

    /// Carries it out, and returns the answer and what must be said beside it. `by` is asked for before the lock is taken,
    /// and complained of only if there is anything to write.
    pub(super) fn carry_out(
        mut self,
        desk: &mut Desk<'w>,
        by: Result<String, Failure>,
    ) -> Result<(Importing, Vec<Problem>), Failure> {
        let census = self.census(desk)?;
        let budget = &self.books.budget;
        let positions = |date| Positions::new(date, budget.year, budget.control.pace);
        let fresh = || Fold {
            whole: positions(budget.year.last_day()),
            to_date: positions(census.last_day.unwrap_or(budget.year.last_day())),
            incoming: census.incoming.clone(),
        };
        let mut session = self.books.ledger.session(desk.world.wait, fresh)?;
        let now = desk.now();
        let ledger = session.pass.ledger.clone();
        let new = census.bills.saturating_sub(session.visitor.incoming.count_known());
        let accepted = Accepted { clock_ok: self.reason_for_the_clock(&now, &ledger), ..self.asked.accepted.clone() };
        let mut rules = Rules {
            budget,
            ledger: &ledger,
            today: desk.today().min(now.date_naive()),
            accepted: &accepted,
            whole: session.visitor.whole.clone(),
            to_date: session.visitor.to_date.clone(),
            incoming: std::mem::take(&mut session.visitor.incoming),
            lines: Vec::new(),
            remarks: Vec::new(),
        };
        let mut problems = Vec::new();
        // A table that holds nothing new is a repetition: no rule has anything to say to it.
        let mut writes_as = String::new();
        if new > 0 {
            writes_as = by?;
            problems.extend(books::disagreements(self.books, &ledger));
            let explained = self.asked.accepted.clock_ok.is_some();
            problems.extend(check_clock(&now, &ledger, explained).map(Problem::from));
        }
        let sound = problems.is_empty() && census.faults.rows == 0;
        let stamp = stamp::stamp(&self.asked.stamping, writes_as, &now, "");
        let writes = sound && new > 0 && !self.asked.stamping.dry_run;
        let mut spool = if writes { Some(session.spool(new, &stamp)?) } else { None };
        let mut outcome = self.judge(desk, &mut rules, &mut spool)?;
        // What was asked of the ledger was asked for the rows of the first walk, and for no others.
        if outcome.met != census.met {
            return Err(BillFault::Changed { path: self.table.path().to_owned() }.into());
        }
        let faults = census.faults.and(std::mem::take(&mut outcome.faults));
        let all = problems.len() + faults.problems;
        problems.extend(faults.first);
        if !problems.is_empty() {
            let (rows, shown) = (faults.rows, problems.len());
            problems.push(Problem::note(Notice::NothingImported { rows, problems: all, shown }));
            return Err(Failure(problems));
        }
        let mut notices = Vec::new();
        let mut said = rules.ahead_of_plan(outcome.by_allocation.iter().map(|(key, _, _)| key.as_str()));
        said.append(&mut rules.remarks);
        notices.extend(said.into_iter().map(|remark| Problem::warning(ProblemKind::Remark(remark))));
        let report = self.report(outcome, &rules, census.walked);
        let digest = self.write(session, spool, &mut notices)?;
        Ok((Importing { digest, ..report }, notices))
    }

    fn reason_for_the_clock(&self, now: &Moment, ledger: &Ledger) -> Option<String> {
        let behind = check_clock(now, ledger, false).is_some();
        self.asked.accepted.clock_ok.clone().filter(|_| behind)
    }

    /// Appends what was spooled. Where nothing is new, what stands there is made sure of, as for any repetition.
    fn write(
        &self,
        mut session: Session<'w, Fold>,
        spool: Option<Spool<'w>>,
        notices: &mut Vec<Problem>,
    ) -> Result<Option<Digest>, Failure> {
        match spool {
            Some(spool) => Ok(Some(session.append_spool(spool, notices)?)),
            None if self.asked.stamping.dry_run => Ok(None),
            None => {
                session.settle("")?;
                notices.extend(session.refresh_head());
                Ok(None)
            }
        }
    }

    /// The first walk: every bill's id, and what the ledger must be asked for it.
    fn census(&mut self, desk: &mut Desk<'w>) -> Result<Census, Failure> {
        let mut census = Census::default();
        let mut ids = Ids::default();
        let walked = self.walk(&mut |place, bill, done, total| {
            desk.progress(done, total * 2);
            let named = bill.and_then(|bill| match ids.of(&bill) {
                Ok(id) => Ok((bill, id)),
                Err((id, first)) => {
                    let problem = Problem::from(BillFault::IdTwice { id, first });
                    Err(vec![problem.at(place(Some(Field::Id)))])
                }
            });
            match named {
                Ok((bill, id)) => {
                    census.bills += 1;
                    census.last_day = census.last_day.max(bill.what.date);
                    census.incoming.want(&id, bill.id.is_some(), &bill.what, bill.original.as_deref());
                }
                Err(problems) => census.faults.take(problems),
            }
            Ok(())
        })?;
        census.walked = walked;
        census.met = ids.walked();
        Ok(census)
    }

    /// The second walk: every bill by the rules, and into the spool.
    fn judge(
        &mut self,
        desk: &mut Desk<'w>,
        rules: &mut Rules<'_>,
        spool: &mut Option<Spool<'w>>,
    ) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        let mut ids = Ids::default();
        let dry_run = self.asked.stamping.dry_run;
        let last = rules.ledger.rows;
        self.walk(&mut |place, bill, done, total| {
            desk.progress(total + done, total * 2);
            // What can't be read, or has no id of its own, was said on the first walk.
            let Ok(bill) = bill else { return Ok(()) };
            let Ok(id) = ids.of(&bill) else { return Ok(()) };
            match rules.judge(&bill, id) {
                Ok(Fate::Known(row)) => {
                    outcome.known += 1;
                    outcome.see(dry_run, &bill, row, true);
                }
                Ok(Fate::New(row, id)) => {
                    outcome.new += 1;
                    let seq = last + outcome.new;
                    outcome.see(dry_run, &bill, seq, false);
                    outcome.add(&row.allocation, row.amount);
                    let entry = match spool {
                        Some(spool) => spool.add(*row, id)?,
                        None => unwritten(seq, *row),
                    };
                    rules.count(bill.line, entry);
                }
                Err(objections) => {
                    let placed = objections.into_iter().map(|(field, problem)| problem.at(place(field)));
                    outcome.faults.take(placed);
                }
            }
            Ok(())
        })?;
        outcome.met = ids.walked();
        Ok(outcome)
    }

    /// Shows every row of the table, as a bill or with what is wrong with it, and how far the walk has come.
    fn walk(&mut self, each: &mut EachRow<'_>) -> Result<Walked, Failure> {
        let names = &self.names;
        let named = |text: &str| match allocations::find(names, text) {
            Ok(named) => Ok(named.key.clone()),
            Err(usage) => Err(BillFault::Allocation(usage).into()),
        };
        let reading = Reading {
            allocation: self.asked.allocation.clone(),
            named: &named,
            method: &|text| choices::method(text).map(str::to_owned),
            fund: &|text| choices::fund(text).map(str::to_owned),
            is_refund: &choices::is_refund,
            allows_personal_data: self.asked.allows_personal_data,
        };
        let columns = self.table.columns.clone();
        let mut failed = None;
        let walked = self.table.walk(&reading, &mut |row, bill, progress| {
            let place = |field: Option<Field>| match field.and_then(|field| columns.of_field(field)) {
                Some(column) => row.place(column),
                None => row.whole_place(),
            };
            if failed.is_none() {
                failed = each(&place, bill, progress.done, progress.total).err();
            }
        })?;
        match failed {
            Some(problem) => Err(problem.into()),
            None => Ok(walked),
        }
    }

    fn report(&self, outcome: Outcome, rules: &Rules<'_>, walked: Walked) -> Importing {
        let rows: Vec<ImportingRow> = self
            .names
            .iter()
            .filter_map(|named| {
                let (_, count, amount) = outcome.by_allocation.iter().find(|(key, _, _)| *key == named.key)?;
                let available = rules.whole.of(&named.key).available();
                let figures = ImportingFigures { count: *count, amount: *amount, available };
                Some(ImportingRow { allocation: named.clone(), figures })
            })
            .collect();
        let total = ImportingFigures {
            count: outcome.new,
            amount: rows.iter().map(|row| row.figures.amount).sum(),
            available: rules.whole.total().available(),
        };
        let last = rules.ledger.rows;
        let file = self.table.path().file_name().map(|name| name.to_string_lossy().into_owned());
        let headings = self.table.columns.recognised();
        Importing {
            file: file.unwrap_or_default(),
            sheet: self.table.sheet().map(str::to_owned),
            headings: headings.map(|(field, heading)| (field.key(), heading.to_owned())).collect(),
            known: outcome.known,
            new: outcome.new,
            seqs: (outcome.new > 0).then_some((last + 1, last + outcome.new)),
            digest: None,
            dry_run: self.asked.stamping.dry_run,
            totals: walked.totals,
            hidden: walked.hidden,
            rows,
            total,
            lines: outcome.lines,
        }
    }
}

/// A row of the table: where its fields are, the bill or what is wrong with it, and how much of how much was read.
type EachRow<'e> =
    dyn FnMut(&dyn Fn(Option<Field>) -> Place, Result<Bill, Vec<Problem>>, u64, u64) -> Result<(), Problem> + 'e;

impl Outcome {
    fn add(&mut self, key: &str, amount: Amount) {
        match self.by_allocation.iter_mut().find(|(known, _, _)| known == key) {
            Some((_, count, sum)) => {
                *count += 1;
                *sum += amount;
            }
            None => self.by_allocation.push((key.to_owned(), 1, amount)),
        }
    }

    /// Keeps a row for the list that a dry run prints.
    fn see(&mut self, dry_run: bool, bill: &Bill, seq: u64, is_known: bool) {
        if dry_run {
            let what = &bill.what;
            self.lines.push(ImportLine {
                line: bill.line as u64,
                seq,
                is_known,
                date: what.date,
                allocation: what.allocation.clone(),
                amount: what.amount,
                payee: what.payee.clone(),
                memo: what.memo.clone(),
            });
        }
    }
}

/// A row that is counted but not written.
fn unwritten(seq: u64, what: Particulars<String>) -> Entry<String> {
    let nobody = String::new;
    Entry { seq, what, batch: None, id: nobody(), by: nobody(), at: nobody(), digest: Digest::default() }
}

/// The fold and what is looked for, in the one pass.
struct Fold {
    whole: Positions,
    to_date: Positions,
    incoming: Incoming,
}

impl Visitor for Fold {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.whole.take(entry);
        self.to_date.take(entry);
        self.incoming.take(entry);
        Ok(())
    }
}
