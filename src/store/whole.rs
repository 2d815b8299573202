//! Files written whole: beside, synced, then renamed, so that whoever reads finds the old file or the new one.

use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::{Files, LookKind, OpenFile, Purpose, Rights, beside, folder_of, read_stretch};

/// Writes `bytes` as the file at `path`, replacing what was there; who may read that may read this.
///
/// Something that is no regular file (`/dev/stdout`, a pipe) is written to as it stands.
pub(crate) fn replace(files: &dyn Files, path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_like(files, path, path, bytes)
}

/// The same, with the rights of the file at `like`.
pub(crate) fn replace_like(files: &dyn Files, path: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    replaced(files, path, like, |out| out.write_all(bytes))
}

/// The same with what `write` writes, piece by piece.
pub(crate) fn replace_by<E: From<io::Error>>(
    files: &dyn Files,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    replaced(files, path, path, write)
}

fn replaced<E: From<io::Error>>(
    files: &dyn Files,
    path: &Path,
    like: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    if let Some(look) = files.look(path)? {
        match look.kind {
            LookKind::Regular => {}
            LookKind::Folder => return Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
            LookKind::Link | LookKind::Other => {
                let mut file = files.open(path, Purpose::Rewriting)?;
                // What has a length is a file behind a link; it is cut first, or old bytes would follow ours.
                if file.look()?.kind == LookKind::Regular {
                    file.set_length(0)?;
                }
                let mut filling = Filling::new(&mut *file);
                write(&mut filling)?;
                return Ok(filling.flush()?);
            }
        }
    }
    let (beside, file) = unused_name_like(files, path, ".new", like)?;
    fill(files, &beside, file, write)?;
    Ok(files.rename(&beside, path).inspect_err(|_| drop(files.remove(&beside)))?)
}

/// Writes a new file beside `path`, synced, under a name nothing has: `path`, the ending and a number. Returns it.
pub(crate) fn create(files: &dyn Files, path: &Path, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let (name, file) = unused_name(files, path, ending)?;
    fill(files, &name, file, |out| out.write_all(bytes))?;
    Ok(name)
}

/// Makes sure that a new file holds what is written, or is gone.
fn fill<E: From<io::Error>>(
    files: &dyn Files,
    name: &Path,
    mut file: Box<dyn OpenFile>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let filled = || {
        let mut filling = Filling::new(&mut *file);
        write(&mut filling)?;
        filling.flush()?;
        let (given, length) = (filling.given, filling.length);
        file.sync()?;
        Ok(reads_back(&*file, &given, length)?)
    };
    filled().inspect_err(|_| drop(files.remove(name)))
}

/// Whether a file holds what was given to it.
fn reads_back(file: &dyn OpenFile, given: &DefaultHasher, length: u64) -> io::Result<()> {
    let (mut read, mut from) = (DefaultHasher::new(), 0);
    while from < length {
        let piece = usize::try_from(length - from).unwrap_or(usize::MAX).min(PIECE);
        read.write(&read_stretch(file, from, piece)?);
        from += piece as u64;
    }
    if read.finish() == given.finish() { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Bytes that are written or read at once.
const PIECE: usize = 1 << 20;

/// A file that is being filled.
struct Filling<'f> {
    file: &'f mut dyn OpenFile,
    gathered: Vec<u8>,
    length: u64,
    /// Of every byte that was given to the file.
    given: DefaultHasher,
}

impl<'f> Filling<'f> {
    fn new(file: &'f mut dyn OpenFile) -> Self {
        Self { file, gathered: Vec::new(), length: 0, given: DefaultHasher::new() }
    }

    fn give(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(self.file, bytes)?;
        self.length += bytes.len() as u64;
        self.given.write(bytes);
        Ok(())
    }
}

impl Write for Filling<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // No test can tell how much is gathered: the file gets the same bytes in the same order.
        if self.gathered.len() + bytes.len() > PIECE {
            self.flush()?;
        }
        if bytes.len() > PIECE {
            self.give(bytes)?;
        } else {
            self.gathered.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let gathered = std::mem::take(&mut self.gathered);
        self.give(&gathered)?;
        self.gathered = gathered;
        self.gathered.clear();
        Ok(())
    }
}

/// Copies a stretch of a file, a piece at a time, into a new file beside `path`, synced. Returns its name.
pub(crate) fn copy(
    files: &dyn Files,
    from: &dyn OpenFile,
    start: u64,
    length: u64,
    path: &Path,
    ending: &str,
) -> io::Result<PathBuf> {
    let (name, mut file) = unused_name(files, path, ending)?;
    let mut copied = 0;
    let mut pieces = || {
        while copied < length {
            let piece = usize::try_from(length - copied).unwrap_or(usize::MAX).min(PIECE);
            write_all(&mut *file, &read_stretch(from, start + copied, piece)?)?;
            copied += piece as u64;
        }
        file.sync()
    };
    pieces().inspect_err(|_| drop(files.remove(&name)))?;
    Ok(name)
}

/// Takes away what a run that died while it replaced `path` has left. Only whoever holds the lock that all writers of
/// `path` take may do this: to anyone else the leftover may be a file being written.
pub(crate) fn forget_leftover(files: &dyn Files, path: &Path) {
    let _ = files.remove(&beside(path, ".new-1"));
}

/// Makes a new file durable together with its name.
pub(crate) fn sync_name(files: &dyn Files, path: &Path) -> io::Result<()> {
    files.sync_folder(folder_of(path))
}

/// A new empty file beside `path`, with the rights of what stands there, for someone who fills it a piece at a time.
/// Another run may be writing the same file, or have died while it did, so a name is never taken over.
pub(crate) fn unused_name(files: &dyn Files, path: &Path, ending: &str) -> io::Result<(PathBuf, Box<dyn OpenFile>)> {
    unused_name_like(files, path, ending, path)
}

/// The same, with the rights of the file at `like`: what nobody else may read may they not read in a copy either, and what
/// several people keep stays theirs.
pub(super) fn unused_name_like(
    files: &dyn Files,
    path: &Path,
    ending: &str,
    like: &Path,
) -> io::Result<(PathBuf, Box<dyn OpenFile>)> {
    let like = files.look(like)?.filter(|look| look.kind == LookKind::Regular);
    for number in 1..=1000 {
        let name = beside(path, &format!("{ending}-{number}"));
        match files.open(&name, Purpose::Creating) {
            Ok(mut file) => {
                if let Some(rights) = like.and_then(|look| look.rights) {
                    give(&mut *file, rights);
                }
                return Ok((name, file));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Gives a file these rights, if it has others.
pub(super) fn give(file: &mut dyn OpenFile, rights: Rights) {
    if file.look().is_ok_and(|look| look.rights != Some(rights)) {
        // A file system that can't do it has nothing to hide.
        let _ = file.set_rights(rights);
    }
}

pub(crate) fn write_all(file: &mut dyn OpenFile, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.append(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "whole_tests.rs"]
mod tests;
