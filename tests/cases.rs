//! Every folder under `cases/` that has a file `typed` is a case: the files a user has, what they type, and everything
//! they see.
//!
//! - `given/`, if there is one, holds the files the user has; they are copied byte for byte to a fresh folder.
//! - `typed` has one command a line, just as it is typed.
//! - `seen` has for each command its line after `$ `, what stdout said, what stderr said after `! `, and the exit code.
//!   At the end, after `= `, come the files that were made or changed; of those a person reads, all from the first new
//!   line on.
//!
//! A line of `typed` that begins with `#` changes the world from there on:
//!
//! ```text
//! # begin with NAME     run what `cases/beginnings/NAME` has typed; it is done, and not shown
//! # today 2022-06-30    the day on the clock
//! # terminal 80         someone sits at a terminal of this width; colours are on
//! # answers y           what they will answer when asked, one word an answer: `⏎` is Enter alone, `⎋` gives up, and
//!                       one of several is chosen by how it begins; what was asked is seen after `! ? `
//! # env COLUMNS=80      a variable of the environment; without `=` it is gone
//! ```
//!
//! `BLESS=1 cargo test cases` writes every `seen` anew and still fails, so that nobody blesses without looking.
//! `TAIZHANG_CASES=variance/of-one-allocation,variance/as-csv-and-json` plays these alone.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use taizhang::{Disk, Exit, Terminal};

use super::office::{Folder, Office, words};

/// Files by their path in the folder.
type Files = BTreeMap<String, Vec<u8>>;

/// What the files that people read end in; of other files only the name is shown.
const READ_BY_PEOPLE: [&str; 3] = [".csv", ".txt", ".json"];

/// What is seen of a case that could not be played; it is never blessed.
const PANICKED: &str = "it panicked\n";

/// How many cases are played at once.
const PLAYERS: usize = 8;

#[test]
fn everything_seen_is_as_it_was_blessed() {
    let (cases, mut wrong) = found(&root());
    let cases = chosen(cases);
    assert!(!cases.is_empty(), "no case was found");
    let bless = std::env::var_os("BLESS").is_some_and(|value| value == "1");
    for (case, seen) in played(&cases) {
        let blessed = fs::read_to_string(case.join("seen")).unwrap_or_default();
        if seen != blessed || seen == PANICKED {
            wrong.push(first_difference(&case, &blessed, &seen));
            if bless && seen != PANICKED {
                fs::write(case.join("seen"), seen).unwrap();
            }
        }
    }
    let done = if bless { "blessed; look at them and run again" } else { "BLESS=1 writes what is seen now" };
    wrong.sort();
    assert!(wrong.is_empty(), "\n{}\n{} differences in {} cases; {done}", wrong.join("\n"), wrong.len(), cases.len());
}

fn chosen(mut cases: Vec<PathBuf>) -> Vec<PathBuf> {
    if let Ok(names) = std::env::var("TAIZHANG_CASES") {
        cases.retain(|case| names.split(',').any(|name| root().join(name) == *case));
    }
    cases
}

/// What is seen in each case. Most of a case's time is waiting for the disk, so several are played at once.
fn played(cases: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let play = |case: &PathBuf| (case.clone(), catch_unwind(|| play(case)).unwrap_or_else(|_| PANICKED.into()));
    thread::scope(|scope| {
        let players: Vec<_> = (0..PLAYERS)
            .map(|first| scope.spawn(move || cases.iter().skip(first).step_by(PLAYERS).map(play).collect::<Vec<_>>()))
            .collect();
        players.into_iter().flat_map(|player| player.join().unwrap()).collect()
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The cases in and below a folder, and what stands there that belongs to none.
fn found(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let mut items: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    items.sort();
    let is_case = items.contains(&folder.join("typed"));
    let (mut cases, mut leftover) = (Vec::new(), Vec::new());
    for item in items {
        let name = item.file_name().unwrap().to_string_lossy().into_owned();
        match (is_case, name.as_str()) {
            (true, "typed" | "seen" | "given") | (false, "beginnings" | ".gitattributes") => {}
            (false, _) if item.is_dir() => {
                let (below, left) = found(&item);
                cases.extend(below);
                leftover.extend(left);
            }
            _ => leftover.push(format!("{}: belongs to no case", item.display())),
        }
    }
    if is_case {
        cases.push(folder.to_owned());
    }
    (cases, leftover)
}

/// Plays a case, by its path below `cases/`, in a folder, for a test that looks at what it leaves.
pub(crate) fn play_in(folder: &Folder, case: &str) -> Office<Disk> {
    let case = root().join(case);
    give(&case, folder);
    let mut office = folder.office();
    for line in fs::read_to_string(case.join("typed")).unwrap().lines() {
        match line.strip_prefix("# ") {
            Some(change) => change_world(&mut office, change),
            None => drop(shown(&office, line)),
        }
    }
    office
}

/// Copies the files the user has.
fn give(case: &Path, folder: &Folder) {
    if case.join("given").is_dir() {
        for (name, bytes) in files_in(&case.join("given"), "") {
            fs::create_dir_all(folder.join(&name).parent().unwrap()).unwrap();
            folder.write(&name, bytes);
        }
    }
}

/// Plays one case in a fresh folder, and writes down what was seen.
fn play(case: &Path) -> String {
    let folder = Folder::new();
    give(case, &folder);
    let mut office = folder.office();
    let mut before = files_in(folder.path(), "");
    let mut seen = String::new();
    for line in fs::read_to_string(case.join("typed")).unwrap().lines() {
        match line.strip_prefix("# ") {
            Some(change) => change_world(&mut office, change),
            None => seen += &shown(&office, line),
        }
        if seen.is_empty() {
            before = files_in(folder.path(), "");
        }
    }
    seen + &afterwards(&before, &files_in(folder.path(), ""))
}

/// Does what a `#` line says.
fn change_world(office: &mut Office<Disk>, change: &str) {
    let (what, value) = change.split_once(' ').unwrap_or((change, ""));
    let value = value.to_owned().leak();
    match what {
        "begin" => {
            let beginning = root().join("beginnings").join(value.strip_prefix("with ").unwrap());
            for line in fs::read_to_string(beginning).unwrap().lines() {
                match line.strip_prefix("# ") {
                    Some(change) => change_world(office, change),
                    None => drop(office.types(line.strip_prefix("taizhang ").unwrap()).expect(Exit::Done)),
                }
            }
        }
        "today" => office.today = value,
        "terminal" => office.terminal = Terminal { input: true, out: true, err: true, width: value.parse().ok() },
        "answers" => office.answers = value.split(' ').collect(),
        "env" => {
            let (name, value) = value.split_once('=').map_or((&*value, None), |(name, value)| (name, Some(value)));
            office.environment.retain(|(known, _)| *known != name);
            office.environment.extend(value.map(|value| (name, value.to_owned())));
        }
        other => panic!("`# {other}` is nothing that can be said"),
    }
}

/// Types a line, and says what was seen.
fn shown(office: &Office<Disk>, line: &str) -> String {
    let words = words(line);
    assert_eq!(words.first().map(String::as_str), Some("taizhang"), "{line}");
    let said = office.runs(&words[1..].iter().map(String::as_str).collect::<Vec<_>>());
    format!("$ {line}\n{}{}exit {}\n\n", marked("", &said.out), marked("! ", &said.err), said.exit as u8)
}

/// A text line by line, each behind a mark; escapes and carriage returns are made visible.
fn marked(mark: &str, text: &str) -> String {
    let text = text.replace('\u{1b}', "␛").replace('\r', "␍");
    let unended = if text.is_empty() || text.ends_with('\n') { "" } else { "\\ no line feed at the end\n" };
    text.lines().map(|line| format!("{mark}{line}\n")).collect::<String>() + unended
}

/// The files below a folder.
fn files_in(folder: &Path, below: &str) -> Files {
    let mut files = Files::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files.extend(files_in(&path, &format!("{name}/")));
        } else {
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

/// What has become of the files.
fn afterwards(before: &Files, after: &Files) -> String {
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let mut said: String = gone.map(|name| format!("= {name} is gone\n")).collect();
    for (name, bytes) in after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)) {
        let old = before.get(name);
        said += &format!("= {name} {}\n", if old.is_some() { "changed" } else { "is new" });
        if READ_BY_PEOPLE.iter().any(|ending| name.ends_with(ending)) {
            let (old, new) =
                (old.map(|old| String::from_utf8_lossy(old)).unwrap_or_default(), String::from_utf8_lossy(bytes));
            let same = old.split('\n').zip(new.split('\n')).take_while(|(old, new)| old == new).count();
            let lines = new.split_inclusive('\n').enumerate().skip(same);
            said.extend(lines.map(|(place, line)| format!("{}: {}\n", place + 1, line.trim_end_matches('\n'))));
        }
    }
    if said.is_empty() { "= no file changed\n".into() } else { said }
}

/// The first line where what was seen leaves what was blessed.
fn first_difference(case: &Path, blessed: &str, seen: &str) -> String {
    let case = case.strip_prefix(root()).unwrap().display();
    let same = blessed.lines().zip(seen.lines()).take_while(|(blessed, seen)| blessed == seen).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(nothing)").to_owned();
    format!("{case}/seen:{}\n  blessed {}\n  seen    {}", same + 1, line(blessed), line(seen))
}
