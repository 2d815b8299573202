//! What holds for every table that is imported: it gives the figures of the same rows recorded one by one, whatever it
//! looks like; it may come in parts; one bad row keeps all of it out; and its ids can be made again by anyone.

use std::collections::HashMap;

use encoding_rs::GB18030;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use taizhang::Exit;

use super::reckoning::yuan;
use crate::dice::Dice;
use crate::memory::Memory;
use crate::office::Office;

const TABLES: u64 = 150;

const BUDGET: &str = r#"[budget]
id = "law"
title = "法则"
unit = "某局"
fiscal_year = 2022
total = "300万元"
[[allocation]]
key = "travel"
name = "差旅"
amount = "100万元"
[[allocation]]
key = "office"
name = "办公用品"
amount = "100万元"
[[allocation]]
key = "post-2"
name = "邮寄"
amount = "100万元"
"#;

const KEYS: [&str; 3] = ["travel", "office", "post-2"];
const NAMES: [&str; 3] = ["差旅", "办公用品", "邮寄"];

/// The columns of a table, as they may be called.
const HEADINGS: [&[&str]; 8] = [
    &["日期", "记账日期", " date ", "支付日期*"],
    &["预算分项", "项 目", "allocation"],
    &["金额", "借方金额（元）", "amount", "支出金额:"],
    &["收款人", "收款单位", "payee"],
    &["摘要", "用途", "memo"],
    &["凭证号", "凭证字号", "voucher"],
    &["支付令号", "payment"],
    &["发票号码", "invoice"],
];

/// An expense, as the ledger is to say it: its eight columns in the order of an id.
#[derive(Clone)]
struct Bill {
    month: u64,
    day: u64,
    line: usize,
    fen: i64,
    texts: [String; 5],
}

impl Bill {
    fn roll(dice: &mut Dice, number: u64) -> Self {
        let some = |dice: &mut Dice, text: String| if dice.chance(3) { String::new() } else { text };
        let texts = [
            some(dice, format!("第{}号商店", dice.0 % 7)),
            some(dice, format!("购置 {number}")),
            some(dice, format!("记-{:04}", dice.0 % 50)),
            some(dice, format!("2022{number:012}")),
            some(dice, format!("{:020}", 33_000 + number)),
        ];
        let fen = i64::try_from(dice.below(190_000)).unwrap() + 1;
        Self { month: dice.below(12) + 1, day: dice.below(28) + 1, line: dice.index(3), fen, texts }
    }

    fn said(&self) -> [String; 8] {
        let date = format!("2022-{:02}-{:02}", self.month, self.day);
        let [payee, memo, voucher, payment, invoice] = self.texts.clone();
        [date, KEYS[self.line].into(), yuan(self.fen), payee, memo, voucher, payment, invoice]
    }

    /// The cells as someone might have typed them.
    fn cells(&self, dice: &mut Dice) -> [String; 8] {
        let (month, day) = (self.month, self.day);
        let mut cells = self.said();
        cells[0] = match dice.below(7) {
            0 => format!("2022/{month}/{day}"),
            1 => format!("2022.{month}.{day}"),
            2 => format!("2022{month:02}{day:02}"),
            3 => format!("2022年{month}月{day}日"),
            4 => format!("2022/{month}/{day} 0:00:00"),
            5 => wide(&cells[0]),
            _ => cells[0].clone(),
        };
        cells[1] = match dice.below(4) {
            0 => NAMES[self.line].to_owned(),
            1 => (self.line + 1).to_string(),
            2 => format!(" {} ", NAMES[self.line]),
            _ => KEYS[self.line].to_owned(),
        };
        cells[2] = match dice.below(8) {
            0 => format!("￥{}", cells[2]),
            1 => wide(&cells[2]),
            2 => format!("{}元", cells[2]),
            3 => format!("{}.{:06}万元", self.fen / 1_000_000, self.fen % 1_000_000),
            4 if self.fen >= 100_000 => {
                format!("{},{:03}.{:02}", self.fen / 100_000, self.fen / 100 % 1000, self.fen % 100)
            }
            5 if self.fen % 100 == 0 => (self.fen / 100).to_string(),
            6 => format!("{} ", cells[2]),
            _ => cells[2].clone(),
        };
        cells
    }
}

/// Full-width, as an input method leaves it.
fn wide(text: &str) -> String {
    text.chars().map(|character| char::from_u32(u32::from(character) + 0xFEE0).unwrap()).collect()
}

/// How a table is laid out; the same for all its rows.
struct Layout {
    columns: Vec<usize>,
    separator: char,
    quotes: u64,
    end: &'static str,
    encoding: u64,
}

impl Layout {
    fn roll(dice: &mut Dice) -> Self {
        let mut columns: Vec<usize> = (0..8).collect();
        for place in (1..8).rev() {
            columns.swap(place, dice.index(place + 1));
        }
        Self {
            columns,
            separator: [',', ';', '\t'][dice.index(3)],
            quotes: dice.below(4),
            end: ["\n", "\r\n"][dice.index(2)],
            encoding: dice.below(5),
        }
    }

    fn line(&self, cells: &[String; 8], dice: &mut Dice) -> String {
        let cell = |column: &usize| {
            let text = &cells[*column];
            let quoted = text.contains([self.separator, '"']) || self.quotes > 0 && dice.chance(self.quotes + 1);
            if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
        };
        self.columns.iter().map(cell).collect::<Vec<_>>().join(&self.separator.to_string()) + self.end
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        let units = || text.encode_utf16();
        match self.encoding {
            0 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            1 => [0xFF, 0xFE].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect(),
            2 => [0xFE, 0xFF].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect(),
            3 => GB18030.encode(text).0.into_owned(),
            _ => text.as_bytes().to_vec(),
        }
    }

    /// These bills as a file. The same dice make the same file.
    fn table(&self, bills: &[Bill], mut dice: Dice) -> Vec<u8> {
        let headings = HEADINGS.map(|names| names[dice.index(names.len())].to_owned());
        let mut text = self.line(&headings, &mut dice);
        for bill in bills {
            let cells = bill.cells(&mut dice);
            text += &self.line(&cells, &mut dice);
        }
        self.bytes(&text)
    }
}

fn opened() -> Office<Memory> {
    let office = Office::on(Memory::default());
    office.files.put("law.toml", BUDGET);
    office.types("open --yes --id opening").expect(Exit::Done);
    office
}

/// Imports what is in a file; equal rows are no mistake here.
#[track_caller]
fn import(office: &Office<Memory>, table: Vec<u8>) {
    office.files.put("table", table);
    office.types("import table --accept-double 1-999").expect(Exit::Done);
}

/// Rows behind the opening: every column but seq, batch, at and hash.
fn rows(office: &Office<Memory>) -> Vec<Vec<String>> {
    let ledger = String::from_utf8(office.files.bytes("law.csv").unwrap()).unwrap();
    let fields = |line: &str| {
        let fields = line.split(',').enumerate().filter(|(column, _)| ![0, 17, 20, 21].contains(column));
        fields.map(|(_, field)| field.to_owned()).collect()
    };
    ledger.lines().skip(5).map(fields).collect()
}

fn figures(office: &Office<Memory>) -> [Value; 2] {
    let balance = office.types("balance -f json").expect(Exit::Done).json();
    [balance["rows"].clone(), balance["total"].clone()]
}

/// Bills, some of them more than once, but for their invoices.
fn bills(dice: &mut Dice) -> Vec<Bill> {
    let mut bills: Vec<Bill> = Vec::new();
    for number in 0..=dice.below(30) {
        if !bills.is_empty() && dice.chance(5) {
            let mut again = bills[dice.index(bills.len())].clone();
            again.texts[4].clear();
            bills.push(again);
        } else {
            bills.push(Bill::roll(dice, number));
        }
    }
    bills
}

/// The ids that README promises, made without the program.
fn promised_ids(bills: &[Bill]) -> Vec<String> {
    let mut copies = HashMap::new();
    let id = |bill: &Bill| {
        let digest = Sha256::digest(bill.said().join("\u{1F}"));
        let digits: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let copy = copies.entry(digits.clone()).or_insert(0);
        *copy += 1;
        format!("i-{digits}-{copy}")
    };
    bills.iter().map(id).collect()
}

#[test]
fn a_table_gives_the_figures_of_its_rows_recorded_one_by_one() {
    for seed in 0..TABLES {
        let mut dice = Dice(seed);
        let (bills, layout) = (bills(&mut dice), Layout::roll(&mut dice));
        let office = opened();
        import(&office, layout.table(&bills, Dice(seed)));
        let ids: Vec<String> = rows(&office).iter().map(|row| row[16].clone()).collect();
        assert_eq!(ids, promised_ids(&bills), "table {seed}");
        let by_hand = opened();
        for bill in &bills {
            let [date, key, amount, payee, memo, voucher, payment, invoice] = bill.said();
            let words = ["record", "-a", &key, "--amount", &amount, "--date", &date];
            let mut words = words.to_vec();
            let given = [("--payee", &payee), ("--memo", &memo), ("--voucher", &voucher)];
            for (option, text) in given.into_iter().chain([("--payment", &payment), ("--invoice", &invoice)]) {
                if !text.is_empty() {
                    words.extend([option, text]);
                }
            }
            by_hand.runs(&words).expect(Exit::Done);
        }
        assert_eq!(figures(&office), figures(&by_hand), "table {seed}");
        office.types("verify").expect(Exit::Done);
    }
}

#[test]
fn a_table_may_come_in_parts_and_again() {
    for seed in 0..TABLES {
        let mut dice = Dice(seed);
        let (bills, layout) = (bills(&mut dice), Layout::roll(&mut dice));
        let at_once = opened();
        import(&at_once, layout.table(&bills, Dice(seed)));
        let in_parts = opened();
        for _ in 0..3 {
            let part = dice.index(bills.len() + 1);
            // Each time it was saved by another program.
            import(&in_parts, Layout::roll(&mut dice).table(&bills[..part], Dice(dice.next())));
        }
        import(&in_parts, layout.table(&bills, Dice(seed)));
        assert_eq!(rows(&in_parts), rows(&at_once), "table {seed}");
        let ledger = in_parts.files.bytes("law.csv");
        import(&in_parts, layout.table(&bills, Dice(seed)));
        assert_eq!(in_parts.files.bytes("law.csv"), ledger, "table {seed}");
    }
}

#[test]
fn one_bad_row_keeps_a_table_out() {
    type Spoil = fn(&mut Bill);
    let ways: [Spoil; 6] = [
        |bill| bill.month = 13,
        |bill| bill.fen = 0,
        |bill| bill.fen = 100_000_001,
        |bill| bill.texts[1] = "=SUM(A1)".into(),
        |bill| bill.texts[4] = "12345".into(),
        |bill| bill.texts[0] = "张某 13800138000".into(),
    ];
    for seed in 0..TABLES {
        let mut dice = Dice(seed);
        let (mut bills, layout) = (bills(&mut dice), Layout::roll(&mut dice));
        let bad = dice.index(bills.len());
        ways[dice.index(ways.len())](&mut bills[bad]);
        let office = opened();
        office.files.put("table", layout.table(&bills, Dice(seed)));
        let names = |office: &Office<Memory>| (office.files.bytes("law.csv"), office.files.names());
        let before = names(&office);
        for line in ["import table --accept-double 1-999", "import table --accept-double 1-999 --dry-run"] {
            let seen = office.types(line);
            assert_eq!(seen.exit, Exit::Refused, "table {seed}: {seen:?}");
            assert_eq!(names(&office), before, "table {seed}");
        }
    }
}
