//! A command line understood, or everything that is wrong with it before anyone looks at the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::command::{Command, Verb};
use super::last_year::LastYear;
use super::made_up::Made;
use super::model::Model;
use super::reading::{choice, day, economic, half_width, invoices, money, month, plan, planned, text};
use super::reasons::{Problem, Reason};

/// What was said, as it would stand in the ledger.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) verb: Verb,
    /// Columns and reasons by name; only those that were given.
    pub(super) texts: BTreeMap<&'static str, String>,
    pub(super) flags: BTreeSet<&'static str>,
    /// The allocation; of a transfer, the one that gives.
    pub(super) key: Option<String>,
    /// The allocation that takes.
    pub(super) to: Option<String>,
    /// In 分; negative for a cut.
    pub(super) amount: Option<i64>,
    /// What the listed months of a plan add up to.
    pub(super) plan_sum: Option<i64>,
    pub(super) parts: Vec<Part>,
    pub(super) month: usize,
    /// How an earlier row was named.
    pub(super) named: String,
    /// Lines of a table, by the option that speaks of them.
    pub(super) lines: BTreeMap<&'static str, Vec<RangeInclusive<usize>>>,
    /// What last year leaves, with what was said to be kept of it.
    pub(super) last: Option<Box<LastYear>>,
}

/// One part of a split bill.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) key: String,
    pub(super) amount: i64,
    pub(super) economic: Option<String>,
    /// What pays it, if that is not what pays the bill.
    pub(super) fund: Option<String>,
}

impl Said {
    /// A text that was given.
    pub(super) fn given(&self, name: &str) -> Option<&String> {
        self.texts.get(name)
    }

    /// A text as given, or nothing.
    pub(super) fn text(&self, name: &str) -> String {
        self.given(name).cloned().unwrap_or_default()
    }

    pub(super) fn says(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }

    /// Whether an option speaks of this line of a table.
    pub(super) fn speaks_of(&self, name: &str, line: usize) -> bool {
        self.lines.get(name).is_some_and(|stretches| stretches.iter().any(|stretch| stretch.contains(&line)))
    }

    pub(super) fn amount(&self) -> i64 {
        self.amount.unwrap_or_default()
    }

    pub(super) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }
}

/// What no command can do without, and what does not go together: said alone, before anything else.
fn grammar(command: &Command) -> Option<Problem> {
    let given = |name: &str| command.given.contains_key(name) || name == "split" && !command.splits.is_empty();
    let any = |names: &[&str]| names.iter().any(|name| given(name));
    let typed = command.verb.typed().0;
    let apart: &[(&str, &[&str])] = match typed {
        "record" => &[("split", &["allocation", "economic", "commitment"])],
        "adjust" => &[("add", &["cut", "undo"]), ("cut", &["undo"]), ("undo", &["allocation", "plan", "fund"])],
        _ => &[],
    };
    if apart.iter().any(|(one, others)| given(one) && any(others)) {
        return Some(Problem::new(Reason::Conflict));
    }
    let needed: &[&[&str]] = match typed {
        "record" => &[&["amount"], &["allocation", "commitment", "split"]],
        "commit" => &[&["amount"], &["allocation"]],
        "transfer" => &[&["from"], &["to"], &["amount"], &["doc"]],
        "adjust" => &[&["allocation", "undo"], &["add", "cut", "undo"], &["doc", "undo"]],
        "note" => &[&["row"], &["voucher", "payment", "invoice", "memo"]],
        "reverse" | "refund" | "correct" | "release" => &[&["row"]],
        "close" => &[&["month"]],
        "import" => &[&["file"]],
        "carry" => &[&["file"], &["doc"]],
        _ => &[],
    };
    let is_final = command.says("final") && !given("commitment");
    (is_final || !needed.iter().all(|names| any(names))).then(|| Problem::new(Reason::Missing))
}

/// Reads a command line, all problems at once.
pub(super) fn understood(command: &Command, model: &Model) -> Result<Said, Vec<Problem>> {
    if let Some(problem) = grammar(command) {
        return Err(vec![problem]);
    }
    let mut said = Said {
        verb: command.verb,
        texts: BTreeMap::new(),
        flags: command.flags.clone(),
        key: None,
        to: None,
        amount: None,
        plan_sum: None,
        parts: Vec::new(),
        month: 0,
        named: String::new(),
        lines: BTreeMap::new(),
        last: command.last.clone(),
    };
    let mut problems = Vec::new();
    for (name, typed) in &command.given {
        let found = said.read(name, typed, model);
        problems.extend(found.err().into_iter().flatten());
    }
    if let Some(last) = &mut said.last {
        problems.extend(command.splits.iter().filter_map(|typed| last.keep(typed)));
        problems.extend(last.check(&model.file));
        // The same year is carried once, so its end is the id.
        said.texts.entry("id").or_insert(format!("carry-{}", &last.hash[..16]));
    }
    for typed in command.splits.iter().filter(|_| command.last.is_none()) {
        match Part::read(typed, model) {
            Ok(part) => said.parts.push(part),
            Err(found) => problems.extend(found),
        }
    }
    // Two sides, or a sum, can only be judged when each of them is understood.
    if problems.is_empty() {
        let sum: i64 = said.parts.iter().map(|part| part.amount).sum();
        if said.verb == Verb::Split && sum != said.amount() {
            problems.push(Problem::new(Reason::SplitDoesNotFit).yuan(sum).yuan(said.amount()));
        }
        if said.verb == Verb::Transfer && said.key == said.to {
            problems.push(Problem::new(Reason::TransferToItself).with(said.key()));
        }
    }
    if problems.is_empty() { Ok(said) } else { Err(problems) }
}

impl Said {
    fn read(&mut self, name: &'static str, typed: &str, model: &Model) -> Result<(), Vec<Problem>> {
        let not = |reason| vec![Problem::new(reason).with(typed)];
        let kept = match name {
            "today" | "date" | "occurred" => day(typed).ok_or_else(|| not(Reason::BadDate))?,
            "allocation" | "from" => {
                self.key = Some(allocation(typed, model)?);
                return Ok(());
            }
            "to" => {
                self.to = Some(allocation(typed, model)?);
                return Ok(());
            }
            "amount" | "add" | "cut" => {
                let fen = money(typed).map_err(not)?;
                // How much is taken back is judged with what is left.
                if fen <= 0 && !matches!(self.verb, Verb::Reverse | Verb::Refund | Verb::Release) {
                    return Err(vec![Problem::new(Reason::NotPositive)]);
                }
                self.amount = Some(if name == "cut" { -fen } else { fen });
                return Ok(());
            }
            "plan" => {
                let months = plan(typed).map_err(not)?;
                // `add` and `cut` were read before it.
                let sign = self.amount().signum();
                self.plan_sum = months.as_ref().map(|months| sign * months.values().sum::<i64>());
                planned(&months, sign)
            }
            "row" | "undo" | "commitment" if typed.trim().is_empty() => {
                return Err(vec![Problem::new(Reason::EmptyName)]);
            }
            "row" | "undo" | "commitment" => {
                typed.clone_into(&mut self.named);
                return Ok(());
            }
            "month" => {
                self.month = month(typed).ok_or_else(|| not(Reason::BadMonth))?;
                return Ok(());
            }
            "file" => return Ok(()),
            "accept-double" | "invoice-part" => {
                self.lines.insert(name, lines(typed).ok_or_else(|| not(Reason::BadLines))?);
                return Ok(());
            }
            "map" => {
                typed.split_once('=').filter(|(field, _)| *field == "id").ok_or_else(|| not(Reason::BadMap))?.1.into()
            }
            "economic" => economic(typed).ok_or_else(|| not(Reason::BadEconomic))?,
            "invoice" => invoices(typed).map_err(|problem| vec![problem])?,
            "fund" | "method" => choice(typed),
            "doc"
                if typed.trim().is_empty()
                    && matches!(self.verb, Verb::Adjust | Verb::Undo | Verb::Transfer | Verb::Carry) =>
            {
                return Err(vec![Problem::new(Reason::DocNeeded)]);
            }
            _ => text(name, typed, self.says("allow-personal-data")).map_err(|problem| vec![problem])?,
        };
        self.texts.insert(name, kept);
        Ok(())
    }
}

/// Lines by number, one by one or from one to another.
fn lines(typed: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let stretch = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to).then_some(from..=to)
    };
    half_width(typed).split([',', ';']).map(stretch).collect()
}

impl Part {
    fn read(typed: &str, model: &Model) -> Result<Self, Vec<Problem>> {
        let bad = || vec![Problem::new(Reason::BadSplit)];
        let (name, rest) = typed.rsplit_once('=').ok_or_else(bad)?;
        let (amount, words) = rest.split_once(':').map_or((rest, None), |(amount, words)| (amount, Some(words)));
        let amount = money(amount).ok().filter(|fen| *fen > 0).ok_or_else(bad)?;
        let words: Vec<&str> = words.map(|words| words.split(':').collect()).unwrap_or_default();
        let is_fund = |word: &&str| ["current", "carried", "other"].contains(&choice(word).as_str());
        let (funds, codes): (Vec<&str>, Vec<&str>) = words.into_iter().partition(is_fund);
        if codes.len() > 1 || funds.len() > 1 {
            return Err(bad());
        }
        let code = codes.first().map(|code| economic(code).ok_or_else(bad)).transpose()?;
        let fund = funds.first().map(|word| choice(word));
        Ok(Self { key: allocation(name, model)?, amount, economic: code, fund })
    }
}

/// The key of the one allocation that a text names.
pub(super) fn in_file(typed: &str, file: &Made) -> Result<String, Reason> {
    let names: Vec<(&str, &str)> = file.lines.iter().map(|line| (line.key, line.name.as_str())).collect();
    in_list(typed, &names).map(|place| file.lines[place].key.to_owned())
}

/// The place of the one allocation that a text names: by key, number, name, or a part of the name that only one has.
pub(super) fn in_list(typed: &str, names: &[(&str, &str)]) -> Result<usize, Reason> {
    let typed = typed.trim();
    let by_key = names.iter().position(|(key, _)| *key == typed);
    let by_number =
        || typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|at| *at < names.len());
    let by_name = || names.iter().position(|(_, name)| *name == typed);
    if let Some(place) = by_key.or_else(by_number).or_else(by_name) {
        return Ok(place);
    }
    let parts = (0..names.len()).filter(|place| !typed.is_empty() && names[*place].1.contains(typed));
    match parts.collect::<Vec<_>>()[..] {
        [place] => Ok(place),
        [] => Err(Reason::UnknownAllocation),
        _ => Err(Reason::SeveralAllocations),
    }
}

/// The same; what the file doesn't know may be what the ledger was opened with, and then what is wrong is the file.
fn allocation(typed: &str, model: &Model) -> Result<String, Vec<Problem>> {
    in_file(typed, &model.file).map_err(|reason| {
        let disagreements = model.disagreements();
        if disagreements.is_empty() { vec![Problem::new(reason).with(typed.trim())] } else { disagreements }
    })
}
