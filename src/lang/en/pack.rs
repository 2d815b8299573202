//! The month's pack: what its parts are called, and the remarks on how to read and check them.

use crate::lang::PackWord;

pub(in crate::lang) fn pack(word: &PackWord) -> String {
    match word {
        PackWord::Title(month) => format!("Budget execution {month}"),
        PackWord::Monthly => "Month".into(),
        PackWord::Balance => "Balance".into(),
        PackWord::Variance => "Variance".into(),
        PackWord::Register => "Register".into(),
        PackWord::Remarks => "Remarks".into(),
        PackWord::RemarksTitle(month) => format!("Remarks   {month}"),
        PackWord::Parts => "What each table shows".into(),
        PackWord::PartHeading => "table".into(),
        PackWord::PartShows => "shows".into(),
        PackWord::MonthlyShows => {
            "what happened in the month: spending, corrections of earlier months, budget changes; and the year to date".into()
        }
        PackWord::BalanceShows => "what is left at its end: original, adjusted, committed, spent, available".into(),
        PackWord::VarianceShows => "how far from plan: plan to date, variance, elapsed time, forecast".into(),
        PackWord::RegisterShows => "every entry of the month, and what was available after it".into(),
        PackWord::Terms => "How the figures are worked out".into(),
        PackWord::TermHeading => "figure".into(),
        PackWord::TermRule => "rule".into(),
        PackWord::CorrectionsRule => {
            "the part of the month's spending that puts right a month closed by then: the row it refers to, or the day it \
             occurred, lies in one"
                .into()
        }
        PackWord::Files => "The files of this pack".into(),
        PackWord::FileHeading => "file".into(),
        PackWord::FileHolds => "use".into(),
        PackWord::FileForReading => "to read, print and sign".into(),
        PackWord::FileForWorking => "for Excel, WPS or LibreOffice; totals are formulas".into(),
        PackWord::FileForText => "plain text, for letters and web pages".into(),
        PackWord::FileForSpreadsheets(part) => format!("the data of “{part}”, always in yuan"),
        PackWord::FileForPrograms => "the data of the four tables for programs, always in yuan".into(),
        PackWord::CheckFigures { ledger, as_of } => format!(
            "To check the figures: open {ledger} in any spreadsheet, take the rows with a date up to {as_of}, and sum amount by \
             allocation and kind (SUMIFS): original = budget; adjusted = adjustment; committed = commitment + release; spent = \
             expense + reversal + refund."
        ),
        PackWord::CheckSeal { ledger, row } => format!(
            "To check the seal: the memo of row {row} (close) states bytes, sha256 and sm3; head -c BYTES {ledger} | sha256sum \
             gives the same sha256, and openssl dgst -sm3 the same sm3."
        ),
        PackWord::CheckChain { digest } => format!("To check the ledger: taizhang verify --anchor {digest}"),
    }
}
