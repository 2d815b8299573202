//! Layout only: a report becomes one typed sheet, and sheets become a table, CSV, JSON, Markdown, a web page or a
//! workbook. Nothing is worked out here.

pub(crate) mod blank;
mod chart;
mod csv;
pub(crate) mod detection;
pub(crate) mod disclosure;
pub(crate) mod explanation;
mod html;
mod json;
pub(crate) mod listing;
mod markdown;
mod page;
pub(crate) mod problems;
mod prose;
pub(crate) mod reconciliation;
pub(crate) mod rows;
pub(crate) mod sheet;
pub(crate) mod sheets;
mod table;
mod xlsx;
pub(crate) mod year_end;

#[cfg(test)]
mod sample_tests;

use std::io::{self, Write};

use rows::Rows;
use sheet::{Body, Field, Part, Passage, Sheet};

use crate::domain::budget::Language;
use crate::domain::trail::Lost;

/// The forms an answer can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Csv,
    Json,
    Markdown,
    Html,
    Xlsx,
}

impl Format {
    pub(crate) const ALL: [Self; 6] = [Self::Table, Self::Csv, Self::Json, Self::Markdown, Self::Html, Self::Xlsx];

    /// The word for it on the command line.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// The form of a file whose name ends like this; a name says what its user expects to find.
    pub(crate) fn from_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "md" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Whether it is for people, who may want 万元; programs always get 元.
    pub(crate) fn is_for_people(self) -> bool {
        match self {
            Self::Table | Self::Markdown | Self::Html | Self::Xlsx => true,
            Self::Csv | Self::Json => false,
        }
    }

    /// Whether it is text, which a terminal can show.
    pub(crate) fn is_text(self) -> bool {
        match self {
            Self::Table | Self::Csv | Self::Json | Self::Markdown | Self::Html => true,
            Self::Xlsx => false,
        }
    }

    /// The most rows it has room for.
    pub(crate) fn most_rows(self) -> Option<usize> {
        (self == Self::Xlsx).then_some(xlsx::MOST_ROWS)
    }
}

/// The longest line of prose, in terminal columns.
const READABLE: usize = 80;

/// What a table is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Screen {
    /// In terminal columns; `None` when nothing limits it.
    pub(crate) width: Option<usize>,
    pub(crate) color: bool,
}

/// Why an answer was not written out.
#[derive(Debug)]
pub(crate) enum Unwritten {
    /// Its rows could not be had again.
    Lost(Lost),
    /// Where it was to go did not take it.
    Untaken(io::Error),
    /// The machine has not what making a workbook takes.
    NotMade(io::Error),
}

impl From<Lost> for Unwritten {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        Self::Untaken(error)
    }
}

/// Several sheets as one JSON object, each under its key, with what is known of them all.
pub(crate) fn together(schema: &str, facts: &[Field], sheets: &[(&str, &Sheet)]) -> Result<Vec<u8>, Unwritten> {
    let mut bytes = Vec::new();
    json::together(schema, facts, sheets, &mut bytes)?;
    Ok(bytes)
}

impl Screen {
    /// No screen: nothing limits the width, and there are no colours.
    const PAPER: Self = Self { width: None, color: false };

    /// The same, no wider than a line that is easily read.
    fn for_reading(self) -> Self {
        Self { width: Some(self.width.unwrap_or(READABLE).min(READABLE)), ..self }
    }
}

/// Writes a sheet in one of its forms; a text ends in a line feed. What programs read is written as it is made.
pub(crate) fn write(
    sheet: &Sheet,
    format: Format,
    language: Language,
    screen: Screen,
    out: &mut dyn Write,
) -> Result<(), Unwritten> {
    match format {
        Format::Csv => csv::csv(sheet, out),
        Format::Json => json::json(sheet, out),
        Format::Table => {
            hold(sheet)?;
            Ok(out.write_all(as_table(sheet, language, screen).as_bytes())?)
        }
        Format::Markdown | Format::Html | Format::Xlsx => {
            let title = page::title(sheet);
            Ok(out.write_all(&document(&title, &[(&title, sheet)], format, language)?)?)
        }
    }
}

/// The same as bytes.
pub(crate) fn laid_out(
    sheet: &Sheet,
    format: Format,
    language: Language,
    screen: Screen,
) -> Result<Vec<u8>, Unwritten> {
    let mut bytes = Vec::new();
    write(sheet, format, language, screen, &mut bytes)?;
    Ok(bytes)
}

/// How many rows of figures a sheet has.
pub(crate) fn rows(sheet: &Sheet) -> usize {
    tables(sheet).map(Rows::len).sum()
}

/// The rows of each of a sheet's tables.
fn tables(sheet: &Sheet) -> impl Iterator<Item = &Rows> {
    let (rows, parts, passages): (_, &[Part], &[Passage]) = match &sheet.body {
        Body::Rows { rows, .. } => (Some(rows), &[], &[]),
        Body::Record(_) => (None, &[], &[]),
        Body::Parts { parts, .. } => (None, parts, &[]),
        Body::Text { passages, .. } => (None, &[], passages),
    };
    let parts = parts.iter().chain(passages.iter().filter_map(Passage::table));
    rows.into_iter().chain(parts.map(|part| &part.rows))
}

/// Makes all rows that people see of a sheet, for a form that needs them at once.
fn hold(sheet: &Sheet) -> Result<(), Lost> {
    if let Body::Parts { parts, .. } = &sheet.body {
        let seen = parts.iter().filter(|part| part.caption.is_some());
        return seen.map(|part| &part.rows).try_for_each(Rows::hold);
    }
    tables(sheet).try_for_each(Rows::hold)
}

/// A sheet whose rows are there as a table on a screen.
pub(crate) fn as_table(sheet: &Sheet, language: Language, screen: Screen) -> String {
    table::table(sheet, language, screen)
}

/// Several sheets as one file: sections of a page, or worksheets of a workbook, each with its short name. Of a form that
/// has no sections, one sheet follows another.
pub(crate) fn document(
    title: &str,
    sheets: &[(&str, &Sheet)],
    format: Format,
    language: Language,
) -> Result<Vec<u8>, Unwritten> {
    sheets.iter().try_for_each(|(_, sheet)| if format.is_for_people() { hold(sheet) } else { Ok(()) })?;
    Ok(match format {
        Format::Markdown => markdown::markdown(title, sheets, language).into_bytes(),
        Format::Html => html::html(title, sheets, language).into_bytes(),
        Format::Xlsx => return xlsx::xlsx(title, sheets, language).map_err(Unwritten::NotMade),
        Format::Table | Format::Csv | Format::Json => {
            let each = sheets.iter().map(|(_, sheet)| laid_out(sheet, format, language, Screen::PAPER));
            each.collect::<Result<Vec<_>, _>>()?.concat()
        }
    })
}
