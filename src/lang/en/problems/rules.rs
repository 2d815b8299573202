//! What a rule refuses, what it remarks on, and where the budget file and the opened ledger disagree.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::budget::unlisted;
use super::{column_name, fund_name, kind_name, numbers, text_fault, yuan};
use super::{disclosure, year_end};
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::entry::Kind;
use crate::domain::opening::Difference;
use crate::domain::personal::Personal;
use crate::domain::position::Position;
use crate::domain::rules::{Refusal, Remark};
use crate::lang::Words;
use crate::lang::en::counted;

pub(super) fn refused(refusal: &Refusal) -> Words {
    match refusal {
        Refusal::Text { column, fault } => {
            let (what, cure) = text_fault(*fault);
            Words::new(format!("the {} {what}", column_name(column)), cure)
        }
        Refusal::IdEmpty => {
            Words::new("the id is empty", "give an id of your own, or leave `--id` out and one is made")
        }
        Refusal::NotPositive { amount } => Words::new(
            format!("{} is not more than zero", yuan(*amount)),
            "enter an amount above zero, without a sign; to take an expense back use `reverse`, for money that came back `refund`",
        ),
        Refusal::DateOutsideYear { date, year } => Words::new(
            format!("{date} is outside the fiscal year {year}"),
            "check the date; for another year give that year's budget file with `-b FILE`",
        ),
        Refusal::DateAfterToday { date, today } => Words::new(
            format!("{date} is after today, {today}"),
            "record it on the day it is paid or booked, not before; if today is wrong, set this machine's clock",
        ),
        Refusal::MonthClosed { month, first_open: Some(open) } => Words::new(
            format!("{month} is closed"),
            format!(
                "date it in {open}, the first open month, and give the day of business with `--occurred` (in a table, in a column for it)"
            ),
        ),
        Refusal::MonthClosed { month, first_open: None } => Words::new(
            format!("{month} is closed, and so is the whole year"),
            "a closed year stays as it is; put the error right in the new year's budget, in an allocation with \
             fund = \"carried\"",
        ),
        Refusal::ClockBehind { now, last } => Words::new(
            format!("this machine's clock ({now}) is behind the time of the last row ({last})"),
            "set the clock; if it is right, say why with `--clock-ok WHY`",
        ),
        Refusal::OverAllocation { key, name, position, amount } => Words::new(
            over_allocation(key, name, position, *amount),
            "lower it, spend from another allocation, or give the reason with `--allow-over WHY`",
        ),
        Refusal::OverTotal { position, amount } => Words::new(
            over_total(position, *amount),
            "lower it, or give the reason with `--allow-over WHY` and the approval's number with `--doc NO` (in a table, in a column for it)",
        ),
        Refusal::OverTotalNeedsDoc { position, amount } => Words::new(
            over_total(position, *amount),
            "beyond the whole budget the reason is not enough: give the approval's document number with `--doc NO` (in a table, in a column for it)",
        ),
        Refusal::EconomicUnlisted { code, year } => unlisted(code, year),
        Refusal::EconomicNotAllowed { code, key, allowed } => Words::new(
            format!("{key} may not be spent on economic class {code}"),
            format!(
                "choose one of: {}; or add it to that allocation's `economic` in the budget file",
                allowed.join(", ")
            ),
        ),
        Refusal::FundNotHeld { fund, key, held } if held.is_empty() => Words::new(
            format!("{key} holds no money of fund {}", fund.key()),
            "leave `--fund` out (in a table, the fund's cell empty), or spend from another allocation; parts of a bill each have a fund of their own as `--split ALLOC=N:FUND`",
        ),
        Refusal::FundNotHeld { fund, key, held } => Words::new(
            format!("{key} holds no money of fund {}", fund.key()),
            format!(
                "choose one that it holds with `--fund` (behind a part: `--split ALLOC=N:FUND`; in a table, in the fund's column): {}",
                funds(held)
            ),
        ),
        Refusal::FundNeeded { key, held } => Words::new(
            format!("{key} holds money of several funds, so it must be said which pays"),
            format!(
                "choose one with `--fund` (behind a part: `--split ALLOC=N:FUND`; in a table, in a column for the fund): {}",
                funds(held)
            ),
        ),
        Refusal::InvoiceUsed { number, row } => Words::new(
            format!("invoice {number} is already on row {row}"),
            "is this the same expense again? If the invoice is paid in parts, add `--invoice-part`",
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Commitment } => Words::new(
            format!("no commitment has the row or contract number `{named}`"),
            format!("`taizhang commitments` lists what is open; the ledger has {}", counted(*rows, "row")),
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Adjustment } => Words::new(
            format!("no adjustment has the row or document number `{named}`"),
            format!("check the number; the ledger has {}", counted(*rows, "row")),
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Note } => Words::new(
            format!("no row has the row or voucher number `{named}`"),
            format!("check the number; the ledger has {}", counted(*rows, "row")),
        ),
        Refusal::NoSuchRow { named, rows, .. } => Words::new(
            format!("no expense has the row or voucher number `{named}`"),
            format!("check the number; the ledger has {}", counted(*rows, "row")),
        ),
        Refusal::SeveralRows { named, rows } => {
            Words::new(format!("number `{named}` is on several rows: {}", numbers(rows)), "give the row number instead")
        }
        Refusal::NotOfKind { row, kind, wanted: Kind::Commitment } => Words::new(
            format!("row {row} is {}, not a commitment", kind_name(*kind)),
            "`taizhang commitments` lists what is open",
        ),
        Refusal::NotOfKind { row, kind, wanted: Kind::Adjustment } => Words::new(
            format!("row {row} is {}, not an adjustment", kind_name(*kind)),
            "a wrong expense is taken back with `reverse` or put right with `correct`",
        ),
        Refusal::NotOfKind { row, kind, .. } => Words::new(
            format!("row {row} is {}, not an expense", kind_name(*kind)),
            "give the number of the expense; to undo a reversal or refund, record the expense again",
        ),
        Refusal::OtherAllocation { row, key, asked } => Words::new(
            format!("row {row} commits money of {key}, not of {asked}"),
            "leave `-a` out, or record the expense without the commitment",
        ),
        Refusal::OtherFund { row, fund, asked } => Words::new(
            format!("row {row} commits money of fund {}, not of {}", fund_name(*fund), asked.key()),
            "leave `--fund` out, or record the expense without the commitment",
        ),
        Refusal::OriginalOfOtherAllocation { row, key, asked } => Words::new(
            format!("row {row}, which is taken back from, was paid by {key}, not by {asked}"),
            format!("write {key} here too, or check the voucher number of the original"),
        ),
        Refusal::OriginalOfOtherFund { row, fund, asked } => Words::new(
            format!("row {row}, which is taken back from, was paid from fund {}, not from {}", fund.key(), asked.key()),
            "leave the fund empty, or check the voucher number of the original",
        ),
        Refusal::AlreadyOpposite { row } => Words::new(
            format!("row {row} is itself the opposite of an adjustment"),
            "to bring the adjustment back, enter it again by its approval, with `taizhang adjust` or `taizhang transfer`",
        ),
        Refusal::NotAgainstCommitment { row } => Words::new(
            format!("what is taken back of row {row} did not come out of a commitment, so there is none to restore"),
            "leave `--recommit` out; to set money aside use `taizhang commit`",
        ),
        Refusal::SplitDoesNotFit { parts, amount } => Words::new(
            match *parts - *amount {
                more if more.is_positive() => {
                    format!(
                        "the parts add up to {}, {} more than the bill of {}",
                        yuan(*parts),
                        yuan(more),
                        yuan(*amount)
                    )
                }
                less => {
                    format!(
                        "the parts add up to {}, {} less than the bill of {}",
                        yuan(*parts),
                        yuan(-less),
                        yuan(*amount)
                    )
                }
            },
            "the parts given with `--split` must add up to `--amount`",
        ),
        Refusal::NothingToCorrect { row } => Words::new(
            format!("nothing about row {row} would be different"),
            "say what is right: `-a`, `--amount`, `--payee`, `--economic` …",
        ),
        Refusal::CutTooDeep { key, name, position, amount } => Words::new(
            format!(
                "{key} ({name}) cannot give {}, {} more than it has left: {}",
                yuan(*amount),
                yuan(*amount - position.available()),
                arithmetic(position)
            ),
            format!("take at most {}, or give `--allow-over WHY`", yuan(position.available().max(Amount::ZERO))),
        ),
        Refusal::PlanDoesNotFit { plan, amount } => Words::new(
            format!("the plan adds up to {}, the change is {}", yuan(*plan), yuan(*amount)),
            "the months of `--plan` must add up to the change; write them without a sign",
        ),
        Refusal::NotLastYear { from, into } => Words::new(
            format!("that ledger is for {from}, not for the year before {into}"),
            "give last year's ledger or budget file; the year it goes into is that of `-b FILE`",
        ),
        Refusal::LastYearOpen { year, first_open } => Words::new(
            format!("{year} is not closed to its end: the first open month is {first_open}"),
            "close last year first, with `taizhang close 12 --through`",
        ),
        Refusal::NothingToCarry { year } => Words::new(
            format!("{year} leaves nothing to carry: no commitment is open, and no money was named to keep"),
            "name what is kept with `--keep ALLOC=N`; what is not named lapses",
        ),
        Refusal::KeepsTooMuch { key, left, kept } => Words::new(
            format!("{key} had only {} left, so {} cannot be carried", yuan(*left), yuan(*kept)),
            format!("carry at most {}; for all of it write `--keep {key}=all`", yuan((*left).max(Amount::ZERO))),
        ),
        Refusal::NotInBudget { key, name } => Words::new(
            format!("this year's budget has no {key} ({name}), so there is nowhere to carry its money or commitments"),
            format!("add the allocation to this year's file, with key = \"{key}\" and amount = \"0\""),
        ),
        Refusal::AlreadyCarried { id, row } => Words::new(
            format!("what `{id}` left was carried already, from row {row} on"),
            "a year is carried once; a supplement is entered by its approval with `taizhang adjust --fund carried --add`",
        ),
        Refusal::TransferToItself { key } => {
            Words::new(format!("{key} cannot give to itself"), "name two different allocations")
        }
        Refusal::OutputOntoBooks { path } => Words::new(
            format!(
                "the answer may not go onto {path}: that is a budget, a ledger of any year or project, a file beside one, or one to be read"
            ),
            "give another name (`-o`) or folder (`--pack`); nothing was written",
        ),
        Refusal::NotForATerminal { format } => Words::new(
            format!("{format} is a kind of file, and a terminal can't show it"),
            format!("write it to a file, as with `-o report.{format}`"),
        ),
        Refusal::TooManyForAWorksheet { rows, most } => Words::new(
            format!("{rows} rows have no room in one worksheet, which takes {most}"),
            "take `-f csv`, or one allocation with `-a`",
        ),
        Refusal::EmptyReason { option } => {
            Words::new(format!("`--{option}` gives no reason"), "say why in a few words; it stays with the row")
        }
        Refusal::PersonalData { column, what } => Words::new(
            format!(
                "the {} holds {}, and the ledger is for money, not for people",
                column_name(column),
                match what {
                    Personal::ResidentId => "a resident id",
                    Personal::Mobile => "a mobile number",
                }
            ),
            "leave it out; where it must stand, add `--allow-personal-data`",
        ),
        Refusal::EmptyDoc => Words::new(
            "the approval's document number is empty",
            "an adjustment, a transfer and a carry each need the number of their approval, with `--doc NO`",
        ),
        Refusal::EmptyName => {
            Words::new("which row is not said", "give its row number, or its voucher or document number")
        }
        Refusal::SeqOrVoucher { number, rows } => Words::new(
            format!("`{number}` is a row number, and also the voucher or document number of row {}", numbers(rows)),
            format!("write `{number}#` for row {number}, or the other row's number followed by `#`"),
        ),
        Refusal::NotInLedger { key, name } => Words::new(
            format!("{key} ({name}) was added to the budget file after the ledger was opened, and holds no money yet"),
            "fund it first with `taizhang adjust` or `taizhang transfer`",
        ),
        Refusal::BeforeOriginal { row, date, original } => Words::new(
            format!("{date} is before {original}, the day of row {row}"),
            "what is taken back is taken back on its own day at the earliest",
        ),
        Refusal::NothingLeft { row } => Words::new(
            format!("nothing is left of row {row}: all of it was taken back"),
            format!(
                "nothing needs to be done; in a copy of the ledger, the rows with {row} under `ref` show when and how"
            ),
        ),
        Refusal::MoreThanLeft { row, left, asked } => Words::new(
            format!("{} is more than the {} left of row {row}", yuan(*asked), yuan(*left)),
            format!("take back {} or less", yuan(*left)),
        ),
        Refusal::IdTaken { id, row, column, there, given } => Words::new(
            format!(
                "id `{id}` is already on row {row} with another {}: {} there, {} now",
                column_name(column),
                or_nothing(there),
                or_nothing(given),
            ),
            "to repeat the same thing, type it unchanged; for a new one, give another id",
        ),
        Refusal::RowsInsideBatch { rows, last } => Words::new(
            format!("row {rows} stands inside a batch that ends with row {last}"),
            format!("rows of a batch stand together; give `--rows {last}`"),
        ),
        Refusal::MonthNotOver { month, today } => Words::new(
            format!("{month} is not over: today is {today}"),
            "close it on its last day or later; until then rows may still come",
        ),
        Refusal::YearNotOver { end, today } => Words::new(
            format!("today is {today}, and the year ends on {end}"),
            "the form can be printed from that day on; until then `--draft` shows how it stands",
        ),
        Refusal::MonthNotBegun { month, today } => Words::new(
            format!("{month} has not begun: today is {today}"),
            "a report goes up to the month of today; if that is another day, say so with `--today`",
        ),
        Refusal::FromAfterTo { from, to } => Words::new(
            format!("the first day, {from}, is after the last, {to}"),
            "exchange them, or leave out `--from`",
        ),
        Refusal::NotForPublication { cut } => Words::new(
            format!("spending by {} is below the allocations and is not published", column_name(cut.key())),
            "for publication use `--by allocation` or `--by month`; for use inside the office leave out `--public`",
        ),
        Refusal::CloseOutOfOrder { month, first_open } => Words::new(
            format!("{month} comes later: the first open month is {first_open}"),
            format!("close {first_open} first, or all up to {month} with `--through`"),
        ),
        Refusal::AlreadyClosed { month, row } => Words::new(
            format!("{month} is closed already, by row {row}"),
            "a closed month is never opened again; to print its page once more, add `--print`",
        ),
        Refusal::AlreadyOpen { rows } => Words::new(
            format!("the ledger is already open, with {}", counted(*rows, "row")),
            "go on with `taizhang record`; `taizhang balance` shows what is left",
        ),
        Refusal::YearEnd(gap) => year_end::gap(gap),
        Refusal::Disclosure(withheld) => disclosure::withheld(withheld),
        Refusal::NotOpened => Words::new(
            "the ledger is not opened yet",
            "check the budget with `taizhang balance`, then open it with `taizhang open`",
        ),
    }
}

pub(super) fn remarked(remark: &Remark) -> Words {
    match remark {
        Remark::OverAllocation { key, name, position, amount } => {
            Words::plain(over_allocation(key, name, position, *amount))
        }
        Remark::OverFund { key, name, fund, position, amount } => {
            Words::plain(over_fund(key, name, *fund, position, *amount))
        }
        Remark::OverTotal { position, amount } => Words::plain(over_total(position, *amount)),
        Remark::AheadOfPlan { key, name, spent, plan_to_date } => Words::plain(format!(
            "{key} ({name}) is ahead of plan: {} planned to that day, {} spent",
            yuan(*plan_to_date),
            yuan(*spent),
        )),
    }
}

pub(super) fn differs(difference: &Difference) -> Words {
    let cure = "the ledger goes by the budget it was opened with: put the file back as it was; if nothing was spent \
                yet, you may move the ledger and its .head file away instead, and open again";
    match difference {
        Difference::Id { ledger, file } => Words::new(
            format!("the ledger was opened for `{ledger}`, the budget file is `{file}`"),
            "is this the right budget file, and the right ledger beside it?",
        ),
        Difference::Year { ledger, file } => Words::new(
            format!("the ledger is for {ledger}, the budget file for {file}"),
            "each year has its own budget file and ledger; name the right budget file with `-b FILE`",
        ),
        Difference::Missing { key } => {
            Words::new(format!("the ledger has the allocation {key}, the budget file has not"), cure)
        }
        Difference::Added { key, amount } => Words::new(
            format!("the budget file has the allocation {key} ({}), the ledger has not", yuan(*amount)),
            "write its amount as \"0\", then fund it with `taizhang adjust` or `taizhang transfer`",
        ),
        Difference::Original { key, ledger, file } => {
            Words::new(format!("{key} was opened with {}, the budget file says {}", yuan(*ledger), yuan(*file)), cure)
        }
        Difference::Name { key, ledger, file } => {
            Words::new(format!("{key} was opened as `{ledger}`, the budget file says `{file}`"), cure)
        }
        Difference::Fund { key, ledger, file } => Words::new(
            format!("{key} was opened with fund {}, the budget file says {}", fund_name(*ledger), file.key()),
            cure,
        ),
        Difference::Plan { key, ledger, file } => {
            Words::new(format!("{key} was opened with plan `{ledger}`, the budget file says `{file}`"), cure)
        }
    }
}

fn over_allocation(key: &str, name: &str, position: &Position, amount: Amount) -> String {
    format!(
        "{} is {} more than is available in {key} ({name}): {}",
        yuan(amount),
        yuan(amount - position.available()),
        arithmetic(position),
    )
}

fn over_fund(key: &str, name: &str, fund: Fund, position: &Position, amount: Amount) -> String {
    format!(
        "{} is {} more than fund {} has left in {key} ({name}): {}",
        yuan(amount),
        yuan(amount - position.available()),
        fund.key(),
        arithmetic(position),
    )
}

fn over_total(position: &Position, amount: Amount) -> String {
    format!(
        "{} is {} more than is available in the whole budget: {}",
        yuan(amount),
        yuan(amount - position.available()),
        arithmetic(position),
    )
}

fn arithmetic(position: &Position) -> String {
    format!(
        "revised {} − committed {} − spent {} = available {}",
        position.revised().grouped(),
        position.committed.grouped(),
        position.spent.grouped(),
        position.available().grouped(),
    )
}

fn or_nothing(text: &str) -> String {
    if text.is_empty() { "nothing".into() } else { format!("`{text}`") }
}

fn funds(held: &[Fund]) -> String {
    let names: Vec<&str> = held.iter().map(|fund| fund.key()).collect();
    names.join(", ")
}
