//! What `verify` checks beyond every pass: the digests in close rows, that ids stand once and invoices are not paid
//! twice, and that nothing is taken back or released beyond what there was. Memory stays bounded: what may repeat is
//! first found by fingerprint, then confirmed in a second pass that keeps only the suspects.

mod first;
mod second;

use super::files::Purpose;
use super::ledger_file::{HeadFile, LedgerFile, Reading};
use super::pass::{self, Further, Pass, Visitor};
use super::seen::Fingerprints;
use crate::domain::entry::{Digest, Entry, Kind};
use crate::domain::ledger::Ledger;
use crate::problem::{Doing, FileFault, LedgerFault, Problem, ProblemKind};

use first::{Closes, First};
use second::{Second, Suspects};

/// What a thorough reading found.
pub(crate) struct Thorough {
    pub(crate) pass: Pass,
    pub(crate) head: HeadFile,
    /// The row whose digest is the anchor.
    pub(crate) anchored_at: Option<u64>,
    /// Warnings: texts that could not have been entered here, invoices that stand on several rows.
    pub(crate) remarks: Vec<Problem>,
    /// Every `repair` row, and notes on the first of them.
    pub(crate) repairs: Vec<u64>,
    pub(crate) repaired: Vec<Problem>,
}

/// Reads a ledger with every check there is.
pub(crate) fn read(ledger: &LedgerFile<'_>, anchor: Option<Digest>) -> Result<Thorough, Problem> {
    let mut reading = ledger.read(|| First::new(anchor, Closes::to_be_checked()))?;
    let is_whole = reading.pass.damage.is_none() && reading.pass.tail == 0;
    if !is_whole || !reading.visitor.closes_hold(ledger)? {
        // Which close fails, and whether before what else is wrong, is told by the pass that stops there.
        reading = ledger.read(|| First::new(anchor, Closes::checked()))?;
    }
    let found = examine(ledger, reading)?;
    let head_differs = found
        .pass
        .damage
        .as_ref()
        .is_some_and(|damage| matches!(damage.problem.kind, ProblemKind::Ledger(LedgerFault::HeadDiffers { .. })));
    if !head_differs {
        return Ok(found);
    }
    // Which of the two is of another book, only the paper tells: so its digest is looked for in all rows that hold.
    let failed = |error| FileFault::Io { doing: Doing::Reading, path: ledger.path.clone(), error };
    let file = ledger.open(Purpose::Reading, false)?;
    let length = file.look().map_err(failed)?.length;
    let first = || First::new(anchor, Closes::checked());
    let (_, first) = pass::reach(&*file, length, first).map_err(failed)?;
    Ok(Thorough { anchored_at: first.anchored_at, ..found })
}

/// The same for the rows that an earlier pass found whole, whatever the head says.
pub(super) fn read_so_far(ledger: &LedgerFile<'_>, earlier: &Pass) -> Result<Thorough, Problem> {
    let (pass, visitor) = ledger.read_again(earlier, || First::new(None, Closes::checked()))?;
    examine(ledger, Reading { pass, visitor, head: HeadFile::Read })
}

fn examine(ledger: &LedgerFile<'_>, reading: Reading<First>) -> Result<Thorough, Problem> {
    let Reading { pass, visitor: mut first, head } = reading;
    let anchored_at = first.anchored_at;
    let mut remarks = first.remarks;
    let (repairs, repaired) = (first.repairs, first.repaired);
    if pass.damage.is_some() {
        return Ok(Thorough { pass, head, anchored_at, remarks, repairs, repaired });
    }
    let mut suspects =
        Suspects { ids: first.ids.repeated(), invoices: first.invoices.repeated(), referred: first.referred };
    let mut windows = (first.ids.next_window(), first.invoices.next_window());
    while windows.0.is_some() || windows.1.is_some() {
        let (ids, invoices) = windows;
        let (_, mut more) = ledger.read_again(&pass, || Repeats { ids: ids.clone(), invoices: invoices.clone() })?;
        suspects.ids.extend(more.ids.iter_mut().flat_map(Fingerprints::repeated));
        suspects.invoices.extend(more.invoices.iter_mut().flat_map(Fingerprints::repeated));
        windows =
            (more.ids.and_then(|ids| ids.next_window()), more.invoices.and_then(|invoices| invoices.next_window()));
    }
    if suspects.is_empty() {
        return Ok(Thorough { pass, head, anchored_at, remarks, repairs, repaired });
    }
    suspects.sort();
    let (again, second) = ledger.read_again(&pass, || Second::new(&suspects))?;
    remarks.extend(second.remarks());
    // What stands behind all rows says nothing where they don't all hold.
    let tail = if again.damage.is_none() { pass.tail } else { 0 };
    let pass = Pass { tail, ..again };
    Ok(Thorough { pass, head, anchored_at, remarks, repairs, repaired })
}

/// A pass for nothing but the fingerprints that the passes before had no room for.
struct Repeats {
    ids: Option<Fingerprints>,
    invoices: Option<Fingerprints>,
}

impl Visitor for Repeats {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        let (mut no_ids, mut no_invoices) = (Fingerprints::closed(), Fingerprints::closed());
        take_fingerprints(
            entry,
            self.ids.as_mut().unwrap_or(&mut no_ids),
            self.invoices.as_mut().unwrap_or(&mut no_invoices),
        );
        Ok(())
    }

    // No test can tell: in order they are the same, only later.
    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>> {
        let nothing = |fingerprints: &Option<Fingerprints>| fingerprints.as_ref().map(Fingerprints::nothing);
        let visitor = Self { ids: nothing(&self.ids), invoices: nothing(&self.invoices) };
        let join = |sum: &mut Self, later: Self| {
            sum.ids.iter_mut().zip(&later.ids).for_each(|(ids, later)| ids.join(later));
            sum.invoices.iter_mut().zip(&later.invoices).for_each(|(invoices, later)| invoices.join(later));
        };
        Some(Further { visitor, join })
    }

    fn has_all(&self) -> bool {
        [&self.ids, &self.invoices].into_iter().flatten().all(Fingerprints::has_all)
    }
}

fn take_fingerprints(entry: &Entry<&str>, ids: &mut Fingerprints, invoices: &mut Fingerprints) {
    if !entry.id.is_empty() {
        ids.take(entry.id);
    }
    // No test can tell if there are more: whoever is suspected is looked at for what it is.
    if entry.what.kind == Kind::Expense && !entry.what.invoice.is_empty() {
        entry.what.invoice.split(';').for_each(|number| invoices.take(number));
    }
}

/// What rows of this kind take back from: reversals and refunds from an expense, releases from a commitment, an
/// opposite adjustment from an adjustment.
fn against(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Reversal | Kind::Refund => Some(Kind::Expense),
        Kind::Release => Some(Kind::Commitment),
        Kind::Adjustment => Some(Kind::Adjustment),
        Kind::Open | Kind::Budget | Kind::Commitment | Kind::Expense | Kind::Note | Kind::Close | Kind::Repair => None,
    }
}

#[cfg(test)]
#[path = "windows_tests.rs"]
mod tests;
