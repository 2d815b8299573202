//! Rows that can't be held, and a folder for them that fails: the answer is whole or there is none, and no file is left.

use taizhang::{Exit, Overflow};

use super::failing::{EACCES, EINTR, EIO, ENOSPC, How, Operation};
use super::importing::{IMPORT, TABLE, table};
use super::{LEDGER, Shaky, office};
use crate::office::Folder;

/// An office that holds hardly any row.
fn little() -> Shaky {
    let mut office = office(12);
    office.overflow = Overflow { folder: "aside".into(), most_held: 200 };
    office
}

const LINES: [&str; 4] = ["register -f csv", "register -f json", "register", "explain available -f csv"];

const HOWS: [How; 10] = [
    How::Once(EIO),
    How::Once(ENOSPC),
    How::Once(EACCES),
    How::Once(EINTR),
    How::ForEver(EIO),
    How::ForEver(ENOSPC),
    How::Short(0, None),
    How::Short(3, None),
    How::Lies(0),
    How::Lies(70),
];

#[test]
fn whatever_fails_in_the_folder_for_rows_laid_by_the_answer_is_whole_or_none() {
    let (mut whole, mut refused) = (0, 0);
    for line in LINES {
        let office = little();
        let names = office.files.memory.names();
        for output in [None, Some("answer")] {
            let typed = match output {
                None => format!("-b small.toml {line}"),
                Some(name) => format!("-b small.toml {line} -o {name}"),
            };
            let clean = office.types(&typed).expect(Exit::Done);
            let answer = output.and_then(|name| office.bytes(name));
            office.files.fails_aside(usize::MAX, How::Once(EIO));
            office.types(&typed).expect(Exit::Done);
            let log = office.files.log_aside();
            let count = |operation| log.iter().filter(|logged| **logged == operation).count();
            assert!(count(Operation::Append) > 2 && count(Operation::Read) > 4, "{line}: {log:?}");
            if let Some(name) = output {
                office.files.memory.put(name, "what stood there");
            }
            for at in 1..=log.len() {
                for how in HOWS {
                    office.files.fails_aside(at, how);
                    let seen = office.types(&typed);
                    office.files.heals();
                    let context = format!("{typed}: operation {at} {how:?}: {seen:?}");
                    if seen.exit == Exit::Io {
                        refused += 1;
                        assert!(seen.out.is_empty() && seen.err.contains("aside"), "{context}");
                        assert!(seen.err.contains("TMPDIR") && seen.err.contains("nothing was changed"), "{context}");
                        if let Some(name) = output {
                            assert_eq!(office.bytes(name).unwrap(), b"what stood there", "{context}");
                        }
                    } else {
                        whole += 1;
                        assert_eq!(seen, clean, "{context}");
                        if let Some(name) = output {
                            assert_eq!(office.bytes(name), answer, "{context}");
                            office.files.memory.put(name, "what stood there");
                        }
                    }
                    let others = office.files.memory.names();
                    let others: Vec<_> = others.iter().filter(|name| **name != *"answer").collect();
                    assert_eq!(others, names.iter().collect::<Vec<_>>(), "{context}");
                }
            }
        }
    }
    assert!(whole > 100 && refused > 100, "{whole} whole, {refused} refused");
}

/// Bills wait aside between the table and the rules: all of them come into the ledger, or none.
#[test]
fn whatever_fails_in_the_folder_for_bills_laid_by_an_import_is_all_or_nothing() {
    let (mut whole, mut refused) = (0, 0);
    let begin = || {
        let office = little();
        office.files.memory.put(TABLE, table(40, 800, "shop"));
        office
    };
    let clean = begin();
    clean.files.fails_aside(usize::MAX, How::Once(EIO));
    let done = clean.types(IMPORT).expect(Exit::Done);
    let log = clean.files.log_aside();
    let count = |operation| log.iter().filter(|logged| **logged == operation).count();
    assert!(count(Operation::Append) > 2 && count(Operation::Read) > 2, "{log:?}");
    for at in 1..=log.len() {
        for how in HOWS {
            let office = begin();
            let (before, names) = (office.ledger(), office.files.memory.names());
            office.files.fails_aside(at, how);
            let seen = office.types(IMPORT);
            office.files.heals();
            let context = format!("operation {at} {how:?}: {seen:?}");
            if seen.exit == Exit::Io {
                refused += 1;
                assert!(seen.err.contains("aside") && seen.err.contains("TMPDIR"), "{context}");
                assert!(office.ledger() == before && office.files.memory.names() == names, "{context}");
                office.types(IMPORT).expect(Exit::Done);
            } else {
                whole += 1;
                assert_eq!(seen, done, "{context}");
                assert!(office.ledger() == clean.ledger(), "{context}");
            }
        }
    }
    assert!(whole > 20 && refused > 20, "{whole} whole, {refused} refused");
}

/// An interrupted call is no failure, nor is a write that comes up short.
#[test]
fn what_is_done_again_is_no_failure() {
    let office = little();
    let typed = "-b small.toml register -f csv";
    let clean = office.types(typed).expect(Exit::Done);
    office.files.fails_aside(usize::MAX, How::Once(EIO));
    office.types(typed).expect(Exit::Done);
    let log = office.files.log_aside();
    for at in (1..=log.len()).filter(|at| log[at - 1] != Operation::Open) {
        for how in [How::Once(EINTR), How::Short(3, None)] {
            office.files.fails_aside(at, how);
            assert_eq!(office.types(typed), clean, "operation {at} {how:?}");
        }
    }
}

/// What fails is said in the reader's language, and a report that lays nothing by needs no folder.
#[test]
fn a_folder_that_is_not_there_is_named_where_it_is_needed() {
    let folder = Folder::new();
    let mut office = folder.opened();
    for day in 1..=9 {
        office.types(&format!("record -a 1 --amount {day}.00 --date 2022-03-0{day}")).expect(Exit::Done);
    }
    let ledger = folder.read(crate::office::LEDGER);
    office.overflow = Overflow { folder: "nowhere".into(), most_held: 300 };
    for (typed, exit) in [("register", Exit::Io), ("explain spent", Exit::Io), ("monthly 3", Exit::Done)] {
        let [chinese, english] = ["zh", "en"].map(|language| office.types(&format!("--lang {language} {typed}")));
        assert_eq!((chinese.exit, english.exit), (exit, exit), "{typed}: {chinese:?} {english:?}");
        if exit == Exit::Io {
            assert!(
                chinese.err.contains("nowhere 中的暂存文件新建失败") && chinese.err.contains("TMPDIR"),
                "{chinese:?}"
            );
            assert!(english.err.contains("a file for rows laid by could not be created"), "{english:?}");
        }
    }
    office.overflow.most_held = 1 << 20;
    office.types("register").expect(Exit::Done);
    assert_eq!(folder.read(crate::office::LEDGER), ledger);
    assert!(!folder.join("nowhere").exists());
}

/// A ledger that doesn't hold weighs more than a disk that is full.
#[test]
fn damage_is_said_beside_a_folder_that_fails() {
    let office = little();
    let mut ledger = office.ledger();
    let place = ledger.len() - 300;
    ledger[place] ^= 1;
    office.files.memory.put(LEDGER, ledger);
    office.types("-b small.toml register").expect(Exit::Integrity);
    office.files.fails_aside(1, How::ForEver(ENOSPC));
    let seen = office.types("-b small.toml register");
    assert_eq!(seen.exit, Exit::Integrity, "{seen:?}");
    assert!(seen.err.contains("TMPDIR"), "{seen:?}");
}
