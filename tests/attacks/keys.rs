//! What a caller types as a key, and what is typed at length.
#![cfg(target_os = "linux")]

use super::surroundings::{opened, stands};
use crate::office::LEDGER;

/// A caller's key: one form, never empty, never another amount's.
#[test]
fn a_key_is_refused_or_kept_to_the_letter() {
    let folder = opened();
    let office = folder.office();
    let long = "x".repeat(10 << 10);
    let (just, over) = ("x".repeat(128), "x".repeat(129));
    for (id, words) in [
        ("", "the id is empty"),
        ("  ", "the id is empty"),
        (&*long, "too long"),
        (&*over, "too long"),
        ("=1", "formula"),
        ("-x", "formula"),
        ("a\tb", "tab"),
        ("a\nb", "line break"),
        ("a\u{202e}b", "U+202E"),
        ("a\u{200b}b", "U+200B"),
        ("a\0b", "U+0000"),
        ("opening", "is already on row"),
    ] {
        let before = folder.read(LEDGER);
        let given = format!("--id={id}");
        for command in
            [&["record", "-a", "1", "--amount", "1"][..], &["commit", "-a", "1", "--amount", "1", "--doc", "x"]]
        {
            let seen = office.runs(&[command, &[given.as_str(), "--lang", "en"]].concat());
            assert_eq!(seen.exit as i32, 3, "{id:?}: {}{}", seen.out, seen.err);
            assert!(seen.err.contains(words) && seen.err.len() < 600, "{id:?}: {}", seen.err);
            assert_eq!(folder.read(LEDGER), before, "{id:?}");
        }
    }
    for id in ["a b", "a,b", "a\"b", "a;b", "中文", "é", "a/b", "i-0000000000000000-1", "t-1", "1of3", "k", "'x", &just]
    {
        let given = format!("--id={id}");
        for _ in 0..2 {
            let seen = office.runs(&["record", "-a", "1", "--amount", "1", &given]);
            assert_eq!(seen.exit as i32, 0, "{id}: {}", seen.err);
        }
        for other in [["--amount", "2"], ["--amount", "1.01"]] {
            let before = folder.read(LEDGER);
            let seen = office.runs(&["record", "-a", "1", other[0], other[1], &given]);
            assert_eq!(seen.exit as i32, 3, "{id}: {}", seen.err);
            assert_eq!(folder.read(LEDGER), before, "{id}");
        }
    }
    let rows = String::from_utf8(folder.read(LEDGER)).unwrap();
    assert_eq!(rows.lines().filter(|line| line.contains(",expense,")).count(), 13, "each once");
    stands(&folder, &[], "afterwards");
}

/// What is said of a typed text is no longer than a person reads, however long the text.
#[test]
fn what_is_typed_at_length_is_said_back_in_short() {
    let folder = opened();
    let office = folder.office();
    let long = "x".repeat(100_000);
    for line in [
        &["record", "-a", "1", "--amount"][..],
        &["record", "-a", "1", "--amount", "1", "--date"],
        &["record", "-a", "1", "--amount", "1", "--economic"],
        &["record", "-a", "1", "--amount", "1", "--invoice"],
        &["record", "-a", "1", "--amount", "1", "--method"],
        &["record", "--amount", "1", "--split"],
        &["adjust", "-a", "1", "--add", "1", "--doc", "x", "--plan"],
        &["record", "--amount", "1", "-a"],
        &["reverse"],
        &["close"],
        &["monthly"],
        &["explain", "spent"],
        &["balance", "-a"],
        &["balance", "--as-of"],
        &["balance", "--rows"],
        &["balance", "--unit"],
        &["balance", "-f"],
        &["verify", "--anchor"],
        &["record", "-a", "1", "--amount", "1", "--payee"],
        &[],
    ] {
        let seen = office.runs(&[line, &[long.as_str()]].concat());
        assert!([2, 3].contains(&(seen.exit as i32)), "{line:?}: {:?}", seen.exit);
        assert!(seen.err.len() < 4000, "{line:?} says {} bytes", seen.err.len());
    }
}
