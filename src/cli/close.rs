//! `close` (结账): a month is sealed, in order, and takes no more rows. Its row carries the digests of everything before it.

use clap::{ArgMatches, Command};

use super::books::{self, Books};
use super::desk::Desk;
use super::options::{self, Stamping};
use super::{Verb, close_page, stamp};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::entry::{Entry, Kind, Particulars};
use crate::domain::ledger::Ledger;
use crate::domain::position::Positions;
use crate::domain::rules::{Refusal, check_clock, check_close};
use crate::domain::search::Search;
use crate::domain::text;
use crate::lang::{Help, Phrase, phrase};
use crate::problem::{Exit, Failure, LedgerFault, Problem, Usage};
use crate::render::sheets;
use crate::reports::receipt::{Act, Receipt};
use crate::store::append::{Stamp, lines};
use crate::store::ledger_file::Session;
use crate::store::pass::Visitor;
use crate::store::sealing::Sealing;

pub(super) const VERB: Verb = Verb { name: "close", aliases: &["结账"], about: Help::Close, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    command
        .arg(options::positional("month", "MONTH", Help::CloseMonth, language).required(true))
        .arg(options::flag("through", Help::CloseThrough, language))
        .arg(options::flag("print", Help::ClosePrint, language).conflicts_with("dry-run"))
        .args(options::stamping(language))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let stamping = Stamping::read(matches, &mut problems);
    let books = books::open(desk)?;
    let typed = matches.get_one::<String>("month").cloned().unwrap_or_default();
    let month = Month::typed(&typed, books.budget.year);
    if month.is_none() {
        problems.push(Usage::BadMonth { value: typed }.into());
    }
    Failure::unless_none(problems)?;
    let month = month.unwrap_or(Month::of(books.budget.year.first_day()));
    if !books.ledger.exists()? {
        return Err(Refusal::NotOpened.into());
    }
    let by = stamp::operator(desk, &stamping);
    let year = books.budget.year;
    let fresh = || Before {
        sealing: Sealing::new(),
        search: Search::for_id(stamping.id.as_deref()),
        positions: Positions::new(year.last_day(), year, books.budget.control.pace),
    };
    let session = books.ledger.session(desk.world.wait, fresh)?;
    let now = desk.now();
    let prints = matches.get_flag("print");
    if !session.visitor.search.same_id.is_empty() {
        let receipt = repeated(desk, session, month, &stamping)?;
        return if prints {
            close_page::print(desk, &books, month, true)
        } else {
            desk.answer(&sheets::receipt(&receipt, desk.language), true).map(|()| Exit::Done)
        };
    }
    if prints && session.pass.ledger.close_of(month.first_day()).is_some() {
        drop(session);
        return close_page::print(desk, &books, month, false);
    }
    let months = allowed(desk, &books, &session.pass.ledger, month, matches.get_flag("through"), &stamping)?;
    let stamp = stamp::stamp(&stamping, by?, &now, &session.pass.ledger.digest.to_string());
    // The memo has its own fixed form, so a reason for the clock stands where a document number would.
    let behind = check_clock(&now, &session.pass.ledger, false).is_some();
    let reason = stamping.clock_ok.as_ref().filter(|_| behind).map(|reason| format!("clock-ok={reason}"));
    let doc = reason.unwrap_or_default();
    if let Some(fault) = text::fault(&doc) {
        return Err(Refusal::Text { column: "clock-ok", fault }.into());
    }
    let (rows, sealing) = sealed(&months, &session, &stamp, &doc);
    let last = session.pass.ledger.rows;
    let mut receipt = Receipt {
        seqs: (last + 1..=last + rows.len() as u64).collect(),
        id: Some(stamp.id.clone()).filter(|_| !stamping.dry_run || stamping.id.is_some()),
        dry_run: stamping.dry_run,
        ..about(month, &session.visitor.positions)
    };
    if !stamping.dry_run {
        let mut notices = Vec::new();
        let appended = session.append(rows, &stamp, &mut notices);
        desk.complain(&notices);
        receipt.digest = appended?.last().map(|entry| entry.digest);
    }
    if prints {
        return close_page::print(desk, &books, month, true);
    }
    let mut sheet = sheets::receipt(&receipt, desk.language);
    if !stamping.dry_run {
        let ledger = books.ledger.path.display().to_string();
        let (sha256, sm3) = sealing.digests();
        sheet.notes.push(phrase(desk.language, &Phrase::StockTools { ledger, bytes: sealing.bytes(), sha256, sm3 }));
    }
    desk.answer(&sheet, !stamping.dry_run)?;
    Ok(Exit::Done)
}

/// The months to close, or every reason why not.
fn allowed(
    desk: &Desk<'_>,
    books: &Books<'_>,
    ledger: &Ledger,
    month: Month,
    through: bool,
    stamping: &Stamping,
) -> Result<Vec<Month>, Failure> {
    let mut problems = books::disagreements(books, ledger);
    let now = desk.now();
    problems.extend(check_clock(&now, ledger, stamping.clock_ok.is_some()).map(Problem::from));
    match check_close(month, through, desk.today().min(now.date_naive()), ledger) {
        Ok(months) => Failure::unless_none(problems).map(|()| months),
        Err(refusal) => {
            problems.push(refusal.into());
            Err(Failure(problems))
        }
    }
}

/// The close rows, each sealing all before it and those closed with it; and what the last one seals.
fn sealed(
    months: &[Month],
    session: &Session<'_, Before>,
    stamp: &Stamp,
    doc: &str,
) -> (Vec<Particulars<String>>, Sealing) {
    let ledger = &session.pass.ledger;
    let mut rows: Vec<Particulars<String>> = Vec::new();
    let mut sealing = session.visitor.sealing.clone();
    for month in months {
        let (_, bytes) = lines(rows.clone(), months.len() as u64, stamp, ledger.rows, ledger.digest);
        sealing = session.visitor.sealing.clone();
        bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(|line| sealing.take(line));
        let (memo, doc) = (sealing.memo(), doc.to_owned());
        rows.push(Particulars { memo, doc, ..Particulars::new(Kind::Close, month.last_day()) });
    }
    (rows, sealing)
}

/// The id is already there: the same month closed is answered as before.
fn repeated(
    desk: &mut Desk<'_>,
    mut session: Session<'_, Before>,
    month: Month,
    stamping: &Stamping,
) -> Result<Receipt, Failure> {
    let same = session.visitor.search.same_id.clone();
    let (first, main) = (&same[0], &same[same.len() - 1]);
    if main.what.kind != Kind::Close || main.what.date != Some(month.last_day()) {
        let there = main.what.date.map(|date| Month::of(date).to_string()).unwrap_or_default();
        let (id, given) = (first.id.clone(), month.to_string());
        return Err(Refusal::IdTaken { id, row: main.seq, column: "date", there, given }.into());
    }
    let receipt = Receipt {
        seqs: same.iter().map(|entry| entry.seq).collect(),
        digest: Some(main.digest),
        id: Some(first.id.clone()),
        already_recorded: true,
        dry_run: stamping.dry_run,
        ..about(month, &session.visitor.positions)
    };
    if !stamping.dry_run {
        session.settle(&first.id)?;
        let notices = session.refresh_head();
        desk.complain(&notices);
    }
    Ok(receipt)
}

fn about(month: Month, positions: &Positions) -> Receipt {
    let total = positions.total();
    Receipt {
        act: Act::Close,
        kind: Kind::Close,
        seqs: Vec::new(),
        digest: None,
        id: None,
        date: Some(month.last_day()),
        allocation: None,
        fund: None,
        is_one_of_several_funds: false,
        amount: Amount::ZERO,
        of: None,
        available: total.available(),
        parts: Vec::new(),
        already_recorded: false,
        dry_run: false,
    }
}

/// Everything before the close, sealed as it passes; closes that stand already are checked on the way.
struct Before {
    sealing: Sealing,
    search: Search,
    positions: Positions,
}

impl Visitor for Before {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        if entry.what.kind == Kind::Close {
            self.sealing.check(entry.seq, entry.what.memo)?;
        }
        self.sealing.take(line);
        self.search.take(entry);
        self.positions.take(entry);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::FiscalYear;

    #[test]
    fn a_month_is_typed_with_or_without_its_year() {
        let year = FiscalYear::new(2022).expect("a year");
        let typed = |text| Month::typed(text, year).map(|month| month.to_string());
        for text in ["3", "03", "3月", "２０２２-03", "2022-3", "2022/03", "2022年3月", "202203"] {
            assert_eq!(typed(text), Some("2022-03".into()), "{text}");
        }
        for text in ["", "13", "0", "2023-03", "2022-13", "三月", "2022"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
