//! What another file's rows are to those of a ledger that needs no restoring. It takes nothing over.

use std::io;

use super::{Hold, Restored};
use crate::domain::entry::Kind;
use crate::domain::mending::{Compared, Repair};
use crate::domain::reasons::plain_memo;
use crate::problem::{Doing, Problem};
use crate::store::files::OpenFile;
use crate::store::line::LineReader;
use crate::store::lines::{Found, Lines};

impl Hold<'_> {
    /// Holds the rows of another file against the ledger, which is whole.
    pub(crate) fn compared_with(&self, restored: &Restored<'_>) -> Result<Option<Compared>, Problem> {
        let Some((standing, pass)) = &self.standing else { return Ok(None) };
        let stretches = [(&**standing, pass.bytes), (restored.file.opened(), restored.file.length())];
        let (same, given_up_by) = common(stretches).map_err(self.ledger.failed(Doing::Reading))?;
        Ok(Some(Compared { same, ledger: pass.ledger.rows, file: restored.ledger.rows, given_up_by }))
    }
}

/// How many rows two files have in common from the first on, and the first file's next row if it gave rows up.
fn common([ledger, file]: [(&dyn OpenFile, u64); 2]) -> io::Result<(u64, Option<u64>)> {
    let mut ledger = Lines::new(ledger.0, 0, ledger.1);
    let mut file = Lines::new(file.0, 0, file.1);
    let mut lines = 0_u64;
    loop {
        let (Some((_, Found::Line(ours))), theirs) = (ledger.next()?, file.next()?) else {
            return Ok((lines.saturating_sub(1), None));
        };
        if theirs.is_none_or(|(_, theirs)| theirs != Found::Line(ours)) {
            return Ok((lines.saturating_sub(1), gave_up(ours)));
        }
        lines += 1;
    }
}

/// The row's number, if it is a repair by which rows were given up.
fn gave_up(line: &[u8]) -> Option<u64> {
    let mut reader = LineReader::new();
    let entry = reader.read(line, &Default::default()).ok()?.entry;
    let repair = Repair::of_memo(plain_memo(entry.what.memo)).filter(|_| entry.what.kind == Kind::Repair)?;
    repair.lost.map(|_| entry.seq)
}
