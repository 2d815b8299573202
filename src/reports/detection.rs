//! What was detected in a statement, as complete data: what it is, what was read of it, and the profile by which the same is
//! read again.

use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::statement::{Headings, LeftOut, Profile};

/// So many lines are named; of more only the count is told.
const NAMED: usize = 20;

/// What was detected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Detection {
    /// The statement's file name.
    pub(crate) file: String,
    /// The sheet that was read, of a workbook.
    pub(crate) sheet: Option<String>,
    pub(crate) headings: Headings,
    pub(crate) movements: u64,
    /// The first and the last day of a movement.
    pub(crate) period: Option<(Date, Date)>,
    /// What went out, and what came in, in 元.
    pub(crate) out: Amount,
    pub(crate) into: Amount,
    pub(crate) left_out: Vec<(LeftOut, Lines)>,
    pub(crate) unread: Lines,
    /// Whether the statement's balance had the direction turned round.
    pub(crate) is_turned: bool,
    /// By which the same is read again.
    pub(crate) profile: Profile,
}

/// Lines by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) first: Vec<u64>,
    pub(crate) count: u64,
}

impl Lines {
    pub(super) fn of(numbers: impl Iterator<Item = u64>) -> Self {
        let mut lines = Self::default();
        for number in numbers {
            lines.count += 1;
            if lines.first.len() < NAMED {
                lines.first.push(number);
            }
        }
        lines
    }
}

/// What a statement told: its movements, positive if they went out, and the lines that are none.
pub(crate) struct Seen<'s> {
    pub(crate) movements: &'s [(Date, Amount)],
    pub(crate) left_out: &'s [(usize, LeftOut)],
    pub(crate) unread: &'s [usize],
}

/// The report on a statement that was read by this profile.
pub(crate) fn detection(
    file: String,
    sheet: Option<String>,
    headings: Headings,
    seen: &Seen<'_>,
    (profile, is_turned): (Profile, bool),
) -> Detection {
    let days = || seen.movements.iter().map(|(day, _)| *day);
    let sum = |is_out: bool| {
        let amounts = seen.movements.iter().map(|(_, amount)| *amount);
        amounts.filter(|amount| amount.is_negative() != is_out).sum::<Amount>()
    };
    let left_out = LeftOut::ALL.map(|wanted| {
        let lines = seen.left_out.iter().filter(|(_, why)| *why == wanted).map(|(line, _)| *line as u64);
        (wanted, Lines::of(lines))
    });
    Detection {
        file,
        sheet,
        headings,
        movements: seen.movements.len() as u64,
        period: days().min().zip(days().max()),
        out: sum(true),
        into: -sum(false),
        left_out: left_out.into_iter().filter(|(_, lines)| lines.count > 0).collect(),
        unread: Lines::of(seen.unread.iter().map(|line| *line as u64)),
        is_turned,
        profile,
    }
}
