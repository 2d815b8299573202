//! Whether a file is somebody's books, not only those at hand: no answer may be written onto a ledger, what stands beside
//! one, or a budget.

use std::path::Path;

use super::budget_file::looks_like_a_budget;
use super::files::{Files, LookKind, Purpose, beside};
use super::line::COLUMNS;

/// Whether what stands there is a ledger, a ledger's head, or a budget. What can't be read is none.
pub(crate) fn looks_like_books(files: &dyn Files, path: &Path) -> bool {
    let is_there = |path: &Path| files.look(path).is_ok_and(|look| look.is_some());
    if is_there(path) && [".head", ".lock"].iter().any(|ending| is_there(&beside(path, ending))) {
        return true;
    }
    let is_file = files.look(path).is_ok_and(|look| look.is_some_and(|look| look.kind == LookKind::Regular));
    let mut beginning = [0; 256];
    let read = is_file
        .then(|| files.open(path, Purpose::Reading).and_then(|file| file.read_at(&mut beginning, 0)).unwrap_or(0));
    let beginning = &beginning[..read.unwrap_or(0)];
    beginning.starts_with(COLUMNS.join(",").as_bytes())
        || beginning.starts_with(b"taizhang-head ")
        || is_file && looks_like_a_budget(files, path).unwrap_or(false)
}
