//! The digests: what seals a row and all before it, and the plain digests an auditor's stock tools make.
//! The only room that names `sha2` and `sm3`.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use crate::domain::entry::Digest;

/// Stands between two fields; no field can hold it.
pub(super) const BORDER: u8 = 0x1F;

/// SHA-256 of the previous row's digest and this row's 21 fields, joined by U+001F.
pub(crate) fn seal(previous: &Digest, fields: &[&str]) -> Digest {
    let mut sealed = Vec::with_capacity(512);
    sealed.extend_from_slice(&previous.0);
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            sealed.push(BORDER);
        }
        sealed.extend_from_slice(field.as_bytes());
    }
    Digest(Sha256::digest(&sealed).into())
}

/// Seals lines without quotes, one after another. The hasher is used again: a new one for every line makes a report over a
/// million rows take a twentieth longer.
#[derive(Default)]
pub(crate) struct Sealer {
    hasher: Sha256,
    message: Vec<u8>,
}

impl Sealer {
    /// The seal of a line: its bytes up to the last comma, commas made borders.
    pub(crate) fn seal(&mut self, previous: &Digest, line: &[u8]) -> Digest {
        self.message.clear();
        self.message.extend_from_slice(&previous.0);
        self.message.extend(line.iter().map(|byte| if *byte == b',' { BORDER } else { *byte }));
        self.hasher.update(&self.message);
        Digest(self.hasher.finalize_reset().into())
    }
}

/// A seal in the making, which can go on in several ways from where it is.
#[derive(Clone)]
pub(crate) struct Begun(Sha256);

impl Begun {
    /// The seal of the row after `previous`, nothing of it taken yet.
    pub(crate) fn after(previous: &Digest) -> Self {
        Self(Sha256::new().chain_update(previous.0))
    }

    /// The same with more of the row's text; borders are its affair.
    pub(crate) fn with(&self, text: &str) -> Self {
        Self(self.0.clone().chain_update(text.as_bytes()))
    }

    pub(crate) fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The first 16 hex digits of the SHA-256 of bytes, as a number.
pub(crate) fn sha256_beginning(bytes: &[u8]) -> u64 {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let [first, second, third, fourth, fifth, sixth, seventh, eighth, ..] = digest;
    u64::from_be_bytes([first, second, third, fourth, fifth, sixth, seventh, eighth])
}

/// SHA-256 of bytes, as lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Digest(Sha256::digest(bytes).into()).to_string()
}

/// The plain SHA-256 and SM3 (GB/T 32905) of all bytes so far.
#[derive(Clone, Default)]
pub(crate) struct PlainDigests {
    sha256: Sha256,
    sm3: Sm3,
}

impl PlainDigests {
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.sm3.update(bytes);
    }

    /// Both as lower-case hex: SHA-256, SM3.
    pub(crate) fn so_far(&self) -> (String, String) {
        let sha256: [u8; 32] = self.sha256.clone().finalize().into();
        let sm3: [u8; 32] = self.sm3.clone().finalize().into();
        (Digest(sha256).to_string(), Digest(sm3).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_sealing_agree() {
        let previous = Digest([7; 32]);
        let fields = ["1", "open", "2022-01-01", "", "支出"];
        let plain = fields.join(",");
        let mut sealer = Sealer::default();
        for _ in 0..2 {
            assert_eq!(seal(&previous, &fields), sealer.seal(&previous, plain.as_bytes()));
        }
        let begun = Begun::after(&previous).with("1\u{1F}open\u{1F}2022").with("-01-01\u{1F}\u{1F}支出");
        assert_eq!(seal(&previous, &fields), begun.digest());
        assert_ne!(seal(&previous, &["ab", "c"]), seal(&previous, &["a", "bc"]));
    }

    /// The published vectors for "abc": FIPS 180-4 and GB/T 32905-2016.
    #[test]
    fn the_plain_digests_are_the_standard_ones() {
        let mut digests = PlainDigests::default();
        digests.take(b"a");
        digests.take(b"bc");
        let (sha256, sm3) = digests.so_far();
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }
}
