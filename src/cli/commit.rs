//! `commit` (预占): money promised before it is spent; from then on it is no longer available.

use clap::{ArgMatches, Command};

use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::limits::check_spending;
use crate::domain::rules::{Remark, check_economic, check_in_ledger, check_memo, the_fund};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) const VERB: Verb = Verb { name: "commit", aliases: &["预占"], about: Help::Commit, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language).allow_hyphen_values(true);
    let command = command
        .arg(option("allocation", "ALLOC", Help::RecordAllocation).short('a').required(true))
        .arg(option("amount", "N", Help::RecordAmount).required(true))
        .arg(option("payee", "NAME", Help::RecordPayee))
        .arg(option("economic", "CODE", Help::RecordEconomic))
        .arg(option("fund", "FUND", Help::RecordFund).value_parser(choices::in_words(&choices::FUNDS)))
        .arg(option("allow-over", "WHY", Help::RecordAllowOver));
    options::writing(command, language)
}

struct Promise {
    key: String,
    amount: Amount,
    payee: Option<String>,
    economic: Option<String>,
    fund: Option<Fund>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let amount = typed::positive(matches, "amount", &mut problems).unwrap_or_default();
    let payee = options::text(matches, "payee", &mut problems);
    let economic = options::economic(matches, &mut problems);
    let fund = choices::chosen(matches, "fund", &choices::FUNDS).and_then(Fund::from_key);
    let allow_over = options::reason(matches, "allow-over", &mut problems);
    let books = books::open(desk)?;
    let key = allocations::typed(&books, matches, "allocation", &mut problems)?;
    Failure::unless_none(problems)?;
    let promise = Promise { key, amount, payee, economic, fund, allow_over };
    let wish = Wish {
        act: Act::Commitment,
        claim: promise.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()),
        named: None,
        rows: &|found| promise.rows(&writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Promise {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Commitment, writing);
        claim.text("allocation", Some(&self.key));
        claim.amount(Some(self.amount));
        claim.text("payee", self.payee.as_ref());
        claim.text("economic", self.economic.as_ref());
        claim.text("fund", self.fund.map(|fund| fund.key().to_owned()).as_ref());
        claim.alone();
        claim
    }

    fn rows(&self, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let mut refusals = Vec::new();
        if let Some(allocation) = budget.allocation(&self.key) {
            if let Some(refusal) = check_in_ledger(allocation, found.ledger) {
                return Err(vec![refusal]);
            }
            refusals.extend(check_economic(self.economic.as_deref().unwrap_or_default(), allocation, budget.year));
        }
        let fund = the_fund(self.fund, &self.key, found.ledger, found.whole).unwrap_or_else(|refusal| {
            refusals.push(refusal);
            None
        });
        let mut row = Particulars {
            occurred: writing.occurred,
            allocation: self.key.clone(),
            fund,
            amount: self.amount,
            payee: self.payee.clone().unwrap_or_default(),
            economic: self.economic.clone().unwrap_or_default(),
            doc: writing.doc.clone().unwrap_or_default(),
            ..Particulars::new(Kind::Commitment, found.date)
        };
        let name = allocations::name(&self.key, budget, found.ledger);
        let limits = check_spending(&row, name, found.whole, found.to_date, &budget.control, self.allow_over.is_some());
        refusals.extend(limits.refusals);
        let over = limits.remarks.iter().any(|remark| !matches!(remark, Remark::AheadOfPlan { .. }));
        let allow_over = self.allow_over.as_ref().filter(|_| over);
        row.memo = reasoned(writing.memo.as_deref().unwrap_or_default(), allow_over, found.clock_ok);
        refusals.extend(check_memo(&row.memo));
        // A promise is not spending, so the plan to date has nothing to say to it.
        let remarks = limits.remarks.into_iter().filter(|remark| !matches!(remark, Remark::AheadOfPlan { .. }));
        if refusals.is_empty() { Ok((vec![row], remarks.collect())) } else { Err(refusals) }
    }
}
