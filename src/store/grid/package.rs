//! A workbook as the zip archive it is: its parts, each read up to a bound. The only file that names `zip`.

use std::io::BufReader;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::markup::Markup;
use super::origin::{Broken, Origin};
use super::stream::Stream;
use crate::problem::Problem;

/// The most that is read to find out what the archive holds, in bytes.
const LARGEST_DIRECTORY: u64 = 2 << 20;

/// An opened archive.
pub(super) struct Package {
    archive: ZipArchive<BufReader<Stream>>,
    origin: Origin,
}

/// A part as XML.
pub(super) type Part<'p> = Markup<ZipFile<'p, BufReader<Stream>>>;

impl Package {
    pub(super) fn open(stream: Stream) -> Result<Self, Problem> {
        let origin = Origin::of(&stream);
        stream.allow(LARGEST_DIRECTORY);
        let archive = ZipArchive::new(BufReader::new(stream.clone()));
        stream.allow(u64::MAX);
        let archive = archive.map_err(|_| origin.problem("", Broken::Damaged))?;
        Ok(Self { archive, origin })
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part by its name; `None` if there is no such part. It is refused if it says it is larger than `largest`, and
    /// at most `most` bytes of it are read. The second is the length it says it has.
    pub(super) fn part(&mut self, name: &str, largest: u64, most: u64) -> Result<Option<(Part<'_>, u64)>, Problem> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|_| self.origin.problem(name, Broken::Damaged))?;
        let length = part.size();
        if length > largest {
            return Err(self.origin.problem(name, Broken::TooLarge { most: largest }));
        }
        Ok(Some((Markup::new(part, most), length)))
    }

    /// Names are the same in capitals and in small letters.
    fn index(&self, name: &str) -> Option<usize> {
        let same = |known: &[u8]| {
            known.len() == name.len()
                && known.iter().zip(name.bytes()).all(|(known, wanted)| {
                    // Some programs on Windows write their own path separator.
                    let known = if *known == b'\\' { b'/' } else { *known };
                    known.eq_ignore_ascii_case(&wanted)
                })
        };
        self.archive.file_names_raw().position(same)
    }
}
