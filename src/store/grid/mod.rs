//! Tables that people make with other programs: bytes in, rows of cells out, each with its place. It knows no headings
//! and no expenses, and decides by what a file holds, never by its name.

mod biff;
mod choice;
mod compound;
mod encoding;
mod filling;
mod foreign;
mod markup;
mod number;
mod origin;
mod package;
mod records;
mod row;
mod shared;
mod sheet;
mod stream;
mod styles;
mod text;
pub(crate) mod value;
mod workbook;

#[cfg(all(test, target_os = "linux"))]
mod bounds_tests;
#[cfg(test)]
mod limits_tests;
#[cfg(any(fuzzing, test))]
pub(crate) mod one_file;
#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod text_tests;
#[cfg(test)]
mod workbook_tests;

use std::path::{Path, PathBuf};

use biff::OldWorkbook;
use foreign::Sort;
use row::Content;
use sheet::SheetRows;
use stream::Stream;
use text::{Text, TextRows};
use workbook::Workbook;

use super::files::Files;
use crate::domain::statement::{Separator, TextEncoding};
use crate::problem::{GridFault, Problem};

pub(crate) use row::{Breadth, Cell, Row};

/// A table, opened: what it is, in which encoding and which sheet, is known. It can be walked as often as it is wanted.
pub(crate) struct Grid {
    path: PathBuf,
    stream: Stream,
    form: Form,
}

/// What is said of a table before it is opened.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said<'s> {
    pub(crate) sheet: Option<&'s str>,
    /// Whether a text, which has no sheets, may be read all the same.
    pub(crate) sheet_if_any: bool,
    pub(crate) encoding: TextEncoding,
    pub(crate) separator: Separator,
}

/// What a table is: text (UTF-8, UTF-16, GB18030; comma, semicolon, tab or bar), Excel's `.xlsx`, or its old `.xls`. A
/// new form fills the same [`Content`], and `foreign` knows the signs of it.
enum Form {
    Text(Text),
    Workbook(Box<Workbook>),
    OldWorkbook(Box<OldWorkbook>),
}

impl Grid {
    /// Opens a table. `sheet` names one sheet of a workbook; without it, the only sheet that has something in it is read.
    pub(crate) fn open(files: &dyn Files, path: &Path, sheet: Option<&str>) -> Result<Self, Problem> {
        Self::open_as(files, path, Said { sheet, ..Said::default() })
    }

    /// The same, as far as something is said of the table.
    pub(crate) fn open_as(files: &dyn Files, path: &Path, said: Said<'_>) -> Result<Self, Problem> {
        let Said { sheet, sheet_if_any, encoding, separator } = said;
        let stream = Stream::open(files, path)?;
        let (path, whole) = (path.to_owned(), stream.clone());
        let form = match foreign::sort(&stream)? {
            Sort::Foreign(kind) => return Err(GridFault::Foreign { path, kind }.into()),
            Sort::Archive => Form::Workbook(Box::new(Workbook::open(stream, sheet)?)),
            Sort::Compound => Form::OldWorkbook(Box::new(OldWorkbook::open(stream, sheet)?)),
            Sort::Text if sheet.is_some() && !sheet_if_any => return Err(GridFault::NoSheets { path }.into()),
            Sort::Text => Form::Text(Text::open(stream, encoding, separator)?),
        };
        Ok(Self { path, stream: whole, form })
    }

    /// The name of the sheet that is read, if the table has sheets.
    pub(crate) fn sheet(&self) -> Option<&str> {
        match &self.form {
            Form::Text(_) => None,
            Form::Workbook(workbook) => Some(workbook.sheet()),
            Form::OldWorkbook(workbook) => Some(workbook.sheet()),
        }
    }

    /// Of all bytes of the file as they stand now: another program may write to it while it is read.
    pub(crate) fn digest(&self) -> Result<u64, Problem> {
        self.stream.digest()
    }

    /// How a text is encoded and separated, as somebody might say it.
    pub(crate) fn text(&self) -> Option<(TextEncoding, Separator)> {
        match &self.form {
            Form::Text(text) => Some((text.encoding(), text.separator())),
            Form::Workbook(_) | Form::OldWorkbook(_) => None,
        }
    }

    /// Whether its texts are in GB18030; a workbook's never are.
    pub(crate) fn is_in_gb18030(&self) -> bool {
        match &self.form {
            Form::Text(text) => text.is_in_gb18030(),
            Form::Workbook(_) | Form::OldWorkbook(_) => false,
        }
    }

    /// The rows from the first on.
    pub(crate) fn rows(&mut self) -> Result<Rows<'_>, Problem> {
        let walk = match &mut self.form {
            Form::Text(text) => Walk::Text(Box::new(text.rows())),
            Form::Workbook(workbook) => Walk::Sheet(Box::new(workbook.rows()?)),
            Form::OldWorkbook(workbook) => Walk::OldSheet(Box::new(workbook.rows()?)),
        };
        Ok(Rows { path: &self.path, walk, content: Content::default(), ended: false })
    }
}

/// One walk through the rows of a table. One row at a time is in memory.
pub(crate) struct Rows<'g> {
    path: &'g Path,
    walk: Walk<'g>,
    content: Content,
    ended: bool,
}

enum Walk<'g> {
    Text(Box<TextRows<'g>>),
    Sheet(Box<SheetRows<'g>>),
    OldSheet(Box<biff::SheetRows<'g>>),
}

impl Rows<'_> {
    /// The next row that isn't blank. After a problem there are no more.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Problem> {
        if self.ended {
            return Ok(None);
        }
        let found = match &mut self.walk {
            Walk::Text(rows) => rows.next(&mut self.content),
            Walk::Sheet(rows) => rows.next(&mut self.content),
            Walk::OldSheet(rows) => rows.next(&mut self.content),
        };
        self.ended = !matches!(found, Ok(true));
        Ok(found?.then_some(Row { path: self.path, content: &self.content }))
    }

    /// How far the walk has come.
    pub(crate) fn progress(&self) -> Progress {
        let (done, total) = match &self.walk {
            Walk::Text(rows) => rows.progress(),
            Walk::Sheet(rows) => rows.progress(),
            Walk::OldSheet(rows) => rows.progress(),
        };
        Progress { done: done.min(total), total }
    }
}

/// How many bytes of the table were read, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) done: u64,
    pub(crate) total: u64,
}
