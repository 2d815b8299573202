//! Whether the balance that a statement tells behind each movement goes the way its sums are read, and what is to be turned
//! round where it goes the other way. It changes nothing by itself.

use std::collections::BTreeSet;

use super::headings::Columns;
use super::movements;
use crate::domain::amount::Amount;
use crate::domain::statement::{Column, Found, Profile, Turn};
use crate::store::grid::Row;

/// So many steps of a balance are no chance.
const ENOUGH: usize = 2;

/// The steps of a balance, held against what moved.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// What moved last, and the balance behind it.
    last: Option<(Amount, Amount)>,
    steps: usize,
    /// How many steps are as read, the earliest movement first, or the latest first.
    as_read: [usize; 2],
    /// The same, if what is read as out came in.
    turned: [usize; 2],
}

impl Course {
    /// A movement, positive if it went out, and the balance behind it.
    pub(super) fn take(&mut self, amount: Amount, balance: Option<Amount>) {
        let Some(balance) = balance else { return self.is_broken() };
        if let Some((amount_before, before)) = self.last.replace((amount, balance)) {
            self.steps += 1;
            let told = balance - before;
            let upward = [told == -amount, told == amount_before];
            let downward = [told == amount, told == -amount_before];
            for (count, holds) in
                self.as_read.iter_mut().chain(&mut self.turned).zip(upward.into_iter().chain(downward))
            {
                *count += usize::from(holds);
            }
        }
    }

    /// The next balance has nothing to be held against.
    pub(super) fn is_broken(&mut self) {
        self.last = None;
    }

    /// Whether every step is as it would be if what is read as out had come in, and none of the two orders agrees as read.
    pub(super) fn goes_the_other_way(&self) -> bool {
        let all = |counts: [usize; 2]| counts.contains(&self.steps);
        self.steps >= ENOUGH && all(self.turned) && !all(self.as_read)
    }
}

/// What decides the direction.
pub(super) fn turn(profile: &Profile) -> Turn {
    let heading = |wanted: Column| {
        profile.columns.iter().find_map(|(column, found)| match found {
            Found::Heading(heading) => (*column == wanted).then(|| heading.clone()),
            Found::Place(_) => None,
        })
    };
    match (heading(Column::Out), heading(Column::In)) {
        (None, None) if heading(Column::Side).is_some() => Turn::Marks,
        (None, None) => Turn::Sign(profile.sign.other()),
        (out, into) => Turn::Columns { out, into },
    }
}

/// The marks that a statement uses.
#[derive(Debug, Default)]
pub(super) struct Marks {
    out: BTreeSet<String>,
    into: BTreeSet<String>,
}

impl Marks {
    pub(super) fn take(&mut self, row: Row<'_>, columns: &Columns, profile: &Profile) {
        if let Some((mark, is_out)) = movements::mark(row, columns, profile) {
            if is_out { &mut self.out } else { &mut self.into }.insert(mark);
        }
    }

    /// The profile by which every movement goes the other way.
    pub(super) fn turned(self, profile: &Profile) -> Profile {
        let mut turned = profile.clone();
        for (column, _) in &mut turned.columns {
            *column = match *column {
                Column::Out => Column::In,
                Column::In => Column::Out,
                other @ (Column::Date
                | Column::Amount
                | Column::Side
                | Column::Payee
                | Column::Payer
                | Column::Payment
                | Column::Memo
                | Column::Status
                | Column::Currency) => other,
            };
        }
        turned.columns.sort_by_key(|(column, _)| *column);
        turned.sign = turned.sign.other();
        turned.side_out = self.into.into_iter().collect();
        turned.side_in = self.out.into_iter().collect();
        turned
    }
}
