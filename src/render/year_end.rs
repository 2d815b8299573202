//! The sheet of the year-end form: its funds, what is left over, its allocations, adjustments, reasons and targets, a
//! table each. A program finds every list, also those that a person need not see.

use super::sheet::{Body, Cell, Column, Field, Part, Sheet, Signed};
use super::sheets::{column, footer, named, title, unnamed, with_key};
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::{Fund, Language};
use crate::domain::capitals::capitals;
use crate::domain::figure::Figure;
use crate::domain::rules::Refusal;
use crate::domain::year_end::{Gap, Whose};
use crate::lang::{self, Phrase, YearEndWord, phrase};
use crate::problem::ProblemKind;
use crate::reports::year_end::{Adjustment, Execution, FundLine, Reason, TargetResult, YearEnd};

/// How the form is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) in_wan: bool,
    pub(crate) is_draft: bool,
    /// Nothing below the allocations.
    pub(crate) is_public: bool,
}

pub(crate) fn year_end(form: &YearEnd, language: Language, manner: Manner) -> Sheet {
    let mut heading = title(&form.stamp, language, Phrase::YearEndTitle, manner.in_wan);
    let stamps: Vec<String> = stamps(form, manner).iter().map(|word| lang::year_end(language, word)).collect();
    if !stamps.is_empty() {
        heading.push(stamps.concat());
    }
    let parts = vec![
        funds(form, language),
        split(form, language),
        allocations(form, language),
        holdings(form, language),
        adjustments(form, language, manner.is_public),
        reasons(form, language),
        results(form, language),
        shortfalls(form, language),
    ];
    Sheet {
        schema: "taizhang.final/1",
        heading,
        stamp: Some(form.stamp.clone()),
        facts: Vec::new(),
        body: Body::Parts { fields: fields(form, language, manner), parts },
        notes: notes(form, language, manner),
        charts: Vec::new(),
        footer: footer(&form.stamp, language),
        signed: Signed::Always,
        in_wan: manner.in_wan,
    }
}

fn stamps(form: &YearEnd, manner: Manner) -> Vec<YearEndWord> {
    let places: usize = form.gaps.iter().map(Gap::places).sum();
    let draft = if places == 0 { YearEndWord::Draft } else { YearEndWord::DraftUnfilled(places) };
    let state = match (form.stamp.digest, form.stamp.closed) {
        (None, _) => Some(YearEndWord::NotOpened),
        (Some(_), None) => Some(YearEndWord::NotClosed),
        (Some(_), Some(_)) => None,
    };
    let public = manner.is_public.then_some(YearEndWord::Public);
    manner.is_draft.then_some(draft).into_iter().chain(state).chain(public).collect()
}

/// The totals in capitals, as forms have them, and the score.
fn fields(form: &YearEnd, language: Language, manner: Manner) -> Vec<Field> {
    let say = |word: &YearEndWord| lang::year_end(language, word);
    let sum = |key, label: &YearEndWord, amount: Amount| {
        let in_full = YearEndWord::InFull { amount, capitals: capitals(amount) };
        Field::shown(key, say(label), Cell::Amount(amount)).saying(say(&in_full))
    };
    let score = match (form.execution_score, form.target_score, form.weights) {
        (Some(execution), Some(targets), Some(weights)) => {
            YearEndWord::ScoreOf { execution, targets, score: execution + targets, most: Rate::TEN + weights }
        }
        (Some(execution), _, _) => YearEndWord::ExecutionScoreOnly(execution),
        (None, _, _) => YearEndWord::NoScore,
    };
    let part = |amount: Option<Amount>| amount.map_or(Cell::Empty, Cell::Amount);
    vec![
        Field::hidden("draft", Cell::Flag(manner.is_draft)),
        Field::hidden("complete", Cell::Flag(form.gaps.is_empty())),
        Field::hidden("public", Cell::Flag(manner.is_public)),
        Field::hidden("original", Cell::Amount(form.total.original)),
        Field::hidden("adjusted", Cell::Amount(form.total.adjusted)),
        sum("revised", &YearEndWord::Revised, form.total.revised),
        sum("spent", &YearEndWord::Spent, form.total.spent),
        Field::hidden("execution_rate", Cell::rate(form.total.rate)),
        Field::hidden("points", Cell::Rate(Rate::TEN)),
        Field::hidden("execution_score", Cell::rate(form.execution_score)),
        sum("left", &YearEndWord::LeftOver, form.total.left),
        Field::hidden("carry_forward", part(form.split.map(|split| split.forward))),
        Field::hidden("surplus", part(form.split.map(|split| split.surplus))),
        Field::hidden("target_points", Cell::rate(form.weights)),
        Field::hidden("target_score", Cell::rate(form.target_score)),
        Field::shown("score", say(&YearEndWord::Score), Cell::rate(form.score)).saying(say(&score)),
    ]
}

fn notes(form: &YearEnd, language: Language, manner: Manner) -> Vec<String> {
    let say = |word: YearEndWord| lang::year_end(language, &word);
    let mut notes = vec![say(YearEndWord::ExecutionRule), say(YearEndWord::LeftOverRule)];
    if form.results.is_empty() {
        notes.push(say(YearEndWord::NoTargets));
    } else {
        notes.push(say(if form.weights.is_some() { YearEndWord::ResultRule } else { YearEndWord::NoWeights }));
    }
    if manner.in_wan {
        let columns = Some(&form.uneven.columns).filter(|columns| !columns.is_empty());
        let lines = Some(&form.uneven.lines).filter(|lines| !lines.is_empty());
        notes.extend(columns.map(|columns| phrase(language, &Phrase::RoundedRowsDoNotFoot(columns.clone()))));
        notes.extend(lines.map(|lines| phrase(language, &Phrase::RoundedArithmetic(lines.clone()))));
    }
    let wanting = |gap: &Gap| lang::problem(language, &ProblemKind::Refused(Refusal::YearEnd(gap.clone()))).what;
    notes.extend(form.gaps.iter().map(|gap| format!("※ {}", wanting(gap))));
    notes
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn unseen(language: Language, figure: Figure) -> Column {
    Column { heading: None, ..column(language, figure, 0) }
}

fn called(heading: String, column: Column) -> Column {
    Column { heading: Some(heading), ..column }
}

fn for_people(heading: String) -> Column {
    Column { figure: None, heading: Some(heading), dispensable: 0 }
}

fn fund_columns(language: Language) -> [Column; 2] {
    [unseen(language, Figure::Fund), for_people(lang::name(language, Figure::Fund))]
}

fn fund_cells(fund: Fund, language: Language) -> [Cell; 2] {
    [text(fund.key()), Cell::Text(lang::year_end(language, &YearEndWord::Fund(fund)))]
}

fn all_funds(language: Language) -> [Cell; 2] {
    [Cell::Empty, Cell::Text(lang::year_end(language, &YearEndWord::AllFunds))]
}

fn caption(language: Language, word: YearEndWord) -> Option<String> {
    Some(lang::year_end(language, &word))
}

/// 项目资金, as the national form has it: the points are the project's, not a fund's.
fn funds(form: &YearEnd, language: Language) -> Part {
    let figures = [
        (Figure::Original, 2),
        (Figure::Adjusted, 4),
        (Figure::YearRevised, 0),
        (Figure::YearSpent, 0),
        (Figure::ExecutionRate, 0),
        (Figure::Points, 3),
        (Figure::Score, 0),
        (Figure::LeftOver, 1),
    ];
    let figures = figures.map(|(figure, dispensable)| column(language, figure, dispensable));
    let cells = |execution: &Execution, points: Cell, score: Cell| {
        let Execution { original, adjusted, revised, spent, rate, left } = *execution;
        let [original, adjusted, revised, spent, left] = [original, adjusted, revised, spent, left].map(Cell::Amount);
        vec![original, adjusted, revised, spent, Cell::rate(rate), points, score, left]
    };
    let row = |line: &FundLine| {
        [fund_cells(line.fund, language).to_vec(), cells(&line.execution, Cell::Empty, Cell::Empty)].concat()
    };
    let score = Cell::rate(form.execution_score);
    let total = [all_funds(language).to_vec(), cells(&form.total, Cell::Rate(Rate::TEN), score)].concat();
    Part {
        key: "funds",
        caption: caption(language, YearEndWord::Funds),
        columns: fund_columns(language).into_iter().chain(figures).collect(),
        rows: form.funds.iter().map(row).collect(),
        total: Some(total),
    }
}

fn split(form: &YearEnd, language: Language) -> Part {
    let figures = [Figure::LeftOver, Figure::CarryForward, Figure::Surplus].map(|figure| column(language, figure, 0));
    let part = |amount: Option<Amount>| amount.map_or(Cell::Empty, Cell::Amount);
    let row = |line: &FundLine| {
        let parts = vec![Cell::Amount(line.execution.left), part(line.forward), part(line.surplus)];
        [fund_cells(line.fund, language).to_vec(), parts].concat()
    };
    let whole = vec![
        Cell::Amount(form.total.left),
        part(form.split.map(|split| split.forward)),
        part(form.split.map(|split| split.surplus)),
    ];
    Part {
        key: "split",
        caption: caption(language, YearEndWord::Split),
        columns: fund_columns(language).into_iter().chain(figures).collect(),
        rows: form.funds.iter().map(row).collect(),
        total: Some([all_funds(language).to_vec(), whole].concat()),
    }
}

fn execution_columns(language: Language) -> [Column; 6] {
    let columns = [
        (Figure::Original, 4),
        (Figure::Adjusted, 3),
        (Figure::YearRevised, 0),
        (Figure::YearSpent, 0),
        (Figure::ExecutionRate, 0),
        (Figure::LeftOver, 1),
    ];
    columns.map(|(figure, dispensable)| column(language, figure, dispensable))
}

fn execution_cells(execution: &Execution) -> Vec<Cell> {
    let Execution { original, adjusted, revised, spent, rate, left } = *execution;
    let [original, adjusted, revised, spent, left] = [original, adjusted, revised, spent, left].map(Cell::Amount);
    vec![original, adjusted, revised, spent, Cell::rate(rate), left]
}

fn allocations(form: &YearEnd, language: Language) -> Part {
    let names = vec![column(language, Figure::Number, 2), column(language, Figure::Name, 0)];
    let rows = form.allocations.iter().map(|(name, execution)| [named(name), execution_cells(execution)].concat());
    Part {
        key: "allocations",
        caption: caption(language, YearEndWord::Allocations),
        columns: with_key(names).into_iter().chain(execution_columns(language)).collect(),
        rows: rows.collect(),
        total: Some([unnamed(language), execution_cells(&form.total)].concat()),
    }
}

/// Each fund of each allocation; where none has several, the allocations say it already.
fn holdings(form: &YearEnd, language: Language) -> Part {
    let names = vec![column(language, Figure::Number, 2), column(language, Figure::Name, 0)];
    let rows = form.holdings.iter().map(|(name, fund, execution)| {
        [named(name), fund_cells(*fund, language).to_vec(), execution_cells(execution)].concat()
    });
    let several = form.holdings.len() > form.allocations.len();
    let total = [unnamed(language), vec![Cell::Empty; 2], execution_cells(&form.total)].concat();
    Part {
        key: "holdings",
        caption: caption(language, YearEndWord::Holdings).filter(|_| several),
        columns: with_key(names).into_iter().chain(fund_columns(language)).chain(execution_columns(language)).collect(),
        rows: rows.collect(),
        total: Some(total),
    }
}

/// Every row that changed the budget, with its approval. They are rows, so what is published leaves them out.
fn adjustments(form: &YearEnd, language: Language, is_public: bool) -> Part {
    let fund_columns = fund_columns(language);
    let several = form.adjustments.iter().any(|row| row.fund != form.adjustments[0].fund);
    let fund_heading = fund_columns[1].heading.clone().filter(|_| several);
    let [fund, fund_name] = fund_columns;
    let columns = vec![
        column(language, Figure::Seq, 4),
        column(language, Figure::Date, 0),
        column(language, Figure::Approval, 0),
        unseen(language, Figure::Allocation),
        column(language, Figure::Number, 0),
        fund,
        Column { heading: fund_heading, dispensable: 2, ..fund_name },
        unseen(language, Figure::CarriedFrom),
        column(language, Figure::Memo, 0),
        column(language, Figure::Amount, 0),
    ];
    let cells = |row: &Adjustment| {
        let [fund, fund_name] = row.fund.map_or([Cell::Empty, Cell::Empty], |fund| fund_cells(fund, language));
        vec![
            row.seq.map_or(Cell::Empty, Cell::Number),
            text(&row.date.to_string()),
            text(&row.doc),
            text(&row.allocation.key),
            Cell::Number(row.allocation.number as u64),
            fund,
            fund_name,
            row.carried_from.as_deref().map_or(Cell::Empty, text),
            Cell::Text(memo(row, language)),
            Cell::Amount(row.amount),
        ]
    };
    let shown = form.adjustments.iter().filter(|_| !is_public);
    let rows: Vec<Vec<Cell>> = shown.map(cells).collect();
    let mut total = vec![Cell::Empty; columns.len()];
    total[1] = Cell::Text(phrase(language, &Phrase::Total));
    total[columns.len() - 1] = Cell::Amount(form.total.adjusted);
    Part {
        key: "adjustments",
        caption: caption(language, YearEndWord::Adjustments).filter(|_| !rows.is_empty()),
        columns,
        rows: rows.into(),
        total: Some(total),
    }
}

fn memo(row: &Adjustment, language: Language) -> String {
    let from = row.carried_from.clone().map(|id| lang::year_end(language, &YearEndWord::CarriedFrom(id)));
    from.into_iter().chain(Some(row.memo.clone()).filter(|memo| !memo.is_empty())).collect::<Vec<_>>().join(" ")
}

/// What is said about rates, and where something should be said.
fn reasons(form: &YearEnd, language: Language) -> Part {
    let columns = vec![
        unseen(language, Figure::Whose),
        unseen(language, Figure::Fund),
        unseen(language, Figure::Allocation),
        called(lang::name(language, Figure::Whose), column(language, Figure::Name, 0)),
        column(language, Figure::ExecutionRate, 0),
        column(language, Figure::Reason, 0),
    ];
    let cells = |reason: &Reason| {
        let (whose, fund, key) = match &reason.whose {
            Whose::Project => ("project", Cell::Empty, Cell::Empty),
            Whose::Fund(fund) => ("fund", text(fund.key()), Cell::Empty),
            Whose::Allocation { key, .. } => ("allocation", Cell::Empty, text(key)),
        };
        let name = lang::year_end(language, &YearEndWord::Whose(reason.whose.clone()));
        vec![text(whose), fund, key, Cell::Text(name), Cell::rate(reason.rate), text(&reason.text)]
    };
    let shown = form.reasons.iter().filter(|reason| reason.is_needed || !reason.text.is_empty());
    let rows: Vec<Vec<Cell>> = shown.map(cells).collect();
    let caption = caption(language, YearEndWord::Reasons).filter(|_| !rows.is_empty());
    Part { key: "reasons", caption, columns, rows: rows.into(), total: None }
}

fn results(form: &YearEnd, language: Language) -> Part {
    let columns = vec![
        unseen(language, Figure::TargetKind),
        for_people(lang::name(language, Figure::TargetKind)),
        unseen(language, Figure::Allocation),
        column(language, Figure::Number, 5),
        called(lang::year_end(language, &YearEndWord::TargetName), column(language, Figure::Name, 0)),
        unseen(language, Figure::Goal),
        unseen(language, Figure::Unit),
        for_people(lang::name(language, Figure::Goal)),
        unseen(language, Figure::Actual),
        for_people(lang::name(language, Figure::Actual)),
        unseen(language, Figure::Met),
        column(language, Figure::Points, 0),
        column(language, Figure::Score, 0),
        unseen(language, Figure::Reason),
    ];
    let mut before = None;
    let mut rows = Vec::new();
    for result in &form.results {
        // A kind is named once, where it begins.
        let kind = Some(result.target.kind).filter(|kind| before != Some(*kind));
        before = Some(result.target.kind);
        let kind = kind.map(|kind| lang::year_end(language, &YearEndWord::Kind(kind)));
        rows.push(result_cells(result, kind.unwrap_or_default(), language));
    }
    let mut total = vec![Cell::Empty; columns.len()];
    total[1] = Cell::Text(phrase(language, &Phrase::Total));
    (total[11], total[12]) = (Cell::rate(form.weights), Cell::rate(form.target_score));
    let caption = caption(language, YearEndWord::Results).filter(|_| !rows.is_empty());
    Part { key: "targets", caption, columns, rows: rows.into(), total: Some(total) }
}

/// What is said about targets, apart, for it is long.
fn shortfalls(form: &YearEnd, language: Language) -> Part {
    let name = lang::year_end(language, &YearEndWord::TargetName);
    let columns = vec![
        unseen(language, Figure::Allocation),
        column(language, Figure::Number, 1),
        called(name, column(language, Figure::Name, 0)),
        column(language, Figure::Reason, 0),
    ];
    let said = form.results.iter().filter(|result| !result.reason.is_empty());
    let cells = |result: &TargetResult| {
        let number = Cell::Number(result.allocation.number as u64);
        vec![text(&result.allocation.key), number, text(&result.target.name), text(&result.reason)]
    };
    let rows: Vec<Vec<Cell>> = said.map(cells).collect();
    let caption = caption(language, YearEndWord::Shortfalls).filter(|_| !rows.is_empty());
    Part { key: "shortfalls", caption, columns, rows: rows.into(), total: None }
}

fn result_cells(result: &TargetResult, kind: String, language: Language) -> Vec<Cell> {
    let target = &result.target;
    let unit = || target.unit.clone();
    let goal = YearEndWord::Goal { goal: target.goal, unit: unit() };
    let number = result.actual.map(|actual| actual.to_string());
    let actual = number.clone().map(|number| lang::year_end(language, &YearEndWord::Actual { number, unit: unit() }));
    vec![
        text(target.kind.key()),
        Cell::Text(kind),
        text(&result.allocation.key),
        Cell::Number(result.allocation.number as u64),
        text(&target.name),
        Cell::Text(target.goal.to_string()),
        text(&target.unit),
        Cell::Text(lang::year_end(language, &goal)),
        number.map_or(Cell::Empty, Cell::Text),
        actual.map_or(Cell::Empty, Cell::Text),
        result.is_met.map_or(Cell::Empty, Cell::Flag),
        Cell::rate(target.weight),
        Cell::rate(result.score),
        text(&result.reason),
    ]
}
