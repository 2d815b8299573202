//! `reverse`: an expense taken back in red (红字冲销); no money moved.

use clap::ArgMatches;

use super::desk::Desk;
use super::{Verb, take_back};
use crate::domain::entry::Kind;
use crate::lang::Help;
use crate::problem::{Exit, Failure};

pub(super) const VERB: Verb =
    Verb { name: "reverse", aliases: &["冲销"], about: Help::Reverse, arguments: take_back::arguments, run };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    take_back::run(desk, matches, Kind::Reversal)
}
