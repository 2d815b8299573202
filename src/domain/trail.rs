//! The rows behind figures: which of a ledger's they are, and in which order they come. It keeps none, and adds nothing up.

use std::any::Any;
use std::fmt;

use super::amount::Amount;
use super::budget::Fund;
use super::calendar::Date;
use super::entry::{Kind, Moves, Particulars};
use super::reasons::plain_memo;

/// Which rows move some figures by a day.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    as_of: Date,
    wanted: Vec<Moves>,
}

/// A row that moves a figure, with what a person knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mover<Text = String> {
    /// `None` before the ledger is opened.
    pub(crate) seq: Option<u64>,
    pub(crate) date: Date,
    pub(crate) kind: Kind,
    pub(crate) allocation: Text,
    pub(crate) fund: Option<Fund>,
    pub(crate) amount: Amount,
    pub(crate) plan: Text,
    pub(crate) payee: Text,
    /// Without the reasons for which a rule was passed.
    pub(crate) memo: Text,
    pub(crate) voucher: Text,
    pub(crate) payment: Text,
    pub(crate) invoice: Text,
    pub(crate) refers_to: Option<u64>,
    pub(crate) doc: Text,
}

/// Such rows by date, and by seq on one date, as often as they are asked for: a million take the room of one.
pub(crate) trait Movers: fmt::Debug {
    fn walk(&self) -> Walk<'_>;

    /// The same for whoever only looks, and keeps no text.
    fn scan(&self, look: &mut dyn FnMut(Mover<&str>)) -> Result<(), Lost>;
}

/// Rows as they come.
pub(crate) type Walk<'m> = Box<dyn Iterator<Item = Result<Mover, Lost>> + 'm>;

/// Rows could not be had again. Why, whoever kept them says.
#[derive(Debug)]
pub(crate) struct Lost(pub(crate) Box<dyn Any + Send>);

impl Trail {
    /// Rows dated after `as_of`, and rows that move anything but what is `wanted`, are none of them.
    pub(crate) fn new(as_of: Date, wanted: Vec<Moves>) -> Self {
        Self { as_of, wanted }
    }

    /// Whether such rows are few, however long a ledger is: a budget is adjusted now and then, and spent every day.
    // No test can tell: many are gathered in order as well, only later.
    pub(crate) fn is_of_few(&self) -> bool {
        self.wanted == [Moves::Adjusted]
    }

    /// A row, if it is one of them.
    pub(crate) fn mover<'r, Text: AsRef<str>>(
        &self,
        seq: Option<u64>,
        row: &'r Particulars<Text>,
    ) -> Option<Mover<&'r str>> {
        let date = row.date.filter(|date| *date <= self.as_of)?;
        self.wanted.contains(&row.kind.moves()).then(|| Mover {
            seq,
            date,
            kind: row.kind,
            allocation: row.allocation.as_ref(),
            fund: row.fund,
            amount: row.amount,
            plan: row.plan.as_ref(),
            payee: row.payee.as_ref(),
            memo: plain_memo(row.memo.as_ref()),
            voucher: row.voucher.as_ref(),
            payment: row.payment.as_ref(),
            invoice: row.invoice.as_ref(),
            refers_to: row.refers_to,
            doc: row.doc.as_ref(),
        })
    }
}
