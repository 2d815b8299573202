//! Read in stretches or in order, the first pass finds the same; closes hold only as they state what stands before them.

use std::path::Path;

use super::super::super::files::OpenFile;
use super::super::super::grid::one_file::OneFile;
use super::super::super::pass;
use super::super::super::stretches::Cut;
use super::*;
use crate::domain::calendar::iso_date;

/// Ledgers of format 1 with closes, references, a batch, ids and invoices.
const GOLDEN: [&[u8]; 3] = [
    include_bytes!("../../../tests/golden/every-kind/ledger.csv"),
    include_bytes!("../../../tests/golden/closed-year/ledger.csv"),
    include_bytes!("../../../tests/golden/imported/ledger.csv"),
];

fn in_order(bytes: &[u8], first: impl Fn() -> First) -> First {
    let (pass, first) =
        pass::run(&OneFile::new(bytes), Path::new("ledger.csv"), bytes.len() as u64, None, first).expect("it is read");
    assert!(pass.damage.is_none() && pass.tail == 0, "{:?}", pass.damage);
    first
}

fn gathered(first: &First) -> &[Close] {
    match &first.closes {
        Closes::Gathered { closes, .. } => closes,
        Closes::Checked(_) => panic!("they are gathered"),
    }
}

#[test]
fn stretches_joined_find_what_is_found_in_order() {
    let mut closes = 0;
    for bytes in GOLDEN {
        let last = bytes.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).expect("it has rows");
        let digest = str::from_utf8(&last[last.len() - 64..]).expect("a digest is plain");
        let first = || First::new(Digest::canonical(digest), Closes::to_be_checked());
        let whole = in_order(bytes, first);
        closes += gathered(&whole).len();
        for every in [150, 700, 2_000, 9_000] {
            let file = OneFile::new(bytes);
            let hands: Vec<Box<dyn OpenFile + Send>> = vec![Box::new(file.clone()), Box::new(file.clone())];
            let cut = Cut { length: bytes.len() as u64, every, head: None };
            let (_, joined) = cut.read(&file, hands, first()).expect("memory does not fail").expect("it holds");
            assert_eq!(gathered(&joined), gathered(&whole), "every {every} bytes");
            assert_eq!((joined.ids, joined.invoices), (whole.ids.clone(), whole.invoices.clone()));
            assert_eq!((joined.referred, joined.repairs), (whole.referred.clone(), whole.repairs.clone()));
            assert!(joined.anchored_at.is_some() && joined.anchored_at == whole.anchored_at);
        }
    }
    assert!(closes > 3, "{closes}");
}

#[test]
fn a_close_that_states_anything_else_than_what_stands_before_it_does_not_hold() {
    let bytes = GOLDEN[1];
    let whole = in_order(bytes, || First::new(None, Closes::to_be_checked()));
    let closes = gathered(&whole);
    let holds = |bytes: &[u8], closes: &[Close]| sealing::all_hold(&OneFile::new(bytes), closes).expect("it is read");
    assert!(holds(bytes, closes));
    for place in 0..closes.len() {
        let stated = &closes[place];
        let mut changed = closes.to_vec();
        let memo = stated.memo.replacen("sm3=", "sm3=0", 1);
        changed[place] = Close { memo: memo[..memo.len() - 1].to_owned(), ..stated.clone() };
        assert!(!holds(bytes, &changed), "another digest in row {}", stated.row);
        changed[place] = Close { row: stated.row + 1, ..stated.clone() };
        assert!(!holds(bytes, &changed), "one row more before row {}", stated.row);
        changed[place] = Close { memo: format!("{};", stated.memo), ..stated.clone() };
        assert!(!holds(bytes, &changed), "more is stated in row {}", stated.row);
        let mut damaged = bytes.to_vec();
        damaged[usize::try_from(stated.bytes).expect("it is short") - 5] ^= 1;
        assert!(!holds(&damaged, closes), "a byte before row {}", stated.row);
    }
    let short = &bytes[..usize::try_from(closes[0].bytes).expect("it is short") - 1];
    assert!(sealing::all_hold(&OneFile::new(short), closes).is_err(), "what is not there can't be sealed");
}

#[test]
fn of_many_remarks_the_first_are_kept_and_every_repair_is_counted() {
    let mut first = First::new(None, Closes::to_be_checked());
    let day = iso_date("2022-03-05").expect("a day");
    for seq in 1..=50 {
        let mut entry = Entry::bare(seq, if seq % 2 == 0 { Kind::Repair } else { Kind::Expense }, day);
        entry.what.payee = "never entered so ";
        entry.what.memo = "tail;completed=4";
        first.row(&entry, b"").expect("no close is among them");
    }
    assert_eq!((first.remarks.len(), first.repaired.len(), first.repairs.len()), (MOST_REMARKS, MOST_REMARKS, 25));
}

#[test]
fn a_stretch_that_had_no_room_for_its_ids_or_invoices_says_so() {
    let few = Fingerprints::default().nothing();
    let mut many = few.clone();
    (0..=1 << 14).for_each(|number| many.take(&number.to_string()));
    let has_all = |ids: &Fingerprints, invoices: &Fingerprints| {
        let (ids, invoices) = (ids.clone(), invoices.clone());
        First { ids, invoices, ..First::new(None, Closes::to_be_checked()) }.has_all()
    };
    assert!(has_all(&few, &few));
    assert!(!has_all(&many, &few) && !has_all(&few, &many) && !has_all(&many, &many));
}
