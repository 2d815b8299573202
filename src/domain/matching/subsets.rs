//! Which of a few amounts sum to one, exactly: each half's sums, sorted, met in the middle.

/// The most amounts that are searched.
pub(super) const MOST_AMOUNTS: usize = 20;

/// The most of them in one sum.
const MOST_PARTS: u32 = 8;

/// The most sums that are told; one more only says that there are more.
pub(super) const MOST_SUMS: usize = 16;

/// The sets of two to eight of these amounts that sum to `whole`, each set a mask over their places. Amounts are
/// positive, and at most [`MOST_AMOUNTS`]. More than [`MOST_SUMS`] sets means that there may be more.
pub(super) fn summing(amounts: &[i128], whole: i128) -> Vec<u32> {
    debug_assert!(amounts.len() <= MOST_AMOUNTS, "whoever asks keeps the bound");
    if amounts.iter().sum::<i128>() < whole {
        return Vec::new();
    }
    // No test can tell where they are cut in two.
    let (low, high) = amounts.split_at(amounts.len() / 2);
    let (mut lows, highs) = (sums(low, whole), sums(high, whole));
    lows.sort_unstable();
    let mut found = Vec::new();
    for (sum, mask) in highs {
        let first = lows.partition_point(|(other, _)| *other < whole - sum);
        for (_, other) in lows[first..].iter().take_while(|(other, _)| *other == whole - sum) {
            // No test can tell how they are put together: they have no place in common.
            let set = other | mask << low.len();
            if (2..=MOST_PARTS).contains(&set.count_ones()) {
                found.push(set);
            }
        }
        if found.len() > MOST_SUMS {
            break;
        }
    }
    found.sort_unstable();
    found
}

/// Every set of at most eight that does not pass the whole, with its sum.
fn sums(amounts: &[i128], whole: i128) -> Vec<(i128, u32)> {
    let mut sums = vec![(0, 0_u32)];
    for (place, amount) in amounts.iter().enumerate() {
        for set in 0..sums.len() {
            let (sum, mask) = sums[set];
            // No test can tell if there are more: what passes the whole, or has too many parts, is no sum of it.
            if sum + amount <= whole && mask.count_ones() < MOST_PARTS {
                sums.push((sum + amount, mask | 1 << place));
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_set_that_sums_is_found_and_no_other(amounts in prop::collection::vec(1_i128..40, 0..=11), whole in 1_i128..90) {
            let slowly: Vec<u32> = (0_u32..1 << amounts.len()).filter(|set| {
                let parts = amounts.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
                (2..=8).contains(&set.count_ones()) && parts.map(|(_, amount)| amount).sum::<i128>() == whole
            }).collect();
            let found = summing(&amounts, whole);
            if slowly.len() <= MOST_SUMS {
                prop_assert_eq!(found, slowly);
            } else {
                prop_assert!(found.len() > MOST_SUMS && found.iter().all(|set| slowly.contains(set)));
            }
        }
    }
}
