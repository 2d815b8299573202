//! `man` (手册): the manual as roff, for `man`. The only file that names `clap_mangen`. All of it is plain ASCII: a
//! character beyond that is written by its number, so that no roff takes a byte of it for a control character.

use std::path::PathBuf;

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::desk::Desk;
use super::{VERBS, Verb, command_line, options};
use crate::domain::budget::Language;
use crate::lang::{self, Help, Manual};
use crate::problem::{Doing, Exit, Failure, FileFault};
use crate::store::whole;

pub(super) const VERB: Verb = Verb { name: "man", aliases: &["手册"], about: Help::Man, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let folder = options::option("dir", "DIR", Help::ManDir, language);
    command.arg(folder.value_parser(clap::value_parser!(PathBuf)))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut program = command_line::command(desk.language);
    program.build();
    let press = Press { language: desk.language, program };
    let Some(folder) = matches.get_one::<PathBuf>("dir") else {
        desk.deliver(&press.whole(), false)?;
        return Ok(Exit::Done);
    };
    let pages = press.commands().map(|command| (format!("taizhang-{}.1", command.get_name()), press.page(command)));
    let mut written = String::new();
    for (name, text) in std::iter::once(("taizhang.1".to_owned(), press.whole())).chain(pages) {
        let path = folder.join(name);
        let failed = |error| FileFault::Io { doing: Doing::Writing, path: path.clone(), error };
        whole::replace(desk.world.files, &path, text.as_bytes()).map_err(failed)?;
        written += &format!("{}\n", path.display());
    }
    desk.deliver(&written, false)?;
    Ok(Exit::Done)
}

/// Makes pages out of the command line.
struct Press {
    language: Language,
    program: Command,
}

impl Press {
    fn say(&self, text: Manual) -> &'static str {
        lang::manual(self.language, text)
    }

    fn commands(&self) -> impl Iterator<Item = &Command> {
        self.program.get_subcommands().filter(|command| !command.is_hide_set())
    }

    /// Everything on one page.
    fn whole(&self) -> String {
        let mut page = self.beginning("taizhang", self.say(Manual::Tagline), &self.program);
        page.control("SH", [self.say(Manual::Description)]);
        for (place, paragraph) in lang::help(self.language, Help::AboutMore).split("\n\n").enumerate() {
            let is_example = paragraph.starts_with(' ');
            let around = [(place > 0, "PP"), (is_example, "nf")];
            around.iter().filter(|(wanted, _)| *wanted).for_each(|(_, name)| {
                page.control(*name, []);
            });
            for line in paragraph.lines() {
                page.text([roman(line)]);
            }
            if is_example {
                page.control("fi", []);
            }
        }
        page.control("SH", [lang::help(self.language, Help::Commands)]);
        let mut text = rendered(&page);
        for command in self.commands() {
            let verb = VERBS.iter().find(|verb| verb.name == command.get_name());
            let aliases = verb.map_or(&[][..], |verb| verb.aliases);
            let names = [&[command.get_name()], aliases].concat().join(", ");
            let mut part = Roff::new();
            part.control("SS", [names.as_str()]).text([roman(self.about(command))]);
            part.control("PP", []).text([bold(usage(command))]);
            text += &(rendered(&part) + &options_of(command, false));
        }
        text + &self.global_options() + &rendered(&self.end())
    }

    /// A command's own page.
    fn page(&self, command: &Command) -> String {
        let mut page = self.beginning(&format!("taizhang-{}", command.get_name()), self.about(command), command);
        page.control("SH", [lang::help(self.language, Help::Options)]);
        let mut end = Roff::new();
        end.control("SH", [self.say(Manual::SeeAlso)]).text([bold("taizhang"), roman("(1)")]);
        rendered(&page) + &options_of(command, false) + &self.global_options() + &rendered(&end)
    }

    fn beginning(&self, name: &str, about: &str, command: &Command) -> Roff {
        let source = format!("taizhang {}", env!("CARGO_PKG_VERSION"));
        let mut page = Roff::new();
        // Without a date, which is no part of what the program knows. Lines are neither stretched nor hyphenated: Chinese
        // is written without blanks, and options hold hyphens.
        page.control("TH", [name.to_uppercase().as_str(), "1", " ", &source, self.say(Manual::Book)]);
        page.control("ad", ["l"]).control("nh", []);
        page.control("SH", [self.say(Manual::Name)]).text([roman(format!("{name} - {about}"))]);
        page.control("SH", [self.say(Manual::Synopsis)]).text([bold(usage(command))]);
        page
    }

    fn about(&self, command: &Command) -> &'static str {
        let verb = VERBS.iter().find(|verb| verb.name == command.get_name());
        lang::help(self.language, verb.map_or(Help::PageOf, |verb| verb.about))
    }

    fn global_options(&self) -> String {
        let mut heading = Roff::new();
        heading.control("SH", [lang::help(self.language, Help::GlobalOptions)]);
        rendered(&heading) + &options_of(&self.program, true)
    }

    /// What no command's page says.
    fn end(&self) -> Roff {
        let exits = [
            Exit::Done,
            Exit::No,
            Exit::Usage,
            Exit::Refused,
            Exit::Integrity,
            Exit::Io,
            Exit::Unknown,
            Exit::Busy,
            Exit::NotReported,
        ];
        let exits = exits.map(|exit| ((exit as u8).to_string(), Manual::Exit(exit)));
        let variables = [
            ("TAIZHANG_BUDGET", Manual::BudgetVariable),
            ("TAIZHANG_BY", Manual::OperatorVariable),
            ("NO_COLOR", Manual::ColorVariable),
            ("LC_ALL, LC_MESSAGES, LANG", Manual::LocaleVariables),
        ];
        let files = [
            ("*.toml", Manual::BudgetFile),
            ("*.csv", Manual::LedgerFile),
            ("*.csv.head", Manual::HeadFile),
            ("*.csv.lock", Manual::LockFile),
        ];
        let mut page = Roff::new();
        let mut section = |heading: Manual, entries: &[(&str, Manual)]| {
            page.control("SH", [self.say(heading)]);
            for (name, text) in entries {
                page.control("TP", []).text([bold(*name)]).text([roman(self.say(*text))]);
            }
        };
        section(Manual::ExitCodes, &exits.each_ref().map(|(code, text)| (code.as_str(), *text)));
        section(Manual::Environment, &variables);
        section(Manual::Files, &files);
        page
    }
}

/// How a command is typed.
fn usage(command: &Command) -> String {
    command.get_overridden_usage().map(ToString::to_string).unwrap_or_default()
}

/// The options of a command, or of every command, without headings.
fn options_of(command: &Command, global: bool) -> String {
    // The help flag is the same everywhere; it is said once, with what every command has.
    let shown =
        |arg: &clap::Arg| global == (arg.is_global_set() || matches!(arg.get_id().as_str(), "print help" | "version"));
    let own = command.clone().mut_args(|arg| if shown(&arg) { arg } else { arg.hide(true) });
    let mut text = Vec::new();
    Man::new(own).render_options_section(&mut text).expect("memory takes every byte");
    let text = in_ascii(&String::from_utf8_lossy(&text));
    text.lines().skip(PREAMBLE).filter(|line| !line.starts_with(".SH")).map(|line| format!("{line}\n")).collect()
}

/// Lines with which every piece begins, to say how an apostrophe is written; a page has them once.
const PREAMBLE: usize = 2;

fn rendered(page: &Roff) -> String {
    let text = in_ascii(&page.render());
    let is_page = text.lines().nth(PREAMBLE).is_some_and(|line| line.starts_with(".TH"));
    if is_page { text } else { text.lines().skip(PREAMBLE).map(|line| format!("{line}\n")).collect() }
}

/// Characters beyond ASCII by their number, as groff and mandoc both read it.
fn in_ascii(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            ascii += &format!("\\[u{:04X}]", u32::from(character));
        }
    }
    ascii
}
