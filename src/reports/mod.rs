//! The answers, as complete plain data: pure functions of the domain. Nothing here is laid out, worded or printed,
//! and nothing here knows where the rows came from.

pub(crate) mod arithmetic;
pub(crate) mod balance;
pub(crate) mod carrying;
pub(crate) mod charts;
pub(crate) mod close_page;
pub(crate) mod commitments;
pub(crate) mod curves;
pub(crate) mod detection;
pub(crate) mod disclosure;
pub(crate) mod explanation;
pub(crate) mod footing;
pub(crate) mod importing;
pub(crate) mod mending;
pub(crate) mod monthly;
pub(crate) mod pack;
pub(crate) mod receipt;
pub(crate) mod reconciliation;
pub(crate) mod register;
pub(crate) mod restoring;
pub(crate) mod spending;
pub(crate) mod stamp;
pub(crate) mod variance;
pub(crate) mod verification;
pub(crate) mod year_end;
