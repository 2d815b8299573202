//! The rules for rows that are brought many at once: each bill against the ledger and against those before it.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::RangeInclusive;

use super::allocations;
use crate::domain::budget::{Budget, Control};
use crate::domain::calendar::Date;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::fingerprint::{AsItIs, Fingerprint, Prints, print_of};
use crate::domain::incoming::{Incoming, made_id, made_of};
use crate::domain::known::content_of;
use crate::domain::ledger::Ledger;
use crate::domain::limits::check_spending;
use crate::domain::position::Positions;
use crate::domain::reasons::reasoned;
use crate::domain::rules::{
    Refusal, Remark, check_date, check_economic, check_in_ledger, check_memo, check_not_before, taken_back, the_fund,
};
use crate::problem::{BillFault, Otherwise, Problem, ProblemKind};
use crate::store::chain::sha256_beginning;
use crate::store::expense_table::{Bill, Field};

/// What a caller says of rows that would be refused.
#[derive(Debug, Clone, Default)]
pub(super) struct Accepted {
    /// Lines that look like another row and are not.
    pub(super) doubles: Lines,
    /// Lines whose invoice is paid in parts.
    pub(super) invoice_parts: Lines,
    pub(super) allow_over: Option<String>,
    pub(super) clock_ok: Option<String>,
}

/// Lines of a table, as stretches of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines(pub(super) Vec<RangeInclusive<usize>>);

impl Lines {
    fn have(&self, line: usize) -> bool {
        self.0.iter().any(|stretch| stretch.contains(&line))
    }
}

/// What becomes of a bill.
pub(super) enum Fate {
    /// The ledger has it, in this row.
    Known(u64),
    /// It will be this row, under this id.
    New(Box<Particulars<String>>, String),
}

/// Why it can't be, each with the field it is about.
pub(super) type Objections = Vec<(Option<Field>, Problem)>;

/// Names the rows of one table: by the table's own id, else by their content and which copy of it they are.
#[derive(Default)]
pub(super) struct Ids {
    /// The contents that came, by the part of their digest that stands in an id.
    came: HashSet<Fingerprint, BuildHasherDefault<AsItIs>>,
    /// How often those came that came again.
    copies: Prints<u64>,
    /// Where the table's own ids stand.
    lines: Prints<usize>,
    /// Where those of them stand that could be made here: copied from a ledger, most likely.
    copied: Prints<usize>,
}

impl Ids {
    /// The bill's id, or what is wrong with it: two rows under one id are no ledger.
    pub(super) fn of(&mut self, bill: &Bill) -> Result<String, BillFault> {
        if let Some(id) = &bill.id {
            return self.own(id, bill.line);
        }
        let said = sha256_beginning(content_of(&bill.what, bill.original.as_deref()).as_bytes());
        let copy = if self.came.insert(said) {
            1
        } else {
            let copies = self.copies.entry(said).or_insert(1);
            *copies += 1;
            *copies
        };
        let id = made_id(said, copy);
        match self.copied.get(&print_of(id.as_str())) {
            None => Ok(id),
            Some(line) => Err(BillFault::IdMadeAgain { id, line: *line }),
        }
    }

    fn own(&mut self, id: &str, line: usize) -> Result<String, BillFault> {
        let print = print_of(id);
        let first = *self.lines.entry(print).or_insert(line);
        if first != line {
            return Err(BillFault::IdTwice { id: id.to_owned(), first });
        }
        if let Some((said, copy)) = made_of(id) {
            self.copied.insert(print, line);
            let came = if self.came.contains(&said) { *self.copies.get(&said).unwrap_or(&1) } else { 0 };
            if (1..=came).contains(&copy) {
                return Err(BillFault::IdMadeAbove { id: id.to_owned() });
            }
        }
        Ok(id.to_owned())
    }
}

/// The rules at work on one load.
pub(super) struct Rules<'r> {
    pub(super) budget: &'r Budget,
    pub(super) ledger: &'r Ledger,
    pub(super) today: Date,
    pub(super) accepted: &'r Accepted,
    /// Every row counted, the new ones so far among them.
    pub(super) whole: Positions,
    /// The same up to the last day that is brought.
    pub(super) to_date: Positions,
    pub(super) incoming: Incoming,
    /// The lines of the new rows so far; the first of them stands behind the ledger's last row.
    pub(super) lines: Vec<usize>,
    pub(super) remarks: Vec<Remark>,
    pub(super) otherwise: RecordedOtherwise,
}

/// Rows that are there already, but not as the table has them.
#[derive(Debug, Default)]
pub(super) struct RecordedOtherwise {
    first: Vec<Otherwise>,
    count: u64,
}

impl RecordedOtherwise {
    /// So many are named.
    const NAMED: usize = 5;

    fn take(&mut self, row: Otherwise) {
        self.count += 1;
        if self.first.len() < Self::NAMED {
            self.first.push(row);
        }
    }

    /// The word on them, if there are any.
    pub(super) fn warning(self) -> Option<Problem> {
        let Self { first, count } = self;
        (count > 0).then(|| Problem::warning(ProblemKind::Bill(BillFault::RecordedOtherwise { first, count })))
    }
}

impl Rules<'_> {
    /// What becomes of a bill that has this id.
    pub(super) fn judge(&mut self, bill: &Bill, id: String) -> Result<Fate, Objections> {
        if let Some(known) = self.incoming.known(&id) {
            if let Some(right) = self.incoming.corrected(&id, &bill.what) {
                return Ok(Fate::Known(right));
            }
            let row = known.seq;
            let original = bill.original.as_deref();
            let takes_back = original.is_none_or(|voucher| self.incoming.takes_back_from(known, voucher));
            if !(known.agrees(&bill.what, bill.id.is_some()) && takes_back) {
                return Err(vec![(Some(Field::Id), BillFault::OtherContent { id, row }.into())]);
            }
            let (fields, is_reversed) = (known.differing(&bill.what), self.incoming.is_reversed(known));
            if is_reversed || !fields.is_empty() {
                self.otherwise.take(Otherwise { line: bill.line, row, fields, is_reversed });
            }
            return Ok(Fate::Known(row));
        }
        let is_expense = bill.what.kind == Kind::Expense;
        let row = if is_expense { self.expense(bill)? } else { self.taken_back(bill)? };
        Ok(Fate::New(Box::new(row), id))
    }

    /// Counts a row that was let in and will stand at `seq`.
    pub(super) fn count(&mut self, line: usize, seq: u64, row: &Particulars<String>) {
        self.whole.add(row);
        self.to_date.add(row);
        self.lines.push(line);
        self.incoming.add(seq, row);
    }

    fn expense(&mut self, bill: &Bill) -> Result<Particulars<String>, Objections> {
        let mut objections: Objections = self.dates(bill);
        let mut row = bill.what.clone();
        let say = |objections: &mut Objections, field, refusal: Refusal| {
            objections.push((Some(field), refusal.into()));
        };
        match the_fund(row.fund, &row.allocation, self.ledger, &self.whole) {
            Ok(fund) => row.fund = fund,
            Err(refusal) => say(&mut objections, Field::Fund, refusal),
        }
        if let Some(allocation) = self.budget.allocation(&row.allocation) {
            if let Some(refusal) = check_in_ledger(allocation, self.ledger) {
                say(&mut objections, Field::Allocation, refusal);
                return Err(objections);
            }
            if let Some(refusal) = check_economic(&row.economic, allocation, self.budget.year) {
                say(&mut objections, Field::Economic, refusal);
            }
        }
        let double = self.doubles(self.incoming.twin(&bill.what), bill.line).or_else(|| self.right_entry(bill));
        objections.extend(double.map(|fault| (None, fault.into())));
        objections.extend(self.invoices(bill).map(|fault| (Some(Field::Invoice), fault.into())));
        let name = allocations::name(&row.allocation, self.budget, self.ledger);
        // Rows of many days come at once; how they keep to the plan is said of them all together.
        let control = Control { warn_by_period: false, ..self.budget.control };
        let reason = self.accepted.allow_over.as_ref();
        let limits = check_spending(&row, name, &self.whole, &self.whole, &control, reason.is_some());
        objections.extend(limits.refusals.into_iter().map(|refusal| (Some(Field::Amount), refusal.into())));
        row.memo = reasoned(&row.memo, reason.filter(|_| !limits.remarks.is_empty()), self.accepted.clock_ok.as_ref());
        objections.extend(check_memo(&row.memo).map(|refusal| (Some(Field::Memo), refusal.into())));
        if !objections.is_empty() {
            return Err(objections);
        }
        limits.remarks.into_iter().for_each(|remark| self.remark(remark));
        Ok(row)
    }

    /// Only the last word on each allocation and on the total is kept: that is where it stands in the end.
    fn remark(&mut self, remark: Remark) {
        let subject = |remark: &Remark| match remark {
            Remark::OverAllocation { key, .. } | Remark::AheadOfPlan { key, .. } => key.clone(),
            Remark::OverFund { key, fund, .. } => format!("{key} {}", fund.key()),
            Remark::OverTotal { .. } => String::new(),
        };
        self.remarks.retain(|known| subject(known) != subject(&remark));
        self.remarks.push(remark);
    }

    fn dates(&self, bill: &Bill) -> Objections {
        let refusals = bill.what.date.map(|date| check_date(date, self.today, self.ledger)).unwrap_or_default();
        refusals.into_iter().map(|refusal| (Some(Field::Date), refusal.into())).collect()
    }

    /// Whether a row looks like this one that is there already.
    fn doubles(&self, twin: Option<u64>, line: usize) -> Option<BillFault> {
        let row = twin.filter(|_| !self.accepted.doubles.have(line))?;
        Some(match self.line_of(row) {
            Some(above) => BillFault::TwinAbove { above, line },
            None => BillFault::Twin { row, line },
        })
    }

    /// Whether the ledger has it as the right entry of a correction.
    fn right_entry(&self, bill: &Bill) -> Option<BillFault> {
        let line = bill.line;
        let row = self.incoming.right_entry(&bill.what).filter(|_| !self.accepted.doubles.have(line))?;
        Some(BillFault::RightEntry { row, line })
    }

    fn invoices(&self, bill: &Bill) -> Option<BillFault> {
        let (number, row) =
            self.incoming.holder(&bill.what.invoice).filter(|_| !self.accepted.invoice_parts.have(bill.line))?;
        let line = bill.line;
        Some(match self.line_of(row) {
            Some(above) => BillFault::InvoiceAbove { number, above, line },
            None => BillFault::InvoiceUsed { number, row, line },
        })
    }

    /// The line a row comes from, if it is one of this load.
    fn line_of(&self, row: u64) -> Option<usize> {
        let place = row.checked_sub(self.ledger.rows + 1)?;
        self.lines.get(usize::try_from(place).ok()?).copied()
    }

    /// A red row: its original found by voucher number, and everything it doesn't say taken from there.
    fn taken_back(&mut self, bill: &Bill) -> Result<Particulars<String>, Objections> {
        let voucher = bill.original.clone().unwrap_or_default();
        let mut objections: Objections = self.dates(bill);
        let found = self.incoming.originals(&voucher);
        // A table knows vouchers, not rows: a number in it is never a row's.
        let none = |voucher| Problem::from(BillFault::NoOriginal { voucher });
        let spending = match found.as_slice() {
            [spending] => spending,
            several => {
                let rows = several.iter().map(|spending| spending.entry.seq).collect();
                let several = |voucher| Problem::from(BillFault::SeveralOriginals { voucher, rows });
                let problem = if found.is_empty() { none(voucher) } else { several(voucher) };
                objections.push((Some(Field::Original), problem));
                return Err(objections);
            }
        };
        let was = &spending.entry.what;
        let part = taken_back(spending, Some(-bill.what.amount));
        let mut say = |field, refusal: Option<Refusal>| {
            objections.extend(refusal.map(|refusal| (Some(field), Problem::from(refusal))));
        };
        say(Field::Amount, part.err());
        say(Field::Date, bill.what.date.and_then(|date| check_not_before(date, spending)));
        let (row, asked, key) = (spending.entry.seq, &bill.what.allocation, &was.allocation);
        say(
            Field::Allocation,
            (asked != key).then(|| Refusal::OriginalOfOtherAllocation { row, key: key.clone(), asked: asked.clone() }),
        );
        let fund = was.fund.unwrap_or_else(|| self.whole.opening_fund(key));
        let asked = bill.what.fund.filter(|asked| *asked != fund);
        say(Field::Fund, asked.map(|asked| Refusal::OriginalOfOtherFund { row, fund, asked }));
        let or_was = |given: &str, was: &str| if given.is_empty() { was.to_owned() } else { given.to_owned() };
        let given = &bill.what;
        let plain = super::claim::plain_memo(&was.memo);
        let memo = reasoned(&or_was(&given.memo, plain), None, self.accepted.clock_ok.as_ref());
        say(Field::Memo, check_memo(&memo));
        let taken = Particulars {
            kind: given.kind,
            date: given.date,
            occurred: given.occurred,
            amount: given.amount,
            payee: or_was(&given.payee, &was.payee),
            memo,
            voucher: or_was(&given.voucher, &was.voucher),
            payment: or_was(&given.payment, &was.payment),
            refers_to: Some(row),
            doc: or_was(&given.doc, &was.doc),
            ..was.clone()
        };
        let twin = self.incoming.red_twin(&taken);
        objections.extend(self.doubles(twin, bill.line).map(|fault| (None, fault.into())));
        if objections.is_empty() { Ok(taken) } else { Err(objections) }
    }

    /// What is worth a word when all is in: spending ahead of the plan to the last day that was brought.
    pub(super) fn ahead_of_plan<'k>(&self, touched: impl Iterator<Item = &'k str>) -> Vec<Remark> {
        if !self.budget.control.warn_by_period {
            return Vec::new();
        }
        let ahead = touched.filter_map(|key| {
            let position = self.to_date.of(key);
            let plan_to_date = position.plan_to_date();
            (position.spent > plan_to_date).then(|| Remark::AheadOfPlan {
                key: key.to_owned(),
                name: allocations::name(key, self.budget, self.ledger).to_owned(),
                spent: position.spent,
                plan_to_date,
            })
        });
        ahead.collect()
    }
}
