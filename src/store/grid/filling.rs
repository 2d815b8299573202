//! A row of a sheet while its cells come in: where they stand, in which order, and how many there may be, the same for
//! every format of workbooks. It reads nothing.

use super::origin::{Broken, Origin};
use super::records::LONGEST_RECORD;
use super::row::{Content, Slot, Value};
use crate::problem::{GridFault, Problem};

/// As many rows as a sheet has anywhere.
const MOST_ROWS: usize = 1_048_576;

/// As many cells as a row of a table that people keep may have.
const WIDEST: usize = 256;

/// Why a row can't be read.
pub(super) enum Halt {
    Broken(Broken),
    /// The fault is the row's, or the cell's in this column.
    Fault(GridFault, Option<usize>),
}

impl From<Broken> for Halt {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl Halt {
    /// What is wrong, with its place in this row of a sheet.
    pub(super) fn problem(self, origin: &Origin, sheet: &str, content: &Content) -> Problem {
        match self {
            Self::Broken(broken) => origin.problem(sheet, broken),
            Self::Fault(fault, column) => Problem::from(fault).at(content.place(&origin.path(), column)),
        }
    }
}

/// How far a row is filled, and which was the one before.
#[derive(Debug, Default)]
pub(super) struct Filling {
    filled: usize,
    /// The number of the last row.
    row: usize,
}

impl Filling {
    /// Makes room for the next row.
    pub(super) fn begin(&mut self, content: &mut Content) {
        content.clear();
        self.filled = 0;
    }

    /// The number of a row that has none of its own.
    pub(super) fn next_number(&self) -> usize {
        self.row + 1
    }

    /// Puts a cell in its place; what it is made of is the row's text from `start` on.
    pub(super) fn put(&mut self, content: &mut Content, column: usize, value: Value, start: usize) -> Result<(), Halt> {
        if value == Value::Empty {
            return Ok(());
        }
        if content.cells.len() <= column {
            content.cells.resize(column + 1, Slot::default());
        }
        let slot = &mut content.cells[column];
        if slot.value != Value::Empty {
            return Err(Broken::Damaged.into());
        }
        slot.value = value;
        self.filled += 1;
        if content.text.len() > LONGEST_RECORD {
            content.text.truncate(start);
            content.cells.truncate(column);
            return Err(Halt::Fault(GridFault::LongRow { most: LONGEST_RECORD }, Some(column)));
        }
        if self.filled > WIDEST {
            return Err(Halt::Fault(GridFault::WideRow { most: WIDEST }, None));
        }
        Ok(())
    }

    /// Checks that the row just filled stands behind the one before it.
    pub(super) fn end(&mut self, content: &Content) -> Result<(), Halt> {
        let (row, after) = (content.number, self.row);
        if row == 0 || row > MOST_ROWS {
            return Err(Broken::Damaged.into());
        }
        if row <= after {
            return Err(Halt::Fault(GridFault::Disordered { row, after }, None));
        }
        self.row = row;
        Ok(())
    }
}
