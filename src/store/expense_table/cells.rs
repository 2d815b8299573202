//! The cells of one row as a bill's fields: dates, amounts, numbers and words, each refused at its own place.

use std::borrow::Cow;

use super::{Bill, Columns, Field, Reading};
use crate::domain::amount::{Amount, NotAnAmount, half_width};
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::economic::is_code;
use crate::domain::entry::{Kind, Particulars, invoices};
use crate::domain::personal::personal;
use crate::domain::rules::Refusal;
use crate::domain::text::{LONGEST_ID, TextFault, entered, shortened};
use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row, value};

/// How much of a cell a message repeats.
const SHOWN: usize = 60;

/// One row being read, and what is wrong with it so far.
struct Reader<'r> {
    row: Row<'r>,
    columns: &'r Columns,
    problems: Vec<Problem>,
}

/// The row as a bill, or all that is wrong with it.
pub(super) fn bill(row: Row<'_>, columns: &Columns, reading: &Reading<'_>) -> Result<Bill, Vec<Problem>> {
    let mut reader = Reader { row, columns, problems: Vec::new() };
    let date = reader.date(Field::Date);
    if date.is_none() && reader.problems.is_empty() {
        reader.say(Field::Date, BillFault::Missing { field: "date" });
    }
    let occurred = reader.date(Field::Occurred);
    let amount = reader.signed_amount();
    let allocation = reader.allocation(reading);
    let payee = reader.words(Field::Payee, reading.allows_personal_data);
    let memo = reader.words(Field::Memo, reading.allows_personal_data);
    let voucher = reader.number(Field::Voucher);
    let before = reader.problems.len();
    let original = reader.number(Field::Original);
    // One that can't stand there was said, and is not missing besides.
    let is_said = reader.problems.len() > before;
    let payment = reader.number(Field::Payment);
    let invoice = reader.invoice();
    let economic = reader.economic();
    let method = reader.choice(Field::Method, reading.method);
    let fund = reader.choice(Field::Fund, reading.fund).and_then(|fund| Fund::from_key(&fund));
    let is_refund = reader.choice(Field::Kind, reading.is_refund);
    if amount.is_some_and(|amount| !amount.is_negative()) {
        let signs = [(Field::Kind, is_refund.is_some()), (Field::Original, original.is_some())];
        signs
            .iter()
            .filter(|(_, is_red)| *is_red)
            .for_each(|(field, _)| reader.say(*field, BillFault::RedRowNotNegative));
    }
    let doc = reader.number(Field::Doc);
    let id = reader.id();
    if amount.is_some_and(Amount::is_negative) && original.is_none() && !is_said {
        reader.say(Field::Original, BillFault::OriginalNeeded);
    }
    let (Some(date), Some(amount), true) = (date, amount, reader.problems.is_empty()) else {
        return Err(reader.problems);
    };
    let kind = match (amount.is_negative(), is_refund) {
        (false, _) => Kind::Expense,
        (true, None | Some(false)) => Kind::Reversal,
        (true, Some(true)) => Kind::Refund,
    };
    let text = Option::unwrap_or_default;
    let what = Particulars {
        occurred,
        allocation: text(allocation),
        fund,
        amount,
        payee: text(payee),
        memo: text(memo),
        voucher: text(voucher),
        payment: text(payment),
        economic: text(economic),
        method: text(method),
        invoice: text(invoice),
        doc: text(doc),
        ..Particulars::new(kind, date)
    };
    Ok(Bill { line: row.number(), what, original: original.filter(|_| kind != Kind::Expense), id })
}

impl<'r> Reader<'r> {
    fn say(&mut self, field: Field, fault: BillFault) {
        self.refuse(field, fault.into());
    }

    fn refuse(&mut self, field: Field, problem: Problem) {
        let place = match self.columns.of_field(field) {
            Some(column) => self.row.place(column),
            None => self.row.whole_place(),
        };
        self.problems.push(problem.at(place));
    }

    /// The field's cell; one that can't be relied on is refused, and counts as empty from then on.
    fn cell(&mut self, field: Field) -> Cell<'r> {
        let Some(column) = self.columns.of_field(field) else { return Cell::Empty };
        if let Some(problem) = self.row.problem(column) {
            self.problems.push(problem);
            return Cell::Empty;
        }
        match self.row.cell(column) {
            Cell::Text(text) if value::is_hashes(text) => {
                self.say(field, BillFault::Hashes { field: field.key() });
                Cell::Empty
            }
            cell @ (Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_)) => cell,
        }
    }

    /// The field as a text, whatever its cell is; empty is none.
    fn text(&mut self, field: Field) -> Option<Cow<'r, str>> {
        match self.cell(field) {
            Cell::Empty | Cell::Fault(_) => None,
            Cell::Text(text) | Cell::Number(text) => Some(text.into()),
            Cell::Date(date, _) => Some(date.to_string().into()),
        }
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let text = match self.cell(field) {
            Cell::Empty | Cell::Fault(_) => return None,
            Cell::Date(date, _) => return Some(date),
            Cell::Text(text) | Cell::Number(text) => text,
        };
        let date = value::day(text);
        if date.is_none() {
            self.say(field, BillFault::NotADate { text: shortened(text, SHOWN) });
        }
        date
    }

    /// 金额 or 借方, less 贷方; a sum in brackets is negative, as accountants write it.
    fn signed_amount(&mut self) -> Option<Amount> {
        let before = self.problems.len();
        let (debit, credit) = (self.amount(Field::Amount), self.amount(Field::Credit));
        if self.problems.len() > before {
            return None;
        }
        let is_there = |amount: &Option<Amount>| amount.is_some_and(|amount| !amount.is_zero());
        match (debit, credit) {
            (debit, credit) if is_there(&debit) && is_there(&credit) => self.say(Field::Credit, BillFault::BothSides),
            (Some(debit), _) if !debit.is_zero() => return Some(debit),
            (_, Some(credit)) if !credit.is_zero() => return Some(-credit),
            (None, None) => self.say(Field::Amount, BillFault::Missing { field: "amount" }),
            (_, _) => self.say(Field::Amount, BillFault::Zero),
        }
        None
    }

    fn amount(&mut self, field: Field) -> Option<Amount> {
        let text = self.text(field)?;
        match value::amount(&text) {
            Ok(amount) => amount,
            Err(NotAnAmount::Scientific) => {
                self.say(field, BillFault::Scientific { field: field.key(), text: shortened(&text, SHOWN) });
                None
            }
            Err(why) => {
                self.say(field, BillFault::NotAnAmount { text: shortened(&text, SHOWN), why });
                None
            }
        }
    }

    fn allocation(&mut self, reading: &Reading<'_>) -> Option<String> {
        let Some(name) = self.text(Field::Allocation) else {
            if reading.allocation.is_none() {
                self.say(Field::Allocation, BillFault::Missing { field: "allocation" });
            }
            return reading.allocation.clone();
        };
        match (reading.named)(&name) {
            Ok(key) => Some(key),
            Err(problem) => {
                self.refuse(Field::Allocation, problem);
                None
            }
        }
    }

    /// What persons write about others.
    fn words(&mut self, field: Field, allows_personal_data: bool) -> Option<String> {
        let text = self.text(field)?;
        if let Some(what) = personal(&text).filter(|_| !allows_personal_data) {
            self.refuse(field, Refusal::PersonalData { column: field.key(), what }.into());
            return None;
        }
        self.entered(field, &text)
    }

    fn entered(&mut self, field: Field, text: &str) -> Option<String> {
        match entered(text) {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(fault) => {
                self.refuse(field, Refusal::Text { column: field.key(), fault }.into());
                None
            }
        }
    }

    /// A number that names something: its digits must all be there.
    fn number(&mut self, field: Field) -> Option<String> {
        let text = self.text(field)?;
        if value::is_scientific(&text) {
            self.say(field, BillFault::Scientific { field: field.key(), text: shortened(&text, SHOWN) });
            return None;
        }
        self.entered(field, &text)
    }

    fn invoice(&mut self) -> Option<String> {
        let text = self.number(Field::Invoice)?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) && invoices(&text).is_some() {
            return Some(text);
        }
        let joined: String = text
            .chars()
            .map(|character| if "；,，、 ".contains(character) { ';' } else { half_width(character) })
            .collect();
        let joined = joined.split(';').filter(|number| !number.is_empty()).collect::<Vec<_>>().join(";");
        if invoices(&joined).is_none() {
            self.say(Field::Invoice, BillFault::NotAnInvoice { text: shortened(&text, SHOWN) });
            return None;
        }
        Some(joined)
    }

    /// A 款 code, alone or before its name: `30211 差旅费`.
    fn economic(&mut self) -> Option<String> {
        let text = self.text(Field::Economic)?;
        let digits: String = text.chars().map(half_width).take_while(char::is_ascii_digit).collect();
        if is_code(&digits) {
            return Some(digits);
        }
        self.say(Field::Economic, BillFault::NotACode { text: shortened(&text, SHOWN) });
        None
    }

    fn choice<T>(&mut self, field: Field, read: &dyn Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(field)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(choices) => {
                let text = shortened(&text, SHOWN);
                self.say(field, BillFault::NotAChoice { field: field.key(), text, choices });
                None
            }
        }
    }

    fn id(&mut self) -> Option<String> {
        let id = self.number(Field::Id)?;
        if id.len() > LONGEST_ID {
            let fault = TextFault::TooLong { most: LONGEST_ID };
            self.refuse(Field::Id, Refusal::Text { column: "id", fault }.into());
        }
        Some(id)
    }
}
