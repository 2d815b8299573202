//! Rows that can't be proved: what is known of each, and all their numbers. It looks, and mends nothing.

use std::collections::BTreeSet;

use super::search::{Lists, SEALED, Search};
use super::{Known, Met, changed};
use crate::domain::entry::Digest;
use crate::domain::text::shortened;
use crate::problem::{Failure, Notice, Problem, RestoreFault, Unproved};
use crate::store::line::COLUMNS;

/// So many are shown with their places; a file that has more has one thing wrong with it, and not its rows.
const SHOWN: usize = 50;

/// So many stretches of row numbers are kept.
const STRETCHES: usize = 1_000;

/// How much of a cell is said again.
const CELL: usize = 40;

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Faults {
    first: Vec<Problem>,
    count: u64,
    /// The numbers of the rows, from and to.
    rows: Vec<(u64, u64)>,
}

impl Faults {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes a row in, and looks what is wrong with it if that will be shown.
    pub(super) fn take(
        &mut self,
        known: &Known<'_>,
        met: &Met,
        previous: Option<Digest>,
        search: &mut Search,
        around: (Option<u32>, &BTreeSet<String>),
    ) {
        let row = met.seq.unwrap_or(known.last + 1);
        self.count += 1;
        add(&mut self.rows, row);
        if self.first.len() < SHOWN {
            let (fault, column) = fault(known, met, previous, search, around);
            let place = column.and_then(|name| COLUMNS.iter().position(|known| *known == name));
            let place = match place {
                Some(column) => known.row.place(known.columns[column]),
                None => known.row.whole_place(),
            };
            self.first.push(Problem::from(fault).at(place));
        }
    }

    /// Fails with every row that can't be proved, if there is any.
    pub(super) fn unless_none(&mut self, of: u64) -> Result<(), Failure> {
        if self.is_empty() {
            return Ok(());
        }
        let mut problems = std::mem::take(&mut self.first);
        let (count, rows, shown) = (self.count, std::mem::take(&mut self.rows), problems.len());
        problems.push(Problem::note(Notice::NotRestored { count, of, rows, shown }));
        Err(Failure(problems))
    }
}

/// Adds a row's number to the stretches of numbers.
fn add(stretches: &mut Vec<(u64, u64)>, row: u64) {
    let has_room = stretches.len() < STRETCHES;
    match stretches.last_mut() {
        Some((_, to)) if *to + 1 == row => *to = row,
        Some(_) | None if has_room => stretches.push((row, row)),
        Some(_) | None => {}
    }
}

/// What is wrong with a row, and in which column that is seen.
fn fault(
    known: &Known<'_>,
    met: &Met,
    previous: Option<Digest>,
    search: &mut Search,
    around: (Option<u32>, &BTreeSet<String>),
) -> (RestoreFault, Option<&'static str>) {
    let expected = known.last + 1;
    let row = met.seq.unwrap_or(expected);
    if row > expected {
        return (RestoreFault::RowsMissing { from: expected, to: row - 1 }, Some("seq"));
    }
    if row < expected {
        return (RestoreFault::OutOfPlace { row, after: known.last }, Some("seq"));
    }
    let why = why(known, met, previous, search, around);
    let column = match &why {
        Unproved::DigitsGone { column, .. }
        | Unproved::Cell { column, .. }
        | Unproved::CharactersGone { column, .. }
        | Unproved::Changed { column, .. } => Some(*column),
        Unproved::NoDigest => Some("hash"),
        Unproved::AfterNoDigest | Unproved::Unknown => None,
    };
    (RestoreFault::Unproved { row, why }, column)
}

fn why(
    known: &Known<'_>,
    met: &Met,
    previous: Option<Digest>,
    search: &mut Search,
    (year, allocations): (Option<u32>, &BTreeSet<String>),
) -> Unproved {
    let Some(stated) = met.stated else { return Unproved::NoDigest };
    let Some(previous) = previous else { return Unproved::AfterNoDigest };
    let text = |column: usize| shortened(&known.text(column), CELL);
    for (column, readings) in met.readings.iter().enumerate() {
        if readings.has_lost_digits() {
            return Unproved::DigitsGone { column: COLUMNS[column], text: text(column) };
        }
    }
    for (column, readings) in met.readings.iter().enumerate() {
        if readings.near.is_empty() {
            return Unproved::Cell { column: COLUMNS[column], text: text(column) };
        }
    }
    // A column name never holds one; a text that a person wrote seldom does, and then something else is wrong as well.
    if let Some(column) = (4..SEALED).find(|column| known.text(*column).contains("??")) {
        return Unproved::CharactersGone { column: COLUMNS[column], text: text(column) };
    }
    let lists: Lists = std::array::from_fn::<_, SEALED, _>(|column| met.readings[column].near.clone());
    match changed::column(search, &previous, &stated, &lists, year, allocations) {
        Some((column, was)) => Unproved::Changed { column, was },
        None => Unproved::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_one_stretch_and_only_so_many_stretches_are_kept() {
        let mut stretches = Vec::new();
        [4, 5, 7].into_iter().for_each(|row| add(&mut stretches, row));
        assert_eq!(stretches, [(4, 5), (7, 7)]);
        (10..9_000).step_by(2).for_each(|row| add(&mut stretches, row));
        assert_eq!(stretches.len(), STRETCHES);
    }
}
