//! The torture suite: each promise of the program broken into by force, on the release binary and the real kernel
//! wherever that can be. It prints what was tried in numbers and what was found; what the machine does not permit is
//! "not tried", never passed.
//!
//! `cargo test --release --locked --test torture` runs a seeded share of minutes, `tests/torture/whole` all of it. Words
//! behind `--` choose trials by their names. `TAIZHANG_SEED=N` plays other dice.
#![expect(clippy::unwrap_used, reason = "a trial that can't go on should say where it stopped")]

/// Eight writers at once, killed.
mod crowd;
/// Death at every byte of an append.
mod death;
#[path = "../dice.rs"]
mod dice;
/// Disks without room.
mod full_disk;
/// Every system call refused, or the last one.
mod kernel;
/// A folder in which the release binary works, and what it leaves there.
mod shop;
/// Streams that nobody hears.
mod streams;
/// What a trial is, and the table at the end.
mod trial;

use trial::{Share, Trial, play};

/// Every trial, in the order of the plan.
const TRIALS: &[Trial] =
    &[death::TRIAL, kernel::KILLED, kernel::REFUSED, crowd::TRIAL, full_disk::TRIAL, streams::TRIAL];

fn main() {
    let share = Share::asked();
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |trial: &&Trial| chosen.is_empty() || chosen.iter().any(|word| trial.name.contains(word));
    let found = play(TRIALS.iter().filter(is_chosen), &share);
    std::process::exit(i32::from(found > 0));
}
