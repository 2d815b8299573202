//! 追溯: one figure as the steps it is worked out in and the rows behind them. The figure itself is what `balance` and
//! `variance` say; this only takes it apart.

use super::arithmetic::{Books, LineFigures, Lines, Whole};
use super::balance::Named;
use super::footing::{running_misses, uneven_in_wan, uneven_steps};
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, Pace};
use crate::domain::entry::{Kind, Moves};
use crate::domain::figure::{Explained, Figure};
use crate::domain::plan::{Accrual, Plan};
use crate::domain::trail::{Mover, Trail};
use crate::domain::working::{Step, Value};

/// An explanation, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) stamp: Stamp,
    pub(crate) explained: Explained,
    /// `None` for the total over all of them.
    pub(crate) allocation: Option<Named>,
    /// How many of them it is about.
    pub(crate) allocations: usize,
    pub(crate) value: Value,
    pub(crate) by_months: bool,
    pub(crate) steps: Vec<Step>,
    /// The rows behind the steps, by the figure they move.
    pub(crate) parts: Vec<Part>,
    /// What falls due row by row, behind one allocation's plan to date.
    pub(crate) accruals: Option<Accruals>,
    /// The allocations behind a total that adds their figures up.
    pub(crate) lines: Option<Lines>,
    /// What does not come out of the amounts as shown when they are rounded to 万元.
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// The rows that move one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The figure they move.
    pub(crate) explained: Explained,
    pub(crate) rows: Vec<Moved>,
    pub(crate) total: Amount,
}

/// One row that moves a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) row: Mover,
    /// The number of its allocation.
    pub(crate) number: usize,
    /// This row and those above it.
    pub(crate) running: Amount,
}

/// What falls due of the plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accruals {
    pub(crate) rows: Vec<Accrued>,
    pub(crate) total: Amount,
}

/// What falls due of one row's plan, or of one month in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accrued {
    pub(crate) seq: Option<u64>,
    pub(crate) date: Date,
    pub(crate) kind: Kind,
    pub(crate) accrual: Accrual,
    pub(crate) due: Amount,
    pub(crate) running: Amount,
}

/// What must be gathered to explain a figure: rows are kept only where they are asked for.
pub(crate) fn gathers(explained: Explained, of_total: bool) -> Vec<Moves> {
    let plan = explained.needs_plan() && !of_total;
    let wanted = |moves: &Moves| behind(explained, of_total).contains(moves) || plan && is_budget(*moves);
    MOVES.into_iter().filter(wanted).collect()
}

/// Everything that rows move, in the order of the reports.
const MOVES: [Moves; 4] = [Moves::Original, Moves::Adjusted, Moves::Committed, Moves::Spent];

fn is_budget(moves: Moves) -> bool {
    matches!(moves, Moves::Original | Moves::Adjusted)
}

/// What the rows behind a figure move.
fn behind(explained: Explained, of_total: bool) -> &'static [Moves] {
    match explained {
        Explained::Original => &[Moves::Original],
        Explained::Adjusted => &[Moves::Adjusted],
        Explained::Committed => &[Moves::Committed],
        Explained::Spent | Explained::Variance | Explained::VarianceRate => &[Moves::Spent],
        Explained::Revised => &[Moves::Original, Moves::Adjusted],
        Explained::ExecutionRate | Explained::Gap => &[Moves::Original, Moves::Adjusted, Moves::Spent],
        // A total adds the allocations' forecasts, each of which can be asked after.
        Explained::Forecast if of_total => &[],
        Explained::Available | Explained::Forecast | Explained::Status => &MOVES,
        Explained::PlanToDate | Explained::ElapsedRate => &[],
    }
}

/// The explanation of one figure.
pub(crate) fn explanation(explained: Explained, trail: Trail, books: Books<'_>) -> Explanation {
    let whole = Whole::of(&books);
    let shows_plan = explained.needs_plan() && !(explained == Explained::Status && whole.is_over_budget());
    let is_kept_within = shows_plan && !books.of_total && whole.is_kept_within();
    let mut rows = rows(trail, &books);
    let accruals = (shows_plan && !books.of_total).then(|| accruals(&rows, &books));
    debug_assert!(accruals.iter().all(|accruals| accruals.total == whole.position.accrued()), "what falls due");
    let behind = behind(explained, books.of_total);
    let is_shown = |moves: &Moves| behind.contains(moves) || is_kept_within && is_budget(*moves);
    let mut parts = Vec::new();
    for moves in MOVES.into_iter().filter(is_shown) {
        let (explained, amount) = whole.moved(moves);
        let rows = moved(moves, &mut rows);
        let sum = rows.last().map_or(Amount::ZERO, |row| row.running);
        debug_assert_eq!(sum, amount, "the rows of {moves:?} are not its figure");
        parts.push(Part { explained, rows, total: amount });
    }
    let steps = whole.steps(explained, is_kept_within, &books);
    let value = whole.value(explained);
    debug_assert_eq!(steps.last().map(|step| step.value), Some(value), "the steps do not end in {explained:?}");
    let mut explanation = Explanation {
        explained,
        allocations: books.names.len(),
        allocation: books.names.first().filter(|_| !books.of_total).cloned(),
        value,
        by_months: books.control.pace == Pace::Months,
        steps,
        parts,
        accruals,
        lines: (shows_plan && books.of_total).then(|| whole.lines(explained, &books)),
        uneven_in_wan: Vec::new(),
        stamp: books.stamp,
    };
    explanation.uneven_in_wan = uneven(&explanation);
    explanation
}

/// The gathered rows of the allocations asked about, each with its allocation's number, by date and seq.
fn rows(trail: Trail, books: &Books<'_>) -> Vec<(Mover, usize)> {
    let number = |row: &Mover| books.names.iter().find(|named| named.key == row.allocation).map(|named| named.number);
    trail.into_rows().into_iter().filter_map(|row| number(&row).map(|number| (row, number))).collect()
}

/// Takes out the rows that move something, and adds them up as they come.
fn moved(moves: Moves, rows: &mut Vec<(Mover, usize)>) -> Vec<Moved> {
    let mut running = Amount::ZERO;
    let these = rows.extract_if(.., |(row, _)| row.kind.moves() == moves);
    let moved = these.map(|(row, number)| {
        running += row.amount;
        Moved { row, number, running }
    });
    moved.collect()
}

fn accruals(rows: &[(Mover, usize)], books: &Books<'_>) -> Accruals {
    let (year, as_of, pace) = (books.stamp.year, books.stamp.as_of, books.control.pace);
    let mut running = Amount::ZERO;
    let mut due_rows = Vec::new();
    for (row, _) in rows.iter().filter(|(row, _)| is_budget(row.kind.moves())) {
        let plan = Plan::canonical(&row.plan).unwrap_or(Plan::Even);
        for accrual in plan.accruals(row.amount, year, row.date, as_of, pace) {
            let due = accrual.due();
            running += due;
            due_rows.push(Accrued { seq: row.seq, date: row.date, kind: row.kind, accrual, due, running });
        }
    }
    Accruals { rows: due_rows, total: running }
}

/// The figures that do not come out of the amounts as a table in 万元 shows them.
fn uneven(explanation: &Explanation) -> Vec<Figure> {
    let mut uneven = uneven_steps(&explanation.steps);
    for part in &explanation.parts {
        let misses = running_misses(part.rows.iter().map(|row| (row.row.amount, row.running)));
        uneven.extend(misses.then_some(part.explained.figure()));
    }
    if let Some(accruals) = &explanation.accruals {
        let misses = running_misses(accruals.rows.iter().map(|row| (row.due, row.running)));
        let due_misses = |row: &Accrued| {
            let accrual = Accrual { amount: row.accrual.amount.wan(), ..row.accrual };
            accrual.due() != row.due.wan()
        };
        uneven.extend(accruals.rows.iter().any(due_misses).then_some(Figure::Due));
        uneven.extend(misses.then_some(Figure::PlanToDate));
    }
    if let Some(lines) = &explanation.lines {
        let rows: Vec<_> = lines.rows.iter().map(|(_, figures)| *figures).collect();
        uneven.extend(uneven_in_wan(&rows, &lines.total, &lines.shown()));
        let misses = lines.of_forecasts && rows.iter().any(LineFigures::misses_in_wan);
        uneven.extend(misses.then_some(Figure::Forecast));
    }
    let mut once = Vec::new();
    for figure in uneven {
        if !once.contains(&figure) {
            once.push(figure);
        }
    }
    once
}
