//! A chart for a terminal: a line a month, what was spent against what was planned, in block characters. It draws, and
//! works out nothing but lengths.

use unicode_width::UnicodeWidthStr;

use super::Screen;
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::lang::{Phrase, phrase};
use crate::reports::charts::{Chart, ChartMonth};

/// On a narrower screen there is no chart.
const NARROWEST: usize = 60;
/// The longest bar, in terminal columns.
const LONGEST: usize = 64;
/// The width where none is known, as in a file.
const UNKNOWN: usize = 80;
/// Blanks between two columns.
const GAP: usize = 2;

/// The lines of a chart; none for one that is not for a terminal, or where there is no room or nothing to show.
pub(super) fn lines(chart: &Chart, in_wan: bool, language: Language, screen: Screen) -> Vec<String> {
    let Chart::Months(months) = chart else { return Vec::new() };
    let width = screen.width.unwrap_or(UNKNOWN);
    let most = months.iter().flat_map(|month| [month.planned, month.spent.unwrap_or_default()]).max();
    let Some(most) = most.filter(|most| width >= NARROWEST && most.is_positive()) else { return Vec::new() };
    let figure = |amount: Amount| if in_wan { amount.wan().grouped() } else { amount.grouped() };
    let say = |said: Phrase| phrase(language, &said);
    let headings = say(Phrase::ChartColumns);
    let (spent, planned) = headings.split_once('\n').unwrap_or_default();
    let rows: Vec<[String; 3]> = months
        .iter()
        .map(|month| {
            let spent = month.spent.map(figure).unwrap_or_default();
            [say(Phrase::ChartMonth(month.month)), spent, figure(month.planned)]
        })
        .collect();
    let column =
        |place: usize, heading: &str| rows.iter().map(|row| row[place].width()).max().unwrap_or(0).max(heading.width());
    let widths = [column(0, ""), column(1, spent), column(2, planned)];
    let beside = widths.iter().sum::<usize>() + GAP * widths.len();
    let room = width.saturating_sub(beside).min(LONGEST);
    let right = |text: &str, width: usize| format!("{}{text}", " ".repeat(width.saturating_sub(text.width()) + GAP));
    let line = |name: &str, bar: &str, shown: usize, spent: &str, planned: &str| {
        let name = format!("{}{name}", " ".repeat(widths[0].saturating_sub(name.width())));
        let bar = format!("{}{bar}{}", " ".repeat(GAP), " ".repeat(room.saturating_sub(shown)));
        format!("{name}{bar}{}{}", right(spent, widths[1]), right(planned, widths[2]))
    };
    let mut drawn = vec![say(Phrase::MonthsChart { in_wan }), line("", "", 0, spent, planned)];
    drawn.extend(months.iter().zip(&rows).map(|(month, [name, spent, planned])| {
        let bar = Bar::of(month, most, room);
        line(name, &bar.drawn(screen.color), bar.length(), spent, planned)
    }));
    drawn
}

/// A month's bar in whole cells: spent within the plan, beyond it, and planned but not spent.
struct Bar {
    within: usize,
    beyond: usize,
    unspent: usize,
}

impl Bar {
    fn of(month: &ChartMonth, most: Amount, room: usize) -> Self {
        let cells = |amount: Amount| cells(amount, most, room);
        let (spent, planned) = (cells(month.spent.unwrap_or_default()), cells(month.planned));
        let within = spent.min(planned);
        Self { within, beyond: spent - within, unspent: planned - within }
    }

    fn length(&self) -> usize {
        self.within + self.beyond + self.unspent
    }

    fn drawn(&self, color: bool) -> String {
        let parts = [("█", self.within, ""), ("▓", self.beyond, "\u{1b}[33m"), ("░", self.unspent, "\u{1b}[2m")];
        let parts = parts.into_iter().filter(|(_, cells, _)| *cells > 0);
        let drawn = parts.map(|(mark, cells, style)| match color && !style.is_empty() {
            true => format!("{style}{}\u{1b}[0m", mark.repeat(cells)),
            false => mark.repeat(cells),
        });
        drawn.collect()
    }
}

/// How long an amount is drawn: nothing only for nothing.
fn cells(amount: Amount, most: Amount, room: usize) -> usize {
    if !amount.is_positive() {
        return 0;
    }
    let (amount, most) = (amount.fen(), most.fen().max(1));
    let room = i128::try_from(room).unwrap_or(0);
    usize::try_from((2 * amount * room + most) / (2 * most)).unwrap_or(0).max(1)
}
