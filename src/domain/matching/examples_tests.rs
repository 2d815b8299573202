//! Every rule, every ambiguity and every trap once, by hand.

use super::*;
use crate::domain::calendar::iso_date;

/// An item as (day of March 2022, amount, payee, payment number); days beyond the 31st run on.
pub(super) type Item = (i64, &'static str, &'static str, &'static str);

pub(super) fn date(day: i64) -> Date {
    let eve = iso_date("2022-02-28").expect("a real day");
    let one_day = iso_date("2022-03-01").expect("a real day") - eve;
    eve + one_day * i32::try_from(day).expect("few days")
}

pub(super) fn amount(text: &str) -> Amount {
    Amount::canonical(text).expect("a test writes real amounts")
}

/// The items' names are 1, 2, 3 … in the ledger and 11, 12, 13 … in the statement.
pub(super) fn sides(ledger: &[Item], statement: &[Item]) -> (Vec<Paid>, Vec<Told>) {
    let paid = (1..).zip(ledger).map(|(seq, (day, yuan, payee, payment))| Paid {
        seq,
        date: date(*day),
        amount: amount(yuan),
        payee: (*payee).into(),
        payment: (*payment).into(),
    });
    let told = (11..).zip(statement).map(|(line, (day, yuan, payee, payment))| Told {
        line,
        date: date(*day),
        amount: amount(yuan),
        payee: (*payee).into(),
        payment: (*payment).into(),
    });
    (paid.collect(), told.collect())
}

/// The answer in short: what is matched, what is left open, and what is left.
pub(super) fn answer(ledger: &[Item], statement: &[Item]) -> String {
    let (paid, told) = sides(ledger, statement);
    short(&matched(&paid, &told, &Manner::default()))
}

fn short(matching: &Matching) -> String {
    let mut lines = Vec::new();
    for Match { items, rule } in &matching.matches {
        lines.push(format!("{rule:?} {:?}={:?}", items.seqs, items.lines));
    }
    for (seq, line) in &matching.differing {
        lines.push(format!("differ {seq}/{line}"));
    }
    for Ambiguity { items, rule, choices, complete } in &matching.ambiguous {
        assert!(*complete, "small examples list every choice");
        let choices: Vec<String> =
            choices.iter().map(|choice| format!("{:?}={:?}", choice.seqs, choice.lines)).collect();
        lines.push(format!("open {rule:?} {:?}~{:?}: {}", items.seqs, items.lines, choices.join(" or ")));
    }
    if !matching.only_in_ledger.is_empty() || !matching.only_in_statement.is_empty() {
        lines.push(format!("only {:?}|{:?}", matching.only_in_ledger, matching.only_in_statement));
    }
    lines.join("; ")
}

#[test]
fn one_number_and_one_amount_need_neither_day_nor_payee() {
    let row = [(1, "10.00", "甲", "ZF-001")];
    for line in [(25, "10.00", "甲", "ｚｆ 001"), (25, "10.00", "", "ｚｆ 001"), (8, "10.00", "乙", "ｚｆ 001")]
    {
        assert_eq!(answer(&row, &[line]), "Number [1]=[11]");
    }
}

#[test]
fn a_number_that_neither_day_nor_payee_speaks_for_is_left_open() {
    let row = (1, "10.00", "甲甲", "12");
    assert_eq!(answer(&[row], &[(9, "10.00", "乙乙", "12")]), "open NumberAlone [1]~[11]: [1]=[11]");
    assert_eq!(answer(&[row], &[(9, "11.00", "乙乙", "12")]), "differ 1/11");
    let parts = [(9, "6.00", "乙乙", "12"), (9, "4.00", "丙丙", "12")];
    assert_eq!(answer(&[row], &parts), "open NumberAlone [1]~[11, 12]: [1]=[11, 12]");
    assert_eq!(answer(&[row], &[parts[0], (9, "4.00", "甲甲", "12")]), "NumberSum [1]=[11, 12]");
}

#[test]
fn a_payee_that_only_resembles_is_left_open_with_every_choice() {
    let rows = [(1, "10.00", "李明", ""), (2, "10.00", "王五", "")];
    let line = (3, "10.00", "李明华建材有限公司", "");
    assert_eq!(answer(&rows, &[line]), "open Resembling [1]~[11]: [1]=[11]; only [2]|[]");
    assert_eq!(
        answer(&rows, &[line, (1, "10.00", "李明月", "")]),
        "open Resembling [1]~[11, 12]: [1]=[11] or [1]=[12]; only [2]|[]"
    );
    assert_eq!(answer(&rows[..1], &[line, (1, "10.00", "李明", "")]), "Day [1]=[12]; only []|[11]");
    assert_eq!(answer(&rows, &[(9, "10.00", "李明华建材有限公司", "")]), "only [1, 2]|[11]");
}

#[test]
fn swapped_digits_under_one_number_differ_and_without_one_stay_apart() {
    assert_eq!(answer(&[(1, "123.45", "甲", "Z1")], &[(1, "132.45", "甲", "Z1")]), "differ 1/11");
    assert_eq!(answer(&[(1, "123.45", "甲", "")], &[(1, "132.45", "甲", "")]), "only [1]|[11]");
}

#[test]
fn one_number_may_be_split_or_merged_and_may_stand_on_a_batch() {
    let parts = [(1, "60.00", "甲", "Z1"), (1, "40.00", "乙", "Z1")];
    assert_eq!(answer(&parts, &[(2, "100.00", "", "Z1")]), "NumberSum [1, 2]=[11]");
    assert_eq!(answer(&[(2, "100.00", "", "Z1")], &parts), "NumberSum [1]=[11, 12]");
    assert_eq!(answer(&parts, &parts), "Number [1]=[11]; Number [2]=[12]");
    let batch =
        [(1, "50.00", "张三", "P"), (1, "50.00", "李四", "P"), (1, "30.00", "王五", "P"), (1, "20.00", "赵六", "P")];
    let told = [(2, "50.00", "李四", "P"), (2, "50.00", "张三", "P"), (2, "25.00", "", "P"), (2, "25.00", "", "P")];
    assert_eq!(answer(&batch, &told), "Number [1]=[12]; Number [2]=[11]; NumberSum [3, 4]=[13, 14]");
}

#[test]
fn a_refund_under_its_payments_number_is_no_payment_with_a_wrong_amount() {
    assert_eq!(answer(&[(1, "-30.00", "甲甲", "Z1")], &[(2, "100.00", "甲甲", "Z1")]), "only [1]|[11]");
}

#[test]
fn what_cancels_out_under_one_number_goes_with_the_rest_or_stays_alone() {
    let back = [(2, "-50.00", "甲甲", "Z1"), (2, "50.00", "甲甲", "Z1")];
    let (one, other) = ((1, "100.00", "甲甲", "Z1"), (1, "20.00", "甲甲", "Z1"));
    assert_eq!(answer(&[one], &[back[0], back[1], one]), "NumberSum [1]=[11, 12, 13]");
    assert_eq!(answer(&[back[0], back[1], one], &[one]), "NumberSum [1, 2, 3]=[11]");
    let all = [one, other, back[0], back[1]];
    assert_eq!(answer(&all[..2], &all), "Number [1]=[11]; Number [2]=[12]; only []|[13, 14]");
    assert_eq!(answer(&all, &all[..2]), "Number [1]=[11]; Number [2]=[12]; only [3, 4]|[]");
}

#[test]
fn where_equal_amounts_under_a_number_are_left_open_the_rest_is_not_put_together() {
    let (twice, rest) = ((1, "50.00", "甲甲", "Z1"), (1, "30.00", "乙乙", "Z1"));
    let statement = [twice, (20, "20.00", "丙丙", "Z1"), (20, "10.00", "丁丁", "Z1")];
    assert_eq!(
        answer(&[twice, twice, rest], &statement),
        "open Number [1, 2]~[11]: [1]=[11] or [2]=[11]; only [3]|[12, 13]"
    );
}

#[test]
fn a_row_doubled_under_its_number_is_left_open() {
    let row = (1, "50.00", "甲", "Z1");
    assert_eq!(answer(&[row, row], &[row]), "open Number [1, 2]~[11]: [1]=[11] or [2]=[11]");
}

#[test]
fn one_amount_one_day_and_one_payee_is_a_match_however_the_payee_is_written() {
    let answer = answer(
        &[(1, "10.00", "云南山水有限公司", ""), (1, "10.00", "张三", "")],
        &[(1, "10.00", "张 三", ""), (1, "10.00", "云南山水有限责任公司", "")],
    );
    assert_eq!(answer, "Day [1]=[12]; Day [2]=[11]");
}

#[test]
fn the_same_amount_to_two_payees_is_never_crossed() {
    assert_eq!(answer(&[(1, "10.00", "甲甲", "")], &[(1, "10.00", "乙乙", "")]), "only [1]|[11]");
    let answer = answer(
        &[(1, "10.00", "甲甲", ""), (3, "10.00", "乙乙", "")],
        &[(3, "10.00", "甲甲", ""), (1, "10.00", "乙乙", "")],
    );
    assert_eq!(answer, "Window [1]=[11]; Window [2]=[12]");
}

#[test]
fn numbers_contradict_only_when_the_other_side_knows_one_of_them() {
    let told = [(1, "10.00", "甲甲", "B7")];
    assert_eq!(answer(&[(1, "10.00", "甲甲", "V1")], &told), "Day [1]=[11]");
    let known = [(1, "10.00", "甲甲", "V1"), (9, "12.00", "乙乙", "B7")];
    assert_eq!(answer(&known, &told), "differ 2/11; only [1]|[]");
    let told = [(1, "10.00", "甲甲", "B7"), (1, "10.00", "甲甲", "B8")];
    assert_eq!(answer(&[(1, "10.00", "甲甲", "B8"), (1, "10.00", "甲甲", "")], &told), "Number [1]=[12]; Day [2]=[11]");
}

#[test]
fn a_doubled_row_is_left_open_unless_both_find_a_line() {
    let row = (1, "10.00", "甲甲", "");
    assert_eq!(answer(&[row, row], &[row]), "open Day [1, 2]~[11]: [1]=[11] or [2]=[11]");
    assert_eq!(answer(&[row], &[row, row]), "open Day [1]~[11, 12]: [1]=[11] or [1]=[12]");
    assert_eq!(answer(&[row, row], &[row, row]), "Day [1]=[11]; Day [2]=[12]");
    assert_eq!(answer(&[row, row], &[row, (3, "10.00", "甲甲", "")]), "Day [1]=[11]; Window [2]=[12]");
}

#[test]
fn the_window_has_an_edge_and_an_empty_payee_agrees_with_any() {
    assert_eq!(answer(&[(1, "10.00", "甲甲", "")], &[(8, "10.00", "甲甲", "")]), "Window [1]=[11]");
    assert_eq!(answer(&[(1, "10.00", "甲甲", "")], &[(9, "10.00", "甲甲", "")]), "only [1]|[11]");
    assert_eq!(answer(&[(1, "10.00", "", "")], &[(1, "10.00", "甲甲", "")]), "WindowLoosely [1]=[11]");
    assert_eq!(answer(&[(1, "10.00", "", "")], &[(1, "10.00", "", "")]), "WindowLoosely [1]=[11]");
    let (ours, theirs) = ("山水公司", "山水公司楚雄分公司");
    assert_eq!(answer(&[(1, "10.00", ours, "")], &[(2, "10.00", theirs, "")]), "WindowLoosely [1]=[11]");
}

#[test]
fn the_fewest_days_in_all_win_where_the_nearest_first_would_not() {
    // Nearest first would take 5=6, and leave 1 with 12, out of reach.
    let ledger = [(5, "10.00", "甲甲", ""), (9, "10.00", "甲甲", "")];
    let statement = [(7, "10.00", "甲甲", ""), (2, "10.00", "甲甲", "")];
    assert_eq!(answer(&ledger, &statement), "Window [1]=[12]; Window [2]=[11]");
    let ledger = [(1, "10.00", "甲甲", ""), (5, "10.00", "甲甲", "")];
    let statement = [(6, "10.00", "甲甲", ""), (12, "10.00", "甲甲", "")];
    assert_eq!(answer(&ledger, &statement), "Window [1]=[11]; Window [2]=[12]");
}

#[test]
fn two_ways_of_the_same_length_are_left_open() {
    let ledger = [(1, "10.00", "甲甲", ""), (2, "10.00", "甲甲", "")];
    let statement = [(4, "10.00", "甲甲", ""), (5, "10.00", "甲甲", "")];
    let all = "[1]=[11] or [1]=[12] or [2]=[11] or [2]=[12]";
    assert_eq!(answer(&ledger, &statement), format!("open Window [1, 2]~[11, 12]: {all}"));
    let one = [(3, "10.00", "甲甲", "")];
    let around = [(1, "10.00", "甲甲", ""), (5, "10.00", "甲甲", "")];
    assert_eq!(answer(&one, &around), "open Window [1]~[11, 12]: [1]=[11] or [1]=[12]");
}

#[test]
fn a_chain_that_may_have_moved_by_a_day_is_left_open() {
    let ledger = [(1, "10.00", "甲甲", ""), (2, "10.00", "甲甲", ""), (3, "10.00", "甲甲", "")];
    let statement = [(2, "10.00", "甲甲", ""), (3, "10.00", "甲甲", ""), (4, "10.00", "甲甲", "")];
    assert!(answer(&ledger, &statement).starts_with("open Window [1, 2, 3]~[11, 12, 13]: "));
}

#[test]
fn a_chain_that_may_have_moved_beyond_the_window_is_left_open_too() {
    let days = |days: [i64; 5]| days.map(|day| (day, "10.00", "甲甲", ""));
    let answer = answer(&days([1, 3, 5, 7, 9]), &days([3, 5, 7, 9, 11]));
    assert!(answer.starts_with("open Day [1, 2, 3, 4, 5]~[11, 12, 13, 14, 15]: "), "{answer}");
}

#[test]
fn a_same_day_pair_stands_when_what_is_left_over_is_far_apart_or_on_one_side_only() {
    let ledger = [(8, "10.00", "甲甲", ""), (15, "10.00", "甲甲", "")];
    let far = [(8, "10.00", "甲甲", ""), (0, "10.00", "甲甲", "")];
    assert_eq!(answer(&ledger, &far), "Day [1]=[11]; only [2]|[12]");
    assert_eq!(answer(&ledger, &far[..1]), "Day [1]=[11]; only [2]|[]");
    let near = [(8, "10.00", "甲甲", ""), (1, "10.00", "甲甲", "")];
    assert!(answer(&ledger, &near).starts_with("open Day [1, 2]~[11, 12]: "));
}

#[test]
fn rows_to_several_payees_meet_as_many_nameless_lines() {
    let ledger = [(1, "10.00", "张三", ""), (1, "10.00", "李四", "")];
    assert_eq!(
        answer(&ledger, &[(1, "10.00", "", ""), (1, "10.00", "", "")]),
        "WindowLoosely [1]=[11]; WindowLoosely [2]=[12]"
    );
    let all = "[1]=[11] or [1]=[12] or [2]=[11] or [2]=[12]";
    assert_eq!(
        answer(&ledger, &[(1, "10.00", "", ""), (2, "10.00", "", "")]),
        format!("open WindowLoosely [1, 2]~[11, 12]: {all}")
    );
    assert_eq!(answer(&ledger, &[(1, "10.00", "", "")]), "open WindowLoosely [1, 2]~[11]: [1]=[11] or [2]=[11]");
}

#[test]
fn a_refund_meets_a_credit_and_never_a_payment() {
    let ledger = [(1, "100.00", "甲甲", "Z1"), (9, "-30.00", "甲甲", "Z1")];
    let statement = [(1, "100.00", "甲甲", "Z1"), (10, "-30.00", "甲甲", "T5"), (9, "30.00", "甲甲", "")];
    assert_eq!(answer(&ledger, &statement), "Number [1]=[11]; Window [2]=[12]; only []|[13]");
}

#[test]
fn one_may_be_the_sum_of_several() {
    let parts = [(1, "60.00", "甲甲", ""), (3, "40.01", "甲甲", ""), (3, "7.00", "乙乙", "")];
    assert_eq!(answer(&parts, &[(2, "100.01", "甲甲", "")]), "Sum [1, 2]=[11]; only [3]|[]");
    assert_eq!(answer(&[(2, "100.01", "甲甲", "")], &parts), "Sum [1]=[11, 12]; only []|[13]");
    assert_eq!(answer(&parts[..2], &[(2, "100.01", "", "")]), "only [1, 2]|[11]", "nameless parts of two days");
    let wages = [(1, "50.00", "张三", ""), (1, "51.00", "李四", ""), (1, "52.00", "王五", "")];
    assert_eq!(answer(&wages, &[(2, "153.00", "", "")]), "Sum [1, 2, 3]=[11]");
}

#[test]
fn a_sum_that_two_sets_make_is_left_open_with_both() {
    let parts =
        [(1, "60.00", "甲甲", ""), (1, "40.00", "甲甲", ""), (2, "35.00", "甲甲", ""), (2, "65.00", "甲甲", "")];
    assert_eq!(answer(&parts, &[(2, "100.00", "甲甲", "")]), "open Sum [1, 2, 3, 4]~[11]: [1, 2]=[11] or [3, 4]=[11]");
}

#[test]
fn an_item_that_two_sums_want_is_left_open() {
    let parts = [(1, "60.00", "甲甲", ""), (1, "40.00", "甲甲", ""), (2, "55.00", "甲甲", "")];
    assert_eq!(
        answer(&parts, &[(2, "100.00", "甲甲", ""), (2, "115.00", "甲甲", "")]),
        "open Sum [1, 2, 3]~[11, 12]: [1, 2]=[11] or [1, 3]=[12]"
    );
}

#[test]
fn too_many_candidates_are_left_alone() {
    let parts: Vec<Item> = (0..21).map(|_| (1, "1.01", "甲甲", "")).collect();
    let answer = answer(&parts, &[(2, "2.02", "甲甲", "")]);
    assert!(answer.starts_with("only [1, 2,") && answer.ends_with("|[11]"), "{answer}");
}

#[test]
fn a_persons_decisions_come_first_and_a_stale_one_is_told() {
    let row = (1, "10.00", "甲甲", "");
    let (paid, told) = sides(&[row, row, (5, "9.00", "", "")], &[row, (5, "9.00", "", "")]);
    let together = |seqs: &[u64], lines: &[u64]| Together { seqs: seqs.into(), lines: lines.into() };
    let manner = Manner {
        accepted: vec![together(&[2], &[11]), together(&[2], &[12]), together(&[77], &[12])],
        known: vec![together(&[1], &[])],
        ..Manner::default()
    };
    let matching = matched(&paid, &told, &manner);
    assert_eq!(short(&matching), "Accepted [2]=[11]; WindowLoosely [3]=[12]");
    assert_eq!((matching.known, matching.stale), (manner.known.clone(), manner.accepted[1..].to_vec()));
}
