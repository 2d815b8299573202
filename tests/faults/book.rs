//! A ledger read by the tests' own eyes: rows, the chain, and rows sealed by hand (design §5).

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Whole lines of a ledger, verified against the chain; none of them holds a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Book {
    pub(super) rows: Vec<Vec<String>>,
}

impl Book {
    /// Reads a ledger that must hold from its first byte to its last.
    #[track_caller]
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self::try_read(bytes).unwrap_or_else(|fault| panic!("{fault} in {}", String::from_utf8_lossy(bytes)))
    }

    /// The same, or what doesn't hold.
    pub(super) fn try_read(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let text = text.strip_suffix('\n').ok_or("no final line feed")?;
        let mut lines = text.split('\n');
        if !lines.next().unwrap_or_default().starts_with("seq,kind,date,") {
            return Err("no header".into());
        }
        let mut previous = vec![0; 32];
        let mut rows = Vec::new();
        for (place, line) in (1..).zip(lines) {
            let fields: Vec<String> = line.split(',').map(str::to_owned).collect();
            if fields.len() != 22 || fields[0] != format!("{place}") {
                return Err(format!("line {place}: {line}"));
            }
            previous = seal(&previous, &fields[..21]);
            if hex(&previous) != fields[21] {
                return Err(format!("line {place}: the chain breaks"));
            }
            rows.push(fields);
        }
        Ok(Self { rows })
    }

    /// How many rows carry this id.
    pub(super) fn with_id(&self, id: &str) -> usize {
        self.rows.iter().filter(|row| row[18] == id).count()
    }
}

/// A row to be written by hand: the columns that say something, by number.
pub(super) type Said<'s> = &'s [(usize, &'s str)];

/// The lines of rows that follow `ledger`, sealed as the design says.
pub(super) fn sealed_after(ledger: &[u8], rows: &[Said<'_>]) -> Vec<u8> {
    let book = Book::read(ledger);
    let last = book.rows.last().unwrap();
    let mut previous = bytes_of(&last[21]);
    let mut lines = String::new();
    for (seq, said) in (book.rows.len() + 1..).zip(rows) {
        let mut fields = vec![String::new(); 21];
        fields[0] = seq.to_string();
        fields[2] = "2022-12-31".into();
        fields[4] = "travel".into();
        fields[5] = last[5].clone();
        fields[19] = "小王".into();
        fields[20] = "2022-12-31T09:00:00+08:00".into();
        for (column, text) in *said {
            fields[*column] = (*text).to_owned();
        }
        previous = seal(&previous, &fields);
        writeln!(lines, "{},{}", fields.join(","), hex(&previous)).unwrap();
    }
    lines.into_bytes()
}

fn seal(previous: &[u8], fields: &[String]) -> Vec<u8> {
    // A comma in a field is a column more.
    Sha256::digest([previous, fields.join(",").replace(',', "\u{1F}").as_bytes()].concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|place| u8::from_str_radix(&hex[place..place + 2], 16).unwrap()).collect()
}
