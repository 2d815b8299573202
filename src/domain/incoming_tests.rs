//! What a load of rows finds in the ledger: itself, what looks like it, and what holds its invoices.

use super::super::budget::Fund;
use super::super::calendar::iso_date;
use super::super::entry::Batch;
use super::super::known::content_of;
use super::*;

const INVOICE: &str = "01234567890123456789";

/// An expense of 10.00 yuan as a load brings it and as the ledger holds it.
fn expense(seq: u64, id: &'static str) -> Entry<&'static str> {
    let mut entry = Entry::bare(seq, Kind::Expense, iso_date("2022-03-05").expect("a day"));
    entry.id = id;
    entry.what.amount = Amount::from_fen(1_000);
    (entry.what.allocation, entry.what.payee, entry.what.invoice) = ("travel", "A", INVOICE);
    entry
}

fn taken_back(seq: u64, refers_to: u64, fen: i128) -> Entry<&'static str> {
    let mut entry = expense(seq, "");
    (entry.what.kind, entry.what.amount, entry.what.refers_to) =
        (Kind::Reversal, Amount::from_fen(-fen), Some(refers_to));
    entry
}

/// What is found when rows with these ids are brought, all alike, and the ledger has these rows.
fn found(brought: &[(&str, bool)], ledger: &[Entry<&str>]) -> Incoming {
    let mut incoming = Incoming::default();
    for (id, is_own) in brought {
        incoming.want(id, *is_own, &expense(0, "").what.kept(), None);
    }
    ledger.iter().for_each(|entry| incoming.take(entry));
    incoming
}

fn twin(incoming: &Incoming) -> Option<u64> {
    incoming.twin(&expense(0, "").what.kept())
}

fn holder(incoming: &Incoming) -> Option<u64> {
    incoming.holder(INVOICE).map(|(_, seq)| seq)
}

#[test]
fn a_row_that_comes_again_is_known_and_is_not_its_own_twin() {
    let incoming = found(&[("i-1-1", false)], &[expense(7, "i-1-1")]);
    assert_eq!(incoming.known("i-1-1").map(|known| known.seq), Some(7));
    assert_eq!((twin(&incoming), holder(&incoming)), (None, None));
}

#[test]
fn where_two_alike_are_brought_the_one_that_is_there_is_the_others_twin() {
    let incoming = found(&[("i-1-1", false), ("i-1-2", false)], &[expense(7, "i-1-1")]);
    assert_eq!((twin(&incoming), holder(&incoming)), (Some(7), Some(7)));
}

#[test]
fn a_row_of_another_import_that_looks_like_it_is_a_twin() {
    for id in ["i-2-1", "mine", ""] {
        let incoming = found(&[("i-1-1", false)], &[expense(7, id)]);
        assert_eq!((twin(&incoming), holder(&incoming)), (Some(7), Some(7)), "{id}");
    }
}

#[test]
fn a_twin_is_one_until_it_was_wholly_taken_back() {
    let rows = [expense(7, "mine"), taken_back(8, 7, 400), taken_back(9, 7, 600)];
    for (count, expected) in [(1, Some(7)), (2, Some(7)), (3, None)] {
        let incoming = found(&[("i-1-1", false)], &rows[..count]);
        assert_eq!((twin(&incoming), holder(&incoming)), (expected, expected), "{count}");
    }
}

#[test]
fn an_invoice_that_came_late_is_held_by_its_note_which_is_no_twin() {
    let mut note = expense(7, "");
    (note.what.kind, note.what.amount) = (Kind::Note, Amount::ZERO);
    let incoming = found(&[("i-1-1", false)], &[note]);
    assert_eq!((twin(&incoming), holder(&incoming)), (None, Some(7)));
}

#[test]
fn what_an_id_made_here_is_made_from_must_agree_and_under_one_of_the_callers_every_column() {
    let row = || expense(0, "").what;
    let in_the_id = Particulars { payee: "B", ..row() };
    let beside_it = Particulars { economic: "30211", ..row() };
    let silent = Particulars { payee: "", ..row() };
    for (id, is_own, agree) in [
        ("i-1-1", false, [true, false, true, false]),
        ("i-1-1", true, [true, false, false, true]),
        ("mine", true, [true, false, false, true]),
    ] {
        let incoming = found(&[(id, is_own)], &[expense(7, id)]);
        let known = incoming.known(id).expect("it is there");
        let agrees = [row(), in_the_id, beside_it, silent].map(|row| known.agrees(&row, is_own));
        assert_eq!(agrees, agree, "{id}, the caller's: {is_own}");
    }
}

#[test]
fn what_stands_beside_the_id_is_told_where_it_differs_and_is_brought() {
    let row = || expense(0, "").what;
    let brought = [
        (row(), vec![]),
        (Particulars { economic: "30211", ..row() }, vec!["economic"]),
        (
            Particulars { economic: "30202", doc: "9", occurred: iso_date("2022-03-04"), ..row() },
            vec!["occurred", "doc"],
        ),
        (Particulars { fund: Some(Fund::Carried), method: "card", ..row() }, vec!["fund", "method"]),
    ];
    let mut there = expense(7, "i-1-1");
    there.what.economic = "30202";
    for (id, is_own) in [("i-1-1", false), ("mine", true)] {
        let incoming = found(&[(id, is_own)], &[Entry { id, ..there }]);
        let known = incoming.known(id).expect("it is there");
        for (row, differing) in &brought {
            let expected = if is_own { &Vec::new() } else { differing };
            assert_eq!(known.differing(row), *expected, "{id}");
        }
    }
}

#[test]
fn a_known_row_is_reversed_by_a_red_row_that_is_not_brought() {
    let brought = [("i-1-1", false), ("i-1-2", false)];
    let red = |id| Entry { id, ..taken_back(9, 7, 400) };
    let refund = Entry { what: Particulars { kind: Kind::Refund, ..red("mine").what }, ..red("mine") };
    let other = taken_back(9, 6, 400);
    for (red, reversed) in [(red("mine"), true), (red("i-1-2"), false), (refund, false), (other, false)] {
        let incoming = found(&brought, &[expense(6, "theirs"), expense(7, "i-1-1"), red]);
        assert_eq!(incoming.is_reversed(incoming.known("i-1-1").expect("it is there")), reversed);
    }
}

#[test]
fn what_was_put_right_in_the_ledger_and_in_the_table_is_known_as_the_last_right_entry() {
    let of_two = |place| Some(Batch { place, count: 2 });
    let red = |seq, of| Entry { batch: of_two(1), ..taken_back(seq, of, 1_000) };
    let right = |seq, economic| {
        let mut entry = Entry { batch: of_two(2), ..expense(seq, "") };
        (entry.what.economic, entry.what.date) = (economic, iso_date("2022-04-01"));
        entry
    };
    let rows =
        [expense(7, "mine"), red(8, 7), right(9, "30202"), red(10, 9), right(11, "30211"), taken_back(12, 11, 100)];
    let brought = |economic| Particulars { economic, ..expense(0, "").what }.kept();
    for (count, economic, expected) in [
        (2, "30202", None),
        (3, "30202", Some(9)),
        (3, "30211", None),
        (5, "30202", None),
        (5, "30211", Some(11)),
        (5, "", Some(11)),
        (6, "30211", None),
    ] {
        let incoming = found(&[("mine", true)], &rows[..count]);
        assert_eq!(incoming.corrected("mine", &brought(economic)), expected, "{count} {economic}");
    }
}

#[test]
fn a_right_entry_is_one_until_it_was_wholly_taken_back() {
    let mut brought = expense(0, "").what.kept();
    brought.voucher = "v-1".to_owned();
    let mut right = expense(8, "");
    right.what.voucher = "v-1";
    (right.batch, right.what.date) = (Some(Batch { place: 2, count: 2 }), iso_date("2022-03-09"));
    let red = Entry { batch: Some(Batch { place: 1, count: 2 }), ..taken_back(7, 6, 1_000) };
    let rows = [expense(6, ""), red, right, taken_back(9, 8, 400), taken_back(10, 8, 600)];
    for (count, expected) in [(2, None), (3, Some(8)), (4, Some(8)), (5, None)] {
        let incoming = found(&[("i-1-1", false)], &rows[..count]);
        assert_eq!(incoming.right_entry(&brought), expected, "{count}");
    }
}

#[test]
fn of_a_memo_the_reasons_at_its_end_are_not_compared() {
    let with_memo = |memo| Particulars { memo, ..expense(0, "").what };
    for (id, is_own) in [("i-1-1", false), ("mine", true)] {
        let incoming = found(&[(id, is_own)], &[Entry { what: with_memo("fuel;allow-over=urgent"), ..expense(7, id) }]);
        let known = incoming.known(id).expect("it is there");
        let agrees =
            ["fuel", "fuel;clock-ok=late", "tolls", "urgent"].map(|memo| known.agrees(&with_memo(memo), is_own));
        assert_eq!(agrees, [true, true, false, false], "{id}");
    }
}

#[test]
fn a_row_of_another_kind_is_not_what_an_id_made_here_says() {
    let incoming = found(&[("i-1-1", false)], &[taken_back(7, 3, 100)].map(|row| Entry { id: "i-1-1", ..row }));
    let known = incoming.known("i-1-1").expect("it is there");
    assert!(!known.agrees(&expense(0, "").what, false));
    let red = Particulars { payee: "", economic: "30211", ..taken_back(0, 0, 100).what };
    assert!(known.agrees(&red, false), "what it leaves unsaid is its original's, and its class too");
    assert!(!known.agrees(&Particulars { kind: Kind::Refund, ..red }, false));
    assert!(!known.agrees(&red, true));
}

#[test]
fn a_red_row_is_known_only_where_it_takes_back_from_the_same_expense() {
    let with_voucher = |seq, voucher| {
        let mut entry = expense(seq, "");
        entry.what.voucher = voucher;
        entry
    };
    let mut incoming = Incoming::default();
    for voucher in ["V-1", "V-2"] {
        incoming.want("red", true, &taken_back(0, 0, 100).what.kept(), Some(voucher));
    }
    for entry in [with_voucher(7, "V-1"), with_voucher(8, "V-2"), Entry { id: "red", ..taken_back(9, 7, 100) }] {
        incoming.take(&entry);
    }
    let known = incoming.known("red").expect("it is there");
    let takes_back = ["V-1", "V-2", "V-3"].map(|voucher| incoming.takes_back_from(known, voucher));
    assert_eq!(takes_back, [true, false, false]);
}

#[test]
fn a_red_row_looks_like_one_that_takes_the_same_from_the_same_expense_on_the_same_day() {
    let original = {
        let mut row = expense(7, "");
        row.what.voucher = "V-1";
        row
    };
    let mut incoming = Incoming::default();
    incoming.want("red", true, &taken_back(0, 0, 100).what.kept(), Some("V-1"));
    [original, taken_back(8, 7, 100), taken_back(9, 3, 200)].iter().for_each(|entry| incoming.take(entry));
    incoming.add(10, &taken_back(10, 7, 300).what.kept());
    let red = |of, fen| taken_back(0, of, fen).what.kept();
    let twins = [red(7, 100), red(7, 300), red(7, 200), red(3, 200)].map(|row| incoming.red_twin(&row));
    assert_eq!(twins, [Some(8), Some(10), None, None], "of what is not looked for, nothing is held");
    let other_day = Particulars { date: iso_date("2022-03-06"), ..red(7, 100) };
    let other_payee = Particulars { payee: "B".into(), ..red(7, 100) };
    assert_eq!([other_day, other_payee].map(|row| incoming.red_twin(&row)), [None, None]);
}

#[test]
fn two_red_rows_that_take_back_the_same_from_two_expenses_are_two() {
    let red = |kind| Particulars { kind, ..taken_back(0, 0, 100).what.kept() };
    let contents = [
        content_of(&red(Kind::Reversal), Some("V-1")),
        content_of(&red(Kind::Reversal), Some("V-2")),
        content_of(&red(Kind::Refund), Some("V-1")),
    ];
    assert_eq!(contents.iter().collect::<BTreeSet<_>>().len(), 3);
    let row = expense(0, "").what.kept();
    assert_eq!(
        content_of(&row, None),
        format!("2022-03-05\u{1F}travel\u{1F}10.00\u{1F}A\u{1F}\u{1F}\u{1F}\u{1F}{INVOICE}")
    );
}

#[test]
fn a_row_of_the_same_load_is_a_twin_to_later_ones() {
    let brought = [("i-1-1", false), ("i-1-2", false)];
    let mut incoming = found(&brought, &[]);
    assert_eq!(twin(&incoming), None);
    incoming.add(1, &expense(1, "i-1-1").what.kept());
    assert_eq!((twin(&incoming), holder(&incoming)), (Some(1), Some(1)));
    incoming.add(2, &taken_back(2, 1, 1_000).what.kept());
    assert_eq!((twin(&incoming), holder(&incoming)), (None, None));
}

#[test]
fn only_an_expense_is_what_a_red_row_takes_back_from_whoever_else_carries_its_voucher() {
    let mut incoming = Incoming::default();
    incoming.want("i-1-1", false, &taken_back(0, 0, 100).what.kept(), Some("V-1"));
    let with_voucher = |mut entry: Entry<&'static str>, kind| {
        (entry.what.kind, entry.what.voucher) = (kind, "V-1");
        entry
    };
    incoming.take(&with_voucher(expense(7, "mine"), Kind::Expense));
    incoming.take(&with_voucher(expense(8, "note"), Kind::Note));
    incoming.take(&expense(9, "other"));
    let found: Vec<u64> = incoming.originals("V-1").iter().map(|spending| spending.entry.seq).collect();
    assert_eq!(found, [7]);
}

proptest::proptest! {
    #[test]
    fn an_id_made_here_is_known_for_one(beginning: u64, copy: u64) {
        proptest::prop_assert_eq!(made_of(&made_id(beginning, copy)), Some((beginning, copy)));
    }
}

#[test]
fn what_only_resembles_an_id_made_here_is_none() {
    let id = made_id(0xabc, 1);
    assert_eq!(made_of(&id), Some((0xabc, 1)));
    for other in ["b-1", "i-", "i-1-1", "i-0000000000000abc", &id.replace("abc", "ABC"), &id.replace("-1", "-01")] {
        assert_eq!(made_of(other), None, "{other}");
    }
}
