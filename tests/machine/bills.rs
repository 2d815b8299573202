//! The rows of a table as bills, read without the program: dates, sums, numbers and words, and what is wrong with each.

use sha2::{Digest as _, Sha256};

use super::model::{Model, Row};
use super::reading::{choice, column, day, economic, half_width, invoices, money, text};
use super::reasons::{Problem, Reason};
use super::said::{Said, in_file};
use super::table::Table;
use crate::laws::reckoning::yuan;

/// One row of a table, understood.
#[derive(Debug, Clone)]
pub(super) struct Bill {
    pub(super) line: usize,
    /// What the row itself says; a red row leaves much to its original.
    pub(super) row: Row,
    /// The voucher number of the expense that a red row takes back from.
    pub(super) original: String,
    /// The table's own id for it.
    pub(super) own_id: Option<String>,
}

impl Bill {
    /// What an id is made from: date, allocation, amount, payee, memo, voucher, payment and invoice; and of a red row what
    /// it is, and what it takes back from.
    pub(super) fn digits(&self) -> String {
        let row = &self.row;
        let amount = yuan(row.amount);
        let content =
            [&row.date, &row.allocation, &amount, &row.payee, &row.memo, &row.voucher, &row.payment, &row.invoice];
        let mut content = content.map(String::as_str).to_vec();
        if row.kind != "expense" {
            content.extend([row.kind, &self.original]);
        }
        let digest = Sha256::digest(content.join("\u{1F}"));
        digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One row being read.
struct Reader<'r> {
    table: &'r Table,
    row: usize,
    problems: Vec<Problem>,
}

/// A row as a bill, or all that is wrong with it.
pub(super) fn read(table: &Table, row: usize, said: &Said, model: &Model) -> Result<Bill, Vec<Problem>> {
    let mut reader = Reader { table, row, problems: Vec::new() };
    let personal_allowed = said.says("allow-personal-data");
    let date = reader.date("date");
    if date.is_none() && table.cell(row, "date").is_none() {
        reader.say(Problem::new(Reason::CellMissing).with("the date is"));
    }
    let amount = reader.amount();
    let allocation = match table.cell(row, "allocation") {
        Some(typed) => in_file(typed, &model.file).map_err(|reason| reader.say(Problem::new(reason).with(typed))).ok(),
        None => said.key.clone(),
    };
    if allocation.is_none() && table.cell(row, "allocation").is_none() {
        reader.say(Problem::new(Reason::CellMissing).with("the allocation is"));
    }
    let original = reader.text("original", true);
    if amount.is_some_and(|amount| amount < 0) && table.cell(row, "original").is_none() {
        reader.say(Problem::new(Reason::OriginalNeeded));
    }
    if amount.is_some_and(|amount| amount >= 0) && !original.is_empty() {
        reader.say(Problem::new(Reason::RedRowNotNegative));
    }
    let kind = reader.kind(amount);
    let bill = Row {
        occurred: reader.date("occurred").unwrap_or_default(),
        allocation: allocation.unwrap_or_default(),
        fund: reader.choice("fund", &["current", "carried", "other"]),
        amount: amount.unwrap_or_default(),
        payee: reader.text("payee", personal_allowed),
        memo: reader.text("memo", personal_allowed),
        voucher: reader.text("voucher", true),
        payment: reader.text("payment", true),
        economic: reader.economic(),
        method: reader.choice("method", &["direct", "authorized", "card", "bank", "cash", "other"]),
        invoice: reader.invoice(),
        doc: reader.text("doc", true),
        ..Row::new(kind, &date.unwrap_or_default())
    };
    let own_id = said.given("map").map(|_| reader.text("id", true)).filter(|id| !id.is_empty());
    let line = table.line(row);
    if !reader.problems.is_empty() {
        return Err(reader.problems.into_iter().map(|problem| problem.in_line(line)).collect());
    }
    Ok(Bill { line, row: bill, original, own_id })
}

impl Reader<'_> {
    fn say(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn date(&mut self, field: &str) -> Option<String> {
        let typed = self.table.cell(self.row, field)?;
        let date = day(typed);
        if date.is_none() {
            self.say(Problem::new(Reason::CellNoDate).with(format!("`{typed}`")));
        }
        date
    }

    /// 金额 or 借方, or what is on the other side, 贷方, as a negative sum.
    fn amount(&mut self) -> Option<i64> {
        let before = self.problems.len();
        let [debit, credit] = ["amount", "credit"].map(|field| {
            let typed = self.table.cell(self.row, field)?;
            sum(typed).unwrap_or_else(|reason| {
                self.say(Problem::new(reason).with(format!("`{typed}`")));
                None
            })
        });
        if self.problems.len() > before {
            return None;
        }
        match (debit, credit) {
            (None, None) => self.say(Problem::new(Reason::CellMissing).with("the amount is")),
            (None | Some(0), None | Some(0)) => self.say(Problem::new(Reason::CellZero)),
            (Some(debit), None | Some(0)) => return Some(debit),
            (None | Some(0), Some(credit)) => return Some(-credit),
            (Some(_), Some(_)) => self.say(Problem::new(Reason::BothSides)),
        }
        None
    }

    fn text(&mut self, field: &'static str, personal_data_allowed: bool) -> String {
        let Some(typed) = self.table.cell(self.row, field) else { return String::new() };
        text(field, typed, personal_data_allowed).unwrap_or_else(|problem| {
            self.say(problem);
            String::new()
        })
    }

    fn invoice(&mut self) -> String {
        let Some(typed) = self.table.cell(self.row, "invoice") else { return String::new() };
        invoices(typed).unwrap_or_else(|problem| {
            self.say(problem);
            String::new()
        })
    }

    /// A class, alone or before its name.
    fn economic(&mut self) -> String {
        let Some(typed) = self.table.cell(self.row, "economic") else { return String::new() };
        let code: String = half_width(typed).chars().take_while(char::is_ascii_digit).collect();
        economic(&code).unwrap_or_else(|| {
            self.say(Problem::new(Reason::BadEconomic).with(format!("`{typed}`")));
            String::new()
        })
    }

    fn choice(&mut self, field: &'static str, choices: &[&str]) -> String {
        let Some(typed) = self.table.cell(self.row, field) else { return String::new() };
        let chosen = choice(typed.trim());
        if !choices.contains(&chosen.as_str()) {
            self.say(Problem::new(Reason::NoChoice).with(column(field)).with(format!("`{typed}`")));
        }
        chosen
    }

    /// What is red took money back, or corrects what was booked.
    fn kind(&mut self, amount: Option<i64>) -> &'static str {
        let said = self.table.cell(self.row, "kind");
        match said {
            Some("冲销" | "退款") if amount.is_some_and(|amount| amount >= 0) => {
                self.say(Problem::new(Reason::RedRowNotNegative))
            }
            None | Some("冲销" | "退款") => {}
            Some(other) => self.say(Problem::new(Reason::NoChoice).with(format!("`{other}`"))),
        }
        match said {
            _ if amount.is_none_or(|amount| amount >= 0) => "expense",
            Some("退款") => "refund",
            _ => "reversal",
        }
    }
}

/// A sum as accountants write it: with a currency sign, negative in brackets; a dash is nothing.
fn sum(typed: &str) -> Result<Option<i64>, Reason> {
    let plain = half_width(typed);
    let plain = plain.trim_start_matches(['¥', '￥']);
    if ["-", "—", "--"].contains(&plain) {
        return Ok(None);
    }
    let sum = match plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => money(inner).map(|fen| -fen),
        None => money(plain),
    };
    match sum {
        Err(Reason::Scientific) => Err(Reason::CellExponent),
        Err(reason) => Err(reason),
        Ok(fen) => Ok(Some(fen)),
    }
}
