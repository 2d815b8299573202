//! `monthly` (月报): the report of a month, or the whole pack of reports into a folder.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::books::{self, Books};
use super::desk::Desk;
use super::standing;
use super::{Verb, options, pack, register};
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::entry::Moves;
use crate::domain::rules::Refusal;
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem, Usage};
use crate::render::sheets;
use crate::reports::monthly::monthly;

pub(super) const VERB: Verb = Verb { name: "monthly", aliases: &["月报"], about: Help::Monthly, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let month = options::positional("month", "MONTH", Help::MonthlyMonth, language);
    let folder = options::option("pack", "DIR", Help::MonthlyPack, language);
    let command = command
        .arg(month.required_unless_present("all"))
        .arg(folder.value_parser(clap::value_parser!(PathBuf)).conflicts_with("allocation"))
        .arg(options::flag("all", Help::MonthlyAll, language).conflicts_with("month").requires("pack"))
        .arg(options::flag("no-bom", Help::MonthlyNoBom, language).requires("pack"));
    options::shaping(command, language)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let mut problems = Vec::new();
    let asked = Asked::of_its_own_day(matches, &mut problems);
    let months = match matches.get_one::<String>("month") {
        Some(typed) => vec![the_month(desk, &books, typed, &mut problems)],
        None => begun(desk, &books, &mut problems),
    };
    Failure::unless_none(problems)?;
    let Some(last) = months.last().copied() else { return Err(Usage::NoCommand.into()) };
    let asked = asked.or_as_of(Some(last.last_day().min(desk.today()))).with_months();
    if let Some(folder) = matches.get_one::<PathBuf>("pack") {
        let asked = asked.with_rows(register::MOVES.to_vec());
        let place = |month: &Month| match matches.get_flag("all") {
            true => (*month, folder.join(month.to_string())),
            false => (*month, folder.clone()),
        };
        let months: Vec<(Month, PathBuf)> = months.iter().map(place).collect();
        return pack::write(desk, &books, &asked, &months, !matches.get_flag("no-bom"));
    }
    let asked = asked.with_rows(vec![Moves::Adjusted]);
    let mut standing = standing::read(desk, &books, &asked)?;
    let trail = standing.trail.take().expect("it was asked for");
    let by_month = standing.months.as_ref().expect("they were asked for");
    let report = monthly(standing.stamp.clone(), last, &standing.names, by_month, &*trail)?;
    standing::answer(desk, &standing, &sheets::monthly(&report, desk.language, asked.in_wan))
}

/// The month that is typed, if it is one and has begun.
fn the_month(desk: &Desk<'_>, books: &Books<'_>, typed: &str, problems: &mut Vec<Problem>) -> Month {
    let year = books.budget.year;
    let today = desk.today();
    let month = Month::typed(typed, year);
    match month {
        None => problems.push(Usage::BadMonth { value: typed.to_owned() }.into()),
        Some(month) if month.first_day() > today => problems.push(Refusal::MonthNotBegun { month, today }.into()),
        Some(_) => {}
    }
    month.unwrap_or(Month::of(year.first_day()))
}

/// The months of the year so far.
fn begun(desk: &Desk<'_>, books: &Books<'_>, problems: &mut Vec<Problem>) -> Vec<Month> {
    let (year, today) = (books.budget.year, desk.today());
    let months: Vec<Month> = year.months().filter(|month| month.first_day() <= today).collect();
    if months.is_empty() {
        problems.push(Refusal::MonthNotBegun { month: Month::of(year.first_day()), today }.into());
    }
    months
}
