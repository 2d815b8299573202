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
    /// What rows release of commitments further back, by their seq, in order; `None` where every row before was seen.
    further_back: Option<Vec<(u64, Amount)>>,
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
        Self { as_of, open: BTreeMap::new(), further_back: None }
    }

    /// The same day, for rows further on.
    pub(crate) fn nothing(&self) -> Self {
        Self { further_back: Some(Vec::new()), ..Self::new(self.as_of) }
    }

    /// Takes over what the rows right after these promise and release.
    pub(crate) fn join(&mut self, later: Self) {
        later.further_back.into_iter().flatten().for_each(|(of, amount)| self.release(of, amount));
        self.open.extend(later.open);
    }

    /// Looks at one row; rows dated after the day change nothing.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        if !matches!(what.kind, Kind::Commitment | Kind::Release) || what.date.is_none_or(|date| date > self.as_of) {
            return;
        }
        if what.kind == Kind::Commitment {
            self.open.insert(entry.seq, Promise { what: what.kept(), left: what.amount });
        } else if let Some(of) = what.refers_to {
            self.release(of, what.amount);
        }
    }

    fn release(&mut self, of: u64, amount: Amount) {
        let Some(promise) = self.open.get_mut(&of) else {
            self.further_back.iter_mut().for_each(|releases| releases.push((of, amount)));
            return;
        };
        promise.left += amount;
        if promise.left.is_zero() {
            self.open.remove(&of);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Promise)> {
        self.open.iter().map(|(seq, promise)| (*seq, promise))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::iso_date;
    use super::*;

    /// A commitment, or a release of half of the one so many rows back.
    fn row(seq: u64, back: Option<u64>) -> Entry<&'static str> {
        let (kind, amount) = if back.is_some() { (Kind::Release, "-5.00") } else { (Kind::Commitment, "10.00") };
        let mut row = Entry::bare(seq, kind, iso_date("2022-03-05").expect("a day"));
        row.what.amount = Amount::canonical(amount).expect("an amount");
        row.what.refers_to = back.map(|back| seq - back);
        row
    }

    proptest! {
        #[test]
        fn promises_over_two_pieces_join_to_those_over_the_whole(
            backs in prop::collection::vec(prop::option::of(0_u64..9), 1..40),
            cut in any::<prop::sample::Index>(),
        ) {
            let rows: Vec<_> = (1..).zip(backs).map(|(seq, back)| row(seq, back.filter(|back| *back < seq))).collect();
            let (before, after) = rows.split_at(cut.index(rows.len()));
            let mut whole = Promises::new(Date::MAX);
            rows.iter().for_each(|row| whole.take(row));
            let mut joined = Promises::new(Date::MAX);
            before.iter().for_each(|row| joined.take(row));
            let mut later = joined.nothing();
            after.iter().for_each(|row| later.take(row));
            joined.join(later);
            prop_assert_eq!(joined.open, whole.open);
        }
    }
}
