//! What charts show, as complete data: drawn by the renderers, beside tables that say the same.

use crate::domain::amount::Amount;

/// A chart. Amounts in 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Chart {
    /// By month: what the plan meant to be spent in it, and what was; `None` for months after the day.
    Months(Vec<ChartMonth>),
    /// By month's end, cumulative.
    Cumulative(Vec<ChartMonth>),
    /// By allocation: spent, committed and available, which add up to the revised budget.
    Budget(Vec<ChartBar>),
}

/// One month, 1 to 12.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartMonth {
    pub(crate) month: u32,
    pub(crate) planned: Amount,
    pub(crate) spent: Option<Amount>,
    /// What 序时进度 alone would spend: the revised budget, even over the year.
    pub(crate) elapsed: Amount,
}

/// One allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartBar {
    pub(crate) name: String,
    pub(crate) spent: Amount,
    pub(crate) committed: Amount,
    pub(crate) available: Amount,
}
