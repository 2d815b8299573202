//! What a rule may say to a row someone wants to write. Every reason is given at once, with its arithmetic.
//! Negative rows (红字, 退款) are never held against the budget.

use super::amount::Amount;
use super::budget::{Allocation, Fund};
use super::calendar::{Date, FiscalYear, Moment, Month, moment, written_moment};
use super::cuts::Cut;
use super::economic::{Listing, listing};
use super::entry::Kind;
use super::ledger::Ledger;
use super::personal::Personal;
use super::position::{Position, Positions};
use super::project::Withheld;
use super::search::{Spending, named_seq};
use super::text::TextFault;
use super::year_end::Gap;

/// Understood, but not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    Text {
        column: &'static str,
        fault: TextFault,
    },
    IdEmpty,
    NotPositive {
        amount: Amount,
    },
    DateOutsideYear {
        date: Date,
        year: FiscalYear,
    },
    DateAfterToday {
        date: Date,
        today: Date,
    },
    MonthClosed {
        month: Month,
        first_open: Option<Month>,
    },
    ClockBehind {
        now: String,
        last: String,
    },
    OverAllocation {
        key: String,
        name: String,
        position: Position,
        amount: Amount,
    },
    OverTotal {
        position: Position,
        amount: Amount,
    },
    OverTotalNeedsDoc {
        position: Position,
        amount: Amount,
    },
    EconomicUnlisted {
        code: String,
        year: FiscalYear,
    },
    EconomicNotAllowed {
        code: String,
        key: String,
        allowed: Vec<String>,
    },
    FundNotHeld {
        fund: Fund,
        key: String,
        held: Vec<Fund>,
    },
    FundNeeded {
        key: String,
        held: Vec<Fund>,
    },
    InvoiceUsed {
        number: String,
        row: u64,
    },
    NoSuchRow {
        named: String,
        rows: u64,
        wanted: Kind,
    },
    SeveralRows {
        named: String,
        rows: Vec<u64>,
    },
    NotOfKind {
        row: u64,
        kind: Kind,
        wanted: Kind,
    },
    OtherAllocation {
        row: u64,
        key: String,
        asked: String,
    },
    OtherFund {
        row: u64,
        fund: Option<Fund>,
        asked: Fund,
    },
    /// Of a red row in a table, whose original stands in another allocation.
    OriginalOfOtherAllocation {
        row: u64,
        key: String,
        asked: String,
    },
    OriginalOfOtherFund {
        row: u64,
        fund: Fund,
        asked: Fund,
    },
    BeforeOriginal {
        row: u64,
        date: Date,
        original: Date,
    },
    NothingToCorrect {
        row: u64,
    },
    AlreadyOpposite {
        row: u64,
    },
    NotAgainstCommitment {
        row: u64,
    },
    SplitDoesNotFit {
        parts: Amount,
        amount: Amount,
    },
    CutTooDeep {
        key: String,
        name: String,
        position: Position,
        amount: Amount,
    },
    PlanDoesNotFit {
        plan: Amount,
        amount: Amount,
    },
    NotLastYear {
        from: FiscalYear,
        into: FiscalYear,
    },
    LastYearOpen {
        year: FiscalYear,
        first_open: Month,
    },
    NothingToCarry {
        year: FiscalYear,
    },
    KeepsTooMuch {
        key: String,
        left: Amount,
        kept: Amount,
    },
    NotInBudget {
        key: String,
        name: String,
    },
    AlreadyCarried {
        id: String,
        row: u64,
    },
    TransferToItself {
        key: String,
    },
    NotInLedger {
        key: String,
        name: String,
    },
    NothingLeft {
        row: u64,
    },
    MoreThanLeft {
        row: u64,
        left: Amount,
        asked: Amount,
    },
    IdTaken {
        id: String,
        row: u64,
        column: &'static str,
        there: String,
        given: String,
    },
    OutputOntoBooks {
        path: String,
    },
    NotForATerminal {
        format: &'static str,
    },
    TooManyForAWorksheet {
        rows: usize,
        most: usize,
    },
    EmptyReason {
        option: &'static str,
    },
    EmptyName,
    EmptyDoc,
    PersonalData {
        column: &'static str,
        what: Personal,
    },
    SeqOrVoucher {
        number: u64,
        rows: Vec<u64>,
    },
    RowsInsideBatch {
        rows: u64,
        last: u64,
    },
    MonthNotOver {
        month: Month,
        today: Date,
    },
    MonthNotBegun {
        month: Month,
        today: Date,
    },
    /// The form of a year that is not over is a draft.
    YearNotOver {
        end: Date,
        today: Date,
    },
    FromAfterTo {
        from: Date,
        to: Date,
    },
    NotForPublication {
        cut: Cut,
    },
    CloseOutOfOrder {
        month: Month,
        first_open: Month,
    },
    AlreadyClosed {
        month: Month,
        row: u64,
    },
    AlreadyOpen {
        rows: u64,
    },
    NotOpened,
    YearEnd(Gap),
    Disclosure(Withheld),
}

/// Allowed, but worth a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remark {
    OverAllocation { key: String, name: String, position: Position, amount: Amount },
    OverFund { key: String, name: String, fund: Fund, position: Position, amount: Amount },
    OverTotal { position: Position, amount: Amount },
    AheadOfPlan { key: String, name: String, spent: Amount, plan_to_date: Amount },
}

/// The accounting date: inside the year, not after today, in an open month.
pub(crate) fn check_date(date: Date, today: Date, ledger: &Ledger) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if let Some(year) = ledger.year().filter(|year| !year.holds(date)) {
        refusals.push(Refusal::DateOutsideYear { date, year });
    }
    if date > today {
        refusals.push(Refusal::DateAfterToday { date, today });
    }
    if let Some(closed) = ledger.close_of(date) {
        refusals.push(Refusal::MonthClosed { month: closed.month, first_open: ledger.first_open_month() });
    }
    refusals
}

/// The months that closing `month` closes: itself, or with `through` those before it too. In order, and not before a
/// month's last day.
pub(crate) fn check_close(month: Month, through: bool, today: Date, ledger: &Ledger) -> Result<Vec<Month>, Refusal> {
    if let Some(closed) = ledger.close_of(month.first_day()) {
        return Err(Refusal::AlreadyClosed { month, row: closed.seq });
    }
    let first_open = ledger.first_open_month().unwrap_or(month);
    if month > first_open && !through {
        return Err(Refusal::CloseOutOfOrder { month, first_open });
    }
    if today < month.last_day() {
        return Err(Refusal::MonthNotOver { month, today });
    }
    let months = std::iter::successors(Some(first_open), |month| Some(month.next()));
    Ok(months.take_while(|next| *next <= month).collect())
}

/// The clock may not run behind the last row, unless someone says why.
pub(crate) fn check_clock(now: &Moment, ledger: &Ledger, explained: bool) -> Option<Refusal> {
    let behind = moment(&ledger.last_at).is_some_and(|last| *now < last);
    (behind && !explained).then(|| Refusal::ClockBehind { now: written_moment(now), last: ledger.last_at.clone() })
}

/// A memo together with the reasons at its end is still one text of the ledger.
pub(crate) fn check_memo(memo: &str) -> Option<Refusal> {
    super::text::fault(memo).map(|fault| Refusal::Text { column: "memo", fault })
}

/// Whether an allocation may carry this economic code.
pub(crate) fn check_economic(code: &str, allocation: &Allocation, year: FiscalYear) -> Option<Refusal> {
    if code.is_empty() {
        return None;
    }
    if listing(code, year) == Listing::Unlisted {
        return Some(Refusal::EconomicUnlisted { code: code.to_owned(), year });
    }
    let free = allocation.economic.is_empty() || allocation.economic.iter().any(|allowed| allowed == code);
    (!free).then(|| Refusal::EconomicNotAllowed {
        code: code.to_owned(),
        key: allocation.key.clone(),
        allowed: allocation.economic.clone(),
    })
}

/// A cut never goes below what is spent plus committed; a reason may pass this. `amount` is negative for a cut.
pub(crate) fn check_cut(key: &str, name: &str, amount: Amount, whole: &Positions) -> Option<Refusal> {
    let position = whole.of(key);
    let too_deep = amount.is_negative() && (position.available() + amount).is_negative();
    let (key, name) = (key.to_owned(), name.to_owned());
    too_deep.then_some(Refusal::CutTooDeep { key, name, position, amount: -amount })
}

/// Whether the ledger knows the allocation: one added to the budget file later holds nothing until it is funded.
pub(crate) fn check_in_ledger(allocation: &Allocation, ledger: &Ledger) -> Option<Refusal> {
    let known = ledger.opened.iter().any(|opened| opened.key == allocation.key);
    (!known).then(|| Refusal::NotInLedger { key: allocation.key.clone(), name: allocation.name.clone() })
}

/// The fund an expense of this allocation is paid from: the one named, or the only one there is anything of. What a transfer
/// brought and its opposite took away again is nothing to choose from.
pub(crate) fn the_fund(
    named: Option<Fund>,
    key: &str,
    ledger: &Ledger,
    whole: &Positions,
) -> Result<Option<Fund>, Refusal> {
    let held: Vec<Fund> =
        ledger.opened.iter().filter(|opened| opened.key == key).filter_map(|opened| opened.fund).collect();
    if let Some(fund) = named {
        return if held.contains(&fund) {
            Ok(Some(fund))
        } else {
            Err(Refusal::FundNotHeld { fund, key: key.to_owned(), held })
        };
    }
    let in_use: Vec<Fund> = held.iter().copied().filter(|fund| whole.is_in_use(key, *fund)).collect();
    match (held.as_slice(), in_use.as_slice()) {
        (&[], _) => Ok(None),
        (&[fund], _) | (_, &[fund]) | (&[fund, ..], &[]) => Ok(Some(fund)),
        (_, _) => Err(Refusal::FundNeeded { key: key.to_owned(), held }),
    }
}

/// An invoice stands once, unless its row was wholly taken back; the row it is corrected or noted on doesn't count.
pub(crate) fn check_invoices(found: &[(String, Spending)], own: Option<u64>) -> Vec<Refusal> {
    let others = found.iter().filter(|(_, spending)| Some(spending.entry.seq) != own);
    let used = others.filter(|(_, spending)| spending.left.is_positive());
    used.map(|(number, spending)| Refusal::InvoiceUsed { number: number.clone(), row: spending.entry.seq }).collect()
}

/// The one row that another refers to: an expense, a commitment, or for a note any row.
pub(crate) fn the_row<'s>(
    referred: &'s [Spending],
    named: &str,
    rows: u64,
    wanted: Option<Kind>,
) -> Result<&'s Spending, Refusal> {
    let seq = named_seq(named);
    let row = |spending: &Spending| spending.entry.seq;
    let fits = |spending: &Spending| wanted.is_none_or(|wanted| spending.entry.what.kind == wanted);
    match referred {
        [] => Err(Refusal::NoSuchRow { named: named.to_owned(), rows, wanted: wanted.unwrap_or(Kind::Note) }),
        [spending] if fits(spending) => Ok(spending),
        [other] => Err(Refusal::NotOfKind {
            row: row(other),
            kind: other.entry.what.kind,
            wanted: wanted.unwrap_or(Kind::Expense),
        }),
        // A number may be a row's seq and another's voucher; where the seq is of another kind, only the voucher fits.
        [one, other] if seq.is_some() && !fits(one) => Ok(other),
        [one, other] if seq.is_some() && !fits(other) => Ok(one),
        several if seq.is_some_and(|seq| several.iter().any(|spending| row(spending) == seq)) => {
            let number = seq.unwrap_or_default();
            Err(Refusal::SeqOrVoucher { number, rows: several.iter().map(row).filter(|row| *row != number).collect() })
        }
        several => Err(Refusal::SeveralRows { named: named.to_owned(), rows: several.iter().map(row).collect() }),
    }
}

/// Money is not taken back before it was spent: on no day may the figures show it gone before it was there.
pub(crate) fn check_not_before(date: Date, spending: &Spending) -> Option<Refusal> {
    let row = spending.entry.seq;
    let original = spending.entry.what.date.filter(|original| date < *original)?;
    Some(Refusal::BeforeOriginal { row, date, original })
}

/// How much is taken back of an expense: all that is left, or a part of it.
pub(crate) fn taken_back(spending: &Spending, part: Option<Amount>) -> Result<Amount, Refusal> {
    let (row, left) = (spending.entry.seq, spending.left);
    match part {
        _ if left.is_zero() => Err(Refusal::NothingLeft { row }),
        None => Ok(left),
        Some(amount) if !amount.is_positive() => Err(Refusal::NotPositive { amount }),
        Some(asked) if asked > left => Err(Refusal::MoreThanLeft { row, left, asked }),
        Some(part) => Ok(part),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
