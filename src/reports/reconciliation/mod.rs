//! 对账: the ledger's payments against the statement's movements, as complete data: what agrees and by which rule, what does
//! not, what there is to choose among, and the 支出对账调节表 that leads from one sum to the other.

mod bridge;
mod numbered;
mod sides;

#[cfg(test)]
mod bridge_tests;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::detection::Lines;
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Month};
use crate::domain::matching::{Ambiguity, Matching, Paid, Rule, Together, Told};
use crate::domain::statement::LeftOut;

pub(crate) use bridge::Bridge;
pub(crate) use sides::Sides;

use bridge::{Bridges, Step};

/// The answer, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reconciliation {
    pub(crate) stamp: Stamp,
    /// The statement's file name.
    pub(crate) statement: String,
    pub(crate) sides: Rc<Sides>,
    pub(crate) bridge: Bridge,
    /// The same by the month of the payment and of the line; months in which nothing moved are not there.
    pub(crate) by_month: Vec<(Month, Bridge)>,
    /// As many as the ledger has rows, so that no form copies them.
    pub(crate) matched: Rc<Vec<Pairing>>,
    pub(crate) differing: Vec<Pairing>,
    pub(crate) ambiguous: Vec<Doubt>,
    pub(crate) only_in_ledger: Vec<Paid>,
    pub(crate) only_in_statement: Vec<StatementLine>,
    /// What a person has explained, and how.
    pub(crate) explained: Vec<(Pairing, String)>,
    /// Lines dated after the day of the answer that go with no payment up to it. They do not count.
    pub(crate) later: Vec<StatementLine>,
    /// Lines of the statement that move nothing, or that its profile leaves out.
    pub(crate) left_out: Vec<(u64, LeftOut)>,
}

/// A movement of the statement, with what it says beside what is matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementLine {
    pub(crate) told: Told,
    pub(crate) memo: Arc<str>,
}

/// Rows and lines that belong together, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairing {
    /// `None` where no rule decides.
    pub(crate) rule: Option<Rule>,
    pub(crate) items: Together,
    /// The days of the first of each side.
    pub(crate) paid: Option<Date>,
    pub(crate) told: Option<Date>,
    /// The first name there is on each side.
    pub(crate) payee: Arc<str>,
    pub(crate) statement_payee: Arc<str>,
    pub(crate) ledger: Amount,
    pub(crate) statement: Amount,
}

impl Pairing {
    /// The names of both sides, each once.
    pub(crate) fn payees(&self) -> Vec<&str> {
        let mut payees = vec![&*self.payee, &*self.statement_payee];
        payees.retain(|payee| !payee.is_empty());
        payees.dedup();
        payees
    }
}

/// What a person must choose among.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// All that stands in any choice.
    pub(crate) all: Pairing,
    pub(crate) choices: Vec<Pairing>,
    /// Whether `choices` are all there are.
    pub(crate) complete: bool,
}

/// What is left to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    Differing,
    /// The ambiguity of this number, from 1.
    Ambiguous(usize),
    OnlyInLedger,
    OnlyInStatement,
}

impl Reconciliation {
    /// Whether nothing is left to explain.
    pub(crate) fn agrees(&self) -> bool {
        self.open() == 0
    }

    /// How much is left to explain.
    pub(crate) fn open(&self) -> usize {
        self.only_in_ledger.len() + self.only_in_statement.len() + self.differing.len() + self.ambiguous.len()
    }

    /// The lines that are left out, by reason.
    pub(crate) fn left_out_by_reason(&self) -> Vec<(LeftOut, Lines)> {
        let lines = |wanted: LeftOut| {
            let of = self.left_out.iter().filter(|(_, why)| *why == wanted);
            (wanted, Lines::of(of.map(|(line, _)| *line)))
        };
        LeftOut::ALL.map(lines).into_iter().filter(|(_, lines)| lines.count > 0).collect()
    }

    /// What the lines that do not count come to.
    pub(crate) fn later_sum(&self) -> Amount {
        self.later.iter().map(|line| line.told.amount).sum()
    }

    /// What is left to explain, in the order of the answer.
    pub(crate) fn undecided(&self) -> Vec<(Open, Pairing)> {
        let differing = self.differing.iter().map(|pair| (Open::Differing, pair.clone()));
        let ambiguous = (1..).zip(&self.ambiguous).map(|(number, doubt)| (Open::Ambiguous(number), doubt.all.clone()));
        let alone = |open, items| (open, self.sides.pairing(None, items));
        let row = |paid: &Paid| alone(Open::OnlyInLedger, Together::of([paid.seq], []));
        let line = |line: &StatementLine| alone(Open::OnlyInStatement, Together::of([], [line.told.line]));
        let (rows, lines) = (self.only_in_ledger.iter().map(row), self.only_in_statement.iter().map(line));
        differing.chain(ambiguous).chain(rows).chain(lines).collect()
    }
}

/// The report on what was matched of these.
pub(crate) fn reconciliation(
    stamp: Stamp,
    statement: String,
    sides: Rc<Sides>,
    matching: Matching,
    reasons: &BTreeMap<Together, String>,
    later: Vec<StatementLine>,
    left_out: Vec<(u64, LeftOut)>,
) -> Reconciliation {
    let matched = matching.matches.into_iter().map(|matched| sides.pairing(Some(matched.rule), matched.items));
    // What a person has put together may differ by what they know of, a fee taken off for one.
    let (explained, matched): (Vec<Pairing>, Vec<Pairing>) = matched
        .chain(matching.known.into_iter().map(|known| sides.pairing(Some(Rule::Accepted), known)))
        .partition(|pair| pair.ledger != pair.statement);
    let differing: Vec<Pairing> =
        matching.differing.into_iter().map(|(seq, line)| sides.pairing(None, Together::of([seq], [line]))).collect();
    let doubt = |doubt: Ambiguity| Doubt {
        all: sides.pairing(Some(doubt.rule), doubt.items),
        choices: doubt.choices.into_iter().map(|choice| sides.pairing(Some(doubt.rule), choice)).collect(),
        complete: doubt.complete,
    };
    let ambiguous: Vec<Doubt> = matching.ambiguous.into_iter().map(doubt).collect();
    let alone = Together::of(matching.only_in_ledger, matching.only_in_statement);
    let mut bridges = Bridges::default();
    let mut add = |step, items: &Together| bridges.add(step, sides.rows_of(items), sides.lines_of(items));
    matched.iter().for_each(|pair| add(Step::Crossing, &pair.items));
    explained.iter().for_each(|pair| add(Step::Explained, &pair.items));
    differing.iter().for_each(|pair| add(Step::Differing, &pair.items));
    ambiguous.iter().for_each(|doubt| add(Step::Ambiguous, &doubt.all.items));
    add(Step::OneSided, &alone);
    debug_assert_eq!(
        (bridges.whole.ledger, bridges.whole.statement),
        (
            sides.paid.iter().map(|paid| paid.amount).sum(),
            sides.lines.iter().map(|line| line.told.amount).sum::<Amount>()
        ),
        "every item stands in one place"
    );
    let reason = |pair: Pairing| (reasons.get(&pair.items).cloned().unwrap_or_default(), pair);
    Reconciliation {
        stamp,
        statement,
        bridge: bridges.whole,
        by_month: bridges.by_month.into_iter().collect(),
        matched: Rc::new(matched),
        differing,
        ambiguous,
        only_in_ledger: sides.rows_of(&alone).cloned().collect(),
        only_in_statement: sides.lines_of(&alone).cloned().collect(),
        explained: explained.into_iter().map(reason).map(|(reason, pair)| (pair, reason)).collect(),
        later,
        left_out,
        sides,
    }
}
