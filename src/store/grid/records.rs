//! One record of separated text taken apart: its cells, and which bytes of it they are. Quotes stand around a whole cell
//! or are characters like others; what could be read in two ways is a fault, not a guess.

use std::ops::Range;

use memchr::{memchr, memchr3};

use super::row::{Slot, Value};
use crate::domain::statement::Separator;

/// The longest record, in bytes of UTF-8.
pub(super) const LONGEST_RECORD: usize = 64 * 1024;

/// What stands at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A record: this long, and this long with its line end.
    Record { length: usize, with_end: usize },
    /// Not all of a record yet.
    Part,
    /// A quote opens here and is never closed.
    Unclosed { quote: usize },
    /// A quote opens here, and behind the one that closes it the cell goes on.
    Loose { quote: usize },
}

/// Finds the first record of a text and the bytes of its cells, quotes included. `whole` says that no more text follows.
pub(super) fn first(text: &str, separator: u8, whole: bool, cells: &mut Vec<Range<usize>>) -> Found {
    let bytes = text.as_bytes();
    cells.clear();
    let mut start = 0;
    loop {
        let blanks = blanks(&text[start..], separator);
        let end = if bytes.get(start + blanks) == Some(&b'"') {
            match closed(text, start + blanks, separator, whole) {
                Ok(end) => end,
                Err(found) => return found,
            }
        } else {
            match memchr3(separator, b'\n', b'\r', &bytes[start..]) {
                Some(length) => start + length,
                None if whole => bytes.len(),
                None => return Found::Part,
            }
        };
        cells.push(start..end);
        match bytes.get(end) {
            Some(byte) if *byte == separator => start = end + 1,
            Some(b'\n') => return Found::Record { length: end, with_end: end + 1 },
            Some(_) => match bytes.get(end + 1) {
                None if !whole => return Found::Part,
                Some(b'\n') => return Found::Record { length: end, with_end: end + 2 },
                Some(_) | None => return Found::Record { length: end, with_end: end + 1 },
            },
            None => return Found::Record { length: end, with_end: end },
        }
    }
}

/// The length of the blanks at the beginning of a cell, or behind it.
fn blanks(text: &str, separator: u8) -> usize {
    let ends = |character: char| {
        !character.is_whitespace() || matches!(character, '\n' | '\r') || character == char::from(separator)
    };
    text.find(ends).unwrap_or(text.len())
}

/// The end of the cell whose quote opens at `start`, the blanks behind it included.
fn closed(text: &str, start: usize, separator: u8, whole: bool) -> Result<usize, Found> {
    let bytes = text.as_bytes();
    let mut inside = start + 1;
    let close = loop {
        match memchr(b'"', &bytes[inside..]).map(|length| inside + length) {
            Some(quote) if bytes.get(quote + 1) == Some(&b'"') => inside = quote + 2,
            Some(quote) => break quote,
            None if whole => return Err(Found::Unclosed { quote: start }),
            None => return Err(Found::Part),
        }
    };
    let end = close + 1 + blanks(&text[close + 1..], separator);
    match bytes.get(end) {
        Some(byte) if matches!(byte, b'\n' | b'\r') || *byte == separator => Ok(end),
        Some(_) => Err(Found::Loose { quote: start }),
        None if whole => Ok(bytes.len()),
        None => Err(Found::Part),
    }
}

/// The cell that stands at these bytes of a record; its text is appended to `text`, without quotes and blanks around it.
pub(super) fn cell(record: &str, span: Range<usize>, text: &mut String) -> Slot {
    let source = &record[span.clone()];
    let start = text.len();
    let value = match source.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => {
            let mut parts = quoted.split("\"\"");
            text.push_str(parts.next().unwrap_or_default());
            for part in parts {
                text.push('"');
                text.push_str(part);
            }
            Value::trimmed(text, start)
        }
        None => {
            text.push_str(source.trim());
            if text.len() == start { Value::Empty } else { Value::Text(start..text.len()) }
        }
    };
    Slot { value, span }
}

/// A separator that somebody names.
pub(super) fn said_separator(separator: Separator) -> Option<u8> {
    match separator {
        Separator::Auto => None,
        Separator::Comma => Some(b','),
        Separator::Semicolon => Some(b';'),
        Separator::Tab => Some(b'\t'),
        Separator::Bar => Some(b'|'),
    }
}

/// The separator that most records of a beginning agree on; among equals the one that makes more cells.
pub(super) fn likely_separator(beginning: &str, whole: bool) -> u8 {
    /// Enough to see through the titles above a table.
    const LOOKED_AT: usize = 200;
    let mut best = (0, 0, b',');
    for separator in [b',', b';', b'\t', b'|'] {
        let (mut rest, mut cells, mut counts) = (beginning, Vec::new(), Vec::new());
        while let Found::Record { length, with_end } = first(rest, separator, whole, &mut cells) {
            if with_end == 0 || counts.len() == LOOKED_AT {
                break;
            }
            if !rest[..length].trim().is_empty() {
                counts.push(cells.len());
            }
            rest = &rest[with_end..];
        }
        let agreeing = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let most = counts.iter().filter(|count| **count > 1).map(|count| (agreeing(count), *count)).max();
        if let Some((records, count)) = most
            && (records, count) > (best.0, best.1)
        {
            best = (records, count, separator);
        }
    }
    best.2
}

/// The separator that a first line of Excel's names, as in `sep=;`.
pub(super) fn named_separator(beginning: &str) -> Option<u8> {
    let line = &beginning[..beginning.find(['\n', '\r'])?];
    let (word, separator) = line.split_at_checked(4)?;
    let [separator] = *separator.as_bytes() else { return None };
    let names = word.eq_ignore_ascii_case("sep=") && separator != b'"' && !separator.is_ascii_alphanumeric();
    names.then_some(separator)
}
