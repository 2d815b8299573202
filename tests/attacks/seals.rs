//! Ledgers forged with care: rows that say something else, sealed and chained as if they always had. Only the rules of
//! the product stand against them.

use sha2::{Digest as _, Sha256};

/// A row's fields, quotes taken off.
pub(super) fn fields(line: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line);
    reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect()
}

/// The rows of a ledger, without its headings.
pub(super) fn rows(ledger: &[u8]) -> Vec<Vec<String>> {
    ledger.split(|byte| *byte == b'\n').skip(1).filter(|line| !line.is_empty()).map(fields).collect()
}

/// The ledger with row `seq` changed, and from there on every row sealed anew. A close row states what is before it.
pub(super) fn resealed(ledger: &[u8], seq: usize, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut rows = rows(ledger);
    change(&mut rows[seq - 1]);
    sealed(ledger, &rows)
}

/// These rows under the ledger's headings, each sealed after the one before it.
pub(super) fn sealed(ledger: &[u8], rows: &[Vec<String>]) -> Vec<u8> {
    let end = ledger.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut forged = ledger[..end].to_vec();
    let mut previous = "0".repeat(64);
    for row in rows {
        let line = line(row, &previous);
        previous = line[line.len() - 65..line.len() - 1].to_owned();
        forged.extend_from_slice(line.as_bytes());
    }
    forged
}

/// A row as its line, sealed after a digest.
pub(super) fn line(row: &[String], previous: &str) -> String {
    let previous: Vec<u8> =
        (0..64).step_by(2).map(|place| u8::from_str_radix(&previous[place..place + 2], 16).unwrap()).collect();
    let seal = Sha256::digest([previous, row[..21].join("\u{1F}").into_bytes()].concat());
    let seal: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
    let quoted = row[..21].iter().map(|field| match field.contains([',', '"']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.clone(),
    });
    quoted.chain([seal]).collect::<Vec<_>>().join(",") + "\n"
}

/// The head of a ledger as its forger would write it.
pub(super) fn head(ledger: &[u8]) -> String {
    let last = rows(ledger).pop().unwrap();
    format!("taizhang-head 1 {} {} {}\n", last[0], last[21], ledger.len())
}
