//! The one test binary. Each module says what belongs in it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where it stopped")]

/// What someone could want to do to whoever runs this program, or opens what it writes.
mod attacks;
/// What is too large is refused at once, in words, and never read whole.
mod bounds;
/// Every folder under `cases/` is a small world: the files a user has, what they type, all that they see.
mod cases;
/// Closed months: what is printed of them never changes, and what seals them is what stock tools find.
mod closing;
/// What `reconcile --detect` writes reads the same statement the same way.
mod detecting;
/// Chance that can be repeated.
mod dice;
/// What is published: nothing of a row, and the figures of the other reports.
mod disclosure;
/// Failing disks, full disks, kills and races: what the exit code says is what the bytes are.
mod faults;
/// Reports as pages and workbooks: the same figures in every form, read back by readers that are not ours.
mod formats;
/// What the machine has found, each in its shortest form.
mod found;
/// What holds for every ledger, against a slow second reckoning.
mod laws;
/// Thousands of random sequences of every writing command, against a small model of the whole rule book.
mod machine;
/// A file system in memory, for tests that need thousands of ledgers or a particular failure.
mod memory;
/// An office: a folder, a clock, a fixed day, and someone who types.
mod office;
/// Answers for programs, against the schemas that are published for them.
mod published;
/// What README promises: its commands, its formats, and its page of Python.
mod readme;
/// The year against the bank's statement, and README's script for its end.
#[cfg(unix)]
mod reconciling;
/// Ledgers that a spreadsheet has saved come back byte for byte, or are refused by their rows.
mod restoring;
/// What shells and `man` make of what is written for them.
#[cfg(unix)]
mod shells;
/// Programs that are not ours, and a real terminal with someone who types at it.
#[cfg(unix)]
mod terminal;
/// The source itself: rooms look only down, packages stay in their files, nothing is left over.
mod tidy;
/// A full year, played as an office would: its figures by another hand, and its closed pages printed twice.
mod whole_year;
/// Made-up years with a known truth, through the product: what `reconcile` makes of them.
mod worlds;
