//! `commitments` (预占表): what is promised and still open, with its age.

use clap::ArgMatches;

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options};
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::commitments::commitments;

pub(super) const VERB: Verb =
    Verb { name: "commitments", aliases: &["预占表"], about: Help::Commitments, arguments: options::reporting, run };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let asked = Asked::read(matches)?.with_promises();
    let standing = standing::read(desk, &books, &asked)?;
    let promises = standing.promises.as_ref().expect("they were asked for");
    let report = commitments(standing.stamp.clone(), &standing.names, promises);
    standing::answer(desk, &standing, &sheets::commitments(&report, desk.language, asked.in_wan))
}
