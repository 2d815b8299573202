//! Cut anywhere, read by any number of threads: a ledger reads as it does in order, or is left to the pass in order.

use std::path::Path;

use super::*;
use crate::domain::amount::Amount;
use crate::domain::calendar::iso_date;
use crate::domain::entry::{Entry, Kind};
use crate::problem::LedgerFault;
use crate::store::grid::one_file::OneFile;
use crate::store::line::written;
use crate::store::pass;

/// Ledgers of format 1 with every kind of row, a closed year, a batch, texts with quotes and of many bytes a character.
const GOLDEN: [&[u8]; 5] = [
    include_bytes!("../../tests/golden/every-kind/ledger.csv"),
    include_bytes!("../../tests/golden/closed-year/ledger.csv"),
    include_bytes!("../../tests/golden/imported/ledger.csv"),
    include_bytes!("../../tests/golden/characters/ledger.csv"),
    include_bytes!("../../tests/golden/carried/ledger.csv"),
];

/// The rows as they came by.
#[derive(Debug, PartialEq)]
struct Seen(Vec<(u64, Digest, Vec<u8>)>);

impl Visitor for Seen {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        self.0.push((entry.seq, entry.digest, line.to_vec()));
        Ok(())
    }

    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>> {
        Some(Further { visitor: Self(Vec::new()), join: |first, then| first.0.extend(then.0) })
    }
}

fn cut(bytes: &[u8], every: u64, threads: usize, head: Option<&Head>) -> Option<(Ledger, Seen)> {
    let file = OneFile::new(bytes);
    let hands = (0..threads).map(|_| Box::new(file.clone()) as Box<dyn OpenFile + Send>).collect();
    let cut = Cut { length: bytes.len() as u64, every, head };
    cut.read(&file, hands, Seen(Vec::new())).expect("memory does not fail")
}

/// The same in order, if all of it holds. The file is too short to be cut by itself.
fn in_order(bytes: &[u8], head: Option<&Head>) -> Option<(Ledger, Seen)> {
    let file = OneFile::new(bytes);
    let fresh = || Seen(Vec::new());
    let read = pass::run(&file, Path::new("ledger.csv"), bytes.len() as u64, head, fresh);
    let (pass, seen) = read.expect("memory does not fail");
    (pass.damage.is_none() && pass.tail == 0).then_some((pass.ledger, seen))
}

fn head_of(bytes: &[u8]) -> Head {
    let (ledger, _) = in_order(bytes, None).expect("it holds");
    Head { seq: ledger.rows, digest: ledger.digest, bytes: bytes.len() as u64 }
}

/// With stretches of a few bytes every border of every line is a cut, and so is every byte of every character.
#[test]
fn a_whole_ledger_reads_the_same_wherever_it_is_cut() {
    for bytes in GOLDEN {
        let head = head_of(bytes);
        let whole = in_order(bytes, Some(&head)).expect("it holds");
        for every in [1, 2, 3, 5, 64, 65].into_iter().chain((100..=bytes.len() as u64).step_by(41)) {
            let threads = 1 + usize::try_from(every % 3).expect("few");
            let found = cut(bytes, every, threads, Some(&head));
            assert!(found.as_ref() == Some(&whole), "every {every} bytes, {threads} threads");
        }
    }
}

#[test]
fn a_changed_bit_is_never_passed_over() {
    for (bytes, step) in [(GOLDEN[0], 5), (GOLDEN[3], 7)] {
        for (place, every) in (0..bytes.len()).step_by(step).zip([61, 300, 1_000].into_iter().cycle()) {
            let mut changed = bytes.to_vec();
            changed[place] ^= 1 << (place % 8);
            assert_eq!(cut(&changed, every, 2, None), None, "byte {place}, every {every} bytes");
        }
    }
}

/// A row gone, doubled or moved over a cut, the end broken off anywhere, a head of another ledger or of a longer one.
#[test]
fn what_is_wrong_between_stretches_is_never_passed_over() {
    let bytes = GOLDEN[0];
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for row in 0..lines.len() {
        let (mut gone, mut doubled, mut moved) = (lines.clone(), lines.clone(), lines.clone());
        gone.remove(row);
        doubled.insert(row, lines[row]);
        moved.swap(row, (row + 1) % lines.len());
        for changed in [gone, doubled, moved] {
            let changed = changed.concat();
            for every in [97, 1_500] {
                assert_eq!(cut(&changed, every, 2, None), in_order(&changed, None), "row {row}, every {every} bytes");
            }
        }
    }
    for end in (0..bytes.len()).step_by(7) {
        let broken = &bytes[..end];
        assert_eq!(cut(broken, 200, 2, None), in_order(broken, None), "{end} bytes");
        assert_eq!(cut(broken, 200, 2, Some(&head_of(bytes))), None, "{end} bytes");
    }
    let right = head_of(bytes);
    let later = Head { seq: right.seq + 1, ..right };
    let foreign = Head { digest: head_of(GOLDEN[1]).digest, ..right };
    let shifted = Head { bytes: right.bytes - 1, ..right };
    for wrong in [later, foreign, shifted] {
        assert_eq!(cut(bytes, 200, 2, Some(&wrong)), None, "{wrong:?}");
    }
}

/// One that can keep two rows of a stretch until their turn comes, and as many as there are when it is.
struct Forgetful {
    seen: Seen,
    keeps: usize,
}

impl Visitor for Forgetful {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        if self.seen.0.len() <= self.keeps {
            self.seen.row(entry, line)?;
        }
        Ok(())
    }

    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>> {
        let visitor = Self { seen: Seen(Vec::new()), keeps: 2 };
        Some(Further { visitor, join: |first, then| first.seen.0.extend(then.seen.0) })
    }

    fn has_all(&self) -> bool {
        self.seen.0.len() <= self.keeps
    }
}

#[test]
fn a_stretch_that_was_too_much_to_keep_is_shown_again() {
    for bytes in GOLDEN {
        let (_, whole) = in_order(bytes, None).expect("it holds");
        for every in [100, 400, 700, 1_000, 3_000] {
            let file = OneFile::new(bytes);
            let hands: Vec<Box<dyn OpenFile + Send>> = vec![Box::new(file.clone()), Box::new(file.clone())];
            let cut = Cut { length: bytes.len() as u64, every, head: None };
            let all = Forgetful { seen: Seen(Vec::new()), keeps: usize::MAX };
            let (_, found) = cut.read(&file, hands, all).expect("memory does not fail").expect("it holds");
            assert!(found.seen == whole, "every {every} bytes");
        }
    }
}

#[test]
fn a_read_that_fails_is_an_error_and_no_answer() {
    let bytes = GOLDEN[0];
    let file = OneFile { fails_at: Some(bytes.len() as u64 / 2), ..OneFile::new(bytes) };
    let hands: Vec<Box<dyn OpenFile + Send>> = vec![Box::new(file.clone()), Box::new(file.clone())];
    let cut = Cut { length: bytes.len() as u64, every: 300, head: None };
    assert!(cut.read(&file, hands, Seen(Vec::new())).is_err());
}

/// A ledger that ends in expenses of this length, or less at its end, and is just as long as it shall be.
fn with_expenses(length: usize, line: usize) -> Vec<u8> {
    let mut bytes = GOLDEN[0].to_vec();
    let (mut ledger, _) = in_order(&bytes, None).expect("it holds");
    let bare = |seq| Entry::bare(seq, Kind::Expense, iso_date("2022-12-31").expect("a day")).kept();
    while bytes.len() < length {
        let room = length - bytes.len();
        let entry = |memo: usize| {
            let mut entry = bare(ledger.rows + 1);
            (entry.id, entry.by, entry.at) = ("x".to_owned(), "x".to_owned(), ledger.last_at.clone());
            (entry.what.allocation, entry.what.amount) = ("travel".to_owned(), Amount::FEN);
            entry.what.memo = "x".repeat(memo);
            entry
        };
        let (empty, _) = written(&entry(0), &ledger.digest);
        let all = match room {
            last if last <= line => last,
            two if two < 2 * line => two / 2,
            _ => line,
        };
        let (written, digest) = written(&entry(all - empty.len()), &ledger.digest);
        assert_eq!(written.len(), all);
        bytes.extend_from_slice(written.as_bytes());
        (ledger.rows, ledger.digest) = (ledger.rows + 1, digest);
    }
    bytes
}

/// In order it would hold as well, only later.
#[test]
fn from_two_stretches_on_a_ledger_is_read_by_all_hands_there_are() {
    let enough = 2 * usize::try_from(STRETCH).expect("few");
    let read = |bytes: &[u8], hands| {
        let file = OneFile { hands, ..OneFile::new(bytes) };
        super::read(&file, bytes.len() as u64, None, Seen(Vec::new())).expect("memory does not fail")
    };
    let bytes = with_expenses(enough, 3_000);
    assert!(read(&bytes, 2).is_some_and(|found| Some(found) == in_order(&bytes, None)));
    assert!(read(&bytes, 1).is_none());
    let shorter = with_expenses(enough - 1, 3_000);
    assert!(read(&shorter, 2).is_none());
}

/// The longest lines there may be: what lies before a stretch is told by the line before it, and by that alone.
#[test]
fn every_stretch_holds_from_what_the_line_before_it_tells() {
    for (line, every) in [(300, 700), (1_100, 1_500), (LONGEST_LINE, 100_000)] {
        let bytes = with_expenses(20 * line + GOLDEN[0].len(), line);
        let (ledger, _) = in_order(&bytes, None).expect("it holds");
        let file = OneFile::new(bytes.as_slice());
        let cut = Cut { length: bytes.len() as u64, every, head: None };
        let known = Mutex::new(ledger);
        let first = GOLDEN[0].len() as u64 / every + 1;
        let mut end = None;
        for place in first..cut.length.div_ceil(every) {
            let fresh = Seen(Vec::new());
            let checked = cut.check(&file, place, Some(&fresh), &known).expect("memory does not fail");
            let Checked { stretch, outcome } = checked.expect("it begins and ends somewhere");
            assert!(end.is_none_or(|end| end == stretch.start), "{line} bytes a line, stretch {place}");
            assert_eq!(outcome.is_some(), !stretch.is_empty(), "{line} bytes a line, stretch {place}");
            end = Some(stretch.end);
        }
        assert_eq!(end, Some(cut.length));
    }
}
