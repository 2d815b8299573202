//! What a pack of reports came to: the files that were written, each with the digest of its bytes.

use crate::domain::calendar::Month;

/// The files, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pack {
    pub(crate) months: Vec<Month>,
    pub(crate) files: Vec<PackFile>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PackFile {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// In lower-case hex.
    pub(crate) sha256: String,
}
