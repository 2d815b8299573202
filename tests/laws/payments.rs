//! What a reconciliation takes from the ledger: every payment with what is left of it, and their sum is what every other
//! report has as spent. What disagrees is returned, not panicked with.

use std::collections::BTreeMap;

use taizhang::{Exit, Files};

use super::figures::{Agreement, asked, same};
use super::reckoning::{day, fen, fields, yuan};
use crate::memory::Memory;
use crate::office::Office;

/// A payment by the CSV's text.
pub(crate) struct Payment {
    /// The day money moved.
    pub(crate) date: String,
    /// What is left of it, in 分.
    pub(crate) fen: i64,
    pub(crate) row: Vec<String>,
}

/// The payments by a day, by seq; those of which nothing is left are not there.
pub(crate) fn payments(ledger: &str, until: &str) -> BTreeMap<u64, Payment> {
    let rows: Vec<Vec<String>> = ledger.lines().skip(1).map(fields).collect();
    let mut payments: BTreeMap<u64, Payment> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| row[2].as_str() <= until) {
        match row[1].as_str() {
            "expense" | "refund" => {
                // The right entry of a correction: money moved on the day of the wrong one. What was imported at once
                // carries an id on each of its rows, and is no correction.
                let before = place.checked_sub(1).map(|place| &rows[place]);
                let corrected = before.filter(|before| {
                    let is_second = row[17].starts_with("2of") && row[18].is_empty();
                    row[1] == "expense" && is_second && before[1] == "reversal"
                });
                let date = corrected.map_or(&row[2], |wrong| &payments[&wrong[15].parse().unwrap()].date).clone();
                payments.insert(row[0].parse().unwrap(), Payment { date, fen: fen(&row[6]), row: row.clone() });
            }
            "reversal" => payments.get_mut(&row[15].parse().unwrap()).unwrap().fen += fen(&row[6]),
            _ => {}
        }
    }
    payments.retain(|_, payment| payment.fen != 0);
    payments
}

/// Holds what is reconciled on a day against the ledger's text and the balance, with a statement that tells nothing.
pub(crate) fn check(office: &Office<Memory>, ledger: &str, on: i64) -> Agreement {
    let at = |said: String| format!("reconciled as of {}: {said}", day(on));
    office.files.put("nothing.csv", "日期,支出,收入\n");
    let agreement = agree(office, ledger, &day(on)).map_err(at);
    office.files.remove("nothing.csv".as_ref()).unwrap();
    agreement
}

fn agree(office: &Office<Memory>, ledger: &str, on: &str) -> Agreement {
    let payments = payments(ledger, on);
    let sum = yuan(payments.values().map(|payment| payment.fen).sum());
    let (balance, _) = asked(office, &["balance", "--as-of", on])?;
    same(&balance["total"], "spent", sum.clone())?;
    let seen = office.runs(&["reconcile", "nothing.csv", "--as-of", on, "-f", "json"]);
    let exit = if payments.is_empty() { Exit::Done } else { Exit::No };
    if seen.exit != exit {
        return Err(format!("it ends with {:?}: {}", seen.exit, seen.err));
    }
    let seen = seen.json();
    same(&seen, "ledger_spent", sum.clone())?;
    same(&seen, "difference", sum)?;
    let found = seen["only_in_ledger"].as_array().ok_or("no rows")?;
    let found: Vec<String> =
        found.iter().map(|row| format!("{} {} {}", row["seq"], row["date"], row["ledger_amount"])).collect();
    let expected: Vec<String> =
        payments.iter().map(|(seq, payment)| format!("{seq} \"{}\" \"{}\"", payment.date, yuan(payment.fen))).collect();
    if found != expected {
        return Err(format!("the payments are\n{found:#?}\nnot\n{expected:#?}"));
    }
    let mut months: BTreeMap<&str, i64> = BTreeMap::new();
    for payment in payments.values() {
        *months.entry(&payment.date[..7]).or_default() += payment.fen;
    }
    let found = seen["by_month"].as_array().ok_or("no months")?;
    let found: Vec<String> = found.iter().map(|row| format!("{} {}", row["month"], row["ledger_spent"])).collect();
    let expected: Vec<String> = months.iter().map(|(month, fen)| format!("\"{month}\" \"{}\"", yuan(*fen))).collect();
    if found == expected { Ok(()) } else { Err(format!("the months are {found:?}, not {expected:?}")) }
}
