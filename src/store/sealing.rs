//! What a close row seals: rows, bytes, and the plain digests of everything before it, as an auditor's stock tools see it.

use std::io;

use super::chain::PlainDigests;
use super::files::{OpenFile, read_stretch};
use super::line::COLUMNS;
use crate::problem::LedgerFault;

/// Bytes that are read at once.
const PIECE: u64 = 1 << 18;

/// A close row: what it states, and where what it states that of ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) row: u64,
    /// How many bytes stand before it.
    pub(super) bytes: u64,
    pub(super) memo: String,
}

/// Everything up to some row, as it would be sealed by a close row next.
#[derive(Clone)]
pub(crate) struct Sealing {
    plain: PlainDigests,
    rows: u64,
    bytes: u64,
}

impl Sealing {
    /// The header, which stands before the first row.
    pub(crate) fn new() -> Self {
        let mut sealing = Self { plain: PlainDigests::default(), rows: 0, bytes: 0 };
        sealing.line(COLUMNS.join(",").as_bytes());
        sealing
    }

    /// Takes one more row's line, its line feed left off.
    pub(crate) fn take(&mut self, line: &[u8]) {
        self.line(line);
        self.rows += 1;
    }

    fn line(&mut self, line: &[u8]) {
        self.plain.take(line);
        self.plain.take(b"\n");
        self.bytes += line.len() as u64 + 1;
    }

    /// Rows so far, the header left out.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes so far: what `head -c` is told.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The plain SHA-256 and SM3 so far, as lower-case hex.
    pub(crate) fn digests(&self) -> (String, String) {
        self.plain.so_far()
    }

    fn parts(&self) -> [(&'static str, String); 4] {
        let (sha256, sm3) = self.digests();
        [("rows", self.rows.to_string()), ("bytes", self.bytes.to_string()), ("sha256", sha256), ("sm3", sm3)]
    }

    /// The close row's memo, `rows=…;bytes=…;sha256=…;sm3=…`.
    pub(crate) fn memo(&self) -> String {
        self.parts().map(|(field, value)| format!("{field}={value}")).join(";")
    }

    /// Whether a close row with this memo states what stands before it.
    pub(crate) fn check(&self, row: u64, memo: &str) -> Result<(), LedgerFault> {
        let mut stated = memo.split(';');
        for (field, value) in self.parts() {
            if stated.next() != Some(&format!("{field}={value}")) {
                return Err(LedgerFault::CloseDigest { row, field });
            }
        }
        if stated.next().is_some() { Err(LedgerFault::CloseDigest { row, field: "memo" }) } else { Ok(()) }
    }

    /// Takes what a file that is known to hold has before a close.
    fn take_up_to(&mut self, file: &dyn OpenFile, close: &Close) -> io::Result<()> {
        while self.bytes < close.bytes {
            // No test can tell how much is read at a time.
            let wanted = PIECE.min(close.bytes - self.bytes);
            let piece = read_stretch(file, self.bytes, usize::try_from(wanted).unwrap_or(0))?;
            self.plain.take(&piece);
            self.bytes += wanted;
        }
        self.rows = close.row - 1;
        Ok(())
    }
}

/// Whether all closes of a file that is known to hold state what stands before them. Nothing is read behind the last.
pub(super) fn all_hold(file: &dyn OpenFile, closes: &[Close]) -> io::Result<bool> {
    let mut sealing = Sealing::new();
    for close in closes {
        sealing.take_up_to(file, close)?;
        if sealing.check(close.row, &close.memo).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}
