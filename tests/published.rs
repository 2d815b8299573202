//! Answers for programs, against the schemas that are published for them.

use std::fs;
use std::path::Path;

use jsonschema::{Validator, draft202012};
use serde_json::{Value, json};
use taizhang::{Disk, Exit};

use super::cases::play_in;
use super::dice::Dice;
use super::formats::reconciled;
use super::laws::reckoning::{day, fen, yuan};
use super::office::{Folder, Office};

const RECONCILIATION: &str = include_str!("../schemas/reconciliation-1.json");

fn schema() -> Value {
    serde_json::from_str(RECONCILIATION).unwrap()
}

fn validator() -> Validator {
    draft202012::new(&schema()).unwrap()
}

/// What is wrong with an answer, in words.
fn faults(validator: &Validator, answer: &Value) -> Vec<String> {
    validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The lists of an answer in which something may stand.
const LISTS: [&str; 9] = [
    "bridge",
    "by_month",
    "differing",
    "ambiguous",
    "choices",
    "only_in_ledger",
    "only_in_statement",
    "explained",
    "matched",
];

#[test]
fn the_schema_of_a_reconciliation_is_strict_and_a_schema() {
    let schema = schema();
    assert_eq!(draft202012::meta::validate(&schema).map_err(|error| error.to_string()), Ok(()));
    let (mut objects, mut rest) = (0, vec![&schema]);
    while let Some(value) = rest.pop() {
        if let Value::Object(members) = value {
            if value["type"] == "object" {
                objects += 1;
                assert_eq!(value["additionalProperties"], false, "{value}");
                let mut keys: Vec<&str> = value["properties"].as_object().unwrap().keys().map(String::as_str).collect();
                let mut required: Vec<&str> =
                    value["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
                keys.sort_unstable();
                required.sort_unstable();
                assert_eq!(keys, required, "every key is always there");
            }
            rest.extend(members.values());
        } else if let Value::Array(values) = value {
            rest.extend(values);
        }
    }
    assert!(objects > 10, "{objects} objects");
    assert!(!validator().is_valid(&json!({})));
}

/// Every reconciliation that a case types, asked again as JSON.
#[test]
fn the_reconciliations_of_the_cases_are_as_published() {
    let validator = validator();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/reconcile");
    let mut answers = 0;
    for case in fs::read_dir(&cases).unwrap().map(|case| case.unwrap().path()) {
        let folder = Folder::new();
        let name = format!("reconcile/{}", case.file_name().unwrap().to_string_lossy());
        let office = play_in(&folder, &name);
        for line in fs::read_to_string(case.join("typed")).unwrap().lines() {
            let asks = line.strip_prefix("taizhang ").filter(|line| {
                line.starts_with("reconcile ") && ["-f", "-o", "--undecided"].iter().all(|word| !line.contains(word))
            });
            let Some(seen) = asks.map(|line| office.types(&format!("{line} -f json"))) else { continue };
            if seen.exit == Exit::Done || seen.exit == Exit::No {
                let answer = seen.json();
                assert_eq!(faults(&validator, &answer), Vec::<String>::new(), "{name}: {line}");
                assert_eq!(answer["agrees"], seen.exit == Exit::Done, "{name}: {line}");
                answers += 1;
            }
        }
    }
    assert!(answers > 15, "{answers} answers");
}

/// An office with some payments, and a statement that mostly tells them.
fn made_up(folder: &Folder, dice: &mut Dice) -> Office<Disk> {
    let office = folder.opened();
    let payees = ["甲公司", "乙公司", "丙:公司;一部", ""];
    let mut lines = vec!["日期,支出,收入,对方户名,流水号,摘要".to_owned()];
    for number in 0..24 {
        let (on, payee) = (i64::try_from(dice.below(340)).unwrap(), payees[dice.index(payees.len())]);
        // Few amounts, so that some are equal and some are sums of others.
        let paid_fen = [12_345, 20_000, 32_345, 52_345][dice.index(4)];
        let payment = if dice.chance(3) { format!("ZF{number:06}") } else { String::new() };
        let (paid_on, paid) = (day(on), yuan(paid_fen));
        let mut words = vec!["record", "-a", "1", "--amount", &paid, "--date", &paid_on];
        if !payee.is_empty() {
            words.extend(["--payee", payee]);
        }
        if !payment.is_empty() {
            words.extend(["--payment", &payment]);
        }
        let id = format!("r-{number}");
        words.extend(["--id", &id]);
        if !dice.chance(9) {
            office.runs(&words).expect(Exit::Done);
        }
        let told = if dice.chance(9) { yuan(paid_fen + 1) } else { yuan(paid_fen) };
        let late = day(on + i64::try_from(dice.below(5)).unwrap());
        if !dice.chance(9) {
            lines.push(format!("{late},{told},,{payee},{payment},第{number}笔"));
        }
    }
    // Two of one amount on one day, of which the bank tells one.
    let twins = i64::try_from(dice.below(340)).unwrap();
    for id in ["twin-1", "twin-2"] {
        let paid_on = day(twins);
        let words = ["record", "-a", "2", "--amount", "66.60", "--date", &paid_on, "--payee", "丁公司", "--id", id];
        office.runs(&words).expect(Exit::Done);
    }
    lines.push(format!("{},66.60,,丁公司,,", day(twins + 1)));
    lines.push("2022-12-21,,3.00,银行,,退手续费".into());
    folder.write("bank.csv", lines.join("\n") + "\n");
    office
}

/// Half of what is open, with a reason.
fn half_decided(list: &str) -> String {
    let mut lines = list.lines();
    let headings = lines.next().unwrap().to_owned();
    let decided = lines.step_by(2).map(|line| format!("\n{line}查明"));
    headings + &decided.collect::<String>() + "\n"
}

/// An answer in which something stands in every list.
fn rich_answer() -> Value {
    let folder = Folder::new();
    let office = reconciled(&folder);
    let answer = office.types("reconcile bank.csv --accept decided.csv -f json").expect(Exit::No).json();
    for list in LISTS {
        assert!(answer[list].as_array().is_some_and(|list| !list.is_empty()), "{list}");
    }
    answer
}

/// Before and after a person has decided.
fn answers(dice: &mut Dice) -> [Value; 2] {
    let folder = Folder::new();
    let office = made_up(&folder, dice);
    let before = office.types("reconcile bank.csv -f json --undecided list.csv").expect(Exit::No).json();
    folder.write("decided.csv", half_decided(&String::from_utf8(folder.read("list.csv")).unwrap()));
    let after = office.types("reconcile bank.csv -f json --accept decided.csv").expect(Exit::No).json();
    [before, after]
}

#[test]
fn made_up_reconciliations_are_as_published_and_each_row_and_line_stands_in_one_place() {
    let validator = validator();
    let mut seen = [0; LISTS.len()];
    for seed in 1..=6 {
        for answer in answers(&mut Dice(seed)) {
            assert_eq!(faults(&validator, &answer), Vec::<String>::new(), "seed {seed}");
            items_are_those_of_the_group(&answer);
            for (count, list) in seen.iter_mut().zip(LISTS) {
                *count += answer[list].as_array().unwrap().len();
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{LISTS:?} had {seen:?}");
}

/// Each group lists its rows and lines one by one, and they come to its sums; no row and no line stands in two groups.
fn items_are_those_of_the_group(answer: &Value) {
    let (mut seqs, mut lines) = (Vec::new(), Vec::new());
    let list = |key: &str| answer[key].as_array().unwrap().iter();
    for group in ["matched", "differing", "ambiguous", "explained"].iter().flat_map(|key| list(key)) {
        for (numbers, items, number, sum, all) in [
            ("seqs", "ledger_items", "seq", "ledger_amount", &mut seqs),
            ("lines", "statement_items", "line", "statement_amount", &mut lines),
        ] {
            let items = group[items].as_array().unwrap();
            let named: Vec<&Value> = items.iter().map(|item| &item[number]).collect();
            assert_eq!(named, group[numbers].as_array().unwrap().iter().collect::<Vec<_>>(), "{group}");
            let fen: i64 = items.iter().map(|item| fen(item["amount"].as_str().unwrap())).sum();
            assert_eq!(group[sum], yuan(fen), "{group}");
            all.extend(named.into_iter().map(|number| number.as_u64().unwrap()));
        }
    }
    seqs.extend(list("only_in_ledger").map(|row| row["seq"].as_u64().unwrap()));
    lines.extend(list("only_in_statement").map(|line| line["line"].as_u64().unwrap()));
    for mut numbers in [seqs, lines] {
        let count = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), count, "{answer}");
    }
    for choice in list("choices") {
        let number = usize::try_from(choice["ambiguity"].as_u64().unwrap()).unwrap();
        let whole = &answer["ambiguous"][number - 1];
        assert_eq!(whole["number"], choice["ambiguity"]);
        for key in ["seqs", "lines"] {
            let within = whole[key].as_array().unwrap();
            assert!(
                choice[key].as_array().unwrap().iter().all(|number| within.contains(number)),
                "{choice} of {whole}"
            );
        }
    }
}

/// A schema that takes anything says nothing: whatever key is left out, added, or made something else is noticed.
#[test]
fn an_answer_that_is_not_as_published_is_refused() {
    let (validator, answer) = (validator(), rich_answer());
    assert!(validator.is_valid(&answer));
    let mut tried = 0;
    for pointer in pointers(&answer) {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut answer = answer.clone();
            change(answer.pointer_mut(&pointer).unwrap());
            assert!(!validator.is_valid(&answer), "{pointer} may be {}", answer.pointer(&pointer).unwrap());
        };
        let value = answer.pointer(&pointer).unwrap();
        changed(&|value| *value = if value.is_boolean() { json!("true") } else { json!(true) });
        changed(&|value| *value = json!(1.5));
        if let Value::Object(members) = value {
            for key in members.keys() {
                changed(&|value| drop(value.as_object_mut().unwrap().remove(key)));
            }
            changed(&|value| drop(value.as_object_mut().unwrap().insert("extra".into(), json!("1.00"))));
        }
        if value.as_str().is_some_and(|text| text.ends_with(".00")) {
            for wrong in ["1.0", "1", "01.00", "-0.00", "1,000.00", "1.000", "+1.00", ""] {
                changed(&|value| *value = json!(wrong));
            }
        }
        tried += 1;
    }
    assert!(tried > 250, "{tried} places");
    let mut lies = answer.clone();
    lies["agrees"] = json!(true);
    assert!(!validator.is_valid(&lies), "what is open does not agree");
}

/// Where each value of an answer stands.
fn pointers(answer: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = found.get(next).cloned() {
        match answer.pointer(&pointer).unwrap() {
            Value::Object(members) => found.extend(members.keys().map(|key| format!("{pointer}/{key}"))),
            Value::Array(values) => found.extend((0..values.len()).map(|place| format!("{pointer}/{place}"))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        next += 1;
    }
    found
}
