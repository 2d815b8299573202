//! How a budget stands on a day: the ledger walked once, or the budget file alone before it is opened.

use std::rc::Rc;

use super::allocations::{self, Meant};
use super::asked::Asked;
use super::books::Books;
use super::desk::Desk;
use crate::domain::calendar::Date;
use crate::domain::cuts::Pieces;
use crate::domain::entry::{Batch, Digest, Entry, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::matching::Payments;
use crate::domain::months::Months;
use crate::domain::opening;
use crate::domain::position::Positions;
use crate::domain::promises::Promises;
use crate::domain::rules::Refusal;
use crate::domain::trail::{Movers, Trail};
use crate::problem::{Exit, Failure, LedgerFault, Notice, Problem, ProblemKind};
use crate::render::sheet::Sheet;
use crate::reports::balance::Named;
use crate::reports::stamp::{Stamp, Unverified};
use crate::store::daybook::Daybook;
use crate::store::ledger_file::HeadFile;
use crate::store::pass::{Further, Visitor};

/// Everything a report is made of, and what must be said beside it.
pub(super) struct Standing {
    pub(super) stamp: Stamp,
    pub(super) names: Vec<Named>,
    pub(super) positions: Positions,
    /// The open commitments, where they were asked for.
    pub(super) promises: Option<Promises>,
    /// The year month by month, where it was asked for.
    pub(super) months: Option<Months>,
    /// What was spent in pieces, where it was asked for, of the allocations that may have been meant.
    pub(super) pieces: Option<Pieces>,
    /// The payments, where they were asked for.
    pub(super) payments: Option<Payments>,
    /// What the ledger had settled by the last row that counts.
    pub(super) ledger: Ledger,
    /// The rows behind figures, where they were asked for, of the allocations that may have been meant.
    pub(super) trail: Option<Rc<dyn Movers>>,
    problems: Vec<Problem>,
}

impl Standing {
    /// Fails with these problems; a ledger that doesn't hold weighs more than any of them.
    pub(super) fn refused(self, problems: Vec<Problem>) -> Failure {
        Failure(problems.into_iter().chain(self.problems).collect())
    }
}

/// Reads the books for a report.
pub(super) fn read(desk: &mut Desk<'_>, books: &Books<'_>, asked: &Asked) -> Result<Standing, Failure> {
    let budget = &books.budget;
    let as_of = asked.as_of.unwrap_or_else(|| desk.today().min(budget.year.last_day()));
    let fresh = || Fold {
        positions: Positions::new(as_of, budget.year, budget.control.pace),
        promises: asked.promises.then(|| Promises::new(as_of)),
        months: asked.months.then(|| Months::new(as_of, budget.year, budget.control.pace)),
        payments: asked.payments.then(|| Payments::new(as_of)),
        pieces: asked.pieces.map(|cut| {
            let nothing = Positions::new(as_of, budget.year, budget.control.pace);
            (Meant::by(asked.only.as_deref()), Pieces::new(cut, as_of, nothing))
        }),
        trail: asked.trail.clone().map(|moves| {
            let daybook = Daybook::of_ledger(books.ledger.files, &books.ledger.path, &desk.world.overflow);
            (Meant::by(asked.only.as_deref()), Trail::new(as_of, moves), daybook)
        }),
        limit: asked.rows,
        reached: None,
    };
    let mut standing =
        if books.ledger.exists()? { opened(books, asked, as_of, fresh)? } else { unopened(books, as_of, fresh())? };
    for named in &standing.names {
        standing.positions.know(&named.key);
    }
    if let Some(only) = &asked.only {
        let named = allocations::find(&standing.names, only)?.clone();
        standing.names = vec![named];
    }
    if !budget.year.holds(as_of) {
        standing.problems.push(Problem::note(Notice::DayOutsideYear { day: as_of, year: budget.year }));
    }
    if asked.in_wan && !desk.format.is_for_people() {
        standing.problems.push(Problem::note(Notice::YuanOnly));
    }
    Ok(standing)
}

impl Standing {
    /// The stamp of a report on another day.
    pub(super) fn stamp_on(&self, books: &Books<'_>, day: Date) -> Stamp {
        Stamp::new(&books.budget, &books.digest, day, &self.ledger, self.stamp.unverified)
    }

    /// What must be said beside the reports, for an answer that is none.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// Answers with a report, then says what must be said beside it; a ledger that doesn't hold decides the exit code.
pub(super) fn answer(desk: &mut Desk<'_>, standing: &Standing, sheet: &Sheet) -> Result<Exit, Failure> {
    desk.answer(sheet, false)?;
    finish(desk, standing)
}

/// Says what must be said beside an answer that has been given.
pub(super) fn finish(desk: &mut Desk<'_>, standing: &Standing) -> Result<Exit, Failure> {
    desk.complain(&standing.problems);
    let damaged = standing.problems.iter().map(Problem::exit).find(|exit| *exit != Exit::Done);
    Ok(damaged.unwrap_or(Exit::Done))
}

/// Before the ledger is opened the budget's own opening rows are folded, so there is only one way of adding up.
fn unopened(books: &Books<'_>, as_of: Date, mut fold: Fold) -> Result<Standing, Failure> {
    let ledger = Ledger::default();
    for row in opening::rows(&books.budget) {
        fold.add(None, &row);
        fold.months.iter_mut().for_each(|months| months.add(&row, false));
    }
    let Fold { positions, promises, months, pieces, payments, trail, .. } = fold;
    Ok(Standing {
        stamp: Stamp::new(&books.budget, &books.digest, as_of, &ledger, None),
        names: allocations::named(&books.budget, &ledger),
        positions,
        promises,
        months,
        pieces: pieces.map(|(_, pieces)| pieces),
        payments,
        ledger,
        trail: trail.map(|(.., daybook)| daybook.into_rows()).transpose()?,
        problems: vec![Problem::note(Notice::NotOpened)],
    })
}

fn opened(books: &Books<'_>, asked: &Asked, as_of: Date, fresh: impl Fn() -> Fold) -> Result<Standing, Failure> {
    let reading = books.ledger.read(fresh)?;
    let pass = reading.pass;
    let mut problems = Vec::new();
    let mut unverified = None;
    if let Some(damage) = pass.damage {
        if pass.ledger.rows == 0 {
            return Err(damage.problem.into());
        }
        let covered = pass.ledger.rows;
        let is_row = !matches!(
            damage.problem.kind,
            ProblemKind::Ledger(LedgerFault::LineFeedMissing { .. } | LedgerFault::ShorterThanHead { .. })
        );
        problems.push(damage.problem);
        unverified = Some(damage.row.map_or(Unverified::End, |_| Unverified::From(covered + 1)));
        if damage.row.is_some() {
            problems.push(Problem::note(match is_row {
                true => Notice::Unverified { row: covered + 1, covered },
                false => Notice::OnlyCounted { covered },
            }));
        }
    } else if pass.tail > 0 {
        problems.push(Problem::note(Notice::TornTail { bytes: pass.tail, rows: pass.ledger.rows }));
    }
    if reading.head == HeadFile::Missing {
        problems.push(Problem::note(Notice::NoHead));
    }
    let ledger = match asked.rows {
        None => pass.ledger,
        Some(rows) => shortened(pass.ledger, rows, reading.visitor.reached)?,
    };
    let opened_for = ledger.opened_for.as_ref();
    let differences =
        opened_for.map_or(0, |opened_for| opening::differences(&books.budget, opened_for, &ledger.opened).len());
    if differences > 0 {
        problems.push(Problem::note(Notice::FileDiffers { count: differences }));
    }
    let trail = match reading.visitor.trail.map(|(.., daybook)| daybook.into_rows()).transpose() {
        Ok(trail) => trail,
        Err(fault) => return Err(Failure(std::iter::once(fault.into()).chain(problems).collect())),
    };
    Ok(Standing {
        stamp: Stamp::new(&books.budget, &books.digest, as_of, &ledger, unverified),
        names: allocations::named(&books.budget, &ledger),
        positions: reading.visitor.positions,
        promises: reading.visitor.promises,
        months: reading.visitor.months,
        pieces: reading.visitor.pieces.map(|(_, pieces)| pieces),
        payments: reading.visitor.payments,
        ledger,
        trail,
        problems,
    })
}

/// The ledger as it was after its first `rows` rows.
fn shortened(mut ledger: Ledger, rows: u64, reached: Option<(Digest, Option<Batch>)>) -> Result<Ledger, Failure> {
    let Some((digest, batch)) = reached else {
        return Err(LedgerFault::FewerRows { asked: rows, rows: ledger.rows }.into());
    };
    if let Some(batch) = batch.filter(|batch| !batch.is_last()) {
        return Err(Refusal::RowsInsideBatch { rows, last: rows + batch.count - batch.place }.into());
    }
    ledger.rows = rows;
    ledger.digest = digest;
    ledger.closes.retain(|closed| closed.seq <= rows);
    Ok(ledger)
}

/// The fold as a visitor, over all rows or the first so many.
struct Fold {
    positions: Positions,
    promises: Option<Promises>,
    months: Option<Months>,
    pieces: Option<(Meant, Pieces)>,
    payments: Option<Payments>,
    trail: Option<(Meant, Trail, Daybook)>,
    limit: Option<u64>,
    /// The row at the limit: its digest and its place in a batch.
    reached: Option<(Digest, Option<Batch>)>,
}

impl Fold {
    fn add<Text: AsRef<str>>(&mut self, seq: Option<u64>, row: &Particulars<Text>) {
        self.positions.add(row);
        if let Some((meant, trail, daybook)) = &mut self.trail
            && meant.may_be(row)
            && let Some(mover) = trail.mover(seq, row)
        {
            daybook.add(&mover);
        }
        if let Some((meant, pieces)) = &mut self.pieces
            && meant.may_be(row)
        {
            pieces.take(row);
        }
    }
}

impl Visitor for Fold {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        if self.limit.is_none_or(|limit| entry.seq <= limit) {
            self.add(Some(entry.seq), &entry.what);
            self.months.iter_mut().for_each(|months| months.take(entry));
            self.promises.iter_mut().for_each(|promises| promises.take(entry));
            self.payments.iter_mut().for_each(|payments| payments.take(entry));
        }
        if self.limit == Some(entry.seq) {
            self.reached = Some((entry.digest, entry.batch));
        }
        Ok(())
    }

    /// What adds up can be added up further on, and few rows can wait for their turn; many can't.
    fn further_on(&self, ledger: &Ledger) -> Option<Further<Self>> {
        let Self { positions, promises, months, pieces, payments, trail, limit, reached } = self;
        let gathers = payments.is_some() || limit.is_some() || reached.is_some();
        let months = match months {
            Some(months) => Some(months.nothing_after(ledger)?),
            None => None,
        };
        let pieces = match pieces {
            Some((meant, pieces)) => Some((meant.further_on()?, pieces.nothing())),
            None => None,
        };
        let trail = match trail {
            Some((meant, trail, _)) if trail.is_of_few() => {
                Some((meant.further_on()?, trail.clone(), Daybook::for_few()))
            }
            Some(_) => return None,
            None => None,
        };
        (!gathers).then(|| Further {
            visitor: Self {
                positions: positions.nothing(),
                promises: promises.as_ref().map(Promises::nothing),
                months,
                pieces,
                payments: None,
                trail,
                limit: None,
                reached: None,
            },
            join: |sum, more| {
                sum.positions.take_over(more.positions);
                sum.promises.iter_mut().zip(more.promises).for_each(|(promises, later)| promises.join(later));
                sum.months.iter_mut().zip(more.months).for_each(|(months, later)| months.join(later));
                let pieces = sum.pieces.iter_mut().zip(more.pieces);
                pieces.for_each(|((_, pieces), (_, later))| pieces.join(later));
                let trails = sum.trail.iter_mut().zip(&more.trail);
                trails.for_each(|((.., daybook), (.., later))| daybook.join(later));
            },
        })
    }

    fn has_all(&self) -> bool {
        self.trail.as_ref().is_none_or(|(.., daybook)| daybook.has_all())
    }
}
