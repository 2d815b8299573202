//! A sheet for a person at a terminal. The only file that names `comfy-table`. Numbers are never broken over lines:
//! where room is short names and texts wrap, and where that is not enough columns are left out and said to be.

use std::ops::Range;

use comfy_table::{
    Attribute, Cell as TableCell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

use super::sheet::{Body, Cell, Column, Field, Passage, Sheet, Signed, Subtotal};
use super::{Screen, chart, prose};
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::text::shown;
use crate::lang::{self, Phrase, phrase};

/// Blanks between two columns; the table draws one of them itself.
const GAP: usize = 2;
/// A name column is never narrower, in terminal columns: columns are left out first.
const NARROWEST_NAME: usize = 12;
/// The same for a column of prose.
const NARROWEST_TEXT: usize = 10;
/// The same for what a book says of each entry, which is what it is read for.
const NARROWEST_MEMO: usize = 20;
/// Rows that are laid out at once: a cell takes a hundred times the room of its text then.
const BLOCK: usize = 4096;
/// An execution bar's length, in terminal columns.
const BAR: usize = 8;

const RULES: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

pub(super) fn table(sheet: &Sheet, language: Language, screen: Screen) -> String {
    let screen = if matches!(sheet.body, Body::Text { .. }) { screen.for_reading() } else { screen };
    let mut lines: Vec<String> = sheet.heading.iter().flat_map(|line| wrapped(line, screen)).collect();
    let mut notes = sheet.notes.clone();
    match &sheet.body {
        // A frame around nothing says nothing.
        Body::Rows { rows, subtotals, total: None, .. } if rows.is_empty() && subtotals.is_empty() => {}
        Body::Rows { columns, rows, subtotals, total } => {
            let (rows, between) = interleaved(rows.held(), subtotals);
            let grid = Grid::new(sheet, columns, &rows, total.as_ref(), language, screen).with(between);
            notes.extend(left_out_note(&grid.left_out, language));
            lines.extend(grid.lines(screen));
            lines.extend(record(&sheet.facts, sheet.in_wan, language, screen));
        }
        Body::Record(fields) => lines.extend(record(fields, sheet.in_wan, language, screen)),
        Body::Parts { fields, parts } => {
            lines.extend(record(fields, sheet.in_wan, language, screen));
            let mut left_out = Vec::new();
            for (part, caption) in parts.iter().filter_map(|part| Some((part, part.caption.as_ref()?))) {
                let rows: Vec<&Vec<Cell>> = part.rows.held().iter().collect();
                let grid = Grid::new(sheet, &part.columns, &rows, part.total.as_ref(), language, screen);
                lines.push(String::new());
                lines.extend(wrapped(caption, screen));
                lines.extend(grid.lines(screen));
                for figure in grid.left_out {
                    if !left_out.contains(&figure) {
                        left_out.push(figure);
                    }
                }
            }
            notes.extend(left_out_note(&left_out, language));
        }
        Body::Text { passages, .. } => lines.extend(text(sheet, passages, language, screen)),
    }
    lines.extend(sheet.charts.iter().flat_map(|chart| chart::lines(chart, sheet.in_wan, language, screen)));
    if sheet.signed == Signed::Always {
        notes.extend([String::new(), phrase(language, &Phrase::Signatures), String::new()]);
    }
    lines.extend(notes.iter().chain(&sheet.footer).flat_map(|line| wrapped(line, screen)));
    lines.join("\n") + "\n"
}

/// Prose with tables in it. Chinese paragraphs begin two characters in; English ones have a blank line between them.
fn text(sheet: &Sheet, passages: &[Passage], language: Language, screen: Screen) -> Vec<String> {
    let indent = match language {
        Language::Chinese => "\u{3000}\u{3000}",
        Language::English => "",
    };
    let width = screen.width.unwrap_or(usize::MAX);
    let mut lines = Vec::new();
    let mut follows_text = false;
    for passage in passages {
        let is_text = matches!(passage, Passage::Paragraph(_));
        let stands_apart = match passage {
            Passage::Paragraph(_) => indent.is_empty() && follows_text,
            Passage::Heading(_) | Passage::Subheading(_) | Passage::Table(_) => true,
        };
        lines.extend(stands_apart.then(String::new));
        match passage {
            Passage::Heading(text) | Passage::Subheading(text) => {
                lines.extend(prose::paragraph(&shown(text), width, ""));
            }
            Passage::Paragraph(text) => lines.extend(prose::paragraph(&shown(text), width, indent)),
            Passage::Table(part) => {
                lines.extend(part.caption.iter().flat_map(|caption| wrapped(caption, screen)));
                let rows: Vec<&Vec<Cell>> = part.rows.held().iter().collect();
                let grid = Grid::new(sheet, &part.columns, &rows, part.total.as_ref(), language, screen);
                lines.extend(grid.lines(screen));
                lines.extend(left_out_note(&grid.left_out, language));
            }
        }
        follows_text = is_text;
    }
    lines.push(String::new());
    lines
}

/// A text over as many lines as the screen needs.
fn wrapped(text: &str, screen: Screen) -> Vec<String> {
    let fitted = |line: &str| match screen.width {
        Some(width) if line.width() > width => prose::paragraph(&shown(line), width, ""),
        Some(_) | None => vec![shown(line)],
    };
    if text.is_empty() { vec![String::new()] } else { text.lines().flat_map(fitted).collect() }
}

fn left_out_note(left_out: &[Figure], language: Language) -> Option<String> {
    (!left_out.is_empty()).then(|| phrase(language, &Phrase::ColumnsLeftOut(left_out.to_vec())))
}

/// What stands between the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Row,
    Subtotal,
    /// A subtotal that ends something.
    End,
}

/// The rows with the lines that stand between them, in their order, and which is what.
fn interleaved<'s>(rows: &'s [Vec<Cell>], subtotals: &'s [Subtotal]) -> (Vec<&'s Vec<Cell>>, Vec<Between>) {
    let mut lines = Vec::new();
    let mut rest = subtotals.iter().peekable();
    for place in 0..=rows.len() {
        while let Some(subtotal) = rest.next_if(|subtotal| subtotal.after == place) {
            let between = if subtotal.ends { Between::End } else { Between::Subtotal };
            lines.push((&subtotal.cells, between));
        }
        lines.extend(rows.get(place).map(|row| (row, Between::Row)));
    }
    lines.into_iter().unzip()
}

/// How narrow a column may become by wrapping; `None` where it stays as wide as it is.
fn narrowest(column: &Column, sheet: &Sheet) -> Option<usize> {
    let is_book = matches!(&sheet.body, Body::Rows { subtotals, .. } if !subtotals.is_empty());
    let figure = column.figure?;
    let is_text = matches!(figure, Figure::Memo | Figure::Payee | Figure::Reason | Figure::Finding);
    if figure == Figure::Memo && is_book {
        return Some(NARROWEST_MEMO);
    }
    if figure == Figure::Name { Some(NARROWEST_NAME) } else { is_text.then_some(NARROWEST_TEXT) }
}

/// The cells as texts, with the columns that there is room for.
struct Grid {
    headings: Vec<String>,
    rows: Vec<Vec<(String, bool)>>,
    right: Vec<bool>,
    kept: Vec<usize>,
    left_out: Vec<Figure>,
    widths: Vec<usize>,
    has_total: bool,
    /// What each row is; empty where all are rows.
    between: Vec<Between>,
}

impl Grid {
    fn new(
        sheet: &Sheet,
        columns: &[Column],
        rows: &[&Vec<Cell>],
        total: Option<&Vec<Cell>>,
        language: Language,
        screen: Screen,
    ) -> Self {
        let seen: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].heading.is_some()).collect();
        let texts = |row: &&Vec<Cell>| {
            seen.iter().map(|place| (said(&row[*place], sheet.in_wan, language), row[*place].alarms())).collect()
        };
        let all: Vec<Vec<(String, bool)>> = rows.iter().copied().chain(total).map(|row| texts(&row)).collect();
        let headings: Vec<String> = seen.iter().filter_map(|place| columns[*place].heading.clone()).collect();
        let right =
            seen.iter().map(|place| rows.iter().copied().chain(total).any(|row| is_number(&row[*place]))).collect();
        let widths: Vec<usize> = (0..seen.len())
            .map(|place| {
                all.iter()
                    .map(|row| row[place].0.width())
                    .chain(headings[place].lines().map(UnicodeWidthStr::width))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let least: Vec<usize> = widths
            .iter()
            .zip(&seen)
            .map(|(width, place)| narrowest(&columns[*place], sheet).map_or(*width, |narrowest| narrowest.min(*width)))
            .collect();
        let mut grid = Self {
            headings,
            rows: all,
            right,
            kept: (0..seen.len()).collect(),
            left_out: Vec::new(),
            widths,
            has_total: total.is_some(),
            between: Vec::new(),
        };
        // A column without a single text, such as the bars where there is no rate, takes no room.
        grid.kept.retain(|place| grid.widths[*place] > 0);
        let room = screen.width.unwrap_or(usize::MAX);
        while grid.needed(&least) > room {
            let dispensable = |place: &usize| columns[seen[*place]].dispensable;
            let Some(gone) = grid.kept.iter().copied().filter(|place| dispensable(place) > 0).max_by_key(dispensable)
            else {
                break;
            };
            grid.kept.retain(|place| *place != gone);
            grid.left_out.extend(columns[seen[gone]].figure);
        }
        // Of the columns that wrap the widest gives way first.
        while grid.needed(&grid.widths) > room {
            let wide = grid.kept.iter().copied().filter(|place| grid.widths[*place] > least[*place]);
            let Some(widest) = wide.max_by_key(|place| grid.widths[*place]) else { break };
            grid.widths[widest] -= 1;
        }
        grid
    }

    /// The same, where some rows are lines between the others.
    fn with(self, between: Vec<Between>) -> Self {
        Self { between, ..self }
    }

    /// The width of the table where the kept columns have these widths.
    fn needed(&self, widths: &[usize]) -> usize {
        self.kept.iter().map(|place| widths[*place]).sum::<usize>() + GAP * self.kept.len().saturating_sub(1)
    }

    fn lines(&self, screen: Screen) -> Vec<String> {
        let mut lines = self.block(0..self.rows.len().min(BLOCK), screen);
        for first in (BLOCK..self.rows.len()).step_by(BLOCK) {
            let block = self.block(first..self.rows.len().min(first + BLOCK), screen);
            // The rule below one block and that above the next are where there is none.
            lines.pop();
            lines.extend(block.into_iter().skip(1));
        }
        // A total stands under a rule of its own; it is one line, for its name is short.
        if let (true, Some(rule)) = (self.has_total, lines.first().cloned()) {
            lines.insert(lines.len().saturating_sub(2), rule);
        }
        lines
    }

    /// Some of the rows between two rules, the first of them below the headings.
    fn block(&self, rows: Range<usize>, screen: Screen) -> Vec<String> {
        let mut table = Table::new();
        table.load_style(RULES).set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
        if screen.color {
            table.enforce_styling();
        }
        if rows.start == 0 && self.kept.iter().any(|place| !self.headings[*place].is_empty()) {
            table.set_header(self.kept.iter().map(|place| self.cell(*place, &self.headings[*place], false)));
        }
        let last = self.rows.len().checked_sub(1).filter(|_| self.has_total);
        for (number, row) in rows.clone().zip(&self.rows[rows]) {
            let cells = self.kept.iter().map(|place| {
                let (text, alarms) = &row[*place];
                let cell = self.cell(*place, text, *alarms && screen.color);
                let is_sum = Some(number) == last || !matches!(self.between.get(number), None | Some(Between::Row));
                if is_sum && screen.color { cell.add_attribute(Attribute::Bold) } else { cell }
            });
            table.add_row(cells.collect::<Vec<_>>());
            if self.between.get(number) == Some(&Between::End) && number + 1 < self.rows.len() {
                table.add_row(self.kept.iter().map(|place| "─".repeat(self.widths[*place])).collect::<Vec<_>>());
            }
        }
        for (place, column) in table.column_iter_mut().enumerate() {
            let gap = if place + 1 == self.kept.len() { 0 } else { GAP - 1 };
            column.set_padding((0, u16::try_from(gap).unwrap_or(0)));
            let width = self.widths[self.kept[place]];
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(width + gap).unwrap_or(u16::MAX),
            )));
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    fn cell(&self, place: usize, text: &str, alarms: bool) -> TableCell {
        let alignment = if self.right[place] { CellAlignment::Right } else { CellAlignment::Left };
        let lines = wrapped(text, Screen { width: Some(self.widths[place]), color: false });
        let cell = TableCell::new(lines.join("\n")).set_alignment(alignment);
        if alarms { cell.fg(Color::Red) } else { cell }
    }
}

/// A record: one line a field, values one under another.
fn record(fields: &[Field], in_wan: bool, language: Language, screen: Screen) -> Vec<String> {
    let labelled: Vec<(&str, &Field)> =
        fields.iter().filter_map(|field| Some((field.label.as_deref()?, field))).collect();
    let widest = labelled.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    // Where there is nothing but amounts, they stand as in a column.
    let amount = |(_, field): &(&str, &Field)| {
        let is_amount = matches!(field.cell, Cell::Amount(_)) && field.said.is_none();
        is_amount.then(|| said(&field.cell, in_wan, language).width())
    };
    let amounts = labelled.iter().map(amount).collect::<Option<Vec<_>>>().and_then(|widths| widths.into_iter().max());
    let amounts = amounts.unwrap_or(0);
    labelled
        .iter()
        .flat_map(|(label, field)| {
            let label = format!("  {label}{}", " ".repeat(widest - label.width() + GAP));
            let value = field.said.clone().unwrap_or_else(|| said(&field.cell, in_wan, language));
            let value = format!("{}{value}", " ".repeat(amounts.saturating_sub(value.width())));
            let room = screen.width.map(|width| width.saturating_sub(label.width()).max(BAR));
            // A digest or a path that would be broken stands whole on a line of its own.
            let is_broken = room.is_some_and(|room| value.width() > room) && !value.contains(' ');
            if is_broken && screen.width.is_some_and(|width| 2 * GAP + value.width() <= width) {
                return vec![label.trim_end().to_owned(), format!("{}{value}", " ".repeat(2 * GAP))];
            }
            let screen = Screen { width: room, ..screen };
            let indent = " ".repeat(label.width());
            let lines = wrapped(&value, screen).into_iter().enumerate();
            lines
                .map(move |(place, line)| if place == 0 { format!("{label}{line}") } else { format!("{indent}{line}") })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A value as people read it.
pub(super) fn said(cell: &Cell, in_wan: bool, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => shown(text),
        Cell::Date(date) => date.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Numbers(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(" "),
        // Only programs see these; people read the notes.
        Cell::Records(_) => String::new(),
        Cell::Amount(amount) if in_wan => amount.wan().grouped(),
        Cell::Amount(amount) => amount.grouped(),
        Cell::Booked(amount) => booked(if in_wan { amount.wan() } else { *amount }),
        Cell::Worded(_, words) => shown(words),
        Cell::Rate(rate) => rate.to_string(),
        Cell::Status(status) => lang::status(language, *status).to_owned(),
        Cell::Quotient(quotient) if quotient.is_whole() => quotient.to_string(),
        Cell::Quotient(quotient) => format!("{quotient}…"),
        Cell::Kind(kind) => lang::kind(language, *kind).to_owned(),
        Cell::Figure(figure) => lang::name(language, *figure),
        Cell::Operation(operation) => lang::sign(language, *operation).to_owned(),
        Cell::Bar(rate) => rate.map(bar).unwrap_or_default(),
    }
}

/// Whole cells only; a bar is empty only at nothing and full only at everything.
fn bar(rate: Rate) -> String {
    let hundredths = usize::try_from(rate.hundredths().clamp(0, 10_000)).unwrap_or(0);
    let full = match (hundredths + 500) * BAR / 10_000 {
        0 if hundredths > 0 => 1,
        BAR if hundredths < 10_000 => BAR - 1,
        cells => cells.min(BAR),
    };
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

pub(super) fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Number(_) | Cell::Amount(_) | Cell::Booked(_) | Cell::Rate(_) | Cell::Quotient(_))
}

/// Red letters as books print them: without a sign, in brackets. What is black keeps a blank under the bracket.
fn booked(amount: Amount) -> String {
    if amount.is_negative() { format!("({})", (-amount).grouped()) } else { format!("{} ", amount.grouped()) }
}

#[cfg(test)]
mod tests {
    use super::super::sample_tests::{amount, register};
    use super::*;

    #[test]
    fn a_table_laid_out_in_blocks_shows_no_border_between_them() {
        for count in [1, BLOCK - 2, BLOCK - 1, BLOCK, 2 * BLOCK + 1] {
            let memos: Vec<String> = (1..=count).map(|row| format!("第{row}行。")).collect();
            let rows: Vec<(&str, Amount)> = memos.iter().map(|memo| (memo.as_str(), amount("1"))).collect();
            let screen = Screen { width: Some(200), color: false };
            let text = table(&register(&rows, Vec::new()), Language::Chinese, screen);
            let grid: Vec<&str> = text.lines().skip_while(|line| !line.starts_with('─')).collect();
            let rules: Vec<usize> = (0..grid.len()).filter(|place| grid[*place].starts_with('─')).collect();
            // Above, below the two lines of headings, above the total and below it.
            assert_eq!(rules, [0, 3, 4 + count, 6 + count]);
            assert!(rules.iter().all(|rule| grid[*rule] == grid[0]));
            assert!(memos.iter().zip(&grid[4..]).all(|(memo, line)| line.contains(memo.as_str())));
            assert!(grid[5 + count].contains("合计"));
        }
    }
}
