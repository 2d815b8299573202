//! A look at the books for someone about to write: what is there to choose from. It reads without a lock, changes
//! nothing, and keeps little, however long the ledger is.

use std::collections::VecDeque;

use super::allocations;
use super::books::{self, Books};
use crate::domain::calendar::{Date, Month};
use crate::domain::entry::{Entry, Kind};
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::domain::position::Positions;
use crate::domain::promises::Promises;
use crate::domain::search::Spending;
use crate::problem::{Failure, LedgerFault, Problem};
use crate::reports::balance::Named;
use crate::store::pass::Visitor;

/// How many of the latest rows are offered.
const OFFERED: usize = 20;
/// How many are kept on the way: some of them may turn out to be taken back.
const KEPT: usize = 10 * OFFERED;

/// What the books hold on a day.
pub(super) struct Glance {
    pub(super) ledger: Ledger,
    pub(super) names: Vec<Named>,
    pub(super) positions: Positions,
    pub(super) promises: Promises,
    latest: VecDeque<Spending>,
    /// Whether some row carries a number that could be taken for a seq.
    numbers_are_carried: bool,
    /// Why the ledger doesn't hold, if it doesn't.
    pub(super) damage: Option<Problem>,
}

impl Glance {
    /// The books as `balance` has them on this day; before the opening, as the budget file has them.
    pub(super) fn at(books: &Books<'_>, today: Date) -> Result<Self, Failure> {
        let year = books.budget.year;
        let as_of = today.min(year.last_day());
        let fresh = || Fold {
            positions: Positions::new(as_of, year, books.budget.control.pace),
            promises: Promises::new(as_of),
            latest: VecDeque::new(),
            numbers_are_carried: false,
        };
        let (ledger, fold, damage) = if books.ledger.exists()? {
            let reading = books.ledger.read(fresh)?;
            (reading.pass.ledger, reading.visitor, reading.pass.damage.map(|damage| damage.problem))
        } else {
            let mut fold = fresh();
            opening::rows(&books.budget).iter().for_each(|row| fold.positions.add(row));
            (Ledger::default(), fold, None)
        };
        let names = allocations::named(&books.budget, &ledger);
        let Fold { positions, promises, latest, numbers_are_carried } = fold;
        Ok(Self { ledger, names, positions, promises, latest, numbers_are_carried, damage })
    }

    /// Everything that would stop a row from being written, whichever row it is.
    pub(super) fn obstacles(&mut self, books: &Books<'_>) -> Result<(), Failure> {
        match self.damage.take() {
            Some(problem) => Err(problem.into()),
            None => Failure::unless_none(books::disagreements(books, &self.ledger)),
        }
    }

    /// The latest rows that a row of this kind may be about, newest first.
    pub(super) fn rows_for(&self, kind: Kind) -> Vec<&Spending> {
        let is_left = |spending: &Spending| spending.entry.what.kind == Kind::Expense && spending.left.is_positive();
        let fits = |spending: &&Spending| kind == Kind::Note || is_left(spending);
        self.latest.iter().rev().filter(fits).take(OFFERED).collect()
    }

    /// The row that was named by its seq, if it is among the latest.
    pub(super) fn row(&self, named: &str) -> Option<&Spending> {
        let seq = named.trim_end_matches('#');
        self.latest.iter().find(|spending| spending.entry.seq.to_string() == seq)
    }

    /// How a row is named without a doubt.
    pub(super) fn by_seq(&self, seq: u64) -> String {
        if self.numbers_are_carried { format!("{seq}#") } else { seq.to_string() }
    }

    /// The open months that are over, in order.
    pub(super) fn months_to_close(&self, books: &Books<'_>, today: Date) -> Vec<Month> {
        let open = books.budget.year.months().skip(self.ledger.closes.len());
        open.filter(|month| self.ledger.is_opened() && month.last_day() <= today).collect()
    }
}

/// The fold of a glance.
struct Fold {
    positions: Positions,
    promises: Promises,
    latest: VecDeque<Spending>,
    numbers_are_carried: bool,
}

impl Visitor for Fold {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.positions.take(entry);
        self.promises.take(entry);
        let what = &entry.what;
        let is_number = |text: &str| text.bytes().next().is_some() && text.bytes().all(|byte| byte.is_ascii_digit());
        let carried = if what.kind == Kind::Commitment { what.doc } else { what.voucher };
        self.numbers_are_carried |= matches!(what.kind, Kind::Commitment | Kind::Expense) && is_number(carried);
        if matches!(what.kind, Kind::Reversal | Kind::Refund) {
            let of = self.latest.iter_mut().find(|spending| Some(spending.entry.seq) == what.refers_to);
            of.into_iter().for_each(|spending| spending.left += what.amount);
        }
        if matches!(what.kind, Kind::Expense | Kind::Reversal | Kind::Refund) {
            self.latest.push_back(Spending { entry: entry.kept(), left: what.amount, mates: Vec::new() });
            if self.latest.len() > KEPT {
                self.latest.pop_front();
            }
        }
        Ok(())
    }
}
