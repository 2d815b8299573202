//! The sheet of a month's report.

use super::super::sheet::{Body, Cell, Field, Sheet, Signed};
use super::{column, footer, grouped_digest, named, notes, title, unnamed, with_key};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{Phrase, phrase};
use crate::reports::monthly::{Change, Monthly, MonthlyFigures};

pub(crate) fn monthly(report: &Monthly, language: Language, in_wan: bool) -> Sheet {
    let columns = [
        (Figure::Number, 1),
        (Figure::Name, 0),
        (Figure::Revised, 2),
        (Figure::MonthOwn, 0),
        (Figure::MonthCorrections, 3),
        (Figure::MonthSpent, 6),
        (Figure::SpentToDate, 0),
        (Figure::ExecutionRate, 4),
        (Figure::Committed, 5),
        (Figure::Available, 0),
        (Figure::AvailableChange, 7),
    ];
    let figures = |row: &MonthlyFigures| {
        vec![
            Cell::Amount(row.revised),
            Cell::Amount(row.month_own),
            Cell::Amount(row.month_corrections),
            Cell::Amount(row.month_spent),
            Cell::Amount(row.spent),
            Cell::rate(row.execution_rate),
            Cell::Amount(row.committed),
            Cell::Amount(row.available),
            row.available_change.map_or(Cell::Empty, Cell::Amount),
        ]
    };
    let say = |said: Phrase| phrase(language, &said);
    let column = |(figure, dispensable)| column(language, figure, dispensable);
    let closed = report.stamp.closed.and_then(|closed| Some((closed.seq, closed.sealed?.to_string())));
    let holds = report.stamp.digest.is_some() && report.stamp.unverified.is_none();
    let state = match &closed {
        Some((row, sha256)) => Some(Phrase::SealedBy { row: *row, sha256: grouped_digest(sha256) }),
        None => holds.then_some(Phrase::StillOpen(report.month)),
    };
    let rows = report.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect();
    let total = [unnamed(language), figures(&report.total)].concat();
    let changed = Phrase::BudgetChanges(report.changes.len());
    let changes = report.changes.iter().map(|change| said(change, language));
    let sha256 = closed.map_or(Cell::Empty, |(_, sha256)| Cell::Text(sha256));
    Sheet {
        schema: "taizhang.monthly/1",
        heading: title(&report.stamp, language, Phrase::MonthlyTitle(report.month), in_wan),
        notes: notes(in_wan, &report.uneven_in_wan, language)
            .into_iter()
            .chain(std::iter::once(say(changed)))
            .chain(changes)
            .chain(state.map(say))
            .collect(),
        charts: report.charts.clone(),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: vec![
            Field::hidden("month", Cell::Text(report.month.to_string())),
            Field::hidden("sealed_sha256", sha256),
            Field::hidden("changes", Cell::Records(report.changes.iter().map(record).collect())),
        ],
        body: Body::Rows {
            columns: with_key(columns.map(column).to_vec()),
            rows,
            subtotals: Vec::new(),
            total: Some(total),
        },
        signed: Signed::OnPaper,
        in_wan,
    }
}

fn said(change: &Change, language: Language) -> String {
    let said = Phrase::BudgetChange {
        date: change.date,
        allocation: format!("{} {}", change.allocation.number, change.allocation.name),
        amount: change.amount,
        doc: change.doc.clone(),
        memo: change.memo.clone(),
    };
    phrase(language, &said)
}

fn record(change: &Change) -> Vec<(&'static str, Cell)> {
    vec![
        ("seq", change.seq.map_or(Cell::Empty, Cell::Number)),
        ("date", Cell::Text(change.date.to_string())),
        ("allocation", Cell::Text(change.allocation.key.clone())),
        ("amount", Cell::Amount(change.amount)),
        ("doc", Cell::Text(change.doc.clone())),
        ("memo", Cell::Text(change.memo.clone())),
    ]
}
