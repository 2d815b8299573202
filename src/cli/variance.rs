//! `variance`: how far from plan.

use clap::ArgMatches;

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options};
use crate::domain::calendar::Month;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::curves::curves;
use crate::reports::variance::variance;

pub(super) const VERB: Verb =
    Verb {
        name: "variance", aliases: &["差异", "进度"], about: Help::Variance, arguments: options::reporting, run
    };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let asked = Asked::read(matches)?.with_months();
    let standing = standing::read(desk, &books, &asked)?;
    let (stamp, year) = (standing.stamp.clone(), books.budget.year);
    let day = stamp.as_of.clamp(year.first_day(), year.last_day());
    let mut report = variance(stamp, &standing.names, &standing.positions, &books.budget.control);
    report.charts =
        standing.months.iter().flat_map(|months| curves(&standing.names, months, Month::of(day), year)).collect();
    standing::answer(desk, &standing, &sheets::variance(&report, desk.language, asked.in_wan))
}
