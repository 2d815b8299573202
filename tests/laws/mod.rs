//! What holds for every ledger (design §3), on thousands of made-up ones, against a second reckoning that is slow,
//! simple, and reads nothing but the CSV's text. A failing seed is printed; `TAIZHANG_SEED` runs it alone, and
//! `TAIZHANG_WORLDS` says how many to make.

mod explained;
mod made_up;
mod moves;
mod reckoning;

use serde_json::Value;
use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;
use explained::check_explanation;
use made_up::{Dice, Made};
use moves::{Model, move_money};
use reckoning::{DAYS_IN_MONTH, Reckoned, day, half_up, rate, reckon, yuan};

/// Worlds in an ordinary run; the long run makes a hundred times as many.
const WORLDS: u64 = 1500;

fn same(seen: &Value, key: &str, expected: &Value, at: &str) {
    assert_eq!(&seen[key], expected, "{key} {at}");
}

fn check_balance(office: &Office<Memory>, made: &Made, ledger: &str, on: i64, seed: u64) {
    let sums = reckon(ledger, on, made.by_months);
    let seen = office.runs(&["balance", "-f", "json", "--as-of", &day(on)]).expect(Exit::Done).json();
    let at = format!("on {} in world {seed}", day(on));
    let mut total = Reckoned::default();
    for (row, line) in seen["rows"].as_array().unwrap().iter().zip(&made.lines) {
        let sum = &sums[&line.key];
        total.add(sum);
        check_figures(row, sum, &at);
    }
    check_figures(&seen["total"], &total, &at);
    // Two ways to the same money: the fold over rows, and the list of what is still open.
    let open = office.runs(&["commitments", "-f", "json", "--as-of", &day(on)]).expect(Exit::Done).json();
    same(&open["total"], "committed", &yuan(total.committed).into(), &at);
    let last = ledger.lines().last().unwrap();
    same(&seen["ledger"], "hash", &last.rsplit(',').next().unwrap().into(), &at);
}

fn check_figures(seen: &Value, sum: &Reckoned, at: &str) {
    same(seen, "original", &yuan(sum.original).into(), at);
    same(seen, "adjusted", &yuan(sum.adjusted).into(), at);
    same(seen, "revised", &yuan(sum.revised()).into(), at);
    same(seen, "committed", &yuan(sum.committed).into(), at);
    same(seen, "spent", &yuan(sum.spent).into(), at);
    same(seen, "available", &yuan(sum.available()).into(), at);
    same(seen, "execution_rate", &rate(sum.spent, sum.revised()), at);
}

fn check_variance(office: &Office<Memory>, made: &Made, ledger: &str, on: i64, seed: u64) {
    let sums = reckon(ledger, on, made.by_months);
    let seen = office.runs(&["variance", "-f", "json", "--as-of", &day(on)]).expect(Exit::Done).json();
    let at = format!("on {} in world {seed}", day(on));
    let mut months = 0;
    let mut end = 0;
    for days in DAYS_IN_MONTH {
        end += days;
        months += i64::from(end <= on + 1);
    }
    let elapsed = if made.by_months { half_up(months, 10_000, 12) } else { half_up(on + 1, 10_000, 365) };
    let mut total = Line::default();
    for (row, made_line) in seen["rows"].as_array().unwrap().iter().zip(&made.lines) {
        let sum = &sums[&made_line.key];
        let plan = sum.plan_to_date();
        let line = Line {
            revised: sum.revised(),
            available: sum.available(),
            plan,
            spent: sum.spent,
            forecast: sum.spent + (sum.revised() - plan).max(sum.committed),
        };
        check_distance(row, line, elapsed, made.band, &at);
        total.revised += line.revised;
        total.available += line.available;
        total.plan += line.plan;
        total.spent += line.spent;
        total.forecast += line.forecast;
    }
    check_distance(&seen["total"], total, elapsed, made.band, &at);
}

/// A line of the variance report, as reckoned.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    revised: i64,
    available: i64,
    plan: i64,
    spent: i64,
    forecast: i64,
}

fn check_distance(seen: &Value, line: Line, elapsed: i64, band: i64, at: &str) {
    let Line { revised, available, plan, spent, forecast } = line;
    same(seen, "revised", &yuan(revised).into(), at);
    same(seen, "plan_to_date", &yuan(plan).into(), at);
    same(seen, "spent", &yuan(spent).into(), at);
    same(seen, "variance", &yuan(plan - spent).into(), at);
    same(seen, "variance_rate", &rate(plan - spent, plan), at);
    same(seen, "execution_rate", &rate(spent, revised), at);
    same(seen, "elapsed_rate", &yuan(elapsed).into(), at);
    let gap = if revised == 0 { Value::Null } else { yuan(half_up(spent, 10_000, revised) - elapsed).into() };
    same(seen, "gap", &gap, at);
    same(seen, "forecast", &yuan(forecast).into(), at);
    let status = match 100 * (spent - plan) {
        _ if available < 0 => "over_budget",
        distance if distance > band * revised => "ahead",
        distance if distance < -band * revised => "behind",
        _ => "on_pace",
    };
    same(seen, "status", &status.into(), at);
}

fn world(seed: u64) {
    let mut dice = Dice(seed);
    let made = Made::roll(&mut dice);
    let office = Office::on(Memory::default());
    office.files.put("made-up.toml", made.toml());
    office.runs(&["open", "--yes"]).expect(Exit::Done);
    let mut model = Model::new(&made);
    for _ in 0..dice.below(18) {
        move_money(&office, &made, &mut model, &mut dice, seed);
    }
    let ledger = String::from_utf8(office.files.bytes("made-up.csv").unwrap()).unwrap();
    for on in [i64::try_from(dice.below(365)).unwrap(), 364] {
        check_balance(&office, &made, &ledger, on, seed);
        check_variance(&office, &made, &ledger, on, seed);
        check_explanation(&office, &made, &ledger, on, &mut dice, seed);
    }
    office.runs(&["verify"]).expect(Exit::Done);
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

#[test]
fn every_figure_of_every_made_up_ledger_agrees_with_the_second_reckoning() {
    match number("TAIZHANG_SEED") {
        Some(seed) => world(seed),
        None => (0..number("TAIZHANG_WORLDS").unwrap_or(WORLDS)).for_each(world),
    }
}

#[test]
fn the_first_rows_of_a_ledger_give_what_they_gave_when_they_were_all() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let mut printed = Vec::new();
    for amount in 1..12 {
        office
            .types(&format!("record -a 3 --amount {amount}.10 --date 2022-0{}-01", amount % 9 + 1))
            .expect(Exit::Done);
        printed.push(office.types("balance -f json --as-of 2022-06-30").expect(Exit::Done).out);
    }
    for (rows, then) in (11..).zip(printed) {
        let now = office.types(&format!("balance -f json --as-of 2022-06-30 --rows {rows}")).expect(Exit::Done).out;
        assert_eq!(now, then, "with --rows {rows}");
    }
    office.types("balance --rows 9").expect(Exit::Refused);
    office.types("balance --rows 99").expect(Exit::Refused);
}
