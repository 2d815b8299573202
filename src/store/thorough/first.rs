//! The first pass of a thorough reading: what the closes state, texts that could not have been entered, the anchor, and
//! who may be a suspect. It decides nothing that takes a second look.

use super::super::files::Purpose;
use super::super::ledger_file::LedgerFile;
use super::super::pass::{Further, Visitor};
use super::super::sealing::{self, Close, Sealing};
use super::super::seen::Fingerprints;
use super::{against, take_fingerprints};
use crate::domain::entry::{Digest, Entry, Kind};
use crate::domain::ledger::Ledger;
use crate::domain::mending::{Repair, Restored};
use crate::domain::reasons::plain_memo;
use crate::domain::text::is_as_entered;
use crate::problem::{Doing, FileFault, LedgerFault, Level, Notice, Problem};

/// How many remarks are kept; a foreign ledger could earn millions.
pub(super) const MOST_REMARKS: usize = 20;

/// The first pass: closes, texts, the anchor, and who may be a suspect.
pub(super) struct First {
    anchor: Option<Digest>,
    pub(super) anchored_at: Option<u64>,
    pub(super) remarks: Vec<Problem>,
    pub(super) repairs: Vec<u64>,
    pub(super) repaired: Vec<Problem>,
    closes: Closes,
    pub(super) ids: Fingerprints,
    pub(super) invoices: Fingerprints,
    pub(super) referred: Vec<u64>,
}

impl First {
    pub(super) fn new(anchor: Option<Digest>, closes: Closes) -> Self {
        Self {
            anchor,
            anchored_at: None,
            remarks: Vec::new(),
            repairs: Vec::new(),
            repaired: Vec::new(),
            closes,
            ids: Fingerprints::default(),
            invoices: Fingerprints::default(),
            referred: Vec::new(),
        }
    }

    /// Whether the closes that were gathered state what stands before them.
    // No test can tell if they are doubted for nothing: in order they hold as well, only later.
    pub(super) fn closes_hold(&self, ledger: &LedgerFile<'_>) -> Result<bool, Problem> {
        let Closes::Gathered { closes, .. } = &self.closes else { return Ok(true) };
        if closes.is_empty() {
            return Ok(true);
        }
        let file = ledger.open(Purpose::Reading, false)?;
        let failed = |error| FileFault::Io { doing: Doing::Reading, path: ledger.path.clone(), error };
        Ok(sealing::all_hold(&*file, closes).map_err(failed)?)
    }

    /// Takes over what one for the rows behind its own has found.
    fn join(&mut self, later: Self) {
        self.anchored_at = later.anchored_at.or(self.anchored_at);
        self.remarks.extend(later.remarks);
        self.remarks.truncate(MOST_REMARKS);
        self.repairs.extend(later.repairs);
        self.repaired.extend(later.repaired);
        self.repaired.truncate(MOST_REMARKS);
        self.closes.join(later.closes);
        self.ids.join(&later.ids);
        self.invoices.join(&later.invoices);
        self.referred.extend(later.referred);
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
        self.closes.take(entry, line)?;
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
        Ok(())
    }

    /// What is gathered adds up; closes that are checked on the way need all that stands before them.
    fn further_on(&self, _ledger: &Ledger) -> Option<Further<Self>> {
        let closes = match &self.closes {
            Closes::Checked(_) => return None,
            Closes::Gathered { .. } => Closes::Gathered { bytes: 0, closes: Vec::new() },
        };
        let (ids, invoices) = (self.ids.nothing(), self.invoices.nothing());
        // No test can tell how much room these have.
        Some(Further { visitor: Self { ids, invoices, ..Self::new(self.anchor, closes) }, join: Self::join })
    }

    fn has_all(&self) -> bool {
        self.ids.has_all() && self.invoices.has_all()
    }
}

/// What a ledger's close rows state of what stands before them.
pub(super) enum Closes {
    /// Held against what was sealed so far, each where it stands.
    Checked(Sealing),
    /// Still to be held against it: the digests of a whole ledger take longer than all else, and can't be shared out. So
    /// many bytes passed.
    Gathered { bytes: u64, closes: Vec<Close> },
}

impl Closes {
    pub(super) fn checked() -> Self {
        Self::Checked(Sealing::new())
    }

    pub(super) fn to_be_checked() -> Self {
        Self::Gathered { bytes: Sealing::new().bytes(), closes: Vec::new() }
    }

    fn take(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        let (row, memo) = (entry.seq, entry.what.memo);
        let is_close = entry.what.kind == Kind::Close;
        match self {
            Self::Checked(sealing) => {
                if is_close {
                    sealing.check(row, memo)?;
                }
                sealing.take(line);
            }
            Self::Gathered { bytes, closes } => {
                closes.extend(is_close.then(|| Close { row, bytes: *bytes, memo: memo.to_owned() }));
                *bytes += line.len() as u64 + 1;
            }
        }
        Ok(())
    }

    fn join(&mut self, later: Self) {
        if let (Self::Gathered { bytes, closes }, Self::Gathered { bytes: more, closes: later }) = (self, later) {
            closes.extend(later.into_iter().map(|close| Close { bytes: *bytes + close.bytes, ..close }));
            *bytes += more;
        }
    }
}

#[cfg(test)]
#[path = "first_tests.rs"]
mod tests;
