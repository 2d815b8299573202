//! `adjust` (追加, 追减): a dated change of one allocation's budget, with its approval.

use clap::{ArgGroup, ArgMatches, Command};

use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::opening;
use crate::domain::plan::Plan;
use crate::domain::rules::{Refusal, check_cut, check_memo};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::reports::receipt::Act;

pub(super) const VERB: Verb =
    Verb { name: "adjust", aliases: &["追加", "追减", "调整"], about: Help::Adjust, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let command = command
        .arg(option("allocation", "ALLOC", Help::RecordAllocation).short('a').required(true))
        .arg(option("add", "N", Help::AdjustAdd).allow_hyphen_values(true))
        .arg(option("cut", "N", Help::AdjustCut).allow_hyphen_values(true))
        .group(ArgGroup::new("change").args(["add", "cut"]).required(true))
        .arg(option("plan", "PLAN", Help::AdjustPlan))
        .arg(option("allow-over", "WHY", Help::AdjustAllowOver).allow_hyphen_values(true));
    options::writing(command, language).mut_arg("doc", |doc| doc.required(true))
}

/// What was typed, checked as far as it can be without the ledger.
struct Change {
    key: String,
    /// Negative for a cut.
    amount: Amount,
    /// `None` when nothing was said; then the change spreads evenly from its month on.
    plan: Option<Plan>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let added = typed::positive(matches, "add", &mut problems);
    let cut = typed::positive(matches, "cut", &mut problems);
    let plan = typed::plan(matches, &mut problems);
    let allow_over = options::reason(matches, "allow-over", &mut problems);
    let books = books::open(desk)?;
    let key = allocations::typed(&books, matches, "allocation", &mut problems)?;
    Failure::unless_none(problems)?;
    let plan = if cut.is_some() { plan.map(Plan::negated) } else { plan };
    let amount = added.or(cut.map(|cut| -cut)).unwrap_or_default();
    let change = Change { key, amount, plan, allow_over };
    let wish = Wish {
        act: Act::Adjustment,
        claim: change.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()),
        named: None,
        rows: &|found| change.rows(&writing, &books.budget, found),
    };
    writing::write(desk, &books, wish)
}

impl Change {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Adjustment, writing);
        claim.text("allocation", Some(&self.key));
        claim.amount(Some(self.amount));
        claim.text("plan", self.plan.as_ref().map(ToString::to_string).as_ref());
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
        let allow_over = self.allow_over.as_ref().filter(|_| too_deep.is_some());
        let memo = reasoned(writing.memo.as_deref().unwrap_or_default(), allow_over, found.clock_ok);
        refusals.extend(too_deep.filter(|_| allow_over.is_none()).into_iter().chain(check_memo(&memo)));
        let mut rows = newly_funded(&self.key, budget, found);
        rows.push(Particulars {
            occurred: writing.occurred,
            allocation: self.key.clone(),
            fund: fund(&self.key, budget, found.ledger),
            amount: self.amount,
            plan: plan.to_string(),
            memo,
            doc: writing.doc.clone().unwrap_or_default(),
            ..Particulars::new(Kind::Adjustment, found.date)
        });
        if refusals.is_empty() { Ok((rows, Vec::new())) } else { Err(refusals) }
    }
}

/// The 0.00 `budget` row of an allocation that was added to the file after the opening; its first change brings it in.
pub(super) fn newly_funded(key: &str, budget: &Budget, found: &Found<'_>) -> Vec<Particulars<String>> {
    if found.ledger.name(key).is_some() {
        return Vec::new();
    }
    let opening = opening::rows(budget).into_iter().filter(|row| row.allocation == key);
    opening.map(|row| Particulars { date: Some(found.date), ..row }).collect()
}

/// The fund a change belongs to: the one the allocation was opened with, or that its file names.
pub(super) fn fund(key: &str, budget: &Budget, ledger: &Ledger) -> Option<Fund> {
    let opened = ledger.opened.iter().find(|opened| opened.key == key).map(|opened| opened.fund);
    opened.unwrap_or_else(|| budget.allocation(key).map(|allocation| allocation.fund))
}
