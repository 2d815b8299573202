//! XML as pieces, each of bounded length and depth, from a part of bounded length. The only file that names `quick_xml`.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::origin::Broken;

/// The longest piece between two tags, and the longest tag, in bytes. The longest text of a cell is well below it.
const LONGEST_PIECE: u64 = 512 * 1024;

/// How deep elements may stand in each other; those of a workbook stand a dozen deep.
const DEEPEST: usize = 64;

/// A piece of XML. Names are without the prefix of their namespace.
pub(super) enum Piece<'m> {
    Open(Tag<'m>),
    Close(Ending<'m>),
    Text(Cow<'m, str>),
    /// What says nothing: comments, declarations.
    Other,
    End,
}

/// An opening tag.
pub(super) struct Tag<'m>(BytesStart<'m>);

/// A closing tag.
pub(super) struct Ending<'m>(BytesEnd<'m>);

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The values of the attributes of these names, entities replaced.
    pub(super) fn attributes<const N: usize>(&self, names: [&str; N]) -> Result<[Option<Cow<'_, str>>; N], Broken> {
        let mut values = [const { None }; N];
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Broken::Damaged)?;
            let (name, prefix) = attribute.key.decompose();
            // Where two are of one name, the one without a prefix is the format's own.
            let wanted = names.iter().position(|wanted| *wanted == name.into_inner());
            if let Some(place) = wanted.filter(|place| prefix.is_none() || values[*place].is_none()) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Broken::Damaged)?;
                values[place] = Some(value);
            }
        }
        Ok(values)
    }
}

impl Ending<'_> {
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// Reads a part of a workbook.
pub(super) struct Markup<R: Read> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Markup<R> {
    /// At most `most` bytes are read.
    pub(super) fn new(part: R, most: u64) -> Self {
        let bounded = Bounded { part: BufReader::with_capacity(64 * 1024, part), taken: 0, piece_end: 0, most };
        let mut reader = Reader::from_reader(bounded);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Piece<'_>, Broken> {
        self.buffer.clear();
        let bounded = self.reader.get_mut();
        bounded.piece_end = bounded.taken + LONGEST_PIECE;
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|_| self.reader.get_ref().broken())?;
        Ok(match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Broken::Damaged);
                }
                Piece::Open(Tag(tag))
            }
            Event::End(ending) => {
                self.depth = self.depth.saturating_sub(1);
                Piece::Close(Ending(ending))
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| Broken::Damaged)?;
                let named = || match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                Piece::Text(character.or_else(named).ok_or(Broken::Damaged)?.to_string().into())
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Other,
            Event::Eof if self.depth > 0 => return Err(Broken::Damaged),
            Event::Eof => Piece::End,
        })
    }

    /// Reads to the end, so that what checks the whole part has seen all of it.
    pub(super) fn finish(&mut self) -> Result<(), Broken> {
        while !matches!(self.next()?, Piece::End) {}
        Ok(())
    }

    /// How many bytes were read.
    pub(super) fn taken(&self) -> u64 {
        self.reader.get_ref().taken
    }
}

/// A reader that fails beyond a number of bytes, so that whoever collects them stops.
struct Bounded<R> {
    part: BufReader<R>,
    taken: u64,
    /// Where the piece that is being read has to end.
    piece_end: u64,
    most: u64,
}

impl<R> Bounded<R> {
    fn broken(&self) -> Broken {
        if self.taken > self.most { Broken::TooLarge { most: self.most } } else { Broken::Damaged }
    }
}

// No test can tell: the reader of XML takes the buffer itself, and asks for this only as a thing that buffers have.
impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > self.piece_end || self.taken > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.part.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.part.consume(length);
        self.taken += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads to the end, or to what is wrong.
    fn read(part: &str, most: usize) -> Result<(), Broken> {
        Markup::new(part.as_bytes(), most as u64).finish()
    }

    #[test]
    fn a_part_is_read_up_to_its_bound_and_no_further() {
        let part = "<a>1</a>";
        assert_eq!(read(part, part.len()), Ok(()));
        assert_eq!(read(part, part.len() - 1), Err(Broken::TooLarge { most: 7 }));
        // What is wrong within the bound is not too large, wherever the bound is.
        assert_eq!(read("<a></b>", 7), Err(Broken::Damaged));
        assert_eq!(read("<a>", 9), Err(Broken::Damaged));
    }

    #[test]
    fn a_piece_is_read_up_to_half_a_mebibyte() {
        let part = |length: usize| "x".repeat(length) + "<a/>";
        assert_eq!(read(&part(512 * 1024), 1 << 20), Ok(()));
        assert_eq!(read(&part(700 * 1024), 1 << 20), Err(Broken::Damaged));
    }
}
