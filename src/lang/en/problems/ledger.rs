//! What is wrong with a ledger, its .head file or a digest from paper.
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::{column_name, fund_name, kind_name, yuan};
use crate::domain::ledger::Breach;
use crate::domain::sign::Sign;
use crate::domain::text::shown;
use crate::lang::Words;
use crate::lang::en::counted;
use crate::problem::LedgerFault;

pub(super) fn ledger(fault: &LedgerFault) -> Words {
    let copy = "settle this before anything else is recorded: `taizhang repair` says whether it can be mended; else keep \
                this file, put back the last good copy with its .head file, and enter again what came after it; \
                `taizhang verify --anchor` tells whether a copy agrees with a signed report";
    match fault {
        LedgerFault::Empty => Words::new(
            "the ledger holds no complete opening",
            "if nothing was ever recorded in it, move the file away and run `taizhang open`; \
             else put back the last good copy",
        ),
        LedgerFault::Header => Words::new(
            "this is no ledger: its first line is not the column headings of one (format 1)",
            "is this the right file? A newer version of this program may have written it",
        ),
        LedgerFault::Resaved { signs } => {
            let signs: Vec<&str> = signs.iter().map(|sign| sign_name(*sign)).collect();
            Words::new(
                format!("another program has saved this ledger: {}", signs.join("; ")),
                "`taizhang restore` makes it again, each row proved by its own digest; or put back a copy \
                 that Excel or WPS has not saved; to look at the ledger there, open a copy of it",
            )
        }
        LedgerFault::NotUtf8 => Words::new("from this place on the line is not UTF-8 text", copy),
        LedgerFault::ControlByte { byte } => {
            Words::new(format!("an invisible control character (0x{byte:02X}) stands here"), copy)
        }
        LedgerFault::Columns { found } => {
            Words::new(format!("this line has {}, not 22", counted(*found as u64, "column")), copy)
        }
        LedgerFault::QuoteOpen => Words::new("a quote in this line is not closed", copy),
        LedgerFault::HeaderAgain => {
            Words::new("the column headings stand here again, as where two files were put into one", copy)
        }
        LedgerFault::Fork { row } => Words::new(
            format!("row {row} stands here twice, each after the same row: two machines seem to have written at once"),
            "write from neither and keep this file; see from the vouchers which came first, put back a copy with that one \
             (and its .head file), and record the other again; keep the ledger on a disk of one machine",
        ),
        LedgerFault::Column { name, text } => {
            Words::new(format!("`{}` in column `{name}` is not as this program writes it", shown(text)), copy)
        }
        LedgerFault::NewerKind { kind } => Words::new(
            format!("rows of kind `{kind}` belong to a newer format"),
            "use the newer version of this program that wrote them",
        ),
        LedgerFault::NotCanonical => Words::new("the quotes in this line are not as this program writes them", copy),
        LedgerFault::TooLong { most } => Words::new(
            format!("a line is longer than {} KB", most / 1024),
            "no ledger has such lines; is this the right file?",
        ),
        LedgerFault::Unended => Words::new("the file ends in the middle of a row", copy),
        LedgerFault::BatchCutShort { place, count } => {
            Words::new(format!("the file ends after row {place} of {count} that stand or fall together"), copy)
        }
        LedgerFault::Hash { row } => {
            Words::new(format!("row {row} or one before it was changed: its digest does not fit"), copy)
        }
        LedgerFault::Breach { row, breach } => {
            Words::new(format!("row {row} cannot stand here: {}", breached(breach)), copy)
        }
        LedgerFault::LineFeedMissing { row } => Words::new(
            format!("row {row} is whole, but the line feed at its end is missing"),
            "`taizhang repair --tail` puts it back; no row is given up",
        ),
        LedgerFault::HeadUnreadable => Words::new(
            "the ledger's .head file, which says how far the ledger goes, cannot be read: whether rows are missing at its \
             end cannot be told",
            "check the ledger against a signed report with `taizhang verify --anchor`; if it agrees, \
             `taizhang repair --head` makes a new one and keeps the old",
        ),
        LedgerFault::ShorterThanHead { head_rows, rows: 0 } => Words::new(
            format!(
                "no row of the ledger is there any more, but its .head file knows of {}",
                counted(*head_rows, "row")
            ),
            "the ledger was moved, renamed, deleted or cut off: find it and put it back beside the budget file; if there is \
             only a backup, type `taizhang restore BACKUP --in-place`",
        ),
        LedgerFault::ShorterThanHead { head_rows, rows } => Words::new(
            format!(
                "the ledger has {}, but {head_rows} were recorded: rows are missing at its end",
                counted(*rows, "row")
            ),
            "find the last good copy and put it back; `taizhang repair` says which rows are missing, whether a copy \
             beside the ledger holds them, and how to go on without them",
        ),
        LedgerFault::HeadDiffers { row } => Words::new(
            format!("row {row} is not the row that was recorded (the .head file knows another)"),
            "the ledger and its .head file do not belong together: put back two that were saved together, and check \
             them with `taizhang verify --anchor` against a signed report; if the ledger is the right one, \
             `taizhang repair --head` makes a new .head file",
        ),
        LedgerFault::CloseDigest { row, field } => {
            let field = match *field {
                "rows" => "number of rows",
                "bytes" => "number of bytes",
                "sha256" => "SHA-256",
                "sm3" => "SM3",
                other => column_name(other),
            };
            Words::new(format!("the close row {row} states another {field} than the rows before it have"), copy)
        }
        LedgerFault::IdTwice { row, first, id } => {
            Words::new(format!("row {row} carries the id `{id}` of row {first}"), copy)
        }
        LedgerFault::TakenBackTwice { row, of, over } => {
            Words::new(format!("row {row} takes back {} more than is left of row {of}", yuan(*over)), copy)
        }
        LedgerFault::RefersToOther { row, of } => {
            Words::new(format!("row {row} refers to row {of}, which is not of the kind it must refer to"), copy)
        }
        LedgerFault::AnchorUnknown { rows } => Words::new(
            format!("none of the {} has this digest", counted(*rows, "verified row")),
            "compare it with the paper once more; if it is typed right, this is not the ledger that was printed, \
             or it was rewritten since",
        ),
        LedgerFault::FewerRows { asked, rows } => Words::new(
            format!("the ledger has {}, not {asked}", counted(*rows, "row")),
            format!("give `--rows` a number from 1 to {rows}, such as the row count under an old report"),
        ),
    }
}

pub(in crate::lang) fn sign_name(sign: Sign) -> &'static str {
    match sign {
        Sign::Workbook => "an Excel workbook",
        Sign::Bom => "a byte-order mark (BOM) at its beginning",
        Sign::Utf16 => "UTF-16 text",
        Sign::Gb18030 => "GBK/GB18030 text",
        Sign::CarriageReturn => "Windows line ends (CRLF)",
        Sign::OldReturn => "old line ends (CR)",
        Sign::Separator(';') => "semicolons in place of commas",
        Sign::Separator(_) => "tabs in place of commas",
        Sign::Quoting => "other quotes",
        Sign::Date => "dates in another form",
        Sign::Amount => "amounts in another form",
        Sign::Number => "numbers taken for amounts or days",
        Sign::Scientific => "numbers in scientific notation",
        Sign::Layout => "other blanks or empty lines",
    }
}

fn breached(breach: &Breach) -> String {
    match breach {
        Breach::Seq { expected, found } => format!("its line carries the number {found} where {expected} should stand"),
        Breach::FirstRowNotOpen => "the first row must be the opening row (`open`)".into(),
        Breach::OpenAgain => "a ledger is opened once".into(),
        Breach::OpenMemo => "the opening row must state format, budget and year, and be dated 1 January".into(),
        Breach::OpeningHolds(kind) => format!("the opening holds budget rows only, not {}", kind_name(*kind)),
        Breach::Batch { expected } => format!("its batch must be {}of{}", expected.place, expected.count),
        Breach::BatchBegins { place } => format!("a batch begins with 1, not {place}"),
        Breach::IdMissing => "it has no id".into(),
        Breach::DateMissing => "it has no date".into(),
        Breach::DateGiven => "it may not have this date".into(),
        Breach::DateOutsideYear { date, year } => format!("{date} is outside {year}"),
        Breach::MonthClosed { month } => format!("{month} was closed before it"),
        Breach::Sign { kind, amount } => format!("{} cannot be {}", kind_name(*kind), yuan(*amount)),
        Breach::AllocationMissing => "it names no allocation".into(),
        Breach::AllocationGiven { kind } => format!("{} names no allocation", kind_name(*kind)),
        Breach::UnknownAllocation { key } => format!("no allocation `{key}` was opened"),
        Breach::OpenedTwice { key, fund } => format!("`{key}` with fund {} was opened before", fund_name(*fund)),
        Breach::LateOriginal => "only the opening states original amounts".into(),
        Breach::PlanMissing => "it states no plan".into(),
        Breach::PlanGiven { kind } => format!("{} has no plan", kind_name(*kind)),
        Breach::PlanUnreadable => "its plan is not as this program writes it".into(),
        Breach::PlanDoesNotFit { plan, amount } => {
            format!("its plan adds up to {}, its amount is {}", yuan(*plan), yuan(*amount))
        }
        Breach::RefMissing { kind } => format!("{} must refer to an earlier row", kind_name(*kind)),
        Breach::RefGiven { kind } => format!("{} refers to no row", kind_name(*kind)),
        Breach::RefForward { refers_to } => format!("it refers to row {refers_to}, which is not before it"),
        Breach::CloseOutOfOrder { expected } => format!("the next month to close is {expected}"),
    }
}
