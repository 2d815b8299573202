//! What `verify` answers, as a record.

use super::record;
use crate::domain::budget::Language;
use crate::lang::{Phrase, phrase};
use crate::render::sheet::{Cell, Field, Sheet};
use crate::reports::verification::{Flaw, Verification};

pub(crate) fn verification(report: &Verification, language: Language) -> Sheet {
    let label = |field: Phrase| phrase(language, &field);
    let rows = report.rows;
    let head = match (report.broken_at, report.flaw) {
        (Some(row), Some(Flaw::LineFeed)) => Phrase::VerifyLineFeed { row },
        (_, Some(Flaw::Missing { last })) => Phrase::VerifyMissing { rows, last },
        (Some(row), Some(Flaw::Head)) => Phrase::VerifyOtherHead { row },
        (_, Some(Flaw::Resaved)) => Phrase::VerifyResaved,
        (Some(row), _) => Phrase::VerifyBad { row },
        (None, _) if report.is_damaged => Phrase::VerifyNoEnd { rows },
        (None, _) if !report.holds() => Phrase::VerifyAnchorUnknown { rows },
        (None, _) => Phrase::VerifyGood { rows },
    };
    let head_file = match (report.has_head, report.is_damaged) {
        (true, _) => Phrase::HeadAgrees,
        (false, true) => Phrase::HeadUnreadable,
        (false, false) => Phrase::HeadMissing,
    };
    let closed = report.closed_through.map_or(Cell::Empty, |month| Cell::Text(month.to_string()));
    let mut fields = vec![
        Field::hidden("holds", Cell::Flag(report.holds())),
        Field::hidden("rows", Cell::Number(report.rows)),
        Field::shown("bytes", label(Phrase::FieldBytes), Cell::Number(report.bytes)),
        match report.digest {
            None => Field::hidden("hash", Cell::Empty),
            Some(digest) => Field::shown("hash", label(Phrase::FieldDigest), Cell::Text(digest.to_string())),
        },
        Field::hidden("broken_at", report.broken_at.map_or(Cell::Empty, Cell::Number)),
    ];
    let agreeing = Cell::Flag(report.has_head);
    fields.push(match report.broken_at {
        None => Field::shown("head", label(Phrase::FieldHead), agreeing).saying(label(head_file)),
        Some(_) => Field::hidden("head", agreeing),
    });
    let closed_field = Field::shown("closed_through", label(Phrase::FieldClosed), closed);
    fields.push(if report.closed_through.is_none() {
        closed_field.saying(label(Phrase::NoneClosed))
    } else {
        closed_field
    });
    fields.push(if report.unfinished > 0 {
        let said = label(Phrase::UnfinishedBytes(report.unfinished));
        Field::shown("unfinished_bytes", label(Phrase::FieldUnfinished), Cell::Number(report.unfinished)).saying(said)
    } else {
        Field::hidden("unfinished_bytes", Cell::Number(0))
    });
    let found = report.anchor.map_or(Cell::Empty, |anchor| Cell::Flag(anchor.row.is_some()));
    fields.push(Field::hidden("anchor_found", found));
    let row = report.anchor.and_then(|anchor| anchor.row);
    fields.push(match row {
        Some(row) => Field::shown("anchor_row", label(Phrase::FieldAnchor), Cell::Number(row))
            .saying(label(Phrase::AnchorAt { row, since: report.rows.saturating_sub(row) })),
        None => Field::hidden("anchor_row", Cell::Empty),
    });
    fields.push(Field::hidden("repairs", Cell::Numbers(report.repairs.clone())));
    record("taizhang.verification/1", phrase(language, &head), fields)
}
