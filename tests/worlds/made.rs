//! Made-up years with a known truth: what was made as one belongs together, and each kind says what must become of it.

use std::collections::BTreeSet;

use crate::dice::Dice;

/// A name as the clerk writes it, and as banks do.
const PAYEES: [[&str; 3]; 8] = [
    ["云南山水办公用品有限公司", "云南山水办公用品有限责任公司", "云南山水办公用品有限公司楚雄分公司"],
    ["楚雄彝人酒店（普通合伙）", "楚雄彝人酒店", "楚雄彝人酒店古镇店"],
    ["ＡＢ科技（昆明）有限公司", "AB科技(昆明)有限公司", "AB科技（昆明）有限公司一部"],
    ["中国石油楚雄加油站", "中国石油 楚雄 加油站", "中国石油楚雄加油站第二站"],
    ["张三", "张　三", "张三（楚雄）"],
    ["王小明", "王小明", "王小明工作室"],
    ["楚雄市公交集团", "楚雄市公交集团", "楚雄市公交集团一公司"],
    ["春城快递", "春城快递", "春城快递服务部"],
];

/// What the rules must make of what belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    Matched,
    /// One number, and another amount.
    Differing,
    /// Either of two could be it, so neither is.
    Open,
}

/// What was made as one, by the places of its rows and lines.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) what: &'static str,
    pub(super) due: Due,
    pub(super) rows: Vec<usize>,
    pub(super) lines: Vec<usize>,
}

/// A payment, or money that came back, as one side has it.
#[derive(Debug, Clone)]
pub(super) struct Movement {
    /// Counted from the first of January.
    pub(super) day: u64,
    /// In 分; negative came back.
    pub(super) fen: i64,
    pub(super) payee: String,
    pub(super) number: String,
    /// For money that came back, the place of its payment.
    pub(super) of: Option<usize>,
}

/// A year of both sides.
#[derive(Default)]
pub(super) struct Made {
    pub(super) rows: Vec<Movement>,
    pub(super) lines: Vec<Movement>,
    pub(super) truths: Vec<Truth>,
    /// No amount is drawn twice, so that nothing but what was made so looks alike.
    drawn: BTreeSet<i64>,
}

impl Made {
    pub(super) fn year(dice: &mut Dice) -> Self {
        let mut made = Self::default();
        for _ in 0..30 + dice.below(30) {
            let event = dice.below(100);
            made.happen(event, dice);
        }
        made
    }

    fn happen(&mut self, event: u64, dice: &mut Dice) {
        let row = self.movement(dice);
        let mut line = told(&row, dice);
        match event {
            0..50 => self.both("exact", Due::Matched, row, line),
            50..58 => {
                line.day += 1 + dice.below(7);
                self.both("late", Due::Matched, row, line);
            }
            58..70 => self.parts(row, event < 64, dice),
            70..75 => {
                line.fen = self.swapped(row.fen);
                if row.number.starts_with('Z') {
                    self.both("swapped", Due::Differing, row, line);
                } else {
                    // Nobody can say that they belong together.
                    self.rows.push(row);
                    self.lines.push(line);
                }
            }
            75..78 => self.rows.push(row),
            78..80 => self.lines.push(line),
            80..84 => self.doubled(row, line, event < 82),
            84..89 => self.refunded(row, line, dice),
            89..93 => {
                let fen = [500, 1_000, 1_500, 5_000][dice.index(4)];
                self.lines.push(Movement { fen, payee: String::new(), number: String::new(), ..line });
            }
            93..97 => self.alike(&row, dice),
            _ => self.monthly(&row, dice),
        }
    }

    fn movement(&mut self, dice: &mut Dice) -> Movement {
        let number = match dice.below(10) {
            0..4 => format!("ZF{:010}", dice.below(10_000_000_000)),
            4..7 => String::new(),
            _ => format!("V{:010}", dice.below(10_000_000_000)),
        };
        let payee = PAYEES[dice.index(PAYEES.len())][0].to_owned();
        Movement { day: dice.below(330), fen: self.drawn(dice, 3_000_000), payee, number, of: None }
    }

    fn drawn(&mut self, dice: &mut Dice, most: u64) -> i64 {
        loop {
            let fen = i64::try_from(dice.below(most)).unwrap() + 10_000;
            if self.drawn.insert(fen) {
                return fen;
            }
        }
    }

    fn swapped(&mut self, fen: i64) -> i64 {
        let mut digits = fen.to_string().into_bytes();
        let unequal = (1..digits.len()).find(|place| digits[*place] != digits[*place - 1]);
        unequal.iter().for_each(|place| digits.swap(*place, *place - 1));
        let other = String::from_utf8(digits).unwrap().parse().unwrap();
        self.drawn.insert(other);
        if other == fen { fen + 1 } else { other }
    }

    fn row(&mut self, movement: Movement) -> usize {
        self.rows.push(movement);
        self.rows.len() - 1
    }

    fn line(&mut self, movement: Movement) -> usize {
        self.lines.push(movement);
        self.lines.len() - 1
    }

    fn both(&mut self, what: &'static str, due: Due, row: Movement, line: Movement) {
        let (rows, lines) = (vec![self.row(row)], vec![self.line(line)]);
        self.truths.push(Truth { what, due, rows, lines });
    }

    /// One payment of one side is two to four of the other.
    fn parts(&mut self, whole: Movement, is_split: bool, dice: &mut Dice) {
        let number = if whole.number.starts_with('Z') { whole.number } else { String::new() };
        let mut whole = Movement { number, fen: 0, ..whole };
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        for _ in 0..2 + dice.below(3) {
            let part = Movement { fen: self.drawn(dice, 900_000), day: whole.day + dice.below(4), ..whole.clone() };
            whole.fen += part.fen;
            if is_split { lines.push(self.line(part)) } else { rows.push(self.row(part)) }
        }
        if is_split {
            rows.push(self.row(whole))
        } else {
            lines.push(self.line(whole))
        }
        let what = if is_split { "split" } else { "merged" };
        self.truths.push(Truth { what, due: Due::Matched, rows, lines });
    }

    /// One side has it twice, alike in everything.
    fn doubled(&mut self, row: Movement, line: Movement, in_ledger: bool) {
        let (mut rows, mut lines) = (vec![self.row(row.clone())], vec![self.line(line.clone())]);
        if in_ledger {
            rows.push(self.row(row))
        } else {
            lines.push(self.line(line))
        }
        self.truths.push(Truth { what: "doubled", due: Due::Open, rows, lines });
    }

    /// Some of it comes back, under a number of the bank's own.
    fn refunded(&mut self, row: Movement, line: Movement, dice: &mut Dice) {
        let of = Some(self.rows.len());
        let back = Movement {
            day: row.day + 8 + dice.below(10),
            fen: -(1 + row.fen / (2 + dice.amount() % 3)),
            of,
            ..row.clone()
        };
        self.both("exact", Due::Matched, row, line);
        let number = format!("R{:010}", dice.below(10_000_000_000));
        let told = Movement { day: back.day + dice.below(4), number, ..told(&back, dice) };
        self.both("refund", Due::Matched, back, told);
    }

    /// One amount to several payees on one day.
    fn alike(&mut self, first: &Movement, dice: &mut Dice) {
        let start = dice.index(PAYEES.len());
        for place in 0..2 + dice.index(4) {
            let payee = PAYEES[(start + place) % PAYEES.len()][0].to_owned();
            let row = Movement { payee, number: String::new(), ..first.clone() };
            let line = Movement { day: row.day + dice.below(3), ..told(&row, dice) };
            self.both("alike", Due::Matched, row, line);
        }
    }

    /// One amount to one payee month after month.
    fn monthly(&mut self, first: &Movement, dice: &mut Dice) {
        for month in 0..11 {
            let row = Movement { day: month * 30 + first.day % 25, number: String::new(), ..first.clone() };
            let line = Movement { day: row.day + dice.below(4), ..told(&row, dice) };
            self.both("monthly", Due::Matched, row, line);
        }
    }
}

/// A payment as a bank tells it: the name in its own spelling, a number that is the ledger's or its own.
fn told(row: &Movement, dice: &mut Dice) -> Movement {
    let spellings = PAYEES.iter().find(|spellings| spellings[0] == row.payee).unwrap();
    let number = match row.number.as_str() {
        number if number.starts_with('Z') => number.to_lowercase(),
        "" if dice.chance(2) => String::new(),
        _ => format!("T{:010}", dice.below(10_000_000_000)),
    };
    Movement { payee: spellings[dice.index(3)].to_owned(), number, ..row.clone() }
}
