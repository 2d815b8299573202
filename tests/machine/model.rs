//! A ledger as the model knows it: plain rows, and every figure a sum over them. Nothing here comes from the program.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::made_up::{Edit, Made};
use super::reasons::{Problem, Reason};
use crate::laws::reckoning::{due, number_of, yuan};

const HEADER: &str = "seq,kind,date,occurred,allocation,fund,amount,plan,payee,memo,voucher,payment,economic,method,\
                      invoice,ref,doc,batch,id,by,at,hash";

/// A row of the ledger (design §5). Its seq is its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) date: String,
    pub(super) occurred: String,
    pub(super) allocation: String,
    pub(super) fund: String,
    /// In 分, signed.
    pub(super) amount: i64,
    pub(super) plan: String,
    pub(super) payee: String,
    pub(super) memo: String,
    pub(super) voucher: String,
    pub(super) payment: String,
    pub(super) economic: String,
    pub(super) method: String,
    pub(super) invoice: String,
    pub(super) refers_to: Option<usize>,
    pub(super) doc: String,
    /// Place and count, where rows stand or fall together.
    pub(super) batch: Option<(usize, usize)>,
    pub(super) id: String,
    pub(super) by: String,
    pub(super) at: String,
}

impl Row {
    pub(super) fn new(kind: &'static str, date: &str) -> Self {
        Self { kind, date: date.to_owned(), ..Self::default() }
    }

    /// What the row does to what is available.
    fn gives(&self) -> i64 {
        match self.kind {
            "budget" | "adjustment" => self.amount,
            "commitment" | "release" | "expense" | "reversal" | "refund" => -self.amount,
            _ => 0,
        }
    }

    fn spends(&self) -> i64 {
        if ["expense", "reversal", "refund"].contains(&self.kind) { self.amount } else { 0 }
    }

    /// Whether another row says the same, but for its memo and what it is stamped with.
    pub(super) fn same_content(&self, other: &Self) -> bool {
        let content = |row: &Self| {
            let mut columns = row.sealed(0);
            [9, 15, 17, 18, 19, 20].into_iter().for_each(|column: usize| columns[column].clear());
            columns
        };
        content(self) == content(other)
    }

    /// A column's text, by the name it has in the header.
    pub(super) fn column(&self, name: &str) -> String {
        let text = match name {
            "kind" => self.kind,
            "date" => &self.date,
            "occurred" => &self.occurred,
            "allocation" => &self.allocation,
            "fund" => &self.fund,
            "plan" => &self.plan,
            "payee" => &self.payee,
            "memo" => &self.memo,
            "voucher" => &self.voucher,
            "payment" => &self.payment,
            "economic" => &self.economic,
            "method" => &self.method,
            "invoice" => &self.invoice,
            "doc" => &self.doc,
            other => unreachable!("{other} is no text"),
        };
        text.to_owned()
    }

    /// The 21 columns that the row's digest seals.
    fn sealed(&self, seq: usize) -> [String; 21] {
        [
            seq.to_string(),
            self.kind.to_owned(),
            self.date.clone(),
            self.occurred.clone(),
            self.allocation.clone(),
            self.fund.clone(),
            yuan(self.amount),
            self.plan.clone(),
            self.payee.clone(),
            self.memo.clone(),
            self.voucher.clone(),
            self.payment.clone(),
            self.economic.clone(),
            self.method.clone(),
            self.invoice.clone(),
            self.refers_to.map(|seq| seq.to_string()).unwrap_or_default(),
            self.doc.clone(),
            self.batch.map(|(place, count)| format!("{place}of{count}")).unwrap_or_default(),
            self.id.clone(),
            self.by.clone(),
            self.at.clone(),
        ]
    }
}

/// The reasons at a memo's end, left off.
pub(super) fn plain_memo(memo: &str) -> &str {
    let begins = ["allow-over=", "clock-ok="].into_iter().filter_map(|name| {
        let after_words = memo.find(&format!(";{name}"));
        after_words.or(memo.starts_with(name).then_some(0))
    });
    &memo[..begins.min().unwrap_or(memo.len())]
}

/// Whether a memo is this text, with or without reasons at its end.
pub(super) fn memo_says(memo: &str, text: &str) -> bool {
    let Some(rest) = memo.strip_prefix(text) else { return false };
    let reasons = if text.is_empty() { Some(rest) } else { rest.strip_prefix(';') };
    rest.is_empty() || reasons.is_some_and(|rest| rest.starts_with("allow-over=") || rest.starts_with("clock-ok="))
}

/// The ledger's bytes and its last digest, grown row by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Bytes {
    pub(super) text: String,
    digest: Vec<u8>,
    rows: usize,
}

impl Bytes {
    fn begun() -> Self {
        Self { text: format!("{HEADER}\n"), digest: vec![0; 32], rows: 0 }
    }

    /// One more line: the row, sealed after the one before it.
    pub(super) fn push(&mut self, row: &Row) {
        self.rows += 1;
        let columns = row.sealed(self.rows);
        self.digest = Sha256::digest([&self.digest, columns.join("\u{1F}").as_bytes()].concat()).to_vec();
        let quoted = |column: &String| match column.contains([',', '"']) {
            true => format!("\"{}\"", column.replace('"', "\"\"")),
            false => column.clone(),
        };
        let columns: Vec<String> = columns.iter().map(quoted).chain([self.hash()]).collect();
        self.text += &columns.join(",");
        self.text.push('\n');
    }

    pub(super) fn hash(&self) -> String {
        hex(&self.digest)
    }

    /// What a close row would say of everything so far.
    pub(super) fn seal(&self) -> String {
        let (sha256, sm3) = (Sha256::digest(&self.text), Sm3::digest(&self.text));
        format!("rows={};bytes={};sha256={};sm3={}", self.rows, self.text.len(), hex(&sha256), hex(&sm3))
    }

    pub(super) fn head(&self) -> String {
        format!("taizhang-head 1 {} {} {}\n", self.rows, self.hash(), self.text.len())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What these rows leave of an allocation, or with no key of the whole budget.
pub(super) fn available<'r>(rows: impl Iterator<Item = &'r Row>, key: Option<&str>) -> i64 {
    rows.filter(|row| key.is_none_or(|key| row.allocation == key)).map(Row::gives).sum()
}

/// A world as the model knows it.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// The budget file as it stands.
    pub(super) file: Made,
    /// The same without edits that are unlawful.
    good: Made,
    pub(super) rows: Vec<Row>,
    pub(super) bytes: Bytes,
    /// The first seq that each step has written.
    pub(super) written: BTreeMap<usize, usize>,
}

impl Model {
    pub(super) fn new(made: &Made) -> Self {
        Self {
            file: made.clone(),
            good: made.clone(),
            rows: Vec::new(),
            bytes: Bytes::begun(),
            written: BTreeMap::new(),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        !self.rows.is_empty()
    }

    pub(super) fn row(&self, seq: usize) -> &Row {
        &self.rows[seq - 1]
    }

    pub(super) fn append(&mut self, step: usize, rows: Vec<Row>) {
        self.written.insert(step, self.rows.len() + 1);
        for row in rows {
            self.bytes.push(&row);
            self.rows.push(row);
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let edited = self.file.edited(edit, &self.good);
        if edit == Edit::Adds {
            self.good.lines.extend(edited.lines.get(self.file.lines.len()).cloned());
        }
        self.file = edited;
        if !self.is_open() {
            self.good = self.file.clone();
        }
    }

    pub(super) fn is_spoilt(&self) -> bool {
        self.file != self.good
    }

    /// The id of the budget the ledger was opened for.
    pub(super) fn good_id(&self) -> &'static str {
        self.good.id
    }

    /// What an allocation has left over all days, or with no key the whole budget; `with` counted as if written.
    pub(super) fn available(&self, key: Option<&str>, with: &[Row]) -> i64 {
        available(self.rows.iter().chain(with), key)
    }

    /// What the fund that a row draws on has left in the row's allocation. Rows that name none draw on the first.
    pub(super) fn available_of_fund(&self, row: &Row, with: &[Row]) -> Option<i64> {
        let held = self.rows.iter().chain(with).filter(|held| held.allocation == row.allocation);
        let first = held.clone().find(|held| !held.fund.is_empty())?.fund.as_str();
        let fund_of = |row: &'_ Row| if row.fund.is_empty() { first.to_owned() } else { row.fund.clone() };
        let of_it: Vec<&Row> = held.filter(|held| fund_of(held) == fund_of(row)).collect();
        (!of_it.is_empty()).then(|| available(of_it.into_iter(), None))
    }

    /// Whether a fund has any budget, promise or spending in an allocation; `with` counted as if written.
    pub(super) fn is_in_use(&self, key: &str, fund: &str, with: &[Row]) -> bool {
        let first = self.funds(key).into_iter().next().unwrap_or_default();
        let is_of_it =
            |row: &&Row| row.allocation == key && *fund == *if row.fund.is_empty() { &first } else { &row.fund };
        let sum = |kinds: &[&str]| {
            let of_kind = self.rows.iter().chain(with).filter(is_of_it).filter(|row| kinds.contains(&row.kind));
            of_kind.map(|row| row.amount).sum::<i64>()
        };
        let kinds: [&[&str]; 3] =
            [&["budget", "adjustment"], &["commitment", "release"], &["expense", "reversal", "refund"]];
        kinds.into_iter().any(|kinds| sum(kinds) != 0)
    }

    /// What was spent of an allocation by a day, and what was planned to be.
    pub(super) fn spent_and_planned(&self, key: &str, date: &str, with: &[Row]) -> (i64, i64) {
        let rows = self.rows.iter().chain(with).filter(|row| row.allocation == key && row.date.as_str() <= date);
        let (mut spent, mut revised, mut planned) = (0, 0, 0);
        for row in rows {
            spent += row.spends();
            if ["budget", "adjustment"].contains(&row.kind) {
                let month: usize = row.date[5..7].parse().unwrap();
                revised += row.amount;
                planned += due(&row.plan, row.amount, month - 1, number_of(date), self.file.ways.by_months);
            }
        }
        (spent, planned.min(revised).max(0))
    }

    /// What the rows that refer to a row have left of it.
    pub(super) fn left(&self, seq: usize) -> i64 {
        let refer = self.rows.iter().filter(|row| row.refers_to == Some(seq));
        self.row(seq).amount + refer.map(|row| row.amount).sum::<i64>()
    }

    /// The funds an allocation holds, the one it was opened with first.
    pub(super) fn funds(&self, key: &str) -> Vec<String> {
        let opened = self.rows.iter().filter(|row| row.kind == "budget" && row.allocation == key);
        opened.map(|row| row.fund.clone()).collect()
    }

    /// Months closed so far, from January on.
    pub(super) fn closed(&self) -> usize {
        self.rows.iter().filter(|row| row.kind == "close").count()
    }

    /// The row that seals a month, 1 to 12.
    pub(super) fn close_of(&self, month: usize) -> Option<usize> {
        let mut closes = (1..).zip(&self.rows).filter(|(_, row)| row.kind == "close");
        closes.nth(month - 1).map(|(seq, _)| seq)
    }

    /// The row under an id, and those that stand or fall with it. An imported row stands under its own.
    pub(super) fn under(&self, id: &str) -> Option<std::ops::Range<usize>> {
        let first = self.rows.iter().position(|row| row.id == id)?;
        let goes_on = |row: &&Row| row.id.is_empty() && row.batch.is_some_and(|(place, _)| place > 1);
        Some(first..first + 1 + self.rows[first + 1..].iter().take_while(goes_on).count())
    }

    /// Where the budget file says otherwise than the rows that pinned it.
    pub(super) fn disagreements(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.is_open() {
            return problems;
        }
        if !self.rows[0].memo.contains(&format!("budget={};", self.file.id)) {
            problems.push(Problem::new(Reason::OtherId));
        }
        let mut pinned: Vec<&Row> = Vec::new();
        for row in self.rows.iter().filter(|row| row.kind == "budget") {
            if !pinned.iter().any(|known| known.allocation == row.allocation) {
                pinned.push(row);
            }
        }
        for row in &pinned {
            let differs = |reason| Problem::new(reason).with(&row.allocation);
            let Some(line) = self.file.line(&row.allocation) else {
                problems.push(differs(Reason::LineMissing));
                continue;
            };
            let others = [
                (line.amount != row.amount, Reason::OtherOriginal),
                (line.name != row.memo, Reason::OtherName),
                (line.fund != row.fund, Reason::OtherFundInFile),
                (line.plan() != row.plan, Reason::OtherPlan),
            ];
            problems.extend(others.into_iter().filter(|(is_other, _)| *is_other).map(|(_, reason)| differs(reason)));
        }
        let added = self.file.lines.iter().filter(|line| line.amount != 0);
        let added = added.filter(|line| !pinned.iter().any(|row| row.allocation == line.key));
        problems.extend(added.map(|line| Problem::new(Reason::LineAdded).with(line.key)));
        problems
    }
}
