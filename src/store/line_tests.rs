//! What holds for every ledger line: written, it reads back; read, it was canonical.

use proptest::prelude::*;

use super::*;
use crate::domain::text;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z0-9\",; 记办公室、·𠮷é]{1,12}"
            .prop_filter_map("a text the ledger keeps", |text| text::entered(&text).ok())
    ]
}

fn entries() -> impl Strategy<Value = Entry<String>> {
    let texts = (words(), words(), words(), words(), words(), words(), words());
    let numbers = (1_u64..1_000_000, -99_999_999_i64..99_999_999, 0_usize..11, 0_i64..365);
    let rest = (
        proptest::option::of((1_u64..5, 5_u64..9)),
        proptest::option::of(1_u64..99),
        proptest::option::of(0_usize..3),
        any::<bool>(),
    );
    (texts, numbers, rest).prop_map(
        |(
            (allocation, payee, memo, voucher, payment, doc, id),
            (seq, fen, kind, day),
            (batch, refers_to, fund, coded),
        )| {
            let date = iso_date("2022-01-01").expect("a day") + chrono::Duration::days(day);
            let amount = Amount::typed(&format!("{}.{:02}", fen / 100, fen.abs() % 100)).expect("an amount");
            Entry {
                seq,
                what: Particulars {
                    occurred: coded.then_some(date),
                    allocation,
                    fund: fund.map(|fund| Fund::ALL[fund]),
                    amount,
                    payee,
                    memo,
                    voucher,
                    payment,
                    economic: if coded { "30211".into() } else { String::new() },
                    method: if coded { "card".into() } else { String::new() },
                    invoice: if coded { "12345678901234567890;053001900104-12345678".into() } else { String::new() },
                    refers_to,
                    doc,
                    ..Particulars::new(Kind::ALL[kind], date)
                },
                batch: batch.map(|(place, count)| Batch { place, count }),
                id,
                by: "小李".into(),
                at: "2022-03-04T10:20:30+08:00".into(),
                digest: Digest::default(),
            }
        },
    )
}

#[test]
fn commas_are_found_wherever_they_stand() {
    for length in 0..40 {
        for every in 1..6 {
            let line: Vec<u8> = (0..length).map(|place| if place % every == 0 { b',' } else { b'-' }).collect();
            let expected: Vec<usize> = (0..length).filter(|place| place % every == 0).collect();
            let mut places = [usize::MAX; 22];
            assert_eq!(places_of_commas(&line, &mut places), expected.len(), "{length} by {every}");
            let kept = expected.len().min(places.len());
            assert_eq!(places[..kept], expected[..kept], "{length} by {every}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(entry in entries(), previous in any::<[u8; 32]>()) {
        let previous = Digest(previous);
        let (line, digest) = written(&entry, &previous);
        let mut reader = LineReader::new();
        let bytes = line.strip_suffix('\n').expect("a line ends").as_bytes();
        let read = reader.read(bytes, &previous).map_err(|fault| TestCaseError::fail(format!("{fault:?} in {line}")))?;
        prop_assert_eq!(read.sealed, digest);
        prop_assert_eq!(read.entry.kept(), Entry { digest, ..entry });
    }

    #[test]
    fn a_changed_byte_is_never_taken_for_the_same_line(entry in entries(), at in any::<prop::sample::Index>(), change in 1_u8..) {
        let (line, digest) = written(&entry, &Digest::default());
        let mut bytes = line.strip_suffix('\n').expect("a line ends").as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        if let Ok(read) = LineReader::new().read(&bytes, &Digest::default()) {
            prop_assert!(read.sealed != read.entry.digest || read.entry.digest != digest);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = LineReader::new().read(&bytes, &Digest::default());
    }

    #[test]
    fn no_text_of_the_right_shape_makes_the_reader_panic(text in "[0-9a-z\",.:-]{0,9}(,[0-9a-z\"+.:-]{0,9}){21}") {
        if let Ok(read) = LineReader::new().read(text.as_bytes(), &Digest::default()) {
            prop_assert!(written(&read.entry.kept(), &Digest::default()).0.starts_with(&text[..5]));
        }
    }
}

/// A row that says as little as a row may.
fn note() -> Entry<String> {
    Entry {
        seq: 7,
        what: Particulars::new(Kind::Note, iso_date("2022-03-04").expect("a day")),
        batch: None,
        id: "k-1".into(),
        by: "小李".into(),
        at: "2022-03-04T10:20:30+08:00".into(),
        digest: Digest::default(),
    }
}

#[test]
fn each_spoilt_line_has_its_own_diagnosis() {
    let mut entry = note();
    entry.what.memo = "a,b".into();
    let (line, _) = written(&entry, &Digest::default());
    let line = line.trim_end().to_owned();
    let fault = |text: &str| LineReader::new().read(text.as_bytes(), &Digest::default()).err().map(|(fault, _)| fault);
    assert_eq!(fault(&line), None);
    assert_eq!(fault(&line.replace("\"a,b\"", "a\"\",b")), Some(LedgerFault::Columns { found: 23 }));
    assert_eq!(fault(&line.replace(",k-1,", ",\"k-1\",")), Some(LedgerFault::NotCanonical));
    assert_eq!(fault(&line.replace("\"a,b\"", "\"a,b")), Some(LedgerFault::Columns { found: 10 }));
    for (end, byte) in [("\r", 13), ("\r\r", 13), ("\t\u{7F}", 9), ("\u{7F}\u{7F}", 0x7F)] {
        assert_eq!(fault(&(line.clone() + end)), Some(LedgerFault::ControlByte { byte }), "{end:?}");
    }
    // The blank before it is none of it.
    let spaced = line.replace("a,b", "a \tb");
    let place = spaced.find('\t').expect("it is there");
    let found = LineReader::new().read(spaced.as_bytes(), &Digest::default()).err();
    assert_eq!(found, Some((LedgerFault::ControlByte { byte: 9 }, place..place + 1)));
    assert_eq!(fault(&(line.clone() + ",,,")), Some(LedgerFault::Columns { found: 25 }));
    assert_eq!(fault(&line.replace("note", "quota")), Some(LedgerFault::NewerKind { kind: "quota".into() }));
    assert_eq!(
        fault(&line.replace("2022-03-04,", "2022/3/4,")),
        Some(LedgerFault::Column { name: "date", text: "2022/3/4".into() })
    );
    assert_eq!(fault(&line.replace("0.00", "0")), Some(LedgerFault::Column { name: "amount", text: "0".into() }));
    assert_eq!(fault(&line.replace("7,note", "07,note")), Some(LedgerFault::Column { name: "seq", text: "07".into() }));
    assert_eq!(fault(""), Some(LedgerFault::Columns { found: 1 }));
    assert_eq!(fault(&"x".repeat(LONGEST_LINE)), Some(LedgerFault::TooLong { most: LONGEST_LINE }));
}

#[test]
fn every_column_refuses_what_it_never_holds() {
    let (line, _) = written(&note(), &Digest::default());
    let fields: Vec<&str> = line.trim_end().split(',').collect();
    for (column, spoilt) in [
        ("seq", ["", "-7"]),
        ("kind", ["", "Note"]),
        ("date", ["2022-02-30", "2022-3-4"]),
        ("occurred", ["2022-02-30", "4"]),
        ("fund", ["mine", "Current"]),
        ("amount", ["", "1.0"]),
        ("economic", ["3021", "3021a"]),
        ("method", ["cheque", "Card"]),
        ("invoice", ["123", "12345678901234567890;"]),
        ("ref", ["07", "x"]),
        ("batch", ["3of2", "1of"]),
        ("at", ["", "2022-03-04"]),
        ("hash", ["", "00"]),
    ] {
        let place = COLUMNS.iter().position(|known| *known == column).expect("a column");
        for text in spoilt {
            let mut fields = fields.clone();
            fields[place] = text;
            let read = fields.join(",");
            let fault = LineReader::new().read(read.as_bytes(), &Digest::default()).err();
            let (name, text) = (COLUMNS[place], text.to_owned());
            assert_eq!(fault.map(|(fault, _)| fault), Some(LedgerFault::Column { name, text }), "{column}");
        }
    }
}
