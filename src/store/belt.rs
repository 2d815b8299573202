//! Work on a thread of its own, in order: pieces go in at one end and come out at the other. A few pieces start no thread,
//! and where none is to be had the work is done on the spot. It knows nothing of the pieces.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

use crate::problem::Problem;

/// Pieces that may wait to be worked on, so that neither side stands idle and memory holds few.
// No test can tell how many these are.
const AHEAD: usize = 4;

/// Who works on pieces one after another.
pub(crate) trait Station: Send + 'static {
    type Piece: Send;
    type Done: Send;

    /// Works on a piece; after an error there are no more.
    fn work(&mut self, piece: Self::Piece) -> Result<Self::Done, Problem>;
}

/// A station with pieces on their way to it and from it.
pub(crate) struct Belt<S: Station>(Option<Side<S>>);

/// Where the station is.
enum Side<S: Station> {
    /// Here, and whether a piece has come by.
    Here(S, bool),
    There(There<S>),
}

/// A station on its thread.
struct There<S: Station> {
    pieces: SyncSender<S::Piece>,
    done: Receiver<Result<S::Done, Problem>>,
    thread: JoinHandle<Option<S>>,
}

impl<S: Station> Belt<S> {
    pub(crate) fn new(station: S) -> Self {
        Self(Some(Side::Here(station, false)))
    }

    /// Puts a piece on, and takes off those that are done, in their order.
    ///
    /// # Errors
    /// The station's. It is no more then.
    pub(crate) fn put(&mut self, piece: S::Piece) -> Result<Vec<S::Done>, Problem> {
        let side = match self.0.take().expect("after an error no piece is put on") {
            Side::Here(station, true) => start(station),
            side @ (Side::Here(_, false) | Side::There(_)) => side,
        };
        match side {
            Side::Here(mut station, _) => {
                let done = station.work(piece)?;
                self.0 = Some(Side::Here(station, true));
                Ok(vec![done])
            }
            Side::There(there) => {
                // A station that has failed takes no more; what it failed of has come off.
                let is_taken = there.pieces.send(piece).is_ok();
                let done = there.done.try_iter().collect::<Result<_, _>>()?;
                assert!(is_taken, "a station goes only after an error");
                self.0 = Some(Side::There(there));
                Ok(done)
            }
        }
    }

    /// The station, when it has worked on all that was put on, and the last of what is done.
    ///
    /// # Errors
    /// The station's.
    pub(crate) fn end(self) -> Result<(S, Vec<S::Done>), Problem> {
        match self.0.expect("after an error nobody asks for the end") {
            Side::Here(station, _) => Ok((station, Vec::new())),
            Side::There(There { pieces, done, thread }) => {
                drop(pieces);
                let done = done.iter().collect::<Result<_, _>>()?;
                let station = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                Ok((station.expect("it was handed over"), done))
            }
        }
    }
}

/// Takes the station to a thread of its own, if one is to be had.
fn start<S: Station>(station: S) -> Side<S> {
    let (sender, pieces) = sync_channel(AHEAD);
    let (answer, done) = channel();
    // It is handed over when there is a thread, for one that does not come about would take it along.
    let (hand, handed) = channel::<S>();
    let work = move || {
        let mut station = handed.recv().ok()?;
        for piece in pieces {
            let worked = station.work(piece);
            // No test can tell if it goes on after an error: nobody takes off what is done then.
            let is_over = worked.is_err();
            if answer.send(worked).is_err() || is_over {
                break;
            }
        }
        Some(station)
    };
    match Builder::new().spawn(work) {
        Ok(thread) => match hand.send(station) {
            Ok(()) => Side::There(There { pieces: sender, done, thread }),
            Err(unsent) => Side::Here(unsent.0, true),
        },
        Err(_) => Side::Here(station, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::BillFault;

    /// Adds up, and refuses what it is told to refuse.
    struct Adder {
        sum: u64,
        refused: u64,
    }

    impl Station for Adder {
        type Piece = u64;
        type Done = u64;

        fn work(&mut self, piece: u64) -> Result<u64, Problem> {
            if piece == self.refused {
                return Err(BillFault::OriginalNeeded.into());
            }
            self.sum += piece;
            Ok(self.sum)
        }
    }

    #[test]
    fn what_is_put_on_comes_off_worked_on_and_in_order() {
        for count in [0, 1, 2, 3, 500] {
            let mut belt = Belt::new(Adder { sum: 0, refused: u64::MAX });
            let mut done = Vec::new();
            for piece in 1..=count {
                done.extend(belt.put(piece).expect("nothing is refused"));
            }
            let is_there = matches!(belt.0, Some(Side::There(_)));
            assert_eq!(is_there, count > 1, "{count}");
            let (adder, last) = belt.end().expect("nothing is refused");
            done.extend(last);
            let sums: Vec<u64> = (1..=count).map(|last| last * (last + 1) / 2).collect();
            assert_eq!((adder.sum, done), (count * (count + 1) / 2, sums));
        }
    }

    #[test]
    fn what_is_refused_is_said_while_pieces_come_or_at_the_end() {
        for refused in [1, 2, 3, 40, 499, 500] {
            let mut belt = Belt::new(Adder { sum: 0, refused });
            let put = (1..=500).try_for_each(|piece| belt.put(piece).map(drop));
            let answer = put.and_then(|()| belt.end().map(drop));
            assert!(answer.is_err(), "{refused}");
        }
    }
}
