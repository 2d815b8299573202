//! `close --print`: the page of a closed month, made from the ledger alone, the same whenever it is printed.

use super::allocations;
use super::books::Books;
use super::desk::Desk;
use crate::domain::calendar::Month;
use crate::domain::entry::{Entry, Kind};
use crate::domain::position::Positions;
use crate::problem::{Exit, Failure, LedgerFault};
use crate::render::sheets;
use crate::reports::close_page::{ClosePage, Sealed, close_page};
use crate::reports::stamp::Stamp;
use crate::store::pass::Visitor;
use crate::store::sealing::Sealing;

/// Prints the page of a month that is closed. `committed` says that it was closed just now.
pub(super) fn print(desk: &mut Desk<'_>, books: &Books<'_>, month: Month, committed: bool) -> Result<Exit, Failure> {
    let page = read(books, month)?;
    desk.answer(&sheets::close_page(&page, desk.language), committed)?;
    Ok(Exit::Done)
}

fn read(books: &Books<'_>, month: Month) -> Result<ClosePage, Failure> {
    let budget = &books.budget;
    let positions = |date| Positions::new(date, budget.year, budget.control.pace);
    let fresh = || UpToClose {
        month,
        at_end: positions(month.last_day()),
        before: positions(month.first_day().pred_opt().unwrap_or(month.first_day())),
        sealing: Sealing::new(),
        first: 1,
        close: None,
    };
    let reading = books.ledger.read(fresh)?;
    if let Some(damage) = reading.pass.damage {
        return Err(damage.problem.into());
    }
    let (ledger, found) = (reading.pass.ledger, reading.visitor);
    let last = found.close.expect("only a month that is closed is asked for");
    let (sha256, sm3) = found.sealing.digests();
    let file = books.ledger.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let sealed = Sealed {
        ledger: file.unwrap_or_default(),
        rows: found.sealing.rows(),
        bytes: found.sealing.bytes(),
        sha256,
        sm3,
    };
    let stamp = Stamp::new(budget, &books.digest, month.last_day(), &ledger, None);
    // An allocation that came later has no line on this page.
    let names: Vec<_> =
        allocations::named(budget, &ledger).into_iter().filter(|named| found.at_end.knows(&named.key)).collect();
    Ok(close_page(stamp, month, (found.first, last), &names, (&found.at_end, &found.before), sealed))
}

/// The rows up to the month's close, and none after it.
struct UpToClose {
    month: Month,
    at_end: Positions,
    before: Positions,
    sealing: Sealing,
    /// The first row behind the close before.
    first: u64,
    /// The month's close row.
    close: Option<u64>,
}

impl Visitor for UpToClose {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        if self.close.is_some() {
            return Ok(());
        }
        if entry.what.kind == Kind::Close {
            self.sealing.check(entry.seq, entry.what.memo)?;
            if entry.what.date == Some(self.month.last_day()) {
                self.close = Some(entry.seq);
                return Ok(());
            }
            self.first = entry.seq + 1;
        }
        self.sealing.take(line);
        self.at_end.take(entry);
        self.before.take(entry);
        Ok(())
    }
}
