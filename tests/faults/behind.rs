//! What stands behind the rows that hold: whether an append that broke off can have left it. Every reader, every writer and
//! `repair` must think the same of it, or one of them cuts what another would have kept.

use taizhang::{Exit, Files};

use super::book::sealed_after;
use super::failing::{EIO, ENOSPC, How};
use super::{Book, HEAD, LEDGER, RECORD, Shaky, office};

/// The small ledger with a head that lags behind it by so many rows: a head that could not be written is only a warning.
fn with_a_lagging_head(rows: usize, by: usize) -> Shaky {
    let office = office(rows);
    let ledger = office.ledger();
    let known = Book::read(&ledger).rows.len() - by;
    office.files.memory.put(HEAD, head_at(&ledger, known));
    office
}

fn head_at(ledger: &[u8], row: usize) -> String {
    let bytes = start_of(ledger, row + 1);
    let digest = Book::read(&ledger[..bytes]).rows.last().unwrap()[21].clone();
    format!("taizhang-head 1 {row} {digest} {bytes}\n")
}

/// Where this row begins, counted from 1.
fn start_of(ledger: &[u8], row: usize) -> usize {
    let feeds = ledger.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    feeds.map(|(place, _)| place + 1).nth(row - 1).unwrap()
}

/// Rows 3 to 5 are expenses; what stands where row 4 stood, in a ledger whose head knows three rows.
fn spoilt() -> Vec<(&'static str, Vec<u8>)> {
    let whole = office(3).ledger();
    let (fourth, fifth) = (start_of(&whole, 4), start_of(&whole, 5));
    let [before, row, after] = [&whole[..fourth], &whole[fourth..fifth], &whole[fifth..]];
    let mut flipped = row.to_vec();
    flipped[20] ^= 1;
    let newer = sealed_after(&whole[..fifth], &[&[(1, "quota"), (6, "5.00"), (18, "newer")]]);
    let batch = sealed_after(
        &whole[..fifth],
        &[&[(1, "expense"), (6, "5.00"), (17, "1of2"), (18, "batch")], &[(1, "expense"), (6, "6.00"), (17, "2of2")]],
    );
    vec![
        ("one bit", [before, &flipped, after].concat()),
        ("longer than any line", [before, &vec![b'x'; 70_000], row, after].concat()),
        (
            "longer than any line, twice",
            [before, &vec![b'x'; 300_000], b"\n", &vec![b'y'; 70_000], row, after].concat(),
        ),
        ("a line put in", [before, b"x\n", row, after].concat()),
        ("and a newer format's row behind", [before, &flipped, &newer].concat()),
        ("and a batch behind", [before, &flipped, &batch].concat()),
    ]
}

/// The rows behind the damage were acknowledged, for all that the head knows: nobody may cut them away.
#[test]
fn a_row_that_continues_the_chain_behind_damage_is_never_taken_for_a_broken_append() {
    for (name, ledger) in spoilt() {
        let office = with_a_lagging_head(3, 2);
        office.files.memory.put(LEDGER, ledger.clone());
        for line in ["-b small.toml verify", RECORD, "-b small.toml repair", "-b small.toml repair --tail --reason why"]
        {
            let seen = office.types(line);
            assert_eq!(seen.exit, Exit::Integrity, "{name}: {line}: {seen:?}");
            assert_eq!(office.ledger(), ledger, "{name}: {line}: {seen:?}");
        }
    }
}

/// Rows that stand together are one append: its first row lost, the others are no later one.
#[test]
fn the_rest_of_a_batch_whose_first_row_is_spoilt_is_a_broken_append_to_everyone() {
    let sound = office(2);
    let batch: [&[(usize, &str)]; 3] = [
        &[(1, "expense"), (6, "5.00"), (17, "1of3"), (18, "batch")],
        &[(1, "expense"), (6, "6.00"), (17, "2of3")],
        &[(1, "expense"), (6, "7.00"), (17, "3of3")],
    ];
    let mut lines = sealed_after(&sound.ledger(), &batch);
    lines[20] ^= 1;
    let ledger = [sound.ledger(), lines].concat();
    let torn = office(2);
    torn.files.memory.put(LEDGER, ledger.clone());
    let seen = torn.types("-b small.toml repair -f json").expect(Exit::Done);
    assert_eq!(seen.json()["state"], "unfinished_write");
    torn.types(RECORD).expect(Exit::Done);
    torn.types("-b small.toml verify").expect(Exit::Done);
    // Without a head nobody can know whether it was acknowledged: it is for a person to decide.
    let headless = office(2);
    headless.files.memory.put(LEDGER, ledger.clone());
    headless.files.memory.remove(HEAD.as_ref()).unwrap();
    headless.types("-b small.toml verify").expect(Exit::Integrity);
    let seen = headless.types("-b small.toml repair -f json").expect(Exit::No);
    assert_eq!(seen.json()["state"], "tail", "{seen:?}");
    headless.types("-b small.toml repair --tail --reason why").expect(Exit::Done);
    headless.types("-b small.toml verify").expect(Exit::Done);
}

/// The acknowledged ledger without its last byte, the line feed.
fn unended(rows: usize) -> Shaky {
    let office = office(rows);
    let mut ledger = office.ledger();
    assert_eq!(ledger.pop(), Some(b'\n'));
    office.files.memory.put(LEDGER, ledger);
    office.copied()
}

const COMPLETE: &str = "-b small.toml repair --tail --id new";

#[test]
fn an_acknowledged_row_that_lacks_only_its_line_feed_is_completed_and_nothing_is_given_up() {
    let whole = office(2).ledger();
    let office = unended(2);
    for line in ["-b small.toml verify", RECORD, "-b small.toml balance"] {
        let seen = office.types(line).expect(Exit::Integrity);
        assert!(seen.err.contains("row 4 is whole") && seen.err.contains("taizhang repair --tail"), "{seen:?}");
    }
    let seen = office.types("-b small.toml repair -f json").expect(Exit::No);
    assert_eq!(seen.json()["command"], "taizhang -b small.toml repair --tail");
    assert_eq!((&seen.json()["state"], seen.json()["lost_from"].as_u64()), (&"line_feed".into(), None));
    let seen = office.types("-b small.toml repair --accept-missing --reason why").expect(Exit::Refused);
    assert!(seen.err.contains("repair --tail"), "{seen:?}");
    let before = office.ledger();
    office.types(&format!("{COMPLETE} --dry-run")).expect(Exit::Done);
    assert_eq!(office.ledger(), before);
    office.types(COMPLETE).expect(Exit::Done);
    assert!(office.ledger().starts_with(&whole));
    let book = Book::read(&office.ledger());
    assert_eq!(
        (book.rows.len(), book.rows[4][1].as_str(), book.rows[4][9].as_str()),
        (5, "repair", "tail;completed=4")
    );
    assert!(office.bytes("small.csv.broken-1").is_none(), "nothing was given up, so nothing is to be kept");
    let seen = office.types("-b small.toml verify").expect(Exit::Done);
    assert!(seen.err.contains("row 5 is a repair: the line feed that the last row lacked was put back"), "{seen:?}");
    let after = office.ledger();
    office.types(COMPLETE).expect(Exit::Done);
    office.types("-b small.toml repair").expect(Exit::Done);
    assert_eq!(office.ledger(), after);
    office.types(&RECORD.replace("new", "next")).expect(Exit::Done);
    // Its own id stands already: the row is answered for, and no second one is written.
    let office = unended(2);
    office.types("-b small.toml repair --tail --id old-2").expect(Exit::Refused);
}

#[test]
fn a_line_feed_that_was_never_acknowledged_is_a_broken_append_as_ever() {
    for head in [None, Some(3)] {
        let whole = office(2).ledger();
        let office = unended(2);
        match head {
            None => office.files.memory.remove(HEAD.as_ref()).unwrap(),
            Some(row) => office.files.memory.put(HEAD, head_at(&whole, row)),
        }
        let seen = office.types("-b small.toml repair -f json").expect(Exit::Done);
        assert_eq!(seen.json()["state"], "unfinished_write");
    }
    // A last row that was changed and lost its line feed was acknowledged otherwise.
    let office = unended(2);
    let mut ledger = office.ledger();
    let place = ledger.len() - 100;
    ledger[place] ^= 1;
    office.files.memory.put(LEDGER, ledger);
    let seen = office.types("-b small.toml repair -f json").expect(Exit::No);
    assert_eq!(seen.json()["lost_from"], 4, "{seen:?}");
    // So was one that is as long and sealed right, but says something else.
    let whole = self::office(2).ledger();
    let (before, row) = whole.split_at(start_of(&whole, 4));
    let other = |memo: &str| sealed_after(before, &[&[(1, "expense"), (6, "9.00"), (9, memo), (18, "old-2")]]);
    let other = other(&"x".repeat(row.len() - other("").len()));
    office.files.memory.put(LEDGER, [before, &other[..row.len() - 1]].concat());
    let seen = office.types("-b small.toml repair -f json").expect(Exit::No);
    assert_eq!((&seen.json()["state"], &seen.json()["lost_from"]), (&"missing".into(), &4.into()), "{seen:?}");
}

/// Rows of a batch that was not finished are none of the ledger's.
#[test]
fn the_first_half_of_a_batch_at_the_end_is_no_row() {
    let office = office(2);
    let ledger = office.ledger();
    let half = sealed_after(&ledger, &[&[(1, "expense"), (6, "5.00"), (17, "1of2"), (18, "batch")]]);
    office.files.memory.put(LEDGER, [&*ledger, &half].concat());
    let seen = office.types("-b small.toml repair -f json").expect(Exit::Done).json();
    assert_eq!(
        (&seen["state"], &seen["rows"], &seen["bytes"]),
        (&"unfinished_write".into(), &4.into(), &ledger.len().into())
    );
}

/// Whatever fails in it, the acknowledged row stays, and the same command does what is left.
#[test]
fn whatever_fails_while_a_row_is_completed_the_row_stays() {
    let whole = office(2).ledger();
    let hows = [
        How::Once(EIO),
        How::ForEver(ENOSPC),
        How::DoneButFailed(EIO),
        How::Dies,
        How::DiesWriting(1),
        How::DiesWriting(25),
    ];
    for at in 1..=unended(2).operations(COMPLETE).len() + 1 {
        for how in hows {
            let office = unended(2);
            let before = office.ledger();
            let seen = office.types_under(COMPLETE, at, how);
            let context = format!("operation {at} {how:?}: {seen:?}");
            assert!(office.ledger().starts_with(&before), "{context}");
            match seen.exit {
                _ if matches!(how, How::Dies | How::DiesWriting(_)) => {}
                Exit::Io | Exit::Busy => assert_eq!(office.ledger(), before, "{context}"),
                Exit::Done => assert_eq!(Book::read(&office.ledger()).with_id("new"), 1, "{context}"),
                Exit::Unknown => {}
                Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity | Exit::NotReported => panic!("{context}"),
            }
            for (names, contents) in [(false, false), (true, true)] {
                let left = super::neighbour(&office.files.after_power_cut(names, contents));
                left.types(COMPLETE).expect(Exit::Done);
                left.types("-b small.toml verify").expect(Exit::Done);
                assert!(left.files.bytes(LEDGER).unwrap().starts_with(&whole), "{context}");
            }
            office.types(COMPLETE).expect(Exit::Done);
            assert!(office.ledger().starts_with(&whole), "{context}");
            office.types("-b small.toml verify").expect(Exit::Done);
        }
    }
}

/// One cell of the last row changed: the row is named, and it stands in the books that it was given up.
#[test]
fn a_changed_last_row_is_named_before_it_is_given_up_and_afterwards() {
    // As long as it was, longer, and shorter.
    for (with_head, amount) in [(true, "3.00"), (false, "3.00"), (true, "13.00"), (true, "2"), (false, "2")] {
        let office = office(2);
        let changed = String::from_utf8(office.ledger()).unwrap().replace(",2.00,", &format!(",{amount},"));
        office.files.memory.put(LEDGER, changed);
        if !with_head {
            office.files.memory.remove(HEAD.as_ref()).unwrap();
        }
        let seen = office.types("-b small.toml repair").expect(Exit::No);
        assert!(seen.out.contains("digest of row 4 does not fit") && seen.out.contains("taizhang restore"), "{seen:?}");
        let seen = office.types("-b small.toml repair --tail").expect(Exit::Refused);
        assert!(seen.err.contains("digest of row 4 does not fit") && seen.err.contains("taizhang restore"), "{seen:?}");
        office.types("-b small.toml repair --tail --reason why --id new").expect(Exit::Done);
        let book = Book::read(&office.ledger());
        assert!(book.rows[3][9].contains(";lost=4-4;"), "with head {with_head}: {}", book.rows[3][9]);
        let seen = office.types("-b small.toml verify").expect(Exit::Done);
        assert!(seen.err.contains("row 4, which was recorded, was given up"), "{seen:?}");
    }
}

#[test]
fn every_changed_row_at_the_end_is_counted_as_given_up() {
    let office = office(3);
    let text = String::from_utf8(office.ledger()).unwrap();
    office.files.memory.put(LEDGER, text.replace(",2.00,", ",2.50,").replace(",3.00,", ",3.50,"));
    office.types("-b small.toml repair --tail --reason why").expect(Exit::Done);
    let memo = &Book::read(&office.ledger()).rows[3][9];
    assert!(memo.contains(";lost=4-5;"), "{memo}");
}
