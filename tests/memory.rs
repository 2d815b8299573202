//! A file system in memory, for tests that need thousands of ledgers or a particular failure. It keeps the seam's
//! promises and nothing else: no links, no permissions, one process.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use taizhang::{Files, Look, LookKind, OpenFile, Purpose};

type Bytes = Rc<RefCell<Vec<u8>>>;

/// Files by path; clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    files: Rc<RefCell<BTreeMap<PathBuf, Bytes>>>,
}

impl Memory {
    /// A file's bytes, if it is there.
    pub(crate) fn bytes(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        self.files.borrow().get(path.as_ref()).map(|bytes| bytes.borrow().clone())
    }

    pub(crate) fn put(&self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.borrow_mut().insert(path.into(), Rc::new(RefCell::new(bytes.into())));
    }

    pub(crate) fn names(&self) -> Vec<PathBuf> {
        self.files.borrow().keys().cloned().collect()
    }
}

impl Files for Memory {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        let files = self.files.borrow();
        if let Some(bytes) = files.get(path) {
            return Ok(Some(look(bytes)));
        }
        let is_folder = files.keys().any(|known| known.starts_with(path));
        Ok(is_folder.then_some(Look { kind: LookKind::Folder, length: 0, names: 1, identity: (1, 0), rights: None }))
    }

    fn open(&self, path: &Path, purpose: Purpose) -> io::Result<Box<dyn OpenFile>> {
        let mut files = self.files.borrow_mut();
        let bytes = match (purpose, files.get(path)) {
            (Purpose::Creating, Some(_)) => return Err(io::ErrorKind::AlreadyExists.into()),
            (Purpose::Creating, None) | (Purpose::Locking, None) => {
                let bytes = Bytes::default();
                files.insert(path.to_owned(), bytes.clone());
                bytes
            }
            (_, Some(bytes)) => bytes.clone(),
            (Purpose::Reading | Purpose::Appending | Purpose::Rewriting, None) => {
                return Err(io::ErrorKind::NotFound.into());
            }
        };
        Ok(Box::new(MemoryFile(bytes)))
    }

    fn nameless(&self, _folder: &Path) -> io::Result<Box<dyn OpenFile + Send>> {
        Ok(Box::new(Nameless::default()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = self.files.borrow_mut();
        let bytes = files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.borrow_mut().remove(path).map(drop).ok_or(io::ErrorKind::NotFound.into())
    }

    fn create_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let folder = if folder == Path::new(".") { Path::new("") } else { folder };
        Ok(self.files.borrow().keys().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }
}

struct MemoryFile(Bytes);

fn look(bytes: &Bytes) -> Look {
    let identity = (1, Rc::as_ptr(bytes) as usize as u64);
    Look { kind: LookKind::Regular, length: bytes.borrow().len() as u64, names: 1, identity, rights: None }
}

impl OpenFile for MemoryFile {
    fn look(&self) -> io::Result<Look> {
        Ok(look(&self.0))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let bytes = self.0.borrow();
        let rest = bytes.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap();
        self.0.borrow_mut()[start..start + bytes.len()].copy_from_slice(bytes);
        Ok(())
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.0.borrow_mut().resize(usize::try_from(length).unwrap(), 0);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        Ok(true)
    }
}

/// A file without a name, which nobody else can open.
#[derive(Debug, Default)]
pub(crate) struct Nameless(pub(crate) Vec<u8>);

impl OpenFile for Nameless {
    fn look(&self) -> io::Result<Look> {
        Ok(Look { kind: LookKind::Regular, length: self.0.len() as u64, names: 0, identity: (2, 0), rights: None })
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = self.0.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn rewrite_at(&mut self, _bytes: &[u8], _offset: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_length(&mut self, _length: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
