//! Made-up budgets, from a seeded source of numbers, so that a failure can be seen again; and how their files are edited.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::laws::figures::Ways;
use crate::laws::reckoning::yuan;

/// Chance, and how much care is taken under it.
pub(super) struct Dice {
    dice: crate::dice::Dice,
    /// How much care is taken: the more, the rarer a slip.
    care: i64,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Self { dice: crate::dice::Dice(seed), care: 1 };
        dice.care = dice.one_of(&[1, 3, 9]);
        dice
    }

    /// A number from 0 up to, and without, `sides`.
    pub(super) fn below(&mut self, sides: i64) -> i64 {
        i64::try_from(self.dice.below(u64::try_from(sides.max(1)).unwrap())).unwrap()
    }

    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(i64::try_from(length).unwrap())).unwrap()
    }

    pub(super) fn chance(&mut self, one_in: i64) -> bool {
        self.below(one_in) == 0
    }

    /// Whether something goes wrong now.
    pub(super) fn slips(&mut self, one_in: i64) -> bool {
        self.chance(one_in * self.care)
    }

    pub(super) fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.index(things.len())].clone()
    }
}

/// Keys and names of allocations: names that share a part, and names that a CSV must quote.
const LINES: [(&str, &str); 6] = [
    ("travel", "差旅费"),
    ("training", "培训, 会议"),
    ("visits", "差旅补助"),
    ("office", "办公\"设备\""),
    ("printing", "印刷，装订"),
    ("postage", "邮寄"),
];

/// Allocations that are only written into the file after the opening.
const LATER: [(&str, &str); 3] = [("later", "后来追加的"), ("legal", "法律咨询"), ("repairs", "维修")];

/// A key as these tests spell it.
pub(super) fn known_key(key: &str) -> Option<&'static str> {
    LINES.iter().chain(&LATER).map(|(known, _)| *known).find(|known| *known == key)
}

pub(super) const FUNDS: [&str; 3] = ["current", "carried", "other"];

/// An allocation as the made-up budget states it; amounts in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MadeLine {
    pub(super) key: &'static str,
    pub(super) name: String,
    pub(super) amount: i64,
    /// By month, 1 to 12; `None` is even.
    pub(super) plan: Option<BTreeMap<usize, i64>>,
    pub(super) fund: &'static str,
    /// Allowed economic classes; none means any.
    pub(super) economic: Vec<&'static str>,
}

impl MadeLine {
    fn roll(dice: &mut Dice, (key, name): (&'static str, &'static str)) -> Self {
        let amount = if dice.chance(8) { 0 } else { dice.below(50_000_000) };
        let plan = dice.chance(2).then(|| {
            let mut plan = BTreeMap::new();
            let share = dice.below(amount + 1);
            *plan.entry(dice.index(12) + 1).or_default() += share;
            *plan.entry(dice.index(12) + 1).or_default() += amount - share;
            plan
        });
        let fund = if dice.chance(4) { dice.one_of(&FUNDS) } else { "current" };
        let economic = if dice.chance(3) { vec!["30201", "30211"] } else { Vec::new() };
        Self { key, name: name.to_owned(), amount, plan, fund, economic }
    }

    /// The plan as the ledger writes it.
    pub(super) fn plan(&self) -> String {
        self.plan.as_ref().map_or("even".to_owned(), written_plan)
    }
}

/// A listed plan as the ledger writes it.
pub(super) fn written_plan(months: &BTreeMap<usize, i64>) -> String {
    months.iter().map(|(month, fen)| format!("{month:02}:{}", yuan(*fen))).collect::<Vec<_>>().join(";")
}

/// A made-up budget and what is known of it without the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) year: i64,
    pub(super) id: &'static str,
    pub(super) doc: &'static str,
    pub(super) lines: Vec<MadeLine>,
    /// What happens beyond an allocation, and beyond the whole budget.
    pub(super) stops: bool,
    pub(super) stops_in_total: bool,
    pub(super) warns_by_period: bool,
    pub(super) ways: Ways,
}

/// What someone does to the budget file with an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// A new allocation without money: the one edit that is lawful after the opening.
    Adds,
    AddsWithMoney,
    Renames(usize),
    Reprices(usize),
    ChangesFund(usize),
    ChangesPlan(usize),
    Drops(usize),
    ChangesId,
    /// Everything unlawful is put back.
    Mends,
}

impl Made {
    pub(super) fn roll(dice: &mut Dice) -> Self {
        let count = dice.index(LINES.len()) + 1;
        let lines = LINES[..count].iter().map(|line| MadeLine::roll(dice, *line)).collect();
        Self {
            year: 2022,
            id: "made-up",
            doc: dice.one_of(&["", "某财预〔2022〕1号"]),
            lines,
            stops: !dice.chance(3),
            stops_in_total: !dice.chance(3),
            warns_by_period: dice.chance(2),
            ways: Ways { by_months: dice.chance(3), band: dice.below(10) },
        }
    }

    pub(super) fn line(&self, key: &str) -> Option<&MadeLine> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// The same file after an edit; a file already edited so stays as it is. `good` is the file before unlawful edits.
    pub(super) fn edited(&self, edit: Edit, good: &Self) -> Self {
        let mut made = self.clone();
        let new = LATER.iter().find(|(key, _)| self.line(key).is_none() && good.line(key).is_none());
        let line = |place: usize| place % self.lines.len();
        match edit {
            Edit::Adds | Edit::AddsWithMoney => made.lines.extend(new.map(|(key, name)| MadeLine {
                key,
                name: (*name).to_owned(),
                amount: if edit == Edit::Adds { 0 } else { 100 },
                plan: None,
                fund: "current",
                economic: Vec::new(),
            })),
            Edit::Renames(place) => made.lines[line(place)].name.push('改'),
            Edit::Reprices(place) => {
                let line = &mut made.lines[line(place)];
                line.amount += 100;
                line.plan.iter_mut().for_each(|plan| *plan.entry(12).or_default() += 100);
            }
            Edit::ChangesFund(place) => {
                let line = &mut made.lines[line(place)];
                line.fund = if line.fund == "other" { "carried" } else { "other" };
            }
            Edit::ChangesPlan(place) => {
                let line = &mut made.lines[line(place)];
                line.plan = if line.plan.is_none() { Some([(5, line.amount)].into()) } else { None };
            }
            Edit::Drops(place) if made.lines.len() > 1 => drop(made.lines.remove(line(place))),
            Edit::Drops(_) => {}
            Edit::ChangesId => made.id = "made-anew",
            Edit::Mends => made = good.clone(),
        }
        made
    }

    pub(super) fn toml(&self) -> String {
        let total: i64 = self.lines.iter().map(|line| line.amount).sum();
        let limit = |stops: bool| if stops { "stop" } else { "warn" };
        let mut text = format!(
            "[budget]\nid = \"{}\"\ntitle = \"法则\"\nunit = \"某局\"\nfiscal_year = {}\nlanguage = \"en\"\n\
             doc = \"{}\"\ntotal = \"{}\"\n\
             [control]\nallocation = \"{}\"\ntotal = \"{}\"\nperiod = \"{}\"\npace = \"{}\"\nband = \"{}\"\n",
            self.id,
            self.year,
            self.doc,
            yuan(total),
            limit(self.stops),
            limit(self.stops_in_total),
            if self.warns_by_period { "warn" } else { "none" },
            if self.ways.by_months { "months" } else { "days" },
            self.ways.band,
        );
        for line in &self.lines {
            let plan = line.plan.as_ref().map_or("\"even\"".to_owned(), |plan| {
                let months: Vec<String> =
                    plan.iter().map(|(month, fen)| format!("\"{month:02}\" = \"{}\"", yuan(*fen))).collect();
                format!("{{ {} }}", months.join(", "))
            });
            let (key, fund, economic) = (line.key, line.fund, &line.economic);
            write!(
                text,
                "[[allocation]]\nkey = \"{key}\"\nname = {:?}\namount = \"{}\"\nplan = {plan}\nfund = \"{fund}\"\n\
                 economic = {economic:?}\n",
                line.name,
                yuan(line.amount)
            )
            .unwrap();
        }
        text
    }
}
