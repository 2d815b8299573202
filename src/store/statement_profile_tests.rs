//! What holds for every profile of a statement: it reads as it is written, and every mistake is told at its place.

use super::*;
use crate::problem::{Problem, ProblemKind};

fn parsed(text: &str) -> Result<Profile, Vec<Problem>> {
    parse(&Source::new(Path::new("profile.toml"), text.to_owned())).map_err(|failure| failure.0)
}

/// Line and kind of every mistake.
fn mistakes(text: &str) -> Vec<(usize, BudgetFault)> {
    let told = |problem: Problem| {
        let ProblemKind::Budget(fault) = problem.kind else { panic!("{:?}", problem.kind) };
        (problem.place.expect("a place").line, fault)
    };
    parsed(text).expect_err("it has mistakes").into_iter().map(told).collect()
}

#[test]
fn everything_that_can_be_said_is_read() {
    let text = r#"[statement]
encoding = "GB18030"
separator = "bar"
sheet = "明细"
date = "交易日期"
amount = "发生额(元)"
side = "借贷"
payee = "对方"
date_format = "DD/MM/YYYY"
sign = "out-positive"
side_out = ["划出"]
side_in = ["划入"]
status_done = ["已复核"]
skip_rows = 3
ignore = ["利息", "承前页*"]
only = ["信访*"]
"#;
    let read = parsed(text).expect("a profile");
    assert_eq!(
        read,
        Profile {
            encoding: TextEncoding::Gb18030,
            separator: Separator::Bar,
            sheet: Some("明细".into()),
            columns: [("date", "交易日期"), ("amount", "发生额(元)"), ("side", "借贷"), ("payee", "对方")]
                .map(|(key, heading)| (Column::from_key(key).expect("a key"), Found::Heading(heading.into())))
                .to_vec(),
            date_format: DateFormat::typed("DD/MM/YYYY"),
            sign: Sign::OutPositive,
            side_out: vec!["划出".into()],
            side_in: vec!["划入".into()],
            status_done: vec!["已复核".into()],
            skip_rows: 3,
            ignore: vec!["利息".into(), "承前页*".into()],
            only: vec!["信访*".into()],
        }
    );
    let counted = parsed("[statement]\ndate = 1\nout = 3\nin = 4\ndate_format = \"auto\"\n").expect("a profile");
    assert!(counted.is_by_place() && counted.date_format.is_none());
    assert_eq!(parsed("[statement]\n").expect("nothing said"), Profile::default());
}

#[test]
fn every_mistake_is_told_at_once() {
    let text = r#"[statement]
encoding = "big5"
datum = "日期"
date = "日期"
out = 0
in = 3.5
payee = "日 期"
memo = 7
separator = ","
date_format = "YYYY/MM"
sign = "minus"
side_out = ["借", 1]
side_in = [" 借"]
skip_rows = "三"
ignore = ["*", ""]
sheet = 5
"#;
    let found = mistakes(text);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 16], "{found:?}");
    let profile = |number: usize| {
        let BudgetFault::Profile(fault) = &found[number].1 else { panic!("{:?}", found[number]) };
        fault
    };
    assert!(matches!(&found[1].1, BudgetFault::UnknownKey { key, .. } if key == "datum"));
    assert_eq!(profile(2), &ProfileFault::NotAColumn { key: "out" });
    assert_eq!(profile(3), &ProfileFault::NotAColumn { key: "in" });
    assert_eq!(profile(4), &ProfileFault::ColumnTwice { key: "payee", first: "date", first_line: 4 });
    assert_eq!(profile(5), &ProfileFault::HeadingsAndPlaces { key: "memo", first_line: 4 });
    assert_eq!(profile(7), &ProfileFault::NotADateFormat { text: "YYYY/MM".into() });
    assert_eq!(profile(10), &ProfileFault::MarkTwice { text: "借".into() });
    assert_eq!(profile(11), &ProfileFault::NotACount { key: "skip_rows" });
}

#[test]
fn counted_columns_leave_nothing_to_recognise() {
    let only = |text: &str| mistakes(text).into_iter().map(|(_, fault)| fault).collect::<Vec<_>>();
    let profile = |faults: &[ProfileFault]| faults.iter().cloned().map(BudgetFault::Profile).collect::<Vec<_>>();
    assert_eq!(only("[statement]\npayee = 3\n"), profile(&[ProfileFault::NoDate, ProfileFault::NoSum]));
    assert_eq!(only("[statement]\ndate = 1\nside = 2\nout = 3\n"), profile(&[ProfileFault::NothingToMark]));
    assert_eq!(
        only("[statement]\ndate = 1\nout = 1\n"),
        profile(&[ProfileFault::ColumnTwice { key: "out", first: "date", first_line: 2 }])
    );
}

#[test]
fn a_file_of_its_own_holds_nothing_else() {
    assert_eq!(mistakes("[budget]\nid = \"a\"\n")[0].1, BudgetFault::Profile(ProfileFault::NoTable));
    let other = "[statement]\ndate = \"日期\"\n\n[import]\ndate = \"日期\"\n";
    assert!(matches!(&mistakes(other)[..], [(4, BudgetFault::UnknownKey { .. })]));
    assert!(matches!(&mistakes("statement = 1\n")[..], [(1, BudgetFault::NotATable { .. })]));
}
