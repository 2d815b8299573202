//! What a closed year leaves, and what `carry` must make of it in the next: money that is kept, and promises made anew.

use std::collections::BTreeMap;

use super::budget_changes::{newly_funded, own_fund};
use super::made_up::Made;
use super::model::{Model, Row, memo_says, plain_memo};
use super::reading::money;
use super::reasons::{Problem, Reason};
use super::rules::{Case, memo};
use super::said::{Said, in_list};
use super::spending::{in_ledger, is_over, limits};

/// An allocation at its year's end, in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) key: String,
    pub(super) name: String,
    /// What was not spent; what is promised is still in it.
    pub(super) left: i64,
    pub(super) committed: i64,
    pub(super) kept: i64,
}

/// A ledger that money may be carried from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastYear {
    pub(super) id: &'static str,
    pub(super) hash: String,
    year: i64,
    /// The first month that is not closed.
    first_open: Option<usize>,
    pub(super) lines: Vec<Left>,
    /// Open commitments with what is left of them.
    promises: Vec<(usize, Row, i64)>,
}

impl LastYear {
    /// What a ledger leaves: without a word on it, an allocation keeps what its open commitments need.
    pub(super) fn of(model: &Model) -> Self {
        let mut lines: Vec<Left> = Vec::new();
        for row in model.rows.iter().filter(|row| row.kind == "budget") {
            if lines.iter().any(|line| line.key == row.allocation) {
                continue;
            }
            let sum = |kinds: &[&str]| -> i64 {
                let rows = model.rows.iter().filter(|other| other.allocation == row.allocation);
                rows.filter(|other| kinds.contains(&other.kind)).map(|other| other.amount).sum()
            };
            let left = sum(&["budget", "adjustment"]) - sum(&["expense", "reversal", "refund"]);
            let committed = sum(&["commitment", "release"]);
            let kept = committed.min(left).max(0);
            lines.push(Left { key: row.allocation.clone(), name: row.memo.clone(), left, committed, kept });
        }
        let seqs = (1..=model.rows.len()).filter(|seq| model.row(*seq).kind == "commitment");
        let promises = seqs.map(|seq| (seq, model.row(seq).clone(), model.left(seq)));
        Self {
            id: model.good_id(),
            hash: model.bytes.hash(),
            year: model.file.year,
            first_open: Some(model.closed() + 1).filter(|month| *month <= 12),
            lines,
            promises: promises.filter(|(_, _, left)| *left > 0).collect(),
        }
    }

    /// `ALLOC=N` or `ALLOC=all`.
    pub(super) fn keep(&mut self, typed: &str) -> Option<Problem> {
        let bad = || Some(Problem::new(Reason::BadKeep).with(format!("`--keep {typed}`")));
        let Some((name, sum)) = typed.rsplit_once('=') else { return bad() };
        let names: Vec<(&str, &str)> = self.lines.iter().map(|line| (line.key.as_str(), line.name.as_str())).collect();
        let place = match in_list(name, &names) {
            Ok(place) => place,
            Err(reason) => return Some(Problem::new(reason).with(name.trim())),
        };
        let line = &mut self.lines[place];
        line.kept = match sum.trim() {
            "all" | "全部" => line.left.max(0),
            sum => match money(sum) {
                Ok(fen) if fen >= 0 => fen,
                _ => return bad(),
            },
        };
        None
    }

    /// Whether it may be carried into the year after it, by a budget.
    pub(super) fn check(&self, file: &Made) -> Vec<Problem> {
        // Of another year's ledger nothing else is worth saying.
        if self.year + 1 != file.year {
            return vec![Problem::new(Reason::NotLastYear).with(self.year).with(file.year)];
        }
        let mut problems = Vec::new();
        if let Some(month) = self.first_open {
            problems.push(Problem::new(Reason::LastYearOpen).with(format!("2022-{month:02}")));
        }
        if self.promises.is_empty() && self.lines.iter().all(|line| line.kept == 0) {
            problems.push(Problem::new(Reason::NothingToCarry));
        }
        for line in &self.lines {
            // Keeping nothing is never too much, also of what was overspent.
            if line.kept > line.left.max(0) {
                problems.push(Problem::new(Reason::KeepsTooMuch).with(&line.key).yuan(line.left).yuan(line.kept));
            }
            if (line.kept > 0 || line.committed != 0) && file.line(&line.key).is_none() {
                problems.push(Problem::new(Reason::NotInBudget).with(format!("has no {} (", line.key)));
            }
        }
        problems
    }

    /// The rows, the reasons at their memos' ends left off, and without those of 0.00 that may have to stand before them.
    pub(super) fn planned(&self, date: &str, doc: &str, memo: &str) -> Vec<Row> {
        let from = format!("carried-from={};hash={}", self.id, self.hash);
        let kept = self.lines.iter().filter(|line| line.kept > 0).map(|line| Row {
            allocation: line.key.clone(),
            fund: "carried".to_owned(),
            amount: line.kept,
            plan: "even".to_owned(),
            memo: if memo.is_empty() { from.clone() } else { format!("{from};{memo}") },
            doc: doc.to_owned(),
            ..Row::new("adjustment", date)
        });
        let keeps = |key: &str| self.lines.iter().any(|line| line.key == key && line.kept > 0);
        let promised = self.promises.iter().map(|(seq, was, left)| Row {
            allocation: was.allocation.clone(),
            fund: if keeps(&was.allocation) { "carried".to_owned() } else { String::new() },
            amount: *left,
            payee: was.payee.clone(),
            // Last year's reasons were for last year's limits.
            memo: match plain_memo(&was.memo) {
                "" => format!("carried-row={seq}"),
                memo => format!("{memo};carried-row={seq}"),
            },
            economic: was.economic.clone(),
            doc: was.doc.clone(),
            ..Row::new("commitment", date)
        });
        kept.chain(promised).collect()
    }
}

/// The rows of a carry, or every reason why not.
pub(super) fn rows(last: &LastYear, case: &Case<'_>) -> Result<(Vec<Row>, Vec<Problem>), Vec<Problem>> {
    let mark = format!("carried-from={};", last.id);
    let earlier = case.model.rows.iter().position(|row| row.kind == "adjustment" && row.memo.starts_with(&mark));
    if let Some(place) = earlier {
        return Err(vec![Problem::new(Reason::AlreadyCarried).with(last.id).with(format!("row {} ", place + 1))]);
    }
    let planned = last.planned(case.date, &case.said.text("doc"), &case.said.text("memo"));
    let (mut problems, mut remarks) = (Vec::new(), Vec::new());
    let kept = planned.iter().filter(|row| row.kind == "adjustment");
    let mut rows: Vec<Row> = kept.flat_map(|row| newly_funded(case, &row.allocation, "carried")).collect();
    for mut row in planned {
        let mut over = Vec::new();
        if row.kind == "commitment" {
            if row.fund.is_empty() {
                problems.extend(in_ledger(case, &row.allocation));
                row.fund = own_fund(case, &row.allocation);
            }
            let (refusals, said) = limits(case, &row, &rows);
            problems.extend(refusals);
            over = said;
        }
        match memo(case, &row.memo, is_over(&over), true) {
            Ok(memo) => row.memo = memo,
            Err(problem) => problems.push(problem),
        }
        remarks.extend(over);
        rows.push(row);
    }
    if problems.is_empty() { Ok((rows, remarks)) } else { Err(problems) }
}

/// Whether these rows, which stand under the carry's id, are this carry.
pub(super) fn is_same(there: &[Row], last: &LastYear, said: &Said) -> bool {
    let planned = last.planned("", &said.text("doc"), &said.text("memo"));
    let there: Vec<&Row> = there.iter().filter(|row| row.kind != "budget").collect();
    let same = |(there, planned): (&&Row, &Row)| {
        let what = |row: &Row| (row.kind, row.allocation.clone(), row.amount, row.doc.clone());
        let date = said.given("date").is_none_or(|date| *date == there.date);
        let is_money = planned.kind == "adjustment" && said.given("memo").is_some();
        let memo = !is_money || memo_says(&there.memo, &planned.memo);
        what(there) == what(planned) && date && memo
    };
    there.len() == planned.len() && there.iter().zip(&planned).all(same)
}

/// The table of what was left, carried and lapsed, with its total.
pub(super) fn table(last: &LastYear) -> (serde_json::Value, serde_json::Value) {
    use crate::laws::reckoning::yuan;
    let figures = |left: i64, kept: i64, committed: i64| {
        BTreeMap::from([
            ("left", serde_json::json!(yuan(left))),
            ("carried", yuan(kept).into()),
            ("lapsed", yuan(left - kept).into()),
            ("committed", yuan(committed).into()),
        ])
    };
    let row = |(number, line): (usize, &Left)| {
        let mut row = figures(line.left, line.kept, line.committed);
        row.extend([
            ("allocation", line.key.clone().into()),
            ("number", number.into()),
            ("name", line.name.clone().into()),
        ]);
        serde_json::json!(row)
    };
    let sum = |figure: fn(&Left) -> i64| last.lines.iter().map(figure).sum();
    let total = figures(sum(|line| line.left), sum(|line| line.kept), sum(|line| line.committed));
    ((1..).zip(&last.lines).map(row).collect(), serde_json::json!(total))
}
