//! A trial: what it does, how much of it, and what came of it. It knows no ledger.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::dice::number;

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
}

impl Share {
    /// As the environment says: `TAIZHANG_TORTURE` for the whole, `TAIZHANG_SEED` for other dice.
    pub(crate) fn asked() -> Self {
        Self { whole: std::env::var_os("TAIZHANG_TORTURE").is_some(), seed: number("TAIZHANG_SEED").unwrap_or(1) }
    }

    /// So many, or so many.
    pub(crate) fn of(&self, share: u64, whole: u64) -> u64 {
        if self.whole { whole } else { share }
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
