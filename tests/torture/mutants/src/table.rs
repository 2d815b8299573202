//! The answer: what became of the mutants, by file, and those that nobody missed.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;

use crate::mutant::{Mutant, State};
use crate::tree::Workplace;
use crate::trial::{Choice, Verdict, verdicts};

/// A comment that begins so, at the place or right above it, explains why no test can turn red.
const EXPLAINED: &str = "// No test can tell";
const ABOVE: usize = 4;

const COLUMNS: [&str; 8] =
    ["mutants", "caught", "timed out", "unviable", "not in one", "not tried", "explained", "missed"];

/// Whether nothing was missed.
pub fn print(workplace: &Workplace, mutants: &[Mutant], choice: &Choice) -> Result<bool> {
    let verdicts = verdicts(workplace)?;
    let mut rows: BTreeMap<&str, [usize; 8]> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut impossible = Vec::new();
    for mutant in mutants.iter().filter(|mutant| choice.takes(mutant)) {
        let column = match (&mutant.state, verdicts.get(&mutant.name)) {
            (State::Unviable, _) => 3,
            (State::NotPossible(why), _) => {
                impossible.push(format!("{}: {why}", mutant.name));
                4
            }
            (State::Ready, None) => 5,
            (State::Ready, Some(Verdict::Caught)) => 1,
            (State::Ready, Some(Verdict::TimedOut)) => 2,
            (State::Ready, Some(Verdict::Missed)) if is_explained(workplace, mutant)? => 6,
            (State::Ready, Some(Verdict::Missed)) => {
                missed.push(mutant.name.as_str());
                7
            }
        };
        let row = rows.entry(&mutant.file).or_default();
        row[0] += 1;
        row[column] += 1;
    }
    let mut all = [0; 8];
    println!("{:<44}{}", "T16 file", COLUMNS.map(|column| format!("{column:>11}")).concat());
    for (file, row) in &rows {
        println!("{file:<44}{}", row.map(|count| format!("{count:>11}")).concat());
        for (sum, count) in all.iter_mut().zip(row) {
            *sum += count;
        }
    }
    println!("{:<44}{}", "all", all.map(|count| format!("{count:>11}")).concat());
    list("not possible in one build", &impossible);
    list("missed", &missed);
    Ok(missed.is_empty())
}

fn list(title: &str, names: &[impl AsRef<str>]) {
    if !names.is_empty() {
        println!("\n{title}:");
    }
    for name in names {
        println!("{}", name.as_ref());
    }
}

fn is_explained(workplace: &Workplace, mutant: &Mutant) -> Result<bool> {
    let text = fs::read_to_string(workplace.product.join(&mutant.file))?;
    let line = mutant.span.start.line;
    Ok(text.lines().take(line).skip(line.saturating_sub(ABOVE + 1)).any(|line| line.contains(EXPLAINED)))
}
