//! The sheets of an import: what it came to by allocation, or for a dry run row by row.

use super::super::sheet::{Body, Cell, Column, Field, Sheet, Signed};
use super::{column, named, unnamed, with_key};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{Phrase, heading, phrase};
use crate::reports::importing::{ImportLine, Importing, ImportingFigures};

pub(crate) fn importing(report: &Importing, language: Language) -> Sheet {
    let say = |said: Phrase| phrase(language, &said);
    let text = |text: &str| Cell::Text(text.to_owned());
    let (first, last) =
        report.seqs.map_or((Cell::Empty, Cell::Empty), |(first, last)| (Cell::Number(first), Cell::Number(last)));
    let file = match &report.sheet {
        Some(sheet) => format!("{} [{sheet}]", report.file),
        None => report.file.clone(),
    };
    let (known, new) = (report.known, report.new);
    let imported = Phrase::Imported { file, known, new, rows: report.seqs, dry_run: report.dry_run };
    let headings = report.headings.iter().map(|(field, heading)| (*field, text(heading))).collect();
    let digest = report.digest.map_or(Cell::Empty, |digest| Cell::Text(digest.to_string()));
    let mut notes = Vec::new();
    notes.extend(report.dry_run.then(|| say(Phrase::HeadingsRead(report.headings.clone()))));
    notes.extend((!report.totals.is_empty()).then(|| say(Phrase::TotalsLeftOut(report.totals.clone()))));
    notes.extend((report.hidden > 0).then(|| say(Phrase::HiddenRows(report.hidden))));
    Sheet {
        schema: "taizhang.import/1",
        heading: vec![say(imported)],
        stamp: None,
        facts: vec![
            Field::hidden("file", text(&report.file)),
            Field::hidden("sheet", report.sheet.as_deref().map_or(Cell::Empty, text)),
            Field::hidden("headings", Cell::Records(vec![headings])),
            Field::hidden("known", Cell::Number(known)),
            Field::hidden("new", Cell::Number(new)),
            Field::hidden("first_row", first),
            Field::hidden("last_row", last),
            Field::hidden("amount", Cell::Amount(report.total.amount)),
            Field::hidden("hash", digest),
            Field::hidden("dry_run", Cell::Flag(report.dry_run)),
        ],
        body: if report.dry_run { by_line(report, language) } else { by_allocation(report, language) },
        notes,
        footer: Vec::new(),
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}

fn by_allocation(report: &Importing, language: Language) -> Body {
    let columns =
        [(Figure::Number, 1), (Figure::Name, 0), (Figure::Count, 0), (Figure::Amount, 0), (Figure::Available, 0)];
    let figures =
        |row: &ImportingFigures| vec![Cell::Number(row.count), Cell::Amount(row.amount), Cell::Amount(row.available)];
    Body::Rows {
        columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
        rows: report.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect(),
        subtotals: Vec::new(),
        total: (report.new > 0).then(|| [unnamed(language), figures(&report.total)].concat()),
    }
}

fn by_line(report: &Importing, language: Language) -> Body {
    let shown = |figure, dispensable| column(language, figure, dispensable);
    let columns = vec![
        shown(Figure::Line, 0),
        Column { heading: None, ..shown(Figure::Fate, 0) },
        Column { figure: None, ..shown(Figure::Fate, 0) },
        Column { heading: None, ..shown(Figure::Seq, 0) },
        shown(Figure::Date, 0),
        Column { heading: Some(heading(language, Figure::Name).to_owned()), ..shown(Figure::Allocation, 2) },
        shown(Figure::Amount, 0),
        shown(Figure::Payee, 1),
        shown(Figure::Memo, 3),
    ];
    let row = |line: &ImportLine| {
        let fate = if line.is_known { Phrase::IsKnown(line.seq) } else { Phrase::IsNew(line.seq) };
        vec![
            Cell::Number(line.line),
            Cell::Text(if line.is_known { "known" } else { "new" }.into()),
            Cell::Text(phrase(language, &fate)),
            Cell::Number(line.seq),
            line.date.map_or(Cell::Empty, Cell::Date),
            Cell::Text(line.allocation.clone()),
            Cell::Amount(line.amount),
            Cell::Text(line.payee.clone()),
            Cell::Text(line.memo.clone()),
        ]
    };
    Body::Rows { columns, rows: report.lines.iter().map(row).collect(), subtotals: Vec::new(), total: None }
}
