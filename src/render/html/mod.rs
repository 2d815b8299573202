//! Sheets as one web page that needs nothing else: no script, nothing from outside, and a policy that forbids both. The
//! templates beside this file escape every text. With the files below, the only one that names `askama`.

mod axis;
mod drawing;

#[cfg(test)]
mod drawing_tests;
#[cfg(test)]
mod page_tests;

use askama::Template;

use super::page::{self, Block, Grid, Page};
use super::sheet::{Cell, Sheet};
use super::table::{is_number, said};
use crate::domain::amount::Rate;
use crate::domain::budget::Language;
use crate::lang::{Phrase, phrase};
use drawing::{Drawing, Mark};

const STYLE: &str = include_str!("style.css");
/// The policy allows this style and no other; a test holds the two together.
const STYLE_HASH: &str = "sha256-K4aRFnDrfzNlwotl/4AVl1f0gqiTmeaTAInuGnP1pho=";
/// Hundredths of a point that are as long as a bar's unit; a bar is a hundred units.
const UNIT: i128 = 100;

#[derive(Template)]
#[template(path = "document.html")]
struct Document<'d> {
    lang: &'static str,
    /// With whose budget it is, where windows and bookmarks show it.
    full_title: String,
    title: &'d str,
    version: &'static str,
    style: &'static str,
    style_hash: &'static str,
    sections: Vec<Section<'d>>,
}

/// One sheet.
struct Section<'d> {
    name: &'d str,
    page: Page<'d>,
    /// Whether the remarks above say that the ledger does not hold.
    warns: bool,
    blocks: Vec<Shown>,
    drawings: Vec<Drawing>,
    /// What stands before each line to sign on.
    signatures: Vec<String>,
}

enum Shown {
    Heading(String),
    Subheading(String),
    Paragraph(String),
    Record(Vec<(String, String)>),
    Table(Table),
}

struct Table {
    id: String,
    caption: Vec<String>,
    /// Whether the table has words of its own above it, or only the page's title.
    is_captioned: bool,
    has_headings: bool,
    headings: Vec<Heading>,
    rows: Vec<Vec<Shape>>,
    total: Option<Vec<Shape>>,
}

struct Heading {
    lines: Vec<String>,
    class: &'static str,
}

/// A cell.
struct Shape {
    class: &'static str,
    names_row: bool,
    text: String,
    bar: Option<i128>,
}

/// The page, ending in a line feed. A page of one sheet has that sheet's title.
pub(super) fn html(title: &str, sheets: &[(&str, &Sheet)], language: Language) -> String {
    let sections: Vec<Section<'_>> =
        (1..).zip(sheets).map(|(number, (name, sheet))| section(number, name, sheet, language)).collect();
    let office = sections.first().and_then(|section| section.page.office.clone());
    let document = Document {
        lang: match language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        },
        title,
        full_title: [Some(title.to_owned()), office].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        style_hash: STYLE_HASH,
        sections,
    };
    document.render().expect("writing to memory does not fail") + "\n"
}

fn section<'d>(number: usize, name: &'d str, sheet: &'d Sheet, language: Language) -> Section<'d> {
    let page = Page::of(sheet, language, true);
    let in_wan = sheet.in_wan;
    let blocks = (1..).zip(&page.blocks).map(|(place, block)| match block {
        Block::Heading(text) => Shown::Heading(text.clone()),
        Block::Subheading(text) => Shown::Subheading(text.clone()),
        Block::Paragraph(text) => Shown::Paragraph(text.clone()),
        Block::Fields(fields) => {
            Shown::Record(fields.iter().map(|field| (field.label.clone(), field.said.clone())).collect())
        }
        Block::Grid(grid) => {
            let caption = grid.caption.clone().unwrap_or_else(|| vec![page::title(sheet)]);
            Shown::Table(table(format!("s{number}-{place}"), caption, grid, in_wan, language))
        }
    });
    let draw = |(place, chart)| drawing::drawing(format!("s{number}-c{place}"), chart, language);
    let signed = if page.is_signed { phrase(language, &Phrase::Signatures) } else { String::new() };
    let label = |part: &str| part.trim().trim_end_matches('_').trim_end().to_owned();
    Section {
        name,
        warns: sheet.stamp.as_ref().is_some_and(|stamp| stamp.unverified.is_some()),
        blocks: blocks.collect(),
        drawings: (1..).zip(page.charts).map(draw).collect(),
        signatures: signed.split(page::APART).map(label).filter(|label| !label.is_empty()).collect(),
        page,
    }
}

fn table(id: String, caption: Vec<String>, grid: &Grid<'_>, in_wan: bool, language: Language) -> Table {
    let heading = |column: &page::Heading| Heading {
        lines: if column.lines.concat().is_empty() { Vec::new() } else { column.lines.clone() },
        class: if column.is_right { "number" } else { "text" },
    };
    let shapes = |row: &Vec<&Cell>| {
        let shape = |(column, cell): (&page::Heading, &&Cell)| shape(cell, column, in_wan, language);
        grid.columns.iter().zip(row).map(shape).collect()
    };
    Table {
        id,
        caption,
        is_captioned: grid.caption.is_some(),
        has_headings: grid.has_headings(),
        headings: grid.columns.iter().map(heading).collect(),
        rows: grid.rows.iter().map(shapes).collect(),
        total: grid.total.as_ref().map(shapes),
    }
}

fn shape(cell: &Cell, column: &page::Heading, in_wan: bool, language: Language) -> Shape {
    let class = match (is_number(cell), cell.alarms()) {
        (true, true) => "number red",
        (true, false) => "number",
        (false, true) => "mark red",
        (false, false) if matches!(cell, Cell::Date(_) | Cell::Status(_) | Cell::Kind(_)) => "mark",
        (false, false) if matches!(cell, Cell::Operation(_)) => "sign",
        (false, false) if column.is_right => "number",
        (false, false) => "text",
    };
    let bar = if let Cell::Bar(Some(rate)) = cell { Some(bar(*rate)) } else { None };
    let text = said(cell, in_wan, language);
    // A row that is called nothing has no heading, rather than an empty one.
    Shape { class, names_row: column.names_row && !text.is_empty(), text, bar }
}

/// How far a bar is filled: like the table's, empty only at nothing and full only at everything.
fn bar(rate: Rate) -> i128 {
    let hundredths = rate.hundredths().clamp(0, 100 * UNIT);
    (hundredths / UNIT).max(i128::from(hundredths > 0))
}
