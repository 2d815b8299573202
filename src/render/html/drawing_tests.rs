//! Charts on made-up data: everything lies inside the drawing, and is where its amount says.
#![expect(clippy::wildcard_enum_match_arm, reason = "each test looks for one kind of mark")]

use proptest::prelude::*;

use super::super::sample_tests::{amount, charts, register};
use super::drawing::{Drawing, Mark, drawing};
use super::html;
use crate::domain::budget::Language;
use crate::reports::charts::{Chart, ChartBar, ChartMonth};

fn drawn(chart: &Chart) -> Drawing {
    drawing("c".into(), chart, Language::Chinese)
}

fn bars<'d>(drawing: &'d Drawing, wanted: &'d str) -> impl Iterator<Item = ((i64, i64), (i64, i64))> + 'd {
    drawing.marks.iter().filter_map(move |mark| match mark {
        Mark::Bar { class, at, size, .. } if *class == wanted => Some((*at, *size)),
        _ => None,
    })
}

fn is_inside(drawing: &Drawing) -> bool {
    let inside =
        |(across, down): (i64, i64)| (0..=drawing.width).contains(&across) && (0..=drawing.height).contains(&down);
    drawing.marks.iter().all(|mark| match mark {
        Mark::Line { from, to, .. } => inside(*from) && inside(*to),
        Mark::Bar { at, size, .. } => inside(*at) && inside((at.0 + size.0, at.1 + size.1)) && size.0 > 0 && size.1 > 0,
        Mark::Path { points, .. } => points.iter().all(|point| inside(*point)),
        Mark::Dot { at, .. } | Mark::Text { at, .. } => inside(*at),
    })
}

#[test]
fn a_page_with_every_chart_can_be_looked_at() {
    let sheet = register(&[("演示：差旅费", amount("1200")), ("红字冲销", amount("-350.05"))], charts());
    let sheets = [("月报", &sheet), ("明细", &sheet)];
    let page = html("2022 年 6 月报表", &sheets, Language::Chinese);
    assert_eq!(page.matches("role=\"img\"").count(), 6);
    assert_eq!(page, html("2022 年 6 月报表", &sheets, Language::Chinese));
    if let Ok(path) = std::env::var("TAIZHANG_SAMPLE_PAGE") {
        std::fs::write(path, page).expect("whoever asks for a page names a place for it");
    }
}

#[test]
fn months_ahead_have_a_plan_and_nothing_spent() {
    let charts = charts();
    let drawing = drawn(&charts[0]);
    assert_eq!((bars(&drawing, "planned").count(), bars(&drawing, "spent").count()), (12, 6));
    // The month of refunds hangs below the line where the others stand.
    let spent: Vec<_> = bars(&drawing, "spent").collect();
    let zero = spent[0].0.1 + spent[0].1.1;
    assert_eq!(spent[3].0.1, zero);
    assert!(
        drawing.said.contains("4月：计划 40,000.00 元，支出 -4,200.00 元")
            && drawing.said.ends_with("12月：计划 30,000.00 元")
    );
    let cumulative = drawn(&charts[1]);
    let lengths: Vec<usize> = cumulative
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Path { points, .. } = mark { Some(points.len()) } else { None })
        .collect();
    assert_eq!(lengths, [12, 12, 6]);
    // The lines of figures below say the same: a column a month, empty where nothing can be spent yet.
    let [planned, elapsed, spent] = &cumulative.lines[..] else { panic!("three lines are drawn") };
    assert_eq!(cumulative.months.len(), 12);
    assert_eq!((planned.1[11].as_str(), elapsed.1[11].as_str()), ("58.50", "58.50"));
    assert_eq!((spent.1[5].as_str(), &spent.1[6..]), ("25.70", &[const { String::new() }; 6][..]));
}

#[test]
fn what_passes_the_budget_stands_behind_its_end() {
    let drawing = drawn(&charts()[2]);
    let over: Vec<_> = bars(&drawing, "over striped").collect();
    let [(at, size)] = over[..] else { panic!("one allocation is overspent") };
    let ends = drawing.marks.iter().find_map(|mark| match mark {
        Mark::Line { class: "limit", from, .. } => Some(from.0),
        _ => None,
    });
    assert_eq!(ends, Some(at.0));
    assert!(size.0 > 0 && drawing.legend.iter().any(|(class, _)| *class == "over striped"));
    let red = drawing.marks.iter().find_map(|mark| match mark {
        Mark::Text { class: "end red", text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(red, Some("可用余额 -0.88"));
}

proptest! {
    #[test]
    fn nothing_leaves_the_drawing(
        fen in prop::collection::vec(("-?[1-9][0-9]{0,12}\\.[0-9]{2}", "-?[1-9][0-9]{0,12}\\.[0-9]{2}", any::<bool>()), 0..13),
    ) {
        let months: Vec<ChartMonth> = (1..)
            .zip(&fen)
            .map(|(month, (planned, spent, is_over))| ChartMonth {
                month,
                planned: amount(planned),
                spent: is_over.then(|| amount(spent)),
                elapsed: amount(planned),
            })
            .collect();
        let budget = fen.iter().map(|(spent, committed, _)| ChartBar {
            name: "差旅费".repeat(30),
            spent: amount(spent),
            committed: amount(committed),
            available: amount("123.45"),
        });
        let charts = [Chart::Months(months.clone()), Chart::Cumulative(months), Chart::Budget(budget.collect())];
        for chart in charts {
            prop_assert!(is_inside(&drawn(&chart)), "{:?}", chart);
        }
    }
}
