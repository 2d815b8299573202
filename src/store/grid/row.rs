//! One row: its cells, and where each of them is for a person to find. It knows no format.

use std::ops::Range;
use std::path::Path;

use crate::domain::calendar::{Date, TimeOfDay};
use crate::domain::text::shortened;
use crate::problem::{CellFault, GridFault, Place, Problem};
use crate::store::source::place;

/// A cell. Blanks around a text are not part of it, and one of blanks alone is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell<'r> {
    Empty,
    /// A text; in a text file every cell is one.
    Text(&'r str),
    /// A number of a sheet as exact decimal text, without an exponent: `-1234.5`.
    Number(&'r str),
    /// A day of a sheet, with the time of day if it has one.
    Date(Date, Option<TimeOfDay>),
    /// What stands there can't be relied on.
    Fault(&'r CellFault),
}

/// A row as it was read. It lends its cells until the next one is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    pub(super) path: &'r Path,
    pub(super) content: &'r Content,
}

impl<'r> Row<'r> {
    /// Its number as people see it: the line it begins at, from one, or the sheet's own.
    pub(crate) fn number(self) -> usize {
        self.content.number
    }

    /// Whether the sheet hides it, by hand or with a filter.
    pub(crate) fn is_hidden(self) -> bool {
        self.content.hidden
    }

    /// The cell in a column, counted from zero; behind the last one all are empty.
    pub(crate) fn cell(self, column: usize) -> Cell<'r> {
        self.content.cells.get(column).map_or(Cell::Empty, |slot| slot.value.lent(&self.content.text))
    }

    /// The cells in order.
    pub(crate) fn cells(self) -> impl Iterator<Item = Cell<'r>> {
        self.content.cells.iter().map(|slot| slot.value.lent(&self.content.text))
    }

    /// How many cells it has, empty ones among them.
    pub(crate) fn width(self) -> usize {
        self.content.cells.len()
    }

    /// What is wrong with a cell that can't be relied on, and where it is.
    pub(crate) fn problem(self, column: usize) -> Option<Problem> {
        match self.cell(column) {
            Cell::Fault(fault) => Some(Problem::from(GridFault::Cell(fault.clone())).at(self.place(column))),
            Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Date(..) => None,
        }
    }

    /// Where a cell is, also one that is missing.
    pub(crate) fn place(self, column: usize) -> Place {
        self.content.place(self.path, Some(column))
    }

    /// Where the row is.
    pub(crate) fn whole_place(self) -> Place {
        self.content.place(self.path, None)
    }
}

/// How wide the rows of a text are: the last one may be cut off. A file that was not copied whole ends so, perhaps within an
/// amount.
#[derive(Debug)]
pub(crate) struct Breadth {
    /// As many cells as the headings have.
    headings: usize,
    /// As many as the narrowest row so far.
    narrowest: Option<usize>,
}

impl Breadth {
    pub(crate) fn of(headings: usize) -> Self {
        Self { headings, narrowest: None }
    }

    /// What is wrong with a row that has fewer cells than the headings, or than all rows before it, and no line end.
    pub(crate) fn cut_off(&mut self, row: Row<'_>) -> Option<Problem> {
        let cells = row.width();
        let columns = self.narrowest.unwrap_or(0).max(self.headings);
        self.narrowest = Some(self.narrowest.map_or(cells, |narrowest| narrowest.min(cells)));
        let is_cut = row.content.unended && cells < columns;
        is_cut.then(|| Problem::from(GridFault::CutOff { cells, columns }).at(row.place(cells)))
    }
}

/// The name a spreadsheet has for a column, counted from zero: `A`, `Z`, `AA`.
pub(crate) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.extend(char::from_u32('A' as u32 + u32::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The room a row is read into, used again for every row.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) number: usize,
    pub(super) hidden: bool,
    /// Whether a text ends within it: no line end stands behind it.
    pub(super) unended: bool,
    /// The record as it stands in a text file; nothing for a sheet.
    pub(super) source: Option<String>,
    /// What texts and numbers are made of.
    pub(super) text: String,
    pub(super) cells: Vec<Slot>,
}

/// A cell, and its bytes in the source of a text file.
#[derive(Debug, Clone, Default)]
pub(super) struct Slot {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

/// A cell's content; texts and numbers are stretches of the row's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Value {
    #[default]
    Empty,
    Text(Range<usize>),
    Number(Range<usize>),
    Date(Date, Option<TimeOfDay>),
    Fault(CellFault),
}

impl Value {
    /// The text from `start` to the end of the row's text, without the blanks around it.
    pub(super) fn trimmed(text: &mut String, start: usize) -> Self {
        let added = &text[start..];
        let before = added.len() - added.trim_start().len();
        let kept = added.trim();
        if kept.is_empty() {
            text.truncate(start);
            return Self::Empty;
        }
        Self::Text(start + before..start + before + kept.len())
    }

    fn lent<'r>(&'r self, text: &'r str) -> Cell<'r> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(range) => Cell::Text(&text[range.clone()]),
            Self::Number(range) => Cell::Number(&text[range.clone()]),
            Self::Date(date, time) => Cell::Date(*date, *time),
            Self::Fault(fault) => Cell::Fault(fault),
        }
    }
}

impl Content {
    /// Makes room for the next row.
    pub(super) fn clear(&mut self) {
        self.hidden = false;
        self.unended = false;
        self.text.clear();
        self.cells.clear();
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|slot| slot.value == Value::Empty)
    }

    /// The place of a cell or of the whole row.
    pub(super) fn place(&self, path: &Path, column: Option<usize>) -> Place {
        let Some(source) = &self.source else { return self.sheet_place(path, column) };
        let span = match column {
            Some(column) => self.cells.get(column).map_or(source.len()..source.len(), |slot| slot.span.clone()),
            None => 0..source.len(),
        };
        place_in(path, self.number, source, span)
    }

    /// A sheet has no lines, so the row's cells with their letters make one.
    fn sheet_place(&self, path: &Path, meant: Option<usize>) -> Place {
        const BETWEEN: &str = " | ";
        /// Enough to know a cell again.
        const SHOWN: usize = 40;
        /// Enough to know a row again.
        const CELLS: usize = 16;
        let mut excerpt = String::new();
        let mut span = None;
        let mut left_out = false;
        let last = self.cells.len().max(meant.map_or(0, |column| column + 1));
        for column in 0..last {
            let cell = self.cells.get(column).map_or(Cell::Empty, |slot| slot.value.lent(&self.text));
            if cell == Cell::Empty && meant != Some(column) {
                continue;
            }
            if meant != Some(column) && excerpt.matches(BETWEEN).count() >= CELLS {
                left_out = true;
                continue;
            }
            if !excerpt.is_empty() {
                excerpt += BETWEEN;
            }
            let start = excerpt.len();
            excerpt += &column_name(column);
            let content = shortened(&seen(cell).replace(['\r', '\n'], " "), SHOWN);
            if !content.is_empty() {
                excerpt.push(' ');
                excerpt += &content;
            }
            if meant == Some(column) {
                span = Some(start..excerpt.len());
            }
        }
        let span = span.unwrap_or(0..excerpt.len());
        if left_out {
            excerpt += BETWEEN;
            excerpt.push('…');
        }
        place(path, self.number, &excerpt, span)
    }
}

/// The place of some bytes of a record that may run over several lines; only the first line of them is shown.
pub(super) fn place_in(path: &Path, first_line: usize, source: &str, span: Range<usize>) -> Place {
    let start = span.start.min(source.len());
    let line_start = source[..start].rfind(['\n', '\r']).map_or(0, |feed| feed + 1);
    let line_end = source[start..].find(['\n', '\r']).map_or(source.len(), |feed| start + feed);
    let end = span.end.clamp(start, line_end);
    let line = first_line + line_breaks(&source[..line_start]);
    place(path, line, &source[line_start..line_end], start - line_start..end - line_start)
}

/// The nearest place at or before a byte where a character begins.
pub(super) fn character_before(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

/// How many lines end in a text; `\r\n` is one end.
pub(super) fn line_breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let lone = |place: usize| bytes[place] == b'\r' && bytes.get(place + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|place| bytes[*place] == b'\n' || lone(*place)).count()
}

/// A cell as a person sees it.
fn seen(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Number(text) => text.to_owned(),
        Cell::Date(date, None) => date.to_string(),
        Cell::Date(date, Some(time)) => format!("{date} {time}"),
        Cell::Fault(CellFault::NotCalculated) => "=".to_owned(),
        Cell::Fault(
            CellFault::ErrorValue { text }
            | CellFault::DigitsLost { text }
            | CellFault::NotADate { text }
            | CellFault::NotANumber { text },
        ) => text.clone(),
    }
}
