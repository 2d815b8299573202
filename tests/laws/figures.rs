//! Every figure of every report of a ledger, against the second reckoning. What disagrees is returned, not panicked
//! with, so that whoever made the ledger can go on looking for a smaller one.

use std::collections::BTreeMap;

use serde_json::Value;
use taizhang::{Exit, Files};

use super::reckoning::{DAYS_IN_MONTH, Reckoned, day, fen, fields, half_up, number_of, rate, reckon, yuan};
use crate::office::{Office, Seen};

/// What a report reads from the budget file, beside the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ways {
    pub(crate) by_months: bool,
    pub(crate) band: i64,
}

/// A disagreement, in words.
pub(crate) type Agreement = Result<(), String>;

/// Holds every report as of day `on` against the ledger's text.
pub(crate) fn agree<F: Files>(office: &Office<F>, ledger: &str, ways: Ways, on: i64) -> Agreement {
    let reports = [
        balance(office, ledger, ways, on).map_err(|at| format!("balance: {at}")),
        variance(office, ledger, ways, on).map_err(|at| format!("variance: {at}")),
        commitments(office, ledger, on).map_err(|at| format!("commitments: {at}")),
    ];
    reports.into_iter().collect::<Agreement>().map_err(|at| format!("as of {}, {at}", day(on)))
}

/// A command that must be done, and its answer as JSON.
pub(super) fn asked<F: Files>(office: &Office<F>, words: &[&str]) -> Result<(Value, Seen), String> {
    let seen = office.runs(&[words, &["-f", "json"]].concat());
    if seen.exit != Exit::Done || seen.err.contains("error:") {
        return Err(format!("{words:?} ends with {:?}: {}", seen.exit, seen.err));
    }
    Ok((seen.json(), seen))
}

pub(super) fn same(seen: &Value, key: &str, expected: impl Into<Value>) -> Agreement {
    let expected = expected.into();
    if seen[key] == expected { Ok(()) } else { Err(format!("{key} is {}, not {expected}, in {seen}", seen[key])) }
}

/// The report's rows by allocation. Those that the ledger doesn't know stand there with nothing.
fn by_key<'v>(seen: &'v Value, sums: &BTreeMap<String, Reckoned>) -> Result<Vec<(&'v Value, Reckoned)>, String> {
    let rows = seen["rows"].as_array().ok_or("no rows")?;
    let mut missing: Vec<&String> = sums.keys().collect();
    let row = |row: &'v Value| {
        let key = row["allocation"].as_str().unwrap_or_default();
        missing.retain(|known| *known != key);
        (row, sums.get(key).cloned().unwrap_or_default())
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    if missing.is_empty() { Ok(rows) } else { Err(format!("{missing:?} not in {seen}")) }
}

fn balance<F: Files>(office: &Office<F>, ledger: &str, ways: Ways, on: i64) -> Agreement {
    let sums = reckon(ledger, on, ways.by_months);
    let (seen, _) = asked(office, &["balance", "--as-of", &day(on)])?;
    let figures = |seen: &Value, sum: &Reckoned| {
        same(seen, "original", yuan(sum.original))?;
        same(seen, "adjusted", yuan(sum.adjusted))?;
        same(seen, "revised", yuan(sum.revised()))?;
        same(seen, "committed", yuan(sum.committed))?;
        same(seen, "spent", yuan(sum.spent))?;
        same(seen, "available", yuan(sum.available()))?;
        same(seen, "execution_rate", rate(sum.spent, sum.revised()))
    };
    let mut total = Reckoned::default();
    for (row, sum) in by_key(&seen, &sums)? {
        total.add(&sum);
        figures(row, &sum)?;
    }
    figures(&seen["total"], &total)?;
    // A report of a closed month is sealed by its close row, and by the last row until then.
    let month = day(on)[..7].to_owned();
    let close = ledger.lines().find(|line| line.contains(&format!(",close,{month}-")));
    let last = close.or(ledger.lines().last()).unwrap_or_default();
    same(&seen["ledger"], "hash", last.rsplit(',').next())?;
    same(&seen["ledger"], "rows", last.split(',').next().and_then(|seq| seq.parse::<u64>().ok()))
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

fn variance<F: Files>(office: &Office<F>, ledger: &str, ways: Ways, on: i64) -> Agreement {
    let sums = reckon(ledger, on, ways.by_months);
    let (seen, _) = asked(office, &["variance", "--as-of", &day(on)])?;
    let mut months = 0;
    let mut end = 0;
    for days in DAYS_IN_MONTH {
        end += days;
        months += i64::from(end <= on + 1);
    }
    let elapsed = if ways.by_months { half_up(months, 10_000, 12) } else { half_up(on + 1, 10_000, 365) };
    let mut total = Line::default();
    for (row, sum) in by_key(&seen, &sums)? {
        let plan = sum.plan_to_date();
        let line = Line {
            revised: sum.revised(),
            available: sum.available(),
            plan,
            spent: sum.spent,
            forecast: sum.spent + (sum.revised() - plan).max(sum.committed),
        };
        distance(row, line, elapsed, ways.band)?;
        total.revised += line.revised;
        total.available += line.available;
        total.plan += line.plan;
        total.spent += line.spent;
        total.forecast += line.forecast;
    }
    distance(&seen["total"], total, elapsed, ways.band)
}

fn distance(seen: &Value, line: Line, elapsed: i64, band: i64) -> Agreement {
    let Line { revised, available, plan, spent, forecast } = line;
    same(seen, "revised", yuan(revised))?;
    same(seen, "plan_to_date", yuan(plan))?;
    same(seen, "spent", yuan(spent))?;
    same(seen, "variance", yuan(plan - spent))?;
    same(seen, "variance_rate", rate(plan - spent, plan))?;
    same(seen, "execution_rate", rate(spent, revised))?;
    same(seen, "elapsed_rate", yuan(elapsed))?;
    let gap = if revised == 0 { Value::Null } else { yuan(half_up(spent, 10_000, revised) - elapsed).into() };
    same(seen, "gap", gap)?;
    same(seen, "forecast", yuan(forecast))?;
    let status = match 100 * (spent - plan) {
        _ if available < 0 => "over_budget",
        distance if distance > band * revised => "ahead",
        distance if distance < -band * revised => "behind",
        _ => "on_pace",
    };
    same(seen, "status", status)
}

/// The open commitments, oldest first, each with what its releases up to the day have left.
fn commitments<F: Files>(office: &Office<F>, ledger: &str, on: i64) -> Agreement {
    let day = day(on);
    let rows: Vec<Vec<String>> = ledger.lines().skip(1).map(fields).filter(|row| row[2] <= day).collect();
    let released = |seq: &str| -> i64 {
        let of = |row: &&Vec<String>| row[1] == "release" && row[15] == seq;
        rows.iter().filter(of).map(|row| -fen(&row[6])).sum()
    };
    let open = rows.iter().filter(|row| row[1] == "commitment" && released(&row[0]) != fen(&row[6]));
    let mut open: Vec<&Vec<String>> = open.collect();
    open.sort_by_key(|row| (row[2].clone(), row[0].parse::<u64>().ok()));
    let (seen, _) = asked(office, &["commitments", "--as-of", &day])?;
    let listed = seen["rows"].as_array().ok_or("no rows")?;
    if listed.len() != open.len() {
        return Err(format!("{} open, not {}: {seen}", listed.len(), open.len()));
    }
    let mut total = 0;
    for (row, promise) in listed.iter().zip(open) {
        let (promised, released) = (fen(&promise[6]), released(&promise[0]));
        total += promised - released;
        same(row, "seq", promise[0].parse::<u64>().ok())?;
        same(row, "date", promise[2].as_str())?;
        same(row, "age_days", on - number_of(&promise[2]))?;
        for (key, column) in [("allocation", 4), ("payee", 8), ("memo", 9), ("doc", 16)] {
            same(row, key, promise[column].as_str())?;
        }
        same(row, "promised", yuan(promised))?;
        same(row, "released", yuan(released))?;
        same(row, "committed", yuan(promised - released))?;
    }
    same(&seen["total"], "committed", yuan(total))
}

/// `verify` finds that everything holds, and warns of nothing but invoices that several bills carry.
pub(crate) fn verified<F: Files>(office: &Office<F>, ledger: &str) -> Agreement {
    let (seen, said) = asked(office, &["verify"])?;
    same(&seen, "holds", true)?;
    same(&seen, "bytes", ledger.len())?;
    let rows: Vec<Vec<String>> = ledger.lines().skip(1).map(fields).collect();
    let closed = rows.iter().rfind(|row| row[1] == "close").map(|row| row[2][..7].to_owned());
    same(&seen, "closed_through", closed)?;
    let left = |row: &Vec<String>| -> i64 {
        let back = |other: &&Vec<String>| ["reversal", "refund"].contains(&other[1].as_str()) && other[15] == row[0];
        fen(&row[6]) + rows.iter().filter(back).map(|row| fen(&row[6])).sum::<i64>()
    };
    // Rows that stand together are one bill, and what a correction enters right stays with the bill it was on.
    let mut bill_of: Vec<usize> = Vec::new();
    let mut bills: BTreeMap<&str, BTreeMap<usize, bool>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let in_batch = row[17].split_once("of").map_or(1, |(place, _)| place.parse::<usize>().unwrap());
        // Each of many that were imported at once is a bill of its own, and carries an id of its own.
        let in_batch = if row[18].is_empty() { in_batch } else { 1 };
        let first = place + 1 - in_batch;
        let corrected = rows[first][1] == "reversal" && in_batch == 2;
        bill_of.push(if corrected { bill_of[rows[first][15].parse::<usize>().unwrap() - 1] } else { first });
        if row[1] == "expense" && !row[14].is_empty() {
            for number in row[14].split(';') {
                *bills.entry(number).or_default().entry(bill_of[place]).or_default() |= left(row) > 0;
            }
        }
    }
    let several = bills.values().filter(|bills| bills.values().filter(|stands| **stands).count() > 1).count();
    let warnings = said.err.lines().filter(|line| line.starts_with("warning:")).count();
    if warnings == several { Ok(()) } else { Err(format!("{several} invoices on several bills, but:\n{}", said.err)) }
}
