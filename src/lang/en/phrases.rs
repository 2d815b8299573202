//! The phrases of reports and answers.
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use super::explained::rule;
use super::problems::{column_name as field_name, sign_name};
use super::{counted, name};
use crate::domain::budget::Method;
use crate::domain::cuts::Cut;
use crate::domain::entry::Kind;
use crate::domain::figure::Figure;
use crate::domain::trail::Mover;
use crate::lang::phrase::Phrase;

pub(in crate::lang) fn phrase(phrase: &Phrase) -> String {
    match phrase {
        Phrase::BalanceTitle => "Remaining balance".into(),
        Phrase::VarianceTitle => "Plan against actual".into(),
        Phrase::CommitmentsTitle => "Open commitments".into(),
        Phrase::YearEndTitle => "Year-end execution and self-evaluation".into(),
        Phrase::Office { unit, title, year } => format!("{unit} · {title} · fiscal year {year}"),
        Phrase::AsOf(date) => format!("as of {date}"),
        Phrase::InYuan => "in yuan (元)".into(),
        Phrase::InWan => "in 10,000 yuan (万元)".into(),
        Phrase::Total => "total".into(),
        Phrase::ChartMonths => "Plan and spending by month".into(),
        Phrase::ChartCumulative => "Plan and spending, cumulative".into(),
        Phrase::ChartBudget => "Each allocation: spent, committed, available".into(),
        Phrase::ChartPlanned => "plan".into(),
        Phrase::ChartElapsed => "by elapsed time".into(),
        Phrase::ChartOver => "over budget".into(),
        Phrase::ChartMonth(month) => short_month(*month).into(),
        Phrase::ChartMonthSaid { month, planned, spent: None } => {
            format!("{}: plan {} yuan", short_month(*month), planned.grouped())
        }
        Phrase::ChartMonthSaid { month, planned, spent: Some(spent) } => {
            format!("{}: plan {} yuan, spent {} yuan", short_month(*month), planned.grouped(), spent.grouped())
        }
        Phrase::ChartBarSaid { name, spent, committed, available } => {
            let [spent, committed, available] = [spent, committed, available].map(|amount| amount.grouped());
            format!("{name}: {spent} yuan spent, {committed} committed, {available} available")
        }
        Phrase::PageOf { page, pages } => format!("page {page} of {pages}"),
        Phrase::Elapsed { rate, by_months: false } => format!("{rate} % of the year has gone by, counted in days"),
        Phrase::Elapsed { rate, by_months: true } => {
            format!("{rate} % of the year has gone by, counted in whole months")
        }
        Phrase::VarianceRule => "variance = plan to date − spent; positive means unspent".into(),
        Phrase::RoundedRowsDoNotFoot(figures) => {
            format!("rounded to 万元, the rows do not add up to the total in: {}; in yuan they do", names(figures))
        }
        Phrase::ExplanationTitle => "Where a figure comes from".into(),
        Phrase::Rule { explained, of_total, by_months, over_budget } => {
            rule(*explained, *of_total, *by_months, *over_budget).into()
        }
        Phrase::DueRowByRow { by_months: false } => {
            "plan to date = the sum of what is due, not below 0 and not above revised; due = amount × days gone by ÷ days of the plan, half-up to the 分".into()
        }
        Phrase::DueRowByRow { by_months: true } => {
            "plan to date = the sum of what is due, not below 0 and not above revised; due = amount × whole months gone by ÷ months of the plan, half-up to the 分".into()
        }
        Phrase::LineByLine { of_forecasts: false } => {
            "plan to date in total = the sum of the allocations' plans to date; each is what is due in all, not below 0 and not above revised".into()
        }
        Phrase::LineByLine { of_forecasts: true } => {
            "forecast in total = the sum of the allocations' forecasts; each is spent + the larger of committed and revised − plan to date".into()
        }
        Phrase::AllAllocations(count) => format!("total of {}", counted(*count as u64, "allocation")),
        Phrase::EvenlyFrom(month) if month.number() == 12 => "even 12".into(),
        Phrase::EvenlyFrom(month) => format!("even {:02}-12", month.number()),
        Phrase::InMonth(month) => format!("month {:02}", month.number()),
        Phrase::GoneBy { by_months: false } => "days".into(),
        Phrase::GoneBy { by_months: true } => "months".into(),
        Phrase::Subtotal => "subtotal".into(),
        Phrase::NothingToDivideBy => "Nothing can be divided by 0.00, so there is no quotient.".into(),
        Phrase::NoValue => "(empty)".into(),
        Phrase::NoRowMovesIt => "No row has moved it by this day.".into(),
        Phrase::RoundedArithmetic(figures) => {
            format!(
                "worked out from amounts rounded to 万元 as shown, these come out slightly different: {}; in yuan they do not",
                names(figures)
            )
        }
        Phrase::ColumnsLeftOut(figures) => format!("left out for want of room: {}", names(figures)),
        Phrase::Rows(rows) => counted(*rows, "row"),
        Phrase::LedgerDigest(digest) => format!("ledger digest {digest}"),
        Phrase::BudgetDigest(digest) => format!("budget file {digest}"),
        Phrase::NotOpened => "ledger not opened yet: figures from the budget file".into(),
        Phrase::MonthNotClosed => "month not closed".into(),
        Phrase::MonthClosedBy { month, row } => format!("{month} closed by row {row}"),
        Phrase::UnverifiedEnd => {
            "UNVERIFIED at its end: the .head file cannot be read, rows may be missing".into()
        }
        Phrase::UnverifiedFrom(row) => format!("UNVERIFIED from row {row}: only the rows before it are counted"),
        Phrase::NotTheStatutoryLedger => "A subsidiary register, not the statutory books.".into(),
        Phrase::Recorded { seq, amount } => format!("row {seq}: spent {} yuan", amount.grouped()),
        Phrase::Reversed { seq, of, amount } => format!("row {seq}: reversed {} yuan of row {of}", amount.grouped()),
        Phrase::Refunded { seq, of, amount } => format!("row {seq}: {} yuan of row {of} came back", amount.grouped()),
        Phrase::Closed { month, first, last } => {
            let month = month.map(|month| month.to_string()).unwrap_or_default();
            format!("{month} is closed by {}", rows_between(*first, *last))
        }
        Phrase::Carried { first, last, amount } => {
            format!("{}: {} yuan carried over from last year", rows_between(*first, *last), amount.grouped())
        }
        Phrase::CarriedFrom { id, digest } => format!("last year's budget {id}, digest of its last row\n{digest}"),
        Phrase::Lapsed(amount) => {
            format!("{} yuan lapsed: not carried, it stays in last year's ledger", amount.grouped())
        }
        Phrase::Imported { file, known, new, rows, dry_run } => {
            let rows = match (rows, dry_run) {
                (Some((first, last)), false) => format!(": {}", rows_between(*first, *last)),
                (Some((first, last)), true) => {
                    format!(": would be {}; a dry run, nothing written", rows_between(*first, *last))
                }
                (None, _) => "; nothing to add".into(),
            };
            format!("{file}: {known} known, {new} new{rows}")
        }
        Phrase::HeadingsRead(headings) => {
            let said = headings.iter().map(|(field, heading)| format!("{} = {heading}", field_name(field)));
            format!("headings: {}", said.collect::<Vec<_>>().join(", "))
        }
        Phrase::TotalsLeftOut(lines) => {
            let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
            format!("left out as totals: line {}", lines.join(", "))
        }
        Phrase::HiddenRows(rows) => format!("{} hidden in the sheet, counted all the same", counted(*rows, "row")),
        Phrase::IsKnown(seq) => format!("known: row {seq}"),
        Phrase::IsNew(seq) => format!("new: row {seq}"),
        Phrase::ClosePageTitle => "Closing of the month".into(),
        Phrase::Period { month, first, last } => {
            format!("period {} to {}   {}", month.first_day(), month.last_day(), rows_between(*first, *last))
        }
        Phrase::Sealed { rows, bytes } => format!("sealed: rows 1 to {rows}, {bytes} bytes"),
        Phrase::Signatures => "prepared: _________   reviewed: _________   head: _________   date: _________".into(),
        Phrase::StockTools { ledger, bytes, sha256, sm3 } => format!(
            "what it seals, by stock tools:\nhead -c {bytes} {ledger} | sha256sum\n{sha256}\nhead -c {bytes} {ledger} | openssl dgst -sm3\n{sm3}"
        ),
        Phrase::Noted { seq, of } => format!("row {seq}: a note on row {of}"),
        Phrase::Corrected { first, last, amount } => {
            format!("{}: reversed, and entered right with {} yuan", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Adjusted { seq, amount } => format!("row {seq}: budget adjusted by {} yuan", amount.grouped()),
        Phrase::Undone { first, last, of } => {
            format!("{}: the adjustment of row {of} taken back by its opposite", rows_between(*first, *last))
        }
        Phrase::Split { first, last, amount } => {
            format!("{}: spent {} yuan in parts", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Recommitted { seq } => format!("promised again in row {seq}"),
        Phrase::SplitPart { allocation, amount, available } => {
            format!("{allocation}: {} yuan, {} available now", amount.grouped(), available.grouped())
        }
        Phrase::Transferred { first, last, amount } => {
            format!("{}: {} yuan transferred", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Committed { seq, amount } => format!("row {seq}: {} yuan committed", amount.grouped()),
        Phrase::Released { seq, of, amount } => {
            format!("row {seq}: {} yuan of commitment {of} released", amount.grouped())
        }
        Phrase::Opened { rows, allocations } => {
            let allocations = counted(*allocations as u64, "allocation");
            format!("ledger opened with {allocations}, {}", counted(*rows, "row"))
        }
        Phrase::AlreadyRows { first, last, id } => {
            format!("already {} (id {id}); nothing written", rows_between(*first, *last))
        }
        Phrase::WouldWrite { first, last } => {
            format!("dry run: would be {}; nothing written", rows_between(*first, *last))
        }
        Phrase::FieldAllocation => "allocation".into(),
        Phrase::FieldFund => "fund".into(),
        Phrase::FieldAmount => "amount".into(),
        Phrase::FieldDate => "date".into(),
        Phrase::FieldAvailable => "available now".into(),
        Phrase::FieldId => "id".into(),
        Phrase::FieldDigest => "digest".into(),
        Phrase::FieldTotal => "total".into(),
        Phrase::OpeningTitle => "Opening the ledger".into(),
        Phrase::AskOpen => "Open the ledger with these allocations? (yes/no)".into(),
        Phrase::AskOperator => "Who is entering this (operator)?".into(),
        Phrase::NothingDone => "nothing done".into(),
        Phrase::GivenUp => "given up".into(),
        Phrase::OneIsNeeded => "one of these is needed".into(),
        Phrase::OnlyOpened => "the ledger is open; nothing was recorded in it".into(),
        Phrase::NextTime { line } => format!("next time this can be typed:\n  {line}"),
        Phrase::Created { path } => format!("wrote {path}"),
        Phrase::NextOpen => "next: check and edit it, then open the ledger with".into(),
        Phrase::VerifyGood { rows } => format!("all {} verified", counted(*rows, "row")),
        Phrase::VerifyNoEnd { rows } => {
            format!("{} in order, but whether rows are missing at the end cannot be told", counted(*rows, "row"))
        }
        Phrase::VerifyBad { row } => format!("not in order from row {row} on"),
        Phrase::VerifyLineFeed { row } => format!("only a line feed is missing: row {row} is whole but for it"),
        Phrase::VerifyMissing { rows: 0, last } => format!("no row is left of {last}"),
        Phrase::VerifyMissing { rows, last } => {
            format!("rows are missing at the end: {} in order, of {last}", counted(*rows, "row"))
        }
        Phrase::VerifyOtherHead { row } => {
            format!("ledger and .head file do not belong together: row {row} is not the one that the head names")
        }
        Phrase::VerifyResaved => "another program has saved this ledger: restore it, then verify".into(),
        Phrase::VerifyAnchorUnknown { rows } => {
            format!("the ledger holds by itself ({rows} rows), but no row has the digest from paper")
        }
        Phrase::RestoreNotNeeded { rows } => {
            format!("the ledger is whole, {}: nothing to restore", counted(*rows, "row"))
        }
        Phrase::RestoreTried { rows } => format!("tried only: {} proved, nothing written", counted(*rows, "row")),
        Phrase::RestoredInto { rows, path } => format!("{} restored into {path}", counted(*rows, "row")),
        Phrase::RestoredInPlace { rows } => format!("{} restored, where the ledger is", counted(*rows, "row")),
        Phrase::FieldSigns => "was changed".into(),
        Phrase::Signs(signs) => signs.iter().map(|sign| sign_name(*sign)).collect::<Vec<_>>().join("; "),
        Phrase::FieldKept => "old file kept as".into(),
        Phrase::FieldRepairRow => "said in".into(),
        Phrase::RepairRow(row) => format!("row {row}"),
        Phrase::PutInPlace { words } => {
            format!("each row fits its own digest; `{words}` puts them where the ledger is and keeps the old file")
        }
        Phrase::FieldBytes => "bytes".into(),
        Phrase::FieldHead => ".head file".into(),
        Phrase::HeadAgrees => "agrees".into(),
        Phrase::HeadUnreadable => "cannot be read".into(),
        Phrase::HeadMissing => "missing".into(),
        Phrase::FieldClosed => "closed through".into(),
        Phrase::NoneClosed => "no month".into(),
        Phrase::FieldAnchor => "digest on paper".into(),
        Phrase::AnchorAt { row, since } => format!("row {row}; {} added since", counted(*since, "row")),
        Phrase::FieldUnfinished => "unfinished end".into(),
        Phrase::UnfinishedBytes(bytes) => format!("{}, not counted", counted(*bytes, "byte")),
        Phrase::DemoTitle { folder } => {
            format!("A played year: 信访工作经费 2022 with made-up expenses (every memo begins with 演示), in {folder}")
        }
        Phrase::DemoOpen => "January: the ledger is opened".into(),
        Phrase::DemoPlayed { rows } => format!("… and {rows} more movements through the year"),
        Phrase::DemoRefused => "An expense beyond what is available is refused (exit 3):".into(),
        Phrase::DemoHalfYear => "Half the year: how far from plan?".into(),
        Phrase::DemoYearEnd => "The year's end: what is left, and is every row in order?".into(),
        Phrase::DemoExplore { folder } => format!("It is all yours to explore:\n  cd {folder}"),
        Phrase::RegisterTitle => "Register".into(),
        Phrase::Between { from, to } => format!("{from} to {to}"),
        Phrase::OnlyPayee(payee) => format!("payees with “{payee}”"),
        Phrase::OnlyVoucher(voucher) => format!("voucher “{voucher}”"),
        Phrase::Entered(row) => entered(row),
        Phrase::BroughtForward => "brought forward".into(),
        Phrase::MonthTotal => "month's total".into(),
        Phrase::YearToDate => "year to date".into(),
        Phrase::CutMonth(month) => format!("the total of {month} includes rows before the first day, which are not listed"),
        Phrase::NoBalanceColumn => {
            "only matching rows are listed and added up, so there is no column of what is available".into()
        }
        Phrase::NoEntries => "no row matches".into(),
        Phrase::MonthlyTitle(month) => format!("Monthly report   {month}"),
        Phrase::SealedBy { row, sha256 } => {
            format!("the month is closed: row {row} seals the rows before it, and their SHA-256 is\n{sha256}")
        }
        Phrase::StillOpen(month) => format!("{month} is not closed: rows may still come, and these figures may change"),
        Phrase::BudgetChanges(0) => "the budget did not change this month".into(),
        Phrase::BudgetChanges(count) => format!("{} of the budget this month:", counted(*count as u64, "change")),
        Phrase::BudgetChange { date, allocation, amount, doc, memo } => {
            let sign = if amount.is_negative() { "" } else { "+" };
            let memo = if memo.is_empty() { String::new() } else { format!(", {memo}") };
            format!("  {date}  {allocation}: {sign}{} yuan ({doc}){memo}", amount.grouped())
        }
        Phrase::MonthsChart { in_wan } => format!(
            "by month, {}   █ spent  ▓ beyond plan  ░ plan not spent",
            if *in_wan { "万元" } else { "yuan" }
        ),
        Phrase::ChartColumns => "spent\nplanned".into(),
        Phrase::SpendingTitle(cut) => format!(
            "Spending by {}",
            match cut {
                Cut::Month => "month",
                Cut::Allocation => "allocation",
                Cut::Economic => "economic class",
                Cut::Payee => "payee",
                Cut::Method => "payment method",
            }
        ),
        Phrase::SpendingRule => {
            "spent = expenses + reversals + refunds; share = spent ÷ total spent; reversals and refunds are not counted among the expenses".into()
        }
        Phrase::EconomicName => "economic class (款)".into(),
        Phrase::MethodName(method) => match method {
            Method::Direct => "treasury, directly",
            Method::Authorized => "treasury, authorized",
            Method::Card => "official card",
            Method::Bank => "bank transfer",
            Method::Cash => "cash",
            Method::Other => "other",
        }
        .into(),
        Phrase::LeftEmpty => "not filled in".into(),
        Phrase::ThreePublicScope => {
            "going abroad, cars and receptions (三公): only what this project spent under these classes; the office's basic expenditure (基本支出) is not in this ledger and not included, so this is not the office's total".into()
        }
        Phrase::PackWritten { months, files } => {
            let files = counted(*files as u64, "file");
            match months.as_slice() {
                [month] => format!("the pack of {month} is written: {files}"),
                [first, .., last] => format!("the packs of {first} to {last} are written: {files}"),
                [] => "nothing was written".into(),
            }
        }
    }
}

fn names(figures: &[Figure]) -> String {
    figures.iter().map(|figure| name(*figure)).collect::<Vec<_>>().join(", ")
}

fn rows_between(first: u64, last: u64) -> String {
    if first == last { format!("row {last}") } else { format!("rows {first} to {last}") }
}

/// What a register says of a row: what it is, with its document and the row it refers to, then its memo.
fn entered(row: &Mover) -> String {
    let of = row.refers_to.map(|seq| format!(" of row {seq}")).unwrap_or_default();
    let doc = if row.doc.is_empty() { String::new() } else { format!(" ({})", row.doc) };
    let begun = match row.kind {
        Kind::Budget => "original".to_owned(),
        Kind::Adjustment if row.refers_to.is_some() => format!("undoing{of}{doc}"),
        Kind::Adjustment => format!("adjustment{doc}"),
        Kind::Commitment => format!("commitment{doc}"),
        Kind::Release => format!("release{of}"),
        Kind::Reversal => format!("reversal{of}"),
        Kind::Refund => format!("refund{of}"),
        Kind::Note => {
            let brought = [("voucher", &row.voucher), ("payment", &row.payment), ("invoice", &row.invoice)];
            let brought = brought.iter().filter(|(_, text)| !text.is_empty());
            let brought: String = brought.map(|(name, text)| format!(", {name} {text}")).collect();
            format!("note{of}{brought}")
        }
        Kind::Open | Kind::Expense | Kind::Close | Kind::Repair => String::new(),
    };
    let parts = [begun, row.memo.clone()];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(": ")
}

fn short_month(month: u32) -> &'static str {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(month).ok().and_then(|month| names.get(month.checked_sub(1)?)).copied().unwrap_or_default()
}
