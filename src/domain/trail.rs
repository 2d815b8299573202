//! The rows behind figures, gathered as they pass. It grows with the rows that are asked for, and adds nothing up.

use super::amount::Amount;
use super::budget::Fund;
use super::calendar::Date;
use super::entry::{Kind, Moves, Particulars};
use super::reasons::plain_memo;

/// The rows that move some figures by a day.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    as_of: Date,
    wanted: Vec<Moves>,
    rows: Vec<Mover>,
}

/// A row that moves a figure, with what a person knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mover {
    /// `None` before the ledger is opened.
    pub(crate) seq: Option<u64>,
    pub(crate) date: Date,
    pub(crate) kind: Kind,
    pub(crate) allocation: String,
    pub(crate) fund: Option<Fund>,
    pub(crate) amount: Amount,
    pub(crate) plan: String,
    pub(crate) payee: String,
    /// Without the reasons for which a rule was passed.
    pub(crate) memo: String,
    pub(crate) voucher: String,
    pub(crate) payment: String,
    pub(crate) invoice: String,
    pub(crate) refers_to: Option<u64>,
    pub(crate) doc: String,
}

impl Trail {
    /// Rows dated after `as_of`, and rows that move anything but what is `wanted`, are passed over.
    pub(crate) fn new(as_of: Date, wanted: Vec<Moves>) -> Self {
        Self { as_of, wanted, rows: Vec::new() }
    }

    /// Looks at one row.
    pub(crate) fn take<Text: AsRef<str>>(&mut self, seq: Option<u64>, row: &Particulars<Text>) {
        let Some(date) = row.date.filter(|date| *date <= self.as_of) else { return };
        if !self.wanted.contains(&row.kind.moves()) {
            return;
        }
        let text = |text: &Text| text.as_ref().to_owned();
        self.rows.push(Mover {
            seq,
            date,
            kind: row.kind,
            allocation: text(&row.allocation),
            fund: row.fund,
            amount: row.amount,
            plan: text(&row.plan),
            payee: text(&row.payee),
            memo: plain_memo(row.memo.as_ref()).to_owned(),
            voucher: text(&row.voucher),
            payment: text(&row.payment),
            invoice: text(&row.invoice),
            refers_to: row.refers_to,
            doc: text(&row.doc),
        });
    }

    /// The rows by date, and by seq on one date.
    pub(crate) fn into_rows(mut self) -> Vec<Mover> {
        self.rows.sort_by_key(|row| (row.date, row.seq));
        self.rows
    }
}
