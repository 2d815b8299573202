//! T6: many writers at once, many of them killed. What was acknowledged is there, nothing is there twice, and the rows
//! are without a gap.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::dice::Dice;
use crate::shop::{Shop, rows};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial = Trial {
    name: "T6 eight-writers-killed",
    what: "eight writers at once, half of them killed at a random moment",
    run,
};

const WRITERS: u64 = 8;
/// Rows in one ledger: more would only make each append read more.
const ROWS_A_BOOK: u64 = 4_000;

fn run(share: &Share) -> Tally {
    let mut tally = Tally::default();
    let wanted = share.of(1_500, 100_000);
    let mut book = 0;
    while tally.tries < wanted && tally.faults.is_empty() {
        book += 1;
        tally.add(crowded(share.seed * 1_000 + book, (wanted - tally.tries).min(ROWS_A_BOOK)));
    }
    tally
}

/// One ledger and its writers.
fn crowded(seed: u64, appends: u64) -> Tally {
    let shop = Shop::opened();
    let next = AtomicU64::new(0);
    let mut acknowledged = Vec::new();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (shop, next) = (&shop, &next);
                scope.spawn(move || writes(shop, next, appends, &mut Dice(seed * WRITERS + writer)))
            })
            .collect();
        for writer in writers {
            acknowledged.extend(writer.join().unwrap());
        }
    });
    let mut tally = Tally { tries: appends, ..Tally::default() };
    let verified = shop.runs("verify");
    let ledger = shop.ledger();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(&ledger) {
        *found.entry(row[18].clone()).or_default() += 1;
    }
    let lost: Vec<&String> = acknowledged.iter().filter(|id| found.get(*id) != Some(&1)).collect();
    let doubled: Vec<&String> =
        found.iter().filter(|(id, count)| **count > 1 && !id.is_empty()).map(|(id, _)| id).collect();
    if verified.code != Some(0) || !lost.is_empty() || !doubled.is_empty() {
        tally.faults.push(format!("seed {seed}: lost {lost:?}, doubled {doubled:?}, {verified:?}"));
    }
    tally
}

/// One writer; answers with the ids that were acknowledged to it.
fn writes(shop: &Shop, next: &AtomicU64, appends: u64, dice: &mut Dice) -> Vec<String> {
    let mut acknowledged = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= appends {
            return acknowledged;
        }
        let id = format!("row-{number}");
        let mut child = shop.through(&[], &format!("record -a travel --amount 0.01 --id {id}")).spawn().unwrap();
        if dice.chance(2) {
            thread::sleep(Duration::from_micros(dice.below(30_000)));
            let _ = child.kill();
        }
        if child.wait().unwrap().code() == Some(0) {
            acknowledged.push(id);
        }
    }
}
