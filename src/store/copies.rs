//! Copies of a ledger that may hold more of its rows than it does: what repairs and writers kept beside it, and a backup
//! that someone names. It copies nothing.

use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::ailment::{Diagnosis, rows_in};
use super::behind::{self, Behind};
use super::files::{LookKind, OpenFile, Purpose, beside, folder_of, read_stretch};
use super::ledger_file::LedgerFile;
use super::line::{COLUMNS, LineReader};
use super::lines::{Found, Lines};
use crate::domain::ledger::Ledger;
use crate::problem::{Doing, FileFault, Problem};

/// So many files that begin like a ledger are looked at; a folder with more is no place where a ledger is kept.
const MOST: usize = 100;

/// How much longer than the ledger a copy of it may be: so many times, and so many bytes.
const LONGER: (u64, u64) = (4, 64 << 20);

/// A file that holds more of a ledger's rows than the ledger itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fuller {
    pub(crate) path: PathBuf,
    /// How far its rows go.
    pub(crate) rows: u64,
    /// Whether it is a piece cut from a ledger's end, and no ledger by itself.
    pub(crate) is_piece: bool,
}

impl LedgerFile<'_> {
    /// The file beside the ledger that holds most of its rows, if it holds more than the ledger does. Whatever its name
    /// is, a file counts that begins like a ledger; what another program has saved in another form is `restore`'s.
    pub(crate) fn fullest_copy(&self, found: &Diagnosis) -> Result<Option<Fuller>, Problem> {
        let failed = |error| FileFault::Io { doing: Doing::Reading, path: folder_of(&self.path).to_owned(), error };
        let own = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let known = found.good_head().map_or(0, |head| head.bytes);
        let longest = found.bytes.max(known).saturating_mul(LONGER.0).saturating_add(LONGER.1);
        let mut most: Option<Fuller> = None;
        let mut looked_at = 0;
        for path in self.files.list(folder_of(&self.path)).map_err(failed)? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_piece = name.strip_prefix(&own).is_some_and(|ending| ending.starts_with(".torn-"));
            if name == own || !self.may_be_fuller(&path, is_piece, found.bytes..=longest).unwrap_or(false) {
                continue;
            }
            looked_at += 1;
            if looked_at > MOST {
                break;
            }
            let rows = self.rows_of(&path, is_piece, found).unwrap_or(None);
            if let Some(rows) = rows.filter(|rows| *rows > most.as_ref().map_or(0, |most| most.rows)) {
                most = Some(Fuller { path, rows, is_piece });
            }
        }
        Ok(most)
    }

    /// Whether it is worth reading: a regular file of a likely length that begins with a ledger's first line.
    fn may_be_fuller(&self, path: &Path, is_piece: bool, lengths: RangeInclusive<u64>) -> io::Result<bool> {
        let Some(look) = self.files.look(path)?.filter(|look| look.kind == LookKind::Regular) else { return Ok(false) };
        if is_piece {
            return Ok(look.length <= *lengths.end());
        }
        if !lengths.contains(&look.length) {
            return Ok(false);
        }
        let heading = COLUMNS.join(",") + "\n";
        let file = self.files.open(path, Purpose::Reading)?;
        Ok(read_stretch(&*file, 0, heading.len())? == heading.as_bytes())
    }

    /// How far the rows of a backup go, if it is of this ledger and goes further.
    pub(crate) fn rows_of_backup(&self, backup: &Path, found: &Diagnosis) -> Result<Option<u64>, Problem> {
        let failed = |error| Problem::from(FileFault::Io { doing: Doing::Reading, path: backup.to_owned(), error });
        match self.files.look(backup).map_err(failed)? {
            None => Err(FileFault::Missing { path: backup.to_owned() }.into()),
            Some(look) if matches!(look.kind, LookKind::Folder | LookKind::Other) => {
                Err(FileFault::NotRegular { path: backup.to_owned() }.into())
            }
            Some(_) => self.rows_of(backup, false, found).map_err(failed),
        }
    }

    fn rows_of(&self, path: &Path, is_piece: bool, found: &Diagnosis) -> io::Result<Option<u64>> {
        if self.files.look(path)?.is_none_or(|look| matches!(look.kind, LookKind::Folder | LookKind::Other)) {
            return Ok(None);
        }
        let file = self.files.open(path, Purpose::Reading)?;
        let own = &found.ledger;
        let rows = if is_piece {
            rows_behind(&*file, own.clone())?
        } else {
            let (rows, _, digest) = rows_in(&*file, own.rows)?;
            if own.rows == 0 || digest == Some(own.digest) { rows } else { 0 }
        };
        Ok((rows > own.rows).then_some(rows))
    }

    /// What an earlier repair kept of this ledger before it cut the bytes behind its last whole row, and died: the kept
    /// file's ending, and what stood behind the rows.
    pub(super) fn cut_before(&self, file: &dyn OpenFile, found: &Diagnosis) -> io::Result<Option<(String, Behind)>> {
        // A copy that was not finished may stand there as well; the longest is the whole one.
        let mut longest: Option<(String, u64)> = None;
        for number in 1..=1000 {
            let ending = format!(".broken-{number}");
            let path = beside(&self.path, &ending);
            let Some(look) = self.files.look(&path)? else { break };
            let more_than = longest.as_ref().map_or(found.bytes, |(_, length)| *length);
            if look.kind != LookKind::Regular || look.length <= more_than {
                continue;
            }
            let kept = self.files.open(&path, Purpose::Reading)?;
            if begin_equally(file, &*kept, found.bytes)? {
                longest = Some((ending, look.length));
            }
        }
        let Some((ending, length)) = longest else { return Ok(None) };
        let kept = self.files.open(&beside(&self.path, &ending), Purpose::Reading)?;
        let behind = behind::scan(&*kept, found.bytes, length, &found.ledger)?;
        Ok(Some((ending, behind)))
    }
}

/// How far a piece cut from the ledger's end goes on behind its last row.
fn rows_behind(file: &dyn OpenFile, mut ledger: Ledger) -> io::Result<u64> {
    let mut lines = Lines::new(file, 0, file.look()?.length);
    let mut reader = LineReader::new();
    let mut whole = ledger.rows;
    while let Some((_, Found::Line(bytes))) = lines.next()? {
        let Ok(line) = reader.read(bytes, &ledger.digest) else { break };
        if line.sealed != line.entry.digest || ledger.admit(&line.entry).is_err() {
            break;
        }
        if ledger.is_whole() {
            whole = ledger.rows;
        }
    }
    Ok(whole)
}

fn begin_equally(one: &dyn OpenFile, other: &dyn OpenFile, length: u64) -> io::Result<bool> {
    let mut offset = 0;
    while offset < length {
        let piece = usize::try_from(length - offset).unwrap_or(usize::MAX).min(1 << 20);
        if read_stretch(one, offset, piece)? != read_stretch(other, offset, piece)? {
            return Ok(false);
        }
        offset += piece as u64;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::files::Files;
    use super::super::grid::one_file::OneFile;
    use super::*;

    #[test]
    fn two_long_files_begin_equally_as_far_as_they_do() {
        let one = vec![7_u8; 3 << 19];
        let mut other = [&one[..], b"more"].concat();
        let begins = |one: &[u8], other: &[u8], length: usize| {
            let open = |bytes: &[u8]| {
                OneFile::new(bytes).open(Path::new("a file"), Purpose::Reading).expect("memory does not fail")
            };
            begin_equally(&*open(one), &*open(other), length as u64).expect("both are as long")
        };
        assert!(begins(&one, &other, one.len()));
        other[one.len() - 1] = 8;
        assert!(begins(&one, &other, one.len() - 1) && !begins(&one, &other, one.len()));
    }
}
