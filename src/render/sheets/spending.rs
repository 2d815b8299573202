//! The sheet of spending by other cuts: what a row is of stands first, the same figures after it.

use super::super::sheet::{Body, Cell, Column, Field, Sheet, Signed};
use super::{column, footer, named, notes, title, with_key};
use crate::domain::budget::Language;
use crate::domain::cuts::Cut;
use crate::domain::figure::Figure;
use crate::lang::{self, Phrase, YearEndWord, phrase};
use crate::reports::spending::{Mark, Spending, SpendingFigures, ThreePublic};

pub(crate) fn spending(report: &Spending, language: Language, is_public: bool, in_wan: bool) -> Sheet {
    let say = |said: Phrase| phrase(language, &said);
    let figures = [
        (Figure::ExpenseCount, 6),
        (Figure::Expenses, 4),
        (Figure::Reversals, 5),
        (Figure::Refunds, 5),
        (Figure::Spent, 0),
        (Figure::Share, 1),
    ];
    let mut columns = marking(report.cut, language);
    let mut total: Vec<Cell> = columns.iter().map(|_| Cell::Empty).collect();
    let first = columns.iter().position(names_row).unwrap_or_default();
    total[first] = Cell::Text(say(Phrase::Total));
    columns.extend(figures.map(|(figure, dispensable)| column(language, figure, dispensable)));
    let rows = report.rows.iter().map(|row| [mark(&row.of, language), cells(&row.figures)].concat()).collect();
    let mut heading = title(&report.stamp, language, Phrase::SpendingTitle(report.cut), in_wan);
    heading.extend(is_public.then(|| lang::year_end(language, &YearEndWord::Public)));
    let three_public = report.three_public.as_ref();
    let beside = three_public.map(|three| fields(three, language));
    let scope = three_public.map(|_| say(Phrase::ThreePublicScope));
    let mut facts = vec![
        Field::hidden("by", Cell::Text(report.cut.key().to_owned())),
        Field::hidden("public", Cell::Flag(is_public)),
    ];
    facts.extend(beside.into_iter().flatten());
    Sheet {
        schema: "taizhang.spending/1",
        heading,
        notes: scope
            .into_iter()
            .chain([say(Phrase::SpendingRule)])
            .chain(notes(in_wan, &report.uneven_in_wan, language))
            .collect(),
        charts: Vec::new(),
        footer: footer(&report.stamp, language),
        stamp: Some(report.stamp.clone()),
        facts,
        body: Body::Rows { columns, rows, subtotals: Vec::new(), total: Some([total, cells(&report.total)].concat()) },
        signed: Signed::OnPaper,
        in_wan,
    }
}

fn cells(figures: &SpendingFigures) -> Vec<Cell> {
    vec![
        Cell::Number(figures.expense_count),
        Cell::Amount(figures.expenses),
        Cell::Amount(figures.reversals),
        Cell::Amount(figures.refunds),
        Cell::Amount(figures.spent),
        Cell::rate(figures.share),
    ]
}

/// The columns that say what a row is of.
fn marking(cut: Cut, language: Language) -> Vec<Column> {
    let seen = |figure, dispensable| column(language, figure, dispensable);
    match cut {
        Cut::Month => vec![seen(Figure::Month, 0)],
        Cut::Allocation => with_key(vec![seen(Figure::Number, 3), seen(Figure::Name, 0)]),
        Cut::Economic => {
            let name = Column { heading: Some(phrase(language, &Phrase::EconomicName)), ..seen(Figure::Name, 0) };
            vec![seen(Figure::Economic, 0), name]
        }
        Cut::Payee => vec![seen(Figure::Payee, 0)],
        Cut::Method => vec![seen(Figure::Method, 0)],
    }
}

/// Whether the total is called so in this column.
fn names_row(column: &Column) -> bool {
    matches!(column.figure, Some(Figure::Month | Figure::Name | Figure::Payee | Figure::Method))
}

fn mark(of: &Mark, language: Language) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let empty = || Cell::Worded(String::new(), phrase(language, &Phrase::LeftEmpty));
    match of {
        Mark::Month(month) => vec![Cell::Text(month.to_string())],
        Mark::Allocation(allocation) => named(allocation),
        Mark::Economic { code, name: _ } if code.is_empty() => vec![text(code), empty()],
        Mark::Economic { code, name } => vec![text(code), text(name.unwrap_or_default())],
        Mark::Payee(name) | Mark::OtherMethod(name) if name.is_empty() => vec![empty()],
        Mark::Payee(name) | Mark::OtherMethod(name) => vec![text(name)],
        Mark::Method(method) => {
            vec![Cell::Worded(method.key().to_owned(), phrase(language, &Phrase::MethodName(*method)))]
        }
    }
}

/// 三公, a line each and together.
fn fields(three: &ThreePublic, language: Language) -> Vec<Field> {
    let figures = [Figure::GoingAbroad, Figure::BuyingCars, Figure::RunningCars, Figure::ReceivingGuests];
    let line = |(figure, (code, spent)): (Figure, (&str, _))| {
        Field::shown(figure.key(), format!("{code} {}", lang::name(language, figure)), Cell::Amount(spent))
    };
    let together = Figure::ThreePublic;
    let total = Field::shown(together.key(), lang::name(language, together), Cell::Amount(three.spent));
    figures.into_iter().zip(three.by_code).map(line).chain([total]).collect()
}
