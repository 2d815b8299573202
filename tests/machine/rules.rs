//! What the rules (design §4 to §7) must say to a command, and exactly which rows it must write.

use std::ops::Range;

use super::command::{Command, Verb};
use super::importing::{self, Load};
use super::model::{Model, Row, memo_says};
use super::reasons::{Problem, Reason};
use super::said::{Said, understood};
use super::{budget_changes, closing, last_year, spending, taking_back};
use crate::laws::reckoning::day;

/// What must become of a command.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// These rows are written, or with `--dry-run` would be, and this is remarked on.
    Writes {
        rows: Vec<Row>,
        remarks: Vec<Problem>,
    },
    /// A table was read, and this becomes of it.
    Imports(Load),
    /// These rows, by place, say the same under the same id.
    Already(Range<usize>),
    Refused(Vec<Problem>),
}

/// The rows of a command and what is remarked on, or every reason why not.
pub(super) type Verdict = Result<(Vec<Row>, Vec<Problem>), Vec<Problem>>;

/// A command on its day, as the rules see it.
pub(super) struct Case<'c> {
    pub(super) model: &'c Model,
    pub(super) said: &'c Said,
    /// The accounting date of the new rows.
    pub(super) date: &'c str,
    /// The reason why the clock is behind, if it is behind and one was given.
    pub(super) clock_ok: Option<&'c str>,
}

/// What the rules say to a command.
pub(super) fn outcome(model: &Model, command: &Command) -> Outcome {
    let said = match understood(command, model) {
        Ok(said) => said,
        Err(problems) => return Outcome::Refused(problems),
    };
    let answer = if said.verb == Verb::Open {
        closing::open(model, &said, command)
    } else if said.verb == Verb::Close {
        closing::close(model, &said, command)
    } else if said.verb == Verb::Import {
        importing::import(model, &said, command)
    } else {
        write(model, &said, command)
    };
    answer.unwrap_or_else(Outcome::Refused)
}

/// The day on which nothing may be dated later: the clock's, and the one that was said if it is earlier.
pub(super) fn today(said: &Said, command: &Command) -> (String, String) {
    let clock = day(command.day);
    let today = said.given("today").unwrap_or(&clock).clone();
    (today.clone(), today.min(clock))
}

/// Who writes: asked after the id is looked up, for a repetition is no new entry.
pub(super) fn operator(said: &Said, command: &Command) -> Result<String, Vec<Problem>> {
    let by = said.given("by").filter(|by| !by.is_empty()).map(String::as_str);
    let set = if command.nobody { None } else { Some("小李") };
    by.or(set).map(str::to_owned).ok_or_else(|| vec![Problem::new(Reason::OperatorNeeded)])
}

/// Whether the clock runs behind the last row, and the complaint if nobody says why.
pub(super) fn clock<'s>(model: &Model, said: &'s Said, command: &Command) -> Result<Option<&'s str>, Problem> {
    let behind = model.rows.last().is_some_and(|last| day(command.day).as_str() < &last.at[..10]);
    match said.given("clock-ok") {
        _ if !behind => Ok(None),
        Some(reason) => Ok(Some(reason)),
        None => Err(Problem::new(Reason::ClockBehind).with(day(command.day))),
    }
}

/// Rows stamped with who writes them and under which id; when is the clock's matter, and an id that is made is too.
pub(super) fn stamped(rows: Vec<Row>, said: &Said, by: &str) -> Vec<Row> {
    let count = rows.len();
    let stamp = |(place, row): (usize, Row)| Row {
        batch: (count > 1).then_some((place + 1, count)),
        id: said.given("id").filter(|_| place == 0).cloned().unwrap_or_default(),
        by: by.to_owned(),
        ..row
    };
    rows.into_iter().enumerate().map(stamp).collect()
}

fn write(model: &Model, said: &Said, command: &Command) -> Result<Outcome, Vec<Problem>> {
    if !model.is_open() {
        return Err(vec![Problem::new(Reason::NotOpened)]);
    }
    if let Some(under) = said.given("id").and_then(|id| model.under(id)) {
        return repeated(model, said, under);
    }
    let by = operator(said, command)?;
    let (default, today) = today(said, command);
    let year = model.file.year.to_string();
    let date = said.given("date").cloned().or(Some(default).filter(|day| day.starts_with(&year)));
    let mut problems = model.disagreements();
    let Some(date) = date else {
        let needed = problems.is_empty().then(|| Problem::new(Reason::DateNeeded));
        return Err(problems.into_iter().chain(needed).collect());
    };
    let clock_ok = clock(model, said, command).unwrap_or_else(|problem| {
        problems.push(problem);
        said.given("clock-ok").map(String::as_str)
    });
    problems.extend(dated(model, &date, &today));
    match rows(&Case { model, said, date: &date, clock_ok }) {
        Err(refused) => Err(problems.into_iter().chain(refused).collect()),
        Ok(_) if !problems.is_empty() => Err(problems),
        Ok((rows, remarks)) => Ok(Outcome::Writes { rows: stamped(rows, said, &by), remarks }),
    }
}

fn rows(case: &Case<'_>) -> Verdict {
    match case.said.verb {
        Verb::Record | Verb::Spend => spending::record(case),
        Verb::Split => spending::split(case),
        Verb::Commit => spending::commit(case),
        Verb::Correct => spending::correct(case),
        Verb::Reverse | Verb::Refund | Verb::Release => taking_back::take_back(case),
        Verb::Note => taking_back::note(case),
        Verb::Adjust => budget_changes::adjust(case),
        Verb::Undo => budget_changes::undo(case),
        Verb::Transfer => budget_changes::transfer(case),
        Verb::Carry => last_year::rows(case.said.last.as_ref().unwrap(), case),
        Verb::Open | Verb::Close | Verb::Import => unreachable!("they have ways of their own"),
    }
}

/// An accounting date stands inside the year, not after today, in an open month.
pub(super) fn dated(model: &Model, date: &str, today: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let year = model.file.year.to_string();
    let problem = |reason| Problem::new(reason).with(date);
    if !date.starts_with(&year) {
        problems.push(problem(Reason::DateOutsideYear));
    }
    if date > today {
        problems.push(problem(Reason::DateAfterToday).with(today));
    }
    let month: usize = date[5..7].parse().unwrap();
    if date.starts_with(&year) && month <= model.closed() {
        problems.push(match model.closed() {
            12 => Problem::new(Reason::YearClosed).with(&date[..7]),
            closed => Problem::new(Reason::MonthClosed).with(&date[..7]).with(format!("2022-{:02}", closed + 1)),
        });
    }
    problems
}

/// The same content, in the columns that the caller gave, is answered with the rows that are there; other content is
/// refused.
fn repeated(model: &Model, said: &Said, under: Range<usize>) -> Result<Outcome, Vec<Problem>> {
    let rows = &model.rows[under.clone()];
    let taken = || vec![Problem::new(Reason::IdTaken).with(format!("`{}`", rows[0].id))];
    if let Some(last) = &said.last {
        return if last_year::is_same(rows, last, said) { Ok(Outcome::Already(under)) } else { Err(taken()) };
    }
    let (first, main) = (&rows[0], &rows[rows.len() - 1]);
    let columns = ["date", "occurred", "doc", "payee", "voucher", "payment", "method", "invoice", "fund", "plan"];
    let mut same = main.kind == said.verb.kind();
    // The parts of a bill may have funds of their own.
    let own = |name: &str| name == "fund" && said.parts.last().is_some_and(|part| part.fund.is_some());
    let says = |name: &&str| own(name) || said.given(name).is_none_or(|text| *text == main.column(name));
    same &= columns.iter().all(says);
    same &= said.given("memo").is_none_or(|memo| memo_says(&main.memo, memo));
    same &= match said.verb {
        Verb::Split => {
            let parts = said.parts.iter().zip(rows).all(|(part, row)| {
                let economic = part.economic.clone().unwrap_or_default();
                (&part.key, part.amount, &economic) == (&row.allocation, row.amount, &row.economic)
                    && part.fund.as_ref().is_none_or(|fund| *fund == row.fund)
            });
            parts && said.parts.len() == rows.len()
        }
        Verb::Transfer => {
            let (from, to) = (said.key(), said.to.as_deref().unwrap_or_default());
            first.allocation == from && main.allocation == to && main.amount == said.amount()
        }
        Verb::Reverse | Verb::Refund | Verb::Release => said.amount.is_none_or(|fen| main.amount == -fen),
        Verb::Open
        | Verb::Record
        | Verb::Spend
        | Verb::Correct
        | Verb::Note
        | Verb::Adjust
        | Verb::Undo
        | Verb::Commit
        | Verb::Import
        | Verb::Carry
        | Verb::Close => {
            let economic = said.given("economic").is_none_or(|code| *code == main.economic);
            let amount = said.amount.is_none_or(|fen| main.amount == fen);
            economic && amount && said.key.as_ref().is_none_or(|key| *key == main.allocation)
        }
    };
    same &= !said.says("recommit") || first.kind == "commitment";
    // The last row of a batch may say the same as a row alone.
    same &= match said.verb {
        Verb::Record | Verb::Commit | Verb::Note | Verb::Release => rows.len() == 1,
        Verb::Reverse | Verb::Refund => said.says("recommit") || rows.len() == 1,
        Verb::Adjust => rows[..rows.len() - 1].iter().all(|row| row.amount == 0),
        Verb::Open | Verb::Spend | Verb::Split | Verb::Correct | Verb::Undo | Verb::Transfer => true,
        Verb::Close | Verb::Import | Verb::Carry => true,
    };
    if !said.named.is_empty() {
        let (_, candidates) = candidates(model, said);
        same &= rows.iter().any(|row| row.refers_to.is_some_and(|seq| candidates.contains(&seq)));
    }
    if same {
        return Ok(Outcome::Already(under));
    }
    Err(vec![Problem::new(Reason::IdTaken).with(format!("`{}`", first.id))])
}

/// The rows that a name may mean: the one whose seq it is, and those that carry it, a voucher number on an expense, a
/// document's on a commitment or an adjustment. `11#` and `第11笔` are a seq and nothing else.
fn candidates(model: &Model, said: &Said) -> (Option<usize>, Vec<usize>) {
    let name = said.named.trim();
    let marked = name.strip_suffix('#').or(name.strip_prefix('第').and_then(|name| name.strip_suffix('笔')));
    let number = |text: &str| text.parse().ok().filter(|seq: &usize| seq.to_string() == text);
    let seq = marked.map_or(number(name), number);
    let kind = said.verb.refers_to().unwrap_or("expense");
    let carries = |row: &Row| match kind {
        _ if marked.is_some() => false,
        "expense" => row.kind == kind && row.voucher == name,
        _ => row.kind == kind && row.doc == name,
    };
    let rows = (1..).zip(&model.rows);
    (seq, rows.filter(|(place, row)| Some(*place) == seq || carries(row)).map(|(place, _)| place).collect())
}

/// A kind of row as the screen calls it.
fn called(kind: &str) -> &str {
    match kind {
        "open" => "the opening row",
        "budget" => "a budget row",
        "adjustment" => "an adjustment",
        "commitment" => "a commitment",
        "release" => "a release",
        "expense" => "an expense",
        "reversal" => "a reversal",
        "refund" => "a refund",
        "note" => "a note",
        _ => "a close row",
    }
}

/// Of the rows that a name may mean: the one whose seq it is, and of the adjustments that carry it those that took none back,
/// of a transfer its first side, and of these what still stands; one of them, or of the others, if nothing does.
fn changes(model: &Model, seq: Option<usize>, found: &[usize]) -> Vec<usize> {
    let is_meant = |row: &usize| Some(*row) == seq || model.row(*row).refers_to.is_none();
    let meant: Vec<usize> = found.iter().copied().filter(is_meant).collect();
    let is_second = |seq: usize| {
        let row = model.row(seq);
        let mut before = (1..=3).filter_map(|back| seq.checked_sub(back).filter(|first| meant.contains(first)));
        let place = row.batch.map_or(1, |(place, _)| place);
        before.any(|first| {
            let one = model.row(first);
            [one.kind, row.kind] == ["adjustment"; 2]
                && seq - first < place
                && one.amount == -row.amount
                && row.amount != 0
        })
    };
    let changes: Vec<usize> = meant.iter().copied().filter(|seq| !is_second(*seq)).collect();
    let by_seq = |row: &usize| Some(*row) == seq;
    let firm = |row: &usize| model.row(*row).kind == "adjustment" && (by_seq(row) || model.left(*row) != 0);
    if changes.iter().any(firm) {
        changes.into_iter().filter(|row| firm(row) || by_seq(row)).collect()
    } else if changes.iter().any(by_seq) {
        changes
    } else {
        changes.iter().chain(found).take(1).copied().collect()
    }
}

/// The one row that was named.
pub(super) fn the_row(case: &Case<'_>) -> Result<usize, Problem> {
    let (seq, mut found) = candidates(case.model, case.said);
    if case.said.verb == Verb::Undo {
        found = changes(case.model, seq, &found);
    }
    let fits = |place: &usize| case.said.verb.refers_to().is_none_or(|kind| case.model.row(*place).kind == kind);
    match found[..] {
        [] => Err(Problem::new(Reason::NoSuchRow).with(&case.said.named)),
        [one] if fits(&one) => Ok(one),
        [one] => {
            Err(Problem::new(Reason::NotOfKind).with(format!("row {one} is {},", called(case.model.row(one).kind))))
        }
        // A number that is the seq of another kind of row, and on one that fits, means that one.
        [one, other] if seq == Some(one) && !fits(&one) => Ok(other),
        [one, other] if seq == Some(other) && !fits(&other) => Ok(one),
        _ => {
            let is_seq = seq.filter(|seq| found.contains(seq));
            let reason = if is_seq.is_some() { Reason::SeqOrNumber } else { Reason::SeveralRows };
            let others = found.iter().filter(|row| Some(**row) != is_seq).map(usize::to_string);
            let others = others.collect::<Vec<_>>().join(", ");
            Err(Problem::new(reason).with(format!("`{}`", case.said.named.trim())).with(others))
        }
    }
}

/// Nothing is taken back before it was there.
pub(super) fn not_before(case: &Case<'_>, seq: usize) -> Option<Problem> {
    let original = &case.model.row(seq).date;
    (case.date < original.as_str()).then(|| Problem::new(Reason::BeforeOriginal).with(case.date).with(original))
}

/// A memo with the reasons that were needed at its end; together they are still one text.
pub(super) fn memo(case: &Case<'_>, memo: &str, allow_over: bool, clock_ok: bool) -> Result<String, Problem> {
    let over = case.said.given("allow-over").filter(|_| allow_over).map(|reason| format!("allow-over={reason}"));
    let clock = case.clock_ok.filter(|_| clock_ok).map(|reason| format!("clock-ok={reason}"));
    let words = Some(memo.to_owned()).filter(|memo| !memo.is_empty());
    let memo = words.into_iter().chain(over).chain(clock).collect::<Vec<_>>().join(";");
    if memo.len() > super::reading::LONGEST_TEXT {
        return Err(Problem::new(Reason::TooLong).with("memo"));
    }
    Ok(memo)
}
