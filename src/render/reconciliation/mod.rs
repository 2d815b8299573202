//! The sheet of a reconciliation: the three figures, the steps between them, then a table for each way in which rows and
//! lines agree or do not.

mod bridges;
mod choices;
mod groups;

use super::sheet::{Body, Cell, Column, Field, Part, Sheet, Signed};
use super::sheets::{column, footer, title_said};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::matching::Paid;
use crate::lang::{self, ReconciliationWord};
use crate::reports::detection::Lines;
use crate::reports::reconciliation::{Reconciliation, StatementLine};

/// What of the answer is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Whether all of it: what needs no look, and every choice. A screen shows less.
    pub(crate) whole: bool,
    /// Whether each row and each line of a group: for programs.
    pub(crate) items: bool,
}

pub(crate) fn reconciliation(report: &Reconciliation, language: Language, listed: Listed) -> Sheet {
    let say = |word: ReconciliationWord| lang::reconciliation(language, &word);
    let mut heading = title_said(&report.stamp, language, say(ReconciliationWord::Title), false);
    heading.push(say(match report.open() {
        0 => ReconciliationWord::Agrees { matched: report.matched.len(), explained: report.explained.len() },
        open => ReconciliationWord::Differs { open },
    }));
    let bridge = report.bridge;
    let figure = |key, word, amount| Field::shown(key, say(word), Cell::Amount(amount));
    let (choices, cut) = choices::choices(report, language, listed);
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
                Field::hidden("left_out", Cell::Numbers(report.left_out.iter().map(|(line, _)| *line).collect())),
            ],
            parts: parts(report, language, listed, choices),
        },
        notes: cut.into_iter().chain(notes(report, listed)).map(say).collect(),
        charts: Vec::new(),
        footer: footer(&report.stamp, language),
        signed: Signed::OnPaper,
        in_wan: false,
    }
}

fn notes(report: &Reconciliation, listed: Listed) -> Vec<ReconciliationWord> {
    let unlisted = (!listed.whole).then_some(ReconciliationWord::MatchedNotListed(report.matched.len()));
    let months = (!report.by_month.is_empty()).then_some(ReconciliationWord::MonthsOfPayment);
    let left_out = report.left_out_by_reason().into_iter();
    let left_out = left_out.map(|(why, Lines { first, count })| ReconciliationWord::LeftOut { why, first, count });
    let later = (!report.later.is_empty()).then(|| ReconciliationWord::LaterNotCounted {
        as_of: report.stamp.as_of,
        count: report.later.len(),
        sum: report.later_sum(),
    });
    unlisted.into_iter().chain(left_out).chain(later).chain(months).chain([ReconciliationWord::NoBankBalance]).collect()
}

fn parts(report: &Reconciliation, language: Language, listed: Listed, choices: Part) -> Vec<Part> {
    let matched = groups::matched(report, language, listed);
    vec![
        bridges::whole(report, language),
        bridges::by_month(report, language),
        groups::differing(report, language, listed),
        groups::ambiguous(report, language, listed),
        choices,
        only_in_ledger(&report.only_in_ledger, language),
        lines(
            "only_in_statement",
            caption(language, ReconciliationWord::OnlyInStatement, report.only_in_statement.len()),
            &report.only_in_statement,
            language,
        ),
        lines(
            "later",
            caption(language, ReconciliationWord::Later, report.later.len()).filter(|_| listed.whole),
            &report.later,
            language,
        ),
        groups::explained(report, language, listed),
        Part { caption: matched.caption.filter(|_| listed.whole), ..matched },
    ]
}

/// A table without rows is for programs only.
fn caption(language: Language, word: fn(usize) -> ReconciliationWord, count: usize) -> Option<String> {
    (count > 0).then(|| lang::reconciliation(language, &word(count)))
}

/// A column that counts a table's rows.
fn numbering(language: Language, figure: Figure) -> Column {
    let heading = Some(lang::reconciliation(language, &ReconciliationWord::Numbering));
    Column { heading, ..column(language, figure, 0) }
}

/// A column for programs.
fn hidden(language: Language, figure: Figure) -> Column {
    Column { heading: None, ..column(language, figure, 0) }
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

fn lines(key: &'static str, caption: Option<String>, lines: &[StatementLine], language: Language) -> Part {
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
        key,
        caption,
        columns: columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec(),
        rows: lines.iter().map(row).collect(),
        total: None,
    }
}
