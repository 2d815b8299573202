//! `variance`: how far from plan.

use clap::ArgMatches;

use super::desk::Desk;
use super::standing::{self, Asked};
use super::{Verb, books, options};
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::variance::variance;

pub(super) const VERB: Verb =
    Verb {
        name: "variance", aliases: &["差异", "进度"], about: Help::Variance, arguments: options::reporting, run
    };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let asked = Asked::read(matches)?;
    let standing = standing::read(desk, &books, &asked)?;
    let report = variance(standing.stamp.clone(), &standing.names, &standing.positions, &books.budget.control);
    standing::answer(desk, &standing, &sheets::variance(&report, desk.language, asked.in_wan))
}
