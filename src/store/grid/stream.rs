//! A file behind the seam as something to read and seek in, for what wants that. It interprets nothing.

use std::cell::{Cell, RefCell};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::problem::{Doing, FileFault, Problem};
use crate::store::files::{Files, Look, LookKind, OpenFile, Purpose};

/// Bytes that are read at once for a digest.
// No test can tell how many these are.
const PIECE: usize = 1 << 16;

/// A place in an open file. Clones stand in the same file at places of their own.
#[derive(Clone)]
pub(super) struct Stream {
    file: Rc<dyn OpenFile>,
    next: u64,
    length: u64,
    state: Rc<State>,
}

/// What every clone shares.
struct State {
    path: PathBuf,
    /// What the file system answered when a read failed; what stands between may have lost it by then.
    failed: RefCell<Option<io::Error>>,
    /// How many bytes may still be read.
    allowance: Cell<u64>,
}

impl Stream {
    /// Opens a regular file, or one behind a link, at its beginning.
    pub(super) fn open(files: &dyn Files, path: &Path) -> Result<Self, Problem> {
        let failed = |error| Problem::from(FileFault::Io { doing: Doing::Reading, path: path.to_owned(), error });
        let regular = |look: &Look| look.kind == LookKind::Regular;
        let Some(look) = files.look(path).map_err(failed)? else {
            return Err(FileFault::Missing { path: path.to_owned() }.into());
        };
        // Opening a pipe would wait for its writer, so what stands there is looked at first; a link is followed.
        if !regular(&look) && look.kind != LookKind::Link {
            return Err(FileFault::NotRegular { path: path.to_owned() }.into());
        }
        let file = match files.open(path, Purpose::Reading) {
            Err(error) if error.kind() == io::ErrorKind::NotSeekable => {
                return Err(FileFault::NotRegular { path: path.to_owned() }.into());
            }
            opened => opened.map_err(failed)?,
        };
        let look = file.look().map_err(failed)?;
        if !regular(&look) {
            return Err(FileFault::NotRegular { path: path.to_owned() }.into());
        }
        let state = State { path: path.to_owned(), failed: RefCell::new(None), allowance: Cell::new(u64::MAX) };
        Ok(Self { file: Rc::from(file), next: 0, length: look.length, state: Rc::new(state) })
    }

    /// The same file from another place on.
    pub(super) fn at(&self, start: u64) -> Self {
        Self { next: start, ..self.clone() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.state.path
    }

    /// The length of the file when it was opened.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The first bytes from here on, `most` of them at most; the place stays.
    pub(super) fn beginning(&self, most: usize) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        self.clone().take(most as u64).read_to_end(&mut bytes).map_err(|error| self.problem(error))?;
        Ok(bytes)
    }

    /// Of all bytes of the file as they stand now, whatever may still be read.
    pub(super) fn digest(&self) -> Result<u64, Problem> {
        let mut digest = DefaultHasher::new();
        let mut piece = vec![0; PIECE];
        let mut offset = 0;
        loop {
            match self.file.read_at(&mut piece, offset) {
                Ok(0) => return Ok(digest.finish()),
                Ok(read) => {
                    digest.write(&piece[..read]);
                    offset += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.problem(error)),
            }
        }
    }

    /// From here on, reads of more than this many bytes in all fail.
    pub(super) fn allow(&self, bytes: u64) {
        self.state.allowance.set(bytes);
    }

    /// The problem that the file system made, if it made one.
    pub(super) fn failed(&self) -> Option<Problem> {
        let error = self.state.failed.borrow_mut().take()?;
        Some(FileFault::Io { doing: Doing::Reading, path: self.path().to_owned(), error }.into())
    }

    /// A read that failed, in the file system's own words where they are known.
    pub(super) fn problem(&self, error: io::Error) -> Problem {
        self.failed()
            .unwrap_or_else(|| FileFault::Io { doing: Doing::Reading, path: self.path().to_owned(), error }.into())
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.file.read_at(buffer, self.next) {
            Ok(read) => {
                self.next += read as u64;
                let left = self.state.allowance.get().checked_sub(read as u64);
                self.state.allowance.set(left.ok_or(io::ErrorKind::QuotaExceeded)?);
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.state.failed.replace(Some(error));
                Err(kind.into())
            }
        }
    }
}

impl Seek for Stream {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.next.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        // A file offset is no more than this to any system.
        let place = place.filter(|place| i64::try_from(*place).is_ok()).ok_or(io::ErrorKind::InvalidInput)?;
        self.next = place;
        Ok(place)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;
    use crate::problem::ProblemKind;
    use crate::store::disk::Disk;

    #[test]
    fn a_link_is_followed_to_a_file_and_to_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("table"), "a,b").expect("a file");
        assert!(Command::new("mkfifo").arg(path("pipe")).status().expect("a process").success());
        for (link, to) in [("a", "table"), ("b", "pipe"), ("c", "."), ("d", "nothing")] {
            symlink(to, path(link)).expect("a link");
        }
        let open = |name: &str| Stream::open(&Disk::default(), &path(name));
        assert_eq!(open("a").map(|stream| stream.length()).ok(), Some(3));
        let refused = |name: &str| {
            let ProblemKind::File(fault) = open(name).err().expect("no file").kind else { panic!("{name}") };
            fault
        };
        for name in ["pipe", "b", "c", "."] {
            assert!(matches!(refused(name), FileFault::NotRegular { .. }), "{name}");
        }
        assert!(matches!(refused("d"), FileFault::Io { error, .. } if error.kind() == io::ErrorKind::NotFound));
        assert!(matches!(refused("nothing"), FileFault::Missing { .. }));
    }
}
