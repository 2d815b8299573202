//! What stands behind the last row that stands whole: bytes, and what of them still reads as rows. It cuts nothing.

use std::io;

use memchr::memchr;

use super::files::OpenFile;
use super::line::{LineReader, Seals};
use super::lines::{Found, Lines};
use crate::domain::entry::Digest;
use crate::problem::LedgerFault;

/// The bytes behind the whole rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Behind {
    pub(crate) bytes: u64,
    /// How many rows directly behind are sealed right: they were written whole, and belong to this ledger.
    pub(crate) sealed: u64,
    /// Whether further behind a row continues the one before it: what stands between was changed, or put there.
    pub(crate) continues: bool,
    /// Whether a row is sealed right that only a newer version of this program can read.
    pub(crate) is_newer: bool,
}

/// Looks at the bytes from `from`, behind the row with the digest `last`, to `length`.
pub(crate) fn scan(file: &dyn OpenFile, from: u64, length: u64, last: Digest) -> io::Result<Behind> {
    let mut behind = Behind { bytes: length.saturating_sub(from), ..Behind::default() };
    let mut reader = LineReader::new();
    let mut lines = Lines::new(file, from, length);
    // The digests that the row before may have: the one it states, and the one its content has.
    let mut before = vec![last];
    let mut is_whole = true;
    while let Some((offset, found)) = lines.next()? {
        let bytes = match found {
            Found::Line(bytes) => bytes,
            Found::Unended(_) => break,
            Found::TooLong(_) => {
                let Some(next) = next_line(file, offset, length)? else { break };
                lines = Lines::new(file, next, length);
                before = vec![last];
                is_whole = false;
                continue;
            }
        };
        let sealed = before.iter().find_map(|previous| {
            let seals = Seals::of(bytes, previous);
            seals.stated.filter(|_| seals.agree()).map(|digest| (*previous, digest))
        });
        let Some((previous, digest)) = sealed else {
            is_whole = false;
            let seals = Seals::of(bytes, &before[0]);
            before = seals.stated.into_iter().chain(seals.computed).chain([last]).collect();
            continue;
        };
        behind.is_newer |= matches!(reader.read(bytes, &previous), Err((LedgerFault::NewerKind { .. }, _)));
        if !is_whole {
            behind.continues = true;
            break;
        }
        behind.sealed += 1;
        before = vec![digest];
    }
    Ok(behind)
}

/// Where the line after the one at `offset` begins.
fn next_line(file: &dyn OpenFile, offset: u64, length: u64) -> io::Result<Option<u64>> {
    let mut piece = vec![0; 1 << 16];
    let mut at = offset;
    while at < length {
        let read = file.read_at(&mut piece, at)?;
        if read == 0 {
            return Ok(None);
        }
        if let Some(feed) = memchr(b'\n', &piece[..read]) {
            let next = at + feed as u64 + 1;
            return Ok((next < length).then_some(next));
        }
        at += read as u64;
    }
    Ok(None)
}
