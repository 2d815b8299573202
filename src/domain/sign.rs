//! By what a ledger is known to have been saved by another program. It finds no sign itself.

/// One sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    Workbook,
    Bom,
    Utf16,
    Gb18030,
    CarriageReturn,
    /// Lines that end in CR alone, as before Mac OS X.
    OldReturn,
    Separator(char),
    Quoting,
    Date,
    Amount,
    /// Numbers in texts: zeros gone, or taken for a day.
    Number,
    Scientific,
    /// Blanks, empty lines, or anything else that changes no field.
    Layout,
}

impl Sign {
    /// The word that programs and the ledger's own rows have for it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Bom => "bom",
            Self::Utf16 => "utf-16",
            Self::Gb18030 => "gb18030",
            Self::CarriageReturn => "crlf",
            Self::OldReturn => "cr",
            Self::Separator(';') => "semicolons",
            Self::Separator(_) => "tabs",
            Self::Quoting => "quotes",
            Self::Date => "dates",
            Self::Amount => "amounts",
            Self::Number => "numbers",
            Self::Scientific => "scientific",
            Self::Layout => "layout",
        }
    }
}
