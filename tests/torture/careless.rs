//! A disk in memory that keeps as little as a disk may: after a power cut any subset of the bytes written since a file's
//! last sync is there, in pieces of any length, under a length of its own; and any subset of the names since the folder's.
//! It fails, tears and dies when told to. It knows no ledger.

use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use taizhang::{Files, Look, LookKind, OpenFile, Purpose};

use crate::dice::Dice;

/// How an operation fails; errors are the system's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// This one, and no other.
    Once(i32),
    /// This one and all after it.
    ForEver(i32),
    /// It is done, and yet an error is answered.
    DoneButFailed(i32),
    /// The process dies before it.
    Dies,
    /// Some of it is written, if it writes, and the process dies.
    DiesWriting,
    /// Some of it is written, if it writes, and the rest is refused.
    Tears(i32),
}

const EIO: i32 = 5;

/// Clones share the disk.
#[derive(Clone)]
pub(crate) struct Careless(Rc<RefCell<State>>);

struct State {
    files: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    /// What was done to names since the folder was last synced; each of them is kept or lost as a whole.
    renamed: Vec<Vec<(PathBuf, Option<usize>)>>,
    done: usize,
    fault: Option<(usize, How)>,
    is_dead: bool,
    dice: Dice,
}

/// A file: as it reads, as it stands on the disk, and what was written since it was last synced.
#[derive(Default)]
struct Content {
    now: Vec<u8>,
    durable: Vec<u8>,
    written: Vec<(usize, Vec<u8>)>,
    shortest: usize,
    longest: usize,
}

impl Content {
    fn write(&mut self, offset: usize, bytes: &[u8]) {
        self.now.resize(self.now.len().max(offset + bytes.len()), 0);
        self.now[offset..offset + bytes.len()].copy_from_slice(bytes);
        self.written.push((offset, bytes.to_vec()));
        self.stretch();
    }

    fn stretch(&mut self) {
        self.shortest = self.shortest.min(self.now.len());
        self.longest = self.longest.max(self.now.len());
    }

    /// Only what is still marked written goes to the disk: what a failed sync has let go of does not.
    fn sync(&mut self) {
        let length = self.now.len();
        self.land(length, |_| true);
    }

    /// Some of what was written lands, under one of the lengths that there were; nothing is marked written any more.
    fn scatter(&mut self, dice: &mut Dice) {
        let between = self.longest - self.shortest;
        let length = match dice.below(3) {
            0 => self.shortest,
            1 => self.longest,
            _ => self.shortest + dice.index(between + 1),
        };
        // Whole runs are lost as often as single pieces.
        let (kept, of) = *[(0, 1), (1, 1), (1, 2), (1, 8), (7, 8)].get(dice.index(5)).unwrap();
        self.land(length, |_| dice.below(of) < kept);
    }

    fn land(&mut self, length: usize, mut keeps: impl FnMut(usize) -> bool) {
        self.durable.resize(length, 0);
        for (offset, bytes) in std::mem::take(&mut self.written) {
            let mut from = 0;
            // Pieces of odd lengths: a byte, a few, a sector, a page.
            for piece in [1, 3, 7, 29, 64, 211, 512, 4096].into_iter().cycle() {
                let to = (from + piece).min(bytes.len());
                let (start, end) = ((offset + from).min(length), (offset + to).min(length));
                if keeps(piece) {
                    self.durable[start..end].copy_from_slice(&bytes[from..from + end - start]);
                }
                from = to;
                if from == bytes.len() {
                    break;
                }
            }
        }
        (self.shortest, self.longest) = (self.now.len().min(length), self.now.len().max(length));
    }
}

impl Careless {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rc::new(RefCell::new(State {
            files: Vec::new(),
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            renamed: Vec::new(),
            done: 0,
            fault: None,
            is_dead: false,
            dice: Dice(seed),
        })))
    }

    /// A file that is there, durably.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let mut state = self.0.borrow_mut();
        let length = bytes.len();
        let content = Content {
            now: bytes.to_vec(),
            durable: bytes.to_vec(),
            shortest: length,
            longest: length,
            ..Content::default()
        };
        state.files.push(content);
        let file = state.files.len() - 1;
        state.names.insert(path.into(), file);
        state.durable_names.insert(path.into(), file);
    }

    /// A file as it reads; empty where there is none.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let state = self.0.borrow();
        state.names.get(Path::new(path)).map(|file| state.files[*file].now.clone()).unwrap_or_default()
    }

    /// From now on operation number `at`, counted from one and from now, fails like this.
    pub(crate) fn fails(&self, at: usize, how: How) {
        let mut state = self.0.borrow_mut();
        (state.done, state.fault) = (0, Some((at, how)));
    }

    /// Nothing fails any more. Answers whether the process had died, and begins another.
    pub(crate) fn heals(&self) -> bool {
        let mut state = self.0.borrow_mut();
        state.fault = None;
        std::mem::take(&mut state.is_dead)
    }

    /// The power fails, and comes back.
    pub(crate) fn loses_power(&self) {
        let mut state = self.0.borrow_mut();
        let State { files, names, durable_names, renamed, dice, .. } = &mut *state;
        for file in &mut *files {
            file.scatter(dice);
            file.now.clone_from(&file.durable);
            (file.shortest, file.longest) = (file.now.len(), file.now.len());
        }
        let kept = dice.below(3);
        for changes in std::mem::take(renamed) {
            if kept == 0 || (kept == 1 && dice.chance(2)) {
                change(durable_names, changes);
            }
        }
        names.clone_from(durable_names);
    }
}

fn change(names: &mut BTreeMap<PathBuf, usize>, changes: Vec<(PathBuf, Option<usize>)>) {
    for (path, file) in changes {
        match file {
            Some(file) => names.insert(path, file),
            None => names.remove(&path),
        };
    }
}

fn error<T>(number: i32) -> io::Result<T> {
    Err(io::Error::from_raw_os_error(number))
}

impl State {
    /// Counts an operation, and lets it happen or not. One that writes may be torn.
    fn step<T>(&mut self, go: impl FnOnce(&mut Self) -> io::Result<T>) -> io::Result<T> {
        self.done += 1;
        if self.is_dead {
            return error(EIO);
        }
        match self.fault {
            Some((at, How::Once(number) | How::Tears(number))) if self.done == at => error(number),
            Some((at, How::ForEver(number))) if self.done >= at => error(number),
            Some((at, How::DoneButFailed(number))) if self.done == at => go(self).and_then(|_| error(number)),
            Some((at, How::Dies | How::DiesWriting)) if self.done == at => {
                self.is_dead = true;
                error(EIO)
            }
            _ => go(self),
        }
    }

    /// How an operation that writes is torn, if this one is.
    fn tear(&self) -> Option<How> {
        let (at, how) = self.fault?;
        (at == self.done + 1 && !self.is_dead && matches!(how, How::DiesWriting | How::Tears(_))).then_some(how)
    }

    fn look(&self, file: usize) -> Look {
        let length = self.files[file].now.len() as u64;
        Look { kind: LookKind::Regular, length, names: 1, identity: (1, file as u64), rights: None }
    }

    fn renames(&mut self, changes: Vec<(PathBuf, Option<usize>)>) {
        change(&mut self.names, changes.clone());
        self.renamed.push(changes);
    }
}

impl Files for Careless {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.0.borrow_mut().step(|state| Ok(state.names.get(path).map(|file| state.look(*file))))
    }

    fn open(&self, path: &Path, purpose: Purpose) -> io::Result<Box<dyn OpenFile>> {
        let file = self.0.borrow_mut().step(|state| match (purpose, state.names.get(path)) {
            (Purpose::Creating, Some(_)) => Err(io::ErrorKind::AlreadyExists.into()),
            (_, Some(file)) => Ok(*file),
            (Purpose::Creating | Purpose::Locking, None) => {
                state.files.push(Content::default());
                let file = state.files.len() - 1;
                state.renames(vec![(path.to_owned(), Some(file))]);
                Ok(file)
            }
            (Purpose::Reading | Purpose::Appending | Purpose::Rewriting, None) => Err(io::ErrorKind::NotFound.into()),
        })?;
        Ok(Box::new(Handle { disk: self.clone(), file }))
    }

    fn nameless(&self, _folder: &Path) -> io::Result<Box<dyn OpenFile + Send>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.borrow_mut().step(|state| {
            let file = *state.names.get(from).ok_or(io::ErrorKind::NotFound)?;
            state.renames(vec![(from.to_owned(), None), (to.to_owned(), Some(file))]);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.borrow_mut().step(|state| {
            if !state.names.contains_key(path) {
                return Err(io::ErrorKind::NotFound.into());
            }
            state.renames(vec![(path.to_owned(), None)]);
            Ok(())
        })
    }

    fn create_folder(&self, _path: &Path) -> io::Result<()> {
        self.0.borrow_mut().step(|_| Ok(()))
    }

    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        self.0.borrow_mut().step(|state| {
            state.durable_names.clone_from(&state.names);
            state.renamed.clear();
            Ok(())
        })
    }

    fn list(&self, _folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.0.borrow_mut().step(|state| Ok(state.names.keys().cloned().collect()))
    }
}

struct Handle {
    disk: Careless,
    file: usize,
}

impl Handle {
    fn state(&self) -> RefMut<'_, State> {
        self.disk.0.borrow_mut()
    }

    /// Writes, wholly or torn. Answers how much was written.
    fn write(&self, offset: Option<usize>, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.state();
        let torn = state.tear();
        if torn.is_some() {
            let some = state.dice.index(bytes.len() + 1);
            let file = &mut state.files[self.file];
            file.write(offset.unwrap_or(file.now.len()), &bytes[..some]);
            if some > 0 && matches!(torn, Some(How::Tears(_))) && offset.is_none() {
                // A short write is no error yet; the one after it will be.
                state.done += 1;
                let next = state.done + 1;
                state.fault = state.fault.map(|(_, how)| (next, how));
                return Ok(some);
            }
        }
        let file = self.file;
        state.step(|state| {
            let file = &mut state.files[file];
            file.write(offset.unwrap_or(file.now.len()), bytes);
            Ok(bytes.len())
        })
    }
}

impl OpenFile for Handle {
    fn look(&self) -> io::Result<Look> {
        self.state().step(|state| Ok(state.look(self.file)))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.state().step(|state| {
            let now = &state.files[self.file].now;
            let rest = now.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
            let read = rest.len().min(buffer.len());
            buffer[..read].copy_from_slice(&rest[..read]);
            Ok(read)
        })
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write(None, bytes)
    }

    fn rewrite_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.write(Some(usize::try_from(offset).unwrap()), bytes).map(drop)
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.state().step(|state| {
            let file = &mut state.files[self.file];
            file.now.resize(usize::try_from(length).unwrap(), 0);
            file.stretch();
            Ok(())
        })
    }

    fn sync(&mut self) -> io::Result<()> {
        let synced = self.state().step(|state| {
            state.files[self.file].sync();
            Ok(())
        });
        let mut state = self.state();
        if synced.is_err() && !state.is_dead {
            // After a failed sync the pages are marked clean: what has not landed by now never will.
            let State { files, dice, .. } = &mut *state;
            files[self.file].scatter(dice);
        }
        synced
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        self.state().step(|_| Ok(true))
    }
}
