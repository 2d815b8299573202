//! A ledger that another program has saved, made again row by row. A row's digest is over the values of its fields, so a
//! row whose fields are found is known to be right; nothing is taken that its digest does not prove.

mod changed;
mod compared;
mod days;
mod in_place;
mod new_file;
mod numbers;
mod readings;
mod search;
mod stated;
mod unproved;

use std::collections::BTreeSet;
use std::path::Path;

use super::diagnosis;
use super::files::{Files, Purpose};
use super::grid::{Cell, Grid, Row};
use super::head::Head;
use super::ledger_file::LedgerFile;
use super::line::{COLUMNS, joined};
use super::pass::{self, Unseen};
use super::thorough;
use crate::domain::entry::Digest;
use crate::domain::ledger::Ledger;
use crate::domain::sign::Sign;
use crate::problem::{CellFault, Doing, Failure, FileFault, LedgerFault, Problem, RestoreFault};
use readings::{Around, Far, Readings};
use search::{Lists, SEALED, Search};
use unproved::Faults;

pub(crate) use in_place::Hold;
pub(crate) use new_file::NewFile;

/// The rows of a ledger, proved and written to a file of their own.
pub(crate) struct Restored<'f> {
    pub(crate) file: NewFile<'f>,
    pub(crate) ledger: Ledger,
    /// What the other program had changed.
    pub(crate) signs: Vec<Sign>,
    /// Rows with something in them beside the ledger's columns.
    pub(crate) beside: u64,
}

/// Restores the ledger that stands in a table into `file`, whole or not at all. `head` is what is known outside the ledger
/// of how far it goes.
pub(crate) fn restore<'f>(
    files: &'f dyn Files,
    from: &Path,
    sheet: Option<&str>,
    head: Option<&Head>,
    mut file: NewFile<'f>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Restored<'f>, Failure> {
    let mut grid = Grid::open(files, from, sheet)?;
    let mut signs = signs_of_the_file(files, from, &grid)?;
    let beside = {
        let mut walk = Walk::begin(&mut grid)?;
        walk.all(&mut file, progress)?;
        walk.faults.unless_none(walk.rows)?;
        signs.extend(walk.signs);
        walk.beside
    };
    file.finish()?;
    let ledger = checked(files, &file, head)?;
    if signs.is_empty() && !is_the_same(files, from, &file)? {
        signs.push(Sign::Layout);
    }
    signs.sort_unstable();
    signs.dedup();
    Ok(Restored { file, ledger, signs, beside })
}

/// The check that `verify` makes, and that the ledger is the one whose head this is.
fn checked(files: &dyn Files, file: &NewFile<'_>, head: Option<&Head>) -> Result<Ledger, Problem> {
    // Where the file is now nobody will look for it; what is wrong names its row.
    let elsewhere = |problem: Problem| Problem { place: None, ..problem };
    let found = thorough::read(&LedgerFile::new(files, file.path()), None).map_err(elsewhere)?;
    if let Some(damage) = found.pass.damage {
        return Err(elsewhere(damage.problem));
    }
    if found.pass.tail > 0 {
        return Err(RestoreFault::EndsInABatch { rows: found.pass.ledger.rows }.into());
    }
    let failed = |error| Problem::from(FileFault::Io { doing: Doing::Reading, path: file.path().to_owned(), error });
    let opened = files.open(file.path(), Purpose::Reading).map_err(failed)?;
    let (again, _) = pass::run(&*opened, file.path(), file.length(), head, || Unseen).map_err(failed)?;
    match again.damage {
        Some(damage) => Err(elsewhere(damage.problem)),
        None => Ok(found.pass.ledger),
    }
}

fn is_the_same(files: &dyn Files, from: &Path, file: &NewFile<'_>) -> Result<bool, Problem> {
    let opened = files.open(from, Purpose::Reading).and_then(|opened| file.is_equal_to(&*opened));
    opened.map_err(|error| FileFault::Io { doing: Doing::Reading, path: from.to_owned(), error }.into())
}

fn signs_of_the_file(files: &dyn Files, from: &Path, grid: &Grid) -> Result<Vec<Sign>, Problem> {
    let mut beginning = vec![0; 4096];
    let read = files.open(from, Purpose::Reading).and_then(|file| file.read_at(&mut beginning, 0));
    let read = read.map_err(|error| FileFault::Io { doing: Doing::Reading, path: from.to_owned(), error })?;
    if grid.sheet().is_some() {
        return Ok(vec![Sign::Workbook]);
    }
    let mut signs = diagnosis::of_the_beginning(&beginning[..read]);
    if grid.is_in_gb18030() && !signs.contains(&Sign::Gb18030) {
        signs.push(Sign::Gb18030);
    }
    Ok(signs)
}

/// One walk through the table.
struct Walk<'g> {
    rows_of: super::grid::Rows<'g>,
    /// Where each of the ledger's columns stands in the table.
    columns: [usize; COLUMNS.len()],
    search: Search,
    faults: Faults,
    /// The digest that the last row states; nothing where it states none.
    previous: Option<Digest>,
    /// The number of the last row.
    last: u64,
    year: Option<u32>,
    allocations: BTreeSet<String>,
    rows: u64,
    signs: Vec<Sign>,
    beside: u64,
    /// How long the last proved text of each column was that is a number: those of one series are of one length.
    habits: [usize; SEALED],
}

impl<'g> Walk<'g> {
    /// Finds the columns by their headings, wherever they stand.
    fn begin(grid: &'g mut Grid) -> Result<Self, Problem> {
        let mut rows_of = grid.rows()?;
        let Some(header) = rows_of.next()? else { return Err(LedgerFault::Empty.into()) };
        let mut columns = [0; COLUMNS.len()];
        for (place, name) in columns.iter_mut().zip(COLUMNS) {
            let is_it = |cell: Cell<'_>| matches!(cell, Cell::Text(text) if text.eq_ignore_ascii_case(name));
            let Some(found) = header.cells().position(is_it) else {
                return Err(Problem::from(LedgerFault::Header).at(header.whole_place()));
            };
            *place = found;
        }
        Ok(Self {
            rows_of,
            columns,
            search: Search::default(),
            faults: Faults::default(),
            previous: Some(Digest::default()),
            last: 0,
            year: None,
            allocations: BTreeSet::new(),
            rows: 0,
            signs: Vec::new(),
            beside: 0,
            habits: [0; SEALED],
        })
    }

    /// Every row, proved and written, or among the faults. Once one is there nothing more is written.
    fn all(&mut self, file: &mut NewFile<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Problem> {
        let header = COLUMNS.join(",") + "\n";
        file.add(header.as_bytes())?;
        loop {
            let at = self.rows_of.progress();
            progress(at.done, at.total);
            let Some(row) = self.rows_of.next()? else { return Ok(()) };
            let is_ours = |column: usize| self.columns.contains(&column);
            let has_others = (0..).zip(row.cells()).any(|(column, cell)| cell != Cell::Empty && !is_ours(column));
            self.beside += u64::from(has_others);
            if self.columns.iter().all(|column| row.cell(*column) == Cell::Empty) {
                continue;
            }
            self.rows += 1;
            let known = Known { columns: &self.columns, last: self.last, year: self.year, row };
            let met = known.met(&self.habits);
            let proved = known.proved(&met, self.previous, &mut self.search);
            if let Some(fields) = &proved
                && self.faults.is_empty()
            {
                let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
                let digest = met.stated.map(|digest| digest.to_string()).unwrap_or_default();
                file.add(format!("{},{digest}\n", joined(&fields)).as_bytes())?;
            }
            match &proved {
                Some(fields) => {
                    note_signs(&mut self.signs, &known, fields);
                    for (column, field) in fields.iter().enumerate() {
                        if numbers::is_digits(field) {
                            self.habits[column] = field.len();
                        }
                    }
                    if fields[1] == "budget" {
                        self.allocations.insert(fields[4].clone());
                    }
                    self.year = self.year.or_else(|| readings::year_of(&fields[9]));
                    self.last += 1;
                }
                None => {
                    let around = (self.year, &self.allocations);
                    self.faults.take(&known, &met, self.previous, &mut self.search, around);
                    self.last = met.seq.unwrap_or(self.last + 1);
                }
            }
            self.previous = met.stated;
        }
    }
}

/// A row, and what is known before it is looked at.
struct Known<'r> {
    columns: &'r [usize; COLUMNS.len()],
    last: u64,
    year: Option<u32>,
    row: Row<'r>,
}

/// What a row's cells may have held.
struct Met {
    /// The number and the digest that it states.
    seq: Option<u64>,
    stated: Option<Digest>,
    readings: [Readings; SEALED],
}

impl<'r> Known<'r> {
    fn cell(&self, column: usize) -> Cell<'r> {
        self.row.cell(self.columns[column])
    }

    /// A cell as it stands there.
    fn text(&self, column: usize) -> String {
        match self.cell(column) {
            Cell::Text(text) | Cell::Number(text) => text.to_owned(),
            Cell::Empty => String::new(),
            Cell::Date(date, _) => date.to_string(),
            Cell::Fault(CellFault::NotCalculated) => "=".to_owned(),
            Cell::Fault(
                CellFault::DigitsLost { text }
                | CellFault::ErrorValue { text }
                | CellFault::NotADate { text }
                | CellFault::NotANumber { text },
            ) => text.clone(),
        }
    }

    fn met(&self, habits: &[usize; SEALED]) -> Met {
        let at_year = || readings::year_of(&self.text(20));
        let around = Around { seq: self.last + 1, year: self.year.or_else(at_year) };
        let mut readings: [Readings; SEALED] =
            std::array::from_fn(|column| readings::of(column, self.cell(column), &around));
        let amounts = readings[6].clone();
        if let Some("budget" | "adjustment") = readings[1].near.first().map(String::as_str) {
            readings::plans(&mut readings[7], &amounts);
        }
        for (readings, habit) in readings.iter_mut().zip(habits) {
            // What stands there comes first all the same.
            if let [_, others @ ..] = readings.near.as_mut_slice() {
                others.sort_by_key(|text| text.len() != *habit || !numbers::is_digits(text));
            }
        }
        let seq = numbers::whole(&self.text(0)).and_then(|seq| seq.parse().ok());
        Met { seq, stated: Digest::typed(&self.text(21)), readings }
    }

    /// The fields that the row's digest proves.
    fn proved(&self, met: &Met, previous: Option<Digest>, search: &mut Search) -> Option<[String; SEALED]> {
        let (previous, stated) = (previous?, met.stated?);
        let mut lists: Lists = std::array::from_fn(|column| met.readings[column].near.clone());
        let chosen = |found: [usize; SEALED], lists: &Lists| -> [String; SEALED] {
            std::array::from_fn(|column| lists[column][found[column]].clone())
        };
        if let Some(found) = search.find(&previous, &stated, &lists, None) {
            return Some(chosen(found, &lists));
        }
        // What needs a long search is seldom in two columns at once; lost digits are likelier than hidden decimals.
        let mut far: Vec<usize> = (0..SEALED).filter(|column| met.readings[*column].far != Far::Nothing).collect();
        far.sort_by_key(|column| matches!(met.readings[*column].far, Far::Rounded { .. }));
        for column in &far {
            let near = std::mem::replace(&mut lists[*column], met.readings[*column].all());
            if let Some(found) = search.find(&previous, &stated, &lists, Some(*column)) {
                return Some(chosen(found, &lists));
            }
            lists[*column] = near;
        }
        if let [_, _, ..] = far.as_slice() {
            let near = lists.clone();
            far.iter().for_each(|column| lists[*column] = met.readings[*column].all());
            if let Some(found) = search.find(&previous, &stated, &lists, None) {
                return Some(chosen(found, &lists));
            }
            lists = near;
        }
        // Blanks around one text, whatever they are; or one behind each of several.
        let written: Vec<usize> = readings::WRITTEN
            .into_iter()
            .filter(|column| lists[*column].first().is_some_and(|it| !it.is_empty()))
            .collect();
        for column in &written {
            let blanks = readings::with_blanks(&lists[*column][0]);
            let near = std::mem::replace(&mut lists[*column], blanks);
            if let Some(found) = search.find(&previous, &stated, &lists, Some(*column)) {
                return Some(chosen(found, &lists));
            }
            lists[*column] = near;
        }
        written.iter().for_each(|column| lists[*column] = readings::with_blanks(&lists[*column][0])[..2].to_vec());
        search.find(&previous, &stated, &lists, None).map(|found| chosen(found, &lists))
    }
}

/// What the other program had changed in a row.
fn note_signs(signs: &mut Vec<Sign>, known: &Known<'_>, fields: &[String; SEALED]) {
    for (column, field) in fields.iter().enumerate() {
        let shown = known.text(column);
        if shown == *field && !matches!(known.cell(column), Cell::Date(..)) {
            continue;
        }
        let sign = match column {
            _ if matches!(known.cell(column), Cell::Fault(_)) => Sign::Scientific,
            _ if numbers::scientific(&shown).is_some() => Sign::Scientific,
            2 | 3 => Sign::Date,
            6 => Sign::Amount,
            _ => Sign::Number,
        };
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    }
}
