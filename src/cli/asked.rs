//! What a report is asked for, from the words that were typed. It reads no ledger.

use clap::ArgMatches;

use super::{choices, typed};
use crate::domain::calendar::Date;
use crate::domain::cuts::Cut;
use crate::domain::entry::Moves;
use crate::problem::{Failure, Problem};

/// What a report is asked for; by itself, nothing that grows.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) as_of: Option<Date>,
    pub(super) rows: Option<u64>,
    pub(super) in_wan: bool,
    pub(super) only: Option<String>,
    /// Whether the open commitments are wanted. They grow with what is open, so no other report gathers them.
    pub(super) promises: bool,
    /// Whether the year is wanted month by month.
    pub(super) months: bool,
    /// By what spending is wanted in pieces, which grow with how many there are.
    pub(super) pieces: Option<Cut>,
    /// Whether the payments are wanted that a statement should know of.
    pub(super) payments: bool,
    /// What the rows move that are wanted. They grow with the ledger, so no other report gathers them.
    pub(super) trail: Option<Vec<Moves>>,
}

impl Asked {
    pub(super) fn read(matches: &ArgMatches) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let as_of = typed::date(matches, "as-of", &mut problems);
        let asked = Self { as_of, ..Self::of_its_own_day(matches, &mut problems) };
        Failure::unless_none(problems)?;
        Ok(asked)
    }

    /// The same for a report that says by itself which day it is of.
    pub(super) fn of_its_own_day(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        Self {
            rows: typed::rows(matches, problems),
            in_wan: choices::chosen(matches, "unit", &choices::UNITS) == Some("wan"),
            only: matches.get_one::<String>("allocation").cloned(),
            ..Self::default()
        }
    }

    /// The same as of a day, unless another was asked for.
    pub(super) fn or_as_of(self, day: Option<Date>) -> Self {
        Self { as_of: self.as_of.or(day), ..self }
    }

    /// The same, with the year month by month.
    pub(super) fn with_months(self) -> Self {
        Self { months: true, ..self }
    }

    /// The same, with spending in pieces.
    pub(super) fn with_pieces(self, cut: Cut) -> Self {
        Self { pieces: Some(cut), ..self }
    }

    /// The same, with the rows gathered that move one of these.
    pub(super) fn with_rows(self, moves: Vec<Moves>) -> Self {
        Self { trail: Some(moves), ..self }
    }

    /// The same, with the open commitments gathered.
    pub(super) fn with_promises(self) -> Self {
        Self { promises: true, ..self }
    }

    /// At the year's end, whatever the day is.
    pub(super) fn at_years_end(matches: &ArgMatches, as_of: Date, in_wan: bool) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let rows = typed::rows(matches, &mut problems);
        Failure::unless_none(problems)?;
        Ok(Self { as_of: Some(as_of), rows, in_wan, ..Self::default() })
    }

    /// About all allocations, on the day that was asked for.
    pub(super) fn of_the_whole_project(matches: &ArgMatches, in_wan: bool) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let as_of = typed::date(matches, "as-of", &mut problems);
        let rows = typed::rows(matches, &mut problems);
        Failure::unless_none(problems)?;
        Ok(Self { as_of, rows, in_wan, ..Self::default() })
    }

    /// The same, on no later day than this.
    pub(super) fn at_most(self, day: Date) -> Self {
        Self { as_of: self.as_of.map(|asked| asked.min(day)), ..self }
    }

    /// The same, with every payment gathered. They grow with the ledger.
    pub(super) fn with_payments(self) -> Self {
        Self { payments: true, ..self }
    }

    /// The same about one allocation, or all of them, with the rows gathered that move something.
    pub(super) fn with_trail(self, only: Option<String>, moves: Vec<Moves>) -> Self {
        Self { only, ..self.with_rows(moves) }
    }
}
