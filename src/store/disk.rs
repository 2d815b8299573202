//! The real file system behind the seam. It decides nothing. The only room that names `tempfile`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::{Files, Look, LookKind, OpenFile, Purpose, Rights};

/// The machine's own file system; relative paths start from `root`, or from where the process stands.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// A file system whose relative paths start from `root`.
    #[must_use]
    pub fn rooted(root: PathBuf) -> Self {
        Self { root }
    }

    fn path(&self, path: &Path) -> PathBuf {
        if self.root.as_os_str().is_empty() { path.to_owned() } else { self.root.join(path) }
    }
}

impl Files for Disk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        match fs::symlink_metadata(self.path(path)) {
            Ok(metadata) => Ok(Some(look(&metadata))),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn open(&self, path: &Path, purpose: Purpose) -> io::Result<Box<dyn OpenFile>> {
        #[cfg(unix)]
        if purpose == Purpose::Reading {
            not_a_pipe(&self.path(path))?;
        }
        let mut options = OpenOptions::new();
        match purpose {
            Purpose::Reading => options.read(true),
            Purpose::Appending => options.read(true).append(true),
            Purpose::Rewriting => options.read(true).write(true),
            Purpose::Creating => options.read(true).write(true).create_new(true),
            // Some file systems give an exclusive lock only to a handle that may write (flock(2), NFS).
            Purpose::Locking => options.read(true).write(true).create(true).truncate(false),
        };
        Ok(Box::new(DiskFile(options.open(self.path(path))?)))
    }

    fn nameless(&self, folder: &Path) -> io::Result<Box<dyn OpenFile + Send>> {
        Ok(Box::new(DiskFile(tempfile::tempfile_in(self.path(folder))?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.path(path))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(self.path(path))
    }

    // No test can tell from within whether bytes or names have reached the disk: the kernel shows them all the same. The
    // tests of the kernel's calls, which run the program as another process, count these.
    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(self.path(path))?.sync_all()
    }

    /// Windows has no way to do this, and makes names durable with the file.
    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for item in fs::read_dir(self.path(folder))? {
            let name = item?.file_name();
            paths.push(if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) });
        }
        paths.sort();
        Ok(paths)
    }
}

struct DiskFile(File);

impl OpenFile for DiskFile {
    fn look(&self) -> io::Result<Look> {
        Ok(look(&self.0.metadata()?))
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.0, buffer, offset)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    #[cfg(unix)]
    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, bytes, offset)
    }

    #[cfg(windows)]
    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut written = 0;
        while written < bytes.len() {
            written += std::os::windows::fs::FileExt::seek_write(&self.0, &bytes[written..], offset + written as u64)?;
        }
        Ok(())
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    // No test can tell, as above.
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn hands(&self) -> io::Result<Vec<Box<dyn OpenFile + Send>>> {
        let count = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        (0..count).map(|_| Ok(Box::new(Self(self.0.try_clone()?)) as Box<dyn OpenFile + Send>)).collect()
    }

    #[cfg(unix)]
    fn set_rights(&mut self, Rights { owner, group, mode }: Rights) -> io::Result<()> {
        use std::os::unix::fs::{PermissionsExt, fchown};
        // Only root gives files away; a group may be set by its members.
        let _ = fchown(&self.0, Some(owner), Some(group)).or_else(|_| fchown(&self.0, None, Some(group)));
        // What one group may do is not for another.
        // No test can tell where it runs as root, who may give any group.
        let has_the_group = rights(&self.0.metadata()?).is_some_and(|rights| rights.group == group);
        self.0.set_permissions(fs::Permissions::from_mode(if has_the_group { mode } else { mode & 0o707 }))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        match self.0.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Opening a pipe waits for someone to write into it, perhaps for ever; it may stand behind a link.
#[cfg(unix)]
fn not_a_pipe(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::FileTypeExt;
    if fs::metadata(path)?.file_type().is_fifo() { Err(io::ErrorKind::NotSeekable.into()) } else { Ok(()) }
}

fn look(metadata: &fs::Metadata) -> Look {
    let kind = metadata.file_type();
    let kind = match () {
        () if kind.is_symlink() => LookKind::Link,
        () if kind.is_dir() => LookKind::Folder,
        () if kind.is_file() => LookKind::Regular,
        () => LookKind::Other,
    };
    let (names, identity) = names_and_identity(metadata);
    Look { kind, length: metadata.len(), names, identity, rights: rights(metadata) }
}

#[cfg(unix)]
fn rights(metadata: &fs::Metadata) -> Option<Rights> {
    use std::os::unix::fs::MetadataExt;
    Some(Rights { owner: metadata.uid(), group: metadata.gid(), mode: metadata.mode() & 0o777 })
}

#[cfg(not(unix))]
fn rights(_metadata: &fs::Metadata) -> Option<Rights> {
    None
}

#[cfg(unix)]
fn names_and_identity(metadata: &fs::Metadata) -> (u64, (u64, u64)) {
    use std::os::unix::fs::MetadataExt;
    (metadata.nlink(), (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn names_and_identity(_metadata: &fs::Metadata) -> (u64, (u64, u64)) {
    (1, (0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_as_one_and_what_is_not_there_as_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::rooted(folder.path().to_owned());
        fs::write(folder.path().join("file"), "x").expect("a file");
        let kind = |name: &str| disk.look(name.as_ref()).map(|look| look.map(|look| look.kind));
        assert_eq!(kind(".").expect("looked at"), Some(LookKind::Folder));
        assert_eq!(kind("file").expect("looked at"), Some(LookKind::Regular));
        assert_eq!(kind("none").expect("looked at"), None);
        assert_eq!(kind("file/below").expect("looked at"), None);
        // Whether a name is there that no disk can have was not found out.
        assert!(kind(&"n".repeat(5_000)).is_err());
    }

    #[test]
    fn bytes_are_written_over_where_they_stand_and_every_hand_reads_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::rooted(folder.path().to_owned());
        fs::write(folder.path().join("file"), "abcdef").expect("a file");
        let mut file = disk.open("file".as_ref(), Purpose::Rewriting).expect("opened");
        file.rewrite_at(b"XY", 2).expect("written");
        let hands = file.hands().expect("hands");
        assert_eq!(hands.len(), std::thread::available_parallelism().map_or(1, std::num::NonZero::get));
        for hand in hands {
            let mut read = [0; 6];
            assert_eq!(hand.read_at(&mut read, 0).expect("read"), 6);
            assert_eq!(&read, b"abXYef");
        }
    }
}
