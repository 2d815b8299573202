//! One row of a statement as a movement: its day, its sum with the right sign, and what names it. What can't be relied on
//! is refused at its own place.

use std::borrow::Cow;

use super::Movement;
use super::headings::{Columns, plain};
use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::calendar::Date;
use crate::domain::statement::{Column, LeftOut, Profile, Sign};
use crate::domain::text::shortened;
use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row, value};

/// How much of a cell a message repeats.
const SHOWN: usize = 60;
/// What lines that tell no movement begin with: balances brought forward, and totals.
const NO_MOVEMENT: [&str; 17] = [
    "合计",
    "总计",
    "小计",
    "本页合计",
    "本页小计",
    "本月合计",
    "本期合计",
    "本年累计",
    "累计",
    "承前页",
    "过次页",
    "期初余额",
    "期末余额",
    "上期余额",
    "本期余额",
    "上月结转",
    "余额",
];
/// How 借 and 贷 are written where one column says which it is.
const OUT: [&str; 8] = ["借", "支", "支出", "借方", "d", "dr", "往账", "付"];
const IN: [&str; 9] = ["贷", "收", "收入", "贷方", "c", "cr", "来账", "存", "存入"];

/// How it is written that a payment came about, and that it did not. Other words need someone to say what they mean:
/// of a 退回 or a 撤销 the money may have gone out and come back, or never have gone.
const DONE: [&str; 18] = [
    "成功",
    "交易成功",
    "支付成功",
    "付款成功",
    "转账成功",
    "处理成功",
    "完成",
    "已完成",
    "交易完成",
    "已支付",
    "已付款",
    "已记账",
    "已入账",
    "已清算",
    "正常",
    "success",
    "completed",
    "posted",
];
const FAILED: [&str; 9] =
    ["失败", "交易失败", "支付失败", "付款失败", "转账失败", "处理失败", "失败交易", "failed", "fail"];

/// How 人民币 is written. 156 is its number (GB/T 12406, ISO 4217), and 01 that of many banks.
const YUAN: [&str; 12] = ["￥", "¥", "人民币", "人民币元", "元", "cny", "rmb", "156", "01", "001", "1", "人民币cny"];

struct Reader<'r> {
    row: Row<'r>,
    columns: &'r Columns,
    profile: &'r Profile,
    problems: Vec<Problem>,
}

/// The row as a movement, or all that is wrong with it.
pub(super) fn movement(row: Row<'_>, columns: &Columns, profile: &Profile) -> Result<Movement, Vec<Problem>> {
    let mut reader = Reader { row, columns, profile, problems: Vec::new() };
    let date = reader.date();
    let amount = reader.signed();
    let mut named = |column| reader.number(column).unwrap_or_default();
    // Where a bank names both sides, the other side of what came in is the payer.
    let came_in = amount.is_some_and(Amount::is_negative);
    let payer = Some(named(Column::Payer)).filter(|payer| came_in && !payer.is_empty());
    let (payee, payment, memo) = (named(Column::Payee), named(Column::Payment), named(Column::Memo));
    let payee = payer.unwrap_or(payee);
    reader.is_done();
    reader.is_in_yuan();
    match (date, amount) {
        (Some(date), Some(amount)) if reader.problems.is_empty() => {
            Ok(Movement { line: row.number(), date, amount, payee, payment, memo })
        }
        _ => Err(reader.problems),
    }
}

/// A line without a day that begins with a word for a balance or a total.
pub(super) fn is_no_movement(row: Row<'_>, columns: &Columns) -> bool {
    let is_word = |cell: Cell<'_>| match cell {
        // No test can tell: most cells are digits, and need no closer look.
        Cell::Text(text) if text.starts_with(|first: char| first.is_ascii_digit()) => false,
        Cell::Text(text) => NO_MOVEMENT.contains(&plain(text).as_str()),
        Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => false,
    };
    let has_day = match columns.place(Column::Date).map_or(Cell::Empty, |place| row.cell(place)) {
        Cell::Empty => false,
        cell @ Cell::Text(_) => !is_word(cell),
        Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => true,
    };
    let moves = [Column::Out, Column::In, Column::Amount].into_iter().any(|column| {
        let cell = columns.place(column).map_or(Cell::Empty, |place| row.cell(place));
        cell != Cell::Empty && !is_word(cell)
    });
    // A balance brought forward has a day in some banks, and no sum that moved.
    (!has_day || !moves) && row.cells().any(is_word)
}

/// Why a row with a day is no movement all the same: it moved nothing.
pub(super) fn moves_nothing(row: Row<'_>, columns: &Columns, profile: &Profile) -> Option<LeftOut> {
    let cell = |column: Column| columns.place(column).map_or(Cell::Empty, |place| row.cell(place));
    if let Cell::Text(text) = cell(Column::Status)
        && FAILED.contains(&word(text).as_str())
        && !is_done(text, profile)
    {
        return Some(LeftOut::Failed);
    }
    let sums = [Column::Out, Column::In, Column::Amount].map(cell);
    let mut told = sums.into_iter().filter(|cell| !matches!(cell, Cell::Empty)).map(sum);
    let is_zero = |amount: Option<Amount>| amount.is_some_and(Amount::is_zero);
    (told.next().is_some_and(is_zero) && told.all(is_zero)).then_some(LeftOut::Zero)
}

/// A word as it is compared. What stands in brackets belongs to it: 成功（已退票） is no 成功.
fn word(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

/// Whether a status tells that the money moved, to everyone or to whoever wrote the profile.
pub(super) fn is_done(status: &str, profile: &Profile) -> bool {
    let status = word(status);
    DONE.contains(&status.as_str()) || profile.status_done.iter().any(|done| word(done) == status)
}

/// Whether a currency is 人民币, by name, letters or number.
pub(super) fn is_yuan(currency: &str) -> bool {
    let currency = word(currency);
    YUAN.contains(&currency.as_str()) || ["人民币", "cny", "rmb"].iter().any(|name| currency.contains(name))
}

/// Whether a cell is one of these texts, or begins with one that has a star at its end. Blanks don't count.
pub(super) fn has_one(row: Row<'_>, texts: &[String]) -> bool {
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    let is_said = |text: &str, said: &String| match said.strip_suffix('*') {
        Some(beginning) => without_blanks(text).starts_with(&without_blanks(beginning)),
        None => without_blanks(text) == without_blanks(said),
    };
    !texts.is_empty()
        && row.cells().any(|cell| matches!(cell, Cell::Text(text) if texts.iter().any(|said| is_said(text, said))))
}

/// A cell that must not be wrong, as a sum, if it is one.
pub(super) fn sum(cell: Cell<'_>) -> Option<Amount> {
    match cell {
        Cell::Text(text) | Cell::Number(text) => value::amount(text.trim()).ok().flatten(),
        Cell::Empty | Cell::Date(..) | Cell::Fault(_) => None,
    }
}

/// The mark of a row, and whether it means out.
pub(super) fn mark(row: Row<'_>, columns: &Columns, profile: &Profile) -> Option<(String, bool)> {
    let Cell::Text(text) = row.cell(columns.place(Column::Side)?) else { return None };
    means_out(text, profile).map(|is_out| (plain(text), is_out))
}

/// Whether a mark means out; the profile's own words count first.
fn means_out(mark: &str, profile: &Profile) -> Option<bool> {
    let marked = plain(mark);
    let is_said = |said: &[String]| said.iter().any(|word| plain(word) == marked);
    match () {
        () if is_said(&profile.side_out) => Some(true),
        () if is_said(&profile.side_in) => Some(false),
        () if OUT.contains(&marked.as_str()) => Some(true),
        () if IN.contains(&marked.as_str()) => Some(false),
        () => None,
    }
}

impl<'r> Reader<'r> {
    fn say(&mut self, column: Column, fault: BillFault) {
        let place = self.columns.place(column);
        let place = place.map_or_else(|| self.row.whole_place(), |place| self.row.place(place));
        self.problems.push(Problem::from(fault).at(place));
    }

    fn cell(&mut self, column: Column) -> Cell<'r> {
        let Some(place) = self.columns.place(column) else { return Cell::Empty };
        if let Some(problem) = self.row.problem(place) {
            self.problems.push(problem);
            return Cell::Empty;
        }
        match self.row.cell(place) {
            Cell::Text(text) if value::is_hashes(text) => {
                self.say(column, BillFault::Hashes { field: column.key() });
                Cell::Empty
            }
            cell @ (Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_)) => cell,
        }
    }

    fn text(&mut self, column: Column) -> Option<Cow<'r, str>> {
        match self.cell(column) {
            Cell::Empty | Cell::Fault(_) => None,
            Cell::Text(text) | Cell::Number(text) => Some(text.into()),
            Cell::Date(date, _) => Some(date.to_string().into()),
        }
    }

    /// Refuses what may not have come about.
    fn is_done(&mut self) {
        let Some(text) = self.text(Column::Status) else { return };
        if !word(&text).is_empty() && !is_done(&text, self.profile) {
            self.say(Column::Status, BillFault::NotAStatus { text: shortened(&text, SHOWN) });
        }
    }

    /// Refuses what is no 人民币.
    fn is_in_yuan(&mut self) {
        let Some(text) = self.text(Column::Currency) else { return };
        if !plain(&text).is_empty() && !is_yuan(&text) {
            self.say(Column::Currency, BillFault::OtherCurrency { text: shortened(&text, SHOWN) });
        }
    }

    fn date(&mut self) -> Option<Date> {
        let text = match self.cell(Column::Date) {
            Cell::Date(date, _) => return Some(date),
            Cell::Text(text) | Cell::Number(text) => text,
            Cell::Empty | Cell::Fault(_) => {
                if self.problems.is_empty() {
                    self.say(Column::Date, BillFault::Missing { field: "date" });
                }
                return None;
            }
        };
        // Some systems write the time right behind the day: 20220105103000.
        let is_stamp = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
        let day = if is_stamp { &text[..8] } else { value::without_time(text) };
        let format = self.profile.date_format.as_ref();
        let date = format.map_or_else(|| value::day(day), |format| format.day(day));
        if date.is_none() {
            let format = format.map(|format| format.text().to_owned());
            self.say(Column::Date, BillFault::NotADateHere { text: shortened(text, SHOWN), format });
        }
        date
    }

    /// What went out, or came in with a minus.
    fn signed(&mut self) -> Option<Amount> {
        let before = self.problems.len();
        let [out, into, one] = [Column::Out, Column::In, Column::Amount]
            .map(|column| self.amount(column).filter(|amount| !amount.is_zero()));
        if self.problems.len() > before {
            return None;
        }
        match (out, into, one) {
            (Some(_), Some(_), _) => self.say(Column::In, BillFault::BothSides),
            (Some(out), None, _) => return Some(out),
            (None, Some(into), _) => return Some(-into),
            (None, None, Some(one)) => return self.by_side(one),
            (None, None, None) => self.say(self.told_by(), BillFault::Missing { field: "amount" }),
        }
        None
    }

    /// The column a sum is looked for in first.
    fn told_by(&self) -> Column {
        let is_there = |column: &Column| self.columns.place(*column).is_some();
        [Column::Out, Column::Amount, Column::In].into_iter().find(is_there).unwrap_or(Column::Amount)
    }

    /// One column for both: marked, or told apart by their signs.
    fn by_side(&mut self, amount: Amount) -> Option<Amount> {
        let Some(side) = self.text(Column::Side) else {
            return Some(match self.profile.sign {
                Sign::OutNegative => -amount,
                Sign::OutPositive => amount,
            });
        };
        match means_out(&side, self.profile) {
            Some(true) => Some(amount),
            Some(false) => Some(-amount),
            None => {
                let (text, choices) = (shortened(&side, SHOWN), [&OUT[..4], &IN[..4]].concat().join(" "));
                self.say(Column::Side, BillFault::NotAMark { text, choices });
                None
            }
        }
    }

    fn amount(&mut self, column: Column) -> Option<Amount> {
        let text = self.text(column)?;
        let text = text.trim();
        match value::amount(text) {
            Ok(amount) => amount,
            Err(NotAnAmount::Scientific) => {
                self.say(column, BillFault::Scientific { field: column.key(), text: shortened(text, SHOWN) });
                None
            }
            Err(why) => {
                self.say(column, BillFault::NotAnAmount { text: shortened(text, SHOWN), why });
                None
            }
        }
    }

    /// What names the movement: its digits must all be there. Banks put a tab before long numbers; it is no part of them.
    fn number(&mut self, column: Column) -> Option<String> {
        let text = self.text(column)?;
        if column == Column::Payment && value::is_scientific(&text) {
            self.say(column, BillFault::Scientific { field: column.key(), text: shortened(&text, SHOWN) });
            return None;
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
