//! A file system whose operations fail when told to, and that knows what a power cut would leave.
//!
//! What is durable is reckoned as the worst disk allows: content only when its file was synced, a name only when its
//! folder was, and pages that a failed sync was asked for never, unless they are written again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use super::{Files, Look, Memory, OpenFile, Purpose};
use crate::memory::Nameless;

/// What an operation was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Look,
    Open,
    Rename,
    Remove,
    CreateFolder,
    SyncFolder,
    List,
    LookOpened,
    Read,
    Append,
    Rewrite,
    SetLength,
    Sync,
    TryLock,
}

/// How operations fail; errors are the system's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// This one, and no other.
    Once(i32),
    /// This one and all after it.
    ForEver(i32),
    /// It is done, and yet an error is answered, as over a network.
    DoneButFailed(i32),
    /// The process dies: neither this one nor any after it is done.
    Dies,
    /// A write of so many bytes, and the process dies.
    DiesWriting(usize),
    /// A write of so many bytes, which it says; the next write fails, or succeeds if there is no error.
    Short(usize, Option<i32>),
    /// A write whose byte at this place becomes another.
    Lies(usize),
    /// Another holds the lock, for ever.
    Busy,
}

pub(super) const EINTR: i32 = 4;
pub(super) const EIO: i32 = 5;
pub(super) const EACCES: i32 = 13;
pub(super) const ENOSPC: i32 = 28;

/// What another does just before an operation.
type Between = Box<dyn Fn()>;

/// A file system in memory that fails when told to.
pub(super) struct Failing {
    pub(super) memory: Memory,
    state: Rc<State>,
    aside: Arc<Mutex<Aside>>,
}

/// What becomes of files without a name. Their operations are counted by themselves, for threads may have them.
#[derive(Default)]
struct Aside {
    log: Vec<Operation>,
    fault: Option<(usize, How)>,
}

#[derive(Default)]
struct State {
    log: RefCell<Vec<Operation>>,
    fault: Cell<Option<(usize, How)>>,
    /// After a short write: what the next one says.
    next_write: Cell<Option<i32>>,
    between: RefCell<Option<(usize, Between)>>,
    durable: RefCell<Durable>,
}

impl Failing {
    /// Over files that are all durable so far.
    pub(super) fn over(memory: &Memory) -> Self {
        let failing = Self { memory: memory.clone(), state: Rc::default(), aside: Arc::default() };
        failing.state.durable.borrow_mut().everything(memory);
        failing
    }

    /// From now on operation number `at`, counted from one and from now, fails like this.
    pub(super) fn fails(&self, at: usize, how: How) {
        self.state.log.borrow_mut().clear();
        self.state.fault.set(Some((at, how)));
        self.state.next_write.set(None);
    }

    /// From now on operation number `at` on files without a name fails like this.
    pub(super) fn fails_aside(&self, at: usize, how: How) {
        *self.aside.lock().unwrap() = Aside { log: Vec::new(), fault: Some((at, how)) };
    }

    /// Every operation on files without a name since the last such fault was set.
    pub(super) fn log_aside(&self) -> Vec<Operation> {
        self.aside.lock().unwrap().log.clone()
    }

    /// Nothing fails any more.
    pub(super) fn heals(&self) {
        self.aside.lock().unwrap().fault = None;
        self.state.fault.set(None);
        self.state.next_write.set(None);
    }

    /// Begins a new log.
    pub(super) fn watches(&self) {
        self.state.log.borrow_mut().clear();
    }

    /// Just before operation number `at`, counted from one and from now, someone else does something, once.
    pub(super) fn between(&self, at: usize, act: impl Fn() + 'static) {
        self.state.log.borrow_mut().clear();
        *self.state.between.borrow_mut() = Some((at, Box::new(act)));
    }

    /// Every operation since the last fault was set.
    pub(super) fn log(&self) -> Vec<Operation> {
        self.state.log.borrow().clone()
    }

    /// What is there after a power cut: names as they are now or as they were last synced, and so the contents.
    pub(super) fn after_power_cut(&self, names_kept: bool, contents_kept: bool) -> Memory {
        self.state.durable.borrow().left(&self.memory, names_kept, contents_kept)
    }

    fn step<T>(&self, operation: Operation, go: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.state.step(operation, go)
    }
}

impl State {
    /// Counts an operation, and lets it happen or not.
    fn step<T>(&self, operation: Operation, go: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let number = self.counted(operation);
        match self.fault.get() {
            Some((at, How::Once(error))) if number == at => Err(io::Error::from_raw_os_error(error)),
            Some((at, How::ForEver(error))) if number >= at => Err(io::Error::from_raw_os_error(error)),
            Some((at, How::DoneButFailed(error))) if number == at => go().and(Err(io::Error::from_raw_os_error(error))),
            Some((at, How::Dies)) if number >= at => Err(io::Error::from_raw_os_error(EIO)),
            Some((at, How::DiesWriting(_))) if number > at => Err(io::Error::from_raw_os_error(EIO)),
            _ => go(),
        }
    }

    fn counted(&self, operation: Operation) -> usize {
        self.log.borrow_mut().push(operation);
        let number = self.log.borrow().len();
        let due = self.between.borrow().as_ref().is_some_and(|(at, _)| *at == number);
        if due && let Some((_, act)) = self.between.take() {
            act();
        }
        number
    }
}

impl Files for Failing {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.step(Operation::Look, || self.memory.look(path))
    }

    fn open(&self, path: &Path, purpose: Purpose) -> io::Result<Box<dyn OpenFile>> {
        self.step(Operation::Open, || {
            let file = self.memory.open(path, purpose)?;
            let inode = file.look()?.identity.1;
            self.state.durable.borrow_mut().holds(&self.memory, path, inode);
            Ok(Box::new(FailingFile { file, inode, state: self.state.clone() }) as Box<dyn OpenFile>)
        })
    }

    fn nameless(&self, _folder: &Path) -> io::Result<Box<dyn OpenFile + Send>> {
        self.aside.lock().unwrap().step(Operation::Open)?;
        Ok(Box::new(FailingAside { file: Nameless::default(), aside: self.aside.clone() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Operation::Rename, || self.memory.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Operation::Remove, || self.memory.remove(path))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Operation::CreateFolder, || self.memory.create_folder(path))
    }

    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        self.step(Operation::SyncFolder, || {
            self.state.durable.borrow_mut().sync_names(&self.memory);
            Ok(())
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step(Operation::List, || self.memory.list(folder))
    }
}

struct FailingFile {
    file: Box<dyn OpenFile>,
    inode: u64,
    state: Rc<State>,
}

impl OpenFile for FailingFile {
    fn look(&self) -> io::Result<Look> {
        self.state.step(Operation::LookOpened, || self.file.look())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.state.step(Operation::Read, || self.file.read_at(buffer, offset))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self { file, inode, state } = self;
        let mut add = |bytes: &[u8]| {
            let start = file.look()?.length;
            state.durable.borrow_mut().dirty(*inode, start, bytes.len());
            file.append(bytes)
        };
        let at_fault = |state: &State| state.fault.get().filter(|(at, _)| state.log.borrow().len() + 1 == *at);
        match at_fault(state) {
            Some((_, How::Short(most, next))) => {
                state.counted(Operation::Append);
                state.next_write.set(next);
                add(&bytes[..most.min(bytes.len())])
            }
            Some((_, How::DiesWriting(most))) => {
                state.counted(Operation::Append);
                add(&bytes[..most.min(bytes.len())]).and(Err(io::Error::from_raw_os_error(EIO)))
            }
            Some((_, How::Lies(place))) => {
                state.counted(Operation::Append);
                let mut lie = bytes.to_vec();
                lie[place.min(bytes.len() - 1)] ^= 0x15;
                add(&lie)
            }
            _ => state.step(Operation::Append, || match state.next_write.take() {
                Some(error) => Err(io::Error::from_raw_os_error(error)),
                None => add(bytes),
            }),
        }
    }

    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let Self { file, inode, state } = self;
        state.step(Operation::Rewrite, || {
            state.durable.borrow_mut().dirty(*inode, offset, bytes.len());
            file.rewrite_at(bytes, offset)
        })
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        let Self { file, state, .. } = self;
        state.step(Operation::SetLength, || file.set_length(length))
    }

    fn sync(&mut self) -> io::Result<()> {
        let Self { inode, state, .. } = self;
        let synced = state.step(Operation::Sync, || {
            state.durable.borrow_mut().sync(*inode);
            Ok(())
        });
        synced.inspect_err(|_| state.durable.borrow_mut().forget(*inode))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        let Self { file, state, .. } = self;
        let held = matches!(state.fault.get(), Some((_, How::Busy)));
        state.step(Operation::TryLock, || if held { Ok(false) } else { file.try_lock() })
    }
}

impl Aside {
    fn step(&mut self, operation: Operation) -> io::Result<()> {
        self.log.push(operation);
        match self.fault {
            Some((at, How::Once(error))) if self.log.len() == at => Err(io::Error::from_raw_os_error(error)),
            Some((at, How::ForEver(error))) if self.log.len() >= at => Err(io::Error::from_raw_os_error(error)),
            _ => Ok(()),
        }
    }
}

struct FailingAside {
    file: Nameless,
    aside: Arc<Mutex<Aside>>,
}

impl OpenFile for FailingAside {
    fn look(&self) -> io::Result<Look> {
        self.file.look()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.aside.lock().unwrap().step(Operation::Read)?;
        self.file.read_at(buffer, offset)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut aside = self.aside.lock().unwrap();
        aside.step(Operation::Append)?;
        match aside.fault.filter(|(at, _)| aside.log.len() == *at) {
            Some((_, How::Short(most, _))) => self.file.append(&bytes[..most.min(bytes.len())]),
            Some((_, How::Lies(place))) => {
                let mut lie = bytes.to_vec();
                lie[place.min(bytes.len() - 1)] ^= 0x15;
                self.file.append(&lie)
            }
            _ => self.file.append(bytes),
        }
    }

    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.file.rewrite_at(bytes, offset)
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.file.set_length(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        self.file.try_lock()
    }
}

/// What would be there after a power cut.
#[derive(Default)]
struct Durable {
    names: BTreeMap<PathBuf, u64>,
    contents: BTreeMap<u64, Vec<u8>>,
    /// Stretches written since the last sync, by file.
    dirty: BTreeMap<u64, Vec<(u64, usize)>>,
    /// A handle on every file ever seen, so that no other gets its number.
    held: BTreeMap<u64, Box<dyn OpenFile>>,
}

impl Durable {
    fn everything(&mut self, memory: &Memory) {
        self.sync_names(memory);
        let inodes: Vec<u64> = self.names.values().copied().collect();
        for inode in inodes {
            self.contents.insert(inode, self.now(inode));
        }
    }

    fn holds(&mut self, memory: &Memory, path: &Path, inode: u64) {
        self.held.entry(inode).or_insert_with(|| memory.open(path, Purpose::Reading).unwrap());
    }

    fn dirty(&mut self, inode: u64, start: u64, length: usize) {
        self.dirty.entry(inode).or_default().push((start, length));
    }

    /// A failed sync leaves its pages marked clean: no later sync writes them.
    fn forget(&mut self, inode: u64) {
        self.dirty.remove(&inode);
    }

    fn sync(&mut self, inode: u64) {
        let now = self.now(inode);
        let durable = self.contents.entry(inode).or_default();
        durable.resize(now.len(), 0);
        for (start, length) in self.dirty.remove(&inode).unwrap_or_default() {
            let start = usize::try_from(start).unwrap().min(now.len());
            let end = (start + length).min(now.len());
            durable[start..end].copy_from_slice(&now[start..end]);
        }
    }

    fn sync_names(&mut self, memory: &Memory) {
        self.names = named(memory);
        for (path, inode) in self.names.clone() {
            self.holds(memory, &path, inode);
        }
    }

    /// A file's content as it is now.
    fn now(&self, inode: u64) -> Vec<u8> {
        let file = &self.held[&inode];
        let mut bytes = vec![0; usize::try_from(file.look().unwrap().length).unwrap()];
        assert_eq!(file.read_at(&mut bytes, 0).unwrap(), bytes.len());
        bytes
    }

    fn left(&self, memory: &Memory, names_kept: bool, contents_kept: bool) -> Memory {
        let left = Memory::default();
        let names = if names_kept { named(memory) } else { self.names.clone() };
        for (path, inode) in names {
            let durable = || self.contents.get(&inode).cloned().unwrap_or_default();
            left.put(path, if contents_kept { self.now(inode) } else { durable() });
        }
        left
    }
}

fn named(memory: &Memory) -> BTreeMap<PathBuf, u64> {
    memory.names().into_iter().map(|path| (path.clone(), memory.look(&path).unwrap().unwrap().identity.1)).collect()
}
