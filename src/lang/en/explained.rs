//! How figures are worked out, by which signs, and what a row is called in a column.

use crate::domain::entry::Kind;
use crate::domain::figure::Explained;
use crate::domain::working::Operation;

pub(super) fn rule(explained: Explained, of_total: bool, by_months: bool, over_budget: bool) -> &'static str {
    match explained {
        Explained::Original => "original = the sum of budget rows",
        Explained::Adjusted => "adjusted = the sum of adjustments and transfers",
        Explained::Revised => "revised = original + adjusted",
        Explained::Committed => "committed = the sum of commitments and releases, which are negative",
        Explained::Spent => "spent = the sum of expenses, and of reversals and refunds, which are negative",
        Explained::Available => "available = revised − committed − spent",
        Explained::ExecutionRate => "used % = spent ÷ revised, half-up to two decimals",
        Explained::PlanToDate if of_total => "plan to date in total = the sum of the allocations' plans to date",
        Explained::PlanToDate => "plan to date = the sum of what is due, not below 0 and not above revised",
        Explained::Variance => "variance = plan to date − spent; positive means unspent",
        Explained::VarianceRate => "variance % = variance ÷ plan to date, half-up to two decimals",
        Explained::ElapsedRate if by_months => "elapsed % = whole months gone by ÷ 12, half-up to two decimals",
        Explained::ElapsedRate => {
            "elapsed % = days gone by, this one included ÷ days in the year, half-up to two decimals"
        }
        Explained::Gap => "gap = used % − elapsed %, in points",
        Explained::Forecast if of_total => "forecast in total = the sum of the allocations' forecasts",
        Explained::Forecast => {
            "forecast = spent + the larger of committed and planned later; planned later = revised − plan to date"
        }
        Explained::Status if over_budget => "less than nothing is available: over budget, whatever the plan",
        Explained::Status => {
            "not over budget, so by the distance from plan = (spent − plan to date) ÷ revised: ahead above the band, behind below minus the band, else on pace"
        }
    }
}

pub(in crate::lang) fn sign(operation: Operation) -> &'static str {
    match operation {
        Operation::Sum | Operation::Take => "",
        Operation::Plus => "+",
        Operation::Minus => "−",
        Operation::DividedBy => "÷",
        Operation::Or => "or",
        Operation::AtMost => "≤",
        Operation::AtLeast => "≥",
        Operation::Rounded => "≈",
        Operation::Against => "±",
        Operation::Equals | Operation::Larger | Operation::Gives => "=",
    }
}

pub(in crate::lang) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "opening",
        Kind::Budget => "budget",
        Kind::Adjustment => "adjustment",
        Kind::Commitment => "commitment",
        Kind::Release => "release",
        Kind::Expense => "expense",
        Kind::Reversal => "reversal",
        Kind::Refund => "refund",
        Kind::Note => "note",
        Kind::Close => "close",
        Kind::Repair => "repair",
    }
}
