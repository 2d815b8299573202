//! `release` (释放): promised money let go, wholly or in part.

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::{Verb, options, take_back};
use crate::domain::budget::Language;
use crate::domain::entry::Kind;
use crate::lang::Help;
use crate::problem::{Exit, Failure};

pub(super) const VERB: Verb = Verb { name: "release", aliases: &["释放"], about: Help::Release, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let command = command
        .arg(options::positional("row", "ROW", Help::ReleaseRow, language).required(true))
        .arg(options::option("amount", "N", Help::ReleaseAmount, language).allow_hyphen_values(true));
    options::writing(command, language)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    take_back::run(desk, matches, Kind::Release)
}
