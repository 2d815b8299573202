//! A pass on several processors: the ledger cut at line ends, each stretch walked from the state that the line before it
//! tells of, and joined to those before it where that was the state indeed. It explains nothing: what is not plainly whole
//! is left to the pass in order.

use std::io;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use memchr::{memchr, memrchr};

use super::files::{OpenFile, read_stretch};
use super::head::Head;
use super::line::{LONGEST_LINE, LineReader};
use super::pass::{Further, Visitor, walk_on};
use crate::domain::entry::Digest;
use crate::domain::ledger::Ledger;

/// Bytes of a stretch: enough that threads seldom wait for each other, few enough that all of them have work.
const STRETCH: u64 = 2 << 20;

/// Bytes that are walked before there are threads, so that these know what was opened: an opening is seldom longer.
const BEGINNING: u64 = 1 << 16;

/// Stretches that a thread may be ahead of those joined: what is known of each waits in memory, on every processor.
const AHEAD: usize = 2;

/// Reads a ledger that holds from its first byte to its last; `None` if it does not, or the visitor must see its rows in
/// order, or there is one processor or too little to read.
pub(super) fn read<V: Visitor>(
    file: &dyn OpenFile,
    length: u64,
    head: Option<&Head>,
    visitor: V,
) -> io::Result<Option<(Ledger, V)>> {
    if length < 2 * STRETCH || visitor.further_on(&Ledger::default()).is_none() {
        return Ok(None);
    }
    match file.hands() {
        Ok(hands) if hands.len() > 1 => Cut { length, every: STRETCH, head }.read(file, hands, visitor),
        // Without more handles it is read all the same.
        Ok(_) | Err(_) => Ok(None),
    }
}

/// A ledger cut into stretches: the first line that begins at a cut or after it is the first of a stretch.
#[derive(Clone, Copy)]
pub(super) struct Cut<'h> {
    pub(super) length: u64,
    /// Bytes from one cut to the next.
    pub(super) every: u64,
    pub(super) head: Option<&'h Head>,
}

/// What a thread says of a stretch: nothing if it can't be told where it begins or ends.
type Answer<V> = io::Result<Option<Checked<V>>>;

/// What a thread has of a stretch.
struct Checked<V> {
    stretch: Range<u64>,
    /// None where it does not hold from what the line before it tells, or the visitor could not keep what it saw.
    outcome: Option<Outcome<V>>,
}

struct Outcome<V> {
    before: Ledger,
    after: Ledger,
    seen: V,
}

impl Cut<'_> {
    /// The state after all stretches, and what a visitor has seen of them.
    pub(super) fn read<V: Visitor>(
        self,
        file: &dyn OpenFile,
        hands: Vec<Box<dyn OpenFile + Send>>,
        mut visitor: V,
    ) -> io::Result<Option<(Ledger, V)>> {
        let (Some(Further { join, .. }), Some(end)) =
            (visitor.further_on(&Ledger::default()), self.line_from(file, self.cut(0))?)
        else {
            return Ok(None);
        };
        let first = walk_on(file, 0..end, Ledger::default(), self.head, &mut visitor)?;
        if first.stop.is_some() {
            return Ok(None);
        }
        let mut joined = Joined { ledger: first.ledger, visitor, end, join };
        // What was opened and closed before a stretch, as far as it is joined.
        let known = Mutex::new(joined.ledger.clone());
        let whole = thread::scope(|scope| {
            // Where no more threads are to be had, the pass in order needs none.
            let Ok(queues) = self.start(scope, hands, &joined.visitor, &known) else { return Ok(false) };
            let count = usize::try_from(self.length.div_ceil(self.every)).unwrap_or(usize::MAX);
            for place in 0..count {
                // A thread that is gone can't be asked; the pass in order will meet what it met.
                let Ok(checked) = queues[place % queues.len()].recv() else { return Ok(false) };
                let Some(checked) = checked? else { return Ok(false) };
                if !joined.take(checked, file, self.head)? {
                    return Ok(false);
                }
                let mut known = known.lock().expect("nobody panics with it");
                // No test can tell: what starts from a state that is not the true one is walked again, only later.
                if (known.opened.len(), known.closes.len()) != (joined.ledger.opened.len(), joined.ledger.closes.len())
                {
                    known.clone_from(&joined.ledger);
                }
            }
            Ok::<bool, io::Error>(true)
        })?;
        let Joined { ledger, visitor, end, .. } = joined;
        let reached = self.head.is_none_or(|head| head.seq <= ledger.rows);
        Ok((whole && end == self.length && ledger.is_whole() && reached).then_some((ledger, visitor)))
    }

    /// Starts a thread for each handle. The stretches are dealt out in turn, and each thread's come in their order.
    fn start<'scope, V: Visitor + 'scope>(
        self,
        scope: &'scope thread::Scope<'scope, '_>,
        hands: Vec<Box<dyn OpenFile + Send>>,
        visitor: &V,
        known: &'scope Mutex<Ledger>,
    ) -> io::Result<Vec<Receiver<Answer<V>>>>
    where
        Self: 'scope,
    {
        let threads = hands.len() as u64;
        let start = |(number, hand): (usize, Box<dyn OpenFile + Send>)| {
            let (sender, receiver): (SyncSender<_>, _) = sync_channel(AHEAD);
            let fresh = visitor.further_on(&Ledger::default()).map(|further| further.visitor);
            thread::Builder::new().spawn_scoped(scope, move || {
                let count = self.length.div_ceil(self.every);
                let mut place = number as u64;
                // No test can tell if there is one more, empty stretch: nobody asks for it.
                while place < count {
                    let checked = self.check(&*hand, place, fresh.as_ref(), known);
                    // Whoever joins may have seen enough.
                    if sender.send(checked).is_err() {
                        break;
                    }
                    place += threads;
                }
            })?;
            Ok(receiver)
        };
        hands.into_iter().enumerate().map(start).collect()
    }

    /// Walks one stretch; `None` if it can't be told where it begins or ends.
    fn check<V: Visitor>(self, file: &dyn OpenFile, place: u64, fresh: Option<&V>, known: &Mutex<Ledger>) -> Answer<V> {
        let start = self.line_from(file, self.cut(place))?;
        let end = self.line_from(file, self.cut(place + 1))?;
        let (Some(start), Some(end)) = (start, end) else { return Ok(None) };
        let known = known.lock().expect("nobody panics with it").clone();
        let before = if start < end { state_before(file, start, &known)? } else { None };
        let further = before.and_then(|before| Some((fresh?.further_on(&before)?, before)));
        let Some((further, before)) = further else {
            return Ok(Some(Checked { stretch: start..end, outcome: None }));
        };
        let mut seen = further.visitor;
        let walk = walk_on(file, start..end, before.clone(), self.head, &mut seen)?;
        let outcome = (walk.stop.is_none() && seen.has_all()).then_some(Outcome { before, after: walk.ledger, seen });
        Ok(Some(Checked { stretch: start..end, outcome }))
    }

    /// The cut before a stretch; before the first of them is the ledger's beginning.
    fn cut(self, place: u64) -> u64 {
        place.saturating_mul(self.every).max(self.every.min(BEGINNING))
    }

    /// Where the first line begins that begins at an offset or after it; the ledger's end is the last such place. `None`
    /// where that would be further away than a line is long.
    fn line_from(self, file: &dyn OpenFile, offset: u64) -> io::Result<Option<u64>> {
        if offset >= self.length {
            return Ok(Some(self.length));
        }
        // No test can tell if a line that begins right there is taken: the stretches on both sides of it agree.
        let start = offset - 1;
        // No test can tell how far is looked at first.
        for room in [1 << 10, LONGEST_LINE as u64] {
            let piece = read_stretch(file, start, usize::try_from(room.min(self.length - start)).unwrap_or(0))?;
            if let Some(feed) = memchr(b'\n', &piece) {
                return Ok(Some(start + feed as u64 + 1));
            }
        }
        Ok(None)
    }
}

/// The state before the line at an offset, if nothing was opened or closed since `known`: what the line before it says.
fn state_before(file: &dyn OpenFile, offset: u64, known: &Ledger) -> io::Result<Option<Ledger>> {
    for room in [1 << 10, LONGEST_LINE as u64 + 1] {
        let start = offset.saturating_sub(room);
        let piece = read_stretch(file, start, usize::try_from(offset - start).unwrap_or(0))?;
        let Some((_feed, lines)) = piece.split_last() else { return Ok(None) };
        if let Some(feed) = memrchr(b'\n', lines) {
            let mut reader = LineReader::new();
            let line = reader.read(&lines[feed + 1..], &Digest::default());
            return Ok(line.ok().map(|line| known.after(&line.entry)));
        }
    }
    Ok(None)
}

/// The stretches joined so far.
struct Joined<V> {
    ledger: Ledger,
    visitor: V,
    end: u64,
    join: fn(&mut V, V),
}

impl<V: Visitor> Joined<V> {
    /// Takes the next stretch as it was checked, if that was from the true state; else walks it once more from there.
    /// False where it does not hold.
    fn take(&mut self, checked: Checked<V>, file: &dyn OpenFile, head: Option<&Head>) -> io::Result<bool> {
        let Checked { stretch, outcome } = checked;
        if stretch.start != self.end {
            return Ok(false);
        }
        self.end = stretch.end;
        match outcome {
            // No test can tell: what is walked once more comes out the same, only later.
            Some(Outcome { before, after, seen }) if before == self.ledger => {
                self.ledger = after;
                (self.join)(&mut self.visitor, seen);
                Ok(true)
            }
            Some(_) | None => {
                let ledger = std::mem::take(&mut self.ledger);
                let walk = walk_on(file, stretch, ledger, head, &mut self.visitor)?;
                self.ledger = walk.ledger;
                Ok(walk.stop.is_none())
            }
        }
    }
}

#[cfg(test)]
#[path = "stretches_tests.rs"]
mod tests;
