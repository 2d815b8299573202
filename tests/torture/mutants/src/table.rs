//! The answer: what became of the mutants, by file, and those that nobody missed.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;

use anyhow::Result;

use crate::mutant::{Mutant, State};
use crate::tree::Workplace;
use crate::trial::{Choice, Verdict, verdicts};

/// A comment that begins so explains why no test can turn red: for the function or the impl it stands above, or else for
/// the few lines from it on.
const EXPLAINED: &str = "// No test can tell";
const FEW_LINES: usize = 4;

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
    let lines: Vec<&str> = text.lines().collect();
    let place = mutant.span.start.line.saturating_sub(1);
    let comments = (0..lines.len()).filter(|line| lines[*line].trim_start().starts_with(EXPLAINED));
    Ok(comments.map(|comment| covered(&lines, comment)).any(|covered| covered.contains(&place)))
}

/// The lines that a comment explains.
fn covered(lines: &[&str], comment: usize) -> Range<usize> {
    let is_aside = |line: &&str| line.trim_start().starts_with("//") || line.trim_start().starts_with('#');
    let next = comment + lines[comment..].iter().take_while(|line| is_aside(line)).count();
    let Some(first) = lines.get(next) else { return comment..next };
    let begins_an_item = ["fn ", "impl ", "impl<"].iter().any(|word| first.contains(word));
    let end = " ".repeat(first.len() - first.trim_start().len()) + "}";
    match lines[next..].iter().position(|line| *line == end) {
        Some(length) if begins_an_item => comment..next + length + 1,
        _ => comment..next + FEW_LINES,
    }
}
