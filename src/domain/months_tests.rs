//! Months over the pieces of a ledger, joined: the months over the whole of it.

use proptest::prelude::*;

use super::super::amount::Amount;
use super::super::budget::Fund;
use super::super::calendar::iso_date;
use super::super::entry::{Batch, Kind};
use super::super::ledger::Closed;
use super::*;

/// What a made-up row is made of: its kind, its day, how far back the row lies that it refers to, its day of business, and
/// whether it is followed by the right entry beside it.
type Made = (usize, u32, Option<u64>, Option<u32>, bool);

/// The days of a year whose months have 28.
fn day(number: u32) -> Date {
    iso_date(&format!("2022-{:02}-{:02}", number / 28 + 1, number % 28 + 1)).expect("a day")
}

const DAYS: u32 = 12 * 28;

fn rows(made: &[Made]) -> Vec<Entry<&'static str>> {
    let mut rows: Vec<Entry<&str>> = Vec::new();
    for (kind, on, back, occurred, has_second) in made {
        let kind = [Kind::Expense, Kind::Commitment, Kind::Reversal, Kind::Budget, Kind::Close][*kind];
        let date = if kind == Kind::Close { Month::of(day(*on)).last_day() } else { day(*on) };
        let mut add = |kind, back: Option<u64>, batch| {
            let seq = rows.len() as u64 + 1;
            let refers_to = back.and_then(|back| seq.checked_sub(back)).filter(|seq| *seq > 0);
            let mut row = Entry::bare(seq, kind, date);
            row.what = Particulars {
                occurred: occurred.map(day),
                allocation: "travel",
                fund: Fund::ALL.get(seq as usize % 3).copied(),
                amount: Amount::typed("1.5").expect("an amount"),
                plan: "even",
                refers_to,
                ..row.what
            };
            rows.push(Entry { batch, ..row });
        };
        let is_pair = *has_second && kind == Kind::Reversal;
        add(kind, *back, is_pair.then_some(Batch { place: 1, count: 2 }));
        if is_pair {
            add(Kind::Expense, back.map(|back| back + 3), Some(Batch { place: 2, count: 2 }));
        }
    }
    rows
}

/// The state after some rows, as far as months ask for it.
fn state(rows: &[Entry<&str>]) -> Ledger {
    let closes = rows.iter().filter(|row| row.what.kind == Kind::Close).map(|row| Closed {
        month: Month::of(row.what.date.expect("every row has a day")),
        seq: row.seq,
        digest: row.digest,
        sealed: None,
    });
    let mut ledger = Ledger::default();
    ledger.closes.extend(closes);
    rows.last().map(|last| ledger.after(last)).unwrap_or_default()
}

proptest! {
    #[test]
    fn months_over_pieces_join_to_those_over_the_whole(
        made in prop::collection::vec(
            (0_usize..5, 0..DAYS, prop::option::of(1_u64..12), prop::option::weighted(0.2, 0..DAYS), any::<bool>()),
            1..50,
        ),
        on in 0..DAYS,
        every in 1_usize..9,
    ) {
        let rows = rows(&made);
        let year = FiscalYear::new(2022).expect("a year");
        let mut whole = Months::new(day(on), year, Pace::Days);
        rows.iter().for_each(|row| whole.take(row));

        let mut joined = Months::new(day(on), year, Pace::Days);
        let mut start = 0;
        while start < rows.len() {
            let end = (start + every).min(rows.len());
            let later = joined.nothing_after(&state(&rows[..start]));
            let is_within_two = rows[..start].last().is_some_and(|last| last.batch.is_some_and(|batch| batch.place == 1));
            prop_assert_eq!(later.is_none(), is_within_two);
            match later {
                Some(mut later) => {
                    rows[start..end].iter().for_each(|row| later.take(row));
                    joined.join(later);
                }
                None => rows[start..end].iter().for_each(|row| joined.take(row)),
            }
            start = end;
        }
        for month in year.months() {
            // Which fund came first differs, for rows that couldn't be told before are taken over last.
            let by_fund = |months: &Months| months.corrections(month).by_fund("travel");
            prop_assert_eq!(by_fund(&joined), by_fund(&whole));
        }
        prop_assert!(joined.undecided.is_empty());
        prop_assert_eq!(joined.on_the_day, whole.on_the_day);
        prop_assert_eq!(joined.moved, whole.moved);
        prop_assert_eq!(joined.given, whole.given);
    }
}
