//! The pairs of one amount and one payee against a reckoning that tries every choice.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::examples_tests::{amount, date};
use super::*;

/// How many of the ledger's day go to the statement's day.
type Choice = BTreeMap<(i64, i64), usize>;

/// Every way to pair what is left, with how many pairs it has and how many days lie between.
fn ways(ledger: &[i64], statement: &[i64]) -> Vec<(usize, i64, Choice)> {
    let Some((row, rest)) = ledger.split_first() else { return vec![(0, 0, Choice::new())] };
    let mut all = ways(rest, statement);
    for (place, line) in statement.iter().enumerate().filter(|(_, line)| (**line - row).abs() <= 7) {
        let others: Vec<i64> = statement[..place].iter().chain(&statement[place + 1..]).copied().collect();
        for (pairs, days, mut choice) in ways(rest, &others) {
            *choice.entry((*row, *line)).or_default() += 1;
            all.push((pairs + 1, days + (line - row).abs(), choice));
        }
    }
    all
}

/// What is sure: the same in every best choice, with whole lots, no same-day pair between, and not between what is left in every choice.
fn sure(ledger: &[i64], statement: &[i64]) -> Choice {
    let count = |days: &[i64], day: i64| days.iter().filter(|other| **other == day).count();
    let days: BTreeSet<i64> = ledger.iter().chain(statement).copied().collect();
    let same: Choice = days.iter().map(|day| ((*day, *day), count(ledger, *day).min(count(statement, *day)))).collect();
    let rest = |side: &[i64]| -> Vec<i64> {
        days.iter().flat_map(|day| vec![*day; count(side, *day) - same[&(*day, *day)]]).collect()
    };
    let all = ways(&rest(ledger), &rest(statement));
    let best = all.iter().map(|(pairs, days, _)| (*pairs, -days)).max().expect("to pair nothing is a way");
    let best: BTreeSet<&Choice> =
        all.iter().filter(|(pairs, days, _)| (*pairs, -days) == best).map(|(_, _, choice)| choice).collect();
    let mut sure: Option<Choice> = None;
    for choice in &best {
        let mut whole: Choice =
            same.iter().filter(|(_, units)| **units > 0).map(|(pair, units)| (*pair, *units)).collect();
        choice.iter().for_each(|(pair, units)| *whole.entry(*pair).or_default() += units);
        let mut open: BTreeSet<(i64, i64)> = BTreeSet::new();
        for ((row, line), units) in &whole {
            let is_tied = row != line && best.iter().any(|other| other.get(&(*row, *line)) != Some(units));
            let paid: usize = whole.iter().filter(|(pair, _)| pair.0 == *row).map(|(_, units)| units).sum();
            let told: usize = whole.iter().filter(|(pair, _)| pair.1 == *line).map(|(_, units)| units).sum();
            if is_tied || paid < count(ledger, *row) || told < count(statement, *line) {
                open.insert((*row, *line));
            }
            for (day, _) in same.keys().filter(|(day, _)| same[&(*day, *day)] > 0) {
                if *day > *row.min(line) && *day < *row.max(line) {
                    open.extend([(*row, *line), (*day, *day)]);
                }
            }
        }
        let changes = |pair: &(i64, i64)| best.iter().any(|other| other.get(pair) != choice.get(pair));
        let left = |side: &[i64], of: &dyn Fn(&(i64, i64)) -> i64| -> Vec<i64> {
            let paired =
                |day: i64| whole.iter().filter(|(pair, _)| of(pair) == day).map(|(_, units)| units).sum::<usize>();
            let is_tied =
                |day: i64| best.iter().flat_map(|other| other.keys()).any(|pair| of(pair) == day && changes(pair));
            days.iter().copied().filter(|day| paired(*day) < count(side, *day) && !is_tied(*day)).collect()
        };
        for row in left(ledger, &|pair| pair.0) {
            for line in left(statement, &|pair| pair.1).into_iter().filter(|line| (line - row).abs() <= 14) {
                let between = row.min(line)..=row.max(line);
                open.extend(whole.keys().filter(|pair| between.contains(&pair.0) && between.contains(&pair.1)));
            }
        }
        loop {
            let before = open.len();
            let beside = |pair: &(i64, i64)| open.iter().any(|other| other.0 == pair.0 || other.1 == pair.1);
            let more: Vec<_> = whole.keys().filter(|pair| beside(pair)).copied().collect();
            open.extend(more);
            if open.len() == before {
                break;
            }
        }
        let firm: Choice = whole.into_iter().filter(|(pair, _)| !open.contains(pair)).collect();
        sure = Some(match sure {
            None => firm,
            Some(sure) => sure.into_iter().filter(|(pair, units)| firm.get(pair) == Some(units)).collect(),
        });
    }
    sure.expect("there is a best choice")
}

fn by_the_rules(ledger: &[i64], statement: &[i64]) -> Choice {
    let payee = || "甲甲".to_owned();
    let paid: Vec<Paid> = (0..)
        .zip(ledger)
        .map(|(seq, day)| Paid {
            seq,
            date: date(*day),
            amount: amount("5.00"),
            payee: payee().into(),
            payment: String::new(),
        })
        .collect();
    let told: Vec<Told> = (0..)
        .zip(statement)
        .map(|(line, day)| Told {
            line,
            date: date(*day),
            amount: amount("5.00"),
            payee: payee().into(),
            payment: String::new(),
        })
        .collect();
    let mut choice = Choice::new();
    for pair in matched(&paid, &told, &Manner::default()).matches {
        let place = |name: u64| usize::try_from(name).expect("few items");
        let days = (ledger[place(pair.items.seqs[0])], statement[place(pair.items.lines[0])]);
        *choice.entry(days).or_default() += 1;
    }
    choice
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]
    #[test]
    fn of_one_amount_exactly_what_every_best_choice_has_is_matched(
        ledger in prop::collection::vec(0_i64..18, 0..=5),
        statement in prop::collection::vec(0_i64..18, 0..=5),
    ) {
        prop_assert_eq!(by_the_rules(&ledger, &statement), sure(&ledger, &statement));
    }
}
