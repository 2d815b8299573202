//! One file in memory behind the seam, for the tests of this room and for fuzzers. It can fail, and does nothing else.
#![cfg_attr(fuzzing, expect(dead_code, reason = "fuzzers only open it"))]

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Cell, Grid};
use crate::problem::{GridFault, Place, Problem, ProblemKind};
use crate::store::files::{Files, Look, LookKind, OpenFile, Purpose};

/// The file; it stands at every path.
#[derive(Clone)]
pub(crate) struct OneFile {
    pub(crate) bytes: Arc<Vec<u8>>,
    /// From this offset on, reading fails.
    pub(crate) fails_at: Option<u64>,
    /// How many processors may read it at once.
    pub(crate) hands: usize,
    /// Every second read is interrupted, as by a signal; this says whether the next one is.
    pub(crate) interrupts: Option<Arc<AtomicBool>>,
}

/// A row as the tests compare it: its number and its cells, written out.
pub(super) type Written = (usize, Vec<String>);

impl OneFile {
    pub(crate) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: Arc::new(bytes.into()), fails_at: None, hands: 0, interrupts: None }
    }

    pub(super) fn open(&self, sheet: Option<&str>) -> Result<Grid, Problem> {
        Grid::open(self, Path::new("table"), sheet)
    }

    /// All rows, or the first problem.
    pub(super) fn rows(&self) -> Result<Vec<Written>, Problem> {
        rows(&mut self.open(None)?)
    }

    /// The cells of all rows.
    pub(super) fn cells(&self) -> Vec<Vec<String>> {
        self.rows().expect("a table").into_iter().map(|(_, cells)| cells).collect()
    }

    /// The first problem, opening or reading.
    pub(super) fn problem(&self) -> Problem {
        self.rows().expect_err("this table can't be read")
    }
}

/// All rows of a table, or the first problem.
pub(super) fn rows(grid: &mut Grid) -> Result<Vec<Written>, Problem> {
    let mut written = Vec::new();
    let mut rows = grid.rows()?;
    while let Some(row) = rows.next()? {
        written.push((row.number(), row.cells().map(cell).collect()));
    }
    let progress = rows.progress();
    assert_eq!(progress.done, progress.total, "all of it was read");
    Ok(written)
}

/// Numbers begin with `#`, days with `@`, faults with `!`.
pub(super) fn cell(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_owned(),
        Cell::Number(number) => format!("#{number}"),
        Cell::Date(date, None) => format!("@{date}"),
        Cell::Date(date, Some(time)) => format!("@{date} {time}"),
        Cell::Fault(fault) => format!("!{fault:?}"),
    }
}

/// What is wrong with a table.
pub(super) fn fault(problem: &Problem) -> GridFault {
    let ProblemKind::Grid(fault) = &problem.kind else { panic!("{problem:?}") };
    fault.clone()
}

/// What a place points at.
pub(super) fn meant(place: &Place) -> (usize, &str) {
    (place.line, &place.excerpt[place.span.clone()])
}

impl Files for OneFile {
    fn look(&self, _path: &Path) -> io::Result<Option<Look>> {
        Ok(Some(self.stands()))
    }

    fn open(&self, _path: &Path, _purpose: Purpose) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(self.clone()))
    }

    fn nameless(&self, _folder: &Path) -> io::Result<Box<dyn OpenFile + Send>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn create_folder(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn list(&self, _folder: &Path) -> io::Result<Vec<PathBuf>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl OneFile {
    fn stands(&self) -> Look {
        Look { kind: LookKind::Regular, length: self.bytes.len() as u64, names: 1, identity: (1, 1), rights: None }
    }
}

impl OpenFile for OneFile {
    fn look(&self) -> io::Result<Look> {
        Ok(self.stands())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        if self.fails_at.is_some_and(|place| offset + buffer.len() as u64 > place) {
            return Err(io::Error::from_raw_os_error(5));
        }
        if self.interrupts.as_ref().is_some_and(|next| next.fetch_xor(true, Ordering::Relaxed)) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.bytes.len());
        let length = (self.bytes.len() - start).min(buffer.len());
        buffer[..length].copy_from_slice(&self.bytes[start..start + length]);
        Ok(length)
    }

    fn hands(&self) -> io::Result<Vec<Box<dyn OpenFile + Send>>> {
        Ok((0..self.hands).map(|_| Box::new(self.clone()) as Box<dyn OpenFile + Send>).collect())
    }

    fn append(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rewrite_at(&mut self, _bytes: &[u8], _offset: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_length(&mut self, _length: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
