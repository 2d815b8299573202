//! `refund`: money that came back in the same year; the bank shows it.

use clap::ArgMatches;

use super::desk::Desk;
use super::{Verb, take_back};
use crate::domain::entry::Kind;
use crate::lang::Help;
use crate::problem::{Exit, Failure};

pub(super) const VERB: Verb =
    Verb { name: "refund", aliases: &["退款"], about: Help::Refund, arguments: take_back::arguments, run };

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    take_back::run(desk, matches, Kind::Refund)
}
