//! Whatever fails, dies or comes between during an import: the ledger holds the old rows or all the new ones, the exit
//! code says which, and the same import again ends in every row exactly once.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use taizhang::{Exit, Files, Purpose};

use super::failing::{EACCES, EINTR, EIO, ENOSPC, How, Operation};
use super::{Book, HEAD, LEDGER, Memory, Seen, Shaky, neighbour, office};

pub(super) const TABLE: &str = "bills.csv";
pub(super) const IMPORT: &str = "-b small.toml import bills.csv";

/// Rows that were there before: the opening's two and one expense.
const OLD: usize = 3;

/// A table of so many bills, with memos and voucher numbers of so many letters.
pub(super) fn table(rows: usize, letters: usize, payee: &str) -> String {
    let mut text = String::from("date,allocation,amount,payee,memo,voucher\n");
    for row in 1..=rows {
        let (day, fen, long) = (row % 28 + 1, row % 9 + 1, "m".repeat(letters));
        writeln!(text, "2022-12-{day:02},travel,0.0{fen},{payee} {row},{long},v{row}{long}").unwrap();
    }
    text
}

/// A few bills, in one piece.
fn few() -> (Shaky, usize) {
    let office = office(1);
    office.files.memory.put(TABLE, table(3, 1, "shop"));
    (office.copied(), 3)
}

/// So many that they are appended in two pieces.
fn many() -> (Shaky, usize) {
    let office = office(1);
    office.files.memory.put(TABLE, table(300, 2000, "shop"));
    (office.copied(), 300)
}

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

#[test]
fn whatever_fails_in_an_import_it_is_all_or_nothing() {
    for at in 1..=few().0.operations(IMPORT).len() {
        for how in HOWS {
            judge(few(), at, how);
        }
    }
}

#[test]
fn an_interrupted_read_or_write_of_an_import_is_no_failure() {
    let operations = few().0.operations(IMPORT);
    for at in (1..=operations.len()).filter(|at| matches!(operations[at - 1], Operation::Read | Operation::Append)) {
        assert_eq!(judge(few(), at, How::Once(EINTR)).exit, Exit::Done, "operation {at}");
    }
}

#[test]
fn whatever_fails_in_a_repeated_import_nothing_is_doubled() {
    let begin = || {
        let (office, rows) = few();
        let head = office.bytes(HEAD).unwrap();
        office.types(IMPORT).expect(Exit::Done);
        // The rows are there, and their head is not yet.
        office.files.memory.put(HEAD, head);
        (office, rows)
    };
    for at in 1..=begin().0.operations(IMPORT).len() {
        for how in HOWS {
            judge(begin(), at, how);
        }
    }
}

#[test]
fn whatever_fails_in_an_import_beside_a_torn_tail_it_is_all_or_nothing() {
    let begin = || {
        let (office, rows) = few();
        office.files.memory.put(LEDGER, [office.ledger(), b"4,expense,2022-1".to_vec()].concat());
        (office, rows)
    };
    for at in 1..=begin().0.operations(IMPORT).len() {
        for how in [How::Once(EIO), How::ForEver(ENOSPC), How::Dies] {
            judge(begin(), at, how);
        }
    }
}

/// The last operations are those of the append, its head, and the answer.
#[test]
fn whatever_fails_in_an_append_of_several_pieces_it_is_all_or_nothing() {
    let operations = many().0.operations(IMPORT);
    let first = operations.iter().rposition(|operation| *operation == Operation::SetLength).unwrap_or(0);
    let begins = operations.len().saturating_sub(24).max(first);
    for at in begins..=operations.len() {
        for how in [How::Once(EIO), How::ForEver(ENOSPC), How::DoneButFailed(EIO), How::Dies] {
            judge(many(), at, how);
        }
    }
}

#[test]
fn a_write_that_comes_up_short_in_an_import_is_finished_or_taken_back() {
    for at in appends(&few().0) {
        for most in [0, 1, 17, 150, 400, 10_000] {
            for next in [None, Some(EIO), Some(ENOSPC), Some(EINTR)] {
                judge(few(), at, How::Short(most, next));
            }
            judge(few(), at, How::DiesWriting(most));
        }
    }
    for at in appends(&many().0) {
        judge(many(), at, How::Short(200_000, Some(ENOSPC)));
        judge(many(), at, How::DiesWriting(200_000));
    }
}

/// Spool, ledger and head are each read again; none is believed.
#[test]
fn a_write_that_lies_in_an_import_is_found_out() {
    for at in appends(&few().0) {
        for place in (0..700).step_by(3) {
            judge(few(), at, How::Lies(place));
        }
    }
    for at in appends(&many().0) {
        judge(many(), at, How::Lies(123_456));
    }
}

#[test]
fn rows_acknowledged_by_an_import_are_there_after_a_power_cut() {
    let operations = few().0.operations(IMPORT).len();
    for at in 1..=operations + 1 {
        for how in [How::Once(EIO), How::ForEver(EIO), How::DoneButFailed(EIO), How::Dies] {
            for repeated in [false, true] {
                let (office, rows) = few();
                let mut seen = office.types_under(IMPORT, at, how);
                if repeated {
                    seen = office.types(IMPORT).expect(Exit::Done);
                }
                for (names, contents) in [(false, false), (false, true), (true, false), (true, true)] {
                    let left = office.files.after_power_cut(names, contents);
                    let context = format!("operation {at} {how:?}, kept {names} {contents}: {seen:?}");
                    let there = counted(&left, &context);
                    assert!([OLD, OLD + rows].contains(&there), "{context}: {there} rows");
                    if repeated || (seen.exit == Exit::Done && how != How::Dies) {
                        assert_eq!(there, OLD + rows, "{context}: acknowledged and lost");
                    }
                    let again = neighbour(&left).types(IMPORT);
                    assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
                    assert_eq!(counted(&left, &context), OLD + rows, "{context}");
                }
            }
        }
    }
}

/// Another program saves the table anew, in place, just before each operation.
#[test]
fn a_table_that_changes_under_an_import_is_imported_as_it_was_once_or_not_at_all() {
    let (was, other) = (table(3, 1, "shop"), table(3, 1, "firm"));
    let shorter = &was[..was.rfind("2022").unwrap()];
    let twice = was.replace("shop 2", "shop 1").replace("0.03", "0.02").replace("2022-12-03", "2022-12-02");
    let mut refused = 0;
    for new in [other.as_str(), shorter, "", &twice] {
        for at in 1..=few().0.operations(IMPORT).len() {
            let (office, _) = few();
            let before = office.ledger();
            let (memory, text) = (office.files.memory.clone(), new.to_owned());
            office.files.between(at, move || {
                let mut file = memory.open(TABLE.as_ref(), Purpose::Rewriting).unwrap();
                file.set_length(0).unwrap();
                file.append(text.as_bytes()).unwrap();
            });
            let seen = office.types(IMPORT);
            let context = format!("{new:?} before operation {at}: {seen:?}");
            if seen.exit != Exit::Done {
                assert!(matches!(seen.exit, Exit::Refused | Exit::Io), "{context}");
                assert_eq!(office.ledger(), before, "{context}");
                refused += 1;
                continue;
            }
            let book = Book::read(&office.ledger());
            let payees: Vec<&str> = book.rows[OLD..].iter().map(|row| row[8].as_str()).collect();
            let of = |text: &str| text.lines().skip(1).map(|line| line.split(',').nth(3).unwrap().to_owned()).collect();
            let wholes: [Vec<String>; 2] = [of(&was), of(new)];
            assert!(wholes.iter().any(|whole| *whole == payees), "{context}: {payees:?}");
            assert_eq!(ids(&book).len(), payees.len(), "{context}");
        }
    }
    assert!(refused > 4, "only {refused} were refused");
}

/// The same with a table that is read in several pieces.
#[test]
fn a_table_that_changes_between_its_pieces_is_not_imported_half_as_it_was() {
    let other = table(300, 2000, "firm");
    let (mut whole, mut refused) = (0, 0);
    for at in 1..=many().0.operations(IMPORT).len() {
        let (office, _) = many();
        let before = office.ledger();
        let (memory, text) = (office.files.memory.clone(), other.clone());
        office.files.between(at, move || {
            let mut file = memory.open(TABLE.as_ref(), Purpose::Rewriting).unwrap();
            file.rewrite_at(text.as_bytes(), 0).unwrap();
        });
        let seen = office.types(IMPORT);
        if seen.exit == Exit::Done {
            whole += 1;
            let book = Book::read(&office.ledger());
            let of = |payee: &str| book.rows[OLD..].iter().filter(|row| row[8].starts_with(payee)).count();
            assert!([(300, 0), (0, 300)].contains(&(of("shop"), of("firm"))), "operation {at}: {}", of("shop"));
        } else {
            refused += 1;
            assert!(seen.exit == Exit::Refused && seen.err.contains("changed while it was read"), "{at}: {seen:?}");
            assert!(office.ledger() == before, "operation {at}");
        }
    }
    assert!(whole > 20 && refused > 10, "{whole} were whole, {refused} refused");
}

/// Another program is still writing the table when its headings are found, and goes on before the rows are appended.
#[test]
fn the_first_part_of_a_table_that_is_still_being_written_is_not_imported() {
    let whole = table(300, 2000, "shop");
    let half = whole[..whole.len() / 2].rfind('\n').unwrap() + 1;
    let begin = || {
        let office = office(1);
        office.files.memory.put(TABLE, &whole[..half]);
        office.copied()
    };
    // Judging has begun where the first row goes into the spool.
    let judged = begin().operations(IMPORT).iter().position(|operation| *operation == Operation::Append).unwrap();
    let mut tried = 0;
    for at in 1..=judged + 1 {
        let office = begin();
        let before = office.ledger();
        let (memory, rest) = (office.files.memory.clone(), whole[half..].to_owned());
        office.files.between(at, move || {
            memory.open(TABLE.as_ref(), Purpose::Appending).unwrap().append(rest.as_bytes()).unwrap();
        });
        let seen = office.types(IMPORT);
        if seen.exit == Exit::Done {
            // It was whole before it was looked at.
            assert_eq!(Book::read(&office.ledger()).rows.len(), OLD + 300, "operation {at}");
        } else {
            tried += 1;
            assert!(seen.exit == Exit::Refused && seen.err.contains("changed while it was read"), "{at}: {seen:?}");
            assert!(office.ledger() == before, "operation {at}");
        }
    }
    assert!(tried > 20, "{tried}");
}

/// A kill leaves the spool; whatever writes next takes it away, and a reader leaves it.
#[test]
fn what_a_killed_import_has_left_is_gone_after_the_next_writer() {
    let operations = few().0.operations(IMPORT);
    let at = operations.iter().rposition(|operation| *operation == Operation::Append).unwrap();
    for next in ["-b small.toml record -a travel --amount 1.00 --id next", IMPORT, "-b small.toml import none.csv"] {
        let (office, _) = few();
        office.files.memory.put("none.csv", "date,allocation,amount\n");
        office.types_under(IMPORT, at, How::Dies);
        assert_eq!(spools(&office), ["small.csv.import-1"], "{next}");
        office.types("-b small.toml balance").expect(Exit::Done);
        assert_eq!(spools(&office).len(), 1, "{next}");
        office.types(next).expect(Exit::Done);
        assert!(spools(&office).is_empty(), "{next}");
    }
}

/// One failure in an import: what the exit code says against the rows, then the same import again.
#[track_caller]
fn judge((office, rows): (Shaky, usize), at: usize, how: How) -> Seen {
    let before = office.ledger();
    let was = counted(&office.files.memory, "before");
    let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let seen = office.types_under(IMPORT, at, how);
    let context = format!("operation {at} {how:?}: {:?} {}", seen.exit, seen.err);
    let after = office.ledger();
    assert!(after.starts_with(&before[..whole]), "{context}: the old bytes are not the first bytes");
    let log = office.files.log();
    let there = counted(&office.files.memory, &context);
    assert!([was, OLD + rows].contains(&there), "{context}: {there} rows");
    let is_dead = matches!(how, How::Dies | How::DiesWriting(_));
    match seen.exit {
        _ if is_dead => {}
        Exit::Done | Exit::NotReported => assert_eq!(there, OLD + rows, "{context}"),
        Exit::Io | Exit::Busy => {
            let cut = after == before[..whole] && office.saved().contains(&before[whole..].to_vec());
            assert!(after == before || cut, "{context}: the ledger changed");
        }
        Exit::Unknown => assert!(!seen.err.contains("--id"), "{context}: there is no one id to repeat with"),
        Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity => panic!("{context}"),
    }
    if !is_dead && !matches!(how, How::ForEver(_)) && seen.exit != Exit::Done {
        let left = spools(&office);
        // What can't be taken away stays for the next writer.
        let is_removal = log.get(at - 1) == Some(&Operation::Remove);
        assert!(left.is_empty() || is_removal, "{context}: {left:?} left behind");
    }
    let tail = after[after.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1)..].to_vec();
    let again = office.types(IMPORT);
    assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
    let book = Book::read(&office.ledger());
    assert_eq!((book.rows.len(), ids(&book).len()), (OLD + rows, rows), "{context}, then again: {again:?}");
    assert!(office.ledger().starts_with(&before[..whole]), "{context}");
    assert!(spools(&office).is_empty(), "{context}, then again: {:?} left behind", spools(&office));
    if !tail.is_empty() {
        let saved = office.saved();
        assert!(saved.iter().any(|saved| saved.ends_with(&tail)), "{context}: the tail was not saved");
    }
    let verified = office.types("-b small.toml verify");
    assert_eq!((verified.exit, verified.err.as_str()), (Exit::Done, ""), "{context}, then: {verified:?}");
    seen
}

/// How many rows a reader counts; nothing may be damaged.
#[track_caller]
fn counted(files: &Memory, context: &str) -> usize {
    let seen = neighbour(files).types("-b small.toml verify -f json");
    assert_eq!(seen.exit, Exit::Done, "{context}, then {seen:?}");
    usize::try_from(seen.json()["rows"].as_u64().unwrap()).unwrap()
}

/// The ids of imported rows.
pub(super) fn ids(book: &Book) -> BTreeSet<String> {
    book.rows.iter().map(|row| row[18].clone()).filter(|id| id.starts_with("i-")).collect()
}

fn spools(office: &Shaky) -> Vec<String> {
    let names = office.files.memory.names().into_iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.contains(".import-")).collect()
}

/// The numbers of an import's appends.
fn appends(office: &Shaky) -> Vec<usize> {
    let log = office.operations(IMPORT);
    (1..).zip(log).filter(|(_, operation)| *operation == Operation::Append).map(|(at, _)| at).collect()
}
