//! Whatever rows come, and however few are held, they are those that came, by date and seq.

use proptest::prelude::*;

use super::*;
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::FiscalYear;
use crate::domain::entry::Kind;
use crate::store::disk::Disk;
use crate::store::grid::one_file::OneFile;

/// Of a long ledger: what is beyond the bound goes to a real file.
fn long(most_held: usize) -> Daybook {
    let folder = std::env::temp_dir();
    let file = Disk::default().nameless(&folder).expect("tests may write there");
    let filed = Filed { folder, file, length: 0, pieces: Vec::new() };
    Daybook { held: Held::default(), most_held, beyond: Beyond::Filed(filed) }
}

fn any_row() -> impl Strategy<Value = Mover> {
    let text = || prop_oneof![Just(String::new()), "[a-z]{1,9}", "[一-龥]{0,40}", ".{0,300}"];
    let days = FiscalYear::new(2022).expect("a year").first_day().iter_days().take(365).collect::<Vec<_>>();
    let date = prop_oneof![0..365_usize, 100..103_usize].prop_map(move |day| days[day]);
    let kind = (0..Kind::ALL.len()).prop_map(|place| Kind::ALL[place]);
    let fund = (0..=Fund::ALL.len()).prop_map(|place| Fund::ALL.get(place).copied());
    let amount = prop_oneof![-300_i128..300, any::<i64>().prop_map(i128::from), any::<i128>()];
    let refers_to = prop_oneof![Just(None), any::<u32>().prop_map(|seq| Some(u64::from(seq))), Just(Some(u64::MAX))];
    let texts = (text(), text(), text(), text(), text(), text(), text(), text());
    (date, kind, fund, amount, refers_to, texts).prop_map(|(date, kind, fund, amount, refers_to, texts)| {
        let (allocation, plan, payee, memo, voucher, payment, invoice, doc) = texts;
        let amount = Amount::from_fen(amount);
        let seq = None;
        Mover {
            seq,
            date,
            kind,
            allocation,
            fund,
            amount,
            plan,
            payee,
            memo,
            voucher,
            payment,
            invoice,
            refers_to,
            doc,
        }
    })
}

fn borrowed(row: &Mover) -> Mover<&str> {
    Mover {
        seq: row.seq,
        date: row.date,
        kind: row.kind,
        allocation: &row.allocation,
        fund: row.fund,
        amount: row.amount,
        plan: &row.plan,
        payee: &row.payee,
        memo: &row.memo,
        voucher: &row.voucher,
        payment: &row.payment,
        invoice: &row.invoice,
        refers_to: row.refers_to,
        doc: &row.doc,
    }
}

proptest! {
    #[test]
    fn rows_come_back_by_date_and_seq_as_often_as_they_are_asked_for(
        mut rows in prop::collection::vec(any_row(), 0..60),
        most_held in prop_oneof![Just(0), 1..3_000_usize, Just(1 << 20)],
    ) {
        let mut daybook = long(most_held);
        for (seq, row) in (1..).zip(&mut rows) {
            row.seq = Some(seq);
            daybook.add(&borrowed(row));
        }
        rows.sort_by_key(|row| (row.date, row.seq));
        let laid_by = daybook.into_rows().expect("the disk works");
        for _ in 0..2 {
            let walked: Result<Vec<_>, _> = laid_by.walk().collect();
            prop_assert_eq!(&walked.expect("the disk works"), &rows);
            let mut left = rows.iter();
            laid_by.scan(&mut |row| assert_eq!(Some(row), left.next().map(borrowed))).expect("the disk works");
            prop_assert!(left.next().is_none());
        }
    }
}

proptest! {
    #[test]
    fn rows_that_waited_for_their_turn_come_back_like_those_that_did_not(
        stretches in prop::collection::vec(prop::collection::vec(any_row(), 0..9), 0..6),
        most_held in prop_oneof![Just(0), 1..3_000_usize, Just(1 << 20)],
    ) {
        let (mut one_after_another, mut joined) = (long(most_held), long(most_held));
        for (seq, row) in (1..).zip(stretches.iter().flatten()) {
            one_after_another.add(&Mover { seq: Some(seq), ..borrowed(row) });
        }
        let mut seqs = 1..;
        for stretch in &stretches {
            let mut few = Daybook::for_few();
            stretch.iter().zip(&mut seqs).for_each(|(row, seq)| few.add(&Mover { seq: Some(seq), ..borrowed(row) }));
            prop_assert!(few.has_all());
            joined.join(&few);
        }
        let rows = |daybook: Daybook| -> Vec<Mover> {
            let rows = daybook.into_rows().expect("the disk works");
            rows.walk().map(|row| row.expect("the disk works")).collect()
        };
        prop_assert_eq!(rows(joined), rows(one_after_another));
    }
}

fn row(seq: usize, date: Date, memo: &str) -> Mover<&str> {
    Mover {
        seq: Some(seq as u64),
        date,
        kind: Kind::Adjustment,
        allocation: "travel",
        fund: None,
        amount: Amount::from_fen(seq as i128),
        plan: "",
        payee: "",
        memo,
        voucher: "",
        payment: "",
        invoice: "",
        refers_to: None,
        doc: "",
    }
}

#[test]
fn a_daybook_for_few_says_when_there_were_more() {
    let mut few = Daybook::for_few();
    let row = row(1, Date::default(), "");
    let room = (1..).find(|_| {
        few.add(&row);
        !few.has_all()
    });
    assert!(room.is_some_and(|rows| rows > 500), "{room:?}");
    few.add(&row);
    assert!(!few.has_all(), "what was let go does not come back");
}

/// More than a piece of one day, and more than is written at once.
#[test]
fn a_long_day_comes_back_in_order() {
    let days: Vec<Date> = FiscalYear::new(2022).expect("a year").first_day().iter_days().take(3).collect();
    let mut daybook = long(700_000);
    let memo = "长".repeat(100);
    let row = |seq: usize| {
        let date = if seq.is_multiple_of(1_000) { days[seq / 1_000 % 3] } else { days[1] };
        row(seq, date, &memo)
    };
    for seq in 1..=9_000 {
        daybook.add(&row(seq));
    }
    let Beyond::Filed(filed) = &daybook.beyond else { panic!("a long ledger has a file") };
    assert!(filed.pieces.len() < 100, "what is known of the pieces is held too");
    assert!(filed.length > 2_000_000 && filed.pieces.iter().all(|piece| (piece.length as usize) < 2 * PIECE));
    assert!(daybook.held.bytes.capacity() < 2 * 700_000, "no more is held than may be");
    let mut seqs: Vec<usize> = (1..=9_000).collect();
    seqs.sort_by_key(|seq| row(*seq).date);
    let rows = daybook.into_rows().expect("the disk works");
    let walked: Vec<u64> = rows.walk().map(|row| row.expect("the disk works").seq.expect("it has one")).collect();
    assert_eq!(walked, seqs.iter().map(|seq| *seq as u64).collect::<Vec<_>>());
}

/// Of a ledger of this length, where no file is to be had.
fn without_a_file(length: usize, overflow: &Overflow) -> Daybook {
    Daybook::of_ledger(&OneFile::new(vec![0; length]), Path::new("ledger"), overflow)
}

#[test]
fn what_just_fits_needs_no_file() {
    let bound = |most_held: usize| Overflow { folder: "nowhere".into(), most_held };
    let filled = |mut daybook: Daybook| {
        (1..=2).for_each(|seq| daybook.add(&row(seq, Date::default(), "")));
        daybook
    };
    let joined = |mut daybook: Daybook| {
        daybook.join(&filled(Daybook::for_few()));
        daybook
    };
    let is_whole = |daybook: Daybook| daybook.into_rows().is_ok();
    let size = filled(Daybook::for_few()).held.size();
    for (most_held, fits) in [(size + 1, true), (size, true), (size - 1, false)] {
        let daybook = || without_a_file(size + 2, &bound(most_held));
        assert_eq!([filled(daybook()), joined(daybook())].map(is_whole), [fits; 2], "{most_held} bytes of {size}");
    }
    // Rows take less room than their ledger, so that a short one is not even asked.
    assert!(is_whole(filled(without_a_file(9, &bound(9)))));
    assert!(!is_whole(filled(without_a_file(10, &bound(9)))));
    assert!(is_whole(filled(without_a_file(4_000, &Overflow::into_folder("nowhere".into())))));
    // A file that was to be had may be full, where nothing is to be written to it.
    let full = Filed { folder: "full".into(), file: Box::new(OneFile::new("")), length: 0, pieces: Vec::new() };
    let daybook = Daybook { held: Held::default(), most_held: size, beyond: Beyond::Filed(full) };
    assert!(is_whole(filled(daybook)));
}

#[test]
fn a_disk_that_hands_back_other_bytes_is_not_believed() {
    let mut bytes = Vec::new();
    row_bytes::put(&row(1, Date::default(), "12.50"), &mut bytes);
    let length = u32::try_from(bytes.len()).expect("short");
    let piece = Piece { date: Date::default(), length, start: 0, digest: digest(&bytes) };
    let other = String::from_utf8_lossy(&bytes).replace("12.50", "92.50");
    for (file, holds) in [(bytes.clone(), true), (other.into_bytes(), false)] {
        let file = Box::new(OneFile::new(file));
        let filed = Filed { folder: "aside".into(), file, length: length.into(), pieces: vec![piece] };
        assert_eq!(filed.scan(&mut |_| {}).is_ok(), holds);
        assert_eq!(filed.walk().all(|row| row.is_ok()), holds);
    }
}
