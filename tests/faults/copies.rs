//! Copies that hold rows which the ledger has lost: which files count, which of them is named, and which is none.

use taizhang::{Exit, Files};

use super::mending::{cut_to, start_of_row};
use super::{HEAD, LEDGER, Memory, SMALL, Shaky, TOML, neighbour, office};

/// The copy that a repair names, and how far its rows go.
fn named(office: &Shaky) -> Option<(String, u64)> {
    let seen = office.types("-b small.toml repair -f json").json();
    Some((seen["copy"].as_str()?.to_owned(), seen["copy_rows"].as_u64()?))
}

/// Where a copy holds the missing rows, they are not given up.
#[test]
fn rows_that_stand_in_a_copy_are_not_given_up() {
    let whole = office(2).ledger();
    for (name, copy) in [
        ("small.csv.broken-1", whole.clone()),
        ("small.csv.torn-1", whole[start_of_row(&whole, 1)..].to_vec()),
        ("small.bak", whole.clone()),
        ("副本 (2).csv", whole.clone()),
    ] {
        let office = cut_to(1, 0);
        office.files.memory.put(name, copy);
        let seen = office.types("-b small.toml repair").expect(Exit::No);
        assert!(seen.out.contains(name), "{seen:?}");
        let seen = office.types("-b small.toml repair --accept-missing --reason why").expect(Exit::Refused);
        assert!(seen.err.contains(name), "{seen:?}");
    }
    let office = cut_to(1, 0);
    office.files.memory.put("backup.csv", whole);
    let seen =
        office.types("-b small.toml repair --accept-missing --reason why --backup backup.csv").expect(Exit::Refused);
    assert!(seen.err.contains("backup.csv"), "{seen:?}");
    office.files.memory.put("backup.csv", super::office(0).ledger());
    let seen = office.types("-b small.toml repair --backup backup.csv").expect(Exit::No);
    assert!(seen.err.contains("backup.csv"), "{seen:?}");
}

#[test]
fn of_several_copies_the_fullest_is_named_and_of_equal_ones_the_first() {
    let (whole, less) = (office(2).ledger(), office(1).ledger());
    let office = cut_to(2, 0);
    for (name, copy) in [("a.bak", &less), ("b.bak", &whole), ("c.bak", &whole), ("d.bak", &less)] {
        office.files.memory.put(name, copy.clone());
    }
    assert_eq!(named(&office), Some(("b.bak".to_owned(), 4)));
}

/// Little may be left of a ledger: what is missing of it is no reason to pass a copy over.
#[test]
fn of_a_ledger_that_has_hardly_a_line_left_a_whole_copy_is_named() {
    let office = office(2);
    let whole = office.ledger();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    office.files.memory.put(LEDGER, [&whole[..first_line], b"spoilt\nspoilt\n"].concat());
    office.files.memory.remove(HEAD.as_ref()).unwrap();
    office.files.memory.put("small.bak", whole);
    assert_eq!(named(&office), Some(("small.bak".to_owned(), 4)));
}

/// Its rows go further, but they are not of this ledger.
#[test]
fn a_ledger_of_another_book_is_no_copy() {
    let memory = Memory::default();
    memory.put(TOML, SMALL);
    neighbour(&memory).types("-b small.toml open --yes --id another").expect(Exit::Done);
    for number in 0..3 {
        neighbour(&memory)
            .types(&format!("-b small.toml record -a travel --amount 1 --id r-{number}"))
            .expect(Exit::Done);
    }
    let office = cut_to(1, 0);
    office.files.memory.put("another.bak", memory.bytes(LEDGER).unwrap());
    assert_eq!(named(&office), None);
}

#[test]
fn a_hundred_files_that_begin_like_a_ledger_are_looked_at_and_no_more() {
    let (whole, less) = (office(2).ledger(), office(1).ledger());
    for (count, is_found) in [(99, true), (100, false)] {
        let office = cut_to(1, 0);
        for number in 0..count {
            office.files.memory.put(format!("copy-{number:03}.bak"), less.clone());
            office.files.memory.put(format!("memo-{number:03}.txt"), vec![b'x'; less.len()]);
        }
        office.files.memory.put("the-last.bak", whole.clone());
        assert_eq!(named(&office).is_some(), is_found, "{count}");
    }
}

#[test]
fn a_folder_is_no_backup() {
    let whole = office(2).ledger();
    let office = cut_to(1, 0);
    office.files.memory.put("backups/small.csv", whole);
    let seen = office.types("-b small.toml repair --backup backups").expect(Exit::Io);
    assert!(seen.err.contains("backups"), "{seen:?}");
}

/// What an earlier repair kept before it died begins with the ledger as it is now.
#[test]
fn a_file_of_other_bytes_is_not_what_a_repair_kept() {
    let office = office(2);
    office.files.memory.put(HEAD, "spoilt\n");
    office.files.memory.put("small.csv.broken-1", vec![b'x'; office.ledger().len() + 50]);
    let seen = office.types("-b small.toml repair").expect(Exit::No);
    assert!(seen.out.contains("repair --head"), "{seen:?}");
}
