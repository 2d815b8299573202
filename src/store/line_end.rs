//! A last row that was acknowledged and has lost nothing but its line feed: it is known whole by its digest and by the
//! head, and is completed. It writes nothing.

use std::io;

use super::files::OpenFile;
use super::head::Head;
use super::line::LineReader;
use super::lines::{Found, Lines};
use super::pass::Visitor;
use crate::domain::ledger::Ledger;

/// The ledger with the rows behind `from`, if they need no more than a line feed to end just where the head says.
pub(super) fn completed(
    file: &dyn OpenFile,
    (from, length): (u64, u64),
    ledger: &Ledger,
    head: &Head,
    visitor: &mut dyn Visitor,
) -> io::Result<Option<Ledger>> {
    if length + 1 != head.bytes {
        return Ok(None);
    }
    let mut ledger = ledger.clone();
    let mut reader = LineReader::new();
    let mut lines = Lines::new(file, from, length);
    while let Some((_, found)) = lines.next()? {
        let (Found::Line(bytes) | Found::Unended(bytes)) = found else { return Ok(None) };
        let Ok(line) = reader.read(bytes, &ledger.digest) else { return Ok(None) };
        let holds = line.sealed == line.entry.digest && ledger.admit(&line.entry).is_ok();
        if !holds || visitor.row(&line.entry, bytes).is_err() {
            return Ok(None);
        }
    }
    let is_it = ledger.is_whole() && (ledger.rows, ledger.digest) == (head.seq, head.digest);
    Ok(is_it.then_some(ledger))
}
