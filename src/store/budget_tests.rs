//! What holds for every budget file: stated, it reads back; and no text makes the reader panic.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::amount::Amount;
use crate::domain::plan::Plan;

fn read(text: &str) -> Result<Budget, Unreadable> {
    parse(&Source::new(Path::new("budget.toml"), text.to_owned()))
}

/// An allocation as a file may state it: its amount in 分, its plan by month, its name.
fn allocations() -> impl Strategy<Value = Vec<(BTreeMap<u32, u32>, String)>> {
    prop::collection::vec((prop::collection::btree_map(1_u32..=12, 1_u32..99_999_999, 0..5), "[一-龥a-z]{1,12}"), 1..8)
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

proptest! {
    #[test]
    fn what_a_file_states_reads_back(allocations in allocations(), year in 1949_i64..=9998) {
        let mut text = String::new();
        let mut total = 0_u64;
        for (number, (months, name)) in allocations.iter().enumerate() {
            let amount: u64 = months.values().map(|fen| u64::from(*fen)).sum();
            total += amount;
            let plan: Vec<String> = months.iter().map(|(m, fen)| format!("\"{m:02}\" = \"{}\"", yuan(u64::from(*fen)))).collect();
            text += &format!(
                "[[allocation]]\nkey = \"line-{number}\"\nname = \"{number} {name}\"\namount = \"{}元\"\nplan = {{ {} }}\n",
                yuan(amount), plan.join(", "),
            );
        }
        let head = format!("[budget]\nid = \"b\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = {year}\ntotal = \"{}\"\n", yuan(total));
        let budget = read(&(head + &text)).map_err(|unreadable| TestCaseError::fail(format!("{unreadable:?}")))?;
        prop_assert_eq!(i64::from(budget.year.number()), year);
        prop_assert_eq!(budget.total(), Amount::typed(&yuan(total)).expect("an amount"));
        for ((months, name), read) in allocations.iter().zip(&budget.allocations) {
            prop_assert!(read.name.ends_with(name.as_str()));
            let months: BTreeMap<u32, Amount> = months.iter()
                .map(|(month, fen)| (*month, Amount::typed(&yuan(u64::from(*fen))).expect("an amount"))).collect();
            prop_assert_eq!(&read.plan, &if months.is_empty() { Plan::Even } else { Plan::Months(months) });
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}|([\\[\\]{}=\"',.#a-z0-9\n-]{0,80})") {
        let _ = read(&text);
    }

    #[test]
    fn no_change_of_the_shipped_budget_makes_the_reader_panic(at in any::<prop::sample::Index>(), put in "\\PC{0,3}") {
        let shipped = include_str!("../../budgets/chuxiong-xinfang-2022.toml");
        let places: Vec<usize> = shipped.char_indices().map(|(place, _)| place).collect();
        let place = places[at.index(places.len())];
        let rest = shipped[place..].chars().next().map_or(place, |character| place + character.len_utf8());
        if let Err(unreadable) = read(&format!("{}{put}{}", &shipped[..place], &shipped[rest..])) {
            prop_assert!(!unreadable.failure.0.is_empty());
            prop_assert!(unreadable.failure.0.iter().all(|problem| problem.place.is_some()));
        }
    }
}

#[test]
fn the_shipped_budget_is_the_sources() {
    let budget = read(include_str!("../../budgets/chuxiong-xinfang-2022.toml")).expect("the shipped budget is good");
    let wan: Vec<String> = budget.allocations.iter().map(|allocation| allocation.amount.wan().to_string()).collect();
    assert_eq!(wan, ["30.58", "5.00", "2.00", "1.01", "0.71", "0.40", "3.00", "5.85", "9.95"]);
    assert_eq!(budget.total().to_string(), "585000.00");
}

#[test]
fn what_nests_without_end_is_refused() {
    for text in [
        "[".repeat(500_000),
        format!("a = {}", "[".repeat(500_000)),
        format!("a = {}", "{a=".repeat(200_000)),
        "a.".repeat(300_000),
    ] {
        assert!(read(&text).is_err());
    }
}

#[test]
fn the_opening_rows_pin_what_the_file_states_and_carry_its_document() {
    use crate::domain::budget::Fund;
    use crate::domain::entry::Kind;

    let text = "[budget]\nid = \"b\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = 2022\ntotal = \"3元\"\ndoc = \"文〔2022〕1号\"\n\
                [[allocation]]\nkey = \"one\"\nname = \"first\"\namount = \"1元\"\nfund = \"carried\"\n\
                [[allocation]]\nkey = \"two\"\nname = \"second\"\namount = \"2元\"\nplan = { \"03\" = \"2元\" }\n";
    let rows = crate::domain::opening::rows(&read(text).expect("a budget"));
    assert!(
        rows.iter()
            .all(|row| row.doc == "文〔2022〕1号" && row.date.is_some_and(|day| day.to_string() == "2022-01-01"))
    );
    let said: Vec<_> = rows
        .iter()
        .map(|row| {
            (row.kind, row.allocation.as_str(), row.fund, row.amount.fen(), row.plan.as_str(), row.memo.as_str())
        })
        .collect();
    assert_eq!(
        said,
        [
            (Kind::Open, "", None, 0, "", "format=1;budget=b;year=2022"),
            (Kind::Budget, "one", Some(Fund::Carried), 100, "even", "first"),
            (Kind::Budget, "two", Some(Fund::Current), 200, "03:2.00", "second"),
        ]
    );
}

/// A budget of one allocation, with more before its first table and behind its last line.
fn with(before: &str, behind: &str) -> String {
    format!(
        "{before}[budget]\nid = \"b\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = 2022\ntotal = \"1元\"\n\
         [[allocation]]\nkey = \"one\"\nname = \"first\"\namount = \"1元\"\n{behind}\n"
    )
}

fn faults(text: &str) -> Vec<BudgetFault> {
    let fault = |problem: Problem| {
        let ProblemKind::Budget(fault) = problem.kind else { panic!("{:?}", problem.kind) };
        fault
    };
    read(text).expect_err("something is wrong with it").failure.0.into_iter().map(fault).collect()
}

#[test]
fn headings_of_ones_own_are_kept_by_field_and_are_not_empty() {
    let budget = read(&with("", "[import]\npayee = \"对方\"\ndate = \"记账日\"\n")).expect("a budget");
    assert_eq!(budget.import, [("date", "记账日"), ("payee", "对方")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(faults(&with("", "[import]\npayee = \"\"\n")), [BudgetFault::EmptyText { key: "payee" }]);
}

#[test]
fn a_hundred_problems_are_told_and_the_others_counted() {
    let unknown: String = (0..150).map(|number| format!("x{number} = 1\n")).collect();
    // A plan with a fault of its own is not held against the amount besides.
    let faults = faults(&with(&unknown, "plan = { \"13\" = \"1元\" }"));
    assert_eq!((faults.len(), faults.last()), (101, Some(&BudgetFault::More { count: 51 })));
}

#[test]
fn a_key_is_suggested_where_one_is_like_it() {
    let like = |key: &str| match faults(&with("", &format!("{key} = 1"))).as_slice() {
        [BudgetFault::UnknownKey { like, .. }] => *like,
        other => panic!("{other:?}"),
    };
    assert_eq!([like("palns"), like("plxxax"), like("x")], [Some("plan"), None, None]);
}

#[test]
fn each_line_of_broken_syntax_and_each_key_stated_again_is_told() {
    let syntax = faults("a = 1 2\nb = 1 2\n");
    assert!(
        matches!(&*syntax, [BudgetFault::Syntax { said: one }, BudgetFault::Syntax { said: other }] if one == other)
    );
    let again = faults(&with("a = { b = 1, b = 2, b = 3 }\n", ""));
    assert_eq!(again.iter().filter(|fault| **fault == BudgetFault::DuplicateKey).count(), 2);
}

#[test]
#[cfg(unix)]
fn a_budget_is_found_behind_a_link_and_no_folder_is_one() {
    use crate::store::disk::Disk;

    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("real"), with("", "")).expect("a file");
    std::os::unix::fs::symlink("real", path("link.toml")).expect("a link");
    std::fs::create_dir(path("folder.toml")).expect("a folder");
    let found =
        ["link.toml", "folder.toml", "nothing.toml"].map(|name| looks_like_a_budget(&Disk::default(), &path(name)));
    assert_eq!(found.map(|found| found.expect("it can be told")), [true, false, false]);
    assert_eq!(super::read(&Disk::default(), &path("link.toml")).expect("a budget").budget.id, "b");
}
