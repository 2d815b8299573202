//! What many rows brought at once must find in the ledger, found in the one pass that verifies: which of them it has
//! already, what looks like one of them, who holds their invoices, and what their red rows take back from. Grows with the
//! rows that are brought, not with the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::amount::Amount;
use super::entry::{Digest, Entry, Kind, Particulars};
use super::fingerprint::{AsItIs, Came, Fingerprint, Prints, print_of};
use super::known::Known;
use super::right_entries::RightEntries;
use super::search::Spending;

/// What is looked for, and what was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incoming {
    wanted: Arc<Wanted>,
    known: Prints<Known>,
    /// Rows by what makes them look like one another.
    twins: BTreeSet<(Fingerprint, u64)>,
    /// Rows that take back, by what makes them look like one another.
    red_twins: BTreeSet<(Fingerprint, u64)>,
    /// Rows by their invoices.
    holders: BTreeSet<(Fingerprint, u64)>,
    originals: BTreeMap<String, Vec<u64>>,
    /// Grows with the corrections of a ledger, which are few.
    right_entries: RightEntries,
    /// The rows with a wanted id, in order, each with the id.
    known_seqs: Vec<(u64, Fingerprint)>,
    /// The right entries of them, by id, and by seq the id.
    corrected: Prints<Known>,
    right_seqs: BTreeMap<u64, Fingerprint>,
    /// Those of all these that a row which is not brought takes back from in red.
    reversed: BTreeSet<u64>,
    /// What is left of the rows that were found above, by seq.
    left: HashMap<u64, Amount>,
    /// The rows that red rows may take back from, by seq.
    spendings: HashMap<u64, Entry<String>>,
}

/// What the rows that are brought must find.
#[derive(Debug, Clone, Default)]
struct Wanted {
    ids: HashSet<Fingerprint, BuildHasherDefault<AsItIs>>,
    /// Those that the caller gave and that only look like ids made here.
    copied_ids: HashSet<Fingerprint, BuildHasherDefault<AsItIs>>,
    twins: Came,
    invoices: Came,
    vouchers: HashSet<String>,
}

/// What such an id begins with.
const MADE: &str = "i-";

impl Incoming {
    /// Looks for what this row must find. `of` is the voucher number a red row takes back from.
    pub(crate) fn want(&mut self, id: &str, is_own: bool, row: &Particulars<String>, of: Option<&str>) {
        let wanted = Arc::make_mut(&mut self.wanted);
        wanted.ids.insert(print_of(id));
        if is_own && id.starts_with(MADE) {
            wanted.copied_ids.insert(print_of(id));
        }
        if row.kind == Kind::Expense {
            wanted.twins.take(twin_print(row));
            numbers(&row.invoice).for_each(|number| wanted.invoices.take(print_of(number)));
        }
        wanted.vouchers.extend(of.map(str::to_owned));
    }

    /// Looks at one row of the ledger.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        let id = print_of(entry.id);
        let is_known = !entry.id.is_empty() && self.wanted.ids.contains(&id);
        let is_made = entry.id.starts_with(MADE) && !self.wanted.copied_ids.contains(&id);
        if is_known {
            self.known.insert(id, Known::of(entry, is_made));
            self.known_seqs.push((entry.seq, id));
        }
        if what.kind == Kind::Reversal && !is_known {
            self.reversed.extend(what.refers_to.filter(|of| self.brought_as(*of).is_some()));
        }
        if let Some(wrong) = self.right_entries.take(entry) {
            self.left.insert(entry.seq, what.amount);
            if let Some(id) = self.brought_as(wrong) {
                self.right_seqs.insert(entry.seq, id);
                self.corrected.insert(id, Known::of(entry, false));
            }
        }
        if matches!(what.kind, Kind::Reversal | Kind::Refund) {
            self.take_back(entry.seq, what);
        }
        if matches!(what.kind, Kind::Expense | Kind::Note) {
            // Of a row that comes again, what stands in the load once stands there on this very row.
            let is_same = is_known && is_made;
            let is_wanted = |came: &Came, print| if is_same { &came.again } else { &came.once }.contains(&print);
            if self.hold(entry.seq, what, is_wanted) {
                self.spendings.insert(entry.seq, entry.kept());
            }
        }
    }

    /// Counts a row of the same load among what later ones must look at. It will stand at `seq`.
    pub(crate) fn add(&mut self, seq: u64, what: &Particulars<String>) {
        if what.kind == Kind::Expense {
            // What stands in the load only once is this row's own, and nobody's but its.
            if self.hold(seq, what, |came, print| came.again.contains(&print)) {
                self.spendings.insert(seq, unwritten(seq, what.clone()));
            }
        } else {
            self.take_back(seq, what);
        }
    }

    /// Looks at a row that takes back from another, if that one is looked for.
    fn take_back<Text: AsRef<str>>(&mut self, seq: u64, what: &Particulars<Text>) {
        if let Some(left) = what.refers_to.and_then(|of| self.left.get_mut(&of)) {
            *left += what.amount;
            self.red_twins.insert((red_twin_print(what), seq));
        }
    }

    /// Whether it is an expense that a red row may take back from.
    fn hold<Text: AsRef<str>>(
        &mut self,
        seq: u64,
        what: &Particulars<Text>,
        is_wanted: impl Fn(&Came, Fingerprint) -> bool,
    ) -> bool {
        let is_expense = what.kind == Kind::Expense;
        let mut found = false;
        let twin = twin_print(what);
        if is_expense && is_wanted(&self.wanted.twins, twin) {
            self.twins.insert((twin, seq));
            found = true;
        }
        for number in numbers(what.invoice.as_ref()).map(print_of) {
            if is_wanted(&self.wanted.invoices, number) {
                self.holders.insert((number, seq));
                found = true;
            }
        }
        let is_original = is_expense && self.wanted.vouchers.contains(what.voucher.as_ref());
        if is_original {
            self.originals.entry(what.voucher.as_ref().to_owned()).or_default().push(seq);
            found = true;
        }
        if found {
            // An invoice that came late stands on a note, whose row may be far behind: it counts as held all the same.
            self.left.insert(seq, if is_expense { what.amount } else { Amount::FEN });
        }
        is_original
    }

    /// The row of the ledger that carries this id.
    pub(crate) fn known(&self, id: &str) -> Option<&Known> {
        self.known.get(&print_of(id))
    }

    /// The wanted id that a row carries, or that the row carries which it puts right.
    fn brought_as(&self, seq: u64) -> Option<Fingerprint> {
        let known = self.known_seqs.binary_search_by_key(&seq, |(seq, _)| *seq);
        known.map_or_else(|_| self.right_seqs.get(&seq).copied(), |place| Some(self.known_seqs[place].1))
    }

    /// The right entry of the row that carries this id, if it stands and says what is brought now: it was put right in the
    /// ledger and in the table.
    pub(crate) fn corrected(&self, id: &str, row: &Particulars<String>) -> Option<u64> {
        let right = self.corrected.get(&print_of(id)).filter(|right| !self.is_reversed(right))?;
        right.agrees_but_for_days(row).then_some(right.seq)
    }

    /// Whether something that is not brought takes back from it in red.
    pub(crate) fn is_reversed(&self, known: &Known) -> bool {
        self.reversed.contains(&known.seq)
    }

    /// The right entry of a correction that this row could be, put right in the table too, and not wholly taken back.
    pub(crate) fn right_entry(&self, row: &Particulars<String>) -> Option<u64> {
        self.right_entries.like(row).find(|seq| self.left.get(seq).is_some_and(|left| left.is_positive()))
    }

    /// Whether it takes back from an expense with this voucher number.
    pub(crate) fn takes_back_from(&self, known: &Known, voucher: &str) -> bool {
        known.refers_to().is_some_and(|of| self.originals.get(voucher).is_some_and(|seqs| seqs.contains(&of)))
    }

    /// How many of the wanted ids the ledger has.
    pub(crate) fn count_known(&self) -> u64 {
        self.known.len() as u64
    }

    /// A row of the same day, allocation, amount and payee that was not wholly taken back.
    pub(crate) fn twin(&self, row: &Particulars<String>) -> Option<u64> {
        self.standing(&self.twins, twin_print(row))
    }

    /// A row that takes the same back from the same expense on the same day for the same payee.
    pub(crate) fn red_twin(&self, row: &Particulars<String>) -> Option<u64> {
        let print = red_twin_print(row);
        self.red_twins.range((print, 0)..=(print, u64::MAX)).next().map(|(_, seq)| *seq)
    }

    /// The first of these invoices that a row holds which was not wholly taken back, and that row.
    pub(crate) fn holder(&self, invoice: &str) -> Option<(String, u64)> {
        numbers(invoice).find_map(|number| Some((number.to_owned(), self.standing(&self.holders, print_of(number))?)))
    }

    /// The first of the rows with this print of which something is left.
    fn standing(&self, rows: &BTreeSet<(Fingerprint, u64)>, print: Fingerprint) -> Option<u64> {
        if rows.is_empty() {
            return None;
        }
        let mut seqs = rows.range((print, 0)..=(print, u64::MAX)).map(|(_, seq)| *seq);
        seqs.find(|seq| self.left.get(seq).is_some_and(|left| left.is_positive()))
    }

    /// The expenses that carry this voucher number, each with what is left of it.
    pub(crate) fn originals(&self, voucher: &str) -> Vec<Spending> {
        let seqs = self.originals.get(voucher).into_iter().flatten();
        let spending = |seq: &u64| {
            let entry = self.spendings.get(seq)?.clone();
            Some(Spending { entry, left: *self.left.get(seq)?, mates: Vec::new() })
        };
        seqs.filter_map(spending).collect()
    }
}

/// A row that is in no ledger yet.
fn unwritten(seq: u64, what: Particulars<String>) -> Entry<String> {
    let nobody = String::new;
    Entry { seq, what, batch: None, id: nobody(), by: nobody(), at: nobody(), digest: Digest::default() }
}

/// The id of an imported row: the beginning of the digest of its content in 16 hexadecimal digits, and which of the rows
/// with this content it is, from one.
pub(crate) fn made_id(beginning: u64, copy: u64) -> String {
    format!("{MADE}{beginning:016x}-{copy}")
}

/// What [`made_id`] makes this id of, if it does make it.
pub(crate) fn made_of(id: &str) -> Option<(u64, u64)> {
    let (beginning, copy) = id.strip_prefix(MADE)?.split_once('-')?;
    let parts = (u64::from_str_radix(beginning, 16).ok()?, copy.parse().ok()?);
    (made_id(parts.0, parts.1) == id).then_some(parts)
}

/// Of what makes two expenses look like one: day, allocation, amount and payee.
fn twin_print<Text: AsRef<str>>(row: &Particulars<Text>) -> Fingerprint {
    print_of((row.date, row.allocation.as_ref(), row.amount.fen(), row.payee.as_ref()))
}

/// Of what makes two rows that take back look like one: whose, day, amount and payee.
fn red_twin_print<Text: AsRef<str>>(row: &Particulars<Text>) -> Fingerprint {
    print_of((row.refers_to, row.date, row.amount.fen(), row.payee.as_ref()))
}

fn numbers(invoice: &str) -> impl Iterator<Item = &str> {
    invoice.split(';').filter(|number| !number.is_empty())
}

#[cfg(test)]
#[path = "incoming_tests.rs"]
mod tests;
