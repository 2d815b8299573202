//! An office: a file system, a clock that ticks, a fixed day, and someone who types. Runs happen in this process, so
//! they are quick and the same every time.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use taizhang::{
    Ask, DateTime, Disk, Exit, Files, FixedOffset, Machine, Overflow, Place, Progress, Question, Terminal, World, run,
};

/// The shipped budget's ledger.
pub(crate) const LEDGER: &str = "chuxiong-xinfang-2022.csv";

/// Everything one command said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Seen {
    /// The answer as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The same, if the command ended as it should.
    #[track_caller]
    pub(crate) fn expect(self, exit: Exit) -> Self {
        assert_eq!(self.exit, exit, "{}{}", self.out, self.err);
        self
    }
}

/// A place to run commands in.
pub(crate) struct Office<F> {
    pub(crate) files: F,
    /// What `--today` would be, as the clock says it.
    pub(crate) today: &'static str,
    pub(crate) environment: Vec<(&'static str, String)>,
    pub(crate) terminal: Terminal,
    /// Where rows go that are too many to be held, and how many that are.
    pub(crate) overflow: Overflow,
    pub(crate) machine: MadeUp,
    /// Answers that the person at the terminal will give, first one first.
    pub(crate) answers: Vec<&'static str>,
    seconds: Cell<i64>,
}

impl<F: Files> Office<F> {
    /// An office on 31 December 2022, Chinese, with an operator named in the environment.
    pub(crate) fn on(files: F) -> Self {
        Self {
            files,
            today: "2022-12-31",
            environment: vec![("TAIZHANG_BY", "小李".into()), ("LANG", "zh_CN.UTF-8".into())],
            terminal: Terminal::default(),
            overflow: Overflow::into_folder(std::env::temp_dir()),
            machine: MadeUp::default(),
            answers: Vec::new(),
            seconds: Cell::new(0),
        }
    }

    /// Types a command line, words apart by blanks; quotes keep words together.
    pub(crate) fn types(&self, line: &str) -> Seen {
        let words = words(line);
        self.runs(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Runs a command by its words, the program's name left off.
    pub(crate) fn runs(&self, words: &[&str]) -> Seen {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = self.runs_into(words, &mut out, &mut err);
        Seen { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
    }

    /// The same, with streams of the test's own.
    pub(crate) fn runs_into(&self, words: &[&str], out: &mut dyn std::io::Write, err: &mut dyn std::io::Write) -> Exit {
        let err = RefCell::new(err);
        let mut seen = Shared(&err);
        let mut person = Person { answers: self.answers.clone().into_iter(), seen };
        run(World {
            arguments: std::iter::once("taizhang").chain(words.iter().copied()).map(OsString::from).collect(),
            environment: &|name| {
                self.environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            },
            files: &self.files,
            overflow: self.overflow.clone(),
            machine: &self.machine,
            clock: &|| self.tick(),
            wait: &|time: Duration| std::thread::sleep(time.min(Duration::from_millis(1))),
            out,
            err: &mut seen,
            terminal: self.terminal,
            ask: &mut person,
            progress: &mut Unseen,
        })
    }

    /// Ten in the morning of the fixed day, a second later each time it is asked.
    fn tick(&self) -> DateTime<FixedOffset> {
        let morning = DateTime::parse_from_rfc3339(&format!("{}T10:00:00+08:00", self.today)).unwrap();
        self.seconds.set(self.seconds.get() + 1);
        morning + Duration::from_secs(u64::try_from(self.seconds.get()).unwrap())
    }
}

/// A machine that says what a test wants: at first that all is well.
#[derive(Debug, Clone)]
pub(crate) struct MadeUp {
    pub(crate) place: Place,
    /// What is said of paths with this ending, where it is something else.
    pub(crate) other: Option<(&'static str, Place)>,
    /// What a second run of the program exits with: 7 where a lock keeps it out.
    pub(crate) second: Option<i32>,
}

impl Default for MadeUp {
    fn default() -> Self {
        let place = Place {
            free: Some(12 << 30),
            file_system: Some("ext4".into()),
            read_only: Some(false),
            owner: Some(1000),
            mode: Some(0o640),
        };
        Self { place, other: None, second: Some(7) }
    }
}

impl Machine for MadeUp {
    fn place(&self, path: &Path) -> Place {
        let other = self.other.iter().find(|(ending, _)| path.to_string_lossy().ends_with(ending));
        other.map_or(&self.place, |(_, place)| place).clone()
    }

    fn run_again(&self, _arguments: &[&std::ffi::OsStr]) -> Option<i32> {
        self.second
    }
}

/// A fresh folder with nothing in it, gone when dropped.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// An office in this folder; paths are relative to it.
    pub(crate) fn office(&self) -> Office<Disk> {
        Office::on(Disk::rooted(self.path().to_owned()))
    }

    /// An office with the shipped budget written and opened.
    pub(crate) fn opened(&self) -> Office<Disk> {
        let office = self.office();
        office.types("init").expect(Exit::Done);
        office.types("open --yes --id opening").expect(Exit::Done);
        office
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.join(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.join(name), bytes).unwrap();
    }
}

/// The person at the terminal: gives the answers they were told to, and all that is asked stands in what is seen.
///
/// `⏎` is nothing but Enter, and `⎋` gives up, as does having no more answers. An option is chosen by how it begins.
struct Person<'s, 'e> {
    answers: std::vec::IntoIter<&'static str>,
    seen: Shared<'s, 'e>,
}

impl Person<'_, '_> {
    fn answer(&mut self) -> Option<&'static str> {
        self.answers.next().filter(|answer| *answer != "⎋").map(|answer| if answer == "⏎" { "" } else { answer })
    }

    fn write(&mut self, text: &str) {
        self.seen.write_all(text.as_bytes()).unwrap();
    }
}

impl Ask for Person<'_, '_> {
    fn text(&mut self, question: &Question<'_>, suggestion: &str) -> Option<String> {
        let answer = self.answer();
        // What stands there already is left by Enter, and typed over by anything else.
        let answer = answer.map(|answer| if answer.is_empty() { suggestion } else { answer });
        let help = if question.help.is_empty() { String::new() } else { format!("  [{}]", question.help) };
        self.write(&format!("? {} {}{help}\n", question.text, answer.unwrap_or(question.given_up)));
        answer.map(str::to_owned)
    }

    fn choose(&mut self, question: &Question<'_>, options: &[String], cursor: usize) -> Option<usize> {
        let answer = self.answer();
        self.write(&format!("? {}  [{}]\n", question.text, question.help));
        let begins = |answer: &str| options.iter().position(|option| option.trim_start().starts_with(answer));
        let chosen = answer.map(|answer| {
            if answer.is_empty() { cursor } else { begins(answer).unwrap_or_else(|| panic!("{answer}: {options:#?}")) }
        });
        for (place, option) in options.iter().enumerate() {
            self.write(&format!("{} {option}\n", if Some(place) == chosen { ">" } else { " " }));
        }
        chosen
    }
}

/// One place where several write by turns.
#[derive(Clone, Copy)]
struct Shared<'s, 'e>(&'s RefCell<&'e mut dyn Write>);

impl Write for Shared<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

/// A typed line as words: blanks part them, single or double quotes keep them together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            (_, other) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

/// Nobody waits in a test.
struct Unseen;

impl Progress for Unseen {
    fn show(&mut self, _done: u64, _total: u64) {}

    fn clear(&mut self) {}
}
