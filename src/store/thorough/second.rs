//! The second pass of a thorough reading: every suspect of the first looked at for what it is, and no other row.

use std::collections::BTreeMap;

use super::super::pass::Visitor;
use super::super::seen::Fingerprints;
use super::against;
use super::first::MOST_REMARKS;
use crate::domain::amount::Amount;
use crate::domain::entry::{Entry, Kind};
use crate::problem::{LedgerFault, Level, Notice, Problem};

/// Fingerprints that stand more than once, and rows that others refer to.
pub(super) struct Suspects {
    pub(super) ids: Vec<u64>,
    pub(super) invoices: Vec<u64>,
    pub(super) referred: Vec<u64>,
}

impl Suspects {
    // No test can tell if nobody is looked at once more: there is nothing to find.
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.invoices.is_empty() && self.referred.is_empty()
    }

    pub(super) fn sort(&mut self) {
        for list in [&mut self.ids, &mut self.invoices, &mut self.referred] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// The second pass: every suspect looked at for what it is.
pub(super) struct Second<'s> {
    suspects: &'s Suspects,
    ids: BTreeMap<String, u64>,
    /// By invoice: the expenses that carry it.
    invoices: BTreeMap<String, Vec<Carries>>,
    /// The row that the reversal just passed takes back, if the right entry comes next.
    corrected: Option<u64>,
    /// What the referred rows are and what is left of them, in their order; those still to come are not there yet.
    left: Vec<(Kind, Amount)>,
}

/// An expense that carries an invoice.
struct Carries {
    row: u64,
    /// Its bill, by the bill's first row: rows of a split bill stand together, and a corrected part stays a part.
    bill: u64,
}

impl<'s> Second<'s> {
    pub(super) fn new(suspects: &'s Suspects) -> Self {
        Self { suspects, ids: BTreeMap::new(), invoices: BTreeMap::new(), corrected: None, left: Vec::new() }
    }

    fn check_id(&mut self, entry: &Entry<&str>) -> Result<(), LedgerFault> {
        // No test can tell if more are looked at: they stand once.
        if entry.id.is_empty() || self.suspects.ids.binary_search(&Fingerprints::of(entry.id)).is_err() {
            return Ok(());
        }
        match self.ids.insert(entry.id.to_owned(), entry.seq) {
            Some(first) => Err(LedgerFault::IdTwice { row: entry.seq, first, id: entry.id.to_owned() }),
            None => Ok(()),
        }
    }

    fn check_reference(&mut self, entry: &Entry<&str>) -> Result<(), LedgerFault> {
        let (row, what) = (entry.seq, &entry.what);
        if self.suspects.referred.binary_search(&row).is_ok() {
            self.left.push((what.kind, what.amount));
        }
        let Some(against) = against(what.kind) else { return Ok(()) };
        let Some(of) = what.refers_to else { return Ok(()) };
        let place = self.suspects.referred.binary_search(&of).ok();
        match place.and_then(|place| self.left.get_mut(place)) {
            Some((kind, left)) if *kind == against => {
                *left += what.amount;
                // A part may be left of money; an adjustment is taken back whole, whichever sign it has.
                let whole_only = against == Kind::Adjustment && left.is_positive();
                let over = if whole_only { *left } else { -*left };
                if over.is_positive() { Err(LedgerFault::TakenBackTwice { row, of, over }) } else { Ok(()) }
            }
            _ => Err(LedgerFault::RefersToOther { row, of }),
        }
    }

    fn take_invoices(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        // Rows that were imported together have ids of their own, and are bills of their own.
        let together = entry.batch.filter(|_| entry.id.is_empty());
        let place = together.map_or(1, |batch| batch.place);
        if place == 1 {
            self.corrected = what.refers_to.filter(|_| what.kind == Kind::Reversal);
        }
        if what.kind != Kind::Expense || what.invoice.is_empty() {
            return;
        }
        for number in what.invoice.split(';') {
            if self.suspects.invoices.binary_search(&Fingerprints::of(number)).is_ok() {
                let rows = self.invoices.entry(number.to_owned()).or_default();
                // No test can tell by which number a bill goes, if only each of its rows has the same.
                let continued = rows.iter().find(|carries| Some(carries.row) == self.corrected);
                let bill = continued.map_or(entry.seq + 1 - place, |carries| carries.bill);
                rows.push(Carries { row: entry.seq, bill });
            }
        }
    }

    /// Invoices on several bills that were not wholly taken back: lawful for instalments, so said, not refused.
    pub(super) fn remarks(&self) -> Vec<Problem> {
        let left = |row: &u64| self.suspects.referred.binary_search(row).ok().and_then(|place| self.left.get(place));
        let stands = |carries: &&Carries| left(&carries.row).is_none_or(|(_, left)| left.is_positive());
        let several = self.invoices.iter().filter_map(|(number, rows)| {
            let mut bills: BTreeMap<u64, u64> = BTreeMap::new();
            for carries in rows.iter().filter(stands) {
                bills.entry(carries.bill).or_insert(carries.row);
            }
            let rows: Vec<u64> = bills.into_values().collect();
            (rows.len() > 1).then(|| Notice::InvoiceOnSeveral { number: number.clone(), rows })
        });
        several.take(MOST_REMARKS).map(|notice| Problem { level: Level::Warning, ..Problem::note(notice) }).collect()
    }
}

impl Visitor for Second<'_> {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.check_id(entry)?;
        self.check_reference(entry)?;
        self.take_invoices(entry);
        Ok(())
    }
}
