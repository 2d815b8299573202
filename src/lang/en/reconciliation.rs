//! The reconciliation: its bridge, what does not agree, and the rule that made each match.

use super::detection::{left_out, numbers};
use crate::domain::matching::Rule;
use crate::lang::{About, ReconciliationWord, Undecided};

pub(in crate::lang) fn reconciliation(word: &ReconciliationWord) -> String {
    match word {
        ReconciliationWord::Title => "Reconciliation of spending".into(),
        ReconciliationWord::Agrees { matched, explained: 0 } => format!("all agrees: {matched} matched"),
        ReconciliationWord::Agrees { matched, explained } => {
            format!("agrees: {matched} matched, {explained} differences explained")
        }
        ReconciliationWord::MatchedNotListed(count) => format!("{count} matched; `--matched` lists them"),
        ReconciliationWord::Differs { open } => format!("{open} do not agree; see below"),
        ReconciliationWord::Ledger => "spent by the ledger".into(),
        ReconciliationWord::Statement => "net payments of the statement".into(),
        ReconciliationWord::Difference => "difference".into(),
        ReconciliationWord::Bridge => "from the ledger to the statement".into(),
        ReconciliationWord::Step => "step".into(),
        ReconciliationWord::LessOnlyInLedger => "less: in the ledger only".into(),
        ReconciliationWord::PlusOnlyInStatement => "plus: in the statement only".into(),
        ReconciliationWord::PlusExplained => "explained (statement − ledger)".into(),
        ReconciliationWord::PlusDiffering => "amounts differ (statement − ledger)".into(),
        ReconciliationWord::PlusAmbiguous => "for a person to decide (statement − ledger)".into(),
        ReconciliationWord::OnlyInLedger(count) => format!("in the ledger only ({count})"),
        ReconciliationWord::OnlyInStatement(count) => format!("in the statement only ({count})"),
        ReconciliationWord::Later(count) => format!("lines after the as-of day, not counted ({count})"),
        ReconciliationWord::LaterNotCounted { as_of, count, sum } => {
            let (lines, sum) = (if *count == 1 { "line is" } else { "lines are" }, sum.grouped());
            format!(
                "{count} {lines} dated after {as_of} and not counted ({sum} net); payments up to that day are matched \
                 with later lines all the same"
            )
        }
        ReconciliationWord::Explained(count) => format!("explained ({count})"),
        ReconciliationWord::Differing(count) => format!("one payment number, two amounts ({count})"),
        ReconciliationWord::Ambiguous(count) => format!("for a person to decide ({count})"),
        ReconciliationWord::Matched(count) => format!("matched ({count})"),
        ReconciliationWord::Choices => "choices (of each number one, or a reason why none)".into(),
        ReconciliationWord::Numbering => "no.".into(),
        ReconciliationWord::ByMonth => {
            "by month (spent by the ledger − ledger only + all the rest = net of the statement)".into()
        }
        ReconciliationWord::Rule(rule) => match rule {
            Rule::Accepted => "a person's decision",
            Rule::Number => "payment number, amount",
            Rule::NumberSum => "payment number, sum",
            Rule::Day => "amount, day, payee",
            Rule::Window => "amount, payee, window",
            Rule::WindowLoosely => "amount, window",
            Rule::Sum => "sum, window",
            Rule::NumberAlone => "number, amount (not payee, day)",
            Rule::Resembling => "amount, window (payee alike)",
        }
        .into(),
        ReconciliationWord::LeftOut { why, first, count } => {
            format!("not counted of the statement ({}): {}", left_out(*why), numbers(first, *count))
        }
        ReconciliationWord::MonthsOfPayment => {
            "Months are those of the payment and of the statement's line: a reversal counts where its expense does, a \
             corrected expense where it was first paid, so a monthly report may differ."
                .into()
        }
        ReconciliationWord::ChoicesCut { shown, of } => {
            format!("{shown} of {of} choices; `--matched` or `-o FILE` lists the others")
        }
        ReconciliationWord::ChoicesUnfinished(numbers) => {
            format!("too many choices to find them all: number {}", listed(numbers))
        }
        ReconciliationWord::About(about) => self::about(about),
        ReconciliationWord::NoBankBalance => {
            "The ledger keeps spending, no cash or deposits; this is no reconciliation of the bank balance.".into()
        }
    }
}

fn about(about: &About) -> String {
    let open = match about.open {
        None => None,
        Some(Undecided::Differing) => Some("amounts differ".to_owned()),
        Some(Undecided::Ambiguous(number)) => Some(format!("for a person to decide, number {number}")),
        Some(Undecided::OnlyInLedger) => Some("in the ledger only".to_owned()),
        Some(Undecided::OnlyInStatement) => Some("in the statement only".to_owned()),
    };
    let paid = about.paid.map(|(day, sum)| format!("ledger {day} {sum}"));
    let told = about.told.map(|(day, sum)| format!("statement {day} {sum}"));
    let payee = Some(about.payees.clone()).filter(|payees| !payees.is_empty());
    [open, paid, told, payee].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn listed(numbers: &[u64]) -> String {
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}
