//! A trial: what it does, how much of it, and what came of it. It knows no ledger.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::dice::{Dice, number};

/// One way of breaking in.
pub(crate) struct Trial {
    /// Its number in the plan and a short name, such as `T1 death-at-every-byte`.
    pub(crate) name: &'static str,
    /// What is done, in a sentence.
    pub(crate) what: &'static str,
    pub(crate) run: fn(&Share) -> Tally,
}

/// How much is tried: the share of an ordinary run, or the whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    whole: bool,
    pub(crate) seed: u64,
    /// Which part of the whole, and of how many: what takes hours may be played over days.
    part: (usize, usize),
}

impl Share {
    /// As the environment says: `TAIZHANG_TORTURE` for the whole, `TAIZHANG_SEED` for other dice, `TAIZHANG_PART=0/4` for
    /// the first quarter of a trial that is played by [`each`](Self::each).
    pub(crate) fn asked() -> Self {
        let part = std::env::var("TAIZHANG_PART").unwrap_or_else(|_| "0/1".to_owned());
        let parsed = part.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
        let part = parsed.filter(|(part, parts)| part < parts).unwrap_or_else(|| panic!("no part is called {part}"));
        let seed = number("TAIZHANG_SEED").unwrap_or(1);
        Self { whole: std::env::var_os("TAIZHANG_TORTURE").is_some(), seed, part }
    }

    /// So many, or so many.
    pub(crate) fn of(&self, share: u64, whole: u64) -> u64 {
        if self.whole { whole } else { share }
    }

    /// Where to begin and how far to go on each time, to play one of so many, or this part of the whole.
    pub(crate) fn each(&self, share: usize) -> (usize, usize) {
        if self.whole { self.part } else { (Dice(self.seed).index(share), share) }
    }
}

/// What came of a trial.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) tries: u64,
    /// Each promise that did not hold, with all that is needed to see it again.
    pub(crate) faults: Vec<String>,
    /// Why something was not tried.
    pub(crate) not_tried: Vec<String>,
}

impl Tally {
    /// A trial that this machine does not permit.
    pub(crate) fn not_tried(why: impl Into<String>) -> Self {
        Self { not_tried: vec![why.into()], ..Self::default() }
    }

    /// Counts a try, and the fault if what must hold does not.
    pub(crate) fn holds(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        self.tries += 1;
        if !holds {
            self.faults.push(fault());
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.tries += other.tries;
        self.faults.extend(other.faults);
        self.not_tried.extend(other.not_tried);
    }
}

/// Plays the trials and prints the table. Answers how many faults were found.
pub(crate) fn play<'t>(trials: impl Iterator<Item = &'t Trial>, share: &Share) -> usize {
    let mut lines = Vec::new();
    let mut found = 0;
    for trial in trials {
        say(&format!("{}: {}", trial.name, trial.what));
        let began = Instant::now();
        let tally = catch_unwind(AssertUnwindSafe(|| (trial.run)(share))).unwrap_or_else(|_| Tally {
            faults: vec!["the trial itself stopped, see above".to_owned()],
            ..Tally::default()
        });
        for fault in tally.faults.iter().take(20) {
            say(&format!("  FAULT {fault}"));
        }
        for why in &tally.not_tried {
            say(&format!("  not tried: {why}"));
        }
        found += tally.faults.len();
        let tries = if tally.tries == 0 { "not tried".to_owned() } else { tally.tries.to_string() };
        let seconds = began.elapsed().as_secs();
        lines.push(format!("{:<36} {tries:>12} {:>8} {seconds:>8}", trial.name, tally.faults.len()));
    }
    say(&format!("\n{:<36} {:>12} {:>8} {:>8}", "trial", "tries", "faults", "seconds"));
    for line in lines {
        say(&line);
    }
    found
}

/// One line to whoever runs the trials.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("whoever runs the trials reads along");
}
