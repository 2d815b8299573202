//! How cells of a workbook look: fonts, borders, number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use crate::domain::budget::Language;

/// The looks of a table's cells, of its rows and of its total.
pub(super) struct Styles {
    pub(super) title: Format,
    /// A heading within a text.
    pub(super) part: Format,
    pub(super) line: Format,
    pub(super) line_right: Format,
    pub(super) warning: Format,
    pub(super) small: Format,
    pub(super) heading: Format,
    pub(super) label: Format,
    pub(super) row: Looks,
    pub(super) total: Looks,
}

/// The looks of the values.
pub(super) struct Looks {
    pub(super) text: Format,
    /// A text that a spreadsheet would take for a formula if someone opened it for editing.
    pub(super) guarded: Format,
    pub(super) right: Format,
    pub(super) amount: Format,
    pub(super) rate: Format,
    pub(super) count: Format,
    pub(super) date: Format,
}

/// Negative amounts in red, with their sign.
const AMOUNTS: &str = "#,##0.00;[Red]-#,##0.00";
const RATES: &str = "0.00";
const COUNTS: &str = "0";
const DATES: &str = "yyyy-mm-dd";
/// A font that offices have, and whose Chinese is two digits wide.
const CHINESE_FONT: &str = "SimSun";

impl Styles {
    pub(super) fn new(language: Language) -> Self {
        let plain = match language {
            Language::Chinese => Format::new().set_font_name(CHINESE_FONT).set_font_size(11),
            Language::English => Format::new(),
        };
        let line = plain.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let cell = line.clone().set_border(FormatBorder::Thin).set_border_color(Color::Gray);
        let heading = cell
            .clone()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_pattern(FormatPattern::Solid)
            .set_foreground_color(Color::RGB(0xE8_EDF3));
        Self {
            title: line.clone().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            part: line.clone().set_bold(),
            line_right: line.clone().set_align(FormatAlign::Right),
            warning: line.clone().set_bold().set_font_color(Color::Red),
            small: line.clone().set_font_size(9).set_font_color(Color::RGB(0x55_5555)),
            label: cell.clone().set_bold().set_indent(1),
            row: Looks::new(&cell),
            total: Looks::new(&cell.clone().set_bold().set_border_top(FormatBorder::Medium)),
            heading,
            line,
        }
    }
}

impl Looks {
    fn new(cell: &Format) -> Self {
        let right = cell.clone().set_align(FormatAlign::Right);
        let number = |format: &str| right.clone().set_num_format(format);
        Self {
            text: cell.clone().set_align(FormatAlign::Left).set_indent(1),
            guarded: cell.clone().set_align(FormatAlign::Left).set_indent(1).set_quote_prefix(),
            amount: number(AMOUNTS),
            rate: number(RATES),
            count: number(COUNTS),
            date: cell.clone().set_align(FormatAlign::Center).set_num_format(DATES),
            right,
        }
    }
}
