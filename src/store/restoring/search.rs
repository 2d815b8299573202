//! The bounded search: of all that a row's cells may have held, what the row's own digest says they held.

use crate::domain::entry::Digest;
use crate::store::chain::{BORDER, Begun};

/// The fields that are sealed.
pub(super) const SEALED: usize = 21;

/// So many rows are tried for one, which takes a second or two at most.
const MOST: u64 = 2_000_000;

/// When so many were tried in vain in all, the file has more wrong with it than a spreadsheet does, and each further row
/// gets only a short search.
const PATIENCE: u64 = 40_000_000;
const MOST_AFTERWARDS: u64 = 2_000;

/// What may stand in each sealed field.
pub(super) type Lists = [Vec<String>; SEALED];

/// Searches, and knows how much was in vain.
#[derive(Debug)]
pub(super) struct Search {
    most: u64,
    in_vain: u64,
}

impl Default for Search {
    fn default() -> Self {
        Self { most: MOST, in_vain: 0 }
    }
}

impl Search {
    /// Which reading of each field makes the digest that the row states. Where they are too many, those of `whole` are cut
    /// short last.
    pub(super) fn find(
        &mut self,
        previous: &Digest,
        stated: &Digest,
        lists: &Lists,
        whole: Option<usize>,
    ) -> Option<[usize; SEALED]> {
        let most = if self.in_vain < PATIENCE { self.most } else { MOST_AFTERWARDS };
        let lengths = within(lists, most, whole)?;
        let (forks, end) = forks(lists, &lengths);
        let mut chosen = [0; SEALED];
        if fits(&Begun::after(previous), stated, &forks, &end, &mut chosen) {
            return Some(chosen);
        }
        self.in_vain += lengths.iter().map(|length| *length as u64).product::<u64>();
        None
    }
}

/// A field that may be one of several, and all that stands between the one before it and this.
struct Fork<'l> {
    before: String,
    column: usize,
    readings: &'l [String],
}

/// The row as its forks, and what stands behind the last of them.
fn forks<'l>(lists: &'l Lists, lengths: &[usize; SEALED]) -> (Vec<Fork<'l>>, String) {
    let (mut forks, mut text) = (Vec::new(), String::new());
    for (column, list) in lists.iter().enumerate() {
        if column > 0 {
            text.push(char::from(BORDER));
        }
        match &list[..lengths[column]] {
            [only] => text += only,
            readings => forks.push(Fork { before: std::mem::take(&mut text), column, readings }),
        }
    }
    (forks, text)
}

/// How many of each list are tried, so that all in all they are not too many: the longest lists are cut short first.
fn within(lists: &Lists, most: u64, whole: Option<usize>) -> Option<[usize; SEALED]> {
    let mut lengths = [0; SEALED];
    for (length, list) in lengths.iter_mut().zip(lists) {
        *length = list.len();
    }
    if lengths.contains(&0) {
        return None;
    }
    let product = |lengths: &[usize; SEALED]| {
        lengths.iter().try_fold(1_u64, |product, length| product.checked_mul(*length as u64)).unwrap_or(u64::MAX)
    };
    while product(&lengths) > most {
        let others = lengths.iter_mut().enumerate().filter(|(column, length)| Some(*column) != whole && **length > 1);
        match others.map(|(_, length)| length).max() {
            Some(longest) => *longest = longest.div_ceil(2),
            None => lengths[whole?] = usize::try_from(most).ok()?,
        }
    }
    Some(lengths)
}

fn fits(begun: &Begun, stated: &Digest, forks: &[Fork<'_>], end: &str, chosen: &mut [usize; SEALED]) -> bool {
    let Some((fork, rest)) = forks.split_first() else { return begun.with(end).digest() == *stated };
    let begun = begun.with(&fork.before);
    fork.readings.iter().enumerate().any(|(place, reading)| {
        chosen[fork.column] = place;
        fits(&begun.with(reading), stated, rest, end, chosen)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::chain::seal;

    fn lists(many: usize) -> Lists {
        let list = |column: usize| match column {
            3 | 10 => (0..many).map(|place| format!("{column}-{place}")).collect(),
            _ => vec![format!("{column}")],
        };
        std::array::from_fn(list)
    }

    #[test]
    fn the_digest_decides_which_readings_are_right() {
        let previous = Digest([7; 32]);
        let lists = lists(20);
        let fields: Vec<&str> =
            (0..SEALED).map(|column| lists[column][if column == 10 { 17 } else { 0 }].as_str()).collect();
        let mut search = Search::default();
        let found = search.find(&previous, &seal(&previous, &fields), &lists, None).expect("it is there");
        assert_eq!((found[3], found[10]), (0, 17));
        assert_eq!(search.in_vain, 0);
        assert_eq!(search.find(&previous, &Digest([1; 32]), &lists, None), None);
        assert_eq!(search.in_vain, 400);
    }

    #[test]
    fn no_search_is_longer_than_its_bound() {
        let mut search = Search { most: 5_000, in_vain: 0 };
        assert_eq!(search.find(&Digest::default(), &Digest([1; 32]), &lists(2_000), None), None);
        assert!((1_250..=5_000).contains(&search.in_vain), "{}", search.in_vain);
        assert_eq!(within(&lists(2_000), 5_000, Some(10)).map(|lengths| lengths[10]), Some(2_000));
        assert_eq!(within(&lists(6_000), 5_000, Some(10)).map(|lengths| lengths[10]), Some(5_000));
        search.in_vain = PATIENCE;
        assert_eq!(search.find(&Digest::default(), &Digest([1; 32]), &lists(2_000), None), None);
        assert!(search.in_vain <= PATIENCE + MOST_AFTERWARDS);
        let mut empty = lists(2);
        empty[5].clear();
        assert_eq!(search.find(&Digest::default(), &Digest([1; 32]), &empty, None), None);
    }
}
