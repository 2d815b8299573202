//! Things with a key, in the order of their keys: a bureau has nine allocations and a county hundreds, and every row of a
//! ledger names one.

/// So many are looked at one after another faster than by halves.
const FEW: usize = 16;

/// Where the first of this key stands, or would.
// No test can tell which way it was found: both give the same answer.
pub(super) fn first_of<Item>(items: &[Item], key: &str, key_of: impl Fn(&Item) -> &str) -> usize {
    let found = if items.len() <= FEW { items.iter().position(|item| key_of(item) == key) } else { None };
    found.unwrap_or_else(|| items.partition_point(|item| key_of(item) < key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_key_is_found_among_few_and_many() {
        for count in 0..2 * FEW {
            // Each key twice, with gaps between them.
            let keys: Vec<String> = (0..count).map(|number| format!("k{:02}", number / 2 * 2)).collect();
            assert_eq!(first_of(&keys, "a", String::as_str), 0);
            assert_eq!(first_of(&keys, "z", String::as_str), count);
            for number in 0..count {
                let wanted = format!("k{number:02}");
                let first = keys.iter().position(|key| *key >= wanted).unwrap_or(count);
                assert_eq!(first_of(&keys, &wanted, String::as_str), first, "{wanted} of {count}");
            }
        }
    }
}
