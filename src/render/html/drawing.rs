//! Charts as drawings: lines, bars and words at their places. What a chart shows is never told by its colour alone.

use unicode_width::UnicodeWidthStr;

use super::axis::Axis;
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::text::{shortened, shown};
use crate::lang::{self, Phrase, phrase};
use crate::reports::charts::{Chart, ChartBar, ChartMonth};

/// A drawing, `width` by `height`.
pub(super) struct Drawing {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    /// All that it shows, for those who don't see it.
    pub(super) said: String,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) legend: Vec<(&'static str, String)>,
    pub(super) marks: Vec<Mark>,
    /// The same in figures, a column a month: what each line is called, then its values.
    pub(super) months: Vec<String>,
    pub(super) lines: Vec<(String, Vec<String>)>,
}

type At = (i64, i64);

/// What is drawn, from the back to the front.
pub(super) enum Mark {
    Line { class: &'static str, from: At, to: At },
    Bar { class: &'static str, at: At, size: At, said: String },
    Path { class: &'static str, points: Vec<At> },
    Dot { class: &'static str, at: At, said: String },
    Text { class: &'static str, at: At, text: String },
}

const WIDTH: i64 = 720;
/// The room of the months' charts: what their axes leave.
const LEFT: i64 = 70;
const RIGHT: i64 = 12;
const TOP: i64 = 14;
const BOTTOM: i64 = 30;
const HEIGHT: i64 = 300;
/// A pair of a month's bars.
const BAR: i64 = 20;
/// An allocation's line in the budget's chart: its name, its bar, and what is between two of them.
const NAME: i64 = 18;
const THICK: i64 = 18;
const LINE: i64 = 50;
/// How many of a name's columns there is room for, beside what is available.
const NAME_COLUMNS: usize = 56;

pub(super) fn drawing(id: String, chart: &Chart, language: Language) -> Drawing {
    let say = |said: Phrase| phrase(language, &said);
    let bare = |title: Phrase, height: i64, marks: Vec<Mark>, said: String, in_wan: bool| Drawing {
        id,
        title: say(title),
        unit: say(if in_wan { Phrase::InWan } else { Phrase::InYuan }),
        said,
        width: WIDTH,
        height,
        legend: Vec::new(),
        marks,
        months: Vec::new(),
        lines: Vec::new(),
    };
    let (planned, spent) = (say(Phrase::ChartPlanned), lang::name(language, Figure::Spent));
    match chart {
        Chart::Months(months) => {
            let axis = month_axis(months);
            let marks = [frame(&axis, months, language), bars(&axis, months, language)].concat_marks();
            let lines = vec![
                (planned.clone(), values(&axis, months, |month| Some(month.planned))),
                (spent.clone(), values(&axis, months, |month| month.spent)),
            ];
            let legend = vec![("planned", planned), ("spent", spent)];
            let (said, months) = (months_said(months, language), months_named(months, language));
            Drawing { legend, months, lines, ..bare(Phrase::ChartMonths, HEIGHT, marks, said, axis.is_in_wan()) }
        }
        Chart::Cumulative(months) => {
            let axis = month_axis(months);
            let marks = [frame(&axis, months, language), curves(&axis, months, language)].concat_marks();
            let elapsed = say(Phrase::ChartElapsed);
            let lines = vec![
                (planned.clone(), values(&axis, months, |month| Some(month.planned))),
                (elapsed.clone(), values(&axis, months, |month| Some(month.elapsed))),
                (spent.clone(), values(&axis, months, |month| month.spent)),
            ];
            let legend = vec![("line-planned", planned), ("line-elapsed", elapsed), ("line-spent", spent)];
            let (said, months) = (months_said(months, language), months_named(months, language));
            Drawing { legend, months, lines, ..bare(Phrase::ChartCumulative, HEIGHT, marks, said, axis.is_in_wan()) }
        }
        Chart::Budget(bars) => {
            let ends = bars.iter().flat_map(|bar| [bar.spent + bar.committed, budget(bar)]);
            let axis = Axis::over(ends, WIDTH - 2 * RIGHT);
            let height = TOP + LINE * i64::try_from(bars.len()).unwrap_or(0) + BOTTOM;
            let marks = [upright(&axis, height), lines(&axis, bars, language)].concat_marks();
            let mut legend = vec![
                ("spent", spent),
                ("committed striped", lang::name(language, Figure::Committed)),
                ("available", lang::name(language, Figure::Available)),
            ];
            if bars.iter().any(|bar| bar.available.is_negative()) {
                legend.push(("over striped", say(Phrase::ChartOver)));
            }
            let said = bars.iter().map(|bar| bar_said(bar, language)).collect::<Vec<_>>().join("\n");
            Drawing { legend, ..bare(Phrase::ChartBudget, height, marks, said, axis.is_in_wan()) }
        }
    }
}

/// Marks behind marks.
trait Layers {
    fn concat_marks(self) -> Vec<Mark>;
}

impl<const N: usize> Layers for [Vec<Mark>; N] {
    fn concat_marks(self) -> Vec<Mark> {
        self.into_iter().flatten().collect()
    }
}

fn month_axis(months: &[ChartMonth]) -> Axis {
    let amounts = months.iter().flat_map(|month| [Some(month.planned), month.spent]).flatten();
    Axis::over(amounts, HEIGHT - TOP - BOTTOM)
}

/// The middle of a month, and its height in the drawing.
fn middle(place: usize, months: &[ChartMonth]) -> i64 {
    let each = (WIDTH - LEFT - RIGHT) / i64::try_from(months.len().max(1)).unwrap_or(1);
    LEFT + each * i64::try_from(place).unwrap_or(0) + each / 2
}

fn level(axis: &Axis, amount: Amount) -> i64 {
    HEIGHT - BOTTOM - axis.place(amount)
}

fn frame(axis: &Axis, months: &[ChartMonth], language: Language) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (along, number) in axis.lines() {
        let height = HEIGHT - BOTTOM - along;
        let class = if number == "0" { "axis" } else { "grid" };
        marks.push(Mark::Line { class, from: (LEFT, height), to: (WIDTH - RIGHT, height) });
        marks.push(Mark::Text { class: "soft end", at: (LEFT - 8, height + 5), text: number });
    }
    for (place, month) in months.iter().enumerate() {
        let text = phrase(language, &Phrase::ChartMonth(month.month));
        marks.push(Mark::Text { class: "soft middle", at: (middle(place, months), HEIGHT - 8), text });
    }
    marks
}

fn bars(axis: &Axis, months: &[ChartMonth], language: Language) -> Vec<Mark> {
    let mut marks = Vec::new();
    let zero = level(axis, Amount::ZERO);
    for (place, month) in months.iter().enumerate() {
        let said = month_said(month, language);
        let both = [("planned", -BAR - 1, Some(month.planned)), ("spent", 1, month.spent)];
        for (class, beside, amount) in both {
            let Some(amount) = amount.filter(|amount| !amount.is_zero()) else { continue };
            let end = level(axis, amount);
            // What is not nothing is seen, however little it is.
            let size = (BAR, (zero - end).abs().max(1));
            let at = (middle(place, months) + beside, zero.min(end));
            marks.push(Mark::Bar { class, at, size, said: said.clone() });
        }
    }
    marks
}

fn curves(axis: &Axis, months: &[ChartMonth], language: Language) -> Vec<Mark> {
    let point = |place: usize, amount: Amount| (middle(place, months), level(axis, amount));
    let planned = months.iter().enumerate().map(|(place, month)| point(place, month.planned)).collect();
    let spent: Vec<At> =
        months.iter().enumerate().map_while(|(place, month)| Some(point(place, month.spent?))).collect();
    let dots = spent.iter().zip(months).map(|(at, month)| {
        let said = month_said(month, language);
        Mark::Dot { class: "spent", at: *at, said }
    });
    let dots: Vec<Mark> = dots.collect();
    let elapsed = months.iter().enumerate().map(|(place, month)| point(place, month.elapsed)).collect();
    let curves = vec![
        Mark::Path { class: "line-elapsed", points: elapsed },
        Mark::Path { class: "line-planned", points: planned },
        Mark::Path { class: "line-spent", points: spent },
    ];
    [curves, dots].concat_marks()
}

/// What may be spent.
fn budget(bar: &ChartBar) -> Amount {
    bar.spent + bar.committed + bar.available
}

fn upright(axis: &Axis, height: i64) -> Vec<Mark> {
    let line = |(along, number): (i64, String)| {
        let across = RIGHT + along;
        let class = if number == "0" { "axis" } else { "grid" };
        let line = Mark::Line { class, from: (across, TOP), to: (across, height - BOTTOM) };
        [line, Mark::Text { class: "soft middle", at: (across, height - 10), text: number }]
    };
    axis.lines().into_iter().flat_map(line).collect()
}

/// Each allocation: its name, then in one bar what is spent, committed and available; what passes the budget stands
/// behind the line where it ends.
fn lines(axis: &Axis, bars: &[ChartBar], language: Language) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (number, bar) in (0..).zip(bars) {
        let top = TOP + LINE * number;
        let said = bar_said(bar, language);
        let name = fitted(&shown(&bar.name));
        let available = if axis.is_in_wan() { bar.available.wan() } else { bar.available };
        let left = format!("{} {}", lang::name(language, Figure::Available), available.grouped());
        let class = if bar.available.is_negative() { "end red" } else { "soft end" };
        marks.push(Mark::Text { class: "name", at: (RIGHT + 3, top + NAME - 4), text: name });
        marks.push(Mark::Text { class, at: (WIDTH - RIGHT, top + NAME - 4), text: left });
        let end = budget(bar);
        let used = bar.spent + bar.committed;
        let parts = [
            ("spent", Amount::ZERO, bar.spent.min(end)),
            ("committed striped", bar.spent.min(end), used.min(end)),
            ("available", used, end),
            ("over striped", end.max(Amount::ZERO), used),
        ];
        for (class, from, to) in parts {
            let (from, to) = (axis.place(from), axis.place(to));
            if to > from {
                let (at, size) = ((RIGHT + from, top + NAME), (to - from, THICK));
                marks.push(Mark::Bar { class, at, size, said: said.clone() });
            }
        }
        if bar.available.is_negative() {
            let across = RIGHT + axis.place(end);
            let (from, to) = ((across, top + NAME - 4), (across, top + NAME + THICK + 4));
            marks.push(Mark::Line { class: "limit", from, to });
        }
    }
    marks
}

/// A name that leaves room for what stands at its right.
fn fitted(name: &str) -> String {
    let mut most = name.chars().count();
    while name.chars().take(most).collect::<String>().width() > NAME_COLUMNS {
        most -= 1;
    }
    shortened(name, most)
}

fn months_named(months: &[ChartMonth], language: Language) -> Vec<String> {
    months.iter().map(|month| phrase(language, &Phrase::ChartMonth(month.month))).collect()
}

/// A line's values in the unit of its axis; empty for months that are still to come.
fn values(axis: &Axis, months: &[ChartMonth], of: impl Fn(&ChartMonth) -> Option<Amount>) -> Vec<String> {
    let shown = |amount: Amount| if axis.is_in_wan() { amount.wan() } else { amount }.grouped();
    months.iter().map(|month| of(month).map(shown).unwrap_or_default()).collect()
}

fn months_said(months: &[ChartMonth], language: Language) -> String {
    months.iter().map(|month| month_said(month, language)).collect::<Vec<_>>().join("\n")
}

fn month_said(month: &ChartMonth, language: Language) -> String {
    let ChartMonth { month, planned, spent, elapsed: _ } = month.clone();
    phrase(language, &Phrase::ChartMonthSaid { month, planned, spent })
}

fn bar_said(bar: &ChartBar, language: Language) -> String {
    let ChartBar { name, spent, committed, available } = bar.clone();
    phrase(language, &Phrase::ChartBarSaid { name: shown(&name), spent, committed, available })
}
