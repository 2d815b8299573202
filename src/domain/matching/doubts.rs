//! What no pass may put together and a person perhaps can: one amount within the window, to payees that only resemble
//! each other. All of it is left open, with every pair as a choice.

use std::collections::{BTreeMap, HashMap};

use super::Rule;
use super::payee::{self, Likeness};
use super::table::{Item, Places, Side, Table};
use super::ties::Union;

/// The most pairs of one amount that are listed; what is beyond stays on its own side.
const MOST_PAIRS: usize = 1_000;

/// The most choices that are listed of one ambiguity.
const MOST_CHOICES: usize = 40;

pub(super) fn settle(table: &mut Table, window: u32) {
    let in_order = |side: &Side| {
        let mut places = side.waiting();
        places.sort_by_cached_key(|place| (side.items[*place].amount, side.items[*place].payee, *place));
        places
    };
    let (ledger, statement) = (in_order(&table.ledger), in_order(&table.statement));
    let (mut ledger, mut statement) = (ledger.as_slice(), statement.as_slice());
    while let (Some(row), Some(line)) = (ledger.first(), statement.first()) {
        let (paid, told) = (table.ledger.items[*row].amount, table.statement.items[*line].amount);
        let amount = paid.min(told);
        let rows = ledger.partition_point(|row| table.ledger.items[*row].amount <= amount);
        let lines = statement.partition_point(|line| table.statement.items[*line].amount <= amount);
        if paid == told {
            let pairs = pairs(table, &ledger[..rows], &statement[..lines], window);
            leave_open(table, &pairs);
        }
        (ledger, statement) = (&ledger[rows..], &statement[lines..]);
    }
}

/// The pairs of one amount, both sides in the order of their payees.
fn pairs(table: &Table, ledger: &[usize], statement: &[usize], window: u32) -> Vec<(usize, usize)> {
    let runs = |items: &[Item], places: &[usize]| -> Vec<Vec<usize>> {
        places.chunk_by(|one, other| items[*one].payee == items[*other].payee).map(<[usize]>::to_vec).collect()
    };
    let (rows, lines) = (runs(&table.ledger.items, ledger), runs(&table.statement.items, statement));
    let names = |items: &[Item], runs: &[Vec<usize>]| -> Vec<&str> {
        runs.iter().map(|run| table.payees[items[run[0]].payee as usize].as_str()).collect()
    };
    let (ours, theirs) = (names(&table.ledger.items, &rows), names(&table.statement.items, &lines));
    let alike = payee::alike(&ours, &theirs, Likeness::Resembling);
    let mut pairs = Vec::new();
    for (one, other) in alike {
        for row in &rows[one] {
            let paid = &table.ledger.items[*row];
            let may_be = |line: &&usize| {
                let told = &table.statement.items[**line];
                paid.day.abs_diff(told.day) <= window && !paid.bound.contradicts(told.bound)
            };
            pairs.extend(lines[other].iter().filter(may_be).map(|line| (*row, *line)));
            // No test can tell just as many from more: they are cut to that.
            if pairs.len() > MOST_PAIRS {
                pairs.truncate(MOST_PAIRS);
                return pairs;
            }
        }
    }
    pairs
}

/// Pairs that touch are one question.
fn leave_open(table: &mut Table, pairs: &[(usize, usize)]) {
    let mut union = Union::new(pairs.len());
    let (mut by_row, mut by_line) = (HashMap::new(), HashMap::new());
    for (number, (row, line)) in pairs.iter().enumerate() {
        union.join(*by_row.entry(*row).or_insert(number), number);
        union.join(*by_line.entry(*line).or_insert(number), number);
    }
    let mut questions: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, pair) in pairs.iter().enumerate() {
        questions.entry(union.root(number)).or_default().push(*pair);
    }
    for mut pairs in questions.into_values() {
        let mut all = Places { ledger: Vec::new(), statement: Vec::new() };
        for (row, line) in &pairs {
            all.ledger.push(*row);
            all.statement.push(*line);
        }
        for places in [&mut all.ledger, &mut all.statement] {
            places.sort_unstable();
            places.dedup();
        }
        pairs.sort_unstable();
        let complete = pairs.len() <= MOST_CHOICES;
        pairs.truncate(MOST_CHOICES);
        let choices = pairs.into_iter().map(|(row, line)| Places { ledger: vec![row], statement: vec![line] });
        table.leave_open(Rule::Resembling, &all, choices.collect(), complete);
    }
}
