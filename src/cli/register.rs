//! `register` (台账明细): every entry, what it left, and the totals of the months.

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, options, typed};
use crate::domain::budget::Language;
use crate::domain::entry::Moves;
use crate::domain::rules::Refusal;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::register::{Wanted, register};

pub(super) const VERB: Verb = Verb { name: "register", aliases: &["明细"], about: Help::Register, arguments, run };

/// What the entries of a register move. A note moves nothing, and is shown all the same.
pub(super) const MOVES: [Moves; 5] = [Moves::Original, Moves::Adjusted, Moves::Committed, Moves::Spent, Moves::Nothing];

fn arguments(command: Command, language: Language) -> Command {
    let command = command
        .arg(options::option("from", "DATE", Help::RegisterFrom, language))
        .arg(options::option("to", "DATE", Help::RegisterTo, language))
        .arg(options::option("payee", "TEXT", Help::RegisterPayee, language).allow_hyphen_values(true))
        .arg(options::option("voucher", "NO", Help::RegisterVoucher, language).allow_hyphen_values(true));
    options::reporting(command, language)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let mut problems = Vec::new();
    let from = typed::date(matches, "from", &mut problems);
    let to = typed::date(matches, "to", &mut problems);
    let asked = match Asked::read(matches) {
        Ok(asked) if problems.is_empty() => asked,
        asked => {
            problems.extend(asked.err().into_iter().flat_map(|failure| failure.0));
            return Err(Failure(problems));
        }
    };
    // Up to a day is as of that day, so that the register of a closed month stays as it is.
    let asked = asked.or_as_of(to).with_rows(MOVES.to_vec());
    let mut standing = standing::read(desk, &books, &asked)?;
    let text = |name: &str| {
        let text = matches.get_one::<String>(name).map(|text| text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let as_of = standing.stamp.as_of;
    let wanted = Wanted {
        from: from.unwrap_or(books.budget.year.first_day()),
        to: to.map_or(as_of, |to| to.min(as_of)),
        payee: text("payee"),
        voucher: text("voucher"),
    };
    if let Some(from) = from.filter(|from| *from > wanted.to) {
        return Err(Refusal::FromAfterTo { from, to: wanted.to }.into());
    }
    let trail = standing.trail.take().expect("it was asked for");
    let report = register(standing.stamp.clone(), &standing.names, &trail, wanted)?;
    standing::answer(desk, &standing, &sheets::register(&report, desk.language, asked.in_wan))
}
