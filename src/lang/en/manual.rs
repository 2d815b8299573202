//! What the manual says and no help page does.

use crate::lang::Manual;
use crate::problem::Exit;

pub(in crate::lang) fn manual(text: Manual) -> &'static str {
    match text {
        Manual::Book => "taizhang manual",
        Manual::Tagline => "a budget ledger for the people who keep public money",
        Manual::Name => "NAME",
        Manual::Synopsis => "SYNOPSIS",
        Manual::Description => "DESCRIPTION",
        Manual::ExitCodes => "EXIT STATUS",
        Manual::Environment => "ENVIRONMENT",
        Manual::Files => "FILES",
        Manual::SeeAlso => "SEE ALSO",
        Manual::Exit(exit) => match exit {
            Exit::Done => "Done.",
            Exit::No => "The answer is no: someone said no to a question, for example, and nothing was written.",
            Exit::Usage => "What was typed cannot be understood.",
            Exit::Refused => "Understood, but a rule does not allow it. An invalid budget file too.",
            Exit::Integrity => "The ledger, its head or the digest on paper does not hold.",
            Exit::Io => "An I/O error; nothing changed.",
            Exit::Unknown => "The outcome is unknown: repeat with the printed id.",
            Exit::Busy => "Another writer holds the lock; nothing changed.",
            Exit::NotReported => "Committed, but the answer could not be printed.",
        },
        Manual::BudgetVariable => "The budget file, where -b names none.",
        Manual::OperatorVariable => "Who is entering, where --by says nothing.",
        Manual::ColorVariable => "No colours, if it is not empty.",
        Manual::LocaleVariables => "The language of answers, where the budget file states none.",
        Manual::BudgetFile => "The budget: a TOML file with a [budget] table, here or in the folder budgets.",
        Manual::LedgerFile => "The ledger: one row a line; it only grows.",
        Manual::HeadFile => "How far the ledger was written; it stays beside it.",
        Manual::LockFile => "The lock of whoever writes; it stays too.",
    }
}
