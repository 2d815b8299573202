//! Many rows on their way into the ledger: made into lines and checked one by one in a file beside it, then appended as one
//! batch. Until then the ledger is untouched; memory holds a few rows.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::PathBuf;

use super::append::{Stamp, in_pieces};
use super::belt::{Belt, Station};
use super::files::{Files, OpenFile, beside, read_stretch};
use super::head::Head;
use super::ledger_file::Session;
use super::line::{LineReader, written};
use super::packed::{put_particulars, put_text, take_particulars, take_text};
use super::whole;
use crate::domain::entry::{Batch, Digest, Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::problem::{Doing, FileFault, LedgerFault, Problem};

/// What its name ends in.
const ENDING: &str = ".import";

/// From so many bytes of rows on they are made into lines.
// No test can tell how many these are.
const ENOUGH: usize = 1 << 14;

/// Rows that wait for their append.
pub(crate) struct Spool<'f> {
    file: SpoolFile<'f>,
    /// Rows with their ids, packed.
    rows: Vec<u8>,
    belt: Belt<Sealing>,
}

/// Their lines. The file is gone when this is.
struct SpoolFile<'f> {
    files: &'f dyn Files,
    path: PathBuf,
    file: Box<dyn OpenFile>,
    length: u64,
    /// Of every byte that was given to the file.
    given: DefaultHasher,
}

/// Makes rows into lines.
struct Sealing {
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
        let sealing = Sealing {
            ledger: self.pass.ledger.clone(),
            reader: LineReader::new(),
            count,
            added: 0,
            by: stamp.by.clone(),
            at: stamp.at.clone(),
        };
        let file = SpoolFile { files, path, file, length: 0, given: DefaultHasher::new() };
        Ok(Spool { file, rows: Vec::new(), belt: Belt::new(sealing) })
    }

    /// Appends the spooled rows, all of them, and returns the digest of the last.
    pub(crate) fn append_spool(mut self, spool: Spool<'_>, notices: &mut Vec<Problem>) -> Result<Digest, Problem> {
        let (spooled, ledger) = spool.end()?;
        spooled.check()?;
        self.save_tail(notices)?;
        self.settle("")?;
        self.found_head();
        let (old, length) = (self.pass.bytes, spooled.length);
        let file = &*spooled.file;
        self.write(old, length, "", &|from, length| read_stretch(file, from as u64, length))?;
        self.write_head(Head { seq: ledger.rows, digest: ledger.digest, bytes: old + length }, notices);
        Ok(ledger.digest)
    }
}

/// Takes away what a run that died has left. Only whoever holds the ledger's lock may do this.
pub(super) fn forget_leftover(files: &dyn Files, ledger: &std::path::Path) {
    let _ = files.remove(&beside(ledger, &format!("{ENDING}-1")));
}

impl<'f> Spool<'f> {
    /// Adds one row under its own id. Nothing is spooled that a reader would refuse.
    pub(crate) fn add(&mut self, what: &Particulars<String>, id: &str) -> Result<(), Problem> {
        put_particulars(what, &mut self.rows);
        put_text(id, &mut self.rows);
        // No test can tell how many are sealed at once.
        if self.rows.len() < ENOUGH { Ok(()) } else { self.seal() }
    }

    fn seal(&mut self) -> Result<(), Problem> {
        let rows = std::mem::take(&mut self.rows);
        self.belt.put(rows)?.iter().try_for_each(|lines| self.file.write(lines))
    }

    /// The file with all lines in it, and what a reader knows after them.
    fn end(mut self) -> Result<(SpoolFile<'f>, Ledger), Problem> {
        self.seal()?;
        let (sealing, last) = self.belt.end()?;
        last.iter().try_for_each(|lines| self.file.write(lines))?;
        Ok((self.file, sealing.ledger))
    }
}

/// Why packed rows are rows.
const PROVED: &str = "it reads back as it was written";

impl Station for Sealing {
    type Piece = Vec<u8>;
    type Done = Vec<u8>;

    fn work(&mut self, rows: Vec<u8>) -> Result<Vec<u8>, Problem> {
        let mut lines = Vec::with_capacity(2 * rows.len());
        let mut rest = rows.as_slice();
        while !rest.is_empty() {
            let what = take_particulars(&mut rest).expect(PROVED);
            let id = take_text(&mut rest).expect(PROVED);
            lines.extend_from_slice(self.line(what, id)?.as_bytes());
        }
        Ok(lines)
    }
}

impl Sealing {
    /// The row's line, read as a reader will read it.
    fn line(&mut self, what: Particulars<&str>, id: &str) -> Result<String, Problem> {
        self.added += 1;
        let place = self.added;
        let previous = self.ledger.digest;
        let batch = (self.count > 1).then_some(Batch { place, count: self.count });
        let (by, at) = (self.by.as_str(), self.at.as_str());
        let entry = Entry { seq: self.ledger.rows + 1, what, batch, id, by, at, digest: previous };
        let (line, _) = written(&entry, &previous);
        let bytes = line.trim_end_matches('\n').as_bytes();
        let read = self.reader.read(bytes, &previous).map_err(|(fault, _)| fault)?;
        let row = read.entry.seq;
        self.ledger.admit(&read.entry).map_err(|breach| LedgerFault::Breach { row, breach })?;
        Ok(line)
    }
}

impl SpoolFile<'_> {
    fn write(&mut self, lines: &[u8]) -> Result<(), Problem> {
        let failed = |error| FileFault::Io { doing: Doing::Writing, path: self.path.clone(), error };
        whole::write_all(&mut *self.file, lines).map_err(failed)?;
        self.length += lines.len() as u64;
        self.given.write(lines);
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

impl Drop for SpoolFile<'_> {
    fn drop(&mut self) {
        let _ = self.files.remove(&self.path);
    }
}
