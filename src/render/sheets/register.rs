//! The sheet of the register: a book page, with the totals of each month between its rows.

use super::super::rows::{Maker, Making, Readers, Rows};
use super::super::sheet::{Body, Cell, Column, Field, Sheet, Signed, Subtotal};
use super::{column, footer, notes, title};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{Phrase, phrase};
use crate::reports::register::{Entries, Register, RegisterFigures, RegisterMonth, RegisterRow};

pub(crate) fn register(report: &Register, language: Language, in_wan: bool) -> Sheet {
    let say = |said: Phrase| phrase(language, &said);
    let columns = without_what_is_empty(columns(report, language), report);
    let rows = Rows::made_by(report.count, MakingEntries { entries: report.entries.clone(), language });
    let mut heading = title(&report.stamp, language, Phrase::RegisterTitle, in_wan);
    let wanted = &report.wanted;
    let which = [
        Some(Phrase::Between { from: wanted.from, to: wanted.to }),
        wanted.payee.clone().map(Phrase::OnlyPayee),
        wanted.voucher.clone().map(Phrase::OnlyVoucher),
    ];
    heading.push(which.into_iter().flatten().map(say).collect::<Vec<_>>().join("   "));
    let cut = report.months.iter().filter(|month| month.is_cut).map(|month| Phrase::CutMonth(month.month));
    let remarks = (report.is_filtered && report.count > 0).then_some(Phrase::NoBalanceColumn).into_iter().chain(cut);
    let remarks = (report.count == 0).then_some(Phrase::NoEntries).into_iter().chain(remarks);
    let months = report.months.iter().map(month).collect();
    Sheet {
        schema: "taizhang.register/1",
        heading,
        notes: remarks.map(say).chain(notes(in_wan, &report.uneven_in_wan, language)).collect(),
        charts: Vec::new(),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts: vec![
            Field::hidden("from", Cell::Text(wanted.from.to_string())),
            Field::hidden("to", Cell::Text(wanted.to.to_string())),
            Field::hidden("payee", wanted.payee.clone().map_or(Cell::Empty, Cell::Text)),
            Field::hidden("voucher", wanted.voucher.clone().map_or(Cell::Empty, Cell::Text)),
            Field::hidden(
                "opening",
                Cell::Records(report.opening.iter().map(|figures| opening(figures, report)).collect()),
            ),
            Field::hidden("months", Cell::Records(months)),
        ],
        body: Body::Rows { subtotals: subtotals(report, &columns, language), columns, rows, total: None },
        signed: Signed::OnPaper,
        in_wan,
    }
}

fn columns(report: &Register, language: Language) -> Vec<Column> {
    let seen = |figure, dispensable| column(language, figure, dispensable);
    let unseen = |figure| Column { heading: None, ..column(language, figure, 0) };
    let available = seen(Figure::Available, 0);
    vec![
        seen(Figure::Seq, 1),
        seen(Figure::Date, 0),
        unseen(Figure::Kind),
        seen(Figure::Voucher, 3),
        unseen(Figure::Allocation),
        seen(Figure::Number, 4),
        seen(Figure::Memo, 0),
        seen(Figure::Payee, 5),
        unseen(Figure::Doc),
        unseen(Figure::Payment),
        unseen(Figure::Invoice),
        unseen(Figure::Ref),
        seen(Figure::Budgeted, 0),
        seen(Figure::Committed, 0),
        seen(Figure::Spent, 0),
        if report.is_filtered { Column { heading: None, ..available } } else { available },
    ]
}

/// Makes the rows of a register.
struct MakingEntries {
    entries: Entries,
    language: Language,
}

impl Maker for MakingEntries {
    fn rows(&self, readers: Readers) -> Making<'_> {
        Box::new(self.entries.each().map(move |entry| Ok(cells(entry?, readers, self.language))))
    }
}

fn cells(entry: RegisterRow, readers: Readers, language: Language) -> Vec<Cell> {
    let number = |seq: Option<u64>| seq.map_or(Cell::Empty, Cell::Number);
    let amount = |amount: Option<Amount>| amount.map_or(Cell::Empty, Cell::Booked);
    let RegisterRow { row, number: of, budget, committed, spent, available } = entry;
    let (date, memo) = match readers {
        Readers::People => {
            let words = phrase(language, &Phrase::Entered(Box::new(row.clone())));
            (Cell::Text(row.date.to_string()), Cell::Worded(row.memo, words))
        }
        Readers::Programs => (Cell::Date(row.date), Cell::Text(row.memo)),
    };
    vec![
        number(row.seq),
        date,
        Cell::Kind(row.kind),
        Cell::Text(row.voucher),
        Cell::Text(row.allocation),
        Cell::Number(of as u64),
        memo,
        Cell::Text(row.payee),
        Cell::Text(row.doc),
        Cell::Text(row.payment),
        Cell::Text(row.invoice),
        number(row.refers_to),
        amount(budget),
        amount(committed),
        amount(spent),
        amount(available),
    ]
}

/// A column that holds nothing here takes no room, and is not worth saying that it was left out.
fn without_what_is_empty(mut columns: Vec<Column>, report: &Register) -> Vec<Column> {
    for column in &mut columns {
        let may_go =
            matches!(column.figure, Some(Figure::Voucher | Figure::Payee | Figure::Budgeted | Figure::Committed));
        if may_go && column.figure.is_none_or(|figure| !report.filled.contains(&figure)) {
            column.heading = None;
        }
    }
    columns
}

fn subtotals(report: &Register, columns: &[Column], language: Language) -> Vec<Subtotal> {
    let line = |after, when: Option<String>, name, figures: &RegisterFigures, ends, has_balance| {
        let cells = columns.iter().map(|column| match column.figure {
            Some(Figure::Date) => when.clone().map_or(Cell::Empty, Cell::Text),
            Some(Figure::Memo) => Cell::Text(phrase(language, &name)),
            Some(Figure::Budgeted) => Cell::Booked(figures.budget),
            Some(Figure::Committed) => Cell::Booked(figures.committed),
            Some(Figure::Spent) => Cell::Booked(figures.spent),
            Some(Figure::Available) if has_balance => Cell::Booked(figures.available()),
            _ => Cell::Empty,
        });
        Subtotal { after, cells: cells.collect(), ends }
    };
    let opening = report.opening.iter().map(|opening| line(0, None, Phrase::BroughtForward, opening, false, true));
    let months = report.months.iter().flat_map(|month| {
        [
            line(month.after, Some(month.month.to_string()), Phrase::MonthTotal, &month.of_month, false, false),
            line(month.after, None, Phrase::YearToDate, &month.to_date, true, true),
        ]
    });
    opening.chain(months).collect()
}

fn opening(figures: &RegisterFigures, report: &Register) -> Vec<(&'static str, Cell)> {
    let RegisterFigures { budget, committed, spent } = *figures;
    let amounts = [("budget", budget), ("committed", committed), ("spent", spent)];
    let available = if report.is_filtered { Cell::Empty } else { Cell::Amount(figures.available()) };
    amounts.map(|(key, amount)| (key, Cell::Amount(amount))).into_iter().chain([("available", available)]).collect()
}

fn month(month: &RegisterMonth) -> Vec<(&'static str, Cell)> {
    let RegisterMonth { of_month, to_date, .. } = month;
    let amounts = [
        ("budget", of_month.budget),
        ("committed", of_month.committed),
        ("spent", of_month.spent),
        ("year_budget", to_date.budget),
        ("year_committed", to_date.committed),
        ("year_spent", to_date.spent),
    ];
    let name = ("month", Cell::Text(month.month.to_string()));
    std::iter::once(name).chain(amounts.map(|(key, amount)| (key, Cell::Amount(amount)))).collect()
}
