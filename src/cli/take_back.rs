//! What `reverse` and `refund` share: a negative row that refers to an expense and copies the rest of it.

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Claim, Found, Verdict, Wish};
use super::{books, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::rules::{check_not_before, taken_back, the_expense};
use crate::domain::search::{Reference, Search};
use crate::lang::Help;
use crate::problem::{Exit, Failure};

pub(super) fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language).allow_hyphen_values(true);
    let command = command
        .arg(options::positional("row", "ROW", Help::BackRow, language).required(true))
        .arg(option("amount", "N", Help::BackAmount))
        .arg(option("voucher", "NO", Help::BackVoucher))
        .arg(option("payment", "NO", Help::BackPayment));
    options::writing(command, language)
}

pub(super) fn run(desk: &mut Desk<'_>, matches: &ArgMatches, kind: Kind) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let back = TakeBack {
        kind,
        named: matches.get_one::<String>("row").cloned().unwrap_or_default(),
        part: typed::amount(matches, "amount", &mut problems),
        voucher: options::text(matches, "voucher", &mut problems),
        payment: options::text(matches, "payment", &mut problems),
    };
    options::none_of(problems)?;
    let books = books::open(desk)?;
    let wish = Wish {
        kind,
        claim: back.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()).and_row(Some(Reference::typed(&back.named))),
        named: Some(&back.named),
        row: &|found| back.row(&writing, found),
    };
    writing::write(desk, &books, wish)
}

struct TakeBack {
    kind: Kind,
    named: String,
    part: Option<Amount>,
    voucher: Option<String>,
    payment: Option<String>,
}

impl TakeBack {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new();
        claim.extend(self.part.map(|part| ("amount", (-part).to_string())));
        let texts = [("voucher", &self.voucher), ("payment", &self.payment), ("doc", &writing.doc)];
        claim.extend(texts.into_iter().filter_map(|(column, text)| Some((column, text.clone()?))));
        let dates = [("date", writing.date), ("occurred", writing.occurred)];
        claim.extend(dates.into_iter().filter_map(|(column, date)| Some((column, date?.to_string()))));
        if writing.memo.is_some() {
            claim.push(("memo", memo(writing, "")));
        }
        claim
    }

    fn row(&self, writing: &Writing, found: &Found<'_>) -> Verdict {
        let one = |refusal| vec![refusal];
        let spending = the_expense(&found.search.referred, &self.named, found.ledger.rows).map_err(one)?;
        let amount = taken_back(spending, self.part);
        let early = check_not_before(found.date, spending);
        let refusals: Vec<_> = amount.as_ref().err().cloned().into_iter().chain(early).collect();
        let Some(amount) = amount.ok().filter(|_| refusals.is_empty()) else { return Err(refusals) };
        let original = &spending.entry.what;
        let row = Particulars {
            kind: self.kind,
            date: Some(found.date),
            occurred: writing.occurred,
            amount: -amount,
            memo: memo(writing, &original.memo),
            voucher: self.voucher.clone().unwrap_or_else(|| original.voucher.clone()),
            payment: self.payment.clone().unwrap_or_else(|| original.payment.clone()),
            refers_to: Some(spending.entry.seq),
            doc: writing.doc.clone().unwrap_or_else(|| original.doc.clone()),
            ..original.clone()
        };
        Ok((row, Vec::new()))
    }
}

/// The memo given, else the original's; a reason for the clock stays with the row.
fn memo(writing: &Writing, original: &str) -> String {
    let memo = writing.memo.as_deref().unwrap_or(original);
    let reason = writing.stamping.clock_ok.as_ref().map(|reason| format!("clock-ok={reason}"));
    Some(memo.to_owned()).filter(|memo| !memo.is_empty()).into_iter().chain(reason).collect::<Vec<_>>().join(";")
}
