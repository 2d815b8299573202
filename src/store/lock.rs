//! One writer at a time: a kernel lock on `<ledger>.lock`, never on the ledger itself, and never a guess. No lock, no write.

use std::path::Path;
use std::time::Duration;

use super::files::{Files, LookKind, OpenFile, Purpose, Rights, beside};
use super::whole;
use crate::problem::{Doing, FileFault, Problem};

/// How long a writer waits for another, in seconds.
pub(crate) const PATIENCE: u64 = 10;

/// Between two tries; short at first, for most writers are gone in milliseconds.
const PAUSES: [u64; 5] = [2, 5, 10, 20, 50];

/// The lock, held until dropped; the kernel frees it when the process dies.
pub(crate) struct Lock {
    _file: Box<dyn OpenFile>,
}

/// Takes the ledger's lock, waiting at most [`PATIENCE`] seconds; `wait` passes the time.
pub(crate) fn take(files: &dyn Files, ledger: &Path, wait: &dyn Fn(Duration)) -> Result<Lock, Problem> {
    let path = beside(ledger, ".lock");
    let failed = |error| Problem::from(FileFault::Io { doing: Doing::Locking, path: path.clone(), error });
    let standing = files.look(&path).map_err(failed)?;
    if standing.is_some_and(|look| look.kind != LookKind::Regular) {
        return Err(FileFault::NotRegular { path }.into());
    }
    let mut file = files.open(&path, Purpose::Locking).map_err(failed)?;
    // Whoever may write the ledger must be able to lock it. Its owner may, even while the ledger is for reading only.
    if standing.is_none()
        && let Some(rights) = files.look(ledger).map_err(failed)?.and_then(|look| look.rights)
    {
        whole::give(&mut *file, Rights { mode: rights.mode | 0o600, ..rights });
    }
    let mut waited = 0;
    for tries in 0.. {
        if file.try_lock().map_err(failed)? {
            return Ok(Lock { _file: file });
        }
        if waited >= PATIENCE * 1000 {
            break;
        }
        let pause = PAUSES[tries.min(PAUSES.len() - 1)];
        wait(Duration::from_millis(pause));
        waited += pause;
    }
    Err(FileFault::Busy { path, seconds: PATIENCE }.into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::cell::RefCell;
    use std::os::unix::fs::PermissionsExt;

    use super::super::disk::Disk;
    use super::*;

    #[test]
    fn a_lock_is_waited_for_in_short_steps_and_not_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::rooted(folder.path().to_owned());
        std::fs::write(folder.path().join("ledger.csv"), "").expect("a file");
        let ledger = Path::new("ledger.csv");
        let held = take(&disk, ledger, &|_| panic!("nobody is in the way")).unwrap_or_else(|_| panic!("it is free"));
        let waited = RefCell::new(Vec::new());
        assert!(take(&disk, ledger, &|pause| waited.borrow_mut().push(pause)).is_err());
        let waited = waited.into_inner();
        let all: Duration = waited.iter().sum();
        assert!(all >= Duration::from_secs(PATIENCE) && all < Duration::from_millis(PATIENCE * 1000 + 50), "{all:?}");
        assert_eq!(waited[..6].iter().map(Duration::as_millis).collect::<Vec<_>>(), [2, 5, 10, 20, 50, 50]);
        drop(held);
        assert!(take(&disk, ledger, &|_| panic!("nobody is in the way")).is_ok());
    }

    /// A ledger may be for reading only, and its owner must be able to lock it all the same.
    #[test]
    fn the_lock_has_the_ledgers_rights_and_its_owner_may_take_it() {
        for (mode, of_lock) in [(0o640, 0o640), (0o440, 0o640)] {
            let folder = tempfile::tempdir().expect("a folder");
            let disk = Disk::rooted(folder.path().to_owned());
            let ledger = folder.path().join("ledger.csv");
            std::fs::write(&ledger, "").expect("a file");
            std::fs::set_permissions(&ledger, std::fs::Permissions::from_mode(mode)).expect("set");
            assert!(take(&disk, Path::new("ledger.csv"), &|_| ()).is_ok());
            let lock = std::fs::metadata(folder.path().join("ledger.csv.lock")).expect("a lock");
            assert_eq!(lock.permissions().mode() & 0o777, of_lock, "{mode:o}");
        }
    }
}
