//! The year after a sequence: a new budget in a folder of its own, and last year's money carried into it, in and out of
//! order.

use super::command::{Command, Event, Step, Verb};
use super::last_year::LastYear;
use super::made_up::{Dice, Edit, Made, MadeLine};
use super::play::World;
use super::pools;
use super::shrink::line;
use super::tally::Tally;
use crate::laws::reckoning::{day, yuan};

/// Where the new year's books are, and last year's as they are named.
const FOLDER: &str = "2023/";
const FILES: [&str; 2] = ["made-up.csv", "made-up.toml"];

/// A day on which no clock runs behind any row of last year.
const FIRST_DAY: i64 = 401;

/// The new year's budget: most of last year's allocations, in another order, with what they get now.
fn made(last: &LastYear, dice: &mut Dice) -> Made {
    let mut made = Made::roll(dice);
    (made.year, made.id) = (2023, "made-up-2023");
    let keys = last.lines.iter().filter_map(|line| super::made_up::known_key(&line.key));
    let mut keys: Vec<&'static str> = keys.collect();
    keys.retain(|_| !dice.slips(12));
    if keys.is_empty() {
        return made;
    }
    if dice.chance(2) {
        keys.reverse();
    }
    let line = |key: &'static str| {
        let amount = if dice.chance(3) { 0 } else { dice.below(20_000_000) };
        let fund = dice.one_of(&["current", "current", "carried"]);
        let name = format!("{}（新）", last.lines.iter().find(|line| line.key == key).unwrap().name);
        MadeLine { key, name, amount, plan: None, fund, economic: Vec::new() }
    };
    made.lines = keys.into_iter().map(line).collect();
    made
}

/// Plays the year's beginning: what the old year left is carried, refused, and carried again.
pub(super) fn follow(seed: u64, world: &mut World, tally: &mut Tally) -> Result<(), String> {
    if !world.model.is_open() {
        return Ok(());
    }
    let mut dice = Dice::new(!seed);
    // Another year is as long as a sequence, so not every one is followed by it.
    if !dice.chance(3) {
        return Ok(());
    }
    let mut typed = String::new();
    let mut next = world.next(FOLDER, made(&LastYear::of(&world.model), &mut dice));
    let (closes_at, opens_at) = (dice.index(3), dice.index(2));
    for number in 0..dice.index(5) + 4 {
        let mut happens = |world: &mut World, event: Event| {
            let step = Step { number: 10_000 + number, event };
            typed += &line(&step, &world.model);
            match super::shrink::calmly(|| world.step(&step)) {
                Ok(happened) => tally.take(happened),
                Err(why) => return Err(format!("{typed}{why}")),
            }
            Ok(())
        };
        if number == opens_at {
            let mut open = Command::new(Verb::Open, FIRST_DAY);
            open.flags.insert("yes");
            happens(&mut next, Event::Types(open))?;
        }
        if number == closes_at && world.model.closed() < 12 {
            happens(world, Event::Edits(Edit::Mends))?;
            let mut close = Command::new(Verb::Close, FIRST_DAY);
            close.given.insert("month", "12".to_owned());
            close.flags.insert("through");
            happens(world, Event::Types(close))?;
        }
        let edit = if next.model.is_spoilt() { Edit::Mends } else { Edit::Renames(dice.index(6)) };
        if next.model.is_spoilt() && dice.chance(2) || dice.slips(20) {
            happens(&mut next, Event::Edits(edit))?;
        }
        let last = LastYear::of(&world.model);
        let carry = carry(&last, &next, FIRST_DAY + i64::try_from(number).unwrap(), &mut dice);
        happens(&mut next, Event::Types(carry))?;
    }
    if !next.model.is_open() { Ok(()) } else { next.verified().map_err(|why| format!("{typed}{why}")) }
}

fn carry(last: &LastYear, next: &World, on: i64, dice: &mut Dice) -> Command {
    let mut command = Command::new(Verb::Carry, on);
    command.last = Some(Box::new(last.clone()));
    command.given.insert("file", dice.one_of(&FILES).to_owned());
    if !dice.slips(12) {
        command
            .given
            .insert("doc", if dice.slips(8) { pools::text("doc", dice) } else { "财预〔2023〕1号".to_owned() });
    }
    for line in &last.lines {
        if !dice.chance(3) {
            continue;
        }
        let sum = match dice.below(8) {
            0 => pools::amount(pools::fen(line.left, dice), dice),
            1 if dice.slips(2) => yuan(line.left.max(0) + 1),
            2 => "0".to_owned(),
            3 => yuan(line.left.max(0) / 2),
            _ => "all".to_owned(),
        };
        let name = if dice.chance(6) { line.name.clone() } else { line.key.clone() };
        command.splits.push(format!("{name}={sum}"));
    }
    if dice.slips(20) {
        command.splits.push(dice.one_of(&["1", "没有=5", "1=-1", "1=一元", "=all"]).to_owned());
    }
    // Their own year's books are not last year's.
    if next.model.is_open() && dice.slips(9) {
        command.given.insert("file", format!("{FOLDER}made-up.csv"));
        command.splits.clear();
        command.last = Some(Box::new(LastYear::of(&next.model)));
    }
    for (name, one_in) in [("memo", 4), ("by", 12), ("allow-over", 3)] {
        if dice.chance(one_in) {
            command.given.insert(name, pools::text(name, dice));
        }
    }
    if dice.slips(9) {
        command.given.insert("id", dice.one_of(&["c-1", "c-2"]).to_owned());
    }
    if dice.chance(4) {
        let date = if dice.slips(3) { dice.one_of(&[300, on + 3]) } else { 365 + dice.below(on - 364) };
        command.given.insert("date", pools::day(&day(date), dice));
    }
    if dice.slips(20) {
        command.day = 370;
        command.given.insert("clock-ok", pools::text("clock-ok", dice));
    }
    command.nobody = dice.slips(30);
    if dice.chance(5) {
        command.flags.insert("dry-run");
    }
    command
}
