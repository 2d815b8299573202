//! Death at every byte of an append: readers leave the torn bytes out and say so; the next writer saves them, cuts
//! them, and records.

use taizhang::{Exit, Files};

use super::book::sealed_after;
use super::{Book, HEAD, LEDGER, RECORD, Shaky, office};

const BALANCE: &str = "-b small.toml balance";

/// Two rows that stand or fall together: a correction, as `correct` would write it.
const CORRECTION: [&[(usize, &str)]; 2] = [
    &[(1, "reversal"), (6, "-1.00"), (15, "3"), (17, "1of2"), (18, "new")],
    &[(1, "expense"), (6, "1.50"), (8, "饭店"), (17, "2of2")],
];

#[test]
fn death_at_every_byte_of_a_row_loses_nothing() {
    let office = office(1);
    let before = office.ledger();
    office.types(RECORD).expect(Exit::Done);
    let row = office.ledger()[before.len()..].to_vec();
    for cut in 1..row.len() {
        dies(&row[..cut], &format!("cut at {cut}"));
    }
}

#[test]
fn death_at_every_byte_of_a_batch_loses_nothing() {
    let rows = sealed_after(&office(1).ledger(), &CORRECTION);
    for cut in 1..rows.len() {
        dies(&rows[..cut], &format!("batch cut at {cut}"));
    }
}

/// So that the batches above were refused for being unfinished, and for nothing else.
#[test]
fn the_whole_batch_counts() {
    let office = office(1);
    office.files.memory.put(LEDGER, [office.ledger(), sealed_after(&office.ledger(), &CORRECTION)].concat());
    let seen = office.types("-b small.toml verify -f json").expect(Exit::Done);
    assert_eq!((seen.json()["rows"].as_u64(), seen.err.as_str()), (Some(5), ""));
    assert_ne!(office.types(&format!("{BALANCE} --rows 4")).exit, Exit::Done, "half a batch is no ledger");
}

/// A head that was made for half a batch: its rows are whole, and what is wrong is that there are no more.
#[test]
fn half_a_batch_that_a_head_knows_of_is_said_to_be_cut_there() {
    let office = office(1);
    let ledger = [office.ledger(), sealed_after(&office.ledger(), &CORRECTION[..1])].concat();
    let digest = String::from_utf8(ledger[ledger.len() - 65..ledger.len() - 1].to_vec()).unwrap();
    office.files.memory.put(HEAD, format!("taizhang-head 1 4 {digest} {}\n", ledger.len()));
    office.files.memory.put(LEDGER, ledger.clone());
    let seen = office.types("-b small.toml verify").expect(Exit::Integrity);
    assert!(seen.err.contains("ends after row 1 of 2 that stand or fall together"), "{seen:?}");
    assert!(seen.out.starts_with("not in order from row 4 on"), "{seen:?}");
    // As long as this head says, and yet without its line feed.
    office.files.memory.put(HEAD, format!("taizhang-head 1 4 {digest} {}\n", ledger.len() - 1));
    office.files.memory.put(LEDGER, &ledger[..ledger.len() - 1]);
    let seen = office.types("-b small.toml verify").expect(Exit::Integrity);
    assert!(seen.err.contains("ends in the middle of a row"), "{seen:?}");
}

/// A crash can leave a file's length and not its content: NULs, alone or behind the beginning of a row.
#[test]
fn bytes_that_never_reached_the_disk_are_a_torn_tail() {
    for nuls in [1, 2, 155, 4096, 300_000] {
        dies(&vec![0; nuls], &format!("{nuls} NULs"));
    }
    for nuls in [1, 100, 4096] {
        dies(&[b"4,expense,2022-12-31,".to_vec(), vec![0; nuls]].concat(), &format!("a beginning and {nuls} NULs"));
    }
}

/// A write goes over what a failed one had left there; where the power fails then, bytes of both can stand mixed, in a line
/// of any number of columns. The head tells that nothing there was ever acknowledged.
#[test]
fn bytes_of_two_writes_are_a_torn_tail_however_they_are_mixed() {
    let before = office(1).ledger();
    let payment = [(1, "expense"), (6, "1.02"), (9, "下乡接访"), (18, "another")];
    let (one, other) = (sealed_after(&before, &CORRECTION), sealed_after(&before, &[&payment]));
    for (first, second) in [(&one, &other), (&other, &one)] {
        for cut in 1..first.len().min(second.len()) {
            let mixed = [&first[..cut], &second[cut..]].concat();
            if mixed != **second {
                dies_under(&[true], &mixed, &format!("mixed at {cut}"));
            }
            // The other way round in the middle: only a few bytes of the later write reached the disk.
            let few = [&first[..cut], &second[cut..(cut + 7).min(second.len())], first.get(cut + 7..).unwrap_or(&[])];
            let few = few.concat();
            if few != **first {
                dies_under(&[true], &few, &format!("mixed for a while at {cut}"));
            }
        }
    }
}

/// These bytes stand behind the last whole row, with a head and without.
#[track_caller]
fn dies(torn: &[u8], context: &str) {
    dies_under(&[true, false], torn, context);
}

#[track_caller]
fn dies_under(heads: &[bool], torn: &[u8], context: &str) {
    for with_head in heads.iter().copied() {
        let office = office(1);
        let clean = office.types(BALANCE).expect(Exit::Done);
        let before = office.ledger();
        office.files.memory.put(LEDGER, [&before, torn].concat());
        if !with_head {
            office.files.memory.remove(HEAD.as_ref()).unwrap();
        }
        reads_as_before(&office, &clean.out, context);
        let seen = office.types(RECORD);
        assert_eq!(seen.exit, Exit::Done, "{context}: {}", seen.err);
        assert!(seen.err.contains(".torn"), "{context}: {}", seen.err);
        assert_eq!(office.saved(), [torn.to_vec()], "{context}");
        assert!(office.ledger().starts_with(&before), "{context}");
        let book = Book::read(&office.ledger());
        assert_eq!((book.rows.len(), book.with_id("new")), (4, 1), "{context}");
        let verified = office.types("-b small.toml verify");
        assert_eq!((verified.exit, verified.err.as_str()), (Exit::Done, ""), "{context}");
    }
}

#[track_caller]
fn reads_as_before(office: &Shaky, clean: &str, context: &str) {
    let seen = office.types(BALANCE);
    assert_eq!((seen.exit, seen.out.as_str()), (Exit::Done, clean), "{context}: {}", seen.err);
    assert!(seen.err.contains("unfinished write"), "{context}: {}", seen.err);
    let verified = office.types("-b small.toml verify");
    assert_eq!(verified.exit, Exit::Done, "{context}: {}", verified.err);
    assert!(verified.err.contains("unfinished write"), "{context}: {}", verified.err);
}
