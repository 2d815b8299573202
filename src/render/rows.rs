//! The rows of a table: there already, or made one by one as they are written, so that a million take the room of one.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use super::sheet::Cell;
use crate::domain::trail::Lost;

/// A table's rows.
#[derive(Debug, Clone)]
pub(crate) enum Rows {
    Held(Vec<Vec<Cell>>),
    Made(Made),
}

/// So many rows, made when they are asked for.
#[derive(Clone)]
pub(crate) struct Made {
    count: usize,
    maker: Rc<dyn Maker>,
    held: OnceCell<Vec<Vec<Cell>>>,
}

/// Who reads rows: to programs what only people see need not be worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    People,
    Programs,
}

/// Rows as they are made.
pub(super) type Making<'m> = Box<dyn Iterator<Item = Result<Vec<Cell>, Lost>> + 'm>;

/// Makes rows, from the first on, as often as they are asked for.
pub(super) trait Maker {
    fn rows(&self, readers: Readers) -> Making<'_>;
}

/// Makes each row by its place, for readers of all kinds.
struct ByPlace<Row> {
    count: usize,
    row: Row,
}

impl<Row: Fn(usize) -> Vec<Cell>> Maker for ByPlace<Row> {
    fn rows(&self, _readers: Readers) -> Making<'_> {
        Box::new((0..self.count).map(|place| Ok((self.row)(place))))
    }
}

impl Rows {
    /// So many rows, of which `row` makes the one at a place.
    pub(super) fn made(count: usize, row: impl Fn(usize) -> Vec<Cell> + 'static) -> Self {
        Self::made_by(count, ByPlace { count, row })
    }

    /// So many rows, all of which somebody makes.
    pub(super) fn made_by(count: usize, maker: impl Maker + 'static) -> Self {
        Self::Made(Made { count, maker: Rc::new(maker), held: OnceCell::new() })
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Held(rows) => rows.len(),
            Self::Made(made) => made.count,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes all of them, for a form whose columns are as wide as their widest cell.
    pub(super) fn hold(&self) -> Result<(), Lost> {
        let Self::Made(made) = self else { return Ok(()) };
        if made.held.get().is_none() {
            let rows = made.maker.rows(Readers::People).collect::<Result<_, _>>()?;
            let _ = made.held.set(rows);
        }
        Ok(())
    }

    /// All of them at once, where they are held.
    pub(super) fn held(&self) -> &[Vec<Cell>] {
        match self {
            Self::Held(rows) => rows,
            Self::Made(made) => made.held.get().expect("what is laid out is held before"),
        }
    }

    /// One after the other, for a form that is written as it goes: programs read those.
    pub(super) fn each(&self) -> Box<dyn Iterator<Item = Result<Cow<'_, [Cell]>, Lost>> + '_> {
        match self {
            Self::Held(rows) => Box::new(rows.iter().map(|row| Ok(Cow::Borrowed(row.as_slice())))),
            Self::Made(made) => Box::new(made.maker.rows(Readers::Programs).map(|row| Ok(Cow::Owned(row?)))),
        }
    }
}

impl Default for Rows {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl From<Vec<Vec<Cell>>> for Rows {
    fn from(rows: Vec<Vec<Cell>>) -> Self {
        Self::Held(rows)
    }
}

impl FromIterator<Vec<Cell>> for Rows {
    fn from_iter<I: IntoIterator<Item = Vec<Cell>>>(rows: I) -> Self {
        Self::Held(rows.into_iter().collect())
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Made").field("count", &self.count).finish_non_exhaustive()
    }
}
