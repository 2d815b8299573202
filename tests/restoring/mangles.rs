//! What a spreadsheet does to a table: encodings, separators, quotes, forms of numbers and days. And what people do to
//! rows, which nothing can undo.

use rust_xlsxwriter::Workbook;

use crate::dice::Dice;

const COLUMNS: usize = 22;
const DATES: [usize; 2] = [2, 3];
const AMOUNT: usize = 6;
/// Voucher and payment numbers.
const NUMBERS: [usize; 2] = [10, 11];
const INVOICE: usize = 14;
const HASH: usize = 21;

/// A table on its way through a spreadsheet, the heading its first row.
pub(super) struct Mangled {
    rows: Vec<Vec<String>>,
    separator: u8,
    quote_all: bool,
    ends_in_crlf: bool,
    form: Form,
    blank_rows: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Utf8,
    Bom,
    Utf16Little,
    Utf16Big,
    Gb18030,
    /// A workbook of texts, or of texts and numbers.
    Workbook {
        numbers: bool,
    },
}

type Change = fn(&mut Mangled, &mut Dice);

/// What was done, for who reads of a failure.
pub(super) type Done = (Form, Vec<&'static str>);

/// What somebody did to a row.
#[derive(Debug, Clone)]
pub(super) struct Hurt {
    /// The rows that can't be proved then.
    pub(super) rows: Vec<u64>,
    /// The column that is named.
    pub(super) column: Option<&'static str>,
}

impl Mangled {
    pub(super) fn of(ledger: &[u8]) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(ledger);
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Self { rows, separator: b',', quote_all: false, ends_in_crlf: false, form: Form::Utf8, blank_rows: 0 }
    }

    /// Changes some of everything.
    pub(super) fn mangle(&mut self, dice: &mut Dice) -> Done {
        let mut done = Vec::new();
        self.form = match dice.below(7) {
            0 => Form::Bom,
            1 => Form::Utf16Little,
            2 => Form::Utf16Big,
            3 => Form::Gb18030,
            4 => Form::Workbook { numbers: true },
            5 => Form::Workbook { numbers: false },
            _ => Form::Utf8,
        };
        let all: [(&'static str, Change); 9] = [
            ("dates", Self::dates),
            ("amounts", Self::amounts),
            ("days", Self::days),
            ("zeros", Self::zeros),
            ("guards", Self::guards),
            ("blanks", Self::blanks),
            ("quotes", |it, _| it.quote_all = true),
            ("crlf", |it, _| it.ends_in_crlf = true),
            ("separator", |it, dice| it.separator = if dice.chance(2) { b';' } else { b'\t' }),
        ];
        for (name, change) in all {
            if dice.chance(2) {
                change(self, dice);
                done.push(name);
            }
        }
        (self.form, done)
    }

    fn cells(&mut self, columns: &[usize]) -> impl Iterator<Item = &mut String> {
        let columns = columns.to_vec();
        self.rows[1..].iter_mut().flat_map(move |row| {
            let columns = columns.clone();
            row.iter_mut().enumerate().filter(move |(column, _)| columns.contains(column)).map(|(_, cell)| cell)
        })
    }

    fn dates(&mut self, dice: &mut Dice) {
        let form = dice.below(4);
        for cell in self.cells(&DATES).filter(|cell| !cell.is_empty()) {
            let parts: Vec<u32> = cell.split('-').map(|part| part.parse().unwrap()).collect();
            let (year, month, day) = (parts[0], parts[1], parts[2]);
            *cell = match form {
                0 => format!("{year}/{month}/{day}"),
                1 => format!("{year}-{month}-{day}"),
                2 => format!("{year}年{month}月{day}日"),
                _ => format!("{year}/{month}/{day} 0:00"),
            };
        }
    }

    fn amounts(&mut self, dice: &mut Dice) {
        let form = dice.below(3);
        for cell in self.cells(&[AMOUNT]) {
            let (yuan, fen) = cell.split_once('.').unwrap();
            *cell = match form {
                0 => match fen.trim_end_matches('0') {
                    "" => yuan.to_owned(),
                    fen => format!("{yuan}.{fen}"),
                },
                1 => format!("{}.{fen}", grouped(yuan)),
                // Shown without decimals: half up.
                _ => {
                    let (negative, digits) = yuan.strip_prefix('-').map_or(("", yuan), |digits| ("-", digits));
                    let up = u64::from(fen >= "50");
                    format!("{negative}{}", grouped(&(digits.parse::<u64>().unwrap() + up).to_string()))
                }
            };
        }
    }

    fn zeros(&mut self, _dice: &mut Dice) {
        for cell in self.cells(&NUMBERS) {
            if cell.len() > 1 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
                let kept = cell.trim_start_matches('0');
                *cell = if kept.is_empty() { "0".to_owned() } else { kept.to_owned() };
            } else if cell == "1.10" {
                *cell = "1.1".to_owned();
            }
        }
    }

    fn days(&mut self, dice: &mut Dice) {
        let form = dice.below(4);
        for cell in self.cells(&[8, 10]) {
            let parts: Vec<&str> = cell.split(['-', '/']).collect();
            let [Ok(month), Ok(day)] = parts.iter().map(|part| part.parse::<u32>()).collect::<Vec<_>>()[..] else {
                continue;
            };
            *cell = match form {
                0 => format!("{month}月{day}日"),
                1 => format!("2026/{month}/{day}"),
                2 => format!("{month:02}/{day:02}/26"),
                _ => format!("2026-{month:02}-{day:02}"),
            };
        }
    }

    fn guards(&mut self, _dice: &mut Dice) {
        self.cells(&NUMBERS).filter(|cell| !cell.is_empty()).for_each(|cell| cell.insert(0, '\''));
    }

    fn blanks(&mut self, dice: &mut Dice) {
        let columns = dice.index(4);
        self.rows.iter_mut().for_each(|row| row.extend(vec![String::new(); columns]));
        self.blank_rows = dice.index(4);
    }

    /// Does to one row what nothing can undo.
    pub(super) fn hurt(&mut self, dice: &mut Dice) -> Option<Hurt> {
        let last = self.rows.len() - 1;
        let row = 11 + dice.index(last - 11);
        let number = row as u64;
        match dice.below(4) {
            0 if self.rows[row][1] == "expense" => {
                let fen = dice.below(2_000_000);
                let amount = format!("{}.{:02}", fen / 100, fen % 100);
                // What is shown in whole 元 could be what it was.
                let was = std::mem::replace(&mut self.rows[row][AMOUNT], amount);
                let whole =
                    |text: &str| text.replace(',', "").split('.').next().map(|yuan| yuan.parse::<i64>().unwrap());
                let apart = whole(&was).zip(whole(&self.rows[row][AMOUNT])).map(|(was, is)| (was - is).abs());
                if apart.is_none_or(|apart| apart < 3) {
                    self.rows[row][AMOUNT] = "54321.09".to_owned();
                }
                Some(Hurt { rows: vec![number], column: None })
            }
            1 => {
                let hash = &mut self.rows[row][HASH];
                let other = if hash.starts_with('a') { "b" } else { "a" };
                hash.replace_range(..1, other);
                Some(Hurt { rows: vec![number, number + 1], column: None })
            }
            2 if !self.rows[row][INVOICE].is_empty() => {
                self.rows[row][INVOICE] = "2.25E+19".to_owned();
                Some(Hurt { rows: vec![number], column: Some("invoice") })
            }
            3 => {
                self.rows.remove(row);
                Some(Hurt { rows: vec![number + 1], column: None })
            }
            _ => None,
        }
    }

    /// The file as it is saved.
    pub(super) fn written(&self, dice: &mut Dice) -> Vec<u8> {
        let encoded = |text: &str| match self.form {
            Form::Bom => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Form::Utf16Little => {
                std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Form::Utf16Big => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
            Form::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
            Form::Utf8 | Form::Workbook { .. } => text.as_bytes().to_vec(),
        };
        match self.form {
            Form::Workbook { numbers } => self.workbook(numbers),
            Form::Utf8 | Form::Bom | Form::Utf16Little | Form::Utf16Big | Form::Gb18030 => {
                let mut text = self.text();
                for _ in 0..self.blank_rows {
                    text += &char::from(self.separator).to_string().repeat(dice.index(3) * 11);
                    text += if self.ends_in_crlf { "\r\n" } else { "\n" };
                }
                encoded(&text)
            }
        }
    }

    fn text(&self) -> String {
        let style = if self.quote_all { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let end = if self.ends_in_crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.separator)
            .quote_style(style)
            .terminator(end)
            .from_writer(Vec::new());
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    fn workbook(&self, numbers: bool) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                // As a spreadsheet does it: what is a number of up to fifteen digits is kept as one.
                let digits = cell.bytes().filter(u8::is_ascii_digit).count();
                let number = cell.parse::<f64>().ok().filter(|_| numbers && row > 0 && digits <= 15 && cell.len() < 20);
                match number.filter(|_| usize::from(column) != HASH) {
                    Some(number) => sheet.write_number(row, column, number).unwrap(),
                    None => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
        assert!(self.rows.iter().all(|row| row.len() >= COLUMNS));
        workbook.save_to_buffer().unwrap()
    }
}

/// Digits with a comma before each three.
fn grouped(yuan: &str) -> String {
    let (negative, digits) = yuan.strip_prefix('-').map_or(("", yuan), |digits| ("-", digits));
    let mut grouped = String::from(negative);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
