//! `verify`: whether every row, the head, the laws, and the digest on signed paper still hold.

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::{Verb, books, options};
use crate::domain::budget::Language;
use crate::domain::entry::Digest;
use crate::domain::opening;
use crate::domain::rules::Refusal;
use crate::lang::Help;
use crate::problem::{Exit, Failure, LedgerFault, Level, Notice, Problem, ProblemKind, Usage};
use crate::render::sheets;
use crate::reports::verification::{Anchor, Flaw, Verification};
use crate::store::ledger_file::HeadFile;
use crate::store::thorough;

pub(super) const VERB: Verb = Verb { name: "verify", aliases: &["校验"], about: Help::Verify, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    command.arg(options::option("anchor", "HASH", Help::VerifyAnchor, language))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let books = books::open(desk)?;
    let anchor = matches
        .get_one::<String>("anchor")
        .map(|text| Digest::typed(text).ok_or_else(|| Usage::BadDigest { value: text.clone() }));
    let anchor = anchor.transpose()?;
    if !books.ledger.exists()? {
        return Err(Refusal::NotOpened.into());
    }
    let found = thorough::read(&books.ledger, anchor)?;
    let ledger = &found.pass.ledger;
    let report = Verification {
        rows: ledger.rows,
        bytes: found.pass.bytes,
        digest: ledger.is_opened().then_some(ledger.digest),
        is_damaged: found.pass.damage.is_some(),
        broken_at: found.pass.damage.as_ref().and_then(|damage| damage.row),
        flaw: found.pass.damage.as_ref().and_then(|damage| flaw(&damage.problem, ledger.rows)),
        has_head: found.head == HeadFile::Read,
        unfinished: found.pass.tail,
        closed_through: ledger.closes.last().map(|closed| closed.month),
        repairs: found.repairs,
        anchor: anchor.map(|digest| Anchor { digest, row: found.anchored_at }),
    };
    let mut problems = found.remarks;
    let (count, shown) = (report.repairs.len(), found.repaired.len());
    problems.extend(found.repaired);
    if shown < count {
        problems.push(Problem::note(Notice::SomeRepairs { count, shown }));
    }
    if report.unfinished > 0 && report.rows > 0 {
        problems.push(Problem::note(Notice::TornTail { bytes: report.unfinished, rows: report.rows }));
    }
    if found.head == HeadFile::Missing {
        problems.push(Problem::note(Notice::NoHead));
    }
    for opened_for in ledger.opened_for.iter() {
        let differences = opening::differences(&books.budget, opened_for, &ledger.opened);
        let noted = |difference| Problem { level: Level::Note, ..Problem::error(ProblemKind::Differs(difference)) };
        problems.extend(differences.into_iter().map(noted));
    }
    if report.anchor.is_some_and(|anchor| anchor.row.is_none()) {
        problems.push(LedgerFault::AnchorUnknown { rows: report.rows }.into());
    }
    problems.extend(found.pass.damage.map(|damage| damage.problem));
    desk.answer(&sheets::verification(&report, desk.language), false)?;
    desk.complain(&problems);
    Ok(if report.holds() { Exit::Done } else { Exit::Integrity })
}

/// What else does not hold than a row that was changed.
fn flaw(problem: &Problem, rows: u64) -> Option<Flaw> {
    let ProblemKind::Ledger(fault) = &problem.kind else { return None };
    if let LedgerFault::ShorterThanHead { head_rows, .. } = fault {
        return Some(Flaw::Missing { last: *head_rows });
    }
    let is_resaved = matches!(fault, LedgerFault::Resaved { .. }) && rows == 0;
    let flaws = [
        (matches!(fault, LedgerFault::LineFeedMissing { .. }), Flaw::LineFeed),
        (matches!(fault, LedgerFault::HeadDiffers { .. }), Flaw::Head),
        (is_resaved, Flaw::Resaved),
    ];
    flaws.into_iter().find_map(|(is_so, flaw)| is_so.then_some(flaw))
}
