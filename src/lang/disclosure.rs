//! The words of the public text about a project (项目文本公开), by where they stand.

use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::Fund;
use crate::domain::calendar::FiscalYear;
use crate::domain::project::PublicText;

/// A chapter of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublicPart {
    Name,
    Basis,
    Unit,
    Overview,
    Content,
    Funding,
    Plan,
    Results,
    Execution,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DisclosureWord {
    Title {
        unit: String,
        year: FiscalYear,
    },
    /// Stamped on what must not be published as it is.
    Unverified,
    /// A chapter's heading, numbered from 1.
    Heading {
        number: usize,
        part: PublicPart,
    },
    /// An allocation's heading within a chapter.
    Item {
        number: usize,
        name: String,
    },
    /// What stands in a draft where a text is to be written.
    ToBeWritten(PublicText),
    /// What the project was given.
    Given {
        year: FiscalYear,
        total: Amount,
        in_wan: bool,
    },
    GivenByFund {
        funds: Vec<(Fund, Amount)>,
        in_wan: bool,
    },
    /// What has become of the budget in the year.
    Revised {
        adjusted: Amount,
        revised: Amount,
        in_wan: bool,
    },
    FundingTable {
        in_wan: bool,
    },
    Executed {
        year: FiscalYear,
        revised: Amount,
        spent: Amount,
        rate: Option<Rate>,
        in_wan: bool,
    },
    ExecutionTable {
        in_wan: bool,
    },
    ExecutionRule,
}
