//! `disclose` (公开): the text about the project for publication.

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options};
use crate::domain::budget::Language;
use crate::domain::project::Withheld;
use crate::domain::rules::Refusal;
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem};
use crate::render::disclosure::{Manner, disclosure};
use crate::reports;

pub(super) const VERB: Verb = Verb { name: "disclose", aliases: &["公开"], about: Help::Disclose, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    command
        .arg(options::flag("draft", Help::DiscloseDraft, language))
        .arg(options::option("as-of", "DATE", Help::OptAsOf, language))
        .arg(options::option("rows", "COUNT", Help::OptRows, language))
        .arg(options::unit_of_forms(language))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let asked = Asked::of_the_whole_project(matches, options::form_in_wan(desk.format, matches))?;
    let asked = asked.at_most(books.budget.year.last_day());
    // Nothing can be dated after the year's end, so that is the day a text of a later day is of.
    let standing = standing::read(desk, &books, &asked)?;
    let stamp = standing.stamp_on(&books, standing.stamp.as_of);
    let report = reports::disclosure::disclosure(&stamp, &books.budget, &standing.names, &standing.positions);
    let is_draft = matches.get_flag("draft");
    let stops = |withheld: &&Withheld| !is_draft || !withheld.is_allowed_in_drafts();
    let stopped: Vec<Problem> =
        report.withheld.iter().filter(stops).map(|withheld| Refusal::Disclosure(withheld.clone()).into()).collect();
    if !stopped.is_empty() {
        return Err(standing.refused(stopped));
    }
    standing::answer(desk, &standing, &disclosure(&report, desk.language, Manner { in_wan: asked.in_wan, is_draft }))
}
