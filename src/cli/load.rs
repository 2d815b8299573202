//! One table on its way into one ledger: read for what must be found there, the ledger searched for it, each bill by the
//! rules and into a spool, then all of it appended, or nothing.

use super::allocations;
use super::books::{self, Books};
use super::choices;
use super::desk::Desk;
use super::import::Asked;
use super::incoming_rows::{Accepted, Fate, Ids, Objections, RecordedOtherwise, Rules};
use super::stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Moment};
use crate::domain::entry::{Digest, Entry};
use crate::domain::incoming::Incoming;
use crate::domain::ledger::Ledger;
use crate::domain::position::Positions;
use crate::domain::rules::check_clock;
use crate::problem::{BillFault, Failure, LedgerFault, Notice, Problem, ProblemKind};
use crate::reports::balance::Named;
use crate::reports::importing::{ImportLine, Importing, ImportingFigures, ImportingRow};
use crate::store::belt::{Belt, Station};
use crate::store::expense_table::{Bill, ExpenseTable, Field, Objection, PackedBills, Reading, Tray, Walked};
use crate::store::grid::Progress;
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

/// What is wrong with the rows: the first of it, and how much there is.
#[derive(Default)]
struct Faults {
    /// Of rows that are no bills, with their places.
    first: Vec<Problem>,
    /// Of bills, by line. No row has both.
    objections: Vec<Objection>,
    problems: usize,
    rows: usize,
}

impl Faults {
    /// Takes what is wrong with one row.
    fn take(&mut self, problems: Vec<Problem>) {
        self.rows += 1;
        self.problems += problems.len();
        let room = SHOWN.saturating_sub(self.first.len());
        self.first.extend(problems.into_iter().take(room));
    }

    /// Takes what a rule has against one bill.
    fn object(&mut self, line: usize, objections: Objections) {
        self.rows += 1;
        self.problems += objections.len();
        let room = SHOWN.saturating_sub(self.objections.len());
        let placed = |(field, problem)| Objection { line, field, problem };
        self.objections.extend(objections.into_iter().take(room).map(placed));
    }

    /// These and those that were found later.
    fn and(mut self, later: Self) -> Self {
        self.first.extend(later.first);
        self.objections.extend(later.objections);
        self.objections.sort_by_key(|objection| objection.line);
        Self { problems: self.problems + later.problems, rows: self.rows + later.rows, ..self }
    }

    /// The first of them all by line, with their places.
    fn shown(self, table: &mut ExpenseTable) -> Result<Vec<Problem>, Problem> {
        let mut first = self.first;
        if !self.objections.is_empty() {
            first.extend(table.placed(self.objections)?);
        }
        first.sort_by_key(|problem| problem.place.as_ref().map(|place| place.line));
        first.truncate(SHOWN);
        Ok(first)
    }
}

/// What the table holds, and what the ledger must be asked for it.
struct Census {
    incoming: Incoming,
    ids: Ids,
    /// The bills, for the rules.
    tray: Tray,
    bills: u64,
    last_day: Option<Date>,
    faults: Faults,
}

impl Census {
    fn new(desk: &Desk<'_>) -> Self {
        Self {
            incoming: Incoming::default(),
            ids: Ids::default(),
            tray: Tray::new(desk.world.files, &desk.world.overflow),
            bills: 0,
            last_day: None,
            faults: Faults::default(),
        }
    }

    /// Takes a bill, and returns its id if it has one of its own.
    fn take(&mut self, bill: &Bill) -> Option<String> {
        match self.ids.of(bill) {
            Ok(id) => {
                self.bills += 1;
                self.last_day = self.last_day.max(bill.what.date);
                self.incoming.want(&id, bill.id.is_some(), &bill.what, bill.original.as_deref());
                Some(id)
            }
            Err(fault) => {
                self.faults.object(bill.line, vec![(Some(Field::Id), fault.into())]);
                None
            }
        }
    }
}

impl Station for Census {
    type Piece = PackedBills;
    type Done = ();

    fn work(&mut self, bills: PackedBills) -> Result<(), Problem> {
        let ids: Vec<Option<String>> = bills.bills().map(|bill| self.take(&bill)).collect();
        Ok(self.tray.lay(bills, &ids)?)
    }
}

/// What the rules make of it.
#[derive(Default)]
struct Outcome {
    faults: Faults,
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
        let (census, walked) = self.census(desk)?;
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
            otherwise: RecordedOtherwise::default(),
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
        let mut outcome = self.judge(desk, &mut rules, &mut spool, census.tray, census.bills)?;
        let faults = census.faults.and(std::mem::take(&mut outcome.faults));
        let (rows, all) = (faults.rows, problems.len() + faults.problems);
        problems.extend(faults.shown(&mut self.table)?);
        if !problems.is_empty() {
            let shown = problems.len();
            problems.push(Problem::note(Notice::NothingImported { rows, problems: all, shown }));
            return Err(Failure(problems));
        }
        let mut notices = Vec::new();
        let mut said = rules.ahead_of_plan(outcome.by_allocation.iter().map(|(key, _, _)| key.as_str()));
        said.append(&mut rules.remarks);
        notices.extend(said.into_iter().map(|remark| Problem::warning(ProblemKind::Remark(remark))));
        notices.extend(std::mem::take(&mut rules.otherwise).warning());
        let report = self.report(outcome, &rules, walked);
        // Judging takes its time, and the table may have been read while it was still being written.
        self.table.unchanged()?;
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

    /// Reads the table: every bill's id, and what the ledger must be asked for it.
    fn census(&mut self, desk: &mut Desk<'w>) -> Result<(Census, Walked), Failure> {
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
        let mut belt = Belt::new(Census::new(desk));
        let (mut bills, mut faults) = (PackedBills::default(), Faults::default());
        let walked = self.table.walk(&reading, &mut |bill, Progress { done, total }| {
            desk.progress(done, total * 2);
            match bill {
                Ok(bill) => bills.put(&bill),
                Err(problems) => faults.take(problems),
            }
            if bills.is_enough() {
                belt.put(std::mem::take(&mut bills))?;
            }
            Ok(())
        })?;
        belt.put(bills)?;
        let (census, _) = belt.end()?;
        Ok((Census { faults: faults.and(census.faults), ..census }, walked))
    }

    /// Every bill by the rules, and into the spool.
    fn judge(
        &self,
        desk: &mut Desk<'w>,
        rules: &mut Rules<'_>,
        spool: &mut Option<Spool<'w>>,
        tray: Tray,
        count: u64,
    ) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        let dry_run = self.asked.stamping.dry_run;
        let last = rules.ledger.rows;
        for (place, laid) in (count..).zip(tray.into_bills()) {
            desk.progress(place, count * 2);
            let (bill, id) = laid?;
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
                    rules.count(bill.line, seq, &row);
                    if let Some(spool) = spool {
                        spool.add(&row, &id)?;
                    }
                }
                Err(objections) => outcome.faults.object(bill.line, objections),
            }
        }
        Ok(outcome)
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
