//! Random tables of expenses: new ones, and those that came before with a few rows more.

use std::collections::BTreeMap;

use super::bills;
use super::command::Command;
use super::made_up::Dice;
use super::model::Model;
use super::pools;
use super::rolls::Rolls;
use super::said::understood;
use super::table::{FILE, Table};
use crate::laws::reckoning::{day, yuan};

/// What a column may be, how it may be headed, and how often one in so many tables has it.
const COLUMNS: [(&str, &[&str], i64); 16] = [
    ("date", &["日期", "记账日期", "支付日期*"], 1),
    ("allocation", &["预算分项", "项 目", "分项"], 1),
    ("amount", &["金额", "借方金额（元）", "支出金额:"], 1),
    ("credit", &["贷方金额"], 4),
    ("payee", &["收款人", "收款单位"], 1),
    ("memo", &["摘要", "用途"], 1),
    ("voucher", &["凭证号", "凭证字号"], 1),
    ("original", &["原凭证号"], 2),
    ("payment", &["支付令号"], 3),
    ("economic", &["经济分类", "经济科目"], 2),
    ("method", &["支付方式"], 3),
    ("invoice", &["发票号码"], 2),
    ("doc", &["文号"], 3),
    ("occurred", &["业务日期"], 4),
    ("fund", &["资金来源"], 2),
    ("kind", &["冲销或退款"], 3),
];

/// The heading of the table's own ids, which has to be said.
const OWN_ID: &str = "单号";

/// A row by field, before it is laid out.
type Cells = BTreeMap<&'static str, String>;

fn layout(dice: &mut Dice) -> Table {
    let mut columns = Vec::new();
    for (field, headings, one_in) in COLUMNS {
        let always = one_in == 1 && !(field == "allocation" && dice.chance(8));
        if always || one_in > 1 && dice.chance(one_in) {
            columns.push((field, dice.one_of(headings)));
        }
    }
    if dice.chance(4) {
        columns.push(("id", OWN_ID));
    }
    for place in (1..columns.len()).rev() {
        columns.swap(place, dice.index(place + 1));
    }
    if dice.slips(40) {
        columns.push(("memo", "内容"));
    }
    let title = dice.chance(6).then_some("支出明细表");
    Table { title, columns, rows: Vec::new() }
}

impl Rolls {
    /// A table to import, and how it is to be read.
    pub(super) fn table(&mut self, command: &mut Command, number: usize, model: &Model) {
        let again = !self.tables.is_empty() && self.dice.chance(2);
        if again {
            let earlier = self.dice.one_of(&self.tables);
            *command = Command { day: command.day, ..earlier };
            // What was wrong with it is mended, or it comes as it was, or with other options.
            match self.dice.below(4) {
                0 => drop(command.given.remove("allow-over")),
                1 => drop(command.given.insert("accept-double", "1-99".to_owned())),
                2 => drop(command.given.insert("invoice-part", "2，4-9".to_owned())),
                _ => {}
            }
        }
        let mut table = command.table.take().unwrap_or_else(|| layout(&mut self.dice));
        let more = if again { self.dice.index(3) } else { self.dice.index(6) };
        for place in 0..more {
            let cells = self.cells(&table, model, number * 10 + place);
            table
                .rows
                .push(table.columns.iter().map(|(field, _)| cells.get(field).cloned().unwrap_or_default()).collect());
        }
        if again && !table.rows.is_empty() && self.dice.chance(6) {
            let place = self.dice.index(table.rows.len());
            table.rows.remove(place);
        }
        let fields: Vec<&'static str> = table.columns.iter().map(|(field, _)| *field).collect();
        for name in ["payee", "memo", "economic", "method", "doc"] {
            let column = fields.iter().position(|field| *field == name);
            if let Some(column) = column.filter(|_| again && !table.rows.is_empty() && self.dice.chance(12)) {
                let place = self.dice.index(table.rows.len());
                table.rows[place][column] = pools::right(name, &mut self.dice);
            }
        }
        if !again {
            self.reading(command, &table, model);
        }
        command.given.insert("file", FILE.to_owned());
        command.table = Some(table);
        self.copies_an_id(command, model);
        self.tables.push(command.clone());
    }

    /// The id that a row without one will be given, on a row of the same table: both were copied from a ledger, and one
    /// with its id.
    fn copies_an_id(&mut self, command: &mut Command, model: &Model) {
        let table = command.table.as_ref().filter(|table| table.has("id"));
        let (Some(table), true) = (table, self.dice.slips(6)) else { return };
        let Ok(said) = understood(command, model) else { return };
        let bills = (0..table.rows.len()).filter_map(|row| bills::read(table, row, &said, model).ok());
        let made: Vec<String> = bills.filter(|bill| bill.own_id.is_none()).map(|bill| bill.digits()).collect();
        if made.is_empty() {
            return;
        }
        let id = format!("i-{}-1", self.dice.one_of(&made));
        let mut table = table.clone();
        let column = table.columns.iter().position(|(field, _)| *field == "id").unwrap();
        let row = self.dice.index(table.rows.len());
        table.rows[row][column] = id;
        command.table = Some(table);
    }

    fn reading(&mut self, command: &mut Command, table: &Table, model: &Model) {
        let dice = &mut self.dice;
        if table.has("id") && !dice.slips(30) {
            command.given.insert("map", format!("id={OWN_ID}"));
        } else if dice.slips(30) {
            command.given.insert("map", dice.one_of(&["id=没有这列", "id=没有这列", "id", "nothing=单号"]).to_owned());
        }
        if !table.has("allocation") && !dice.slips(9) || dice.chance(9) {
            let key = dice.one_of(&model.file.lines).key;
            command.given.insert("allocation", pools::called(&model.file, key, dice));
        }
        for name in ["accept-double", "invoice-part"] {
            if dice.chance(4) {
                let lines = if dice.slips(20) { &["0-", "5-3", "二"][..] } else { &["2", "3-9", "1-99", "２;4"][..] };
                command.given.insert(name, dice.one_of(lines).to_owned());
            }
        }
        if dice.chance(4) {
            command.given.insert("allow-over", pools::text("allow-over", dice));
        }
        if dice.chance(20) {
            command.flags.insert("allow-personal-data");
        }
    }

    /// A row by field: a bill of its own, one like another row, or one in red.
    fn cells(&mut self, table: &Table, model: &Model, number: usize) -> Cells {
        let above = |row: &Vec<String>| -> Cells {
            table
                .columns
                .iter()
                .map(|(field, _)| *field)
                .zip(row.iter().cloned())
                .filter(|(_, cell)| !cell.is_empty())
                .collect()
        };
        let id =
            if self.dice.slips(12) { format!("k-{}", self.dice.index(number / 10 + 1)) } else { format!("b-{number}") };
        let id = if self.dice.slips(20) { pools::text("id", &mut self.dice) } else { id };
        let there = self.dice.slips(9) && !model.rows.is_empty();
        let id = if there { self.dice.one_of(&model.rows).id } else { id };
        let (dice, rows) = (&mut self.dice, &table.rows);
        let mut cells = match dice.below(12) {
            0 if !rows.is_empty() => {
                let mut cells = above(&dice.one_of(rows));
                if dice.chance(2) {
                    cells.insert("memo", pools::right("memo", dice));
                }
                if dice.slips(3) {
                    return cells;
                }
                cells
            }
            1 if !rows.is_empty() && table.has("original") => in_red(above(&dice.one_of(rows)), dice),
            2..=4 if table.has("original") => self.red(table, model),
            5 if !model.rows.is_empty() => self.like_one_of(model),
            _ => self.bill(table, model),
        };
        if table.has("id") && !self.dice.chance(6) {
            cells.insert("id", id);
        } else {
            cells.remove("id");
        }
        cells
    }

    fn bill(&mut self, table: &Table, model: &Model) -> Cells {
        let date = self.date(model, None).unwrap_or_else(|| day(self.day()));
        let dice = &mut self.dice;
        let line = dice.one_of(&model.file.lines);
        let fen = pools::fen(model.available(Some(line.key), &[]) / 3, dice);
        let amount = sum(fen, dice);
        let mut cells = Cells::from([("date", date), ("amount", amount)]);
        cells.insert("allocation", pools::called(&model.file, line.key, dice));
        if dice.slips(40) {
            cells.remove("allocation");
        }
        for (name, one_in) in [("payee", 2), ("memo", 2), ("voucher", 2), ("payment", 4), ("method", 4), ("doc", 3)] {
            if dice.chance(one_in) {
                let text = if dice.slips(4) { pools::text(name, dice) } else { pools::right(name, dice) };
                cells.insert(name, text);
            }
        }
        if dice.chance(3) {
            let code = if dice.slips(4) { pools::text("economic", dice) } else { pools::right("economic", dice) };
            cells.insert("economic", if dice.chance(4) { format!("{code} 差旅费") } else { code });
        }
        if dice.chance(3) {
            let invoice = if dice.slips(6) { pools::text("invoice", dice) } else { format!("{:020}", dice.below(300)) };
            cells.insert("invoice", invoice);
        }
        if dice.chance(6) {
            cells.insert("occurred", pools::day(&day(dice.below(300)), dice));
        }
        if dice.chance(6) || model.funds(line.key).len() > 1 && dice.chance(2) {
            let held = model.funds(line.key);
            let fund = if held.is_empty() || dice.slips(4) { pools::text("fund", dice) } else { dice.one_of(&held) };
            cells.insert("fund", fund);
        }
        if dice.slips(40) {
            cells.insert("kind", dice.one_of(&["支出", "冲销"]).to_owned());
        }
        if table.has("credit") && dice.slips(30) {
            cells.insert("credit", "1".to_owned());
        }
        if dice.slips(60) {
            let field = dice.one_of(&["method", "fund"]);
            cells.insert(field, "白条".to_owned());
        }
        cells
    }

    /// A row that takes back from an expense of the ledger.
    fn red(&mut self, table: &Table, model: &Model) -> Cells {
        let seqs = (1..=model.rows.len()).filter(|seq| {
            let row = model.row(*seq);
            row.kind == "expense" && !row.voucher.is_empty()
        });
        let seqs: Vec<usize> = seqs.collect();
        if seqs.is_empty() {
            return self.bill(table, model);
        }
        let seq = self.dice.one_of(&seqs);
        let date = self.date(model, Some(seq)).unwrap_or_else(|| day(self.day()));
        let dice = &mut self.dice;
        let (row, left) = (model.row(seq), model.left(seq));
        let mut cells = Cells::from([("date", date), ("allocation", row.allocation.clone())]);
        cells.insert("original", if dice.slips(20) { "记-9999".to_owned() } else { row.voucher.clone() });
        let fen = pools::fen(left, dice);
        if table.has("credit") && dice.chance(2) {
            cells.insert("credit", yuan(fen));
        } else {
            let amount = if dice.chance(4) { format!("（{}）", yuan(fen)) } else { format!("-{}", yuan(fen)) };
            cells.insert("amount", amount);
        }
        if dice.slips(20) {
            cells.insert("allocation", dice.one_of(&model.file.lines).key.to_owned());
        }
        if dice.slips(20) {
            cells.remove("original");
        }
        if dice.chance(5) {
            let fund = if dice.slips(4) { pools::text("fund", dice) } else { row.fund.clone() };
            cells.insert("fund", fund);
        }
        for name in ["payee", "memo", "voucher", "payment", "doc"] {
            if dice.chance(5) {
                cells.insert(name, pools::right(name, dice));
            }
        }
        if dice.chance(2) {
            cells.insert("kind", dice.one_of(&["冲销", "退款"]).to_owned());
        }
        cells
    }

    /// What an expense of the ledger says already, as if someone else had entered it too.
    fn like_one_of(&mut self, model: &Model) -> Cells {
        let expenses: Vec<_> = model.rows.iter().filter(|row| row.kind == "expense").collect();
        if expenses.is_empty() {
            return Cells::from([("date", day(self.day())), ("amount", "1".to_owned())]);
        }
        let row = self.dice.one_of(&expenses);
        let mut cells = Cells::from([("date", row.date.clone()), ("amount", yuan(row.amount))]);
        cells.insert("allocation", row.allocation.clone());
        for name in ["payee", "voucher", "invoice"] {
            if !self.dice.chance(5) {
                cells.insert(name, row.column(name));
            }
        }
        cells
    }
}

/// A bill of the same table, or a part of it, taken back by its voucher.
fn in_red(mut cells: Cells, dice: &mut Dice) -> Cells {
    let voucher = cells.get("voucher").cloned().unwrap_or_default();
    cells.insert("original", voucher);
    let amount = cells.get("amount").cloned().unwrap_or_default();
    cells.insert("amount", if dice.chance(2) { format!("-{amount}") } else { "-0.01".to_owned() });
    for field in ["voucher", "credit", "id", "invoice"] {
        cells.remove(field);
    }
    cells
}

/// A sum as it may stand in a table.
fn sum(fen: i64, dice: &mut Dice) -> String {
    match dice.below(16) {
        0 => format!("￥{}", yuan(fen)),
        1 => pools::amount(fen, dice),
        2 if dice.slips(3) => dice.one_of(&["—", "0", "", "1e5", "（1）", "¥ 3"]).to_owned(),
        _ => yuan(fen),
    }
}
