//! A sheet for a program: stable English keys, amounts in 元 and rates in percent as strings, null where there is nothing.

use std::borrow::Cow;
use std::cell::Cell as Slot;
use std::io::{self, BufWriter, Write};

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Unwritten;
use super::rows::Rows;
use super::sheet::{Body, Cell, Column, Field, Part, Passage, Sheet};
use crate::domain::figure::Figure;
use crate::domain::trail::Lost;
use crate::reports::disclosure::Grounds;
use crate::reports::stamp::{Stamp, Unverified};

pub(super) fn json(sheet: &Sheet, out: &mut dyn Write) -> Result<(), Unwritten> {
    let parked = Parked::default();
    let mut answer = answer(sheet, &parked);
    answer.set("tool", tool());
    write(&answer, &parked, out)
}

/// Several sheets as one object, each under its key.
pub(super) fn together(
    schema: &str,
    facts: &[Field],
    sheets: &[(&str, &Sheet)],
    out: &mut dyn Write,
) -> Result<(), Unwritten> {
    let parked = Parked::default();
    let mut all = Answer::default();
    all.set("schema", schema);
    all.extend(facts);
    for (key, sheet) in sheets {
        all.put(key, Member::Answer(answer(sheet, &parked)));
    }
    all.set("tool", tool());
    write(&all, &parked, out)
}

fn tool() -> Value {
    json!({ "name": "taizhang", "version": env!("CARGO_PKG_VERSION") })
}

fn write(answer: &Answer<'_>, parked: &Parked, out: &mut dyn Write) -> Result<(), Unwritten> {
    // A text is written letter group by letter group.
    let mut out = BufWriter::with_capacity(GATHERED, out);
    let written = match serde_json::to_writer_pretty(&mut out, answer) {
        Ok(()) => out.write_all(b"\n").and_then(|()| out.flush()).map_err(Unwritten::from),
        Err(error) => Err(parked.take().map_or_else(|| io::Error::from(error).into(), Unwritten::from)),
    };
    // What is still gathered of half an answer stays there.
    let _ = out.into_parts();
    written
}

const GATHERED: usize = 1 << 14;

/// Why rows are lost: an error of `serde` holds nothing but words.
type Parked = Slot<Option<Lost>>;

/// An object whose lists are written row by row: a million of them stand nowhere but in the text.
#[derive(Default)]
struct Answer<'s>(Vec<(&'s str, Member<'s>)>);

enum Member<'s> {
    Value(Value),
    Cell(&'s Cell),
    Rows(&'s [Column], &'s Rows, &'s Parked),
    Total(&'s [Column], &'s [Cell]),
    /// Tables of one key are one list.
    Parts(Vec<&'s Part>, &'s Parked),
    Answer(Answer<'s>),
}

impl<'s> Answer<'s> {
    fn set(&mut self, key: &'s str, value: impl Into<Value>) {
        self.put(key, Member::Value(value.into()));
    }

    fn put(&mut self, key: &'s str, member: Member<'s>) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = member,
            None => self.0.push((key, member)),
        }
    }

    fn extend(&mut self, fields: &'s [Field]) {
        fields.iter().for_each(|field| self.put(field.key, Member::Cell(&field.cell)));
    }

    fn add(&mut self, part: &'s Part, parked: &'s Parked) {
        let known = self.0.iter_mut().find(|(known, _)| *known == part.key);
        if let Some((_, Member::Parts(parts, _))) = known {
            parts.push(part);
        } else {
            self.put(part.key, Member::Parts(vec![part], parked));
        }
    }
}

fn answer<'s>(sheet: &'s Sheet, parked: &'s Parked) -> Answer<'s> {
    let mut answer = Answer::default();
    answer.set("schema", sheet.schema);
    if let Some(stamp) = &sheet.stamp {
        answer.set("as_of", stamp.as_of.to_string());
        answer.set("budget", budget(stamp));
        answer.set("ledger", ledger(stamp));
    }
    answer.extend(&sheet.facts);
    match &sheet.body {
        Body::Rows { columns, rows, subtotals: _, total } => {
            answer.put("rows", Member::Rows(columns, rows, parked));
            if let Some(total) = total {
                answer.put("total", Member::Total(columns, total));
            }
        }
        Body::Record(fields) => answer.extend(fields),
        Body::Parts { fields, parts } => {
            answer.extend(fields);
            parts.iter().for_each(|part| answer.add(part, parked));
        }
        Body::Text { grounds, fields, passages } => {
            answer.set("as_of", grounds.as_of.to_string());
            answer.set("ledger", public_ledger(*grounds));
            answer.extend(fields);
            passages.iter().filter_map(Passage::table).for_each(|part| answer.add(part, parked));
        }
    }
    answer
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
        "verified": stamp.unverified.is_none(),
        "unverified_from": stamp.unverified.and_then(Unverified::row),
        "closed": stamp.closed.map(|closed| json!({ "month": closed.month.to_string(), "seq": closed.seq })),
    })
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, member)| (key, member)))
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Cell(cell) => Told(cell).serialize(serializer),
            Self::Rows(columns, rows, parked) => write_rows([(*columns, *rows)], parked, serializer),
            Self::Total(columns, cells) => {
                Record { columns, cells: Cow::Borrowed(cells), is_row: false }.serialize(serializer)
            }
            Self::Parts(parts, parked) => {
                write_rows(parts.iter().map(|part| (&*part.columns, &part.rows)), parked, serializer)
            }
            Self::Answer(answer) => answer.serialize(serializer),
        }
    }
}

/// The rows of some tables as one list.
fn write_rows<'s, S: Serializer>(
    tables: impl IntoIterator<Item = (&'s [Column], &'s Rows)>,
    parked: &Parked,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(None)?;
    for (columns, rows) in tables {
        for row in rows.each() {
            let row = row.map_err(|lost| {
                parked.set(Some(lost));
                S::Error::custom("rows are lost")
            })?;
            list.serialize_element(&Record::row(columns, row))?;
        }
    }
    list.end()
}

/// A row's cells by column key; a total has figures only, for it is no allocation.
struct Record<'s> {
    columns: &'s [Column],
    cells: Cow<'s, [Cell]>,
    is_row: bool,
}

impl<'s> Record<'s> {
    fn row(columns: &'s [Column], cells: impl Into<Cow<'s, [Cell]>>) -> Self {
        Self { columns, cells: cells.into(), is_row: true }
    }
}

/// What names a row.
const NAMES: [Figure; 12] = [
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

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keyed = self.columns.iter().zip(&*self.cells).filter_map(|(column, cell)| Some((column.figure?, cell)));
        let kept = keyed.filter(|(figure, _)| self.is_row || !NAMES.contains(figure));
        serializer.collect_map(kept.map(|(figure, cell)| (figure.key(), Told(cell))))
    }
}

/// A cell as programs read it.
struct Told<'s>(&'s Cell);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty | Cell::Bar(_) => serializer.serialize_unit(),
            Cell::Text(text) | Cell::Worded(text, _) => serializer.serialize_str(text),
            Cell::Date(date) => serializer.collect_str(date),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
            Cell::Number(number) => serializer.serialize_u64(*number),
            Cell::Numbers(numbers) => serializer.collect_seq(numbers),
            Cell::Records(records) => serializer.collect_seq(records.iter().map(|fields| Fields(fields))),
            Cell::Amount(amount) | Cell::Booked(amount) => serializer.collect_str(amount),
            Cell::Rate(rate) => serializer.collect_str(rate),
            Cell::Status(status) => serializer.serialize_str(status.key()),
            Cell::Quotient(quotient) => serializer.collect_str(quotient),
            Cell::Kind(kind) => serializer.serialize_str(kind.key()),
            Cell::Figure(figure) => serializer.serialize_str(figure.key()),
            Cell::Operation(operation) => serializer.serialize_str(operation.key()),
        }
    }
}

/// A small record within a cell.
struct Fields<'s>(&'s [(&'static str, Cell)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, cell)| (*key, Told(cell))))
    }
}
