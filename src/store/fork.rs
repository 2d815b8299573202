//! Two rows of one number, both sealed after the row before it: two writers who did not see each other. Neither row is
//! what a broken write left, so neither is cut away; which of them stays is for people to say.

use std::io;

use super::files::OpenFile;
use super::line::{LineReader, Seals};
use super::lines::{Found, Lines};
use super::pass::{Stop, Visitor, digests};
use crate::domain::entry::{Digest, Entry};
use crate::domain::ledger::Breach;
use crate::problem::LedgerFault;

/// The second of two rows of one number.
pub(super) struct Fork {
    pub(super) row: u64,
    /// The line it stands in, and its bytes.
    pub(super) line: usize,
    pub(super) bytes: Vec<u8>,
}

/// Whether a pass stopped at a fork: at its second row, or at the first, where the head knows the other.
pub(super) fn found(file: &dyn OpenFile, length: u64, stop: &Stop) -> io::Result<Option<Fork>> {
    if let LedgerFault::HeadDiffers { row } = stop.fault {
        return second(file, length, stop, row);
    }
    let LedgerFault::Breach { breach: Breach::Seq { found, expected }, .. } = stop.fault else { return Ok(None) };
    if !(1..expected).contains(&found) {
        return Ok(None);
    }
    let mut first = Digests { seq: found, before: Digest::default(), at: None };
    digests(file, stop.offset, &mut first)?;
    let is_second = is_sealed_after(&stop.bytes, &first.before, first.at);
    Ok(is_second.then(|| Fork { row: found, line: stop.line, bytes: stop.bytes.clone() }))
}

/// A later row of the same number that is sealed after the same row.
fn second(file: &dyn OpenFile, length: u64, stop: &Stop, row: u64) -> io::Result<Option<Fork>> {
    let mut lines = Lines::new(file, stop.offset, length);
    let mut reader = LineReader::new();
    let mut number = stop.line;
    let first = Seals::of(&stop.bytes, &stop.previous).stated;
    while let Some((_, Found::Line(bytes))) = lines.next()? {
        let is_named = reader.read(bytes, &stop.previous).is_ok_and(|line| line.entry.seq == row);
        if is_named && is_sealed_after(bytes, &stop.previous, first) {
            return Ok(Some(Fork { row, line: number, bytes: bytes.to_vec() }));
        }
        number += 1;
    }
    Ok(None)
}

/// Whether a line is one of its own, not the first again, and was sealed after `previous`.
fn is_sealed_after(bytes: &[u8], previous: &Digest, first: Option<Digest>) -> bool {
    let seals = Seals::of(bytes, previous);
    seals.agree() && seals.stated != first
}

/// The digests of a row and of the row before it.
struct Digests {
    seq: u64,
    before: Digest,
    at: Option<Digest>,
}

impl Visitor for Digests {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        if entry.seq + 1 == self.seq {
            self.before = entry.digest;
        }
        if entry.seq == self.seq {
            self.at = Some(entry.digest);
        }
        Ok(())
    }
}
