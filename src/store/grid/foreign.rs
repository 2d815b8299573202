//! What a file is by its first bytes, whatever its name ends in. It only recognises.

use super::compound::SIGN;
use super::stream::Stream;
use crate::problem::{Foreign, Problem};

/// What the beginning of a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A zip archive, which a workbook is.
    Archive,
    /// A compound file, which an old workbook is.
    Compound,
    /// Text, as far as can be seen.
    Text,
    /// Something known that is no table.
    Foreign(Foreign),
}

/// Looks at the first bytes of a file.
pub(super) fn sort(stream: &Stream) -> Result<Sort, Problem> {
    let beginning = stream.beginning(1024)?;
    if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
        return Ok(Sort::Archive);
    }
    if beginning.starts_with(&SIGN) {
        return Ok(Sort::Compound);
    }
    // The workbooks of Excel 2 to 4, and of programs that leave the file around a newer one out: the first record, naked.
    if let [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..] = *beginning {
        return Ok(Sort::Foreign(Foreign::OldOffice));
    }
    let plain = ascii(&beginning);
    let plain = plain.trim_start();
    let begins = |words: &[&str]| words.iter().any(|word| plain.starts_with(word));
    Ok(match () {
        () if begins(&["%pdf-"]) => Sort::Foreign(Foreign::Pdf),
        () if begins(&["<?xml"]) && !plain.contains("<html") => Sort::Foreign(Foreign::Xml),
        () if begins(&["<", "mime-version:"]) => Sort::Foreign(Foreign::WebPage),
        () => Sort::Text,
    })
}

/// The beginning as far as it is ASCII, in small letters, without a byte order mark; of UTF-16 too.
fn ascii(beginning: &[u8]) -> String {
    let marks: [&[u8]; 3] = [&[0xEF, 0xBB, 0xBF], &[0xFF, 0xFE], &[0xFE, 0xFF]];
    let text = marks.iter().find_map(|mark| beginning.strip_prefix(*mark)).unwrap_or(beginning);
    let unit = if text.contains(&0) { 2 } else { 1 };
    let characters = text.chunks(unit).map_while(|unit| match *unit {
        [byte] | [byte, 0] | [0, byte] if byte.is_ascii() => Some(char::from(byte.to_ascii_lowercase())),
        _ => None,
    });
    characters.collect()
}
