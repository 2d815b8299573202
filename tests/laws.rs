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

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    /// An amount a made-up line could hold, in 分.
    fn amount(&mut self) -> i64 {
        i64::try_from(self.below(12_000_000)).unwrap() + 1
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }
}

/// An allocation as the made-up budget states it; amounts in 分.
struct MadeLine {
    key: String,
    amount: i64,
    /// By month, 1 to 12; `None` is even.
    plan: Option<BTreeMap<usize, i64>>,
}

/// A made-up budget and what is known of it without the program.
struct Made {
    lines: Vec<MadeLine>,
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
            MadeLine { key: format!("line-{number}"), amount, plan }
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
    adjusted: i64,
    committed: i64,
    spent: i64,
    due: i64,
}

impl Reckoned {
    fn revised(&self) -> i64 {
        self.original + self.adjusted
    }

    fn available(&self) -> i64 {
        self.revised() - self.committed - self.spent
    }

    fn plan_to_date(&self) -> i64 {
        self.due.min(self.revised()).max(0)
    }

    fn add(&mut self, other: &Self) {
        self.original += other.original;
        self.adjusted += other.adjusted;
        self.committed += other.committed;
        self.spent += other.spent;
        self.due += other.due;
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

/// What is due of a plan by the end of day `on` (0 is 1 January), for a row dated in `month` (0 is January).
fn due(plan: &str, amount: i64, month: usize, on: i64, by_months: bool) -> i64 {
    let months_gone = |on: i64| {
        let mut end = 0;
        let ended = |days: &&i64| {
            end += **days;
            end <= on + 1
        };
        DAYS_IN_MONTH.iter().filter(ended).count()
    };
    if plan == "even" {
        let begin: i64 = DAYS_IN_MONTH[..month].iter().sum();
        let gone = i64::try_from(months_gone(on).saturating_sub(month)).unwrap();
        let months = i64::try_from(12 - month).unwrap();
        return if by_months {
            half_up(amount, gone, months)
        } else {
            half_up(amount, (on + 1 - begin).max(0), 365 - begin)
        };
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
                sum.due += due(plan, amount, 0, on, by_months);
            }
            "adjustment" => {
                let month: usize = date[5..7].parse().unwrap();
                sum.adjusted += amount;
                sum.due += due(plan, amount, month - 1, on, by_months);
            }
            "commitment" | "release" => sum.committed += amount,
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
        total.add(sum);
        check_figures(row, sum, &at);
    }
    check_figures(&seen["total"], &total, &at);
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

/// An expense or commitment as the model knows it.
#[derive(Clone)]
struct Open {
    seq: u64,
    line: usize,
    date: String,
    left: i64,
}

/// A world as the model knows it: what each line was given and has promised and spent, over all days.
struct Model {
    lines: Vec<Reckoned>,
    expenses: Vec<Open>,
    commitments: Vec<Open>,
    rows: u64,
}

/// What a command is meant to do, when the rules allow it.
struct Meant {
    typed: Vec<String>,
    allowed: bool,
    rows: u64,
    done: Box<dyn FnOnce(&mut Model)>,
}

impl Model {
    fn new(made: &Made) -> Self {
        let lines = made.lines.iter().map(|line| Reckoned { original: line.amount, ..Reckoned::default() });
        Self {
            lines: lines.collect(),
            expenses: Vec::new(),
            commitments: Vec::new(),
            rows: 1 + made.lines.len() as u64,
        }
    }

    fn total(&self) -> Reckoned {
        let mut total = Reckoned::default();
        self.lines.iter().for_each(|line| total.add(line));
        total
    }

    /// Whether the limits let this much go from a line, `freed` of it coming from a release in the same batch.
    fn lets(&self, made: &Made, line: usize, amount: i64, freed: i64) -> bool {
        !made.stops || amount <= self.lines[line].available() + freed && amount <= self.total().available() + freed
    }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn spend(made: &Made, model: &Model, dice: &mut Dice, command: &str, date: &str) -> Meant {
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
fn take_back(model: &Model, dice: &mut Dice, command: &str, date: &str) -> Meant {
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
fn pay(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
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

fn adjust(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
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

fn transfer(made: &Made, model: &Model, dice: &mut Dice, date: &str) -> Meant {
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
fn move_money(office: &Office<Memory>, made: &Made, model: &mut Model, dice: &mut Dice, seed: u64) {
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
