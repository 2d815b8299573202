//! The right entries of corrections. One stands on the day of the correction: a table that was put right has it on the day
//! of the wrong one, under another content, and would bring it again.

use std::collections::BTreeMap;

use super::calendar::Date;
use super::entry::{Entry, Kind, Particulars};
use super::fingerprint::{Fingerprint, print_of};
use super::reasons::plain_memo;

/// Those of a ledger.
#[derive(Debug, Clone, Default)]
pub(crate) struct RightEntries {
    /// Their days, by what they have in common with the row of a table, and their seq.
    days: BTreeMap<(Fingerprint, u64), Option<Date>>,
    /// What the row before took back from in red, as the first of two.
    half_done: Option<u64>,
}

impl RightEntries {
    /// Takes the next row of the ledger. If it is one of them, returns which row it stands for.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) -> Option<u64> {
        let what = &entry.what;
        let is_of_two = |place| entry.batch.is_some_and(|batch| batch.place == place && batch.count == 2);
        // In a batch that was imported every row has an id.
        let wrong = self.half_done.filter(|_| what.kind == Kind::Expense && is_of_two(2) && entry.id.is_empty());
        self.half_done = what.refers_to.filter(|_| what.kind == Kind::Reversal && is_of_two(1));
        if wrong.is_some() {
            self.days.insert((print(what), entry.seq), what.date);
        }
        wrong
    }

    /// Those of the same allocation, amount, payee and voucher number as this row, and not of an earlier day. Where there is
    /// no voucher number, the memo is the same.
    pub(crate) fn like<'r>(&'r self, row: &Particulars<String>) -> impl Iterator<Item = u64> + use<'r> {
        let (of, date) = (if self.days.is_empty() { 0 } else { print(row) }, row.date);
        let alike = self.days.range((of, 0)..=(of, u64::MAX));
        alike.filter(move |(_, day)| **day >= date).map(|((_, seq), _)| *seq)
    }
}

fn print<Text: AsRef<str>>(row: &Particulars<Text>) -> Fingerprint {
    let (voucher, memo) = (row.voucher.as_ref(), row.memo.as_ref());
    let known_by = if voucher.is_empty() { plain_memo(memo) } else { voucher };
    print_of((row.allocation.as_ref(), row.amount.fen(), row.payee.as_ref(), voucher.is_empty(), known_by))
}

#[cfg(test)]
mod tests {
    use super::super::amount::Amount;
    use super::super::calendar::iso_date;
    use super::super::entry::Batch;
    use super::*;

    fn row(seq: u64, kind: Kind, place: u64, count: u64) -> Entry<&'static str> {
        let mut entry = Entry::bare(seq, kind, iso_date("2022-03-05").expect("a day"));
        entry.batch = Some(Batch { place, count });
        entry.what.refers_to = (kind != Kind::Expense).then_some(6);
        (entry.what.amount, entry.what.voucher) = (Amount::from_fen(1_000), "v-1");
        entry
    }

    #[test]
    fn the_second_of_two_behind_a_red_row_is_found_by_a_row_of_its_day_or_before() {
        let right = row(8, Kind::Expense, 2, 2);
        let found = |first: Entry<&str>, second: &Entry<&str>, date: &str| {
            let mut entries = RightEntries::default();
            assert_eq!(entries.take(&first), None);
            assert_eq!(entries.take(second).is_some(), entries.days.len() == 1);
            let brought = Particulars { date: iso_date(date), ..right.what.kept() };
            entries.like(&brought).collect::<Vec<_>>()
        };
        let red = || row(7, Kind::Reversal, 1, 2);
        for (date, seqs) in [("2022-01-05", vec![8]), ("2022-03-05", vec![8]), ("2022-03-06", vec![])] {
            assert_eq!(found(red(), &right, date), seqs, "{date}");
        }
        for first in [row(7, Kind::Reversal, 1, 3), row(7, Kind::Reversal, 2, 2), row(7, Kind::Refund, 1, 2)] {
            assert_eq!(found(first, &right, "2022-03-05"), [0_u64; 0]);
        }
        let (mut nameless, mut other, mut imported) = (right, right, right);
        (nameless.what.voucher, other.what.payee, imported.id) = ("", "B", "i-1-1");
        for second in [row(8, Kind::Expense, 1, 2), row(8, Kind::Note, 2, 2), nameless, other, imported] {
            assert_eq!(found(red(), &second, "2022-03-05"), [0_u64; 0]);
        }
    }

    #[test]
    fn where_there_is_no_voucher_number_the_memo_tells() {
        let mut right = row(8, Kind::Expense, 2, 2);
        (right.what.voucher, right.what.memo) = ("", "fares;allow-over=urgent");
        let mut entries = RightEntries::default();
        entries.take(&row(7, Kind::Reversal, 1, 2));
        assert_eq!(entries.take(&right), Some(6));
        for (memo, found) in [("fares", 1), ("fuel", 0)] {
            let brought = Particulars { memo: memo.to_owned(), ..right.what.kept() };
            assert_eq!(entries.like(&brought).count(), found, "{memo}");
        }
    }
}
