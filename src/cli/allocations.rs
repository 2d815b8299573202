//! An allocation as people name it: exact key, number, exact name, or a part of the name that only one has.

use clap::ArgMatches;

use super::books::{self, Books};
use crate::domain::amount::half_width;
use crate::domain::budget::Budget;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::problem::{Failure, Problem, Usage};
use crate::reports::balance::Named;

/// The allocations in order: as they were opened, then those the budget file has added with nothing yet.
pub(super) fn named(budget: &Budget, ledger: &Ledger) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    let opened = ledger.opened.iter().map(|opened| (opened.key.as_str(), opened.name.as_str()));
    let in_file = budget.allocations.iter().filter(|allocation| !ledger.is_opened() || allocation.amount.is_zero());
    for (key, name) in opened.chain(in_file.map(|allocation| (allocation.key.as_str(), allocation.name.as_str()))) {
        if !names.iter().any(|known| known.key == key) {
            names.push(Named { number: names.len() + 1, key: key.to_owned(), name: name.to_owned() });
        }
    }
    names
}

/// The one allocation a text names.
pub(super) fn find<'n>(names: &'n [Named], text: &str) -> Result<&'n Named, Usage> {
    let text = text.trim();
    let number: String = text.chars().map(half_width).collect();
    // In this order over all of them, so that no name of one hides the key or number of another.
    let by_key = names.iter().find(|named| named.key == text);
    let by_number = || names.iter().find(|named| named.number.to_string() == number);
    let by_name = || names.iter().find(|named| named.name == text);
    if let Some(named) = by_key.or_else(by_number).or_else(by_name) {
        return Ok(named);
    }
    let parts: Vec<&Named> = names.iter().filter(|named| !text.is_empty() && named.name.contains(text)).collect();
    let known = |names: &[&Named]| {
        names.iter().map(|named| (named.number.to_string(), format!("{} {}", named.key, named.name))).collect()
    };
    match parts.as_slice() {
        [named] => Ok(named),
        [] => Err(Usage::UnknownAllocation { name: text.to_owned(), known: known(&names.iter().collect::<Vec<_>>()) }),
        several => Err(Usage::SeveralAllocations { name: text.to_owned(), known: known(several) }),
    }
}

/// Which rows may be about the allocation that a text names, told as they pass: only when all have passed can it be said
/// which one is meant, but a row of one that can't be is known at once.
pub(super) struct Meant {
    /// `None` where no one is named, and every row is meant.
    text: Option<String>,
    /// The allocations opened so far, each with whether it may be the one.
    opened: Vec<(String, bool)>,
}

impl Meant {
    /// The same for rows further on; `None` where what was opened before them must be known.
    pub(super) fn further_on(&self) -> Option<Self> {
        self.text.is_none().then(|| Self::by(None))
    }

    pub(super) fn by(text: Option<&str>) -> Self {
        Self { text: text.map(|text| text.trim().to_owned()), opened: Vec::new() }
    }

    pub(super) fn may_be<Text: AsRef<str>>(&mut self, row: &Particulars<Text>) -> bool {
        let Some(text) = &self.text else { return true };
        let key = row.allocation.as_ref();
        if let Some((_, may_be)) = self.opened.iter().find(|(opened, _)| opened == key) {
            return *may_be;
        }
        let (number, name) = (self.opened.len() + 1, row.memo.as_ref());
        let digits: String = text.chars().map(half_width).collect();
        let may_be = row.kind == Kind::Budget && (key == text || digits == number.to_string() || name.contains(text));
        if row.kind == Kind::Budget {
            self.opened.push((key.to_owned(), may_be));
        }
        may_be
    }
}

/// The key of the allocation that an option names, or the complaint; empty when there is one.
pub(super) fn typed(
    books: &Books<'_>,
    matches: &ArgMatches,
    option: &str,
    problems: &mut Vec<Problem>,
) -> Result<String, Failure> {
    meant(books, matches.get_one::<String>(option).map(String::as_str).unwrap_or_default(), problems)
}

/// The same for a text that is only a part of what was typed.
pub(super) fn meant(books: &Books<'_>, text: &str, problems: &mut Vec<Problem>) -> Result<String, Failure> {
    let names = named(&books.budget, &Ledger::default());
    match find(&names, text) {
        Ok(named) => return Ok(named.key.clone()),
        Err(usage) => {
            // A name the file doesn't know may be one the ledger was opened with; then the difference is the problem.
            let differences = books::differences(books)?;
            if differences.is_empty() { problems.push(usage.into()) } else { problems.extend(differences) }
        }
    }
    Ok(String::new())
}

/// The name an allocation goes by: the one it was opened with, else its file's.
pub(super) fn name<'n>(key: &'n str, budget: &'n Budget, ledger: &'n Ledger) -> &'n str {
    let in_file = || budget.allocation(key).map(|allocation| allocation.name.as_str());
    ledger.name(key).or_else(in_file).unwrap_or(key)
}
