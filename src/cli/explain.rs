//! `explain`: where a figure comes from.

use clap::{ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, choices, figures, options};
use crate::domain::budget::{Allocation, Budget, Language};
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem};
use crate::render;
use crate::reports::arithmetic::Books;
use crate::reports::explanation::{explanation, gathers};

pub(super) const VERB: Verb = Verb { name: "explain", aliases: &["追溯"], about: Help::Explain, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let positional = |name, value, help| options::positional(name, value, help, language);
    let command = command
        .arg(positional("figure", "FIGURE", Help::ExplainFigure).required(true))
        .arg(positional("of", "ALLOC", Help::ExplainAllocation).conflicts_with("allocation"));
    options::reporting(command, language)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let typed = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (asked, figure) = (Asked::read(matches), figures::find(typed("figure").unwrap_or_default()));
    let (asked, explained) = match (asked, figure) {
        (Ok(asked), Ok(explained)) => (asked, explained),
        (asked, figure) => {
            let mut problems: Vec<Problem> = figure.err().into_iter().map(Problem::from).collect();
            problems.extend(asked.err().into_iter().flat_map(|failure| failure.0));
            return Err(Failure(problems));
        }
    };
    let only = typed("of").or(typed("allocation")).filter(|text| !is_total(&books.budget, text));
    let of_total = only.is_none();
    let asked = asked.with_trail(only.map(str::to_owned), gathers(explained, of_total));
    let mut standing = standing::read(desk, &books, &asked)?;
    let trail = standing.trail.take().expect("it was asked for");
    let made_from = Books {
        stamp: standing.stamp.clone(),
        names: &standing.names,
        of_total,
        positions: &standing.positions,
        control: &books.budget.control,
    };
    let report = explanation(explained, trail, made_from)?;
    let sheet = render::explanation::explanation(&report, desk.language, asked.in_wan);
    standing::answer(desk, &standing, &sheet)
}

/// Whether a text means the total. An allocation that is called so is meant itself: the total has another way to be asked.
fn is_total(budget: &Budget, text: &str) -> bool {
    let text = text.trim();
    let is_called_so = |allocation: &Allocation| allocation.key == text || allocation.name == text;
    choices::TOTAL.contains(&text) && !budget.allocations.iter().any(is_called_so)
}
