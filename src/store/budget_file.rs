//! The budget file: TOML text to a checked [`Budget`], or every problem in it at once.
//! First the text (size, encoding, syntax), then the tables; nothing half-read gets out.

use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use super::budget_tables;
use super::budget_values::Problems;
use super::chain::sha256;
use super::diagnosis::{from_gb18030, is_gb18030};
use super::files::{Files, Look, LookKind, Purpose, read_stretch};
use super::source::{Source, place};
use crate::domain::budget::{Budget, Language};
use crate::problem::{BudgetFault, Doing, Failure, FileFault, Problem, ProblemKind};

/// The largest budget file, in bytes (design §6, promise 10).
pub(crate) const LARGEST: u64 = 1 << 20;

/// A budget as read, with the SHA-256 of its file's bytes.
#[derive(Debug)]
pub(crate) struct BudgetFile {
    pub(crate) budget: Budget,
    pub(crate) digest: String,
}

/// A budget that can't be read, and the language its file asks for, if that much could be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) failure: Failure,
    pub(crate) language: Option<Language>,
}

impl<P: Into<Problem>> From<P> for Unreadable {
    fn from(problem: P) -> Self {
        Self { failure: problem.into().into(), language: None }
    }
}

/// Reads a budget file.
pub(crate) fn read(files: &dyn Files, path: &Path) -> Result<BudgetFile, Unreadable> {
    let bytes = bytes(files, path)?;
    let digest = sha256(&bytes);
    let text = text(path, bytes)?;
    let budget = parse(&Source::new(path, text))?;
    Ok(BudgetFile { budget, digest })
}

/// Another small file of the same kind, as its text.
pub(crate) fn source(files: &dyn Files, path: &Path) -> Result<Source, Problem> {
    Ok(Source::new(path, text(path, bytes(files, path)?)?))
}

/// Whether a file looks like a budget: it has a `[budget]` table. Used to find the one budget in a folder.
pub(crate) fn looks_like_a_budget(files: &dyn Files, path: &Path) -> Result<bool, Problem> {
    let bytes = match beginning(files, path) {
        Ok((bytes, _)) => bytes,
        Err(problem)
            if matches!(problem.kind, ProblemKind::File(FileFault::NotRegular { .. } | FileFault::Missing { .. })) =>
        {
            return Ok(false);
        }
        Err(problem) => return Err(problem),
    };
    let is_header = |line: &[u8]| {
        let line = line.trim_ascii();
        line.strip_prefix(b"[budget]").is_some_and(|rest| rest.is_empty() || rest.trim_ascii_start().starts_with(b"#"))
    };
    // A file in UTF-16 has a zero beside each ASCII letter; it is found so that its encoding can be complained of.
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let bytes: Vec<u8> = if utf16 { bytes[2..].iter().copied().filter(|byte| *byte != 0).collect() } else { bytes };
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(&bytes);
    Ok(bytes.split(|byte| *byte == b'\n').any(is_header))
}

/// The whole file, refused if it is larger than a budget may be.
fn bytes(files: &dyn Files, path: &Path) -> Result<Vec<u8>, Problem> {
    match beginning(files, path)? {
        (bytes, length) if length <= LARGEST => Ok(bytes),
        _ => {
            let problem = Problem::error(ProblemKind::Budget(BudgetFault::TooLarge { most: LARGEST }));
            Err(problem.at(place(path, 1, "", 0..0)))
        }
    }
}

/// As much of the file as a budget may have, and how long the file is.
fn beginning(files: &dyn Files, path: &Path) -> Result<(Vec<u8>, u64), Problem> {
    let failed = |error| Problem::from(FileFault::Io { doing: Doing::Reading, path: path.to_owned(), error });
    if files.look(path).map_err(failed)?.is_none() {
        return Err(FileFault::Missing { path: path.to_owned() }.into());
    }
    let regular = |look: &Look| look.kind == LookKind::Regular;
    // Opening a pipe would wait for its writer, so what stands there is looked at first; a link is followed.
    if files.look(path).map_err(failed)?.is_some_and(|look| !regular(&look) && look.kind != LookKind::Link) {
        return Err(FileFault::NotRegular { path: path.to_owned() }.into());
    }
    let file = files.open(path, Purpose::Reading).map_err(failed)?;
    let look = file.look().map_err(failed)?;
    if !regular(&look) {
        return Err(FileFault::NotRegular { path: path.to_owned() }.into());
    }
    let bytes = read_stretch(&*file, 0, usize::try_from(look.length.min(LARGEST)).unwrap_or(0)).map_err(failed)?;
    Ok((bytes, look.length))
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    let fault = |fault| Problem::error(ProblemKind::Budget(fault));
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(fault(BudgetFault::Utf16).at(place(path, 1, "", 0..0)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let line_start = bytes[..good].iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
        let line_end = bytes[good..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |feed| good + feed);
        let number = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        let gb18030 = is_gb18030(&bytes);
        let line = &bytes[line_start..line_end];
        // In its own encoding the line is readable again, and the reader sees where it is.
        let shown = if gb18030 { from_gb18030(line) } else { String::from_utf8_lossy(line) };
        // Before the first bad byte the text is UTF-8; read as GB18030 that part may have another length.
        let first_foreign = || shown.find(|character: char| !character.is_ascii()).unwrap_or(0);
        let start = if gb18030 { first_foreign() } else { good - line_start };
        let end = shown[start..].find(['"', '\'']).map_or(shown.trim_end().len(), |quote| start + quote);
        fault(BudgetFault::NotUtf8 { gb18030 }).at(place(path, number, &shown, start..end))
    })
}

/// Reads a budget from its text; `init` and `demo` read the built-in one this way too.
pub(crate) fn parse(source: &Source) -> Result<Budget, Unreadable> {
    let mut problems = Problems::of(source);
    let (document, broken) = document(source, &mut problems);
    let language = language(&document);
    // Behind a syntax error the tables are guesses, and complaints about them would mislead.
    let budget = if broken { None } else { budget_tables::budget(&document, &mut problems) };
    match budget {
        Some(budget) if problems.found.is_empty() => Ok(budget),
        _ => Err(Unreadable { failure: problems.in_order(), language }),
    }
}

/// A text's tables, and whether its syntax is broken somewhere.
pub(crate) fn document<'s>(source: &'s Source, problems: &mut Problems<'_>) -> (Spanned<DeTable<'s>>, bool) {
    let (document, errors) = DeTable::parse_recoverable(source.text());
    let mut broken = false;
    let mut said_last: Option<(String, usize)> = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let duplicate = error.message() == "duplicate key";
        broken |= !duplicate;
        // One mistake that runs on over a line, a million brackets or signs of it, is told where it begins.
        let line = source.line(span.start);
        if said_last.as_ref().is_some_and(|(said, at)| *at == line && said == error.message()) && !duplicate {
            continue;
        }
        said_last = Some((error.message().to_owned(), line));
        let said = error.message().to_owned();
        problems.say(if duplicate { BudgetFault::DuplicateKey } else { BudgetFault::Syntax { said } }, span);
    }
    (document, broken)
}

fn language(document: &Spanned<DeTable<'_>>) -> Option<Language> {
    let budget = document.get_ref().get("budget")?.get_ref().as_table()?;
    Language::from_key(budget.get("language")?.get_ref().as_str()?)
}

#[cfg(test)]
#[path = "budget_tests.rs"]
mod tests;
