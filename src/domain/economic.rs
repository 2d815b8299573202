//! 部门预算支出经济分类科目 at the level of 款, by year. Tables change from year to year, so a code is
//! only held against the table of its own year; for a year without a table its shape alone is checked.

use std::sync::LazyLock;

use super::calendar::FiscalYear;

const TABLE_2022: &str = include_str!("economic_2022.csv");

/// Its codes in order, each with its name.
static LISTED_2022: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| TABLE_2022.lines().skip(1).filter_map(|line| line.split_once(',')).collect());

/// 三公: going abroad, buying and running cars, receiving guests; in the order of the form they are published in.
pub(crate) const THREE_PUBLIC: [&str; 4] = ["30212", "31013", "30231", "30217"];

/// What the year's table says of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    Named(&'static str),
    /// The shape is right, but the year has a table and the code isn't in it.
    Unlisted,
    /// No table of that year ships with the program.
    NoTable,
    /// Not five digits beginning with 3.
    NotACode,
}

/// Whether a text has the shape of a 款 code: five digits beginning with 3.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with('3') && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn listing(code: &str, year: FiscalYear) -> Listing {
    if !is_code(code) {
        return Listing::NotACode;
    }
    if year.number() != 2022 {
        return Listing::NoTable;
    }
    let place = LISTED_2022.binary_search_by_key(&code, |(listed, _)| listed);
    place.map_or(Listing::Unlisted, |place| Listing::Named(LISTED_2022[place].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_held_against_its_own_years_table() {
        let year = |number| FiscalYear::new(number).expect("a year");
        assert_eq!(listing("30211", year(2022)), Listing::Named("差旅费"));
        assert_eq!(listing("30299", year(2022)), Listing::Named("其他商品和服务支出"));
        assert_eq!(listing("30298", year(2022)), Listing::Unlisted);
        assert_eq!(listing("30211", year(2023)), Listing::NoTable);
        for wrong in ["302", "40211", "3021a", "", "302110", "３0211"] {
            assert_eq!(listing(wrong, year(2022)), Listing::NotACode, "{wrong}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_every_line_has_a_code_and_a_name() {
        let codes: Vec<_> = TABLE_2022.lines().skip(1).map(|line| line.split_once(',').expect("code,name")).collect();
        assert!(codes.len() > 60 && codes.is_sorted_by(|a, b| a.0 < b.0));
        for (code, name) in codes {
            assert_eq!(
                (listing(code, FiscalYear::new(2022).expect("a year")), name.is_empty()),
                (Listing::Named(name), false)
            );
        }
    }
}
