//! Both sides laid out on one table: items by number instead of text, and what has been taken off so far.

use super::spellings::{self, NOTHING, Spellings};
use super::{Ambiguity, Match, Matching, Paid, Rule, Together, Told, payee};
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;

/// One row or line, cut down to what the rules look at.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its seq or its line.
    pub(super) name: u64,
    /// Days since a fixed one.
    pub(super) day: i32,
    pub(super) amount: Amount,
    pub(super) payee: u32,
    pub(super) number: u32,
    pub(super) bound: Bound,
}

/// What an item's payment number says about a counterpart with another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    /// It has none.
    Free,
    /// It has one that the other side does not know: a voucher's beside a bank's, say. That alone is no contradiction.
    Elsewhere,
    /// It has one that stands on the other side too, on money of the same direction.
    To(u32),
}

impl Bound {
    /// Two numbers contradict when they differ and one of them has its place on the other side.
    pub(super) fn contradicts(self, other: Self) -> bool {
        match (self, other) {
            (Self::Free, _) | (_, Self::Free) | (Self::Elsewhere, Self::Elsewhere) => false,
            (Self::To(one), Self::To(other)) => one != other,
            (Self::To(_), Self::Elsewhere) | (Self::Elsewhere, Self::To(_)) => true,
        }
    }
}

/// One side's items by name, and which are still to be matched.
pub(super) struct Side {
    pub(super) items: Vec<Item>,
    waiting: Vec<bool>,
}

impl Side {
    fn laid(mut items: Vec<Item>) -> Self {
        items.sort_unstable_by_key(|item| item.name);
        Self { waiting: vec![true; items.len()], items }
    }

    /// The places of the items still to be matched.
    pub(super) fn waiting(&self) -> Vec<usize> {
        (0..self.items.len()).filter(|place| self.waiting[*place]).collect()
    }

    /// Takes items off, and tells their names in order.
    fn take(&mut self, places: &[usize]) -> Vec<u64> {
        let mut names: Vec<u64> = places.iter().map(|place| self.take_one(*place)).collect();
        names.sort_unstable();
        names
    }

    fn take_one(&mut self, place: usize) -> u64 {
        debug_assert!(self.waiting[place], "an item is taken once");
        self.waiting[place] = false;
        self.items[place].name
    }

    fn place(&self, name: u64) -> Option<usize> {
        let place = self.items.binary_search_by_key(&name, |item| item.name).ok()?;
        self.waiting[place].then_some(place)
    }

    fn names(&self, places: Vec<usize>) -> Vec<u64> {
        places.into_iter().map(|place| self.items[place].name).collect()
    }
}

/// The places of some rows and some lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Places {
    pub(super) ledger: Vec<usize>,
    pub(super) statement: Vec<usize>,
}

/// The two sides, and the answer as it grows.
pub(super) struct Table {
    pub(super) ledger: Side,
    pub(super) statement: Side,
    /// The folded names by their numbers.
    pub(super) payees: Vec<String>,
    answer: Matching,
}

impl Table {
    pub(super) fn laid<'t>(paid: &'t [Paid], told: impl IntoIterator<Item = &'t Told>) -> Self {
        let mut payees = Spellings::new(|name| payee::folded(name).into(), 0);
        // No test can tell how much room is made beforehand.
        let mut numbers =
            Spellings::new(spellings::number, paid.iter().filter(|paid| !paid.payment.is_empty()).count());
        let mut ledger = Vec::with_capacity(paid.len());
        for paid in paid {
            let (payee, number) = (payees.of(&paid.payee), numbers.of(&paid.payment));
            ledger.push(item(paid.seq, paid.date, paid.amount, payee, number));
        }
        let mut statement = Vec::new();
        for told in told {
            let (payee, number) = (payees.of(&told.payee), numbers.of(&told.payment));
            statement.push(item(told.line, told.date, told.amount, payee, number));
        }
        bind(&mut ledger, &mut statement);
        let (ledger, statement) = (Side::laid(ledger), Side::laid(statement));
        Self { ledger, statement, payees: payees.into_texts(), answer: Matching::default() }
    }

    /// An item's payee, as names are compared.
    pub(super) fn payee(&self, item: &Item) -> &str {
        &self.payees[item.payee as usize]
    }

    pub(super) fn agree(&self, one: u32, other: u32) -> bool {
        one == other || payee::agree(&self.payees[one as usize], &self.payees[other as usize])
    }

    /// Takes a person's decision first: that items belong together, or have no counterpart.
    pub(super) fn decide(&mut self, decided: &Together, is_match: bool) {
        let once = |mut names: Vec<u64>| {
            names.sort_unstable();
            let before = names.len();
            names.dedup();
            (names.len() == before).then_some(names)
        };
        let seqs = once(decided.seqs.to_vec()).and_then(|names| places(&self.ledger, &names));
        let lines = once(decided.lines.to_vec()).and_then(|names| places(&self.statement, &names));
        match (seqs, lines) {
            (Some(ledger), Some(statement)) if is_match => self.pair(Rule::Accepted, &Places { ledger, statement }),
            (Some(ledger), Some(statement)) => {
                let known = Together::of(self.ledger.take(&ledger), self.statement.take(&statement));
                self.answer.known.push(known);
            }
            _ => self.answer.stale.push(decided.clone()),
        }
    }

    pub(super) fn pair(&mut self, rule: Rule, places: &Places) {
        let items = self.take(places);
        self.answer.matches.push(Match { items, rule });
    }

    /// One row with one line, as most are.
    pub(super) fn pair_two(&mut self, rule: Rule, ledger: usize, statement: usize) {
        let items = Together::of([self.ledger.take_one(ledger)], [self.statement.take_one(statement)]);
        self.answer.matches.push(Match { items, rule });
    }

    pub(super) fn differ(&mut self, ledger: usize, statement: usize) {
        self.answer.differing.push((self.ledger.take_one(ledger), self.statement.take_one(statement)));
    }

    pub(super) fn leave_open(&mut self, rule: Rule, places: &Places, choices: Vec<Places>, complete: bool) {
        let mut choices: Vec<Together> = choices.into_iter().map(|places| self.named(places)).collect();
        choices.sort_unstable();
        let items = self.take(places);
        self.answer.ambiguous.push(Ambiguity { items, rule, choices, complete });
    }

    fn take(&mut self, places: &Places) -> Together {
        Together::of(self.ledger.take(&places.ledger), self.statement.take(&places.statement))
    }

    fn named(&self, places: Places) -> Together {
        let mut named = Together::of(self.ledger.names(places.ledger), self.statement.names(places.statement));
        named.seqs.sort_unstable();
        named.lines.sort_unstable();
        named
    }

    /// The answer, with what is left on the table.
    pub(super) fn cleared(self) -> Matching {
        let mut answer = self.answer;
        let (ledger, statement) = (self.ledger.waiting(), self.statement.waiting());
        answer.only_in_ledger = self.ledger.names(ledger);
        answer.only_in_statement = self.statement.names(statement);
        // Every item stands in one match, so the first of each tells them apart.
        answer.matches.sort_by_cached_key(|pair| (pair.items.seqs.first().copied(), pair.items.lines.first().copied()));
        answer.differing.sort_unstable();
        answer.ambiguous.sort_unstable();
        answer
    }
}

fn item(name: u64, date: Date, amount: Amount, payee: u32, number: u32) -> Item {
    let day = i32::try_from((date - Date::default()).num_days()).expect("a date counts fewer than 2^31 days");
    Item { name, day, amount, payee, number, bound: Bound::Free }
}

fn places(side: &Side, names: &[u64]) -> Option<Vec<usize>> {
    names.iter().map(|name| side.place(*name)).collect()
}

/// Says of every number whether the other side knows it. A refund often carries its payment's number, so money that
/// went out and money that came back are told apart.
fn bind(ledger: &mut [Item], statement: &mut [Item]) {
    let numbers = ledger.iter().chain(&*statement).map(|item| item.number as usize + 1).max().unwrap_or(0);
    // By number, then by direction, then by side.
    let mut known = vec![[[false; 2]; 2]; numbers];
    for (side, items) in [&*ledger, &*statement].into_iter().enumerate() {
        for item in items.iter().filter(|item| item.number != NOTHING) {
            known[item.number as usize][usize::from(item.amount.is_negative())][side] = true;
        }
    }
    for (other, items) in [ledger, statement].into_iter().enumerate().map(|(side, items)| (1 - side, items)) {
        for item in items.iter_mut().filter(|item| item.number != NOTHING) {
            let there = known[item.number as usize][usize::from(item.amount.is_negative())][other];
            item.bound = if there { Bound::To(item.number) } else { Bound::Elsewhere };
        }
    }
}
