//! Every operation of every command fails, once and for ever: whatever the exit code says is what the bytes are, and
//! the same command again, with the same id, ends in exactly one row.

use taizhang::Exit;

use super::failing::{EACCES, EINTR, EIO, ENOSPC, How, Operation};
use super::{Book, HEAD, LEDGER, RECORD, Seen, Shaky, TOML, office, printed_id, unopened};

/// How every operation is made to fail: not done.
const HOWS: [How; 7] = [
    How::Once(EIO),
    How::Once(ENOSPC),
    How::Once(EACCES),
    How::Once(EINTR),
    How::ForEver(EIO),
    How::ForEver(ENOSPC),
    How::Dies,
];

/// And done, though the answer says otherwise.
const DONE_BUT_FAILED: [How; 1] = [How::DoneButFailed(EIO)];

/// A command that writes, and the id of the row it must leave.
struct Writer {
    begin: fn() -> Shaky,
    line: &'static str,
    id: &'static str,
    /// Rows that stand before it, and after it.
    rows: (usize, usize),
}

const RECORDS: Writer = Writer { begin: || office(2), line: RECORD, id: "new", rows: (4, 5) };

const REVERSES: Writer =
    Writer { begin: || office(2), line: "-b small.toml reverse 4 --amount 0.50 --id new", id: "new", rows: (4, 5) };

const OPENS: Writer = Writer { begin: unopened, line: "-b small.toml open --yes --id new", id: "new", rows: (0, 2) };

#[test]
fn whatever_fails_in_record_the_exit_code_says_what_the_bytes_are() {
    every_operation(&RECORDS, &HOWS);
    every_operation(&RECORDS, &DONE_BUT_FAILED);
}

#[test]
fn whatever_fails_in_reverse_the_exit_code_says_what_the_bytes_are() {
    every_operation(&REVERSES, &HOWS);
    every_operation(&REVERSES, &DONE_BUT_FAILED);
}

#[test]
fn whatever_fails_in_open_the_exit_code_says_what_the_bytes_are() {
    every_operation(&OPENS, &HOWS);
}

/// Over a network a rename may be done and its answer lost; then nothing may be said to be unchanged.
#[test]
fn whatever_is_done_but_fails_in_open_the_exit_code_says_what_the_bytes_are() {
    every_operation(&OPENS, &DONE_BUT_FAILED);
}

/// A second sync after a failed one would succeed, and mean nothing: the pages are marked clean.
#[test]
fn a_sync_that_failed_is_never_tried_again() {
    let synced = office(2).operations(RECORD).iter().position(|operation| *operation == Operation::Sync).unwrap();
    let office = office(2);
    let before = office.ledger();
    office.types_under(RECORD, synced + 1, How::Once(EIO)).expect(Exit::Unknown);
    assert_eq!(office.ledger(), before, "it is taken back");
}

/// Without `--id` one is made, and an unknown outcome prints it.
#[test]
fn a_made_id_makes_a_repetition_safe_too() {
    let line = "-b small.toml record -a travel --amount 12.34";
    let (mut unknown, operations) = (0, office(2).operations(line).len());
    for at in 1..=operations {
        let office = office(2);
        let seen = office.types_under(line, at, How::Once(EIO));
        if let Some(id) = printed_id(&seen).filter(|_| seen.exit == Exit::Unknown) {
            unknown += 1;
            office.types(&format!("{line} --id {id}")).expect(Exit::Done);
            let book = Book::read(&office.ledger());
            assert_eq!((book.rows.len(), book.with_id(&id)), (5, 1), "operation {at}");
        }
    }
    assert!(unknown >= 2, "reading back and syncing leave the outcome unknown");
}

/// The answer goes to a file, after the commit: that it could not be written is no reason to enter the row again.
#[test]
fn whatever_fails_before_or_after_the_commit_the_exit_code_says_which() {
    let line = "-b small.toml record -a travel --amount 12.34 --id new -o answer.txt";
    let writer = Writer { line, ..RECORDS };
    every_operation(&writer, &HOWS);
    let last = office(2).operations(line).len();
    assert_eq!(judge(&writer, last, How::Once(ENOSPC)).exit, Exit::NotReported);
}

#[test]
fn a_lock_that_another_holds_for_ever_is_busy_and_nothing_changes() {
    for writer in [RECORDS, REVERSES, OPENS] {
        assert_eq!(judge(&writer, 1, How::Busy).exit, Exit::Busy);
    }
}

/// A row beyond the head is settled before it is answered for.
#[test]
fn whatever_fails_in_a_repetition_the_exit_code_says_what_the_bytes_are() {
    let begin = || {
        let office = office(2);
        let head = office.bytes(HEAD).unwrap();
        office.types(RECORD).expect(Exit::Done);
        office.files.memory.put(HEAD, head);
        office
    };
    every_operation(&Writer { begin, rows: (5, 5), ..RECORDS }, &HOWS);
    let begin = || {
        let office = office(2);
        office.types(RECORD).expect(Exit::Done);
        office
    };
    every_operation(&Writer { begin, rows: (5, 5), ..RECORDS }, &HOWS);
}

#[test]
fn whatever_fails_beside_a_torn_tail_the_exit_code_says_what_the_bytes_are() {
    let begin = || {
        let office = office(2);
        office.files.memory.put(LEDGER, [office.ledger(), b"5,expense,2022-1".to_vec()].concat());
        office
    };
    every_operation(&Writer { begin, ..RECORDS }, &HOWS);
}

#[test]
fn whatever_fails_without_a_head_the_exit_code_says_what_the_bytes_are() {
    let begin = || {
        let office = office(2);
        taizhang::Files::remove(&office.files.memory, HEAD.as_ref()).unwrap();
        office
    };
    every_operation(&Writer { begin, ..RECORDS }, &HOWS);
}

/// An opening that is asked for again, its head lost.
#[test]
fn whatever_fails_in_a_repeated_open_the_exit_code_says_what_the_bytes_are() {
    let begin = || {
        let office = unopened();
        office.types(OPENS.line).expect(Exit::Done);
        taizhang::Files::remove(&office.files.memory, HEAD.as_ref()).unwrap();
        office
    };
    every_operation(&Writer { begin, rows: (2, 2), ..OPENS }, &HOWS);
}

/// A write may be short, and go on or not; and the process may die inside it.
#[test]
fn a_short_write_is_finished_or_taken_back() {
    for writer in [RECORDS, REVERSES, OPENS] {
        for at in appends(&writer) {
            for most in [0, 1, 2, 17, 64, 120, 200, 10_000] {
                for next in [None, Some(EIO), Some(ENOSPC), Some(EINTR)] {
                    judge(&writer, at, How::Short(most, next));
                }
                judge(&writer, at, How::DiesWriting(most));
            }
        }
    }
}

/// A signal in the middle of a write is no reason to give it up.
#[test]
fn a_write_that_a_signal_interrupts_is_written_all_the_same() {
    for writer in [RECORDS, REVERSES, OPENS] {
        for at in appends(&writer) {
            assert_eq!(judge(&writer, at, How::Once(EINTR)).exit, Exit::Done);
        }
    }
}

/// What reads back otherwise than it was written is never acknowledged, and never in the way.
#[test]
fn a_write_that_lies_is_found_out() {
    for writer in [RECORDS, REVERSES] {
        let at = appends(&writer)[0];
        for place in 0..250 {
            let seen = judge(&writer, at, How::Lies(place));
            assert_eq!(seen.exit, Exit::Unknown, "{}", seen.err);
        }
    }
}

/// The new ledger is read back before it gets its name, or the lie would be in the way for ever.
#[test]
fn an_opening_whose_write_lies_is_found_out() {
    let at = appends(&OPENS)[0];
    for place in [0, 1, 130, 200, 500, 10_000] {
        judge(&OPENS, at, How::Lies(place));
    }
}

/// A head that reads back otherwise than it was written would stop every command after this one.
#[test]
fn a_head_whose_write_lies_is_found_out() {
    let at = appends(&RECORDS)[1];
    for place in [0, 10, 16, 30, 85, 10_000] {
        judge(&RECORDS, at, How::Lies(place));
    }
}

/// Readers answer as if nothing had failed, or fail; they change nothing, and an I/O error is not damage.
#[test]
fn whatever_fails_in_a_report_it_is_whole_or_refused() {
    let torn = || {
        let office = office(2);
        office.files.memory.put(LEDGER, [office.ledger(), b"5,expense,2022-1".to_vec()].concat());
        office
    };
    for begin in [|| office(2), torn, unopened] {
        for line in ["-b small.toml balance", "-b small.toml variance -f csv", "-b small.toml verify"] {
            let office = begin();
            let names = office.files.memory.names();
            let before: Vec<_> = names.iter().map(|name| office.files.memory.bytes(name)).collect();
            let clean = office.types(line);
            for at in 1..=office.operations(line).len() {
                for how in HOWS {
                    let seen = office.types_under(line, at, how);
                    let context = format!("{line}: operation {at} {how:?}: {seen:?}");
                    if seen.exit == Exit::Io {
                        assert_eq!(seen.out, "", "{context}");
                    } else {
                        assert_eq!((seen.exit, &seen.out), (clean.exit, &clean.out), "{context}");
                    }
                    let after: Vec<_> = names.iter().map(|name| office.files.memory.bytes(name)).collect();
                    assert_eq!((&office.files.memory.names(), &after), (&names, &before), "{context}");
                }
            }
        }
    }
}

/// A file that can't be read may be the second budget; which one is meant is not known then.
#[test]
fn a_budget_that_cannot_be_read_is_not_passed_over() {
    let two = || {
        let office = office(0);
        office.files.memory.put("other.toml", SMALL_AGAIN);
        office
    };
    let line = "record -a travel --amount 1.00 --id new";
    let office = two();
    office.types(line).expect(Exit::Usage);
    for at in 1..=office.operations(line).len() {
        let office = two();
        let seen = office.types_under(line, at, How::Once(EIO));
        assert!(matches!(seen.exit, Exit::Usage | Exit::Io), "operation {at}: {seen:?}");
        assert_eq!(Book::read(&office.ledger()).with_id("new"), 0, "operation {at}");
    }
}

const SMALL_AGAIN: &str = "[budget]\n# another budget, half written\n";

/// The only budget can't be read: that is an I/O error, not something the user typed.
#[test]
fn a_budget_that_is_found_but_cannot_be_read_is_an_io_error() {
    let line = "record -a travel --amount 1.00 --id new";
    for at in 1..=office(0).operations(line).len() {
        let office = office(0);
        let seen = office.types_under(line, at, How::ForEver(EIO));
        assert_ne!(seen.exit, Exit::Usage, "operation {at} ({:?}): {}", office.files.log().last(), seen.err);
    }
}

/// What the exit 6 of an opening offered at a terminal tells to repeat must record the expense.
#[test]
fn what_an_offered_opening_tells_to_repeat_ends_in_one_row() {
    let typed = "-b small.toml record -a travel --amount 12.34";
    let terminal = || {
        let mut office = unopened();
        office.terminal.input = true;
        office.answers = vec!["y"];
        office
    };
    let whole = terminal();
    whole.types(typed).expect(Exit::Done);
    for at in 1..=whole.files.log().len() {
        let office = terminal();
        let seen = office.types_under(typed, at, How::Once(EIO));
        let context = format!("operation {at}: {seen:?}");
        match seen.exit {
            Exit::Unknown => {
                let id = printed_id(&seen).unwrap();
                let again = office.types(&format!("{typed} --id {id}"));
                assert_eq!(again.exit, Exit::Done, "{context}, then {again:?}");
                let expenses = Book::read(&office.ledger()).rows.iter().filter(|row| row[1] == "expense").count();
                assert_eq!(expenses, 1, "{context}");
            }
            // The opening was agreed to and is said to be done, if it was; of the expense nothing is there.
            Exit::Io => {
                let rows = office.bytes(LEDGER).map_or(0, |_| Book::read(&office.ledger()).rows.len());
                assert_eq!(rows, if seen.err.contains("ledger opened") { 2 } else { 0 }, "{context}: nothing changed?");
            }
            Exit::Done => assert_eq!(Book::read(&office.ledger()).rows.len(), 3, "{context}"),
            Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity | Exit::Busy | Exit::NotReported => {
                panic!("{context}")
            }
        }
    }
}

/// The numbers of a command's appends.
fn appends(writer: &Writer) -> Vec<usize> {
    let log = (writer.begin)().operations(writer.line);
    (1..).zip(log).filter(|(_, operation)| *operation == Operation::Append).map(|(at, _)| at).collect()
}

/// Every operation of a writing command fails, in every way, until the command runs clean.
fn every_operation(writer: &Writer, hows: &[How]) {
    let operations = (writer.begin)().operations(writer.line).len();
    assert!(operations > 15, "only {operations} operations");
    for how in hows.iter().copied() {
        for at in 1..=operations {
            judge(writer, at, how);
        }
        let clean = judge(writer, operations + 20, how);
        assert_eq!(clean.exit, Exit::Done, "{}", clean.err);
    }
}

/// One failure: what the exit code says against the bytes, then the same command again.
#[track_caller]
fn judge(writer: &Writer, at: usize, how: How) -> Seen {
    let office = (writer.begin)();
    let before = office.ledger();
    let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let seen = office.types_under(writer.line, at, how);
    let context = format!("{}: operation {at} {how:?}: {seen:?}", writer.line);
    let after = office.ledger();
    assert!(after.starts_with(&before[..whole]), "{context}: the old bytes are not the first bytes");
    match seen.exit {
        // A dead process has no exit code; only its bytes count.
        _ if matches!(how, How::Dies | How::DiesWriting(_)) => {}
        Exit::Done | Exit::NotReported => {
            let book = Book::try_read(&after).unwrap_or_else(|fault| panic!("{context}: {fault}"));
            assert_eq!((book.rows.len(), book.with_id(writer.id)), (writer.rows.1, 1), "{context}");
        }
        Exit::Io | Exit::Busy => {
            let cut = after == before[..whole] && office.saved().contains(&before[whole..].to_vec());
            assert!(after == before || cut, "{context}: the ledger changed");
            assert_eq!(office.bytes(LEDGER).is_some(), writer.rows.0 > 0, "{context}: the ledger came or went");
        }
        Exit::Unknown => assert_eq!(printed_id(&seen).as_deref(), Some(writer.id), "{context}"),
        Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity => panic!("{context}"),
    }
    if matches!(how, How::Once(_) | How::Short(..)) && seen.exit != Exit::Done {
        let left = office.others().into_iter().filter(|name| name.to_string_lossy().contains(".new-"));
        let left: Vec<_> = left.filter(|name| !name.to_string_lossy().contains(".torn")).collect();
        assert!(left.is_empty(), "{context}: {left:?} left behind");
    }
    assert_eq!(office.bytes(TOML).unwrap(), super::SMALL.as_bytes(), "{context}");
    let again = office.types(writer.line);
    assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
    let book = Book::read(&office.ledger());
    assert_eq!((book.rows.len(), book.with_id(writer.id)), (writer.rows.1, 1), "{context}, then again: {again:?}");
    assert!(office.ledger().starts_with(&before[..whole]), "{context}");
    let head = String::from_utf8(office.bytes(HEAD).unwrap()).unwrap();
    let last = book.rows.last().unwrap();
    assert_eq!(head, format!("taizhang-head 1 {} {} {}\n", last[0], last[21], office.ledger().len()), "{context}");
    let verified = office.types("-b small.toml verify");
    assert_eq!((verified.exit, verified.err.as_str()), (Exit::Done, ""), "{context}, then: {verified:?}");
    seen
}
