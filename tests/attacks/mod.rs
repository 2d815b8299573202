//! What someone could want to do to whoever runs this program or opens what it writes: texts that act on a screen or a
//! spreadsheet, files that are not what they seem, bytes that are nothing at all.
//!
//! What is tried, by subject, and where it is held to; a file that is named without a folder is one of these:
//!
//! | | subject | held by |
//! |---|---|---|
//! | 1 | formulas | `texts` in every form, `cases/rules` |
//! | 2 | quotes, commas and semicolons in a text | `texts` |
//! | 3 | control characters and escapes | `texts`, `places` (names of files) |
//! | 4 | marks that turn a text round | `texts` |
//! | 5 | characters that nobody sees | `texts` |
//! | 6 | look-alikes | `texts`, `domain/matching/payee` |
//! | 7 | mark-up | `texts`, `formats` |
//! | 8 | full-width digits | `amounts` |
//! | 9 | groups of three | `amounts` |
//! | 10 | 万, 元, ¥ and w | `amounts` |
//! | 11 | what is no number, or only looks like one | `amounts`, `domain/amount` |
//! | 12 | sums of the largest amount | `amounts`, `laws/large` |
//! | 13 | TOML that nests without end | `toml` |
//! | 14 | TOML that repeats without end, files too large | `toml`, `bounds` |
//! | 15 | TOML of other types, keys twice and unknown | `toml`, `cases/budget-file` |
//! | 16 | ledgers that are none | `ledgers`, `cases/ledger-file`, `restoring` |
//! | 17 | encodings of statements | `statements`, `store/grid/text_tests` |
//! | 18 | statements spoilt or without end | `statements`, `torture/size`, `store/grid/bounds_tests` |
//! | 19 | pipes, folders, links, devices, odd names | `places` |
//! | 20 | planted names, rights, folders open to all | `places` |
//! | 21 | a file replaced meanwhile | `faults/replaced`, `faults/behind` |
//! | 22 | clocks and zones | `surroundings`, `torture/clock`, `cases/rules` |
//! | 23 | two machines and one number | `ledgers` |
//! | 24 | a tail cut off, another head, an old backup | `ledgers`, `faults/heads`, `torture/damage` |
//! | 25 | a forged close | `ledgers`, `closing` |
//! | 26 | a whole rewrite | `ledgers`, `torture/damage` |
//! | 27 | the caller's key | `keys`, `cases/record`, `laws` |
//! | 28 | environment, streams, folder, limits | `surroundings`, `limits`, `torture/streams` |
//!
//! `noise` throws random bytes at all of it.

/// Amounts as nobody should write them, by every way in.
mod amounts;
/// What a caller types as a key.
mod keys;
/// Ledgers damaged or forged, each with its own diagnosis.
mod ledgers;
/// Hardly any memory, stack, files or processes.
mod limits;
/// Random bytes for every file that is read.
mod noise;
/// Files that are other than they seem, folders that others may write to.
mod places;
/// Ledgers forged with care, for the others.
mod seals;
/// Statements spoilt on their way.
mod statements;
/// Surroundings in which nobody should have to keep books.
mod surroundings;
/// Texts that would act on a terminal, a spreadsheet or a page, in every form in which they could come out.
mod texts;
/// Hostile TOML.
mod toml;
