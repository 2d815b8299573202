//! What people see of a sheet on a page, in its order and whatever the page is written in: its title, its tables and the
//! lines around them. It chooses and takes apart; it words, escapes and reckons nothing.

use super::sheet::{Body, Cell, Column, Field, Passage, Sheet, Signed, Subtotal};
use super::table::{is_number, said};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::text::shown;
use crate::reports::charts::Chart;

/// What stands between the parts of a heading's line: title, day and unit.
pub(super) const APART: &str = "   ";

/// A sheet as a page.
pub(super) struct Page<'s> {
    /// Whose budget; `None` where the answer is of no report.
    pub(super) office: Option<String>,
    pub(super) title: String,
    /// The day and the unit.
    pub(super) about: Vec<String>,
    /// What else stands above: a warning, a period.
    pub(super) remarks: Vec<String>,
    pub(super) blocks: Vec<Block<'s>>,
    pub(super) charts: &'s [Chart],
    /// Whether it is a text to read rather than tables to look at.
    pub(super) is_text: bool,
    /// Whether there are lines for signatures.
    pub(super) is_signed: bool,
    /// Each in one or more lines.
    pub(super) notes: Vec<Vec<String>>,
    pub(super) footer: Vec<String>,
}

/// A record, a table, or a piece of prose.
pub(super) enum Block<'s> {
    Heading(String),
    Subheading(String),
    Paragraph(String),
    Fields(Vec<Named<'s>>),
    Grid(Grid<'s>),
}

/// A named value of a record, and what people read instead of it.
pub(super) struct Named<'s> {
    pub(super) label: String,
    pub(super) cell: &'s Cell,
    pub(super) said: String,
    /// Whether the words say more than the value.
    pub(super) in_words: bool,
}

/// A table without what only programs see.
pub(super) struct Grid<'s> {
    pub(super) caption: Option<Vec<String>>,
    pub(super) columns: Vec<Heading>,
    pub(super) rows: Vec<Vec<&'s Cell>>,
    pub(super) total: Option<Vec<&'s Cell>>,
}

/// A column, seen from its head.
pub(super) struct Heading {
    pub(super) lines: Vec<String>,
    /// Whether it holds numbers, which stand at the right.
    pub(super) is_right: bool,
    /// Whether it is what a row is called by.
    pub(super) names_row: bool,
}

/// What a sheet is called.
pub(super) fn title(sheet: &Sheet) -> String {
    let line = sheet.heading.get(usize::from(sheet.stamp.is_some())).map(|line| shown(line)).unwrap_or_default();
    line.split(APART).next().unwrap_or_default().trim().to_owned()
}

impl<'s> Page<'s> {
    /// `with_bars` where a bar can be drawn; the rate beside it says the same.
    pub(super) fn of(sheet: &'s Sheet, language: Language, with_bars: bool) -> Self {
        let mut heading = sheet.heading.iter().map(|line| shown(line));
        let office = sheet.stamp.as_ref().and_then(|_| heading.next());
        let first = heading.next().unwrap_or_default();
        let about = first.split(APART).skip(1).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
        let grid =
            |caption: Option<&str>, columns: &'s [Column], rows: &[&'s Vec<Cell>], total: Option<&'s Vec<Cell>>| {
                Grid::of(caption.map(lines), columns, rows, total, with_bars)
            };
        let mut blocks = Vec::new();
        match &sheet.body {
            Body::Rows { rows, total: None, .. } if rows.is_empty() => {}
            Body::Rows { columns, rows, subtotals, total } => {
                blocks.push(Block::Grid(grid(None, columns, &with_subtotals(rows.held(), subtotals), total.as_ref())));
                blocks.extend(record(&sheet.facts, sheet.in_wan, language));
            }
            Body::Record(fields) => blocks.extend(record(fields, sheet.in_wan, language)),
            Body::Parts { fields, parts } => {
                blocks.extend(record(fields, sheet.in_wan, language));
                let seen = parts.iter().filter_map(|part| Some((part, part.caption.as_deref()?)));
                blocks.extend(seen.map(|(part, caption)| {
                    let rows: Vec<&Vec<Cell>> = part.rows.held().iter().collect();
                    Block::Grid(grid(Some(caption), &part.columns, &rows, part.total.as_ref()))
                }));
            }
            Body::Text { passages, .. } => blocks.extend(passages.iter().map(|passage| match passage {
                Passage::Heading(text) => Block::Heading(shown(text)),
                Passage::Subheading(text) => Block::Subheading(shown(text)),
                Passage::Paragraph(text) => Block::Paragraph(shown(text)),
                Passage::Table(part) => {
                    let rows: Vec<&Vec<Cell>> = part.rows.held().iter().collect();
                    Block::Grid(grid(part.caption.as_deref(), &part.columns, &rows, part.total.as_ref()))
                }
            })),
        }
        Self {
            office,
            title: title(sheet),
            about: about.collect(),
            remarks: heading.filter(|line| !line.trim().is_empty()).collect(),
            blocks,
            charts: &sheet.charts,
            is_text: matches!(sheet.body, Body::Text { .. }),
            is_signed: sheet.signed != Signed::Never,
            notes: sheet.notes.iter().map(|note| lines(note)).filter(|note| !note.concat().is_empty()).collect(),
            footer: sheet.footer.iter().flat_map(|line| lines(line)).collect(),
        }
    }
}

impl<'s> Grid<'s> {
    fn of(
        caption: Option<Vec<String>>,
        columns: &[Column],
        rows: &[&'s Vec<Cell>],
        total: Option<&'s Vec<Cell>>,
        with_bars: bool,
    ) -> Self {
        let all = || rows.iter().copied().chain(total);
        let says_something = |place: &usize| {
            let column = &columns[*place];
            let bars = all().any(|row| matches!(row[*place], Cell::Bar(Some(_))));
            let texts = all().any(|row| !matches!(&row[*place], Cell::Empty | Cell::Bar(_)));
            column.heading.as_ref().is_some_and(|heading| !heading.is_empty() || texts || bars && with_bars)
        };
        let places: Vec<usize> = (0..columns.len()).filter(says_something).collect();
        let of_figure = |figure: Figure| places.iter().copied().find(|place| columns[*place].figure == Some(figure));
        let is_name =
            |place: &usize| matches!(columns[*place].figure, Some(Figure::Month | Figure::Payee | Figure::Method));
        let naming = of_figure(Figure::Name)
            .or_else(|| of_figure(Figure::Seq))
            .or_else(|| of_figure(Figure::Step))
            .or_else(|| places.first().copied().filter(is_name));
        let heading = |place: &usize| Heading {
            lines: lines(columns[*place].heading.as_deref().unwrap_or_default()),
            is_right: all().any(|row| is_number(&row[*place])),
            names_row: naming == Some(*place),
        };
        let seen = |row: &'s Vec<Cell>| places.iter().map(|place| &row[*place]).collect();
        Self {
            caption,
            columns: places.iter().map(heading).collect(),
            rows: rows.iter().copied().map(seen).collect(),
            total: total.map(seen),
        }
    }

    /// Whether there is a word above any column.
    pub(super) fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.lines.concat().is_empty())
    }
}

/// The rows with the lines between them, each in its place.
fn with_subtotals<'s>(rows: &'s [Vec<Cell>], subtotals: &'s [Subtotal]) -> Vec<&'s Vec<Cell>> {
    let mut lines = Vec::new();
    for place in 0..=rows.len() {
        lines.extend(subtotals.iter().filter(|subtotal| subtotal.after == place).map(|subtotal| &subtotal.cells));
        lines.extend(rows.get(place));
    }
    lines
}

fn record<'s>(fields: &'s [Field], in_wan: bool, language: Language) -> Option<Block<'s>> {
    let named = |field: &'s Field| {
        Some(Named {
            label: shown(field.label.as_deref()?),
            cell: &field.cell,
            said: match &field.said {
                Some(words) => shown(words),
                None => said(&field.cell, in_wan, language),
            },
            in_words: field.said.is_some(),
        })
    };
    let fields: Vec<Named<'s>> = fields.iter().filter_map(named).collect();
    (!fields.is_empty()).then_some(Block::Fields(fields))
}

/// A text's lines, and nothing hidden in them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(shown).collect()
}
