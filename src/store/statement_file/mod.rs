//! Statements as banks and treasuries give them: a grid's rows as movements of money, each that can't be read said with its
//! place. It knows nothing of the ledger and matches nothing.

mod headings;
mod movements;

#[cfg(test)]
mod headings_tests;
#[cfg(test)]
mod statement_tests;

use std::path::{Path, PathBuf};

use super::files::Files;
use super::grid::{Cell, Grid, Row};
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::problem::{BillFault, Problem};

pub(crate) use headings::{Column, Columns, MappedColumn};

/// How far down the headings may stand: below a title, the account and its period.
const HEADINGS_WITHIN: usize = 50;

/// A movement of money as the statement tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Movement {
    /// The line or row number people see.
    pub(crate) line: usize,
    pub(crate) date: Date,
    /// In 元. Positive went out, negative came in.
    pub(crate) amount: Amount,
    pub(crate) payee: String,
    pub(crate) payment: String,
    pub(crate) memo: String,
}

/// A statement, read whole: it is matched as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    columns: Columns,
    pub(crate) movements: Vec<Movement>,
    /// Lines that tell a balance or a total, which are no movements.
    pub(crate) left_out: Vec<usize>,
}

/// Reads a statement, or says everything in it that can't be read.
pub(crate) fn read(
    files: &dyn Files,
    path: &Path,
    sheet: Option<&str>,
    mapped: &[MappedColumn],
) -> Result<Statement, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let mut grid = Grid::open(files, path, sheet).map_err(one)?;
    let mut rows = grid.rows().map_err(one)?;
    let mut seen = Vec::new();
    let mut columns = None;
    for _ in 0..HEADINGS_WITHIN {
        let Some(row) = rows.next().map_err(one)? else { break };
        columns = Columns::of(row, mapped)?;
        if columns.is_some() {
            break;
        }
        let texts = texts(row);
        if texts.len() > seen.len() {
            seen = texts;
        }
    }
    let Some(columns) = columns else { return Err(vec![no_headings(path.to_owned(), seen)]) };
    let mut statement = Statement { columns, movements: Vec::new(), left_out: Vec::new() };
    let mut problems = Vec::new();
    let mut is_first = true;
    while let Some(row) = rows.next().map_err(one)? {
        let is_heading = std::mem::take(&mut is_first) && statement.columns.go_on_in(row);
        if is_heading || repeats_headings(row, &statement.columns) {
            continue;
        }
        match movements::movement(row, &statement.columns) {
            Ok(Some(movement)) => statement.movements.push(movement),
            Ok(None) => statement.left_out.push(row.number()),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if problems.is_empty() { Ok(statement) } else { Err(problems) }
}

fn no_headings(path: PathBuf, seen: Vec<String>) -> Problem {
    BillFault::NoStatementHeadings { path, seen }.into()
}

fn texts(row: Row<'_>) -> Vec<String> {
    row.cells()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => None,
        })
        .collect()
}

/// Printed statements repeat their headings on every page.
fn repeats_headings(row: Row<'_>, columns: &Columns) -> bool {
    columns
        .recognised()
        .all(|(column, heading)| columns.place(column).is_some_and(|place| row.cell(place) == Cell::Text(heading)))
}
