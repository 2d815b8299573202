//! Which texts stand more than once among millions, in bounded memory: eight bytes a text, and only a window of the
//! fingerprints at a time. A repeated fingerprint is a suspicion; whoever asks confirms it on the texts themselves.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;

/// Fingerprints kept at once: 16 MiB, and 24 MiB for the moment in which the list grows.
const MOST: usize = 2 << 20;

/// The same for a stretch of a ledger, which has no more rows than this.
const FEW: usize = 1 << 14;

/// The fingerprints within a window that shrinks when there are too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    window: RangeInclusive<u64>,
    kept: Vec<u64>,
    most: usize,
    /// How many texts came, whichever were kept.
    came: u64,
    /// Whether the window has shrunk.
    has_shrunk: bool,
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self::in_window(0..=u64::MAX, MOST)
    }
}

impl Fingerprints {
    fn in_window(window: RangeInclusive<u64>, most: usize) -> Self {
        Self { window, kept: Vec::new(), most, came: 0, has_shrunk: false }
    }

    /// One that keeps nothing.
    #[expect(clippy::reversed_empty_ranges, reason = "an empty window is meant")]
    pub(crate) fn closed() -> Self {
        Self::in_window(1..=0, MOST)
    }

    /// One for the texts of a stretch further on, that has taken none. It has room for those of a stretch as ledgers have
    /// them: several wait for their turn, on each processor.
    pub(crate) fn nothing(&self) -> Self {
        Self::in_window(self.window.clone(), FEW)
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
        self.came += 1;
        self.keep(Self::of(text));
    }

    /// Takes over those of texts further on, which were few enough to be kept all.
    pub(crate) fn join(&mut self, later: &Self) {
        debug_assert!(later.has_all(), "nothing was let go");
        self.came += later.came;
        later.kept.iter().for_each(|fingerprint| self.keep(*fingerprint));
    }

    fn keep(&mut self, fingerprint: u64) {
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

    /// The fingerprints in the window that were taken more than once.
    pub(crate) fn repeated(&mut self) -> Vec<u64> {
        self.kept.sort_unstable();
        let mut repeated: Vec<u64> =
            self.kept.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        repeated.dedup();
        repeated
    }

    /// What the next pass must look at, when this window did not reach the end: as wide as there is room for what came,
    /// were it spread evenly, as hashes nearly are.
    pub(crate) fn next_window(&self) -> Option<Self> {
        let low = self.window.end().checked_add(1)?;
        let room = self.most as u64 - self.most as u64 / 16;
        let width = (u64::MAX / self.came.max(1)).saturating_mul(room);
        Some(Self::in_window(low..=low.saturating_add(width), self.most))
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
            let mut window = Some(Fingerprints::in_window(0..=u64::MAX, most));
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
}
