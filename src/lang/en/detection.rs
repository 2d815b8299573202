//! How a statement was found to be laid out.

use crate::domain::statement::{Column, LeftOut, Separator, TextEncoding};
use crate::lang::DetectionWord;

pub(in crate::lang) fn detection(word: &DetectionWord) -> String {
    match word {
        DetectionWord::Introduction { file } => format!(
            "How {file} is read. Check it, then put [statement] into the budget file,
or keep it as a file: taizhang reconcile STATEMENT --profile THIS-FILE"
        ),
        DetectionWord::Text { encoding, separator } => {
            let encoding = match encoding {
                TextEncoding::Auto => "in plain ASCII",
                TextEncoding::Utf8 => "in UTF-8",
                TextEncoding::Utf16 => "in UTF-16",
                TextEncoding::Gb18030 => "in GBK/GB18030",
            };
            let separator = match separator {
                Separator::Auto => "what its first line (sep=) names",
                Separator::Comma => "commas",
                Separator::Semicolon => "semicolons",
                Separator::Tab => "tabs",
                Separator::Bar => "bars",
            };
            format!("text {encoding}, separated by {separator}")
        }
        DetectionWord::Sheet(name) => format!("a workbook, its sheet `{name}`"),
        DetectionWord::HeadingsIn(row) => format!("headings in row {row}"),
        DetectionWord::Counted => "no headings; columns are counted".into(),
        DetectionWord::Movements { count, period: None, .. } => format!("movements: {count}"),
        DetectionWord::Movements { count, period: Some((from, to)), out, into } => {
            format!("movements: {count}, {from} to {to}; out {}, in {} yuan", out.grouped(), into.grouped())
        }
        DetectionWord::LeftOut { why, lines, count } => {
            let why = left_out(*why);
            format!("left out, {why}: {}", numbers(lines, *count))
        }
        DetectionWord::Unread { lines, count } => format!("cannot be read: {}", numbers(lines, *count)),
        DetectionWord::Turned => {
            "By the statement's balance, out and in are the other way round than usual; turned below, to be checked."
                .into()
        }
        DetectionWord::Candidates(row) => format!("No headings were recognised. Row {row} looks most like them:"),
        DetectionWord::NoCandidates => "No headings were recognised: no row has a text.".into(),
        DetectionWord::ToFillIn => "\
Fill in the headings below and take the # off. It needs date, and out, in or amount.
Where a statement has no headings, count the columns, as in date = 1, and say with
skip_rows how many rows at the top are not to be looked at."
            .into(),
        DetectionWord::Column(column) => match column {
            Column::Date => "the day",
            Column::Out => "what went out (debit)",
            Column::In => "what came in (credit)",
            Column::Amount => "the sum, where out and in have one column",
            Column::Side => "debit or credit",
            Column::Payee => "the other side",
            Column::Payer => "who paid",
            Column::Payment => "the payment's number",
            Column::Memo => "what for",
            Column::Status => "status of the payment",
            Column::Currency => "currency",
        }
        .into(),
    }
}

pub(super) fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Balance => "balances and totals",
        LeftOut::Ignored => "named in ignore",
        LeftOut::Others => "without what only names",
        LeftOut::Zero => "of zero",
        LeftOut::Failed => "failed payments",
        LeftOut::Headings => "headings again",
    }
}

pub(super) fn numbers(lines: &[u64], count: u64) -> String {
    let named: Vec<String> = lines.iter().map(u64::to_string).collect();
    let (named, rows) = (named.join(", "), if count == 1 { "row" } else { "rows" });
    if count > lines.len() as u64 { format!("rows {named} …, {count} in all") } else { format!("{rows} {named}") }
}
