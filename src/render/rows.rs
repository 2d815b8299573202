//! The rows of a table: there already, or made one by one as they are written, so that a million take the room of one.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use super::sheet::Cell;

/// A table's rows.
#[derive(Debug, Clone)]
pub(crate) enum Rows {
    Held(Vec<Vec<Cell>>),
    Made(Made),
}

/// So many rows, each made when it is asked for.
#[derive(Clone)]
pub(crate) struct Made {
    count: usize,
    row: Rc<dyn Fn(usize) -> Vec<Cell>>,
    held: OnceCell<Vec<Vec<Cell>>>,
}

impl Rows {
    /// So many rows, of which `row` makes the one at a place.
    pub(super) fn made(count: usize, row: impl Fn(usize) -> Vec<Cell> + 'static) -> Self {
        Self::Made(Made { count, row: Rc::new(row), held: OnceCell::new() })
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Held(rows) => rows.len(),
            Self::Made(made) => made.count,
        }
    }

    /// All of them at once, for a form whose columns are as wide as their widest cell.
    pub(super) fn held(&self) -> &[Vec<Cell>] {
        match self {
            Self::Held(rows) => rows,
            Self::Made(made) => made.held.get_or_init(|| (0..made.count).map(|place| (made.row)(place)).collect()),
        }
    }

    /// One after the other, for a form that is written as it goes.
    pub(super) fn each(&self) -> impl Iterator<Item = Cow<'_, [Cell]>> {
        (0..self.len()).map(|place| match self {
            Self::Held(rows) => Cow::Borrowed(rows[place].as_slice()),
            Self::Made(made) => Cow::Owned((made.row)(place)),
        })
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
