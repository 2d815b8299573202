//! 建账: the rows that open a ledger, and what they pin. From then on a budget file that says otherwise is a difference.

use super::amount::Amount;
use super::budget::{Budget, Fund};
use super::calendar::FiscalYear;
use super::entry::{Kind, Particulars};
use super::plan::Plan;

/// What a `budget` row pins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) fund: Option<Fund>,
    pub(crate) original: Amount,
    pub(crate) plan: Plan,
}

/// Where the budget file and the opened ledger disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Difference {
    Id { ledger: String, file: String },
    Year { ledger: FiscalYear, file: FiscalYear },
    Missing { key: String },
    Added { key: String, amount: Amount },
    Original { key: String, ledger: Amount, file: Amount },
    Name { key: String, ledger: String, file: String },
    Fund { key: String, ledger: Option<Fund>, file: Fund },
    Plan { key: String, ledger: Plan, file: Plan },
}

/// The opening batch: an `open` row, then one `budget` row an allocation, all dated 1 January.
pub(crate) fn rows(budget: &Budget) -> Vec<Particulars<String>> {
    let date = budget.year.first_day();
    let mut open = Particulars::new(Kind::Open, date);
    open.memo = format!("format=1;budget={};year={}", budget.id, budget.year);
    open.doc.clone_from(&budget.doc);
    let allocations = budget.allocations.iter().map(|allocation| Particulars {
        allocation: allocation.key.clone(),
        fund: Some(allocation.fund),
        amount: allocation.amount,
        plan: allocation.plan.to_string(),
        memo: allocation.name.clone(),
        doc: budget.doc.clone(),
        ..Particulars::new(Kind::Budget, date)
    });
    std::iter::once(open).chain(allocations).collect()
}

/// The budget id and year of an `open` row's memo, `format=1;budget=ID;year=YYYY`.
pub(crate) fn read_memo(memo: &str) -> Option<(&str, FiscalYear)> {
    let (id, year) = memo.strip_prefix("format=1;budget=")?.split_once(";year=")?;
    let year = FiscalYear::new(year.parse().ok()?)?;
    (memo == format!("format=1;budget={id};year={year}")).then_some((id, year))
}

/// Every difference between the file and what was opened; none when they agree.
///
/// An allocation with amount 0 may be added to the file later.
pub(crate) fn differences(budget: &Budget, opened_for: &(String, FiscalYear), opened: &[Opened]) -> Vec<Difference> {
    let mut differences = Vec::new();
    let (id, year) = opened_for;
    if *id != budget.id {
        differences.push(Difference::Id { ledger: id.clone(), file: budget.id.clone() });
    }
    if *year != budget.year {
        differences.push(Difference::Year { ledger: *year, file: budget.year });
    }
    let mut seen: Vec<&str> = Vec::new();
    for pinned in opened {
        // A second fund of one allocation comes from an adjustment, not from the file.
        if seen.contains(&pinned.key.as_str()) {
            continue;
        }
        seen.push(&pinned.key);
        let key = pinned.key.clone();
        let Some(file) = budget.allocation(&key) else {
            differences.push(Difference::Missing { key });
            continue;
        };
        if file.amount != pinned.original {
            differences.push(Difference::Original { key: key.clone(), ledger: pinned.original, file: file.amount });
        }
        if file.name != pinned.name {
            differences.push(Difference::Name {
                key: key.clone(),
                ledger: pinned.name.clone(),
                file: file.name.clone(),
            });
        }
        if Some(file.fund) != pinned.fund {
            differences.push(Difference::Fund { key: key.clone(), ledger: pinned.fund, file: file.fund });
        }
        if file.plan != pinned.plan {
            differences.push(Difference::Plan { key, ledger: pinned.plan.clone(), file: file.plan.clone() });
        }
    }
    let added = budget.allocations.iter().filter(|file| !seen.contains(&file.key.as_str()) && !file.amount.is_zero());
    differences.extend(added.map(|file| Difference::Added { key: file.key.clone(), amount: file.amount }));
    differences
}
