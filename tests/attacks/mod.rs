//! What someone could want to do to whoever runs this program or opens what it writes: texts that act on a screen or a
//! spreadsheet, files that are not what they seem, bytes that are nothing at all.

/// Amounts as nobody should write them, by every way in.
mod amounts;
/// Ledgers damaged or forged, each with its own diagnosis.
mod ledgers;
/// Random bytes for every file that is read.
mod noise;
/// Files that are other than they seem, folders that others may write to.
mod places;
/// Ledgers forged with care, for the others.
mod seals;
/// Statements spoilt on their way.
mod statements;
/// Texts that would act on a terminal, a spreadsheet or a page, in every form in which they could come out.
mod texts;
/// Hostile TOML.
mod toml;
