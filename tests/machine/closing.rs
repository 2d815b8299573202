//! What begins and ends a year: `open` and `close`.

use super::command::Command;
use super::model::{Model, Row};
use super::reasons::{Problem, Reason};
use super::rules::{Outcome, clock, operator, stamped, today};
use super::said::Said;
use crate::laws::reckoning::DAYS_IN_MONTH;

type Answer = Result<Outcome, Vec<Problem>>;

/// An open row and a budget row an allocation, in one batch.
pub(super) fn open(model: &Model, said: &Said, command: &Command) -> Answer {
    if model.is_open() {
        let same = said.given("id").filter(|id| **id == model.rows[0].id);
        return match same {
            Some(id) => Ok(Outcome::Already(model.under(id).unwrap_or_default())),
            None => Err(vec![Problem::new(Reason::AlreadyOpen).with(model.rows.len())]),
        };
    }
    if !said.says("yes") && !said.says("dry-run") {
        return Err(vec![Problem::new(Reason::ConfirmationNeeded)]);
    }
    let by = operator(said, command)?;
    let (file, day) = (&model.file, format!("{}-01-01", model.file.year));
    let open = Row {
        memo: format!("format=1;budget={};year={}", file.id, file.year),
        doc: file.doc.to_owned(),
        ..Row::new("open", &day)
    };
    let lines = file.lines.iter().map(|line| Row {
        allocation: line.key.to_owned(),
        fund: line.fund.to_owned(),
        amount: line.amount,
        plan: line.plan(),
        memo: line.name.clone(),
        doc: file.doc.to_owned(),
        ..Row::new("budget", &day)
    });
    let rows = [open].into_iter().chain(lines).collect();
    Ok(Outcome::Writes { rows: stamped(rows, said, &by), remarks: Vec::new() })
}

/// A close row a month, in order and not before the month's end. What each seals is only known with its time, so their
/// memos are left to whoever knows it.
pub(super) fn close(model: &Model, said: &Said, command: &Command) -> Answer {
    if !model.is_open() {
        return Err(vec![Problem::new(Reason::NotOpened)]);
    }
    let last_day = |month: usize| format!("2022-{month:02}-{:02}", DAYS_IN_MONTH[month - 1]);
    let (month, end) = (said.month, last_day(said.month));
    if let Some(under) = said.given("id").and_then(|id| model.under(id)) {
        let main = &model.rows[under.end - 1];
        return match (main.kind, &main.date) {
            ("close", date) if *date == end => Ok(Outcome::Already(under)),
            _ => Err(vec![Problem::new(Reason::IdTaken).with(format!("`{}`", model.rows[under.start].id))]),
        };
    }
    let mut problems = model.disagreements();
    let behind = clock(model, said, command);
    problems.extend(behind.as_ref().err().cloned());
    let first_open = model.closed() + 1;
    let (_, today) = today(said, command);
    let name = |month: usize| format!("2022-{month:02}");
    let named = |reason| Problem::new(reason).with(name(month));
    if let Some(row) = model.close_of(month) {
        problems.push(named(Reason::AlreadyClosed).with(format!("row {row}")));
    } else if month > first_open && !said.says("through") {
        problems.push(named(Reason::CloseOutOfOrder).with(name(first_open)));
    } else if today < end {
        problems.push(named(Reason::MonthNotOver).with(today));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let by = operator(said, command)?;
    let reason = behind.ok().flatten().map(|reason| format!("clock-ok={reason}")).unwrap_or_default();
    if reason.len() > super::reading::LONGEST_TEXT {
        return Err(vec![Problem::new(Reason::TooLong).with("clock-ok")]);
    }
    let rows = (first_open..=month).map(|month| Row { doc: reason.clone(), ..Row::new("close", &last_day(month)) });
    Ok(Outcome::Writes { rows: stamped(rows.collect(), said, &by), remarks: Vec::new() })
}
