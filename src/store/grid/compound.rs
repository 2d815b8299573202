//! An OLE2 compound file, in which Office kept its files before 2007: its streams, read where they stand. At most 2 MiB of
//! tables are read to find them, so that memory is bounded whatever a file claims. The only file that names `cfb`.

use std::io::{BufReader, Seek, SeekFrom};

use cfb::CompoundFile;

use super::origin::{Broken, Origin};
use super::stream::Stream;
use crate::problem::Problem;

/// The most that is read to find out what the file holds, in bytes: the tables of a quarter of a gigabyte.
const LARGEST_TABLES: u64 = 2 << 20;

/// How every compound file begins.
pub(super) const SIGN: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An opened compound file.
pub(super) struct Compound {
    file: CompoundFile<Stream>,
    origin: Origin,
}

/// One of its streams.
pub(super) type Part = BufReader<cfb::Stream<Stream>>;

impl Compound {
    pub(super) fn open(stream: Stream) -> Result<Self, Problem> {
        let origin = Origin::of(&stream);
        stream.allow(LARGEST_TABLES);
        let file = CompoundFile::open(stream.clone());
        stream.allow(u64::MAX);
        let file = file.map_err(|_| origin.problem("", Broken::Damaged))?;
        Ok(Self { file, origin })
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether there is a stream of this name at the top.
    pub(super) fn has(&self, name: &str) -> bool {
        self.file.is_stream(name)
    }

    /// A stream from this place on, and the length it says it has; it is refused if that is more than `largest`.
    pub(super) fn part(&mut self, name: &str, start: u64, largest: u64) -> Result<(Part, u64), Problem> {
        let damaged = |origin: &Origin| origin.problem(name, Broken::Damaged);
        let part = self.file.open_stream(name).map_err(|_| damaged(&self.origin))?;
        let length = part.len();
        if length > largest {
            return Err(self.origin.problem(name, Broken::TooLarge { most: largest }));
        }
        let mut part = BufReader::new(part);
        part.seek(SeekFrom::Start(start)).map_err(|_| damaged(&self.origin))?;
        Ok((part, length))
    }
}
