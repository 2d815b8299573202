//! The one test binary. Each module says what belongs in it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where it stopped")]

/// The source itself: rooms look only down, packages stay in their files, nothing is left over.
mod tidy;
