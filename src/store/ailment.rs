//! What is wrong with a ledger, its head and the bytes behind its rows, and which repair mends it. It changes nothing.

use std::io;

use super::behind::{self, Behind};
use super::diagnosis;
use super::files::{OpenFile, Purpose};
use super::head::{self, Head};
use super::ledger_file::LedgerFile;
use super::line_end;
use super::pass::{self, Damage, Pass, Visitor};
use super::thorough;
use crate::domain::entry::{Digest, Entry, Kind};
use crate::domain::ledger::Ledger;
use crate::domain::mending::{Knew, Mended, Repair};
use crate::domain::reasons::plain_memo;
use crate::problem::{Doing, Exit, LedgerFault, MendFault, Problem, ProblemKind};

/// What the head is to the rows that stand whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadSeen {
    Missing,
    Unreadable,
    /// It names a row that is there; it may lag.
    Agrees(Head),
    /// It names a row that the ledger has otherwise, or that can't have stood here.
    Foreign(Head),
    /// It knows of rows that are not there any more.
    Further(Head),
}

/// What is wrong, and so what mends it.
#[derive(Debug)]
pub(crate) enum Ailment {
    /// Nothing.
    None,
    /// An unfinished write that was never acknowledged: the next writer sees to it.
    Torn,
    Head,
    Tail,
    Missing,
    /// The last row, acknowledged and whole, lacks its line feed.
    Unended,
    /// A repair that broke off when all but the head was done: its row.
    Interrupted(Box<Entry<String>>),
    /// What no repair mends.
    Beyond(Box<Problem>),
}

/// A ledger looked at from all sides.
#[derive(Debug)]
pub(crate) struct Diagnosis {
    pub(crate) ailment: Ailment,
    /// The state after the last whole row, and where that ends.
    pub(crate) ledger: Ledger,
    pub(crate) bytes: u64,
    pub(crate) behind: Behind,
    /// What a repair kept and cut already that died before its row stood: the copy's ending, and what was behind.
    pub(crate) cut: Option<(String, Behind)>,
    pub(crate) head: HeadSeen,
    pub(crate) history: History,
}

/// What a repair must know of the rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    id: Option<String>,
    head_seq: u64,
    end: u64,
    at_head: Option<(Digest, u64)>,
    /// The row that carries the id.
    pub(crate) same_id: Option<Entry<String>>,
    /// The last row, if it is a repair.
    last: Option<Entry<String>>,
}

impl Visitor for History {
    fn row(&mut self, entry: &Entry<&str>, line: &[u8]) -> Result<(), LedgerFault> {
        self.end += line.len() as u64 + 1;
        if entry.seq == self.head_seq {
            self.at_head = Some((entry.digest, self.end));
        }
        if self.id.as_deref().is_some_and(|id| id == entry.id) {
            self.same_id = Some(entry.kept());
        }
        self.last = (entry.what.kind == Kind::Repair).then(|| entry.kept());
        Ok(())
    }
}

impl Diagnosis {
    /// Which repair is called for.
    pub(crate) fn calls_for(&self) -> Option<Mended> {
        match &self.ailment {
            Ailment::Head => Some(Mended::Head),
            Ailment::Tail | Ailment::Unended => Some(Mended::Tail),
            Ailment::Missing => Some(Mended::Missing),
            Ailment::Interrupted(entry) => {
                Some(Repair::of_memo(plain_memo(&entry.what.memo)).map_or(Mended::Head, |repair| repair.mended))
            }
            Ailment::None | Ailment::Torn | Ailment::Beyond(_) => None,
        }
    }

    /// What no repair mends, taken out.
    pub(crate) fn beyond(&mut self) -> Option<Problem> {
        let is_beyond = matches!(self.ailment, Ailment::Beyond(_));
        match is_beyond.then(|| std::mem::replace(&mut self.ailment, Ailment::None)) {
            Some(Ailment::Beyond(problem)) => Some(*problem),
            _ => None,
        }
    }

    /// The rows that were recorded, as far as is known, and would be given up: first and last.
    pub(crate) fn lost(&self) -> Option<(u64, u64)> {
        let rows = self.ledger.rows;
        let known = match self.head {
            HeadSeen::Further(head) => head.seq,
            HeadSeen::Missing | HeadSeen::Unreadable | HeadSeen::Agrees(_) | HeadSeen::Foreign(_) => 0,
        };
        let written = if matches!(self.ailment, Ailment::Tail) { rows + self.cuttable().rows } else { 0 };
        let last = known.max(written);
        (last > rows).then_some((rows + 1, last))
    }

    /// Whether recorded rows are given up by it, or may be for all that is known.
    pub(crate) fn gives_up_rows(&self) -> bool {
        match self.ailment {
            Ailment::Missing => true,
            Ailment::Tail => self.lost().is_some() || !matches!(self.head, HeadSeen::Agrees(_)),
            Ailment::None
            | Ailment::Torn
            | Ailment::Head
            | Ailment::Unended
            | Ailment::Interrupted(_)
            | Ailment::Beyond(_) => false,
        }
    }

    /// The row that a repair would give up because its digest does not fit any more.
    pub(crate) fn changed(&self) -> Option<u64> {
        self.cuttable().changed.filter(|_| matches!(self.ailment, Ailment::Tail))
    }

    /// What is to be cut, or was cut already.
    pub(crate) fn cuttable(&self) -> &Behind {
        self.cut.as_ref().map_or(&self.behind, |(_, behind)| behind)
    }

    /// What the head knew that is given up with it.
    pub(crate) fn knew(&self) -> Option<Knew> {
        match self.head {
            HeadSeen::Missing | HeadSeen::Agrees(_) => None,
            HeadSeen::Unreadable => Some(Knew::Unreadable),
            HeadSeen::Foreign(head) | HeadSeen::Further(head) => {
                Some(Knew::Rows { seq: head.seq, digest: head.digest, bytes: head.bytes })
            }
        }
    }

    /// The head, where it can be relied on.
    pub(crate) fn good_head(&self) -> Option<Head> {
        match self.head {
            HeadSeen::Agrees(head) | HeadSeen::Further(head) => Some(head),
            HeadSeen::Missing | HeadSeen::Unreadable | HeadSeen::Foreign(_) => None,
        }
    }
}

impl LedgerFile<'_> {
    /// Looks at the ledger without a lock; `id` is looked for among its rows.
    pub(crate) fn examine(&self, id: Option<&str>) -> Result<Diagnosis, Problem> {
        let head = self.head_as_it_is()?;
        let file = self.open(Purpose::Reading, false)?;
        self.diagnose(&*file, head, id)
    }

    /// The same by the rows alone, where something stands in the head's way.
    pub(crate) fn examine_without_head(&self) -> Result<Diagnosis, Problem> {
        let file = self.open(Purpose::Reading, false)?;
        self.diagnose(&*file, None, None)
    }

    /// The head, `Some(None)` where it can't be read.
    pub(super) fn head_as_it_is(&self) -> Result<Option<Option<Head>>, Problem> {
        match head::read(self.files, &self.path) {
            Err(problem) if problem.exit() == Exit::Integrity => Ok(Some(None)),
            head => Ok(head?.map(Some)),
        }
    }

    /// What is wrong with an opened ledger under this head.
    pub(super) fn diagnose(
        &self,
        file: &dyn OpenFile,
        head: Option<Option<Head>>,
        id: Option<&str>,
    ) -> Result<Diagnosis, Problem> {
        let failed = self.failed(Doing::Reading);
        let length = file.look().map_err(&failed)?.length;
        let known = head.flatten();
        let fresh = || History {
            id: id.map(str::to_owned),
            head_seq: known.map_or(0, |head| head.seq),
            end: header_length(),
            ..History::default()
        };
        let (walk, history) = pass::reach(file, length, fresh).map_err(&failed)?;
        let behind = behind::scan(file, walk.whole, length, &walk.ledger).map_err(&failed)?;
        let head = match head {
            None => HeadSeen::Missing,
            Some(None) => HeadSeen::Unreadable,
            Some(Some(head)) if history.at_head == Some((head.digest, head.bytes)) => HeadSeen::Agrees(head),
            Some(Some(head)) if head.seq > walk.ledger.rows && head.bytes > walk.whole => HeadSeen::Further(head),
            Some(Some(head)) => HeadSeen::Foreign(head),
        };
        let mut found = Diagnosis {
            ailment: Ailment::None,
            ledger: walk.ledger,
            bytes: walk.whole,
            behind,
            cut: None,
            head,
            history,
        };
        let relied_on = match head {
            HeadSeen::Agrees(head) => Some(head),
            HeadSeen::Missing | HeadSeen::Unreadable | HeadSeen::Foreign(_) | HeadSeen::Further(_) => None,
        };
        let is_torn = match &walk.stop {
            Some(stop) => pass::is_unfinished(file, stop, (found.bytes, &found.ledger), relied_on.as_ref(), length)
                .map_err(&failed)?,
            None => false,
        };
        // A repair that died after its cut may have left the beginning of its row, too.
        let may_be_its_row = is_torn && matches!(head, HeadSeen::Missing | HeadSeen::Agrees(_));
        let sound_behind = found.behind.bytes == 0 || may_be_its_row;
        if sound_behind {
            found.cut = self.cut_before(file, &found).map_err(&failed)?;
        }
        found.ailment = self.ailment(file, length, &found, is_torn, walk.stop.is_some())?;
        if let (Ailment::Missing, HeadSeen::Further(head)) = (&found.ailment, head) {
            let mut history = found.history.clone();
            let stretch = (found.bytes, length);
            let completed = line_end::completed(file, stretch, &found.ledger, &head, &mut history).map_err(&failed)?;
            if let Some(ledger) = completed {
                let (behind, head) = (Behind::default(), HeadSeen::Agrees(head));
                found =
                    Diagnosis { ailment: Ailment::Unended, ledger, bytes: length, behind, cut: None, head, history };
            }
        }
        Ok(found)
    }

    fn ailment(
        &self,
        file: &dyn OpenFile,
        length: u64,
        found: &Diagnosis,
        is_torn: bool,
        is_stopped: bool,
    ) -> Result<Ailment, Problem> {
        let sound_behind = !is_stopped || is_torn;
        let beyond = |rows: u64| {
            let head = match found.head {
                HeadSeen::Agrees(head) | HeadSeen::Foreign(head) | HeadSeen::Further(head) => Some(head),
                HeadSeen::Missing | HeadSeen::Unreadable => None,
            };
            let pass = pass::run(file, &self.path, length, head.as_ref(), || Nothing);
            let (pass, _) = pass.map_err(self.failed(Doing::Reading))?;
            let of_none = diagnosis::of_no_ledger(file, length).map_err(self.failed(Doing::Reading))?;
            let fault = if rows == 0 { of_none } else { LedgerFault::Unended };
            Ok::<_, Problem>(Ailment::Beyond(unmendable(pass.damage.map_or(fault.into(), |damage| damage.problem))))
        };
        if found.ledger.rows == 0 {
            return beyond(0);
        }
        if let Some(damage) = self.damage_to_the_laws(found)? {
            return Ok(Ailment::Beyond(unmendable(damage.problem)));
        }
        let agrees = matches!(found.head, HeadSeen::Missing | HeadSeen::Agrees(_));
        if sound_behind && agrees && found.cut.is_none() {
            return Ok(if is_torn { Ailment::Torn } else { Ailment::None });
        }
        if found.behind.bytes == 0
            && let Some(entry) = self.interrupted(found)?
        {
            return Ok(Ailment::Interrupted(Box::new(entry)));
        }
        if found.behind.later_append || found.behind.is_newer || found.behind.is_resaved {
            return beyond(found.ledger.rows);
        }
        Ok(match found.head {
            _ if found.cut.is_some() => Ailment::Tail,
            // A changed row may have become shorter, and is there all the same.
            HeadSeen::Further(head) if length < head.bytes && found.behind.changed.is_none() => Ailment::Missing,
            HeadSeen::Further(_) => Ailment::Tail,
            HeadSeen::Missing | HeadSeen::Unreadable | HeadSeen::Agrees(_) | HeadSeen::Foreign(_) => {
                if sound_behind {
                    Ailment::Head
                } else {
                    Ailment::Tail
                }
            }
        })
    }

    /// What only `verify` finds: a repair of what does not hold would be none.
    fn damage_to_the_laws(&self, found: &Diagnosis) -> Result<Option<Damage>, Problem> {
        let pass = Pass { ledger: found.ledger.clone(), bytes: found.bytes, tail: 0, damage: None };
        Ok(thorough::read_so_far(self, &pass)?.pass.damage)
    }

    /// The last row, if it is a repair whose head was kept and still stands: all but the new head was done.
    fn interrupted(&self, found: &Diagnosis) -> Result<Option<Entry<String>>, Problem> {
        let Some(entry) = &found.history.last else { return Ok(None) };
        let kept = Repair::of_memo(plain_memo(&entry.what.memo)).and_then(|repair| repair.head_kept);
        let Some(kept) = kept else { return Ok(None) };
        let same = head::is_copied(self.files, &self.path, &kept).map_err(self.failed(Doing::Reading))?;
        Ok(same.then(|| entry.clone()))
    }
}

/// The same problem with the cure that is left where a repair is none.
fn unmendable(problem: Problem) -> Box<Problem> {
    Box::new(match problem {
        Problem { kind: ProblemKind::Ledger(fault), level, place } => {
            Problem { kind: ProblemKind::Mend(MendFault::Beyond(fault)), level, place }
        }
        other => other,
    })
}

/// The length of the header line, its line feed with it.
fn header_length() -> u64 {
    super::line::COLUMNS.iter().map(|column| column.len() as u64 + 1).sum()
}

/// A visitor that wants nothing.
pub(super) struct Nothing;

impl Visitor for Nothing {
    fn row(&mut self, _entry: &Entry<&str>, _line: &[u8]) -> Result<(), LedgerFault> {
        Ok(())
    }
}

/// How many rows stand whole in a file that may be a copy of the ledger, and the digest of one of them.
pub(super) fn rows_in(file: &dyn OpenFile, row: u64) -> io::Result<(u64, u64, Option<Digest>)> {
    let length = file.look()?.length;
    let (walk, seen) = pass::reach(file, length, || History { head_seq: row, ..History::default() })?;
    Ok((walk.ledger.rows, walk.whole, seen.at_head.map(|(digest, _)| digest)))
}
