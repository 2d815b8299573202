//! One worksheet: a sheet's lines and tables from top to bottom, then how they are frozen and printed.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, IgnoreError, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::super::page::{APART, Block, Grid, Named, Page};
use super::super::sheet::{Cell, Sheet};
use super::super::table::{is_number, said};
use super::number;
use super::styles::{Looks, Styles};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::text::looks_like_a_formula;
use crate::lang::{Phrase, phrase};

/// A column is never narrower or, where its text can wrap, wider; in digits.
const NARROWEST: usize = 4;
const WIDEST: usize = 40;
/// The value of a record, or a text with only its name beside it.
const WIDEST_VALUE: usize = 70;
/// What borders and margins of a cell take.
const PADDING: usize = 2;
/// A line's height in points, of text and of small print.
const LINE: usize = 18;
const SMALL_LINE: usize = 14;
const TITLE_LINE: usize = 30;
const SIGNATURE_LINE: usize = 40;
/// A row's greatest height in points.
const HIGHEST: u16 = 409;
/// The longest text of a cell.
const LONGEST_TEXT: usize = 32_000;
/// A4, as the file format counts papers.
const A4: u8 = 9;

type Done = Result<(), XlsxError>;

/// A worksheet that is being filled from the top.
struct Filling<'w, 's> {
    worksheet: &'w mut Worksheet,
    sheet: &'s Sheet,
    styles: &'s Styles,
    language: Language,
    /// The next free row.
    row: u32,
    widths: Vec<usize>,
    /// The row of the headings, where there is only one table.
    frozen: Option<u32>,
}

pub(super) fn fill(worksheet: &mut Worksheet, sheet: &Sheet, styles: &Styles, language: Language) -> Done {
    let page = Page::of(sheet, language, false);
    let widths = widths(&page, sheet.in_wan, language);
    for (column, width) in (0..).zip(&widths) {
        worksheet.set_column_width(column, u16::try_from(width + PADDING).unwrap_or(u16::MAX))?;
    }
    let mut filling = Filling { worksheet, sheet, styles, language, row: 0, widths, frozen: None };
    filling.above(&page)?;
    // What is known beside a table stands below it, and scrolls with it.
    let is_only = matches!(page.blocks.as_slice(), [_] | [Block::Grid(_), Block::Fields(_)]);
    for block in &page.blocks {
        match block {
            Block::Fields(fields) => filling.fields(fields)?,
            Block::Grid(grid) => filling.grid(grid, is_only)?,
            Block::Heading(text) => filling.line(text, &styles.part, TITLE_LINE)?,
            Block::Subheading(text) => filling.line(text, &styles.part, LINE)?,
            Block::Paragraph(text) => filling.paragraph(text)?,
        }
    }
    filling.below(&page)?;
    filling.print(&page)
}

/// Each column's width in digits, over all tables.
fn widths(page: &Page<'_>, in_wan: bool, language: Language) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut widen = |place: usize, width: usize| {
        if widths.len() <= place {
            widths.resize(place + 1, NARROWEST);
        }
        widths[place] = widths[place].max(width);
    };
    for block in &page.blocks {
        match block {
            Block::Heading(_) | Block::Subheading(_) | Block::Paragraph(_) => {}
            Block::Fields(fields) => fields.iter().for_each(|field| {
                widen(0, field.label.width().min(WIDEST));
                widen(1, field.said.width().min(WIDEST_VALUE));
            }),
            Block::Grid(grid) => {
                for (place, heading) in grid.columns.iter().enumerate() {
                    let widest = if grid.columns.len() > 2 { WIDEST } else { WIDEST_VALUE };
                    let limit = if heading.is_right { usize::MAX } else { widest };
                    let cells =
                        grid.rows.iter().chain(&grid.total).map(|row| said(row[place], in_wan, language).width());
                    let words = heading.lines.iter().map(|line| line.width());
                    widen(place, cells.chain(words).max().unwrap_or(0).min(limit));
                }
            }
        }
    }
    let all = widths.iter().sum::<usize>();
    // Over narrow columns prose would be as narrow; the names get the room.
    if let Some(names) = widths.get_mut(1).filter(|_| page.is_text && all < WIDEST_VALUE) {
        *names += WIDEST_VALUE - all;
    }
    if widths.is_empty() { vec![WIDEST_VALUE] } else { widths }
}

impl Filling<'_, '_> {
    fn last_column(&self) -> u16 {
        u16::try_from(self.widths.len() - 1).unwrap_or(u16::MAX)
    }

    /// Title, whose budget, day and unit.
    fn above(&mut self, page: &Page<'_>) -> Done {
        let styles = self.styles;
        if !page.title.is_empty() {
            self.line(&page.title, &styles.title, TITLE_LINE)?;
        }
        let about = page.about.join(APART);
        match &page.office {
            Some(office) if !about.is_empty() => self.apart(office, &about)?,
            Some(line) => self.line(line, &styles.line, LINE)?,
            None if !about.is_empty() => self.line(&about, &styles.line, LINE)?,
            None => {}
        }
        for remark in &page.remarks {
            let is_warning = self.sheet.stamp.as_ref().is_some_and(|stamp| stamp.unverified.is_some());
            self.line(remark, if is_warning { &styles.warning } else { &styles.line }, LINE)?;
        }
        Ok(())
    }

    /// Notes, lines to sign on, and the small print.
    fn below(&mut self, page: &Page<'_>) -> Done {
        let styles = self.styles;
        for note in &page.notes {
            self.line(&note.join("\n"), &styles.line, LINE)?;
        }
        if page.is_signed {
            self.line(&phrase(self.language, &Phrase::Signatures), &styles.line, SIGNATURE_LINE)?;
        }
        page.footer.iter().try_for_each(|line| self.line(line, &styles.small, SMALL_LINE))
    }

    /// A text over the whole width, as high as it needs.
    fn line(&mut self, text: &str, style: &Format, height: usize) -> Done {
        let last = self.last_column();
        self.across(text, style, 0, last)?;
        let room = self.room(0, usize::from(last));
        let needed: usize = text.lines().map(|line| line.width().div_ceil(room).max(1)).sum();
        self.worksheet.set_row_height(self.row, self::height(height, needed))?;
        self.row += 1;
        Ok(())
    }

    /// Prose over the whole width, in as many rows as it needs: what is higher than a row can be is not seen.
    fn paragraph(&mut self, text: &str) -> Done {
        let room = self.room(0, usize::from(self.last_column())) * (usize::from(HIGHEST) / LINE);
        let mut row = String::new();
        for character in text.chars() {
            if row.width() + 2 > room {
                self.line(&std::mem::take(&mut row), &self.styles.line, LINE)?;
            }
            row.push(character);
        }
        self.line(&row, &self.styles.line, LINE)
    }

    /// Two texts in one row, where both have room; else one below the other.
    fn apart(&mut self, left: &str, right: &str) -> Done {
        let last = self.last_column();
        let fits = |border: &u16| {
            let border = usize::from(*border);
            self.room(0, border - 1) > left.width() && self.room(border, usize::from(last)) > right.width()
        };
        let styles = self.styles;
        match (1..=last).find(fits) {
            Some(border) => {
                self.across(left, &styles.line, 0, border - 1)?;
                self.across(right, &styles.line_right, border, last)?;
                self.worksheet.set_row_height(self.row, LINE as u16)?;
                self.row += 1;
                Ok(())
            }
            None => {
                self.line(left, &styles.line, LINE)?;
                self.line(right, &styles.line_right, LINE)
            }
        }
    }

    fn room(&self, first: usize, last: usize) -> usize {
        self.widths[first..=last].iter().map(|width| width + PADDING).sum::<usize>() - 1
    }

    fn across(&mut self, text: &str, style: &Format, first: u16, last: u16) -> Done {
        let text: String = text.chars().take(LONGEST_TEXT).collect();
        let guarded = style.clone().set_quote_prefix();
        let style = if looks_like_a_formula(&text) { &guarded } else { style };
        if first == last {
            self.worksheet.write_string_with_format(self.row, first, text, style)?;
        } else {
            self.worksheet.merge_range(self.row, first, self.row, last, &text, style)?;
        }
        Ok(())
    }

    fn fields(&mut self, fields: &[Named<'_>]) -> Done {
        let styles = self.styles;
        for field in fields {
            self.worksheet.write_string_with_format(self.row, 0, field.label.as_str(), &styles.label)?;
            let needed = field.said.width().div_ceil(self.widths[1]);
            self.worksheet.set_row_height(self.row, height(LINE, needed))?;
            if field.in_words {
                self.text(1, &field.said, &styles.row)?;
            } else {
                self.cell(1, field.cell, &styles.row)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn grid(&mut self, grid: &Grid<'_>, is_only: bool) -> Done {
        let styles = self.styles;
        if let Some(caption) = &grid.caption {
            self.row += 1;
            self.line(&caption.join("\n"), &styles.line, LINE)?;
        }
        if grid.has_headings() {
            for (column, heading) in (0..).zip(&grid.columns) {
                self.worksheet.write_string_with_format(self.row, column, heading.lines.join("\n"), &styles.heading)?;
            }
            let high = grid.columns.iter().map(|heading| heading.lines.len()).max().unwrap_or(1);
            self.worksheet.set_row_height(self.row, height(LINE, high))?;
            if is_only {
                self.frozen = Some(self.row);
            }
            self.row += 1;
        }
        let first = self.row;
        for row in &grid.rows {
            self.row_height(row)?;
            for (column, cell) in (0..).zip(row) {
                self.cell(column, cell, &styles.row)?;
            }
            self.row += 1;
        }
        if let Some(total) = &grid.total {
            self.row_height(total)?;
            for (column, cell) in (0..).zip(total) {
                self.total(column, grid, cell, first)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// As high as the longest text needs; not every program finds that out by itself.
    fn row_height(&mut self, cells: &[&Cell]) -> Done {
        let lines = |(place, cell): (usize, &&Cell)| {
            said(cell, self.sheet.in_wan, self.language).width().div_ceil(self.widths[place])
        };
        let needed = cells.iter().enumerate().map(lines).max().unwrap_or(1);
        self.worksheet.set_row_height(self.row, height(LINE, needed))?;
        Ok(())
    }

    /// A total is a formula where the rows above add up to it, and else what the report says.
    fn total(&mut self, column: u16, grid: &Grid<'_>, cell: &Cell, first: u32) -> Done {
        let looks = &self.styles.total;
        let place = usize::from(column);
        let (sum, style) = if let Cell::Amount(total) = cell {
            let sum: Option<Amount> = grid.rows.iter().map(|row| self.summand(row[place])).sum();
            (sum.filter(|sum| *sum == self.as_shown(*total)).map(|sum| sum.to_string()), &looks.amount)
        } else if let Cell::Number(total) = cell {
            let count = |cell: &Cell| if let Cell::Number(count) = cell { Some(*count) } else { None };
            let sum: Option<u64> = grid.rows.iter().map(|row| count(row[place])).sum();
            (sum.filter(|sum| sum == total).map(|sum| sum.to_string()), &looks.count)
        } else {
            (None, &looks.text)
        };
        let Some(result) = sum.filter(|_| !grid.rows.is_empty() && is_held(cell)) else {
            return self.cell(column, cell, looks);
        };
        let letters = rust_xlsxwriter::utility::column_number_to_name(column);
        let formula = Formula::new(format!("=SUM({letters}{}:{letters}{})", first + 1, self.row)).set_result(result);
        self.worksheet.write_formula_with_format(self.row, column, formula, style)?;
        Ok(())
    }

    /// What a cell adds to a sum of amounts as they are shown; `None` where it is no amount, or too long for a number.
    fn summand(&self, cell: &Cell) -> Option<Amount> {
        if let Cell::Amount(amount) = cell {
            is_held(cell).then(|| self.as_shown(*amount))
        } else {
            (*cell == Cell::Empty).then_some(Amount::ZERO)
        }
    }

    fn as_shown(&self, amount: Amount) -> Amount {
        if self.sheet.in_wan { amount.wan() } else { amount }
    }

    fn cell(&mut self, column: u16, cell: &Cell, looks: &Looks) -> Done {
        let day = |text: String| ExcelDateTime::parse_from_str(&text).ok();
        let (number, style) = match cell {
            Cell::Empty => {
                self.worksheet.write_blank(self.row, column, &looks.text)?;
                return Ok(());
            }
            Cell::Amount(amount) | Cell::Booked(amount) => (number::amount(self.as_shown(*amount)), &looks.amount),
            Cell::Rate(rate) => (number::rate(*rate), &looks.rate),
            Cell::Number(count) => (number::count(*count), &looks.count),
            Cell::Date(date) => match day(date.to_string()) {
                Some(day) => {
                    self.worksheet.write_datetime_with_format(self.row, column, &day, &looks.date)?;
                    return Ok(());
                }
                None => (None, &looks.text),
            },
            Cell::Text(_)
            | Cell::Worded(..)
            | Cell::Flag(_)
            | Cell::Numbers(_)
            | Cell::Records(_)
            | Cell::Status(_)
            | Cell::Quotient(_)
            | Cell::Kind(_)
            | Cell::Figure(_)
            | Cell::Operation(_)
            | Cell::Bar(_) => (None, &looks.text),
        };
        match number {
            Some(number) => {
                self.worksheet.write_number_with_format(self.row, column, number, style)?;
                Ok(())
            }
            None if is_number(cell) => {
                let text = said(cell, self.sheet.in_wan, self.language);
                self.worksheet.write_string_with_format(self.row, column, text, &looks.right)?;
                Ok(())
            }
            None => self.text(column, &said(cell, self.sheet.in_wan, self.language), looks),
        }
    }

    /// A text, which stays one whatever it begins with.
    fn text(&mut self, column: u16, text: &str, looks: &Looks) -> Done {
        let style = if looks_like_a_formula(text) { &looks.guarded } else { &looks.text };
        let text: String = text.chars().take(LONGEST_TEXT).collect();
        self.worksheet.write_string_with_format(self.row, column, text, style)?;
        Ok(())
    }

    /// What stays in sight on a screen, and how it comes onto paper.
    fn print(&mut self, page: &Page<'_>) -> Done {
        let (last_row, last_column) = (self.row.saturating_sub(1), self.last_column());
        let worksheet = &mut *self.worksheet;
        let worksheet = if page.is_text { worksheet.set_portrait() } else { worksheet.set_landscape() };
        worksheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
        worksheet.set_print_center_horizontally(true).set_margins(0.5, 0.5, 0.6, 0.8, 0.3, 0.4);
        worksheet.set_print_area(0, 0, last_row, last_column)?;
        worksheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
        if let Some(heading) = self.frozen {
            worksheet.set_freeze_panes(heading + 1, 0)?.set_repeat_rows(0, heading)?;
        }
        let pages = Phrase::PageOf { page: "&P".into(), pages: "&N".into() };
        // An ampersand is a mark here, and a long text is none at all.
        let plain = |text: &str| text.replace('&', "&&").chars().take(80).collect::<String>();
        let office = page.office.as_deref().map(plain).unwrap_or_default();
        let pages = phrase(self.language, &pages);
        worksheet.set_footer(format!("&L&9{office}&C&9{pages}&R&9{}", plain(&page.title)));
        Ok(())
    }
}

/// The height of so many lines, as far as a row can be high.
fn height(line: usize, lines: usize) -> u16 {
    u16::try_from(line * lines.max(1)).unwrap_or(u16::MAX).min(HIGHEST)
}

/// Whether a spreadsheet holds every digit of the number.
fn is_held(cell: &Cell) -> bool {
    if let Cell::Amount(amount) = cell {
        number::amount(*amount).is_some()
    } else {
        matches!(cell, Cell::Number(count) if number::count(*count).is_some())
    }
}
