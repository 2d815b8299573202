//! What a close row seals: rows, bytes, and the plain digests of everything before it, as an auditor's stock tools see it.

use super::chain::PlainDigests;
use super::line::COLUMNS;
use crate::domain::entry::Entry;
use crate::problem::LedgerFault;

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

    /// Whether a close row states what stands before it.
    pub(crate) fn check(&self, close: &Entry<&str>) -> Result<(), LedgerFault> {
        let row = close.seq;
        let mut stated = close.what.memo.split(';');
        for (field, value) in self.parts() {
            if stated.next() != Some(&format!("{field}={value}")) {
                return Err(LedgerFault::CloseDigest { row, field });
            }
        }
        if stated.next().is_some() { Err(LedgerFault::CloseDigest { row, field: "memo" }) } else { Ok(()) }
    }
}
