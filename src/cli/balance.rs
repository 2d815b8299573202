//! `balance`: what is left.

use clap::ArgMatches;

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options};
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::balance::balance;

pub(super) const VERB: Verb =
    Verb { name: "balance", aliases: &["余额"], about: Help::Balance, arguments: options::reporting, run };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let asked = Asked::read(matches)?;
    let standing = standing::read(desk, &books, &asked)?;
    let report = balance(standing.stamp.clone(), &standing.names, &standing.positions);
    standing::answer(desk, &standing, &sheets::balance(&report, desk.language, asked.in_wan))
}
