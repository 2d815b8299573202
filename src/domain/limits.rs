//! What the limits say to one expense: by allocation, by its fund, in total, by the plan; and what a fund says to a cut. It
//! decides; it writes nothing.

use super::budget::{Control, Fund, Limit};
use super::entry::Particulars;
use super::position::{Position, Positions};
use super::rules::{Refusal, Remark};

/// What the limits say to one expense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LimitCheck {
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) remarks: Vec<Remark>,
}

/// An expense against what is available: by allocation and its fund, in total, and by the plan to date.
///
/// `whole` counts every row, `to_date` those up to the expense's day. A reason (`--allow-over`) passes the
/// allocation's limit; the total's needs a document number as well.
pub(crate) fn check_spending(
    row: &Particulars<String>,
    name: &str,
    whole: &Positions,
    to_date: &Positions,
    control: &Control,
    reason_given: bool,
) -> LimitCheck {
    let mut check = LimitCheck::default();
    let (amount, key) = (row.amount, row.allocation.clone());
    let position = whole.of(&row.allocation);
    if amount > position.available() {
        let name = name.to_owned();
        match control.allocation {
            Limit::Stop if !reason_given => {
                check.refusals.push(Refusal::OverAllocation { key, name, position, amount })
            }
            Limit::Stop | Limit::Warn => check.remarks.push(Remark::OverAllocation { key, name, position, amount }),
        }
    } else if let Some((fund, position)) = its_fund(row, whole).filter(|(_, position)| amount > position.available()) {
        // Last year's money and this year's are accounted for apart. It is said and not refused: a correction or a carried
        // commitment has no other fund to go to.
        let name = name.to_owned();
        check.remarks.push(Remark::OverFund { key, name, fund, position, amount });
    }
    let position = whole.total();
    if amount > position.available() {
        match control.total {
            Limit::Stop if !reason_given => check.refusals.push(Refusal::OverTotal { position, amount }),
            Limit::Stop if row.doc.is_empty() => check.refusals.push(Refusal::OverTotalNeedsDoc { position, amount }),
            Limit::Stop | Limit::Warn => check.remarks.push(Remark::OverTotal { position, amount }),
        }
    }
    let position = to_date.of(&row.allocation);
    let (spent, plan_to_date) = (position.spent + amount, position.plan_to_date());
    if control.warn_by_period && spent > plan_to_date {
        let (key, name) = (row.allocation.clone(), name.to_owned());
        check.remarks.push(Remark::AheadOfPlan { key, name, spent, plan_to_date });
    }
    check
}

/// A change of the budget against its fund. What takes more from a fund than it has is said and not refused: an error of a
/// sealed year is put right in `carried`, which the new year need not hold.
pub(crate) fn check_fund_cut(row: &Particulars<String>, name: &str, whole: &Positions) -> Option<Remark> {
    let amount = -row.amount;
    let fund = fund_of(row, whole);
    let position = its_fund(row, whole).map(|(_, position)| position).unwrap_or_default();
    if !amount.is_positive() || amount <= position.available() {
        return None;
    }
    let (key, name) = (row.allocation.clone(), name.to_owned());
    Some(Remark::OverFund { key, name, fund, position, amount })
}

/// The fund a row draws on, and where it stands in the row's allocation, if that holds it.
fn its_fund(row: &Particulars<String>, whole: &Positions) -> Option<(Fund, Position)> {
    let fund = fund_of(row, whole);
    whole.by_fund(&row.allocation).into_iter().find(|(held, _)| *held == fund)
}

fn fund_of(row: &Particulars<String>, whole: &Positions) -> Fund {
    row.fund.unwrap_or_else(|| whole.opening_fund(&row.allocation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::{Amount, Rate};
    use crate::domain::calendar::{Date, FiscalYear, Pace, iso_date};
    use crate::domain::entry::Kind;

    fn day(text: &str) -> Date {
        iso_date(text).expect("a day")
    }

    #[test]
    fn spending_all_that_is_planned_to_date_is_not_ahead_of_the_plan() {
        let mut positions = Positions::new(day("2022-12-31"), FiscalYear::new(2022).expect("a year"), Pace::Days);
        let mut budget = Particulars::new(Kind::Budget, day("2022-01-05"));
        (budget.allocation, budget.plan) = ("travel".to_owned(), "even".to_owned());
        budget.amount = Amount::from_fen(10_000);
        positions.add(&budget);
        let control = Control {
            allocation: Limit::Warn,
            total: Limit::Warn,
            warn_by_period: true,
            pace: Pace::Days,
            band: Rate::TEN,
        };
        let remarks = |fen| {
            let mut row = Particulars::new(Kind::Expense, day("2022-12-31"));
            (row.allocation, row.amount) = ("travel".to_owned(), Amount::from_fen(fen));
            check_spending(&row, "", &positions, &positions, &control, false).remarks.len()
        };
        assert_eq!((remarks(10_000), remarks(10_001)), (0, 3));
    }
}
