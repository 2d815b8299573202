//! What holds of the bridges of any two sides: each adds up, and the months add up to the whole.

use super::*;
use crate::domain::calendar::{FiscalYear, iso_date};
use crate::domain::matching::{Manner, matched};

/// A seeded source of numbers (xorshift), so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// A day within the year, and often near the end of a month.
    fn day(&mut self) -> Date {
        let (month, late) = (self.below(12) + 1, self.below(2) == 0);
        let day = if late { 25 + self.below(4) } else { self.below(28) + 1 };
        iso_date(&format!("2022-{month:02}-{day:02}")).expect("every month has 28 days")
    }

    fn amount(&mut self) -> Amount {
        let sign = if self.below(8) == 0 { "-" } else { "" };
        // Few amounts, so that many are equal and some are sums of others.
        let fen = (self.below(12) + 1) * 1_050 + self.below(2);
        Amount::canonical(&format!("{sign}{}.{:02}", fen / 100, fen % 100)).expect("a real amount")
    }
}

/// Rows and lines that are mostly of one another, some days apart, some with another amount, some alone.
fn sides(dice: &mut Dice, count: u64) -> (Vec<Paid>, Vec<StatementLine>) {
    let (mut paid, mut lines) = (Vec::new(), Vec::new());
    for number in 1..=count {
        let (date, amount) = (dice.day(), dice.amount());
        let payee = Arc::<str>::from(["甲", "乙", ""][usize::try_from(dice.below(3)).expect("few")]);
        let payment = if dice.below(3) == 0 { format!("Z{number:05}") } else { String::new() };
        let is_told = dice.below(8) > 0;
        if dice.below(8) > 0 {
            paid.push(Paid { seq: number, date, amount, payee: payee.clone(), payment: payment.clone() });
        }
        if is_told {
            let date = (0..dice.below(7)).fold(date, |date, _| date.succ_opt().expect("years go on"));
            let amount = if dice.below(10) == 0 { amount + Amount::FEN } else { amount };
            let told = Told { line: 100_000 + number, date, amount, payee, payment };
            lines.push(StatementLine { told, memo: Arc::default() });
        }
    }
    (paid, lines)
}

/// What a person decided: some rows and lines put together or explained, whatever they come to.
fn decided(dice: &mut Dice, paid: &[Paid], lines: &[StatementLine]) -> Manner {
    let mut manner = Manner::default();
    for (row, line) in paid.iter().zip(lines) {
        let together = |seqs: &[u64], lines: &[u64]| Together::of(seqs.to_vec(), lines.to_vec());
        match dice.below(12) {
            0 => manner.accepted.push(together(&[row.seq], &[line.told.line])),
            1 => manner.known.push(together(&[row.seq], &[])),
            2 => manner.known.push(together(&[], &[line.told.line])),
            _ => {}
        }
    }
    manner
}

fn answer(paid: &[Paid], lines: &[StatementLine], manner: &Manner) -> Reconciliation {
    let stamp = Stamp {
        as_of: iso_date("2022-12-31").expect("a real day"),
        budget_id: String::new(),
        title: String::new(),
        unit: String::new(),
        year: FiscalYear::new(2022).expect("a real year"),
        budget_digest: String::new(),
        rows: 0,
        digest: None,
        closed: None,
        unverified: None,
    };
    let matching = matched(paid, lines.iter().map(|line| &line.told), manner);
    let sides = Rc::new(Sides::new(paid.to_vec(), lines.to_vec()));
    reconciliation(stamp, String::new(), sides, matching, &BTreeMap::new(), Vec::new(), Vec::new())
}

/// Whether the steps lead from one side to the other.
fn adds_up(bridge: &Bridge) -> bool {
    bridge.ledger + bridge.crossing - bridge.only_in_ledger
        + bridge.only_in_statement
        + bridge.explained
        + bridge.differing
        + bridge.ambiguous
        == bridge.statement
        && bridge.difference == bridge.ledger - bridge.statement
}

#[test]
fn every_month_adds_up_and_the_months_add_up_to_the_whole() {
    // What must have been met for this to say anything.
    let mut met = Bridge::default();
    let mut crossed = 0;
    for seed in 1..=300 {
        let mut dice = Dice(seed * 0x9E37_79B9);
        let count = 1 + dice.below(60);
        let (paid, lines) = sides(&mut dice, count);
        let manner = decided(&mut dice, &paid, &lines);
        let report = answer(&paid, &lines, &manner);
        let whole = report.bridge;
        assert!(adds_up(&whole), "seed {seed}: {whole:?}");
        assert!(whole.crossing.is_zero(), "seed {seed}: what agrees makes no difference: {whole:?}");
        assert_eq!(whole.ledger, paid.iter().map(|paid| paid.amount).sum(), "seed {seed}");
        assert_eq!(whole.statement, lines.iter().map(|line| line.told.amount).sum(), "seed {seed}");
        for (month, bridge) in &report.by_month {
            assert!(adds_up(bridge), "seed {seed}, {month}: {bridge:?}");
            let paid = paid.iter().filter(|paid| Month::of(paid.date) == *month);
            assert_eq!(bridge.ledger, paid.map(|paid| paid.amount).sum(), "seed {seed}, {month}");
            let lines = lines.iter().filter(|line| Month::of(line.told.date) == *month);
            assert_eq!(bridge.statement, lines.map(|line| line.told.amount).sum(), "seed {seed}, {month}");
            crossed += u32::from(!bridge.crossing.is_zero());
        }
        let days = paid.iter().map(|paid| paid.date).chain(lines.iter().map(|line| line.told.date));
        let mut months: Vec<Month> = days.map(Month::of).collect();
        months.sort_unstable();
        months.dedup();
        assert_eq!(report.by_month.iter().map(|(month, _)| *month).collect::<Vec<_>>(), months, "seed {seed}");
        let columns: [fn(&Bridge) -> Amount; 9] = [
            |bridge| bridge.ledger,
            |bridge| bridge.crossing,
            |bridge| bridge.only_in_ledger,
            |bridge| bridge.only_in_statement,
            |bridge| bridge.explained,
            |bridge| bridge.differing,
            |bridge| bridge.ambiguous,
            |bridge| bridge.statement,
            |bridge| bridge.difference,
        ];
        for (place, column) in columns.iter().enumerate() {
            let sum: Amount = report.by_month.iter().map(|(_, bridge)| column(bridge)).sum();
            assert_eq!(sum, column(&whole), "seed {seed}, column {place}");
        }
        for (sum, of) in [
            (&mut met.only_in_ledger, whole.only_in_ledger),
            (&mut met.only_in_statement, whole.only_in_statement),
            (&mut met.explained, whole.explained),
            (&mut met.differing, whole.differing),
            (&mut met.ambiguous, whole.ambiguous),
        ] {
            *sum += if of.is_negative() { -of } else { of };
        }
        assert_eq!(report.undecided().len(), report.open(), "seed {seed}");
    }
    let kinds = [met.only_in_ledger, met.only_in_statement, met.explained, met.differing, met.ambiguous];
    assert!(crossed > 100 && kinds.iter().all(|kind| kind.is_positive()), "{crossed} months crossed, {met:?}");
}
