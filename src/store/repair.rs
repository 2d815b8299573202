//! The one mend: what is given up is kept beside the ledger first, then the bytes behind the whole rows are cut, a
//! `repair` row says so, and a new head is made. Killed anywhere, it can be typed again.

use std::io;
use std::time::Duration;

use super::ailment::{Ailment, Diagnosis, HeadSeen, History};
use super::append::{Stamp, lines, read_as_a_stranger};
use super::files::{Purpose, beside};
use super::head::{self, Head};
use super::ledger_file::{LedgerFile, Session};
use super::pass::Pass;
use super::{lock, spool, whole};
use crate::domain::entry::{Entry, Particulars};
use crate::domain::mending::{Mended, Repair};
use crate::problem::{Doing, FileFault, Level, Notice, Problem, ProblemKind};

/// A ledger under the lock, looked at, and not changed yet.
pub(crate) struct Patient<'f> {
    session: Session<'f, History>,
    pub(crate) diagnosis: Diagnosis,
}

/// What a repair's row is made from.
pub(crate) type Row<'r> = dyn Fn(&Repair) -> Particulars<String> + 'r;

impl<'f> LedgerFile<'f> {
    /// Locks the ledger and finds out what is wrong with it.
    pub(crate) fn patient(&self, wait: &dyn Fn(Duration), id: Option<&str>) -> Result<Patient<'f>, Problem> {
        let lock = lock::take(self.files, &self.path, wait)?;
        spool::forget_leftover(self.files, &self.path);
        let head = self.head_as_it_is()?;
        let file = self.open(Purpose::Appending, true)?;
        let diagnosis = self.diagnose(&*file, head, id)?;
        let pass = Pass {
            ledger: diagnosis.ledger.clone(),
            bytes: diagnosis.bytes,
            tail: diagnosis.behind.bytes,
            damage: None,
        };
        let session = self.hold(lock, file, pass, diagnosis.good_head(), diagnosis.history.clone());
        Ok(Patient { session, diagnosis })
    }
}

impl Patient<'_> {
    /// What would be done: nothing is kept yet, but under these names.
    pub(crate) fn plan(&self, mended: Mended, reason: Option<&String>) -> Repair {
        let found = &self.diagnosis;
        let ledger = &self.session.ledger;
        let unused = |ending: &str| {
            let name = (1..).map(|number| format!("{ending}-{number}")).find(|ending| {
                // What can't be looked at has its name; the repair itself takes no name that is taken.
                matches!(ledger.files.look(&beside(&ledger.path, ending)), Ok(None) | Err(_))
            });
            name.expect("there are more numbers than files")
        };
        let mut repair =
            Repair { reason: reason.cloned(), knew: found.knew(), lost: found.lost(), ..Repair::new(mended) };
        if repair.knew.is_some() {
            repair.head_kept = Some(unused(".head.broken"));
        }
        if matches!(found.ailment, Ailment::Unended) {
            repair.completed = Some(found.ledger.rows);
        } else if mended != Mended::Head {
            // Where an earlier run has cut already, the row says what that run kept and cut.
            repair.kept = Some(found.cut.as_ref().map_or_else(|| unused(".broken"), |(ending, _)| ending.clone()));
            repair.cut = found.cuttable().bytes;
        }
        repair
    }

    /// Mends it. Before anything is cut a failure changes nothing; from then on the outcome is unknown until it is done.
    pub(crate) fn mend(
        mut self,
        mended: Mended,
        reason: Option<&String>,
        row: &Row<'_>,
        stamp: &Stamp,
        notices: &mut Vec<Problem>,
    ) -> Result<(Entry<String>, Repair), Problem> {
        let mut repair = self.plan(mended, reason);
        let (rows, digest) = (self.diagnosis.ledger.rows, self.diagnosis.ledger.digest);
        // What a reader would refuse is refused before anything is kept or cut.
        read_as_a_stranger(self.diagnosis.ledger.clone(), &lines(vec![row(&repair)], 1, stamp, rows, digest).1)?;
        self.keep(&mut repair)?;
        let (mut entries, bytes) = lines(vec![row(&repair)], 1, stamp, rows, digest);
        read_as_a_stranger(self.diagnosis.ledger.clone(), &bytes)?;
        // One write for both: a row behind a line that has no end would be part of it.
        let bytes = if repair.completed.is_some() { [b"\n", &bytes[..]].concat() } else { bytes };
        let cuts = self.session.pass.tail > 0;
        // Behind what was cut before, nothing can stand but the beginning of that run's row.
        if mended == Mended::Head || self.diagnosis.cut.is_some() {
            self.session.save_tail(notices)?;
        } else if cuts {
            let cut = self.session.file.set_length(self.diagnosis.bytes).and_then(|()| self.session.file.sync());
            cut.map_err(|error| self.unknown(error, &stamp.id))?;
            self.session.pass.tail = 0;
        }
        let old = self.diagnosis.bytes;
        let written = self.session.settle(&stamp.id).and_then(|()| {
            self.session
                .write(old, bytes.len() as u64, &stamp.id, &|from, length| Ok(bytes[from..from + length].to_vec()))
        });
        written.map_err(|problem| if cuts { self.in_doubt(problem, &stamp.id) } else { problem })?;
        let entry = entries.pop().expect("one row was made");
        self.new_head(
            Head { seq: entry.seq, digest: entry.digest, bytes: old + bytes.len() as u64 },
            &stamp.id,
            notices,
        )?;
        Ok((entry, repair))
    }

    /// Does what is left of a repair whose row stands: the head.
    pub(crate) fn finish(mut self, id: &str, notices: &mut Vec<Problem>) -> Result<(), Problem> {
        self.session.settle(id)?;
        let ledger = &self.diagnosis.ledger;
        let head = Head { seq: ledger.rows, digest: ledger.digest, bytes: self.diagnosis.bytes };
        if self.session.head != Some(head) {
            self.new_head(head, id, notices)?;
        }
        Ok(())
    }

    /// Copies what is given up, never over anything, and makes the copies durable.
    fn keep(&mut self, repair: &mut Repair) -> Result<(), Problem> {
        let (files, path) = (self.session.ledger.files, &self.session.ledger.path);
        let failed = |path: &std::path::Path, ending: &str| {
            let path = beside(path, ending);
            move |error| Problem::from(FileFault::Io { doing: Doing::Creating, path: path.clone(), error })
        };
        let ending_of = |copy: &std::path::Path| {
            let (whole, own) = (copy.to_string_lossy(), path.to_string_lossy());
            whole.strip_prefix(&*own).unwrap_or(&whole).to_owned()
        };
        let mut is_new = false;
        if repair.kept.is_some() && self.diagnosis.cut.is_none() {
            let look = self.session.file.look().map_err(failed(path, ".broken"))?;
            let copy = whole::copy(files, &*self.session.file, 0, look.length, path, ".broken");
            repair.kept = Some(ending_of(&copy.map_err(failed(path, ".broken"))?));
            is_new = true;
        }
        if repair.head_kept.is_some() {
            let broken = |error| failed(path, ".head.broken")(error);
            let file = files.open(&beside(path, ".head"), Purpose::Reading).map_err(broken)?;
            let length = file.look().map_err(broken)?.length;
            let copy = whole::copy(files, &*file, 0, length, path, ".head.broken").map_err(broken)?;
            repair.head_kept = Some(ending_of(&copy));
            is_new = true;
        }
        if is_new { whole::sync_name(files, path).map_err(failed(path, ".broken")) } else { Ok(()) }
    }

    /// Writes the head. Where the old one stands in the way of every reader, failing at it is no mere warning.
    fn new_head(&self, head: Head, id: &str, notices: &mut Vec<Problem>) -> Result<(), Problem> {
        let (files, path) = (self.session.ledger.files, &self.session.ledger.path);
        let written = head::found(files, path, &head);
        match (written, self.diagnosis.head) {
            (Ok(()), _) => Ok(()),
            (Err(error), HeadSeen::Missing | HeadSeen::Agrees(_)) => {
                notices.push(Problem { level: Level::Warning, ..Problem::note(Notice::HeadNotWritten { error }) });
                Ok(())
            }
            (Err(error), HeadSeen::Unreadable | HeadSeen::Foreign(_) | HeadSeen::Further(_)) => {
                Err(self.unknown(error, id))
            }
        }
    }

    fn unknown(&self, error: io::Error, id: &str) -> Problem {
        FileFault::OutcomeUnknown { path: self.session.ledger.path.clone(), error, id: id.to_owned() }.into()
    }

    /// Something was cut already: that nothing was changed would not be true.
    fn in_doubt(&self, problem: Problem, id: &str) -> Problem {
        match problem {
            Problem { kind: ProblemKind::File(FileFault::Io { error, .. }), .. } => self.unknown(error, id),
            other => other,
        }
    }

    /// Whether the repair that was asked for stands as the last row and only its head is missing.
    pub(crate) fn interrupted(&self) -> Option<Entry<String>> {
        match &self.diagnosis.ailment {
            Ailment::Interrupted(entry) => Some((**entry).clone()),
            Ailment::None
            | Ailment::Torn
            | Ailment::Head
            | Ailment::Tail
            | Ailment::Missing
            | Ailment::Unended
            | Ailment::Beyond(_) => None,
        }
    }
}
