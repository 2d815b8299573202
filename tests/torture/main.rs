//! The torture suite: each promise of the program broken into by force, on the release binary and the real kernel
//! wherever that can be. It prints what was tried in numbers and what was found; what the machine does not permit is
//! "not tried", never passed.
//!
//! `cargo test --release --locked --test torture` runs a seeded share of minutes, `tests/torture/whole` all of it. Words
//! behind `--` choose trials by their names. `TAIZHANG_SEED=N` plays other dice.
#![expect(clippy::unwrap_used, reason = "a trial that can't go on should say where it stopped")]

/// A disk in memory that keeps as little as a disk may.
mod careless;
/// Clocks that are wrong, and zones that are none.
mod clock;
/// Eight writers at once, killed.
mod crowd;
/// A thousand rows damaged in every way.
mod damage;
/// Death at every byte of an append.
mod death;
#[path = "../dice.rs"]
mod dice;
/// A ledger taken apart and sealed again by hand.
mod forgery;
/// Disks without room.
mod full_disk;
/// Ledgers of format 1, kept for ever.
mod golden;
/// Every system call refused, or the last one.
mod kernel;
#[expect(dead_code, reason = "trials need less of it than tests do")]
#[path = "../memory.rs"]
mod memory;
#[expect(dead_code, reason = "trials need less of an office than tests do")]
#[path = "../office.rs"]
mod office;
/// The power fails on a real file system.
mod power_cut;
/// A folder in which the release binary works, and what it leaves there.
mod shop;
/// Made-up lives of a ledger on a careless disk.
mod simulator;
/// What is far too large.
mod size;
/// Streams that nobody hears.
mod streams;
/// What a trial is, and the table at the end.
mod trial;
/// Workbooks as no spreadsheet writes them.
mod workbook;

use trial::{Share, Trial, play};

/// Every trial, in the order of the plan.
const TRIALS: &[Trial] = &[
    death::TRIAL,
    kernel::KILLED,
    kernel::REFUSED,
    power_cut::TRIAL,
    simulator::TRIAL,
    damage::BITS,
    damage::ROWS,
    golden::BY_PYTHON,
    golden::KEPT,
    clock::TRIAL,
    size::TRIAL,
    crowd::TRIAL,
    full_disk::TRIAL,
    streams::TRIAL,
];

fn main() {
    let share = Share::asked();
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |trial: &&Trial| chosen.is_empty() || chosen.iter().any(|word| trial.name.contains(word));
    let found = play(TRIALS.iter().filter(is_chosen), &share);
    std::process::exit(i32::from(found > 0));
}
