//! `final` (年终): the year-end form, and the file that is filled in for it.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options};
use crate::domain::budget::Language;
use crate::domain::entry::Moves;
use crate::domain::rules::Refusal;
use crate::domain::year_end::{Filled, Gap};
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem, Usage};
use crate::render::Format;
use crate::render::blank::blank;
use crate::render::year_end::{Manner, year_end};
use crate::reports;
use crate::store::form_file;

pub(super) const VERB: Verb = Verb { name: "final", aliases: &["年终"], about: Help::Final, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let flag = |name, help| options::flag(name, help, language);
    let with = options::option("with", "FILE", Help::FinalWith, language);
    command
        .arg(with.value_parser(clap::value_parser!(PathBuf)))
        .arg(flag("blank", Help::FinalBlank).conflicts_with_all(["draft", "public"]))
        .arg(flag("draft", Help::FinalDraft))
        .arg(flag("public", Help::FinalPublic))
        .arg(options::option("rows", "COUNT", Help::OptRows, language))
        .arg(options::unit_of_forms(language))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let is_blank = matches.get_flag("blank");
    if is_blank && desk.format != Format::Table {
        return Err(Usage::Conflict { name: "--blank".into(), with: "--format".into() }.into());
    }
    let books = books::open(desk)?;
    let form = matches.get_one::<PathBuf>("with");
    if let Some(path) = form {
        desk.keep_off(&[path])?;
    }
    let in_wan = options::form_in_wan(desk.format, matches);
    let asked = Asked::at_years_end(matches, books.budget.year.last_day(), in_wan)?;
    let mut standing = standing::read(desk, &books, &asked.with_trail(None, vec![Moves::Adjusted]))?;
    let trail = standing.trail.take().expect("it was asked for");
    let keys: Vec<&str> = standing.names.iter().map(|named| named.key.as_str()).collect();
    let filled = match form {
        None => Filled::default(),
        Some(path) => match form_file::read(desk.world.files, path, &books.budget, &keys) {
            Ok(filled) => filled,
            Err(Failure(problems)) => return Err(standing.refused(problems)),
        },
    };
    let positions = (standing.names.as_slice(), &standing.positions);
    let report = reports::year_end::year_end(standing.stamp.clone(), &books.budget, positions, &*trail, &filled)?;
    if is_blank {
        desk.deliver_anew(&blank(&report, &filled, desk.language))?;
        return standing::finish(desk, &standing);
    }
    let is_draft = matches.get_flag("draft");
    // What is signed is of a year that is over, by a ledger that was kept.
    let end = books.budget.year.last_day();
    if !is_draft && standing.stamp.digest.is_none() {
        return Err(standing.refused(vec![Refusal::NotOpened.into()]));
    }
    if !is_draft && desk.today() < end {
        return Err(standing.refused(vec![Refusal::YearNotOver { end, today: desk.today() }.into()]));
    }
    let stops = |gap: &&Gap| !is_draft || !gap.is_allowed_in_drafts();
    let stopped: Vec<Problem> =
        report.gaps.iter().filter(stops).map(|gap| Refusal::YearEnd(gap.clone()).into()).collect();
    if !stopped.is_empty() {
        return Err(standing.refused(stopped));
    }
    let manner = Manner { in_wan, is_draft, is_public: matches.get_flag("public") };
    standing::answer(desk, &standing, &year_end(&report, desk.language, manner))
}
