//! What a file is by its first bytes, whatever its name ends in. It only recognises.

use super::stream::Stream;
use crate::problem::{Foreign, Problem};

/// What the beginning of a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A zip archive, which a workbook is.
    Archive,
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
    if beginning.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        let kind = if is_encrypted(stream, &beginning)? { Foreign::Encrypted } else { Foreign::OldWorkbook };
        return Ok(Sort::Foreign(kind));
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

/// Whether an OLE file, which old workbooks are too, only wraps a new one that is locked with a password: its directory
/// then lists the stream that holds it ([MS-CFB] 2.6, [MS-OFFCRYPTO] 1.3).
fn is_encrypted(stream: &Stream, header: &[u8]) -> Result<bool, Problem> {
    let number = |place: usize, length: usize| {
        let bytes = header.get(place..place + length).unwrap_or_default();
        bytes.iter().rev().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte))
    };
    let sector = if number(30, 2) == 12 { 4096 } else { 512 };
    let directory = stream.at((number(48, 4) + 1) * sector).beginning(4096)?;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(directory.windows(name.len()).any(|window| window == name))
}
