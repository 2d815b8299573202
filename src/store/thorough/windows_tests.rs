//! However little room there is for fingerprints, an id that stands twice is found, and an invoice that is paid twice.

use std::path::Path;

use super::super::append::{Stamp, lines};
use super::super::grid::one_file::OneFile;
use super::*;
use crate::domain::amount::Amount;
use crate::domain::calendar::iso_date;
use crate::domain::entry::Particulars;

const GOLDEN: &[u8] = include_bytes!("../../../tests/golden/every-kind/ledger.csv");
const INVOICE: &str = "99999999990123456789";

/// The ledger with two more expenses, under these ids and with these invoices.
fn ledger(rows: [(&str, &str); 2]) -> Vec<u8> {
    let mut bytes = GOLDEN.to_vec();
    for (id, invoice) in rows {
        let length = bytes.len() as u64;
        let (pass, _) =
            pass::run(&OneFile::new(&bytes[..]), Path::new(""), length, None, || First::new(None, Closes::checked()))
                .expect("memory does not fail");
        assert!(pass.damage.is_none() && pass.tail == 0, "{:?}", pass.damage);
        let allocation = pass.ledger.opened[0].key.clone();
        let date = iso_date(&format!("{}-12-31", pass.ledger.year().expect("it is opened").number())).expect("a day");
        let mut row = Particulars::new(Kind::Expense, date);
        (row.allocation, row.amount, row.invoice) = (allocation, Amount::FEN, invoice.to_owned());
        let stamp = Stamp { id: id.to_owned(), by: "A".to_owned(), at: pass.ledger.last_at.clone() };
        bytes.extend(lines(vec![row], 1, &stamp, pass.ledger.rows, pass.ledger.digest).1);
    }
    bytes
}

/// What is found with room for so many fingerprints: whether an id stands twice, and how many remarks there are.
fn found(bytes: &[u8], room: usize) -> (bool, usize) {
    let file = OneFile::new(bytes);
    let fresh = || {
        let mut first = First::new(None, Closes::checked());
        (first.ids, first.invoices) = (Fingerprints::with_room(room), Fingerprints::with_room(room));
        first
    };
    let length = bytes.len() as u64;
    let (pass, visitor) = pass::run(&file, Path::new(""), length, None, fresh).expect("memory does not fail");
    let ledger = LedgerFile::new(&file, Path::new(""));
    let found = examine(&ledger, Reading { pass, visitor, head: HeadFile::Read }).expect("memory does not fail");
    (found.pass.damage.is_some(), found.remarks.len())
}

#[test]
fn what_stands_twice_is_found_however_little_room_there_is() {
    let without = found(GOLDEN, 1 << 20).1;
    let other = "99999999990123456780";
    for room in [1, 2, 3, 5, 9, 1 << 20] {
        assert_eq!(found(&ledger([("one", INVOICE), ("two", other)]), room), (false, without), "{room}");
        assert_eq!(found(&ledger([("one", INVOICE), ("two", INVOICE)]), room), (false, without + 1), "{room}");
        assert!(found(&ledger([("one", INVOICE), ("one", other)]), room).0, "{room}");
    }
}

/// What a stretch has let go would be missed among those it is joined to.
#[test]
fn a_stretch_that_had_no_room_for_what_it_saw_says_so() {
    let few = Fingerprints::default().nothing();
    let mut many = few.clone();
    (0..=1 << 14).for_each(|number| many.take(&number.to_string()));
    let has_all = |ids: Option<&Fingerprints>, invoices: Option<&Fingerprints>| {
        Repeats { ids: ids.cloned(), invoices: invoices.cloned() }.has_all()
    };
    assert!(has_all(None, None) && has_all(Some(&few), None) && has_all(Some(&few), Some(&few)));
    assert!(!has_all(Some(&many), Some(&few)) && !has_all(Some(&few), Some(&many)) && !has_all(None, Some(&many)));
}
