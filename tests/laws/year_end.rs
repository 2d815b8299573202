//! The year-end form on made-up ledgers of several funds: against the second reckoning, against `balance`, and read back
//! from the file that is filled in for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use taizhang::Exit;

use super::reckoning::{day, fen, half_up, rate, yuan};
use crate::dice::{Dice, number};
use crate::memory::Memory;
use crate::office::Office;

const FUNDS: [&str; 3] = ["current", "carried", "other"];

/// What a text between quotes may hold without being a formula or hidden.
const ODD: [&str; 6] = ["\"引号\"", "back\\slash", "#号", "『』", "a = b", "[[x]]"];

/// A budget of several funds and with targets, some of them of one name.
fn budget(dice: &mut Dice) -> (String, usize) {
    let lines = 1 + dice.index(4);
    let mut text = String::new();
    let mut total = 0;
    for number in 0..lines {
        let amount = i64::try_from(dice.below(2_000_000)).unwrap();
        total += amount;
        write!(
            text,
            "[[allocation]]\nkey = \"line-{number}\"\nname = '{number} {}'\namount = \"{}\"\nfund = \"{}\"\n",
            ODD[dice.index(ODD.len())],
            yuan(amount),
            FUNDS[dice.index(3)],
        )
        .unwrap();
        for _ in 0..dice.below(4) {
            let kind = ["quantity", "quality", "timeliness", "cost", "social", "satisfaction"][dice.index(6)];
            let goal = [">=", "<=", "="][dice.index(3)];
            write!(
                text,
                "[[allocation.target]]\nname = '指标{}'\nkind = \"{kind}\"\ngoal = \"{goal}{}.{}\"\nunit = \"次\"\n",
                ODD[dice.index(2)],
                dice.below(20),
                dice.below(10),
            )
            .unwrap();
            if !dice.chance(4) {
                writeln!(text, "weight = \"{}.5\"", dice.below(50)).unwrap();
            }
        }
    }
    let head = "[budget]\nid = \"made-up\"\ntitle = \"法则\"\nunit = \"某局\"\nfiscal_year = 2022\n";
    let control = "[control]\nallocation = \"warn\"\ntotal = \"warn\"\n";
    (format!("{head}total = \"{}\"\n{control}{text}", yuan(total)), lines)
}

/// Money moves between funds and out of them; what a rule refuses is no matter here.
fn moves(office: &Office<Memory>, lines: usize, dice: &mut Dice) {
    for _ in 0..dice.below(14) {
        let key = format!("line-{}", dice.index(lines));
        let (fund, amount) = (FUNDS[dice.index(3)], yuan(dice.amount() / 10 + 1));
        let date = day(i64::try_from(dice.below(365)).unwrap());
        let change = if dice.chance(3) { "--cut" } else { "--add" };
        let typed = match dice.below(4) {
            0 => vec!["adjust", "-a", &key, change, &amount, "--doc", "文号", "--fund", fund],
            1 => vec!["commit", "-a", &key, "--amount", &amount, "--doc", "合同", "--fund", fund],
            _ => vec!["record", "-a", &key, "--amount", &amount, "--fund", fund],
        };
        let seen = office.runs(&[typed, vec!["--date", &date]].concat());
        assert!([Exit::Done, Exit::Refused].contains(&seen.exit), "{seen:?}");
    }
}

/// Original, adjusted and spent, by allocation and fund, from the CSV's text.
type Sums = BTreeMap<(String, String), [i64; 3]>;

fn reckoned(ledger: &str) -> Sums {
    let mut sums = Sums::new();
    for line in ledger.lines().skip(1) {
        // The names of these budgets hold quotes, but no commas.
        let fields: Vec<&str> = line.split(',').collect();
        let place = match fields[1] {
            "budget" => 0,
            "adjustment" => 1,
            "expense" => 2,
            _ => continue,
        };
        sums.entry((fields[4].to_owned(), fields[5].to_owned())).or_default()[place] += fen(fields[6]);
    }
    sums
}

fn summed(sums: &Sums, of: impl Fn(&(String, String)) -> bool) -> [i64; 3] {
    let these = sums.iter().filter(|(of_whom, _)| of(of_whom));
    these.fold([0; 3], |sum, (_, figures)| [0, 1, 2].map(|place| sum[place] + figures[place]))
}

fn check(seen: &Value, [original, adjusted, spent]: [i64; 3], at: &str) {
    let revised = original + adjusted;
    for (key, expected) in [
        ("original", yuan(original)),
        ("adjusted", yuan(adjusted)),
        ("revised", yuan(revised)),
        ("spent", yuan(spent)),
        ("left", yuan(revised - spent)),
    ] {
        assert_eq!(seen[key], expected, "{key} {at}");
    }
    assert_eq!(seen["execution_rate"], rate(spent, revised), "{at}");
}

fn check_form(office: &Office<Memory>, sums: &Sums, at: &str) -> Value {
    let form = office.types("final --draft -f json").expect(Exit::Done).json();
    let total = summed(sums, |_| true);
    check(&form, total, at);
    for row in form["funds"].as_array().unwrap() {
        check(row, summed(sums, |(_, fund)| row["fund"] == *fund), at);
    }
    for row in form["allocations"].as_array().unwrap() {
        check(row, summed(sums, |(key, _)| row["allocation"] == *key), at);
    }
    let holdings = form["holdings"].as_array().unwrap();
    assert_eq!(holdings.len(), sums.keys().count(), "{at}");
    for row in holdings {
        check(row, summed(sums, |(key, fund)| row["allocation"] == *key && row["fund"] == *fund), at);
    }
    let adjusted: i64 =
        form["adjustments"].as_array().unwrap().iter().map(|row| fen(row["amount"].as_str().unwrap())).sum();
    assert_eq!(adjusted, total[1], "{at}");
    let (revised, spent) = (total[0] + total[1], total[2]);
    let score = if revised > 0 { yuan(half_up(1_000, spent.clamp(0, revised), revised)).into() } else { Value::Null };
    assert_eq!(form["execution_score"], score, "{at}");
    let balance = office.types("balance -f json --as-of 2022-12-31").expect(Exit::Done).json();
    for key in ["original", "adjusted", "revised", "spent", "execution_rate"] {
        assert_eq!(form[key], balance["total"][key], "{key} {at}");
    }
    form
}

/// Fills in all that a blank form asks for.
fn filled(blank: &str, dice: &mut Dice) -> String {
    let mut left = 0;
    let mut text = String::new();
    let mut parts = 0;
    for line in blank.lines() {
        if let Some(stated) = line.strip_prefix("left = ") {
            left = fen(&stated.replace(['"', ','], ""));
            parts = if left == 0 { 0 } else { i64::try_from(dice.below(left.unsigned_abs())).unwrap() * left.signum() };
        }
        let said = match line {
            "carry_forward = \"\"" => format!("carry_forward = \"{}\"", yuan(parts)),
            "surplus = \"\"" => format!("surplus = \"{}\"", yuan(left - parts)),
            "actual = \"\"" => format!("actual = \"{}.{} 次\"", dice.below(20), dice.below(10)),
            "reason = \"\"" => "reason = '因 \"疫情\" 推迟'".into(),
            line => line.into(),
        };
        text += &(said + "\n");
    }
    text
}

fn world(seed: u64) {
    let mut dice = Dice(seed);
    let office = Office::on(Memory::default());
    let (toml, lines) = budget(&mut dice);
    office.files.put("made-up.toml", toml);
    office.runs(&["open", "--yes"]).expect(Exit::Done);
    moves(&office, lines, &mut dice);
    let at = format!("in world {seed}");
    let sums = reckoned(&String::from_utf8(office.files.bytes("made-up.csv").unwrap()).unwrap());
    let form = check_form(&office, &sums, &at);

    // A blank reads back as it is, and says nothing that was not said.
    let blank = office.types("final --blank").expect(Exit::Done).out;
    office.files.put("blank.txt", blank.clone());
    let unsaid = office.types("final --draft --with blank.txt -f json").expect(Exit::Done).json();
    assert_eq!(unsaid, form, "{at}");
    office.files.put("form.txt", filled(&blank, &mut dice));
    let full = office.types("final --draft --with form.txt -f json").expect(Exit::Done).json();
    let texts: Vec<i64> = ["carry_forward", "surplus", "left"].map(|key| fen(full[key].as_str().unwrap())).into();
    assert_eq!(texts[0] + texts[1], texts[2], "{at}");
    for target in full["targets"].as_array().unwrap().iter().filter(|target| target["points"].is_string()) {
        let [points, score] = ["points", "score"].map(|key| fen(target[key].as_str().unwrap()));
        assert!((0..=points).contains(&score), "{at}: {target}");
        assert!(target["met"] == false || score == points, "{at}: {target}");
    }
    // Filled in and made anew, it says the same again.
    let again = office.types("final --blank --with form.txt").expect(Exit::Done).out;
    office.files.put("again.txt", again.clone());
    assert_eq!(office.types("final --draft --with again.txt -f json").expect(Exit::Done).json(), full, "{at}");
    assert_eq!(office.types("final --blank --with again.txt").expect(Exit::Done).out, again, "{at}");
    for format in ["table", "csv"] {
        office.types(&format!("final --draft --with form.txt -f {format}")).expect(Exit::Done);
    }
}

#[test]
fn the_year_end_form_agrees_with_the_second_reckoning_and_its_blank_reads_back() {
    match number("TAIZHANG_SEED") {
        Some(seed) => world(seed),
        None => (0..number("TAIZHANG_WORLDS").unwrap_or(400)).for_each(world),
    }
}
