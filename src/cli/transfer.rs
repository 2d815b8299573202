//! `transfer` (调剂): budget moved from one allocation to another; the two changes net to zero and stand or fall together.

use clap::{ArgMatches, Command};

use super::adjust::{fund_to_cut, newly_funded};
use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::limits::check_fund_cut;
use crate::domain::plan::Plan;
use crate::domain::rules::{Refusal, check_cut, check_memo};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) const VERB: Verb = Verb { name: "transfer", aliases: &["调剂"], about: Help::Transfer, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let command = command
        .arg(option("from", "ALLOC", Help::TransferFrom).required(true))
        .arg(option("to", "ALLOC", Help::TransferTo).required(true))
        .arg(option("amount", "N", Help::RecordAmount).required(true).allow_hyphen_values(true))
        .arg(option("fund", "FUND", Help::TransferFund).value_parser(choices::in_words(&choices::FUNDS)))
        .arg(option("allow-over", "WHY", Help::AdjustAllowOver).allow_hyphen_values(true));
    options::writing(command, language).mut_arg("doc", |doc| doc.required(true))
}

struct Move {
    from: String,
    to: String,
    amount: Amount,
    fund: Option<Fund>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    writing.check_doc(&mut problems);
    let amount = typed::positive(matches, "amount", &mut problems).unwrap_or_default();
    let allow_over = options::reason(matches, "allow-over", &mut problems);
    let books = books::open(desk)?;
    let from = allocations::typed(&books, matches, "from", &mut problems)?;
    let to = allocations::typed(&books, matches, "to", &mut problems)?;
    if from == to && problems.is_empty() {
        problems.push(Refusal::TransferToItself { key: to.clone() }.into());
    }
    Failure::unless_none(problems)?;
    let fund = choices::chosen(matches, "fund", &choices::FUNDS).and_then(Fund::from_key);
    let moved = Move { from, to, amount, fund, allow_over };
    let wish = Wish {
        act: Act::Transfer,
        claim: moved.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()),
        named: None,
        rows: &|found| moved.rows(&writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Move {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Adjustment, writing);
        claim.text("allocation", Some(&self.to));
        claim.amount(Some(self.amount));
        claim.text("fund", self.fund.map(|fund| fund.key().to_owned()).as_ref());
        claim.of_first("allocation", self.from.clone());
        claim
    }

    fn rows(&self, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let name = allocations::name(&self.from, budget, found.ledger);
        let too_deep = check_cut(&self.from, name, -self.amount, found.whole);
        // Money stays of the fund it is of, also where the allocation that takes it had none of that so far.
        let fund = self.fund.or_else(|| fund_to_cut(&self.from, budget, found));
        let mut side = Particulars {
            occurred: writing.occurred,
            allocation: self.from.clone(),
            fund,
            amount: -self.amount,
            plan: Plan::Even.to_string(),
            doc: writing.doc.clone().unwrap_or_default(),
            ..Particulars::new(Kind::Adjustment, found.date)
        };
        let beyond_fund = check_fund_cut(&side, name, found.whole);
        let allow_over = self.allow_over.as_ref().filter(|_| too_deep.is_some() || beyond_fund.is_some());
        side.memo = reasoned(writing.memo.as_deref().unwrap_or_default(), allow_over, found.clock_ok);
        let refusals: Vec<Refusal> =
            too_deep.filter(|_| allow_over.is_none()).into_iter().chain(check_memo(&side.memo)).collect();
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut rows = Vec::new();
        for (key, amount) in [(&self.from, -self.amount), (&self.to, self.amount)] {
            rows.extend(newly_funded(key, fund, budget, found));
            rows.push(Particulars { allocation: key.clone(), amount, ..side.clone() });
        }
        Ok((rows, beyond_fund.into_iter().collect()))
    }
}
