//! Months add up to the year, and the pack of each month says what the reports say of its last day.

use serde_json::Value;
use taizhang::Exit;

use super::reckoning::{DAYS_IN_MONTH, Reckoned, day, fen, reckon};
use crate::memory::Memory;
use crate::office::Office;

/// An amount of a report, in 分.
fn amount(seen: &Value) -> i64 {
    seen.as_str().map_or_else(|| panic!("{seen} is no amount"), fen)
}

/// A report without what stands once for the whole pack.
fn report(office: &Office<Memory>, typed: &[&str]) -> Value {
    let mut json = office.runs(&[typed, &["-f", "json"]].concat()).expect(Exit::Done).json();
    json.as_object_mut().unwrap().remove("tool");
    json
}

pub(crate) fn check(office: &Office<Memory>, by_months: bool, ledger: &str) {
    let typed = ["monthly", "--all", "--pack", "packs"];
    office.runs(&typed).expect(Exit::Done);
    let (mut spent, mut available, mut on) = (0, 0, -1);
    for (place, days) in DAYS_IN_MONTH.iter().enumerate() {
        on += days;
        let (month, last) = (format!("2022-{:02}", place + 1), day(on));
        let at = format!("in {month}");
        let bytes = office.files.bytes(format!("packs/{month}/{month}.json")).unwrap();
        let pack: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(pack["balance"], report(office, &["balance", "--as-of", &last]), "{at}");
        assert_eq!(pack["variance"], report(office, &["variance", "--as-of", &last]), "{at}");
        assert_eq!(pack["monthly"], report(office, &["monthly", &month]), "{at}");
        let first = format!("{month}-01");
        assert_eq!(pack["register"], report(office, &["register", "--from", &first, "--to", &last]), "{at}");
        let mut reckoned = Reckoned::default();
        reckon(ledger, on, by_months).values().for_each(|line| reckoned.add(line));
        let total = &pack["monthly"]["total"];
        let in_month = amount(&total["month_spent"]);
        assert_eq!(amount(&total["month_own"]) + amount(&total["month_corrections"]), in_month, "{at}");
        assert_eq!(amount(&total["spent"]), spent + in_month, "{at}");
        assert_eq!(amount(&total["spent"]), reckoned.spent, "{at}");
        assert_eq!(amount(&total["available"]), reckoned.available(), "{at}");
        if place > 0 {
            assert_eq!(amount(&total["available_change"]), reckoned.available() - available, "{at}");
        }
        check_register(&pack["register"], &reckoned, in_month, &at);
        (spent, available) = (reckoned.spent, reckoned.available());
    }
}

/// What was brought forward and the listed entries come to where the year stands, and the last entry says so.
fn check_register(register: &Value, reckoned: &Reckoned, in_month: i64, at: &str) {
    let rows = register["rows"].as_array().unwrap();
    let listed = |key: &str| rows.iter().filter(|row| !row[key].is_null()).map(|row| amount(&row[key])).sum::<i64>();
    let opening = &register["opening"][0];
    let brought = |key: &str| if opening.is_null() { 0 } else { amount(&opening[key]) };
    assert_eq!(listed("spent"), in_month, "{at}");
    assert_eq!(brought("budget") + listed("budget"), reckoned.revised(), "{at}");
    assert_eq!(brought("committed") + listed("committed"), reckoned.committed, "{at}");
    assert_eq!(brought("spent") + listed("spent"), reckoned.spent, "{at}");
    if let Some(last) = rows.iter().rfind(|row| !row["available"].is_null()) {
        assert_eq!(amount(&last["available"]), reckoned.available(), "{at}");
        assert_eq!(amount(&register["months"][0]["spent"]), in_month, "{at}");
        assert_eq!(amount(&register["months"][0]["year_spent"]), reckoned.spent, "{at}");
    }
}
