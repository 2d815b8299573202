//! 对账: the ledger's payments against the statement's movements, as complete data: what agrees and by which rule, what does
//! not, and the 支出对账调节表 that leads from one sum to the other.

use std::collections::BTreeMap;

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
    pub(crate) matched: Vec<Pairing>,
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
    pub(crate) memo: String,
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
    pub(crate) payee: String,
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

/// Both sides by their numbers.
struct Sides<'s> {
    paid: BTreeMap<u64, &'s Paid>,
    lines: BTreeMap<u64, &'s StatementLine>,
}

impl Sides<'_> {
    fn pairing(&self, rule: Option<Rule>, items: &Together) -> Pairing {
        let paid: Vec<&Paid> = items.seqs.iter().filter_map(|seq| self.paid.get(seq).copied()).collect();
        let lines: Vec<&StatementLine> = items.lines.iter().filter_map(|line| self.lines.get(line).copied()).collect();
        let payee = paid.iter().map(|paid| &paid.payee).chain(lines.iter().map(|line| &line.told.payee));
        Pairing {
            rule,
            items: items.clone(),
            paid: paid.first().map(|paid| paid.date),
            told: lines.first().map(|line| line.told.date),
            payee: payee.into_iter().find(|payee| !payee.is_empty()).cloned().unwrap_or_default(),
            ledger: paid.iter().map(|paid| paid.amount).sum(),
            statement: lines.iter().map(|line| line.told.amount).sum(),
        }
    }
}

/// The report on what was matched of these.
pub(crate) fn reconciliation(
    stamp: Stamp,
    statement: String,
    paid: &[Paid],
    lines: &[StatementLine],
    matching: &Matching,
    reasons: &BTreeMap<Together, String>,
    left_out: Vec<u64>,
) -> Reconciliation {
    let sides = Sides {
        paid: paid.iter().map(|paid| (paid.seq, paid)).collect(),
        lines: lines.iter().map(|line| (line.told.line, line)).collect(),
    };
    let matched: Vec<Pairing> =
        matching.matches.iter().map(|matched| sides.pairing(Some(matched.rule), &matched.items)).collect();
    // What a person has put together may differ by what they know of, a fee taken off for one.
    let (explained, matched): (Vec<Pairing>, Vec<Pairing>) = matched
        .into_iter()
        .chain(matching.known.iter().map(|known| sides.pairing(Some(Rule::Accepted), known)))
        .partition(|pair| pair.ledger != pair.statement);
    let differing: Vec<Pairing> = matching
        .differing
        .iter()
        .map(|(seq, line)| sides.pairing(None, &Together { seqs: vec![*seq], lines: vec![*line] }))
        .collect();
    let ambiguous: Vec<Pairing> =
        matching.ambiguous.iter().map(|doubt| sides.pairing(Some(doubt.rule), &doubt.items)).collect();
    let only_in_ledger: Vec<Paid> =
        matching.only_in_ledger.iter().filter_map(|seq| sides.paid.get(seq).copied().cloned()).collect();
    let only_in_statement: Vec<StatementLine> =
        matching.only_in_statement.iter().filter_map(|line| sides.lines.get(line).copied().cloned()).collect();
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
        matched,
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
