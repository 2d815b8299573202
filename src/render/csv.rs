//! A sheet for a program or a spreadsheet: English keys, plain numbers in 元, no title and no total.

use super::sheet::{Body, Cell, Sheet};

pub(super) fn csv(sheet: &Sheet) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut write = |record: Vec<String>| writer.write_record(record).expect("writing to memory does not fail");
    match &sheet.body {
        Body::Rows { columns, rows, .. } => {
            write(columns.iter().filter_map(|column| column.figure).map(|figure| figure.key().to_owned()).collect());
            for row in rows {
                let cells = columns.iter().zip(row).filter(|(column, _)| column.figure.is_some());
                write(cells.map(|(_, cell)| plain(cell)).collect());
            }
        }
        Body::Record(fields) => {
            write(fields.iter().map(|field| field.key.to_owned()).collect());
            write(fields.iter().map(|field| plain(&field.cell)).collect());
        }
    }
    let bytes = writer.into_inner().expect("flushing to memory does not fail");
    String::from_utf8(bytes).expect("every cell is a text")
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Bar(_) => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Numbers(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(";"),
        Cell::Records(records) => {
            let record = |fields: &Vec<(&'static str, Cell)>| {
                fields.iter().map(|(_, cell)| plain(cell)).collect::<Vec<_>>().join(":")
            };
            records.iter().map(record).collect::<Vec<_>>().join(";")
        }
        Cell::Amount(amount) => amount.to_string(),
        Cell::Rate(rate) => rate.to_string(),
        Cell::Status(status) => status.key().to_owned(),
    }
}

/// Entry refuses what a spreadsheet would run as a formula, but a foreign ledger may hold it: it stays text.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
