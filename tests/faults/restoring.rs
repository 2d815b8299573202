//! Whatever fails while a ledger is put back in place: the file that was there or the restored one, each whole, and the exit
//! code says which.

use taizhang::Exit;

use super::failing::{EACCES, EINTR, EIO, ENOSPC, How};
use super::{Book, HEAD, LEDGER, Memory, Shaky, neighbour, office, printed_id};

const RESTORE: &str = "-b small.toml restore --in-place";

const HOWS: [How; 8] = [
    How::Once(EIO),
    How::Once(ENOSPC),
    How::Once(EACCES),
    How::Once(EINTR),
    How::ForEver(EIO),
    How::ForEver(ENOSPC),
    How::DoneButFailed(EIO),
    How::Dies,
];

/// Four rows, saved anew by a spreadsheet; and what they were.
fn resaved() -> (Shaky, Vec<u8>) {
    let office = office(2);
    let original = office.ledger();
    let text = String::from_utf8(original.clone()).unwrap();
    let text = text.replace("2022-12-30,", "2022/12/30,").replace('\n', "\r\n");
    office.files.memory.put(LEDGER, text);
    (office.copied(), original)
}

fn beside(files: &Memory, ending: &str) -> Vec<Vec<u8>> {
    let names = files.names().into_iter().filter(|name| name.to_string_lossy().contains(ending));
    names.filter_map(|name| files.bytes(name)).collect()
}

/// Whether the restored ledger stands there, with the one row that says so.
#[track_caller]
fn is_restored(ledger: &[u8], original: &[u8], resaved: &[u8], context: &str) -> bool {
    if ledger == resaved {
        return false;
    }
    assert!(ledger.starts_with(original), "{context}: {}", String::from_utf8_lossy(ledger));
    let book = Book::try_read(ledger).unwrap_or_else(|fault| panic!("{context}: {fault}"));
    let kinds: Vec<&str> = book.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(kinds, ["open", "budget", "expense", "expense", "repair"], "{context}");
    true
}

#[test]
fn whatever_fails_in_restoring_in_place_the_exit_code_says_what_the_bytes_are() {
    let operations = resaved().0.operations(RESTORE).len();
    assert!(operations > 40, "only {operations} operations");
    for at in 1..=operations + 1 {
        for how in HOWS {
            judge(at, how);
        }
    }
}

#[track_caller]
fn judge(at: usize, how: How) {
    let (office, original) = resaved();
    let before = office.ledger();
    let seen = office.types_under(RESTORE, at, how);
    let context = format!("operation {at} {how:?}: {seen:?}");
    let restored = is_restored(&office.ledger(), &original, &before, &context);
    match seen.exit {
        // A dead process has no exit code; only its bytes count.
        _ if how == How::Dies => {}
        Exit::Done | Exit::NotReported => assert!(restored, "{context}"),
        Exit::Io | Exit::Busy => assert!(!restored, "{context}: it says that nothing changed"),
        Exit::Unknown => assert_eq!(printed_id(&seen), None, "{context}: there is no id to repeat with"),
        Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity => panic!("{context}"),
    }
    if restored {
        assert!(beside(&office.files.memory, ".resaved-").contains(&before), "{context}: the old file was not kept");
    }
    if matches!(how, How::Once(_)) && !restored {
        let left = [beside(&office.files.memory, ".resaved-"), beside(&office.files.memory, ".restoring-")].concat();
        assert!(left.is_empty() || seen.exit == Exit::Unknown, "{context}: {} files left behind", left.len());
    }
    let again = office.types(RESTORE);
    let context = format!("{context}, then again: {again:?}");
    assert_eq!(again.exit, Exit::Done, "{context}");
    assert!(is_restored(&office.ledger(), &original, &before, &context), "{context}");
    assert!(beside(&office.files.memory, ".resaved-").contains(&before), "{context}: the old file was not kept");
    assert!(beside(&office.files.memory, ".restoring-").is_empty(), "{context}: left behind");
    let book = Book::read(&office.ledger());
    let head = String::from_utf8(office.bytes(HEAD).unwrap()).unwrap();
    let last = book.rows.last().unwrap();
    assert_eq!(head, format!("taizhang-head 1 {} {} {}\n", last[0], last[21], office.ledger().len()), "{context}");
    let verified = office.types("-b small.toml verify");
    let says =
        "note: row 5 is a repair: the ledger was restored, each row by its digest; the file it replaced was kept\n";
    assert_eq!((verified.exit, verified.err.as_str()), (Exit::Done, says), "{context}, then: {verified:?}");
}

/// The power fails at every operation: the old file or the restored one, and what was acknowledged stays.
#[test]
fn a_power_cut_leaves_one_of_the_two_whole() {
    let operations = resaved().0.operations(RESTORE).len();
    for at in 1..=operations + 1 {
        for how in [How::Dies, How::Once(EIO), How::DoneButFailed(EIO)] {
            let (office, original) = resaved();
            let before = office.ledger();
            let seen = office.types_under(RESTORE, at, how);
            for kept in [(false, false), (false, true), (true, false), (true, true)] {
                let left = office.files.after_power_cut(kept.0, kept.1);
                let context = format!("operation {at} {how:?}, {kept:?}: {seen:?}");
                let restored = is_restored(&left.bytes(LEDGER).unwrap_or_default(), &original, &before, &context);
                if restored {
                    assert!(beside(&left, ".resaved-").contains(&before), "{context}: the old file is lost");
                }
                if seen.exit == Exit::Done && how != How::Dies {
                    assert!(restored, "{context}: acknowledged and lost");
                }
                neighbour(&left).types(RESTORE).expect(Exit::Done);
                assert!(is_restored(&left.bytes(LEDGER).unwrap(), &original, &before, &context), "{context}");
            }
        }
    }
}

#[test]
fn a_write_that_lies_never_reaches_the_ledger() {
    let log = resaved().0.operations(RESTORE);
    let appends = (1..).zip(log).filter(|(_, operation)| *operation == super::Operation::Append).map(|(at, _)| at);
    for at in appends {
        for place in [0, 10, 200, 900, 10_000] {
            let (office, original) = resaved();
            let before = office.ledger();
            let seen = office.types_under(RESTORE, at, How::Lies(place));
            let context = format!("append {at}, byte {place}: {seen:?}");
            let restored = is_restored(&office.ledger(), &original, &before, &context);
            assert_eq!(restored, seen.exit == Exit::Done, "{context}");
            office.types(RESTORE).expect(Exit::Done);
            assert!(is_restored(&office.ledger(), &original, &before, &context), "{context}");
            assert!(
                beside(&office.files.memory, ".resaved-").contains(&before),
                "{context}: the old file was not kept"
            );
        }
    }
}
