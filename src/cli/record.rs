//! `record`: an expense.

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Claim, Found, Verdict, Wish};
use super::{Verb, allocations, books, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund, Language};
use crate::domain::economic::is_code;
use crate::domain::entry::{Kind, Particulars, invoices};
use crate::domain::ledger::Ledger;
use crate::domain::rules::{Refusal, check_economic, check_in_ledger, check_invoices, check_spending, the_fund};
use crate::domain::search::Search;
use crate::lang::Help;
use crate::problem::{Exit, Failure, Problem, Usage};

pub(super) const VERB: Verb = Verb { name: "record", aliases: &["记账"], about: Help::Record, arguments, run };

/// 支付方式, in both languages as they may be typed.
pub(super) const METHODS: [(&str, &str); 6] = [
    ("direct", "直接支付"),
    ("authorized", "授权支付"),
    ("card", "公务卡"),
    ("bank", "转账"),
    ("cash", "现金"),
    ("other", "其他"),
];

/// 资金来源.
pub(super) const FUNDS: [(&str, &str); 3] = [("current", "本年拨款"), ("carried", "上年结转"), ("other", "其他")];

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let text = |name, value, help| option(name, value, help).allow_hyphen_values(true);
    let command = command
        .arg(option("allocation", "ALLOC", Help::RecordAllocation).short('a').required(true))
        .arg(text("amount", "N", Help::RecordAmount).required(true))
        .arg(text("payee", "NAME", Help::RecordPayee))
        .arg(text("voucher", "NO", Help::RecordVoucher))
        .arg(text("payment", "NO", Help::RecordPayment))
        .arg(option("economic", "CODE", Help::RecordEconomic))
        .arg(option("method", "METHOD", Help::RecordMethod).value_parser(options::in_words(&METHODS)))
        .arg(option("invoice", "NO", Help::RecordInvoice))
        .arg(options::flag("invoice-part", Help::RecordInvoicePart, language))
        .arg(option("fund", "FUND", Help::RecordFund).value_parser(options::in_words(&FUNDS)))
        .arg(text("allow-over", "WHY", Help::RecordAllowOver));
    options::writing(command, language)
}

/// What was typed, checked as far as it can be without the ledger.
struct Expense {
    amount: Amount,
    payee: Option<String>,
    voucher: Option<String>,
    payment: Option<String>,
    economic: Option<String>,
    method: Option<String>,
    invoice: Option<String>,
    invoice_part: bool,
    fund: Option<Fund>,
    allow_over: Option<String>,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let expense = Expense::read(matches, &mut problems);
    let books = books::open(desk)?;
    let typed = matches.get_one::<String>("allocation").map(String::as_str).unwrap_or_default();
    let names = allocations::named(&books.budget, &Ledger::default());
    let key = match allocations::find(&names, typed) {
        Ok(named) => named.key.clone(),
        Err(usage) => {
            // A name the file doesn't know may be one the ledger was opened with; then the difference is the problem.
            let differences = writing::differences(&books)?;
            if differences.is_empty() {
                problems.push(usage.into())
            } else {
                problems.extend(differences)
            }
            String::new()
        }
    };
    options::none_of(problems)?;
    let search =
        Search::for_id(writing.stamping.id.as_deref()).and_invoices(expense.invoice.as_deref().unwrap_or_default());
    let wish = Wish {
        kind: Kind::Expense,
        claim: expense.claim(&key, &writing),
        writing: &writing,
        search,
        named: None,
        row: &|found| expense.row(&key, &writing, &books.budget, found),
    };
    writing::write(desk, &books, wish)
}

impl Expense {
    fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        let amount = typed::amount(matches, "amount", problems);
        if let Some(amount) = amount.filter(|amount| !amount.is_positive()) {
            problems.push(Refusal::NotPositive { amount }.into());
        }
        let value = |name: &str| matches.get_one::<String>(name).cloned();
        let expense = Self {
            amount: amount.unwrap_or_default(),
            payee: options::text(matches, "payee", problems),
            voucher: options::text(matches, "voucher", problems),
            payment: options::text(matches, "payment", problems),
            economic: value("economic"),
            method: options::chosen(matches, "method", &METHODS).map(str::to_owned),
            invoice: value("invoice"),
            invoice_part: matches.get_flag("invoice-part"),
            fund: options::chosen(matches, "fund", &FUNDS).and_then(Fund::from_key),
            allow_over: options::text(matches, "allow-over", problems),
        };
        if let Some(value) = expense.invoice.as_ref().filter(|invoice| invoices(invoice).is_none()) {
            problems.push(Usage::BadInvoice { value: value.clone() }.into());
        }
        if let Some(value) = expense.economic.as_ref().filter(|code| !is_code(code)) {
            problems.push(Usage::BadEconomic { value: value.clone() }.into());
        }
        expense
    }

    /// What the caller said. Dates count only when given: a repetition on another day is still the same wish.
    fn claim(&self, key: &str, writing: &Writing) -> Claim {
        let texts = [
            ("payee", &self.payee),
            ("voucher", &self.voucher),
            ("payment", &self.payment),
            ("economic", &self.economic),
            ("method", &self.method),
            ("invoice", &self.invoice),
            ("doc", &writing.doc),
        ];
        let mut claim: Claim = vec![("allocation", key.to_owned()), ("amount", self.amount.to_string())];
        claim.extend(texts.into_iter().filter_map(|(column, text)| Some((column, text.clone()?))));
        let dates = [("date", writing.date), ("occurred", writing.occurred)];
        claim.extend(dates.into_iter().filter_map(|(column, date)| Some((column, date?.to_string()))));
        claim.extend(self.fund.map(|fund| ("fund", fund.key().to_owned())));
        let memo = self.memo(writing);
        claim.extend((!memo.is_empty()).then_some(("memo", memo)));
        claim
    }

    /// Reasons given for passing a rule stay with the row, at the memo's end.
    fn memo(&self, writing: &Writing) -> String {
        let reasons = [("allow-over", &self.allow_over), ("clock-ok", &writing.stamping.clock_ok)];
        let reasons = reasons.into_iter().filter_map(|(name, reason)| Some(format!("{name}={}", reason.as_ref()?)));
        writing.memo.iter().filter(|memo| !memo.is_empty()).cloned().chain(reasons).collect::<Vec<_>>().join(";")
    }

    fn row(&self, key: &str, writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
        let mut refusals: Vec<Refusal> = Vec::new();
        let fund = the_fund(self.fund, key, found.ledger).unwrap_or_else(|refusal| {
            refusals.push(refusal);
            None
        });
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = Particulars {
            occurred: writing.occurred,
            allocation: key.to_owned(),
            fund,
            amount: self.amount,
            payee: text(&self.payee),
            memo: self.memo(writing),
            voucher: text(&self.voucher),
            payment: text(&self.payment),
            economic: text(&self.economic),
            method: text(&self.method),
            invoice: text(&self.invoice),
            doc: text(&writing.doc),
            ..Particulars::new(Kind::Expense, found.date)
        };
        if let Some(allocation) = budget.allocation(key) {
            refusals.extend(check_in_ledger(allocation, found.ledger));
            refusals.extend(check_economic(&row.economic, allocation, budget.year));
        }
        if !self.invoice_part {
            refusals.extend(check_invoices(&found.search.invoiced));
        }
        let name = found.ledger.name(key).unwrap_or(key);
        let limits = check_spending(&row, name, found.whole, found.to_date, &budget.control, self.allow_over.is_some());
        refusals.extend(limits.refusals);
        if refusals.is_empty() { Ok((row, limits.remarks)) } else { Err(refusals) }
    }
}
