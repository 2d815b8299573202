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

use std::io;

use sheet::{Body, Field, Passage, Sheet};

use crate::domain::budget::Language;

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

/// Several sheets as one JSON object, each under its key, with what is known of them all.
pub(crate) fn together(schema: &str, facts: &[Field], sheets: &[(&str, &Sheet)]) -> String {
    json::together(schema, facts, sheets)
}

impl Screen {
    /// No screen: nothing limits the width, and there are no colours.
    const PAPER: Self = Self { width: None, color: false };

    /// The same, no wider than a line that is easily read.
    fn for_reading(self) -> Self {
        Self { width: Some(self.width.unwrap_or(READABLE).min(READABLE)), ..self }
    }
}

/// A sheet in one of its forms; a text ends in a line feed.
///
/// # Errors
/// The machine has not what making a workbook takes.
pub(crate) fn laid_out(sheet: &Sheet, format: Format, language: Language, screen: Screen) -> io::Result<Vec<u8>> {
    Ok(match format {
        Format::Table => as_table(sheet, language, screen).into_bytes(),
        Format::Csv => csv::csv(sheet).into_bytes(),
        Format::Json => json::json(sheet).into_bytes(),
        Format::Markdown | Format::Html | Format::Xlsx => {
            let title = page::title(sheet);
            return document(&title, &[(&title, sheet)], format, language);
        }
    })
}

/// How many rows of figures a sheet has.
pub(crate) fn rows(sheet: &Sheet) -> usize {
    match &sheet.body {
        Body::Rows { rows, .. } => rows.len(),
        Body::Record(_) => 0,
        Body::Parts { parts, .. } => parts.iter().map(|part| part.rows.len()).sum(),
        Body::Text { passages, .. } => passages.iter().filter_map(Passage::table).map(|part| part.rows.len()).sum(),
    }
}

/// A sheet as a table on a screen.
pub(crate) fn as_table(sheet: &Sheet, language: Language, screen: Screen) -> String {
    table::table(sheet, language, screen)
}

/// Several sheets as one file: sections of a page, or worksheets of a workbook, each with its short name. Of a form that
/// has no sections, one sheet follows another.
///
/// # Errors
/// The machine has not what making a workbook takes.
pub(crate) fn document(
    title: &str,
    sheets: &[(&str, &Sheet)],
    format: Format,
    language: Language,
) -> io::Result<Vec<u8>> {
    Ok(match format {
        Format::Markdown => markdown::markdown(title, sheets, language).into_bytes(),
        Format::Html => html::html(title, sheets, language).into_bytes(),
        Format::Xlsx => return xlsx::xlsx(title, sheets, language),
        Format::Table | Format::Csv | Format::Json => {
            let each = sheets.iter().map(|(_, sheet)| laid_out(sheet, format, language, Screen::PAPER));
            each.collect::<io::Result<Vec<_>>>()?.concat()
        }
    })
}
