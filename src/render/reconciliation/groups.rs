//! Rows and lines that belong together, or may: one line a group, and for programs each row and each line of it.

use std::rc::Rc;

use super::{Listed, caption, hidden, numbering};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{self, ReconciliationWord};
use crate::render::rows::Rows;
use crate::render::sheet::{Cell, Column, Part};
use crate::render::sheets::column;
use crate::reports::reconciliation::{Doubt, Pairing, Reconciliation, Sides};

/// What a group has in every table.
const GROUP: [(Figure, u8); 7] = [
    (Figure::Seqs, 0),
    (Figure::Lines, 0),
    (Figure::Date, 3),
    (Figure::StatementDate, 4),
    (Figure::Payee, 2),
    (Figure::LedgerAmount, 0),
    (Figure::StatementAmount, 0),
];

/// Where in it the payee stands.
const PAYEE: usize = 4;

/// The cells of a line of the widest table, so that a line's room is asked for once.
const WIDEST: usize = 12;

pub(super) fn matched(report: &Reconciliation, language: Language, listed: Listed) -> Part {
    let (pairs, sides) = (Rc::clone(&report.matched), Rc::clone(&report.sides));
    let rows = Rows::made(pairs.len(), move |place| paired(&pairs[place], &sides, language, listed));
    let has_rules = !rows.is_empty();
    groups("matched", ReconciliationWord::Matched, rows, has_rules, language, listed)
}

pub(super) fn differing(report: &Reconciliation, language: Language, listed: Listed) -> Part {
    let rows = report.differing.iter().map(|pair| paired(pair, &report.sides, language, listed)).collect();
    groups("differing", ReconciliationWord::Differing, rows, false, language, listed)
}

fn groups(
    key: &'static str,
    word: fn(usize) -> ReconciliationWord,
    rows: Rows,
    has_rules: bool,
    language: Language,
    listed: Listed,
) -> Part {
    let mut columns = group_columns(language, listed);
    columns.push(if has_rules { column(language, Figure::MatchedBy, 1) } else { hidden(language, Figure::MatchedBy) });
    columns.extend(item_columns(language, listed));
    Part { key, caption: caption(language, word, rows.len()), columns, rows, total: None }
}

fn paired(pair: &Pairing, sides: &Sides, language: Language, listed: Listed) -> Vec<Cell> {
    let mut cells = group(pair, listed);
    cells.push(rule(pair, language));
    cells.extend(items(pair, sides, listed));
    cells
}

pub(super) fn ambiguous(report: &Reconciliation, language: Language, listed: Listed) -> Part {
    let mut columns = vec![numbering(language, Figure::Number)];
    columns.extend(group_columns(language, listed));
    columns.push(column(language, Figure::MatchedBy, 1));
    columns.push(hidden(language, Figure::ChoicesComplete));
    columns.extend(item_columns(language, listed));
    let row = |(number, doubt): (u64, &Doubt)| {
        let beside = vec![rule(&doubt.all, language), Cell::Flag(doubt.complete)];
        [vec![Cell::Number(number)], group(&doubt.all, listed), beside, items(&doubt.all, &report.sides, listed)]
            .concat()
    };
    Part {
        key: "ambiguous",
        caption: caption(language, ReconciliationWord::Ambiguous, report.ambiguous.len()),
        columns,
        rows: (1..).zip(&report.ambiguous).map(row).collect(),
        total: None,
    }
}

pub(super) fn explained(report: &Reconciliation, language: Language, listed: Listed) -> Part {
    let mut columns = group_columns(language, listed);
    columns.push(hidden(language, Figure::MatchedBy));
    columns.push(column(language, Figure::Reason, 0));
    columns.extend(item_columns(language, listed));
    let row = |(pair, reason): &(Pairing, String)| {
        let beside = vec![rule(pair, language), Cell::Text(reason.clone())];
        [group(pair, listed), beside, items(pair, &report.sides, listed)].concat()
    };
    Part {
        key: "explained",
        caption: caption(language, ReconciliationWord::Explained, report.explained.len()),
        columns,
        rows: report.explained.iter().map(row).collect(),
        total: None,
    }
}

pub(super) fn group_columns(language: Language, listed: Listed) -> Vec<Column> {
    let mut columns = GROUP.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec();
    if listed.items {
        columns.insert(PAYEE + 1, column(language, Figure::StatementPayee, 0));
    }
    columns
}

/// People see both names in one cell; programs have a column for each.
pub(super) fn group(pair: &Pairing, listed: Listed) -> Vec<Cell> {
    let day = |day: Option<_>| day.map_or(Cell::Empty, Cell::Date);
    let mut cells = Vec::with_capacity(WIDEST);
    cells.extend([Cell::Numbers(pair.items.seqs.to_vec()), Cell::Numbers(pair.items.lines.to_vec())]);
    cells.extend([day(pair.paid), day(pair.told)]);
    if listed.items {
        cells.extend([Cell::Text(pair.payee.to_string()), Cell::Text(pair.statement_payee.to_string())]);
    } else {
        cells.push(Cell::Text(pair.payees().join(" / ")));
    }
    cells.extend([Cell::Amount(pair.ledger), Cell::Amount(pair.statement)]);
    cells
}

fn rule(pair: &Pairing, language: Language) -> Cell {
    pair.rule.map_or(Cell::Empty, |rule| {
        Cell::Worded(rule.key().to_owned(), lang::reconciliation(language, &ReconciliationWord::Rule(rule)))
    })
}

fn item_columns(language: Language, listed: Listed) -> Vec<Column> {
    let figures: &[Figure] = if listed.items { &[Figure::LedgerItems, Figure::StatementItems] } else { &[] };
    figures.iter().map(|figure| hidden(language, *figure)).collect()
}

fn items(pair: &Pairing, sides: &Sides, listed: Listed) -> Vec<Cell> {
    if !listed.items {
        return Vec::new();
    }
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows = sides.rows_of(&pair.items).map(|paid| {
        vec![
            ("seq", Cell::Number(paid.seq)),
            ("date", Cell::Date(paid.date)),
            ("payee", text(&paid.payee)),
            ("payment", text(&paid.payment)),
            ("amount", Cell::Amount(paid.amount)),
        ]
    });
    let lines = sides.lines_of(&pair.items).map(|line| {
        vec![
            ("line", Cell::Number(line.told.line)),
            ("date", Cell::Date(line.told.date)),
            ("payee", text(&line.told.payee)),
            ("payment", text(&line.told.payment)),
            ("memo", text(&line.memo)),
            ("amount", Cell::Amount(line.told.amount)),
        ]
    });
    vec![Cell::Records(rows.collect()), Cell::Records(lines.collect())]
}
