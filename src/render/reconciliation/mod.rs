//! The sheet of a reconciliation: the three figures, the steps between them, then a table for each way in which rows and
//! lines agree or do not.

use std::rc::Rc;

use super::rows::Rows;
use super::sheet::{Body, Cell, Column, Field, Part, Sheet, Signed};
use super::sheets::{column, footer, title_said};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::matching::Paid;
use crate::lang::{self, ReconciliationWord};
use crate::reports::reconciliation::{Pairing, Reconciliation, StatementLine};

/// `lists_matched`: whether people see what needs no look.
pub(crate) fn reconciliation(report: &Reconciliation, language: Language, lists_matched: bool) -> Sheet {
    let say = |word: ReconciliationWord| lang::reconciliation(language, &word);
    let open =
        report.only_in_ledger.len() + report.only_in_statement.len() + report.differing.len() + report.ambiguous.len();
    let mut heading = title_said(&report.stamp, language, say(ReconciliationWord::Title), false);
    heading.push(say(match open {
        0 => ReconciliationWord::Agrees { matched: report.matched.len(), explained: report.explained.len() },
        open => ReconciliationWord::Differs { open },
    }));
    let bridge = report.bridge;
    let figure = |key, word, amount| Field::shown(key, say(word), Cell::Amount(amount));
    let left_out = Some(&report.left_out).filter(|lines| !lines.is_empty());
    let unlisted = (!lists_matched).then_some(ReconciliationWord::MatchedNotListed(report.matched.len()));
    let notes = unlisted.into_iter().chain(left_out.map(|lines| ReconciliationWord::LeftOut(lines.clone())));
    Sheet {
        schema: "taizhang.reconciliation/1",
        heading,
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Parts {
            fields: vec![
                Field::hidden("agrees", Cell::Flag(report.agrees())),
                Field::hidden("statement", Cell::Text(report.statement.clone())),
                figure("ledger_spent", ReconciliationWord::Ledger, bridge.ledger),
                figure("statement_net", ReconciliationWord::Statement, bridge.statement),
                figure("difference", ReconciliationWord::Difference, bridge.difference),
                Field::hidden("left_out", Cell::Numbers(report.left_out.clone())),
            ],
            parts: parts(report, language, lists_matched),
        },
        notes: notes.into_iter().chain([ReconciliationWord::NoBankBalance]).map(say).collect(),
        charts: Vec::new(),
        footer: footer(&report.stamp, language),
        signed: Signed::OnPaper,
        in_wan: false,
    }
}

fn parts(report: &Reconciliation, language: Language, lists_matched: bool) -> Vec<Part> {
    let paired = |key, word: fn(usize) -> ReconciliationWord, rows: Rows| Part {
        key,
        caption: caption(language, word, rows.len()),
        columns: [
            (Figure::Seqs, 0),
            (Figure::Lines, 0),
            (Figure::Date, 3),
            (Figure::StatementDate, 4),
            (Figure::Payee, 2),
            (Figure::LedgerAmount, 0),
            (Figure::StatementAmount, 0),
            (Figure::MatchedBy, 1),
        ]
        .map(|(figure, dispensable)| column(language, figure, dispensable))
        .to_vec(),
        rows,
        total: None,
    };
    let held = |pairs: &[Pairing]| pairs.iter().map(|pair| pairing(pair, language)).collect();
    let pairs = Rc::clone(&report.matched);
    let matched = Rows::made(pairs.len(), move |place| pairing(&pairs[place], language));
    let matched = paired("matched", ReconciliationWord::Matched, matched);
    vec![
        bridge(report, language),
        paired("differing", ReconciliationWord::Differing, held(&report.differing)),
        paired("ambiguous", ReconciliationWord::Ambiguous, held(&report.ambiguous)),
        only_in_ledger(&report.only_in_ledger, language),
        only_in_statement(&report.only_in_statement, language),
        explained(&report.explained, language),
        Part { caption: matched.caption.filter(|_| lists_matched), ..matched },
    ]
}

/// A table without rows is for programs only.
fn caption(language: Language, word: fn(usize) -> ReconciliationWord, count: usize) -> Option<String> {
    (count > 0).then(|| lang::reconciliation(language, &word(count)))
}

fn bridge(report: &Reconciliation, language: Language) -> Part {
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

fn pairing(pair: &Pairing, language: Language) -> Vec<Cell> {
    let day = |day: Option<_>| day.map_or(Cell::Empty, Cell::Date);
    let rule = pair.rule.map_or(Cell::Empty, |rule| {
        Cell::Worded(rule.key().to_owned(), lang::reconciliation(language, &ReconciliationWord::Rule(rule)))
    });
    vec![
        Cell::Numbers(pair.items.seqs.clone()),
        Cell::Numbers(pair.items.lines.clone()),
        day(pair.paid),
        day(pair.told),
        Cell::Text(pair.payee.to_string()),
        Cell::Amount(pair.ledger),
        Cell::Amount(pair.statement),
        rule,
    ]
}

fn explained(pairs: &[(Pairing, String)], language: Language) -> Part {
    let columns = [
        (Figure::Seqs, 0),
        (Figure::Lines, 0),
        (Figure::LedgerAmount, 0),
        (Figure::StatementAmount, 0),
        (Figure::Reason, 0),
    ];
    let row = |(pair, reason): &(Pairing, String)| {
        vec![
            Cell::Numbers(pair.items.seqs.clone()),
            Cell::Numbers(pair.items.lines.clone()),
            Cell::Amount(pair.ledger),
            Cell::Amount(pair.statement),
            Cell::Text(reason.clone()),
        ]
    };
    Part {
        key: "explained",
        caption: caption(language, ReconciliationWord::Explained, pairs.len()),
        columns: columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec(),
        rows: pairs.iter().map(row).collect(),
        total: None,
    }
}

fn only_in_ledger(rows: &[Paid], language: Language) -> Part {
    let columns =
        [(Figure::Seq, 0), (Figure::Date, 0), (Figure::Payee, 2), (Figure::Payment, 1), (Figure::LedgerAmount, 0)];
    let row = |paid: &Paid| {
        vec![
            Cell::Number(paid.seq),
            Cell::Date(paid.date),
            Cell::Text(paid.payee.to_string()),
            Cell::Text(paid.payment.clone()),
            Cell::Amount(paid.amount),
        ]
    };
    Part {
        key: "only_in_ledger",
        caption: caption(language, ReconciliationWord::OnlyInLedger, rows.len()),
        columns: columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec(),
        rows: rows.iter().map(row).collect(),
        total: None,
    }
}

fn only_in_statement(lines: &[StatementLine], language: Language) -> Part {
    let columns = [
        (Figure::Line, 0),
        (Figure::StatementDate, 0),
        (Figure::Payee, 2),
        (Figure::Payment, 1),
        (Figure::Memo, 3),
        (Figure::StatementAmount, 0),
    ];
    let row = |line: &StatementLine| {
        vec![
            Cell::Number(line.told.line),
            Cell::Date(line.told.date),
            Cell::Text(line.told.payee.to_string()),
            Cell::Text(line.told.payment.clone()),
            Cell::Text(line.memo.to_string()),
            Cell::Amount(line.told.amount),
        ]
    };
    Part {
        key: "only_in_statement",
        caption: caption(language, ReconciliationWord::OnlyInStatement, lines.len()),
        columns: columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec(),
        rows: lines.iter().map(row).collect(),
        total: None,
    }
}
