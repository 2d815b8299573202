//! Texts in old workbooks: how long they are, in which letters, and how one runs on over several records. A text is never
//! longer than its 65,535 characters.

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

use super::super::origin::Broken;
use super::super::shared::Shared;
use super::records::Records;

/// The letters of a workbook.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lettering {
    /// Unicode, of which texts in Latin letters leave out the upper half: since Excel 97.
    Unicode,
    /// Bytes in the encoding of the country: Excel 5 and 95.
    CodePage(&'static Encoding),
}

/// What a text in Unicode may be: two bytes a character, of more than one look, with a reading.
const WIDE: u8 = 1;
const PRONOUNCED: u8 = 4;
const RICH: u8 = 8;

/// How many bytes tell the length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    InOne,
    InTwo,
}

impl Lettering {
    /// The letters of a code page, if it is one that is used for Chinese or for Latin letters.
    pub(super) fn of(code_page: u16) -> Option<Self> {
        match code_page {
            936 => Some(Self::CodePage(GB18030)),
            950 => Some(Self::CodePage(BIG5)),
            // ASCII; Latin letters on Windows, the second as the oldest programs number them.
            367 | 1252 | 0x8001 => Some(Self::CodePage(WINDOWS_1252)),
            _ => None,
        }
    }
}

/// The content of a record and of those that carry it on, read from some place on.
pub(super) struct Run<'r> {
    records: &'r mut Records,
    at: usize,
    /// The room in which a text is put together.
    units: Vec<u16>,
}

impl<'r> Run<'r> {
    pub(super) fn new(records: &'r mut Records, at: usize) -> Self {
        Self { records, at, units: Vec::new() }
    }

    /// A text that stands alone, with its length before it.
    pub(super) fn text(&mut self, lettering: Lettering, counted: Counted, into: &mut String) -> Result<(), Broken> {
        let count = match counted {
            Counted::InOne => self.byte()?.into(),
            Counted::InTwo => self.number()?,
        };
        match lettering {
            Lettering::Unicode => self.unicode(count, into),
            Lettering::CodePage(encoding) => {
                let end = self.at + usize::from(count);
                let bytes = self.records.content.get(self.at..end).ok_or(Broken::Damaged)?;
                into.push_str(&encoding.decode_without_bom_handling(bytes).0);
                self.at = end;
                Ok(())
            }
        }
    }

    /// All texts that the cells share: as many as the table says, or fewer if it ends before.
    pub(super) fn shared(&mut self) -> Result<Shared, Broken> {
        let mut shared = Shared::default();
        let mut text = String::new();
        self.skip(4)?;
        let count = u32::from_le_bytes(self.bytes()?);
        for _ in 0..count {
            if !self.has_more()? {
                break;
            }
            text.clear();
            let length = self.number()?;
            self.unicode(length, &mut text)?;
            shared.keep(&text)?;
        }
        Ok(shared)
    }

    /// A text in Unicode behind its length, and over what says how it looks and how it is pronounced.
    fn unicode(&mut self, count: u16, into: &mut String) -> Result<(), Broken> {
        let traits = self.byte()?;
        let runs = if traits & RICH != 0 { self.number()? } else { 0 };
        let reading = if traits & PRONOUNCED != 0 { u32::from_le_bytes(self.bytes()?) } else { 0 };
        self.characters(count, traits & WIDE != 0, into)?;
        self.skip(u64::from(runs) * 4 + u64::from(reading))
    }

    /// Characters, two bytes wide or one. Where they run on in another record, its first byte says anew how wide they are.
    fn characters(&mut self, count: u16, mut wide: bool, into: &mut String) -> Result<(), Broken> {
        let mut left = usize::from(count);
        self.units.clear();
        while left > 0 {
            let rest = self.records.content.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                wide = self.byte()? & WIDE != 0;
                continue;
            }
            let width = if wide { 2 } else { 1 };
            let taken = left.min(rest.len() / width);
            if taken == 0 {
                return Err(Broken::Damaged);
            }
            let units = rest[..taken * width].chunks_exact(width);
            self.units.extend(units.map(|unit| u16::from_le_bytes([unit[0], unit.get(1).copied().unwrap_or(0)])));
            self.at += taken * width;
            left -= taken;
        }
        let characters = char::decode_utf16(self.units.iter().copied());
        into.extend(characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Ok(())
    }

    /// Whether anything comes; steps into the record that carries this one on if this one is at its end.
    fn has_more(&mut self) -> Result<bool, Broken> {
        while self.at >= self.records.content.len() {
            if !self.records.continued()? {
                return Ok(false);
            }
            self.at = 0;
        }
        Ok(true)
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        self.bytes().map(|[byte]| byte)
    }

    fn number(&mut self) -> Result<u16, Broken> {
        self.bytes().map(u16::from_le_bytes)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            if !self.has_more()? {
                return Err(Broken::Damaged);
            }
            *byte = self.records.content[self.at];
            self.at += 1;
        }
        Ok(bytes)
    }

    fn skip(&mut self, mut bytes: u64) -> Result<(), Broken> {
        while bytes > 0 {
            if !self.has_more()? {
                return Err(Broken::Damaged);
            }
            let here = (self.records.content.len() - self.at) as u64;
            let step = here.min(bytes);
            self.at += usize::try_from(step).map_err(|_| Broken::Damaged)?;
            bytes -= step;
        }
        Ok(())
    }
}
