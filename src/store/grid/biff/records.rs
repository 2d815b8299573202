//! The records of an old workbook one after the other, of which one is in memory, at most 64 KiB. It knows no meaning of
//! any but `CONTINUE`, which carries on the one before it.

use std::io::Read;

use super::super::compound::Part;
use super::super::origin::Broken;

/// The kinds of records that are read ([MS-XLS] 2.3). All others are stepped over.
pub(super) mod kind {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const END: u16 = 0x000A;
    pub(in super::super) const DATE_MODE: u16 = 0x0022;
    pub(in super::super) const LOCK: u16 = 0x002F;
    pub(in super::super) const CONTINUE: u16 = 0x003C;
    pub(in super::super) const CODE_PAGE: u16 = 0x0042;
    pub(in super::super) const WRITTEN_BY: u16 = 0x005C;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const SEVERAL_RK: u16 = 0x00BD;
    pub(in super::super) const RICH_TEXT: u16 = 0x00D6;
    pub(in super::super) const STYLE: u16 = 0x00E0;
    pub(in super::super) const SHARED_TEXTS: u16 = 0x00FC;
    pub(in super::super) const SHARED_TEXT: u16 = 0x00FD;
    pub(in super::super) const RECKONED: u16 = 0x01C1;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const TEXT: u16 = 0x0204;
    pub(in super::super) const TRUTH_OR_ERROR: u16 = 0x0205;
    pub(in super::super) const FORMULA_TEXT: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const RK: u16 = 0x027E;
    pub(in super::super) const FORMAT: u16 = 0x041E;
    pub(in super::super) const BEGIN: u16 = 0x0809;
}

/// The records from some place on.
pub(super) struct Records {
    part: Part,
    /// Where in the stream the next record begins.
    next: u64,
    length: u64,
    /// The kind and length of a record whose content was not read yet.
    ahead: Option<(u16, u16)>,
    /// The content of the record that was read last.
    pub(super) content: Vec<u8>,
}

impl Records {
    pub(super) fn new((part, length): (Part, u64), start: u64) -> Self {
        Self { part, next: start, length, ahead: None, content: Vec::new() }
    }

    /// How far the stream was taken.
    pub(super) fn taken(&self) -> u64 {
        self.next
    }

    /// The length of the whole stream.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads the next record and says its kind. What is read has its own end, so there always is a next one.
    pub(super) fn next(&mut self) -> Result<u16, Broken> {
        let (kind, length) = self.head()?;
        self.read(length)?;
        Ok(kind)
    }

    /// Reads the next record if it carries on the last one.
    pub(super) fn continued(&mut self) -> Result<bool, Broken> {
        if self.ahead.is_none() && self.next == self.length {
            return Ok(false);
        }
        match self.head()? {
            (kind::CONTINUE, length) => self.read(length).map(|()| true),
            other => {
                self.ahead = Some(other);
                Ok(false)
            }
        }
    }

    /// Two bytes of the content as a number.
    pub(super) fn number(&self, at: usize) -> Result<u16, Broken> {
        number(&self.content, at)
    }

    /// Four bytes of the content as a number.
    pub(super) fn long_number(&self, at: usize) -> Result<u32, Broken> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    /// Some bytes of the content.
    pub(super) fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N], Broken> {
        bytes(&self.content, at)
    }

    fn head(&mut self) -> Result<(u16, u16), Broken> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(ahead);
        }
        let mut head = [0; 4];
        if self.length.saturating_sub(self.next) < 4 {
            return Err(Broken::Damaged);
        }
        self.part.read_exact(&mut head).map_err(|_| Broken::Damaged)?;
        self.next += 4;
        Ok((number(&head, 0)?, number(&head, 2)?))
    }

    fn read(&mut self, length: u16) -> Result<(), Broken> {
        if self.length.saturating_sub(self.next) < u64::from(length) {
            return Err(Broken::Damaged);
        }
        self.content.resize(length.into(), 0);
        self.part.read_exact(&mut self.content).map_err(|_| Broken::Damaged)?;
        self.next += u64::from(length);
        Ok(())
    }
}

fn number(content: &[u8], at: usize) -> Result<u16, Broken> {
    bytes(content, at).map(u16::from_le_bytes)
}

fn bytes<const N: usize>(content: &[u8], at: usize) -> Result<[u8; N], Broken> {
    content.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(Broken::Damaged)
}
