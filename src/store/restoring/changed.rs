//! Which column of a row somebody changed by hand, where it can be told: with another value in it, and in it alone, the
//! row's digest fits. It restores nothing: what a person wrote, a person takes back.

use std::collections::BTreeSet;

use super::search::{Lists, Search};
use crate::domain::amount::Amount;
use crate::domain::budget::{Fund, Method};
use crate::domain::calendar::Date;
use crate::domain::entry::{Digest, Kind};
use crate::store::line::COLUMNS;

/// Every day of the year, and none.
const DAYS: i32 = 366;

/// The columns that are tried, and what may have stood in each.
pub(super) fn column(
    search: &mut Search,
    previous: &Digest,
    stated: &Digest,
    lists: &Lists,
    year: Option<u32>,
    allocations: &BTreeSet<String>,
) -> Option<(&'static str, String)> {
    let keys = |keys: Vec<&str>| keys.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let numbers = |below: u32| (1..=below).map(|number| number.to_string());
    // The likeliest first: money, then where it is counted, then when.
    let tries: [(usize, Vec<String>); 9] = [
        (6, amounts(lists[6].first().map_or("", String::as_str))),
        (4, allocations.iter().cloned().collect()),
        (2, days(year)),
        (3, days(year)),
        (1, keys(Kind::ALL.map(Kind::key).to_vec())),
        (5, keys(Fund::ALL.map(Fund::key).to_vec())),
        (13, keys(Method::ALL.map(Method::key).to_vec())),
        (12, (30_000..40_000).map(|code| code.to_string()).collect()),
        (15, numbers(20_000).collect()),
    ];
    for (column, mut values) in tries {
        // Of the other columns only what stands there: who changes one cell has not mended the rest.
        let mut lists: Lists = std::array::from_fn(|other| lists[other].iter().take(1).cloned().collect());
        values.push(String::new());
        lists[column] = values;
        if let Some(found) = search.find(previous, stated, &lists, None) {
            return Some((COLUMNS[column], lists[column][found[column]].clone()));
        }
    }
    None
}

fn days(year: Option<u32>) -> Vec<String> {
    let Some(first) = year.and_then(|year| Date::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)) else {
        return Vec::new();
    };
    first.iter_days().take(usize::try_from(DAYS).unwrap_or(0)).map(|day| day.to_string()).collect()
}

/// What an amount may have been before somebody changed it: a digit more, less or another, two of them exchanged, the
/// sign; and every small or round sum.
fn amounts(shown: &str) -> Vec<String> {
    let Some(shown) = Amount::canonical(shown) else { return Vec::new() };
    let digits: Vec<u8> = shown.fen().unsigned_abs().to_string().into_bytes();
    let mut near: Vec<Vec<u8>> = vec![digits.clone()];
    for place in 0..digits.len() {
        near.push([&digits[..place], &digits[place + 1..]].concat());
        if place + 1 < digits.len() {
            let mut exchanged = digits.clone();
            exchanged.swap(place, place + 1);
            near.push(exchanged);
        }
        for digit in b'0'..=b'9' {
            near.push([&digits[..place], &[digit], &digits[place + 1..]].concat());
            near.push([&digits[..place], &[digit], &digits[place..]].concat());
        }
    }
    near.extend((b'0'..=b'9').map(|digit| [&digits[..], &[digit]].concat()));
    let near = near.into_iter().filter_map(|digits| String::from_utf8(digits).ok()?.parse::<i128>().ok());
    let round = (0..60_000).map(|yuan| yuan * 100).chain((1..1_000).map(|hundreds| hundreds * 1_000_000));
    let fen = near.chain(round).chain(1..50_000);
    let both = fen.flat_map(|fen| [fen, -fen]).map(|fen| Amount::from_fen(fen).to_string());
    // The sign that it has now comes first; the bound takes the last.
    let (same, other): (Vec<_>, Vec<_>) = both.partition(|text| text.starts_with('-') == shown.is_negative());
    same.into_iter().chain(other).take(180_000).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_before_a_slip_is_among_those_that_are_tried() {
        for (was, is) in [
            // A digit too many, one too few, and the last one left off.
            ("12346.78", "123456.78"),
            ("123456.78", "12346.78"),
            ("12345.67", "1234.56"),
            // Two exchanged, another one, the sign.
            ("21345.67", "12345.67"),
            ("12945.67", "12345.67"),
            ("-777.77", "777.77"),
            // Small and round sums.
            ("499.99", "7777.77"),
            ("-499.99", "-7777.77"),
            ("45000.00", "123.45"),
            ("9990000.00", "123.45"),
        ] {
            assert!(amounts(is).contains(&was.to_owned()), "{was} as {is}");
        }
        assert_eq!(amounts("12,3"), Vec::<String>::new());
    }

    #[test]
    fn every_day_of_the_year_is_tried() {
        let days = days(Some(2022));
        assert_eq!(days.first().map(String::as_str), Some("2022-01-01"));
        assert!(days.contains(&"2022-12-31".to_owned()));
        assert_eq!(super::days(None), Vec::<String>::new());
    }
}
