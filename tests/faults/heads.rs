//! Heads that are foreign, stale, malformed, missing or behind, and what stands beyond them.

use taizhang::{Exit, Files};

use super::book::sealed_after;
use super::failing::{EIO, How, Operation};
use super::{Book, HEAD, LEDGER, RECORD, Shaky, office, unopened};

/// Every command that reads says 4, and the ledger and its head stay as they are.
#[track_caller]
fn refused(office: &Shaky, context: &str) {
    let before = (office.ledger(), office.bytes(HEAD));
    for line in ["-b small.toml balance", "-b small.toml verify", RECORD, "-b small.toml open --yes --id opening"] {
        let seen = office.types(line);
        assert_eq!(seen.exit, Exit::Integrity, "{context}: {line}: {seen:?}");
    }
    assert_eq!((office.ledger(), office.bytes(HEAD)), before, "{context}");
}

#[test]
fn a_malformed_head_is_refused() {
    let good = String::from_utf8(office(2).bytes(HEAD).unwrap()).unwrap();
    let hash = "0".repeat(64);
    let malformed = [
        String::new(),
        "\n".into(),
        good.trim_end().into(),
        format!("{good}\n"),
        good.replace("head 1", "head 2"),
        good.replace(' ', "  "),
        good.to_uppercase(),
        format!("\u{FEFF}{good}"),
        format!("taizhang-head 1 0 {hash} 0\n"),
        format!("taizhang-head 1 4 {hash} -1\n"),
        format!("taizhang-head 1 99999999999999999999 {hash} 1\n"),
        "x".repeat(5000),
    ];
    for head in malformed {
        let office = office(2);
        office.files.memory.put(HEAD, head.clone());
        refused(&office, &format!("{head:?}"));
    }
}

#[test]
fn every_bit_of_a_head_counts() {
    let good = office(2).bytes(HEAD).unwrap();
    let (office, mut unseen) = (office(2), Vec::new());
    for bit in 0..good.len() * 8 {
        let mut head = good.clone();
        head[bit / 8] ^= 1 << (bit % 8);
        let shown = String::from_utf8_lossy(&head).into_owned();
        office.files.memory.put(HEAD, head);
        let seen = office.types("-b small.toml verify");
        if seen.exit != Exit::Integrity {
            unseen.push(format!("{shown:?}: {:?} {}", seen.exit, seen.err));
        }
    }
    assert!(unseen.is_empty(), "\n{}", unseen.concat());
}

#[test]
fn a_foreign_head_is_refused() {
    let (ours, theirs) = (office(2), office(3));
    ours.files.memory.put(HEAD, theirs.bytes(HEAD).unwrap());
    refused(&ours, "a head of a longer ledger");
    let ours = office(2);
    ours.types(RECORD).expect(Exit::Done);
    theirs.files.memory.put(HEAD, ours.bytes(HEAD).unwrap());
    refused(&theirs, "a head of another ledger with as many rows");
}

/// The head of a ledger with shorter lines says fewer bytes; our rows beyond those are still acknowledged rows.
/// `verify` says to let the digest on paper decide which of the two is the right one; so it is looked for in all rows.
#[test]
fn under_a_foreign_head_the_digest_on_paper_is_still_found() {
    let office = office(4);
    let ledger = String::from_utf8(office.ledger()).unwrap();
    let last = ledger.trim_end().rsplit(',').next().unwrap();
    let row = ledger.lines().count() - 1;
    let hash = "0".repeat(64);
    office.files.memory.put(HEAD, format!("taizhang-head 1 3 {hash} 473\n"));
    let seen = office.types(&format!("-b small.toml verify --anchor {last} -f json"));
    assert_eq!(seen.exit, Exit::Integrity, "{seen:?}");
    assert!(seen.out.contains(&format!("\"anchor_row\": {row}")), "{seen:?}");
    let seen = office.types(&format!("-b small.toml verify --anchor {hash} -f json"));
    assert!(seen.out.contains("\"anchor_row\": null"), "{seen:?}");
}

#[test]
fn a_foreign_head_of_a_ledger_with_shorter_lines_is_refused() {
    let theirs = office(2);
    let ours = office(0);
    for row in 1..=2 {
        let memo = "长".repeat(200);
        ours.types(&format!("-b small.toml record -a travel --amount 1.00 --id r-{row} --memo {memo}"))
            .expect(Exit::Done);
    }
    ours.files.memory.put(HEAD, theirs.bytes(HEAD).unwrap());
    refused(&ours, "a head of a ledger with shorter lines");
}

/// A backup put back: an older ledger under a newer head.
#[test]
fn a_restored_backup_is_refused() {
    for rows in 0..2 {
        let office = office(2);
        office.files.memory.put(LEDGER, super::office(rows).ledger());
        refused(&office, &format!("{} rows of 4", rows + 2));
    }
    let office = office(2);
    office.files.memory.remove(LEDGER.as_ref()).unwrap();
    refused(&office, "no ledger");
    assert_eq!(office.bytes(LEDGER), None, "a head without a ledger is no fresh start");
    office.files.memory.put(LEDGER, "");
    refused(&office, "an empty ledger");
}

#[test]
fn a_missing_head_is_noted_and_made_by_the_next_writer() {
    let office = office(2);
    let head = office.bytes(HEAD).unwrap();
    for line in [RECORD, "-b small.toml record -a travel --amount 2.00 --id old-2"] {
        office.files.memory.remove(HEAD.as_ref()).unwrap();
        for line in ["-b small.toml balance", "-b small.toml verify"] {
            let seen = office.types(line).expect(Exit::Done);
            assert!(seen.err.contains(".head"), "{}", seen.err);
        }
        office.types(line).expect(Exit::Done);
        assert_eq!(office.types("-b small.toml verify").expect(Exit::Done).err, "");
        assert_ne!(office.bytes(HEAD).unwrap(), head);
    }
}

/// The row beyond a head that lags counts, and is made durable again before anyone is told that it stands.
#[test]
fn a_row_beyond_a_lagging_head_counts_and_is_rewritten_before_it_is_answered_for() {
    let begin = || {
        let office = office(2);
        let older = office.bytes(HEAD).unwrap();
        office.types(RECORD).expect(Exit::Done);
        office.files.memory.put(HEAD, older);
        office
    };
    let office = begin();
    let ledger = office.ledger();
    for line in ["-b small.toml balance", "-b small.toml verify"] {
        assert_eq!(office.types(line).expect(Exit::Done).err, "");
    }
    office.files.watches();
    let seen = office.types(RECORD).expect(Exit::Done);
    assert!(seen.out.contains("already row 5"), "{}", seen.out);
    assert_eq!(office.ledger(), ledger);
    let log = office.files.log();
    let rewritten = log.iter().position(|operation| *operation == Operation::Rewrite).unwrap();
    assert_eq!(log[rewritten + 1], Operation::Sync);
    assert!(String::from_utf8(office.bytes(HEAD).unwrap()).unwrap().starts_with("taizhang-head 1 5 "));
    // A writer of another row does the same before its own.
    let office = begin();
    office.files.watches();
    office.types("-b small.toml record -a travel --amount 5.00 --id other").expect(Exit::Done);
    let log = office.files.log();
    let rewritten = log.iter().position(|operation| *operation == Operation::Rewrite).unwrap();
    assert!(rewritten < log.iter().position(|operation| *operation == Operation::Append).unwrap());
    assert!(office.ledger().starts_with(&ledger));
    assert_eq!(Book::read(&office.ledger()).rows.len(), 6);
}

/// A ledger whose head lags, and where its rows beyond the head begin.
fn lagging(beyond: usize) -> (Shaky, usize) {
    let office = office(1);
    let (head, known) = (office.bytes(HEAD).unwrap(), office.ledger().len());
    for row in 0..beyond {
        office.types(&format!("-b small.toml record -a travel --amount 1.00 --id late-{row}")).expect(Exit::Done);
    }
    office.files.memory.put(HEAD, head);
    (office, known)
}

/// Damage beyond a lagging head, with later rows behind it, is damage: acknowledged rows stand there. Every byte of the
/// first row beyond the head is changed in turn.
#[test]
fn damage_before_two_later_rows_is_never_cut() {
    damage_in_the_first_row_beyond_the_head(3);
}

/// One later row is enough to know.
#[test]
fn damage_before_one_later_row_is_never_cut() {
    damage_in_the_first_row_beyond_the_head(2);
}

fn damage_in_the_first_row_beyond_the_head(beyond: usize) {
    let (office, known) = lagging(beyond);
    let whole = office.ledger();
    let first_row = whole[known..].iter().position(|byte| *byte == b'\n').unwrap();
    let mut cut = Vec::new();
    for place in 0..first_row {
        for mask in [0x01, 0x10, 0x80] {
            let mut damaged = whole.clone();
            damaged[known + place] ^= mask;
            office.files.memory.put(LEDGER, damaged.clone());
            let seen = office.types(RECORD);
            if seen.exit != Exit::Integrity || office.ledger() != damaged {
                cut.push(format!("byte {place} ^ {mask:#x}: {:?}", seen.exit));
                let (fresh, _) = lagging(beyond);
                office.files.memory.put(HEAD, fresh.bytes(HEAD).unwrap());
            }
        }
    }
    let line = String::from_utf8_lossy(&whole[known..known + first_row]);
    assert!(
        cut.is_empty(),
        "{} of {} cut away, {beyond} rows beyond the head: {:?} … in {line}",
        cut.len(),
        first_row * 3,
        &cut[..cut.len().min(5)]
    );
}

/// The line feed between two rows beyond the head is changed or lost: two rows look like one long one, and both were whole.
#[test]
fn two_rows_beyond_the_head_that_lost_the_line_feed_between_them_are_never_cut() {
    for between in ["", " ", ",", "\0", "\r", "\"", "  ", "\r\r"] {
        let (office, known) = lagging(2);
        let mut damaged = office.ledger();
        let feed = known + damaged[known..].iter().position(|byte| *byte == b'\n').unwrap();
        damaged.splice(feed..=feed, between.bytes());
        office.files.memory.put(LEDGER, damaged.clone());
        let seen = office.types(RECORD);
        assert_eq!(seen.exit, Exit::Integrity, "{between:?}: {seen:?}");
        assert_eq!(office.ledger(), damaged, "{between:?}");
    }
}

/// A whole row whose seal is right is no unfinished write, even if a newer taizhang wrote it and its head lags.
#[test]
fn a_row_of_a_newer_format_beyond_the_head_is_refused_and_never_cut() {
    let office = office(2);
    let before = office.ledger();
    let kind = sealed_after(&before, &[&[(1, "quota"), (6, "5.00"), (18, "from-a-newer-version")]]);
    let column = sealed_after(&before, &[&[(1, "expense"), (6, "5.00"), (18, "new-columns"), (20, "later,one,more")]]);
    for newer in [kind, column] {
        let ledger = [before.clone(), newer].concat();
        office.files.memory.put(LEDGER, ledger.clone());
        for line in ["-b small.toml balance", "-b small.toml verify", RECORD] {
            let seen = office.types(line);
            assert_eq!(seen.exit, Exit::Integrity, "{line}: {seen:?}");
            assert_eq!(office.ledger(), ledger, "{line}");
        }
    }
}

/// Nothing is said of a row that never was: what cannot be told is how far the ledger went.
#[test]
fn of_an_unreadable_head_one_true_thing_is_said() {
    let office = office(2);
    office.files.memory.put(HEAD, "spoilt");
    let cannot = "whether rows are missing at its end cannot be told";
    for line in ["verify", "balance", "register", "balance -f json", "verify -f json"] {
        let seen = office.types(&format!("-b small.toml {line}")).expect(Exit::Integrity);
        assert!(seen.err.contains(cannot), "{seen:?}");
        assert_eq!(seen.err.matches("error: ").count() + seen.err.matches("note: ").count(), 1, "{seen:?}");
        assert!(!seen.out.contains("row 5") && !seen.err.contains("row 5"), "{seen:?}");
    }
    let seen = office.types("-b small.toml balance -f json");
    assert_eq!(
        (&seen.json()["ledger"]["verified"], seen.json()["ledger"]["unverified_from"].as_u64()),
        (&false.into(), None)
    );
}

/// It knows of more rows in no more bytes, or of as many in more: it is of another ledger, and no row is missing.
#[test]
fn a_head_that_no_longer_ledger_can_have_is_given_up_and_no_row_with_it() {
    let length = office(2).ledger().len();
    for (seq, bytes) in [(9, length), (4, length + 50)] {
        let office = office(2);
        office.files.memory.put(HEAD, format!("taizhang-head 1 {seq} {} {bytes}\n", "ab".repeat(32)));
        let seen = office.types("-b small.toml repair -f json").expect(Exit::No);
        assert_eq!(seen.json()["command"], "taizhang -b small.toml repair --head", "{seq} {bytes}");
    }
}

/// What an append left that broke off is kept, whatever else is mended.
#[test]
fn an_unfinished_write_is_saved_when_a_new_head_is_made() {
    let office = office(2);
    office.files.memory.put(LEDGER, [office.ledger(), b"5,expense,2022".to_vec()].concat());
    office.files.memory.put(HEAD, "spoilt\n");
    office.types("-b small.toml repair --head").expect(Exit::Done);
    assert_eq!(office.saved(), [b"5,expense,2022"]);
    office.types("-b small.toml verify").expect(Exit::Done);
}

/// A new head would vouch for rows that break a law.
#[test]
fn no_head_is_made_for_a_ledger_that_does_not_hold() {
    let office = office(2);
    let twice = sealed_after(&office.ledger(), &[&[(1, "expense"), (6, "5.00"), (18, "old-1")]]);
    office.files.memory.put(LEDGER, [office.ledger(), twice].concat());
    office.files.memory.put(HEAD, "spoilt\n");
    let seen = office.types("-b small.toml repair --head").expect(Exit::Integrity);
    assert!(seen.err.contains("old-1"), "{seen:?}");
    // Nor for one without a row.
    let headings = office.ledger().split_inclusive(|byte| *byte == b'\n').next().unwrap().to_vec();
    office.files.memory.put(LEDGER, headings);
    let seen = office.types("-b small.toml repair --head").expect(Exit::Integrity);
    assert!(seen.err.contains("no complete opening"), "{seen:?}");
}

/// What is written stands; it is the next check that is weaker.
#[test]
fn a_head_that_cannot_be_written_is_warned_of_and_no_more() {
    let begun: [fn() -> Shaky; 2] = [|| office(1), unopened];
    for (begin, line) in begun.into_iter().zip([RECORD, "-b small.toml open --yes --id o"]) {
        // The head is the last that is put in its place.
        let rename = begin().operations(line).iter().rposition(|operation| *operation == Operation::Rename).unwrap();
        let seen = begin().types_under(line, rename + 1, How::Once(EIO)).expect(Exit::Done);
        assert!(seen.err.contains("warning: recorded, but the .head file could not be written"), "{seen:?}");
    }
}
