//! The phrases of reports and answers, with what each is about. Amounts come as data and are laid out by the words.

use crate::domain::amount::Amount;
use crate::domain::budget::Method;
use crate::domain::calendar::{Date, FiscalYear, Month};
use crate::domain::cuts::Cut;
use crate::domain::figure::{Explained, Figure};
use crate::domain::sign::Sign;
use crate::domain::trail::Mover;

/// One phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phrase {
    BalanceTitle,
    VarianceTitle,
    CommitmentsTitle,
    YearEndTitle,
    /// The line under a title: whose budget, which year.
    Office {
        unit: String,
        title: String,
        year: FiscalYear,
    },
    AsOf(Date),
    InYuan,
    InWan,
    Total,
    Elapsed {
        rate: String,
        by_months: bool,
    },
    VarianceRule,
    RoundedRowsDoNotFoot(Vec<Figure>),
    // Charts, and pages of a workbook.
    ChartMonths,
    ChartCumulative,
    ChartBudget,
    ChartPlanned,
    ChartOver,
    ChartElapsed,
    ChartMonth(u32),
    /// What a chart shows of a month.
    ChartMonthSaid {
        month: u32,
        planned: Amount,
        spent: Option<Amount>,
    },
    /// The same of an allocation.
    ChartBarSaid {
        name: String,
        spent: Amount,
        committed: Amount,
        available: Amount,
    },
    PageOf {
        page: String,
        pages: String,
    },
    // An explanation.
    ExplanationTitle,
    /// How a figure is worked out.
    Rule {
        explained: Explained,
        of_total: bool,
        by_months: bool,
        over_budget: bool,
    },
    DueRowByRow {
        by_months: bool,
    },
    LineByLine {
        of_forecasts: bool,
    },
    AllAllocations(usize),
    EvenlyFrom(Month),
    InMonth(Month),
    /// The column of days or months gone by, of how many.
    GoneBy {
        by_months: bool,
    },
    Subtotal,
    NoRowMovesIt,
    NothingToDivideBy,
    NoValue,
    RoundedArithmetic(Vec<Figure>),
    ColumnsLeftOut(Vec<Figure>),
    Rows(u64),
    LedgerDigest(String),
    BudgetDigest(String),
    NotOpened,
    MonthNotClosed,
    MonthClosedBy {
        month: Month,
        row: u64,
    },
    UnverifiedFrom(u64),
    UnverifiedEnd,
    NotTheStatutoryLedger,
    // Answers of writing commands.
    Recorded {
        seq: u64,
        amount: Amount,
    },
    Reversed {
        seq: u64,
        of: u64,
        amount: Amount,
    },
    Refunded {
        seq: u64,
        of: u64,
        amount: Amount,
    },
    Closed {
        month: Option<Month>,
        first: u64,
        last: u64,
    },
    Carried {
        first: u64,
        last: u64,
        amount: Amount,
    },
    CarriedFrom {
        id: String,
        digest: String,
    },
    Lapsed(Amount),
    /// What an import came to.
    Imported {
        file: String,
        known: u64,
        new: u64,
        rows: Option<(u64, u64)>,
        dry_run: bool,
    },
    /// Which heading was taken for which field, by its ledger column.
    HeadingsRead(Vec<(&'static str, String)>),
    TotalsLeftOut(Vec<usize>),
    HiddenRows(u64),
    IsKnown(u64),
    IsNew(u64),
    ClosePageTitle,
    /// The month on the page, and the rows that its close row seals since the one before.
    Period {
        month: Month,
        first: u64,
        last: u64,
    },
    /// Everything before the close row.
    Sealed {
        rows: u64,
        bytes: u64,
    },
    Signatures,
    StockTools {
        ledger: String,
        bytes: u64,
        sha256: String,
        sm3: String,
    },
    Noted {
        seq: u64,
        of: u64,
    },
    Corrected {
        first: u64,
        last: u64,
        amount: Amount,
    },
    Adjusted {
        seq: u64,
        amount: Amount,
    },
    Undone {
        first: u64,
        last: u64,
        of: u64,
    },
    Split {
        first: u64,
        last: u64,
        amount: Amount,
    },
    Recommitted {
        seq: u64,
    },
    /// One part of a split bill: where it is charged, how much, and what is left there.
    SplitPart {
        allocation: String,
        amount: Amount,
        available: Amount,
    },
    Transferred {
        first: u64,
        last: u64,
        amount: Amount,
    },
    Committed {
        seq: u64,
        amount: Amount,
    },
    Released {
        seq: u64,
        of: u64,
        amount: Amount,
    },
    Opened {
        rows: u64,
        allocations: usize,
    },
    AlreadyRows {
        first: u64,
        last: u64,
        id: String,
    },
    WouldWrite {
        first: u64,
        last: u64,
    },
    FieldAllocation,
    FieldFund,
    FieldAmount,
    FieldDate,
    FieldAvailable,
    FieldId,
    FieldDigest,
    FieldTotal,
    // open
    OpeningTitle,
    AskOpen,
    AskOperator,
    NothingDone,
    // Questions at a terminal.
    GivenUp,
    OneIsNeeded,
    OnlyOpened,
    NextTime {
        line: String,
    },
    // init
    Created {
        path: String,
    },
    NextOpen,
    // verify
    VerifyGood {
        rows: u64,
    },
    VerifyBad {
        row: u64,
    },
    VerifyLineFeed {
        row: u64,
    },
    VerifyMissing {
        rows: u64,
        last: u64,
    },
    VerifyOtherHead {
        row: u64,
    },
    VerifyResaved,
    VerifyNoEnd {
        rows: u64,
    },
    VerifyAnchorUnknown {
        rows: u64,
    },
    // restore
    RestoreNotNeeded {
        rows: u64,
    },
    RestoreTried {
        rows: u64,
    },
    RestoredInto {
        rows: u64,
        path: String,
    },
    RestoredInPlace {
        rows: u64,
    },
    FieldSigns,
    /// What the other program had changed.
    Signs(Vec<Sign>),
    FieldKept,
    FieldRepairRow,
    RepairRow(u64),
    /// What to type next.
    PutInPlace {
        words: String,
    },
    FieldBytes,
    FieldHead,
    HeadAgrees,
    HeadMissing,
    HeadUnreadable,
    FieldClosed,
    NoneClosed,
    FieldAnchor,
    AnchorAt {
        row: u64,
        since: u64,
    },
    FieldUnfinished,
    UnfinishedBytes(u64),
    // demo
    DemoTitle {
        folder: String,
    },
    DemoOpen,
    DemoPlayed {
        rows: usize,
    },
    DemoRefused,
    DemoHalfYear,
    DemoYearEnd,
    DemoExplore {
        folder: String,
    },
    // The register, the monthly report, its pack, and the chart of months.
    RegisterTitle,
    /// The days of a register, and what it was asked to leave out.
    Between {
        from: Date,
        to: Date,
    },
    OnlyPayee(String),
    OnlyVoucher(String),
    /// A row as a register words it.
    Entered(Box<Mover>),
    BroughtForward,
    MonthTotal,
    YearToDate,
    CutMonth(Month),
    NoBalanceColumn,
    NoEntries,
    MonthlyTitle(Month),
    SealedBy {
        row: u64,
        sha256: String,
    },
    StillOpen(Month),
    BudgetChanges(usize),
    BudgetChange {
        date: Date,
        allocation: String,
        amount: Amount,
        doc: String,
        memo: String,
    },
    MonthsChart {
        in_wan: bool,
    },
    ChartColumns,
    // Spending by other cuts.
    SpendingTitle(Cut),
    SpendingRule,
    EconomicName,
    MethodName(Method),
    /// What stands where a row says nothing.
    LeftEmpty,
    ThreePublicScope,
    PackWritten {
        months: Vec<Month>,
        files: usize,
    },
}
