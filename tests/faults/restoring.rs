//! Whatever fails while a ledger is put back in place: the file that was there or the restored one, each whole, and the exit
//! code says which.

use taizhang::Exit;

use super::book::sealed_after;
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
    let says = "note: row 5 is a repair: the ledger was restored, each row by its digest; the file it replaced, damaged from \
         row 1 on, was kept\n";
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

/// Blanks around texts: those that a spreadsheet took away come back, and those that it put there go.
#[test]
fn blanks_around_texts_are_proved_by_the_digest() {
    let sound = office(2);
    for said in [
        &[(9, " 餐费"), (10, "记-1 ")][..1],
        &[(9, "餐费 ")],
        &[(8, " 饭店 ")],
        &[(9, "\u{3000}餐费")],
        &[(8, "饭店 "), (9, "餐费 "), (10, "记-1 ")],
    ] {
        let row = [&[(1, "expense"), (6, "5.00"), (18, "by-hand")], said].concat();
        let original = [sound.ledger(), sealed_after(&sound.ledger(), &[&row])].concat();
        let text = String::from_utf8(original.clone()).unwrap();
        let trimmed: String = text.lines().map(|line| cells(line, str::trim)).collect();
        let padded: String = text.lines().map(|line| cells(line, |cell| cell).replace(',', " , ")).collect();
        for saved in [trimmed, padded] {
            let office = office(0);
            office.files.memory.put("sent.csv", saved);
            let seen = office.types("-b small.toml restore sent.csv -o out.csv");
            assert_eq!(
                (seen.exit, office.bytes("out.csv")),
                (Exit::Done, Some(original.clone())),
                "{said:?}: {seen:?}"
            );
        }
    }
}

fn cells(line: &str, change: fn(&str) -> &str) -> String {
    line.split(',').map(change).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A whole ledger is not replaced; what the named file has that it has not is said, with the rows.
#[test]
fn a_file_that_is_not_put_in_place_of_a_whole_ledger_is_told_by_its_rows() {
    let line = "-b small.toml restore old.csv --in-place";
    let longer = office(3).ledger();
    let office = office(2);
    let whole = office.ledger();
    office.files.memory.put("old.csv", longer);
    let seen = office.types(line).expect(Exit::Refused);
    assert!(seen.err.contains("old.csv goes on with row 5"), "{seen:?}");
    office.files.memory.put("old.csv", String::from_utf8(whole.clone()).unwrap().replace('\n', "\r\n"));
    let seen = office.types(line).expect(Exit::Done);
    assert!(seen.err.contains("the ledger has all 4 rows of old.csv"), "{seen:?}");
    assert_eq!(office.ledger(), whole);
    // The last row is given up, then the file that held it is found.
    office.files.memory.put("old.csv", whole.clone());
    office.files.memory.put(LEDGER, String::from_utf8(whole.clone()).unwrap().replace(",2.00,", ",2.50,"));
    let hidden = office.bytes("old.csv").unwrap();
    office.files.memory.put("old.csv", "");
    office.types("-b small.toml repair --tail --reason why").expect(Exit::Done);
    office.files.memory.put("old.csv", hidden);
    let mended = office.ledger();
    for line in [line.to_owned(), format!("{line} --dry-run")] {
        let seen = office.types(&line).expect(Exit::Refused);
        assert!(seen.err.contains("the repair in row 4 gave up row 4 of old.csv"), "{seen:?}");
    }
    assert_eq!(office.ledger(), mended);
    assert!(beside(&office.files.memory, ".restoring-").is_empty());
    office.files.memory.put("old.csv", "seq,kind\n1,2\n");
    office.types(line).expect(Exit::Integrity);
}

/// Each row is proved, and yet together they are no ledger.
#[test]
fn rows_that_break_a_rule_are_not_restored_nor_is_half_a_batch() {
    let sound = office(2);
    for (said, why) in [
        (&[(1, "expense"), (6, "-5.00"), (18, "by-hand")][..], "an expense cannot be"),
        (&[(1, "expense"), (6, "5.00"), (17, "1of2"), (18, "batch")], "the batch behind row 4 is not whole"),
    ] {
        let rows = [sound.ledger(), sealed_after(&sound.ledger(), &[said])].concat();
        let office = office(0);
        office.files.memory.put("sent.csv", String::from_utf8(rows).unwrap().replace('\n', "\r\n"));
        let seen = office.types("-b small.toml restore sent.csv -o out.csv").expect(Exit::Integrity);
        // The file that was being made is gone, and so isn't named.
        assert!(seen.err.contains(why) && !seen.err.contains("out.csv"), "{seen:?}");
        assert_eq!(office.bytes("out.csv"), None);
    }
}

/// Another program saves the file once more: what it has saved stands there, or was kept.
#[test]
fn what_is_saved_while_a_ledger_is_restored_is_not_lost() {
    let log = resaved().0.operations(RESTORE);
    let rename = log.iter().position(|operation| *operation == super::Operation::Rename).unwrap();
    // Between the last look and the name nobody can look.
    for at in 1..rename {
        let (office, _) = resaved();
        let again = [office.ledger(), b"\r\n".to_vec()].concat();
        let (memory, saved) = (office.files.memory.clone(), again.clone());
        office.files.between(at, move || memory.put(LEDGER, saved.clone()));
        let seen = office.types(RESTORE);
        let stands = office.ledger() == again || beside(&office.files.memory, ".resaved-").contains(&again);
        assert!(stands, "before operation {at}: {seen:?}");
    }
}

#[test]
fn a_small_ledger_is_written_in_one_piece() {
    let log = resaved().0.operations("-b small.toml restore");
    assert_eq!(log.iter().filter(|operation| **operation == super::Operation::Append).count(), 1);
}
