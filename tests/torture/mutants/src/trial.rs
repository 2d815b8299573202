//! Tries each mutant with the tests that reach it, what caught its neighbours first, then the quick ones, until one fails.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::ops::RangeInclusive;

use anyhow::{Context, Result};

use crate::mutant::Mutant;
use crate::program::{Binary, Outcome, Programs, Switch};
use crate::record::Test;
use crate::tree::Workplace;

/// Seconds of tests that share a process.
const BATCH: f64 = 0.7;
/// So many tests that caught mutants of the same file are tried before the others.
const CATCHERS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Caught,
    TimedOut,
    Missed,
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Self::Caught => "caught",
            Self::TimedOut => "timed out",
            Self::Missed => "missed",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Caught, Self::TimedOut, Self::Missed].into_iter().find(|verdict| verdict.word() == word)
    }
}

/// The verdicts so far, by the mutants' names; a later one stands.
pub fn verdicts(workplace: &Workplace) -> Result<HashMap<String, Verdict>> {
    let path = workplace.verdicts();
    let text = if path.exists() { fs::read_to_string(path)? } else { String::new() };
    let read = |line: &str| {
        let mut parts = line.split('\t');
        Some((Verdict::of(parts.next()?)?, parts.next()?.to_owned()))
    };
    Ok(text.lines().filter_map(read).map(|(verdict, name)| (name, verdict)).collect())
}

pub struct Choice {
    /// Only mutants of files whose path contains one of these; all, if there are none.
    pub files: Vec<String>,
    /// Which part of how many.
    pub shard: (usize, usize),
    /// Those that were missed are tried anew.
    pub again: bool,
    /// Seconds: tests that take less or more by themselves are left out.
    pub seconds: RangeInclusive<f64>,
}

impl Choice {
    pub fn takes(&self, mutant: &Mutant) -> bool {
        self.files.is_empty() || self.files.iter().any(|part| mutant.file.contains(part.as_str()))
    }
}

pub fn run(workplace: &Workplace, mutants: &[Mutant], tests: &[Test], choice: &Choice) -> Result<()> {
    let known = verdicts(workplace)?;
    let mut out =
        OpenOptions::new().append(true).create(true).open(workplace.verdicts()).context("opening the verdicts")?;
    let programs = Programs::build(workplace)?;
    let mut tests: Vec<&Test> = tests.iter().filter(|test| choice.seconds.contains(&test.seconds)).collect();
    tests.sort_by(|left, right| left.seconds.total_cmp(&right.seconds));
    let mut trial = Trial { programs, tests, catchers: HashMap::new() };
    let mut tried = 0;
    for (number, mutant) in mutants.iter().enumerate() {
        let settled = known.get(&mutant.name).is_some_and(|verdict| !(choice.again && *verdict == Verdict::Missed));
        let (part, parts) = choice.shard;
        if !mutant.is_ready() || settled || !choice.takes(mutant) || number % parts != part {
            continue;
        }
        let (verdict, by) = trial.judge(number, mutant)?;
        writeln!(out, "{}\t{}\t{by}", verdict.word(), mutant.name)?;
        tried += 1;
        if verdict == Verdict::Missed {
            println!("missed: {}", mutant.name);
        }
        if tried % 100 == 0 {
            eprintln!("{tried} tried, {} of the list", number + 1);
        }
    }
    Ok(())
}

struct Trial<'a> {
    programs: Programs,
    /// The quick ones first.
    tests: Vec<&'a Test>,
    /// By file, the last ones at the end.
    catchers: HashMap<String, Vec<&'a str>>,
}

impl<'a> Trial<'a> {
    fn judge(&mut self, number: usize, mutant: &Mutant) -> Result<(Verdict, String)> {
        let reaching: Vec<&'a Test> = self.tests.iter().copied().filter(|test| test.reaches(number)).collect();
        if reaching.iter().all(|test| test.anything) {
            return Ok((Verdict::Missed, "reached by no test".to_owned()));
        }
        let last = self.catchers.get(&mutant.file).map_or(&[][..], Vec::as_slice);
        let first = |test: &Test| last.iter().rev().take(CATCHERS).any(|name| *name == test.name);
        let (catchers, others): (Vec<_>, Vec<_>) = reaching.into_iter().partition(|test| first(test));
        for tests in [catchers, others] {
            for binary in Binary::ALL {
                let of_it: Vec<&Test> = tests.iter().copied().filter(|test| test.binary == binary).collect();
                for batch in batches(&of_it) {
                    let seconds = batch.iter().map(|test| test.seconds).sum();
                    let names: Vec<&str> = batch.iter().map(|test| test.name.as_str()).collect();
                    let ran = self.programs.run(binary, &names, seconds, &Switch::Mutant(number))?;
                    let by = batch.iter().find(|test| ran.said.contains(&binary.failed(&test.name)));
                    if let (Outcome::Failed, Some(test)) = (ran.outcome, by) {
                        self.remember(mutant, test);
                    }
                    let by = by.map_or(names[0], |test| &test.name).to_owned();
                    match ran.outcome {
                        Outcome::Passed => {}
                        Outcome::Failed => return Ok((Verdict::Caught, by)),
                        Outcome::TimedOut => return Ok((Verdict::TimedOut, by)),
                    }
                }
            }
        }
        Ok((Verdict::Missed, String::new()))
    }

    fn remember(&mut self, mutant: &Mutant, test: &Test) {
        let name = self.tests.iter().find(|known| known.name == test.name).map(|known| known.name.as_str());
        let of_the_file = self.catchers.entry(mutant.file.clone()).or_default();
        of_the_file.retain(|known| *known != test.name);
        of_the_file.extend(name);
    }
}

/// Tests that run in one process; they come quick ones first.
fn batches<'t, 'a>(tests: &'t [&'a Test]) -> Vec<&'t [&'a Test]> {
    let mut batches = Vec::new();
    let (mut start, mut seconds) = (0, 0.0);
    for (place, test) in tests.iter().enumerate() {
        if place > start && seconds + test.seconds > BATCH {
            batches.push(&tests[start..place]);
            (start, seconds) = (place, 0.0);
        }
        seconds += test.seconds;
    }
    if start < tests.len() {
        batches.push(&tests[start..]);
    }
    batches
}
