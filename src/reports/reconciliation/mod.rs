//! 对账: the ledger's payments against the statement's movements, as complete data: what agrees and by which rule, what does
//! not, and the 支出对账调节表 that leads from one sum to the other.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::matching::{Matching, Paid, Rule, Together, Told};

/// The answer, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reconciliation {
    pub(crate) stamp: Stamp,
    /// The statement's file name.
    pub(crate) statement: String,
    pub(crate) bridge: Bridge,
    /// As many as the ledger has rows, so that no form copies them.
    pub(crate) matched: Rc<Vec<Pairing>>,
    pub(crate) differing: Vec<Pairing>,
    pub(crate) ambiguous: Vec<Pairing>,
    pub(crate) only_in_ledger: Vec<Paid>,
    pub(crate) only_in_statement: Vec<StatementLine>,
    /// What a person has explained, and how.
    pub(crate) explained: Vec<(Pairing, String)>,
    /// Lines of the statement that tell a balance or a total, or that its profile leaves out.
    pub(crate) left_out: Vec<u64>,
}

/// A movement of the statement, with what it says beside what is matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementLine {
    pub(crate) told: Told,
    pub(crate) memo: Rc<str>,
}

/// 支出对账调节表, in 元: the ledger's sum and each step from it to the statement's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bridge {
    /// 台账支出: what the ledger has as spent.
    pub(crate) ledger: Amount,
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

/// Rows and lines that belong together, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairing {
    /// `None` where no rule decides.
    pub(crate) rule: Option<Rule>,
    pub(crate) items: Together,
    /// The days of the first of each side.
    pub(crate) paid: Option<Date>,
    pub(crate) told: Option<Date>,
    pub(crate) payee: Rc<str>,
    pub(crate) ledger: Amount,
    pub(crate) statement: Amount,
}

impl Reconciliation {
    /// Whether nothing is left to explain.
    pub(crate) fn agrees(&self) -> bool {
        self.only_in_ledger.is_empty()
            && self.only_in_statement.is_empty()
            && self.differing.is_empty()
            && self.ambiguous.is_empty()
    }
}

/// Both sides, each in the order of its numbers.
struct Sides<'s> {
    paid: &'s [Paid],
    lines: &'s [StatementLine],
}

impl<'s> Sides<'s> {
    fn paid(&self, seq: u64) -> Option<&'s Paid> {
        self.paid.binary_search_by_key(&seq, |paid| paid.seq).ok().map(|place| &self.paid[place])
    }

    fn line(&self, number: u64) -> Option<&'s StatementLine> {
        self.lines.binary_search_by_key(&number, |line| line.told.line).ok().map(|place| &self.lines[place])
    }

    fn pairing(&self, rule: Option<Rule>, items: Together) -> Pairing {
        let mut pairing = Pairing {
            rule,
            paid: None,
            told: None,
            payee: Rc::default(),
            ledger: Amount::ZERO,
            statement: Amount::ZERO,
            items,
        };
        for paid in pairing.items.seqs.iter().filter_map(|seq| self.paid(*seq)) {
            pairing.paid = pairing.paid.or(Some(paid.date));
            pairing.ledger += paid.amount;
            named(&mut pairing.payee, &paid.payee);
        }
        for StatementLine { told, .. } in pairing.items.lines.iter().filter_map(|line| self.line(*line)) {
            pairing.told = pairing.told.or(Some(told.date));
            pairing.statement += told.amount;
            named(&mut pairing.payee, &told.payee);
        }
        pairing
    }
}

/// The first name there is.
fn named(name: &mut Rc<str>, next: &Rc<str>) {
    if name.is_empty() {
        name.clone_from(next);
    }
}

/// The report on what was matched of these, each side in the order of its numbers.
pub(crate) fn reconciliation(
    stamp: Stamp,
    statement: String,
    paid: &[Paid],
    lines: &[StatementLine],
    matching: Matching,
    reasons: &BTreeMap<Together, String>,
    left_out: Vec<u64>,
) -> Reconciliation {
    let sides = Sides { paid, lines };
    let matched = matching.matches.into_iter().map(|matched| sides.pairing(Some(matched.rule), matched.items));
    // What a person has put together may differ by what they know of, a fee taken off for one.
    let (explained, matched): (Vec<Pairing>, Vec<Pairing>) = matched
        .chain(matching.known.into_iter().map(|known| sides.pairing(Some(Rule::Accepted), known)))
        .partition(|pair| pair.ledger != pair.statement);
    let differing: Vec<Pairing> = matching
        .differing
        .into_iter()
        .map(|(seq, line)| sides.pairing(None, Together { seqs: vec![seq], lines: vec![line] }))
        .collect();
    let ambiguous: Vec<Pairing> =
        matching.ambiguous.into_iter().map(|doubt| sides.pairing(Some(doubt.rule), doubt.items)).collect();
    let only_in_ledger: Vec<Paid> =
        matching.only_in_ledger.into_iter().filter_map(|seq| sides.paid(seq)).cloned().collect();
    let only_in_statement: Vec<StatementLine> =
        matching.only_in_statement.into_iter().filter_map(|line| sides.line(line)).cloned().collect();
    let gap = |pairs: &[Pairing]| pairs.iter().map(|pair| pair.statement - pair.ledger).sum::<Amount>();
    let ledger: Amount = paid.iter().map(|paid| paid.amount).sum();
    let told: Amount = lines.iter().map(|line| line.told.amount).sum();
    let bridge = Bridge {
        ledger,
        only_in_ledger: only_in_ledger.iter().map(|paid| paid.amount).sum(),
        only_in_statement: only_in_statement.iter().map(|line| line.told.amount).sum(),
        explained: gap(&explained),
        differing: gap(&differing),
        ambiguous: gap(&ambiguous),
        statement: told,
        difference: ledger - told,
    };
    debug_assert!(
        bridge.ledger - bridge.only_in_ledger
            + bridge.only_in_statement
            + bridge.explained
            + bridge.differing
            + bridge.ambiguous
            == bridge.statement,
        "every item stands in one place"
    );
    Reconciliation {
        stamp,
        statement,
        bridge,
        matched: Rc::new(matched),
        differing,
        ambiguous,
        only_in_ledger,
        only_in_statement,
        explained: explained
            .into_iter()
            .map(|pair| (reasons.get(&pair.items).cloned().unwrap_or_default(), pair))
            .map(|(reason, pair)| (pair, reason))
            .collect(),
        left_out,
    }
}
