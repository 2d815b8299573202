//! What a caller said, column by column: how a repetition under one id is told from something new.

use super::options::Writing;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::reasons::is_memo;
pub(super) use crate::domain::reasons::{plain_memo, reasoned};
use crate::domain::rules::Refusal;

/// Which row of those that stand together a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// So many-th, from zero.
    Row(usize),
    /// So many-th before the last.
    FromEnd(usize),
    /// All but so many at the end.
    Before(usize),
    /// All of them: how many there are.
    Count,
}

/// The main row is the last of those that stand together.
const MAIN: About = About::FromEnd(0);

/// Everything said about the rows asked for. What was defaulted (dates, who, when) is not among it.
#[derive(Debug, Clone)]
pub(super) struct Claim(Vec<(About, &'static str, String)>);

impl Claim {
    /// The kind of the main row, the last of those that stand together, and what every writing command may say of it.
    pub(super) fn new(kind: Kind, writing: &Writing) -> Self {
        let mut claim = Self::of(kind);
        claim.date("date", writing.date);
        claim.date("occurred", writing.occurred);
        claim.text("doc", writing.doc.as_ref());
        claim.text("memo", writing.memo.as_ref());
        claim
    }

    /// Only what kind the main row is.
    pub(super) fn of(kind: Kind) -> Self {
        Self(vec![(MAIN, "kind", kind.key().to_owned())])
    }

    pub(super) fn text(&mut self, column: &'static str, text: Option<&String>) {
        self.0.extend(text.map(|text| (MAIN, column, text.clone())));
    }

    pub(super) fn amount(&mut self, amount: Option<Amount>) {
        self.0.extend(amount.map(|amount| (MAIN, "amount", amount.to_string())));
    }

    /// Of the first row, where several stand together.
    pub(super) fn of_first(&mut self, column: &'static str, text: String) {
        self.of_row(0, column, text);
    }

    /// Of one of several rows that stand together, counted from zero.
    pub(super) fn of_row(&mut self, place: usize, column: &'static str, text: String) {
        self.0.push((About::Row(place), column, text));
    }

    /// Of one of several rows that stand together, counted from the last, which is zero.
    pub(super) fn of_row_from_end(&mut self, place: usize, column: &'static str, text: String) {
        self.0.push((About::FromEnd(place), column, text));
    }

    /// Of all rows but so many at the end: they move no money.
    pub(super) fn of_no_money_before(&mut self, rows: usize) {
        self.0.push((About::Before(rows), "amount", Amount::ZERO.to_string()));
    }

    /// How many rows stand together.
    pub(super) fn count(&mut self, rows: usize) {
        self.0.insert(0, (About::Count, "batch", rows.to_string()));
    }

    /// That the main row stands alone: the last of a batch may say the same, and is part of something else.
    pub(super) fn alone(&mut self) {
        self.0.push((About::Count, "batch", 1.to_string()));
    }

    fn date(&mut self, column: &'static str, date: Option<Date>) {
        self.0.extend(date.map(|date| (MAIN, column, date.to_string())));
    }

    /// The first thing said that the rows under the same id do not say.
    pub(super) fn clash(&self, rows: &[Entry<String>]) -> Option<Refusal> {
        let (first, main) = (rows.first()?, rows.last()?);
        self.0.iter().find_map(|(about, column, given)| {
            let at = |place: Option<usize>| place.and_then(|place| rows.get(place)).unwrap_or(main);
            let (entry, there) = match about {
                About::Row(place) => (at(Some(*place)), said(&at(Some(*place)).what, column)),
                About::FromEnd(place) => {
                    let entry = at((rows.len() - 1).checked_sub(*place));
                    (entry, said(&entry.what, column))
                }
                About::Before(end) => {
                    let before = &rows[..rows.len().saturating_sub(*end)];
                    let entry = before.iter().find(|entry| !entry.what.amount.is_zero());
                    (entry.unwrap_or(main), entry.map_or(given.clone(), |entry| said(&entry.what, column)))
                }
                About::Count => (main, rows.len().to_string()),
            };
            let same = if *column == "memo" { is_memo(&entry.what.memo, given) } else { there == *given };
            let (id, given) = (first.id.clone(), given.clone());
            (!same).then_some(Refusal::IdTaken { id, row: entry.seq, column, there, given })
        })
    }
}

/// A column of a row, as a claim states it.
pub(super) fn said(row: &Particulars<String>, column: &str) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match column {
        "kind" => row.kind.key().to_owned(),
        "date" => date(row.date),
        "occurred" => date(row.occurred),
        "allocation" => row.allocation.clone(),
        "fund" => row.fund.map(|fund| fund.key().to_owned()).unwrap_or_default(),
        "amount" => row.amount.to_string(),
        "plan" => row.plan.clone(),
        "payee" => row.payee.clone(),
        "memo" => plain_memo(&row.memo).to_owned(),
        "voucher" => row.voucher.clone(),
        "payment" => row.payment.clone(),
        "economic" => row.economic.clone(),
        "method" => row.method.clone(),
        "invoice" => row.invoice.clone(),
        "ref" => row.refers_to.map(|seq| seq.to_string()).unwrap_or_default(),
        "doc" => row.doc.clone(),
        other => unreachable!("no claim is made about {other}"),
    }
}
