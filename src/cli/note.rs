//! `note` (补注): what came late, a voucher or payment number, an invoice, a word, added to an earlier row. It moves no
//! figure, and is dated in an open month even where the row's own month is closed.

use clap::{ArgGroup, ArgMatches, Command};

use super::claim::{Claim, reasoned};
use super::desk::Desk;
use super::options::{self, Writing};
use super::writing::{self, Found, Verdict, Wish};
use super::{Verb, books, typed};
use crate::domain::budget::Language;
use crate::domain::entry::{Kind, Particulars};
use crate::domain::rules::{check_invoices, check_memo, the_row};
use crate::domain::search::{Reference, Search};
use crate::lang::Help;
use crate::problem::{Exit, Failure};
use crate::render::sheets;
use crate::reports::receipt::Act;

pub(super) const VERB: Verb = Verb { name: "note", aliases: &["补注"], about: Help::Note, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language).allow_hyphen_values(true);
    let command = command
        .arg(options::positional("row", "ROW", Help::NoteRow, language).required(true))
        .arg(option("voucher", "NO", Help::RecordVoucher))
        .arg(option("payment", "NO", Help::RecordPayment))
        .arg(option("invoice", "NO", Help::RecordInvoice))
        .arg(options::flag("invoice-part", Help::RecordInvoicePart, language));
    options::writing(command, language)
        .group(ArgGroup::new("late").args(["voucher", "payment", "invoice", "memo"]).required(true).multiple(true))
}

struct Late {
    named: String,
    voucher: Option<String>,
    payment: Option<String>,
    invoice: Option<String>,
    invoice_part: bool,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let late = Late {
        named: typed::row(matches, &mut problems),
        voucher: options::text(matches, "voucher", &mut problems),
        payment: options::text(matches, "payment", &mut problems),
        invoice: options::invoice(matches, &mut problems),
        invoice_part: matches.get_flag("invoice-part"),
    };
    let books = books::open(desk)?;
    Failure::unless_none(problems)?;
    let search = Search::for_id(writing.stamping.id.as_deref())
        .and_invoices(late.invoice.as_deref().unwrap_or_default())
        .and_row(Reference::typed(&late.named, Kind::Expense));
    let wish = Wish {
        act: Act::Note,
        claim: late.claim(&writing),
        writing: &writing,
        search,
        named: Some(&late.named),
        rows: &|found| late.rows(&writing, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Late {
    fn claim(&self, writing: &Writing) -> Claim {
        let mut claim = Claim::new(Kind::Note, writing);
        claim.text("voucher", self.voucher.as_ref());
        claim.text("payment", self.payment.as_ref());
        claim.text("invoice", self.invoice.as_ref());
        claim.alone();
        claim
    }

    fn rows(&self, writing: &Writing, found: &Found<'_>) -> Verdict {
        let named = the_row(&found.search.referred, &self.named, found.ledger.rows, None);
        let row = &named.map_err(|refusal| vec![refusal])?.entry;
        let mut refusals =
            if self.invoice_part { Vec::new() } else { check_invoices(&found.search.invoiced, Some(row.seq)) };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let note = Particulars {
            occurred: writing.occurred,
            allocation: row.what.allocation.clone(),
            fund: row.what.fund,
            memo: reasoned(&text(&writing.memo), None, found.clock_ok),
            voucher: text(&self.voucher),
            payment: text(&self.payment),
            invoice: text(&self.invoice),
            refers_to: Some(row.seq),
            doc: text(&writing.doc),
            ..Particulars::new(Kind::Note, found.date)
        };
        refusals.extend(check_memo(&note.memo));
        if refusals.is_empty() { Ok((vec![note], Vec::new())) } else { Err(refusals) }
    }
}
