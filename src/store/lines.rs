//! A file as lines, read in pieces into one buffer that never grows past a line: no allocation a line, bounded memory.

use std::io;

use memchr::memchr;

use super::files::OpenFile;
use super::line::LONGEST_LINE;

/// Read at once; a little more than the longest line, and enough that the calls cost nothing.
// No test can tell how many these are.
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::super::grid::one_file::OneFile;
    use super::*;

    /// The lines between two offsets, and whether each has its line feed.
    fn read(bytes: &[u8], start: u64, end: u64) -> Vec<(u64, Vec<u8>, bool)> {
        let file = OneFile::new(bytes);
        let mut lines = Lines::new(&file, start, end);
        let mut read = Vec::new();
        while let Some((offset, found)) = lines.next().expect("memory does not fail") {
            match found {
                Found::Line(line) => read.push((offset, line.to_vec(), true)),
                Found::Unended(line) => read.push((offset, line.to_vec(), false)),
                Found::TooLong(_) => panic!("no line is too long"),
            }
        }
        read
    }

    #[test]
    fn a_file_that_is_shorter_than_it_was_ends_where_it_ends() {
        assert_eq!(read(b"ab\nc", 0, 10), [(0, b"ab".to_vec(), true), (3, b"c".to_vec(), false)]);
    }

    #[test]
    fn a_read_that_a_signal_interrupts_is_tried_again() {
        let file = OneFile { interrupts: Some(Arc::new(AtomicBool::new(true))), ..OneFile::new(b"ab\ncd\n") };
        let mut lines = Lines::new(&file, 0, 6);
        for line in [b"ab", b"cd"] {
            assert!(matches!(lines.next().expect("it reads"), Some((_, Found::Line(found))) if found == line));
        }
    }

    #[test]
    fn lines_are_the_same_wherever_the_pieces_they_are_read_in_end() {
        // Lines of all lengths up to the longest, over many pieces.
        let lengths = (0..60).map(|number: usize| (number * 7_919) % (LONGEST_LINE + 1)).chain([0, LONGEST_LINE, 1]);
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for (number, length) in lengths.enumerate() {
            let line = vec![b'a' + (number % 26) as u8; length];
            expected.push((bytes.len() as u64, line.clone(), true));
            bytes.extend(line);
            bytes.push(b'\n');
        }
        assert!(bytes.len() > 5 * PIECE);
        let end = bytes.len() as u64;
        assert_eq!(read(&bytes, 0, end), expected);
        let (from, _, _) = expected[40];
        assert_eq!(read(&bytes, from, end), expected[40..]);
        let (_, last, is_ended) = expected.last_mut().expect("the last line");
        (*last, *is_ended) = (b"k".to_vec(), false);
        assert_eq!(read(&bytes, 0, end - 1), expected);
    }

    #[test]
    fn a_line_is_too_long_by_one_byte() {
        let found = |length: usize| {
            let file = OneFile::new([&vec![b'a'; length][..], b"\n"].concat());
            let mut lines = Lines::new(&file, 0, length as u64);
            let (_, found) = lines.next().expect("memory does not fail").expect("a line");
            matches!(found, Found::TooLong(_))
        };
        assert!(!found(LONGEST_LINE));
        assert!(found(LONGEST_LINE + 1));
    }
}
