//! A ledger on disk: the file, its head and its lock, opened for reading or for one append.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::diagnosis;
use super::files::{Files, Look, LookKind, OpenFile, Purpose};
use super::head::{self, Head};
use super::lock::{self, Lock};
use super::pass::{self, Pass, Unseen, Visitor};
use super::spool;
use crate::problem::{Doing, Exit, FileFault, LedgerFault, Problem};

/// Where a ledger is, and the file system it is on.
#[derive(Clone)]
pub(crate) struct LedgerFile<'f> {
    pub(crate) files: &'f dyn Files,
    pub(crate) path: PathBuf,
}

/// What a reader saw.
pub(crate) struct Reading<V> {
    pub(crate) pass: Pass,
    pub(crate) visitor: V,
    pub(crate) head: HeadFile,
}

/// What became of the head when the ledger was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadFile {
    Read,
    Missing,
    Unreadable,
}

/// A writer's hold on the ledger: locked, verified, not yet changed.
pub(crate) struct Session<'f, V> {
    pub(crate) ledger: LedgerFile<'f>,
    pub(crate) file: Box<dyn OpenFile>,
    pub(crate) pass: Pass,
    pub(crate) visitor: V,
    pub(crate) head: Option<Head>,
    _lock: Lock,
}

impl<'f> LedgerFile<'f> {
    pub(crate) fn new(files: &'f dyn Files, path: &Path) -> Self {
        Self { files, path: path.to_owned() }
    }

    pub(crate) fn failed(&self, doing: Doing) -> impl Fn(io::Error) -> Problem + use<> {
        let path = self.path.clone();
        move |error| FileFault::Io { doing, path: path.clone(), error }.into()
    }

    /// Whether there is a ledger. A head without one is damage, not a fresh start.
    pub(crate) fn exists(&self) -> Result<bool, Problem> {
        let stands =
            || Ok::<bool, Problem>(self.files.look(&self.path).map_err(self.failed(Doing::Reading))?.is_some());
        if stands()? {
            return Ok(true);
        }
        match head::read(self.files, &self.path)? {
            // It may have been opened between the two looks.
            Some(_) if stands()? => Ok(true),
            Some(head) => Err(LedgerFault::ShorterThanHead { head_rows: head.seq, rows: 0 }.into()),
            None => Ok(false),
        }
    }

    /// Reads the ledger without a lock: the head first, then the length, then those bytes only.
    pub(crate) fn read<V: Visitor>(&self, fresh: impl Fn() -> V) -> Result<Reading<V>, Problem> {
        let (head, unreadable) = match head::read(self.files, &self.path) {
            Err(problem) if problem.exit() == Exit::Integrity => (None, Some(problem)),
            head => (head?, None),
        };
        let file = self.open(Purpose::Reading, false)?;
        let length = file.look().map_err(self.failed(Doing::Reading))?.length;
        let (mut pass, visitor) = self.pass(&*file, length, head.as_ref(), fresh)?;
        // The rows hold by themselves, but how far they should reach can't be told.
        let head = match (&head, &unreadable) {
            (Some(_), _) => HeadFile::Read,
            (None, Some(_)) => HeadFile::Unreadable,
            (None, None) => HeadFile::Missing,
        };
        pass.damage = pass.damage.or(unreadable.map(|problem| pass::Damage { problem, row: None }));
        Ok(Reading { pass, visitor, head })
    }

    /// Reads again what an earlier pass found whole, and nothing that was added since.
    pub(crate) fn read_again<V: Visitor>(&self, earlier: &Pass, fresh: impl Fn() -> V) -> Result<(Pass, V), Problem> {
        let file = self.open(Purpose::Reading, false)?;
        self.pass(&*file, earlier.bytes, None, fresh)
    }

    /// Locks the ledger and verifies it whole, ready for one append. Nothing is changed yet.
    pub(crate) fn session<V: Visitor>(
        &self,
        wait: &dyn Fn(Duration),
        fresh: impl Fn() -> V,
    ) -> Result<Session<'f, V>, Problem> {
        let lock = lock::take(self.files, &self.path, wait)?;
        spool::forget_leftover(self.files, &self.path);
        let head = head::read(self.files, &self.path)?;
        let file = self.open(Purpose::Appending, true)?;
        let length = file.look().map_err(self.failed(Doing::Reading))?.length;
        let (mut pass, visitor) = self.pass(&*file, length, head.as_ref(), fresh)?;
        match pass.damage.take() {
            Some(damage) => Err(damage.problem),
            None => Ok(Session { ledger: self.clone(), file, pass, visitor, head, _lock: lock }),
        }
    }

    /// A hold on the ledger for a repair: locked, and taken to end where its whole rows end.
    pub(super) fn hold<V>(
        &self,
        lock: Lock,
        file: Box<dyn OpenFile>,
        pass: Pass,
        head: Option<Head>,
        visitor: V,
    ) -> Session<'f, V> {
        Session { ledger: self.clone(), file, pass, visitor, head, _lock: lock }
    }

    /// What stands there, whatever its state, and how far it holds; for whoever is going to replace it.
    pub(super) fn standing(&self, head: Option<&Head>) -> Result<(Box<dyn OpenFile>, Pass), Problem> {
        let file = self.open(Purpose::Reading, true)?;
        let length = file.look().map_err(self.failed(Doing::Reading))?.length;
        let (pass, Unseen) = self.pass(&*file, length, head, || Unseen)?;
        Ok((file, pass))
    }

    fn pass<V: Visitor>(
        &self,
        file: &dyn OpenFile,
        length: u64,
        head: Option<&Head>,
        fresh: impl Fn() -> V,
    ) -> Result<(Pass, V), Problem> {
        let (mut pass, visitor) =
            pass::run(file, &self.path, length, head, fresh).map_err(self.failed(Doing::Reading))?;
        if pass.ledger.rows == 0 && pass.damage.is_none() {
            let fault = diagnosis::of_no_ledger(file, length).map_err(self.failed(Doing::Reading))?;
            if fault != LedgerFault::Empty {
                pass.tail = 0;
            }
            pass.damage = Some(pass::Damage { problem: fault.into(), row: Some(1) });
        }
        Ok((pass, visitor))
    }

    /// Opens the ledger; for writing, only under its one true name, so that two writers share one lock.
    pub(super) fn open(&self, purpose: Purpose, for_writing: bool) -> Result<Box<dyn OpenFile>, Problem> {
        let failed = self.failed(Doing::Reading);
        let path = self.path.clone();
        let look = self.files.look(&path).map_err(&failed)?.ok_or_else(|| FileFault::Missing { path: path.clone() })?;
        match look.kind {
            LookKind::Regular => {}
            LookKind::Link if !for_writing => {}
            LookKind::Link => return Err(FileFault::Link { path }.into()),
            LookKind::Folder | LookKind::Other => return Err(FileFault::NotRegular { path }.into()),
        }
        if for_writing && look.names > 1 {
            return Err(FileFault::SeveralNames { path }.into());
        }
        let file = self.files.open(&path, purpose).map_err(&failed)?;
        let opened = file.look().map_err(&failed)?;
        if opened.kind != LookKind::Regular {
            return Err(FileFault::NotRegular { path }.into());
        }
        if for_writing && !is_same(&opened, &look) {
            return Err(FileFault::Replaced { path }.into());
        }
        Ok(file)
    }
}

/// Whether a name and a handle are of one file.
pub(super) fn is_same(one: &Look, other: &Look) -> bool {
    one.identity == other.identity
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::disk::Disk;
    use super::*;
    use crate::problem::ProblemKind;

    #[test]
    fn under_a_link_a_ledger_is_read_and_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::rooted(folder.path().to_owned());
        std::fs::write(folder.path().join("true.csv"), "").expect("a file");
        std::os::unix::fs::symlink("true.csv", folder.path().join("link.csv")).expect("a link");
        let link = LedgerFile::new(&disk, Path::new("link.csv"));
        assert!(link.open(Purpose::Reading, false).is_ok());
        let refused = link.open(Purpose::Appending, true).err().map(|problem| problem.kind);
        assert!(matches!(refused, Some(ProblemKind::File(FileFault::Link { .. }))), "{refused:?}");
    }
}
