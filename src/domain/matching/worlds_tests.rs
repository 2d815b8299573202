//! Made-up years with a known truth: which rows and lines belong together, because they were made as one.

use super::examples_tests::date;
use super::*;

/// A seeded source of numbers (SplitMix64), so that a failure can be seen again.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }

    fn days(&mut self, sides: u64) -> i64 {
        i64::try_from(self.below(sides)).expect("dice have few sides")
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn shuffle<Item>(&mut self, items: &mut [Item]) {
        for place in (1..items.len()).rev() {
            let other = usize::try_from(self.below(place as u64 + 1)).expect("it is a place");
            items.swap(place, other);
        }
    }
}

/// A name as the clerk writes it, and as banks write it.
const PAYEES: [[&str; 3]; 10] = [
    ["云南山水办公用品有限公司", "云南山水办公用品有限责任公司", "云南山水办公用品有限公司楚雄分公司"],
    ["楚雄彝人酒店（普通合伙）", "楚雄彝人酒店", "楚雄彝人酒店彝人古镇店"],
    ["ＡＢ科技（昆明）有限公司", "AB科技(昆明)有限公司", "AB科技（昆明）有限公司一部"],
    ["中国石油楚雄加油站", "中国石油 楚雄 加油站", "中国石油楚雄加油站第二站"],
    ["张三", "张　三", "张三（楚雄）"],
    ["李四", "李四 ", "李四一卡通"],
    ["王小明", "王小明", "王小明工作室"],
    ["楚雄市公交集团", "楚雄市公交集团", "楚雄市公交集团一公司"],
    ["电信楚雄分公司", "电信楚雄分公司", "中国电信楚雄分公司"],
    ["春城快递", "春城快递", "春城快递服务部"],
];

/// What was made as one: seqs and lines that belong together, and what it was.
pub(super) struct Truth {
    pub(super) items: Together,
    pub(super) what: &'static str,
}

/// A year of both sides.
pub(super) struct World {
    pub(super) paid: Vec<Paid>,
    pub(super) told: Vec<Told>,
    pub(super) truths: Vec<Truth>,
    dice: Dice,
    /// Whether look-alikes may stand anywhere, a missing one's counterpart beside them.
    is_wild: bool,
}

/// One movement before it is written down on either side.
#[derive(Clone)]
struct Movement {
    day: i64,
    fen: i64,
    payee: usize,
    /// The number in the ledger, and in the statement.
    numbers: [String; 2],
}

impl World {
    pub(super) fn made(seed: u64, events: u64, is_wild: bool) -> Self {
        let (paid, told, truths) = (Vec::new(), Vec::new(), Vec::new());
        let mut world = Self { paid, told, truths, dice: Dice(seed), is_wild };
        for _ in 0..events {
            match world.dice.below(100) {
                0..58 => world.plain(),
                58..62 => world.late(),
                62..68 => world.parts(true),
                68..74 => world.parts(false),
                74..77 => world.swapped(),
                77..82 => world.one_sided(),
                82..84 => world.doubled(),
                84..88 => world.refund(),
                88..91 => world.fee(),
                91..94 => world.several_payees(),
                94..97 => world.every_month(),
                _ => world.in_a_row(),
            }
        }
        world.dice.shuffle(&mut world.paid);
        world.dice.shuffle(&mut world.told);
        world
    }

    fn movement(&mut self) -> Movement {
        let payee = usize::try_from(self.dice.below(PAYEES.len() as u64)).expect("few payees");
        let fen = self.dice.days(3_000_000) + 1;
        let (ours, theirs) = (self.dice.next() % 10_000_000_000, self.dice.next() % 10_000_000_000);
        let numbers = match self.dice.below(10) {
            0..4 => [format!("ZF{ours:010}"), format!("zf{ours:010}")],
            4..7 => [String::new(), String::new()],
            7..9 => [format!("V{ours}"), format!("T{theirs}")],
            _ => [String::new(), format!("T{theirs}")],
        };
        Movement { day: self.dice.days(350), fen, payee, numbers }
    }

    fn nearby(&mut self) -> i64 {
        if self.dice.chance(60) { 0 } else { self.dice.days(9) - 3 }
    }

    fn pay(&mut self, movement: &Movement) -> u64 {
        let seq = self.paid.len() as u64 + 1;
        let payee = PAYEES[movement.payee][0].into();
        let payment = movement.numbers[0].clone();
        self.paid.push(Paid { seq, date: date(movement.day), amount: fen(movement.fen), payee, payment });
        seq
    }

    fn tell(&mut self, movement: &Movement, spelling: usize) -> u64 {
        let line = self.told.len() as u64 + 1_000_001;
        let payee = PAYEES[movement.payee].get(spelling).copied().unwrap_or_default().into();
        let payment = movement.numbers[1].clone();
        self.told.push(Told { line, date: date(movement.day), amount: fen(movement.fen), payee, payment });
        line
    }

    fn true_together(&mut self, what: &'static str, seqs: Vec<u64>, lines: Vec<u64>) {
        self.truths.push(Truth { items: Together::of(seqs, lines), what });
    }

    fn plain(&mut self) {
        let movement = self.movement();
        let told = Movement { day: movement.day + self.nearby(), ..movement.clone() };
        let spelling = [0, 0, 0, 1, 1, 2, 3][usize::try_from(self.dice.below(7)).expect("seven")];
        let (seq, line) = (self.pay(&movement), self.tell(&told, spelling));
        self.true_together("plain", vec![seq], vec![line]);
    }

    /// The bank took longer than the window.
    fn late(&mut self) {
        let movement = self.movement();
        let told = Movement { day: movement.day + 8 + self.dice.days(12), ..movement.clone() };
        let (seq, line) = (self.pay(&movement), self.tell(&told, 0));
        self.true_together("late", vec![seq], vec![line]);
    }

    /// One payment of one side is two to four of the other.
    fn parts(&mut self, is_split: bool) {
        let mut movement = self.movement();
        if movement.numbers[0] != movement.numbers[1].to_uppercase() {
            movement.numbers = [String::new(), String::new()];
        }
        let (mut seqs, mut lines, mut whole) = (Vec::new(), Vec::new(), 0);
        for _ in 0..2 + self.dice.below(3) {
            let part = Movement {
                day: movement.day + self.dice.days(4),
                fen: self.dice.days(900_000) + 1,
                ..movement.clone()
            };
            whole += part.fen;
            if is_split { lines.push(self.tell(&part, 1)) } else { seqs.push(self.pay(&part)) }
        }
        movement.fen = whole;
        if is_split {
            seqs.push(self.pay(&movement))
        } else {
            lines.push(self.tell(&movement, 1))
        }
        self.true_together(if is_split { "split" } else { "merged" }, seqs, lines);
    }

    /// Two digits changed places on the way.
    fn swapped(&mut self) {
        let movement = self.movement();
        let mut digits = (movement.fen + 1_000_000).to_string().into_bytes();
        let place = usize::try_from(self.dice.below(digits.len() as u64 - 1)).expect("few digits");
        digits.swap(place, place + 1);
        let wrong = String::from_utf8(digits).expect("digits").parse().expect("they are a number");
        let paid = Movement { fen: movement.fen + 1_000_000, ..movement.clone() };
        let (seq, line) = (self.pay(&paid), self.tell(&Movement { fen: wrong, ..movement }, 0));
        let what = if paid.fen == wrong { "plain" } else { "swapped" };
        self.true_together(what, vec![seq], vec![line]);
    }

    fn one_sided(&mut self) {
        let movement = self.movement();
        if self.dice.chance(50) {
            self.pay(&movement);
        } else {
            self.tell(&movement, 0);
        }
    }

    fn doubled(&mut self) {
        let movement = self.movement();
        let (seq, line) = (self.pay(&movement), self.tell(&movement, 0));
        if self.dice.chance(50) {
            self.pay(&movement);
        } else {
            self.tell(&movement, 0);
        }
        self.true_together("doubled", vec![seq], vec![line]);
    }

    /// Money comes back; its row carries the payment's number, its line a number of its own.
    fn refund(&mut self) {
        let movement = self.movement();
        let (seq, line) = (self.pay(&movement), self.tell(&movement, 0));
        self.true_together("plain", vec![seq], vec![line]);
        let mut back = Movement { day: movement.day + 5 + self.dice.days(20), fen: -movement.fen, ..movement };
        if self.dice.chance(50) {
            back.fen = -1 - self.dice.days(back.fen.unsigned_abs());
        }
        let seq = self.pay(&back);
        back.numbers[1] = format!("R{}", self.dice.next());
        back.day += self.nearby();
        let line = self.tell(&back, 0);
        self.true_together("refund", vec![seq], vec![line]);
    }

    fn fee(&mut self) {
        let mut movement = self.movement();
        movement.fen = [50, 100, 500, 1_000][usize::try_from(self.dice.below(4)).expect("four")];
        self.tell(&movement, 3);
    }

    fn round(&mut self) -> i64 {
        // In a tame world no two groups have one amount: who could tell them apart?
        if self.is_wild { (self.dice.days(9) + 1) * 10_000 } else { (self.dice.days(30_000) + 1) * 100 }
    }

    fn several_payees(&mut self) {
        let (first, fen) = (self.movement(), self.round());
        for place in 0..2 + usize::try_from(self.dice.below(4)).expect("four") {
            let payee = (first.payee + place) % PAYEES.len();
            let paid = Movement { fen, payee, numbers: [String::new(), String::new()], ..first };
            let told = Movement { day: paid.day + self.nearby(), ..paid.clone() };
            let seq = self.pay(&paid);
            // One of them may be missing: no other has its name.
            if self.dice.chance(90) {
                let line = self.tell(&told, 1);
                self.true_together("several payees", vec![seq], vec![line]);
            }
        }
    }

    fn every_month(&mut self) {
        let (mut paid, fen) = (self.movement(), self.round());
        (paid.fen, paid.day, paid.numbers) = (fen, self.dice.days(25), [String::new(), String::new()]);
        for _ in 0..12 {
            let told = Movement { day: paid.day + self.nearby(), ..paid.clone() };
            let (seq, is_told) = (self.pay(&paid), self.dice.chance(95));
            if is_told {
                let line = self.tell(&told, 1);
                self.true_together("every month", vec![seq], vec![line]);
            }
            paid.day += 30;
        }
    }

    /// The same to one payee day after day: all on their day, or all a few days late.
    fn in_a_row(&mut self) {
        let (mut paid, fen) = (self.movement(), self.round());
        (paid.fen, paid.numbers) = (fen, [String::new(), String::new()]);
        let late = if self.dice.chance(60) { 0 } else { 1 + self.dice.days(3) };
        for _ in 0..2 + self.dice.below(4) {
            let seq = self.pay(&paid);
            if self.is_wild && self.dice.chance(10) {
                continue;
            }
            let line = self.tell(&Movement { day: paid.day + late, ..paid.clone() }, 0);
            self.true_together("in a row", vec![seq], vec![line]);
            paid.day += self.dice.days(3);
        }
    }
}

pub(super) fn fen(fen: i64) -> Amount {
    let sign = if fen < 0 { "-" } else { "" };
    super::examples_tests::amount(&format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100))
}

/// Tells what was measured, when whoever runs the tests has set `TELL`.
pub(super) fn tell(text: &str) {
    use std::io::Write as _;
    if std::env::var_os("TELL").is_some() {
        writeln!(std::io::stdout(), "{text}").expect("the terminal is there");
    }
}
