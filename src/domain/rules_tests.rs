//! Which row a number means, and where the plan to date is passed.

use super::super::calendar::{Pace, iso_date};
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
fn spending_all_that_is_planned_to_date_is_not_ahead_of_the_plan() {
    let mut positions = Positions::new(day("2022-12-31"), FiscalYear::new(2022).expect("a year"), Pace::Days);
    let mut budget = Particulars::new(Kind::Budget, day("2022-01-05"));
    (budget.allocation, budget.plan) = ("travel".to_owned(), "even".to_owned());
    budget.amount = Amount::from_fen(10_000);
    positions.add(&budget);
    let control = Control {
        allocation: Limit::Warn,
        total: Limit::Warn,
        warn_by_period: true,
        pace: Pace::Days,
        band: super::super::amount::Rate::TEN,
    };
    let remarks = |fen| {
        let mut row = Particulars::new(Kind::Expense, day("2022-12-31"));
        (row.allocation, row.amount) = ("travel".to_owned(), Amount::from_fen(fen));
        check_spending(&row, "", &positions, &positions, &control, false).remarks.len()
    };
    assert_eq!((remarks(10_000), remarks(10_001)), (0, 3));
}
