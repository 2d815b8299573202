//! `adjust` (追加, 追减): a dated change of one allocation's budget, with its approval.

use clap::{ArgGroup, ArgMatches, Command};

use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices, typed, undo};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::limits::check_fund_cut;
use crate::domain::opening;
use crate::domain::plan::Plan;
use crate::domain::rules::{Refusal, check_cut, check_memo, the_fund};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) const VERB: Verb =
    Verb { name: "adjust", aliases: &["追加", "追减", "调整"], about: Help::Adjust, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let command = command
        .arg(option("allocation", "ALLOC", Help::RecordAllocation).short('a').required_unless_present("undo"))
        .arg(option("add", "N", Help::AdjustAdd).allow_hyphen_values(true))
        .arg(option("cut", "N", Help::AdjustCut).allow_hyphen_values(true))
        .arg(option("undo", "ROW", Help::AdjustUndo).conflicts_with_all(["allocation", "plan", "fund"]))
        .group(ArgGroup::new("change").args(["add", "cut", "undo"]).required(true))
        .arg(option("plan", "PLAN", Help::AdjustPlan))
        .arg(option("fund", "FUND", Help::AdjustFund).value_parser(choices::in_words(&choices::FUNDS)))
        .arg(option("allow-over", "WHY", Help::AdjustAllowOver).allow_hyphen_values(true));
    options::writing(command, language).mut_arg("doc", |doc| doc.required_unless_present("undo"))
}

/// What was typed, checked as far as it can be without the ledger.
struct Change {
    key: String,
    /// Negative for a cut.
    amount: Amount,
    /// `None` when nothing was said; then the change spreads evenly from its month on.
    plan: Option<Plan>,
    fund: Option<Fund>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.contains_id("undo") {
        return undo::run(desk, matches);
    }
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    writing.check_doc(&mut problems);
    let added = typed::positive(matches, "add", &mut problems);
    let cut = typed::positive(matches, "cut", &mut problems);
    let plan = typed::plan(matches, &mut problems);
    let allow_over = options::reason(matches, "allow-over", &mut problems);
    let books = books::open(desk)?;
    let key = allocations::typed(&books, matches, "allocation", &mut problems)?;
    Failure::unless_none(problems)?;
    let plan = if cut.is_some() { plan.map(Plan::negated) } else { plan };
    let amount = added.or(cut.map(|cut| -cut)).unwrap_or_default();
    let fund = choices::chosen(matches, "fund", &choices::FUNDS).and_then(Fund::from_key);
    let change = Change { key, amount, plan, fund, allow_over };
    let wish = Wish {
        act: Act::Adjustment,
        claim: change.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()),
        named: None,
        rows: &|found| change.rows(&writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Change {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Adjustment, writing);
        claim.text("allocation", Some(&self.key));
        claim.amount(Some(self.amount));
        claim.text("plan", self.plan.as_ref().map(ToString::to_string).as_ref());
        claim.text("fund", self.fund.map(|fund| fund.key().to_owned()).as_ref());
        // At most the opening of a fund stands before it.
        claim.of_no_money_before(1);
        claim
    }

    fn rows(&self, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let mut refusals = Vec::new();
        let plan = self.plan.clone().unwrap_or(Plan::Even);
        if let Some(planned) = plan.sum().filter(|planned| *planned != self.amount) {
            refusals.push(Refusal::PlanDoesNotFit { plan: planned, amount: self.amount });
        }
        let name = allocations::name(&self.key, budget, found.ledger);
        let too_deep = check_cut(&self.key, name, self.amount, found.whole);
        let fund = self.fund.or_else(|| match self.amount.is_negative() {
            true => fund_to_cut(&self.key, budget, found),
            false => fund(&self.key, budget, found.ledger),
        });
        let mut change = Particulars {
            occurred: writing.occurred,
            allocation: self.key.clone(),
            fund,
            amount: self.amount,
            plan: plan.to_string(),
            doc: writing.doc.clone().unwrap_or_default(),
            ..Particulars::new(Kind::Adjustment, found.date)
        };
        let beyond_fund = check_fund_cut(&change, name, found.whole);
        let allow_over = self.allow_over.as_ref().filter(|_| too_deep.is_some() || beyond_fund.is_some());
        change.memo = reasoned(writing.memo.as_deref().unwrap_or_default(), allow_over, found.clock_ok);
        refusals.extend(too_deep.filter(|_| allow_over.is_none()).into_iter().chain(check_memo(&change.memo)));
        let mut rows = newly_funded(&self.key, fund, budget, found);
        rows.push(change);
        if refusals.is_empty() { Ok((rows, beyond_fund.into_iter().collect())) } else { Err(refusals) }
    }
}

/// The 0.00 `budget` rows that a change needs before it: of an allocation that was added to the file after the opening,
/// and of a fund that the allocation did not hold so far.
pub(super) fn newly_funded(
    key: &str,
    fund: Option<Fund>,
    budget: &Budget,
    found: &Found<'_>,
) -> Vec<Particulars<String>> {
    let held: Vec<Option<Fund>> =
        found.ledger.opened.iter().filter(|opened| opened.key == key).map(|opened| opened.fund).collect();
    let Some(opening) = opening::rows(budget).into_iter().find(|row| row.allocation == key) else { return Vec::new() };
    let row = |fund| Particulars {
        date: Some(found.date),
        fund,
        amount: Amount::ZERO,
        plan: Plan::Even.to_string(),
        ..opening.clone()
    };
    let first = opening.fund;
    let own = Some(Particulars { plan: opening.plan.clone(), ..row(first) }).filter(|_| held.is_empty());
    let other = Some(row(fund)).filter(|_| fund != first && !held.contains(&fund));
    own.into_iter().chain(other).collect()
}

/// The fund that is cut when none is named: the one a change belongs to, or if there is nothing of that the only one there is.
pub(super) fn fund_to_cut(key: &str, budget: &Budget, found: &Found<'_>) -> Option<Fund> {
    let own = fund(key, budget, found.ledger);
    let others = || the_fund(None, key, found.ledger, found.whole).ok().flatten();
    own.filter(|own| found.whole.is_in_use(key, *own)).or_else(others).or(own)
}

/// The fund a change belongs to: the one the allocation was opened with, or that its file names.
pub(super) fn fund(key: &str, budget: &Budget, ledger: &Ledger) -> Option<Fund> {
    let opened = ledger.opened.iter().find(|opened| opened.key == key).map(|opened| opened.fund);
    opened.unwrap_or_else(|| budget.allocation(key).map(|allocation| allocation.fund))
}
