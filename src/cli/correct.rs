//! `correct` (更正): a wrong expense taken back in red and entered right, in one batch; what isn't said stays as it was.

use clap::{ArgMatches, Command};

use super::claim::{Claim, plain_memo, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, allocations, books, choices, typed};
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

pub(super) const VERB: Verb = Verb { name: "correct", aliases: &["更正"], about: Help::Correct, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language).allow_hyphen_values(true);
    let command = command
        .arg(options::positional("row", "ROW", Help::BackRow, language).required(true))
        .arg(option("allocation", "ALLOC", Help::RecordAllocation).short('a'))
        .arg(option("amount", "N", Help::RecordAmount))
        .arg(option("payee", "NAME", Help::RecordPayee))
        .arg(option("voucher", "NO", Help::RecordVoucher))
        .arg(option("payment", "NO", Help::RecordPayment))
        .arg(option("economic", "CODE", Help::RecordEconomic))
        .arg(option("method", "METHOD", Help::RecordMethod).value_parser(choices::in_words(&choices::METHODS)))
        .arg(option("invoice", "NO", Help::RecordInvoice))
        .arg(option("fund", "FUND", Help::RecordFund).value_parser(choices::in_words(&choices::FUNDS)))
        .arg(option("allow-over", "WHY", Help::RecordAllowOver));
    options::writing(command, language)
}

/// What is to be different.
struct Right {
    named: String,
    key: Option<String>,
    amount: Option<Amount>,
    /// The texts given, by column.
    texts: Vec<(&'static str, String)>,
    fund: Option<Fund>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let mut right = Right::read(matches, &mut problems);
    let books = books::open(desk)?;
    if matches.contains_id("allocation") {
        right.key = Some(allocations::typed(&books, matches, "allocation", &mut problems)?);
    }
    Failure::unless_none(problems)?;
    let invoice = right.text("invoice").unwrap_or_default();
    let wish = Wish {
        act: Act::Correction,
        claim: right.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref())
            .and_invoices(invoice)
            .and_row(Reference::typed(&right.named, Kind::Expense)),
        named: Some(&right.named),
        rows: &|found| right.rows(&writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Right {
    fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        let mut texts = Vec::new();
        for column in ["payee", "voucher", "payment"] {
            texts.extend(options::text(matches, column, problems).map(|text| (column, text)));
        }
        texts.extend(options::economic(matches, problems).map(|code| ("economic", code)));
        texts.extend(options::invoice(matches, problems).map(|invoice| ("invoice", invoice)));
        texts.extend(choices::chosen(matches, "method", &choices::METHODS).map(|method| ("method", method.to_owned())));
        Self {
            named: typed::row(matches, problems),
            key: None,
            amount: typed::positive(matches, "amount", problems),
            texts,
            fund: choices::chosen(matches, "fund", &choices::FUNDS).and_then(Fund::from_key),
            allow_over: options::reason(matches, "allow-over", problems),
        }
    }

    fn text(&self, column: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == column).map(|(_, text)| text.as_str())
    }

    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Expense, writing);
        claim.text("allocation", self.key.as_ref());
        claim.amount(self.amount);
        self.texts.iter().for_each(|(column, text)| claim.text(column, Some(text)));
        claim.text("fund", self.fund.map(|fund| fund.key().to_owned()).as_ref());
        claim
    }

    fn rows(&self, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let one = |refusal| vec![refusal];
        let (referred, rows) = (&found.search.referred, found.ledger.rows);
        let wrong = the_row(referred, &self.named, rows, Some(Kind::Expense)).map_err(one)?;
        let left = taken_back(wrong, None).map_err(one)?;
        let was = &wrong.entry.what;
        let mut refusals: Vec<Refusal> = check_not_before(found.date, wrong).into_iter().collect();
        let back = Particulars {
            kind: Kind::Reversal,
            date: Some(found.date),
            amount: -left,
            memo: reasoned(plain_memo(&was.memo), None, found.clock_ok),
            refers_to: Some(wrong.entry.seq),
            ..was.clone()
        };
        let mut row = self.right(was, left, writing, found);
        row.fund = match self.fund {
            None if row.allocation == was.allocation => was.fund,
            named => the_fund(named, &row.allocation, found.ledger, found.whole).map_err(one)?,
        };
        let unchanged = Particulars { memo: row.memo.clone(), date: row.date, amount: left, ..was.clone() };
        if row == unchanged && writing.memo.is_none() {
            refusals.push(Refusal::NothingToCorrect { row: wrong.entry.seq });
        }
        if let Some(allocation) = budget.allocation(&row.allocation) {
            refusals.extend(check_in_ledger(allocation, found.ledger));
            refusals.extend(check_economic(&row.economic, allocation, budget.year));
        }
        refusals.extend(check_invoices(&found.search.invoiced, Some(wrong.entry.seq)));
        // The wrong entry is gone before the right one is held against the limits.
        let (mut whole, mut to_date) = (found.whole.clone(), found.to_date.clone());
        whole.add(&back);
        to_date.add(&back);
        let name = allocations::name(&row.allocation, budget, found.ledger).to_owned();
        let limits = check_spending(&row, &name, &whole, &to_date, &budget.control, self.allow_over.is_some());
        refusals.extend(limits.refusals);
        let over = limits.remarks.iter().any(|remark| !matches!(remark, Remark::AheadOfPlan { .. }));
        let allow_over = self.allow_over.as_ref().filter(|_| over);
        row.memo = reasoned(&row.memo, allow_over, None);
        refusals.extend(check_memo(&back.memo).into_iter().chain(check_memo(&row.memo)));
        if refusals.is_empty() { Ok((vec![back, row], limits.remarks)) } else { Err(refusals) }
    }

    /// The right entry: the wrong one with what was said otherwise.
    fn right(
        &self,
        was: &Particulars<String>,
        left: Amount,
        writing: &Writing,
        found: &Found<'_>,
    ) -> Particulars<String> {
        let or_was = |column: &str, was: &str| self.text(column).unwrap_or(was).to_owned();
        Particulars {
            kind: Kind::Expense,
            date: Some(found.date),
            occurred: writing.occurred.or(was.occurred),
            allocation: self.key.clone().unwrap_or_else(|| was.allocation.clone()),
            amount: self.amount.unwrap_or(left),
            payee: or_was("payee", &was.payee),
            memo: writing.memo.clone().unwrap_or_else(|| plain_memo(&was.memo).to_owned()),
            voucher: or_was("voucher", &was.voucher),
            payment: or_was("payment", &was.payment),
            economic: or_was("economic", &was.economic),
            method: or_was("method", &was.method),
            invoice: or_was("invoice", &was.invoice),
            refers_to: None,
            doc: writing.doc.clone().unwrap_or_else(|| was.doc.clone()),
            ..was.clone()
        }
    }
}
