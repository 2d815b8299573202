//! A statement in the shapes that banks give it: which columns, which encoding, text or workbook.

use super::made::Movement;
use crate::dice::Dice;
use crate::laws::reckoning::yuan;

/// A statement's bytes under its name, and the number of the line before its first movement.
pub(super) struct Statement {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) before: u64,
}

/// Writes the lines, in this order, in the shape of a seed.
pub(super) fn statement(seed: u64, lines: &[&Movement], dice: &mut Dice) -> Statement {
    let mut records = vec![vec!["某银行账户交易明细".to_owned()]];
    let shape = seed % 3;
    let headings = match shape {
        0 => ["交易日期", "借方发生额", "贷方发生额", "对方户名", "交易流水号"],
        1 => ["日期", "交易金额", "余额", "对方名称", "流水号"],
        _ => ["交易时间", "金额", "借贷标志", "收款人名称", "支付令号"],
    };
    records.push(headings.map(str::to_owned).to_vec());
    let before = records.len() as u64;
    for line in lines {
        let size = yuan(line.fen.abs());
        let [second, third] = match (shape, line.fen > 0) {
            (0, true) => [size, String::new()],
            (0, false) => [String::new(), size],
            (1, is_out) => [if is_out { format!("-{size}") } else { size }, "100.00".to_owned()],
            (_, is_out) => [size, if is_out { "借" } else { "贷" }.to_owned()],
        };
        records.push(vec![written_day(line.day, dice), second, third, line.payee.clone(), line.number.clone()]);
    }
    records.push(vec!["合计".to_owned(), String::new(), String::new(), String::new(), String::new()]);
    let form = seed / 3 % 4;
    if form == 3 {
        return Statement { name: "bank.xlsx", bytes: workbook(&records), before };
    }
    let text: String = records.iter().map(|cells| cells.join(",") + "\n").collect();
    let bytes = match form {
        0 => text.into_bytes(),
        1 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        _ => "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    };
    Statement { name: "bank.csv", bytes, before }
}

fn workbook(records: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(records) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn written_day(days: u64, dice: &mut Dice) -> String {
    let day = day(days);
    match dice.below(3) {
        0 => day.replace('-', "/"),
        1 => day.replace('-', ""),
        _ => day,
    }
}

/// The day so many days after the first of January.
pub(super) fn day(mut days: u64) -> String {
    let mut month = 1;
    for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("2022-{month:02}-{:02}", days + 1)
}
