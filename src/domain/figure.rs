//! The names of the figures: the stable English keys that CSV and JSON carry, never translated.

/// A column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    Number,
    Allocation,
    Name,
    Original,
    Adjusted,
    Revised,
    Committed,
    Spent,
    Available,
    ExecutionRate,
    PlanToDate,
    Variance,
    VarianceRate,
    ElapsedRate,
    Gap,
    Forecast,
    Status,
    Seq,
    Date,
    Age,
    Payee,
    Memo,
    Doc,
    Promised,
    Released,
    MonthSpent,
    Left,
    Carried,
    Lapsed,
    Count,
    Amount,
    Line,
    Fate,
    // What an explanation is made of.
    Kind,
    Voucher,
    /// 文号, where the column is not one of contracts only.
    Approval,
    Running,
    Part,
    Step,
    Operation,
    Value,
    Plan,
    From,
    CountedIn,
    Elapsed,
    Span,
    Due,
    Accrued,
    PlannedLater,
    StillToCome,
    OverPlan,
    Zero,
    Quotient,
    Distance,
    Band,
    DaysElapsed,
    DaysInYear,
    MonthsElapsed,
    MonthsInYear,
    // The year-end form.
    Fund,
    /// 全年预算数 and 全年执行数, as only that form calls them.
    YearRevised,
    YearSpent,
    Points,
    Score,
    LeftOver,
    CarryForward,
    Surplus,
    Whose,
    Reason,
    TargetKind,
    Goal,
    Unit,
    Actual,
    Met,
    CarriedFrom,
}

impl Figure {
    #[expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Allocation => "allocation",
            Self::Name => "name",
            Self::Original => "original",
            Self::Adjusted => "adjusted",
            Self::Revised => "revised",
            Self::Committed => "committed",
            Self::Spent => "spent",
            Self::Available => "available",
            Self::ExecutionRate => "execution_rate",
            Self::PlanToDate => "plan_to_date",
            Self::Variance => "variance",
            Self::VarianceRate => "variance_rate",
            Self::ElapsedRate => "elapsed_rate",
            Self::Gap => "gap",
            Self::Forecast => "forecast",
            Self::Status => "status",
            Self::Seq => "seq",
            Self::Date => "date",
            Self::Age => "age_days",
            Self::Payee => "payee",
            Self::Memo => "memo",
            Self::Doc => "doc",
            Self::Promised => "promised",
            Self::Released => "released",
            Self::MonthSpent => "month_spent",
            Self::Left => "left",
            Self::Carried => "carried",
            Self::Lapsed => "lapsed",
            Self::Count => "count",
            Self::Amount => "amount",
            Self::Line => "line",
            Self::Fate => "fate",
            Self::Kind => "kind",
            Self::Voucher => "voucher",
            Self::Approval => "doc",
            Self::Running => "running",
            Self::Part => "part",
            Self::Step => "step",
            Self::Operation => "operation",
            Self::Value => "value",
            Self::Plan => "plan",
            Self::From => "from",
            Self::CountedIn => "counted_in",
            Self::Elapsed => "elapsed",
            Self::Span => "span",
            Self::Due => "due",
            Self::Accrued => "accrued",
            Self::PlannedLater => "planned_later",
            Self::StillToCome => "still_to_come",
            Self::OverPlan => "over_plan",
            Self::Zero => "zero",
            Self::Quotient => "quotient",
            Self::Distance => "distance",
            Self::Band => "band",
            Self::DaysElapsed => "days_elapsed",
            Self::DaysInYear => "days_in_year",
            Self::MonthsElapsed => "months_elapsed",
            Self::MonthsInYear => "months_in_year",
            Self::Fund => "fund",
            Self::YearRevised => "revised",
            Self::YearSpent => "spent",
            Self::Points => "points",
            Self::Score => "score",
            Self::LeftOver => "left",
            Self::CarryForward => "carry_forward",
            Self::Surplus => "surplus",
            Self::Whose => "whose",
            Self::Reason => "reason",
            Self::TargetKind => "target_kind",
            Self::Goal => "goal",
            Self::Unit => "unit",
            Self::Actual => "actual",
            Self::Met => "met",
            Self::CarriedFrom => "carried_from",
        }
    }
}

/// A figure that can be taken apart into the rows and the arithmetic it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Explained {
    Original,
    Adjusted,
    Revised,
    Committed,
    Spent,
    Available,
    ExecutionRate,
    PlanToDate,
    Variance,
    VarianceRate,
    ElapsedRate,
    Gap,
    Forecast,
    Status,
}

impl Explained {
    pub(crate) const ALL: [Self; 14] = [
        Self::Original,
        Self::Adjusted,
        Self::Revised,
        Self::Committed,
        Self::Spent,
        Self::Available,
        Self::ExecutionRate,
        Self::PlanToDate,
        Self::Variance,
        Self::VarianceRate,
        Self::ElapsedRate,
        Self::Gap,
        Self::Forecast,
        Self::Status,
    ];

    /// As a column of the reports that have it.
    pub(crate) fn figure(self) -> Figure {
        match self {
            Self::Original => Figure::Original,
            Self::Adjusted => Figure::Adjusted,
            Self::Revised => Figure::Revised,
            Self::Committed => Figure::Committed,
            Self::Spent => Figure::Spent,
            Self::Available => Figure::Available,
            Self::ExecutionRate => Figure::ExecutionRate,
            Self::PlanToDate => Figure::PlanToDate,
            Self::Variance => Figure::Variance,
            Self::VarianceRate => Figure::VarianceRate,
            Self::ElapsedRate => Figure::ElapsedRate,
            Self::Gap => Figure::Gap,
            Self::Forecast => Figure::Forecast,
            Self::Status => Figure::Status,
        }
    }

    /// Whether it is worked out from the plan to date.
    pub(crate) fn needs_plan(self) -> bool {
        match self {
            Self::PlanToDate | Self::Variance | Self::VarianceRate | Self::Forecast | Self::Status => true,
            Self::Original
            | Self::Adjusted
            | Self::Revised
            | Self::Committed
            | Self::Spent
            | Self::Available
            | Self::ExecutionRate
            | Self::ElapsedRate
            | Self::Gap => false,
        }
    }
}
