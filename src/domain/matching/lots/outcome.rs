//! The end of a group: what other choices would have been as good, and how the rest is put down, pair by pair.

use std::collections::BTreeMap;

use super::{Group, Lot, Stage};
use crate::domain::matching::Rule;
use crate::domain::matching::spellings::NOTHING;
use crate::domain::matching::table::{Places, Table};
use crate::domain::matching::ties::Union;

/// The most choices that are listed of one ambiguity, and the most items of a side that are looked through for them.
const MOST_CHOICES: usize = 40;

/// What is tied up in one knot.
#[derive(Default)]
struct Tied {
    places: Places,
    stage: Option<Stage>,
}

impl Group {
    /// A row and a line left over to one payee, less than two windows apart, may be the ends of a chain that the bank
    /// was late with throughout: each row of it would meet the next one's line. So no pair between them is sure.
    pub(super) fn weigh_what_is_left(&mut self) {
        let Some(window) = self.window else { return };
        let named = |lots: &[Lot]| -> Vec<usize> {
            (0..lots.len()).filter(|lot| lots[*lot].is_waiting() && lots[*lot].payee != NOTHING).collect()
        };
        let (rows, lines) = (named(&self.ledger), named(&self.statement));
        // No test can tell: without one side nothing is weighed.
        if rows.is_empty() || lines.is_empty() {
            return;
        }
        let mut pairs: Vec<(u32, i32, usize)> = Vec::new();
        for (place, pairing) in self.pairings.iter().enumerate().filter(|(_, pairing)| pairing.stage < Stage::Loosely) {
            pairs.push((self.ledger[pairing.ledger].payee, self.ledger[pairing.ledger].day, place));
        }
        pairs.sort_unstable();
        for row in rows {
            let (payee, day) = (self.ledger[row].payee, self.ledger[row].day);
            let from = (payee, day.saturating_sub_unsigned(2 * window));
            let first = lines.partition_point(|line| (self.statement[*line].payee, self.statement[*line].day) < from);
            for line in &lines[first..] {
                let other = &self.statement[*line];
                if other.payee != payee || other.day.abs_diff(day) > 2 * window {
                    break;
                }
                let days = day.min(other.day)..=day.max(other.day);
                // No test can tell if the first day counts: what stands there is of one lot with what is left over, unless
                // their numbers keep them apart.
                let first = pairs.partition_point(|pair| (pair.0, pair.1) < (payee, *days.start()));
                for (_, _, place) in pairs[first..].iter().take_while(|pair| pair.0 == payee && days.contains(&pair.1))
                {
                    let pairing = &mut self.pairings[*place];
                    if days.contains(&self.statement[pairing.statement].day) {
                        let left = self.knots.join(self.ledger[row].knot, self.statement[*line].knot);
                        let knot = Some(self.knots.join(pairing.knot, Some(left)));
                        (pairing.knot, self.ledger[row].knot, self.statement[*line].knot) = (knot, knot, knot);
                    }
                }
            }
        }
    }

    /// A pair of different days is as far apart as the two pairs it makes with a same-day pair between them, each with
    /// the other's end. So where such a pair stands, and would fit, neither is sure.
    pub(super) fn weigh_days_between(&mut self, table: &Table) {
        let mut on_one_day: Vec<(u32, i32, usize)> = Vec::new();
        for (place, pairing) in self.pairings.iter().enumerate().filter(|(_, pairing)| pairing.stage == Stage::Day) {
            let lot = &self.ledger[pairing.ledger];
            on_one_day.push((lot.payee, lot.day, place));
        }
        on_one_day.sort_unstable();
        for place in 0..self.pairings.len() {
            let pairing = &self.pairings[place];
            let (row, line) = (&self.ledger[pairing.ledger], &self.statement[pairing.statement]);
            let days = (row.day.min(line.day), row.day.max(line.day));
            let payees = [Some(row.payee), Some(line.payee).filter(|payee| *payee != row.payee)];
            let mut between = Vec::new();
            for payee in payees.into_iter().flatten().filter(|payee| *payee != NOTHING) {
                let first = on_one_day.partition_point(|pair| (pair.0, pair.1) <= (payee, days.0));
                let within = on_one_day[first..].iter().take_while(|pair| pair.0 == payee && pair.1 < days.1);
                between.extend(within.map(|pair| pair.2).filter(|other| {
                    let other = &self.pairings[*other];
                    self.fit(table, row, &self.statement[other.statement])
                        && self.fit(table, &self.ledger[other.ledger], line)
                }));
            }
            for other in between {
                let knot = self.knots.join(self.pairings[place].knot, self.pairings[other].knot);
                self.pairings[place].knot = Some(knot);
                self.pairings[other].knot = Some(knot);
            }
        }
    }

    fn fit(&self, table: &Table, row: &Lot, line: &Lot) -> bool {
        let is_near = self.window.is_none_or(|window| row.day.abs_diff(line.day) <= window);
        is_near && !row.bound.contradicts(line.bound) && (self.window.is_none() || table.agree(row.payee, line.payee))
    }

    /// Of a lot that is paired only in part, or that a knot holds, nobody can say which of it goes where. So lots that
    /// are paired with each other are sure together, or open together.
    pub(super) fn weigh_whole_lots(&mut self) {
        let rows = self.ledger.len();
        let mut paired = Union::new(rows + self.statement.len());
        for pairing in &self.pairings {
            paired.join(pairing.ledger, rows + pairing.statement);
        }
        let mut knot_of = vec![None; rows + self.statement.len()];
        for pairing in &self.pairings {
            let lots = [&self.ledger[pairing.ledger], &self.statement[pairing.statement]];
            let knot = &mut knot_of[paired.root(pairing.ledger)];
            for held in [pairing.knot, lots[0].knot, lots[1].knot].into_iter().flatten() {
                *knot = Some(self.knots.join(*knot, Some(held)));
            }
            if lots.iter().any(|lot| lot.left > 0) {
                *knot = Some(self.knots.join(*knot, None));
            }
        }
        for pairing in &mut self.pairings {
            pairing.knot = knot_of[paired.root(pairing.ledger)];
            for lot in [&mut self.ledger[pairing.ledger], &mut self.statement[pairing.statement]] {
                lot.knot = lot.knot.or(pairing.knot);
            }
        }
    }

    /// Puts all of it down on the table. Where no window holds, tells what is left, or `None` when some is left open.
    pub(super) fn put_down(mut self, table: &mut Table) -> Option<Places> {
        let mut tied: BTreeMap<usize, Tied> = BTreeMap::new();
        let mut ledger: Vec<std::vec::IntoIter<usize>> = hands(&mut self.ledger);
        let mut statement = hands(&mut self.statement);
        // What is sure comes first, so that of a lot the first are paired in their order.
        let (sure, open): (Vec<_>, Vec<_>) = self.pairings.iter().partition(|pairing| pairing.knot.is_none());
        for pairing in sure {
            let rule = self.rule(pairing.stage);
            let pairs = ledger[pairing.ledger].by_ref().zip(statement[pairing.statement].by_ref());
            for (row, line) in pairs.take(pairing.units) {
                table.pair_two(rule, row, line);
            }
        }
        for pairing in open {
            let Some(knot) = pairing.knot else { continue };
            let tied = tied.entry(self.knots.root(knot)).or_default();
            tied.places.ledger.extend(ledger[pairing.ledger].by_ref().take(pairing.units));
            tied.places.statement.extend(statement[pairing.statement].by_ref().take(pairing.units));
            tied.stage = tied.stage.max(Some(pairing.stage));
        }
        let mut left = Places::default();
        for (lots, hands, is_ledger) in [(&self.ledger, ledger, true), (&self.statement, statement, false)] {
            for (lot, hand) in lots.iter().zip(hands) {
                let places = match lot.knot {
                    Some(knot) => &mut tied.entry(self.knots.root(knot)).or_default().places,
                    None => &mut left,
                };
                if is_ledger { &mut places.ledger } else { &mut places.statement }.extend(hand);
            }
        }
        tied.retain(|_, tied| tied.places != Places::default());
        let is_open = !tied.is_empty();
        for tied in tied.into_values() {
            let rule = self.rule(tied.stage.unwrap_or(Stage::Loosely));
            let (choices, complete) = choices(table, &tied.places, self.window);
            table.leave_open(rule, &tied.places, choices, complete);
        }
        (!is_open).then_some(left)
    }

    fn rule(&self, stage: Stage) -> Rule {
        match (self.window, stage) {
            (None, _) => Rule::Number,
            (Some(_), Stage::Day) => Rule::Day,
            (Some(_), Stage::Window) => Rule::Window,
            (Some(_), Stage::Loosely) => Rule::WindowLoosely,
        }
    }
}

fn hands(lots: &mut [Lot]) -> Vec<std::vec::IntoIter<usize>> {
    lots.iter_mut().map(|lot| std::mem::take(&mut lot.places).into_iter()).collect()
}

/// The pairs to choose among, and whether these are all.
fn choices(table: &Table, places: &Places, window: Option<u32>) -> (Vec<Places>, bool) {
    let mut choices = Vec::new();
    for place in places.ledger.iter().take(MOST_CHOICES) {
        let row = &table.ledger.items[*place];
        for other in places.statement.iter().take(MOST_CHOICES) {
            let line = &table.statement.items[*other];
            let fits = window.is_none_or(|window| {
                row.day.abs_diff(line.day) <= window
                    && !row.bound.contradicts(line.bound)
                    && table.agree(row.payee, line.payee)
            });
            if fits {
                choices.push(Places { ledger: vec![*place], statement: vec![*other] });
            }
        }
    }
    let all = places.ledger.len().max(places.statement.len()) <= MOST_CHOICES && choices.len() <= MOST_CHOICES;
    choices.truncate(MOST_CHOICES);
    (choices, all)
}
