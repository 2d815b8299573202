//! The rows of a text file: decoded, split into records, taken apart. It keeps one record at a time.

use std::ops::Range;

use super::encoding::{Decoding, Encoded, Stopped};
use super::records::{self, Found, LONGEST_RECORD};
use super::row::{Content, character_before, line_breaks, place_in};
use super::stream::Stream;
use crate::domain::statement::{Separator, TextEncoding};
use crate::problem::{GridFault, Problem};

/// A text file whose encoding and separator are known.
pub(super) struct Text {
    stream: Stream,
    encoded: Encoded,
    separator: u8,
    /// Whether the first line only names the separator.
    is_named: bool,
}

impl Text {
    /// Reads the whole file once to be sure of its encoding.
    pub(super) fn open(stream: Stream, encoding: TextEncoding, separator: Separator) -> Result<Self, Problem> {
        let encoded = Encoded::said(&stream, encoding)?;
        let mut beginning = String::new();
        let mut decoding = encoded.text(&stream);
        let mut more = true;
        while more && beginning.len() < LONGEST_RECORD {
            more = decoding.more(&mut beginning).map_err(|stopped| problem(&stream, encoded, stopped))?;
        }
        let named = records::named_separator(&beginning);
        let likely = || named.unwrap_or_else(|| records::likely_separator(&beginning, !more));
        let separator = records::said_separator(separator).unwrap_or_else(likely);
        Ok(Self { stream, encoded, separator, is_named: named.is_some() })
    }

    pub(super) fn encoding(&self) -> TextEncoding {
        self.encoded.name()
    }

    pub(super) fn separator(&self) -> Separator {
        let is_it = |separator: &Separator| records::said_separator(*separator) == Some(self.separator);
        Separator::ALL.into_iter().find(is_it).unwrap_or_default()
    }

    pub(super) fn is_in_gb18030(&self) -> bool {
        self.encoded.is_gb18030()
    }

    pub(super) fn rows(&self) -> TextRows<'_> {
        TextRows {
            text: self,
            decoding: self.encoded.text(&self.stream),
            pending: String::new(),
            start: 0,
            line: 1,
            names_separator: self.is_named,
            whole: false,
            cells: Vec::new(),
        }
    }
}

/// The rows one after the other.
pub(super) struct TextRows<'t> {
    text: &'t Text,
    decoding: Decoding,
    /// Text that was decoded; from `start` on it is still to be read.
    pending: String,
    start: usize,
    /// The line that begins at `start`.
    line: usize,
    /// Whether the next row only names the separator.
    names_separator: bool,
    /// Whether `pending` goes to the end of the file.
    whole: bool,
    cells: Vec<Range<usize>>,
}

impl TextRows<'_> {
    /// Reads the next row that isn't blank; false at the end.
    pub(super) fn next(&mut self, content: &mut Content) -> Result<bool, Problem> {
        loop {
            let rest = &self.pending[self.start..];
            if rest.is_empty() && self.whole {
                return Ok(false);
            }
            match records::first(rest, self.text.separator, self.whole, &mut self.cells) {
                Found::Record { length, .. } if length > LONGEST_RECORD => return Err(self.too_long()),
                Found::Record { length, with_end } => {
                    self.take(length, with_end, content);
                    if !content.is_blank() && !std::mem::take(&mut self.names_separator) {
                        return Ok(true);
                    }
                }
                Found::Part if rest.len() > LONGEST_RECORD => return Err(self.too_long()),
                Found::Part => self.more()?,
                Found::Unclosed { quote } => return Err(self.at(GridFault::UnclosedQuote, quote..quote + 1)),
                Found::Loose { quote } => return Err(self.at(GridFault::LooseQuote, quote..quote + 1)),
            }
        }
    }

    /// How many bytes of the file were taken, and how many it has.
    pub(super) fn progress(&self) -> (u64, u64) {
        self.decoding.progress()
    }

    /// Takes the record at `start` apart and steps over it.
    fn take(&mut self, length: usize, with_end: usize, content: &mut Content) {
        let record = &self.pending[self.start..self.start + length];
        content.clear();
        content.number = self.line;
        content.unended = with_end == length;
        let source = content.source.get_or_insert_default();
        source.clear();
        source.push_str(record);
        for span in self.cells.drain(..) {
            content.cells.push(records::cell(record, span, &mut content.text));
        }
        self.line += line_breaks(&self.pending[self.start..self.start + with_end]);
        self.start += with_end;
    }

    /// Decodes a piece more.
    fn more(&mut self) -> Result<(), Problem> {
        self.pending.drain(..std::mem::take(&mut self.start));
        self.whole = !self
            .decoding
            .more(&mut self.pending)
            .map_err(|stopped| problem(&self.text.stream, self.text.encoded, stopped))?;
        Ok(())
    }

    /// A record that doesn't end where it must: most likely a quote opened in it that should not be one.
    fn too_long(&mut self) -> Problem {
        let rest = &self.pending[self.start..];
        let opened = match records::first(rest, self.text.separator, true, &mut self.cells) {
            Found::Unclosed { quote } => Some(quote),
            Found::Record { .. } => {
                self.cells.iter().find(|cell| line_breaks(&rest[(*cell).clone()]) > 0).map(|cell| cell.start)
            }
            Found::Loose { quote } => Some(quote),
            Found::Part => None,
        };
        match opened {
            Some(quote) => self.at(GridFault::UnclosedQuote, quote..quote + 1),
            None => self.at(GridFault::LongRow { most: LONGEST_RECORD }, 0..0),
        }
    }

    /// A fault at some bytes of the record.
    fn at(&self, fault: GridFault, span: Range<usize>) -> Problem {
        /// Enough of a line to know it again.
        const SHOWN: usize = 4096;
        let rest = &self.pending[self.start..];
        let shown = &rest[..character_before(rest, span.end + SHOWN)];
        Problem::from(fault).at(place_in(self.text.stream.path(), self.line, shown, span))
    }
}

fn problem(stream: &Stream, encoded: Encoded, stopped: Stopped) -> Problem {
    match stopped {
        Stopped::Failed(error) => stream.problem(error),
        Stopped::NotText { offset } => encoded.problem(stream, offset),
    }
}
