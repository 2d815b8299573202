//! Bills between the reading of a table and the rules: held while they are few, and beyond a bound laid by in a file without
//! a name, which is gone with the run. They come out as they went in, in their order, each under its id.

use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use super::Bill;
use crate::problem::{Doing, FileFault};
use crate::store::daybook::Overflow;
use crate::store::files::{Files, OpenFile, read_stretch};
use crate::store::packed::{put_any_text, put_number, put_particulars, take_any_text, take_number, take_particulars};
use crate::store::whole::write_all;

/// Bills as bytes, as they go from one thread to another and into a tray: so none of their texts is made room for in one
/// thread and let go in the other.
#[derive(Debug, Default)]
pub(crate) struct PackedBills(Vec<u8>);

impl PackedBills {
    /// From so many bytes on they are a pack.
    // No test can tell how many these are.
    const ENOUGH: usize = 1 << 14;

    pub(crate) fn put(&mut self, bill: &Bill) {
        let Bill { line, what, original, id } = bill;
        put_number(*line as u128, &mut self.0);
        put_particulars(what, &mut self.0);
        put_any_text(original.as_deref(), &mut self.0);
        put_any_text(id.as_deref(), &mut self.0);
    }

    // No test can tell if packs are smaller.
    pub(crate) fn is_enough(&self) -> bool {
        self.0.len() >= Self::ENOUGH
    }

    pub(crate) fn bills(&self) -> impl Iterator<Item = Bill> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || (!rest.is_empty()).then(|| take(&mut rest).expect(PROVED)))
    }
}

/// Takes a bill off the front; `None` where the bytes are none.
pub(super) fn take(bytes: &mut &[u8]) -> Option<Bill> {
    let line = usize::try_from(take_number(bytes)?).ok()?;
    let what = take_particulars(bytes)?;
    Some(Bill { line, what, original: take_any_text(bytes)?, id: take_any_text(bytes)? })
}

/// Why bytes are bills.
const PROVED: &str = "it reads back as it was written";

/// Bills that wait for the rules.
pub(crate) struct Tray {
    overflow: Overflow,
    /// Where those go that can't be held; that there is no such file is no matter until one is needed.
    file: io::Result<Box<dyn OpenFile + Send>>,
    /// How long the file is.
    length: u64,
    pieces: Vec<Piece>,
    /// How many bytes of the pieces are held.
    held: usize,
}

/// Packed bills, and behind them the id of each.
struct Piece {
    place: Place,
    /// How many of the bytes are bills.
    bills: usize,
}

enum Place {
    Held(Vec<u8>),
    Filed { start: u64, length: usize, digest: u64 },
}

impl Tray {
    pub(crate) fn new(files: &dyn Files, overflow: &Overflow) -> Self {
        let file = files.nameless(&overflow.folder);
        Self { overflow: overflow.clone(), file, length: 0, pieces: Vec::new(), held: 0 }
    }

    /// Lays bills by, each under its id; those without one are let go.
    ///
    /// # Errors
    /// The file for those that can't be held failed. No more can be laid by then.
    pub(crate) fn lay(&mut self, PackedBills(mut bytes): PackedBills, ids: &[Option<String>]) -> Result<(), FileFault> {
        let bills = bytes.len();
        ids.iter().for_each(|id| put_any_text(id.as_deref(), &mut bytes));
        let place = if self.held + bytes.len() <= self.overflow.most_held {
            self.held += bytes.len();
            Place::Held(bytes)
        } else {
            self.filed(&bytes)?
        };
        self.pieces.push(Piece { place, bills });
        Ok(())
    }

    fn filed(&mut self, bytes: &[u8]) -> Result<Place, FileFault> {
        let file = match &mut self.file {
            Ok(file) => file,
            Err(error) => {
                let error = std::mem::replace(error, io::ErrorKind::Other.into());
                return Err(failed(Doing::Creating, &self.overflow.folder, error));
            }
        };
        write_all(&mut **file, bytes).map_err(|error| failed(Doing::Writing, &self.overflow.folder, error))?;
        let start = self.length;
        self.length += bytes.len() as u64;
        Ok(Place::Filed { start, length: bytes.len(), digest: digest(bytes) })
    }

    /// The bills with their ids. What has come out is held no more.
    pub(crate) fn into_bills(self) -> Bills {
        let pieces = self.pieces.into_iter();
        Bills { folder: self.overflow.folder, file: self.file, pieces, bytes: Vec::new(), bill: 0..0, id: 0 }
    }
}

/// The bills of a tray as they come out. Nothing follows what is lost.
pub(crate) struct Bills {
    folder: PathBuf,
    file: io::Result<Box<dyn OpenFile + Send>>,
    pieces: vec::IntoIter<Piece>,
    /// A piece.
    bytes: Vec<u8>,
    /// Where the next bill begins in it, and where they end.
    bill: std::ops::Range<usize>,
    /// Where the next id begins.
    id: usize,
}

impl Bills {
    /// The bytes of a piece. A disk that lies must not be believed.
    fn read(&self, place: Place) -> io::Result<Vec<u8>> {
        match (place, &self.file) {
            (Place::Held(bytes), _) => Ok(bytes),
            (Place::Filed { start, length, digest: given }, Ok(file)) => {
                let bytes = read_stretch(&**file, start, length)?;
                if digest(&bytes) == given { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
            }
            (Place::Filed { .. }, Err(error)) => Err(error.kind().into()),
        }
    }

    /// The next bill of the piece, and its id if it has one.
    fn take(&mut self) -> (Bill, Option<String>) {
        let (mut bills, mut ids) = (&self.bytes[self.bill.clone()], &self.bytes[self.id..]);
        let laid = (take(&mut bills).expect(PROVED), take_any_text(&mut ids).expect(PROVED));
        self.bill.start = self.bill.end - bills.len();
        self.id = self.bytes.len() - ids.len();
        laid
    }
}

impl Iterator for Bills {
    type Item = Result<(Bill, String), FileFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while !self.bill.is_empty() {
                if let (bill, Some(id)) = self.take() {
                    return Some(Ok((bill, id)));
                }
            }
            let Piece { place, bills } = self.pieces.next()?;
            (self.bill, self.id) = (0..bills, bills);
            self.bytes = match self.read(place) {
                Ok(bytes) => bytes,
                Err(error) => {
                    (self.pieces, self.bill) = (vec::IntoIter::default(), 0..0);
                    return Some(Err(failed(Doing::Reading, &self.folder, error)));
                }
            };
        }
    }
}

fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn failed(doing: Doing, folder: &Path, error: io::Error) -> FileFault {
    FileFault::LayingBy { doing, folder: folder.to_owned(), error }
}
