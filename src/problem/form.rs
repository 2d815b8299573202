//! What can be wrong in the form that is filled in for the year's end, beyond what any such file can have.

use crate::domain::personal::Personal;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormFault {
    /// There is no `[final]`: it is another file, or none of ours.
    NoHead,
    OtherBudget {
        stated: String,
        id: String,
    },
    UnknownAllocation {
        text: String,
        known: Vec<String>,
    },
    UnknownTarget {
        text: String,
        known: Vec<String>,
    },
    StatedTwice {
        first_line: usize,
    },
    NotANumber {
        text: String,
        unit: String,
    },
    Personal {
        key: &'static str,
        what: Personal,
    },
}
