//! `carry` (结转): last year's kept money and open commitments, into this year's opened ledger, in one batch.

use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command};

use super::adjust::{fund, newly_funded};
use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Stamping, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::calendar::{FiscalYear, Pace};
use crate::domain::carrying::LastYear;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::limits::check_spending;
use crate::domain::position::Positions;
use crate::domain::promises::Promises;
use crate::domain::rules::{Refusal, Remark, check_in_ledger, check_memo};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure, LedgerFault, Problem, Usage};
use crate::render::sheets;
use crate::reports::balance::Named;
use crate::reports::carrying::carrying;
use crate::reports::receipt::Act;
use crate::store::budget_file;
use crate::store::files::folder_of;
use crate::store::ledger_file::LedgerFile;
use crate::store::pass::Visitor;

pub(super) const VERB: Verb = Verb { name: "carry", aliases: &["结转"], about: Help::Carry, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let file = options::positional("file", "FILE", Help::CarryFile, language).required(true);
    let command = command
        .arg(file.value_parser(clap::value_parser!(PathBuf)))
        .arg(options::option("keep", "ALLOC=N|ALLOC=all", Help::CarryKeep, language).action(ArgAction::Append))
        .arg(options::option("allow-over", "WHY", Help::RecordAllowOver, language).allow_hyphen_values(true));
    options::writing(command, language)
        .mut_arg("doc", |doc| doc.required(true))
        .mut_arg("occurred", |arg| arg.hide(true))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    writing.check_doc(&mut problems);
    let allow_over = options::reason(matches, "allow-over", &mut problems);
    let books = books::open(desk)?;
    let path = matches.get_one::<PathBuf>("file").expect("clap requires it");
    let mut last = last_year(desk, path)?;
    for text in matches.get_many::<String>("keep").into_iter().flatten() {
        keep(&mut last, text, &mut problems);
    }
    problems.extend(last.check(books.budget.year).into_iter().map(Problem::from));
    problems.extend(unknown(&last, &books.budget).map(Problem::from));
    Failure::unless_none(problems)?;
    let writing =
        Writing { stamping: Stamping { id: Some(id(&writing.stamping, &last)), ..writing.stamping }, ..writing };
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let planned = last.rows(books.budget.year.first_day(), &said(&writing.doc), &said(&writing.memo));
    let wish = Wish {
        act: Act::Carrying,
        claim: claim(&planned, &writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()).and_carried(&last.mark()),
        named: None,
        rows: &|found| rows(&last, &writing, allow_over.as_ref(), &books.budget, found),
        answer: &|receipt, language| sheets::carrying(&carrying(&last, receipt.clone()), language),
    };
    writing::write(desk, &books, wish)
}

/// Reads last year's ledger, named by itself or by its budget file.
fn last_year(desk: &Desk<'_>, typed: &Path) -> Result<LastYear, Failure> {
    let files = desk.world.files;
    let is_budget = typed.extension().is_some_and(|ending| ending == "toml");
    let path = if is_budget {
        let budget = budget_file::read(files, typed).map_err(|unreadable| unreadable.failure)?.budget;
        match budget.ledger.as_str() {
            "" => typed.with_extension("csv"),
            name => folder_of(typed).join(name),
        }
    } else {
        typed.to_owned()
    };
    desk.keep_off(&[typed, &path])?;
    let ledger = LedgerFile::new(files, &path);
    // The year is in the ledger; until its first row is read, its end can't be known, so all rows count.
    let year = FiscalYear::new(9998).expect("a year far away");
    let end = year.last_day();
    let fresh = || Ending { positions: Positions::new(end, year, Pace::Days), promises: Promises::new(end) };
    let reading = ledger.read(fresh)?;
    if let Some(damage) = reading.pass.damage {
        return Err(damage.problem.into());
    }
    let Ending { positions, promises } = reading.visitor;
    LastYear::of(&reading.pass.ledger, &positions, &promises).ok_or_else(|| LedgerFault::Empty.into())
}

/// Takes in `ALLOC=N` or `ALLOC=all`.
fn keep(last: &mut LastYear, text: &str, problems: &mut Vec<Problem>) {
    let names: Vec<Named> = (1..)
        .zip(&last.lines)
        .map(|(number, line)| Named { number, key: line.key.clone(), name: line.name.clone() })
        .collect();
    let Some((name, sum)) = text.rsplit_once(['=', '＝']) else {
        problems.push(Usage::BadKeep { value: text.to_owned() }.into());
        return;
    };
    let named = match allocations::find(&names, name) {
        Ok(named) => named,
        Err(usage) => return problems.push(usage.into()),
    };
    let line = &mut last.lines[named.number - 1];
    match sum.trim() {
        sum if choices::ALL_OF_IT.contains(&sum) => line.kept = line.left.max(Amount::ZERO),
        sum => match Amount::typed(sum).ok().filter(|amount| !amount.is_negative()) {
            Some(amount) => line.kept = amount,
            None => problems.push(Usage::BadKeep { value: text.to_owned() }.into()),
        },
    }
}

/// The allocations that something is carried for and that this year's file doesn't have.
fn unknown<'l>(last: &'l LastYear, budget: &'l Budget) -> impl Iterator<Item = Refusal> + 'l {
    let carried = last.lines.iter().filter(|line| line.kept.is_positive() || !line.committed.is_zero());
    let missing = carried.filter(|line| budget.allocation(&line.key).is_none());
    missing.map(|line| Refusal::NotInBudget { key: line.key.clone(), name: line.name.clone() })
}

/// The caller's id, or one made from last year's end, so that the same carry is made once.
fn id(stamping: &Stamping, last: &LastYear) -> String {
    stamping.id.clone().unwrap_or_else(|| format!("carry-{}", &last.digest.to_string()[..16]))
}

/// What each row says, counted from the last, for the rows that may have to stand before them are not known yet.
fn claim(planned: &[Particulars<String>], writing: &Writing) -> Claim {
    let kind = planned.last().map_or(Kind::Adjustment, |row| row.kind);
    let mut claim = Claim::of(kind);
    for (place, row) in planned.iter().rev().enumerate() {
        claim.of_row_from_end(place, "kind", row.kind.key().to_owned());
        claim.of_row_from_end(place, "allocation", row.allocation.clone());
        claim.of_row_from_end(place, "amount", row.amount.to_string());
        claim.of_row_from_end(place, "doc", row.doc.clone());
        if writing.memo.is_some() && row.kind == Kind::Adjustment {
            claim.of_row_from_end(place, "memo", row.memo.clone());
        }
        if let Some(date) = writing.date {
            claim.of_row_from_end(place, "date", date.to_string());
        }
    }
    // What was kept then and is not kept now makes it another carry.
    claim.of_no_money_before(planned.len());
    claim
}

fn rows(
    last: &LastYear,
    writing: &Writing,
    allow_over: Option<&String>,
    budget: &Budget,
    found: &Found<'_>,
) -> Verdict {
    if let Some(row) = found.search.carried {
        return Err(vec![Refusal::AlreadyCarried { id: last.id.clone(), row }]);
    }
    let planned =
        last.rows(found.date, writing.doc.as_deref().unwrap_or_default(), writing.memo.as_deref().unwrap_or_default());
    let (mut refusals, mut remarks) = (Vec::new(), Vec::new());
    let mut whole = found.whole.clone();
    let mut rows = Vec::new();
    for row in planned.iter().filter(|row| row.kind == Kind::Adjustment) {
        rows.extend(newly_funded(&row.allocation, Some(Fund::Carried), budget, found));
    }
    for mut row in planned {
        if row.kind == Kind::Commitment {
            let allocation = budget.allocation(&row.allocation).filter(|_| row.fund.is_none());
            refusals.extend(allocation.and_then(|allocation| check_in_ledger(allocation, found.ledger)));
            if row.fund.is_none() {
                row.fund = fund(&row.allocation, budget, found.ledger);
            }
            let name = allocations::name(&row.allocation, budget, found.ledger);
            let limits = check_spending(&row, name, &whole, found.to_date, &budget.control, allow_over.is_some());
            refusals.extend(limits.refusals);
            let over = limits.remarks.into_iter().filter(|remark| !matches!(remark, Remark::AheadOfPlan { .. }));
            let before = remarks.len();
            remarks.extend(over);
            let reason = allow_over.filter(|_| remarks.len() > before);
            row.memo = reasoned(&row.memo, reason, found.clock_ok);
        } else {
            row.memo = reasoned(&row.memo, None, found.clock_ok);
        }
        refusals.extend(check_memo(&row.memo));
        whole.add(&row);
        rows.push(row);
    }
    if refusals.is_empty() { Ok((rows, remarks)) } else { Err(refusals) }
}

/// How a year ended.
struct Ending {
    positions: Positions,
    promises: Promises,
}

impl Visitor for Ending {
    fn row(&mut self, entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        self.positions.take(entry);
        self.promises.take(entry);
        Ok(())
    }
}
