//! `record`: an expense.

use clap::{ArgAction, ArgMatches, Command};

use super::claim::{Claim, plain_memo, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices, split, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::limits::check_spending;
use crate::domain::rules::{
    Refusal, Remark, check_economic, check_in_ledger, check_invoices, check_memo, check_not_before, taken_back,
    the_fund, the_row,
};
use crate::domain::search::{Reference, Search};
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) const VERB: Verb = Verb { name: "record", aliases: &["记账"], about: Help::Record, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let text = |name, value, help| option(name, value, help).allow_hyphen_values(true);
    let command = command
        .arg(
            option("allocation", "ALLOC", Help::RecordAllocation)
                .short('a')
                .required_unless_present_any(["commitment", "split"]),
        )
        .arg(text("amount", "N", Help::RecordAmount).required(true))
        .arg(text("payee", "NAME", Help::RecordPayee))
        .arg(text("voucher", "NO", Help::RecordVoucher))
        .arg(text("payment", "NO", Help::RecordPayment))
        .arg(option("economic", "CODE", Help::RecordEconomic))
        .arg(option("method", "METHOD", Help::RecordMethod).value_parser(choices::in_words(&choices::METHODS)))
        .arg(option("invoice", "NO", Help::RecordInvoice))
        .arg(options::flag("invoice-part", Help::RecordInvoicePart, language))
        .arg(option("fund", "FUND", Help::RecordFund).value_parser(choices::in_words(&choices::FUNDS)))
        .arg(text("commitment", "ROW", Help::RecordCommitment))
        .arg(options::flag("final", Help::RecordFinal, language).requires("commitment"))
        .arg(option("split", "ALLOC=N[:CODE]", Help::RecordSplit).action(ArgAction::Append).conflicts_with_all([
            "allocation",
            "economic",
            "commitment",
        ]))
        .arg(text("allow-over", "WHY", Help::RecordAllowOver));
    options::writing(command, language)
}

/// What was typed, checked as far as it can be without the ledger.
#[derive(Clone)]
pub(super) struct Expense {
    pub(super) amount: Amount,
    payee: Option<String>,
    voucher: Option<String>,
    payment: Option<String>,
    economic: Option<String>,
    method: Option<String>,
    pub(super) invoice: Option<String>,
    invoice_part: bool,
    fund: Option<Fund>,
    /// The commitment it is spent against, as it was named.
    commitment: Option<String>,
    /// Whether what the bill leaves of the commitment is let go.
    is_final: bool,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.contains_id("split") {
        return split::run(desk, matches);
    }
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let expense = Expense::read(matches, &mut problems);
    let books = books::open(desk)?;
    let key = match matches.contains_id("allocation") {
        true => Some(allocations::typed(&books, matches, "allocation", &mut problems)?),
        false => None,
    };
    Failure::unless_none(problems)?;
    let search = Search::for_id(writing.stamping.id.as_deref())
        .and_invoices(expense.invoice.as_deref().unwrap_or_default())
        .and_row(expense.commitment.as_deref().and_then(|named| Reference::typed(named, Kind::Commitment)));
    let wish = Wish {
        act: Act::Expense,
        claim: expense.whole_claim(key.as_ref(), &writing),
        writing: &writing,
        search,
        named: expense.commitment.as_deref(),
        rows: &|found| expense.rows(key.as_deref(), &writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Expense {
    pub(super) fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        let amount = typed::positive(matches, "amount", problems);
        let expense = Self {
            amount: amount.unwrap_or_default(),
            payee: options::text(matches, "payee", problems),
            voucher: options::text(matches, "voucher", problems),
            payment: options::text(matches, "payment", problems),
            economic: options::economic(matches, problems),
            method: choices::chosen(matches, "method", &choices::METHODS).map(str::to_owned),
            invoice: options::invoice(matches, problems),
            invoice_part: matches.get_flag("invoice-part"),
            fund: choices::chosen(matches, "fund", &choices::FUNDS).and_then(Fund::from_key),
            commitment: matches.get_one::<String>("commitment").cloned(),
            is_final: matches.get_flag("final"),
            allow_over: options::reason(matches, "allow-over", problems),
        };
        if expense.commitment.as_ref().is_some_and(|named| named.trim().is_empty()) {
            problems.push(Refusal::EmptyName.into());
        }
        expense
    }

    /// The same bill, charged with a part of it, which may be paid from a fund of its own.
    pub(super) fn charging(&self, amount: Amount, economic: Option<String>, fund: Option<Fund>) -> Self {
        Self { amount, economic, fund: fund.or(self.fund), ..self.clone() }
    }

    pub(super) fn claim(&self, key: Option<&String>, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Expense, writing);
        claim.text("allocation", key);
        claim.amount(Some(self.amount));
        let texts = [
            ("payee", &self.payee),
            ("voucher", &self.voucher),
            ("payment", &self.payment),
            ("economic", &self.economic),
            ("method", &self.method),
            ("invoice", &self.invoice),
        ];
        texts.into_iter().for_each(|(column, text)| claim.text(column, text.as_ref()));
        claim.text("fund", self.fund.map(|fund| fund.key().to_owned()).as_ref());
        claim
    }

    /// The same where the bill is one row, and at most what its commitment lets go stands before it.
    fn whole_claim(&self, key: Option<&String>, writing: &Writing) -> Claim {
        let mut claim = self.claim(key, writing);
        if self.commitment.is_none() {
            claim.alone();
        }
        claim
    }

    /// What is let go of the commitment: as much as the bill takes, or all that is left with the final bill.
    fn release(&self, key: Option<&str>, found: &Found<'_>) -> Result<Option<Particulars<String>>, Vec<Refusal>> {
        let Some(named) = &self.commitment else { return Ok(None) };
        let one = |refusal| vec![refusal];
        let (referred, rows) = (&found.search.referred, found.ledger.rows);
        let promise = the_row(referred, named, rows, Some(Kind::Commitment)).map_err(one)?;
        let what = &promise.entry.what;
        let row = promise.entry.seq;
        let mut refusals = Vec::new();
        if let Some(asked) = key.filter(|key| *key != what.allocation) {
            refusals.push(Refusal::OtherAllocation { row, key: what.allocation.clone(), asked: asked.to_owned() });
        }
        if let Some(asked) = self.fund.filter(|asked| Some(*asked) != what.fund) {
            refusals.push(Refusal::OtherFund { row, fund: what.fund, asked });
        }
        refusals.extend(check_not_before(found.date, promise));
        let part = if self.is_final { promise.left } else { promise.left.min(self.amount) };
        match taken_back(promise, Some(part)) {
            Ok(amount) if refusals.is_empty() => Ok(Some(Particulars {
                kind: Kind::Release,
                date: Some(found.date),
                amount: -amount,
                memo: plain_memo(&what.memo).to_owned(),
                refers_to: Some(row),
                ..what.clone()
            })),
            answer => {
                refusals.extend(answer.err());
                Err(refusals)
            }
        }
    }

    pub(super) fn rows(&self, key: Option<&str>, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let release = self.release(key, found)?;
        let key = key.or(release.as_ref().map(|release| release.allocation.as_str())).unwrap_or_default();
        let mut refusals: Vec<Refusal> = Vec::new();
        let fund = match &release {
            Some(release) => release.fund,
            None => the_fund(self.fund, key, found.ledger, found.whole).unwrap_or_else(|refusal| {
                refusals.push(refusal);
                None
            }),
        };
        let mut row = self.row(key, fund, writing, release.as_ref(), found);
        if let Some(allocation) = budget.allocation(key) {
            // Without money of its own it can't be held against any limit; that is all there is to say.
            if let Some(refusal) = check_in_ledger(allocation, found.ledger) {
                return Err(vec![refusal]);
            }
            refusals.extend(check_economic(&row.economic, allocation, budget.year));
        }
        if !self.invoice_part {
            refusals.extend(check_invoices(&found.search.invoiced, None));
        }
        // What the commitment lets go is available to its bill; only the excess is held against the limits.
        let mut whole = found.whole.clone();
        release.iter().for_each(|release| whole.add(release));
        let name = allocations::name(key, budget, found.ledger);
        let limits = check_spending(&row, name, &whole, found.to_date, &budget.control, self.allow_over.is_some());
        refusals.extend(limits.refusals);
        let over = limits.remarks.iter().any(|remark| !matches!(remark, Remark::AheadOfPlan { .. }));
        let allow_over = self.allow_over.as_ref().filter(|_| over);
        row.memo = reasoned(writing.memo.as_deref().unwrap_or_default(), allow_over, found.clock_ok);
        refusals.extend(check_memo(&row.memo));
        let rows = release.into_iter().chain([row]).collect();
        if refusals.is_empty() { Ok((rows, limits.remarks)) } else { Err(refusals) }
    }

    fn row(
        &self,
        key: &str,
        fund: Option<Fund>,
        writing: &Writing,
        release: Option<&Particulars<String>>,
        found: &Found<'_>,
    ) -> Particulars<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        // A bill names its contract, its payee and its class as the commitment did, unless it says otherwise.
        let or_promised = |given: &Option<String>, promised: fn(&Particulars<String>) -> &String| {
            given.clone().or(release.map(|release| promised(release).clone())).unwrap_or_default()
        };
        Particulars {
            occurred: writing.occurred,
            allocation: key.to_owned(),
            fund,
            amount: self.amount,
            payee: or_promised(&self.payee, |release| &release.payee),
            voucher: text(&self.voucher),
            payment: text(&self.payment),
            economic: or_promised(&self.economic, |release| &release.economic),
            method: text(&self.method),
            invoice: text(&self.invoice),
            doc: or_promised(&writing.doc, |release| &release.doc),
            ..Particulars::new(Kind::Expense, found.date)
        }
    }
}
