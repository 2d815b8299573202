//! `complete`: what may stand at the end of a line that is being typed, as far as the books know it. The scripts that
//! `completions` prints ask it. It takes no lock, and where anything is wrong it says nothing: someone is typing.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command};

use super::claim::plain_memo;
use super::desk::Desk;
use super::glance::Glance;
use super::{Verb, books, command_line, options};
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::figure::Figure;
use crate::lang::{Help, heading};
use crate::problem::{Exit, Failure};
use crate::render::listing;
use crate::render::sheet::Cell;

pub(super) const VERB: Verb = Verb { name: "complete", aliases: &[], about: Help::Complete, arguments, run };

/// Columns for what is said of a candidate.
const ROOM: usize = 60;

fn arguments(command: Command, language: Language) -> Command {
    let words = options::positional("words", "WORDS", Help::CompleteWords, language);
    command.arg(words.num_args(0..).last(true).value_parser(clap::value_parser!(OsString)))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let words = matches.get_many::<OsString>("words").unwrap_or_default().map(|word| unquoted(&word.to_string_lossy()));
    let candidates = candidates(desk, words.collect()).unwrap_or_default();
    // Never to the file that the line being typed may name.
    desk.print(&candidates, false)?;
    Ok(Exit::Done)
}

/// What the books have to offer in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Allocations,
    Commitments,
    Months,
    /// Rows that a row of this kind may be about.
    Rows(Kind),
}

/// Whether the books have something to offer for an option or a value of a command.
pub(super) fn is_asked_for(command: &Command, arg: &Arg) -> bool {
    offer(command.get_name(), arg.get_id().as_str()).is_some()
}

fn offer(command: &str, arg: &str) -> Option<Offer> {
    match (arg, command) {
        ("allocation" | "from" | "to", _) => Some(Offer::Allocations),
        ("commitment", _) | ("row", "release") => Some(Offer::Commitments),
        ("month", "close") => Some(Offer::Months),
        ("row", "reverse") => Some(Offer::Rows(Kind::Reversal)),
        ("row", "refund") => Some(Offer::Rows(Kind::Refund)),
        ("row", "correct") => Some(Offer::Rows(Kind::Expense)),
        ("row", "note") => Some(Offer::Rows(Kind::Note)),
        _ => None,
    }
}

/// One candidate a line: the word, a tab, and what is said of it. `None` where the books have nothing to say.
fn candidates(desk: &mut Desk<'_>, mut words: Vec<String>) -> Option<String> {
    let begun = words.pop()?;
    // A shell may take `--from=a` for three words.
    words.retain(|word| word != "=");
    let line = std::iter::once("taizhang").chain(words.iter().map(String::as_str)).map(OsString::from).collect();
    let (verb, matches) = command_line::as_far_as_it_goes(line, desk.language)?;
    let program = command_line::command(desk.language);
    let command = program.find_subcommand(verb.name)?;
    let is_named = |arg: &&Arg, word: &str| {
        let long = word.strip_prefix("--").is_some_and(|long| arg.get_long() == Some(long));
        let short =
            || word.strip_prefix('-').is_some_and(|short| arg.get_short().is_some_and(|s| *short == s.to_string()));
        arg.get_action().takes_values() && (long || short())
    };
    let options = || command.get_arguments().chain(program.get_arguments());
    let waiting = words.last().and_then(|word| options().find(|arg| is_named(arg, word)));
    let is_free = |arg: &&Arg| !matches.try_contains_id(arg.get_id().as_str()).is_ok_and(|given| given);
    let arg = match waiting {
        Some(arg) => arg,
        None if begun.starts_with('-') => return None,
        None => command.get_positionals().find(is_free)?,
    };
    let offer = offer(verb.name, arg.get_id().as_str())?;
    desk.settle(&matches).ok()?;
    if let Some(budget) = desk.budget.as_ref().and_then(|budget| budget.strip_prefix("~").ok()) {
        desk.budget = Some((desk.world.environment)("HOME").map(std::path::PathBuf::from)?.join(budget));
    }
    let books = books::open(desk).ok()?;
    let glance = Glance::at(&books, desk.today()).ok()?;
    let found = match offer {
        Offer::Allocations => allocations(&glance, &begun, desk.language),
        Offer::Commitments => commitments(&glance, &begun),
        Offer::Months => {
            let months = glance.months_to_close(&books, desk.today()).into_iter();
            let fits = |month: &Month| {
                month.to_string().starts_with(&begun) || Month::typed(&begun, books.budget.year) == Some(*month)
            };
            months.filter(fits).map(|month| (month.to_string(), Vec::new())).collect()
        }
        Offer::Rows(kind) => rows(&glance, kind, &begun),
    };
    let (values, cells): (Vec<String>, Vec<Vec<Cell>>) = found.into_iter().unzip();
    let notes = listing::lines(&cells, Some(ROOM), desk.language);
    Some(values.iter().zip(notes).map(|(value, note)| format!("{value}\t{note}\n")).collect())
}

type Found = Vec<(String, Vec<Cell>)>;

/// Allocations by the beginning of their keys, their number, or a part of their names.
fn allocations(glance: &Glance, begun: &str, language: Language) -> Found {
    let fits = |key: &str, number: usize, name: &str| {
        key.starts_with(begun) || number.to_string() == begun || name.contains(begun)
    };
    let named = glance.names.iter().filter(|named| fits(&named.key, named.number, &named.name));
    let available = heading(language, Figure::Available);
    let found = named.map(|named| {
        let amount = glance.positions.of(&named.key).available();
        let cells = vec![Cell::Text(named.name.clone()), Cell::Text(available.to_owned()), Cell::Amount(amount)];
        (named.key.clone(), cells)
    });
    found.collect()
}

fn commitments(glance: &Glance, begun: &str) -> Found {
    let text = |text: &str| Cell::Text(text.to_owned());
    let open = glance.promises.iter().filter(|(seq, promise)| {
        let what = &promise.what;
        seq.to_string().starts_with(begun) || what.doc.starts_with(begun) || what.payee.contains(begun)
    });
    let found = open.map(|(seq, promise)| {
        let what = &promise.what;
        (glance.by_seq(seq), vec![text(&what.doc), text(&what.payee), Cell::Amount(promise.left)])
    });
    found.collect()
}

fn rows(glance: &Glance, kind: Kind, begun: &str) -> Found {
    let fits = |seq: u64, what: &Particulars<String>| {
        seq.to_string().starts_with(begun) || what.voucher.starts_with(begun) || what.payee.contains(begun)
    };
    let rows = glance.rows_for(kind).into_iter().filter(|row| fits(row.entry.seq, &row.entry.what));
    let found = rows.map(|row| {
        let what = &row.entry.what;
        let date = what.date.map(|date| date.to_string()).unwrap_or_default();
        let texts = [what.payee.as_str(), plain_memo(&what.memo)].map(|text| Cell::Text(text.to_owned()));
        let cells = [vec![Cell::Text(date), Cell::Amount(what.amount)], texts.to_vec()].concat();
        (glance.by_seq(row.entry.seq), cells)
    });
    found.collect()
}

/// A word as it stands on the line, without what a shell would take away from it.
fn unquoted(word: &str) -> String {
    let mut plain = String::new();
    let (mut quote, mut characters) = (None, word.chars());
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None | Some('"'), '\\') => plain.extend(characters.next()),
            (_, other) => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_as_a_shell_would() {
        for (word, plain) in [
            ("plain", "plain"),
            (r"a\ b", "a b"),
            ("'a \\ b'", r"a \ b"),
            ("\"a 'b\"", "a 'b"),
            ("\"half", "half"),
            ("", ""),
        ] {
            assert_eq!(unquoted(word), plain);
        }
    }
}
