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
}

impl Figure {
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
        }
    }
}
