//! Made-up budgets, from a seeded source of numbers, so that a failure can be seen again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::reckoning::yuan;

/// A seeded source of numbers (SplitMix64), so that a failure can be seen again.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, and without, `sides`.
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }

    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    /// An amount a made-up line could hold, in 分.
    pub(super) fn amount(&mut self) -> i64 {
        i64::try_from(self.below(12_000_000)).unwrap() + 1
    }

    pub(super) fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }
}

/// An allocation as the made-up budget states it; amounts in 分.
pub(super) struct MadeLine {
    pub(super) key: String,
    pub(super) amount: i64,
    /// By month, 1 to 12; `None` is even.
    pub(super) plan: Option<BTreeMap<usize, i64>>,
}

/// A made-up budget and what is known of it without the program.
pub(super) struct Made {
    pub(super) lines: Vec<MadeLine>,
    pub(super) stops: bool,
    pub(super) by_months: bool,
    pub(super) band: i64,
}

impl Made {
    pub(super) fn roll(dice: &mut Dice) -> Self {
        let lines = (0..=dice.below(5)).map(|number| {
            let amount = if dice.chance(8) { 0 } else { i64::try_from(dice.below(50_000_000)).unwrap() };
            let plan = dice.chance(2).then(|| {
                let mut plan = BTreeMap::new();
                let first = usize::try_from(dice.below(12)).unwrap() + 1;
                let share = i64::try_from(dice.below(u64::try_from(amount).unwrap() + 1)).unwrap();
                *plan.entry(first).or_default() += share;
                *plan.entry(usize::try_from(dice.below(12)).unwrap() + 1).or_default() += amount - share;
                plan
            });
            MadeLine { key: format!("line-{number}"), amount, plan }
        });
        let lines = lines.collect();
        Self { lines, stops: dice.chance(2), by_months: dice.chance(3), band: i64::try_from(dice.below(10)).unwrap() }
    }

    pub(super) fn toml(&self) -> String {
        let total: i64 = self.lines.iter().map(|line| line.amount).sum();
        let limit = if self.stops { "stop" } else { "warn" };
        let pace = if self.by_months { "months" } else { "days" };
        let mut text = format!(
            "[budget]\nid = \"made-up\"\ntitle = \"法则\"\nunit = \"某局\"\nfiscal_year = 2022\ntotal = \"{}\"\n\
             [control]\nallocation = \"{limit}\"\ntotal = \"{limit}\"\npace = \"{pace}\"\nband = \"{}\"\n",
            yuan(total),
            self.band,
        );
        for line in &self.lines {
            let plan = line.plan.as_ref().map_or("\"even\"".to_owned(), |plan| {
                let months: Vec<String> =
                    plan.iter().map(|(month, fen)| format!("\"{month:02}\" = \"{}\"", yuan(*fen))).collect();
                format!("{{ {} }}", months.join(", "))
            });
            write!(
                text,
                "[[allocation]]\nkey = \"{0}\"\nname = \"分项{0}\"\namount = \"{1}\"\nplan = {plan}\n",
                line.key,
                yuan(line.amount)
            )
            .unwrap();
        }
        text
    }
}
