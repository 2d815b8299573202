//! English.

mod checkup;
mod detection;
mod disclosure;
mod explained;
mod help;
mod inquiries;
mod manual;
mod mending;
mod pack;
mod phrases;
mod problems;
mod reconciliation;
mod year_end;

pub(super) use checkup::{checkup, finding};
pub(super) use detection::detection;
pub(super) use disclosure::disclosure;
pub(super) use explained::{kind, sign};
pub(super) use help::help;
pub(super) use inquiries::{choice, hint, manner, text as inquiry};
pub(super) use manual::manual;
pub(super) use mending::mending;
pub(super) use pack::pack;
pub(super) use phrases::phrase;
pub(super) use problems::problem;
pub(super) use reconciliation::reconciliation;
pub(super) use year_end::year_end;

use crate::domain::figure::Figure;

#[expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]
pub(super) fn heading(figure: Figure) -> &'static str {
    match figure {
        Figure::Check => "check",
        Figure::Verdict => "result",
        Figure::Finding => "finding",
        Figure::Cure => "what to do",
        Figure::Number => "#",
        Figure::Allocation => "key",
        Figure::Name => "allocation",
        Figure::Original => "original",
        Figure::Adjusted => "adjusted",
        Figure::Revised => "revised",
        Figure::Committed => "committed",
        Figure::Spent => "spent",
        Figure::Available => "available",
        Figure::ExecutionRate => "used %",
        Figure::PlanToDate => "plan\nto date",
        Figure::Variance => "variance\nplan - spent",
        Figure::VarianceRate => "variance\n%",
        Figure::ElapsedRate => "elapsed\n%",
        Figure::Gap => "gap\npoints",
        Figure::Forecast => "forecast",
        Figure::Status => "status",
        Figure::Seq => "row",
        Figure::Date => "date",
        Figure::Age => "days",
        Figure::Payee => "payee",
        Figure::Memo => "memo",
        Figure::Doc => "contract",
        Figure::Promised => "promised",
        Figure::Released => "released",
        Figure::MonthSpent => "this month",
        Figure::Left => "left",
        Figure::Carried => "carried",
        Figure::Lapsed => "lapsed",
        Figure::Count => "rows",
        Figure::Amount => "amount",
        Figure::Line => "line",
        Figure::Fate => "what becomes of it",
        Figure::Kind => "kind",
        Figure::Voucher => "voucher",
        Figure::Approval => "document",
        Figure::Running => "running",
        Figure::Part => "part",
        Figure::Step => "step",
        Figure::Operation => "operation",
        Figure::Value => "value",
        Figure::Plan => "plan",
        Figure::From => "from",
        Figure::CountedIn => "counted in",
        Figure::Elapsed => "gone by",
        Figure::Span => "of",
        Figure::Due => "due",
        Figure::Accrued => "due in all",
        Figure::PlannedLater => "planned later",
        Figure::StillToCome => "still to come",
        Figure::OverPlan => "over plan",
        Figure::Zero => "zero",
        Figure::Quotient => "unrounded %",
        Figure::Distance => "distance from plan, points",
        Figure::Band => "band, points",
        Figure::DaysElapsed => "days gone by",
        Figure::DaysInYear => "days in the year",
        Figure::MonthsElapsed => "whole months gone by",
        Figure::MonthsInYear => "months in the year",
        Figure::Fund => "fund",
        Figure::YearRevised => "revised",
        Figure::YearSpent => "spent",
        Figure::Points => "points",
        Figure::Score => "score",
        Figure::LeftOver => "left over",
        Figure::CarryForward => "carried\nforward",
        Figure::Surplus => "surplus",
        Figure::Whose => "whose",
        Figure::Reason => "reason",
        Figure::TargetKind => "kind",
        Figure::Goal => "goal",
        Figure::Unit => "unit",
        Figure::Actual => "actual",
        Figure::Met => "met",
        Figure::CarriedFrom => "carried from",
        Figure::Content => "content",
        Figure::Budgeted => "budget",
        Figure::Ref => "refers to",
        Figure::Invoice => "invoice",
        Figure::Payment => "payment",
        Figure::SpentToDate => "year\nto date",
        Figure::MonthOwn => "of the\nmonth",
        Figure::MonthCorrections => "correcting\nclosed ones",
        Figure::AvailableChange => "available\nchanged by",
        Figure::File => "file",
        Figure::Bytes => "bytes",
        Figure::Sha256 => "SHA-256",
        Figure::Seqs => "rows",
        Figure::Lines => "statement\nlines",
        Figure::StatementDate => "statement\ndate",
        Figure::StatementPayee => "statement\npayee",
        Figure::LedgerAmount => "ledger",
        Figure::StatementAmount => "statement",
        Figure::MatchedBy => "rule",
        Figure::LedgerItems => "rows in full",
        Figure::StatementItems => "lines in full",
        Figure::Ambiguity => "no.",
        Figure::Choice => "choice",
        Figure::ChoicesComplete => "choices complete",
        Figure::LedgerSpent => "spent by\nthe ledger",
        Figure::StatementNet => "net of the\nstatement",
        Figure::SidesDiffer => "difference",
        Figure::Crossing => "crossing\nmonths",
        Figure::OnlyInLedger => "ledger\nonly",
        Figure::OnlyInStatement => "statement\nonly",
        Figure::ExplainedAway => "explained",
        Figure::Differing => "amounts\ndiffer",
        Figure::Ambiguous => "to decide",
        Figure::Month => "month",
        Figure::Economic => "class",
        Figure::Method => "payment method",
        Figure::ExpenseCount => "number of\nexpenses",
        Figure::Expenses => "expenses",
        Figure::Reversals => "reversals",
        Figure::Refunds => "refunds",
        Figure::Share => "share %",
        Figure::ThreePublic => "the three together",
        Figure::GoingAbroad => "going abroad",
        Figure::BuyingCars => "buying cars",
        Figure::RunningCars => "running cars",
        Figure::ReceivingGuests => "receiving guests",
    }
}

/// The heading in one line, without the rule that stands under it.
pub(super) fn name(figure: Figure) -> String {
    let heading = heading(figure);
    heading.strip_suffix("\nplan - spent").unwrap_or(heading).replace('\n', " ")
}

/// `1 row`, `2 rows`.
fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
