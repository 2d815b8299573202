//! The words of a check-up, by where they stand.

use crate::problem::{Check, Verdict};

/// One text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckupWord {
    AllWell {
        checks: usize,
        unchecked: usize,
    },
    Found {
        faults: usize,
    },
    Check(Check),
    Verdict(Verdict),
    /// Before what to do about a check's finding.
    CureOf(Check),
}
