//! Many bills at once: `import`. Each is held against the ledger and against those before it in the table; one that can't
//! be keeps all of them out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::bills::{self, Bill};
use super::command::Command;
use super::known::{agrees, corrected, is_right_entry, otherwise, warning};
use super::model::{Model, Row, available, plain_memo};
use super::reasons::{Problem, Reason};
use super::rules::{Case, Outcome, clock, dated, memo, operator, today};
use super::said::Said;
use super::spending::{economic, in_ledger, is_over, limits, the_fund};
use super::table::{FILE, Table};
use crate::laws::reckoning::yuan;

/// A table that was let in.
#[derive(Debug, Clone)]
pub(super) struct Load {
    /// The new rows, in one batch.
    pub(super) rows: Vec<Row>,
    pub(super) remarks: Vec<Problem>,
    /// Every bill with the row it is, or becomes, and whether the ledger has it already.
    bills: Vec<(Bill, usize, bool)>,
}

/// A table at the door: the ledger as it grows, and what the bills so far have come to.
struct Door<'d> {
    said: &'d Said,
    today: &'d str,
    clock_ok: Option<&'d str>,
    /// With the new rows so far behind the ledger's.
    model: Model,
    /// How many rows the ledger has without them, and the line each of them comes from.
    ledger: usize,
    lines: Vec<usize>,
    /// The ids of all bills, and what is told of those that the ledger has otherwise.
    brought: BTreeSet<String>,
    otherwise: Vec<String>,
    /// The last remark on each allocation, and under no key on the total.
    remarks: BTreeMap<String, Problem>,
}

/// What a table must have for its rows to be looked at.
fn headings(table: &Table, said: &Said) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, (field, _)) in table.columns.iter().enumerate() {
        if table.columns[..place].iter().any(|(before, _)| before == field) {
            problems.push(Problem::new(Reason::HeadingTwice).in_line(table.heading_line()));
        }
    }
    let has = |heading: &str| table.columns.contains(&("id", heading));
    if let Some(heading) = said.given("map").filter(|heading| !has(heading)) {
        problems.push(Problem::new(Reason::HeadingMissing).with(heading).in_line(table.heading_line()));
    }
    if problems.is_empty() && !table.has("allocation") && said.key.is_none() {
        problems.push(Problem::new(Reason::NoAllocation));
    }
    problems
}

/// Every row as a bill under its id, or with what is wrong with it.
fn census(table: &Table, said: &Said, model: &Model) -> Vec<Result<(Bill, String), Vec<Problem>>> {
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    let mut made: BTreeSet<String> = BTreeSet::new();
    let read = |row| {
        let bill = bills::read(table, row, said, model)?;
        if let Some(id) = bill.own_id.clone() {
            if let Some(first) = own.get(&id) {
                let twice = Problem::new(Reason::IdTwice).with(format!("`{id}` stands in line {first}"));
                return Err(vec![twice.in_line(bill.line)]);
            }
            own.insert(id.clone(), bill.line);
            if made.contains(&id) {
                return Err(vec![Problem::new(Reason::IdMade).with(format!("`{id}` too")).in_line(bill.line)]);
            }
            return Ok((bill, id));
        }
        let copy = copies.entry(bill.digits()).or_default();
        *copy += 1;
        let id = format!("i-{}-{copy}", bill.digits());
        if let Some(line) = own.get(&id) {
            let again = Problem::new(Reason::IdMade).with(format!("`{id}`, is that of line {line}"));
            return Err(vec![again.in_line(bill.line)]);
        }
        made.insert(id.clone());
        Ok((bill, id))
    };
    (0..table.rows.len()).map(read).collect()
}

pub(super) fn import(model: &Model, said: &Said, command: &Command) -> Result<Outcome, Vec<Problem>> {
    if !model.is_open() {
        return Err(vec![Problem::new(Reason::NotOpened)]);
    }
    let table = command.table.as_ref().unwrap();
    let problems = headings(table, said);
    if !problems.is_empty() {
        return Err(problems);
    }
    let census = census(table, said, model);
    let is_new = |(_, id): &&(Bill, String)| model.under(id).is_none();
    let is_new = census.iter().flatten().any(|known| is_new(&known));
    let mut problems = Vec::new();
    let (mut by, mut clock_ok) = (String::new(), None);
    // What is known already is no new entry, whoever brings it and whenever.
    if is_new {
        by = operator(said, command)?;
        problems.extend(model.disagreements());
        clock_ok = clock(model, said, command).unwrap_or_else(|problem| {
            problems.push(problem);
            said.given("clock-ok").map(String::as_str)
        });
    }
    let (_, today) = today(said, command);
    let ledger = model.rows.len();
    let (lines, remarks) = (Vec::new(), BTreeMap::new());
    let brought = census.iter().flatten().map(|(_, id)| id.clone()).collect();
    let (model, otherwise) = (model.clone(), Vec::new());
    let mut door = Door { said, today: &today, clock_ok, model, ledger, lines, brought, otherwise, remarks };
    let mut walked = Vec::new();
    let mut bad_rows = 0;
    let last_day = census.iter().flatten().map(|(bill, _)| bill.row.date.clone()).max().unwrap_or_default();
    for found in census {
        match found.and_then(|(bill, id)| door.judge(bill, id)) {
            Ok(bill) => walked.push(bill),
            Err(said) => {
                bad_rows += 1;
                problems.extend(said);
            }
        }
    }
    if !problems.is_empty() {
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let note = Problem::new(Reason::NothingImported);
        let count = problems.len();
        let rows = (bad_rows > 0).then(|| format!("{} in {};", counted(count, "problem"), counted(bad_rows, "row")));
        problems.push(rows.into_iter().fold(note, Problem::with));
        return Err(problems);
    }
    let remarks = door.remarks(&last_day);
    let mut rows = door.model.rows.split_off(ledger);
    let count = rows.len();
    for (place, row) in rows.iter_mut().enumerate() {
        row.batch = (count > 1).then_some((place + 1, count));
        row.by.clone_from(&by);
    }
    Ok(Outcome::Imports(Load { rows, remarks, bills: walked }))
}

impl Door<'_> {
    /// The row a bill is or becomes, and whether the ledger has it.
    fn judge(&mut self, bill: Bill, id: String) -> Result<(Bill, usize, bool), Vec<Problem>> {
        let line = bill.line;
        if let Some(known) = self.model.rows[..self.ledger].iter().position(|row| row.id == id) {
            let of_ledger = &self.model.rows[..self.ledger];
            if let Some(right) = corrected(of_ledger, known + 1, &bill, |id| self.brought.contains(id)) {
                return Ok((bill, right, true));
            }
            let there = &self.model.rows[known];
            let takes_back = |of: usize| self.model.row(of).voucher == bill.original;
            let says_so = agrees(there, &bill.row, bill.own_id.is_some())
                && (bill.original.is_empty() || there.refers_to.is_some_and(takes_back));
            let other = || Problem::new(Reason::OtherContent).with(format!("`{id}` stands in row {} ", known + 1));
            if !says_so {
                return Err(vec![other().in_line(line)]);
            }
            self.otherwise.extend(otherwise(of_ledger, known + 1, &bill, |id| self.brought.contains(id)));
            return Ok((bill, known + 1, true));
        }
        let judged = if bill.row.kind == "expense" { self.expense(&bill) } else { self.taken_back(&bill) };
        let row =
            judged.map_err(|problems| problems.into_iter().map(|problem| problem.in_line(line)).collect::<Vec<_>>())?;
        self.model.rows.push(Row { id, ..row });
        self.lines.push(line);
        let seq = self.model.rows.len();
        Ok((bill, seq, false))
    }

    /// Where a row was met: in the ledger, or above in the table.
    fn place(&self, seq: usize, ledger: &str, above: &str) -> String {
        match seq.checked_sub(self.ledger + 1) {
            Some(place) => format!("{above} {}", self.lines[place]),
            None => format!("{ledger} {seq}"),
        }
    }

    fn expense(&mut self, bill: &Bill) -> Result<Row, Vec<Problem>> {
        let (said, model) = (self.said, &self.model);
        let mut row = bill.row.clone();
        let case = Case { model, said, date: &bill.row.date, clock_ok: self.clock_ok };
        let mut problems = dated(model, &row.date, self.today);
        match the_fund(model, &row.allocation, Some(&bill.row.fund).filter(|fund| !fund.is_empty()), &[]) {
            Ok(fund) => row.fund = fund,
            Err(problem) => problems.push(problem),
        }
        if let Some(problem) = in_ledger(&case, &row.allocation) {
            problems.push(problem);
            return Err(problems);
        }
        problems.extend(economic(&case, &row));
        problems.extend(self.twin(bill).or_else(|| self.right_entry(bill)));
        problems.extend(self.claimed(bill));
        let (refusals, mut remarks) = limits(&case, &row, &[]);
        // How they keep to the plan is said of all rows together.
        remarks.retain(|remark| remark.reason != Reason::AheadOfPlan);
        problems.extend(refusals);
        match memo(&case, &row.memo, is_over(&remarks), true) {
            Ok(memo) => row.memo = memo,
            Err(problem) => problems.push(problem),
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for remark in remarks {
            let subject = if remark.reason == Reason::OverTotal {
                String::new()
            } else if remark.reason == Reason::OverFund {
                format!("{} {}", row.allocation, row.fund)
            } else {
                row.allocation.clone()
            };
            self.remarks.insert(subject, remark);
        }
        Ok(row)
    }

    /// A row of the same day, allocation, amount and payee that still stands.
    fn twin(&self, bill: &Bill) -> Option<Problem> {
        self.likely_double(bill, |model, seq| {
            let what = |row: &Row| (row.kind, row.date.clone(), row.allocation.clone(), row.amount, row.payee.clone());
            what(model.row(seq)) == what(&bill.row) && model.left(seq) > 0
        })
    }

    /// The right entry of a correction.
    fn right_entry(&self, bill: &Bill) -> Option<Problem> {
        self.likely_double(bill, |model, seq| seq <= self.ledger && is_right_entry(model, seq, &bill.row))
    }

    /// A row that takes the same back from the same expense on the same day, for the same payee.
    fn red_twin(&self, bill: &Bill, taken: &Row) -> Option<Problem> {
        self.likely_double(bill, |model, seq| {
            let what = |row: &Row| (row.refers_to, row.date.clone(), row.amount, row.payee.clone());
            let row = model.row(seq);
            matches!(row.kind, "reversal" | "refund") && what(row) == what(taken)
        })
    }

    fn likely_double(&self, bill: &Bill, same: impl Fn(&Model, usize) -> bool) -> Option<Problem> {
        let seq = (1..=self.model.rows.len()).find(|seq| same(&self.model, *seq))?;
        let cure = format!("`--accept-double {}`", bill.line);
        let problem = Problem::new(Reason::Twin).with(self.place(seq, "as row", "as line")).with(cure);
        (!self.said.speaks_of("accept-double", bill.line)).then_some(problem)
    }

    /// The first of its invoices that another row holds.
    fn claimed(&self, bill: &Bill) -> Option<Problem> {
        let holds = |seq: &usize, number: &str| {
            let row = self.model.row(*seq);
            let stands = row.kind == "note" || row.kind == "expense" && self.model.left(*seq) > 0;
            stands && row.invoice.split(';').any(|held| held == number)
        };
        let mut numbers = bill.row.invoice.split(';').filter(|number| !number.is_empty());
        let (number, seq) = numbers.find_map(|number| {
            let seq = (1..=self.model.rows.len()).find(|seq| holds(seq, number))?;
            Some((number, seq))
        })?;
        let problem = Problem::new(Reason::InvoiceClaimed).with(format!("invoice {number}"));
        let problem = problem.with(self.place(seq, "used for row", "stands in line"));
        let cure = format!("`--invoice-part {}`", bill.line);
        (!self.said.speaks_of("invoice-part", bill.line)).then(|| problem.with(cure))
    }

    /// What a red row takes back, by its original's voucher; what it doesn't say is as it was there.
    fn taken_back(&self, bill: &Bill) -> Result<Row, Vec<Problem>> {
        let (model, red) = (&self.model, &bill.row);
        let mut problems = dated(model, &red.date, self.today);
        let seqs = (1..=model.rows.len()).filter(|seq| model.row(*seq).kind == "expense");
        let found: Vec<usize> = seqs.filter(|seq| model.row(*seq).voucher == bill.original).collect();
        let named = |reason| Problem::new(reason).with(format!("`{}`", bill.original));
        let seq = match found[..] {
            [seq] => seq,
            [] => {
                problems.push(named(Reason::NoOriginal));
                return Err(problems);
            }
            _ => {
                let seqs: Vec<String> = found.iter().map(usize::to_string).collect();
                problems.push(named(Reason::SeveralOriginals).with(seqs.join(", ")));
                return Err(problems);
            }
        };
        let (was, left) = (model.row(seq), model.left(seq));
        if left == 0 {
            problems.push(Problem::new(Reason::NothingLeft).with(format!("row {seq}")));
        } else if -red.amount > left {
            problems.push(Problem::new(Reason::MoreThanLeft).with(format!("row {seq}")).yuan(left));
        }
        if red.date < was.date {
            problems.push(Problem::new(Reason::BeforeOriginal).with(&red.date).with(&was.date));
        }
        if red.allocation != was.allocation {
            problems.push(Problem::new(Reason::OriginalOfOther).with(&was.allocation).with(&red.allocation));
        }
        let first = model.funds(&was.allocation).into_iter().next().unwrap_or_default();
        let fund = if was.fund.is_empty() { &first } else { &was.fund };
        if !red.fund.is_empty() && red.fund != *fund {
            problems.push(Problem::new(Reason::OriginalOfOther).with(format!("fund {fund}, not")).with(&red.fund));
        }
        let or_was = |given: &String, was: &str| if given.is_empty() { was.to_owned() } else { given.clone() };
        let case = Case { model, said: self.said, date: &red.date, clock_ok: self.clock_ok };
        let memo = memo(&case, &or_was(&red.memo, plain_memo(&was.memo)), false, true);
        problems.extend(memo.as_ref().err().cloned());
        let taken = Row {
            kind: red.kind,
            date: red.date.clone(),
            occurred: red.occurred.clone(),
            amount: red.amount,
            payee: or_was(&red.payee, &was.payee),
            memo: memo.unwrap_or_default(),
            voucher: or_was(&red.voucher, &was.voucher),
            payment: or_was(&red.payment, &was.payment),
            refers_to: Some(seq),
            doc: or_was(&red.doc, &was.doc),
            batch: None,
            at: String::new(),
            ..was.clone()
        };
        problems.extend(self.red_twin(bill, &taken));
        if problems.is_empty() { Ok(taken) } else { Err(problems) }
    }

    /// What is said of a table that is let in: which limits were passed, and who is ahead of plan on its last day.
    fn remarks(&self, last_day: &str) -> Vec<Problem> {
        let touched: BTreeSet<&String> = self.model.rows[self.ledger..].iter().map(|row| &row.allocation).collect();
        let ahead = touched.into_iter().filter_map(|key| {
            let (spent, planned) = self.model.spent_and_planned(key, last_day, &[]);
            let ahead = Problem::new(Reason::AheadOfPlan).with(key).yuan(planned).yuan(spent);
            (self.model.file.warns_by_period && spent > planned).then_some(ahead)
        });
        ahead.chain(self.remarks.values().cloned()).chain(warning(&self.otherwise)).collect()
    }
}

/// How a load is answered; `hash` is the last row's digest, where any was written.
pub(super) fn answer(before: &Model, load: &Load, command: &Command, hash: Option<String>) -> Value {
    let table = command.table.as_ref().unwrap();
    let (first, new) = (before.rows.len() + 1, load.rows.len());
    let sum = |rows: &mut dyn Iterator<Item = &Row>| yuan(rows.map(|row| row.amount).sum());
    let after = || before.rows.iter().chain(&load.rows);
    let known = load.bills.iter().filter(|(_, _, is_known)| *is_known).count();
    // The table's own ids are not guessed: their heading has to be said.
    let is_read = |(field, _): &(&str, &str)| *field != "id" || command.given.contains_key("map");
    let headings: BTreeMap<_, _> = table.columns.iter().copied().filter(is_read).collect();
    let mut answer = json!({
        "schema": "taizhang.import/1",
        "file": FILE,
        "sheet": null,
        "headings": [headings],
        "known": known,
        "new": new,
        "first_row": (new > 0).then_some(first),
        "last_row": (new > 0).then_some(first + new - 1),
        "amount": sum(&mut load.rows.iter()),
        "hash": hash,
        "dry_run": command.says("dry-run"),
    });
    if command.says("dry-run") {
        let line = |(bill, seq, is_known): &(Bill, usize, bool)| {
            let row = &bill.row;
            json!({
                "line": bill.line, "fate": if *is_known { "known" } else { "new" }, "seq": seq,
                "date": row.date, "allocation": row.allocation, "amount": yuan(row.amount),
                "payee": row.payee, "memo": row.memo,
            })
        };
        answer["rows"] = load.bills.iter().map(line).collect();
        return answer;
    }
    let row = |(number, line): (usize, &super::made_up::MadeLine)| {
        let of_line = || load.rows.iter().filter(|row| row.allocation == line.key);
        (of_line().count() > 0).then(|| {
            json!({
                "allocation": line.key, "number": number, "name": line.name, "count": of_line().count(),
                "amount": sum(&mut of_line()), "available": yuan(available(after(), Some(line.key))),
            })
        })
    };
    answer["rows"] = (1..).zip(&before.file.lines).filter_map(row).collect();
    if new > 0 {
        let available = yuan(available(after(), None));
        answer["total"] = json!({ "count": new, "amount": sum(&mut load.rows.iter()), "available": available });
    }
    answer
}
