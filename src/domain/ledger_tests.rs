//! What may follow what, rule by rule: the row just outside a rule is refused by its name, the row just inside stands.

use super::super::calendar::iso_date;
use super::super::entry::Particulars;
use super::*;

fn day(text: &str) -> Date {
    iso_date(text).expect("a test writes days")
}

/// A row that stands alone, or begins a batch.
fn row(seq: u64, kind: Kind, date: &str, amount: i128) -> Entry<&'static str> {
    let of_none = matches!(kind, Kind::Open | Kind::Close | Kind::Repair | Kind::Note);
    let what = Particulars {
        kind,
        date: iso_date(date),
        occurred: None,
        allocation: if of_none { "" } else { "a" },
        fund: None,
        amount: Amount::from_fen(amount),
        plan: if matches!(kind, Kind::Budget | Kind::Adjustment) { "even" } else { "" },
        payee: "",
        memo: if kind == Kind::Open { "format=1;budget=b;year=2022" } else { "" },
        voucher: "",
        payment: "",
        economic: "",
        method: "",
        invoice: "",
        refers_to: matches!(kind, Kind::Release | Kind::Reversal | Kind::Refund).then_some(1),
        doc: "",
    };
    let at = "2022-03-04T10:20:30+08:00";
    Entry { seq, what, batch: None, id: "k", by: "", at, digest: Digest([u8::try_from(seq).expect("few rows"); 32]) }
}

/// The same as a row of a batch.
fn in_batch(place: u64, count: u64, row: Entry<&'static str>) -> Entry<&'static str> {
    Entry { batch: Some(Batch { place, count }), id: if place == 1 { "k" } else { "" }, ..row }
}

fn opening() -> [Entry<&'static str>; 2] {
    [in_batch(1, 2, row(1, Kind::Open, "2022-01-01", 0)), in_batch(2, 2, row(2, Kind::Budget, "2022-01-01", 1_000))]
}

fn after(rows: &[Entry<&str>]) -> Ledger {
    let mut ledger = Ledger::default();
    for row in rows {
        ledger.admit(row).expect("these rows may follow each other");
    }
    ledger
}

fn opened() -> Ledger {
    after(&opening())
}

fn breach(ledger: &Ledger, row: &Entry<&str>) -> Option<Breach> {
    ledger.clone().admit(row).err()
}

fn changed(mut row: Entry<&'static str>, change: impl FnOnce(&mut Entry<&'static str>)) -> Entry<&'static str> {
    change(&mut row);
    row
}

#[test]
fn each_row_has_the_next_number() {
    assert_eq!(breach(&opened(), &row(3, Kind::Expense, "2022-01-02", 1)), None);
    for found in [2, 4] {
        let next = row(found, Kind::Expense, "2022-01-02", 1);
        assert_eq!(breach(&opened(), &next), Some(Breach::Seq { expected: 3, found }));
    }
}

#[test]
fn the_first_row_opens_a_year_on_its_first_day_and_nothing_else() {
    let ledger = Ledger::default();
    let [open, _] = opening();
    assert_eq!(breach(&ledger, &open), None);
    let expense = in_batch(1, 2, row(1, Kind::Expense, "2022-01-01", 1));
    assert_eq!(breach(&ledger, &expense), Some(Breach::FirstRowNotOpen));
    let wrong = [
        changed(open, |row| row.what.memo = "format=2;budget=b;year=2022"),
        changed(open, |row| row.what.date = iso_date("2022-01-02")),
        changed(open, |row| row.batch = None),
    ];
    for open in wrong {
        assert_eq!(breach(&ledger, &open), Some(Breach::OpenMemo), "{open:?}");
    }
    let given = Some(Breach::AllocationGiven { kind: Kind::Open });
    assert_eq!(breach(&ledger, &changed(open, |row| row.what.allocation = "a")), given);
    assert_eq!(breach(&ledger, &changed(open, |row| row.what.fund = Some(Fund::Current))), given);
}

#[test]
fn an_opening_holds_budget_rows_and_what_was_opened_is_not_opened_again() {
    let begun = after(&[in_batch(1, 3, row(1, Kind::Open, "2022-01-01", 0))]);
    assert!(!begun.is_whole() && opened().is_whole());
    let expense = in_batch(2, 3, row(2, Kind::Expense, "2022-01-01", 1));
    assert_eq!(breach(&begun, &expense), Some(Breach::OpeningHolds(Kind::Expense)));
    assert_eq!(breach(&opened(), &row(3, Kind::Open, "2022-01-01", 0)), Some(Breach::OpenAgain));
    let late = |key, amount| changed(row(3, Kind::Budget, "2022-01-01", amount), |row| row.what.allocation = key);
    assert_eq!(breach(&opened(), &late("b", 1)), Some(Breach::LateOriginal));
    assert_eq!(breach(&opened(), &late("b", 0)), None);
    let twice = Breach::OpenedTwice { key: "a".into(), fund: None };
    assert_eq!(breach(&opened(), &late("a", 0)), Some(twice));
    assert_eq!(breach(&opened(), &changed(late("a", 0), |row| row.what.fund = Some(Fund::Carried))), None);
    assert_eq!(breach(&opened(), &late("", 0)), Some(Breach::AllocationMissing));
    assert_eq!(breach(&opened(), &changed(late("b", 0), |row| row.what.plan = "x")), Some(Breach::PlanUnreadable));
}

#[test]
fn a_batch_runs_on_to_its_end_and_its_first_row_has_the_id() {
    let expense = row(3, Kind::Expense, "2022-01-02", 1);
    assert_eq!(breach(&opened(), &in_batch(2, 2, expense)), Some(Breach::BatchBegins { place: 2 }));
    assert_eq!(breach(&opened(), &changed(expense, |row| row.id = "")), Some(Breach::IdMissing));
    let no_id = changed(in_batch(1, 2, expense), |row| row.id = "");
    assert_eq!(breach(&opened(), &no_id), Some(Breach::IdMissing));
    let [open, budget] = opening();
    let running = after(&[open, budget, in_batch(1, 3, expense)]);
    let next = row(4, Kind::Expense, "2022-01-02", 1);
    let expected = Some(Breach::Batch { expected: Batch { place: 2, count: 3 } });
    for wrong in [next, in_batch(3, 3, next), in_batch(2, 4, next), in_batch(1, 2, next)] {
        assert_eq!(breach(&running, &wrong), expected);
    }
    assert_eq!(breach(&running, &in_batch(2, 3, next)), None);
}

#[test]
fn a_row_has_a_day_of_the_year_in_an_open_month() {
    let ledger = opened();
    let expense = |date| row(3, Kind::Expense, date, 1);
    assert_eq!(breach(&ledger, &expense("")), Some(Breach::DateMissing));
    assert_eq!(breach(&ledger, &row(3, Kind::Repair, "", 0)), None);
    assert_eq!(breach(&ledger, &row(3, Kind::Repair, "2022-01-02", 0)), Some(Breach::DateGiven));
    let year = FiscalYear::new(2022).expect("a year");
    for date in ["2021-12-31", "2023-01-01"] {
        let outside = Breach::DateOutsideYear { date: day(date), year };
        assert_eq!(breach(&ledger, &expense(date)), Some(outside));
    }
    let expected = Month::of(day("2022-01-01"));
    for date in ["2022-02-28", "2022-01-30"] {
        assert_eq!(breach(&ledger, &row(3, Kind::Close, date, 0)), Some(Breach::CloseOutOfOrder { expected }));
    }
    let sealed = "sha256=abababababababababababababababababababababababababababababababab";
    let close = changed(row(3, Kind::Close, "2022-01-31", 0), |row| row.what.memo = sealed);
    let [open, budget] = opening();
    let closed = after(&[open, budget, close]);
    let january = Closed { month: expected, seq: 3, digest: Digest([3; 32]), sealed: Some(Digest([0xab; 32])) };
    assert_eq!(closed.close_of(day("2022-01-15")), Some(january));
    assert_eq!(closed.close_of(day("2022-02-01")), None);
    assert_eq!(closed.first_open_month(), Some(Month::of(day("2022-02-01"))));
    let next = |date| row(4, Kind::Expense, date, 1);
    assert_eq!(breach(&closed, &next("2022-01-31")), Some(Breach::MonthClosed { month: expected }));
    assert_eq!(breach(&closed, &next("2022-02-01")), None);
}

#[test]
fn money_belongs_to_an_allocation_that_was_opened_and_a_close_to_none() {
    let ledger = opened();
    let at = |kind, key| changed(row(3, kind, "2022-01-31", 0), |row| row.what.allocation = key);
    let expense = |key| changed(at(Kind::Expense, key), |row| row.what.amount = Amount::FEN);
    assert_eq!(breach(&ledger, &expense("a")), None);
    assert_eq!(breach(&ledger, &expense("")), Some(Breach::AllocationMissing));
    let unknown = Some(Breach::UnknownAllocation { key: "z".into() });
    assert_eq!(breach(&ledger, &expense("z")), unknown);
    assert_eq!(breach(&ledger, &at(Kind::Note, "")), None);
    assert_eq!(breach(&ledger, &at(Kind::Note, "a")), None);
    assert_eq!(breach(&ledger, &at(Kind::Note, "z")), unknown);
    let given = Some(Breach::AllocationGiven { kind: Kind::Close });
    assert_eq!(breach(&ledger, &at(Kind::Close, "a")), given);
    assert_eq!(breach(&ledger, &changed(at(Kind::Close, ""), |row| row.what.fund = Some(Fund::Other))), given);
    assert_eq!((ledger.name("a"), ledger.name("z")), (Some(""), None));
}

#[test]
fn a_plan_stands_where_money_is_planned_and_adds_up() {
    let ledger = opened();
    let planned = |kind, plan| {
        changed(row(3, kind, "2022-01-02", if kind == Kind::Note { 0 } else { 300 }), |row| row.what.plan = plan)
    };
    let given = |kind| Some(Breach::PlanGiven { kind });
    assert_eq!(breach(&ledger, &planned(Kind::Expense, "even")), given(Kind::Expense));
    assert_eq!(breach(&ledger, &planned(Kind::Note, "even")), given(Kind::Note));
    assert_eq!(breach(&ledger, &planned(Kind::Adjustment, "")), Some(Breach::PlanMissing));
    assert_eq!(breach(&ledger, &planned(Kind::Adjustment, "x")), Some(Breach::PlanUnreadable));
    for fits in ["even", "03:3.00", "03:1.00;04:2.00"] {
        assert_eq!(breach(&ledger, &planned(Kind::Adjustment, fits)), None, "{fits}");
    }
    let other = Breach::PlanDoesNotFit { plan: Amount::from_fen(301), amount: Amount::from_fen(300) };
    assert_eq!(breach(&ledger, &planned(Kind::Adjustment, "03:1.00;04:2.01")), Some(other));
}

#[test]
fn what_must_refer_refers_back_and_what_must_not_does_not() {
    let ledger = opened();
    let refers = |kind, amount, to| changed(row(3, kind, "2022-01-02", amount), |row| row.what.refers_to = to);
    for kind in [Kind::Release, Kind::Reversal, Kind::Refund] {
        assert_eq!(breach(&ledger, &refers(kind, -1, None)), Some(Breach::RefMissing { kind }));
        assert_eq!(breach(&ledger, &refers(kind, -1, Some(2))), None);
    }
    let kind = Kind::Commitment;
    assert_eq!(breach(&ledger, &refers(kind, 1, Some(2))), Some(Breach::RefGiven { kind }));
    assert_eq!(breach(&ledger, &refers(kind, 1, None)), None);
    for refers_to in [3, 4] {
        let forward = refers(Kind::Expense, 1, Some(refers_to));
        assert_eq!(breach(&ledger, &forward), Some(Breach::RefForward { refers_to }));
    }
}

#[test]
fn each_kind_has_its_sign() {
    let stands = [
        (Kind::Expense, [false, false, true]),
        (Kind::Commitment, [false, false, true]),
        (Kind::Reversal, [true, false, false]),
        (Kind::Refund, [true, false, false]),
        (Kind::Release, [true, false, false]),
        (Kind::Adjustment, [true, true, true]),
        (Kind::Note, [false, true, false]),
        (Kind::Close, [false, true, false]),
    ];
    for (kind, signs) in stands {
        for (amount, stands) in [-1, 0, 1].into_iter().zip(signs) {
            let breach = breach(&opened(), &row(3, kind, "2022-01-31", amount));
            let sign = Breach::Sign { kind, amount: Amount::from_fen(amount) };
            assert_eq!(breach, (!stands).then_some(sign), "{kind:?} {amount}");
        }
    }
    let begun = after(&[in_batch(1, 2, row(1, Kind::Open, "2022-01-01", 0))]);
    let negative = in_batch(2, 2, row(2, Kind::Budget, "2022-01-01", -1));
    let sign = Breach::Sign { kind: Kind::Budget, amount: Amount::from_fen(-1) };
    assert_eq!(breach(&begun, &negative), Some(sign));
}

#[test]
fn the_state_told_by_a_row_further_on_is_the_state_after_it() {
    let [open, budget] = opening();
    let rows = [
        open,
        budget,
        row(3, Kind::Expense, "2022-01-02", 1),
        in_batch(1, 2, row(4, Kind::Expense, "2022-01-02", 1)),
        in_batch(2, 2, changed(row(5, Kind::Expense, "2022-01-02", 1), |row| row.at = "2022-03-05T10:20:30+08:00")),
    ];
    for further in 3..=5 {
        assert_eq!(opened().after(&rows[further - 1]), after(&rows[..further]), "{further}");
    }
    for count in [2, 3] {
        let mut begun = after(&[in_batch(1, count, open)]);
        let second = in_batch(2, count, budget);
        let told = begun.after(&second);
        begun.admit(&second).expect("it follows");
        // What was opened in between is the one thing that a row does not tell.
        assert_eq!(told, Ledger { opened: Vec::new(), keys: Vec::new(), ..begun });
    }
}

#[test]
fn a_breach_names_the_column_it_is_in() {
    let kind = Kind::Note;
    let columns = [
        (Breach::Seq { expected: 1, found: 2 }, "seq"),
        (Breach::OpenAgain, "kind"),
        (Breach::OpenMemo, "memo"),
        (Breach::BatchBegins { place: 2 }, "batch"),
        (Breach::IdMissing, "id"),
        (Breach::DateMissing, "date"),
        (Breach::LateOriginal, "amount"),
        (Breach::AllocationMissing, "allocation"),
        (Breach::PlanGiven { kind }, "plan"),
        (Breach::RefGiven { kind }, "ref"),
    ];
    for (breach, column) in columns {
        assert_eq!(breach.column(), column);
    }
}
