//! 追溯: one figure as the steps it is worked out in and the rows behind them. The figure itself is what `balance` and
//! `variance` say; this only takes it apart.

use std::rc::Rc;

use super::arithmetic::{Books, LineFigures, Lines, Whole};
use super::balance::Named;
use super::footing::{RoundedRunning, uneven_in_wan, uneven_steps};
use super::stamp::Stamp;
use crate::domain::amount::Amount;
use crate::domain::calendar::{Date, FiscalYear, Pace};
use crate::domain::entry::{Kind, Moves};
use crate::domain::figure::{Explained, Figure};
use crate::domain::plan::{Accrual, Plan};
use crate::domain::trail::{Lost, Mover, Movers};
use crate::domain::working::{Step, Value};

/// An explanation, complete.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The figure they move.
    pub(crate) explained: Explained,
    pub(crate) rows: MovedRows,
    pub(crate) count: usize,
    /// Of the columns that may hold nothing, those that do hold something.
    pub(crate) filled: Vec<Figure>,
    pub(crate) total: Amount,
    is_uneven: bool,
}

/// Those rows, each with its running sum, which are worked out as they are asked for.
#[derive(Debug, Clone)]
pub(crate) struct MovedRows {
    gathered: Gathered,
    moves: Moves,
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
#[derive(Debug, Clone)]
pub(crate) struct Accruals {
    pub(crate) rows: AccruedRows,
    pub(crate) count: usize,
    /// Of the columns that may hold nothing, those that do hold something.
    pub(crate) filled: Vec<Figure>,
    pub(crate) total: Amount,
    is_due_uneven: bool,
    is_uneven: bool,
}

/// What falls due row by row, which is worked out as it is asked for.
#[derive(Debug, Clone)]
pub(crate) struct AccruedRows {
    gathered: Gathered,
    year: FiscalYear,
    as_of: Date,
    pace: Pace,
}

/// The gathered rows of the allocations asked about.
#[derive(Debug, Clone)]
struct Gathered {
    trail: Rc<dyn Movers>,
    /// The allocations' keys and numbers.
    numbers: Rc<[(String, usize)]>,
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
pub(crate) fn explanation(explained: Explained, trail: Rc<dyn Movers>, books: Books<'_>) -> Result<Explanation, Lost> {
    let whole = Whole::of(&books);
    let shows_plan = explained.needs_plan() && !(explained == Explained::Status && whole.is_over_budget());
    let is_kept_within = shows_plan && !books.of_total && whole.is_kept_within();
    let behind = behind(explained, books.of_total);
    let is_shown = |moves: &Moves| behind.contains(moves) || is_kept_within && is_budget(*moves);
    let gathered =
        Gathered { trail, numbers: books.names.iter().map(|named| (named.key.clone(), named.number)).collect() };
    let (year, as_of, pace) = (books.stamp.year, books.stamp.as_of, books.control.pace);
    let due = AccruedRows { gathered: gathered.clone(), year, as_of, pace };
    let mut found = Found {
        parts: MOVES.into_iter().filter(is_shown).map(|moves| (moves, Sums::default())).collect(),
        accruals: (shows_plan && !books.of_total).then_some((due, Sums::default(), false)),
    };
    gathered.trail.scan(&mut |row| {
        if gathered.number(row.allocation).is_some() {
            found.add(&row);
        }
    })?;
    let Found { parts, accruals } = found;
    let accruals = accruals.map(|(rows, sums, is_due_uneven)| sums.of_accruals(rows, is_due_uneven));
    debug_assert!(accruals.iter().all(|accruals| accruals.total == whole.position.accrued()), "what falls due");
    let part = |(moves, sums): (Moves, Sums)| {
        let (explained, amount) = whole.moved(moves);
        debug_assert_eq!(sums.running, amount, "the rows of {moves:?} are not its figure");
        sums.of_part(explained, MovedRows { gathered: gathered.clone(), moves }, amount)
    };
    let parts = parts.into_iter().map(part).collect();
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
    Ok(explanation)
}

/// What is known of the rows once they have been walked.
struct Found {
    parts: Vec<(Moves, Sums)>,
    /// What falls due, and whether one row's does not come out.
    accruals: Option<(AccruedRows, Sums, bool)>,
}

/// What is known of a list of rows.
#[derive(Default)]
struct Sums {
    count: usize,
    running: Amount,
    rounded: RoundedRunning,
    filled: Vec<Figure>,
}

impl Found {
    fn add(&mut self, row: &Mover<&str>) {
        let moves = row.kind.moves();
        for (_, sums) in self.parts.iter_mut().filter(|(moved, _)| *moved == moves) {
            sums.add(row.amount, row);
        }
        let Some((rows, sums, is_due_uneven)) = &mut self.accruals else { return };
        for accrual in rows.of(row) {
            let due = accrual.due();
            let rounded = Accrual { amount: accrual.amount.wan(), ..accrual };
            *is_due_uneven |= rounded.due() != due.wan();
            sums.add(due, row);
        }
    }
}

impl Sums {
    fn add(&mut self, amount: Amount, row: &Mover<&str>) {
        self.count += 1;
        self.running += amount;
        self.rounded.add(amount, self.running);
        let holds = [
            (Figure::Seq, row.seq.is_some()),
            (Figure::Memo, !row.memo.is_empty()),
            (Figure::Payee, !row.payee.is_empty()),
            (Figure::Voucher, !row.voucher.is_empty()),
            (Figure::Doc, !row.doc.is_empty()),
        ];
        for (figure, holds) in holds {
            if holds && !self.filled.contains(&figure) {
                self.filled.push(figure);
            }
        }
    }

    fn of_part(self, explained: Explained, rows: MovedRows, total: Amount) -> Part {
        let Self { count, running: _, rounded, filled } = self;
        Part { explained, rows, count, filled, total, is_uneven: rounded.misses() }
    }

    fn of_accruals(self, rows: AccruedRows, is_due_uneven: bool) -> Accruals {
        let Self { count, running, rounded, filled } = self;
        Accruals { rows, count, filled, total: running, is_due_uneven, is_uneven: rounded.misses() }
    }
}

impl Gathered {
    fn number(&self, key: &str) -> Option<usize> {
        self.numbers.iter().find(|(known, _)| known == key).map(|(_, number)| *number)
    }

    /// By date and seq, each with its allocation's number.
    fn walk(&self) -> impl Iterator<Item = Result<(Mover, usize), Lost>> + '_ {
        self.trail.walk().filter_map(|row| match row {
            Ok(row) => self.number(&row.allocation).map(|number| Ok((row, number))),
            Err(lost) => Some(Err(lost)),
        })
    }
}

impl MovedRows {
    pub(crate) fn each(&self) -> impl Iterator<Item = Result<Moved, Lost>> + '_ {
        let mut running = Amount::ZERO;
        let these =
            self.gathered.walk().filter(|row| row.as_ref().map_or(true, |(row, _)| row.kind.moves() == self.moves));
        these.map(move |row| {
            let (row, number) = row?;
            running += row.amount;
            Ok(Moved { row, number, running })
        })
    }
}

impl AccruedRows {
    /// What falls due of a row, if it has a plan.
    fn of(&self, row: &Mover<impl AsRef<str>>) -> Vec<Accrual> {
        if !is_budget(row.kind.moves()) {
            return Vec::new();
        }
        let plan = Plan::canonical(row.plan.as_ref()).unwrap_or(Plan::Even);
        plan.accruals(row.amount, self.year, row.date, self.as_of, self.pace)
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = Result<Accrued, Lost>> + '_ {
        let mut running = Amount::ZERO;
        let pieces = self.gathered.walk().flat_map(|row| match row {
            Ok((row, _)) => self.of(&row).into_iter().map(|accrual| Ok((row.clone(), accrual))).collect(),
            Err(lost) => vec![Err(lost)],
        });
        pieces.map(move |piece| {
            let (row, accrual) = piece?;
            let due = accrual.due();
            running += due;
            Ok(Accrued { seq: row.seq, date: row.date, kind: row.kind, accrual, due, running })
        })
    }
}

/// The figures that do not come out of the amounts as a table in 万元 shows them.
fn uneven(explanation: &Explanation) -> Vec<Figure> {
    let mut uneven = uneven_steps(&explanation.steps);
    for part in &explanation.parts {
        uneven.extend(part.is_uneven.then_some(part.explained.figure()));
    }
    if let Some(accruals) = &explanation.accruals {
        uneven.extend(accruals.is_due_uneven.then_some(Figure::Due));
        uneven.extend(accruals.is_uneven.then_some(Figure::PlanToDate));
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
