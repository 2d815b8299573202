//! A table of expenses as an office keeps it: headings, cells as they were typed, and the file they make.

/// The file that a table stands in.
pub(super) const FILE: &str = "bills.csv";

/// A table that someone brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// A line above the headings, as printed tables have.
    pub(super) title: Option<&'static str>,
    /// What each column is, and its heading.
    pub(super) columns: Vec<(&'static str, &'static str)>,
    /// One cell a column.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn has(&self, field: &str) -> bool {
        self.columns.iter().any(|(known, _)| *known == field)
    }

    /// A row's cell under the heading of a field, if there is one and it holds something.
    pub(super) fn cell(&self, row: usize, field: &str) -> Option<&str> {
        let column = self.columns.iter().position(|(known, _)| *known == field)?;
        Some(self.rows[row][column].as_str()).filter(|text| !text.trim().is_empty())
    }

    /// The number of the line with the headings, as people count lines.
    pub(super) fn heading_line(&self) -> usize {
        1 + usize::from(self.title.is_some())
    }

    pub(super) fn line(&self, row: usize) -> usize {
        self.heading_line() + 1 + row
    }

    pub(super) fn text(&self) -> String {
        let quoted = |cell: &str| match cell.contains([',', '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        };
        let line = |cells: Vec<String>| cells.join(",") + "\n";
        let title = self.title.map(|title| format!("{title}\n"));
        let headings = line(self.columns.iter().map(|(_, heading)| quoted(heading)).collect());
        let rows = self.rows.iter().map(|row| line(row.iter().map(|cell| quoted(cell)).collect()));
        title.into_iter().chain([headings]).chain(rows).collect()
    }
}
