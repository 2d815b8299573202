//! 结转: what last year's closed ledger leaves to this year: the money that is kept, and the promises still open.

use super::amount::Amount;
use super::budget::Fund;
use super::calendar::{Date, FiscalYear, Month};
use super::entry::{Digest, Kind, Particulars};
use super::ledger::Ledger;
use super::plan::Plan;
use super::position::Positions;
use super::promises::{Promise, Promises};
use super::reasons::plain_memo;
use super::rules::Refusal;

/// The beginning of a carried adjustment's memo; what follows names the budget and the digest of its last row.
const FROM: &str = "carried-from=";

/// The budget that an adjustment was carried from, and what else its memo says.
pub(crate) fn carried_from(memo: &str) -> Option<(&str, &str)> {
    let (id, rest) = memo.strip_prefix(FROM)?.split_once(";hash=")?;
    let (digest, said) = rest.split_once(';').unwrap_or((rest, ""));
    Digest::canonical(digest).map(|_| (id, said))
}

/// Last year, as its ledger ends.
#[derive(Debug, Clone)]
pub(crate) struct LastYear {
    pub(crate) id: String,
    pub(crate) year: FiscalYear,
    /// The digest of its last row.
    pub(crate) digest: Digest,
    first_open: Option<Month>,
    pub(crate) lines: Vec<Left>,
    pub(crate) promises: Vec<(u64, Promise)>,
}

/// One allocation at last year's end, in 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) key: String,
    pub(crate) name: String,
    /// revised − spent; what is promised is still in it.
    pub(crate) left: Amount,
    /// Open commitments.
    pub(crate) committed: Amount,
    /// What goes into the new year; the rest lapses (结余).
    pub(crate) kept: Amount,
}

impl Left {
    pub(crate) fn lapsed(&self) -> Amount {
        self.left - self.kept
    }
}

impl LastYear {
    /// What a ledger leaves. Without a word on it, an allocation keeps what its open commitments need.
    pub(crate) fn of(ledger: &Ledger, positions: &Positions, promises: &Promises) -> Option<Self> {
        let (id, year) = ledger.opened_for.clone()?;
        let promises: Vec<(u64, Promise)> = promises.iter().map(|(seq, promise)| (seq, promise.clone())).collect();
        let mut lines: Vec<Left> = Vec::new();
        for opened in &ledger.opened {
            if lines.iter().any(|line| line.key == opened.key) {
                continue;
            }
            let position = positions.of(&opened.key);
            let left = position.revised() - position.spent;
            lines.push(Left {
                key: opened.key.clone(),
                name: opened.name.clone(),
                left,
                committed: position.committed,
                kept: position.committed.min(left).max(Amount::ZERO),
            });
        }
        Some(Self { id, year, digest: ledger.digest, first_open: ledger.first_open_month(), lines, promises })
    }

    /// Whether it may be carried into `year`: the year before it, and sealed to its end.
    pub(crate) fn check(&self, year: FiscalYear) -> Vec<Refusal> {
        // Of another year's ledger nothing else is worth saying.
        if self.year.number() + 1 != year.number() {
            return vec![Refusal::NotLastYear { from: self.year, into: year }];
        }
        let mut refusals = Vec::new();
        refusals.extend(self.first_open.map(|first_open| Refusal::LastYearOpen { year: self.year, first_open }));
        if self.lines.iter().all(|line| line.kept.is_zero()) && self.promises.is_empty() {
            refusals.push(Refusal::NothingToCarry { year: self.year });
        }
        // Keeping nothing is never too much, also of what was overspent.
        let beyond = self.lines.iter().filter(|line| line.kept > line.left.max(Amount::ZERO));
        refusals.extend(beyond.map(|line| Refusal::KeepsTooMuch {
            key: line.key.clone(),
            left: line.left,
            kept: line.kept,
        }));
        refusals
    }

    /// The beginning of the memo of every adjustment that carries money of this budget.
    pub(crate) fn mark(&self) -> String {
        format!("{FROM}{};", self.id)
    }

    /// The rows, without the 0.00 `budget` rows that may have to stand before them.
    pub(crate) fn rows(&self, date: Date, doc: &str, memo: &str) -> Vec<Particulars<String>> {
        let memo = if memo.is_empty() { String::new() } else { format!(";{memo}") };
        let kept = self.lines.iter().filter(|line| line.kept.is_positive()).map(|line| Particulars {
            allocation: line.key.clone(),
            fund: Some(Fund::Carried),
            amount: line.kept,
            plan: Plan::Even.to_string(),
            memo: format!("{}hash={}{memo}", self.mark(), self.digest),
            doc: doc.to_owned(),
            ..Particulars::new(Kind::Adjustment, date)
        });
        let promised = self.promises.iter().map(|(seq, promise)| {
            let was = &promise.what;
            let keeps = self.lines.iter().any(|line| line.key == was.allocation && line.kept.is_positive());
            // Last year's reasons were for last year's limits.
            let memo = plain_memo(&was.memo);
            let separator = if memo.is_empty() { "" } else { ";" };
            Particulars {
                allocation: was.allocation.clone(),
                fund: if keeps { Some(Fund::Carried) } else { None },
                amount: promise.left,
                payee: was.payee.clone(),
                memo: format!("{memo}{separator}carried-row={seq}"),
                economic: was.economic.clone(),
                doc: was.doc.clone(),
                ..Particulars::new(Kind::Commitment, date)
            }
        });
        kept.chain(promised).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::iso_date;
    use super::*;

    fn line(key: &str, left: i128, kept: i128) -> Left {
        let [left, kept] = [left, kept].map(Amount::from_fen);
        Left { key: key.to_owned(), name: String::new(), left, committed: Amount::ZERO, kept }
    }

    fn promise(key: &str) -> Promise {
        let mut what = Particulars::new(Kind::Commitment, iso_date("2021-11-05").expect("a day"));
        (what.allocation, what.economic, what.doc) = (key.to_owned(), "30211".to_owned(), "C-1".to_owned());
        Promise { what, left: Amount::FEN }
    }

    #[test]
    fn a_promise_is_paid_from_carried_money_where_its_own_allocation_keeps_some() {
        let last_year = LastYear {
            id: "2021".to_owned(),
            year: FiscalYear::new(2021).expect("a year"),
            digest: Digest::default(),
            first_open: None,
            lines: vec![line("travel", 500, 500), line("printing", 500, 0)],
            promises: vec![(7, promise("travel")), (9, promise("printing"))],
        };
        let rows = last_year.rows(iso_date("2022-01-05").expect("a day"), "", "");
        let said: Vec<_> = rows
            .iter()
            .map(|row| (row.kind, row.allocation.as_str(), row.fund, row.economic.as_str(), row.doc.as_str()))
            .collect();
        let expected = [
            (Kind::Adjustment, "travel", Some(Fund::Carried), "", ""),
            (Kind::Commitment, "travel", Some(Fund::Carried), "30211", "C-1"),
            (Kind::Commitment, "printing", None, "30211", "C-1"),
        ];
        assert_eq!(said, expected);
    }
}
