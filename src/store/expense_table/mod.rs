//! Tables of expenses as offices keep them: a grid's rows as bills, each cell that can't be one said with its place.
//! It holds nothing against the ledger or the budget; rules do that.

mod cells;
mod headings;
#[cfg(test)]
mod table_tests;
mod tray;
#[cfg(test)]
mod tray_tests;

use std::path::{Path, PathBuf};

use super::files::Files;
use super::grid::{Breadth, Cell, Grid, Progress, Row};
use crate::domain::entry::Particulars;
use crate::problem::{BillFault, Problem};

pub(crate) use headings::{Columns, Field, Mapped};
pub(crate) use tray::{PackedBills, Tray};

/// How far down the headings may stand: below a title, a unit and a date.
const HEADINGS_WITHIN: usize = 50;

/// How a table is to be read.
pub(crate) struct Reading<'r> {
    /// The allocation of rows that say none.
    pub(crate) allocation: Option<String>,
    /// The key of the allocation that a text names.
    pub(crate) named: &'r dyn Fn(&str) -> Result<String, Problem>,
    /// Words for a way of paying and for a fund, beside their keys.
    pub(crate) method: &'r dyn Fn(&str) -> Result<String, String>,
    pub(crate) fund: &'r dyn Fn(&str) -> Result<String, String>,
    pub(crate) is_refund: &'r dyn Fn(&str) -> Result<bool, String>,
    pub(crate) allows_personal_data: bool,
}

/// A row as a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bill {
    /// The line or row number people see.
    pub(crate) line: usize,
    /// An expense; or a reversal or refund, whose amount is negative and whose other columns are its original's
    /// wherever it says nothing.
    pub(crate) what: Particulars<String>,
    /// The voucher number of the expense that a red row takes back from.
    pub(crate) original: Option<String>,
    /// The table's own id for it.
    pub(crate) id: Option<String>,
}

/// A table whose headings were found.
pub(crate) struct ExpenseTable {
    path: PathBuf,
    grid: Grid,
    /// Of the file as it was when its headings were found.
    digest: u64,
    pub(crate) columns: Columns,
    heading_line: usize,
}

/// Takes a bill or all that is wrong with its row, and how far the walk has come.
pub(crate) type EachBill<'e> = dyn FnMut(Result<Bill, Vec<Problem>>, Progress) -> Result<(), Problem> + 'e;

/// What a rule has against a row of the table, and the field it is about.
pub(crate) struct Objection {
    /// The line or row number people see.
    pub(crate) line: usize,
    pub(crate) field: Option<Field>,
    pub(crate) problem: Problem,
}

/// What a walk found beside the bills.
#[derive(Debug, Clone, Default)]
pub(crate) struct Walked {
    /// Lines with a total, which is no expense.
    pub(crate) totals: Vec<usize>,
    /// How many of the rows the sheet hides.
    pub(crate) hidden: u64,
}

impl ExpenseTable {
    /// Opens a table and finds its headings.
    pub(crate) fn open(
        files: &dyn Files,
        path: &Path,
        sheet: Option<&str>,
        mapped: &[Mapped],
    ) -> Result<Self, Vec<Problem>> {
        let mut grid = Grid::open(files, path, sheet).map_err(|problem| vec![problem])?;
        let mut best: (usize, Vec<String>) = (0, Vec::new());
        let mut found = None;
        let mut rows = grid.rows().map_err(|problem| vec![problem])?;
        for _ in 0..HEADINGS_WITHIN {
            let Some(row) = rows.next().map_err(|problem| vec![problem])? else { break };
            if let Some(columns) = Columns::of(row, mapped)? {
                found = Some((columns, row.number()));
                break;
            }
            let likeness = headings::likeness(row, mapped);
            if likeness > best.0 || best.1.is_empty() {
                best = (likeness, headings::seen(row));
            }
        }
        drop(rows);
        let Some((columns, heading_line)) = found else {
            let (path, seen) = (path.to_owned(), best.1);
            return Err(vec![BillFault::NoHeadings { path, missing: vec!["date", "amount"], seen }.into()]);
        };
        let digest = grid.digest().map_err(|problem| vec![problem])?;
        Ok(Self { path: path.to_owned(), grid, digest, columns, heading_line })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn sheet(&self) -> Option<&str> {
        self.grid.sheet()
    }

    /// Shows every row below the headings, as a bill or with all that is wrong with it, in the order of their lines.
    ///
    /// # Errors
    /// The table can't be read, changed meanwhile, or `each` has one.
    pub(crate) fn walk(&mut self, reading: &Reading<'_>, each: &mut EachBill<'_>) -> Result<Walked, Problem> {
        let mut walked = Walked::default();
        let mut breadth = Breadth::of(self.columns.width());
        let mut rows = self.grid.rows()?;
        let mut progress = rows.progress();
        let mut is_headed = false;
        while let Some(row) = rows.next()? {
            if row.number() < self.heading_line {
                continue;
            }
            if repeats_headings(row, &self.columns) {
                is_headed = true;
                continue;
            }
            if !is_headed {
                return Err(changed(&self.path));
            }
            if is_total(row, &self.columns) {
                walked.totals.push(row.number());
                continue;
            }
            walked.hidden += u64::from(row.is_hidden());
            let bill = match breadth.cut_off(row) {
                Some(problem) => Err(vec![problem]),
                None => cells::bill(row, &self.columns, reading),
            };
            each(bill, progress)?;
            progress = rows.progress();
        }
        drop(rows);
        self.unchanged()?;
        Ok(walked)
    }

    /// What rules have against its rows, by line, each with its place. The table is read once more, for only they need it.
    ///
    /// # Errors
    /// The table can't be read, or changed meanwhile.
    pub(crate) fn placed(&mut self, objections: Vec<Objection>) -> Result<Vec<Problem>, Problem> {
        let mut placed = Vec::new();
        let mut objections = objections.into_iter().peekable();
        let mut rows = self.grid.rows()?;
        while objections.peek().is_some()
            && let Some(row) = rows.next()?
        {
            while let Some(Objection { field, problem, .. }) = objections.next_if(|next| next.line == row.number()) {
                let column = field.and_then(|field| self.columns.of_field(field));
                placed.push(problem.at(column.map_or_else(|| row.whole_place(), |column| row.place(column))));
            }
        }
        drop(rows);
        self.unchanged()?;
        Ok(placed)
    }

    /// Another program may save the table anew while it is read. What was read is then no table that ever was; or the
    /// first part of one that was still being written, which is noticed as long as it is asked for again.
    ///
    /// # Errors
    /// The table can't be read, or changed meanwhile.
    pub(crate) fn unchanged(&self) -> Result<(), Problem> {
        if self.grid.digest()? == self.digest { Ok(()) } else { Err(changed(&self.path)) }
    }
}

fn changed(path: &Path) -> Problem {
    BillFault::Changed { path: path.to_owned() }.into()
}

/// Printed tables repeat their headings on every page.
fn repeats_headings(row: Row<'_>, columns: &Columns) -> bool {
    columns
        .recognised()
        .all(|(field, heading)| columns.of_field(field).is_some_and(|column| row.cell(column) == Cell::Text(heading)))
}

/// A line of totals: it begins with a word for one, and has no date.
fn is_total(row: Row<'_>, columns: &Columns) -> bool {
    const WORDS: [&str; 7] = ["合计", "总计", "小计", "本页合计", "本月合计", "本年累计", "累计"];
    let dated = columns.of_field(Field::Date).map_or(Cell::Empty, |column| row.cell(column));
    let is_word = |text: &str| {
        let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        WORDS.contains(&text.trim_end_matches([':', '：']))
    };
    let has_date = match dated {
        Cell::Empty => false,
        Cell::Text(text) => !is_word(text),
        Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => true,
    };
    !has_date && row.cells().any(|cell| matches!(cell, Cell::Text(text) if is_word(text)))
}
