//! The sheet of an explanation: the figure, the steps to it, and the rows, accruals or lines behind them. A program
//! finds all four lists, whatever the figure; a person sees those that say something.

use super::rows::{Maker, Making, Readers, Rows};
use super::sheet::{Body, Cell, Column, Field, Part, Sheet, Signed};
use super::sheets::{column, footer, named, title, unnamed, with_key};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::figure::{Explained, Figure};
use crate::domain::position::Status;
use crate::domain::working::{Step, Value};
use crate::lang::{self, Phrase, phrase};
use crate::reports::arithmetic::LineFigures;
use crate::reports::explanation::{self as report, Accrued, AccruedRows, Explanation, Moved, MovedRows};

pub(crate) fn explanation(report: &Explanation, language: Language, in_wan: bool) -> Sheet {
    let say = |phrase_: Phrase| phrase(language, &phrase_);
    let figure = report.explained.figure();
    let (key, said) = match &report.allocation {
        Some(allocation) => (Cell::Text(allocation.key.clone()), format!("{} {}", allocation.number, allocation.name)),
        None => (Cell::Empty, say(Phrase::AllAllocations(report.allocations))),
    };
    let answer = Field::shown("value", lang::name(language, figure), value(report.value));
    let is_empty = answer.cell == Cell::Empty;
    let fields = vec![
        Field::hidden("figure", Cell::Figure(figure)),
        Field::shown("allocation", say(Phrase::FieldAllocation), key).saying(said),
        if is_empty { answer.saying(say(Phrase::NoValue)) } else { answer },
    ];
    let no_rows = Part { columns: row_columns(language, false, Explained::Spent), ..nothing("rows") };
    let mut parts = vec![steps(report, language), no_rows];
    parts.extend(report.parts.iter().map(|part| rows(report, part, language)));
    parts.extend([accruals(report, language), lines(report, language)]);
    Sheet {
        schema: "taizhang.explanation/1",
        heading: title(&report.stamp, language, Phrase::ExplanationTitle, in_wan),
        notes: notes(report, &parts, in_wan).into_iter().map(say).collect(),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Parts { fields, parts },
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan,
    }
}

fn notes(report: &Explanation, parts: &[Part], in_wan: bool) -> Vec<Phrase> {
    let rounded = in_wan && !report.uneven_in_wan.is_empty();
    let undivided = report.steps.iter().any(|step| matches!(step.value, Value::Rate(None) | Value::Quotient(None)));
    let nothing = parts.iter().all(|part| part.caption.is_none());
    [
        nothing.then_some(Phrase::NoRowMovesIt),
        undivided.then_some(Phrase::NothingToDivideBy),
        rounded.then(|| Phrase::RoundedArithmetic(report.uneven_in_wan.clone())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn value(value: Value) -> Cell {
    match value {
        Value::Amount(amount) => Cell::Amount(amount),
        Value::Rate(rate) => Cell::rate(rate),
        Value::Quotient(quotient) => quotient.map_or(Cell::Empty, Cell::Quotient),
        Value::Count(count) => Cell::Number(u64::from(count)),
        Value::Status(status) => Cell::Status(status),
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// How a figure is worked out, as things stand in this report.
fn rule(report: &Explanation, explained: Explained, language: Language) -> String {
    let rule = Phrase::Rule {
        explained,
        of_total: report.allocation.is_none(),
        by_months: report.by_months,
        over_budget: report.value == Value::Status(Status::OverBudget),
    };
    phrase(language, &rule)
}

/// A list that is there for programs, and is empty.
fn nothing(key: &'static str) -> Part {
    Part { key, caption: None, columns: Vec::new(), rows: Rows::default(), total: None }
}

fn unseen(language: Language, figure: Figure) -> Column {
    Column { heading: None, ..column(language, figure, 0) }
}

fn for_people(heading: String) -> Column {
    Column { figure: None, heading: Some(heading), dispensable: 0 }
}

/// A column that holds nothing here takes no room, and is not worth saying that it was left out.
fn hide_what_is_empty(columns: &mut [Column], count: usize, filled: &[Figure]) {
    for column in columns {
        let held = match column.figure {
            Some(figure @ (Figure::Seq | Figure::Memo | Figure::Payee | Figure::Voucher | Figure::Doc)) => Some(figure),
            Some(Figure::Approval) => Some(Figure::Doc),
            Some(_) | None => None,
        };
        if count == 0 || held.is_some_and(|held| !filled.contains(&held)) {
            column.heading = None;
        }
    }
}

/// A total's cells: its name where the dates stand, and the sum under what it adds up.
fn total(columns: &[Column], name: Phrase, of: Figure, sum: Amount, language: Language) -> Vec<Cell> {
    let cell = |column: &Column| {
        if column.figure == Some(of) {
            Cell::Amount(sum)
        } else if column.figure == Some(Figure::Date) {
            Cell::Text(phrase(language, &name))
        } else {
            Cell::Empty
        }
    };
    columns.iter().map(cell).collect()
}

/// One step alone is the figure itself, which a person has seen above.
fn steps(report: &Explanation, language: Language) -> Part {
    let columns = [Figure::Operation, Figure::Step, Figure::Value];
    let columns = columns.map(|figure| Column { heading: Some(String::new()), ..column(language, figure, 0) });
    let cells = |step: &Step| vec![Cell::Operation(step.operation), Cell::Figure(step.figure), value(step.value)];
    Part {
        key: "steps",
        caption: (report.steps.len() > 1).then(|| rule(report, report.explained, language)),
        columns: columns.to_vec(),
        rows: report.steps.iter().map(cells).collect(),
        total: None,
    }
}

/// Where room is short, what tells the rows of this figure apart stays longest.
fn row_columns(language: Language, of_total: bool, explained: Explained) -> Vec<Column> {
    let seen = |figure, dispensable| column(language, figure, dispensable);
    let (kind, doc) = if explained == Explained::Committed {
        (1, seen(Figure::Doc, 4))
    } else if explained == Explained::Spent {
        (1, seen(Figure::Approval, 6))
    } else {
        (7, seen(Figure::Approval, 4))
    };
    vec![
        unseen(language, Figure::Part),
        seen(Figure::Seq, 0),
        seen(Figure::Date, 0),
        seen(Figure::Kind, kind),
        unseen(language, Figure::Allocation),
        if of_total { seen(Figure::Number, 0) } else { unseen(language, Figure::Number) },
        seen(Figure::Memo, 0),
        seen(Figure::Payee, 5),
        seen(Figure::Voucher, 3),
        doc,
        seen(Figure::Amount, 0),
        seen(Figure::Running, 2),
    ]
}

fn rows(report: &Explanation, part: &report::Part, language: Language) -> Part {
    let mut columns = row_columns(language, report.allocation.is_none(), part.explained);
    hide_what_is_empty(&mut columns, part.count, &part.filled);
    let sum = if report.parts.len() > 1 { Phrase::Subtotal } else { Phrase::Total };
    let maker = MakingMoved { rows: part.rows.clone(), figure: part.explained.figure() };
    Part {
        key: "rows",
        caption: (part.count > 0).then(|| rule(report, part.explained, language)),
        total: Some(total(&columns, sum, Figure::Amount, part.total, language)),
        columns,
        rows: Rows::made_by(part.count, maker),
    }
}

/// Makes the rows behind a figure.
struct MakingMoved {
    rows: MovedRows,
    figure: Figure,
}

impl Maker for MakingMoved {
    fn rows(&self, _readers: Readers) -> Making<'_> {
        Box::new(self.rows.each().map(|row| Ok(row_cells(self.figure, row?))))
    }
}

fn row_cells(part: Figure, moved: Moved) -> Vec<Cell> {
    let Moved { row, number, running } = moved;
    vec![
        Cell::Figure(part),
        row.seq.map_or(Cell::Empty, Cell::Number),
        Cell::Date(row.date),
        Cell::Kind(row.kind),
        Cell::Text(row.allocation),
        Cell::Number(number as u64),
        Cell::Text(row.memo),
        Cell::Text(row.payee),
        Cell::Text(row.voucher),
        Cell::Text(row.doc),
        Cell::Amount(row.amount),
        Cell::Amount(running),
    ]
}

fn accruals(report: &Explanation, language: Language) -> Part {
    let by_months = report.by_months;
    let mut columns = vec![
        column(language, Figure::Seq, 0),
        column(language, Figure::Date, 1),
        column(language, Figure::Kind, 3),
        unseen(language, Figure::Plan),
        unseen(language, Figure::From),
        for_people(lang::name(language, Figure::Plan)),
        column(language, Figure::Amount, 0),
        unseen(language, Figure::Elapsed),
        unseen(language, Figure::Span),
        unseen(language, Figure::CountedIn),
        for_people(phrase(language, &Phrase::GoneBy { by_months })),
        column(language, Figure::Due, 0),
        column(language, Figure::Running, 2),
    ];
    let Some(accruals) = &report.accruals else { return Part { columns, ..nothing("accruals") } };
    hide_what_is_empty(&mut columns, accruals.count, &accruals.filled);
    let maker = MakingAccrued { rows: accruals.rows.clone(), by_months, language };
    Part {
        key: "accruals",
        caption: (accruals.count > 0).then(|| phrase(language, &Phrase::DueRowByRow { by_months })),
        total: Some(total(&columns, Phrase::Total, Figure::Due, accruals.total, language)),
        columns,
        rows: Rows::made_by(accruals.count, maker),
    }
}

/// Makes the rows of what falls due.
struct MakingAccrued {
    rows: AccruedRows,
    by_months: bool,
    language: Language,
}

impl Maker for MakingAccrued {
    fn rows(&self, _readers: Readers) -> Making<'_> {
        Box::new(self.rows.each().map(|row| Ok(accrual_cells(&row?, self.by_months, self.language))))
    }
}

fn accrual_cells(row: &Accrued, by_months: bool, language: Language) -> Vec<Cell> {
    let accrual = row.accrual;
    let plan = if accrual.is_even { Phrase::EvenlyFrom(accrual.from) } else { Phrase::InMonth(accrual.from) };
    vec![
        row.seq.map_or(Cell::Empty, Cell::Number),
        Cell::Date(row.date),
        Cell::Kind(row.kind),
        text(if accrual.is_even { "even" } else { "month" }),
        text(&accrual.from.to_string()),
        Cell::Text(phrase(language, &plan)),
        Cell::Amount(accrual.amount),
        Cell::Number(u64::from(accrual.elapsed)),
        Cell::Number(u64::from(accrual.span)),
        text(if by_months { "months" } else { "days" }),
        text(&format!("{}/{}", accrual.elapsed, accrual.span)),
        Cell::Amount(row.due),
        Cell::Amount(row.running),
    ]
}

fn lines(report: &Explanation, language: Language) -> Part {
    let shown = report.lines.as_ref().map(|lines| lines.shown()).unwrap_or_default();
    let mut columns = with_key(vec![column(language, Figure::Number, 1), column(language, Figure::Name, 0)]);
    // Where room is short, what the last figure is worked out from goes first.
    let last = shown.last().map(|(figure, _)| *figure);
    columns.extend(LineFigures::ALL.iter().map(|(figure, _)| match shown.iter().any(|(shown, _)| shown == figure) {
        true => column(language, *figure, if last == Some(*figure) { 0 } else { 2 }),
        false => unseen(language, *figure),
    }));
    let Some(lines) = &report.lines else { return Part { columns, ..nothing("allocations") } };
    let figures = |line: &LineFigures| LineFigures::ALL.map(|(_, amount)| Cell::Amount(amount(line))).to_vec();
    Part {
        key: "allocations",
        caption: Some(phrase(language, &Phrase::LineByLine { of_forecasts: lines.of_forecasts })),
        columns,
        rows: lines.rows.iter().map(|(name, line)| [named(name), figures(line)].concat()).collect(),
        total: Some([unnamed(language), figures(&lines.total)].concat()),
    }
}
