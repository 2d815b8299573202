//! A file as lines, read in pieces into one buffer that never grows past a line: no allocation a line, bounded memory.

use std::io;

use memchr::memchr;

use super::files::OpenFile;
use super::line::LONGEST_LINE;

/// Read at once; a little more than the longest line, and enough that the calls cost nothing.
const PIECE: usize = 4 * LONGEST_LINE;

/// The lines of one stretch of a file.
pub(crate) struct Lines<'f> {
    file: &'f dyn OpenFile,
    /// Where the next piece is read from, and where reading ends.
    next: u64,
    end: u64,
    buffer: Vec<u8>,
    start: usize,
    filled: usize,
}

/// One line, or what stands where a line should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'b> {
    /// A line, its line feed left off.
    Line(&'b [u8]),
    /// The last bytes, without a line feed.
    Unended(&'b [u8]),
    /// More bytes than a line may have, and no line feed among them; the first of them.
    TooLong(&'b [u8]),
}

impl<'f> Lines<'f> {
    /// The lines from `start` to `end`, both in bytes.
    pub(crate) fn new(file: &'f dyn OpenFile, start: u64, end: u64) -> Self {
        Self { file, next: start, end, buffer: vec![0; PIECE], start: 0, filled: 0 }
    }

    /// The next line with the offset it begins at; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<(u64, Found<'_>)>> {
        let mut searched = self.start;
        loop {
            if let Some(feed) = memchr(b'\n', &self.buffer[searched..self.filled]) {
                let line = self.start..searched + feed;
                let offset = self.offset();
                self.start = line.end + 1;
                return Ok(Some((offset, Found::Line(&self.buffer[line]))));
            }
            searched = self.filled - self.start;
            let offset = self.offset();
            if searched > LONGEST_LINE {
                return Ok(Some((offset, Found::TooLong(&self.buffer[self.start..self.filled]))));
            }
            if !self.fill()? {
                if self.start == self.filled {
                    return Ok(None);
                }
                let rest = self.start..self.filled;
                self.start = self.filled;
                return Ok(Some((offset, Found::Unended(&self.buffer[rest]))));
            }
        }
    }

    fn offset(&self) -> u64 {
        self.next - (self.filled - self.start) as u64
    }

    /// Moves the unfinished line to the front and reads on behind it; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        let room = usize::try_from(self.end - self.next).unwrap_or(usize::MAX).min(self.buffer.len() - self.filled);
        if room == 0 {
            return Ok(false);
        }
        loop {
            match self.file.read_at(&mut self.buffer[self.filled..self.filled + room], self.next) {
                Ok(read) => {
                    self.filled += read;
                    self.next += read as u64;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
