//! The seam: everything this program asks of a file system, as small as it can be. It knows no ledger.

use std::io;
use std::path::{Path, PathBuf};

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it is; a link is looked at, not followed.
    pub kind: LookKind,
    /// Length in bytes.
    pub length: u64,
    /// How many names the file has.
    pub names: u64,
    /// Device and inode: equal for two handles on one file.
    pub identity: (u64, u64),
    /// Who may do what with it, where the system has such a thing.
    pub rights: Option<Rights>,
}

/// Who may do what with a file, as Unix has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// The user it belongs to.
    pub owner: u32,
    /// The group it belongs to.
    pub group: u32,
    /// What owner, group and others may do: the lowest nine bits.
    pub mode: u32,
}

/// What can stand at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookKind {
    /// A regular file.
    Regular,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, device, socket or anything else.
    Other,
}

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading a file that exists.
    Reading,
    /// Reading it, and writing at its end only.
    Appending,
    /// Writing over bytes that stand there already.
    Rewriting,
    /// A new file; fails if anything has that name.
    Creating,
    /// A lock file: made if missing, never cut.
    Locking,
}

/// The file system, as this program needs it.
pub trait Files {
    /// What stands at the path, without following a link; `None` when nothing does.
    ///
    /// # Errors
    /// Whatever the file system answers, except that nothing is there.
    fn look(&self, path: &Path) -> io::Result<Option<Look>>;

    /// Opens a file.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn open(&self, path: &Path, purpose: Purpose) -> io::Result<Box<dyn OpenFile>>;

    /// A new file without a name in a folder, for what is not kept: it is gone when it is dropped, or the run dies.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn nameless(&self, folder: &Path) -> io::Result<Box<dyn OpenFile + Send>>;

    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a name away.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder, and those above it.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder's names durable.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// The paths in a folder, in name order.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
}

/// One open file. A lock lasts until it is dropped.
pub trait OpenFile {
    /// What the handle stands on.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn look(&self) -> io::Result<Look>;

    /// Reads from an offset; 0 at the end.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// One write at the end; may write fewer bytes than asked.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Writes over the bytes at an offset, all of them.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()>;

    /// Cuts or lengthens the file.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn set_length(&mut self, length: u64) -> io::Result<()>;

    /// Makes content and length durable.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn sync(&mut self) -> io::Result<()>;

    /// Gives the file to an owner and a group, as far as this user may, and then sets what they may do with it.
    ///
    /// # Errors
    /// Whatever the file system answers.
    fn set_rights(&mut self, _rights: Rights) -> io::Result<()> {
        Ok(())
    }

    /// Handles on the same file, one for each thread that may read it at once; none where one thread does it all.
    ///
    /// # Errors
    /// Whatever the file system answers.
    // No test can tell one way of saying none from another.
    fn hands(&self) -> io::Result<Vec<Box<dyn OpenFile + Send>>> {
        Ok(Vec::new())
    }

    /// Takes the exclusive lock, or says that another has it.
    ///
    /// # Errors
    /// Whatever the file system answers, except that another has it.
    fn try_lock(&mut self) -> io::Result<bool>;
}

/// Reads exactly this stretch, or fails with `UnexpectedEof`.
pub(crate) fn read_stretch(file: &dyn OpenFile, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut filled = 0;
    while filled < length {
        match file.read_at(&mut bytes[filled..], offset + filled as u64) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}

/// The folder a path stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A path with more at the end of its name: `a.csv` and `.lock` make `a.csv.lock`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
