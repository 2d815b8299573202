//! `adjust --undo`: a wrong adjustment, or both sides of a wrong transfer, taken back by its opposite. Both stay in the
//! ledger; the budget is as if neither had been.

use clap::ArgMatches;

use super::claim::{Claim, plain_memo, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{allocations, books};
use crate::domain::budget::Budget;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::limits::check_fund_cut;
use crate::domain::plan::Plan;
use crate::domain::rules::{Refusal, check_cut, check_memo, check_not_before, the_row};
use crate::domain::search::{Reference, Search, Spending, named_seq};
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

struct Undo {
    named: String,
    allow_over: Option<String>,
}

pub(super) fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    writing.check_doc(&mut problems);
    let named = matches.get_one::<String>("undo").cloned().unwrap_or_default();
    if named.trim().is_empty() {
        problems.push(Refusal::EmptyName.into());
    }
    let undo = Undo { named, allow_over: options::reason(matches, "allow-over", &mut problems) };
    let books = books::open(desk)?;
    Failure::unless_none(problems)?;
    let wish = Wish {
        act: Act::Undoing,
        claim: Claim::new(Kind::Adjustment, &writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()).and_row(Reference::typed(&undo.named, Kind::Adjustment)),
        named: Some(&undo.named),
        rows: &|found| undo.rows(&writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Undo {
    fn rows(&self, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let one = |refusal| vec![refusal];
        let (changes, rows) = (changes(&found.search.referred, &self.named), found.ledger.rows);
        let wrong = the_row(&changes, &self.named, rows, Some(Kind::Adjustment)).map_err(one)?;
        let row = wrong.entry.seq;
        if wrong.entry.what.refers_to.is_some() {
            return Err(vec![Refusal::AlreadyOpposite { row }]);
        }
        if wrong.left.is_zero() {
            return Err(vec![Refusal::NothingLeft { row }]);
        }
        let mut refusals: Vec<Refusal> = check_not_before(found.date, wrong).into_iter().collect();
        let sides = other_side(wrong).into_iter().chain([&wrong.entry]);
        let mut opposites: Vec<Particulars<String>> = sides.map(|side| opposite(side, writing, found)).collect();
        // What the opposite gives back stands before what it takes away.
        opposites.sort_by_key(|row| row.amount.is_negative());
        let mut whole = found.whole.clone();
        let (mut passed, mut remarks) = (false, Vec::new());
        for row in &opposites {
            let name = allocations::name(&row.allocation, budget, found.ledger);
            if let Some(too_deep) = check_cut(&row.allocation, name, row.amount, &whole) {
                passed = true;
                refusals.extend(Some(too_deep).filter(|_| self.allow_over.is_none()));
            }
            let beyond_fund = check_fund_cut(row, name, &whole);
            passed |= beyond_fund.is_some();
            remarks.extend(beyond_fund);
            whole.add(row);
        }
        let allow_over = self.allow_over.as_ref().filter(|_| passed);
        for row in &mut opposites {
            row.memo = reasoned(&row.memo, allow_over, found.clock_ok);
            refusals.extend(check_memo(&row.memo));
        }
        if refusals.is_empty() { Ok((opposites, remarks)) } else { Err(refusals) }
    }
}

/// The rows that may be meant. One document stands on both sides of a transfer, and on what took a change back: it means the
/// change, once, and rather one that still stands. A row that is named by its own number is meant whatever it is.
fn changes(referred: &[Spending], named: &str) -> Vec<Spending> {
    let is_by_seq = |spending: &Spending| named_seq(named) == Some(spending.entry.seq);
    let mut changes: Vec<Spending> = Vec::new();
    for spending in referred.iter().filter(|one| is_by_seq(one) || one.entry.what.refers_to.is_none()) {
        let is_second = changes.iter().filter_map(other_side).any(|side| side.seq == spending.entry.seq);
        changes.extend((!is_second).then(|| spending.clone()));
    }
    let is_firm =
        |change: &Spending| change.entry.what.kind == Kind::Adjustment && (is_by_seq(change) || !change.left.is_zero());
    if changes.iter().any(is_firm) {
        changes.retain(|change| is_firm(change) || is_by_seq(change));
    } else if !changes.iter().any(is_by_seq) {
        // Where none stands any more, or the document is on nothing but what took changes back, any of them tells as much.
        return changes.first().or(referred.first()).cloned().into_iter().collect();
    }
    changes
}

/// The other half of a transfer: the neighbour it stands or falls with that nets it to zero.
fn other_side(wrong: &Spending) -> Option<&Entry<String>> {
    let amount = wrong.entry.what.amount;
    let nets = |mate: &&Entry<String>| mate.what.kind == Kind::Adjustment && mate.what.amount == -amount;
    wrong.mates.iter().find(nets).filter(|_| !amount.is_zero())
}

fn opposite(side: &Entry<String>, writing: &Writing, found: &Found<'_>) -> Particulars<String> {
    let was = &side.what;
    let plan = Plan::canonical(&was.plan).unwrap_or(Plan::Even).negated();
    Particulars {
        date: Some(found.date),
        occurred: writing.occurred,
        amount: -was.amount,
        plan: plan.to_string(),
        memo: writing.memo.clone().unwrap_or_else(|| plain_memo(&was.memo).to_owned()),
        refers_to: Some(side.seq),
        doc: writing.doc.clone().unwrap_or_else(|| was.doc.clone()),
        ..was.clone()
    }
}
