//! Which encoding a text file is in, and its bytes as text, a piece at a time. It guesses no encoding that the bytes do
//! not fit from the first to the last.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::row::{character_before, line_breaks, place_in};
use super::stream::Stream;
use crate::domain::statement::TextEncoding;
use crate::problem::{GridFault, Problem};

/// Read at once.
const PIECE: usize = 64 * 1024;

/// The encoding of a file, and where its text begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoded {
    encoding: &'static Encoding,
    start: u64,
    /// Whether somebody says so, or the bytes do.
    is_said: bool,
    /// Whether there is nothing but ASCII, which every encoding but UTF-16 writes alike.
    is_plain: bool,
}

/// Why there is no more text.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The file system failed.
    Failed(io::Error),
    /// At this offset there is no text.
    NotText { offset: u64 },
}

impl Encoded {
    /// The encoding that somebody names, if the whole file is in it; else the one that its bytes fit.
    pub(super) fn said(stream: &Stream, encoding: TextEncoding) -> Result<Self, Problem> {
        let beginning = stream.at(0).beginning(4096)?;
        let marked = Encoding::for_bom(&beginning);
        let said = match encoding {
            TextEncoding::Auto => return Self::find(stream),
            TextEncoding::Utf8 => UTF_8,
            TextEncoding::Utf16 => {
                let by_mark = marked.map(|(encoding, _)| encoding).filter(|marked| *marked != UTF_8);
                by_mark.or_else(|| unmarked_utf16(&beginning)).unwrap_or(UTF_16LE)
            }
            TextEncoding::Gb18030 => GB18030,
        };
        let said = Self { is_said: true, ..Self::at(said, 0) };
        match marked {
            Some((encoding, length)) if encoding == said.encoding => {
                Self { start: length as u64, ..said }.checked(stream)
            }
            Some(_) => {
                let (byte, encoding) = (beginning.first().copied().unwrap_or(0), said.name().key());
                let shown = char::REPLACEMENT_CHARACTER.to_string();
                let place = place_in(stream.path(), 1, &shown, 0..shown.len());
                Err(Problem::from(GridFault::NotInEncoding { byte, encoding }).at(place))
            }
            None => said.checked(stream),
        }
    }

    fn at(encoding: &'static Encoding, start: u64) -> Self {
        Self { encoding, start, is_said: false, is_plain: false }
    }

    /// The word for it; nothing but ASCII has none.
    pub(super) fn name(self) -> TextEncoding {
        match self.encoding {
            _ if self.is_plain => TextEncoding::Auto,
            encoding if encoding == UTF_8 => TextEncoding::Utf8,
            encoding if encoding == GB18030 => TextEncoding::Gb18030,
            _ => TextEncoding::Utf16,
        }
    }

    /// A byte order mark decides; else zeros, which only UTF-16 has in a text; else the whole file is UTF-8, or the
    /// whole file is GB18030. A file that is none of these is refused, with the place where it stops to be one.
    pub(super) fn find(stream: &Stream) -> Result<Self, Problem> {
        let beginning = stream.at(0).beginning(4096)?;
        if let Some((encoding, length)) = Encoding::for_bom(&beginning) {
            return Self::at(encoding, length as u64).checked(stream);
        }
        if let Some(encoding) = unmarked_utf16(&beginning) {
            return Self::at(encoding, 0).checked(stream);
        }
        let utf8 = Self::at(UTF_8, 0);
        let (offset_utf8, foreign) = match utf8.holds(stream)? {
            Ok(foreign) => return Ok(Self { is_plain: foreign == 0, ..utf8 }),
            Err(stopped) => stopped,
        };
        let gb18030 = Self::at(GB18030, 0);
        // So many characters are not UTF-8 by chance: the file is that, and damaged. As GB18030 it might still be read,
        // as other words.
        const BEYOND_CHANCE: usize = 16;
        if foreign >= BEYOND_CHANCE {
            return Err(utf8.problem(stream, offset_utf8));
        }
        match gb18030.holds(stream)? {
            Ok(_) => Ok(gb18030),
            Err((offset, _)) if offset > offset_utf8 => Err(gb18030.problem(stream, offset)),
            Err(_) => Err(utf8.problem(stream, offset_utf8)),
        }
    }

    pub(super) fn is_gb18030(self) -> bool {
        self.encoding == GB18030
    }

    /// The file's text from its beginning.
    pub(super) fn text(self, stream: &Stream) -> Decoding {
        Decoding {
            stream: stream.at(self.start),
            decoder: self.encoding.new_decoder_without_bom_handling(),
            unit: if self.encoding == UTF_16LE || self.encoding == UTF_16BE { 2 } else { 1 },
            input: Vec::with_capacity(PIECE),
            taken: self.start,
            ended: false,
        }
    }

    fn checked(self, stream: &Stream) -> Result<Self, Problem> {
        match self.holds(stream)? {
            Ok(_) => Ok(self),
            Err((offset, _)) => Err(self.problem(stream, offset)),
        }
    }

    /// Whether the whole file is in this encoding, and how many characters beyond ASCII it has; if not, the offset of the
    /// first bytes that are not, and how many such characters stand before them.
    fn holds(self, stream: &Stream) -> Result<Result<usize, (u64, usize)>, Problem> {
        let mut text = String::new();
        let mut decoding = self.text(stream);
        let mut foreign = 0;
        loop {
            let more = decoding.more(&mut text);
            foreign += text.chars().filter(|character| !character.is_ascii()).count();
            text.clear();
            match more {
                Ok(true) => {}
                Ok(false) => return Ok(Ok(foreign)),
                Err(Stopped::NotText { offset }) => return Ok(Err((offset, foreign))),
                Err(Stopped::Failed(error)) => return Err(stream.problem(error)),
            }
        }
    }

    /// What is wrong at an offset, shown with what stands before it in its line.
    pub(super) fn problem(self, stream: &Stream, offset: u64) -> Problem {
        let mut decoding = self.text(stream);
        let (mut text, mut line) = (String::new(), 1);
        // The text before the offset was read once already; if it can't be read again, the place is as far as it can.
        while let Ok(true) = decoding.more(&mut text) {
            // A last carriage return stays: its line feed may be still to come.
            let end = text.strip_suffix('\r').unwrap_or(&text).rfind(['\n', '\r']).map_or(0, |feed| feed + 1);
            line += line_breaks(&text[..end]);
            text.drain(..end);
            // Of a line without end the last of it is enough.
            let far = character_before(&text, text.len().saturating_sub(PIECE));
            text.drain(..far);
        }
        let good = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        let byte = stream.at(offset).beginning(1).ok().and_then(|bytes| bytes.first().copied()).unwrap_or(0);
        let place = place_in(stream.path(), line, &text, good..text.len());
        let fault = match self.is_said {
            true => GridFault::NotInEncoding { byte, encoding: self.name().key() },
            false => GridFault::NotText { byte },
        };
        Problem::from(fault).at(place)
    }
}

/// UTF-16 without its mark, known by the zeros beside its ASCII characters; a table always has some of those.
fn unmarked_utf16(beginning: &[u8]) -> Option<&'static Encoding> {
    /// Of so many characters one at least is ASCII. A stray zero in another text makes no such share.
    const ONE_OF: usize = 16;
    let ascii = |byte: u8| byte != 0 && byte.is_ascii();
    let pairs = || beginning.chunks_exact(2);
    let little = pairs().filter(|pair| ascii(pair[0]) && pair[1] == 0).count();
    let big = pairs().filter(|pair| pair[0] == 0 && ascii(pair[1])).count();
    // No test can tell: text that has as much of either is neither.
    let encoding = if little > big { UTF_16LE } else { UTF_16BE };
    (little.max(big) > 0 && little.max(big) * ONE_OF >= pairs().count()).then_some(encoding)
}

/// The text of a file, a piece at a time.
pub(super) struct Decoding {
    stream: Stream,
    decoder: Decoder,
    /// How many bytes the smallest character has.
    unit: usize,
    input: Vec<u8>,
    /// How many bytes of the file were taken.
    taken: u64,
    ended: bool,
}

impl Decoding {
    /// Appends the next piece; false if it is the last. Text before a fault is appended all the same.
    pub(super) fn more(&mut self, text: &mut String) -> Result<bool, Stopped> {
        if self.ended {
            return Ok(false);
        }
        self.input.clear();
        (&mut self.stream).take(PIECE as u64).read_to_end(&mut self.input).map_err(Stopped::Failed)?;
        let last = self.input.len() < PIECE;
        // A zero is no character of a text, whatever an encoding says; what follows it is not looked at.
        let units = || self.input.chunks(self.unit).position(|unit| unit.iter().all(|byte| *byte == 0));
        let zero = if self.input.contains(&0) { units() } else { None };
        let end = zero.map_or(self.input.len(), |unit| unit * self.unit);
        // Only what is longer than memory has no length.
        text.reserve(self.decoder.max_utf8_buffer_length_without_replacement(end).unwrap_or_default());
        let input = &self.input[..end];
        let (result, read) = self.decoder.decode_to_string_without_replacement(input, text, last && zero.is_none());
        let begun = self.taken;
        self.taken += self.input.len() as u64;
        self.ended = last;
        match result {
            DecoderResult::Malformed(length, behind) => {
                self.ended = true;
                let good = begun + read as u64;
                Err(Stopped::NotText { offset: good.saturating_sub(u64::from(length) + u64::from(behind)) })
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => match zero {
                Some(_) => {
                    self.ended = true;
                    Err(Stopped::NotText { offset: begun + end as u64 })
                }
                None => Ok(!last),
            },
        }
    }

    /// How many bytes of the file were taken, and how many it has.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.taken, self.stream.length())
    }
}
