//! Old workbooks (`.xls`): Excel 97 to 2003, and 5 and 95 ([MS-XLS], BIFF8 and BIFF5). They fill the same rows as new ones
//! do. In memory are the texts that cells share (40 MiB at most), one record (64 KiB) and one row; locked ones are refused.

mod double;
mod lettering;
mod records;
mod sheet;

#[cfg(all(test, target_os = "linux"))]
mod hostile_tests;
#[cfg(test)]
mod made;
#[cfg(test)]
mod workbook_tests;

use std::collections::HashMap;

use super::choice::chosen;
use super::compound::Compound;
use super::number::{Era, Form};
use super::origin::{Broken, Origin};
use super::row::Content;
use super::shared::Shared;
use super::sheet::Legend;
use super::stream::Stream;
use super::styles::{MOST_STYLES, built_in, form_of};
use crate::problem::{Foreign, Problem};
use lettering::{Counted, Lettering, Run};
use records::{Records, kind};
use sheet::{Key, Outline, Reckoned};

pub(super) use sheet::SheetRows;

/// The largest workbook that is read, in bytes; Excel's own largest are below it.
const LARGEST: u64 = 256 << 20;

/// How much of a sheet is looked at to see whether anything stands in it, and how much of all sheets.
const GLANCE: u64 = 1 << 20;
const GLANCES: u64 = 64 << 20;

/// As many sheets as a workbook can number.
const MOST_SHEETS: usize = 65_535;

/// The names of the stream that the workbook is, of Excel 97 and of Excel 5. A file for both has both.
const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// An opened workbook.
pub(super) struct OldWorkbook {
    file: Compound,
    stream: &'static str,
    key: Key,
    sheet: Sheet,
}

/// A sheet that people can see, and where it begins.
#[derive(Debug, Clone)]
struct Sheet {
    name: String,
    start: u64,
}

/// Why a workbook can't be opened.
enum Refusal {
    Broken(Broken),
    Foreign(Foreign),
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl OldWorkbook {
    /// Opens the sheet of this name, or the only one that has anything in it.
    pub(super) fn open(stream: Stream, wanted: Option<&str>) -> Result<Self, Problem> {
        let mut file = Compound::open(stream)?;
        let origin = file.origin().clone();
        // A new workbook that is locked with a password is wrapped in an old file ([MS-OFFCRYPTO] 1.3).
        if file.has("EncryptedPackage") {
            return Err(origin.foreign(Foreign::Encrypted));
        }
        let stream = STREAMS.into_iter().find(|name| file.has(name));
        let stream = stream.ok_or_else(|| origin.foreign(Foreign::OldOffice))?;
        let mut records = Records::new(file.part(stream, 0, LARGEST)?, 0);
        let (key, sheets) = globals(&mut records).map_err(|refusal| match refusal {
            Refusal::Broken(broken) => origin.problem(stream, broken),
            Refusal::Foreign(kind) => origin.foreign(kind),
        })?;
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let mut allowance = GLANCES;
        let place = chosen(&origin.path(), &names, wanted, |place| {
            let (found, taken) = has_something(&mut file, stream, &key, &sheets[place], allowance.min(GLANCE))?;
            allowance = allowance.saturating_sub(taken);
            Ok(found)
        })?;
        let sheet = sheets[place].clone();
        Ok(Self { file, stream, key, sheet })
    }

    /// The name of the sheet that is read.
    pub(super) fn sheet(&self) -> &str {
        &self.sheet.name
    }

    /// Its rows.
    pub(super) fn rows(&mut self) -> Result<SheetRows<'_>, Problem> {
        let (start, origin) = (self.sheet.start, self.file.origin().clone());
        let broken = |broken| origin.problem(&self.sheet.name, broken);
        let mut records = begun(&mut self.file, self.stream, &self.sheet)?;
        let outline = Outline::read(&mut records, start).map_err(broken)?;
        let records = begun(&mut self.file, self.stream, &self.sheet)?;
        Ok(SheetRows::new(records, outline, &self.sheet.name, &self.key, origin))
    }
}

/// The records of a sheet behind its `BOF`.
fn begun(file: &mut Compound, stream: &str, sheet: &Sheet) -> Result<Records, Problem> {
    const SHEET: u16 = 0x0010;
    let origin = file.origin().clone();
    let mut records = Records::new(file.part(stream, sheet.start, LARGEST)?, sheet.start);
    let mut begins = || Ok(records.next()? == kind::BEGIN && records.number(2)? == SHEET);
    match begins() {
        Ok(true) => Ok(records),
        Ok(false) => Err(origin.problem(&sheet.name, Broken::Damaged)),
        Err(broken) => Err(origin.problem(&sheet.name, broken)),
    }
}

/// Whether anything stands in a sheet, as far as a glance tells, and how much that read; a sheet that can't be read, or
/// not that far, is not taken for empty.
fn has_something(
    file: &mut Compound,
    stream: &str,
    key: &Key,
    sheet: &Sheet,
    most: u64,
) -> Result<(bool, u64), Problem> {
    let origin: Origin = file.origin().clone();
    let Ok(records) = begun(file, stream, sheet) else { return Ok((true, 0)) };
    let end = records.taken().saturating_add(most).min(records.length());
    let mut rows = SheetRows::new(records, Outline::glance(sheet.start, end), &sheet.name, key, origin);
    let found = rows.next(&mut Content::default()).unwrap_or(true);
    Ok((found, rows.progress().0))
}

/// What the beginning of the workbook says: its sheets, and what their cells refer to.
fn globals(records: &mut Records) -> Result<(Key, Vec<Sheet>), Refusal> {
    const GLOBALS: u16 = 0x0005;
    /// The name it writes for every user.
    const LIBREOFFICE: &[u8] = b"\x04\0\0Calc ";
    if records.next()? != kind::BEGIN {
        return Err(Broken::Damaged.into());
    }
    let mut lettering = match records.number(0)? {
        0x0600 => Lettering::Unicode,
        0x0500 => Lettering::of(1252).ok_or(Broken::Damaged)?,
        _ => return Err(Refusal::Foreign(Foreign::OldOffice)),
    };
    if records.number(2)? != GLOBALS {
        return Err(Refusal::Foreign(Foreign::OldOffice));
    }
    let (mut sheets, mut shared, mut era) = (Vec::new(), Shared::default(), Era::From1900);
    let (mut is_reckoned, mut by_libreoffice) = (false, false);
    let (mut formats, mut styles) = (HashMap::<u16, Form>::new(), Vec::<u16>::new());
    let mut text = String::new();
    loop {
        match records.next()? {
            kind::END => break,
            kind::LOCK => return Err(Refusal::Foreign(Foreign::Encrypted)),
            kind::DATE_MODE if records.number(0)? == 1 => era = Era::From1904,
            kind::RECKONED => is_reckoned = true,
            kind::WRITTEN_BY => by_libreoffice = records.content.starts_with(LIBREOFFICE),
            kind::CODE_PAGE if matches!(lettering, Lettering::CodePage(_)) => {
                lettering = Lettering::of(records.number(0)?).ok_or(Refusal::Foreign(Foreign::OldOffice))?;
            }
            kind::SHEET => sheets.extend(sheet(records, lettering)?),
            kind::FORMAT => {
                let id = records.number(0)?;
                text.clear();
                let counted = match lettering {
                    Lettering::Unicode => Counted::InTwo,
                    Lettering::CodePage(_) => Counted::InOne,
                };
                Run::new(records, 2).text(lettering, counted, &mut text)?;
                formats.insert(id, form_of(&text));
            }
            kind::STYLE => styles.push(records.number(2)?),
            kind::SHARED_TEXTS => shared = Run::new(records, 0).shared()?,
            _ => {}
        }
        if styles.len() > MOST_STYLES || sheets.len() > MOST_SHEETS {
            return Err(Broken::Damaged.into());
        }
    }
    let form = |id: &u16| formats.get(id).copied().unwrap_or_else(|| built_in(u32::from(*id)));
    let forms = styles.iter().map(form).collect();
    let reckoned = match (is_reckoned, by_libreoffice) {
        (_, true) => Reckoned::NoZero,
        (true, false) => Reckoned::Yes,
        (false, false) => Reckoned::Unsaid,
    };
    Ok((Key { legend: Legend { shared, forms, era }, lettering, reckoned }, sheets))
}

/// A sheet as the list of sheets has it; `None` if people can't see it, or if it is a chart or a program.
fn sheet(records: &mut Records, lettering: Lettering) -> Result<Option<Sheet>, Broken> {
    const STATE: u8 = 3;
    let start = records.long_number(0)?.into();
    let [state, sort] = records.bytes(4)?;
    let mut name = String::new();
    Run::new(records, 6).text(lettering, Counted::InOne, &mut name)?;
    Ok((state & STATE == 0 && sort == 0).then_some(Sheet { name, start }))
}
