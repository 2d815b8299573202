//! The whole rule book as a state machine: thousands of random sequences of every writing command, each held against a
//! small model of its own that predicts the exit code, every reason why not, and the bytes.
//!
//! `TAIZHANG_WORLDS` says how many sequences to play, `TAIZHANG_FIRST` from which seed on, so that a long run can be
//! shared out over days. After each, every report is held against the laws, which takes as long as the sequence itself;
//! with `TAIZHANG_LAWS=8` only after each eighth. A failing one is printed with its seed, made as short as it can be; `TAIZHANG_SEED` plays one
//! seed alone. A new writing command is a [`command::Verb`], its options in [`rolls`] and [`pools`], what it must do in
//! one of the rule files, and its refusals in [`reasons`]. Tables to import are rolled in [`table_rolls`]; some
//! sequences are followed by a [`next_year`], which `carry` needs.

mod bills;
mod budget_changes;
mod closing;
mod command;
mod importing;
mod known;
mod last_year;
mod made_up;
mod model;
mod next_year;
mod play;
mod pools;
mod reading;
mod reasons;
mod rolls;
mod rules;
mod said;
mod shrink;
mod spending;
mod table;
mod table_rolls;
mod taking_back;
mod tally;

use crate::dice::number;
use std::sync::atomic::{AtomicU64, Ordering};

use command::Step;
use made_up::Made;
use play::World;
use rolls::Rolls;
use tally::Tally;

/// Sequences in an ordinary run.
const WORLDS: u64 = 1500;

/// A sequence that did not go as the model says.
struct Failed {
    steps: Vec<Step>,
    why: String,
}

/// Makes a sequence and plays it, and holds the reports of what it leaves against the laws.
fn play(seed: u64, with_laws: bool, tally: &mut Tally) -> Result<(), (Made, Failed)> {
    let (mut rolls, made) = Rolls::new(seed);
    let mut world = World::new(&made);
    let mut steps: Vec<Step> = Vec::new();
    for number in 0..rolls.length {
        let step = rolls.next(number, &world.model);
        steps.push(step.clone());
        match shrink::calmly(|| world.step(&step)) {
            Ok(happened) => tally.take(happened),
            Err(why) => return Err((made, Failed { steps, why })),
        }
    }
    let on = rolls.dice.below(365);
    match shrink::calmly(|| if with_laws { world.ends_well(on) } else { Ok(()) }) {
        Ok(()) => {}
        Err(why) => return Err((made, Failed { steps, why })),
    }
    next_year::follow(seed, &mut world, tally).map_err(|why| (made, Failed { steps, why }))
}

/// A failure in words: how to see it again, and the shortest sequence that still fails.
fn told(seed: u64, made: &Made, failed: Failed) -> String {
    let shortest = shrink::shortest(seed, made, failed);
    format!("TAIZHANG_SEED={seed}\n{}", shrink::told(made, &shortest))
}

#[test]
#[expect(clippy::print_stdout, reason = "how often each reason was met is for whoever asks with --nocapture")]
fn every_command_does_what_the_model_says_and_nothing_else() {
    if let Some(seed) = number("TAIZHANG_SEED") {
        if let Err((made, failed)) = play(seed, true, &mut Tally::default()) {
            panic!("{}", told(seed, &made, failed));
        }
        return;
    }
    let worlds = number("TAIZHANG_WORLDS").unwrap_or(WORLDS);
    let first = number("TAIZHANG_FIRST").unwrap_or(0);
    let end = first + worlds;
    let each = number("TAIZHANG_LAWS").unwrap_or(1);
    let next = AtomicU64::new(first);
    let worker = || {
        let mut tally = Tally::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return Ok(tally);
            }
            if let Err((made, failed)) = play(seed, seed.is_multiple_of(each), &mut tally) {
                // The others need not go on.
                next.store(end, Ordering::Relaxed);
                return Err(told(seed, &made, failed));
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let tallies: Vec<Result<Tally, String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut whole = Tally::default();
    for tally in tallies {
        match tally {
            Ok(tally) => whole.join(tally),
            Err(told) => panic!("{told}"),
        }
    }
    println!("{whole}");
    if worlds >= WORLDS {
        let unmet = whole.unmet();
        assert!(unmet.is_empty(), "hardly ever met: {unmet:?}");
    }
}
