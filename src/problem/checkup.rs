//! What `doctor` finds at the place where a ledger is kept. It words nothing.

use std::io;

/// One finding; each belongs to one check.
#[derive(Debug)]
pub(crate) enum Finding {
    Budget {
        path: String,
    },
    NoBudget,
    // The ledger.
    LedgerHolds {
        rows: u64,
        bytes: u64,
    },
    LedgerNotOpened,
    LedgerUnfinishedWrite {
        rows: u64,
        bytes: u64,
    },
    /// Every row holds by itself; it is the head that is wrong.
    LedgerRowsHold {
        rows: u64,
        bytes: u64,
    },
    LedgerLacksLineFeed {
        row: u64,
    },
    LedgerLacksRows {
        first: u64,
        last: u64,
    },
    LedgerNeedsRepair,
    LedgerNotFound,
    LedgerUnreadable,
    HeadAgrees {
        rows: u64,
    },
    HeadMissing,
    HeadWrong,
    /// It knows of more rows than hold.
    HeadFurther {
        rows: u64,
    },
    /// Whether rows are missing at the end can't be told.
    HeadUnreadable,
    HeadNotRead {
        error: io::Error,
    },
    HeadNotAFile,
    // Its names and rights.
    OneName,
    SymbolicLink {
        path: String,
    },
    HardLinks {
        path: String,
        names: u64,
    },
    NotAFile {
        path: String,
    },
    Writable,
    NotWritable {
        path: String,
        error: io::Error,
    },
    Rights,
    AnyoneMayWrite {
        path: String,
    },
    OtherOwner {
        path: String,
    },
    // What the folder can do.
    LockExcludes,
    LockExcludesHere,
    LockHeld,
    /// What has the lock's name is no file.
    LockNotAFile {
        path: String,
    },
    /// The ledger's own lock can't be had, whatever the folder can do.
    OwnLockFails {
        path: String,
        error: io::Error,
    },
    LockExcludesNothing,
    LockFails {
        error: io::Error,
    },
    SyncWorks,
    SyncFails {
        error: io::Error,
    },
    AppendWorks,
    AppendFails {
        error: io::Error,
    },
    RenameReplaces,
    RenameFails {
        error: io::Error,
    },
    ProbeLeft {
        path: String,
    },
    // The disk.
    Space {
        free: u64,
    },
    LittleSpace {
        free: u64,
    },
    NoSpace {
        free: u64,
    },
    LocalDisk {
        kind: String,
    },
    NetworkShare {
        kind: String,
    },
    MemoryDisk {
        kind: String,
    },
    ContainerDisk {
        kind: String,
    },
    PlainDisk {
        kind: String,
    },
    UnknownDisk {
        kind: String,
    },
    ReadOnlyDisk {
        kind: String,
    },
    // Around it.
    Clock {
        now: String,
    },
    ClockBefore2000 {
        now: String,
    },
    ClockBehind {
        now: String,
        last: String,
    },
    Utf8 {
        locale: String,
    },
    NotUtf8 {
        locale: String,
    },
    Screen {
        columns: u64,
    },
    NarrowScreen {
        columns: u64,
    },
    NoScreen,
    NothingLeft,
    Leftover {
        path: String,
        kind: Leftover,
    },
    Tool {
        version: String,
        system: String,
    },
    /// It could not be found out.
    Unchecked(Check),
}

/// What a file beside the ledger is left from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// The cut end of an unfinished write.
    Torn,
    /// What a repair kept.
    Broken,
    /// What a restored ledger took the place of.
    Resaved,
    /// A ledger made again, and not put in place.
    Restored,
    /// A file half written.
    New,
    /// The rows of an import.
    Import,
    /// What `doctor` tried something with.
    Probe,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    Budget,
    Ledger,
    Head,
    Names,
    Writing,
    Rights,
    Lock,
    Sync,
    Append,
    Rename,
    Probes,
    Space,
    Disk,
    Clock,
    Locale,
    Screen,
    Leftovers,
    Tool,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Well,
    Note,
    Fault,
    Unchecked,
}

impl Verdict {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Note => "note",
            Self::Fault => "fault",
            Self::Unchecked => "not_checked",
        }
    }
}

impl Check {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Ledger => "ledger",
            Self::Head => "head",
            Self::Names => "names",
            Self::Writing => "writable",
            Self::Rights => "rights",
            Self::Lock => "lock",
            Self::Sync => "sync",
            Self::Append => "append",
            Self::Rename => "rename",
            Self::Probes => "probes",
            Self::Space => "space",
            Self::Disk => "file_system",
            Self::Clock => "clock",
            Self::Locale => "locale",
            Self::Screen => "screen",
            Self::Leftovers => "leftovers",
            Self::Tool => "tool",
        }
    }
}

impl Finding {
    /// Which check it answers, and how much it weighs.
    pub(crate) fn answers(&self) -> (Check, Verdict) {
        match self {
            Self::Budget { .. } => (Check::Budget, Verdict::Well),
            Self::NoBudget => (Check::Budget, Verdict::Fault),
            Self::LedgerHolds { .. } | Self::LedgerRowsHold { .. } => (Check::Ledger, Verdict::Well),
            Self::LedgerNotOpened | Self::LedgerUnfinishedWrite { .. } => (Check::Ledger, Verdict::Note),
            Self::LedgerLacksLineFeed { .. }
            | Self::LedgerLacksRows { .. }
            | Self::LedgerNeedsRepair
            | Self::LedgerNotFound
            | Self::LedgerUnreadable => (Check::Ledger, Verdict::Fault),
            Self::HeadAgrees { .. } => (Check::Head, Verdict::Well),
            Self::HeadMissing | Self::HeadFurther { .. } => (Check::Head, Verdict::Note),
            Self::HeadWrong | Self::HeadUnreadable | Self::HeadNotRead { .. } | Self::HeadNotAFile => {
                (Check::Head, Verdict::Fault)
            }
            Self::OneName => (Check::Names, Verdict::Well),
            Self::SymbolicLink { .. } | Self::HardLinks { .. } | Self::NotAFile { .. } => {
                (Check::Names, Verdict::Fault)
            }
            Self::Writable => (Check::Writing, Verdict::Well),
            Self::NotWritable { .. } => (Check::Writing, Verdict::Fault),
            Self::Rights => (Check::Rights, Verdict::Well),
            Self::AnyoneMayWrite { .. } => (Check::Rights, Verdict::Fault),
            Self::OtherOwner { .. } => (Check::Rights, Verdict::Note),
            Self::LockExcludes => (Check::Lock, Verdict::Well),
            Self::LockExcludesHere | Self::LockHeld => (Check::Lock, Verdict::Note),
            Self::LockExcludesNothing
            | Self::LockFails { .. }
            | Self::LockNotAFile { .. }
            | Self::OwnLockFails { .. } => (Check::Lock, Verdict::Fault),
            Self::SyncWorks => (Check::Sync, Verdict::Well),
            Self::SyncFails { .. } => (Check::Sync, Verdict::Fault),
            Self::AppendWorks => (Check::Append, Verdict::Well),
            Self::AppendFails { .. } => (Check::Append, Verdict::Fault),
            Self::RenameReplaces => (Check::Rename, Verdict::Well),
            Self::RenameFails { .. } => (Check::Rename, Verdict::Fault),
            Self::ProbeLeft { .. } => (Check::Probes, Verdict::Fault),
            Self::Space { .. } => (Check::Space, Verdict::Well),
            Self::LittleSpace { .. } => (Check::Space, Verdict::Note),
            Self::NoSpace { .. } => (Check::Space, Verdict::Fault),
            Self::LocalDisk { .. } => (Check::Disk, Verdict::Well),
            Self::ContainerDisk { .. } | Self::PlainDisk { .. } | Self::UnknownDisk { .. } => {
                (Check::Disk, Verdict::Note)
            }
            Self::NetworkShare { .. } | Self::MemoryDisk { .. } | Self::ReadOnlyDisk { .. } => {
                (Check::Disk, Verdict::Fault)
            }
            Self::Clock { .. } => (Check::Clock, Verdict::Well),
            Self::ClockBefore2000 { .. } | Self::ClockBehind { .. } => (Check::Clock, Verdict::Fault),
            Self::Utf8 { .. } => (Check::Locale, Verdict::Well),
            Self::NotUtf8 { .. } => (Check::Locale, Verdict::Note),
            Self::Screen { .. } | Self::NoScreen => (Check::Screen, Verdict::Well),
            Self::NarrowScreen { .. } => (Check::Screen, Verdict::Note),
            Self::NothingLeft => (Check::Leftovers, Verdict::Well),
            Self::Leftover { .. } => (Check::Leftovers, Verdict::Note),
            Self::Tool { .. } => (Check::Tool, Verdict::Well),
            Self::Unchecked(check) => (*check, Verdict::Unchecked),
        }
    }
}
