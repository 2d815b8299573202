//! The words of a repair, by where they stand.

use crate::domain::mending::Mended;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MendingWord {
    // What is wrong.
    Sound {
        rows: u64,
    },
    NextWriter {
        rows: u64,
    },
    Needs(Mended),
    Changed {
        row: u64,
    },
    Completing {
        row: u64,
    },
    Unfinished,
    Resaved,
    Beyond,
    // Fields.
    Rows,
    Behind,
    Head,
    HeadMissing,
    HeadUnreadable,
    HeadAgrees,
    HeadOfAnother {
        rows: u64,
    },
    HeadFurther {
        rows: u64,
    },
    Lost,
    LostRows {
        first: u64,
        last: u64,
    },
    Command,
    Copy,
    CopyHolds {
        path: String,
        rows: u64,
    },
    /// What stands for the reason in a command to type.
    Why,
    // What to do, and what to think of before.
    AdviceHead,
    AdviceTail,
    AdviceChanged,
    AdviceCompleting,
    AdviceLost,
    AdviceCopy,
    /// No command puts this copy in the ledger's place.
    AdviceShortCopy {
        ledger: String,
    },
    AdvicePiece {
        ledger: String,
    },
    AdviceNextWriter,
    AdviceNoHead,
    /// What was looked at beside the ledger, in vain.
    NoCopy,
    // What was done.
    Done {
        mended: Mended,
        seq: u64,
    },
    Completed {
        row: u64,
        seq: u64,
    },
    WouldComplete {
        row: u64,
        seq: u64,
    },
    Already {
        seq: u64,
    },
    Would {
        mended: Mended,
        seq: u64,
    },
    Kept,
    HeadKept,
    Cut,
    Bytes(u64),
    Reason,
    NextVerify,
    EnterAgain {
        first: u64,
        last: u64,
    },
}
