//! Which texts stand more than once among millions, in bounded memory. A few million are kept as fingerprints, eight bytes
//! a text; where more come, a sieve is left of them, and the next pass keeps what it can't let through. A repeated
//! fingerprint is a suspicion; whoever asks confirms it on the texts themselves.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Fingerprints kept at once: 16 MiB, and 24 MiB for the moment in which the list grows.
const MOST: usize = 2 << 20;

/// The same for a stretch of a ledger, which has no more rows than this.
const FEW: usize = 1 << 14;

/// The places of a sieve for each fingerprint that might be kept: as much room again. Of ten million texts that all
/// differ, one in seven falls into a place that another fell into.
const PLACES_EACH: usize = 32;

/// The fingerprints within a window that shrinks when there are too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    window: RangeInclusive<u64>,
    kept: Vec<u64>,
    most: usize,
    /// How many there were to be kept, whichever were.
    came: u64,
    /// Whether the window has shrunk.
    has_shrunk: bool,
    sifting: Sifting,
}

/// How far the fingerprints are sifted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sifting {
    /// They are not; all are kept as long as there is room.
    NotYet,
    /// There were too many to keep. A sieve is made of all, and none is kept.
    Now { once: Places, again: Places },
    /// Those that fell into a place by themselves repeat nowhere, and are passed over.
    Done { again: Arc<Places> },
    /// They are few, or are let go.
    Never,
}

/// A bit for each place that fingerprints fall into by their first digits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Places(Vec<u64>);

impl Places {
    /// So many places, or a few more, and nothing in any of them.
    fn empty(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn of(&self, fingerprint: u64) -> (usize, u64) {
        let place = (u128::from(fingerprint) * (self.0.len() as u128 * 64)) >> 64;
        let place = usize::try_from(place).expect("there are no more places than there is memory");
        (place / 64, 1 << (place % 64))
    }

    fn has(&self, fingerprint: u64) -> bool {
        let (word, bit) = self.of(fingerprint);
        self.0[word] & bit != 0
    }

    fn mark(&mut self, fingerprint: u64) {
        let (word, bit) = self.of(fingerprint);
        self.0[word] |= bit;
    }
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self::in_window(0..=u64::MAX, MOST, Sifting::NotYet)
    }
}

impl Fingerprints {
    fn in_window(window: RangeInclusive<u64>, most: usize, sifting: Sifting) -> Self {
        Self { window, kept: Vec::new(), most, came: 0, has_shrunk: false, sifting }
    }

    /// One with room for so many, as a test has.
    #[cfg(test)]
    pub(crate) fn with_room(most: usize) -> Self {
        Self::in_window(0..=u64::MAX, most, Sifting::NotYet)
    }

    /// One that keeps nothing.
    // No test can tell: nobody asks what it has kept, and it takes no room.
    #[expect(clippy::reversed_empty_ranges, reason = "an empty window is meant")]
    pub(crate) fn closed() -> Self {
        Self::in_window(1..=0, MOST, Sifting::Never)
    }

    /// One for the texts of a stretch further on, that has taken none. It has room for those of a stretch as ledgers have
    /// them: several wait for their turn, on each processor.
    pub(crate) fn nothing(&self) -> Self {
        let sifting = match &self.sifting {
            Sifting::Done { again } => Sifting::Done { again: Arc::clone(again) },
            Sifting::NotYet | Sifting::Now { .. } | Sifting::Never => Sifting::Never,
        };
        Self::in_window(self.window.clone(), FEW, sifting)
    }

    /// Whether nothing in its window was let go.
    pub(crate) fn has_all(&self) -> bool {
        !self.has_shrunk
    }

    pub(crate) fn of(text: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    }

    pub(crate) fn take(&mut self, text: &str) {
        let fingerprint = Self::of(text);
        if matches!(&self.sifting, Sifting::Done { again } if !again.has(fingerprint)) {
            return;
        }
        // No test can tell how many came: it says how wide the next window may be, as below.
        self.came += 1;
        self.keep(fingerprint);
    }

    /// Takes over those of texts further on, which were few enough to be kept all.
    pub(crate) fn join(&mut self, later: &Self) {
        debug_assert!(later.has_all(), "nothing was let go");
        self.came += later.came;
        later.kept.iter().for_each(|fingerprint| self.keep(*fingerprint));
    }

    fn keep(&mut self, fingerprint: u64) {
        if self.sifting == Sifting::NotYet && self.kept.len() == self.most {
            self.sift();
        }
        if let Sifting::Now { once, again } = &mut self.sifting {
            if once.has(fingerprint) {
                again.mark(fingerprint)
            } else {
                once.mark(fingerprint)
            }
            return;
        }
        if !self.window.contains(&fingerprint) {
            return;
        }
        while self.kept.len() == self.most && self.window.start() < self.window.end() {
            let (low, high) = (*self.window.start(), *self.window.end());
            self.window = low..=low + (high - low) / 2;
            self.has_shrunk = true;
            let window = self.window.clone();
            self.kept.retain(|kept| window.contains(kept));
        }
        if self.window.contains(&fingerprint) {
            self.kept.push(fingerprint);
        }
    }

    /// Makes a sieve of what was kept and of all that is still to come.
    fn sift(&mut self) {
        let places = || Places::empty(self.most * PLACES_EACH);
        let kept = std::mem::take(&mut self.kept);
        self.sifting = Sifting::Now { once: places(), again: places() };
        kept.into_iter().for_each(|fingerprint| self.keep(fingerprint));
    }

    /// The fingerprints in the window that were taken more than once.
    pub(crate) fn repeated(&mut self) -> Vec<u64> {
        self.kept.sort_unstable();
        let mut repeated: Vec<u64> =
            self.kept.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        repeated.dedup();
        repeated
    }

    // No test can tell how wide it is: one that is too wide shrinks again, and more follow one that is too narrow.
    /// What the next pass must look at, when this one only made a sieve, or its window did not reach the end: as wide as
    /// there is room for what came, were it spread evenly, as hashes nearly are.
    pub(crate) fn next_window(self) -> Option<Self> {
        if let Sifting::Now { again, .. } = self.sifting {
            return Some(Self::in_window(0..=u64::MAX, self.most, Sifting::Done { again: Arc::new(again) }));
        }
        let low = self.window.end().checked_add(1)?;
        let room = self.most as u64 - self.most as u64 / 16;
        let width = (u64::MAX / self.came.max(1)).saturating_mul(room);
        Some(Self::in_window(low..=low.saturating_add(width), self.most, self.sifting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_stretches_are_joined_unless_there_were_too_many() {
        let mut whole = Fingerprints::default();
        let mut joined = Fingerprints::default();
        for stretch in 0..3 {
            let mut few = whole.nothing();
            for number in 0..1_000 {
                few.take(&format!("k-{stretch}-{}", number % 999));
                joined.take(&format!("k-{stretch}-{}", number % 999));
            }
            assert!(few.has_all());
            whole.join(&few);
        }
        assert_eq!(whole, joined);
        assert_eq!(whole.repeated().len(), 3);
        let mut many = whole.nothing();
        (0..=FEW).for_each(|number| many.take(&number.to_string()));
        assert!(!many.has_all() && many.kept.len() <= FEW);
        assert!(Fingerprints::closed().nothing().has_all(), "what keeps nothing lets nothing go");
    }

    #[test]
    fn repeated_texts_are_found_however_little_room_there_is() {
        for most in [2, 7, 100, 10_000] {
            let mut window = Some(Fingerprints::with_room(most));
            let mut found = Vec::new();
            while let Some(mut fingerprints) = window {
                for number in 0..500 {
                    fingerprints.take(&format!("k-{number}"));
                }
                fingerprints.take("k-77");
                fingerprints.take("k-400");
                assert!(fingerprints.kept.len() <= most);
                found.extend(fingerprints.repeated());
                window = fingerprints.next_window();
            }
            found.sort_unstable();
            let mut expected = [Fingerprints::of("k-77"), Fingerprints::of("k-400")];
            expected.sort_unstable();
            assert_eq!(found, expected, "with room for {most}");
        }
    }

    #[test]
    fn where_there_is_not_room_for_all_one_more_pass_is_enough() {
        let mut passes = 0;
        let mut found = Vec::new();
        let mut window = Some(Fingerprints::with_room(1_000));
        while let Some(mut fingerprints) = window {
            passes += 1;
            // In stretches, as a ledger is read.
            for stretch in 0..50 {
                let mut few = fingerprints.nothing();
                (0..100).for_each(|number| few.take(&format!("k-{}", stretch * 100 + number)));
                few.take("k-4321");
                fingerprints.join(&few);
            }
            found.extend(fingerprints.repeated());
            window = fingerprints.next_window();
        }
        assert_eq!((passes, found), (2, vec![Fingerprints::of("k-4321")]));
    }
}
