//! A restored ledger put in the place of the one that another program saved: under the lock, the old file kept, the new one
//! made whole before it gets the name. It proves no rows.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::{NewFile, Restored, stated};
use crate::domain::entry::{Entry, Particulars};
use crate::problem::{Doing, FileFault, Notice, Problem, ProblemKind, RestoreFault};
use crate::store::append::{Stamp, in_pieces, lines, read_as_a_stranger};
use crate::store::files::{OpenFile, Purpose, beside, read_stretch};
use crate::store::head::{self, Head};
use crate::store::ledger_file::LedgerFile;
use crate::store::lock::{self, Lock};
use crate::store::pass::Pass;
use crate::store::{spool, whole};

/// What the file that is being made ends in, and the one that is kept.
const ENDING: &str = ".restoring";
const KEPT: &str = ".resaved";

/// The ledger locked, whatever its state.
pub(crate) struct Hold<'f> {
    pub(super) ledger: LedgerFile<'f>,
    /// What stands there now, if anything does.
    pub(super) standing: Option<(Box<dyn OpenFile>, Pass)>,
    pub(crate) head: Option<Head>,
    _lock: Lock,
}

impl<'f> Hold<'f> {
    /// Locks the ledger and reads how far what stands there holds.
    pub(crate) fn take(ledger: &LedgerFile<'f>, wait: &dyn Fn(Duration)) -> Result<Self, Problem> {
        let lock = lock::take(ledger.files, &ledger.path, wait)?;
        spool::forget_leftover(ledger.files, &ledger.path);
        let _ = ledger.files.remove(&beside(&ledger.path, &format!("{ENDING}-1")));
        let head = head::read(ledger.files, &ledger.path)?;
        let standing = match ledger.files.look(&ledger.path).map_err(ledger.failed(Doing::Reading))? {
            None => None,
            Some(_) => Some(ledger.standing(head.as_ref())?),
        };
        Ok(Self { ledger: ledger.clone(), standing, head, _lock: lock })
    }

    /// Whether what stands there needs no restoring.
    pub(crate) fn is_whole(&self) -> bool {
        self.standing.as_ref().is_some_and(|(_, pass)| pass.damage.is_none())
    }

    /// The first row that does not hold in what stands there.
    pub(crate) fn damaged_from(&self) -> Option<u64> {
        self.standing.as_ref().and_then(|(_, pass)| pass.damage.as_ref()).and_then(|damage| damage.row)
    }

    /// A place for what is being restored.
    pub(crate) fn new_file(&self) -> Result<NewFile<'f>, Problem> {
        NewFile::beside(self.ledger.files, &self.ledger.path, ENDING, &self.ledger.path)
    }

    /// Refuses what lacks the last row that the file at the ledger's place states, provable or not: another file may be an
    /// older copy, or another book.
    pub(crate) fn check_against_what_is_stated(&self, restored: &Restored<'_>) -> Result<(), Problem> {
        let LedgerFile { files, path } = &self.ledger;
        match stated::last_row(*files, path) {
            Some(last) if !stated::holds(*files, restored.file.path(), last) => {
                Err(RestoreFault::LacksStated { row: last.0, rows: restored.ledger.rows }.into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Refuses what lacks a row that still holds in the ledger that stands there.
    pub(crate) fn check(&self, restored: &Restored<'_>) -> Result<(), Problem> {
        let Some((file, pass)) = &self.standing else { return Ok(()) };
        let fault = || RestoreFault::OtherRows { rows: pass.ledger.rows };
        if pass.bytes > restored.file.length() {
            return Err(fault().into());
        }
        let same = restored.file.begins_like(&**file, pass.bytes).map_err(self.ledger.failed(Doing::Reading))?;
        if same { Ok(()) } else { Err(fault().into()) }
    }

    /// Adds the row that says what was done, keeps what stands there, and puts the restored ledger in its place. Returns the
    /// row and where the old file is.
    pub(crate) fn put(
        self,
        restored: Restored<'_>,
        row: Particulars<String>,
        stamp: &Stamp,
        notices: &mut Vec<Problem>,
    ) -> Result<(Entry<String>, Option<PathBuf>), Problem> {
        let Restored { mut file, ledger, .. } = restored;
        let (mut entries, bytes) = lines(vec![row], 1, stamp, ledger.rows, ledger.digest);
        read_as_a_stranger(ledger, &bytes)?;
        file.add(&bytes)?;
        file.finish()?;
        let length = file.length();
        let kept = self.standing.as_ref().map(|(standing, _)| self.keep(&**standing)).transpose()?;
        if let Err(problem) = self.is_still_there().and_then(|()| file.put_at(&self.ledger.path)) {
            // What stands there still stands there; a second copy of it would only puzzle people.
            let nothing_changed = !matches!(problem.kind, ProblemKind::File(FileFault::OutcomeUnknown { .. }));
            if let Some(kept) = kept.filter(|_| nothing_changed) {
                let _ = self.ledger.files.remove(&kept);
            }
            return Err(problem);
        }
        let entry = entries.pop().expect("one row makes one entry");
        let head = Head { seq: entry.seq, digest: entry.digest, bytes: length };
        if let Err(error) = head::found(self.ledger.files, &self.ledger.path, &head) {
            notices.push(Problem::warning(ProblemKind::Notice(Notice::HeadNotWritten { error })));
        }
        Ok((entry, kept))
    }

    /// Copies what stands there beside it, and makes sure of the copy.
    fn keep(&self, standing: &dyn OpenFile) -> Result<PathBuf, Problem> {
        let LedgerFile { files, path } = &self.ledger;
        let failed = |error| FileFault::Io { doing: Doing::Creating, path: beside(path, KEPT), error };
        let length = standing.look().map_err(failed)?.length;
        let kept = whole::copy(*files, standing, 0, length, path, KEPT).map_err(failed)?;
        let sure = || {
            let copy = files.open(&kept, Purpose::Reading)?;
            in_pieces(length, |from, length| {
                let from = from as u64;
                let equal = read_stretch(&*copy, from, length)? == read_stretch(standing, from, length)?;
                if equal { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
            })?;
            whole::sync_name(*files, &kept)
        };
        sure().map_err(|error| {
            let _ = files.remove(&kept);
            failed(error)
        })?;
        Ok(kept)
    }

    /// Nothing may be replaced that was not kept: another program may have saved the file once more.
    fn is_still_there(&self) -> Result<(), Problem> {
        let LedgerFile { files, path } = &self.ledger;
        let now = files.look(path).map_err(self.ledger.failed(Doing::Reading))?;
        let kept = self.standing.as_ref().map(|(file, _)| file.look()).transpose();
        let kept = kept.map_err(self.ledger.failed(Doing::Reading))?;
        let same = match (now, kept) {
            (None, None) => true,
            (Some(now), Some(kept)) => (now.identity, now.length) == (kept.identity, kept.length),
            _ => false,
        };
        if same { Ok(()) } else { Err(FileFault::Replaced { path: path.clone() }.into()) }
    }
}
