//! The one pass over a ledger: every line read, sealed against the chain, held against the rules between rows and the
//! head, and shown to a visitor. It finds where the verified rows end, and whether what follows is an unfinished
//! append or damage. It changes nothing.

use std::io;
use std::ops::Range;
use std::path::Path;

use super::behind;
use super::diagnosis;
use super::files::OpenFile;
use super::fork::{self, Fork};
use super::head::Head;
use super::line::{COLUMNS, LineReader, Seals, column_span, is_of_sealed_rows};
use super::lines::{Found, Lines};
use super::source;
use super::stretches;
use crate::domain::entry::{Batch, Digest, Entry};
use crate::domain::ledger::Ledger;
use crate::domain::sign::Sign;
use crate::problem::{LedgerFault, Problem};

/// Sees every verified row once, in order.
pub(crate) trait Visitor: Send {
    /// A row and its line in the file (line feed left off). A fault stops the pass at this row.
    ///
    /// # Errors
    /// What this visitor finds wrong with the row, beyond what the pass itself checks.
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault>;

    /// One that has seen nothing, for the rows after those of `ledger`, and how to take over what it has seen when its turn
    /// comes; `None` where the rows must be seen one after another.
    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>>
    where
        Self: Sized,
    {
        None
    }

    /// Whether one for rows further on has kept what it saw; where that was too much, the rows are shown again in order.
    fn has_all(&self) -> bool {
        true
    }
}

/// A visitor for rows further on.
pub(crate) struct Further<V> {
    pub(crate) visitor: V,
    /// Adds what the second has seen to what the first has.
    pub(crate) join: fn(&mut V, V),
}

/// A visitor for passes that only want the ledger's state.
pub(crate) struct Unseen;

// No test can tell whether it is shown rows on several processors: it wants none.
impl Visitor for Unseen {
    fn row(&mut self, _entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        Ok(())
    }

    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>> {
        Some(Further { visitor: Self, join: |_, _| () })
    }
}

/// What a pass found.
#[derive(Debug)]
pub(crate) struct Pass {
    /// The state after the last whole row.
    pub(crate) ledger: Ledger,
    /// Where the whole, verified rows end, in bytes.
    pub(crate) bytes: u64,
    /// Bytes of an unfinished append behind them; never counted.
    pub(crate) tail: u64,
    pub(crate) damage: Option<Damage>,
}

/// Where and why the ledger stopped holding.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) problem: Problem,
    /// The row that doesn't hold, by its place in the file; none where all rows hold and only how far they should reach
    /// can't be told.
    pub(crate) row: Option<u64>,
}

/// Reads the first `length` bytes of a ledger. A visitor made by `fresh` sees the whole, verified rows and no others.
pub(crate) fn run<V: Visitor>(
    file: &dyn OpenFile,
    path: &Path,
    length: u64,
    head: Option<&Head>,
    fresh: impl Fn() -> V,
) -> io::Result<(Pass, V)> {
    if let Some((ledger, visitor)) = stretches::read(file, length, head, fresh())? {
        return Ok((Pass { ledger, bytes: length, tail: 0, damage: None }, visitor));
    }
    let mut visitor = fresh();
    let walk = walk(file, length, head, &mut visitor)?;
    let short = |ledger: &Ledger| head.filter(|head| ledger.rows < head.seq);
    let Some(stop) = walk.stop else {
        let damage = short(&walk.ledger).map(|head| shorter(head, &walk.ledger));
        return Ok((Pass { ledger: walk.ledger, bytes: walk.whole, tail: 0, damage }, visitor));
    };
    // Rows of an unfinished batch were seen, so the whole rows are walked once more for their own sake.
    let mut visitor = fresh();
    let again = self::walk(file, walk.whole, None, &mut visitor)?;
    let mut pass = Pass { ledger: again.ledger, bytes: walk.whole, tail: length - walk.whole, damage: None };
    if !is_unfinished(file, &stop, (walk.whole, &pass.ledger), head, length)? {
        pass.tail = 0;
        pass.damage = Some(match head {
            Some(head) if stop.lacks_only_its_line_feed(head, length) => {
                Damage { problem: LedgerFault::LineFeedMissing { row: head.seq }.into(), row: Some(stop.row) }
            }
            Some(head) if stop.is_end && length < head.bytes => shorter(head, &pass.ledger),
            _ => damage(file, path, length, stop)?,
        });
    }
    Ok((pass, visitor))
}

/// How far the rows of a ledger hold by themselves, whatever its head says. The visitor sees the whole ones and no others.
pub(super) fn reach<V: Visitor>(file: &dyn OpenFile, length: u64, fresh: impl Fn() -> V) -> io::Result<(Walk, V)> {
    let mut visitor = fresh();
    let found = walk(file, length, None, &mut visitor)?;
    if found.stop.is_none() {
        return Ok((found, visitor));
    }
    let mut visitor = fresh();
    let again = walk(file, found.whole, None, &mut visitor)?;
    Ok((Walk { ledger: again.ledger, ..found }, visitor))
}

/// Whether what stands behind the whole rows is what an append that broke off has left, never acknowledged.
pub(super) fn is_unfinished(
    file: &dyn OpenFile,
    stop: &Stop,
    (whole, ledger): (u64, &Ledger),
    head: Option<&Head>,
    length: u64,
) -> io::Result<bool> {
    match head {
        Some(head) => {
            let is_torn = stop.may_be_torn && whole >= head.bytes;
            let is_behind = is_torn && !behind::scan(file, whole, length, ledger)?.later_append;
            Ok(is_behind && fork::found(file, length, stop)?.is_none())
        }
        None => Ok(stop.is_end || is_all_nul(file, stop.offset, length)?),
    }
}

pub(super) struct Walk {
    pub(super) ledger: Ledger,
    /// Where the last row or batch that stands whole ends.
    pub(super) whole: u64,
    pub(super) stop: Option<Stop>,
}

/// The line a walk stopped at.
pub(super) struct Stop {
    pub(super) offset: u64,
    pub(super) line: usize,
    row: u64,
    pub(super) fault: LedgerFault,
    span: Range<usize>,
    pub(super) bytes: Vec<u8>,
    /// The digest of the row before it.
    pub(super) previous: Digest,
    /// Nothing failed but the end came too early: no line feed, or a batch unfinished.
    is_end: bool,
    /// An append that broke off can have left this; a row that reads and is sealed right, it can't.
    may_be_torn: bool,
}

impl Stop {
    /// Whether this is the last row that the head knows of, whole but for its line feed.
    fn lacks_only_its_line_feed(&self, head: &Head, length: u64) -> bool {
        let seals = Seals::of(&self.bytes, &self.previous);
        self.is_end && length + 1 == head.bytes && seals.agree() && seals.stated == Some(head.digest)
    }
}

fn walk(
    file: &dyn OpenFile,
    length: u64,
    head: Option<&Head>,
    visitor: &mut (impl Visitor + ?Sized),
) -> io::Result<Walk> {
    let mut walk = walk_on(file, 0..length, Ledger::default(), head, visitor)?;
    if let (None, Some(Batch { place, count })) = (&walk.stop, walk.ledger.running()) {
        walk.stop = Some(Stop {
            offset: length,
            line: usize::try_from(walk.ledger.rows).unwrap_or(usize::MAX).saturating_add(2),
            // None of the batch counts.
            row: walk.ledger.rows + 1 - place,
            fault: LedgerFault::BatchCutShort { place, count },
            span: 0..0,
            bytes: Vec::new(),
            previous: walk.ledger.digest,
            is_end: true,
            may_be_torn: true,
        });
    }
    Ok(walk)
}

/// Walks the lines of one stretch of the file, which begins where a line does. `ledger` is the state after the lines before
/// it; only the first stretch has the header.
pub(super) fn walk_on(
    file: &dyn OpenFile,
    stretch: Range<u64>,
    ledger: Ledger,
    head: Option<&Head>,
    visitor: &mut (impl Visitor + ?Sized),
) -> io::Result<Walk> {
    let mut number = if stretch.start == 0 { 0 } else { usize::try_from(ledger.rows).unwrap_or(usize::MAX) + 1 };
    let mut lines = Lines::new(file, stretch.start, stretch.end);
    let mut reader = LineReader::new();
    let mut walk = Walk { ledger, whole: stretch.start, stop: None };
    while let Some((offset, found)) = lines.next()? {
        number += 1;
        let (row, previous) = (walk.ledger.rows + 1, walk.ledger.digest);
        let stop = |fault, span, bytes: &[u8], is_end| Stop {
            offset,
            line: number,
            row,
            fault,
            span,
            bytes: bytes.to_vec(),
            previous,
            is_end,
            may_be_torn: true,
        };
        let bytes = match found {
            Found::Line(bytes) => bytes,
            Found::Unended(bytes) => {
                let fault = reader.read(bytes, &Digest::default()).err();
                let (fault, span) = fault.unwrap_or((LedgerFault::Unended, bytes.len()..bytes.len()));
                walk.stop = Some(stop(fault, span, bytes, true));
                break;
            }
            Found::TooLong(bytes) => {
                let fault = LedgerFault::TooLong { most: super::line::LONGEST_LINE };
                walk.stop = Some(stop(fault, 0..0, &bytes[..256], false));
                break;
            }
        };
        let end = offset + bytes.len() as u64 + 1;
        if number == 1 {
            if bytes != COLUMNS.join(",").as_bytes() {
                walk.stop = Some(stop(LedgerFault::Header, 0..bytes.len(), bytes, false));
                break;
            }
            walk.whole = end;
            continue;
        }
        if let Err((fault, span)) = take(&mut walk.ledger, &mut reader, bytes, visitor, head, end) {
            // A broken append leaves no row sealed right: one of a newer format, or that only breaks a rule, is whole.
            let may_be_torn = !is_of_sealed_rows(bytes, &previous);
            walk.stop = Some(Stop { may_be_torn, ..stop(fault, span, bytes, false) });
            break;
        }
        if walk.ledger.is_whole() {
            walk.whole = end;
        }
    }
    Ok(walk)
}

/// One line through every check.
fn take(
    ledger: &mut Ledger,
    reader: &mut LineReader,
    bytes: &[u8],
    visitor: &mut (impl Visitor + ?Sized),
    head: Option<&Head>,
    end: u64,
) -> Result<(), (LedgerFault, Range<usize>)> {
    let row = ledger.rows + 1;
    let line = reader.read(bytes, &ledger.digest)?;
    // A row out of its place can't be sealed right, and is better called by its place.
    if line.sealed != line.entry.digest && line.entry.seq == row {
        return Err((LedgerFault::Hash { row }, column_span(bytes, "seq")));
    }
    ledger.admit(&line.entry).map_err(|breach| {
        let span = column_span(bytes, breach.column());
        (LedgerFault::Breach { row, breach }, span)
    })?;
    if head.is_some_and(|head| head.seq == row && (head.digest != line.entry.digest || head.bytes != end)) {
        return Err((LedgerFault::HeadDiffers { row }, column_span(bytes, "seq")));
    }
    visitor.row(&line.entry, bytes).map_err(|fault| (fault, column_span(bytes, "seq")))
}

fn shorter(head: &Head, ledger: &Ledger) -> Damage {
    let fault = LedgerFault::ShorterThanHead { head_rows: head.seq, rows: ledger.rows };
    Damage { problem: fault.into(), row: Some(ledger.rows + 1) }
}

/// Shows the rows before `end` to a visitor that is no judge of them.
pub(super) fn digests(file: &dyn OpenFile, end: u64, visitor: &mut dyn Visitor) -> io::Result<()> {
    walk(file, end, None, visitor).map(drop)
}

fn damage(file: &dyn OpenFile, path: &Path, length: u64, stop: Stop) -> io::Result<Damage> {
    if let Some(Fork { row, line, bytes }) = fork::found(file, length, &stop)? {
        let place = source::place(path, line, &String::from_utf8_lossy(&bytes), column_span(&bytes, "seq"));
        return Ok(Damage { problem: Problem::from(LedgerFault::Fork { row }).at(place), row: Some(stop.row) });
    }
    let mut beginning = vec![0; 4096];
    let read = file.read_at(&mut beginning, 0)?;
    let fault = diagnosis::diagnosed(&beginning[..read], &stop.bytes, stop.fault);
    // In its own encoding a re-saved line is readable, and the reader sees which row it is.
    let in_gb18030 = matches!(&fault, LedgerFault::Resaved { signs } if signs.contains(&Sign::Gb18030));
    let text = if in_gb18030 { diagnosis::from_gb18030(&stop.bytes) } else { String::from_utf8_lossy(&stop.bytes) };
    let place = source::place(path, stop.line, &text, stop.span);
    Ok(Damage { problem: Problem::from(fault).at(place), row: Some(stop.row) })
}

// No test can tell how much is asked for at a time: nothing stands behind a file's end.
fn is_all_nul(file: &dyn OpenFile, from: u64, length: u64) -> io::Result<bool> {
    let mut piece = vec![0; 64 * 1024];
    let mut offset = from;
    while offset < length {
        let wanted = usize::try_from(length - offset).unwrap_or(usize::MAX).min(piece.len());
        let read = file.read_at(&mut piece[..wanted], offset)?;
        if read == 0 || piece[..read].iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        offset += read as u64;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::grid::one_file::OneFile;
    use super::*;

    #[test]
    fn one_byte_that_is_no_nul_is_found_however_far_behind() {
        for length in [0, 1, 65_536, 65_537, 200_000] {
            let mut bytes = vec![0; length + 3];
            let is_all = |bytes: &[u8]| is_all_nul(&OneFile::new(bytes), 3, bytes.len() as u64).expect("memory");
            bytes[..3].fill(b'x');
            assert!(is_all(&bytes), "{length}");
            if let Some(last) = bytes[3..].last_mut() {
                *last = b'x';
                assert!(!is_all(&bytes), "{length}");
            }
        }
    }
}
