//! What holds for every ledger (design §3), on thousands of made-up ones, against a second reckoning that is slow,
//! simple, and reads nothing but the CSV's text. A failing seed is printed; `TAIZHANG_SEED` runs it alone, and
//! `TAIZHANG_WORLDS` says how many to make.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

/// Worlds in an ordinary run; the long run makes a hundred times as many.
const WORLDS: u64 = 1500;

const DAYS_IN_MONTH: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A seeded source of numbers (SplitMix64), so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, and without, `sides`.
    fn below(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }
}

/// An allocation as the made-up budget states it; amounts in 分.
struct Line {
    key: String,
    amount: i64,
    /// By month, 1 to 12; `None` is even.
    plan: Option<BTreeMap<usize, i64>>,
}

/// A made-up budget and what is known of it without the program.
struct Made {
    lines: Vec<Line>,
    stops: bool,
    by_months: bool,
    band: i64,
}

impl Made {
    fn roll(dice: &mut Dice) -> Self {
        let lines = (0..=dice.below(5)).map(|number| {
            let amount = if dice.chance(8) { 0 } else { i64::try_from(dice.below(50_000_000)).unwrap() };
            let plan = dice.chance(2).then(|| {
                let mut plan = BTreeMap::new();
                let first = usize::try_from(dice.below(12)).unwrap() + 1;
                let share = i64::try_from(dice.below(u64::try_from(amount).unwrap() + 1)).unwrap();
                *plan.entry(first).or_default() += share;
                *plan.entry(usize::try_from(dice.below(12)).unwrap() + 1).or_default() += amount - share;
                plan
            });
            Line { key: format!("line-{number}"), amount, plan }
        });
        let lines = lines.collect();
        Self { lines, stops: dice.chance(2), by_months: dice.chance(3), band: i64::try_from(dice.below(10)).unwrap() }
    }

    fn toml(&self) -> String {
        let total: i64 = self.lines.iter().map(|line| line.amount).sum();
        let limit = if self.stops { "stop" } else { "warn" };
        let pace = if self.by_months { "months" } else { "days" };
        let mut text = format!(
            "[budget]\nid = \"made-up\"\ntitle = \"法则\"\nunit = \"某局\"\nfiscal_year = 2022\ntotal = \"{}\"\n\
             [control]\nallocation = \"{limit}\"\ntotal = \"{limit}\"\npace = \"{pace}\"\nband = \"{}\"\n",
            yuan(total),
            self.band,
        );
        for line in &self.lines {
            let plan = line.plan.as_ref().map_or("\"even\"".to_owned(), |plan| {
                let months: Vec<String> =
                    plan.iter().map(|(month, fen)| format!("\"{month:02}\" = \"{}\"", yuan(*fen))).collect();
                format!("{{ {} }}", months.join(", "))
            });
            write!(
                text,
                "[[allocation]]\nkey = \"{0}\"\nname = \"分项{0}\"\namount = \"{1}\"\nplan = {plan}\n",
                line.key,
                yuan(line.amount)
            )
            .unwrap();
        }
        text
    }
}

/// What one allocation's rows add up to, read from the CSV's text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Reckoned {
    original: i64,
    spent: i64,
    due: i64,
}

impl Reckoned {
    fn plan_to_date(&self) -> i64 {
        self.due.clamp(0, self.original)
    }
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

fn fen(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

fn day(number: i64) -> String {
    let mut left = number;
    for (month, days) in (1..).zip(DAYS_IN_MONTH) {
        if left < days {
            return format!("2022-{month:02}-{:02}", left + 1);
        }
        left -= days;
    }
    unreachable!("a year has 365 days")
}

/// a × b ÷ c, half-up, for numbers that are not negative; half away from zero for the others.
fn half_up(a: i64, b: i64, c: i64) -> i64 {
    let doubled = 2 * i128::from(a) * i128::from(b);
    let c = i128::from(c);
    let sign = if (doubled < 0) == (c < 0) { 1 } else { -1 };
    i64::try_from(sign * ((doubled.abs() + c.abs()) / (2 * c.abs()))).unwrap()
}

/// What is due of a plan by the end of day `on` (0 is 1 January).
fn due(plan: &str, amount: i64, on: i64, by_months: bool) -> i64 {
    let months_gone = |on: i64| {
        let mut end = 0;
        DAYS_IN_MONTH
            .iter()
            .filter(|days| {
                end += **days;
                end <= on + 1
            })
            .count()
    };
    if plan == "even" {
        let gone = i64::try_from(months_gone(on)).unwrap();
        return if by_months { half_up(amount, gone, 12) } else { half_up(amount, on + 1, 365) };
    }
    let mut sum = 0;
    for part in plan.split(';') {
        let (month, amount) = part.split_once(':').unwrap();
        let (month, amount) = (month.parse::<usize>().unwrap(), fen(amount));
        let begin: i64 = DAYS_IN_MONTH[..month - 1].iter().sum();
        let days = DAYS_IN_MONTH[month - 1];
        let gone = (on + 1 - begin).clamp(0, days);
        sum += if by_months { if gone == days { amount } else { 0 } } else { half_up(amount, gone, days) };
    }
    sum
}

/// The second reckoning: every line of the CSV, split at commas, summed by kind and allocation.
fn reckon(ledger: &str, on: i64, by_months: bool) -> BTreeMap<String, Reckoned> {
    let mut sums: BTreeMap<String, Reckoned> = BTreeMap::new();
    for line in ledger.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let (kind, date, key, amount, plan) = (fields[1], fields[2], fields[4], fen(fields[6]), fields[7]);
        if key.is_empty() {
            continue;
        }
        let sum = sums.entry(key.to_owned()).or_default();
        if date > day(on).as_str() {
            continue;
        }
        match kind {
            "budget" => {
                sum.original += amount;
                sum.due += due(plan, amount, on, by_months);
            }
            "expense" | "reversal" | "refund" => sum.spent += amount,
            other => panic!("no command writes {other} yet"),
        }
    }
    sums
}

/// `part` of `whole` in percent with two decimals, or null when there is no whole.
fn rate(part: i64, whole: i64) -> Value {
    if whole == 0 { Value::Null } else { yuan(half_up(part, 10_000, whole)).into() }
}

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
        total.original += sum.original;
        total.spent += sum.spent;
        check_figures(row, sum, &at);
    }
    check_figures(&seen["total"], &total, &at);
    let last = ledger.lines().last().unwrap();
    same(&seen["ledger"], "hash", &last.rsplit(',').next().unwrap().into(), &at);
}

fn check_figures(seen: &Value, sum: &Reckoned, at: &str) {
    same(seen, "original", &yuan(sum.original).into(), at);
    same(seen, "adjusted", &"0.00".into(), at);
    same(seen, "revised", &yuan(sum.original).into(), at);
    same(seen, "committed", &"0.00".into(), at);
    same(seen, "spent", &yuan(sum.spent).into(), at);
    same(seen, "available", &yuan(sum.original - sum.spent).into(), at);
    same(seen, "execution_rate", &rate(sum.spent, sum.original), at);
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
    let (mut revised, mut planned, mut spent, mut forecast) = (0, 0, 0, 0);
    for (row, line) in seen["rows"].as_array().unwrap().iter().zip(&made.lines) {
        let sum = &sums[&line.key];
        let plan = sum.plan_to_date();
        let row_forecast = sum.spent + (sum.original - plan).max(0);
        check_distance(row, sum.original, plan, sum.spent, row_forecast, elapsed, made.band, &at);
        revised += sum.original;
        planned += plan;
        spent += sum.spent;
        forecast += row_forecast;
    }
    check_distance(&seen["total"], revised, planned, spent, forecast, elapsed, made.band, &at);
}

#[expect(clippy::too_many_arguments, reason = "a line of the report, figure by figure")]
fn check_distance(seen: &Value, revised: i64, plan: i64, spent: i64, forecast: i64, elapsed: i64, band: i64, at: &str) {
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
        _ if revised - spent < 0 => "over_budget",
        distance if distance > band * revised => "ahead",
        distance if distance < -band * revised => "behind",
        _ => "on_pace",
    };
    same(seen, "status", &status.into(), at);
}

/// An expense as the model knows it.
#[derive(Clone)]
struct Expense {
    seq: u64,
    line: usize,
    date: String,
    left: i64,
}

/// A world as the model knows it.
#[derive(Default)]
struct Model {
    expenses: Vec<Expense>,
    spent: Vec<i64>,
    rows: u64,
}

/// One random command, with the exit code the rules demand.
fn move_money(office: &Office<Memory>, made: &Made, model: &mut Model, dice: &mut Dice, seed: u64) {
    let date = day(i64::try_from(dice.below(365)).unwrap());
    let before = office.files.bytes("made-up.csv").unwrap();
    let (typed, allowed, change): (Vec<String>, bool, (usize, i64)) = if model.expenses.is_empty() || !dice.chance(3) {
        let line = usize::try_from(dice.below(made.lines.len() as u64)).unwrap();
        let amount = i64::try_from(dice.below(12_000_000)).unwrap() + 1;
        let total: i64 = made.lines.iter().map(|line| line.amount).sum();
        let fits =
            amount <= made.lines[line].amount - model.spent[line] && amount <= total - model.spent.iter().sum::<i64>();
        let typed =
            ["record", "-a", &made.lines[line].key, "--amount", &yuan(amount), "--date", &date].map(str::to_owned);
        (typed.to_vec(), fits || !made.stops, (line, amount))
    } else {
        let pick = usize::try_from(dice.below(model.expenses.len() as u64)).unwrap();
        let Expense { seq, line, date: spent_on, left } = model.expenses[pick].clone();
        let part = if dice.chance(2) { left } else { i64::try_from(dice.below(12_000_000)).unwrap() + 1 };
        let command = if dice.chance(2) { "reverse" } else { "refund" };
        let mut typed = vec![command.to_owned(), seq.to_string(), "--date".into(), date.clone()];
        if part != left || left == 0 || dice.chance(2) {
            typed.extend(["--amount".to_owned(), yuan(part.max(1))]);
        }
        let part = if left == 0 { part.max(1) } else { part };
        let allowed = left > 0 && part <= left && date >= spent_on;
        if allowed {
            model.expenses[pick].left -= part;
        }
        (typed, allowed, (line, -part))
    };
    let seen = office.runs(&typed.iter().map(String::as_str).collect::<Vec<_>>());
    let expected = if allowed { Exit::Done } else { Exit::Refused };
    assert_eq!(seen.exit, expected, "{typed:?} in world {seed}: {}{}", seen.out, seen.err);
    let after = office.files.bytes("made-up.csv").unwrap();
    assert!(after.starts_with(&before), "the file only grows: {typed:?} in world {seed}");
    if allowed {
        model.rows += 1;
        model.spent[change.0] += change.1;
        if change.1 > 0 {
            model.expenses.push(Expense { seq: model.rows, line: change.0, date: date.clone(), left: change.1 });
        }
    } else {
        assert_eq!(after, before, "a refusal changes nothing: {typed:?} in world {seed}");
    }
}

fn world(seed: u64) {
    let mut dice = Dice(seed);
    let made = Made::roll(&mut dice);
    let office = Office::on(Memory::default());
    office.files.put("made-up.toml", made.toml());
    office.runs(&["open", "--yes"]).expect(Exit::Done);
    let mut model = Model { spent: vec![0; made.lines.len()], rows: 1 + made.lines.len() as u64, ..Model::default() };
    for _ in 0..dice.below(14) {
        move_money(&office, &made, &mut model, &mut dice, seed);
    }
    let ledger = String::from_utf8(office.files.bytes("made-up.csv").unwrap()).unwrap();
    for on in [i64::try_from(dice.below(365)).unwrap(), 364] {
        check_balance(&office, &made, &ledger, on, seed);
        check_variance(&office, &made, &ledger, on, seed);
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
