//! What can be wrong with a table that was made with another program, and with one of its cells.

use std::path::PathBuf;

/// What is wrong with a table. Where no place can be shown, the file is named here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GridFault {
    /// Something else than the tables that are read.
    Foreign {
        path: PathBuf,
        kind: Foreign,
    },
    /// Bytes that are text in no encoding; this is the first of them.
    NotText {
        byte: u8,
    },
    /// Bytes that are no text in the encoding that was named; this is the first of them.
    NotInEncoding {
        byte: u8,
        encoding: &'static str,
    },
    /// A quote that is never closed.
    UnclosedQuote,
    /// A quote inside a quoted cell that isn't doubled.
    LooseQuote,
    /// The last row of a text ends early, and without a line end.
    CutOff {
        cells: usize,
        columns: usize,
    },
    /// A row with more text than a row may have, in bytes.
    LongRow {
        most: usize,
    },
    /// A row with more cells than a row may have.
    WideRow {
        most: usize,
    },
    /// A row of a sheet that stands behind a later one.
    Disordered {
        row: usize,
        after: usize,
    },
    /// A part of a workbook is larger than it may be, in bytes.
    TooLarge {
        path: PathBuf,
        part: String,
        most: u64,
    },
    /// A part of a workbook is missing, cut short or changed.
    Damaged {
        path: PathBuf,
        part: String,
    },
    /// Several sheets hold something.
    SheetNeeded {
        path: PathBuf,
        sheets: Vec<String>,
    },
    UnknownSheet {
        name: String,
        sheets: Vec<String>,
    },
    /// A sheet was named, and the file has none.
    NoSheets {
        path: PathBuf,
    },
    NoVisibleSheet {
        path: PathBuf,
    },
    Cell(CellFault),
}

/// What a file is that is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// A file of Office before 2007 without a workbook of Excel 5 to 2003.
    OldOffice,
    BinaryWorkbook,
    Encrypted,
    OpenDocument,
    OtherArchive,
    WebPage,
    Xml,
    Pdf,
}

/// Why a cell of a sheet has no value that can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CellFault {
    /// `#REF!` and its like.
    ErrorValue { text: String },
    /// A formula whose result was never stored.
    NotCalculated,
    /// A number with more digits before the point than a spreadsheet keeps.
    DigitsLost { text: String },
    /// A number shown as a date that is none.
    NotADate { text: String },
    /// What stands where a number should.
    NotANumber { text: String },
}
