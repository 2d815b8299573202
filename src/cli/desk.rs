//! Where a command stands: its world, and what the options every command has say. Answers and problems leave here.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::typed;
use crate::domain::budget::Language;
use crate::domain::calendar::{Date, Moment};
use crate::domain::rules::Refusal;
use crate::lang::{Phrase, phrase};
use crate::problem::{Doing, Failure, FileFault, Problem, Usage};
use crate::render::sheet::Sheet;
use crate::render::{self, Format, Screen, Unwritten, as_table, problems};
use crate::store::files::{LookKind, Purpose, beside, folder_of};
use crate::store::likeness::looks_like_books;
use crate::store::whole;
use crate::{Ask, Progress, Question, Terminal, World};

/// What the files of other programs end in.
const OFFICE_ENDINGS: [&str; 12] =
    ["pdf", "xls", "xlsm", "ods", "et", "doc", "docx", "odt", "wps", "png", "jpg", "svg"];

/// A command's place of work.
pub(super) struct Desk<'w> {
    pub(super) world: World<'w>,
    /// The language of everything from now on.
    pub(super) language: Language,
    /// Whether `--lang` was given, so that the budget's own language doesn't count.
    language_is_asked_for: bool,
    color: String,
    today: Option<Date>,
    pub(super) format: Format,
    format_is_asked_for: bool,
    output: Option<PathBuf>,
    /// The budget named by `-b`.
    pub(super) budget: Option<PathBuf>,
    /// Who is writing, once they were asked: nobody is asked twice.
    pub(super) operator: Option<String>,
}

/// What someone answered where a word is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Yes,
    No,
    /// Go through the answers again.
    Change,
    /// Nothing was typed.
    Nothing,
}

impl Decision {
    pub(super) fn read(answer: &str) -> Option<Self> {
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" | "是" => Some(Self::Yes),
            "n" | "no" | "否" => Some(Self::No),
            "c" | "change" | "改" => Some(Self::Change),
            "" => Some(Self::Nothing),
            _ => None,
        }
    }
}

/// Nobody is there to be asked.
pub(super) struct Nobody;

impl Ask for Nobody {
    fn text(&mut self, _question: &Question<'_>, _suggestion: &str) -> Option<String> {
        None
    }

    fn choose(&mut self, _question: &Question<'_>, _options: &[String], _cursor: usize) -> Option<usize> {
        None
    }
}

/// Nor does anybody wait.
impl Progress for Nobody {
    fn show(&mut self, _done: u64, _total: u64) {}

    fn clear(&mut self) {}
}

impl<'w> Desk<'w> {
    pub(super) fn new(world: World<'w>, language: Language) -> Self {
        Self {
            world,
            language,
            language_is_asked_for: false,
            color: "auto".into(),
            today: None,
            format: Format::Table,
            format_is_asked_for: false,
            output: None,
            budget: None,
            operator: None,
        }
    }

    /// Takes in the options that every command has.
    pub(super) fn settle(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        self.language_is_asked_for = text("lang").is_some();
        self.color = text("color").unwrap_or("auto").to_owned();
        self.output = matches.get_one::<PathBuf>("output").cloned();
        let by_name = || Format::from_ending(self.output.as_ref()?.extension()?.to_str()?);
        self.format = text("format").and_then(Format::from_key).or_else(by_name).unwrap_or(Format::Table);
        self.format_is_asked_for = text("format").is_some();
        self.budget = matches.get_one::<PathBuf>("budget").cloned();
        let mut problems = Vec::new();
        if let Some(ending) = self.unwritten_ending().filter(|_| !self.format_is_asked_for) {
            problems.push(Usage::NoSuchForm { ending }.into());
        }
        self.today = typed::date(matches, "today", &mut problems);
        if !self.format.is_text() && self.output.is_none() && self.world.terminal.out {
            problems.push(Refusal::NotForATerminal { format: self.format.key() }.into());
        }
        Failure::unless_none(problems)
    }

    /// The ending of the file that `-o` names, where it promises a form that is not written. Any other name is a text's.
    fn unwritten_ending(&self) -> Option<String> {
        let ending = self.output.as_ref()?.extension()?.to_str()?.to_ascii_lowercase();
        OFFICE_ENDINGS.contains(&ending.as_str()).then_some(ending)
    }

    /// Whether a form was typed, and not only a file whose name ends like one.
    pub(super) fn format_is_asked_for(&self) -> bool {
        self.format_is_asked_for
    }

    /// The file that `-o` names, for a command whose answer it does not take; the answer goes to the screen then.
    pub(super) fn output_for_a_file(&mut self) -> Option<PathBuf> {
        let output = self.output.take();
        if output.is_some() && !self.format_is_asked_for {
            self.format = Format::Table;
        }
        output
    }

    /// From now on the budget's own language, unless another was asked for.
    pub(super) fn speak(&mut self, language: Option<Language>) {
        if let Some(language) = language.filter(|_| !self.language_is_asked_for) {
            self.language = language;
        }
    }

    pub(super) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| (self.world.clock)().date_naive())
    }

    pub(super) fn now(&self) -> Moment {
        (self.world.clock)()
    }

    /// Puts problems on stderr. One that can't be put there changes nothing: the exit code says it too.
    pub(super) fn complain(&mut self, found: &[Problem]) {
        let color = self.colors(self.world.terminal.err);
        let width = self.world.terminal.width.filter(|_| self.world.terminal.err);
        for problem in found {
            let text = problems::problem(problem, self.language, color, width);
            let _ = self.world.err.write_all(text.as_bytes());
        }
        let _ = self.world.err.flush();
    }

    /// Asks for a line of text at the terminal; `None` means they gave up.
    pub(super) fn asks(&mut self, question: &str, help: &str, suggestion: &str) -> Option<String> {
        let given_up = phrase(self.language, &Phrase::GivenUp);
        let question = self.question(question, help, &given_up);
        self.world.ask.text(&question, suggestion)
    }

    /// Lets someone choose one of several at the terminal, by its place; `None` means they gave up.
    pub(super) fn choices(&mut self, question: &str, help: &str, options: &[String], cursor: usize) -> Option<usize> {
        let given_up = phrase(self.language, &Phrase::GivenUp);
        let question = self.question(question, help, &given_up);
        self.world.ask.choose(&question, options, cursor)
    }

    fn question<'q>(&self, text: &'q str, help: &'q str, given_up: &'q str) -> Question<'q> {
        Question { text, help, given_up, color: self.colors(self.world.terminal.err) }
    }

    /// A desk like this one on which a command is tried: its answer, a table, and its problems go elsewhere, and there is
    /// nobody to ask.
    pub(super) fn rehearsal<'r>(
        &'r self,
        out: &'r mut dyn Write,
        err: &'r mut dyn Write,
        [nobody, unseen]: &'r mut [Nobody; 2],
    ) -> Desk<'r> {
        let Terminal { err: on_screen, width, .. } = self.world.terminal;
        let World { environment, files, ref overflow, machine, clock, wait, .. } = self.world;
        let terminal = Terminal { input: false, out: on_screen, err: on_screen, width };
        let world = World {
            arguments: Vec::new(),
            environment,
            files,
            overflow: overflow.clone(),
            machine,
            clock,
            wait,
            out,
            err,
            terminal,
            ask: nobody,
            progress: unseen,
        };
        Desk {
            world,
            language: self.language,
            language_is_asked_for: self.language_is_asked_for,
            color: self.color.clone(),
            today: self.today,
            format: Format::Table,
            format_is_asked_for: false,
            output: None,
            budget: self.budget.clone(),
            operator: self.operator.clone(),
        }
    }

    /// Shows how far long work has come, where someone looks on.
    pub(super) fn progress(&mut self, done: u64, total: u64) {
        if self.world.terminal.err {
            self.world.progress.show(done, total);
        }
    }

    /// Asks for a yes or no at the terminal, and again where the answer is neither; giving up is a no.
    pub(super) fn confirms(&mut self, question: &Phrase) -> bool {
        let question = phrase(self.language, question);
        while let Some(answer) = self.asks(&question, "", "") {
            match Decision::read(&answer) {
                Some(Decision::Yes) => return true,
                Some(Decision::No | Decision::Nothing) => return false,
                Some(Decision::Change) | None => {}
            }
        }
        false
    }

    /// The file that the answer goes to.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Refuses, before anything is written, an answer that would go onto the budget, the ledger or a file beside it.
    pub(super) fn keep_off(&self, books: &[&Path]) -> Result<(), Failure> {
        self.output.as_ref().map_or(Ok(()), |output| self.keep_file_off(output, books))
    }

    /// The same for a file that is not the answer.
    pub(super) fn keep_file_off(&self, output: &Path, books: &[&Path]) -> Result<(), Failure> {
        let identity = |path: &Path| {
            let purpose = match self.world.files.look(path).ok()??.kind {
                LookKind::Regular => Purpose::Reading,
                // Opening follows a link, so that no other name of the same file slips by; where it ends in a pipe,
                // opening for reading alone would wait for a writer.
                LookKind::Link => Purpose::Rewriting,
                LookKind::Folder | LookKind::Other => return None,
            };
            let file = self.world.files.open(path, purpose).ok()?;
            file.look().ok().map(|look| look.identity)
        };
        let here = identity(output);
        for book in books {
            for path in ["", ".lock", ".head", ".import-1"].map(|ending| beside(book, ending)) {
                let same_file = here.is_some() && here == identity(&path);
                if same_file || output.file_name() == path.file_name() && folder_of(output) == folder_of(&path) {
                    return Err(Refusal::OutputOntoBooks { path: output.display().to_string() }.into());
                }
            }
        }
        // Last year's ledger, or another project's, is as dear as the one at hand.
        if looks_like_books(self.world.files, output) {
            return Err(Refusal::OutputOntoBooks { path: output.display().to_string() }.into());
        }
        Ok(())
    }

    /// Answers with a sheet, in the asked form, to the asked place. `committed` says that the ledger was written to.
    pub(super) fn answer(&mut self, sheet: &Sheet, committed: bool) -> Result<(), Failure> {
        let (rows, most) = (render::rows(sheet), self.format.most_rows());
        if let Some(most) = most.filter(|most| rows > *most) {
            return Err(Refusal::TooManyForAWorksheet { rows, most }.into());
        }
        let (format, language, screen) = (self.format, self.language, self.screen());
        self.write(committed, |out| render::write(sheet, format, language, screen, out))
    }

    /// A text, or the bytes of a file, as the answer, to the asked place.
    pub(super) fn deliver(&mut self, answer: &(impl AsRef<[u8]> + ?Sized), committed: bool) -> Result<(), Failure> {
        self.write(committed, |out| Ok(out.write_all(answer.as_ref())?))
    }

    /// An answer to the asked place, as it is made.
    fn write(
        &mut self,
        committed: bool,
        make: impl FnOnce(&mut dyn Write) -> Result<(), Unwritten>,
    ) -> Result<(), Failure> {
        let Some(path) = self.output.clone() else { return self.print_by(committed, make) };
        whole::replace_by(self.world.files, &path, make).map_err(|unwritten| match unwritten {
            Unwritten::Untaken(error) if !committed => FileFault::Io { doing: Doing::Writing, path, error }.into(),
            Unwritten::Lost(_) | Unwritten::Untaken(_) | Unwritten::NotMade(_) => unmade(unwritten, committed),
        })
    }

    /// A text as the answer, to a place where nothing stands: what someone fills in is not written over.
    pub(super) fn deliver_anew(&mut self, text: &str) -> Result<(), Failure> {
        if let Some(path) = &self.output {
            let look = self.world.files.look(path);
            let look = look.map_err(|error| FileFault::Io { doing: Doing::Reading, path: path.clone(), error })?;
            if look.is_some_and(|look| look.kind == LookKind::Regular) {
                return Err(FileFault::Exists { path: path.clone() }.into());
            }
        }
        self.deliver(text, false)
    }

    /// A sheet as a table for stderr: something to look at before answering a question.
    pub(super) fn preview(&self, sheet: &Sheet) -> String {
        let on_screen = self.world.terminal.err;
        let screen = Screen { width: self.world.terminal.width.filter(|_| on_screen), color: self.colors(on_screen) };
        as_table(sheet, self.language, screen)
    }

    /// Prints an answer on stdout. A reader who has seen enough and gone (`| head`) is no error.
    pub(super) fn print(&mut self, answer: &(impl AsRef<[u8]> + ?Sized), committed: bool) -> Result<(), Failure> {
        self.print_by(committed, |out| Ok(out.write_all(answer.as_ref())?))
    }

    fn print_by(
        &mut self,
        committed: bool,
        make: impl FnOnce(&mut dyn Write) -> Result<(), Unwritten>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::with_capacity(GATHERED, &mut self.world.out);
        let printed = make(&mut out).and_then(|()| Ok(out.flush()?));
        // What is still gathered of half an answer stays there.
        let _ = out.into_parts();
        match printed {
            Ok(()) => Ok(()),
            Err(Unwritten::Untaken(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(unwritten) => Err(unmade(unwritten, committed)),
        }
    }

    pub(super) fn colors_answers(&self) -> bool {
        self.screen().color
    }

    pub(super) fn answer_width(&self) -> Option<usize> {
        self.screen().width
    }

    fn screen(&self) -> Screen {
        let on_screen = self.world.terminal.out && self.output.is_none();
        let columns = self.world.says("COLUMNS").and_then(|columns| columns.parse().ok());
        let width =
            if on_screen { self.world.terminal.width.or(columns) } else { columns.filter(|_| self.output.is_none()) };
        Screen { width: width.filter(|width| *width > 0), color: self.colors(on_screen) }
    }

    /// `--color`, else `NO_COLOR` (no-color.org), else whether anyone would see it.
    fn colors(&self, on_screen: bool) -> bool {
        let no_color = || (self.world.environment)("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = || self.world.says("TERM").is_some_and(|term| term == "dumb");
        match self.color.as_str() {
            "always" => true,
            "never" => false,
            _ => on_screen && !no_color() && !dumb(),
        }
    }
}

/// Bytes of an answer that are printed at once.
const GATHERED: usize = 1 << 16;

fn unmade(unwritten: Unwritten, committed: bool) -> Failure {
    match unwritten {
        Unwritten::Lost(lost) => lost.into(),
        Unwritten::Untaken(error) | Unwritten::NotMade(error) if committed => FileFault::NotReported { error }.into(),
        Unwritten::Untaken(error) | Unwritten::NotMade(error) => FileFault::OutputFailed { error }.into(),
    }
}
