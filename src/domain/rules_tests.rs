//! Which row a number means.

use super::super::calendar::iso_date;
use super::super::entry::Entry;
use super::*;

fn day(text: &str) -> Date {
    iso_date(text).expect("a day")
}

fn spending(seq: u64, kind: Kind) -> Spending {
    Spending { entry: Entry::bare(seq, kind, day("2022-03-05")).kept(), left: Amount::FEN, mates: Vec::new() }
}

/// The row that `11` means among these, where an expense is wanted.
fn eleven(referred: &[Spending]) -> Result<u64, Refusal> {
    the_row(referred, "11", 20, Some(Kind::Expense)).map(|found| found.entry.seq)
}

#[test]
fn where_the_row_of_that_seq_is_no_expense_the_one_with_that_voucher_is_meant_on_either_side_of_it() {
    let (voucher, seq) = (Kind::Expense, Kind::Refund);
    assert_eq!(eleven(&[spending(3, voucher), spending(11, seq)]), Ok(3));
    assert_eq!(eleven(&[spending(11, seq), spending(15, voucher)]), Ok(15));
}

#[test]
fn a_number_that_two_expenses_answer_to_is_asked_about() {
    let both = [spending(3, Kind::Expense), spending(11, Kind::Expense)];
    assert_eq!(eleven(&both), Err(Refusal::SeqOrVoucher { number: 11, rows: vec![3] }));
    let neither = [spending(3, Kind::Expense), spending(15, Kind::Expense)];
    assert_eq!(eleven(&neither), Err(Refusal::SeveralRows { named: "11".to_owned(), rows: vec![3, 15] }));
}

#[test]
fn a_part_is_taken_back_up_to_all_that_is_left_and_never_nothing() {
    let spending = Spending { left: Amount::from_fen(500), ..spending(3, Kind::Expense) };
    let part = |fen| taken_back(&spending, Some(Amount::from_fen(fen))).map(Amount::fen);
    assert_eq!(taken_back(&spending, None).map(Amount::fen), Ok(500));
    assert_eq!([part(1), part(500)], [Ok(1), Ok(500)]);
    for fen in [0, -1] {
        assert_eq!(part(fen), Err(Refusal::NotPositive { amount: Amount::from_fen(fen) }));
    }
    assert!(matches!(part(501), Err(Refusal::MoreThanLeft { row: 3, .. })));
}
