//! What a writing command must find in the ledger before it may add to it, found in the same pass that verifies.

use super::amount::Amount;
use super::entry::{Entry, Kind, invoices, whole_number};

/// What is looked for, and what was found of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Search {
    id: Option<String>,
    reference: Option<Reference>,
    wanted_invoices: Vec<String>,
    /// The row that carries the id, and those that stand or fall with it.
    pub(crate) same_id: Vec<Entry<String>>,
    /// The rows the reference may mean, each with what is left of it.
    pub(crate) referred: Vec<Spending>,
    /// Expenses that carry a wanted invoice, each with what is left of it.
    pub(crate) invoiced: Vec<(String, Spending)>,
}

/// How an earlier row is named: by seq, an expense by its voucher number, a commitment by its contract's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    Seq(u64),
    Voucher(String),
    Contract(String),
}

impl Reference {
    /// An expense: a whole number is a seq, anything else a voucher number.
    pub(crate) fn expense(text: &str) -> Self {
        whole_number(text).map_or_else(|| Self::Voucher(text.to_owned()), Self::Seq)
    }

    /// A commitment: a whole number is a seq, anything else a contract number.
    pub(crate) fn commitment(text: &str) -> Self {
        whole_number(text).map_or_else(|| Self::Contract(text.to_owned()), Self::Seq)
    }

    fn names(&self, entry: &Entry<&str>) -> bool {
        match self {
            Self::Seq(seq) => entry.seq == *seq,
            Self::Voucher(voucher) => entry.what.kind == Kind::Expense && entry.what.voucher == voucher,
            Self::Contract(doc) => entry.what.kind == Kind::Commitment && entry.what.doc == doc,
        }
    }
}

/// An earlier row and what reversals and refunds have left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spending {
    pub(crate) entry: Entry<String>,
    pub(crate) left: Amount,
}

impl Spending {
    fn of(entry: &Entry<&str>) -> Self {
        Self { entry: entry.kept(), left: entry.what.amount }
    }

    fn lower_by(&mut self, entry: &Entry<&str>) {
        let taken_back = matches!(entry.what.kind, Kind::Reversal | Kind::Refund | Kind::Release);
        if taken_back && entry.what.refers_to == Some(self.entry.seq) {
            self.left += entry.what.amount;
        }
    }
}

impl Search {
    pub(crate) fn for_id(id: Option<&str>) -> Self {
        Self { id: id.map(str::to_owned), ..Self::default() }
    }

    pub(crate) fn and_row(mut self, reference: Option<Reference>) -> Self {
        self.reference = reference;
        self
    }

    pub(crate) fn and_invoices(mut self, numbers: &str) -> Self {
        self.wanted_invoices = invoices(numbers).unwrap_or_default().into_iter().map(str::to_owned).collect();
        self
    }

    /// Looks at one row.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let goes_on = self.same_id.last().is_some_and(|last| last.batch.is_some_and(|batch| !batch.is_last()));
        let begins = self.same_id.is_empty() && self.id.as_deref().is_some_and(|id| id == entry.id);
        if goes_on || begins {
            self.same_id.push(entry.kept());
        }
        for spending in self.referred.iter_mut().chain(self.invoiced.iter_mut().map(|(_, spending)| spending)) {
            spending.lower_by(entry);
        }
        if self.reference.as_ref().is_some_and(|reference| reference.names(entry)) {
            self.referred.push(Spending::of(entry));
        }
        // Reversals and refunds copy the invoice of their original; only the original holds it.
        if entry.what.kind == Kind::Expense && !self.wanted_invoices.is_empty() && !entry.what.invoice.is_empty() {
            for number in entry.what.invoice.split(';') {
                if self.wanted_invoices.iter().any(|wanted| wanted == number) {
                    self.invoiced.push((number.to_owned(), Spending::of(entry)));
                }
            }
        }
    }
}
