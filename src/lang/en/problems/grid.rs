//! What is wrong with a table that was made with another program.

use crate::lang::Words;
use crate::problem::{CellFault, Foreign, GridFault};

pub(super) fn grid(fault: &GridFault) -> Words {
    match fault {
        GridFault::Foreign { path, kind } => {
            let (what, cure) = foreign(*kind);
            Words::new(format!("{} {what}", path.display()), cure)
        }
        GridFault::NotText { byte } => Words::new(
            format!("the byte {byte:02X} here is no text: the file is neither UTF-8, UTF-16 nor GB18030"),
            "save the table again from Excel or WPS as `CSV UTF-8`, or as .xlsx",
        ),
        GridFault::NotInEncoding { byte, encoding } => Words::new(
            format!("the byte {byte:02X} here does not fit `encoding = \"{encoding}\"`: the file is in another"),
            "write encoding = \"auto\" in [statement], or leave it out",
        ),
        GridFault::UnclosedQuote => Words::new(
            "the quote that opens here is never closed",
            "close it, or write quotes inside a cell twice; saved as .xlsx, the table has no such trouble",
        ),
        GridFault::LooseQuote => Words::new(
            "the cell that begins with this quote goes on after its closing quote",
            "write quotes inside a cell twice; saved as .xlsx, the table has no such trouble",
        ),
        GridFault::CutOff { cells, columns } => Words::new(
            format!("the file ends here, in cell {cells} of {columns} and without a line end: it may be cut off"),
            "save or copy it again; if this row is whole, put a line end behind it; a note below the table may be taken out",
        ),
        GridFault::LongRow { most } => Words::new(
            format!("this row holds more than {} KB of text", most / 1024),
            "move the long text out of the table; is this the right file?",
        ),
        GridFault::WideRow { most } => Words::new(
            format!("this row has more than {most} cells with something in them"),
            "copy the columns that matter into a table of their own; is this the right file?",
        ),
        GridFault::Disordered { row, after } => Words::new(
            format!("row {row} stands behind row {after} in the file"),
            "open it in Excel or WPS, look whether it is complete, and save it again as .xlsx",
        ),
        GridFault::TooLarge { path, part, most } => Words::new(
            format!("{}: its part {part} is larger than {} MB", path.display(), most >> 20),
            "copy the rows that matter into a new workbook, or save the table as `CSV UTF-8`",
        ),
        GridFault::Damaged { path, part } => Words::new(
            match part.as_str() {
                "" => format!("{} is an incomplete or damaged workbook", path.display()),
                part => format!("{} is a damaged workbook: its part {part} cannot be read", path.display()),
            },
            "fetch it again; or open it in Excel or WPS, look whether it is complete, and save it again as .xlsx",
        ),
        GridFault::SheetNeeded { path, sheets } => Words::new(
            format!("{} has something in several sheets: {}", path.display(), listed(sheets)),
            "say which one is meant with `--sheet NAME`",
        ),
        GridFault::UnknownSheet { name, sheets } => Words::new(
            format!("there is no visible sheet `{name}`"),
            match sheets.len() {
                0 => "unhide it in Excel or WPS, and save".into(),
                _ => format!("there are: {}; a hidden one must be unhidden first", listed(sheets)),
            },
        ),
        GridFault::NoSheets { path } => {
            Words::new(format!("{} is a text file and has no sheets", path.display()), "leave `--sheet` out")
        }
        GridFault::NoVisibleSheet { path } => Words::new(
            format!("{} has no visible sheet with a table", path.display()),
            "unhide the sheet in Excel or WPS, and save",
        ),
        GridFault::Cell(fault) => cell(fault),
    }
}

fn foreign(kind: Foreign) -> (&'static str, &'static str) {
    let again = "open it in Excel or WPS, and save it as .xlsx (Excel Workbook) or CSV";
    match kind {
        Foreign::OldOffice => {
            ("is an old Office file without a workbook that is read (Excel 5 to 2003), whatever its name", again)
        }
        Foreign::BinaryWorkbook => ("is a binary workbook (.xlsb)", again),
        Foreign::OpenDocument => ("is an OpenDocument file (.ods)", "open it where it was made, and save it as .xlsx"),
        Foreign::WebPage => (
            "is a web page under another name, as some bank sites hand out",
            "open it in Excel or WPS, look whether the figures are right, and save it as .xlsx (Excel Workbook) or CSV",
        ),
        Foreign::Xml => ("is an XML file", again),
        Foreign::Pdf => ("is a PDF", "ask whoever made it for the table as .xlsx or CSV"),
        Foreign::OtherArchive => ("is an archive (.zip) and no workbook", "unpack it, and name the workbook in it"),
        Foreign::Encrypted => (
            "is locked with a password",
            "open it with its password, take the password off (File, Info, Protect Workbook), and save",
        ),
    }
}

fn cell(fault: &CellFault) -> Words {
    match fault {
        CellFault::ErrorValue { text } => {
            Words::new(format!("this cell is an error: {text}"), "mend the formula in Excel or WPS, and save")
        }
        CellFault::NotCalculated => Words::new(
            "the result of this formula was never stored",
            "open the workbook in Excel or WPS once, and save: that calculates it",
        ),
        CellFault::DigitsLost { text } => Words::new(
            format!("{text} has more than 15 digits, and a spreadsheet keeps only 15 of a number"),
            "set the cell's format to Text and type the digits again from the original",
        ),
        CellFault::NotADate { text } => Words::new(
            format!("the number {text} is shown as a date, and is none"),
            "type the date again, as 2022-01-05",
        ),
        CellFault::NotANumber { text } => {
            Words::new(format!("`{text}` stands where a number should"), "type the number again, and save")
        }
    }
}

/// Sheets by name; a name is what people gave it.
fn listed(sheets: &[String]) -> String {
    let sheets: Vec<String> = sheets.iter().map(|sheet| format!("`{sheet}`")).collect();
    sheets.join(", ")
}
