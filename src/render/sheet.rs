//! The typed sheet: what every answer is between its report and its form. Cells hold values, not texts.

use super::rows::Rows;
use crate::domain::amount::{Amount, Rate};
use crate::domain::calendar::Date;
use crate::domain::entry::Kind;
use crate::domain::figure::Figure;
use crate::domain::position::Status;
use crate::domain::quotient::Quotient;
use crate::domain::working::Operation;
use crate::reports::charts::Chart;
use crate::reports::disclosure::Grounds;
use crate::reports::stamp::Stamp;

/// An answer, ready to be laid out in any form.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The stable name of what this is, `taizhang.balance/1`.
    pub(crate) schema: &'static str,
    /// For people: the lines above.
    pub(crate) heading: Vec<String>,
    pub(crate) stamp: Option<Stamp>,
    /// What is known beside the rows: for programs, and those with a label for people too, below the table.
    pub(crate) facts: Vec<Field>,
    pub(crate) body: Body,
    /// For people: remarks, then the footer, below.
    pub(crate) notes: Vec<String>,
    /// Drawn where a page can hold them, behind all that is signed.
    pub(crate) charts: Vec<Chart>,
    pub(crate) footer: Vec<String>,
    pub(crate) signed: Signed,
    /// Whether people read amounts in 万元. Programs always get 元.
    pub(crate) in_wan: bool,
}

/// Where there are lines for those to sign who made it and answer for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    Never,
    /// On pages and worksheets, which are printed and filed; a screen is only read.
    OnPaper,
    /// On the screen as well: it is there to be printed.
    Always,
}

/// Many lines of the same columns, one record of named fields, such a record and the tables behind it, or a text to read
/// with tables in it.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Rows {
        columns: Vec<Column>,
        rows: Rows,
        subtotals: Vec<Subtotal>,
        total: Option<Vec<Cell>>,
    },
    Record(Vec<Field>),
    Parts {
        fields: Vec<Field>,
        parts: Vec<Part>,
    },
    /// Programs get the fields and the tables.
    Text {
        grounds: Grounds,
        fields: Vec<Field>,
        passages: Vec<Passage>,
    },
}

/// A piece of a text to read.
#[derive(Debug, Clone)]
pub(crate) enum Passage {
    /// Of a chapter.
    Heading(String),
    /// Within a chapter.
    Subheading(String),
    Paragraph(String),
    Table(Part),
}

impl Passage {
    pub(crate) fn table(&self) -> Option<&Part> {
        match self {
            Self::Table(part) => Some(part),
            Self::Heading(_) | Self::Subheading(_) | Self::Paragraph(_) => None,
        }
    }
}

/// A line between the rows, for people; to programs it is a fact.
#[derive(Debug, Clone)]
pub(crate) struct Subtotal {
    /// How many rows stand before it.
    pub(crate) after: usize,
    pub(crate) cells: Vec<Cell>,
    /// Whether something is ended by it, so that a rule follows.
    pub(crate) ends: bool,
}

/// One of several tables. Those of one key are one list to programs.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) key: &'static str,
    /// The line above it; `None` for what only programs see.
    pub(crate) caption: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Rows,
    /// For people; to programs a total is a field.
    pub(crate) total: Option<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// What it holds, and so its key in CSV and JSON; `None` for what only people see.
    pub(crate) figure: Option<Figure>,
    /// The heading; `None` for what only programs see.
    pub(crate) heading: Option<String>,
    /// Where room is short, the column with the highest number goes first; 0 stays.
    pub(crate) dispensable: u8,
}

/// One named value.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    /// What people call it; `None` when only programs see it.
    pub(crate) label: Option<String>,
    pub(crate) cell: Cell,
    /// What people read instead of the value, where that differs.
    pub(crate) said: Option<String>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Date(Date),
    Flag(bool),
    Number(u64),
    Numbers(Vec<u64>),
    /// Small records of their own, each a list of keys and values.
    Records(Vec<Vec<(&'static str, Cell)>>),
    /// In 元.
    Amount(Amount),
    /// In 元, and as books have it: in red and in brackets when negative.
    Booked(Amount),
    /// A text that people read in other words: what it is, then the words.
    Worded(String, String),
    /// In percent or points.
    Rate(Rate),
    Status(Status),
    Quotient(Quotient),
    Kind(Kind),
    /// A figure by its name.
    Figure(Figure),
    Operation(Operation),
    /// An execution rate as a bar.
    Bar(Option<Rate>),
}

impl Field {
    /// A field that people and programs both see.
    pub(crate) fn shown(key: &'static str, label: String, cell: Cell) -> Self {
        Self { key, label: Some(label), cell, said: None }
    }

    /// A field for programs only.
    pub(crate) fn hidden(key: &'static str, cell: Cell) -> Self {
        Self { key, label: None, cell, said: None }
    }

    /// The same, worded for people.
    pub(crate) fn saying(self, said: String) -> Self {
        Self { said: Some(said), ..self }
    }
}

impl Cell {
    pub(crate) fn rate(rate: Option<Rate>) -> Self {
        rate.map_or(Self::Empty, Self::Rate)
    }

    /// Whether it should catch the eye: negative, or over budget.
    pub(crate) fn alarms(&self) -> bool {
        match self {
            Self::Amount(amount) | Self::Booked(amount) => amount.is_negative(),
            Self::Status(status) => *status == Status::OverBudget,
            Self::Empty
            | Self::Text(_)
            | Self::Worded(..)
            | Self::Date(_)
            | Self::Flag(_)
            | Self::Number(_)
            | Self::Numbers(_)
            | Self::Records(_)
            | Self::Rate(_)
            | Self::Quotient(_)
            | Self::Kind(_)
            | Self::Figure(_)
            | Self::Operation(_)
            | Self::Bar(_) => false,
        }
    }
}
