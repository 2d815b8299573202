//! Items in the order of their numbers, each found at once: among a million, to look for one by halves takes longer than
//! all that is done with it.

use std::ops::{Deref, Range};

/// What has a number of its own.
pub(crate) trait HasNumber {
    fn number(&self) -> u64;
}

/// Items whose numbers rise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbered<Item> {
    items: Vec<Item>,
    /// Where the items begin whose number is so many steps of `2^step` above the first, with one place more for the end.
    /// The steps are as wide as makes their count that of the items at most.
    places: Vec<usize>,
    step: u32,
}

impl<Item: HasNumber> Numbered<Item> {
    pub(crate) fn new(items: Vec<Item>) -> Self {
        debug_assert!(items.is_sorted_by_key(HasNumber::number), "numbers rise");
        let mut numbered = Self { items, places: Vec::new(), step: 0 };
        let Some(last) = numbered.items.last().map(HasNumber::number) else { return numbered };
        let range = last - numbered.items[0].number();
        while range >> numbered.step >= numbered.items.len() as u64 {
            numbered.step += 1;
        }
        for place in 0..numbered.items.len() {
            let steps = numbered.steps(numbered.items[place].number()).expect("none is before the first");
            numbered.places.resize(numbered.places.len().max(steps + 1), place);
        }
        numbered.places.push(numbered.items.len());
        numbered
    }

    /// The item of this number.
    pub(crate) fn find(&self, number: u64) -> Option<&Item> {
        let near = &self.items[self.near(number)?];
        near.binary_search_by_key(&number, HasNumber::number).ok().map(|place| &near[place])
    }

    /// Where an item of this number can stand.
    fn near(&self, number: u64) -> Option<Range<usize>> {
        let steps = self.steps(number)?;
        Some(*self.places.get(steps)?..*self.places.get(steps + 1)?)
    }

    fn steps(&self, number: u64) -> Option<usize> {
        let beyond = number.checked_sub(self.items.first()?.number())?;
        usize::try_from(beyond >> self.step).ok()
    }

    pub(crate) fn into_items(self) -> Vec<Item> {
        self.items
    }
}

impl<Item> Deref for Numbered<Item> {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.items
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    impl HasNumber for u64 {
        fn number(&self) -> u64 {
            *self
        }
    }

    proptest! {
        #[test]
        fn what_is_there_is_found_and_nothing_else(
            numbers in prop_oneof![
                prop::collection::btree_set(0_u64..40, 0..40),
                prop::collection::btree_set(prop_oneof![5_u64..60, 1_000_u64..1_010, u64::MAX - 9..=u64::MAX], 0..40),
            ],
            asked in prop::collection::vec(prop_oneof![0_u64..70, 990_u64..1_020, any::<u64>()], 0..40),
        ) {
            let numbered = Numbered::new(numbers.iter().copied().collect());
            prop_assert!(numbered.places.len() <= numbers.len() + 1, "the places take no more room than the items");
            for number in numbers.iter().chain(&asked) {
                prop_assert_eq!(numbered.find(*number), numbers.get(number));
            }
            prop_assert_eq!(numbered.into_items().into_iter().collect::<BTreeSet<_>>(), numbers);
        }
    }
}
