//! Open commitments: what was promised, and what releases have left of it. Grows with what is open, not with the ledger.

use std::collections::BTreeMap;

use super::amount::Amount;
use super::calendar::Date;
use super::entry::{Entry, Kind, Particulars};

/// The commitments that are open on a day, by seq.
#[derive(Debug, Clone)]
pub(crate) struct Promises {
    as_of: Date,
    open: BTreeMap<u64, Promise>,
}

/// One commitment with something left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) what: Particulars<String>,
    /// What is not yet released, in 元.
    pub(crate) left: Amount,
}

impl Promises {
    pub(crate) fn new(as_of: Date) -> Self {
        Self { as_of, open: BTreeMap::new() }
    }

    /// Looks at one row; rows dated after the day change nothing.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        if !matches!(what.kind, Kind::Commitment | Kind::Release) || what.date.is_none_or(|date| date > self.as_of) {
            return;
        }
        if what.kind == Kind::Commitment {
            self.open.insert(entry.seq, Promise { what: what.kept(), left: what.amount });
        } else if let Some(of) = what.refers_to
            && let Some(promise) = self.open.get_mut(&of)
        {
            promise.left += what.amount;
            if promise.left.is_zero() {
                self.open.remove(&of);
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Promise)> {
        self.open.iter().map(|(seq, promise)| (*seq, promise))
    }
}
