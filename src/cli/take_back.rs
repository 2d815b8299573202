//! What `reverse`, `refund` and `release` share: a negative row that refers to an earlier one and copies the rest of it.

use clap::{ArgMatches, Command};

use super::claim::{Claim, plain_memo, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{books, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::rules::{Refusal, check_memo, check_not_before, taken_back, the_row};
use crate::domain::search::{Reference, Search, Spending};
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language).allow_hyphen_values(true);
    let command = command
        .arg(options::positional("row", "ROW", Help::BackRow, language).required(true))
        .arg(option("amount", "N", Help::BackAmount))
        .arg(option("voucher", "NO", Help::BackVoucher))
        .arg(option("payment", "NO", Help::BackPayment))
        .arg(options::flag("recommit", Help::BackRecommit, language));
    options::writing(command, language)
}

pub(super) fn run(desk: &mut Desk<'_>, matches: &ArgMatches, kind: Kind) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let back = TakeBack {
        kind,
        named: typed::row(matches, &mut problems),
        part: typed::amount(matches, "amount", &mut problems),
        voucher: options::own_text(matches, "voucher", &mut problems),
        payment: options::own_text(matches, "payment", &mut problems),
        recommit: matches.try_get_one("recommit").is_ok_and(|flag| flag == Some(&true)),
    };
    let books = books::open(desk)?;
    Failure::unless_none(problems)?;
    let act = if kind == Kind::Release {
        Act::Release
    } else if kind == Kind::Refund {
        Act::Refund
    } else {
        Act::Reversal
    };
    let wish = Wish {
        act,
        claim: back.claim(&writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref()).and_row(Reference::typed(&back.named, back.against())),
        named: Some(&back.named),
        rows: &|found| back.rows(&writing, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

struct TakeBack {
    kind: Kind,
    named: String,
    part: Option<Amount>,
    voucher: Option<String>,
    payment: Option<String>,
    /// Whether what the expense had taken out of a commitment is promised again.
    recommit: bool,
}

impl TakeBack {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(self.kind, writing);
        claim.amount(self.part.map(|part| -part));
        claim.text("voucher", self.voucher.as_ref());
        claim.text("payment", self.payment.as_ref());
        if self.recommit {
            claim.of_first("kind", Kind::Commitment.key().to_owned());
        } else {
            claim.alone();
        }
        claim
    }

    /// The kind of row it takes back from.
    fn against(&self) -> Kind {
        if self.kind == Kind::Release { Kind::Commitment } else { Kind::Expense }
    }

    fn rows(&self, writing: &Writing, found: &Found<'_>) -> Verdict {
        let one = |refusal| vec![refusal];
        let spending =
            the_row(&found.search.referred, &self.named, found.ledger.rows, Some(self.against())).map_err(one)?;
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
            memo: reasoned(writing.memo.as_deref().unwrap_or(plain_memo(&original.memo)), None, found.clock_ok),
            voucher: self.voucher.clone().unwrap_or_else(|| original.voucher.clone()),
            payment: self.payment.clone().unwrap_or_else(|| original.payment.clone()),
            refers_to: Some(spending.entry.seq),
            doc: writing.doc.clone().unwrap_or_else(|| original.doc.clone()),
            ..original.clone()
        };
        let again = self.recommit.then(|| promised_again(spending, amount, found)).transpose().map_err(one)?;
        match check_memo(&row.memo) {
            None => Ok((again.into_iter().chain([row]).collect(), Vec::new())),
            Some(refusal) => Err(vec![refusal]),
        }
    }
}

/// The commitment made anew for what is taken back: as much as the expense had taken out of its old one, first things
/// first. It is not held against the limits, for it binds no more than the row beside it sets free.
fn promised_again(spending: &Spending, amount: Amount, found: &Found<'_>) -> Result<Particulars<String>, Refusal> {
    let row = spending.entry.seq;
    let none = Refusal::NotAgainstCommitment { row };
    let was_release = |mate: &&Entry<String>| mate.what.kind == Kind::Release && mate.seq + 1 == row;
    let Some(release) = spending.mates.iter().find(was_release) else { return Err(none) };
    let promised = -release.what.amount;
    let before = spending.entry.what.amount - spending.left;
    let again = (before + amount).min(promised) - before.min(promised);
    if !again.is_positive() {
        return Err(none);
    }
    Ok(Particulars {
        kind: Kind::Commitment,
        date: Some(found.date),
        occurred: None,
        amount: again,
        memo: plain_memo(&release.what.memo).to_owned(),
        refers_to: None,
        ..release.what.clone()
    })
}
