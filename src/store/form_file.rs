//! The form for the year's end: TOML text to what was [`Filled`] in, or every problem in it at once. It knows which
//! allocations and targets there are, and holds no figure against the ledger.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::budget_file;
use super::budget_values::{Problems, Stated, Table, signed_amount_of};
use super::files::Files;
use super::source::Source;
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund};
use crate::domain::personal::personal;
use crate::domain::target::{Number, Target};
use crate::domain::text::shortened;
use crate::domain::year_end::{Filled, FilledFund, FilledResult};
use crate::problem::{BudgetFault, Failure, FormFault};

const FILE_KEYS: [&str; 4] = ["final", "fund", "allocation", "result"];
const HEAD_KEYS: [&str; 2] = ["budget", "reason"];
const FUND_KEYS: [&str; 5] = ["fund", "left", "carry_forward", "surplus", "reason"];
const ALLOCATION_KEYS: [&str; 2] = ["key", "reason"];
const RESULT_KEYS: [&str; 4] = ["allocation", "target", "actual", "reason"];
const FUNDS: [&str; 3] = ["current", "carried", "other"];

/// The longest text of the file that a message shows, in characters.
const SHOWN: usize = 60;

/// Reads a form that was made for this budget.
pub(crate) fn read(files: &dyn Files, path: &Path, budget: &Budget, keys: &[&str]) -> Result<Filled, Failure> {
    parse(&budget_file::source(files, path)?, budget, keys)
}

/// Reads a form from its text. `keys` are the allocations of the ledger.
pub(crate) fn parse(source: &Source, budget: &Budget, keys: &[&str]) -> Result<Filled, Failure> {
    let mut problems = Problems::of(source);
    let (document, broken) = budget_file::document(source, &mut problems);
    // Behind a syntax error the tables are guesses.
    let filled = if broken { Filled::default() } else { filled(&document, budget, keys, &mut problems) };
    if problems.found.is_empty() { Ok(filled) } else { Err(problems.in_order()) }
}

fn filled(document: &Spanned<DeTable<'_>>, budget: &Budget, keys: &[&str], problems: &mut Problems<'_>) -> Filled {
    let file = Table { entries: document.get_ref(), name: "file", span: 0..0 };
    let Some(head) = file.get("final") else {
        problems.say(BudgetFault::Form(FormFault::NoHead), 0..0);
        return Filled::default();
    };
    file.check_keys(&FILE_KEYS, problems);
    let mut filled = Filled::default();
    if let Some(head) = Table::of(head, "final", problems) {
        head.check_keys(&HEAD_KEYS, problems);
        if let Some(id) = head.needed_text("budget", problems).filter(|id| id.value != budget.id) {
            let (stated, id, span) = (shortened(&id.value, SHOWN), budget.id.clone(), id.span);
            problems.say(BudgetFault::Form(FormFault::OtherBudget { stated, id }), span);
        }
        filled.reason = reason(&head, problems);
    }
    filled.funds = listed(&file, "fund", problems, fund);
    filled.allocations =
        listed(&file, "allocation", problems, |table, once, problems| allocation(table, keys, once, problems));
    filled.results = listed(&file, "result", problems, |table, once, problems| result(table, budget, once, problems));
    filled
}

/// What was named in a list so far, and in which line.
type Once = Vec<(String, usize)>;

/// The tables of a list, each read by itself.
fn listed<T>(
    file: &Table<'_>,
    name: &'static str,
    problems: &mut Problems<'_>,
    read: impl Fn(&Table<'_>, &mut Once, &mut Problems<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(value) = file.get(name) else { return Vec::new() };
    let Some(list) = value.get_ref().as_array() else {
        problems.say(BudgetFault::NotAList { key: name }, value.span());
        return Vec::new();
    };
    let mut once = Once::new();
    let mut found = Vec::new();
    for value in list.iter() {
        let table = Table::of(value, name, problems);
        found.extend(table.and_then(|table| read(&table, &mut once, problems)));
    }
    found
}

/// Takes a name down, or complains that it stood there before more often than it may.
fn taken_down(name: &Stated<String>, most: usize, once: &mut Once, problems: &mut Problems<'_>) -> Option<usize> {
    let before: Vec<usize> = once.iter().filter(|(known, _)| *known == name.value).map(|(_, line)| *line).collect();
    if before.len() >= most {
        let first_line = before.first().copied().unwrap_or_default();
        problems.say(BudgetFault::Form(FormFault::StatedTwice { first_line }), name.span.clone());
        return None;
    }
    once.push((name.value.clone(), problems.line(name.span.start)));
    Some(before.len())
}

fn fund(table: &Table<'_>, once: &mut Once, problems: &mut Problems<'_>) -> Option<FilledFund> {
    table.check_keys(&FUND_KEYS, problems);
    let left = part(table, "left", problems);
    let forward = part(table, "carry_forward", problems);
    let surplus = part(table, "surplus", problems);
    let reason = reason(table, problems);
    table.needed("fund", problems)?;
    let fund = table.choice("fund", &FUNDS, None, |text| Fund::from_key(text).map(Some), problems)?;
    let named = table.text("fund", problems)?;
    taken_down(&named, 1, once, problems)?;
    Some(FilledFund { fund, left, forward, surplus, reason })
}

fn allocation(
    table: &Table<'_>,
    keys: &[&str],
    once: &mut Once,
    problems: &mut Problems<'_>,
) -> Option<(String, String)> {
    table.check_keys(&ALLOCATION_KEYS, problems);
    let reason = reason(table, problems);
    let key = allocation_key(table, "key", keys, problems)?;
    taken_down(&key, 1, once, problems)?;
    Some((key.value, reason))
}

fn allocation_key(
    table: &Table<'_>,
    key: &'static str,
    keys: &[&str],
    problems: &mut Problems<'_>,
) -> Option<Stated<String>> {
    let stated = table.needed_text(key, problems)?;
    if keys.contains(&stated.value.as_str()) {
        return Some(stated);
    }
    let known = keys.iter().map(|key| (*key).to_owned()).collect();
    let fault = FormFault::UnknownAllocation { text: shortened(&stated.value, SHOWN), known };
    problems.say(BudgetFault::Form(fault), stated.span);
    None
}

fn result(table: &Table<'_>, budget: &Budget, once: &mut Once, problems: &mut Problems<'_>) -> Option<FilledResult> {
    table.check_keys(&RESULT_KEYS, problems);
    let reason = reason(table, problems);
    let keys: Vec<&str> = budget.allocations.iter().map(|allocation| allocation.key.as_str()).collect();
    let key = allocation_key(table, "allocation", &keys, problems);
    let name = table.needed_text("target", problems);
    let (key, name) = (key?, name?);
    let targets = budget.allocation(&key.value).map(|allocation| allocation.targets.as_slice()).unwrap_or_default();
    let named: Vec<(usize, &Target)> =
        targets.iter().enumerate().filter(|(_, target)| target.name == name.value).collect();
    if named.is_empty() {
        let known = targets.iter().map(|target| target.name.clone()).collect();
        let fault = FormFault::UnknownTarget { text: shortened(&name.value, SHOWN), known };
        problems.say(BudgetFault::Form(fault), name.span);
        return None;
    }
    // Two targets of one name are told apart by their order.
    let whole = Stated { value: format!("{}\n{}", key.value, name.value), span: name.span };
    let (place, target) = named[taken_down(&whole, named.len(), once, problems)?];
    let actual = table.get("actual").and_then(|value| actual(value, &target.unit, problems));
    Some(FilledResult { allocation: key.value, place, actual, reason })
}

/// A part of what is left, or nothing where it was not filled in.
fn part(table: &Table<'_>, key: &'static str, problems: &mut Problems<'_>) -> Option<Amount> {
    let value = table.get(key).filter(|value| !is_blank(value))?;
    signed_amount_of(value, key, problems).map(|stated| stated.value)
}

fn actual(value: &Spanned<DeValue<'_>>, unit: &str, problems: &mut Problems<'_>) -> Option<Number> {
    if is_blank(value) {
        return None;
    }
    let Some(text) = value.get_ref().as_str() else {
        problems.say(BudgetFault::NotAText { key: "actual", found: value.get_ref().type_str() }, value.span());
        return None;
    };
    let number = Number::typed(text, unit);
    if number.is_none() {
        let fault = FormFault::NotANumber { text: shortened(text, SHOWN), unit: unit.to_owned() };
        problems.say(BudgetFault::Form(fault), value.span());
    }
    number
}

fn is_blank(value: &Spanned<DeValue<'_>>) -> bool {
    value.get_ref().as_str().is_some_and(|text| text.trim().is_empty())
}

/// A reason, in words that may be published.
fn reason(table: &Table<'_>, problems: &mut Problems<'_>) -> String {
    let Some(stated) = table.text("reason", problems) else { return String::new() };
    if let Some(what) = personal(&stated.value) {
        problems.say(BudgetFault::Form(FormFault::Personal { key: "reason", what }), stated.span);
    }
    stated.value
}
