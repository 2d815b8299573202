//! The budget a command works on, and the ledger beside it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::domain::budget::Budget;
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::problem::{Doing, Failure, FileFault, Problem, ProblemKind, Usage};
use crate::store::budget_file::{self, looks_like_a_budget};
use crate::store::files::{LookKind, folder_of};
use crate::store::ledger_file::LedgerFile;
use crate::store::pass::Unseen;

/// Where a budget is looked for when none is named.
const FOLDERS: [&str; 2] = [".", "budgets"];

/// A budget and its ledger.
pub(super) struct Books<'w> {
    /// The budget file.
    pub(super) path: PathBuf,
    pub(super) budget: Budget,
    /// SHA-256 of the budget file's bytes.
    pub(super) digest: String,
    pub(super) ledger: LedgerFile<'w>,
}

/// Finds and reads the budget; from then on the desk speaks its language.
pub(super) fn open<'w>(desk: &mut Desk<'w>) -> Result<Books<'w>, Failure> {
    let path = find(desk)?;
    // The ledger stands beside the file itself; beside a link to it there would seem to be none.
    if desk.world.files.look(&path).is_ok_and(|look| look.is_some_and(|look| look.kind == LookKind::Link)) {
        return Err(FileFault::Link { path }.into());
    }
    let read = budget_file::read(desk.world.files, &path).map_err(|unreadable| {
        desk.speak(unreadable.language);
        unreadable.failure
    })?;
    desk.speak(read.budget.language);
    let ledger = match read.budget.ledger.as_str() {
        "" => path.with_extension("csv"),
        name if folder_of(&path) == Path::new(".") => PathBuf::from(name),
        name => folder_of(&path).join(name),
    };
    if ledger == path {
        return Err(Usage::LedgerIsBudget { path: path.display().to_string() }.into());
    }
    desk.keep_off(&[&path, &ledger])?;
    let ledger = LedgerFile::new(desk.world.files, &ledger);
    Ok(Books { path, budget: read.budget, digest: read.digest, ledger })
}

/// `-b`, else `TAIZHANG_BUDGET`, else the only budget in `.` and `./budgets`.
fn find(desk: &Desk<'_>) -> Result<PathBuf, Failure> {
    let named = || (desk.world.environment)("TAIZHANG_BUDGET").filter(|path| !path.is_empty()).map(PathBuf::from);
    if let Some(path) = desk.budget.clone().or_else(named) {
        return Ok(path);
    }
    let files = desk.world.files;
    let mut found = Vec::new();
    for folder in FOLDERS.map(Path::new) {
        let listed = match files.list(folder) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(error) => return Err(FileFault::Io { doing: Doing::Reading, path: folder.to_owned(), error }.into()),
            Ok(listed) => listed,
        };
        for path in listed.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
            if looks_like_a_budget(files, &path)? {
                found.push(path);
            }
        }
    }
    match (found.pop(), found.as_slice()) {
        (None, _) => Err(Usage::NoBudget.into()),
        (Some(path), []) => Ok(path),
        (Some(path), others) => {
            let paths = others.iter().chain([&path]).map(|path| path.display().to_string()).collect();
            Err(Usage::SeveralBudgets { paths }.into())
        }
    }
}

/// Where the budget file and the opened ledger disagree; each one stops writing.
pub(super) fn disagreements(books: &Books<'_>, ledger: &Ledger) -> Vec<Problem> {
    let opened_for = ledger.opened_for.iter();
    let differences = opened_for.flat_map(|opened_for| opening::differences(&books.budget, opened_for, &ledger.opened));
    differences.map(|difference| Problem::error(ProblemKind::Differs(difference))).collect()
}

/// The same, found by a reading of its own, for a wish that does not get as far as a session.
pub(super) fn differences(books: &Books<'_>) -> Result<Vec<Problem>, Failure> {
    if !books.ledger.exists()? {
        return Ok(Vec::new());
    }
    let pass = books.ledger.read(|| Unseen)?.pass;
    Ok(disagreements(books, &pass.ledger))
}
