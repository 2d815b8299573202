//! The words of a reconciliation, by where they stand.

use crate::domain::matching::Rule;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReconciliationWord {
    Title,
    Agrees { matched: usize, explained: usize },
    Differs { open: usize },
    // The three figures, and the steps between them.
    Ledger,
    Statement,
    Difference,
    Bridge,
    Step,
    LessOnlyInLedger,
    PlusOnlyInStatement,
    PlusExplained,
    PlusDiffering,
    PlusAmbiguous,
    // The tables' captions.
    OnlyInLedger(usize),
    OnlyInStatement(usize),
    Explained(usize),
    Differing(usize),
    Ambiguous(usize),
    Matched(usize),
    Rule(Rule),
    // Below.
    MatchedNotListed(usize),
    LeftOut(Vec<u64>),
    NoBankBalance,
}
