//! Pass 4: one row that the bank paid in several, and several rows that it paid in one. What two sums could use is
//! given to neither.

use std::collections::HashMap;

use super::Rule;
use super::payee::{self, Likeness};
use super::spellings::NOTHING;
use super::subsets::{self, MOST_AMOUNTS, MOST_SUMS};
use super::table::{Item, Places, Side, Table};
use super::ties::Union;

/// The most items of a payee within the window, or of a day, that are looked through for one sum.
const MOST_LOOKED_AT: usize = 400;

/// What one item could be the sum of.
struct Claim {
    sets: Vec<Places>,
    complete: bool,
}

/// One side's remaining items as they are looked for.
struct Shelf<'t> {
    items: &'t [Item],
    /// By payee and day.
    by_payee: Vec<usize>,
    by_day: Vec<usize>,
    /// For each of the other side's payees, those here that agree with it without being the same or empty.
    agreeing: HashMap<u32, Vec<u32>>,
}

pub(super) fn settle(table: &mut Table, window: u32) {
    let claims = {
        let ledger = Shelf::of(table, &table.ledger, &table.statement);
        let statement = Shelf::of(table, &table.statement, &table.ledger);
        let mut claims = Vec::new();
        for (whole, parts, whole_is_paid) in [(&ledger, &statement, true), (&statement, &ledger, false)] {
            for place in &whole.by_payee {
                let Some((sets, complete)) = parts.sums(&whole.items[*place], window) else { continue };
                let sets = sets.into_iter().map(|parts| match whole_is_paid {
                    true => Places { ledger: vec![*place], statement: parts },
                    false => Places { ledger: parts, statement: vec![*place] },
                });
                claims.push(Claim { sets: sets.collect(), complete });
            }
        }
        claims
    };
    put_down(table, claims);
}

/// A claim to one set that no other claim touches is a match; all others are left open, those that touch together.
fn put_down(table: &mut Table, claims: Vec<Claim>) {
    let mut union = Union::new(claims.len());
    let mut claimed: HashMap<(bool, usize), usize> = HashMap::new();
    for (number, claim) in claims.iter().enumerate() {
        for set in &claim.sets {
            let rows = set.ledger.iter().map(|place| (true, *place));
            for item in rows.chain(set.statement.iter().map(|place| (false, *place))) {
                let other = *claimed.entry(item).or_insert(number);
                union.join(number, other);
            }
        }
    }
    let mut together: Vec<Claim> = Vec::new();
    let mut place_of: HashMap<usize, usize> = HashMap::new();
    for (number, claim) in claims.into_iter().enumerate() {
        let place = *place_of.entry(union.root(number)).or_insert(together.len());
        match together.get_mut(place) {
            Some(before) => {
                before.sets.extend(claim.sets);
                before.complete &= claim.complete;
            }
            None => together.push(claim),
        }
    }
    for Claim { sets, complete } in together {
        if let ([only], true) = (sets.as_slice(), complete) {
            table.pair(Rule::Sum, only);
            continue;
        }
        let mut all = Places::default();
        for set in &sets {
            all.ledger.extend(&set.ledger);
            all.statement.extend(&set.statement);
        }
        for places in [&mut all.ledger, &mut all.statement] {
            places.sort_unstable();
            places.dedup();
        }
        table.leave_open(Rule::Sum, &all, sets, complete);
    }
}

impl<'t> Shelf<'t> {
    fn of(table: &'t Table, side: &'t Side, other: &Side) -> Self {
        let mut by_payee = side.waiting();
        let mut by_day = by_payee.clone();
        let items = side.items.as_slice();
        by_payee.sort_unstable_by_key(|place| (items[*place].payee, items[*place].day, *place));
        by_day.sort_unstable_by_key(|place| (items[*place].day, *place));
        let payees = |items: &[Item], places: Vec<usize>| {
            let mut payees: Vec<u32> = places.into_iter().map(|place| items[place].payee).collect();
            payees.sort_unstable();
            payees.dedup();
            payees
        };
        let (here, there) = (payees(items, by_day.clone()), payees(&other.items, other.waiting()));
        let names = |payees: &[u32]| -> Vec<&'t str> {
            payees.iter().map(|payee| table.payees[*payee as usize].as_str()).collect()
        };
        let mut agreeing: HashMap<u32, Vec<u32>> = HashMap::new();
        for (one, other) in payee::alike(&names(&here), &names(&there), Likeness::Agreeing) {
            agreeing.entry(there[other]).or_default().push(here[one]);
        }
        Self { items, by_payee, by_day, agreeing }
    }

    /// The sets here that sum to an item of the other side, and whether these are all; `None` when there is none, or
    /// when there is too much to look through.
    fn sums(&self, whole: &Item, window: u32) -> Option<(Vec<Vec<usize>>, bool)> {
        let days = whole.day.saturating_sub_unsigned(window)..=whole.day.saturating_add_unsigned(window);
        let mut search = Search { items: self.items, whole, sets: Vec::new() };
        let mut named = Vec::new();
        if whole.payee != NOTHING {
            let agreeing = self.agreeing.get(&whole.payee).map_or(&[][..], Vec::as_slice);
            for payee in agreeing.iter().chain([&whole.payee]) {
                named.extend(search.parts(self.of_payee(*payee, *days.start(), *days.end()))?);
            }
            search.add(&named, |_| true)?;
        }
        // Without a name on both sides only what stands on one day is taken for parts of one payment.
        let mut day = *days.start();
        while let Some(next) = self.next_day(day, whole.payee).filter(|next| next <= days.end()) {
            if whole.payee == NOTHING {
                let parts = search.parts(self.of_day(next))?;
                search.add(&parts, |_| true)?;
            } else {
                let nameless = search.parts(self.of_payee(NOTHING, next, next))?;
                let same_day = named.iter().copied().filter(|place| self.items[*place].day == next);
                let parts: Vec<usize> = nameless.iter().copied().chain(same_day).collect();
                search.add(&parts, |set| set.iter().any(|place| self.items[*place].payee == NOTHING))?;
            }
            day = next.saturating_add(1);
        }
        let complete = search.sets.len() <= MOST_SUMS;
        search.sets.truncate(MOST_SUMS);
        (!search.sets.is_empty()).then_some((search.sets, complete))
    }

    /// The next day, from this one on, on which something here could be a nameless part.
    fn next_day(&self, day: i32, whole: u32) -> Option<i32> {
        let next = if whole == NOTHING {
            self.by_day.get(self.by_day.partition_point(|place| self.items[*place].day < day))
        } else {
            let before = |place: &usize| (self.items[*place].payee, self.items[*place].day) < (NOTHING, day);
            let next = self.by_payee.get(self.by_payee.partition_point(before));
            next.filter(|place| self.items[**place].payee == NOTHING)
        };
        next.map(|place| self.items[*place].day)
    }

    fn of_payee(&self, payee: u32, first: i32, last: i32) -> &[usize] {
        let key = |place: &usize| (self.items[*place].payee, self.items[*place].day);
        let start = self.by_payee.partition_point(|place| key(place) < (payee, first));
        let end = self.by_payee.partition_point(|place| key(place) <= (payee, last));
        &self.by_payee[start..end]
    }

    fn of_day(&self, day: i32) -> &[usize] {
        let start = self.by_day.partition_point(|place| self.items[*place].day < day);
        let end = self.by_day.partition_point(|place| self.items[*place].day <= day);
        &self.by_day[start..end]
    }
}

/// The search for one item's parts.
struct Search<'t> {
    items: &'t [Item],
    whole: &'t Item,
    sets: Vec<Vec<usize>>,
}

impl Search<'_> {
    /// Those that can be part of it: less of the same direction, and no number against it. `None` when they are more
    /// than can be looked through.
    fn parts(&self, places: &[usize]) -> Option<Vec<usize>> {
        let whole = self.whole;
        let is_part = |item: &Item| {
            item.amount.is_negative() == whole.amount.is_negative()
                // No test can tell: nothing is left for a second part beside one that is as much.
                && item.amount.fen().abs() < whole.amount.fen().abs()
                && !item.bound.contradicts(whole.bound)
        };
        (places.len() <= MOST_LOOKED_AT)
            .then(|| places.iter().copied().filter(|place| is_part(&self.items[*place])).collect())
    }

    fn add(&mut self, parts: &[usize], wanted: impl Fn(&[usize]) -> bool) -> Option<()> {
        if parts.len() > MOST_AMOUNTS {
            return None;
        }
        let amounts: Vec<i128> = parts.iter().map(|place| self.items[*place].amount.fen().abs()).collect();
        let found = subsets::summing(&amounts, self.whole.amount.fen().abs());
        let is_cut = found.len() > MOST_SUMS;
        for set in found {
            let chosen = parts.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            let mut chosen: Vec<usize> = chosen.map(|(_, place)| *place).collect();
            chosen.sort_unstable();
            if wanted(&chosen) {
                self.sets.push(chosen);
            } else if is_cut {
                // What was cut off might be wanted.
                return None;
            }
        }
        Some(())
    }
}
