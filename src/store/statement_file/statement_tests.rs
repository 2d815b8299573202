//! What holds for statements in the shapes that banks and treasuries give them.

use std::path::Path;

use encoding_rs::GB18030;

use super::{Movement, Statement, read};
use crate::domain::statement::{Column, Found, LeftOut, Profile};
use crate::problem::{BillFault, GridFault, Problem, ProblemKind};
use crate::store::grid::one_file::OneFile;

fn statement(text: impl Into<Vec<u8>>, mapped: &[(Column, String)]) -> Result<Statement, Vec<Problem>> {
    let profile = Profile::default().with_headings(mapped.to_vec());
    read(&OneFile::new(text), Path::new("statement"), None, &profile)
}

/// Line, day, 元 and payment number of every movement.
fn told(statement: &Statement) -> Vec<(usize, String, String, &str)> {
    let told = |movement: &Movement| (movement.line, movement.date.to_string(), movement.amount.to_string());
    statement
        .movements
        .iter()
        .map(|movement| {
            let (line, date, amount) = told(movement);
            (line, date, amount, movement.payment.as_str())
        })
        .collect()
}

fn faults(text: &str) -> Vec<(usize, BillFault)> {
    let problems = statement(text, &[]).expect_err("something is wrong with it");
    problems
        .into_iter()
        .map(|problem| {
            let ProblemKind::Bill(fault) = problem.kind else { panic!("{:?}", problem.kind) };
            (problem.place.map_or(0, |place| place.line), fault)
        })
        .collect()
}

#[test]
fn debits_and_credits_are_what_went_out_and_what_came_in() {
    let text = "某银行账户交易明细\n账号：\t6222****0001\n\n交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,交易流水号\n\
                2022-01-05,办公用品,\"1,200.00\",0.00,\"8,800.00\",新华书店,\t2022010500017\n\
                2022-01-08,退款,,30.50,\"8,830.50\",新华书店,2022010800003\n\
                合计,,\"1,200.00\",30.50,,,\n";
    for bytes in [text.as_bytes().to_vec(), GB18030.encode(text).0.into_owned()] {
        let read = statement(bytes, &[]).expect("a statement");
        assert_eq!(
            told(&read),
            [
                (5, "2022-01-05".into(), "1200.00".into(), "2022010500017"),
                (6, "2022-01-08".into(), "-30.50".into(), "2022010800003"),
            ]
        );
        assert_eq!((read.left_out, read.movements[0].payee.as_str()), (vec![(7, LeftOut::Balance)], "新华书店"));
    }
}

#[test]
fn one_column_is_signed_or_marked() {
    let signed = statement("日期;交易金额;对方名称\n2022.1.5;-12.00;甲\n2022年1月6日;3.00;乙\n", &[]).expect("signed");
    assert_eq!(told(&signed).iter().map(|(_, _, amount, _)| amount.as_str()).collect::<Vec<_>>(), ["12.00", "-3.00"]);
    let marked = statement("交易时间,金额,借贷标志\n20220105103000,12.00,借\n2022/1/6 9:30:00,3.00,贷\n", &[]);
    let marked = marked.expect("marked");
    assert_eq!(
        told(&marked),
        [(2, "2022-01-05".into(), "12.00".into(), ""), (3, "2022-01-06".into(), "-3.00".into(), "")]
    );
}

#[test]
fn a_treasury_tells_payments_by_their_orders() {
    let text = "支付令号,支付日期,收款人全称,支付金额,退回金额\n000123,2022-03-01,某印刷厂,12000.00,\n000124,2022-03-02,某酒店,,150.00\n";
    let read = statement(text, &[]).expect("a statement");
    assert_eq!(
        told(&read),
        [(2, "2022-03-01".into(), "12000.00".into(), "000123"), (3, "2022-03-02".into(), "-150.00".into(), "000124")]
    );
}

#[test]
fn balances_brought_forward_and_repeated_headings_are_no_movements() {
    let text = "日期,摘要,支出,收入,余额\n2022-01-01,承前页,,,100.00\n2022-01-05,差旅费,20.00,,80.00\n本页合计,,20.00,,\n\
                日期,摘要,支出,收入,余额\n2022-01-06,差旅费,5.00,,75.00\n期末余额,,,,75.00\n";
    let read = statement(text, &[]).expect("a statement");
    assert_eq!(told(&read).iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [3, 6]);
    let [balance, headings] = [LeftOut::Balance, LeftOut::Headings];
    assert_eq!(read.left_out, [(2, balance), (4, balance), (5, headings), (7, balance)]);
}

#[test]
fn other_headings_are_named() {
    let text = "何时,多少,单号\n2022-01-05,20.00,A-1\n";
    assert!(statement(text, &[]).is_err());
    let mapped = [(Column::Date, "何时".into()), (Column::Out, "多少".into()), (Column::Payment, "单号".into())];
    assert_eq!(told(&statement(text, &mapped).expect("named")), [(2, "2022-01-05".into(), "20.00".into(), "A-1")]);
    let missing = [(Column::Date, "何时".to_owned()), (Column::Out, "多少".into()), (Column::Payee, "谁".into())];
    assert!(matches!(
        &statement(text, &missing).expect_err("no such heading")[0].kind,
        ProblemKind::Bill(BillFault::HeadingMissing { field: "payee", .. })
    ));
}

#[test]
fn nothing_is_skipped_in_silence() {
    let text = "日期,借方金额,贷方金额,流水号\n2022-13-05,1.00,,1\n2022-01-05,abc,,2\n2022-01-05,,,3\n2022-01-05,1.00,2.00,4\n\
                ,1.00,,5\n2022-01-05,1.00,,6.2E+15\n2022-01-05,###,,7\n";
    let found = faults(text);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8]);
    assert!(matches!(found[0].1, BillFault::NotADateHere { .. }));
    assert!(matches!(found[1].1, BillFault::NotAnAmount { .. }));
    assert!(matches!(found[2].1, BillFault::Missing { field: "amount" }));
    assert!(matches!(found[3].1, BillFault::BothSides));
    assert!(matches!(found[4].1, BillFault::Missing { field: "date" }));
    assert!(matches!(found[5].1, BillFault::Scientific { field: "payment", .. }));
    assert!(matches!(found[6].1, BillFault::Hashes { field: "out" }));
}

/// A copy that was broken off. Only in the last column can nobody tell.
#[test]
fn of_a_statement_cut_anywhere_no_movement_is_taken_that_it_never_had_and_none_left_out() {
    let table =
        "日期,状态,借方金额,贷方金额,流水号,附言\n2022-01-05,成功,20.00,,A-1,甲\n2022-01-06,成功,1234.50,0.00,A-2,乙\n";
    let whole = statement(table, &[]).expect("whole").movements;
    let mut cut_off = 0;
    for end in (table.find('\n').expect("headings")..table.len()).filter(|end| table.is_char_boundary(*end)) {
        match statement(&table[..end], &[]) {
            Ok(read) => {
                assert!(read.left_out.is_empty(), "cut at {end}");
                for (mut cut, whole) in read.movements.into_iter().zip(&whole) {
                    assert!(whole.memo.starts_with(&cut.memo), "cut at {end}");
                    cut.memo.clone_from(&whole.memo);
                    assert_eq!(cut, *whole, "cut at {end}");
                }
            }
            Err(problems) => {
                let [Problem { kind: ProblemKind::Grid(GridFault::CutOff { columns: 6, .. }), .. }] = problems[..]
                else {
                    panic!("{problems:?}")
                };
                cut_off += 1;
            }
        }
    }
    assert!(cut_off > 40, "{cut_off}");
}

#[test]
fn what_is_not_asked_for_needs_no_line_end() {
    let profile = Profile { only: vec!["成功".into()], ..Profile::default() };
    let text = "日期,借方金额,状态\n2022-01-05,20.00,成功\n打印时间：2022-02-01";
    let read = read(&OneFile::new(text), Path::new("statement"), None, &profile).expect("a statement");
    assert_eq!(read.left_out, [(3, LeftOut::Others)]);
}

#[test]
fn a_note_below_a_statement_needs_no_line_end() {
    let read = statement("日期,借方金额,流水号\n2022-01-05,20.00,A-1\n合计", &[]).expect("a statement");
    assert_eq!(read.left_out, [(3, LeftOut::Balance)]);
}

#[test]
fn a_statement_in_counted_columns_may_end_behind_the_last_of_them() {
    let columns = vec![(Column::Date, Found::Place(1)), (Column::Out, Found::Place(3))];
    let profile = Profile { columns, ..Profile::default() };
    let read = |text: &str| read(&OneFile::new(text), Path::new("statement"), None, &profile);
    assert_eq!(read("2022-01-05,甲,20.00").expect("whole").movements.len(), 1);
    let cut = &read("2022-01-05,甲,20.00\n2022-01-06,乙").expect_err("cut")[0];
    assert!(matches!(cut.kind, ProblemKind::Grid(GridFault::CutOff { cells: 2, columns: 3 })), "{cut:?}");
}
