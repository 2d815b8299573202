//! 支出分类表: what was spent, by month, allocation, economic class, payee or payment method; and the 三公 part of it.
//! Every piece is a position of the one fold.

use super::balance::Named;
use super::footing::uneven_in_wan;
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::Method;
use crate::domain::calendar::{FiscalYear, Month};
use crate::domain::cuts::{Cut, Pieces};
use crate::domain::economic::{Listing, THREE_PUBLIC, listing};
use crate::domain::figure::Figure;
use crate::domain::months::Months;
use crate::domain::position::{Position, Positions};

/// The report, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spending {
    pub(crate) stamp: Stamp,
    pub(crate) cut: Cut,
    pub(crate) rows: Vec<SpendingRow>,
    pub(crate) total: SpendingFigures,
    /// Only where spending is cut by economic class.
    pub(crate) three_public: Option<ThreePublic>,
    pub(crate) uneven_in_wan: Vec<Figure>,
}

/// One piece of the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpendingRow {
    pub(crate) of: Mark,
    pub(crate) figures: SpendingFigures,
}

/// What a piece is of. A text is empty where the rows say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    Month(Month),
    Allocation(Named),
    Economic {
        code: String,
        /// As the year's table calls it; `None` where there is no such table, or the code is not in it.
        name: Option<&'static str>,
    },
    Payee(String),
    Method(Method),
    /// What a foreign ledger calls a method, or nothing.
    OtherMethod(String),
}

/// In 元, with how many expenses there were, and its part of the total in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpendingFigures {
    pub(crate) expense_count: u64,
    pub(crate) expenses: Amount,
    pub(crate) reversals: Amount,
    pub(crate) refunds: Amount,
    pub(crate) spent: Amount,
    pub(crate) share: Option<Rate>,
}

impl SpendingFigures {
    fn of(position: Position, total: Position) -> Self {
        Self {
            expense_count: position.expense_count,
            expenses: position.expenses(),
            reversals: position.reversals,
            refunds: position.refunds,
            spent: position.spent,
            share: position.spent.share_of(total.spent),
        }
    }
}

/// 三公 as far as the project paid for it: by the codes of [`THREE_PUBLIC`], and together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThreePublic {
    pub(crate) by_code: [(&'static str, Amount); 4],
    pub(crate) spent: Amount,
}

/// Where the pieces come from: the folds that cut by month and by allocation, and the one for all else.
pub(crate) enum Source<'s> {
    Months(&'s Months),
    Allocations,
    Pieces(&'s Pieces),
}

/// The report on these allocations; the total is theirs.
pub(crate) fn spending(
    stamp: Stamp,
    cut: Cut,
    names: &[Named],
    positions: &Positions,
    source: &Source<'_>,
) -> Spending {
    let of_names = |positions: &Positions| positions.sum_of(names.iter().map(|named| named.key.as_str()));
    let whole = of_names(positions);
    let mut pieces: Vec<(Mark, Position)> = match source {
        Source::Months(months) => {
            let begun = stamp.year.months().filter(|month| month.first_day() <= stamp.as_of);
            begun.map(|month| (Mark::Month(month), of_names(months.of(month)))).collect()
        }
        Source::Allocations => {
            names.iter().map(|named| (Mark::Allocation(named.clone()), positions.of(&named.key))).collect()
        }
        Source::Pieces(pieces) => {
            // Where one allocation is asked for, others that its name could have meant may have been gathered too.
            let known = |piece: &Positions| names.iter().any(|named| piece.knows(&named.key));
            let kept = pieces.iter().filter(|(_, piece)| known(piece));
            kept.map(|(text, piece)| (mark(cut, text, stamp.year), of_names(piece))).collect()
        }
    };
    if cut == Cut::Method {
        let absent = Method::ALL.into_iter().map(Mark::Method);
        let absent: Vec<Mark> = absent.filter(|method| !pieces.iter().any(|(mark, _)| mark == method)).collect();
        pieces.extend(absent.into_iter().map(|mark| (mark, Position::default())));
    }
    pieces.sort_by_cached_key(|(mark, position)| rank(mark, position));
    let row = |(mark, position): &(Mark, Position)| SpendingRow {
        of: mark.clone(),
        figures: SpendingFigures::of(*position, whole),
    };
    let rows: Vec<SpendingRow> = pieces.iter().map(row).collect();
    let total = SpendingFigures::of(whole, whole);
    let three_public = (cut == Cut::Economic).then(|| three_public(&pieces));
    let mut uneven = uneven(&rows, &total);
    uneven.extend(three_public.as_ref().filter(|three| three.misses_in_wan()).map(|_| Figure::ThreePublic));
    Spending { stamp, cut, rows, total, three_public, uneven_in_wan: uneven }
}

fn mark(cut: Cut, text: &str, year: FiscalYear) -> Mark {
    match cut {
        Cut::Economic => {
            let name = if let Listing::Named(name) = listing(text, year) { Some(name) } else { None };
            Mark::Economic { code: text.to_owned(), name }
        }
        Cut::Method => Method::from_key(text).map_or_else(|| Mark::OtherMethod(text.to_owned()), Mark::Method),
        Cut::Month | Cut::Allocation | Cut::Payee => Mark::Payee(text.to_owned()),
    }
}

/// The order of the rows: months, allocations and methods as they always stand, codes in order, payees by what they were
/// paid. What is not filled in comes last.
fn rank(mark: &Mark, position: &Position) -> (bool, usize, std::cmp::Reverse<Amount>, String) {
    let in_order = |place| (false, place, std::cmp::Reverse(Amount::ZERO), String::new());
    match mark {
        Mark::Month(month) => in_order(month.number() as usize),
        Mark::Allocation(named) => in_order(named.number),
        Mark::Method(method) => in_order(Method::ALL.iter().take_while(|known| *known != method).count()),
        Mark::OtherMethod(text) | Mark::Economic { code: text, .. } => {
            (text.is_empty(), Method::ALL.len(), std::cmp::Reverse(Amount::ZERO), text.clone())
        }
        Mark::Payee(name) => (name.is_empty(), 0, std::cmp::Reverse(position.spent), name.clone()),
    }
}

fn three_public(pieces: &[(Mark, Position)]) -> ThreePublic {
    let of_code = |wanted: &str| {
        let is_it = |mark: &Mark| matches!(mark, Mark::Economic { code, .. } if code == wanted);
        pieces.iter().find(|(mark, _)| is_it(mark)).map_or(Amount::ZERO, |(_, position)| position.spent)
    };
    let by_code = THREE_PUBLIC.map(|code| (code, of_code(code)));
    ThreePublic { by_code, spent: by_code.iter().map(|(_, spent)| *spent).sum() }
}

impl ThreePublic {
    fn misses_in_wan(&self) -> bool {
        self.by_code.iter().map(|(_, spent)| spent.wan()).sum::<Amount>() != self.spent.wan()
    }
}

fn uneven(rows: &[SpendingRow], total: &SpendingFigures) -> Vec<Figure> {
    let figures: Vec<SpendingFigures> = rows.iter().map(|row| row.figures).collect();
    uneven_in_wan(
        &figures,
        total,
        &[
            (Figure::Expenses, |row| row.expenses),
            (Figure::Reversals, |row| row.reversals),
            (Figure::Refunds, |row| row.refunds),
            (Figure::Spent, |row| row.spent),
        ],
    )
}
