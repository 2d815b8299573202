//! The reconciliation: its bridge, what does not agree, and the rule that made each match.

use crate::domain::matching::Rule;
use crate::lang::ReconciliationWord;

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
        ReconciliationWord::Explained(count) => format!("explained ({count})"),
        ReconciliationWord::Differing(count) => format!("one payment number, two amounts ({count})"),
        ReconciliationWord::Ambiguous(count) => format!("more than one way to match, for a person to decide ({count})"),
        ReconciliationWord::Matched(count) => format!("matched ({count})"),
        ReconciliationWord::Rule(rule) => match rule {
            Rule::Accepted => "a person's decision",
            Rule::Number => "payment number, amount",
            Rule::NumberSum => "payment number, sum",
            Rule::Day => "amount, day, payee",
            Rule::Window => "amount, payee, window",
            Rule::WindowLoosely => "amount, window",
            Rule::Sum => "sum, window",
        }
        .into(),
        ReconciliationWord::LeftOut(lines) if lines.len() == 1 => {
            format!("line {} of the statement is not counted: a balance, a total, or left out by [statement]", lines[0])
        }
        ReconciliationWord::LeftOut(lines) => {
            let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
            format!(
                "lines {} of the statement are not counted: balances, totals, or left out by [statement]",
                lines.join(", ")
            )
        }
        ReconciliationWord::NoBankBalance => {
            "The ledger keeps spending, no cash or deposits; this is no reconciliation of the bank balance.".into()
        }
    }
}
