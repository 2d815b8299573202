//! What `restore` answers, as a record.

use super::record;
use crate::domain::budget::Language;
use crate::lang::{Phrase, phrase};
use crate::render::sheet::{Cell, Field, Sheet};
use crate::reports::restoring::{Became, Restoring};

pub(crate) fn restoring(report: &Restoring, language: Language) -> Sheet {
    let label = |field: Phrase| phrase(language, &field);
    let rows = report.rows;
    let head = match &report.became {
        Became::Whole => Phrase::RestoreNotNeeded { rows },
        Became::Tried => Phrase::RestoreTried { rows },
        Became::Written { path, .. } => Phrase::RestoredInto { rows, path: path.clone() },
        Became::InPlace { .. } => Phrase::RestoredInPlace { rows: rows - 1 },
    };
    let (file, kept, row) = match &report.became {
        Became::Whole | Became::Tried => (None, None, None),
        Became::Written { path, .. } => (Some(path.clone()), None, None),
        Became::InPlace { row, kept } => (None, kept.clone(), Some(*row)),
    };
    let optional = |key, name: Phrase, text: Option<String>| match text {
        None => Field::hidden(key, Cell::Empty),
        Some(text) => Field::shown(key, label(name), Cell::Text(text)),
    };
    let keys: Vec<&str> = report.signs.iter().map(|sign| sign.key()).collect();
    let signs = optional("signs", Phrase::FieldSigns, Some(keys.join("+")).filter(|keys| !keys.is_empty()));
    let fields = vec![
        Field::hidden("outcome", Cell::Text(report.became.key().to_owned())),
        Field::hidden("rows", Cell::Number(rows)),
        Field::hidden("file", file.map_or(Cell::Empty, Cell::Text)),
        signs.saying(label(Phrase::Signs(report.signs.clone()))),
        optional("kept", Phrase::FieldKept, kept),
        match row {
            Some(row) => Field::shown("row", label(Phrase::FieldRepairRow), Cell::Number(row))
                .saying(label(Phrase::RepairRow(row))),
            None => Field::hidden("row", Cell::Empty),
        },
        Field::shown("hash", label(Phrase::FieldDigest), Cell::Text(report.digest.to_string())),
    ];
    let mut sheet = record("taizhang.restored/1", label(head), fields);
    if let Became::Written { words: Some(words), .. } = &report.became {
        sheet.notes.push(label(Phrase::PutInPlace { words: words.clone() }));
    }
    sheet
}
