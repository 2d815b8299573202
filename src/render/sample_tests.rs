//! A made-up report with everything a page can hold, for the tests of the renderers.

use super::sheet::{Body, Cell, Column, Sheet, Signed};
use crate::domain::amount::{Amount, Rate};
use crate::domain::calendar::{Date, FiscalYear};
use crate::domain::figure::Figure;
use crate::reports::charts::{Chart, ChartBar, ChartMonth};
use crate::reports::stamp::Stamp;

pub(super) fn amount(text: &str) -> Amount {
    Amount::typed(text).expect("a test writes amounts")
}

pub(super) fn day() -> Date {
    FiscalYear::new(2022).expect("a year").last_day()
}

fn column(figure: Figure, heading: &str) -> Column {
    Column { figure: Some(figure), heading: Some(heading.to_owned()), dispensable: 0 }
}

/// A register of rows, each with a text and an amount, and their total.
pub(super) fn register(rows: &[(&str, Amount)], charts: Vec<Chart>) -> Sheet {
    let row = |(memo, amount): &(&str, Amount)| {
        let rate = Amount::share_of(*amount, crate::render::sample_tests::amount("1万元"));
        vec![
            Cell::Date(day()),
            Cell::Text((*memo).to_owned()),
            Cell::Amount(*amount),
            Cell::rate(rate),
            Cell::Bar(rate),
        ]
    };
    let total: Amount = rows.iter().map(|(_, amount)| *amount).sum();
    let bars = Column { figure: None, heading: Some(String::new()), dispensable: 5 };
    Sheet {
        schema: "taizhang.made-up/1",
        heading: vec!["某局 · 某项目 · 2022 年度".into(), "明细账   截至 2022-12-31   单位：元".into()],
        stamp: Some(stamp()),
        facts: Vec::new(),
        body: Body::Rows {
            columns: vec![
                column(Figure::Date, "日期"),
                column(Figure::Name, "摘要"),
                column(Figure::Amount, "金额\n元"),
                column(Figure::ExecutionRate, "执行率%"),
                bars,
            ],
            rows: rows.iter().map(row).collect(),
            subtotals: Vec::new(),
            total: Some(vec![
                Cell::Empty,
                Cell::Text("合计".into()),
                Cell::Amount(total),
                Cell::Rate(Rate::of_counts(1, 2)),
                Cell::Empty,
            ]),
        },
        notes: vec!["第一行说明\n第二行说明".into(), String::new()],
        charts,
        footer: vec!["截至 2022-12-31 · 共 65 笔".into()],
        signed: Signed::OnPaper,
        in_wan: false,
    }
}

pub(super) fn stamp() -> Stamp {
    Stamp {
        as_of: day(),
        budget_id: "made-up".into(),
        title: "某项目".into(),
        unit: "某局".into(),
        year: FiscalYear::new(2022).expect("a year"),
        budget_digest: "0123456789ab".into(),
        rows: 65,
        digest: None,
        closed: None,
        unverified: None,
    }
}

/// A chart of each kind: half a year gone by, one month with more refunds than spending, one allocation overspent.
pub(super) fn charts() -> Vec<Chart> {
    let spent = ["12000", "30500.50", "66800", "-4200", "51000.08", "100910.4"];
    let month = |(number, planned): (u32, &str)| ChartMonth {
        month: number,
        planned: amount(planned),
        spent: spent.get(number as usize - 1).map(|text| amount(text)),
        elapsed: amount("48750"),
    };
    let planned =
        ["20000", "35000", "60000", "40000", "40000", "90000", "30000", "30000", "60000", "110000", "40000", "30000"];
    let months: Vec<ChartMonth> = (1..).zip(planned).map(month).collect();
    let mut sums = (Amount::ZERO, Some(Amount::ZERO), Amount::ZERO);
    let add = |month: &ChartMonth| {
        let spent = sums.1.zip(month.spent).map(|(sum, spent)| sum + spent);
        sums = (sums.0 + month.planned, spent, sums.2 + month.elapsed);
        ChartMonth { month: month.month, planned: sums.0, spent: sums.1, elapsed: sums.2 }
    };
    let cumulative = months.iter().map(add).collect();
    let bar = |name: &str, [spent, committed, available]: [&str; 3]| ChartBar {
        name: name.to_owned(),
        spent: amount(spent),
        committed: amount(committed),
        available: amount(available),
    };
    let bars = vec![
        bar("重大活动、重要节点期间信访保障服务及劝返", ["156630", "60000", "89170"]),
        bar("省州领导包案重点信访问题化解", ["46800", "12000", "-8800"]),
        bar("绿色邮寄费", ["1896.40", "0", "2103.60"]),
        bar("重点信访人员心理疏导", ["0", "0", "30000"]),
        bar("一个长得怎么也放不下的预算分项名称，用来看它在图上是不是被好好地截短了", ["0", "20000", "79500"]),
        bar("<b>\"&'没有钱的</b>", ["0", "0", "0"]),
    ];
    vec![Chart::Months(months), Chart::Cumulative(cumulative), Chart::Budget(bars)]
}
