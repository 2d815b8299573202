//! Put into the rewritten tree as `mutant`: which mutant lives in this process, and in record mode which were reached.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const UNREAD: usize = usize::MAX;
const RECORD: usize = usize::MAX - 1;
const NONE: usize = usize::MAX - 2;

static WANTED: AtomicUsize = AtomicUsize::new(UNREAD);
static REACHED: [AtomicBool; 1 << 15] = [const { AtomicBool::new(false) }; 1 << 15];

#[inline(always)]
pub(crate) fn is(mutant: usize) -> bool {
    let wanted = WANTED.load(Ordering::Relaxed);
    if wanted < RECORD { wanted == mutant } else { seldom(mutant, wanted) }
}

#[cold]
#[inline(never)]
fn seldom(mutant: usize, mut wanted: usize) -> bool {
    if wanted == UNREAD {
        let number = std::env::var("TAIZHANG_MUTANT").ok().and_then(|number| number.parse().ok());
        let records = std::env::var_os("TAIZHANG_MUTANTS_REACHED").is_some();
        wanted = number.unwrap_or(if records { RECORD } else { NONE });
        WANTED.store(wanted, Ordering::Relaxed);
    }
    if wanted == RECORD && !REACHED[mutant].swap(true, Ordering::Relaxed) {
        record(mutant);
    }
    wanted == mutant
}

/// The file is opened anew each time, so that no descriptor is in anyone's way.
fn record(mutant: usize) {
    if let Some(path) = std::env::var_os("TAIZHANG_MUTANTS_REACHED")
        && let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(path)
    {
        let _ = file.write_all(format!("{mutant}\n").as_bytes());
    }
}
