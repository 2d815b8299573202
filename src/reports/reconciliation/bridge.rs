//! 支出对账调节表: the steps from the ledger's sum to the statement's, of the whole and of each month.

use std::collections::BTreeMap;

use super::StatementLine;
use crate::domain::amount::Amount;
use crate::domain::calendar::Month;
use crate::domain::matching::Paid;

/// In 元: the ledger's sum and each step from it to the statement's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Bridge {
    /// 台账支出: what the ledger has as spent.
    pub(crate) ledger: Amount,
    /// Added: statement less ledger of what agrees, where the sides fall in different months. Of all months together it
    /// is nothing.
    pub(crate) crossing: Amount,
    /// Taken off: in the ledger only.
    pub(crate) only_in_ledger: Amount,
    /// Added: in the statement only.
    pub(crate) only_in_statement: Amount,
    /// Added: statement less ledger, where a person has said why.
    pub(crate) explained: Amount,
    /// Added: statement less ledger, where the amounts differ.
    pub(crate) differing: Amount,
    /// Added: statement less ledger, where a person must choose.
    pub(crate) ambiguous: Amount,
    /// 对账单净支出: what went out less what came in.
    pub(crate) statement: Amount,
    /// Ledger less statement.
    pub(crate) difference: Amount,
}

/// Where an item makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Crossing,
    /// In the ledger only, or in the statement only.
    OneSided,
    Explained,
    Differing,
    Ambiguous,
}

/// The bridges while the items pass.
#[derive(Debug, Default)]
pub(super) struct Bridges {
    pub(super) whole: Bridge,
    pub(super) by_month: BTreeMap<Month, Bridge>,
}

impl Bridges {
    /// Takes items that stand in one place of the answer.
    pub(super) fn add<'s>(
        &mut self,
        step: Step,
        rows: impl Iterator<Item = &'s Paid>,
        lines: impl Iterator<Item = &'s StatementLine>,
    ) {
        for row in rows {
            self.whole.pay(step, row.amount);
            self.by_month.entry(Month::of(row.date)).or_default().pay(step, row.amount);
        }
        for line in lines {
            self.whole.tell(step, line.told.amount);
            self.by_month.entry(Month::of(line.told.date)).or_default().tell(step, line.told.amount);
        }
    }
}

impl Bridge {
    fn pay(&mut self, step: Step, amount: Amount) {
        self.ledger += amount;
        self.difference += amount;
        match step {
            Step::OneSided => self.only_in_ledger += amount,
            Step::Crossing => self.crossing += -amount,
            Step::Explained => self.explained += -amount,
            Step::Differing => self.differing += -amount,
            Step::Ambiguous => self.ambiguous += -amount,
        }
    }

    fn tell(&mut self, step: Step, amount: Amount) {
        self.statement += amount;
        self.difference += -amount;
        match step {
            Step::OneSided => self.only_in_statement += amount,
            Step::Crossing => self.crossing += amount,
            Step::Explained => self.explained += amount,
            Step::Differing => self.differing += amount,
            Step::Ambiguous => self.ambiguous += amount,
        }
    }
}
