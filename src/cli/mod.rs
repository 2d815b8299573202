//! What may be typed, and what each command does: one small file a command. The only room that names `clap`.

mod adjust;
mod allocations;
mod answer;
mod ask;
mod asked;
mod asking;
mod balance;
mod books;
mod carry;
mod choices;
mod claim;
mod close;
mod close_page;
mod command_line;
mod commit;
mod commitments;
mod complete;
mod completions;
mod correct;
mod demo;
mod desk;
mod detect;
mod disclose;
mod doctor;
mod explain;
mod figures;
mod glance;
mod import;
mod incoming_rows;
mod init;
mod language;
mod load;
mod man;
mod monthly;
mod note;
mod open;
mod options;
mod pack;
mod questions;
mod reconcile;
mod record;
mod refund;
mod register;
mod release;
mod repair;
mod restore;
mod reverse;
mod spending;
mod split;
mod stamp;
mod standing;
mod take_back;
mod transfer;
mod typed;
mod undecided;
mod undo;
mod variance;
mod verify;
mod writing;
mod year_end;

use clap::{ArgMatches, Command};

use crate::World;
use crate::domain::budget::Language;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use desk::Desk;

/// A command: its name, how it is typed, and what it does.
struct Verb {
    name: &'static str,
    /// Its Chinese names.
    aliases: &'static [&'static str],
    about: Help,
    arguments: fn(Command, Language) -> Command,
    run: fn(&mut Desk<'_>, &ArgMatches) -> Result<Exit, Failure>,
}

impl Verb {
    /// Its Chinese names in a spelling that many are used to.
    fn other_spellings(&self) -> impl Iterator<Item = String> {
        self.aliases.iter().filter_map(|alias| choices::other_spelling(alias))
    }
}

const VERBS: [Verb; 32] = [
    init::VERB,
    open::VERB,
    record::VERB,
    reverse::VERB,
    refund::VERB,
    correct::VERB,
    note::VERB,
    adjust::VERB,
    transfer::VERB,
    commit::VERB,
    release::VERB,
    import::VERB,
    close::VERB,
    carry::VERB,
    balance::VERB,
    variance::VERB,
    monthly::VERB,
    register::VERB,
    spending::VERB,
    reconcile::VERB,
    commitments::VERB,
    year_end::VERB,
    disclose::VERB,
    explain::VERB,
    verify::VERB,
    repair::VERB,
    doctor::VERB,
    restore::VERB,
    demo::VERB,
    completions::VERB,
    man::VERB,
    complete::VERB,
];

/// Runs one command in this world and says with which code to exit.
pub(crate) fn run(world: World<'_>) -> Exit {
    let language = language::before_parsing(&world);
    let mut desk = Desk::new(world, language);
    let arguments = std::mem::take(&mut desk.world.arguments);
    let done = command_line::parse(arguments.clone(), language).and_then(|typed| match typed {
        command_line::Typed::Text(text) => desk.print(&text, false).map(|()| Exit::Done),
        command_line::Typed::Command(verb, matches) => {
            desk.settle(&matches)?;
            (verb.run)(&mut desk, &matches)
        }
    });
    done.or_else(|failure| ask::instead(&mut desk, arguments, failure)).unwrap_or_else(|failure| {
        desk.complain(&failure.0);
        failure.exit()
    })
}
