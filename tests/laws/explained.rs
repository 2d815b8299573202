//! What `explain` says of a figure is the figure, its steps foot, and the rows behind it are those of the CSV.

use serde_json::Value;
use taizhang::{Exit, Files};

use super::reckoning::{day, due, fen, fields, half_up, reckon, yuan};
use crate::office::Office;

const OF_BALANCE: [&str; 7] = ["original", "adjusted", "revised", "committed", "spent", "available", "execution_rate"];
const OF_VARIANCE: [&str; 7] =
    ["plan_to_date", "variance", "variance_rate", "elapsed_rate", "gap", "forecast", "status"];

/// What a row of a kind moves.
fn moves(kind: &str) -> &str {
    match kind {
        "budget" => "original",
        "adjustment" => "adjusted",
        "commitment" | "release" => "committed",
        "expense" | "reversal" | "refund" => "spent",
        other => panic!("{other} moves nothing"),
    }
}

/// A figure of an allocation, or of the total, as a report has it.
fn reported<F: Files>(office: &Office<F>, figure: &str, key: Option<&str>, on: i64) -> Value {
    let report = if OF_BALANCE.contains(&figure) { "balance" } else { "variance" };
    let json = office.runs(&[report, "-f", "json", "--as-of", &day(on)]).expect(Exit::Done).json();
    let line = match key {
        None => &json["total"],
        Some(key) => json["rows"].as_array().unwrap().iter().find(|row| row["allocation"] == key).unwrap(),
    };
    line[figure].clone()
}

/// One figure of one allocation, or of the total, taken apart; which one, a number picks.
pub(crate) fn check<F: Files>(office: &Office<F>, by_months: bool, ledger: &str, on: i64, pick: usize) {
    let figures = [OF_BALANCE, OF_VARIANCE].concat();
    let figure = figures[pick % figures.len()];
    let keys: Vec<String> = reckon(ledger, on, by_months).into_keys().collect();
    let key = keys.get(pick / figures.len() % (keys.len() + 1)).map(String::as_str);
    let at = format!("{figure} of {key:?} on {}", day(on));
    let as_of = day(on);
    let typed: Vec<&str> = ["explain", figure, "-f", "json", "--as-of", &as_of].into_iter().chain(key).collect();
    let seen = office.runs(&typed).expect(Exit::Done).json();
    assert_eq!(seen["figure"], figure, "{at}");
    assert_eq!(seen["allocation"].as_str(), key, "{at}");
    assert_eq!(seen["value"], reported(office, figure, key, on), "{at}");
    let steps = seen["steps"].as_array().unwrap();
    let last = steps.last().unwrap();
    assert_eq!((&last["step"], &last["value"]), (&seen["figure"], &seen["value"]), "{at}");
    check_steps(steps, &at);
    for part in ["original", "adjusted", "committed", "spent"] {
        check_rows(&seen, part, key, ledger, on, &at);
    }
    check_accruals(&seen, key, ledger, on, by_months, &at);
    check_lines(&seen, key, &at);
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The value of the last step that is about a figure.
fn stated(seen: &Value, figure: &str) -> Option<i64> {
    let steps = seen["steps"].as_array().unwrap();
    steps.iter().rev().find(|step| step["step"] == figure).map(|step| fen(text(&step["value"])))
}

/// Every step, reckoned from those before it.
fn check_steps(steps: &[Value], at: &str) {
    let (mut so_far, mut other, mut whole) = (0, 0, 0);
    let mut quotient = None;
    for step in steps {
        let value = &step["value"];
        let number = || value.as_u64().map_or_else(|| fen(text(value)), |count| i64::try_from(count).unwrap());
        match text(&step["operation"]) {
            // Where there is nothing to divide by, null goes on to the end.
            _ if value.is_null() => (so_far, quotient) = (i64::MAX, None),
            "sum" | "take" => so_far = number(),
            "plus" => so_far += number(),
            "minus" if so_far != i64::MAX => so_far -= number(),
            "minus" => {}
            "or" => other = number(),
            "larger" => {
                so_far = so_far.max(other);
                assert_eq!(number(), so_far, "{step} {at}");
            }
            "at_most" => {
                assert!(so_far > number(), "{step} bites {at}");
                so_far = number();
            }
            "at_least" => {
                assert!(so_far < number(), "{step} bites {at}");
                so_far = number();
            }
            "divided_by" => (whole, quotient) = (number(), Some(())),
            "equals" if quotient.take().is_some() => {
                let digits = text(value);
                let (_, decimals) = digits.split_once('.').unwrap();
                let millionths = format!("{}{}", digits.replace('.', ""), "0".repeat(6 - decimals.len()));
                let exact = i128::from(so_far) * 100_000_000 / i128::from(whole);
                assert_eq!(millionths.parse(), Ok(exact), "{step} {at}");
            }
            "equals" => assert_eq!(number(), so_far, "{step} {at}"),
            "rounded" => {
                assert_eq!(number(), half_up(so_far, 10_000, whole), "{step} {at}");
                so_far = number();
            }
            "against" | "gives" => {}
            other => panic!("{other} is no operation {at}"),
        }
    }
}

/// The rows of one figure, and that none of the CSV's is missing among them.
fn check_rows(seen: &Value, part: &str, key: Option<&str>, ledger: &str, on: i64, at: &str) {
    let rows: Vec<&Value> = seen["rows"].as_array().unwrap().iter().filter(|row| row["part"] == part).collect();
    let mut sum = 0;
    for row in &rows {
        sum += fen(text(&row["amount"]));
        assert_eq!(text(&row["running"]), yuan(sum), "{row} {at}");
    }
    let columns = |row: &Value| ["kind", "date", "allocation", "amount"].map(|column| text(&row[column]).to_owned());
    let mut found: Vec<String> = rows.iter().map(|row| format!("{},{}", row["seq"], columns(row).join(","))).collect();
    found.sort();
    if seen["figure"] == part || !rows.is_empty() {
        assert_eq!(Some(sum), stated(seen, part), "{part} of {at}");
        let mut expected: Vec<String> = money_rows(ledger, key, on)
            .filter(|fields| moves(&fields[1]) == part)
            .map(|fields| [0, 1, 2, 4, 6].map(|column| fields[column].clone()).join(","))
            .collect();
        expected.sort();
        assert_eq!(found, expected, "{part} of {at}");
    }
}

/// The CSV's money rows of an allocation, or of all, dated up to a day.
fn money_rows<'l>(ledger: &'l str, key: Option<&'l str>, on: i64) -> impl Iterator<Item = Vec<String>> {
    let rows = ledger.lines().skip(1).map(fields).filter(|fields| fields[1] != "note");
    rows.filter(move |fields| !fields[4].is_empty() && key.is_none_or(|key| key == fields[4]) && fields[2] <= day(on))
}

/// What falls due, row by row, against the second reckoning of each row's plan.
fn check_accruals(seen: &Value, key: Option<&str>, ledger: &str, on: i64, by_months: bool, at: &str) {
    let accruals = seen["accruals"].as_array().unwrap();
    let mut sum = 0;
    for accrual in accruals {
        let (elapsed, span) = (accrual["elapsed"].as_i64().unwrap(), accrual["span"].as_i64().unwrap());
        let part = half_up(fen(text(&accrual["amount"])), elapsed, span);
        assert_eq!(text(&accrual["due"]), yuan(part), "{accrual} {at}");
        sum += part;
        assert_eq!(text(&accrual["running"]), yuan(sum), "{accrual} {at}");
    }
    if !accruals.is_empty() {
        let budget =
            money_rows(ledger, key, on).filter(|fields| ["budget", "adjustment"].contains(&fields[1].as_str()));
        let month = |date: &str| date[5..7].parse::<usize>().unwrap() - 1;
        let expected: i64 =
            budget.map(|fields| due(&fields[7], fen(&fields[6]), month(&fields[2]), on, by_months)).sum();
        assert_eq!(sum, expected, "{at}");
        let said = stated(seen, "accrued").or_else(|| stated(seen, "plan_to_date"));
        assert_eq!(Some(sum), said, "{at}");
    }
}

/// A total's lines add up, each figure of them.
fn check_lines(seen: &Value, key: Option<&str>, at: &str) {
    let lines = seen["allocations"].as_array().unwrap();
    assert!(key.is_none() || lines.is_empty(), "{at}");
    for figure in ["plan_to_date", "forecast"] {
        let sum: i64 = lines.iter().map(|line| fen(text(&line[figure]))).sum();
        let said = stated(seen, figure);
        assert!(lines.is_empty() || said.is_none_or(|said| said == sum), "{figure} of {at}");
    }
}
