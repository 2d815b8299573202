//! Hashes that stand for texts, where a million texts are looked for among millions.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// A hash of what makes two rows the same to someone. Two different texts with one fingerprint are not expected in a
/// lifetime of ledgers: 64 bits.
pub(crate) type Fingerprint = u64;

/// Something by fingerprint.
pub(crate) type Prints<T> = HashMap<Fingerprint, T, BuildHasherDefault<AsItIs>>;

/// A fingerprint is a hash already, and isn't hashed again.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AsItIs(u64);

// No test can tell how prints are spread: found they are all the same, only later.
impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, print: u64) {
        self.0 = print;
    }
}

/// Which fingerprints came, and which of them again. A table has a million rows, and few that are alike.
#[derive(Debug, Clone, Default)]
pub(crate) struct Came {
    pub(crate) once: HashSet<Fingerprint, BuildHasherDefault<AsItIs>>,
    pub(crate) again: HashSet<Fingerprint, BuildHasherDefault<AsItIs>>,
}

impl Came {
    pub(crate) fn take(&mut self, print: Fingerprint) {
        if !self.once.insert(print) {
            self.again.insert(print);
        }
    }
}

/// The fingerprint of anything.
pub(crate) fn print_of(text: impl Hash) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Enough to tell two columns apart where nothing but a remark hangs on it.
pub(crate) fn short_print(text: &str) -> [u8; 4] {
    let [a, b, c, d, ..] = print_of(text).to_le_bytes();
    [a, b, c, d]
}
