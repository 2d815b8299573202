//! The sheets of a month's and a year's end: the page that is signed, and what is carried over.

use super::super::sheet::{Body, Cell, Field, Sheet, Signed};
use super::{column, footer, grouped_digest, named, receipt, title, unnamed, with_key};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{Phrase, phrase};
use crate::reports::carrying::{Carrying, CarryingFigures};
use crate::reports::close_page::{ClosePage, ClosePageFigures, Sealed};
use crate::reports::receipt::Receipt;

pub(crate) fn close_page(page: &ClosePage, language: Language) -> Sheet {
    let columns = [
        (Figure::Number, 1),
        (Figure::Name, 0),
        (Figure::Revised, 2),
        (Figure::Committed, 3),
        (Figure::MonthSpent, 0),
        (Figure::Spent, 0),
        (Figure::Available, 0),
    ];
    let figures = |row: &ClosePageFigures| {
        [row.revised, row.committed, row.month_spent, row.spent, row.available].map(Cell::Amount).to_vec()
    };
    let rows = page.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect();
    let total = [unnamed(language), figures(&page.total)].concat();
    let say = |said: Phrase| phrase(language, &said);
    let mut heading = title(&page.stamp, language, Phrase::ClosePageTitle, false);
    heading.push(say(Phrase::Period { month: page.month, first: page.first_row, last: page.last_row }));
    let Sealed { ledger, rows: sealed_rows, bytes, sha256, sm3 } = page.sealed.clone();
    let digests = [("sha256", sha256.clone()), ("sm3", sm3.clone())].map(|(key, hex)| (key, Cell::Text(hex)));
    let sealed = [("rows", Cell::Number(sealed_rows)), ("bytes", Cell::Number(bytes))];
    Sheet {
        schema: "taizhang.close-page/1",
        heading,
        notes: vec![
            say(Phrase::Sealed { rows: sealed_rows, bytes }),
            say(Phrase::StockTools { ledger, bytes, sha256, sm3 }),
        ],
        footer: footer(&page.stamp, language),
        stamp: Some(page.stamp.clone()),
        facts: vec![
            Field::hidden("month", Cell::Text(page.month.to_string())),
            Field::hidden("first_row", Cell::Number(page.first_row)),
            Field::hidden("last_row", Cell::Number(page.last_row)),
            Field::hidden("sealed", Cell::Records(vec![sealed.into_iter().chain(digests).collect()])),
        ],
        body: Body::Rows {
            columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
            rows,
            subtotals: Vec::new(),
            total: Some(total),
        },
        charts: Vec::new(),
        signed: Signed::Always,
        in_wan: false,
    }
}

pub(crate) fn carrying(report: &Carrying, language: Language) -> Sheet {
    let columns = [
        (Figure::Number, 1),
        (Figure::Name, 0),
        (Figure::Left, 0),
        (Figure::Carried, 0),
        (Figure::Lapsed, 0),
        (Figure::Committed, 0),
    ];
    let figures = |row: &CarryingFigures| [row.left, row.carried, row.lapsed, row.committed].map(Cell::Amount).to_vec();
    let rows = report.rows.iter().map(|row| [named(&row.allocation), figures(&row.figures)].concat()).collect();
    let total = [unnamed(language), figures(&report.total)].concat();
    let say = |said: Phrase| phrase(language, &said);
    let receipt = receipt(&Receipt { amount: report.total.carried, ..report.receipt.clone() }, language);
    let Body::Record(fields) = receipt.body else { unreachable!("a receipt is a record") };
    let digest = report.digest.to_string();
    let mut facts: Vec<Field> = fields
        .into_iter()
        .filter(|field| ["seq", "seqs", "date", "id", "hash", "already_recorded", "dry_run"].contains(&field.key))
        .map(|field| Field::hidden(field.key, field.cell))
        .collect();
    facts.push(Field::hidden("from", Cell::Text(report.from.clone())));
    facts.push(Field::hidden("from_hash", Cell::Text(digest.clone())));
    let lapsed = Some(report.total.lapsed).filter(|lapsed| !lapsed.is_zero()).map(|lapsed| say(Phrase::Lapsed(lapsed)));
    let from = say(Phrase::CarriedFrom { id: report.from.clone(), digest: grouped_digest(&digest) });
    Sheet {
        schema: "taizhang.carrying/1",
        heading: receipt.heading,
        stamp: None,
        facts,
        body: Body::Rows {
            columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
            rows,
            subtotals: Vec::new(),
            total: Some(total),
        },
        notes: lapsed.into_iter().chain([from]).collect(),
        footer: Vec::new(),
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}
