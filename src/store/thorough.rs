//! What `verify` checks beyond every pass: the digests in close rows, that ids stand once and invoices are not paid
//! twice, and that nothing is taken back or released beyond what there was. Memory stays bounded: what may repeat is
//! first found by fingerprint, then confirmed in a second pass that keeps only the suspects.

use std::collections::BTreeMap;

use super::files::Purpose;
use super::ledger_file::{HeadFile, LedgerFile, Reading};
use super::pass::{self, Pass, Visitor};
use super::sealing::Sealing;
use super::seen::Fingerprints;
use crate::domain::amount::Amount;
use crate::domain::entry::{Digest, Entry, Kind};
use crate::domain::mending::{Repair, Restored};
use crate::domain::reasons::plain_memo;
use crate::domain::text::is_as_entered;
use crate::problem::{Doing, FileFault, LedgerFault, Level, Notice, Problem, ProblemKind};

/// How many remarks are kept; a foreign ledger could earn millions.
const MOST_REMARKS: usize = 20;

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
    let found = examine(ledger, ledger.read(|| First::new(anchor))?)?;
    let head_differs = found
        .pass
        .damage
        .as_ref()
        .is_some_and(|damage| matches!(damage.problem.kind, ProblemKind::Ledger(LedgerFault::HeadDiffers { .. })));
    if anchor.is_none() || found.anchored_at.is_some() || !head_differs {
        return Ok(found);
    }
    // Which of the two is of another book, only the paper tells: so its digest is looked for in all rows that hold.
    let failed = |error| FileFault::Io { doing: Doing::Reading, path: ledger.path.clone(), error };
    let file = ledger.open(Purpose::Reading, false)?;
    let length = file.look().map_err(failed)?.length;
    let (_, first) = pass::reach(&*file, length, || First::new(anchor)).map_err(failed)?;
    Ok(Thorough { anchored_at: first.anchored_at, ..found })
}

/// The same for the rows that an earlier pass found whole, whatever the head says.
pub(super) fn read_so_far(ledger: &LedgerFile<'_>, earlier: &Pass) -> Result<Thorough, Problem> {
    let (pass, visitor) = ledger.read_again(earlier, || First::new(None))?;
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
    let pass = Pass { tail: pass.tail, ..again };
    Ok(Thorough { pass, head, anchored_at, remarks, repairs, repaired })
}

/// The first pass: closes, texts, the anchor, and who may be a suspect.
struct First {
    anchor: Option<Digest>,
    anchored_at: Option<u64>,
    remarks: Vec<Problem>,
    repairs: Vec<u64>,
    repaired: Vec<Problem>,
    sealing: Sealing,
    ids: Fingerprints,
    invoices: Fingerprints,
    referred: Vec<u64>,
}

impl First {
    fn new(anchor: Option<Digest>) -> Self {
        Self {
            anchor,
            anchored_at: None,
            remarks: Vec::new(),
            repairs: Vec::new(),
            repaired: Vec::new(),
            sealing: Sealing::new(),
            ids: Fingerprints::default(),
            invoices: Fingerprints::default(),
            referred: Vec::new(),
        }
    }

    fn remark_on_texts(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        let texts = [
            ("payee", what.payee),
            ("memo", what.memo),
            ("voucher", what.voucher),
            ("payment", what.payment),
            ("doc", what.doc),
            ("id", entry.id),
            ("by", entry.by),
        ];
        for (column, _) in texts.into_iter().filter(|(_, text)| !text.is_empty() && !is_as_entered(text)) {
            if self.remarks.len() < MOST_REMARKS {
                let notice = Notice::TextNeverEntered { row: entry.seq, column };
                self.remarks.push(Problem { level: Level::Warning, ..Problem::note(notice) });
            }
        }
    }
}

impl Visitor for First {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        if entry.what.kind == Kind::Close {
            self.sealing.check(entry)?;
        }
        if entry.what.kind == Kind::Repair {
            self.repairs.push(entry.seq);
            if self.repaired.len() < MOST_REMARKS {
                let (row, memo) = (entry.seq, plain_memo(entry.what.memo));
                self.repaired.push(Problem::note(match Restored::of_memo(memo) {
                    Some(restored) => Notice::Restored { row, damaged_from: restored.damaged_from },
                    None => Notice::Repaired { row, repair: Repair::of_memo(memo) },
                }));
            }
        }
        take_fingerprints(entry, &mut self.ids, &mut self.invoices);
        if against(entry.what.kind).is_some() {
            self.referred.extend(entry.what.refers_to);
        }
        self.remark_on_texts(entry);
        if self.anchor == Some(entry.digest) {
            self.anchored_at = Some(entry.seq);
        }
        self.sealing.take(line);
        Ok(())
    }
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
}

fn take_fingerprints(entry: &Entry<&str>, ids: &mut Fingerprints, invoices: &mut Fingerprints) {
    if !entry.id.is_empty() {
        ids.take(entry.id);
    }
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

/// Fingerprints that stand more than once, and rows that others refer to.
struct Suspects {
    ids: Vec<u64>,
    invoices: Vec<u64>,
    referred: Vec<u64>,
}

impl Suspects {
    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.invoices.is_empty() && self.referred.is_empty()
    }

    fn sort(&mut self) {
        for list in [&mut self.ids, &mut self.invoices, &mut self.referred] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// The second pass: every suspect looked at for what it is.
struct Second<'s> {
    suspects: &'s Suspects,
    ids: BTreeMap<String, u64>,
    /// By invoice: the expenses that carry it.
    invoices: BTreeMap<String, Vec<Carries>>,
    /// The row that the reversal just passed takes back, if the right entry comes next.
    corrected: Option<u64>,
    /// What the referred rows are and what is left of them, in their order; those still to come are not there yet.
    left: Vec<(Kind, Amount)>,
}

/// An expense that carries an invoice.
struct Carries {
    row: u64,
    /// Its bill, by the bill's first row: rows of a split bill stand together, and a corrected part stays a part.
    bill: u64,
}

impl<'s> Second<'s> {
    fn new(suspects: &'s Suspects) -> Self {
        Self { suspects, ids: BTreeMap::new(), invoices: BTreeMap::new(), corrected: None, left: Vec::new() }
    }

    fn check_id(&mut self, entry: &Entry<&str>) -> Result<(), LedgerFault> {
        if entry.id.is_empty() || self.suspects.ids.binary_search(&Fingerprints::of(entry.id)).is_err() {
            return Ok(());
        }
        match self.ids.insert(entry.id.to_owned(), entry.seq) {
            Some(first) => Err(LedgerFault::IdTwice { row: entry.seq, first, id: entry.id.to_owned() }),
            None => Ok(()),
        }
    }

    fn check_reference(&mut self, entry: &Entry<&str>) -> Result<(), LedgerFault> {
        let (row, what) = (entry.seq, &entry.what);
        if self.suspects.referred.binary_search(&row).is_ok() {
            self.left.push((what.kind, what.amount));
        }
        let Some(against) = against(what.kind) else { return Ok(()) };
        let Some(of) = what.refers_to else { return Ok(()) };
        let place = self.suspects.referred.binary_search(&of).ok();
        match place.and_then(|place| self.left.get_mut(place)) {
            Some((kind, left)) if *kind == against => {
                *left += what.amount;
                // A part may be left of money; an adjustment is taken back whole, whichever sign it has.
                let whole_only = against == Kind::Adjustment && left.is_positive();
                let over = if whole_only { *left } else { -*left };
                if over.is_positive() { Err(LedgerFault::TakenBackTwice { row, of, over }) } else { Ok(()) }
            }
            _ => Err(LedgerFault::RefersToOther { row, of }),
        }
    }

    fn take_invoices(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        // Rows that were imported together have ids of their own, and are bills of their own.
        let together = entry.batch.filter(|_| entry.id.is_empty());
        let place = together.map_or(1, |batch| batch.place);
        if place == 1 {
            self.corrected = what.refers_to.filter(|_| what.kind == Kind::Reversal && entry.batch.is_some());
        }
        if what.kind != Kind::Expense || what.invoice.is_empty() {
            return;
        }
        for number in what.invoice.split(';') {
            if self.suspects.invoices.binary_search(&Fingerprints::of(number)).is_ok() {
                let rows = self.invoices.entry(number.to_owned()).or_default();
                let continued = rows.iter().find(|carries| Some(carries.row) == self.corrected);
                let bill = continued.map_or(entry.seq + 1 - place, |carries| carries.bill);
                rows.push(Carries { row: entry.seq, bill });
            }
        }
    }

    /// Invoices on several bills that were not wholly taken back: lawful for instalments, so said, not refused.
    fn remarks(&self) -> Vec<Problem> {
        let left = |row: &u64| self.suspects.referred.binary_search(row).ok().and_then(|place| self.left.get(place));
        let stands = |carries: &&Carries| left(&carries.row).is_none_or(|(_, left)| left.is_positive());
        let several = self.invoices.iter().filter_map(|(number, rows)| {
            let mut bills: BTreeMap<u64, u64> = BTreeMap::new();
            for carries in rows.iter().filter(stands) {
                bills.entry(carries.bill).or_insert(carries.row);
            }
            let rows: Vec<u64> = bills.into_values().collect();
            (rows.len() > 1).then(|| Notice::InvoiceOnSeveral { number: number.clone(), rows })
        });
        several.take(MOST_REMARKS).map(|notice| Problem { level: Level::Warning, ..Problem::note(notice) }).collect()
    }
}

impl Visitor for Second<'_> {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.check_id(entry)?;
        self.check_reference(entry)?;
        self.take_invoices(entry);
        Ok(())
    }
}
