//! What many rows brought at once must find in the ledger, found in the one pass that verifies: which of them it has
//! already, what looks like one of them, who holds their invoices, and what their red rows take back from. Grows with the
//! rows that are brought, not with the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::amount::Amount;
use super::entry::{Entry, Kind, Particulars};
use super::reasons::plain_memo;
use super::search::Spending;

/// A hash of what makes two rows the same to someone. Two different texts with one fingerprint are not expected in a
/// lifetime of ledgers: 64 bits.
pub(crate) type Fingerprint = u64;

/// What is looked for, and what was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incoming {
    wanted: Rc<Wanted>,
    known: HashMap<Fingerprint, Known>,
    /// Rows by what makes them look like one another.
    twins: BTreeSet<(Fingerprint, u64)>,
    holders: HashMap<String, Vec<u64>>,
    originals: BTreeMap<String, Vec<u64>>,
    /// What is left of the rows that were found above, by seq.
    left: HashMap<u64, Amount>,
    /// The rows that red rows may take back from, by seq.
    spendings: HashMap<u64, Entry<String>>,
}

/// What the rows that are brought must find.
#[derive(Debug, Clone, Default)]
struct Wanted {
    ids: HashSet<Fingerprint>,
    twins: HashSet<Fingerprint>,
    invoices: HashSet<String>,
    vouchers: HashSet<String>,
}

/// A row that carries a wanted id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) seq: u64,
    /// Of each part of what it says, for an id of the caller's; one made here says it itself.
    content: Option<Box<[Fingerprint; PARTS]>>,
}

impl Known {
    /// Whether the row says what is brought now, as far as it says anything.
    pub(crate) fn agrees(&self, row: &Particulars<String>) -> bool {
        let Some(there) = &self.content else { return true };
        content(row).iter().zip(there.iter()).all(|(given, there)| given.is_empty() || print_of(given) == *there)
    }
}

/// How many parts of a row an id made here is made from.
const PARTS: usize = 8;

/// What such an id begins with.
const MADE: &str = "i-";

impl Incoming {
    /// Looks for what this row must find. `of` is the voucher number a red row takes back from.
    pub(crate) fn want(&mut self, id: &str, row: &Particulars<String>, of: Option<&str>) {
        let wanted = Rc::make_mut(&mut self.wanted);
        wanted.ids.insert(id_print(id));
        if row.kind == Kind::Expense {
            wanted.twins.insert(twin_print(row));
            wanted.invoices.extend(numbers(&row.invoice).map(str::to_owned));
        }
        wanted.vouchers.extend(of.map(str::to_owned));
    }

    /// Looks at one row of the ledger.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        let what = &entry.what;
        if !entry.id.is_empty() && self.wanted.ids.contains(&id_print(entry.id)) {
            let said = || Box::new(content(what).map(|part| print_of(&part)));
            let content = (!entry.id.starts_with(MADE)).then(said);
            self.known.insert(id_print(entry.id), Known { seq: entry.seq, content });
        }
        if matches!(what.kind, Kind::Reversal | Kind::Refund)
            && let Some(left) = what.refers_to.and_then(|of| self.left.get_mut(&of))
        {
            *left += what.amount;
        }
        if matches!(what.kind, Kind::Expense | Kind::Note) {
            self.hold(entry.seq, what);
        }
        if what.kind == Kind::Expense && self.wanted.vouchers.contains(what.voucher) {
            self.spendings.insert(entry.seq, entry.kept());
        }
    }

    /// Counts a row of the same load among what later ones must look at. It will stand at `seq`.
    pub(crate) fn add(&mut self, seq: u64, entry: Entry<String>) {
        let what = &entry.what;
        if what.kind == Kind::Expense {
            self.hold(seq, what);
            if self.wanted.vouchers.contains(&what.voucher) {
                self.spendings.insert(seq, entry);
            }
        } else if let Some(left) = what.refers_to.and_then(|of| self.left.get_mut(&of)) {
            *left += what.amount;
        }
    }

    fn hold<Text: AsRef<str>>(&mut self, seq: u64, what: &Particulars<Text>) {
        let is_expense = what.kind == Kind::Expense;
        let mut found = false;
        if is_expense && self.wanted.twins.contains(&twin_print(what)) {
            self.twins.insert((twin_print(what), seq));
            found = true;
        }
        for number in numbers(what.invoice.as_ref()).filter(|number| self.wanted.invoices.contains(*number)) {
            self.holders.entry(number.to_owned()).or_default().push(seq);
            found = true;
        }
        if is_expense && self.wanted.vouchers.contains(what.voucher.as_ref()) {
            self.originals.entry(what.voucher.as_ref().to_owned()).or_default().push(seq);
            found = true;
        }
        if found {
            // An invoice that came late stands on a note, whose row may be far behind: it counts as held all the same.
            self.left.insert(seq, if is_expense { what.amount } else { Amount::FEN });
        }
    }

    /// The row of the ledger that carries this id.
    pub(crate) fn known(&self, id: &str) -> Option<&Known> {
        self.known.get(&id_print(id))
    }

    /// How many of the wanted ids the ledger has.
    pub(crate) fn count_known(&self) -> u64 {
        self.known.len() as u64
    }

    /// A row of the same day, allocation, amount and payee that was not wholly taken back.
    pub(crate) fn twin(&self, row: &Particulars<String>) -> Option<u64> {
        let twin = twin_print(row);
        self.standing(self.twins.range((twin, 0)..=(twin, u64::MAX)).map(|(_, seq)| *seq))
    }

    /// The first of these invoices that a row holds which was not wholly taken back, and that row.
    pub(crate) fn holder(&self, invoice: &str) -> Option<(String, u64)> {
        numbers(invoice)
            .find_map(|number| Some((number.to_owned(), self.standing(self.holders.get(number)?.iter().copied())?)))
    }

    fn standing(&self, mut seqs: impl Iterator<Item = u64>) -> Option<u64> {
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

/// What the id of an imported row is made from, and what is compared under an id of the caller's: day, allocation,
/// amount, payee, memo, voucher, payment and invoice.
pub(crate) fn content<Text: AsRef<str>>(row: &Particulars<Text>) -> [String; PARTS] {
    let text = |text: &Text| text.as_ref().to_owned();
    [
        row.date.map(|date| date.to_string()).unwrap_or_default(),
        text(&row.allocation),
        row.amount.to_string(),
        text(&row.payee),
        plain_memo(row.memo.as_ref()).to_owned(),
        text(&row.voucher),
        text(&row.payment),
        text(&row.invoice),
    ]
}

fn id_print(id: &str) -> Fingerprint {
    print_of(id)
}

fn print_of(text: &str) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The id of an imported row: 16 hexadecimal digits of the digest of its content, and which of the rows with this content
/// it is, from one.
pub(crate) fn made_id(digest: &str, copy: u64) -> String {
    format!("{MADE}{}-{copy}", &digest[..16])
}

/// Of what makes two expenses look like one: day, allocation, amount and payee.
fn twin_print<Text: AsRef<str>>(row: &Particulars<Text>) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    (row.date, row.allocation.as_ref(), row.amount.fen(), row.payee.as_ref()).hash(&mut hasher);
    hasher.finish()
}

fn numbers(invoice: &str) -> impl Iterator<Item = &str> {
    invoice.split(';').filter(|number| !number.is_empty())
}
