//! Lines to choose from: the cells of each in columns, on a single line that fits the screen. It names no package but the
//! one that knows how wide a character is.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::sheet::Cell;
use super::table::{is_number, said};
use crate::domain::budget::Language;

/// Blanks between two columns.
const GAP: usize = 2;
/// A text is never cut shorter, in terminal columns.
const NARROWEST: usize = 8;

/// One line a row. Numbers stand at the right of their column; the widest texts are cut where room is short.
pub(crate) fn lines(rows: &[Vec<Cell>], room: Option<usize>, language: Language) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let texts: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| said(cell, false, language)).collect()).collect();
    let text = |row: usize, column: usize| texts[row].get(column).map_or("", String::as_str);
    let right: Vec<bool> =
        (0..columns).map(|column| rows.iter().any(|row| row.get(column).is_some_and(is_number))).collect();
    let widest = |column: usize| (0..rows.len()).map(|row| text(row, column).width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns).map(widest).collect();
    let needed = |widths: &[usize]| {
        let seen = widths.iter().filter(|width| **width > 0).count();
        widths.iter().sum::<usize>() + GAP * seen.saturating_sub(1)
    };
    while room.is_some_and(|room| needed(&widths) > room) {
        let cut = (0..columns).filter(|column| !right[*column] && widths[*column] > NARROWEST);
        let Some(column) = cut.max_by_key(|column| widths[*column]) else { break };
        widths[column] -= 1;
    }
    let line = |row: usize| {
        let cells = (0..columns).filter(|column| widths[*column] > 0).map(|column| {
            let text = cut(text(row, column), widths[column]);
            let blanks = " ".repeat(widths[column].saturating_sub(text.width()));
            if right[column] { blanks + &text } else { text + &blanks }
        });
        cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
    };
    (0..rows.len()).map(line).collect()
}

/// A text no wider than `width`, with an ellipsis where something was cut off.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        if kept.width() + character.width().unwrap_or(0) + 1 > width {
            break;
        }
        kept.push(character);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::Amount;

    #[test]
    fn numbers_line_up_and_the_widest_text_gives_way() {
        let row = |number, name: &str, amount| {
            vec![
                Cell::Number(number),
                Cell::Text(name.into()),
                Cell::Empty,
                Cell::Amount(Amount::typed(amount).expect("a test writes amounts")),
            ]
        };
        let rows = [row(1, "重大活动、重要节点期间信访保障", "305800"), row(12, "travel", "4.5")];
        assert_eq!(
            lines(&rows, None, Language::Chinese),
            [" 1  重大活动、重要节点期间信访保障  305,800.00", "12  travel                                4.50"]
        );
        assert_eq!(
            lines(&rows, Some(30), Language::English),
            [" 1  重大活动、重…   305,800.00", "12  travel                4.50"]
        );
    }
}
