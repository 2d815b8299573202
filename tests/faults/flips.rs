//! Every single-bit flip and every truncation of a small ledger is found.

use std::thread;

use taizhang::{Exit, Files};

use super::book::sealed_after;
use super::{HEAD, LEDGER, office};

const VERIFY: &str = "-b small.toml verify";

/// Halves of the work, for two processors.
const PARTS: usize = 2;

#[test]
fn every_flipped_bit_is_found() {
    flip_every_bit(true);
}

/// Without a head only the final line feed can be lost unseen: then the last row looks unfinished, and that is said.
/// One bit of every byte is enough here; the head plays no part in the others.
#[test]
fn every_flipped_bit_is_found_without_a_head() {
    flip_every_bit(false);
}

fn flip_every_bit(with_head: bool) {
    thread::scope(|scope| {
        for part in 0..PARTS {
            scope.spawn(move || {
                let office = office(3);
                if !with_head {
                    office.files.memory.remove(HEAD.as_ref()).unwrap();
                }
                let whole = office.ledger();
                for bit in (part..whole.len() * 8).step_by(PARTS) {
                    if !with_head && bit % 8 != (bit / 8) % 8 {
                        continue;
                    }
                    let mut flipped = whole.clone();
                    flipped[bit / 8] ^= 1 << (bit % 8);
                    office.files.memory.put(LEDGER, flipped);
                    let seen = office.types(VERIFY);
                    let unseen = !with_head && bit / 8 == whole.len() - 1;
                    let expected = if unseen { Exit::Done } else { Exit::Integrity };
                    assert_eq!(seen.exit, expected, "byte {} bit {}: {seen:?}", bit / 8, bit % 8);
                    assert!(!unseen || seen.err.contains("unfinished write"), "{seen:?}");
                }
            });
        }
    });
}

#[test]
fn every_truncation_is_found() {
    let office = office(3);
    let whole = office.ledger();
    for length in 0..whole.len() {
        office.files.memory.put(LEDGER, &whole[..length]);
        let seen = office.types(VERIFY);
        assert_eq!(seen.exit, Exit::Integrity, "{length} of {}: {seen:?}", whole.len());
    }
}

/// Without a head a cut at a row's border can't be seen, and one inside a row looks like an unfinished write; both are
/// said, and nothing short of the whole opening is ever a ledger.
#[test]
fn a_truncation_without_a_head_is_said() {
    let office = office(3);
    office.files.memory.remove(HEAD.as_ref()).unwrap();
    let whole = office.ledger();
    let opening = super::office(0).ledger().len();
    for length in 0..=whole.len() {
        office.files.memory.put(LEDGER, &whole[..length]);
        let seen = office.types(VERIFY);
        let context = format!("{length} of {}: {seen:?}", whole.len());
        assert_eq!(seen.exit, if length < opening { Exit::Integrity } else { Exit::Done }, "{context}");
        let at_border = length > 0 && whole[length - 1] == b'\n';
        if length >= opening {
            assert!(seen.err.contains(".head"), "{context}");
            assert_eq!(seen.err.contains("unfinished write"), !at_border, "{context}");
        }
    }
}

/// Whole rows left out, doubled, or changed about.
#[test]
fn every_row_that_was_moved_is_found() {
    let office = office(3);
    let whole = office.ledger();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for with_head in [true, false] {
        for from in 0..lines.len() {
            for to in 0..lines.len() {
                let mut moved = lines.clone();
                let line = moved.remove(from);
                moved.insert(to, line);
                let mut doubled = lines.clone();
                doubled.insert(to, lines[from]);
                let mut without = lines.clone();
                without.remove(from);
                for changed in [moved, doubled, without] {
                    let bytes = changed.concat();
                    let cut_at_border = !with_head && whole.starts_with(&bytes);
                    if bytes == whole || cut_at_border {
                        continue;
                    }
                    // What was only added beyond the head was never acknowledged; it is not counted, and that is said.
                    let only_added = with_head && bytes.starts_with(&whole);
                    office.files.memory.put(LEDGER, bytes);
                    let seen = office.types(VERIFY);
                    let said = only_added && seen.err.contains("unfinished write");
                    assert!(seen.exit == Exit::Integrity || said, "{from} to {to}, head {with_head}: {seen:?}");
                }
            }
        }
        if with_head {
            office.files.memory.remove(HEAD.as_ref()).unwrap();
        }
    }
}

/// Whoever changes a row and seals it anew breaks the seals of the rows behind it.
#[test]
fn a_row_changed_and_sealed_anew_does_not_fit_the_rows_behind_it() {
    let office = office(3);
    let whole = office.ledger();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let last = lines.len() - 1;
    let changed = sealed_after(&lines[..last - 1].concat(), &[&[(1, "expense"), (6, "9.99"), (18, "old-2")]]);
    let forged = [&lines[..last - 1].concat(), &changed[..], lines[last]].concat();
    for with_head in [true, false] {
        office.files.memory.put(LEDGER, forged.clone());
        let seen = office.types(VERIFY).expect(Exit::Integrity);
        assert!(seen.err.contains(&format!("row {last}")), "{}", seen.err);
        if with_head {
            office.files.memory.remove(HEAD.as_ref()).unwrap();
        }
    }
}
