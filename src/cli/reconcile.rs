//! `reconcile` (对账): the ledger's spending against a bank's or the treasury's statement. A script asks by the exit code
//! whether they agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::{ArgAction, ArgMatches, Command};

use super::asked::Asked;
use super::desk::Desk;
use super::standing;
use super::{Verb, books, choices, detect, options, typed, undecided};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::matching::{Cutoff, Manner, Names, Together, Told, cut_off, is_one_payee, matched};
use crate::domain::statement::{Column, LeftOut, Profile};
use crate::lang::Help;
use crate::problem::{BillFault, Exit, Failure, Problem, ProblemKind, Unsaid, Usage};
use crate::render::Format;
use crate::render::reconciliation::{Listed, reconciliation as sheet};
use crate::reports::reconciliation::{Sides, StatementLine, reconciliation};
use crate::store::decisions_file::{self, Decision, Signs};
use crate::store::statement_file::{self, Movement};
use crate::store::statement_profile;

pub(super) const VERB: Verb = Verb { name: "reconcile", aliases: &["对账"], about: Help::Reconcile, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let file = options::positional("statement", "STATEMENT", Help::ReconcileStatement, language);
    command
        .arg(file.required_unless_present("detect").value_parser(clap::value_parser!(PathBuf)))
        .arg(option("sheet", "NAME", Help::ImportSheet))
        .arg(option("map", "COLUMN=HEADING", Help::ReconcileMap).action(ArgAction::Append))
        .arg(option("profile", "FILE", Help::ReconcileProfile).value_parser(clap::value_parser!(PathBuf)))
        .arg(
            option("detect", "FILE", Help::ReconcileDetect)
                .value_parser(clap::value_parser!(PathBuf))
                .conflicts_with_all(["statement", "window", "accept", "undecided", "matched", "as-of", "rows"]),
        )
        .arg(option("window", "DAYS", Help::ReconcileWindow))
        .arg(option("accept", "FILE", Help::ReconcileAccept).value_parser(clap::value_parser!(PathBuf)))
        .arg(option("undecided", "FILE", Help::ReconcileUndecided).value_parser(clap::value_parser!(PathBuf)))
        .arg(options::flag("matched", Help::ReconcileMatched, language))
        .arg(option("as-of", "DATE", Help::OptAsOf))
        .arg(option("rows", "COUNT", Help::OptRows))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let mapped = mapped(matches, &mut problems);
    let mut manner = Manner::default();
    if let Some(days) = matches.get_one::<String>("window") {
        match typed::in_half_width(days).parse() {
            Ok(window) => manner.window = window,
            Err(_) => problems.push(Usage::BadWindow { value: days.clone() }.into()),
        }
    }
    Failure::unless_none(problems)?;
    let named = matches.get_one::<String>("sheet").map(String::as_str);
    let [detected, statement, decided, profile, list] = ["detect", "statement", "accept", "profile", "undecided"]
        .map(|name| matches.get_one::<PathBuf>(name).map(PathBuf::as_path));
    let read: Vec<&Path> = [detected, statement, decided, profile].into_iter().flatten().collect();
    let said = match profile {
        None => None,
        Some(path) => Some(statement_profile::read(desk.world.files, path)?),
    };
    if let Some(path) = detected {
        desk.keep_off(&read)?;
        return detect::detect(desk, path, named, &with_typed(said.unwrap_or_default(), mapped)?);
    }
    let books = books::open(desk)?;
    desk.keep_off(&read)?;
    list.map_or(Ok(()), |list| undecided::keep_off(desk, list, &books, &read))?;
    let path = statement.expect("clap requires it without --detect");
    let profile = with_typed(said.unwrap_or_else(|| books.budget.statement.clone()), mapped)?;
    let statement = statement_file::read(desk.world.files, path, named, &profile).map_err(Failure)?;
    if let Some(turn) = statement.against_balance {
        desk.complain(&[Problem::warning(ProblemKind::Bill(BillFault::AgainstBalance { turn }))]);
    }
    let mut names = Names::default();
    let lines: Vec<StatementLine> =
        statement.movements.into_iter().map(|movement| line(movement, &mut names)).collect();
    let mut standing = standing::read(desk, &books, &Asked::of_the_whole_project(matches, false)?.with_payments())?;
    let (mut paid, later, _) = standing.payments.take().expect("they were asked for").netted();
    let as_of = standing.stamp.as_of;
    let cutoff = Cutoff {
        rows: later.iter().map(|paid| paid.seq).collect(),
        lines: lines.iter().filter(|line| line.told.date > as_of).map(|line| line.told.line).collect(),
    };
    paid.extend(later);
    paid.sort_by_key(|paid| paid.seq);
    let sides = Sides::new(paid, lines);
    let decisions = decided.map_or(Ok(Vec::new()), |path| decisions_file::read(desk.world.files, path));
    let decisions = decisions.map_err(Failure)?;
    let reasons = take(&decisions, &sides, &mut manner)?;
    let matching = matched(&sides.paid, sides.lines.iter().map(|line| &line.told), &manner);
    Failure::unless_none(in_vain(&decisions, &matching.stale))?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let left_out = statement.left_out.into_iter().filter(|(_, why)| *why != LeftOut::Headings);
    let left_out = left_out.map(|(line, why)| (line as u64, why)).collect();
    let (matching, later) = cut_off(matching, &cutoff);
    let (sides, later) = sides.cut_off(&cutoff, &later);
    let report = reconciliation(standing.stamp.clone(), file, Rc::new(sides), matching, &reasons, later, left_out);
    list.map_or(Ok(()), |list| undecided::write(desk, list, &decisions, &report))?;
    // A screen shows what needs a look; a file is whole.
    let whole = matches.get_flag("matched") || desk.format != Format::Table;
    let listed = Listed { whole, items: !desk.format.is_for_people() };
    let exit = standing::answer(desk, &standing, &sheet(&report, desk.language, listed))?;
    Ok(if exit == Exit::Done && !report.agrees() { Exit::No } else { exit })
}

/// Takes in what a person has decided, each checked by its sum, day and name, and answers with the reasons.
fn take(decisions: &[Decision], sides: &Sides, manner: &mut Manner) -> Result<BTreeMap<Together, String>, Failure> {
    let mut problems = Vec::new();
    for decision in decisions {
        let ledger: Amount = sides.rows_of(&decision.items).map(|paid| paid.amount).sum();
        let statement: Amount = sides.lines_of(&decision.items).map(|line| line.told.amount).sum();
        let mut say = |fault| problems.push(Problem::from(fault).at(decision.place.clone()));
        if let Some(fault) = changed(decision, sides, ledger, statement) {
            say(fault);
        }
        let says_nothing = !decision.reason.contains(char::is_alphanumeric);
        if let Some(why) = needs_reason(decision, sides, ledger != statement).filter(|_| says_nothing) {
            say(BillFault::ReasonNeeded { why });
        }
        let list = if decision.is_pair() { &mut manner.accepted } else { &mut manner.known };
        list.push(decision.items.clone());
    }
    Failure::unless_none(problems)?;
    Ok(decisions.iter().map(|decision| (decision.items.clone(), decision.reason.clone())).collect())
}

/// Why a decision is not about what stands there now, whose two sides come to this.
fn changed(decision: &Decision, sides: &Sides, ledger: Amount, statement: Amount) -> Option<BillFault> {
    let items = &decision.items;
    if (sides.rows_of(items).count(), sides.lines_of(items).count()) != (items.seqs.len(), items.lines.len()) {
        return Some(BillFault::DecidedInVain);
    }
    let found = if items.lines.is_empty() { ledger } else { statement };
    if found != decision.amount {
        return Some(BillFault::DecidedOtherwise { decided: decision.amount, found });
    }
    let found = signs(sides, items);
    if !decision.signs.fit(&found) {
        return Some(BillFault::DecidedOfAnother { decided: decision.signs.to_string(), found: found.to_string() });
    }
    match decision.ledger.filter(|_| decision.is_pair()) {
        Some(decided) => (decided != ledger).then_some(BillFault::DecidedOtherwise { decided, found: ledger }),
        None => (decision.is_pair() && ledger != statement).then_some(BillFault::LedgerAmountNeeded { found: ledger }),
    }
}

/// When and with whom, by the lines or, where there are none, by the rows.
pub(super) fn signs(sides: &Sides, items: &Together) -> Signs {
    let rows = sides.rows_of(items).map(|paid| (paid.date, &*paid.payee)).filter(|_| items.lines.is_empty());
    Signs::of(sides.lines_of(items).map(|line| (line.told.date, &*line.told.payee)).chain(rows))
}

/// What a decision needs a reason for, if for anything: what is a pair at sight needs none.
fn needs_reason(decision: &Decision, sides: &Sides, differ: bool) -> Option<Unsaid> {
    let Together { seqs, lines } = &decision.items;
    let mut payees = sides.rows_of(&decision.items).map(|paid| &paid.payee);
    let of_one = |paid: &str| sides.lines_of(&decision.items).all(|line| is_one_payee(paid, &line.told.payee));
    match (seqs.len(), lines.len()) {
        _ if differ => Some(Unsaid::Difference),
        (2.., 2..) => Some(Unsaid::Several),
        (1, 1) if !payees.all(|payee| of_one(payee)) => Some(Unsaid::OtherPayee),
        _ => None,
    }
}

/// The decisions that could not be taken.
fn in_vain(decisions: &[Decision], stale: &[Together]) -> Vec<Problem> {
    let stale: BTreeSet<&Together> = stale.iter().collect();
    let is_stale = |decision: &&Decision| stale.contains(&decision.items);
    let problem = |decision: &Decision| Problem::from(BillFault::DecidedInVain).at(decision.place.clone());
    decisions.iter().filter(is_stale).map(problem).collect()
}

fn line(movement: Movement, names: &mut Names) -> StatementLine {
    let Movement { line, date, amount, payee, payment, memo } = movement;
    let told = Told { line: line as u64, date, amount, payee: names.of(&payee), payment };
    StatementLine { told, memo: names.of(&memo) }
}

/// What was typed counts before what a profile says; counted columns have no headings that could be named.
fn with_typed(profile: Profile, mapped: Vec<(Column, String)>) -> Result<Profile, Failure> {
    if profile.is_by_place() && !mapped.is_empty() {
        return Err(Usage::MapWithPlaces.into());
    }
    Ok(profile.with_headings(mapped))
}

/// `COLUMN=HEADING`, as often as it is typed.
fn mapped(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Vec<(Column, String)> {
    let mut mapped = Vec::new();
    for text in matches.get_many::<String>("map").into_iter().flatten() {
        let said = text.split_once(['=', '＝']).and_then(|(column, heading)| {
            let (column, heading) = (column.trim(), heading.trim());
            let key = choices::COLUMNS.iter().find(|(_, twin)| *twin == column).map_or(column, |(key, _)| key);
            Some((Column::from_key(key)?, heading.to_owned())).filter(|_| !heading.is_empty())
        });
        match said {
            Some(said) => mapped.push(said),
            None => {
                let fields = Column::ALL.map(|column| choices::column_with_twin(column.key())).to_vec();
                problems.push(Usage::BadMap { value: text.clone(), fields }.into());
            }
        }
    }
    mapped
}
