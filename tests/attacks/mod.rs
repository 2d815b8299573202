//! What someone could want to do to whoever runs this program or opens what it writes: texts that act on a screen or a
//! spreadsheet, files that are not what they seem, bytes that are nothing at all.

/// Random bytes for every file that is read.
mod noise;
/// Files that are other than they seem, folders that others may write to.
mod places;
/// Texts that would act on a terminal, a spreadsheet or a page, in every form in which they could come out.
mod texts;
