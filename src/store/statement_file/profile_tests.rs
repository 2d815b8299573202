//! What holds for statements whose profile says how they are laid out.

use std::path::Path;

use super::{Reading, Statement, look, read};
use crate::domain::amount::Amount;
use crate::domain::date_format::DateFormat;
use crate::domain::statement::{Column, Found, Headings, LeftOut, Profile, Separator, Sign, TextEncoding, Turn};
use crate::problem::{BillFault, GridFault, Problem, ProblemKind};
use crate::store::grid::one_file::OneFile;

fn by(text: &str, profile: &Profile) -> Result<Statement, Vec<Problem>> {
    read(&OneFile::new(text), Path::new("statement"), None, profile)
}

fn looked(text: &str) -> Reading {
    look(&OneFile::new(text), Path::new("statement"), None, &Profile::default()).expect("a table")
}

/// Line, day and 元 of every movement.
fn told(statement: &Statement) -> Vec<String> {
    let told = |movement: &super::Movement| format!("{} {} {}", movement.line, movement.date, movement.amount);
    statement.movements.iter().map(told).collect()
}

fn counted(places: &[(Column, usize)]) -> Profile {
    let columns = places.iter().map(|(column, place)| (*column, Found::Place(*place))).collect();
    Profile { columns, ..Profile::default() }
}

fn fault(problems: Vec<Problem>) -> BillFault {
    let kind = problems.into_iter().next().expect("a problem").kind;
    let ProblemKind::Bill(fault) = kind else { panic!("{kind:?}") };
    fault
}

#[test]
fn counted_columns_need_no_headings() {
    let text = "某银行\n账号|6222\n20220105|1|新华书店|12.00|88.00\n20220106|2|新华书店|3.50|91.50\n";
    let mut profile = counted(&[(Column::Date, 1), (Column::Side, 2), (Column::Payee, 3), (Column::Amount, 4)]);
    profile.skip_rows = 2;
    (profile.side_out, profile.side_in) = (vec!["1".into()], vec!["2".into()]);
    let statement = by(text, &profile).expect("a statement");
    assert_eq!(told(&statement), ["3 2022-01-05 12.00", "4 2022-01-06 -3.50"]);
    profile.skip_rows = 1;
    assert!(by(text, &profile).is_err(), "the second row is no movement, and is not passed over in silence");
}

#[test]
fn a_named_heading_is_taken_from_no_other_column() {
    let text = "日期,金额,对方户名,摘要\n2022-01-05,-1.00,甲,乙\n";
    let profile = Profile::default().with_headings(vec![(Column::Memo, "对方户名".into())]);
    let statement = by(text, &profile).expect("a statement");
    assert_eq!((statement.movements[0].memo.as_str(), statement.movements[0].payee.as_str()), ("甲", ""));
}

#[test]
fn days_are_read_as_they_are_spelt_and_no_other() {
    let text = "日期,金额\n05/01/2022,-1.00\n";
    assert!(matches!(
        fault(by(text, &Profile::default()).expect_err("it can't be read")),
        BillFault::NotADateHere { format: None, .. }
    ));
    let dated = |format| Profile { date_format: DateFormat::typed(format), ..Profile::default() };
    assert_eq!(told(&by(text, &dated("DD/MM/YYYY")).expect("day first")), ["2 2022-01-05 1.00"]);
    assert_eq!(told(&by(text, &dated("MM/DD/YYYY")).expect("month first")), ["2 2022-05-01 1.00"]);
    let iso = "日期,金额\n2022-01-05 10:30:00,-1.00\n20220106103000,-2.00\n";
    let problems = by(iso, &dated("YYYY-MM-DD")).expect_err("it can't be read");
    assert_eq!(problems.len(), 1, "the time behind a day is no part of it");
    assert!(matches!(fault(problems), BillFault::NotADateHere { format: Some(_), .. }));
}

#[test]
fn a_sign_says_which_way_negative_sums_go() {
    let text = "日期,金额\n2022-01-05,12.00\n2022-01-06,-3.00\n";
    assert_eq!(
        told(&by(text, &Profile::default()).expect("a statement")),
        ["2 2022-01-05 -12.00", "3 2022-01-06 3.00"]
    );
    let profile = Profile { sign: Sign::OutPositive, ..Profile::default() };
    assert_eq!(told(&by(text, &profile).expect("a statement")), ["2 2022-01-05 12.00", "3 2022-01-06 -3.00"]);
}

#[test]
fn a_mark_of_ones_own_counts_before_the_known_ones() {
    let text = "日期,金额,借贷\n2022-01-05,12.00,划出\n2022-01-06,3.00,借\n";
    assert!(matches!(fault(by(text, &Profile::default()).expect_err("it can't be read")), BillFault::NotAMark { .. }));
    let (side_out, side_in) = (vec!["划出".to_owned()], vec!["借".to_owned()]);
    let profile = Profile { side_out, side_in, ..Profile::default() };
    assert_eq!(told(&by(text, &profile).expect("a statement")), ["2 2022-01-05 12.00", "3 2022-01-06 -3.00"]);
}

#[test]
fn ignored_rows_are_told() {
    let text = "日期,金额,摘要\n2022-01-05,-1.00,利 息\n2022-01-06,-2.00,利息税\n2022-01-07,-4.00,手续费（一月）\n";
    let ignore = vec!["利息".to_owned(), "手续费*".to_owned()];
    let statement = by(text, &Profile { ignore, ..Profile::default() }).expect("a statement");
    assert_eq!(told(&statement), ["3 2022-01-06 2.00"]);
    assert_eq!(statement.left_out, [(2, LeftOut::Ignored), (4, LeftOut::Ignored)]);
}

#[test]
fn what_is_said_of_the_text_is_held_to() {
    let said = |encoding, separator| Profile { encoding, separator, ..Profile::default() };
    let text = "日期|金额|摘要\n2022-01-05|-1.00|一,二\n2022-01-06|-2.00|三,四\n";
    let auto = looked(text);
    assert_eq!((auto.profile.encoding, auto.profile.separator), (TextEncoding::Utf8, Separator::Bar));
    assert!(by(text, &said(TextEncoding::Utf8, Separator::Bar)).is_ok());
    assert!(by(text, &said(TextEncoding::Auto, Separator::Comma)).is_err());
    for encoding in [TextEncoding::Gb18030, TextEncoding::Utf8] {
        let other = format!("\u{FEFF}{text}");
        let kind = match by(&other, &said(encoding, Separator::Auto)) {
            Ok(_) => continue,
            Err(mut problems) => problems.remove(0).kind,
        };
        assert!(matches!(kind, ProblemKind::Grid(GridFault::NotInEncoding { encoding: "gb18030", .. })), "{kind:?}");
    }
    let (gb18030, ..) = encoding_rs::GB18030.encode(text);
    let read = |encoding| {
        look(&OneFile::new(gb18030.to_vec()), Path::new("statement"), None, &said(encoding, Separator::Auto))
    };
    assert_eq!(read(TextEncoding::Auto).expect("a table").profile.encoding, TextEncoding::Gb18030);
    assert_eq!(read(TextEncoding::Gb18030).expect("a table").statement.movements.len(), 2);
    let problem = read(TextEncoding::Utf8).expect_err("it is not UTF-8").remove(0);
    assert!(matches!(problem.kind, ProblemKind::Grid(GridFault::NotInEncoding { encoding: "utf-8", .. })));
}

#[test]
fn a_sheet_is_no_matter_to_a_text() {
    let profile = Profile { sheet: Some("明细".into()), ..Profile::default() };
    assert!(by("日期,金额\n2022-01-05,-1.00\n", &profile).is_ok());
}

#[test]
fn the_likeliest_headings_are_told_where_none_are_known() {
    let reading = looked("某银行\n何时,,多少\n2022-01-05,甲,1.00\n");
    let Headings::Unknown { row: 3, texts } = reading.headings else { panic!("{:?}", reading.headings) };
    assert_eq!(texts.len(), 3);
    assert_eq!(reading.problems.len(), 1);
}

/// Three movements, out positive, and the balance behind each by this rule.
fn with_balance(headings: &str, cells: impl Fn(i64) -> String, balance: impl Fn(i64) -> i64) -> String {
    let mut text = format!("日期,{headings},余额\n");
    for (number, amount) in [120, 75, -30].into_iter().enumerate() {
        text += &format!("2022-01-0{},{},{}.00\n", number + 1, cells(amount), balance(amount));
    }
    text
}

#[test]
fn a_balance_that_goes_the_other_way_is_told() {
    let running = |sign: i64| {
        let sum = std::cell::Cell::new(1000);
        move |amount: i64| {
            sum.set(sum.get() - sign * amount);
            sum.get()
        }
    };
    let signed = |amount: i64| format!("{amount}.00");
    let sides = |amount: i64| if amount > 0 { format!("{amount}.00,") } else { format!(",{}.00", -amount) };
    let marked = |amount: i64| format!("{}.00,{}", amount.abs(), if amount > 0 { "贷" } else { "借" });
    let columns = Turn::Columns { out: Some("借方".into()), into: Some("贷方".into()) };
    for (text, turn) in [
        (with_balance("金额", signed, running(1)), Some(Turn::Sign(Sign::OutPositive))),
        (with_balance("金额", signed, running(-1)), None),
        (with_balance("贷方,借方", sides, running(1)), Some(columns)),
        (with_balance("借方,贷方", sides, running(1)), None),
        (with_balance("金额,借贷", marked, running(1)), Some(Turn::Marks)),
        (with_balance("金额,借贷", marked, running(-1)), None),
        // The balance says nothing where it does not follow the sums.
        (with_balance("金额", signed, |_| 5), None),
    ] {
        let reading = looked(&text);
        assert_eq!(reading.statement.against_balance, turn, "{text}");
        let Some(turned) = reading.turned else {
            assert_eq!(turn, None, "{text}");
            continue;
        };
        let again = by(&text, &turned).expect("it reads the other way round");
        let amounts = |statement: &Statement| statement.movements.iter().map(|it| it.amount).collect::<Vec<_>>();
        assert_eq!(amounts(&again), amounts(&reading.statement).into_iter().map(|it| -it).collect::<Vec<Amount>>());
        assert_eq!(again.against_balance, None, "{text}");
    }
}

#[test]
fn a_balance_is_not_held_against_movements_that_are_left_out_or_can_not_be_read() {
    let text = |day: &str| {
        format!(
            "日期,摘要,金额,余额\n2022-01-01,甲,120.00,880.00\n2022-01-02,乙,75.00,805.00\n\
             {day},外单位,50.00,755.00\n2022-01-04,丙,-30.00,785.00\n2022-01-05,丁,10.00,775.00\n"
        )
    };
    let ignoring = Profile { ignore: vec!["外单位".into()], ..Profile::default() };
    for (text, profile) in [(text("2022-01-03"), ignoring), (text("昨天"), Profile::default())] {
        let reading = look(&OneFile::new(text), Path::new("statement"), None, &profile).expect("a table");
        assert_eq!(reading.statement.movements.len(), 4);
        assert_eq!(reading.statement.against_balance, Some(Turn::Sign(Sign::OutPositive)));
    }
}

#[test]
fn the_latest_movement_may_come_first() {
    let text = "日期,支出,收入,余额\n2022-01-03,,30.00,835.00\n2022-01-02,75.00,,805.00\n2022-01-01,120.00,,880.00\n";
    assert_eq!(looked(text).statement.against_balance, None);
    let turned = text.replace("支出,收入", "收入,支出");
    assert!(looked(&turned).statement.against_balance.is_some());
}
