//! Typed texts as values: dates, amounts, row counts. Each says what is wrong and goes on.

use clap::ArgMatches;

use crate::domain::amount::{Amount, half_width};
use crate::domain::calendar::{Date, typed_date};
use crate::domain::entry::whole_number;
use crate::domain::plan::Plan;
use crate::domain::rules::Refusal;
use crate::problem::{Problem, Usage};

pub(super) fn date(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<Date> {
    let value = matches.get_one::<String>(name)?;
    let date = typed_date(value);
    if date.is_none() {
        problems.push(Usage::BadDate { name: format!("--{name}"), value: value.clone() }.into());
    }
    date
}

pub(super) fn amount(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<Amount> {
    let value = matches.get_one::<String>(name)?;
    match Amount::typed(value) {
        Ok(amount) => Some(amount),
        Err(why) => {
            problems.push(Usage::BadAmount { name: format!("--{name}"), value: value.clone(), why }.into());
            None
        }
    }
}

/// How an earlier row is named; never by nothing.
pub(super) fn row(matches: &ArgMatches, problems: &mut Vec<Problem>) -> String {
    let named = matches.get_one::<String>("row").cloned().unwrap_or_default();
    if named.trim().is_empty() {
        problems.push(Refusal::EmptyName.into());
    }
    named
}

pub(super) fn rows(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Option<u64> {
    let value = matches.get_one::<String>("rows")?;
    let rows = whole_number(&in_half_width(value));
    if rows.is_none() {
        problems.push(Usage::BadRows { value: value.clone() }.into());
    }
    rows
}

/// An amount that must be more than zero.
pub(super) fn positive(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<Amount> {
    let amount = amount(matches, name, problems)?;
    if !amount.is_positive() {
        problems.push(Refusal::NotPositive { amount }.into());
    }
    Some(amount)
}

pub(super) fn plan(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Option<Plan> {
    let value = matches.get_one::<String>("plan")?;
    let plan = Plan::typed(value);
    if plan.is_none() {
        problems.push(Usage::BadPlan { value: value.clone() }.into());
    }
    plan
}

/// Digits and marks as an input method may give them, in their ASCII form.
pub(super) fn in_half_width(text: &str) -> String {
    text.trim().chars().map(|character| if character == '；' { ';' } else { half_width(character) }).collect()
}
