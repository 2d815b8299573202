//! The words of a reconciliation, by where they stand.

use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::matching::Rule;
use crate::domain::statement::LeftOut;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReconciliationWord {
    Title,
    Agrees {
        matched: usize,
        explained: usize,
    },
    Differs {
        open: usize,
    },
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
    Later(usize),
    Explained(usize),
    Differing(usize),
    Ambiguous(usize),
    Matched(usize),
    Choices,
    Numbering,
    ByMonth,
    Rule(Rule),
    // Below.
    MatchedNotListed(usize),
    /// So many lines, of which the first are named.
    LeftOut {
        why: LeftOut,
        first: Vec<u64>,
        count: u64,
    },
    MonthsOfPayment,
    /// Not every choice that is known stands there.
    ChoicesCut {
        shown: usize,
        of: usize,
    },
    /// Of these ambiguities not every choice is known.
    ChoicesUnfinished(Vec<u64>),
    NoBankBalance,
    /// Lines of later days do not count: how many, and what they come to.
    LaterNotCounted {
        as_of: Date,
        count: usize,
        sum: Amount,
    },
    /// What a decision is about, in a table of decisions.
    About(About),
}

/// A decision for whoever fills in its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// What there is to decide; `None` where it is decided.
    pub(crate) open: Option<Undecided>,
    /// The first day of each side, and its sum.
    pub(crate) paid: Option<(Date, Amount)>,
    pub(crate) told: Option<(Date, Amount)>,
    /// The names of both sides.
    pub(crate) payees: String,
}

/// What is left to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undecided {
    Differing,
    /// The ambiguity of this number.
    Ambiguous(usize),
    OnlyInLedger,
    OnlyInStatement,
}
