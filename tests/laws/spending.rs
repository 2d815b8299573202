//! Spending by every cut: against the second reckoning, and against `balance`. What disagrees is returned, not panicked
//! with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use taizhang::Files;

use super::figures::{Agreement, asked, same};
use super::reckoning::{day, fen, fields, rate, yuan};
use crate::office::Office;

/// Each cut and the column of the CSV it cuts by.
const CUTS: [(&str, usize); 5] = [("month", 2), ("allocation", 4), ("economic", 12), ("payee", 8), ("method", 13)];

const METHODS: [&str; 6] = ["direct", "authorized", "card", "bank", "cash", "other"];

/// 三公 by their codes.
const THREE_PUBLIC: [(&str, &str); 4] =
    [("30212", "going_abroad"), ("31013", "buying_cars"), ("30231", "running_cars"), ("30217", "receiving_guests")];

/// What rows that say the same add up to, in 分.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    count: i64,
    expenses: i64,
    reversals: i64,
    refunds: i64,
}

impl Piece {
    fn spent(&self) -> i64 {
        self.expenses + self.reversals + self.refunds
    }

    fn add(&mut self, kind: &str, amount: i64) {
        match kind {
            "expense" => {
                self.count += 1;
                self.expenses += amount;
            }
            "reversal" => self.reversals += amount,
            _ => self.refunds += amount,
        }
    }

    fn is_in(&self, seen: &Value, whole: i64) -> Agreement {
        same(seen, "expense_count", self.count)?;
        same(seen, "expenses", yuan(self.expenses))?;
        same(seen, "reversals", yuan(self.reversals))?;
        same(seen, "refunds", yuan(self.refunds))?;
        same(seen, "spent", yuan(self.spent()))?;
        same(seen, "share", rate(self.spent(), whole))
    }
}

/// The pieces by what the CSV says in a column.
fn reckoned(ledger: &str, cut: &str, column: usize, on: i64, only: Option<&str>) -> BTreeMap<String, Piece> {
    let mut pieces: BTreeMap<String, Piece> = BTreeMap::new();
    for row in ledger.lines().skip(1).map(fields) {
        let is_spent = ["expense", "reversal", "refund"].contains(&row[1].as_str());
        if is_spent && row[2] <= day(on) && only.is_none_or(|key| row[4] == key) {
            let mark = if cut == "month" { &row[column][..7] } else { &row[column] };
            pieces.entry(mark.to_owned()).or_default().add(&row[1], fen(&row[6]));
        }
    }
    pieces
}

/// Holds one cut, over all allocations or one, against the ledger's text and against the balance of the same day.
pub(crate) fn check<F: Files>(
    office: &Office<F>,
    ledger: &str,
    on: i64,
    place: usize,
    only: Option<&str>,
) -> Agreement {
    let (cut, column) = CUTS[place % CUTS.len()];
    let at = |said: String| format!("spending by {cut} as of {} of {only:?}: {said}", day(on));
    agree(office, ledger, on, (cut, column), only).map_err(at)
}

fn agree<F: Files>(
    office: &Office<F>,
    ledger: &str,
    on: i64,
    (cut, column): (&str, usize),
    only: Option<&str>,
) -> Agreement {
    let pieces = reckoned(ledger, cut, column, on, only);
    let mut whole = Piece::default();
    for piece in pieces.values() {
        whole.count += piece.count;
        whole.expenses += piece.expenses;
        whole.reversals += piece.reversals;
        whole.refunds += piece.refunds;
    }
    let day = day(on);
    let shared: Vec<&str> = ["--as-of", &day].into_iter().chain(only.iter().flat_map(|key| ["-a", key])).collect();
    let (seen, _) = asked(office, &[&["spending", "--by", cut], shared.as_slice()].concat())?;
    let (balance, _) = asked(office, &[&["balance"], shared.as_slice()].concat())?;
    whole.is_in(&seen["total"], whole.spent())?;
    same(&seen["total"], "spent", balance["total"]["spent"].clone())?;
    let rows = seen["rows"].as_array().ok_or("no rows")?;
    let marks: Vec<&str> = rows.iter().filter_map(|row| row[cut].as_str()).collect();
    for (mark, row) in marks.iter().zip(rows) {
        pieces.get(*mark).copied().unwrap_or_default().is_in(row, whole.spent())?;
    }
    let known: BTreeSet<&str> = marks.iter().copied().collect();
    if known.len() != rows.len() || pieces.keys().any(|mark| !known.contains(mark.as_str())) {
        return Err(format!("{marks:?} are not {:?}", pieces.keys()));
    }
    let expected = in_order(cut, &pieces, &balance, &day);
    if marks != expected {
        return Err(format!("the order is {marks:?}, not {expected:?}"));
    }
    if cut == "economic" {
        let of = |code: &str| pieces.get(code).map_or(0, Piece::spent);
        for (code, name) in THREE_PUBLIC {
            same(&seen, &format!("three_public_{name}"), yuan(of(code)))?;
        }
        same(&seen, "three_public_spent", yuan(THREE_PUBLIC.iter().map(|(code, _)| of(code)).sum()))?;
    }
    Ok(())
}

/// The marks as a report lists them.
fn in_order<'p>(cut: &str, pieces: &'p BTreeMap<String, Piece>, balance: &'p Value, day: &str) -> Vec<String> {
    let empty = pieces.keys().filter(|mark| mark.is_empty()).cloned();
    let said = pieces.iter().filter(|(mark, _)| !mark.is_empty());
    match cut {
        "month" => (1..=day[5..7].parse().unwrap()).map(|month: u32| format!("2022-{month:02}")).collect(),
        "allocation" => {
            let rows = balance["rows"].as_array().unwrap().iter();
            rows.map(|row| row["allocation"].as_str().unwrap().to_owned()).collect()
        }
        "method" => METHODS.map(str::to_owned).into_iter().chain(empty).collect(),
        "payee" => {
            let mut said: Vec<(&String, &Piece)> = said.collect();
            said.sort_by(|(a, a_piece), (b, b_piece)| b_piece.spent().cmp(&a_piece.spent()).then(a.cmp(b)));
            said.into_iter().map(|(mark, _)| mark.clone()).chain(empty).collect()
        }
        _ => said.map(|(mark, _)| mark.clone()).chain(empty).collect(),
    }
}
