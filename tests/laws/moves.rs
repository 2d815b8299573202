//! Random commands on a made-up world, and what the rules must say to each.

use taizhang::Exit;

use super::made_up::{Dice, Made};
use super::reckoning::{Reckoned, day, yuan};
use crate::memory::Memory;
use crate::office::Office;

/// An expense or commitment as the model knows it.
#[derive(Clone)]
pub(super) struct Open {
    pub(super) seq: u64,
    pub(super) line: usize,
    pub(super) date: String,
    pub(super) left: i64,
}

/// A world as the model knows it: what each line was given and has promised and spent, over all days.
pub(super) struct Model {
    pub(super) lines: Vec<Reckoned>,
    pub(super) expenses: Vec<Open>,
    pub(super) commitments: Vec<Open>,
    pub(super) rows: u64,
}

/// What a command is meant to do, when the rules allow it.
pub(super) struct Meant {
    pub(super) typed: Vec<String>,
    pub(super) allowed: bool,
    pub(super) rows: u64,
    pub(super) done: Box<dyn FnOnce(&mut Model)>,
}

impl Model {
    pub(super) fn new(made: &Made) -> Self {
        let lines = made.lines.iter().map(|line| Reckoned { original: line.amount, ..Reckoned::default() });
        Self {
            lines: lines.collect(),
            expenses: Vec::new(),
            commitments: Vec::new(),
            rows: 1 + made.lines.len() as u64,
        }
    }

    pub(super) fn total(&self) -> Reckoned {
        let mut total = Reckoned::default();
        self.lines.iter().for_each(|line| total.add(line));
        total
    }

    /// Whether the limits let this much go from a line, `freed` of it coming from a release in the same batch.
    pub(super) fn lets(&self, made: &Made, line: usize, amount: i64, freed: i64) -> bool {
        !made.stops || amount <= self.lines[line].available() + freed && amount <= self.total().available() + freed
    }
}

pub(super) fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(super) fn spend(made: &Made, model: &Model, dice: &mut Dice, command: &str, date: &str) -> Meant {
    let line = dice.index(made.lines.len());
    let amount = dice.amount();
    let typed = strings(&[command, "-a", &made.lines[line].key, "--amount", &yuan(amount), "--date", date]);
    let (seq, date, is_expense) = (model.rows + 1, date.to_owned(), command == "record");
    let done = Box::new(move |model: &mut Model| {
        let open = Open { seq, line, date, left: amount };
        if is_expense {
            model.lines[line].spent += amount;
            model.expenses.push(open);
        } else {
            model.lines[line].committed += amount;
            model.commitments.push(open);
        }
    });
    Meant { typed, allowed: model.lets(made, line, amount, 0), rows: 1, done }
}

/// A reversal, refund or release of an earlier row, wholly or in part.
pub(super) fn take_back(model: &Model, dice: &mut Dice, command: &str, date: &str) -> Meant {
    let releases = command == "release";
    let from = if releases { &model.commitments } else { &model.expenses };
    let pick = dice.index(from.len());
    let open = from[pick].clone();
    let part = if dice.chance(2) { open.left.max(1) } else { dice.amount() };
    let mut typed = strings(&[command, &open.seq.to_string(), "--date", date]);
    if part != open.left || dice.chance(2) {
        typed.extend(["--amount".to_owned(), yuan(part)]);
    }
    let done = Box::new(move |model: &mut Model| {
        let line = &mut model.lines[open.line];
        if releases {
            line.committed -= part;
            model.commitments[pick].left -= part;
        } else {
            line.spent -= part;
            model.expenses[pick].left -= part;
        }
    });
    let allowed = open.left > 0 && part <= open.left && date >= open.date.as_str();
    Meant { typed, allowed, rows: 1, done }
}

/// An expense against a commitment: a release and an expense in one batch.
pub(super) fn pay(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
    let pick = dice.index(model.commitments.len());
    let open = model.commitments[pick].clone();
    let amount = if dice.chance(2) { open.left.max(1) } else { dice.amount() };
    let mut typed =
        strings(&["record", "--commitment", &open.seq.to_string(), "--amount", &yuan(amount), "--date", date]);
    let is_final = dice.chance(3);
    typed.extend(is_final.then(|| "--final".to_owned()));
    let freed = if is_final { open.left } else { open.left.min(amount) };
    let allowed = open.left > 0 && date >= open.date.as_str() && model.lets(made, open.line, amount, freed);
    let (seq, date) = (model.rows + 2, date.to_owned());
    let done = Box::new(move |model: &mut Model| {
        model.lines[open.line].committed -= freed;
        model.lines[open.line].spent += amount;
        model.commitments[pick].left -= freed;
        model.expenses.push(Open { seq, line: open.line, date, left: amount });
    });
    Meant { typed, allowed, rows: 2, done }
}

pub(super) fn adjust(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
    let line = dice.index(made.lines.len());
    let (amount, cuts) = (dice.amount(), dice.chance(2));
    let option = if cuts { "--cut" } else { "--add" };
    let key = &made.lines[line].key;
    let mut typed = strings(&["adjust", "-a", key, option, &yuan(amount), "--doc", "文号", "--date", date]);
    if dice.chance(3) {
        let month = dice.index(12) + 1;
        typed.extend(["--plan".to_owned(), format!("{month}={}", yuan(amount))]);
    }
    let allowed = !cuts || amount <= model.lines[line].available();
    let done = Box::new(move |model: &mut Model| model.lines[line].adjusted += if cuts { -amount } else { amount });
    Meant { typed, allowed, rows: 1, done }
}

pub(super) fn transfer(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
    let (from, to, amount) = (dice.index(made.lines.len()), dice.index(made.lines.len()), dice.amount());
    let keys = (&made.lines[from].key, &made.lines[to].key);
    let typed = strings(&[
        "transfer",
        "--from",
        keys.0,
        "--to",
        keys.1,
        "--amount",
        &yuan(amount),
        "--doc",
        "文号",
        "--date",
        date,
    ]);
    let done = Box::new(move |model: &mut Model| {
        model.lines[from].adjusted -= amount;
        model.lines[to].adjusted += amount;
    });
    Meant { typed, allowed: from != to && amount <= model.lines[from].available(), rows: 2, done }
}

/// One random command, with the exit code the rules demand.
pub(super) fn move_money(office: &Office<Memory>, made: &Made, model: &mut Model, dice: &mut Dice, seed: u64) {
    let date = day(i64::try_from(dice.below(365)).unwrap());
    let before = office.files.bytes("made-up.csv").unwrap();
    let meant = match dice.below(9) {
        0 => adjust(made, model, dice, &date),
        1 => transfer(made, model, dice, &date),
        2 => spend(made, model, dice, "commit", &date),
        3 if !model.commitments.is_empty() => take_back(model, dice, "release", &date),
        4 if !model.commitments.is_empty() => pay(made, model, dice, &date),
        5 if !model.expenses.is_empty() => take_back(model, dice, "reverse", &date),
        6 if !model.expenses.is_empty() => take_back(model, dice, "refund", &date),
        _ => spend(made, model, dice, "record", &date),
    };
    let typed = &meant.typed;
    let seen = office.runs(&typed.iter().map(String::as_str).collect::<Vec<_>>());
    let expected = if meant.allowed { Exit::Done } else { Exit::Refused };
    assert_eq!(seen.exit, expected, "{typed:?} in world {seed}: {}{}", seen.out, seen.err);
    let after = office.files.bytes("made-up.csv").unwrap();
    assert!(after.starts_with(&before), "the file only grows: {typed:?} in world {seed}");
    if meant.allowed {
        (meant.done)(model);
        model.rows += meant.rows;
    } else {
        assert_eq!(after, before, "a refusal changes nothing: {typed:?} in world {seed}");
    }
}
