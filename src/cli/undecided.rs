//! `reconcile --undecided`: what is open, as the table of decisions that `--accept` reads. It goes onto nobody's books, and
//! never onto a list that someone has begun to fill in.

use std::path::{Path, PathBuf};

use super::books::Books;
use super::desk::Desk;
use super::reconcile;
use crate::lang::{self, About, ReconciliationWord, Undecided};
use crate::problem::{Doing, Failure, FileFault, Notice, Problem};
use crate::reports::reconciliation::{Open, Pairing, Reconciliation};
use crate::store::decisions_file::{self, Decision, Line};
use crate::store::files::{Files, LookKind, Purpose, read_stretch};
use crate::store::whole;

/// Refuses a list that would go onto the books, what is read, or the answer.
pub(super) fn keep_off(desk: &Desk<'_>, list: &Path, books: &Books<'_>, read: &[&Path]) -> Result<(), Failure> {
    let answer = desk.output();
    let others = [books.path.as_path(), &books.ledger.path].into_iter().chain(read.iter().copied()).chain(answer);
    desk.keep_file_off(list, &others.collect::<Vec<_>>())
}

/// Writes the list: what was decided already, then what is open.
pub(super) fn write(
    desk: &mut Desk<'_>,
    list: &Path,
    decisions: &[Decision],
    report: &Reconciliation,
) -> Result<(), Failure> {
    let about = |open: Option<Undecided>, pair: &Pairing| {
        let (paid, told) = (pair.paid.map(|day| (day, pair.ledger)), pair.told.map(|day| (day, pair.statement)));
        let about = About { open, paid, told, payees: pair.payees().join(" / ") };
        lang::reconciliation(desk.language, &ReconciliationWord::About(about))
    };
    let decided = decisions.iter().map(|decision| Line {
        items: decision.items.clone(),
        amount: decision.amount,
        ledger: decision.ledger,
        // What is later than the day of the report is not among its sides.
        signs: decision.signs.or(reconcile::signs(&report.sides, &decision.items)),
        about: about(None, &report.sides.pairing(None, decision.items.clone())),
        reason: decision.reason.clone(),
    });
    let open = report.undecided().into_iter().map(|(open, pair)| Line {
        amount: if pair.items.lines.is_empty() { pair.ledger } else { pair.statement },
        ledger: Some(pair.ledger).filter(|_| !pair.items.lines.is_empty() && !pair.items.seqs.is_empty()),
        signs: reconcile::signs(&report.sides, &pair.items),
        about: about(Some(undecided(open)), &pair),
        reason: String::new(),
        items: pair.items,
    });
    let lines: Vec<Line> = decided.chain(open).collect();
    put(desk.world.files, list, &decisions_file::written(&lines, desk.language))?;
    desk.complain(&[Problem::note(Notice::Listed { path: list.to_owned(), open: report.open() })]);
    Ok(())
}

fn undecided(open: Open) -> Undecided {
    match open {
        Open::Differing => Undecided::Differing,
        Open::Ambiguous(number) => Undecided::Ambiguous(number),
        Open::OnlyInLedger => Undecided::OnlyInLedger,
        Open::OnlyInStatement => Undecided::OnlyInStatement,
    }
}

/// Writes a file where there is none; one that says the same already is as good.
fn put(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fails = |doing: Doing| move |error| FileFault::Io { doing, path: PathBuf::from(path), error };
    if let Some(look) = files.look(path).map_err(fails(Doing::Reading))?
        && matches!(look.kind, LookKind::Regular | LookKind::Link)
    {
        let file = files.open(path, Purpose::Reading).map_err(fails(Doing::Reading))?;
        let length = file.look().map_err(fails(Doing::Reading))?.length;
        let is_same = length == bytes.len() as u64
            && read_stretch(&*file, 0, bytes.len()).map_err(fails(Doing::Reading))? == bytes;
        return if is_same { Ok(()) } else { Err(FileFault::ListExists { path: path.to_owned() }.into()) };
    }
    Ok(whole::replace(files, path, bytes).map_err(fails(Doing::Writing))?)
}
