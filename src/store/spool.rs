//! Many rows on their way into the ledger: made into lines and checked one by one in a file beside it, then appended as one
//! batch. Until then the ledger is untouched; memory holds one row.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::PathBuf;

use super::append::{Stamp, in_pieces};
use super::files::{Files, OpenFile, beside, read_stretch};
use super::head::Head;
use super::ledger_file::Session;
use super::line::{LineReader, written};
use super::whole;
use crate::domain::entry::{Batch, Digest, Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::problem::{Doing, FileFault, LedgerFault, Problem};

/// What its name ends in.
const ENDING: &str = ".import";

/// How many bytes are gathered before they are written.
// No test can tell how many these are.
const GATHERED: usize = 1 << 18;

/// Rows that wait for their append. The file is gone when this is.
pub(crate) struct Spool<'f> {
    files: &'f dyn Files,
    path: PathBuf,
    file: Box<dyn OpenFile>,
    gathered: Vec<u8>,
    length: u64,
    /// Of every byte that was given to the file.
    given: DefaultHasher,
    /// What a reader will know after these rows.
    ledger: Ledger,
    reader: LineReader,
    /// How many rows there will be, and how many there are.
    count: u64,
    added: u64,
    by: String,
    at: String,
}

impl<'f, V> Session<'f, V> {
    /// A place for `count` rows that will stand or fall together.
    pub(crate) fn spool(&self, count: u64, stamp: &Stamp) -> Result<Spool<'f>, Problem> {
        let (files, path) = (self.ledger.files, &self.ledger.path);
        let (path, file) = whole::unused_name(files, path, ENDING).map_err(|error| {
            // Over a network it may have been made all the same.
            forget_leftover(files, path);
            FileFault::Io { doing: Doing::Creating, path: beside(path, ENDING), error }
        })?;
        Ok(Spool {
            files,
            path,
            file,
            gathered: Vec::new(),
            length: 0,
            given: DefaultHasher::new(),
            ledger: self.pass.ledger.clone(),
            reader: LineReader::new(),
            count,
            added: 0,
            by: stamp.by.clone(),
            at: stamp.at.clone(),
        })
    }

    /// Appends the spooled rows, all of them, and returns the digest of the last.
    pub(crate) fn append_spool(mut self, mut spool: Spool<'_>, notices: &mut Vec<Problem>) -> Result<Digest, Problem> {
        spool.flush()?;
        spool.check()?;
        self.save_tail(notices)?;
        self.settle("")?;
        self.found_head();
        let (old, length) = (self.pass.bytes, spool.length);
        let file = &*spool.file;
        self.write(old, length, "", &|from, length| read_stretch(file, from as u64, length))?;
        let digest = spool.ledger.digest;
        self.write_head(Head { seq: spool.ledger.rows, digest, bytes: old + length }, notices);
        Ok(digest)
    }
}

/// Takes away what a run that died has left. Only whoever holds the ledger's lock may do this.
pub(super) fn forget_leftover(files: &dyn Files, ledger: &std::path::Path) {
    let _ = files.remove(&beside(ledger, &format!("{ENDING}-1")));
}

impl Spool<'_> {
    /// Adds one row under its own id, and returns it in its place. Nothing is spooled that a reader would refuse.
    pub(crate) fn add(&mut self, what: Particulars<String>, id: String) -> Result<Entry<String>, Problem> {
        self.added += 1;
        let place = self.added;
        let previous = self.ledger.digest;
        let batch = (self.count > 1).then_some(Batch { place, count: self.count });
        let (by, at) = (self.by.clone(), self.at.clone());
        let mut entry = Entry { seq: self.ledger.rows + 1, what, batch, id, by, at, digest: previous };
        let (line, digest) = written(&entry, &previous);
        entry.digest = digest;
        let bytes = line.trim_end_matches('\n').as_bytes();
        let read = self.reader.read(bytes, &previous).map_err(|(fault, _)| fault)?;
        let row = read.entry.seq;
        self.ledger.admit(&read.entry).map_err(|breach| LedgerFault::Breach { row, breach })?;
        self.gathered.extend_from_slice(line.as_bytes());
        // No test can tell how often is written.
        if self.gathered.len() >= GATHERED {
            self.flush()?;
        }
        Ok(entry)
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let failed = |error| FileFault::Io { doing: Doing::Writing, path: self.path.clone(), error };
        whole::write_all(&mut *self.file, &self.gathered).map_err(failed)?;
        self.length += self.gathered.len() as u64;
        self.given.write(&self.gathered);
        self.gathered.clear();
        Ok(())
    }

    /// The file is read again before anything of it goes into the ledger: a disk that lies must not be believed there.
    fn check(&self) -> Result<(), Problem> {
        let failed = |error| FileFault::Io { doing: Doing::Reading, path: self.path.clone(), error };
        let mut read = DefaultHasher::new();
        in_pieces(self.length, |from, length| {
            read.write(&read_stretch(&*self.file, from as u64, length)?);
            Ok(())
        })
        .map_err(failed)?;
        if read.finish() == self.given.finish() {
            return Ok(());
        }
        Err(failed(io::ErrorKind::InvalidData.into()).into())
    }
}

impl Drop for Spool<'_> {
    fn drop(&mut self) {
        let _ = self.files.remove(&self.path);
    }
}
