//! A ledger taken apart and sealed again by hand, as someone who may write the files could. It asks the program nothing.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The lines of a ledger, the header first, each with its line feed.
pub(crate) fn lines_of(ledger: &[u8]) -> Vec<&[u8]> {
    ledger.split_inclusive(|byte| *byte == b'\n').collect()
}

/// A line's fields.
pub(crate) fn fields_of(line: &[u8]) -> Vec<String> {
    let plain = line.strip_suffix(b"\n").unwrap_or(line);
    if let Ok(text) = std::str::from_utf8(plain)
        && !plain.contains(&b'"')
    {
        // What is quicker by far; a reader of quotes is slow to build.
        return text.split(',').map(str::to_owned).collect();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line);
    let record = reader.records().next();
    record.map(|record| record.unwrap().iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// Fields as a ledger's line.
pub(crate) fn written(fields: &[String]) -> Vec<u8> {
    let quoted = |field: &String| {
        if field.contains([',', '"']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.clone() }
    };
    let line = fields.iter().map(quoted).collect::<Vec<_>>().join(",");
    format!("{line}\n").into_bytes()
}

/// The ledger with this row in the place of the one that is there, and everything from it on sealed anew.
pub(crate) fn resealed(lines: &[&[u8]], row: usize, forged: Vec<String>) -> Vec<u8> {
    let mut ledger = lines[..row].concat();
    let mut previous = if row > 1 { bytes_of(&fields_of(lines[row - 1])[21]) } else { vec![0; 32] };
    let mut forged = Some(forged);
    for line in &lines[row..] {
        let mut fields = forged.take().unwrap_or_else(|| fields_of(line));
        previous = seal(&previous, &fields);
        fields[21] = hex(&previous);
        ledger.extend(written(&fields));
    }
    ledger
}

/// A row's line behind the row with this digest; the fields get the digest of their own.
pub(crate) fn sealed_line(previous: &str, fields: &mut [String]) -> Vec<u8> {
    fields[21] = hex(&seal(&bytes_of(previous), fields));
    written(fields)
}

/// The bytes up to where the rows that are sealed right end, and no batch is unfinished.
pub(crate) fn whole_rows(ledger: &[u8]) -> &[u8] {
    let (mut previous, mut whole, mut at) = (vec![0; 32], 0, 0);
    for (row, line) in lines_of(ledger).into_iter().enumerate() {
        at += line.len();
        if row > 0 {
            let fields = if std::str::from_utf8(line).is_ok() { fields_of(line) } else { Vec::new() };
            if fields.len() != 22 || written(&fields) != line || fields[0] != row.to_string() {
                break;
            }
            previous = seal(&previous, &fields);
            if hex(&previous) != fields[21] {
                break;
            }
            if fields[17].split_once("of").is_some_and(|(place, of)| place != of) {
                continue;
            }
        }
        if line.ends_with(b"\n") {
            whole = at;
        }
    }
    &ledger[..whole]
}

/// The head that says all of this ledger is acknowledged.
pub(crate) fn head_of(ledger: &[u8]) -> Vec<u8> {
    let last = fields_of(lines_of(ledger).last().unwrap());
    format!("taizhang-head 1 {} {} {}\n", last[0], last[21], ledger.len()).into_bytes()
}

fn seal(previous: &[u8], fields: &[String]) -> Vec<u8> {
    Sha256::digest([previous, fields[..21].join("\u{1F}").as_bytes()].concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|place| u8::from_str_radix(&hex[place..place + 2], 16).unwrap()).collect()
}
