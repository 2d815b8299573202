//! What a statement says that decides whether its sums may be believed as they stand: that a payment failed, that it is in
//! another currency or unit, that it is another project's.

use std::path::Path;

use super::{Reading, look};
use crate::domain::statement::{LeftOut, Profile};
use crate::problem::{BillFault, Problem, ProblemKind};
use crate::store::grid::one_file::OneFile;

fn reading(text: &str, profile: &Profile) -> Result<Reading, Vec<Problem>> {
    look(&OneFile::new(text), Path::new("statement"), None, profile)
}

fn fault(problem: &Problem) -> (usize, BillFault) {
    let ProblemKind::Bill(fault) = &problem.kind else { panic!("{:?}", problem.kind) };
    (problem.place.as_ref().expect("it has a place").line, fault.clone())
}

const WITH_STATUS: &str = "\
交易日期,支出金额,对方户名,交易状态
2022-01-05,10.00,甲,交易成功
2022-01-06,20.00,乙,交易失败
2022-01-07,30.00,丙,退回
2022-01-08,40.00,丁,
2022-01-09,50.00,戊,成功（已退票）
";

#[test]
fn a_failed_payment_is_left_out_and_a_doubtful_one_is_refused_until_someone_says() {
    let read = reading(WITH_STATUS, &Profile::default()).expect("a table");
    assert_eq!(read.statement.left_out, [(3, LeftOut::Failed)]);
    let faults: Vec<_> = read.problems.iter().map(fault).collect();
    let returned = || BillFault::NotAStatus { text: "成功（已退票）".into() };
    assert_eq!(faults, [(4, BillFault::NotAStatus { text: "退回".into() }), (6, returned())]);
    let lines = |profile: &Profile| {
        let read = reading(WITH_STATUS, profile).expect("a table");
        assert!(read.problems.is_empty());
        read.statement.movements.iter().map(|movement| movement.line).collect::<Vec<_>>()
    };
    let ignore = vec!["成功（已退票）".to_owned()];
    let done = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let profile = |status_done| Profile { status_done, ignore: ignore.clone(), ..Profile::default() };
    assert_eq!(lines(&profile(done(&["退回"]))), [2, 4, 5]);
    assert_eq!(lines(&profile(done(&["退回", "交易失败"]))), [2, 3, 4, 5], "whoever wrote the profile knows better");
    let ignore = vec!["退回".into(), "成功（已退票）".into()];
    assert_eq!(lines(&Profile { ignore, ..Profile::default() }), [2, 5]);
}

#[test]
fn another_currency_is_refused_where_it_stands() {
    let text = "交易日期,支出金额,币种\n2022-01-05,10.00,人民币\n2022-01-05,11.00,CNY\n2022-01-06,20.00,USD\n";
    let read = reading(text, &Profile::default()).expect("a table");
    let faults: Vec<_> = read.problems.iter().map(fault).collect();
    assert_eq!(faults, [(4, BillFault::OtherCurrency { text: "USD".into() })]);
    assert_eq!(read.statement.movements.len(), 2);
    let others =
        "交易日期,支出金额,币种\n2022-01-05,1.00,￥\n2022-01-05,2.00,元\n2022-01-05,3.00,156\n2022-01-05,4.00,RMB元\n";
    assert_eq!(reading(others, &Profile::default()).expect("a table").statement.movements.len(), 4);
}

#[test]
fn a_title_in_ten_thousands_or_dollars_is_refused_and_one_in_yuan_is_read() {
    let table = "交易日期,支出金额\n2022-01-05,10.00\n";
    for (title, what) in [
        ("单位：万元\n", BillFault::NotInYuan { unit: "万元".into() }),
        ("明细,单位：,人民币万元\n", BillFault::NotInYuan { unit: "万元".into() }),
        ("账号：1，币种：USD\n", BillFault::OtherCurrency { text: "usd".into() }),
        ("查询条件 交易状态：失败\n", BillFault::NotAStatus { text: "失败".into() }),
        ("交易状态,处理中\n", BillFault::NotAStatus { text: "处理中".into() }),
        ("币种：人民币、美元\n", BillFault::OtherCurrency { text: "美元".into() }),
        ("币种,美元\n", BillFault::OtherCurrency { text: "美元".into() }),
    ] {
        let problems = reading(&format!("{title}{table}"), &Profile::default()).expect_err(title);
        assert_eq!(problems.iter().map(|problem| fault(problem).1).collect::<Vec<_>>(), [what], "{title}");
        let skipping = Profile { skip_rows: 1, ..Profile::default() };
        let read = reading(&format!("{title}{table}"), &skipping).expect("someone knows better");
        assert_eq!(read.statement.movements.len(), 1);
    }
    let in_headings = reading("交易日期,支出金额(万元)\n2022-01-05,10.00\n", &Profile::default());
    assert_eq!(
        fault(&in_headings.expect_err("the heading says it")[0]).1,
        BillFault::NotInYuan { unit: "万元".into() }
    );
    let in_dollars = reading("交易日期,支出金额(USD)\n2022-01-05,10.00\n", &Profile::default());
    let dollars = BillFault::OtherCurrency { text: "usd".into() };
    assert_eq!(fault(&in_dollars.expect_err("the heading says it")[0]).1, dollars);
    for title in [
        "单位：元\n",
        "单位：楚雄州信访局\n",
        "年度预算 58.5 万元\n",
        "币种：人民币 单位：元 交易状态：全部\n",
        "币种,人民币\n",
    ] {
        let read = reading(&format!("{title}{table}"), &Profile::default()).expect(title);
        assert_eq!((read.problems.len(), read.statement.movements.len()), (0, 1), "{title}");
    }
}

#[test]
fn a_line_of_zero_is_left_out_and_one_without_a_sum_is_refused() {
    let text = "交易日期,支出金额,收入金额\n2022-01-05,0.00,0.00\n2022-01-06,,0\n2022-01-07,,\n2022-01-08,0.00,5.00\n";
    let read = reading(text, &Profile::default()).expect("a table");
    assert_eq!(read.statement.left_out, [(2, LeftOut::Zero), (3, LeftOut::Zero)]);
    assert_eq!(read.unread, [4]);
    assert_eq!(read.statement.movements.len(), 1);
}

#[test]
fn of_an_account_with_several_projects_only_what_is_said_is_kept() {
    let text = "交易日期,支出金额,摘要\n2022-01-05,1.00,信访工作经费 办公\n2022-01-06,2.00,公用经费\n合计,3.00,\n\
                2022-01-07,4.00,信访工作经费\n";
    let only = Profile { only: vec!["信访工作经费*".into()], ..Profile::default() };
    let read = reading(text, &only).expect("a table");
    assert_eq!(read.statement.left_out, [(3, LeftOut::Others), (4, LeftOut::Balance)]);
    let lines: Vec<usize> = read.statement.movements.iter().map(|movement| movement.line).collect();
    assert_eq!(lines, [2, 5]);
}
