//! What holds for tables of expenses: each column is what its heading says, and what can't be a bill is said.

use std::path::Path;

use super::*;
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::entry::Kind;
use crate::domain::rules::Refusal;
use crate::domain::text::{LONGEST_ID, TextFault};
use crate::problem::{GridFault, ProblemKind};
use crate::store::grid::one_file::OneFile;

fn open(text: &str, mapped: &[Mapped]) -> Result<ExpenseTable, Vec<Problem>> {
    ExpenseTable::open(&OneFile::new(text), Path::new("table"), None, mapped)
}

/// Every row as a bill of the allocation `travel`, or what is wrong with it.
fn bills(text: &str) -> Vec<Result<Bill, Vec<ProblemKind>>> {
    let (bills, walked) = walked(&mut open(text, &[]).expect("a table"));
    walked.expect("rows");
    bills
}

/// The same as far as the table can be read, and how that ended.
#[expect(clippy::type_complexity, reason = "what was found, and what stopped it")]
fn walked(table: &mut ExpenseTable) -> (Vec<Result<Bill, Vec<ProblemKind>>>, Result<Walked, Problem>) {
    let same = |text: &str| Ok(text.to_owned());
    let reading = Reading {
        allocation: Some("travel".into()),
        named: &|text| Ok(text.to_owned()),
        method: &same,
        fund: &same,
        is_refund: &|text| Ok(text == "退款"),
        allows_personal_data: false,
    };
    let mut bills = Vec::new();
    let mut keep = |bill: Result<Bill, Vec<Problem>>, _: Progress| {
        bills.push(bill.map_err(|problems| problems.into_iter().map(|problem| problem.kind).collect()));
        Ok(())
    };
    let walked = table.walk(&reading, &mut keep);
    (bills, walked)
}

/// The only thing wrong with each row, if anything is.
fn faults(text: &str) -> Vec<Option<BillFault>> {
    let fault = |bill: Result<Bill, Vec<ProblemKind>>| match bill {
        Ok(_) => None,
        Err(kinds) => match kinds.as_slice() {
            [ProblemKind::Bill(fault)] => Some(fault.clone()),
            other => panic!("{other:?}"),
        },
    };
    bills(text).into_iter().map(fault).collect()
}

#[test]
fn each_column_goes_where_its_heading_says_and_headings_repeated_on_a_page_are_no_bill() {
    let headings =
        "日期*,业务日期,分项,金 额（元）：,收款人,摘要,凭证号,支付令号,经济分类,支付方式,发票号码,文号,资金来源,id\n";
    let bill = "2022-03-05,2022-03-01,meals,12.50,某厂,车票,记-1,Z-1,30211 差旅费,card,\
                011002100411-12345678； 25537000000000000001,云信〔2022〕1号,carried,r-1\n";
    let day = |day| Date::from_ymd_opt(2022, 3, day).expect("a day");
    let what = Particulars {
        occurred: Some(day(1)),
        allocation: "meals".into(),
        fund: Some(Fund::Carried),
        amount: Amount::from_fen(1_250),
        payee: "某厂".into(),
        memo: "车票".into(),
        voucher: "记-1".into(),
        payment: "Z-1".into(),
        economic: "30211".into(),
        method: "card".into(),
        invoice: "011002100411-12345678;25537000000000000001".into(),
        doc: "云信〔2022〕1号".into(),
        ..Particulars::new(Kind::Expense, day(5))
    };
    let bills = bills(&[headings, bill, headings].concat());
    let [Ok(read)] = bills.as_slice() else { panic!("{bills:?}") };
    assert_eq!(*read, Bill { line: 2, what, original: None, id: Some("r-1".into()) });
}

#[test]
fn a_sum_stands_on_one_side_and_is_not_nothing() {
    let text = "日期,借方,贷方,原凭证号\n2022-03-05,5.00,3.00,\n2022-03-05,,0.00,\n2022-03-05,0.00,0.00,\n\
                2022-03-05,0.00,3.00,\n2022-03-05,0.00,3.00,记-1\n2022-03-05,5.00,0.00,\n2022-03-05,,,记-1\n";
    let missing = BillFault::Missing { field: "amount" };
    let (both, zero, original) = (BillFault::BothSides, BillFault::Zero, BillFault::OriginalNeeded);
    let expected = [Some(both), Some(zero.clone()), Some(zero), Some(original), None, None, Some(missing)];
    assert_eq!(faults(text), expected);
}

#[test]
fn an_id_is_as_long_as_the_ledger_takes() {
    let id = |length: usize| bills(&format!("日期,金额,id\n2022-03-05,5.00,{}\n", "x".repeat(length))).remove(0);
    assert_eq!(id(LONGEST_ID).expect("a bill").id.map(|id| id.len()), Some(LONGEST_ID));
    let fault = TextFault::TooLong { most: LONGEST_ID };
    let refused = id(LONGEST_ID + 1).expect_err("too long");
    assert!(
        matches!(&*refused, [ProblemKind::Refused(Refusal::Text { column: "id", fault: found })] if *found == fault),
        "{refused:?}"
    );
}

#[test]
fn of_a_table_without_headings_the_row_that_is_most_like_them_is_told() {
    let text = "某单位支出表\n序号,收款人,编码,备注\n甲,乙,丙,丁,戊\n";
    for mapped in [vec![], vec![(Field::Payment, "编码".to_owned())]] {
        let problems = open(text, &mapped).err().expect("no day and no sum");
        let [Problem { kind: ProblemKind::Bill(BillFault::NoHeadings { seen, .. }), .. }] = problems.as_slice() else {
            panic!("{problems:?}")
        };
        assert_eq!(seen, &["序号", "收款人", "编码", "备注"]);
    }
}

/// A copy that was broken off. Only in the last column can nobody tell.
#[test]
fn of_a_table_cut_anywhere_no_bill_is_taken_that_it_never_had() {
    let table =
        "日期,金额,收款人,备注,摘要\r\n2022-02-03,5.00,甲,,办公用品\r\n2022-02-04,1234.50,乙,\"一,二\",会议\r\n";
    let whole = bills(table);
    let headings = table.find("\r\n").expect("headings");
    let mut cut_off = 0;
    for end in (headings..table.len()).filter(|end| table.is_char_boundary(*end)) {
        let Ok(mut cut) = open(&table[..end], &[]) else { continue };
        // Cut within quotes, the text can't be taken apart at all.
        let (taken, _) = walked(&mut cut);
        for (bill, whole) in taken.into_iter().zip(&whole) {
            match (bill, whole) {
                (Ok(mut bill), Ok(whole)) => {
                    assert!(whole.what.memo.starts_with(&bill.what.memo), "cut at {end}");
                    bill.what.memo.clone_from(&whole.what.memo);
                    assert_eq!(bill, *whole, "cut at {end}");
                }
                (Err(problems), _) => {
                    assert!(matches!(problems[..], [ProblemKind::Grid(GridFault::CutOff { columns: 5, .. })]), "{end}");
                    cut_off += 1;
                }
                (Ok(_), Err(_)) => panic!("cut at {end}"),
            }
        }
    }
    assert!(cut_off > 20, "{cut_off}");
}

#[test]
fn a_short_row_with_a_line_end_and_a_whole_one_without_are_bills() {
    let table = "日期,金额,收款人,摘要\n2022-02-03,5.00\n2022-02-04,1234.50,乙,会议";
    assert_eq!(faults(table), [None, None]);
    assert_eq!(bills(&table.replace(",会议", ",")).iter().filter(|bill| bill.is_ok()).count(), 2);
}

/// The amount stands last but for an empty cell, which the headings have too, or only the rows.
#[test]
fn a_row_is_cut_off_where_the_headings_or_all_rows_before_it_have_more_cells() {
    let is_cut_off = |text: &str| {
        let last = bills(text).pop().expect("a row").err().unwrap_or_default();
        matches!(last[..], [ProblemKind::Grid(GridFault::CutOff { .. })])
    };
    assert!(is_cut_off("日期,收款人,金额,\n2022-01-05,甲,480.00,\n2022-01-06,乙,165"));
    assert!(is_cut_off("日期,收款人,金额\n2022-01-05,甲,480.00,\n2022-01-06,乙,165"));
    assert!(!is_cut_off("日期,收款人,金额\n2022-01-05,甲,480.00,\n2022-01-06,乙,165,"));
    assert!(!is_cut_off("日期,收款人,金额\n2022-01-04,甲,5.00\n2022-01-05,甲,480.00,\n2022-01-06,乙,165"));
}
