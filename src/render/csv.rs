//! A sheet for a program or a spreadsheet: English keys, plain numbers in 元, no title and no total. Several tables
//! become one: the first column says which of them a line is of, and the others are all their columns.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Unwritten;
use super::sheet::{Body, Cell, Column, Field, Part, Passage, Sheet};
use crate::domain::figure::Figure;
use crate::domain::text::looks_like_a_formula;

pub(super) fn csv(sheet: &Sheet, out: &mut dyn Write) -> Result<(), Unwritten> {
    let writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Unflushed(out));
    let mut lines = Lines(writer);
    match &sheet.body {
        Body::Rows { columns, rows, .. } => {
            let seen = |column: &Column| column.figure.is_some();
            lines.write(columns.iter().filter_map(|column| column.figure).map(|figure| figure.key().into()))?;
            for row in rows.each() {
                let row = row?;
                lines
                    .write(columns.iter().zip(&*row).filter(|(column, _)| seen(column)).map(|(_, cell)| plain(cell)))?;
            }
        }
        Body::Record(fields) => {
            lines.write(fields.iter().map(|field| field.key.into()))?;
            lines.write(fields.iter().map(|field| plain(&field.cell)))?;
        }
        Body::Parts { fields, parts } => joined(fields, &parts.iter().collect::<Vec<_>>(), &mut lines)?,
        Body::Text { fields, passages, .. } => {
            let parts: Vec<&Part> = passages.iter().filter_map(Passage::table).collect();
            joined(fields, &parts, &mut lines)?;
        }
    }
    Ok(lines.0.flush()?)
}

/// Lines on their way out.
struct Lines<'o>(::csv::Writer<Unflushed<'o>>);

/// A place that is flushed by whoever gave it: a writer that is dropped would flush half an answer there.
struct Unflushed<'o>(&'o mut dyn Write);

impl Write for Unflushed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines<'_> {
    fn write<'c>(&mut self, cells: impl Iterator<Item = Cow<'c, str>>) -> io::Result<()> {
        for cell in cells {
            self.0.write_field(&*cell).map_err(untaken)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(untaken)
    }
}

/// What the place said itself: the package's own error no longer tells a reader who has gone from a disk that is full.
fn untaken(error: ::csv::Error) -> io::Error {
    let kind = error.into_kind();
    if let ::csv::ErrorKind::Io(error) = kind { error } else { io::Error::other(format!("{kind:?}")) }
}

/// The column that says which table a line is of, and what it says of the record that the tables are behind.
const TABLE: &str = "table";
const ANSWER: &str = "answer";

fn joined(fields: &[Field], parts: &[&Part], lines: &mut Lines<'_>) -> Result<(), Unwritten> {
    let key_of = |column: &Column| column.figure.map(Figure::key);
    let mut keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
    for key in parts.iter().flat_map(|part| &part.columns).filter_map(key_of) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let field = |key: &&str| fields.iter().find(|field| field.key == *key).map(|field| plain(&field.cell));
    lines.write([TABLE].into_iter().chain(keys.iter().copied()).map(Cow::Borrowed))?;
    let answer = keys.iter().map(|key| field(key).unwrap_or_default());
    lines.write(std::iter::once(ANSWER.into()).chain(answer))?;
    for part in parts {
        let place = |key: &&str| part.columns.iter().position(|column| key_of(column) == Some(*key));
        let places: Vec<Option<usize>> = keys.iter().map(place).collect();
        for row in part.rows.each() {
            let row = row?;
            let cells = places.iter().map(|place| place.map_or(Cow::default(), |place| plain(&row[place])));
            lines.write(std::iter::once(part.key.into()).chain(cells))?;
        }
    }
    Ok(())
}

fn plain(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty | Cell::Bar(_) => "".into(),
        Cell::Text(text) | Cell::Worded(text, _) => guarded(text),
        Cell::Date(date) => date.to_string().into(),
        Cell::Flag(flag) => flag.to_string().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Numbers(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(";").into(),
        Cell::Records(records) => {
            let record = |fields: &Vec<(&'static str, Cell)>| {
                fields.iter().map(|(_, cell)| plain(cell)).collect::<Vec<_>>().join(":")
            };
            records.iter().map(record).collect::<Vec<_>>().join(";").into()
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

/// Entry refuses what a spreadsheet would run as a formula, but a foreign ledger may hold it: it stays text.
fn guarded(text: &str) -> Cow<'_, str> {
    if looks_like_a_formula(text) || text.starts_with('\t') { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe whose reader has gone.
    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_has_gone_is_told_from_a_disk_that_fails() {
        let mut gone = Gone;
        let mut lines = Lines(::csv::WriterBuilder::new().from_writer(Unflushed(&mut gone)));
        let long = "x".repeat(1 << 20);
        let error = lines.write(std::iter::once(long.as_str().into())).expect_err("nobody takes it");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
