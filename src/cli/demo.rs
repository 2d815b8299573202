//! `demo`: the year 2022 played with made-up movements, through the commands' own code, in a folder that stays.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::desk::{Desk, Nobody};
use super::{Verb, init, options};
use crate::domain::budget::Language;
use crate::lang::{Help, Phrase, phrase};
use crate::problem::{Doing, Exit, Failure, FileFault};
use crate::render::Format;
use crate::render::sheet::{Cell, Field};
use crate::render::sheets;
use crate::{Terminal, World};

pub(super) const VERB: Verb = Verb { name: "demo", aliases: &["演示"], about: Help::Demo, arguments, run };

/// The made-up movements, in the order of their dates. Column names are the commands' option names.
const YEAR: &str = include_str!("demo_year.csv");

/// Where it plays when no folder is named; taken names get a number.
const FOLDER: &str = "taizhang-demo";

/// Rows of the opening: one `open` row and nine allocations.
const OPENING_ROWS: usize = 10;

/// How many commands are shown as they are typed; the rest are counted.
const SHOWN: usize = 2;

fn arguments(command: Command, language: Language) -> Command {
    let folder = options::positional("folder", "DIR", Help::DemoDir, language);
    command.arg(folder.value_parser(clap::value_parser!(PathBuf)))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let folder = match matches.get_one::<PathBuf>("folder") {
        Some(folder) => folder.clone(),
        None => unused_folder(desk)?,
    };
    let budget = init::write(desk.world.files, &folder, init::XINFANG_2022_NAME, init::XINFANG_2022)?;
    let mut play = Play { desk, budget, folder };
    play.all()
}

fn unused_folder(desk: &Desk<'_>) -> Result<PathBuf, Failure> {
    let names = std::iter::once(FOLDER.to_owned()).chain((2..).map(|number| format!("{FOLDER}-{number}")));
    for name in names {
        let path = PathBuf::from(name);
        let taken = desk.world.files.look(&path);
        let failed = |error| FileFault::Io { doing: Doing::Creating, path: path.clone(), error };
        if taken.map_err(failed)?.is_none() {
            return Ok(path);
        }
    }
    unreachable!("the names do not end")
}

/// A year being played.
struct Play<'p, 'w> {
    desk: &'p mut Desk<'w>,
    budget: PathBuf,
    folder: PathBuf,
}

impl Play<'_, '_> {
    fn all(&mut self) -> Result<Exit, Failure> {
        let folder = self.folder.display().to_string();
        self.tell(&Phrase::DemoTitle { folder: folder.clone() })?;
        self.tell(&Phrase::DemoOpen)?;
        let mut exit = self.show(&["open", "--yes", "--by", "演示", "--id", "demo-open"])?;
        let movements = movements();
        for (number, typed) in movements.iter().enumerate() {
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            let done = if number < SHOWN { self.show(&typed)? } else { self.play(&typed)? };
            exit = exit.max(done);
        }
        self.tell(&Phrase::DemoPlayed { rows: movements.len() - SHOWN })?;
        self.tell(&Phrase::DemoHalfYear)?;
        exit = exit.max(self.show(&["variance", "--as-of", "2022-06-30"])?);
        self.tell(&Phrase::DemoRefused)?;
        self.show(&["record", "-a", "2", "--amount", "10万元", "--date", "2022-12-30", "--by", "演示", "--dry-run"])?;
        self.tell(&Phrase::DemoYearEnd)?;
        exit = exit.max(self.show(&["balance", "--as-of", "2022-12-31"])?);
        exit = exit.max(self.show(&["verify"])?);
        self.tell(&Phrase::DemoExplore { folder: folder.clone() })?;
        if self.desk.format != Format::Table {
            let sheet = sheets::record(
                "taizhang.demo/1",
                phrase(self.desk.language, &Phrase::DemoTitle { folder: folder.clone() }),
                vec![
                    Field::hidden("folder", Cell::Text(folder)),
                    Field::hidden("budget", Cell::Text(self.budget.display().to_string())),
                    Field::hidden("ledger", Cell::Text(self.budget.with_extension("csv").display().to_string())),
                    Field::hidden("rows", Cell::Number((OPENING_ROWS + movements.len()) as u64)),
                ],
            );
            self.desk.answer(&sheet, true)?;
        }
        Ok(exit)
    }

    fn tell(&mut self, words: &Phrase) -> Result<(), Failure> {
        let text = format!("\n{}\n", phrase(self.desk.language, words));
        self.print(&text)
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        if self.desk.format == Format::Table { self.desk.print(text, true) } else { Ok(()) }
    }

    /// Runs a command, and shows it as typed with all that it says.
    fn show(&mut self, typed: &[&str]) -> Result<Exit, Failure> {
        let quoted = typed
            .iter()
            .map(|word| if word.contains([' ', '·', '；']) { format!("'{word}'") } else { (*word).to_owned() });
        self.print(&format!("\n$ taizhang {}\n", quoted.collect::<Vec<_>>().join(" ")))?;
        let (exit, said) = self.command(typed);
        self.print(&said)?;
        Ok(exit)
    }

    /// Runs a command; what it says is shown only if it fails.
    fn play(&mut self, typed: &[&str]) -> Result<Exit, Failure> {
        let (exit, said) = self.command(typed);
        if exit != Exit::Done {
            self.print(&said)?;
        }
        Ok(exit)
    }

    /// The command in a world of its own: this file system and clock, its own streams, nobody to ask.
    fn command(&self, typed: &[&str]) -> (Exit, String) {
        let language = if self.desk.language == Language::Chinese { "zh" } else { "en" };
        let color = if self.desk.colors_answers() { "always" } else { "never" };
        let mut arguments: Vec<OsString> =
            ["taizhang", "--lang", language, "--color", color, "-b"].map(Into::into).to_vec();
        arguments.push(self.budget.clone().into());
        arguments.extend(typed.iter().map(Into::into));
        let width = self.desk.answer_width().map(|width| OsString::from(width.to_string()));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = super::run(World {
            arguments,
            environment: &|name| if name == "COLUMNS" { width.clone() } else { None },
            machine: self.desk.world.machine,
            files: self.desk.world.files,
            overflow: self.desk.world.overflow.clone(),
            clock: self.desk.world.clock,
            wait: self.desk.world.wait,
            out: &mut out,
            err: &mut err,
            terminal: Terminal::default(),
            ask: &mut Nobody,
            progress: &mut Nobody,
        });
        err.extend(out);
        (exit, String::from_utf8_lossy(&err).into_owned())
    }
}

/// The year's movements as typed commands.
fn movements() -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(YEAR.as_bytes());
    let columns = reader.headers().cloned().unwrap_or_default();
    let mut seqs = BTreeMap::new();
    let mut commands = Vec::new();
    for record in reader.records() {
        let record = record.expect("the built-in year is well-formed; a test plays it");
        let mut fields: BTreeMap<&str, &str> =
            columns.iter().zip(&record).filter(|(_, value)| !value.is_empty()).collect();
        let command = fields.remove("command").unwrap_or_default().to_owned();
        let of = fields.remove("of").and_then(|of| seqs.get(of)).map(|seq: &usize| seq.to_string());
        seqs.insert(fields["id"].to_owned(), OPENING_ROWS + commands.len() + 1);
        let mut typed: Vec<String> = std::iter::once(command).chain(of).collect();
        for column in columns.iter() {
            if let Some(value) = fields.get(column) {
                typed.extend([format!("--{column}"), (*value).to_owned()]);
            }
        }
        typed.extend(["--by".to_owned(), "演示".to_owned()]);
        commands.push(typed);
    }
    commands
}
