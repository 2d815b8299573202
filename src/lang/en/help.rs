//! The command line's help.
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use crate::lang::Help;

pub(in crate::lang) fn help(help: Help) -> &'static str {
    match help {
        Help::Usage => "Usage:",
        Help::Commands => "Commands",
        Help::Arguments => "Arguments",
        Help::Options => "Options",
        Help::GlobalOptions => "Options of every command",
        Help::UsageCommand => "COMMAND",
        Help::UsageOptions => "OPTIONS",
        Help::ShowPage => "show help",
        Help::ShowVersion => "show the version",
        Help::AboutMore => {
            "\
Reads a budget from a TOML file, appends every movement of money to a
CSV ledger that only grows, and says what is left, how far spending is
from plan, and whether the ledger still holds.

  taizhang demo       a made-up year to look around in
  taizhang balance    what is left of each allocation
  taizhang record -a 1 --amount 1234.50 --payee 新华书店 --by 小李
  taizhang verify     check every row"
        }
        Help::Init => "make a budget file to start from",
        Help::Open => "open the ledger of a budget",
        Help::Record => "record an expense",
        Help::Reverse => "take a wrong expense back, in red",
        Help::Refund => "record money of an expense that came back",
        Help::Adjust => "change an allocation by an approval",
        Help::Transfer => "move budget between two allocations",
        Help::Correct => "reverse a wrong expense and enter it right",
        Help::Note => "add what came late to an earlier row",
        Help::NoteRow => "the row, by row number or voucher number",
        Help::Close => "seal a month: it takes no more rows",
        Help::Import => "bring in many expenses from CSV or XLSX, all or none",
        Help::ImportFile => "the table: CSV (UTF-8, UTF-16, GB18030) or XLSX",
        Help::ImportSheet => "which sheet of a workbook",
        Help::ImportMap => "the heading of a field; repeat it,\nsuch as amount=本次支付",
        Help::ImportAllocation => "allocation of rows that name none",
        Help::ImportAcceptDouble => "lines that look like doubles and are not: 12,15-18",
        Help::ImportInvoicePart => "lines whose invoice is paid in parts",
        Help::Carry => "bring over last year's kept money and commitments",
        Help::CloseMonth => "the month, as 2022-03 or 3",
        Help::CloseThrough => "close all open months up to it",
        Help::ClosePrint => "print the page to sign; closed months too",
        Help::Commit => "set money aside for a promise",
        Help::Release => "let promised money go",
        Help::Commitments => "open promises and how old they are",
        Help::Balance => "what is left of each allocation",
        Help::Variance => "plan against actual, and the year's forecast",
        Help::Verify => "check every row, the .head file and the rules",
        Help::Demo => "play a made-up year in a folder of its own",
        Help::Completions => "print a script that completes commands",
        Help::Man => "print the manual, to be read by man",
        Help::Complete => "what may stand here, for completion scripts",
        Help::PageOf => "show help for a command",
        Help::OptBudget => "budget file [default: TAIZHANG_BUDGET, or here]",
        Help::OptLang => "language of answers",
        Help::OptColor => "colour: auto always never",
        Help::OptToday => "take this day as today; time stamps stay real",
        Help::OptFormat => "form of the answer",
        Help::OptOutput => "write the answer to this file",
        Help::OptAsOf => "as of this day [default: today or the year's end]",
        Help::OptRows => "count only the first N rows, as an old printout did",
        Help::OptUnit => "unit of amounts; tables only",
        Help::OptOnly => "only this allocation",
        Help::OptDate => "accounting date: paid or booked [default: today]",
        Help::OptOccurred => "day of business, if another",
        Help::OptMemo => "what it was for (摘要)",
        Help::OptDoc => "document or contract number (文号)",
        Help::OptPersonal => "keep a resident id or mobile number",
        Help::OptId => "id of your own: a repetition with it records once",
        Help::OptBy => "operator [default: TAIZHANG_BY]",
        Help::OptDryRun => "check and answer as usual, but write nothing",
        Help::OptClockOk => "why to write while the clock is behind the last row",
        Help::InitDir => "folder to write into [default: this one]",
        Help::InitTemplate => "the 2022 example, or an empty form",
        Help::OpenYes => "open without asking",
        Help::RecordAllocation => "allocation: number, key or part of its name",
        Help::RecordAmount => "amount, such as 1234.50, 1,234.50 or 0.12万元",
        Help::RecordFund => "fund, if it has several: current carried other",
        Help::RecordPayee => "who was paid",
        Help::RecordVoucher => "voucher number (凭证号)",
        Help::RecordPayment => "payment order or bank reference (支付令号)",
        Help::RecordEconomic => "economic class (款), such as 30211",
        Help::RecordMethod => "how it was paid: direct authorized\ncard bank cash other",
        Help::RecordInvoice => "invoice number; several joined by ;",
        Help::RecordInvoicePart => "this invoice is paid in parts",
        Help::RecordCommitment => "spend against this commitment:\nrow or contract number",
        Help::RecordFinal => "the last bill: let go what is left",
        Help::RecordSplit => "charge one bill in parts; repeat it,\nthe parts add up to --amount",
        Help::ReleaseRow => "the commitment, by row or contract number",
        Help::ReleaseAmount => "let go only this part",
        Help::RecordAllowOver => "why to spend more than is available",
        Help::BackRow => "the expense: row number or voucher number",
        Help::BackAmount => "take back only this part [default: all that is left]",
        Help::BackVoucher => "voucher number of this row",
        Help::BackPayment => "bank reference of this row",
        Help::BackRecommit => "promise again what had come from a commitment",
        Help::AdjustAdd => "add this much",
        Help::AdjustCut => "take this much away",
        Help::AdjustUndo => "take back a wrong one: row or document number",
        Help::AdjustPlan => "when it is due: even, or 03=1万元;10=2万元",
        Help::AdjustAllowOver => "go below spent plus committed, for this reason",
        Help::TransferFrom => "the allocation that gives",
        Help::TransferTo => "the allocation that takes",
        Help::CarryFile => "last year's ledger (.csv) or budget file (.toml)",
        Help::CarryKeep => "keep this much; repeat it. Unnamed: only\nwhat open commitments need",
        Help::VerifyAnchor => "digest on a signed report: is it in this ledger?",
        Help::Final => "year-end execution and self-evaluation",
        Help::FinalWith => "the filled-in file: reasons, results, split",
        Help::FinalBlank => "write a file to fill in (TOML)",
        Help::FinalDraft => "show it before all is filled in, as a draft",
        Help::FinalPublic => "for publication: nothing below allocations",
        Help::FinalUnit => "unit of amounts [default: wan]; tables only",
        Help::Explain => "a figure as the rows and the sums it is made of",
        Help::ExplainFigure => {
            "\
the figure: original adjusted revised committed spent
available execution-rate plan-to-date variance
variance-rate elapsed-rate gap forecast status"
        }
        Help::ExplainAllocation => "allocation: number, key or part of its name\n[default: the total]",
        Help::DemoDir => "folder to play in [default: a new one here]",
        Help::CompletionsShell => "which shell: bash zsh fish powershell",
        Help::ManDir => "write a page for each command into this folder",
        Help::CompleteWords => "the words up to the cursor",
    }
}
