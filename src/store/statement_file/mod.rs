//! Statements as banks and treasuries give them: a grid's rows as movements of money, each that can't be read said with its
//! place. It knows nothing of the ledger and matches nothing.

mod balance;
mod headings;
mod movements;
mod title;

#[cfg(test)]
mod headings_tests;
#[cfg(test)]
mod profile_tests;
#[cfg(test)]
mod statement_tests;
#[cfg(test)]
mod trust_tests;

use std::path::{Path, PathBuf};

use balance::{Course, Marks};

use super::files::Files;
use super::grid::{Breadth, Grid, Rows, Said};
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::statement::{Headings, LeftOut, Profile, Turn};
use crate::problem::{BillFault, Problem};

use headings::{Columns, texts};

pub(in crate::store) use headings::plain;

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
    /// What the statement says of it, as far as it does.
    pub(crate) payee: String,
    pub(crate) payment: String,
    pub(crate) memo: String,
}

/// A statement, read whole: it is matched as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statement {
    pub(crate) movements: Vec<Movement>,
    /// Lines that are no movements, or are to be none.
    pub(crate) left_out: Vec<(usize, LeftOut)>,
    /// Where the statement's own balance goes the other way: what is to be turned round.
    pub(crate) against_balance: Option<Turn>,
}

/// A statement read as far as it can be, and how it was.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What was said of it, and what was recognised.
    pub(crate) profile: Profile,
    pub(crate) headings: Headings,
    pub(crate) statement: Statement,
    /// The lines that can't be read.
    pub(crate) unread: Vec<usize>,
    /// Everything that is wrong with it.
    pub(crate) problems: Vec<Problem>,
    /// The profile turned round, where the statement's own balance says so.
    pub(crate) turned: Option<Profile>,
}

/// Reads a statement, or says everything in it that can't be read. `sheet` is what was typed; it counts before the
/// profile's.
pub(crate) fn read(
    files: &dyn Files,
    path: &Path,
    sheet: Option<&str>,
    profile: &Profile,
) -> Result<Statement, Vec<Problem>> {
    let reading = look(files, path, sheet, profile)?;
    if reading.problems.is_empty() { Ok(reading.statement) } else { Err(reading.problems) }
}

/// Reads a statement as far as it can be. It fails where there is not even a table.
pub(crate) fn look(
    files: &dyn Files,
    path: &Path,
    sheet: Option<&str>,
    profile: &Profile,
) -> Result<Reading, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let said = Said {
        sheet: sheet.or(profile.sheet.as_deref()),
        sheet_if_any: sheet.is_none(),
        encoding: profile.encoding,
        separator: profile.separator,
    };
    let mut grid = Grid::open_as(files, path, said).map_err(one)?;
    let mut profile = profile.clone();
    (profile.encoding, profile.separator) = grid.text().unwrap_or_default();
    profile.sheet = grid.sheet().map(str::to_owned);
    let mut rows = grid.rows().map_err(one)?;
    let found = if profile.is_by_place() {
        Ok((Headings::Counted, Columns::counted(&profile)))
    } else {
        headings(&mut rows, &profile)?
    };
    let statement = Statement::default();
    match found {
        Ok((headings, columns)) => {
            let turned = None;
            let mut reading =
                Reading { profile, headings, statement, unread: Vec::new(), problems: Vec::new(), turned };
            reading.take(&mut rows, columns)?;
            Ok(reading)
        }
        Err((row, texts)) => {
            let seen = texts.iter().map(|(_, text)| text.clone()).collect();
            let problems = vec![no_headings(path.to_owned(), seen)];
            let headings = Headings::Unknown { row, texts };
            Ok(Reading { profile, headings, statement, unread: Vec::new(), problems, turned: None })
        }
    }
}

/// The columns by their headings; or the row that looks most like headings.
#[expect(clippy::type_complexity, reason = "one answer, one substitute, and what goes wrong")]
fn headings(
    rows: &mut Rows<'_>,
    profile: &Profile,
) -> Result<Result<(Headings, Columns), (usize, Vec<(usize, String)>)>, Vec<Problem>> {
    let mut likeliest = (1, Vec::new());
    let mut looked_at = 0;
    while looked_at < HEADINGS_WITHIN {
        let Some(row) = rows.next().map_err(|problem| vec![problem])? else { break };
        if row.number() <= profile.skip_rows {
            continue;
        }
        looked_at += 1;
        let columns = Columns::of(row, profile);
        if let Some(problem) = title::contradiction(row, columns.is_some(), profile) {
            return Err(vec![problem]);
        }
        if let Some(columns) = columns {
            return Ok(Ok((Headings::Row(row.number()), columns)));
        }
        let texts = texts(row);
        if texts.len() > likeliest.1.len() {
            likeliest = (row.number(), texts.iter().map(|(place, text)| (place + 1, (*text).to_owned())).collect());
        }
    }
    Ok(Err(likeliest))
}

impl Reading {
    /// Reads the movements, row by row.
    fn take(&mut self, rows: &mut Rows<'_>, mut columns: Columns) -> Result<(), Vec<Problem>> {
        let (mut course, mut marks) = (Course::default(), Marks::default());
        let (mut is_first, mut breadth) = (true, None);
        while let Some(row) = rows.next().map_err(|problem| vec![problem])? {
            let profile = &self.profile;
            if std::mem::take(&mut is_first) && self.headings != Headings::Counted && columns.go_on_in(row) {
                continue;
            }
            if columns.are_incomplete() {
                break;
            }
            let columns = &columns;
            let breadth = breadth.get_or_insert_with(|| Breadth::of(columns.width()));
            if row.number() <= profile.skip_rows {
                continue;
            }
            let left_out = if columns.stand_in(row) {
                Some(LeftOut::Headings)
            } else if movements::has_one(row, &profile.ignore) {
                Some(LeftOut::Ignored)
            } else if movements::is_no_movement(row, columns) {
                Some(LeftOut::Balance)
            } else if !profile.only.is_empty() && !movements::has_one(row, &profile.only) {
                Some(LeftOut::Others)
            } else if let Some(problem) = breadth.cut_off(row) {
                self.unread.push(row.number());
                self.problems.push(problem);
                continue;
            } else {
                movements::moves_nothing(row, columns, profile)
            };
            if let Some(why) = left_out {
                if !matches!(why, LeftOut::Headings | LeftOut::Balance | LeftOut::Zero) {
                    course.is_broken();
                }
                self.statement.left_out.push((row.number(), why));
                continue;
            }
            match movements::movement(row, columns, profile) {
                Ok(movement) => {
                    course.take(movement.amount, columns.balance().and_then(|place| movements::sum(row.cell(place))));
                    marks.take(row, columns, profile);
                    self.statement.movements.push(movement);
                }
                Err(wrong) => {
                    course.is_broken();
                    self.unread.push(row.number());
                    self.problems.extend(wrong);
                }
            }
        }
        if columns.are_incomplete() {
            return Err(columns.missing());
        }
        self.profile.columns = columns.said();
        if course.goes_the_other_way() {
            self.statement.against_balance = Some(balance::turn(&self.profile));
            self.turned = Some(marks.turned(&self.profile));
        }
        Ok(())
    }
}

fn no_headings(path: PathBuf, seen: Vec<String>) -> Problem {
    BillFault::NoStatementHeadings { path, seen }.into()
}
