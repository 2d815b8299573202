//! The rows of one sheet, one at a time. What the sheet says of its own size is not looked at: memory grows with the row
//! that is read, and rows have bounds.

use super::filling::{Filling, Halt};
use super::markup::{Piece, Tag};
use super::number::{self, Era, Form};
use super::origin::{Broken, Origin};
use super::package::Part;
use super::records::LONGEST_RECORD;
use super::row::{Content, Value};
use super::shared::{Collected, Shared, unescaped};
use crate::domain::calendar::{TimeOfDay, iso_date};
use crate::domain::text::shortened;
use crate::problem::{CellFault, Problem};

/// As many columns as a sheet has anywhere.
const MOST_COLUMNS: usize = 16_384;

/// How much of a spreadsheet's own error value is kept; the longest it has is shorter.
const SHOWN: usize = 40;

/// What the cells of every sheet refer to.
#[derive(Debug)]
pub(super) struct Legend {
    pub(super) shared: Shared,
    pub(super) forms: Vec<Form>,
    pub(super) era: Era,
}

/// The rows one after the other.
pub(super) struct SheetRows<'w> {
    part: Part<'w>,
    name: String,
    length: u64,
    legend: &'w Legend,
    origin: Origin,
    filling: Filling,
    state: State,
    stored: String,
    inline: Collected,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

/// What a cell's tag says.
struct Cell {
    column: usize,
    form: Form,
    kind: Kind,
}

/// What a cell's stored text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Truth,
    Error,
    Date,
}

impl<'w> SheetRows<'w> {
    /// The rows of the sheet in a part, which has this name and length.
    pub(super) fn new((part, length): (Part<'w>, u64), name: &str, legend: &'w Legend, origin: Origin) -> Self {
        Self {
            part,
            name: name.to_owned(),
            length,
            legend,
            origin,
            filling: Filling::default(),
            state: State::Before,
            stored: String::new(),
            inline: Collected::default(),
        }
    }

    /// Reads the next row that isn't blank; false at the end.
    pub(super) fn next(&mut self, content: &mut Content) -> Result<bool, Problem> {
        content.source = None;
        loop {
            match self.row(content) {
                Ok(true) if content.is_blank() => {}
                Ok(found) => return Ok(found),
                Err(halt) => return Err(halt.problem(&self.origin, &self.name, content)),
            }
        }
    }

    /// How many bytes of the sheet were taken, and how many it has.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.part.taken(), self.length)
    }

    /// Reads the next row, blank or not; false at the end.
    fn row(&mut self, content: &mut Content) -> Result<bool, Halt> {
        self.filling.begin(content);
        if self.state == State::After {
            return Ok(false);
        }
        loop {
            match self.part.next()? {
                Piece::Open(tag) if self.state == State::Before => {
                    if tag.name() == "sheetData" {
                        self.state = State::Within;
                    }
                }
                Piece::Open(tag) if tag.name() == "row" => {
                    let [number, hidden] = tag.attributes(["r", "hidden"])?;
                    let number =
                        number.map(|number| number.parse::<usize>().map_err(|_| Broken::Damaged)).transpose()?;
                    content.hidden = hidden.is_some_and(|hidden| matches!(&*hidden, "1" | "true"));
                    self.cells(number, content)?;
                    return Ok(true);
                }
                Piece::Close(ending) if ending.name() == "sheetData" => {
                    self.state = State::After;
                    // Only at its end is a part compared with its checksum.
                    self.part.finish()?;
                    if self.part.taken() != self.length {
                        return Err(Broken::Damaged.into());
                    }
                    return Ok(false);
                }
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
                Piece::End => return Err(Broken::Damaged.into()),
            }
        }
    }

    /// Reads the cells of a row. A row or cell without a number of its own stands behind the one before it.
    fn cells(&mut self, mut number: Option<usize>, content: &mut Content) -> Result<(), Halt> {
        let mut column = 0;
        content.number = number.unwrap_or(self.filling.next_number());
        loop {
            match self.part.next()? {
                Piece::Open(tag) if tag.name() == "c" => {
                    let (cell, row) = cell_of(&tag, column, &self.legend.forms)?;
                    if let Some(row) = row
                        && *number.get_or_insert(row) != row
                    {
                        return Err(Broken::Damaged.into());
                    }
                    content.number = number.unwrap_or(self.filling.next_number());
                    column = cell.column + 1;
                    let start = content.text.len();
                    let has_formula = self.body()?;
                    let value = self.value(&cell, has_formula, &mut content.text)?;
                    self.filling.put(content, cell.column, value, start)?;
                }
                Piece::Close(ending) if ending.name() == "row" => break,
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
                Piece::End => return Err(Broken::Damaged.into()),
            }
        }
        self.filling.end(content)
    }

    /// Collects what a cell has stored or written inline; true if it has a formula.
    fn body(&mut self) -> Result<bool, Broken> {
        self.stored.clear();
        self.inline.clear();
        let mut has_formula = false;
        let mut in_value = false;
        loop {
            match self.part.next()? {
                Piece::Open(tag) => match tag.name() {
                    "v" => in_value = true,
                    "f" => has_formula = true,
                    name => self.inline.open(name),
                },
                Piece::Text(text) if in_value => {
                    // One text more than a row may have is enough to be refused.
                    if self.stored.len() <= LONGEST_RECORD {
                        self.stored.push_str(&text);
                    }
                }
                Piece::Text(text) => self.inline.text(&text),
                Piece::Close(ending) => match ending.name() {
                    "c" => return Ok(has_formula),
                    "v" => in_value = false,
                    name => self.inline.close(name),
                },
                Piece::Other => {}
                Piece::End => return Err(Broken::Damaged),
            }
        }
    }

    /// The value of a cell; what it is made of is appended to `text`.
    fn value(&self, cell: &Cell, has_formula: bool, text: &mut String) -> Result<Value, Broken> {
        let start = text.len();
        let stored = self.stored.as_str();
        let taken = |text: &mut String, value: &str| {
            text.push_str(value);
            Value::trimmed(text, start)
        };
        if !self.inline.collected().is_empty() {
            return Ok(taken(text, &unescaped(self.inline.collected())));
        }
        if stored.trim().is_empty() {
            let not_calculated = has_formula && cell.kind != Kind::Text;
            return Ok(if not_calculated { Value::Fault(CellFault::NotCalculated) } else { Value::Empty });
        }
        Ok(match cell.kind {
            Kind::Number => number::value(stored, cell.form, self.legend.era, text),
            Kind::Shared => {
                let number = stored.trim().parse().map_err(|_| Broken::Damaged)?;
                taken(text, self.legend.shared.get(number).ok_or(Broken::Damaged)?)
            }
            Kind::Text => taken(text, &unescaped(stored)),
            Kind::Truth if matches!(stored.trim(), "1" | "true") => taken(text, "TRUE"),
            Kind::Truth => taken(text, "FALSE"),
            Kind::Error => Value::Fault(CellFault::ErrorValue { text: shortened(stored.trim(), SHOWN) }),
            Kind::Date => written_date(stored.trim()).unwrap_or_else(|| taken(text, stored)),
        })
    }
}

/// What a cell's tag says, and the row it names.
fn cell_of(tag: &Tag<'_>, next_column: usize, forms: &[Form]) -> Result<(Cell, Option<usize>), Broken> {
    let [reference, style, kind] = tag.attributes(["r", "s", "t"])?;
    let (column, row) = match reference {
        Some(reference) => coordinates(&reference).map(|(column, row)| (column, Some(row))).ok_or(Broken::Damaged)?,
        None => (next_column, None),
    };
    if column >= MOST_COLUMNS {
        return Err(Broken::Damaged);
    }
    let style = style.and_then(|style| style.parse::<usize>().ok());
    let form = style.and_then(|style| forms.get(style).copied()).unwrap_or(Form::Number);
    let kind = match kind.as_deref() {
        None | Some("n") => Kind::Number,
        Some("s") => Kind::Shared,
        Some("b") => Kind::Truth,
        Some("e") => Kind::Error,
        Some("d") => Kind::Date,
        Some(_) => Kind::Text,
    };
    Ok((Cell { column, form, kind }, row))
}

/// The column and the row of a reference such as `AB12`, the column counted from zero.
fn coordinates(reference: &str) -> Option<(usize, usize)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = reference.split_at(letters);
    if !(1..=3).contains(&letters.len()) || digits.len() > 7 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((column - 1, digits.parse().ok()?))
}

/// A day written out, with or without a time of day: `2022-01-05T10:30:00`.
fn written_date(text: &str) -> Option<Value> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let date = iso_date(date)?;
    let clock = time.trim_end_matches('Z');
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    if clock.is_empty() {
        return Some(Value::Date(date, None));
    }
    let mut seconds = 0;
    for part in clock.split(':') {
        seconds = seconds * 60 + part.parse::<u32>().ok().filter(|part| *part < 60)?;
    }
    let seconds = if clock.matches(':').count() == 1 { seconds * 60 } else { seconds };
    let time = TimeOfDay::from_num_seconds_from_midnight_opt(seconds, 0)?;
    Some(Value::Date(date, Some(time).filter(|_| seconds > 0)))
}
