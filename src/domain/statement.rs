//! How a statement of a bank or the treasury is laid out, as far as anyone says it; what nobody says is recognised. Plain
//! data: it reads no file and recognises nothing itself.

use super::date_format::DateFormat;

/// What a statement may say of a movement of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Date,
    /// What went out of the account; to the bank its holder's 借方.
    Out,
    /// What came in, or back; 贷方.
    In,
    /// One column for both: negative, or marked by [`Self::Side`], is what went out.
    Amount,
    /// 借 or 贷, 支 or 收.
    Side,
    Payee,
    /// Who paid, where a bank names both sides: whom money that came in is from.
    Payer,
    Payment,
    Memo,
    /// Whether it came about: a payment that failed moved nothing.
    Status,
    /// The currency, which must be 人民币.
    Currency,
}

impl Column {
    pub(crate) const ALL: [Self; 11] = [
        Self::Date,
        Self::Out,
        Self::In,
        Self::Amount,
        Self::Side,
        Self::Payee,
        Self::Payer,
        Self::Payment,
        Self::Memo,
        Self::Status,
        Self::Currency,
    ];

    /// The stable word for it, on the command line and in a profile.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Out => "out",
            Self::In => "in",
            Self::Amount => "amount",
            Self::Side => "side",
            Self::Payee => "payee",
            Self::Payer => "payer",
            Self::Payment => "payment",
            Self::Memo => "memo",
            Self::Status => "status",
            Self::Currency => "currency",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// Whether it tells a sum.
    pub(crate) fn is_sum(self) -> bool {
        match self {
            Self::Out | Self::In | Self::Amount => true,
            Self::Date
            | Self::Side
            | Self::Payee
            | Self::Payer
            | Self::Payment
            | Self::Memo
            | Self::Status
            | Self::Currency => false,
        }
    }
}

/// Where a column is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Below this heading.
    Heading(String),
    /// In this place, counted from one, in a statement without headings.
    Place(usize),
}

/// The encoding of a statement's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TextEncoding {
    /// The one that its bytes fit.
    #[default]
    Auto,
    Utf8,
    Utf16,
    Gb18030,
}

impl TextEncoding {
    pub(crate) const ALL: [Self; 4] = [Self::Auto, Self::Utf8, Self::Utf16, Self::Gb18030];
    pub(crate) const KEYS: [&str; 4] = ["auto", "utf-8", "utf-16", "gb18030"];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Gb18030 => "gb18030",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.key() == key)
    }
}

/// What stands between the cells of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Separator {
    /// The one that most lines agree on.
    #[default]
    Auto,
    Comma,
    Semicolon,
    Tab,
    Bar,
}

impl Separator {
    pub(crate) const ALL: [Self; 5] = [Self::Auto, Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];
    pub(crate) const KEYS: [&str; 5] = ["auto", "comma", "semicolon", "tab", "bar"];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Bar => "bar",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|separator| separator.key() == key)
    }
}

/// What a negative sum means where one column has them all and none is marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Sign {
    #[default]
    OutNegative,
    OutPositive,
}

impl Sign {
    pub(crate) const KEYS: [&str; 2] = ["out-negative", "out-positive"];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::OutNegative => "out-negative",
            Self::OutPositive => "out-positive",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        [Self::OutNegative, Self::OutPositive].into_iter().find(|sign| sign.key() == key)
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::OutNegative => Self::OutPositive,
            Self::OutPositive => Self::OutNegative,
        }
    }
}

/// What was found of a statement's headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Headings {
    /// In this row.
    Row(usize),
    /// The columns are counted.
    Counted,
    /// Not recognised; the likeliest row, and its texts by their places counted from one.
    Unknown { row: usize, texts: Vec<(usize, String)> },
}

/// Why a line of a statement is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeftOut {
    /// It tells a balance or a total.
    Balance,
    /// The profile says so.
    Ignored,
    /// It has nothing that the profile's lines must have.
    Others,
    /// Its sum is zero.
    Zero,
    /// Its payment failed.
    Failed,
    /// The headings again.
    Headings,
}

impl LeftOut {
    pub(crate) const ALL: [Self; 6] =
        [Self::Balance, Self::Ignored, Self::Others, Self::Zero, Self::Failed, Self::Headings];
}

/// What is to be turned round, so that what is read as out comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    /// What a negative sum means.
    Sign(Sign),
    /// Which marks mean which.
    Marks,
    /// The headings, as they are read now.
    Columns { out: Option<String>, into: Option<String> },
}

/// What is said of how a statement is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) encoding: TextEncoding,
    pub(crate) separator: Separator,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// Headings or places, never both.
    pub(crate) columns: Vec<(Column, Found)>,
    /// Without it every unmistakable way of writing a day is read.
    pub(crate) date_format: Option<DateFormat>,
    pub(crate) sign: Sign,
    /// Words that mark what went out, and what came in, beside those that are known.
    pub(crate) side_out: Vec<String>,
    pub(crate) side_in: Vec<String>,
    /// So many rows at the top are not looked at.
    pub(crate) skip_rows: usize,
    /// Words for what came about, beside those that are known.
    pub(crate) status_done: Vec<String>,
    /// Rows with one of these in a cell are left out.
    pub(crate) ignore: Vec<String>,
    /// Where it says something, only rows with one of these in a cell are kept: one project of an account with several.
    pub(crate) only: Vec<String>,
}

impl Profile {
    /// Whether the columns are counted, so that no headings are looked for.
    pub(crate) fn is_by_place(&self) -> bool {
        self.columns.iter().any(|(_, found)| matches!(found, Found::Place(_)))
    }

    /// Takes in what somebody says of single columns; it counts before what was said already.
    pub(crate) fn with_headings(mut self, said: Vec<(Column, String)>) -> Self {
        self.columns.retain(|(column, _)| said.iter().all(|(known, _)| known != column));
        self.columns.extend(said.into_iter().map(|(column, heading)| (column, Found::Heading(heading))));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_one_column_counts_before_the_profile_and_leaves_the_others() {
        let heading = |column, text: &str| (column, Found::Heading(text.to_owned()));
        let columns = vec![heading(Column::Memo, "notes"), heading(Column::Payee, "name")];
        let profile = Profile { columns, ..Profile::default() };
        let said = profile.with_headings(vec![(Column::Memo, "use".to_owned())]);
        assert_eq!(said.columns, [heading(Column::Payee, "name"), heading(Column::Memo, "use")]);
    }
}
