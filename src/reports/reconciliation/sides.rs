//! Both sides of a reconciliation, and what a group of their rows and lines comes to. Which belong together is decided
//! elsewhere.

use std::sync::Arc;

use super::numbered::{HasNumber, Numbered};
use super::{Pairing, StatementLine};
use crate::domain::amount::Amount;
use crate::domain::matching::{Cutoff, Paid, Rule, Together};

/// Both sides of what counts, each in the order of its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) paid: Numbered<Paid>,
    pub(crate) lines: Numbered<StatementLine>,
}

impl HasNumber for Paid {
    fn number(&self) -> u64 {
        self.seq
    }
}

impl HasNumber for StatementLine {
    fn number(&self) -> u64 {
        self.told.line
    }
}

impl Sides {
    pub(crate) fn new(paid: Vec<Paid>, lines: Vec<StatementLine>) -> Self {
        Self { paid: Numbered::new(paid), lines: Numbered::new(lines) }
    }

    /// What counts by a day of an answer that was found with what is later; and the lines that do not count.
    pub(crate) fn cut_off(self, cutoff: &Cutoff, later: &[u64]) -> (Self, Vec<StatementLine>) {
        if cutoff.rows.is_empty() && later.is_empty() {
            return (self, Vec::new());
        }
        let (mut paid, mut lines) = (self.paid.into_items(), self.lines.into_items());
        paid.retain(|paid| !cutoff.rows.contains(&paid.seq));
        let is_later = |line: &mut StatementLine| later.binary_search(&line.told.line).is_ok();
        let later = lines.extract_if(.., is_later).collect();
        (Self::new(paid, lines), later)
    }

    /// The rows of a group.
    pub(crate) fn rows_of<'s>(&'s self, items: &'s Together) -> impl Iterator<Item = &'s Paid> {
        items.seqs.iter().filter_map(|seq| self.paid.find(*seq))
    }

    /// Its lines.
    pub(crate) fn lines_of<'s>(&'s self, items: &'s Together) -> impl Iterator<Item = &'s StatementLine> {
        items.lines.iter().filter_map(|line| self.lines.find(*line))
    }

    /// Rows and lines by their numbers.
    pub(crate) fn pairing(&self, rule: Option<Rule>, items: Together) -> Pairing {
        let mut pairing = Pairing {
            rule,
            paid: None,
            told: None,
            payee: Arc::default(),
            statement_payee: Arc::default(),
            ledger: Amount::ZERO,
            statement: Amount::ZERO,
            items: Together::default(),
        };
        // Each side is gone through once: among a million rows it is the looking up that takes the time.
        for paid in self.rows_of(&items) {
            pairing.paid.get_or_insert(paid.date);
            first_name(&mut pairing.payee, &paid.payee);
            pairing.ledger += paid.amount;
        }
        for line in self.lines_of(&items) {
            pairing.told.get_or_insert(line.told.date);
            first_name(&mut pairing.statement_payee, &line.told.payee);
            pairing.statement += line.told.amount;
        }
        Pairing { items, ..pairing }
    }
}

fn first_name(first: &mut Arc<str>, name: &Arc<str>) {
    if first.is_empty() {
        first.clone_from(name);
    }
}
