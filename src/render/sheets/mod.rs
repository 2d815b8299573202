//! Each report as a sheet: which columns, under which headings, with which notes.

mod checkup;
mod importing;
mod mending;
mod month;
mod pack;
mod register;
mod restoring;
mod spending;
mod verification;
mod year;

pub(crate) use checkup::checkup;
pub(crate) use importing::importing;
pub(crate) use mending::{examined, mending};
pub(crate) use month::monthly;
pub(crate) use pack::{pack, pack_name, pack_title, remarks};
pub(crate) use register::register;
pub(crate) use restoring::restoring;
pub(crate) use spending::spending;
pub(crate) use verification::verification;
pub(crate) use year::{carrying, close_page};

use super::sheet::{Body, Cell, Column, Field, Sheet, Signed};
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::capitals::capitals;
use crate::domain::entry::Moves;
use crate::domain::figure::Figure;
use crate::lang::{self, Phrase, YearEndWord, heading, phrase};
use crate::reports::balance::{Balance, BalanceFigures, Named};
use crate::reports::commitments::{CommitmentFigures, Commitments};
use crate::reports::receipt::{Act, Part, Receipt};
use crate::reports::stamp::{Stamp, Unverified};
use crate::reports::variance::{Variance, VarianceFigures};

/// How many hexadecimal digits stand together where people read a digest.
const DIGEST_GROUP: usize = 4;

pub(crate) fn balance(report: &Balance, language: Language, in_wan: bool) -> Sheet {
    let columns = [
        (Figure::Number, 1),
        (Figure::Name, 0),
        (Figure::Original, 6),
        (Figure::Adjusted, 7),
        (Figure::Revised, 0),
        (Figure::Committed, 4),
        (Figure::Spent, 2),
        (Figure::Available, 0),
        (Figure::ExecutionRate, 3),
    ];
    let figures = |row: &BalanceFigures| {
        vec![
            Cell::Amount(row.original),
            Cell::Amount(row.adjusted),
            Cell::Amount(row.revised),
            Cell::Amount(row.committed),
            Cell::Amount(row.spent),
            Cell::Amount(row.available),
            Cell::rate(row.execution_rate),
            Cell::Bar(row.execution_rate),
        ]
    };
    let rows = report.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect();
    let total = [unnamed(language), figures(&report.total)].concat();
    let mut columns = with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec());
    columns.push(Column { figure: None, heading: Some(String::new()), dispensable: 5 });
    Sheet {
        schema: "taizhang.balance/1",
        heading: title(&report.stamp, language, Phrase::BalanceTitle, in_wan),
        notes: [notes(in_wan, &report.uneven_in_wan, language), notes_across(in_wan, &report.uneven_rows, language)]
            .concat(),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Rows { columns, rows, subtotals: Vec::new(), total: Some(total) },
        charts: report.charts.clone(),
        signed: Signed::OnPaper,
        in_wan,
    }
}

pub(crate) fn commitments(report: &Commitments, language: Language, in_wan: bool) -> Sheet {
    let columns = [
        (Figure::Number, 6),
        (Figure::Name, 0),
        (Figure::Seq, 0),
        (Figure::Date, 1),
        (Figure::Age, 2),
        (Figure::Doc, 3),
        (Figure::Payee, 5),
        (Figure::Memo, 8),
        (Figure::Promised, 4),
        (Figure::Released, 7),
        (Figure::Committed, 0),
    ];
    let figures = |row: &CommitmentFigures| {
        vec![Cell::Amount(row.promised), Cell::Amount(row.released), Cell::Amount(row.committed)]
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows = report.rows.iter().map(|row| {
        let date = row.date.map_or(Cell::Empty, Cell::Date);
        let told =
            vec![Cell::Number(row.seq), date, Cell::Number(row.age), text(&row.doc), text(&row.payee), text(&row.memo)];
        [named(&row.allocation), told, figures(&row.figures)].concat()
    });
    let total = [unnamed(language), vec![Cell::Empty; 6], figures(&report.total)].concat();
    Sheet {
        schema: "taizhang.commitments/1",
        heading: title(&report.stamp, language, Phrase::CommitmentsTitle, in_wan),
        notes: notes(in_wan, &report.uneven_in_wan, language),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Rows {
            columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
            rows: rows.collect(),
            subtotals: Vec::new(),
            total: Some(total),
        },
        charts: Vec::new(),
        signed: Signed::OnPaper,
        in_wan,
    }
}

pub(crate) fn variance(report: &Variance, language: Language, in_wan: bool) -> Sheet {
    let columns = [
        (Figure::Number, 4),
        (Figure::Name, 0),
        (Figure::Revised, 6),
        (Figure::PlanToDate, 2),
        (Figure::Spent, 0),
        (Figure::Variance, 1),
        (Figure::VarianceRate, 10),
        (Figure::ExecutionRate, 7),
        (Figure::ElapsedRate, 9),
        (Figure::Gap, 8),
        (Figure::Forecast, 5),
        (Figure::Status, 0),
    ];
    let figures = |row: &VarianceFigures| {
        vec![
            Cell::Amount(row.revised),
            Cell::Amount(row.plan_to_date),
            Cell::Amount(row.spent),
            Cell::Amount(row.variance),
            Cell::rate(row.variance_rate),
            Cell::rate(row.execution_rate),
            Cell::Rate(row.elapsed_rate),
            Cell::rate(row.gap),
            Cell::Amount(row.forecast),
            Cell::Status(row.status),
        ]
    };
    let rows = report.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect();
    let total = [unnamed(language), figures(&report.total)].concat();
    let elapsed = Phrase::Elapsed { rate: report.elapsed_rate.to_string(), by_months: report.by_months };
    let mut notes = notes(in_wan, &report.uneven_in_wan, language);
    notes.extend(notes_across(in_wan, &report.uneven_rows, language));
    notes.splice(0..0, [phrase(language, &elapsed), phrase(language, &Phrase::VarianceRule)]);
    Sheet {
        schema: "taizhang.variance/1",
        heading: title(&report.stamp, language, Phrase::VarianceTitle, in_wan),
        notes,
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Rows {
            columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
            rows,
            subtotals: Vec::new(),
            total: Some(total),
        },
        charts: report.charts.clone(),
        signed: Signed::OnPaper,
        in_wan,
    }
}

/// What is shown before a ledger is opened: every allocation, and the total in capitals.
pub(crate) fn opening(report: &Balance, language: Language, capitals: &str) -> Sheet {
    let columns = [(Figure::Number, 1), (Figure::Name, 0), (Figure::Original, 0)];
    let cells = |row: &BalanceFigures| vec![Cell::Amount(row.original)];
    let rows = report.rows.iter().map(|row| [named(&row.allocation), cells(&row.figures)].concat()).collect();
    let total = [unnamed(language), cells(&report.total)].concat();
    Sheet {
        schema: "taizhang.opening/1",
        heading: title(&report.stamp, language, Phrase::OpeningTitle, false),
        notes: vec![format!("{}  {capitals}", phrase(language, &Phrase::FieldTotal))],
        footer: Vec::new(),
        stamp: Some(report.stamp.clone()),
        facts: Vec::new(),
        body: Body::Rows {
            columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
            rows,
            subtotals: Vec::new(),
            total: Some(total),
        },
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}

pub(crate) fn receipt(receipt: &Receipt, language: Language) -> Sheet {
    let label = |field: Phrase| phrase(language, &field);
    let seq = receipt.seqs.last().copied().unwrap_or_default();
    let first = receipt.seqs.first().copied().unwrap_or_default();
    let (amount, of) = (receipt.amount, receipt.of.unwrap_or_default());
    let id = receipt.id.clone().unwrap_or_default();
    let head = match receipt.act {
        _ if receipt.already_recorded => Phrase::AlreadyRows { first, last: seq, id: id.clone() },
        _ if receipt.dry_run => Phrase::WouldWrite { first, last: seq },
        Act::Opening => Phrase::Opened { rows: seq, allocations: receipt.seqs.len() - 1 },
        Act::Expense => Phrase::Recorded { seq, amount },
        Act::Reversal => Phrase::Reversed { seq, of, amount: -amount },
        Act::Refund => Phrase::Refunded { seq, of, amount: -amount },
        Act::Adjustment => Phrase::Adjusted { seq, amount },
        Act::Undoing => Phrase::Undone { first, last: seq, of },
        Act::Split => Phrase::Split { first, last: seq, amount },
        Act::Carrying => Phrase::Carried { first, last: seq, amount },
        Act::Transfer => Phrase::Transferred { first, last: seq, amount },
        Act::Commitment => Phrase::Committed { seq, amount },
        Act::Close => Phrase::Closed { month: receipt.date.map(Month::of), first, last: seq },
        Act::Note => Phrase::Noted { seq, of },
        Act::Correction => Phrase::Corrected { first, last: seq, amount },
        Act::Release => Phrase::Released { seq, of, amount: -amount },
    };
    let text = |text: String| Cell::Text(text);
    let mut fields = vec![
        Field::hidden("seq", Cell::Number(seq)),
        Field::hidden("seqs", Cell::Numbers(receipt.seqs.clone())),
        Field::hidden("kind", text(receipt.kind.key().to_owned())),
        Field::hidden("ref", receipt.of.map_or(Cell::Empty, Cell::Number)),
    ];
    if let Some(allocation) = &receipt.allocation {
        let said = format!("{} {}", allocation.number, allocation.name);
        fields.push(
            Field::shown("allocation", label(Phrase::FieldAllocation), text(allocation.key.clone())).saying(said),
        );
    } else {
        fields.push(Field::hidden("allocation", Cell::Empty));
    }
    if let Some(date) = receipt.date {
        fields.push(Field::shown("date", label(Phrase::FieldDate), Cell::Date(date)));
    }
    let words = format!("{}  {}", amount.grouped(), capitals(amount));
    // A close or a note moves nothing, and a zero in capitals would only puzzle.
    fields.push(if receipt.kind.moves() == Moves::Nothing && receipt.act != Act::Opening {
        Field::hidden("amount", Cell::Amount(amount))
    } else {
        Field::shown("amount", label(Phrase::FieldAmount), Cell::Amount(amount)).saying(words)
    });
    fields.push(Field::shown("available", label(Phrase::FieldAvailable), Cell::Amount(receipt.available)));
    fields.push(match &receipt.id {
        Some(_) => Field::shown("id", label(Phrase::FieldId), text(id)),
        None => Field::hidden("id", Cell::Empty),
    });
    let digest = receipt.digest.map(|digest| digest.to_string());
    fields.push(match digest {
        Some(digest) => Field::shown("hash", label(Phrase::FieldDigest), text(digest)),
        None => Field::hidden("hash", Cell::Empty),
    });
    fields.push(Field::hidden("already_recorded", Cell::Flag(receipt.already_recorded)));
    fields.push(Field::hidden("dry_run", Cell::Flag(receipt.dry_run)));
    fields.push(fund(receipt, language));
    if !receipt.parts.is_empty() {
        fields.push(Field::hidden("parts", Cell::Records(receipt.parts.iter().map(part).collect())));
    }
    let notes = receipt_notes(receipt, language);
    Sheet { notes, ..record("taizhang.receipt/1", phrase(language, &head), fields) }
}

/// People are told of it where there is more than one it could be.
fn fund(receipt: &Receipt, language: Language) -> Field {
    let key = receipt.fund.map_or(Cell::Empty, |fund| Cell::Text(fund.key().to_owned()));
    match receipt.fund {
        Some(fund) if receipt.is_one_of_several_funds => {
            let said = lang::year_end(language, &YearEndWord::Fund(fund));
            Field::shown("fund", phrase(language, &Phrase::FieldFund), key).saying(said)
        }
        Some(_) | None => Field::hidden("fund", key),
    }
}

fn part(part: &Part) -> Vec<(&'static str, Cell)> {
    vec![
        ("allocation", Cell::Text(part.allocation.key.clone())),
        ("amount", Cell::Amount(part.amount)),
        ("available", Cell::Amount(part.available)),
    ]
}

/// What a receipt says beside its main row: where the parts of a bill went, and what was promised again.
fn receipt_notes(receipt: &Receipt, language: Language) -> Vec<String> {
    let part = |part: &Part| Phrase::SplitPart {
        allocation: format!("{} {}", part.allocation.number, part.allocation.name),
        amount: part.amount,
        available: part.available,
    };
    let takes_back = matches!(receipt.act, Act::Reversal | Act::Refund);
    let again = receipt.seqs.first().filter(|_| takes_back && receipt.seqs.len() > 1);
    let phrases = receipt.parts.iter().map(part).chain(again.map(|seq| Phrase::Recommitted { seq: *seq }));
    phrases.map(|said| phrase(language, &said)).collect()
}

/// A record under a headline of its own.
pub(crate) fn record(schema: &'static str, headline: String, fields: Vec<Field>) -> Sheet {
    let heading = vec![headline];
    Sheet {
        schema,
        heading,
        stamp: None,
        facts: Vec::new(),
        body: Body::Record(fields),
        notes: Vec::new(),
        footer: Vec::new(),
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}

pub(super) fn column(language: Language, figure: Figure, dispensable: u8) -> Column {
    Column { figure: Some(figure), heading: Some(heading(language, figure).to_owned()), dispensable }
}

/// Programs name a line by its key, which people don't need to see.
pub(super) fn with_key(mut columns: Vec<Column>) -> Vec<Column> {
    columns.insert(0, Column { figure: Some(Figure::Allocation), heading: None, dispensable: 0 });
    columns
}

pub(super) fn named(allocation: &Named) -> Vec<Cell> {
    vec![
        Cell::Text(allocation.key.clone()),
        Cell::Number(allocation.number as u64),
        Cell::Text(allocation.name.clone()),
    ]
}

pub(super) fn unnamed(language: Language) -> Vec<Cell> {
    vec![Cell::Empty, Cell::Empty, Cell::Text(phrase(language, &Phrase::Total))]
}

pub(super) fn title(stamp: &Stamp, language: Language, title: Phrase, in_wan: bool) -> Vec<String> {
    title_said(stamp, language, phrase(language, &title), in_wan)
}

/// The same for a title of another catalogue.
pub(super) fn title_said(stamp: &Stamp, language: Language, title: String, in_wan: bool) -> Vec<String> {
    let say = |phrase_: Phrase| phrase(language, &phrase_);
    let unit = if in_wan { Phrase::InWan } else { Phrase::InYuan };
    let mut lines = vec![office(stamp, language), [title, say(Phrase::AsOf(stamp.as_of)), say(unit)].join("   ")];
    if let Some(unverified) = stamp.unverified {
        lines.push(format!("!! {} !!", say(unverified_said(unverified))));
    }
    lines
}

fn unverified_said(unverified: Unverified) -> Phrase {
    match unverified {
        Unverified::From(row) => Phrase::UnverifiedFrom(row),
        Unverified::End => Phrase::UnverifiedEnd,
    }
}

/// Whose budget, of which year.
fn office(stamp: &Stamp, language: Language) -> String {
    let office = Phrase::Office { unit: stamp.unit.clone(), title: stamp.title.clone(), year: stamp.year };
    phrase(language, &office)
}

fn notes(in_wan: bool, uneven: &[Figure], language: Language) -> Vec<String> {
    let rounded = (in_wan && !uneven.is_empty()).then(|| Phrase::RoundedRowsDoNotFoot(uneven.to_vec()));
    rounded.iter().map(|note| phrase(language, note)).collect()
}

/// The same where a row's own figures do not come out.
fn notes_across(in_wan: bool, uneven: &[Figure], language: Language) -> Vec<String> {
    let rounded = (in_wan && !uneven.is_empty()).then(|| Phrase::RoundedArithmetic(uneven.to_vec()));
    rounded.iter().map(|note| phrase(language, note)).collect()
}

pub(super) fn footer(stamp: &Stamp, language: Language) -> Vec<String> {
    let say = |phrase_: Phrase| phrase(language, &phrase_);
    let state = match (stamp.unverified, &stamp.closed, stamp.digest) {
        (Some(unverified), _, _) => unverified_said(unverified),
        (None, _, None) => Phrase::NotOpened,
        (None, Some(closed), _) => Phrase::MonthClosedBy { month: closed.month, row: closed.seq },
        (None, None, Some(_)) => Phrase::MonthNotClosed,
    };
    let first = [
        say(Phrase::AsOf(stamp.as_of)),
        say(Phrase::Rows(stamp.rows)),
        say(state),
        say(Phrase::BudgetDigest(stamp.budget_digest.clone())),
        format!("taizhang {}", env!("CARGO_PKG_VERSION")),
    ];
    let digest = stamp.digest.map(|digest| say(Phrase::LedgerDigest(grouped_digest(&digest.to_string()))));
    [Some(first.join(" · ")), digest, Some(say(Phrase::NotTheStatutoryLedger))].into_iter().flatten().collect()
}

/// A digest as paper carries it: in groups of four.
fn grouped_digest(digest: &str) -> String {
    let groups: Vec<String> =
        digest.as_bytes().chunks(DIGEST_GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(" ")
}
