//! The texts of the manual that no help page has, by where they stand.

use crate::problem::Exit;

/// One text of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manual {
    /// What stands at the top of every page.
    Book,
    Tagline,
    // Headings.
    Name,
    Synopsis,
    Description,
    ExitCodes,
    Environment,
    Files,
    SeeAlso,
    /// What an exit code says.
    Exit(Exit),
    // Variables of the environment.
    BudgetVariable,
    OperatorVariable,
    ColorVariable,
    LocaleVariables,
    // Files.
    BudgetFile,
    LedgerFile,
    HeadFile,
    LockFile,
}
