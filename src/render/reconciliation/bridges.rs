//! 支出对账调节表: the steps one under another for the whole, and side by side for each month.

use super::super::sheet::{Cell, Column, Part};
use super::super::sheets::column;
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{self, Phrase, ReconciliationWord, phrase};
use crate::reports::reconciliation::{Bridge, Reconciliation};

pub(super) fn whole(report: &Reconciliation, language: Language) -> Part {
    let say = |word: ReconciliationWord| lang::reconciliation(language, &word);
    let bridge = report.bridge;
    let steps = [
        ("ledger_spent", ReconciliationWord::Ledger, bridge.ledger),
        ("only_in_ledger", ReconciliationWord::LessOnlyInLedger, bridge.only_in_ledger),
        ("only_in_statement", ReconciliationWord::PlusOnlyInStatement, bridge.only_in_statement),
        ("explained", ReconciliationWord::PlusExplained, bridge.explained),
        ("differing", ReconciliationWord::PlusDiffering, bridge.differing),
        ("ambiguous", ReconciliationWord::PlusAmbiguous, bridge.ambiguous),
        ("statement_net", ReconciliationWord::Statement, bridge.statement),
    ];
    let step = Column { heading: Some(say(ReconciliationWord::Step)), ..column(language, Figure::Step, 0) };
    Part {
        key: "bridge",
        caption: Some(say(ReconciliationWord::Bridge)),
        columns: vec![step, column(language, Figure::Amount, 0)],
        rows: steps
            .into_iter()
            .map(|(key, word, amount)| vec![Cell::Worded(key.to_owned(), say(word)), Cell::Amount(amount)])
            .collect(),
        total: None,
    }
}

/// A step between the sides: its column, how soon that goes where room is short, and its figure.
type Step = (Figure, u8, fn(&Bridge) -> Amount);

const STEPS: [Step; 6] = [
    (Figure::Crossing, 2, |bridge| bridge.crossing),
    (Figure::OnlyInLedger, 1, |bridge| bridge.only_in_ledger),
    (Figure::OnlyInStatement, 1, |bridge| bridge.only_in_statement),
    (Figure::ExplainedAway, 3, |bridge| bridge.explained),
    (Figure::Differing, 5, |bridge| bridge.differing),
    (Figure::Ambiguous, 4, |bridge| bridge.ambiguous),
];

pub(super) fn by_month(report: &Reconciliation, language: Language) -> Part {
    let mut columns: Vec<Column> = [Figure::Month, Figure::LedgerSpent, Figure::StatementNet, Figure::SidesDiffer]
        .map(|figure| column(language, figure, 0))
        .to_vec();
    for (figure, dispensable, of) in STEPS {
        let column = column(language, figure, dispensable);
        // What no month has is no column to people.
        let is_seen = report.by_month.iter().any(|(_, bridge)| !of(bridge).is_zero());
        columns.push(Column { heading: column.heading.filter(|_| is_seen), ..column });
    }
    let cells = |first: String, bridge: &Bridge| {
        let sides = [bridge.ledger, bridge.statement, bridge.difference];
        let steps = STEPS.iter().map(|(_, _, of)| of(bridge));
        std::iter::once(Cell::Text(first)).chain(sides.into_iter().chain(steps).map(Cell::Amount)).collect()
    };
    let is_shown = !report.by_month.is_empty();
    Part {
        key: "by_month",
        caption: is_shown.then(|| lang::reconciliation(language, &ReconciliationWord::ByMonth)),
        columns,
        rows: report.by_month.iter().map(|(month, bridge)| cells(month.to_string(), bridge)).collect(),
        total: is_shown.then(|| cells(phrase(language, &Phrase::Total), &report.bridge)),
    }
}
