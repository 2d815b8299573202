//! The one append: one write, read back, synced, then the head. What it can't finish it takes back; what it can't
//! know it says.

use std::io;

use super::files::{OpenFile, Purpose, beside, read_stretch};
use super::head::{self, Head};
use super::ledger_file::{LedgerFile, Session, is_same};
use super::line::{COLUMNS, LineReader, written};
use super::lock;
use super::whole;
use crate::domain::entry::{Batch, Digest, Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::problem::{Doing, FileFault, LedgerFault, Level, Notice, Problem};

/// Who writes, when, and under which idempotency key.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    pub(crate) id: String,
    pub(crate) by: String,
    /// RFC 3339, read under the lock.
    pub(crate) at: String,
}

impl<V> Session<'_, V> {
    /// Appends rows that stand or fall together, and returns them in their places. What must be said beside it, whether
    /// it succeeds or not, goes into `notices`.
    pub(crate) fn append(
        mut self,
        rows: Vec<Particulars<String>>,
        stamp: &Stamp,
        notices: &mut Vec<Problem>,
    ) -> Result<Vec<Entry<String>>, Problem> {
        let count = rows.len() as u64;
        let (entries, bytes) = lines(rows, count, stamp, self.pass.ledger.rows, self.pass.ledger.digest);
        read_as_a_stranger(self.pass.ledger.clone(), &bytes)?;
        self.save_tail(notices)?;
        self.settle(&stamp.id)?;
        self.found_head();
        let old = self.pass.bytes;
        self.write(old, bytes.len() as u64, &stamp.id, &|from, length| Ok(bytes[from..from + length].to_vec()))?;
        let last = entries.last().map(|entry| (entry.seq, entry.digest)).unwrap_or_default();
        self.write_head(Head { seq: last.0, digest: last.1, bytes: old + bytes.len() as u64 }, notices);
        Ok(entries)
    }

    /// Makes rows durable that stand in the file but that the head doesn't know: they may be pages that a failed sync
    /// left marked clean, so they are written over with their own bytes and synced before anyone relies on them.
    pub(crate) fn settle(&mut self, id: &str) -> Result<(), Problem> {
        let known = self.head.map_or(0, |head| head.bytes);
        if known >= self.pass.bytes {
            return Ok(());
        }
        let path = &self.ledger.path;
        let unknown = |error| FileFault::OutcomeUnknown { path: path.clone(), error, id: id.to_owned() };
        let mut file = self.ledger.files.open(path, Purpose::Rewriting).map_err(self.ledger.failed(Doing::Writing))?;
        let mut offset = known;
        while offset < self.pass.bytes {
            let length = usize::try_from(self.pass.bytes - offset).unwrap_or(usize::MAX).min(1 << 20);
            let bytes = read_stretch(&*self.file, offset, length).map_err(self.ledger.failed(Doing::Reading))?;
            file.rewrite_at(&bytes, offset).map_err(unknown)?;
            offset += length as u64;
        }
        file.sync().map_err(unknown)?;
        // Nobody knows whether whoever put the file there, opening or restoring it, got as far as making its name durable.
        whole::sync_name(self.ledger.files, path).map_err(|error| unknown(error).into())
    }

    /// Without a head, an append that the power tears is not told from damage; so there is one, durable with its name,
    /// before there is an append.
    pub(super) fn found_head(&mut self) {
        if self.head.is_none() {
            // If it can't be written now, the one behind the append is tried for, and warned of.
            drop(self.refresh_head());
        } else {
            // Whoever wrote the first one may have died before its name was durable. Where it is, this costs next to nothing.
            let _ = whole::sync_name(self.ledger.files, &self.ledger.path);
        }
    }

    /// Brings the head up to the verified rows; needed when "already row N" is answered.
    pub(crate) fn refresh_head(&mut self) -> Vec<Problem> {
        let head = Head { seq: self.pass.ledger.rows, digest: self.pass.ledger.digest, bytes: self.pass.bytes };
        let mut notices = Vec::new();
        if self.head != Some(head) {
            self.write_head(head, &mut notices);
        }
        notices
    }

    /// Cuts an unfinished tail away, its bytes saved beside the ledger first.
    pub(super) fn save_tail(&mut self, notices: &mut Vec<Problem>) -> Result<(), Problem> {
        if self.pass.tail == 0 {
            return Ok(());
        }
        let (files, path) = (self.ledger.files, &self.ledger.path);
        let saved = whole::copy(files, &*self.file, self.pass.bytes, self.pass.tail, path, ".torn")
            .and_then(|saved| whole::sync_name(files, &saved).map(|()| saved))
            .map_err(|error| FileFault::Io { doing: Doing::Creating, path: beside(path, ".torn"), error })?;
        let cut = self.file.set_length(self.pass.bytes).and_then(|()| self.file.sync());
        cut.map_err(self.ledger.failed(Doing::Writing))?;
        notices.push(Problem::note(Notice::TailSaved { path: saved, bytes: self.pass.tail }));
        Ok(())
    }

    /// Writes `length` bytes at the end, a piece at a time, and answers for them: all of them stand, or none, or it says
    /// that it does not know.
    pub(super) fn write(&mut self, old: u64, length: u64, id: &str, piece: &Piece<'_>) -> Result<(), Problem> {
        let path = self.ledger.path.clone();
        let unknown = |error| Problem::from(FileFault::OutcomeUnknown { path: path.clone(), error, id: id.to_owned() });
        let written = in_pieces(length, |from, length| write_once_and_again(&mut *self.file, &piece(from, length)?));
        if let Err(error) = written {
            // A partial row is cut back; only if even that fails is the outcome in doubt.
            return Err(match self.file.set_length(old) {
                Ok(()) => FileFault::Io { doing: Doing::Writing, path, error }.into(),
                Err(_) => unknown(error),
            });
        }
        let equal = self.file.look().and_then(|look| {
            if look.length != old + length {
                return Err(io::ErrorKind::InvalidData.into());
            }
            in_pieces(length, |from, length| {
                let stands = read_stretch(&*self.file, old + from as u64, length)?;
                if stands == piece(from, length)? { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
            })
        });
        if let Err(error) = equal {
            // The lock is ours, so what stands behind the old end is ours to take back.
            let _ = self.file.set_length(old);
            return Err(unknown(error));
        }
        // A failed sync is never retried: the pages are marked clean and a second sync would lie (ATC'20, Rebello).
        self.file.sync().map_err(|error| {
            let _ = self.file.set_length(old);
            unknown(error)
        })?;
        // Excel and WPS save by giving the ledger's name to a new file: then what was written stands in no ledger.
        let named = self.ledger.files.look(&path).map_err(unknown)?;
        let written = self.file.look().map_err(unknown)?;
        match named {
            Some(named) if is_same(&named, &written) => Ok(()),
            Some(_) | None => Err(unknown(io::ErrorKind::NotFound.into())),
        }
    }

    pub(super) fn write_head(&mut self, head: Head, notices: &mut Vec<Problem>) {
        let (files, path) = (self.ledger.files, &self.ledger.path);
        let written = match self.head {
            // A head that lags is safe: it can only make a later check weaker, never wrong.
            Some(_) => head::write(files, path, &head),
            None => head::found(files, path, &head),
        };
        if written.is_ok() {
            self.head = Some(head);
        }
        if let Err(error) = written {
            notices.push(Problem { level: Level::Warning, ..Problem::note(Notice::HeadNotWritten { error }) });
        }
    }
}

impl LedgerFile<'_> {
    /// Makes the ledger with its opening rows: whole under another name, then renamed, so that nobody meets half of it.
    /// The caller holds no lock; this takes it.
    pub(crate) fn create(
        &self,
        rows: Vec<Particulars<String>>,
        stamp: &Stamp,
        wait: &dyn Fn(std::time::Duration),
        notices: &mut Vec<Problem>,
    ) -> Result<Vec<Entry<String>>, Problem> {
        let _lock = lock::take(self.files, &self.path, wait)?;
        if self.exists()? {
            return Err(FileFault::Exists { path: self.path.clone() }.into());
        }
        let count = rows.len() as u64;
        let (entries, rows) = lines(rows, count, stamp, 0, Digest::default());
        read_as_a_stranger(Ledger::default(), &rows)?;
        let bytes = [COLUMNS.join(",").as_bytes(), b"\n", &rows].concat();
        whole::forget_leftover(self.files, &self.path);
        let new = whole::create(self.files, &self.path, ".new", &bytes).map_err(self.failed(Doing::Creating))?;
        let unknown = |error| FileFault::OutcomeUnknown { path: self.path.clone(), error, id: stamp.id.clone() };
        if let Err(error) = self.files.rename(&new, &self.path) {
            // A rename may have been done all the same (a lost answer on a network share).
            return Err(match self.files.look(&self.path) {
                Ok(None) => {
                    let _ = self.files.remove(&new);
                    self.failed(Doing::Renaming)(error)
                }
                Ok(Some(_)) | Err(_) => unknown(error).into(),
            });
        }
        whole::sync_name(self.files, &self.path).map_err(unknown)?;
        let file = self.files.open(&self.path, Purpose::Reading).map_err(unknown)?;
        if read_stretch(&*file, 0, bytes.len()).map_err(unknown)? != bytes {
            return Err(unknown(io::ErrorKind::InvalidData.into()).into());
        }
        let last = entries.last().map(|entry| (entry.seq, entry.digest)).unwrap_or_default();
        let head = Head { seq: last.0, digest: last.1, bytes: bytes.len() as u64 };
        if let Err(error) = head::found(self.files, &self.path, &head) {
            notices.push(Problem { level: Level::Warning, ..Problem::note(Notice::HeadNotWritten { error }) });
        }
        Ok(entries)
    }
}

/// Nothing is written that a reader would refuse: the new lines go through the very checks that every pass makes.
pub(super) fn read_as_a_stranger(mut ledger: Ledger, bytes: &[u8]) -> Result<(), Problem> {
    let mut reader = LineReader::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let read = reader.read(line, &ledger.digest).map_err(|(fault, _)| fault)?;
        let row = read.entry.seq;
        ledger.admit(&read.entry).map_err(|breach| LedgerFault::Breach { row, breach })?;
    }
    Ok(())
}

/// Bytes that are to be written, by where they begin and how many they are.
pub(super) type Piece<'p> = dyn Fn(usize, usize) -> io::Result<Vec<u8>> + 'p;

/// How much is written or read back at once. What is smaller goes in one write.
const PIECE: usize = 1 << 20;

pub(super) fn in_pieces(length: u64, mut each: impl FnMut(usize, usize) -> io::Result<()>) -> io::Result<()> {
    let length = usize::try_from(length).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut from = 0;
    while from < length {
        let piece = PIECE.min(length - from);
        each(from, piece)?;
        from += piece;
    }
    Ok(())
}

/// One write; if it came up short, one more for the rest.
fn write_once_and_again(file: &mut dyn OpenFile, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    for _ in 0..2 {
        let written = loop {
            match file.append(rest) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                answer => break answer?,
            }
        };
        rest = &rest[written..];
        if rest.is_empty() {
            return Ok(());
        }
    }
    Err(io::ErrorKind::WriteZero.into())
}

/// Rows as entries in their places, and as the bytes of their lines; the first so many of `count` that stand together.
pub(crate) fn lines(
    rows: Vec<Particulars<String>>,
    count: u64,
    stamp: &Stamp,
    last_seq: u64,
    last_digest: Digest,
) -> (Vec<Entry<String>>, Vec<u8>) {
    let mut previous = last_digest;
    let mut bytes = Vec::new();
    let mut entries = Vec::new();
    for (place, what) in (1..).zip(rows) {
        let mut entry = Entry {
            seq: last_seq + place,
            what,
            batch: (count > 1).then_some(Batch { place, count }),
            id: if place == 1 { stamp.id.clone() } else { String::new() },
            by: stamp.by.clone(),
            at: stamp.at.clone(),
            digest: previous,
        };
        let (line, digest) = written(&entry, &previous);
        bytes.extend_from_slice(line.as_bytes());
        entry.digest = digest;
        previous = digest;
        entries.push(entry);
    }
    (entries, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_one_another_to_the_end() {
        let piece = PIECE as u64;
        for length in [0, 1, piece - 1, piece, piece + 1, 3 * piece + 5] {
            let mut at = 0;
            let done = in_pieces(length, |from, length| {
                assert!(from == at && (1..=PIECE).contains(&length));
                at += length;
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(at as u64, length);
        }
    }

    #[test]
    fn what_a_reader_would_refuse_is_refused() {
        assert!(read_as_a_stranger(Ledger::default(), b"1,open\n").is_err());
        let golden = include_bytes!("../../tests/golden/every-kind/ledger.csv");
        let rows = golden.iter().position(|byte| *byte == b'\n').map_or(0, |heading| heading + 1);
        assert!(read_as_a_stranger(Ledger::default(), &golden[rows..]).is_ok());
        // Rows that are sealed right may still not follow each other.
        let second = golden[rows..].iter().position(|byte| *byte == b'\n').map_or(0, |first| rows + first + 1);
        assert!(read_as_a_stranger(Ledger::default(), &golden[second..]).is_err());
    }
}
