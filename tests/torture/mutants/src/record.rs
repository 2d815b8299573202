//! Runs each test that isn't known yet once by itself and keeps how long it takes and which mutants it reaches.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::program::{Binary, Outcome, Programs, Switch};
use crate::tree::Workplace;

#[derive(Debug, Serialize, Deserialize)]
pub struct Test {
    pub name: String,
    pub binary: Binary,
    pub seconds: f64,
    pub reached: BTreeSet<usize>,
    /// Keeping a record of what it reaches is in its way, so it may reach anything.
    pub anything: bool,
}

impl Test {
    pub fn reaches(&self, mutant: usize) -> bool {
        self.anything || self.reached.contains(&mutant)
    }
}

/// Tests of the text, not of what it does.
const OF_THE_TEXT: [&str; 1] = ["tidy::"];
/// No test takes longer than that many seconds by itself, one hopes.
const LONGEST: f64 = 60.0;

pub fn record(workplace: &Workplace) -> Result<()> {
    let programs = Programs::build(workplace)?;
    let mut known = if workplace.tests().exists() { read(workplace)? } else { Vec::new() };
    let mut tests = Vec::new();
    for binary in Binary::ALL {
        for name in programs.tests(binary)? {
            if OF_THE_TEXT.iter().any(|room| name.starts_with(room)) {
                continue;
            }
            if let Some(place) = known.iter().position(|test| test.binary == binary && test.name == name) {
                tests.push(known.swap_remove(place));
                continue;
            }
            match try_alone(workplace, &programs, binary, &name)? {
                Some(test) => tests.push(test),
                None => eprintln!("left out, it fails without any mutant: {name}"),
            }
        }
    }
    eprintln!("{} tests, {:.0} s", tests.len(), tests.iter().map(|test| test.seconds).sum::<f64>());
    fs::write(workplace.tests(), serde_json::to_string(&tests)?).context("writing the tests")
}

fn try_alone(workplace: &Workplace, programs: &Programs, binary: Binary, name: &str) -> Result<Option<Test>> {
    let list = workplace.reached();
    if list.exists() {
        fs::remove_file(&list)?;
    }
    let recorded = programs.run(binary, &[name], LONGEST, &Switch::Record(&list))?;
    let anything = recorded.outcome != Outcome::Passed;
    let mut seconds = recorded.seconds;
    if anything {
        let plain = programs.run(binary, &[name], LONGEST, &Switch::Off)?;
        seconds = plain.seconds;
        if plain.outcome != Outcome::Passed {
            return Ok(None);
        }
        eprintln!("may reach anything: {name}");
    }
    Ok(Some(Test { name: name.to_owned(), binary, seconds, reached: numbers(&list)?, anything }))
}

fn numbers(list: &Path) -> Result<BTreeSet<usize>> {
    match list.exists() {
        true => Ok(fs::read_to_string(list)?.lines().filter_map(|line| line.parse().ok()).collect()),
        false => Ok(BTreeSet::new()),
    }
}

pub fn read(workplace: &Workplace) -> Result<Vec<Test>> {
    let text = fs::read_to_string(workplace.tests()).context("reading the tests, which `record` writes")?;
    serde_json::from_str(&text).context("the tests are not as `record` writes them")
}
