//! The payments behind the ledger's rows: what the bank should show. Reversals move no money and are netted against
//! their originals first; refunds do, and stay.

use std::sync::Arc;

use super::Names;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::entry::{Entry, Kind};

/// One movement of money that the ledger knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paid {
    pub(crate) seq: u64,
    /// When money moved. A right entry beside the wrong one in red has the wrong one's day: the correction is later,
    /// the payment is not.
    pub(crate) date: Date,
    /// Positive went out, negative came back.
    pub(crate) amount: Amount,
    pub(crate) payee: Arc<str>,
    pub(crate) payment: String,
}

/// The payments by a day, gathered as the rows pass.
#[derive(Debug, Clone)]
pub(crate) struct Payments {
    as_of: Date,
    /// By seq, as the rows pass.
    paid: Vec<Paid>,
    /// What is dated after the day. It counts nowhere, and keeps its lines from being taken for another's.
    later: Vec<Paid>,
    reversals: Vec<u64>,
    names: Names,
    /// In a batch that is still running: the day of what was taken back in red.
    taken_back: Option<Date>,
}

impl Payments {
    /// Rows dated after `as_of` change nothing of what was paid by then.
    pub(crate) fn new(as_of: Date) -> Self {
        Self {
            as_of,
            paid: Vec::new(),
            later: Vec::new(),
            reversals: Vec::new(),
            names: Names::default(),
            taken_back: None,
        }
    }

    /// Looks at one row.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        // Rows that were imported at once are one batch as well, but no correction: each carries an id of its own.
        let running = entry.batch.filter(|batch| batch.place > 1 && entry.id.is_empty());
        let taken_back = running.and(self.taken_back.take());
        let Some(date) = what.date else { return };
        self.taken_back = taken_back;
        let is_later = date > self.as_of;
        let list = if is_later { &mut self.later } else { &mut self.paid };
        let original = what.refers_to.and_then(|seq| list.binary_search_by_key(&seq, |paid| paid.seq).ok());
        let original = original.map(|place| &mut list[place]);
        match what.kind {
            Kind::Expense | Kind::Refund => {
                let date = if what.kind == Kind::Expense { taken_back.unwrap_or(date) } else { date };
                let (payee, payment) = (self.names.of(what.payee), what.payment.to_owned());
                let list = if is_later { &mut self.later } else { &mut self.paid };
                list.push(Paid { seq: entry.seq, date, amount: what.amount, payee, payment });
            }
            Kind::Reversal => {
                if !is_later {
                    self.reversals.push(entry.seq);
                }
                if let Some(original) = original {
                    original.amount += what.amount;
                    self.taken_back = entry.batch.map(|_| original.date);
                }
            }
            Kind::Note => {
                if let Some(original) = original.filter(|_| !what.payment.is_empty()) {
                    what.payment.clone_into(&mut original.payment);
                }
            }
            Kind::Open
            | Kind::Budget
            | Kind::Adjustment
            | Kind::Commitment
            | Kind::Release
            | Kind::Close
            | Kind::Repair => {}
        }
    }

    /// The payments by seq; those dated after the day; and the seqs that were netted away: every reversal up to the
    /// day, and what reversals left nothing of.
    pub(crate) fn netted(self) -> (Vec<Paid>, Vec<Paid>, Vec<u64>) {
        let Self { mut paid, mut later, reversals: mut away, .. } = self;
        away.extend(paid.iter().filter(|payment| payment.amount.is_zero()).map(|payment| payment.seq));
        away.sort_unstable();
        paid.retain(|payment| !payment.amount.is_zero());
        later.retain(|payment| !payment.amount.is_zero());
        (paid, later, away)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::iso_date;
    use crate::domain::entry::{Batch, Digest, Particulars};

    fn day(text: &str) -> Date {
        iso_date(text).expect("a test writes real dates")
    }

    /// Kind, date, amount, ref, payment number and place in its batch; 0 for no ref and no batch.
    type Row = (Kind, &'static str, &'static str, u64, &'static str, u64);

    /// A payment's seq, day, amount and number.
    type Told = (u64, String, String, String);

    /// The payments on the last day of 2022, of rows with seqs from 1.
    fn netted(rows: &[Row]) -> (Vec<Told>, Vec<u64>) {
        netted_with_ids(rows, "")
    }

    /// The same, where every row carries an id.
    fn netted_with_ids(rows: &[Row], id: &str) -> (Vec<Told>, Vec<u64>) {
        let mut payments = Payments::new(day("2022-12-31"));
        for (seq, (kind, date, amount, refers_to, payment, place)) in (1..).zip(rows) {
            let mut what = Particulars::new(*kind, day(date));
            what.amount = Amount::canonical(amount).expect("a test writes real amounts");
            what.refers_to = (*refers_to > 0).then_some(*refers_to);
            what.payment = (*payment).to_owned();
            let batch = (*place > 0).then_some(Batch { place: *place, count: 2 });
            let empty = String::new;
            let entry =
                Entry { seq, what, batch, id: id.to_owned(), by: empty(), at: empty(), digest: Digest::default() };
            payments.take(&borrowed(&entry));
        }
        let (paid, _, away) = payments.netted();
        let told = |paid: Paid| (paid.seq, paid.date.to_string(), paid.amount.to_string(), paid.payment);
        (paid.into_iter().map(told).collect(), away)
    }

    fn borrowed(entry: &Entry<String>) -> Entry<&str> {
        let what = &entry.what;
        let what = Particulars {
            kind: what.kind,
            date: what.date,
            occurred: None,
            allocation: "",
            fund: None,
            amount: what.amount,
            plan: "",
            payee: what.payee.as_str(),
            memo: "",
            voucher: "",
            payment: what.payment.as_str(),
            economic: "",
            method: "",
            invoice: "",
            refers_to: what.refers_to,
            doc: "",
        };
        Entry { seq: entry.seq, what, batch: entry.batch, id: &entry.id, by: "", at: "", digest: entry.digest }
    }

    fn told(seq: u64, date: &str, amount: &str, payment: &str) -> Told {
        (seq, date.into(), amount.into(), payment.into())
    }

    #[test]
    fn a_reversal_moves_no_money_and_a_refund_does() {
        let (paid, away) = netted(&[
            (Kind::Expense, "2022-03-01", "100.00", 0, "", 0),
            (Kind::Expense, "2022-03-02", "80.00", 0, "", 0),
            (Kind::Reversal, "2022-04-01", "-100.00", 1, "", 0),
            (Kind::Reversal, "2022-04-01", "-30.00", 2, "", 0),
            (Kind::Refund, "2022-05-01", "-20.00", 2, "", 0),
        ]);
        assert_eq!(paid, [told(2, "2022-03-02", "50.00", ""), told(5, "2022-05-01", "-20.00", "")]);
        assert_eq!(away, [1, 3, 4]);
    }

    #[test]
    fn a_corrected_payment_moved_on_its_first_day() {
        let (paid, away) = netted(&[
            (Kind::Expense, "2022-03-01", "100.00", 0, "A1", 0),
            (Kind::Reversal, "2022-09-01", "-100.00", 1, "A1", 1),
            (Kind::Expense, "2022-09-01", "90.00", 0, "A1", 2),
            (Kind::Reversal, "2022-10-01", "-90.00", 3, "A1", 1),
            (Kind::Expense, "2022-10-01", "91.00", 0, "A1", 2),
            (Kind::Expense, "2022-10-02", "5.00", 0, "", 0),
        ]);
        assert_eq!(paid, [told(5, "2022-03-01", "91.00", "A1"), told(6, "2022-10-02", "5.00", "")]);
        assert_eq!(away, [1, 2, 3, 4]);
    }

    /// Both rows of the first batch are red, so no right entry has followed them when the next batch begins.
    #[test]
    fn what_a_batch_has_taken_back_is_forgotten_with_it() {
        let (paid, _) = netted(&[
            (Kind::Expense, "2022-03-01", "100.00", 0, "", 0),
            (Kind::Expense, "2022-03-02", "50.00", 0, "", 0),
            (Kind::Reversal, "2022-09-01", "-100.00", 1, "", 1),
            (Kind::Reversal, "2022-09-01", "-50.00", 2, "", 2),
            (Kind::Expense, "2022-10-01", "7.00", 0, "", 1),
            (Kind::Expense, "2022-10-01", "8.00", 0, "", 2),
        ]);
        assert_eq!(paid, [told(5, "2022-10-01", "7.00", ""), told(6, "2022-10-01", "8.00", "")]);
    }

    #[test]
    fn what_is_dated_later_is_told_apart_unless_nothing_is_left_of_it() {
        let mut payments = Payments::new(day("2022-12-31"));
        for (seq, kind, amount, refers_to) in
            [(1, Kind::Expense, "9.00", None), (2, Kind::Expense, "5.00", None), (3, Kind::Reversal, "-5.00", Some(2))]
        {
            let mut entry = Entry::bare(seq, kind, day("2023-01-05"));
            entry.what.amount = Amount::canonical(amount).expect("a test writes real amounts");
            entry.what.refers_to = refers_to;
            payments.take(&entry);
        }
        let (paid, later, away) = payments.netted();
        assert_eq!((paid.len(), later.iter().map(|paid| paid.seq).collect::<Vec<_>>(), away), (0, vec![1], vec![]));
    }

    #[test]
    fn what_was_imported_beside_a_red_row_is_no_correction() {
        let rows = [
            (Kind::Expense, "2022-03-01", "100.00", 0, "", 0),
            (Kind::Reversal, "2022-09-01", "-100.00", 1, "", 1),
            (Kind::Expense, "2022-09-01", "90.00", 0, "", 2),
        ];
        assert_eq!(netted_with_ids(&rows, "each-its-own").0, [told(3, "2022-09-01", "90.00", "")]);
        assert_eq!(netted(&rows).0, [told(3, "2022-03-01", "90.00", "")]);
    }

    #[test]
    fn a_payment_number_may_come_later_and_what_is_dated_later_is_not_seen() {
        let (paid, away) = netted(&[
            (Kind::Expense, "2022-03-01", "100.00", 0, "", 0),
            (Kind::Note, "2022-04-01", "0.00", 1, "B7", 0),
            (Kind::Note, "2022-04-02", "0.00", 1, "", 0),
            (Kind::Reversal, "2023-01-05", "-100.00", 1, "", 0),
            (Kind::Expense, "2023-01-05", "9.00", 0, "", 0),
        ]);
        assert_eq!((paid, away), (vec![told(1, "2022-03-01", "100.00", "B7")], vec![]));
    }
}
