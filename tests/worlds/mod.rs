//! Made-up years through the product: a ledger imported, a statement in one of a bank's shapes, `reconcile` between them,
//! and its answer held against what was made as one.
//!
//! Nothing wrong is matched; what the rules can decide is; what they can't is open; every item stands in one place; the
//! order of the statement doesn't show; and what is open, once accepted, leaves nothing. `TAIZHANG_WORLDS` says how many
//! years, and `TAIZHANG_SEED` plays one alone.

mod made;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;
use taizhang::Exit;

use crate::dice::{Dice, number};
use crate::laws::reckoning::{fields, yuan};
use crate::memory::Memory;
use crate::office::Office;
use made::{Due, Made, Movement, Truth};
use shapes::{Statement, day, statement};

/// Years in an ordinary run.
const WORLDS: u64 = 200;
const BUDGET: &str = "[budget]\nid = \"w\"\ntitle = \"对账\"\nunit = \"某局\"\nfiscal_year = 2022\ntotal = \"90000000\"\n\
                      [[allocation]]\nkey = \"office\"\nname = \"办公\"\namount = \"90000000\"\n";

/// Rows and lines of one finding, by their places among what was made.
type Places = (BTreeSet<usize>, BTreeSet<usize>);

/// An answer, whatever the numbers of its rows and lines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answer {
    matched: BTreeSet<Places>,
    differing: BTreeSet<Places>,
    open: BTreeSet<Places>,
    alone: BTreeSet<Places>,
}

/// Which lines of a table look like one before: to import them is a question, and here they are meant.
fn doubled(table: &str) -> String {
    let mut seen = BTreeSet::new();
    let mut options = String::new();
    for (line, record) in (1..).zip(table.lines()) {
        let cells: Vec<&str> = record.split(',').collect();
        if !seen.insert(cells[..4].to_vec()) {
            write!(options, " --accept-double {line}").unwrap();
        }
    }
    options
}

/// What became of what was made, by kind: how many, and how many of them as is due.
#[derive(Debug, Default)]
struct Tally {
    kinds: BTreeMap<&'static str, [u64; 2]>,
    matched: u64,
}

/// A year's ledger, and which place among what was made each of its rows has.
struct Year {
    office: Office<Memory>,
    made: Made,
    place_of: BTreeMap<u64, usize>,
}

impl Year {
    fn kept(seed: u64) -> Self {
        let made = Made::year(&mut Dice(seed));
        let office = Office::on(Memory::default());
        office.files.put("w.toml", BUDGET);
        office.types("open --yes").expect(Exit::Done);
        let mut table = "日期,预算分项,金额,收款人,摘要,凭证号,支付令号\n".to_owned();
        for (place, row) in made.rows.iter().enumerate().filter(|(_, row)| row.of.is_none()) {
            let Movement { payee, number, .. } = row;
            writeln!(table, "{},办公,{},{payee},办公用品,记-{place:04},{number}", day(row.day), yuan(row.fen)).unwrap();
        }
        office.files.put("rows.csv", &*table);
        office.types(&format!("import rows.csv{}", doubled(&table))).expect(Exit::Done);
        for (place, row) in made.rows.iter().enumerate() {
            if let Some(of) = row.of {
                let (date, amount) = (day(row.day), yuan(-row.fen));
                office
                    .types(&format!("refund 记-{of:04} --amount {amount} --date {date} --id r-{place}"))
                    .expect(Exit::Done);
            }
        }
        let ledger = String::from_utf8(office.files.bytes("w.csv").unwrap()).unwrap();
        let place = |row: &Vec<String>| {
            match row[1].as_str() {
                "expense" => row[10].strip_prefix("记-"),
                "refund" => row[18].strip_prefix("r-"),
                _ => None,
            }?
            .parse()
            .ok()
        };
        let rows = ledger.lines().skip(1).map(fields);
        let place_of: BTreeMap<u64, usize> =
            rows.filter_map(|row| Some((row[0].parse().ok()?, place(&row)?))).collect();
        assert_eq!(place_of.len(), made.rows.len());
        Self { office, made, place_of }
    }

    /// The answer with the statement's lines in this order.
    fn answer(&self, seed: u64, order: &[usize]) -> (Answer, Value, Statement) {
        let lines: Vec<&Movement> = order.iter().map(|place| &self.made.lines[*place]).collect();
        let statement = statement(seed, &lines, &mut Dice(seed));
        self.office.files.put(statement.name, statement.bytes.clone());
        let seen = self.office.types(&format!("reconcile {} -f json", statement.name));
        assert!([Exit::Done, Exit::No].contains(&seen.exit), "{}", seen.err);
        let json = seen.json();
        let numbers = |found: &Value, several: &str, one: &str| -> Vec<u64> {
            let one = found[one].as_u64();
            found[several].as_array().into_iter().flatten().filter_map(Value::as_u64).chain(one).collect()
        };
        let list = |key: &str| -> BTreeSet<Places> {
            let found = json[key].as_array().unwrap().iter().map(|found| {
                let rows = numbers(found, "seqs", "seq").into_iter().map(|seq| self.place_of[&seq]);
                let lines = numbers(found, "lines", "line").into_iter();
                let line = |number: u64| order[usize::try_from(number - statement.before - 1).unwrap()];
                (rows.collect(), lines.map(line).collect())
            });
            found.collect()
        };
        let mut answer = Answer {
            matched: list("matched"),
            differing: list("differing"),
            open: list("ambiguous"),
            alone: list("only_in_ledger"),
        };
        answer.alone.append(&mut list("only_in_statement"));
        (answer, json, statement)
    }

    /// All that is open, as a person would decide it: each by its sum, and why.
    fn accepts(&self, json: &Value, statement: &Statement, order: &[usize]) {
        let mut decided = "笔号,行号,日期,金额,台账金额,原因\n".to_owned();
        for found in
            ["differing", "ambiguous", "only_in_ledger", "only_in_statement"].map(|key| json[key].as_array().unwrap())
        {
            for found in found {
                let numbers = |several: &str, one: &str| {
                    let numbers = found[several].as_array().into_iter().flatten().chain(found.get(one));
                    numbers.map(Value::to_string).collect::<Vec<_>>().join(";")
                };
                let (seqs, lines) = (numbers("seqs", "seq"), numbers("lines", "line"));
                let day_of = |number: &str| {
                    let place = usize::try_from(number.parse::<u64>().unwrap() - statement.before - 1).unwrap();
                    day(self.made.lines[order[place]].day)
                };
                let days: Vec<String> = lines.split(';').filter(|number| !number.is_empty()).map(day_of).collect();
                let days = days.join(";");
                let side = if lines.is_empty() { "ledger_amount" } else { "statement_amount" };
                let [sum, paid] = [side, "ledger_amount"].map(|name| found[name].as_str().unwrap_or_default());
                writeln!(decided, "{seqs},{lines},{days},{sum},{paid},已查明").unwrap();
            }
        }
        self.office.files.put("decided.csv", decided);
        let seen = self.office.types(&format!("reconcile {} --accept decided.csv -f json", statement.name));
        assert_eq!(seen.expect(Exit::Done).json()["agrees"], true);
    }
}

impl Answer {
    /// Every row and every line stands in one place.
    fn holds_each_once(&self, made: &Made) {
        let (mut rows, mut lines): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for found in [&self.matched, &self.differing, &self.open, &self.alone].into_iter().flatten() {
            rows.extend(&found.0);
            lines.extend(&found.1);
        }
        rows.sort_unstable();
        lines.sort_unstable();
        assert!(rows.into_iter().eq(0..made.rows.len()), "every row once: {self:?}");
        assert!(lines.into_iter().eq(0..made.lines.len()), "every line once: {self:?}");
    }

    fn is_as_due(&self, truth: &Truth) -> bool {
        let places = places(truth);
        match truth.due {
            Due::Matched => self.matched.contains(&places),
            Due::Differing => self.differing.contains(&places),
            Due::Open => self.open.iter().any(|open| open.0.is_superset(&places.0) && open.1.is_superset(&places.1)),
        }
    }
}

fn places(truth: &Truth) -> Places {
    (truth.rows.iter().copied().collect(), truth.lines.iter().copied().collect())
}

fn play(seed: u64, tally: &mut Tally) {
    let year = Year::kept(seed);
    let mut order: Vec<usize> = (0..year.made.lines.len()).collect();
    order.sort_by_key(|place| year.made.lines[*place].day);
    let (answer, json, statement) = year.answer(seed, &order);
    answer.holds_each_once(&year.made);
    let due = year.made.truths.iter().filter(|truth| truth.due == Due::Matched);
    let true_ones: BTreeSet<Places> = due.map(places).collect();
    let wrong: Vec<&Places> = answer.matched.difference(&true_ones).collect();
    assert!(wrong.is_empty(), "matched, and not made as one: {wrong:?}");
    tally.matched += answer.matched.len() as u64;
    for truth in &year.made.truths {
        let [all, as_due] = tally.kinds.entry(truth.what).or_default();
        *all += 1;
        *as_due += u64::from(answer.is_as_due(truth));
    }
    year.accepts(&json, &statement, &order);
    let mut dice = Dice(seed + 1);
    (1..order.len()).rev().for_each(|place| order.swap(place, dice.index(place + 1)));
    assert_eq!(year.answer(seed, &order).0, answer, "the order of the lines shows");
}

#[test]
#[expect(clippy::print_stdout, reason = "how many of each kind were found is for whoever asks with --nocapture")]
fn made_up_years_are_reconciled_as_they_were_made() {
    let seeds = match number("TAIZHANG_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("TAIZHANG_WORLDS").unwrap_or(WORLDS),
    };
    let mut tally = Tally::default();
    for seed in seeds {
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play(seed, &mut tally)));
        assert!(played.is_ok(), "TAIZHANG_SEED={seed}");
    }
    println!(
        "{} matches, none of them wrong; of each kind how many there were, and how many became what is due:",
        tally.matched
    );
    for (what, [all, as_due]) in &tally.kinds {
        println!("{what:>10} {all:>7} {as_due:>7}");
    }
    let sum = |column: usize| tally.kinds.values().map(|counts| counts[column]).sum::<u64>();
    assert!(sum(1) * 1_000 >= sum(0) * 999, "{} of {} are as is due", sum(1), sum(0));
}
