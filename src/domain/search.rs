//! What a writing command must find in the ledger before it may add to it, found in the same pass that verifies.

use super::amount::{Amount, half_width};
use super::entry::{Entry, Kind, invoices, whole_number};
use super::ledger::Ledger;
use super::text;

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
    /// The row that carried money over under the wanted mark.
    pub(crate) carried: Option<u64>,
    mark: Option<String>,
    /// The rows just passed of a batch that is still running, for a referred row that may come next.
    running: Vec<Entry<String>>,
}

/// How many rows of its batch a referred row is shown with, on either side: a transfer's other half is at most three away,
/// where what takes is new to the ledger, and the fund new to it.
const MATES: usize = 3;

/// How an earlier row is named: by seq, an expense by its voucher number, a commitment
/// or an adjustment by its document's. A whole number
/// may be either; the row it is the seq of and the rows that carry it are all found, and more than one is ambiguous.
/// `11#` or `第11笔` is a seq and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    kind: Kind,
    seq: Option<u64>,
    /// The number rows may carry, as typed and with its digits in ASCII; none when only a seq is meant.
    carried: Vec<String>,
}

impl Reference {
    /// A row of this kind, `Expense`, `Commitment` or `Adjustment`, as it was typed; `None` for nothing but blanks.
    pub(crate) fn typed(text: &str, kind: Kind) -> Option<Self> {
        let number = text::entered(text).ok().filter(|number| !number.is_empty())?;
        let plain: String = number.chars().map(half_width).collect();
        match marked_seq(&plain) {
            Some(seq) => Some(Self { kind, seq: Some(seq), carried: Vec::new() }),
            None => Some(Self { kind, seq: whole_number(&plain), carried: vec![number, plain] }),
        }
    }

    fn names(&self, entry: &Entry<&str>) -> bool {
        let what = &entry.what;
        let carried = if self.kind == Kind::Expense { what.voucher } else { what.doc };
        self.seq == Some(entry.seq) || what.kind == self.kind && self.carried.iter().any(|number| number == carried)
    }
}

/// The row that a name is the seq of, whether or not it may be another row's number too.
pub(crate) fn named_seq(text: &str) -> Option<u64> {
    let plain: String = text.trim().chars().map(half_width).collect();
    marked_seq(&plain).or_else(|| whole_number(&plain))
}

/// `11#` or `第11笔`.
fn marked_seq(plain: &str) -> Option<u64> {
    let marked = plain.strip_suffix('#').or(plain.strip_prefix('第').and_then(|rest| rest.strip_suffix('笔')))?;
    whole_number(marked)
}

/// An earlier row and what the rows that refer to it have left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spending {
    pub(crate) entry: Entry<String>,
    pub(crate) left: Amount,
    /// Its nearest neighbours among the rows it stands or falls with.
    pub(crate) mates: Vec<Entry<String>>,
}

impl Spending {
    fn of(entry: &Entry<&str>) -> Self {
        Self { entry: entry.kept(), left: entry.what.amount, mates: Vec::new() }
    }

    fn lower_by(&mut self, entry: &Entry<&str>) {
        let taken_back = matches!(entry.what.kind, Kind::Reversal | Kind::Refund | Kind::Release | Kind::Adjustment);
        if taken_back && entry.what.refers_to == Some(self.entry.seq) {
            self.left += entry.what.amount;
        }
    }
}

impl Search {
    /// The row that holds an invoice. One that came late stands on a note, whose row may be far behind by now: it counts
    /// as held, by the smallest amount there is, whatever became of that row.
    fn holder(&self, entry: &Entry<&str>) -> Spending {
        let spending = Spending::of(entry);
        if entry.what.kind == Kind::Note { Spending { left: Amount::FEN, ..spending } } else { spending }
    }

    pub(crate) fn for_id(id: Option<&str>) -> Self {
        Self { id: id.map(str::to_owned), ..Self::default() }
    }

    pub(crate) fn and_row(mut self, reference: Option<Reference>) -> Self {
        self.reference = reference;
        self
    }

    /// The same search among the rows after those of `ledger`, if it can be begun there: what a row was left of, or belongs
    /// to, is told by those before it.
    pub(crate) fn nothing_after(&self, ledger: &Ledger) -> Option<Self> {
        let wants_an_id_only = self.reference.is_none() && self.wanted_invoices.is_empty() && self.mark.is_none();
        (wants_an_id_only && ledger.is_whole()).then(|| Self::for_id(self.id.as_deref()))
    }

    /// Takes over what was found among the rows right after these.
    pub(crate) fn join(&mut self, later: Self) {
        if self.same_id.is_empty() {
            self.same_id = later.same_id;
        }
    }

    /// Looks for an adjustment whose memo begins with this.
    pub(crate) fn and_carried(mut self, mark: &str) -> Self {
        self.mark = Some(mark.to_owned());
        self
    }

    pub(crate) fn and_invoices(mut self, numbers: &str) -> Self {
        self.wanted_invoices = invoices(numbers).unwrap_or_default().into_iter().map(str::to_owned).collect();
        self
    }

    /// Looks at one row.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        // An imported row stands under an id of its own, and its batch is no part of it; nor is a later one.
        let is_before =
            |last: &Entry<String>| last.seq + 1 == entry.seq && last.batch.is_some_and(|batch| !batch.is_last());
        let goes_on = entry.id.is_empty() && self.same_id.last().is_some_and(is_before);
        let begins = self.same_id.is_empty() && self.id.as_deref().is_some_and(|id| id == entry.id);
        if goes_on || begins {
            self.same_id.push(entry.kept());
        }
        for spending in self.referred.iter_mut().chain(self.invoiced.iter_mut().map(|(_, spending)| spending)) {
            spending.lower_by(entry);
        }
        self.take_reference(entry);
        let what = &entry.what;
        let is_marked = |mark: &String| what.kind == Kind::Adjustment && what.memo.starts_with(mark.as_str());
        if self.carried.is_none() && self.mark.as_ref().is_some_and(is_marked) {
            self.carried = Some(entry.seq);
        }
        // Reversals and refunds copy the invoice of their original; only the original holds it, or a note on it.
        let holds = matches!(entry.what.kind, Kind::Expense | Kind::Note);
        // No test can tell: where none is wanted, none is found, only later.
        if holds && !self.wanted_invoices.is_empty() {
            for number in entry.what.invoice.split(';') {
                if self.wanted_invoices.iter().any(|wanted| wanted == number) {
                    self.invoiced.push((number.to_owned(), self.holder(entry)));
                }
            }
        }
    }

    fn take_reference(&mut self, entry: &Entry<&str>) {
        let Some(reference) = &self.reference else { return };
        let place = entry.batch.map_or(1, |batch| batch.place);
        if place == 1 {
            self.running.clear();
        }
        for referred in &mut self.referred {
            let since = entry.seq - referred.entry.seq;
            if place > since && since <= MATES as u64 {
                referred.mates.push(entry.kept());
            }
        }
        if reference.names(entry) {
            self.referred.push(Spending { mates: self.running.clone(), ..Spending::of(entry) });
        }
        if entry.batch.is_some() {
            self.running.push(entry.kept());
            self.running.drain(..self.running.len().saturating_sub(MATES));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::iso_date;
    use super::super::entry::Batch;
    use super::*;

    /// Rows of 10.00 yuan by their batches, whose numbers of rows are told; a batch of one is no batch.
    fn rows(batches: &[u64]) -> Vec<Entry<&'static str>> {
        let mut rows = Vec::new();
        for count in batches {
            for place in 1..=*count {
                let mut row = Entry::bare(rows.len() as u64 + 1, Kind::Expense, iso_date("2022-03-05").expect("a day"));
                row.what.amount = Amount::from_fen(1_000);
                row.batch = (*count > 1).then_some(Batch { place, count: *count });
                rows.push(row);
            }
        }
        rows
    }

    fn found(mut search: Search, rows: &[Entry<&str>]) -> Search {
        rows.iter().for_each(|row| search.take(row));
        search
    }

    fn seqs(rows: &[Entry<String>]) -> Vec<u64> {
        rows.iter().map(|row| row.seq).collect()
    }

    #[test]
    fn carried_is_the_first_adjustment_that_begins_with_the_mark() {
        let mut rows = rows(&[1, 1, 1, 1]);
        rows[0].what.memo = "carried=2021;of=1";
        rows[1].what.kind = Kind::Adjustment;
        for row in &mut rows[2..] {
            row.what.kind = Kind::Adjustment;
            row.what.memo = "carried=2021;of=2";
        }
        assert_eq!(found(Search::default().and_carried("carried=2021;"), &rows).carried, Some(3));
        assert_eq!(found(Search::default().and_carried("carried=2020;"), &rows).carried, None);
    }

    #[test]
    fn an_id_is_found_with_its_batch_in_whatever_pieces_the_ledger_is_read() {
        let mut rows = rows(&[1, 3, 1, 1]);
        rows[1].id = "mine";
        for cut in 1..rows.len() {
            let (before, after) = rows.split_at(cut);
            let mut search = found(Search::for_id(Some("mine")), before);
            match search.nothing_after(&Ledger::default().after(&before[cut - 1])) {
                Some(later) => search.join(found(later, after)),
                None => {
                    assert!([2, 3].contains(&cut), "only within a batch the rows before are needed: {cut}");
                    search = found(search, after);
                }
            }
            assert_eq!(seqs(&search.same_id), [2, 3, 4], "{cut}");
        }
    }

    #[test]
    fn a_later_batch_is_no_part_of_a_row_that_was_imported() {
        let mut rows = rows(&[3, 3]);
        rows[0].id = "i-1";
        rows[1].id = "i-2";
        rows[2].id = "i-3";
        rows[3].id = "split";
        for (id, found_at) in [("i-1", vec![1]), ("i-2", vec![2]), ("i-3", vec![3]), ("split", vec![4, 5, 6])] {
            assert_eq!(seqs(&found(Search::for_id(Some(id)), &rows).same_id), found_at, "{id}");
        }
    }

    #[test]
    fn what_is_told_by_the_rows_before_is_not_looked_for_in_pieces() {
        let ledger = Ledger::default().after(&rows(&[1])[0]);
        let search = || Search::for_id(Some("mine"));
        assert!(search().nothing_after(&ledger).is_some());
        assert!(search().and_row(Reference::typed("1", Kind::Expense)).nothing_after(&ledger).is_none());
        assert!(search().and_invoices("01234567890123456789").nothing_after(&ledger).is_none());
        assert!(search().and_carried("carried-from=").nothing_after(&ledger).is_none());
    }

    #[test]
    fn a_referred_row_is_shown_with_three_of_its_batch_on_either_side_and_with_no_other() {
        let mates = |batches: &[u64], seq: u64| {
            let search = Search::for_id(None).and_row(Reference::typed(&format!("{seq}#"), Kind::Expense));
            seqs(&found(search, &rows(batches)).referred[0].mates)
        };
        assert_eq!(mates(&[1, 9, 1], 6), [3, 4, 5, 7, 8, 9]);
        assert_eq!(mates(&[1, 7, 1], 2), [3, 4, 5]);
        assert_eq!(mates(&[1, 7, 1], 8), [5, 6, 7]);
        assert_eq!(mates(&[1, 7, 1], 1), [0; 0]);
        assert_eq!(mates(&[2, 3, 1], 2), [1]);
        assert_eq!(mates(&[2, 3, 1], 6), [0; 0]);
    }
}
