//! From amounts to places in a drawing, in whole numbers. It finds where things stand, and reckons no money.

use crate::domain::amount::Amount;

/// About how many lines an axis has.
const LINES: i128 = 5;
/// A 元 in 分, and a 万元.
const YUAN: i128 = 100;
const WAN: i128 = 1_000_000;

/// A scale of amounts over some length, from its lowest line to its highest.
pub(super) struct Axis {
    low: i128,
    high: i128,
    step: i128,
    length: i64,
}

impl Axis {
    /// An axis with room for all amounts and for zero, on round lines.
    pub(super) fn over(amounts: impl Iterator<Item = Amount> + Clone, length: i64) -> Self {
        let fen = amounts.map(Amount::fen);
        let most = fen.clone().max().unwrap_or(0).max(0);
        let least = fen.min().unwrap_or(0).min(0);
        let step = round_step(((most - least) / LINES).max(YUAN));
        let low = least.div_euclid(step) * step;
        let high = (most.div_euclid(step) + i128::from(most.rem_euclid(step) > 0)) * step;
        Self { low, high: high.max(low + step), step, length }
    }

    /// How far from the lowest line.
    pub(super) fn place(&self, amount: Amount) -> i64 {
        let along = (amount.fen().clamp(self.low, self.high) - self.low) * i128::from(self.length);
        i64::try_from(along / (self.high - self.low)).unwrap_or(self.length)
    }

    /// Every line: how far it stands, and its number in the axis's unit.
    pub(super) fn lines(&self) -> Vec<(i64, String)> {
        let unit = if self.is_in_wan() { WAN } else { YUAN };
        let count = (self.high - self.low) / self.step;
        let fen = (0..=count).map(|number| self.low + number * self.step);
        fen.map(|fen| {
            let along = (fen - self.low) * i128::from(self.length) / (self.high - self.low);
            (i64::try_from(along).unwrap_or(self.length), (fen / unit).to_string())
        })
        .collect()
    }

    /// Whether its numbers are 万元; else 元.
    pub(super) fn is_in_wan(&self) -> bool {
        self.step >= WAN
    }
}

/// The next of 1, 2 or 5 and their tens.
fn round_step(least: i128) -> i128 {
    let mut ten = 1;
    loop {
        for step in [ten, 2 * ten, 5 * ten] {
            if step >= least {
                return step;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::typed(text).expect("a test writes amounts")
    }

    #[test]
    fn lines_are_round_and_hold_everything() {
        let axis = Axis::over([amount("30.58万元"), amount("1.2")].into_iter(), 100);
        assert_eq!(axis.lines().into_iter().map(|(_, said)| said).collect::<Vec<_>>(), ["0", "10", "20", "30", "40"]);
        assert!(axis.is_in_wan());
        let axis = Axis::over([amount("-20"), amount("70")].into_iter(), 100);
        assert_eq!(axis.lines().first(), Some(&(0, "-20".into())));
        assert_eq!((axis.place(amount("-20")), axis.is_in_wan()), (0, false));
        // Nothing at all still has an axis.
        assert_eq!(Axis::over(std::iter::empty(), 100).lines(), [(0, "0".into()), (100, "1".into())]);
    }

    proptest! {
        #[test]
        fn every_amount_has_a_place(fen in prop::collection::vec("-?[1-9][0-9]{0,12}\\.[0-9]{2}", 1..20)) {
            let amounts: Vec<Amount> = fen.iter().map(|text| amount(text)).collect();
            let axis = Axis::over(amounts.iter().copied(), 500);
            let mut sorted = amounts.clone();
            sorted.sort();
            let places: Vec<i64> = sorted.iter().map(|amount| axis.place(*amount)).collect();
            prop_assert!(places.is_sorted() && places[0] >= 0 && places[places.len() - 1] <= 500);
            prop_assert!(axis.lines().len() <= 9);
        }
    }
}
