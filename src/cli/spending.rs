//! `spending` (分类): the same money by month, allocation, economic class, payee or payment method.

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, choices, options};
use crate::domain::budget::Language;
use crate::domain::cuts::Cut;
use crate::domain::rules::Refusal;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::spending::{Source, spending};

pub(super) const VERB: Verb = Verb { name: "spending", aliases: &["分类"], about: Help::Spending, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let by = options::option("by", "CUT", Help::SpendingBy, language);
    let by = by.value_parser(choices::in_words(&choices::CUTS)).default_value("allocation").hide_default_value(true);
    options::reporting(command.arg(by).arg(options::flag("public", Help::FinalPublic, language)), language)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let chosen = choices::chosen(matches, "by", &choices::CUTS).and_then(Cut::from_key);
    let (cut, is_public) = (chosen.unwrap_or(Cut::Allocation), matches.get_flag("public"));
    let asked = Asked::read(matches)?;
    if is_public && cut.is_below_allocations() {
        return Err(Refusal::NotForPublication { cut }.into());
    }
    let asked = match cut {
        Cut::Month => asked.with_months(),
        Cut::Allocation => asked,
        Cut::Economic | Cut::Payee | Cut::Method => asked.with_pieces(cut),
    };
    let standing = standing::read(desk, &books, &asked)?;
    let source = match (&standing.months, &standing.pieces) {
        (Some(months), _) => Source::Months(months),
        (_, Some(pieces)) => Source::Pieces(pieces),
        (None, None) => Source::Allocations,
    };
    let report = spending(standing.stamp.clone(), cut, &standing.names, &standing.positions, &source);
    standing::answer(desk, &standing, &sheets::spending(&report, desk.language, is_public, asked.in_wan))
}
