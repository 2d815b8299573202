//! Tries out the place where a ledger is kept: lock, sync, append, rename; and looks at its names, rights, disk and what
//! was left there. Its own files are taken away again, whatever happens; the ledger itself is never written to.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{Files, LookKind, OpenFile, Purpose, beside, folder_of, read_stretch};
use super::machine::{Machine, Place};
use super::whole;
use crate::problem::{Check, Finding, Leftover};

/// What the names of its own files end in.
const ENDING: &str = ".probe";

/// Below this, free space is worth a note, and below that nothing should be written: in bytes.
const LITTLE: u64 = 100 << 20;
const HARDLY_ANY: u64 = 10 << 20;

/// Where a ledger is, or will be.
pub(crate) struct Site<'f> {
    pub(crate) files: &'f dyn Files,
    pub(crate) machine: &'f dyn Machine,
    pub(crate) ledger: PathBuf,
}

/// The probe files, taken away when dropped.
struct Probes<'f> {
    files: &'f dyn Files,
    paths: Vec<PathBuf>,
}

// No test can tell: whatever ends as it should has taken them away by then, and said so.
impl Drop for Probes<'_> {
    fn drop(&mut self) {
        for path in &self.paths {
            let _ = self.files.remove(path);
        }
    }
}

impl Site<'_> {
    /// The ledger's own name and rights; nothing is opened for writing that isn't there.
    pub(crate) fn names_and_rights(&self) -> Vec<Finding> {
        let shown = || self.ledger.display().to_string();
        let mut found = Vec::new();
        let is_there = match self.files.look(&self.ledger) {
            Err(_) => {
                found.push(Finding::Unchecked(Check::Names));
                false
            }
            Ok(None) => false,
            Ok(Some(look)) => {
                found.push(match look.kind {
                    LookKind::Link => Finding::SymbolicLink { path: shown() },
                    LookKind::Folder | LookKind::Other => Finding::NotAFile { path: shown() },
                    LookKind::Regular if look.names > 1 => Finding::HardLinks { path: shown(), names: look.names },
                    LookKind::Regular => Finding::OneName,
                });
                look.kind == LookKind::Regular
            }
        };
        if is_there {
            found.push(match self.files.open(&self.ledger, Purpose::Appending) {
                Ok(_) => Finding::Writable,
                Err(error) => Finding::NotWritable { path: shown(), error },
            });
        }
        found
    }

    /// What the folder can do, tried out.
    pub(crate) fn trials(&self) -> Vec<Finding> {
        let mut probes = Probes { files: self.files, paths: Vec::new() };
        let mut found = Vec::new();
        let (path, file) = match self.probe() {
            Ok(made) => made,
            Err(error) => {
                let path = folder_of(&self.ledger).display().to_string();
                found.push(Finding::NotWritable { path, error });
                found.extend(self.rights(None));
                found.extend([Check::Lock, Check::Sync, Check::Append, Check::Rename].map(Finding::Unchecked));
                return found;
            }
        };
        probes.paths.push(path.clone());
        found.extend(self.rights(Some(&path)));
        found.push(self.lock(&path));
        found.extend(self.own_lock());
        found.push(self.sync(file));
        found.push(self.append(&path));
        found.push(self.rename(&path, &mut probes));
        for path in std::mem::take(&mut probes.paths) {
            let _ = self.files.remove(&path);
            // What can't be looked at any more may be there still.
            if !matches!(self.files.look(&path), Ok(None)) {
                found.push(Finding::ProbeLeft { path: path.display().to_string() });
            }
        }
        found
    }

    /// A trial file: what anyone here makes, and not what the ledger's own rights would make of it.
    fn probe(&self) -> io::Result<(PathBuf, Box<dyn OpenFile>)> {
        whole::unused_name_like(self.files, &self.ledger, ENDING, folder_of(&self.ledger))
    }

    /// Who may write, and to whom the files belong. A file just made is our own, whoever we are.
    fn rights(&self, probe: Option<&Path>) -> Vec<Finding> {
        const ANYONE: u32 = 0o002;
        const STICKY: u32 = 0o1000;
        let ours = probe.and_then(|probe| self.machine.place(probe).owner);
        let folder = folder_of(&self.ledger);
        let mut found = Vec::new();
        let mut known = false;
        for path in [folder, &self.ledger] {
            let Place { owner, mode, .. } = self.machine.place(path);
            let shown = || path.display().to_string();
            if let Some(mode) = mode {
                known = true;
                // In a folder with the sticky bit nobody takes away what is another's, but anyone may add a name.
                if mode & ANYONE != 0 && (path != folder || mode & STICKY == 0) {
                    found.push(Finding::AnyoneMayWrite { path: shown() });
                }
            }
            if owner.is_some() && ours.is_some() && owner != ours {
                found.push(Finding::OtherOwner { path: shown() });
            }
        }
        match (known, found.is_empty()) {
            (false, true) => vec![Finding::Unchecked(Check::Rights)],
            (true, true) => vec![Finding::Rights],
            (_, false) => found,
        }
    }

    /// Whether a lock keeps out another process; where none can be started, at least another handle.
    fn lock(&self, path: &Path) -> Finding {
        let fails = |error: io::Error| Finding::LockFails { error };
        let mut file = match self.files.open(path, Purpose::Locking) {
            Ok(file) => file,
            Err(error) => return fails(error),
        };
        match file.try_lock() {
            Ok(true) => {}
            Ok(false) => return Finding::LockExcludesNothing,
            Err(error) => return fails(error),
        }
        let arguments = ["doctor", "--try-lock"].map(OsStr::new);
        match self.machine.run_again(&[arguments[0], arguments[1], path.as_os_str()]) {
            Some(code) if code == crate::problem::Exit::Busy as i32 => return Finding::LockExcludes,
            Some(0) => return Finding::LockExcludesNothing,
            Some(_) | None => {}
        }
        let second = self.files.open(path, Purpose::Locking).and_then(|mut second| second.try_lock());
        match second {
            Ok(false) => Finding::LockExcludesHere,
            Ok(true) => Finding::LockExcludesNothing,
            Err(error) => fails(error),
        }
    }

    /// What stands in the way of the ledger's own lock, or who has it just now. It is let go at once where nobody has.
    fn own_lock(&self) -> Option<Finding> {
        let path = beside(&self.ledger, ".lock");
        let shown = || path.display().to_string();
        let tried = || match self.files.look(&path)? {
            None => Ok(None),
            Some(look) if look.kind != LookKind::Regular => Ok(Some(Finding::LockNotAFile { path: shown() })),
            Some(_) => {
                let is_free = self.files.open(&path, Purpose::Locking)?.try_lock()?;
                Ok((!is_free).then_some(Finding::LockHeld))
            }
        };
        tried().unwrap_or_else(|error| Some(Finding::OwnLockFails { path: shown(), error }))
    }

    /// What stands where the head should, if that is no file that can be read.
    pub(crate) fn head(&self) -> Option<Finding> {
        let path = beside(&self.ledger, ".head");
        let tried = || match self.files.look(&path)? {
            None => Ok(None),
            Some(look) if look.kind != LookKind::Regular => Ok(Some(Finding::HeadNotAFile)),
            Some(_) => self.files.open(&path, Purpose::Reading)?.read_at(&mut [0], 0).map(|_| None),
        };
        tried().unwrap_or_else(|error| Some(Finding::HeadNotRead { error }))
    }

    fn sync(&self, mut file: Box<dyn OpenFile>) -> Finding {
        let written = whole::write_all(&mut *file, b"first\n").and_then(|()| file.sync());
        match written.and_then(|()| whole::sync_name(self.files, &self.ledger)) {
            Ok(()) => Finding::SyncWorks,
            Err(error) => Finding::SyncFails { error },
        }
    }

    /// Whether what is appended lands behind what is there, and reads back.
    fn append(&self, path: &Path) -> Finding {
        let tried = self.files.open(path, Purpose::Appending).and_then(|mut file| {
            let before = file.look()?.length;
            whole::write_all(&mut *file, b"2\n")?;
            let other = self.files.open(path, Purpose::Reading)?;
            let length = other.look()?.length;
            let stands = read_stretch(&*other, before, 2)?;
            if length == before + 2 && stands == b"2\n" { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
        });
        match tried {
            Ok(()) => Finding::AppendWorks,
            Err(error) => Finding::AppendFails { error },
        }
    }

    /// Whether a renamed file takes the place of the one that had its name.
    fn rename(&self, path: &Path, probes: &mut Probes<'_>) -> Finding {
        let tried = self.probe().and_then(|(new, mut file)| {
            probes.paths.push(new.clone());
            whole::write_all(&mut *file, b"new\n").and_then(|()| file.sync())?;
            self.files.rename(&new, path)?;
            let file = self.files.open(path, Purpose::Reading)?;
            let is_new = file.look()?.length == 4 && read_stretch(&*file, 0, 4)? == b"new\n";
            let is_gone = self.files.look(&new)?.is_none();
            if is_new && is_gone { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
        });
        match tried {
            Ok(()) => Finding::RenameReplaces,
            Err(error) => Finding::RenameFails { error },
        }
    }

    /// How much room there is, and what kind of disk it is.
    pub(crate) fn disk(&self) -> Vec<Finding> {
        let Place { free, file_system, read_only, .. } = self.machine.place(folder_of(&self.ledger));
        let space = match free {
            None => Finding::Unchecked(Check::Space),
            Some(free) if free < HARDLY_ANY => Finding::NoSpace { free },
            Some(free) if free < LITTLE => Finding::LittleSpace { free },
            Some(free) => Finding::Space { free },
        };
        let disk = match file_system {
            None => Finding::Unchecked(Check::Disk),
            Some(kind) if read_only == Some(true) => Finding::ReadOnlyDisk { kind },
            Some(kind) => kind_of_disk(kind),
        };
        vec![space, disk]
    }

    /// What was left beside the ledger by writes, repairs and trials that broke off, or kept on purpose.
    pub(crate) fn leftovers(&self) -> Vec<Finding> {
        let Ok(paths) = self.files.list(folder_of(&self.ledger)) else {
            return vec![Finding::Unchecked(Check::Leftovers)];
        };
        let own = self.ledger.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut found = Vec::new();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(ending) = name.strip_prefix(&own) else { continue };
            let kinds = [
                (".torn-", Leftover::Torn),
                (".broken-", Leftover::Broken),
                (".head.broken-", Leftover::Broken),
                (".resaved-", Leftover::Resaved),
                (".restored", Leftover::Restored),
                (".new-", Leftover::New),
                (".head.new-", Leftover::New),
                (".import-", Leftover::Import),
                (".probe-", Leftover::Probe),
            ];
            if let Some((_, kind)) = kinds.into_iter().find(|(known, _)| ending.starts_with(known)) {
                found.push(Finding::Leftover { path: path.display().to_string(), kind });
            }
        }
        if found.is_empty() { vec![Finding::NothingLeft] } else { found }
    }
}

/// Tries to take the lock that another process is trying out.
pub(crate) fn try_lock(files: &dyn Files, path: &Path) -> io::Result<bool> {
    // Only a file that is there: this makes none.
    if files.look(path)?.is_none_or(|look| look.kind != LookKind::Regular) {
        return Err(io::ErrorKind::NotFound.into());
    }
    files.open(path, Purpose::Locking)?.try_lock()
}

fn kind_of_disk(kind: String) -> Finding {
    const LOCAL: [&str; 12] =
        ["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "apfs", "hfs", "jfs", "ntfs3"];
    const NETWORK: [&str; 14] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "gfs2",
        "ocfs2",
        "vboxsf",
        "virtiofs",
    ];
    const MEMORY: [&str; 3] = ["tmpfs", "ramfs", "devtmpfs"];
    const PLAIN: [&str; 4] = ["vfat", "exfat", "msdos", "fuseblk"];
    let is = |list: &[&str]| list.contains(&kind.as_str());
    match () {
        () if is(&LOCAL) => Finding::LocalDisk { kind },
        () if is(&NETWORK) || kind.starts_with("fuse.") => Finding::NetworkShare { kind },
        () if is(&MEMORY) => Finding::MemoryDisk { kind },
        () if is(&PLAIN) => Finding::PlainDisk { kind },
        () if kind == "overlay" || kind == "aufs" => Finding::ContainerDisk { kind },
        () => Finding::UnknownDisk { kind },
    }
}
