//! What is wrong, and how to mend it: one file a subject, and here the words that several of them need.

mod bills;
mod budget;
mod disclosure;
mod files;
mod grid;
mod ledger;
mod mending;
mod profile;
mod restoring;
mod rules;
mod usage;
mod year_end;

pub(super) use files::io_error;

use std::borrow::Cow;

use crate::domain::amount::{Amount, NotAnAmount};
use crate::domain::budget::Fund;
use crate::domain::entry::Kind;
use crate::domain::text::TextFault;
use crate::lang::Words;
use crate::problem::ProblemKind;

pub(in crate::lang) use ledger::sign_name;

pub(in crate::lang) fn problem(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::Usage(usage) => usage::usage(usage),
        ProblemKind::Budget(fault) => budget::budget(fault),
        ProblemKind::Refused(refusal) => rules::refused(refusal),
        ProblemKind::Remark(remark) => rules::remarked(remark),
        ProblemKind::Differs(difference) => rules::differs(difference),
        ProblemKind::Ledger(fault) => ledger::ledger(fault),
        ProblemKind::File(fault) => files::file(fault),
        ProblemKind::Grid(fault) => grid::grid(fault),
        ProblemKind::Bill(fault) => bills::bill(fault),
        ProblemKind::Mend(fault) => mending::mend(fault),
        ProblemKind::Restore(fault) => restoring::restoring(fault),
        ProblemKind::Notice(notice) => files::noticed(notice),
    }
}

fn yuan(amount: Amount) -> String {
    amount.grouped() + " yuan"
}

/// How far two amounts are apart, without a sign.
fn distance(one: Amount, other: Amount) -> String {
    yuan(if one > other { one - other } else { other - one })
}

fn not_an_amount(why: NotAnAmount) -> Cow<'static, str> {
    match why {
        NotAnAmount::Empty => "it is empty".into(),
        NotAnAmount::NotANumber => "it is not a plain number".into(),
        NotAnAmount::LooksLike(character) => {
            format!("`{character}` (U+{:04X}) in it is no digit or sign, whatever it looks like", u32::from(character))
                .into()
        }
        NotAnAmount::Grouping => "commas must stand before each group of three digits".into(),
        NotAnAmount::CurrencySign => "it has a currency sign".into(),
        NotAnAmount::Scientific => "a spreadsheet has shortened it to scientific notation".into(),
        NotAnAmount::FinerThanAFen => "it is finer than a fen (分)".into(),
        NotAnAmount::TooLarge => "it is too large".into(),
    }
}

fn amount_cure(why: NotAnAmount) -> &'static str {
    match why {
        NotAnAmount::FinerThanAFen => {
            "round it to two decimals of a yuan yourself; this program never rounds what was entered"
        }
        NotAnAmount::Scientific => {
            "type the number from the voucher; digits that a spreadsheet dropped cannot be guessed"
        }
        NotAnAmount::TooLarge => "the largest amount of one row is 9,999,999,999,999.99 yuan",
        NotAnAmount::Empty
        | NotAnAmount::NotANumber
        | NotAnAmount::LooksLike(_)
        | NotAnAmount::Grouping
        | NotAnAmount::CurrencySign => "write 305800, 305,800.00 or 30.58万元",
    }
}

fn text_fault(fault: TextFault) -> (String, &'static str) {
    match fault {
        TextFault::TooLong { most } => {
            (format!("is too long: more than {most} bytes (some {} Chinese characters)", most / 3), "shorten it")
        }
        TextFault::Hidden { character: '\n' | '\r' } => ("holds a line break".into(), "write it on one line"),
        TextFault::Hidden { character: '\t' } => ("holds a tab".into(), "put a blank in its place"),
        TextFault::Hidden { character } => (
            format!("holds an invisible character (U+{:04X})", u32::from(character)),
            "type it by hand instead of pasting it",
        ),
        TextFault::LooksLikeAFormula { first } => (
            format!("begins with `{first}`, which a spreadsheet would run as a formula"),
            "begin with a word or a digit",
        ),
    }
}

fn numbers(rows: &[u64]) -> String {
    let rows: Vec<String> = rows.iter().map(u64::to_string).collect();
    rows.join(", ")
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Open => "the opening row",
        Kind::Budget => "a budget row",
        Kind::Adjustment => "an adjustment",
        Kind::Commitment => "a commitment",
        Kind::Release => "a release",
        Kind::Expense => "an expense",
        Kind::Reversal => "a reversal",
        Kind::Refund => "a refund",
        Kind::Note => "a note",
        Kind::Close => "a close row",
        Kind::Repair => "a repair row",
    }
}

/// A column of the ledger, or an option that ends up in one, as people call it.
pub(in crate::lang) fn column_name(column: &str) -> &str {
    match column {
        "seq" => "row number",
        "occurred" => "day of business",
        "voucher" => "voucher number",
        "payment" => "payment reference",
        "economic" => "economic class",
        "method" => "payment method",
        "invoice" => "invoice number",
        "ref" => "row it refers to",
        "doc" => "document number",
        "by" => "operator",
        "at" => "time of entry",
        "original" => "original voucher",
        "credit" => "credit",
        "hash" => "digest",
        "allow-over" => "reason given with `--allow-over`",
        "clock-ok" => "reason given with `--clock-ok`",
        other => other,
    }
}

fn fund_name(fund: Option<Fund>) -> &'static str {
    fund.map_or("none", Fund::key)
}
