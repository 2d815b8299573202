//! A sheet for a program: stable English keys, amounts in 元 and rates in percent as strings, null where there is nothing.

use serde_json::{Map, Value, json};

use super::sheet::{Body, Cell, Column, Field, Part, Passage, Sheet};
use crate::domain::figure::Figure;
use crate::reports::disclosure::Grounds;
use crate::reports::stamp::Stamp;

pub(super) fn json(sheet: &Sheet) -> String {
    let mut answer = answer(sheet);
    answer.insert("tool".into(), tool());
    written(answer)
}

/// Several sheets as one object, each under its key.
pub(super) fn together(schema: &str, facts: &[Field], sheets: &[(&str, &Sheet)]) -> String {
    let mut all = Map::new();
    all.insert("schema".into(), schema.into());
    all.extend(named(facts));
    all.extend(sheets.iter().map(|(key, sheet)| ((*key).to_owned(), Value::Object(answer(sheet)))));
    all.insert("tool".into(), tool());
    written(all)
}

fn tool() -> Value {
    json!({ "name": "taizhang", "version": env!("CARGO_PKG_VERSION") })
}

fn written(answer: Map<String, Value>) -> String {
    let mut text = serde_json::to_string_pretty(&Value::Object(answer)).expect("keys are strings");
    text.push('\n');
    text
}

fn answer(sheet: &Sheet) -> Map<String, Value> {
    let mut answer = Map::new();
    answer.insert("schema".into(), sheet.schema.into());
    if let Some(stamp) = &sheet.stamp {
        answer.insert("as_of".into(), stamp.as_of.to_string().into());
        answer.insert("budget".into(), budget(stamp));
        answer.insert("ledger".into(), ledger(stamp));
    }
    answer.extend(sheet.facts.iter().map(|fact| (fact.key.to_owned(), value(&fact.cell))));
    match &sheet.body {
        Body::Rows { columns, rows, subtotals: _, total } => {
            answer.insert("rows".into(), rows.iter().map(|row| object(columns, row, true)).collect());
            if let Some(total) = total {
                answer.insert("total".into(), object(columns, total, false));
            }
        }
        Body::Record(fields) => answer.extend(named(fields)),
        Body::Parts { fields, parts } => {
            answer.extend(named(fields));
            parts.iter().for_each(|part| extend(&mut answer, part));
        }
        Body::Text { grounds, fields, passages } => {
            answer.insert("as_of".into(), grounds.as_of.to_string().into());
            answer.insert("ledger".into(), public_ledger(*grounds));
            answer.extend(named(fields));
            passages.iter().filter_map(Passage::table).for_each(|part| extend(&mut answer, part));
        }
    }
    answer
}

/// Adds a table's rows to its list.
fn extend(answer: &mut Map<String, Value>, part: &Part) {
    let rows = part.rows.iter().map(|row| object(&part.columns, row, true));
    let list = answer.entry(part.key).or_insert_with(|| Value::Array(Vec::new()));
    list.as_array_mut().into_iter().for_each(|list| list.extend(rows.clone()));
}

fn named(fields: &[Field]) -> impl Iterator<Item = (String, Value)> {
    fields.iter().map(|field| (field.key.to_owned(), value(&field.cell)))
}

fn budget(stamp: &Stamp) -> Value {
    json!({
        "id": stamp.budget_id,
        "title": stamp.title,
        "unit": stamp.unit,
        "fiscal_year": stamp.year.number(),
        "digest": stamp.budget_digest,
    })
}

/// Of the ledger behind a public text: no row, no digest.
fn public_ledger(grounds: Grounds) -> Value {
    json!({
        "opened": grounds.is_opened,
        "verified": grounds.is_verified,
        "closed": grounds.closed.map(|month| json!({ "month": month.to_string() })),
    })
}

fn ledger(stamp: &Stamp) -> Value {
    json!({
        "opened": stamp.digest.is_some(),
        "rows": stamp.rows,
        "hash": stamp.digest.map(|digest| digest.to_string()),
        "verified": stamp.unverified_from.is_none(),
        "unverified_from": stamp.unverified_from,
        "closed": stamp.closed.map(|closed| json!({ "month": closed.month.to_string(), "seq": closed.seq })),
    })
}

/// A row's cells by column key; a total has figures only, for it is no allocation.
fn object(columns: &[Column], cells: &[Cell], is_row: bool) -> Value {
    let names = [
        Figure::Allocation,
        Figure::Number,
        Figure::Name,
        Figure::Seq,
        Figure::Date,
        Figure::Age,
        Figure::Doc,
        Figure::Payee,
        Figure::Memo,
        Figure::Month,
        Figure::Economic,
        Figure::Method,
    ];
    let keyed = columns.iter().zip(cells).filter_map(|(column, cell)| Some((column.figure?, cell)));
    let kept = keyed.filter(|(figure, _)| is_row || !names.contains(figure));
    Value::Object(kept.map(|(figure, cell)| (figure.key().to_owned(), value(cell))).collect())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty | Cell::Bar(_) => Value::Null,
        Cell::Text(text) | Cell::Worded(text, _) => text.as_str().into(),
        Cell::Date(date) => date.to_string().into(),
        Cell::Flag(flag) => (*flag).into(),
        Cell::Number(number) => (*number).into(),
        Cell::Numbers(numbers) => numbers.iter().copied().collect(),
        Cell::Records(records) => {
            let record = |fields: &Vec<(&'static str, Cell)>| {
                Value::Object(fields.iter().map(|(key, cell)| ((*key).to_owned(), value(cell))).collect())
            };
            records.iter().map(record).collect()
        }
        Cell::Amount(amount) | Cell::Booked(amount) => amount.to_string().into(),
        Cell::Rate(rate) => rate.to_string().into(),
        Cell::Status(status) => status.key().into(),
        Cell::Quotient(quotient) => quotient.to_string().into(),
        Cell::Kind(kind) => kind.key().into(),
        Cell::Figure(figure) => figure.key().into(),
        Cell::Operation(operation) => operation.key().into(),
    }
}
