//! Rows by their day: held while they are few, and beyond a bound laid by in a file without a name, which is gone with the
//! run. The rows come by seq, so that a day's pieces, one after another, are the day's rows in their order.

#[cfg(test)]
mod daybook_tests;
mod row_bytes;

use std::fmt;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::slice;

use super::files::{Files, OpenFile, read_stretch};
use super::whole::write_all;
use crate::domain::calendar::Date;
use crate::domain::trail::{Lost, Mover, Movers, Walk};
use crate::problem::{Doing, FileFault};

/// Where rows go that are too many to be held in memory.
#[derive(Debug, Clone)]
pub struct Overflow {
    /// The folder of a file without a name.
    pub folder: PathBuf,
    /// The most bytes of rows that are held.
    pub most_held: usize,
}

impl Overflow {
    /// Into this folder, beyond as many bytes as leave a command well within 64 MiB.
    #[must_use]
    pub fn into_folder(folder: PathBuf) -> Self {
        Self { folder, most_held: 12 << 20 }
    }
}

/// The most bytes of rows that wait for their turn: several stretches of a ledger do so at once, on each processor.
const FEW: usize = 1 << 16;

/// Bytes that are read at once: a day's rows of one run, or as many of them.
const PIECE: usize = 1 << 16;

/// Bytes that are written at once.
// No test can tell how many these are.
const GATHERED: usize = 1 << 18;

/// Rows that are being laid by.
pub(crate) struct Daybook {
    held: Held,
    most_held: usize,
    beyond: Beyond,
}

/// What becomes of rows that can't be held.
enum Beyond {
    /// All of them can, for the ledger is short.
    Never,
    /// They are only held until their turn comes, and some may have been let go.
    Few {
        is_short: bool,
    },
    Filed(Filed),
    /// A file for them is not to be had, which is no matter until one is needed.
    NotToBeHad(FileFault),
    /// Some have been let go, so that the daybook is none.
    Failed(FileFault),
}

/// Rows in memory.
#[derive(Debug, Default)]
struct Held {
    bytes: Vec<u8>,
    rows: Vec<HeldRow>,
}

/// Where a row begins among the bytes, and how long it is.
#[derive(Debug, Clone, Copy)]
struct HeldRow {
    date: Date,
    length: u32,
    start: usize,
}

/// Rows in the file.
struct Filed {
    folder: PathBuf,
    file: Box<dyn OpenFile + Send>,
    length: u64,
    pieces: Vec<Piece>,
}

/// Rows of one day that stand together in the file.
#[derive(Debug, Clone, Copy)]
struct Piece {
    date: Date,
    length: u32,
    start: u64,
    digest: u64,
}

impl Daybook {
    /// For rows of the ledger at this path, each of which takes less room here than there.
    pub(crate) fn of_ledger(files: &dyn Files, ledger: &Path, overflow: &Overflow) -> Self {
        let Overflow { folder, most_held } = overflow;
        let length = files.look(ledger).map_or(u64::MAX, |look| look.map_or(0, |look| look.length));
        let beyond = match (length > *most_held as u64).then(|| files.nameless(folder)) {
            None => Beyond::Never,
            Some(Ok(file)) => Beyond::Filed(Filed { folder: folder.clone(), file, length: 0, pieces: Vec::new() }),
            Some(Err(error)) => Beyond::NotToBeHad(failed(Doing::Creating, folder)(error)),
        };
        Self { held: Held::default(), most_held: *most_held, beyond }
    }

    /// One for the rows of a stretch further on, to be joined when their turn comes.
    pub(crate) fn for_few() -> Self {
        Self { held: Held::default(), most_held: FEW, beyond: Beyond::Few { is_short: false } }
    }

    /// False where it was for few rows, and there were more.
    pub(crate) fn has_all(&self) -> bool {
        !matches!(self.beyond, Beyond::Few { is_short: true })
    }

    /// Takes over the rows of the stretch behind its own.
    pub(crate) fn join(&mut self, later: &Self) {
        debug_assert!(later.has_all(), "what has let rows go is not joined");
        let from = self.held.bytes.len();
        self.held.bytes.extend_from_slice(&later.held.bytes);
        self.held.rows.extend(later.held.rows.iter().map(|row| HeldRow { start: from + row.start, ..*row }));
        if self.held.size() > self.most_held {
            self.overflow();
        }
    }

    /// Lays a row by. What fails is told at the end.
    pub(crate) fn add(&mut self, row: &Mover<&str>) {
        let start = self.held.bytes.len();
        row_bytes::put(row, &mut self.held.bytes);
        let length = u32::try_from(self.held.bytes.len() - start).expect("a ledger's line is short");
        self.held.rows.push(HeldRow { date: row.date, length, start });
        if self.held.size() > self.most_held {
            self.overflow();
        }
    }

    /// The held rows give way to others, where they can.
    fn overflow(&mut self) {
        self.beyond = match std::mem::replace(&mut self.beyond, Beyond::Never) {
            Beyond::Never => return,
            Beyond::Few { .. } => Beyond::Few { is_short: true },
            Beyond::Filed(mut filed) => match filed.add(&mut self.held) {
                Ok(()) => Beyond::Filed(filed),
                Err(error) => Beyond::Failed(failed(Doing::Writing, &filed.folder)(error)),
            },
            Beyond::NotToBeHad(fault) | Beyond::Failed(fault) => Beyond::Failed(fault),
        };
        self.held.bytes.clear();
        self.held.rows.clear();
    }

    /// The rows, when all of them are laid by.
    ///
    /// # Errors
    /// What failed meanwhile.
    pub(crate) fn into_rows(mut self) -> Result<Rc<dyn Movers>, FileFault> {
        match self.beyond {
            Beyond::Filed(mut filed) if !filed.pieces.is_empty() => {
                filed.add(&mut self.held).map_err(failed(Doing::Writing, &filed.folder))?;
                filed.pieces.sort_by_key(|piece| piece.date);
                Ok(Rc::new(filed))
            }
            Beyond::Never | Beyond::Few { .. } | Beyond::Filed(_) | Beyond::NotToBeHad(_) => {
                self.held.sort();
                Ok(Rc::new(self.held))
            }
            Beyond::Failed(fault) => Err(fault),
        }
    }
}

impl Held {
    fn size(&self) -> usize {
        self.bytes.len() + self.rows.len() * size_of::<HeldRow>()
    }

    /// By date, and on one date as they came.
    fn sort(&mut self) {
        self.rows.sort_unstable_by_key(|row| (row.date, row.start));
    }

    fn bytes_of(&self, row: &HeldRow) -> &[u8] {
        &self.bytes[row.start..row.start + row.length as usize]
    }
}

impl Filed {
    /// Adds rows behind those that are there.
    fn add(&mut self, held: &mut Held) -> io::Result<()> {
        held.sort();
        let (mut gathered, mut piece) = (Vec::new(), 0..0);
        for (place, row) in held.rows.iter().enumerate() {
            gathered.extend_from_slice(held.bytes_of(row));
            piece.end = gathered.len();
            let is_last = held.rows.get(place + 1).is_none_or(|next| next.date != row.date);
            if is_last || piece.len() >= PIECE {
                self.pieces.push(Piece {
                    date: row.date,
                    length: u32::try_from(piece.len()).expect("a piece ends soon"),
                    start: self.length + piece.start as u64,
                    digest: digest(&gathered[piece.clone()]),
                });
                piece.start = piece.end;
                // No test can tell how often is written.
                if gathered.len() >= GATHERED {
                    self.write(&mut gathered)?;
                    piece = 0..0;
                }
            }
        }
        self.write(&mut gathered)
    }

    fn write(&mut self, gathered: &mut Vec<u8>) -> io::Result<()> {
        write_all(&mut *self.file, gathered)?;
        self.length += gathered.len() as u64;
        gathered.clear();
        Ok(())
    }

    /// The bytes of a piece. A disk that lies must not be believed.
    fn read(&self, piece: &Piece) -> Result<Vec<u8>, Lost> {
        let read = read_stretch(&*self.file, piece.start, piece.length as usize);
        let read = read.and_then(|bytes| match digest(&bytes) == piece.digest {
            true => Ok(bytes),
            false => Err(io::ErrorKind::InvalidData.into()),
        });
        read.map_err(|error| Lost(Box::new(failed(Doing::Reading, &self.folder)(error))))
    }
}

fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn failed(doing: Doing, folder: &Path) -> impl FnOnce(io::Error) -> FileFault + use<> {
    let folder = folder.to_owned();
    move |error| FileFault::LayingBy { doing, folder, error }
}

impl Held {
    fn row<'h, Text: From<&'h str>>(&'h self, row: &HeldRow) -> Mover<Text> {
        row_bytes::take(row.date, &mut self.bytes_of(row)).expect("it was put there")
    }
}

impl Movers for Held {
    fn walk(&self) -> Walk<'_> {
        Box::new(self.rows.iter().map(|row| Ok(self.row(row))))
    }

    fn scan(&self, look: &mut dyn FnMut(Mover<&str>)) -> Result<(), Lost> {
        self.rows.iter().for_each(|row| look(self.row(row)));
        Ok(())
    }
}

impl Movers for Filed {
    fn walk(&self) -> Walk<'_> {
        Box::new(Reading { filed: self, pieces: self.pieces.iter(), date: Date::default(), bytes: Vec::new(), at: 0 })
    }

    fn scan(&self, look: &mut dyn FnMut(Mover<&str>)) -> Result<(), Lost> {
        for piece in &self.pieces {
            let bytes = self.read(piece)?;
            let mut rest = bytes.as_slice();
            while !rest.is_empty() {
                look(row_bytes::take(piece.date, &mut rest).expect(PROVED));
            }
        }
        Ok(())
    }
}

/// Why the bytes of a piece are rows.
const PROVED: &str = "it reads back as it was written";

/// The rows of the file as they are read, a piece at a time. Nothing follows what is lost.
struct Reading<'f> {
    filed: &'f Filed,
    pieces: slice::Iter<'f, Piece>,
    date: Date,
    bytes: Vec<u8>,
    at: usize,
}

impl Iterator for Reading<'_> {
    type Item = Result<Mover, Lost>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at == self.bytes.len() {
            let piece = self.pieces.next()?;
            (self.date, self.at) = (piece.date, 0);
            self.bytes = match self.filed.read(piece) {
                Ok(bytes) => bytes,
                Err(lost) => {
                    (self.pieces, self.bytes) = (slice::Iter::default(), Vec::new());
                    return Some(Err(lost));
                }
            };
        }
        let mut rest = &self.bytes[self.at..];
        let row = row_bytes::take(self.date, &mut rest).expect(PROVED);
        self.at = self.bytes.len() - rest.len();
        Some(Ok(row))
    }
}

// No test can tell: whatever holds rows can be shown, and nobody looks.
impl fmt::Debug for Filed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Filed").field("length", &self.length).finish_non_exhaustive()
    }
}
