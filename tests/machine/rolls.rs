//! Random events, rolled with an eye on where the model stands, so that every command succeeds often and every reason
//! why not is met.

use super::command::{Command, Event, Step, Verb};
use super::made_up::{Dice, Edit, Made};
use super::model::Model;
use super::pools;
use crate::laws::reckoning::{DAYS_IN_MONTH, day, number_of, yuan};

/// The longest ordinary sequence, in steps.
const LONGEST: usize = 45;

/// Rolls the events of one sequence, one after another.
pub(super) struct Rolls {
    pub(super) dice: Dice,
    /// Today, as the number of a day of 2022.
    day: i64,
    /// How many steps there will be.
    pub(super) length: usize,
    /// Every command so far that carries an id of its own, by step.
    pub(super) with_ids: Vec<(usize, Command)>,
    /// Every table so far, with the options it was read by.
    pub(super) tables: Vec<Command>,
}

impl Rolls {
    pub(super) fn new(seed: u64) -> (Self, Made) {
        let mut dice = Dice::new(seed);
        let made = Made::roll(&mut dice);
        let day = if dice.chance(8) { 345 + dice.below(30) } else { dice.below(250) + 5 };
        // A few grow long enough for seqs of three digits and a whole year of closes.
        let longest = if dice.chance(60) { 5 * LONGEST } else { LONGEST };
        let length = dice.index(longest) + 2;
        (Self { dice, day, length, with_ids: Vec::new(), tables: Vec::new() }, made)
    }

    /// The next event, to happen under this number.
    pub(super) fn next(&mut self, number: usize, model: &Model) -> Step {
        let event = if model.is_spoilt() && self.dice.chance(2) {
            Event::Edits(Edit::Mends)
        } else if self.dice.chance(25) {
            Event::Edits(self.edit())
        } else {
            Event::Types(self.command(number, model))
        };
        Step { number, event }
    }

    /// The number of the last day of the year so far.
    pub(super) fn day(&self) -> i64 {
        self.day.min(364)
    }

    fn edit(&mut self) -> Edit {
        let place = self.dice.index(9);
        let spoils = [
            Edit::AddsWithMoney,
            Edit::Renames(place),
            Edit::Reprices(place),
            Edit::ChangesFund(place),
            Edit::ChangesPlan(place),
            Edit::Drops(place),
            Edit::ChangesId,
        ];
        if self.dice.chance(2) { Edit::Adds } else { self.dice.one_of(&spoils) }
    }

    fn command(&mut self, number: usize, model: &Model) -> Command {
        if self.dice.chance(4) {
            let stride = if self.length > LONGEST { 5 } else { 24 };
            self.day = (self.day + self.dice.below(stride)).min(400);
        }
        if self.dice.chance(12) && !self.with_ids.is_empty() {
            return self.repeated();
        }
        let mut command = Command::new(self.verb(model), self.day);
        if command.verb == Verb::Import {
            self.table(&mut command, number, model);
        } else {
            self.fill(&mut command, model);
        }
        self.stamp(&mut command, number, model);
        if self.dice.slips(20) {
            self.mistype(&mut command);
        }
        command
    }

    fn verb(&mut self, model: &Model) -> Verb {
        if !model.is_open() {
            return if self.dice.chance(4) { self.dice.one_of(&Verb::IN_ONE_YEAR) } else { Verb::Open };
        }
        let has = |kind: &str| model.rows.iter().any(|row| row.kind == kind);
        let mut verbs = vec![Verb::Record, Verb::Record, Verb::Record, Verb::Split, Verb::Commit, Verb::Commit];
        verbs.extend([Verb::Adjust, Verb::Transfer, Verb::Close, Verb::Note, Verb::Import, Verb::Import]);
        if has("expense") || self.dice.slips(9) {
            verbs.extend([Verb::Reverse, Verb::Refund, Verb::Refund, Verb::Correct, Verb::Correct]);
        }
        if has("commitment") || self.dice.slips(9) {
            verbs.extend([Verb::Spend, Verb::Spend, Verb::Spend, Verb::Release]);
        }
        if has("adjustment") {
            verbs.push(Verb::Undo);
        }
        if self.dice.slips(40) { Verb::Open } else { self.dice.one_of(&verbs) }
    }

    /// An earlier command under its id once more: the same, the same with something else in it, or another one.
    fn repeated(&mut self) -> Command {
        let (_, earlier) = self.dice.one_of(&self.with_ids);
        let mut command = Command { day: self.day, ..earlier };
        match self.dice.below(6) {
            0 => {
                let text = if self.dice.chance(2) { "别的" } else { "" };
                let name = self.dice.one_of(&["memo", "doc"]);
                if !matches!(command.verb, Verb::Open | Verb::Close) {
                    command.given.insert(name, text.to_owned());
                }
            }
            1 if command.given.contains_key("amount") => {
                command.given.insert("amount", yuan(self.dice.below(100_000) + 1));
            }
            2 => {
                command.given.remove("date");
            }
            3 => {
                command.given.remove("memo");
                command.flags.insert("dry-run");
            }
            _ => {}
        }
        command
    }

    /// What the command is about.
    fn fill(&mut self, command: &mut Command, model: &Model) {
        let seq = self.reference(command, model);
        self.money(command, model, seq);
        let verb = command.verb;
        let dice = &mut self.dice;
        let own: &[&'static str] = match verb {
            Verb::Record | Verb::Spend | Verb::Split => &["payee", "voucher", "payment", "method", "invoice"],
            Verb::Correct => &["payee", "voucher", "payment", "method", "invoice", "economic"],
            Verb::Reverse | Verb::Refund => &["voucher", "payment"],
            Verb::Note => &["voucher", "payment", "invoice"],
            Verb::Commit => &["payee"],
            Verb::Open | Verb::Adjust | Verb::Undo | Verb::Transfer | Verb::Release | Verb::Close => &[],
            Verb::Import | Verb::Carry => &[],
        };
        for name in own {
            let often = if *name == "voucher" { 2 } else { 5 };
            if dice.chance(often) {
                command.given.insert(name, pools::text(name, dice));
            }
        }
        if matches!(verb, Verb::Record | Verb::Spend | Verb::Commit) && dice.chance(3) {
            command.given.insert("economic", pools::text("economic", dice));
        }
        let several = command.given.get("allocation").is_some_and(|key| model.funds(key).len() > 1);
        let pays =
            matches!(verb, Verb::Record | Verb::Spend | Verb::Split | Verb::Commit | Verb::Correct | Verb::Adjust);
        if (pays || verb == Verb::Transfer) && dice.chance(if several { 2 } else { 9 }) {
            command.given.insert("fund", pools::text("fund", dice));
        }
        let limited = pays || matches!(verb, Verb::Undo | Verb::Transfer);
        if limited && dice.chance(4) {
            command.given.insert("allow-over", pools::text("allow-over", dice));
        }
        let promised = seq.is_some_and(|seq| seq > 1 && model.row(seq - 1).kind == "release");
        let flags: &[(&'static str, i64)] = match verb {
            Verb::Open => &[("yes", 1)],
            Verb::Record | Verb::Split | Verb::Note => &[("invoice-part", 5)],
            Verb::Spend => &[("final", 3), ("invoice-part", 5)],
            Verb::Reverse | Verb::Refund if promised => &[("recommit", 2)],
            Verb::Reverse | Verb::Refund => &[("recommit", 20)],
            Verb::Close => &[("through", 2)],
            Verb::Correct | Verb::Adjust | Verb::Undo | Verb::Transfer | Verb::Commit | Verb::Release => &[],
            Verb::Import | Verb::Carry => &[],
        };
        self.circumstances(command, model, seq);
        for (flag, often) in flags {
            // Forgotten now and then, whatever it is.
            if self.dice.chance(*often) && !self.dice.slips(12) {
                command.flags.insert(flag);
            }
        }
    }

    /// When it was, what for, and by which document.
    fn circumstances(&mut self, command: &mut Command, model: &Model, seq: Option<usize>) {
        if matches!(command.verb, Verb::Open | Verb::Close) {
            return;
        }
        if let Some(date) = self.date(model, seq) {
            command.given.insert("date", date);
        }
        let dice = &mut self.dice;
        if dice.chance(6) {
            let occurred = day(dice.below(self.day));
            command.given.insert("occurred", pools::day(&occurred, dice));
        }
        let approved = matches!(command.verb, Verb::Adjust | Verb::Transfer);
        if approved || dice.chance(if command.given.contains_key("allow-over") { 2 } else { 5 }) {
            command.given.insert("doc", pools::text("doc", dice));
        }
        if dice.chance(if command.verb == Verb::Note { 1 } else { 3 }) {
            command.given.insert("memo", pools::text("memo", dice));
        }
        if dice.chance(20) {
            command.flags.insert("allow-personal-data");
        }
    }

    /// An accounting date, mostly one that is allowed, often none.
    pub(super) fn date(&mut self, model: &Model, seq: Option<usize>) -> Option<String> {
        let dice = &mut self.dice;
        let open = DAYS_IN_MONTH[..model.closed()].iter().sum::<i64>();
        let original = seq.map_or(0, |seq| number_of(&model.row(seq).date));
        let (first, last) = (open.max(original), self.day.min(364));
        let number = match dice.below(24) {
            0 if dice.slips(1) => dice.below(365),
            1 if dice.slips(1) => dice.below(first + 1),
            2 if dice.slips(1) => last + dice.below(9),
            3 if dice.slips(1) => dice.one_of(&[-1, -40, 365, 370]),
            4..=9 if self.day < 365 || dice.slips(4) => return None,
            _ if first <= last => first + dice.below(last - first + 1),
            _ => last,
        };
        Some(pools::day(&day(number), dice))
    }

    /// Something is left out, or does not go together.
    fn mistype(&mut self, command: &mut Command) {
        let dice = &mut self.dice;
        let names: Vec<&'static str> = command.given.keys().copied().collect();
        if names.is_empty() || dice.chance(3) {
            let amount = pools::amount(100, dice);
            if matches!(command.verb, Verb::Record | Verb::Spend) {
                command.splits.push(format!("1={amount}"));
            }
            if matches!(command.verb, Verb::Adjust | Verb::Undo) {
                command.given.insert("cut", amount.clone());
            }
            if command.verb == Verb::Adjust {
                command.given.insert("add", amount);
            }
            return;
        }
        command.given.remove(dice.one_of(&names));
    }

    /// Names an earlier row, and says which one it most likely is.
    fn reference(&mut self, command: &mut Command, model: &Model) -> Option<usize> {
        let option = command.verb.typed().1;
        if option == "month" {
            let next = model.closed() + 1;
            let month = if self.dice.chance(3) { next + self.dice.index(4) } else { next };
            let month = if self.dice.slips(9) { self.dice.index(12) + 1 } else { month.min(12) };
            let month = if self.day > 363 && self.dice.chance(3) { 12 } else { month };
            command.given.insert("month", pools::month(month, &mut self.dice));
        }
        if option.is_empty() || option == "month" {
            return None;
        }
        let kind = command.verb.refers_to().unwrap_or("expense");
        let any = command.verb == Verb::Note || self.dice.slips(12);
        let mut seqs: Vec<usize> =
            (1..).zip(&model.rows).filter(|(_, row)| any || row.kind == kind).map(|(seq, _)| seq).collect();
        let open: Vec<usize> = seqs.iter().copied().filter(|seq| model.left(*seq) != 0).collect();
        if !open.is_empty() && !any && !self.dice.slips(5) {
            seqs = open;
        }
        if seqs.is_empty() {
            command.given.insert(option, pools::nameless(&mut self.dice));
            return None;
        }
        // What was written last is what is mended most.
        let back = self.dice.index(seqs.len()).min(self.dice.index(seqs.len()));
        let seq = seqs[seqs.len() - 1 - back];
        let row = model.row(seq);
        let carried = if kind == "expense" { &row.voucher } else { &row.doc };
        let (step, first) =
            model.written.iter().filter(|(_, first)| **first <= seq).max_by_key(|(_, first)| **first).unwrap();
        let number = format!("{{{step}.{}}}", seq - first);
        let named = match self.dice.below(16) {
            0 => format!("{number}#"),
            1 => format!("第{number}笔"),
            2..=5 if !carried.is_empty() => carried.clone(),
            6 if self.dice.slips(2) => pools::nameless(&mut self.dice),
            _ => number,
        };
        command.given.insert(option, named);
        Some(seq)
    }

    /// Allocations and amounts.
    fn money(&mut self, command: &mut Command, model: &Model, seq: Option<usize>) {
        let key = self.allocation(command, model);
        let available = model.available(Some(&key), &[]);
        let left = seq.map(|seq| model.left(seq).abs());
        let (dice, verb) = (&mut self.dice, command.verb);
        match verb {
            Verb::Open | Verb::Close | Verb::Note | Verb::Undo | Verb::Import | Verb::Carry => {}
            Verb::Adjust => {
                let fen = pools::fen(available, dice);
                let option = if dice.chance(2) { "cut" } else { "add" };
                command.given.insert(option, pools::amount(fen, dice));
                if dice.chance(3) {
                    command.given.insert("plan", pools::plan(fen, dice));
                }
            }
            Verb::Split => {
                let mut sum = 0;
                for _ in 0..=dice.index(3) {
                    let line = dice.one_of(&model.file.lines);
                    let fen = pools::fen(model.available(Some(line.key), &[]) / 2, dice);
                    sum += fen;
                    let code =
                        if dice.chance(4) { format!(":{}", pools::text("economic", dice)) } else { String::new() };
                    let several = model.funds(line.key).len() > 1;
                    let fund = match dice.chance(if several { 2 } else { 12 }) {
                        true => format!(":{}", pools::text("fund", dice)),
                        false => String::new(),
                    };
                    let words = if dice.chance(2) { code + &fund } else { fund + &code };
                    command.splits.push(format!("{}={}{words}", line.key, yuan(fen)));
                }
                if dice.slips(20) {
                    command.splits.push(pools::bad_split(dice));
                }
                let sum = if dice.slips(20) { sum + dice.below(3) + 1 } else { sum };
                command.given.insert("amount", pools::amount(sum, dice));
            }
            Verb::Reverse | Verb::Refund | Verb::Release | Verb::Correct => {
                let fen = pools::fen(left.unwrap_or(10_000), dice);
                if dice.chance(2) {
                    command.given.insert("amount", pools::amount(fen, dice));
                }
            }
            Verb::Record | Verb::Commit | Verb::Transfer | Verb::Spend => {
                let of = left.filter(|_| verb == Verb::Spend && !dice.chance(6)).unwrap_or(available);
                let fen = pools::fen(of, dice);
                command.given.insert("amount", pools::amount(fen, dice));
            }
        }
    }

    fn allocation(&mut self, command: &mut Command, model: &Model) -> String {
        let dice = &mut self.dice;
        let line = dice.one_of(&model.file.lines);
        let named = pools::called(&model.file, line.key, dice);
        let option = match command.verb {
            Verb::Record | Verb::Commit | Verb::Adjust => Some("allocation"),
            Verb::Correct if dice.chance(4) => Some("allocation"),
            Verb::Spend if dice.slips(6) => Some("allocation"),
            Verb::Transfer => Some("from"),
            Verb::Correct | Verb::Spend => None,
            Verb::Open | Verb::Split | Verb::Reverse | Verb::Refund => None,
            Verb::Note | Verb::Undo | Verb::Release | Verb::Close | Verb::Import | Verb::Carry => None,
        };
        if let Some(option) = option {
            command.given.insert(option, named);
        }
        if command.verb == Verb::Transfer {
            let others: Vec<_> = model.file.lines.iter().filter(|other| other.key != line.key).collect();
            let to = if others.is_empty() || dice.slips(20) { &line } else { dice.one_of(&others) };
            command.given.insert("to", to.key.to_owned());
        }
        line.key.to_owned()
    }

    /// When, why, by whom, under which id.
    fn stamp(&mut self, command: &mut Command, number: usize, model: &Model) {
        let dice = &mut self.dice;
        if dice.slips(20) {
            command.day -= dice.below(90);
            command.day = command.day.max(-20);
        }
        if command.day < self.day && dice.chance(2) || dice.chance(90) {
            command.given.insert("clock-ok", pools::text("clock-ok", dice));
        }
        command.nobody = dice.slips(50);
        if dice.chance(9) {
            command.given.insert("by", pools::text("by", dice));
        }
        if dice.chance(12) {
            command.flags.insert("dry-run");
        }
        if dice.slips(40) {
            command.given.insert("today", day((self.day - 5 + dice.below(10)).min(500)));
        }
        if command.verb != Verb::Import && dice.chance(4) {
            let id = if dice.slips(20) { pools::text("id", dice) } else { format!("k-{number}") };
            let imported: Vec<&String> =
                model.rows.iter().map(|row| &row.id).filter(|id| id.starts_with("i-")).collect();
            let id = if !imported.is_empty() && dice.slips(9) { dice.one_of(&imported).clone() } else { id };
            command.given.insert("id", id);
            self.with_ids.push((number, command.clone()));
        }
    }
}
