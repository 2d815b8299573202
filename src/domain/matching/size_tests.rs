//! Large sides, and those that are made to take long: what becomes of them. How long it takes is told when `TELL` is set,
//! never asserted: machines differ.

use std::time::Instant;

use super::examples_tests::date;
use super::worlds_tests::{Dice, World, fen, tell};
use super::*;

/// A year of so many movements that repeats made-up years with other numbers and amounts.
fn large(size: usize) -> (Vec<Paid>, Vec<Told>) {
    let (mut paid, mut told) = (Vec::with_capacity(size), Vec::with_capacity(size));
    for seed in 0.. {
        let world = World::made(seed, 500, false);
        for (mut item, seq) in world.paid.into_iter().zip(paid.len() as u64 + 1..) {
            item.seq = seq;
            paid.push(item);
        }
        for (mut item, line) in world.told.into_iter().zip(told.len() as u64 + 1..) {
            item.line = line;
            told.push(item);
        }
        if paid.len() >= size {
            break;
        }
    }
    (paid, told)
}

/// So many times one amount to so many payees, a part of them days late.
fn alike(size: u64, payees: u64, are_named: bool) -> (Vec<Paid>, Vec<Told>) {
    let mut dice = Dice(size);
    let (mut paid, mut told) = (Vec::new(), Vec::new());
    for name in 0..size {
        let payee = format!("收款人{:06}号", dice.below(payees));
        let day = i64::try_from(dice.below(360)).expect("a year");
        let late = if dice.below(50) == 0 { i64::try_from(dice.below(6)).expect("six") } else { 0 };
        let theirs = if are_named || dice.below(50) > 0 { payee.as_str().into() } else { "".into() };
        let payment = String::new;
        paid.push(Paid { seq: name, date: date(day), amount: fen(50_000), payee: payee.into(), payment: payment() });
        told.push(Told { line: name, date: date(day + late), amount: fen(50_000), payee: theirs, payment: payment() });
    }
    (paid, told)
}

fn timed(what: &str, (paid, told): (Vec<Paid>, Vec<Told>)) -> Matching {
    let start = Instant::now();
    let matching = matched(&paid, &told, &Manner::default());
    tell(&format!(
        "{what}: {} against {} in {:?}; {} matches, {} open, {} and {} left",
        paid.len(),
        told.len(),
        start.elapsed(),
        matching.matches.len(),
        matching.ambiguous.len(),
        matching.only_in_ledger.len(),
        matching.only_in_statement.len()
    ));
    matching
}

/// One side of each, made by what an item's day, 分, payee and number are.
fn both(size: u64, mut item: impl FnMut(u64, bool) -> (i64, i64, String, String)) -> (Vec<Paid>, Vec<Told>) {
    let (mut paid, mut told) = (Vec::new(), Vec::new());
    for name in 0..size {
        let (day, cents, payee, payment) = item(name, true);
        paid.push(Paid { seq: name, date: date(day), amount: fen(cents), payee: payee.into(), payment });
        let (day, cents, payee, payment) = item(name, false);
        told.push(Told { line: name, date: date(day), amount: fen(cents), payee: payee.into(), payment });
    }
    (paid, told)
}

/// How many rows and lines are matched, open and left.
fn counts(matching: &Matching) -> [usize; 3] {
    let count = |items: &Together| items.seqs.len() + items.lines.len();
    [
        matching.matches.iter().map(|pair| count(&pair.items)).sum(),
        matching.ambiguous.iter().map(|open| count(&open.items)).sum(),
        matching.only_in_ledger.len() + matching.only_in_statement.len(),
    ]
}

#[test]
fn what_is_all_alike_is_left_open_as_soon_as_one_is_missing() {
    let alike = |_, _| (5, 50_000, "张三".to_owned(), String::new());
    let matching = timed("all of one day", both(100_000, alike));
    assert_eq!(counts(&matching), [200_000, 0, 0], "as many as there are lines: all of them, whichever is which");
    let (mut paid, told) = both(100_000, alike);
    paid.pop();
    assert_eq!(counts(&timed("all of one day but one", (paid, told))), [0, 199_999, 0]);
}

#[test]
fn one_amount_on_any_day_is_hardly_ever_sure() {
    let mut dice = Dice(1);
    let mut day = || i64::try_from(dice.below(360)).expect("a year");
    let (paid, told) = both(100_000, |_, _| (day(), 50_000, String::new(), String::new()));
    assert_eq!(counts(&timed("one amount, no payee, any day", (paid, told))), [590, 199_410, 0]);
}

#[test]
fn small_amounts_that_could_sum_to_anything_are_not_put_together() {
    let small = |name: u64, is_paid: bool| {
        let (amount, payee) = if is_paid { (1 + name % 97, "张三") } else { (1_000_000 + name % 89 * 100, "张三") };
        let amount = i64::try_from(amount).expect("small");
        (i64::try_from(name % 360).expect("a year"), amount, payee.to_owned(), String::new())
    };
    assert_eq!(counts(&timed("small amounts, one payee", both(50_000, small))), [0, 0, 100_000]);
    let nameless = |name, is_paid| (3, small(name, is_paid).1, String::new(), String::new());
    assert_eq!(counts(&timed("small amounts, one day, no payee", both(50_000, nameless))), [0, 0, 100_000]);
    // As few as are searched, each week's sum made in many ways.
    let few = |name: u64, is_paid: bool| {
        let week = i64::try_from(name / 18 * 20).expect("few");
        (
            week,
            if is_paid { 100 } else { 500 + i64::try_from(name % 2).expect("two") },
            format!("第{}号", name / 18),
            String::new(),
        )
    };
    let [matched, open, left] = counts(&timed("eighteen alike in a week", both(50_000, few)));
    assert_eq!((matched, open + left), (0, 100_000));
    assert!(open > 40_000);
}

#[test]
fn one_payment_number_on_everything_decides_only_what_comes_to_the_same() {
    let one = |name: u64, _| {
        let number = |number: u64| i64::try_from(number).expect("small");
        let amount = name * 7_919 % 3_000_017 + 1;
        (number(name % 360), number(amount), format!("第{}号", name % 50), "ZF1".to_owned())
    };
    let (mut paid, told) = both(100_000, one);
    assert_eq!(counts(&timed("one number", (paid.clone(), told.clone()))), [200_000, 0, 0]);
    paid.truncate(50_000);
    assert_eq!(counts(&timed("one number, half of it missing", (paid, told))), [100_000, 0, 50_000]);
}

#[test]
fn sides_that_know_nothing_of_each_other_are_left_alone() {
    let apart = |name: u64, is_paid: bool| {
        let amount = 1_000_000 + 2 * i64::try_from(name).expect("few") + i64::from(is_paid);
        let payee = if is_paid { format!("甲第{name}号") } else { format!("乙第{name}号") };
        (i64::try_from(name % 360).expect("a year"), amount, payee, String::new())
    };
    assert_eq!(counts(&timed("nothing in common", both(50_000, apart))), [0, 0, 100_000]);
}

#[test]
fn a_hundred_thousand_against_a_hundred_thousand() {
    timed("years", large(100_000));
    timed("one amount, one payee", alike(100_000, 1, true));
    timed("one amount, a thousand payees", alike(100_000, 1_000, false));
    timed("one amount, all payees different", alike(100_000, 1_000_000, false));
}

#[test]
#[ignore = "it takes half a minute to make"]
fn a_million_against_a_million() {
    timed("years", large(1_000_000));
    timed("one amount, a thousand payees", alike(1_000_000, 1_000, false));
}
