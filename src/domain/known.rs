//! A row of the ledger that a table brings again: what it says, and how far that is what is brought now.

use std::borrow::Cow;

use super::entry::{Entry, Kind, Particulars};
use super::fingerprint::{Fingerprint, print_of, short_print};
use super::reasons::plain_memo;

/// A row that carries a wanted id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) seq: u64,
    says: Says,
}

/// What such a row says, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// Of an expense under an id made here: what the id is made from, and the beginnings of the prints of what stands
    /// beside it.
    Content(Fingerprint, [[u8; 4]; BESIDE.len()]),
    /// Of any other row each column, and the row it takes back from.
    Columns(Box<([Fingerprint; COLUMNS], Option<u64>)>),
}

impl Known {
    /// `is_made` is whether its id was made from its content.
    pub(super) fn of(entry: &Entry<&str>, is_made: bool) -> Self {
        let what = &entry.what;
        let says = if is_made && what.kind == Kind::Expense {
            Says::Content(content_print(what), beside(what).map(|column| short_print(&column)))
        } else {
            Says::Columns(Box::new((columns(what).map(|column| print_of(column.as_ref())), what.refers_to)))
        };
        Self { seq: entry.seq, says }
    }

    /// The row it takes back from, as far as that is compared.
    pub(super) fn refers_to(&self) -> Option<u64> {
        match &self.says {
            Says::Content(..) => None,
            Says::Columns(there) => there.1,
        }
    }

    /// Whether the row says what is brought now, as far as that says anything. Under an id made here only what the id is
    /// made from is compared.
    pub(crate) fn agrees<Text: AsRef<str>>(&self, row: &Particulars<Text>, is_own: bool) -> bool {
        let there = match &self.says {
            Says::Content(print, _) => return *print == content_print(row),
            Says::Columns(there) => there.0,
        };
        say_the_same(&there, row, |place| is_own || IN_AN_ID.contains(place))
    }

    /// Whether the right entry of a correction says what is brought now, as far as that says anything. It stands on a day
    /// of its own.
    pub(super) fn agrees_but_for_days<Text: AsRef<str>>(&self, row: &Particulars<Text>) -> bool {
        let Says::Columns(there) = &self.says else { return false };
        say_the_same(&there.0, row, |place| !DAYS.contains(place))
    }

    /// The columns in which an expense under an id made here says something else than what is brought now, as far as that
    /// says anything. The id is not made from them.
    pub(crate) fn differing<Text: AsRef<str>>(&self, row: &Particulars<Text>) -> Vec<&'static str> {
        let Says::Content(_, there) = &self.says else { return Vec::new() };
        let here = beside(row);
        let differs = |place: &usize| !here[*place].is_empty() && short_print(&here[*place]) != there[*place];
        (0..BESIDE.len()).filter(differs).map(|place| BESIDE[place]).collect()
    }
}

/// Whether these columns say what is brought now, as far as that says anything.
fn say_the_same<Text: AsRef<str>>(
    there: &[Fingerprint; COLUMNS],
    row: &Particulars<Text>,
    is_compared: impl Fn(&usize) -> bool,
) -> bool {
    let here = columns(row);
    let agrees = |place: usize| here[place].is_empty() || print_of(here[place].as_ref()) == there[place];
    (0..COLUMNS).filter(is_compared).all(agrees)
}

/// The columns that an id made here is not made from, but for the kind.
const BESIDE: [&str; 5] = ["occurred", "fund", "economic", "method", "doc"];

/// How many parts of a row an id made here is made from.
const PARTS: usize = 8;

/// How many columns are compared under an id of the caller's.
const COLUMNS: usize = 14;

/// Those of them that an id made here is made from; a red row's invoices are its original's.
const IN_AN_ID: [usize; 8] = [0, 1, 3, 5, 6, 7, 8, 9];

/// Those of them that are days.
const DAYS: [usize; 2] = [1, 2];

/// What the id of an imported row is made from: day, allocation, amount, payee, memo, voucher, payment and invoice.
fn content<Text: AsRef<str>>(row: &Particulars<Text>) -> [Cow<'_, str>; PARTS] {
    [
        row.date.map(|date| date.to_string()).unwrap_or_default().into(),
        row.allocation.as_ref().into(),
        row.amount.to_string().into(),
        row.payee.as_ref().into(),
        row.memo.as_ref().into(),
        row.voucher.as_ref().into(),
        row.payment.as_ref().into(),
        row.invoice.as_ref().into(),
    ]
}

/// The same as one text, joined by U+001F; for a red row also its kind and the voucher number it takes back from, for two
/// that take back the same from different expenses are two.
pub(crate) fn content_of(row: &Particulars<String>, original: Option<&str>) -> String {
    let mut parts = content(row).to_vec();
    if row.kind != Kind::Expense {
        parts.extend([row.kind.key().into(), original.unwrap_or_default().into()]);
    }
    parts.join("\u{1F}")
}

/// Of what an expense's id is made from. The reasons at a memo's end are the ledger's own.
fn content_print<Text: AsRef<str>>(row: &Particulars<Text>) -> Fingerprint {
    let [date, allocation, amount, payee, memo, voucher, payment, invoice] = content(row);
    print_of((row.kind.key(), [date, allocation, amount, payee, plain(memo), voucher, payment, invoice]))
}

fn plain(memo: Cow<'_, str>) -> Cow<'_, str> {
    match memo {
        Cow::Borrowed(memo) => plain_memo(memo).into(),
        Cow::Owned(memo) => plain_memo(&memo).to_owned().into(),
    }
}

/// What is compared under an id of the caller's: every column that a table may fill. The reasons at a memo's end are the
/// ledger's own.
fn columns<Text: AsRef<str>>(row: &Particulars<Text>) -> [Cow<'_, str>; COLUMNS] {
    let [date, allocation, amount, payee, memo, voucher, payment, invoice] = content(row);
    let [occurred, fund, economic, method, doc] = beside(row);
    let (kind, memo) = (row.kind.key().into(), plain(memo));
    [kind, date, occurred, allocation, fund, amount, payee, memo, voucher, payment, economic, method, invoice, doc]
}

/// What an expense's id is not made from, in the order of [`BESIDE`].
fn beside<Text: AsRef<str>>(row: &Particulars<Text>) -> [Cow<'_, str>; BESIDE.len()] {
    [
        row.occurred.map(|date| date.to_string()).unwrap_or_default().into(),
        row.fund.map(|fund| fund.key()).unwrap_or_default().into(),
        row.economic.as_ref().into(),
        row.method.as_ref().into(),
        row.doc.as_ref().into(),
    ]
}
