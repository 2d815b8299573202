//! The rows of one sheet of an old workbook, one at a time. Memory grows with the row that is read, which has at most 256
//! cells and 64 KiB of text; what the sheet says of its own size is not looked at.

use super::super::filling::{Filling, Halt};
use super::super::number;
use super::super::origin::{Broken, Origin};
use super::super::row::{Content, Value};
use super::super::sheet::Legend;
use super::double;
use super::lettering::{Counted, Lettering, Run};
use super::records::{Records, kind};
use crate::problem::{CellFault, Problem};

/// As many rows and columns as a sheet has.
const MOST_ROWS: usize = 65_536;
const MOST_COLUMNS: usize = 256;

/// What the cells of every sheet refer to, and how they are written.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) legend: Legend,
    pub(super) lettering: Lettering,
    pub(super) reckoned: Reckoned,
}

/// How far the results of formulas are to be believed, by the program that wrote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reckoned {
    /// By a program that says it reckons.
    Yes,
    /// By LibreOffice, which leaves a zero where the result of a workbook it only converts is a text.
    NoZero,
    /// By a program that doesn't say so. Those leave a formula empty, or leave a zero to be reckoned on loading.
    Unsaid,
}

/// What is known of a sheet before its first cell.
#[derive(Debug)]
pub(super) struct Outline {
    hidden: Vec<bool>,
    start: u64,
    end: u64,
}

impl Outline {
    /// Nothing known but where the sheet begins and how far it may be read.
    pub(super) fn glance(start: u64, end: u64) -> Self {
        Self { hidden: Vec::new(), start, end }
    }

    /// Walks over a whole sheet, its `BOF` read already: which rows are hidden may be said behind their cells, and a
    /// sheet that is cut short is not to be found out when half of it was taken.
    pub(super) fn read(records: &mut Records, start: u64) -> Result<Self, Broken> {
        const HIDDEN: u8 = 0x20;
        let mut hidden = vec![false; MOST_ROWS];
        let mut depth = 1;
        while depth > 0 {
            match records.next()? {
                kind::BEGIN => depth += 1,
                kind::END => depth -= 1,
                kind::ROW if depth == 1 => {
                    let row = usize::from(records.number(0)?);
                    let [traits] = records.bytes(12)?;
                    hidden[row] = traits & HIDDEN != 0;
                }
                _ => {}
            }
        }
        Ok(Self { hidden, start, end: records.taken() })
    }
}

/// The rows one after the other.
pub(in super::super) struct SheetRows<'w> {
    records: Records,
    outline: Outline,
    name: &'w str,
    key: &'w Key,
    origin: Origin,
    filling: Filling,
    /// How deep charts stand in the sheet where it is read; the sheet itself is one deep, and none is its end.
    depth: u64,
    /// The kind of a record that was read already, and belongs to the next row.
    held: Option<u16>,
    /// The column of a formula whose text comes in a record of its own.
    awaited: Option<usize>,
    stored: String,
}

impl<'w> SheetRows<'w> {
    /// The rows of a sheet whose `BOF` was read.
    pub(super) fn new(records: Records, outline: Outline, name: &'w str, key: &'w Key, origin: Origin) -> Self {
        Self {
            records,
            outline,
            name,
            key,
            origin,
            filling: Filling::default(),
            depth: 1,
            held: None,
            awaited: None,
            stored: String::new(),
        }
    }

    /// Reads the next row that isn't blank; false at the end.
    pub(in super::super) fn next(&mut self, content: &mut Content) -> Result<bool, Problem> {
        content.source = None;
        loop {
            match self.row(content) {
                Ok(true) if content.is_blank() => {}
                Ok(found) => return Ok(found),
                Err(halt) => return Err(halt.problem(&self.origin, self.name, content)),
            }
        }
    }

    /// How many bytes of the sheet were taken, and how many it has.
    pub(in super::super) fn progress(&self) -> (u64, u64) {
        let Outline { start, end, .. } = self.outline;
        (self.records.taken().saturating_sub(start), end.saturating_sub(start))
    }

    /// Reads the next row, blank or not; false at the end. A glance ends where it may read no further.
    fn row(&mut self, content: &mut Content) -> Result<bool, Halt> {
        self.filling.begin(content);
        let mut row = None;
        while self.depth > 0 {
            let kind = match self.held.take() {
                Some(kind) => kind,
                None if self.records.taken() > self.outline.end => return Err(Broken::Damaged.into()),
                None => self.records.next()?,
            };
            match kind {
                kind::BEGIN => self.depth += 1,
                kind::END => self.depth -= 1,
                _ if self.depth > 1 => {}
                kind::FORMULA_TEXT => self.formula_text(content)?,
                kind::NUMBER
                | kind::RK
                | kind::SEVERAL_RK
                | kind::SHARED_TEXT
                | kind::TEXT
                | kind::RICH_TEXT
                | kind::TRUTH_OR_ERROR
                | kind::FORMULA => {
                    let number = usize::from(self.records.number(0)?) + 1;
                    if *row.get_or_insert(number) != number {
                        self.held = Some(kind);
                        break;
                    }
                    content.number = number;
                    self.no_text_came(content)?;
                    self.cell(kind, content)?;
                }
                _ => {}
            }
        }
        self.no_text_came(content)?;
        if let Some(number) = row {
            content.hidden = self.outline.hidden.get(number - 1).copied().unwrap_or(false);
            self.filling.end(content)?;
        }
        Ok(row.is_some())
    }

    /// Puts the cell, or the cells, of the record in their places.
    fn cell(&mut self, kind: u16, content: &mut Content) -> Result<(), Halt> {
        let column = usize::from(self.records.number(2)?);
        let start = content.text.len();
        let value = match kind {
            kind::SEVERAL_RK => return self.several(column, content),
            kind::RK => self.rk(4, content)?,
            kind::NUMBER => self.number(6, content)?,
            kind::SHARED_TEXT => {
                let number = usize::try_from(self.records.long_number(6)?).map_err(|_| Broken::Damaged)?;
                content.text.push_str(self.key.legend.shared.get(number).ok_or(Broken::Damaged)?);
                Value::trimmed(&mut content.text, start)
            }
            kind::TRUTH_OR_ERROR => {
                let [code, is_error] = self.records.bytes(6)?;
                truth_or_error(code, is_error != 0, &mut content.text)
            }
            kind::FORMULA => match self.result(content)? {
                Some(value) => value,
                None => {
                    self.awaited = Some(column);
                    return Ok(());
                }
            },
            _ => {
                Run::new(&mut self.records, 6).text(self.key.lettering, Counted::InTwo, &mut content.text)?;
                Value::trimmed(&mut content.text, start)
            }
        };
        self.put(column, value, start, content)
    }

    /// Numbers side by side: each with its style, and behind them the last one's column.
    fn several(&mut self, first: usize, content: &mut Content) -> Result<(), Halt> {
        const EACH: usize = 6;
        let cells = self.records.content.len().checked_sub(EACH).ok_or(Broken::Damaged)? / EACH;
        let last = usize::from(self.records.number(4 + cells * EACH)?);
        if last + 1 != first + cells {
            return Err(Broken::Damaged.into());
        }
        for cell in 0..cells {
            let start = content.text.len();
            let value = self.rk(4 + cell * EACH, content)?;
            self.put(first + cell, value, start, content)?;
        }
        Ok(())
    }

    fn put(&mut self, column: usize, value: Value, start: usize, content: &mut Content) -> Result<(), Halt> {
        if column >= MOST_COLUMNS {
            return Err(Broken::Damaged.into());
        }
        self.filling.put(content, column, value, start)
    }

    /// A number of four bytes behind its style.
    fn rk(&mut self, at: usize, content: &mut Content) -> Result<Value, Broken> {
        double::write_rk(self.records.long_number(at + 2)?, &mut self.stored);
        self.stored_number(self.records.number(at)?, content)
    }

    /// A number of eight bytes in a cell.
    fn number(&mut self, at: usize, content: &mut Content) -> Result<Value, Broken> {
        double::write(self.records.bytes(at)?, &mut self.stored);
        self.stored_number(self.records.number(4)?, content)
    }

    fn stored_number(&self, style: u16, content: &mut Content) -> Result<Value, Broken> {
        let form = self.key.legend.forms.get(usize::from(style)).copied().ok_or(Broken::Damaged)?;
        Ok(number::value(&self.stored, form, self.key.legend.era, &mut content.text))
    }

    /// What a formula came to; `None` if that is a text, which stands in a record of its own.
    fn result(&mut self, content: &mut Content) -> Result<Option<Value>, Broken> {
        const ON_LOADING: u8 = 2;
        const ZERO: [u8; 8] = [0; 8];
        let result: [u8; 8] = self.records.bytes(6)?;
        let [traits] = self.records.bytes(14)?;
        let is_left = match self.key.reckoned {
            Reckoned::Yes => false,
            Reckoned::NoZero => result == ZERO,
            Reckoned::Unsaid => matches!(result, [3, .., 0xFF, 0xFF]) || (result == ZERO && traits & ON_LOADING != 0),
        };
        Ok(Some(match result {
            _ if is_left => Value::Fault(CellFault::NotCalculated),
            [0, .., 0xFF, 0xFF] => return Ok(None),
            [1, _, truth, .., 0xFF, 0xFF] => truth_or_error(truth, false, &mut content.text),
            [2, _, error, .., 0xFF, 0xFF] => truth_or_error(error, true, &mut content.text),
            [3, .., 0xFF, 0xFF] => Value::Empty,
            _ => self.number(6, content)?,
        }))
    }

    /// The text that a formula came to.
    fn formula_text(&mut self, content: &mut Content) -> Result<(), Halt> {
        let Some(column) = self.awaited.take() else { return Ok(()) };
        let start = content.text.len();
        Run::new(&mut self.records, 0).text(self.key.lettering, Counted::InTwo, &mut content.text)?;
        let value = Value::trimmed(&mut content.text, start);
        self.put(column, value, start, content)
    }

    /// Another cell, or the end, where a formula's text should be.
    fn no_text_came(&mut self, content: &mut Content) -> Result<(), Halt> {
        let Some(column) = self.awaited.take() else { return Ok(()) };
        self.put(column, Value::Fault(CellFault::NotCalculated), content.text.len(), content)
    }
}

/// A truth in words, or an error as a spreadsheet shows it.
fn truth_or_error(code: u8, is_error: bool, text: &mut String) -> Value {
    if is_error {
        let name = match code {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            0x2A => "#N/A",
            _ => "#?",
        };
        return Value::Fault(CellFault::ErrorValue { text: name.to_owned() });
    }
    let start = text.len();
    text.push_str(if code == 0 { "FALSE" } else { "TRUE" });
    Value::trimmed(text, start)
}
