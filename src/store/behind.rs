//! What stands behind the last row that stands whole: bytes, and what of them still reads as rows. It cuts nothing.

use std::io;

use super::files::OpenFile;
use super::line::{LineReader, Seals};
use super::lines::{Found, Lines};
use crate::domain::ledger::Ledger;
use crate::problem::LedgerFault;

/// The bytes behind the whole rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Behind {
    pub(crate) bytes: u64,
    /// How many rows directly behind were written whole, as far as they tell: each has its number and a digest.
    pub(crate) rows: u64,
    /// The first of those whose digest does not fit: it was changed since.
    pub(crate) changed: Option<u64>,
    /// Whether further behind there stands a row that begins an append of its own and continues the chain. One append that
    /// broke off can't leave that: acknowledged rows may stand there, and nothing may be cut.
    pub(crate) later_append: bool,
    /// Whether a row is sealed right that only a newer version of this program can read.
    pub(crate) is_newer: bool,
    /// Whether a row is sealed right and only written in another way, with other quotes or CRLF: `restore` loses nothing.
    pub(crate) is_resaved: bool,
}

/// Looks at the bytes from `from`, behind the last row of `ledger`, to `length`.
pub(crate) fn scan(file: &dyn OpenFile, from: u64, length: u64, ledger: &Ledger) -> io::Result<Behind> {
    let mut behind = Behind { bytes: length.saturating_sub(from), ..Behind::default() };
    let last = ledger.digest;
    let mut reader = LineReader::new();
    let mut lines = Lines::new(file, from, length);
    // The digests that the row before may have: the one it states, the one its content has, and, if it was put in, the
    // last row's.
    let mut before = vec![last];
    let (mut is_whole, mut is_row) = (true, true);
    while let Some((offset, found)) = lines.next()? {
        let bytes = match found {
            Found::Line(bytes) => bytes,
            Found::Unended(_) => break,
            Found::TooLong(bytes) => {
                // What is left of it up to its line feed is no row either.
                lines = Lines::new(file, offset + bytes.len() as u64, length);
                before = vec![last];
                (is_whole, is_row) = (false, false);
                continue;
            }
        };
        let row = ledger.rows + behind.rows + 1;
        let plain = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let seals = Seals::of(plain, &before[0]);
        is_row = is_row && seals.stated.is_some() && bytes.starts_with(format!("{row},").as_bytes());
        behind.rows += u64::from(is_row);
        let sealed = before.iter().find_map(|previous| {
            let seals = Seals::of(plain, previous);
            seals.stated.filter(|_| seals.agree()).map(|digest| (*previous, digest))
        });
        let Some((previous, digest)) = sealed else {
            behind.changed = behind.changed.or(Some(row).filter(|_| is_row));
            is_whole = false;
            before = seals.stated.into_iter().chain(seals.computed).chain([last]).collect();
            continue;
        };
        let read = reader.read(bytes, &previous);
        behind.is_newer |= matches!(&read, Err((LedgerFault::NewerKind { .. } | LedgerFault::Columns { .. }, _)));
        let is_otherwise_written = LedgerFault::ControlByte { byte: b'\r' };
        behind.is_resaved |=
            matches!(&read, Err((fault, _)) if *fault == LedgerFault::NotCanonical || *fault == is_otherwise_written);
        // What can't be read may be anything; the rest of a batch is no append of its own.
        let is_the_rest = read.is_ok_and(|line| line.entry.batch.is_some_and(|batch| batch.place > 1));
        if !is_whole && !is_the_rest {
            behind.later_append = true;
            break;
        }
        before = if is_whole { vec![digest] } else { vec![digest, last] };
    }
    Ok(behind)
}
