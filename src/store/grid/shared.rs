//! The texts that the cells of a workbook share, in one stretch of memory.

use std::borrow::Cow;

use super::markup::Piece;
use super::origin::Broken;
use super::package::Part;
use super::records::LONGEST_RECORD;

/// The most text that is kept, in bytes, and the most texts: what fits into 64 MiB with all the rest.
const MOST_TEXT: usize = 40 << 20;
const MOST_TEXTS: usize = 2 << 20;

/// Texts by their number.
#[derive(Debug, Default)]
pub(super) struct Shared {
    text: String,
    ends: Vec<u32>,
}

impl Shared {
    pub(super) fn read(mut part: Part<'_>) -> Result<Self, Broken> {
        let mut shared = Self::default();
        let mut collected = Collected::default();
        loop {
            match part.next()? {
                Piece::Open(tag) if tag.name() == "si" => collected.clear(),
                Piece::Open(tag) => collected.open(tag.name()),
                Piece::Text(text) => collected.text(&text),
                Piece::Close(ending) if ending.name() == "si" => shared.keep(&unescaped(collected.collected()))?,
                Piece::Close(ending) => collected.close(ending.name()),
                Piece::Other => {}
                Piece::End => return Ok(shared),
            }
        }
    }

    /// The text of a number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }

    /// Takes one more text.
    pub(super) fn keep(&mut self, text: &str) -> Result<(), Broken> {
        self.text.push_str(text);
        if self.text.len() > MOST_TEXT || self.ends.len() == MOST_TEXTS {
            return Err(Broken::TooLarge { most: MOST_TEXT as u64 });
        }
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| Broken::Damaged)?);
        Ok(())
    }
}

/// A text that is written in runs, without the readings that stand above it.
#[derive(Debug, Default)]
pub(super) struct Collected {
    text: String,
    in_text: bool,
    in_reading: bool,
}

impl Collected {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.in_text = false;
        self.in_reading = false;
    }

    pub(super) fn open(&mut self, name: &str) {
        match name {
            "t" => self.in_text = true,
            "rPh" => self.in_reading = true,
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "rPh" => self.in_reading = false,
            _ => {}
        }
    }

    /// Text beyond what a row may have is not collected; one byte more is, so that it shows.
    pub(super) fn text(&mut self, text: &str) {
        if self.in_text && !self.in_reading && self.text.len() <= LONGEST_RECORD {
            self.text.push_str(text);
        }
    }

    pub(super) fn collected(&self) -> &str {
        &self.text
    }
}

/// A text as a workbook writes it, its `_x000D_` and the like replaced by the characters they stand for.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let digits = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let character = digits.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
        let length = if character.is_some() { 7 } else { 2 };
        match character {
            Some(character) => plain.push(character),
            None => plain.push_str("_x"),
        }
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_text_and_as_many_texts_are_kept_as_fit_into_memory() {
        const TOO_LARGE: Result<(), Broken> = Err(Broken::TooLarge { most: MOST_TEXT as u64 });
        let mut long = Shared::default();
        assert_eq!(long.keep(&"x".repeat(MOST_TEXT)), Ok(()));
        assert_eq!(long.keep("x"), TOO_LARGE);
        let mut many = Shared::default();
        assert!((0..MOST_TEXTS).all(|_| many.keep("").is_ok()));
        assert_eq!(many.keep(""), TOO_LARGE);
    }
}
