//! Files written whole: beside, synced, then renamed, so that whoever reads finds the old file or the new one.

use std::io;
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
    if let Some(look) = files.look(path)? {
        match look.kind {
            LookKind::Regular => {}
            LookKind::Folder => return Err(io::ErrorKind::IsADirectory.into()),
            LookKind::Link | LookKind::Other => {
                let mut file = files.open(path, Purpose::Rewriting)?;
                // What has a length is a file behind a link; it is cut first, or old bytes would follow ours.
                if file.look()?.kind == LookKind::Regular {
                    file.set_length(0)?;
                }
                return write_all(&mut *file, bytes);
            }
        }
    }
    let (beside, file) = unused_name_like(files, path, ".new", like)?;
    fill(files, &beside, file, bytes)?;
    files.rename(&beside, path).inspect_err(|_| drop(files.remove(&beside)))
}

/// Writes a new file beside `path`, synced, under a name nothing has: `path`, the ending and a number. Returns it.
pub(crate) fn create(files: &dyn Files, path: &Path, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let (name, file) = unused_name(files, path, ending)?;
    fill(files, &name, file, bytes)?;
    Ok(name)
}

/// Makes sure that a new file holds these bytes, or is gone.
fn fill(files: &dyn Files, name: &Path, mut file: Box<dyn OpenFile>, bytes: &[u8]) -> io::Result<()> {
    let written = write_all(&mut *file, bytes).and_then(|()| file.sync()).and_then(|()| {
        let stands = read_stretch(&*file, 0, bytes.len())?;
        if stands == bytes { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    });
    written.inspect_err(|_| drop(files.remove(name)))
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
            let piece = usize::try_from(length - copied).unwrap_or(usize::MAX).min(1 << 20);
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
