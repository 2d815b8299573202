//! What a table states of its ledger's last row, whatever else is wrong with it, so that no shorter or other book is put in
//! its place unseen. It proves nothing.

use std::path::Path;

use super::Walk;
use crate::domain::entry::{Digest, Entry};
use crate::problem::LedgerFault;
use crate::store::files::Files;
use crate::store::grid::{Cell, Grid};
use crate::store::ledger_file::LedgerFile;
use crate::store::line::COLUMNS;
use crate::store::pass::Visitor;

/// The highest row number with a digest beside it, and that digest, as far as the table can be read.
pub(super) fn last_row(files: &dyn Files, path: &Path) -> Option<(u64, Digest)> {
    let mut grid = Grid::open(files, path, None).ok()?;
    let mut walk = Walk::begin(&mut grid).ok()?;
    let [seq, hash] = [walk.columns[0], walk.columns[COLUMNS.len() - 1]];
    let mut last: Option<(u64, Digest)> = None;
    while let Ok(Some(row)) = walk.rows_of.next() {
        let text = |column| match row.cell(column) {
            Cell::Text(text) | Cell::Number(text) => Some(text),
            Cell::Empty | Cell::Date(..) | Cell::Fault(_) => None,
        };
        let stated = text(seq).and_then(|seq| seq.parse().ok()).zip(text(hash).and_then(Digest::canonical));
        last = last.into_iter().chain(stated).max_by_key(|(seq, _)| *seq);
    }
    last
}

/// Whether a whole ledger has this digest at this row.
pub(super) fn holds(files: &dyn Files, path: &Path, (seq, digest): (u64, Digest)) -> bool {
    let wanted = || Wanted { seq, digest, is_there: false };
    LedgerFile::new(files, path).read(wanted).is_ok_and(|reading| reading.visitor.is_there)
}

struct Wanted {
    seq: u64,
    digest: Digest,
    is_there: bool,
}

impl Visitor for Wanted {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.is_there |= (entry.seq, entry.digest) == (self.seq, self.digest);
        Ok(())
    }
}
