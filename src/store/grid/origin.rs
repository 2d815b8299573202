//! Where a workbook comes from, to say what is wrong with it, whatever its format. It reads nothing.

use std::path::PathBuf;

use super::stream::Stream;
use crate::problem::{Foreign, GridFault, Problem};

/// Why a part of a workbook can't be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is not what it should be, or none of a workbook.
    Damaged,
    /// There is more of it than is read, in bytes.
    TooLarge { most: u64 },
}

/// Where a workbook comes from.
#[derive(Clone)]
pub(super) struct Origin {
    stream: Stream,
}

impl Origin {
    pub(super) fn of(stream: &Stream) -> Self {
        Self { stream: stream.clone() }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.stream.path().to_owned()
    }

    /// Why a part could not be read: the file system failed, or what it gave is not right.
    pub(super) fn problem(&self, part: &str, broken: Broken) -> Problem {
        self.stream.failed().unwrap_or_else(|| {
            let (path, part) = (self.path(), part.to_owned());
            match broken {
                Broken::Damaged => GridFault::Damaged { path, part }.into(),
                Broken::TooLarge { most } => GridFault::TooLarge { path, part, most }.into(),
            }
        })
    }

    /// It is something else than a workbook that is read.
    pub(super) fn foreign(&self, kind: Foreign) -> Problem {
        GridFault::Foreign { path: self.path(), kind }.into()
    }
}
