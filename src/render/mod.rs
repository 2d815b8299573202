//! Layout only: a report becomes one typed sheet, and a sheet becomes a table, CSV or JSON. Nothing is worked out here.

pub(crate) mod blank;
mod chart;
mod csv;
pub(crate) mod explanation;
mod json;
pub(crate) mod listing;
pub(crate) mod problems;
pub(crate) mod sheet;
pub(crate) mod sheets;
mod table;
pub(crate) mod year_end;

use sheet::{Field, Sheet};

use crate::domain::budget::Language;

/// The forms an answer can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Csv,
    Json,
}

impl Format {
    pub(crate) const ALL: [Self; 3] = [Self::Table, Self::Csv, Self::Json];

    /// The word for it on the command line.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// Whether it is for people, who may want 万元; programs always get 元.
    pub(crate) fn is_for_people(self) -> bool {
        match self {
            Self::Table => true,
            Self::Csv | Self::Json => false,
        }
    }
}

/// What a table is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Screen {
    /// In terminal columns; `None` when nothing limits it.
    pub(crate) width: Option<usize>,
    pub(crate) color: bool,
}

/// Several sheets as one JSON object, each under its key, with what is known of them all.
pub(crate) fn together(schema: &str, facts: &[Field], sheets: &[(&str, Sheet)]) -> String {
    json::together(schema, facts, sheets)
}

/// A sheet in one of its forms, ending in a line feed.
pub(crate) fn laid_out(sheet: &Sheet, format: Format, language: Language, screen: Screen) -> String {
    match format {
        Format::Table => table::table(sheet, language, screen),
        Format::Csv => csv::csv(sheet),
        Format::Json => json::json(sheet),
    }
}
