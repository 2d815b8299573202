//! A sheet for a program or a spreadsheet: English keys, plain numbers in 元, no title and no total. Several tables
//! become one: the first column says which of them a line is of, and the others are all their columns.

use super::sheet::{Body, Cell, Column, Field, Part, Passage, Sheet};
use crate::domain::figure::Figure;
use crate::domain::text::looks_like_a_formula;

pub(super) fn csv(sheet: &Sheet) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut write = |record: Vec<String>| writer.write_record(record).expect("writing to memory does not fail");
    match &sheet.body {
        Body::Rows { columns, rows, .. } => {
            write(columns.iter().filter_map(|column| column.figure).map(|figure| figure.key().to_owned()).collect());
            for row in rows {
                let cells = columns.iter().zip(row).filter(|(column, _)| column.figure.is_some());
                write(cells.map(|(_, cell)| plain(cell)).collect());
            }
        }
        Body::Record(fields) => {
            write(fields.iter().map(|field| field.key.to_owned()).collect());
            write(fields.iter().map(|field| plain(&field.cell)).collect());
        }
        Body::Parts { fields, parts } => joined(fields, &parts.iter().collect::<Vec<_>>(), write),
        Body::Text { fields, passages, .. } => {
            let parts: Vec<&Part> = passages.iter().filter_map(Passage::table).collect();
            joined(fields, &parts, write);
        }
    }
    let bytes = writer.into_inner().expect("flushing to memory does not fail");
    String::from_utf8(bytes).expect("every cell is a text")
}

/// The column that says which table a line is of, and what it says of the record that the tables are behind.
const TABLE: &str = "table";
const ANSWER: &str = "answer";

fn joined(fields: &[Field], parts: &[&Part], mut write: impl FnMut(Vec<String>)) {
    let key_of = |column: &Column| column.figure.map(Figure::key);
    let mut keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
    for key in parts.iter().flat_map(|part| &part.columns).filter_map(key_of) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut line = |table: &str, cells: &mut dyn Iterator<Item = String>| {
        write(std::iter::once(table.to_owned()).chain(cells).collect());
    };
    let field = |key: &&str| fields.iter().find(|field| field.key == *key).map(|field| plain(&field.cell));
    line(TABLE, &mut keys.iter().map(|key| (*key).to_owned()));
    line(ANSWER, &mut keys.iter().map(|key| field(key).unwrap_or_default()));
    for part in parts {
        let place = |key: &&str| part.columns.iter().position(|column| key_of(column) == Some(*key));
        let places: Vec<Option<usize>> = keys.iter().map(place).collect();
        for row in part.rows.each() {
            line(part.key, &mut places.iter().map(|place| place.map_or(String::new(), |place| plain(&row[place]))));
        }
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Bar(_) => String::new(),
        Cell::Text(text) | Cell::Worded(text, _) => guarded(text),
        Cell::Date(date) => date.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Numbers(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(";"),
        Cell::Records(records) => {
            let record = |fields: &Vec<(&'static str, Cell)>| {
                fields.iter().map(|(_, cell)| plain(cell)).collect::<Vec<_>>().join(":")
            };
            records.iter().map(record).collect::<Vec<_>>().join(";")
        }
        Cell::Amount(amount) | Cell::Booked(amount) => amount.to_string(),
        Cell::Rate(rate) => rate.to_string(),
        Cell::Status(status) => status.key().to_owned(),
        Cell::Quotient(quotient) => quotient.to_string(),
        Cell::Kind(kind) => kind.key().to_owned(),
        Cell::Figure(figure) => figure.key().to_owned(),
        Cell::Operation(operation) => operation.key().to_owned(),
    }
}

/// Entry refuses what a spreadsheet would run as a formula, but a foreign ledger may hold it: it stays text.
fn guarded(text: &str) -> String {
    if looks_like_a_formula(text) || text.starts_with('\t') { format!("'{text}") } else { text.to_owned() }
}
