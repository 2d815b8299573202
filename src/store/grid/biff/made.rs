//! Old workbooks put together record by record, for the tests of this room.

use std::io::{Cursor, Write};

use super::super::one_file::OneFile;
use super::records::kind;

/// A record: its kind and its content.
pub(super) type Record = (u16, Vec<u8>);

/// A workbook.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) version: u16,
    pub(super) globals: Vec<Record>,
    pub(super) sheets: Vec<MadeSheet>,
}

/// A sheet: its name, whether it is hidden and what sort it is, and its records.
#[derive(Clone)]
pub(super) struct MadeSheet {
    pub(super) name: String,
    pub(super) state: u8,
    pub(super) sort: u8,
    pub(super) records: Vec<Record>,
}

/// A record's content out of numbers of two bytes.
pub(super) fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A text in Unicode, its length told in two bytes.
pub(super) fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [numbers(&[u16::try_from(units.len()).expect("short")]), vec![1], numbers(&units)].concat()
}

/// A cell in the general style.
pub(super) fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Record {
    (kind, [numbers(&[row, column, 0]), rest.to_vec()].concat())
}

/// A cell with a text of its own.
pub(super) fn label(row: u16, column: u16, content: &str) -> Record {
    cell(kind::TEXT, row, column, &text(content))
}

/// A cell with a formula that came to this, its two bytes of traits, and no formula to speak of.
pub(super) fn formula(column: u16, result: [u8; 8], traits: u8) -> Record {
    cell(kind::FORMULA, 0, column, &[&result[..], &[traits, 0, 0, 0, 0, 0, 0, 0]].concat())
}

/// The bytes of some records.
pub(super) fn written(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, content) in records {
        bytes.extend(kind.to_le_bytes());
        bytes.extend(u16::try_from(content.len()).expect("a short record").to_le_bytes());
        bytes.extend(content);
    }
    bytes
}

impl MadeSheet {
    pub(super) fn of(records: Vec<Record>) -> Self {
        Self { name: "Sheet1".to_owned(), state: 0, sort: 0, records }
    }
}

impl Made {
    /// A workbook of one sheet, with a general style and one for days.
    pub(super) fn of(records: Vec<Record>) -> Self {
        let style = |format: u16| (kind::STYLE, numbers(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
        let globals = vec![style(0), style(14)];
        Self { version: 0x0600, globals, sheets: vec![MadeSheet::of(records)] }
    }

    /// The same with one more record that holds for the whole workbook.
    pub(super) fn with(mut self, kind: u16, content: Vec<u8>) -> Self {
        self.globals.push((kind, content));
        self
    }

    /// The stream that the workbook is.
    pub(super) fn stream(&self) -> Vec<u8> {
        let begin = |sort: u16| (kind::BEGIN, numbers(&[self.version, sort, 0, 0, 0, 0, 0, 0]));
        let bodies: Vec<Vec<u8>> = self
            .sheets
            .iter()
            .map(|sheet| [written(&[begin(0x10)]), written(&sheet.records), written(&[(kind::END, vec![])])].concat())
            .collect();
        let listed = |starts: &[u32]| {
            let mut records = vec![begin(5)];
            records.extend(self.globals.clone());
            for (sheet, start) in self.sheets.iter().zip(starts) {
                let mut name = text(&sheet.name);
                if self.version == 0x0600 {
                    name.remove(1);
                } else {
                    name = [vec![u8::try_from(sheet.name.len()).expect("short")], sheet.name.clone().into()].concat();
                }
                records.push((kind::SHEET, [&start.to_le_bytes()[..], &[sheet.state, sheet.sort], &name].concat()));
            }
            records.push((kind::END, vec![]));
            written(&records)
        };
        let mut start = listed(&vec![0; bodies.len()]).len();
        let mut starts = Vec::new();
        for body in &bodies {
            starts.push(u32::try_from(start).expect("a small workbook"));
            start += body.len();
        }
        [listed(&starts), bodies.concat()].concat()
    }

    pub(super) fn file(&self) -> OneFile {
        let name = if self.version == 0x0600 { "Workbook" } else { "Book" };
        OneFile::new(compound(name, &self.stream()))
    }
}

/// A compound file with this stream.
pub(in crate::store::grid) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    file.create_stream(name).and_then(|mut made| made.write_all(stream)).expect("memory takes it");
    file.flush().expect("memory takes it");
    file.into_inner().into_inner()
}
