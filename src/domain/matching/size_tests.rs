//! How long large sides take. Told when `TELL` is set, never asserted: machines differ.

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

fn timed(what: &str, (paid, told): (Vec<Paid>, Vec<Told>)) {
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
