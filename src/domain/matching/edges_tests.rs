//! The rules at their edges: the first day of a window, the last item that is searched, the one pair that is left over.

use super::examples_tests::{Item, answer, sides};
use super::*;

#[test]
fn a_number_with_its_place_on_the_other_side_keeps_its_item_from_another() {
    // Z1 stands on three, and they come to nothing together; V9 and T9 stand on one side only.
    let (whole, parts) = ((1, "50.00", "甲甲", "Z1"), [(1, "20.00", "甲甲", "Z1"), (1, "10.00", "甲甲", "Z1")]);
    let other = |number| (1, "20.00", "甲甲", number);
    assert_eq!(answer(&[whole, other("V9")], &parts), "only [1, 2]|[11, 12]");
    assert_eq!(answer(&[whole, other("")], &parts), "Day [2]=[11]; only [1]|[12]");
    assert_eq!(answer(&parts, &[whole, other("T9")]), "only [1, 2]|[11, 12]");
    assert_eq!(answer(&parts, &[whole, other("")]), "Day [1]=[12]; only [2]|[11]");
}

#[test]
fn among_several_of_one_amount_a_number_of_one_side_only_yields_to_one_that_both_know() {
    let (bound, elsewhere, free) = ((1, "10.00", "甲甲", "Z1"), (1, "10.00", "甲甲", "V1"), (1, "10.00", "甲甲", ""));
    let rest = [(1, "5.00", "甲甲", "Z1"), (1, "6.00", "甲甲", "Z1")];
    assert_eq!(answer(&[bound], &[elsewhere, free, rest[0], rest[1]]), "Day [1]=[12]; only []|[11, 13, 14]");
    assert_eq!(answer(&[elsewhere, free, rest[0], rest[1]], &[bound]), "Day [2]=[11]; only [1, 3, 4]|[]");
    assert_eq!(answer(&[elsewhere, free], &[free]), "open Day [1, 2]~[11]: [1]=[11] or [2]=[11]");
}

#[test]
fn two_questions_about_one_amount_are_two() {
    let rows = [(1, "10.00", "甲甲", ""), (5, "10.00", "甲甲", ""), (1, "10.00", "乙乙", ""), (5, "10.00", "乙乙", "")];
    assert_eq!(
        answer(&rows, &[(3, "10.00", "甲甲", ""), (3, "10.00", "乙乙", "")]),
        "open Window [1, 2]~[11]: [1]=[11] or [2]=[11]; open Window [3, 4]~[12]: [3]=[12] or [4]=[12]"
    );
}

#[test]
fn of_two_rows_for_one_line_the_nearer_one_has_it_whichever_comes_first() {
    let line = on("甲甲", [3]);
    assert_eq!(answer(&on("甲甲", [1, 4]), &line), "Window [2]=[11]; only [1]|[]");
    assert_eq!(answer(&line, &on("甲甲", [1, 4])), "Window [1]=[12]; only []|[11]");
}

#[test]
fn of_equal_rows_no_more_go_to_a_day_than_the_best_choice_sends_there() {
    let rows = [(5, "10.00", "甲甲", ""), (5, "10.00", "甲甲", ""), (12, "10.00", "甲甲", "")];
    let lines = [(6, "10.00", "甲甲", ""), (6, "10.00", "甲甲", ""), (4, "10.00", "甲甲", "")];
    assert_eq!(answer(&rows, &lines), "Window [1]=[13]; Window [2]=[11]; Window [3]=[12]");
}

#[test]
fn names_that_all_agree_with_all_are_left_open_and_equal_rows_are_not() {
    let item = |payee: &'static str| (1, "10.00", payee, "");
    let (rows, lines) =
        ([item("山水办公用品"), item("山水办公用品店")], [item("云南山水办公用品店"), item("楚雄山水办公用品店")]);
    let all = "[1]=[11] or [1]=[12] or [2]=[11] or [2]=[12]";
    assert_eq!(answer(&rows, &lines), format!("open WindowLoosely [1, 2]~[11, 12]: {all}"));
    let (named, nameless) = ([item("张三"), item("李四")], [item(""), item("")]);
    assert_eq!(answer(&nameless, &named), "WindowLoosely [1]=[11]; WindowLoosely [2]=[12]");
    assert_eq!(answer(&named, &nameless), "WindowLoosely [1]=[11]; WindowLoosely [2]=[12]");
}

#[test]
fn the_first_day_of_the_window_is_within_it() {
    let line = |payee| [(8, "100.00", payee, "")];
    let parts = |one, other| [(1, "60.00", one, ""), (1, "40.00", other, "")];
    assert_eq!(answer(&parts("甲甲", "甲甲"), &line("甲甲")), "Sum [1, 2]=[11]", "the payee's own");
    assert_eq!(answer(&parts("张三", "李四"), &line("")), "Sum [1, 2]=[11]", "one day's, for a nameless line");
    assert_eq!(answer(&parts("", ""), &line("甲甲")), "Sum [1, 2]=[11]", "one day's nameless ones");
    let rows = [(8, "10.00", "山水公司", ""), (8, "10.00", "乙乙", "")];
    assert_eq!(answer(&rows, &[(1, "10.00", "山水公司楚雄分公司", "")]), "WindowLoosely [1]=[11]; only [2]|[]");
}

#[test]
fn nameless_parts_are_of_one_day_with_the_named_ones() {
    let line = [(2, "100.00", "甲甲", "")];
    let (named, nameless) = ((1, "60.00", "甲甲", ""), |day| (day, "40.00", "", ""));
    assert_eq!(answer(&[named, nameless(1)], &line), "Sum [1, 2]=[11]");
    assert_eq!(answer(&[named, nameless(2)], &line), "only [1, 2]|[11]");
    // Where the named ones make a sum of their own, there are two ways.
    assert_eq!(
        answer(&[named, (1, "40.00", "甲甲", ""), nameless(1)], &line),
        "open Sum [1, 2, 3]~[11]: [1, 2]=[11] or [1, 3]=[11]"
    );
}

#[test]
fn neither_money_that_came_back_nor_another_payments_money_is_a_part() {
    let line = |number| [(2, "100.00", "甲甲", number), (1, "7.00", "甲甲", "Z1"), (1, "8.00", "甲甲", "Z1")];
    let rows = |amount, number| [(1, "60.00", "甲甲", number), (1, amount, "甲甲", "")];
    assert_eq!(answer(&rows("40.00", ""), &line("")), "Sum [1, 2]=[11]; only []|[12, 13]");
    assert_eq!(answer(&rows("-40.00", ""), &line("")), "only [1, 2]|[11, 12, 13]");
    assert_eq!(answer(&rows("40.00", "Z1"), &line("T5")), "only [1, 2]|[11, 12, 13]");
}

#[test]
fn twenty_candidates_are_searched() {
    let doubling = [
        "0.01", "0.02", "0.04", "0.08", "0.16", "0.32", "0.64", "1.28", "2.56", "5.12", "10.24", "20.48", "40.96",
        "81.92", "163.84", "327.68", "655.36", "1310.72", "2621.44", "5242.88",
    ];
    let rows = doubling.map(|yuan| (1, yuan, "甲甲", ""));
    let answer = answer(&rows, &[(2, "7864.32", "甲甲", "")]);
    assert!(answer.starts_with("Sum [19, 20]=[11]; "), "{answer}");
}

/// Sets of one day with a nameless part among them, and how many choices there are; `None` where it was not searched.
fn choices(named: &[Item], nameless: Item) -> Option<usize> {
    let rows: Vec<Item> = named.iter().copied().chain([nameless]).collect();
    let (paid, told) = sides(&rows, &[(2, "100.00", "甲甲", "")]);
    matched(&paid, &told, &Manner::default()).ambiguous.pop().map(|open| open.choices.len())
}

#[test]
fn a_search_that_was_cut_off_before_it_met_what_is_wanted_answers_nothing() {
    let (sixty, forty) = ((1, "60.00", "甲甲", ""), (1, "40.00", "甲甲", ""));
    let nameless = (1, "40.00", "", "");
    // Twelve sets without the nameless part, sixteen with it: all of them.
    assert_eq!(choices(&[sixty, sixty, sixty, sixty, forty, forty, forty], nameless), Some(16));
    // Sixteen without it, twenty with it.
    assert_eq!(choices(&[sixty, sixty, sixty, sixty, forty, forty, forty, forty], nameless), None);
}

#[test]
fn a_question_of_which_a_part_was_cut_off_is_not_complete() {
    // The first two rows are all that is near the one line; the other could be any three.
    let mut rows: Vec<Item> = vec![(1, "1.00", "甲甲", ""); 2];
    rows.extend([(9, "1.00", "甲甲", ""); 16]);
    for days in [[8, -6], [-6, 8]] {
        let lines = days.map(|day| (day, if day == 8 { "3.00" } else { "2.00" }, "甲甲", ""));
        let (paid, told) = sides(&rows, &lines);
        let matching = matched(&paid, &told, &Manner::default());
        let open: Vec<(usize, bool)> =
            matching.ambiguous.iter().map(|open| (open.items.lines.len(), open.complete)).collect();
        assert_eq!(open, [(2, false)], "{days:?}");
    }
}

#[test]
fn of_many_that_resemble_each_other_a_thousand_pairs_are_asked_about() {
    let rows = [(1, "10.00", "李明", ""); 37];
    let lines = [(1, "10.00", "李明华建材", ""); 37];
    let (paid, told) = sides(&rows, &lines);
    let matching = matched(&paid, &told, &Manner::default());
    let [open] = matching.ambiguous.as_slice() else { panic!("{matching:?}") };
    assert_eq!((open.items.seqs.len(), open.items.lines.len(), open.complete), (28, 37, false));
    assert_eq!(matching.only_in_ledger.len(), 9);
}

/// Days of March on which 10.00 yuan went to a payee.
fn on(payee: &'static str, days: impl IntoIterator<Item = i64>) -> Vec<Item> {
    days.into_iter().map(|day| (day, "10.00", payee, "")).collect()
}

#[test]
fn a_chain_that_may_have_moved_touches_neither_an_earlier_pair_nor_another_payees() {
    let (early, other) = (on("甲甲", [-30]), on("乙乙", [5]));
    let rows = [on("甲甲", [1, 3, 5, 7, 9]), early.clone(), other.clone()].concat();
    let lines = [on("甲甲", [3, 5, 7, 9, 11]), early, other].concat();
    let answer = answer(&rows, &lines);
    assert!(
        answer.starts_with("Day [6]=[16]; Day [7]=[17]; open Day [1, 2, 3, 4, 5]~[11, 12, 13, 14, 15]: "),
        "{answer}"
    );
    assert!(answer.contains("[1]=[13]") && !answer.contains("[1]=[15]"), "beyond the window is no choice: {answer}");
}

#[test]
fn a_pair_of_two_names_is_no_part_of_a_chain() {
    let (short, long) = ("山水公司", "山水公司楚雄分公司");
    let lines = [on(long, [9]), on(short, [15])].concat();
    assert_eq!(answer(&on(short, [1, 7]), &lines), "WindowLoosely [2]=[11]; only [1]|[12]");
}

#[test]
fn a_pair_of_two_names_around_a_days_own_pair_is_left_open_unless_their_numbers_forbid_it() {
    let (short, long) = ("山水公司", "山水公司楚雄分公司");
    for (row, line) in [(short, long), (long, short)] {
        for between in [row, line] {
            let rows = [on(row, [1]), on(between, [3])].concat();
            let lines = [on(line, [5]), on(between, [3])].concat();
            let all = "[1]=[11] or [1]=[12] or [2]=[11] or [2]=[12]";
            assert_eq!(answer(&rows, &lines), format!("open WindowLoosely [1, 2]~[11, 12]: {all}"), "{row} {between}");
        }
    }
    let rows = [(1, "10.00", short, ""), (3, "10.00", short, "Z1")];
    let lines = [(5, "10.00", long, "T5"), (3, "10.00", short, ""), (1, "5.00", "", "Z1"), (1, "6.00", "", "Z1")];
    assert_eq!(answer(&rows, &lines), "WindowLoosely [1]=[11]; Day [2]=[12]; only []|[13, 14]");
}

#[test]
fn what_numbers_forbid_is_no_choice() {
    let rows = [(3, "10.00", "甲甲", "Z1"), (3, "10.00", "甲甲", "")];
    let lines = [
        (1, "10.00", "甲甲", "T5"),
        (5, "10.00", "甲甲", ""),
        (1, "10.00", "甲甲", ""),
        (1, "5.00", "甲甲", "Z1"),
        (1, "6.00", "甲甲", "Z1"),
    ];
    let all = "[1]=[12] or [1]=[13] or [2]=[11] or [2]=[12] or [2]=[13]";
    assert_eq!(answer(&rows, &lines), format!("open Window [1, 2]~[11, 12, 13]: {all}; only []|[14, 15]"));
}

#[test]
fn more_choices_than_are_listed_are_not_all() {
    for (rows, lines, complete) in [(8, 5, true), (7, 6, false), (41, 1, false)] {
        let (paid, told) = sides(&on("甲甲", vec![1; rows]), &on("甲甲", vec![1; lines]));
        let matching = matched(&paid, &told, &Manner::default());
        let [open] = matching.ambiguous.as_slice() else { panic!("{matching:?}") };
        assert_eq!((open.choices.len(), open.complete), (40, complete), "{rows} {lines}");
    }
}
