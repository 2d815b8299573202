//! The restored ledger on its way: filled a piece at a time under a name of its own, read back, then put where it belongs
//! or taken away. It knows no rows.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::problem::{Doing, FileFault, Problem};
use crate::store::append::in_pieces;
use crate::store::files::{Files, OpenFile, beside, read_stretch};
use crate::store::whole;

/// How many bytes are gathered before they are written.
// No test can tell how many these are.
const GATHERED: usize = 1 << 18;

/// A file that is gone when this is, unless it was given its name.
pub(crate) struct NewFile<'f> {
    files: &'f dyn Files,
    path: PathBuf,
    file: Box<dyn OpenFile>,
    gathered: Vec<u8>,
    length: u64,
    /// Of every byte that was given to the file.
    given: DefaultHasher,
    has_its_name: bool,
}

impl<'f> NewFile<'f> {
    /// A new empty file beside `path`, under a name that nothing has, for the same eyes as the file at `like`.
    pub(crate) fn beside(files: &'f dyn Files, path: &Path, ending: &str, like: &Path) -> Result<Self, Problem> {
        let (path, file) = whole::unused_name_like(files, path, ending, like).map_err(|error| FileFault::Io {
            doing: Doing::Creating,
            path: beside(path, ending),
            error,
        })?;
        Ok(Self {
            files,
            path,
            file,
            gathered: Vec::new(),
            length: 0,
            given: DefaultHasher::new(),
            has_its_name: false,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file as it is open.
    pub(crate) fn opened(&self) -> &dyn OpenFile {
        &*self.file
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.gathered.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        if self.gathered.len() >= GATHERED { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let failed = self.failed(Doing::Writing);
        whole::write_all(&mut *self.file, &self.gathered).map_err(failed)?;
        self.given.write(&self.gathered);
        self.gathered.clear();
        Ok(())
    }

    /// Makes what was added durable, and reads it again: a disk that lies must not be believed.
    pub(crate) fn finish(&mut self) -> Result<(), Problem> {
        self.flush()?;
        self.file.sync().map_err(self.failed(Doing::Writing))?;
        let mut read = DefaultHasher::new();
        let file = &*self.file;
        in_pieces(self.length, |from, length| {
            read.write(&read_stretch(file, from as u64, length)?);
            Ok(())
        })
        .map_err(self.failed(Doing::Reading))?;
        if read.finish() == self.given.finish() {
            return Ok(());
        }
        Err(self.failed(Doing::Reading)(io::ErrorKind::InvalidData.into()))
    }

    /// Whether a file holds the very same bytes.
    pub(crate) fn is_equal_to(&self, other: &dyn OpenFile) -> io::Result<bool> {
        Ok(other.look()?.length == self.length && self.begins_like(other, self.length)?)
    }

    /// Whether its first bytes are those of another file.
    pub(crate) fn begins_like(&self, other: &dyn OpenFile, length: u64) -> io::Result<bool> {
        let mut equal = true;
        in_pieces(length, |from, length| {
            let from = from as u64;
            equal = equal && read_stretch(&*self.file, from, length)? == read_stretch(other, from, length)?;
            Ok(())
        })?;
        Ok(equal)
    }

    /// Gives the finished file its name, in the place of whatever had it, and makes the name durable.
    pub(crate) fn put_at(mut self, path: &Path) -> Result<(), Problem> {
        let unknown = |error| FileFault::OutcomeUnknown { path: path.to_owned(), error, id: String::new() };
        if let Err(error) = self.files.rename(&self.path, path) {
            // Over a network a rename may have been done, and only its answer lost.
            return Err(match self.files.look(&self.path) {
                Ok(Some(_)) => FileFault::Io { doing: Doing::Renaming, path: path.to_owned(), error }.into(),
                Ok(None) | Err(_) => unknown(error).into(),
            });
        }
        self.has_its_name = true;
        whole::sync_name(self.files, path).map_err(|error| unknown(error).into())
    }

    fn failed(&self, doing: Doing) -> impl Fn(io::Error) -> Problem + use<> {
        let path = self.path.clone();
        move |error| FileFault::Io { doing, path: path.clone(), error }.into()
    }
}

impl Drop for NewFile<'_> {
    fn drop(&mut self) {
        if !self.has_its_name {
            let _ = self.files.remove(&self.path);
        }
    }
}
