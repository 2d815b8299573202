//! One row of a statement as a movement: its day, its sum with the right sign, and what names it. What can't be relied on
//! is refused at its own place.

use std::borrow::Cow;

use super::Movement;
use super::headings::{Column, Columns, plain};
use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::calendar::Date;
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

struct Reader<'r> {
    row: Row<'r>,
    columns: &'r Columns,
    problems: Vec<Problem>,
}

/// The row as a movement; none where it tells a balance or a total; or all that is wrong with it.
pub(super) fn movement(row: Row<'_>, columns: &Columns) -> Result<Option<Movement>, Vec<Problem>> {
    if is_no_movement(row, columns) {
        return Ok(None);
    }
    let mut reader = Reader { row, columns, problems: Vec::new() };
    let date = reader.date();
    let amount = reader.signed();
    let mut named = |column| reader.number(column).unwrap_or_default();
    // Where a bank names both sides, the other side of what came in is the payer.
    let came_in = amount.is_some_and(|amount| amount < Amount::ZERO);
    let payer = Some(named(Column::Payer)).filter(|payer| came_in && !payer.is_empty());
    let (payee, payment, memo) = (named(Column::Payee), named(Column::Payment), named(Column::Memo));
    let payee = payer.unwrap_or(payee);
    match (date, amount) {
        (Some(date), Some(amount)) if reader.problems.is_empty() => {
            Ok(Some(Movement { line: row.number(), date, amount, payee, payment, memo }))
        }
        _ => Err(reader.problems),
    }
}

/// A line without a day that begins with a word for a balance or a total.
fn is_no_movement(row: Row<'_>, columns: &Columns) -> bool {
    let is_word = |cell: Cell<'_>| matches!(cell, Cell::Text(text) if NO_MOVEMENT.contains(&plain(text).as_str()));
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
    row.cells().any(is_word) && (!has_day || !moves)
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
        let date = value::day(if is_stamp { &text[..8] } else { text });
        if date.is_none() {
            self.say(Column::Date, BillFault::NotADate { text: shortened(text, SHOWN) });
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

    /// One column for both: marked, or what went out is negative.
    fn by_side(&mut self, amount: Amount) -> Option<Amount> {
        let Some(side) = self.text(Column::Side) else { return Some(-amount) };
        let marked = plain(&side);
        if OUT.contains(&marked.as_str()) {
            return Some(amount);
        }
        if IN.contains(&marked.as_str()) {
            return Some(-amount);
        }
        let (text, choices) = (shortened(&side, SHOWN), [&OUT[..4], &IN[..4]].concat().join(" "));
        self.say(Column::Side, BillFault::NotAChoice { field: Column::Side.key(), text, choices });
        None
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
