//! Why a command is refused, as the model knows it, and the words by which each reason is known on the screen. The one
//! place where the tests know wording: reason, fragment.

use taizhang::Exit;

use super::table::FILE;
use crate::laws::reckoning::yuan;

/// Names every reason once, each with a fragment of its English words that no other reason has.
macro_rules! reasons {
    ($($reason:ident $fragment:literal),* $(,)?) => {
        /// Why not, or what to mind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Reason { $($reason),* }

        impl Reason {
            pub(super) const ALL: &[Self] = &[$(Self::$reason),*];

            /// What the screen says for this reason and no other.
            pub(super) fn fragment(self) -> &'static str {
                match self { $(Self::$reason => $fragment),* }
            }
        }
    };
}

reasons! {
    // What was typed cannot be understood.
    Missing "missing: ",
    Conflict " do not go together",
    BadAmount "write 305800, 305,800.00 or 30.58万元",
    TooFine "finer than a fen",
    Scientific "scientific notation",
    BadDate "that is no date",
    BadPlan "`--plan` cannot be `",
    BadMonth "is no month of this year",
    BadInvoice "is no invoice number",
    BadEconomic "is no economic class",
    BadSplit "write `ALLOC=N`, and behind it",
    UnknownAllocation "no allocation is called",
    SeveralAllocations "fits several allocations",
    DateNeeded "so the accounting date must be given",
    OperatorNeeded "who is entering this is not known",
    BadLines "names no lines",
    BadMap "write `FIELD=HEADING`",
    BadKeep "write `ALLOC=N` or `ALLOC=all`",
    ConfirmationNeeded "so it needs your yes",
    // Understood, but what was typed may not stand in a ledger.
    TooLong "is too long: more than",
    Hidden "holds an invisible character",
    Formula "which a spreadsheet would run as a formula",
    PersonalData "the ledger is for money, not for people",
    IdEmpty "the id is empty",
    Unexplained "gives no reason",
    EmptyName "which row is not said",
    DocNeeded "approval's document number is empty",
    NotPositive "is not more than zero",
    SplitDoesNotFit "the parts add up to",
    TransferToItself "cannot give to itself",
    // The budget file no longer is what the ledger was opened with.
    OtherId "the ledger was opened for",
    LineMissing "the budget file has not",
    LineAdded "the ledger has not",
    OtherOriginal " yuan, the budget file says ",
    OtherName " was opened as `",
    OtherFundInFile " was opened with fund ",
    OtherPlan " was opened with plan `",
    // Where the ledger stands.
    NotOpened "the ledger is not opened yet",
    AlreadyOpen "the ledger is already open",
    IdTaken "to repeat the same thing, type it unchanged",
    ClockBehind "is behind the time of the last row",
    DateOutsideYear "is outside the fiscal year",
    DateAfterToday "is after today",
    MonthClosed "the first open month, and give the day of business",
    YearClosed "and so is the whole year",
    MonthNotOver "is not over: today is",
    CloseOutOfOrder " comes later: the first open month is",
    AlreadyClosed "is closed already, by row",
    // What the row is.
    NoSuchRow "has the row or ",
    SeveralRows "is on several rows",
    SeqOrNumber "is a row number, and also the voucher or document number",
    NotOfKind ", not a",
    OtherAllocation "leave `-a` out, or record the expense",
    OtherFund "leave `--fund` out, or record the expense",
    OriginalOfOther "which is taken back from, was paid ",
    BeforeOriginal ", the day of row ",
    NothingLeft "nothing is left of row",
    MoreThanLeft " yuan or less",
    NotAgainstCommitment "so there is none to restore",
    AlreadyOpposite "is itself the opposite of an adjustment",
    NothingToCorrect "would be different",
    InvoiceUsed "is the same expense again? If",
    EconomicUnlisted "table of economic classes",
    EconomicNotAllowed "may not be spent on economic class",
    FundNotHeld "holds no money of fund",
    FundNeeded "holds money of several funds",
    NotInLedger "and holds no money yet",
    // What last year leaves.
    NotLastYear "not for the year before",
    LastYearOpen "is not closed to its end",
    NothingToCarry "leaves nothing to carry",
    KeepsTooMuch "cannot be carried",
    NotInBudget "so there is nowhere to carry",
    AlreadyCarried "left was carried already",
    // What is wrong with a table, or with a row of it.
    NoAllocation "no column says the allocation",
    HeadingMissing "no heading `",
    HeadingTwice "several columns could be the",
    CellMissing " is missing",
    CellNoDate "` is no date",
    CellZero "the amount is zero",
    CellExponent "a spreadsheet wrote it with an exponent",
    BothSides "amounts on both sides",
    NoChoice "choose one of ",
    SeveralOriginals "is on several expenses, rows ",
    NoOriginal "no expense has the voucher number ",
    RedRowNotNegative "a row that takes back, but its amount",
    OriginalNeeded "does not say which voucher it takes back from",
    IdTwice " already",
    IdMade "made from its content",
    OtherContent "with other content",
    Twin "likely a double",
    InvoiceClaimed "was it claimed twice?",
    NothingImported "nothing was imported",
    // What the limits say; the last one is only ever remarked on.
    OverAllocation " more than is available in ",
    OverFund " more than fund ",
    OverTotal " more than is available in the whole budget",
    OverTotalNeedsDoc "beyond the whole budget the reason is not enough",
    CutTooDeep " more than it has left: ",
    PlanDoesNotFit "the plan adds up to",
    RecordedOtherwise "in the ledger, but not as the table has ",
    AheadOfPlan " is ahead of plan: ",
}

impl Reason {
    /// Whether what was typed cannot be understood, rather than not be allowed.
    pub(super) fn is_usage(self) -> bool {
        self <= Self::ConfirmationNeeded
    }
}

/// A reason, and the figures and names that its words must state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) reason: Reason,
    pub(super) states: Vec<String>,
    /// Whether it is about a table; what can't be understood there was not typed.
    in_table: bool,
}

impl Problem {
    pub(super) fn new(reason: Reason) -> Self {
        Self { reason, states: Vec::new(), in_table: false }
    }

    /// The same, stating this too.
    pub(super) fn with(mut self, stated: impl ToString) -> Self {
        self.states.push(stated.to_string());
        self
    }

    /// The same of a line of the table that was brought.
    pub(super) fn in_line(self, line: usize) -> Self {
        Self { in_table: true, ..self.with(format!("{FILE}:{line}:")) }
    }

    /// Whether it is said beside the reasons, as what follows from them.
    pub(super) fn is_note(&self) -> bool {
        self.reason == Reason::NothingImported
    }

    /// The same, stating this money too, given in 分.
    pub(super) fn yuan(self, fen: i64) -> Self {
        self.with(grouped(fen))
    }

    fn is_in(&self, said: &str) -> bool {
        said.contains(self.reason.fragment()) && self.states.iter().all(|stated| said.contains(stated.as_str()))
    }
}

/// What a command refused for these reasons must exit with.
pub(super) fn exit(problems: &[Problem]) -> Exit {
    if problems.iter().any(|problem| problem.reason.is_usage() && !problem.in_table) {
        Exit::Usage
    } else {
        Exit::Refused
    }
}

/// Money as it is shown to a person: `1,234.50 yuan`.
pub(super) fn grouped(fen: i64) -> String {
    let plain = yuan(fen.abs());
    let (yuan, rest) = plain.split_at(plain.len() - 3);
    let mut grouped = String::new();
    for (place, digit) in yuan.chars().enumerate() {
        if place > 0 && (yuan.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}{grouped}{rest}", if fen < 0 { "-" } else { "" })
}

/// Everything on stderr that was introduced by this word, each with the lines that belong to it.
pub(super) fn said<'s>(stderr: &'s str, word: &str) -> Vec<&'s str> {
    let words = ["error:", "warning:", "note:"];
    let begins: Vec<usize> = stderr
        .match_indices('\n')
        .map(|(place, _)| place + 1)
        .chain([0])
        .filter(|place| words.iter().any(|word| stderr[*place..].starts_with(word)))
        .collect();
    let mut begins = begins;
    begins.sort_unstable();
    let ends = begins.iter().skip(1).copied().chain([stderr.len()]);
    begins.iter().zip(ends).map(|(begin, end)| &stderr[*begin..end]).filter(|said| said.starts_with(word)).collect()
}

/// Whether what was said is what had to be said: all of it, no more and no less, in whatever order.
pub(super) fn agree(stderr: &str, word: &str, expected: &[Problem]) -> Result<(), String> {
    let mut said = said(stderr, word);
    let mut unsaid = Vec::new();
    for problem in expected {
        match said.iter().position(|said| problem.is_in(said)) {
            Some(place) => drop(said.remove(place)),
            None => unsaid.push(problem),
        }
    }
    if unsaid.is_empty() && said.is_empty() {
        return Ok(());
    }
    Err(format!("with `{word}` not said: {unsaid:?}; said for nothing: {said:?}"))
}
