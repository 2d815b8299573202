//! Many writers at once, and readers and writers that come between another's operations.

use std::thread;

use taizhang::Exit;

use super::importing::{TABLE, ids, table};
use super::kernel::Shop;
use super::{Book, Operation, RECORD, Seen, neighbour, office, unopened};

const WRITERS: usize = 8;
const ROWS_EACH: usize = 25;

#[test]
fn of_eight_writers_at_once_no_row_is_lost_doubled_or_out_of_order() {
    let shop = Shop::opened();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let shop = &shop;
            scope.spawn(move || {
                for row in 0..ROWS_EACH {
                    let said = shop.runs(&format!("record -a travel --amount 0.01 --id w{writer}-{row}"));
                    assert_eq!(said.code, Some(0), "{said:?}");
                }
            });
        }
    });
    let book = Book::read(&shop.ledger());
    assert_eq!(book.rows.len(), 2 + WRITERS * ROWS_EACH);
    for writer in 0..WRITERS {
        for row in 0..ROWS_EACH {
            assert_eq!(book.with_id(&format!("w{writer}-{row}")), 1);
        }
    }
    assert!(book.rows.is_sorted_by_key(|row| row[20].clone()), "rows are stamped in the order they are written");
    let verified = shop.runs("verify");
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""));
}

#[test]
fn of_two_writers_with_one_id_one_writes_and_both_are_told() {
    let shop = Shop::opened();
    for round in 0..10 {
        let line = format!("record -a travel --amount 0.01 --id same-{round}");
        let mut both: Vec<_> = (0..2).map(|_| shop.command(&line).spawn().unwrap()).collect();
        for child in &mut both {
            assert_eq!(child.wait().unwrap().code(), Some(0));
        }
        let book = Book::read(&shop.ledger());
        assert_eq!((book.with_id(&format!("same-{round}")), book.rows.len()), (1, 3 + round));
    }
}

/// The same table twice, another one, and single rows, all at once: every row is there once.
#[test]
fn of_imports_and_records_at_once_no_row_is_lost_or_doubled() {
    let shop = Shop::opened();
    shop.folder.write(TABLE, table(200, 500, "shop"));
    shop.folder.write("other.csv", table(200, 500, "firm"));
    let record = |id: usize| format!("record -a travel --amount 0.01 --id alone-{id}");
    let mut all: Vec<_> =
        ["import bills.csv", "import other.csv", "import bills.csv"].map(|line| shop.command(line)).into();
    all.extend((0..4).map(|id| shop.command(&record(id))));
    let mut all: Vec<_> = all.iter_mut().map(|command| command.spawn().unwrap()).collect();
    for child in &mut all {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    let book = Book::read(&shop.ledger());
    assert_eq!((book.rows.len(), ids(&book).len()), (2 + 400 + 4, 400));
    assert!((0..4).all(|id| book.with_id(&format!("alone-{id}")) == 1));
    let verified = shop.runs("verify");
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""));
}

/// Another writes a row just before each operation: both rows are there, or this command says that it wrote nothing.
/// The lock is held by nobody in memory, so only what happens before it is taken is tried.
#[test]
fn a_row_that_comes_just_before_the_lock_is_seen() {
    let operations = office(2).operations(RECORD);
    let locked = operations.iter().position(|operation| *operation == Operation::TryLock).unwrap();
    for at in 1..=locked + 1 {
        for line in [RECORD, "-b small.toml record -a travel --amount 7.00 --id other"] {
            let office = office(2);
            let memory = office.files.memory.clone();
            office.files.between(at, move || drop(neighbour(&memory).types(line).expect(Exit::Done)));
            let seen = office.types(RECORD).expect(Exit::Done);
            let book = Book::read(&office.ledger());
            assert_eq!(book.with_id("new"), 1, "operation {at}: {seen:?}");
            assert_eq!(book.rows.len(), if line == RECORD { 5 } else { 6 }, "operation {at}: {seen:?}");
        }
    }
}

/// The same opening asked for twice at once is one opening, and both are told so.
#[test]
fn an_opening_that_comes_just_before_the_lock_is_the_same_opening() {
    let line = "-b small.toml open --yes --id opening";
    let operations = unopened().operations(line);
    let locked = operations.iter().position(|operation| *operation == Operation::TryLock).unwrap();
    let mut wrong = Vec::new();
    for at in 1..=locked + 1 {
        let office = unopened();
        let memory = office.files.memory.clone();
        office.files.between(at, move || drop(neighbour(&memory).types(line).expect(Exit::Done)));
        let seen = office.types(line);
        assert_eq!(Book::read(&office.ledger()).rows.len(), 2, "operation {at}");
        if seen.exit != Exit::Done {
            wrong.push(format!(
                "before operation {at}, {:?}: {:?} {}",
                operations[at - 1],
                seen.exit,
                last_said(&seen)
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Readers take no lock. Whenever another writes, they answer with the rows before or the rows after, and find no
/// damage.
#[test]
fn a_report_beside_a_writer_finds_no_damage() {
    beside_a_writer("-b small.toml balance -f json");
}

#[test]
fn a_verification_beside_a_writer_finds_no_damage() {
    beside_a_writer("-b small.toml verify -f json");
}

/// Another writes just before each operation of a reader.
fn beside_a_writer(line: &str) {
    let begin = |rows| {
        let office = office(rows);
        office.types("-b small.toml reverse 3 --amount 0.10 --id back-1").expect(Exit::Done);
        office
    };
    let mut wrong = Vec::new();
    // With three rows, and with four, the head's numbers grow a digit or don't.
    for rows in [2, 3, 4] {
        let operations = begin(rows).operations(line);
        for write in ["reverse 4 --amount 0.20 --id back-2", "record -a travel --amount 0.30 --id new"] {
            for at in 1..=operations.len() {
                let office = begin(rows);
                let memory = office.files.memory.clone();
                let write = format!("-b small.toml {write}");
                let typed = write.clone();
                office.files.between(at, move || drop(neighbour(&memory).types(&typed).expect(Exit::Done)));
                let seen = office.types(line);
                if seen.exit != Exit::Done || !seen.err.is_empty() {
                    let (operation, said) = (operations[at - 1], last_said(&seen));
                    wrong.push(format!("{write} before operation {at}, {operation:?}: {:?} {said}", seen.exit));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn last_said(seen: &Seen) -> &str {
    seen.err.lines().find(|line| line.contains("error")).unwrap_or(&seen.err)
}

/// A reader that runs all the while sees whole ledgers only, whatever the writers are at.
#[test]
fn readers_among_writers_always_answer() {
    let shop = Shop::opened();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..2)
            .map(|writer| {
                let shop = &shop;
                scope.spawn(move || {
                    for row in 0..20 {
                        assert_eq!(
                            shop.runs(&format!("record -a travel --amount 0.01 --id v{writer}-{row}")).code,
                            Some(0)
                        );
                    }
                })
            })
            .collect();
        while !writers.iter().all(thread::ScopedJoinHandle::is_finished) {
            for line in ["balance", "verify"] {
                let said = shop.runs(line);
                assert_eq!(said.code, Some(0), "{said:?}");
            }
        }
    });
}
