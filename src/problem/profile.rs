//! What can be wrong in a profile of a statement, beyond what any such file can have.

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProfileFault {
    /// The file has no `[statement]`: it is another file, or none of ours.
    NoTable,
    /// A column is neither a heading nor a place counted from one.
    NotAColumn {
        key: &'static str,
    },
    /// Two columns are to be found in one place.
    ColumnTwice {
        key: &'static str,
        first: &'static str,
        first_line: usize,
    },
    /// Some columns are named by their headings, others counted.
    HeadingsAndPlaces {
        key: &'static str,
        first_line: usize,
    },
    /// The columns are counted, and none is the day.
    NoDate,
    /// The columns are counted, and none tells a sum.
    NoSum,
    /// The columns are counted, and the mark has no sum to mark.
    NothingToMark,
    NotADateFormat {
        text: String,
    },
    /// No number of rows.
    NotACount {
        key: &'static str,
    },
    /// A word is to mark what went out, and what came in.
    MarkTwice {
        text: String,
    },
}
