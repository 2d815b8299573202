//! What refers to an earlier row and leaves it as it is: `reverse`, `refund`, `release` and `note`.

use super::command::Verb;
use super::model::{Row, plain_memo};
use super::reasons::{Problem, Reason};
use super::rules::{Case, Verdict, memo, not_before, the_row};
use super::spending::invoices;

/// All that is left of a row, or a part of it, taken back; everything else is copied.
pub(super) fn take_back(case: &Case<'_>) -> Verdict {
    let (said, one) = (case.said, |problem| vec![problem]);
    let seq = the_row(case).map_err(one)?;
    let (was, left) = (case.model.row(seq), case.model.left(seq));
    let asked = said.amount.unwrap_or(left);
    let problem = match asked {
        _ if left == 0 => Some(Problem::new(Reason::NothingLeft).with(format!("row {seq}"))),
        asked if asked <= 0 => Some(Problem::new(Reason::NotPositive).yuan(asked)),
        asked if asked > left => Some(Problem::new(Reason::MoreThanLeft).with(format!("row {seq}")).yuan(left)),
        _ => None,
    };
    let problems: Vec<Problem> = problem.into_iter().chain(not_before(case, seq)).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let or_was = |name: &str| said.given(name).cloned().unwrap_or_else(|| was.column(name));
    let again = if said.says("recommit") { vec![promised_again(case, seq, asked).map_err(one)?] } else { Vec::new() };
    let row = Row {
        kind: said.verb.kind(),
        date: case.date.to_owned(),
        occurred: said.text("occurred"),
        amount: -asked,
        memo: memo(case, said.given("memo").map_or(plain_memo(&was.memo), String::as_str), false, true).map_err(one)?,
        voucher: or_was("voucher"),
        payment: or_was("payment"),
        doc: or_was("doc"),
        refers_to: Some(seq),
        ..was.clone()
    };
    Ok((again.into_iter().chain([row]).collect(), Vec::new()))
}

/// The commitment made anew: as much as the expense had taken out of its old one, first things first.
fn promised_again(case: &Case<'_>, seq: usize, amount: i64) -> Result<Row, Problem> {
    let none = || Problem::new(Reason::NotAgainstCommitment).with(format!("row {seq}"));
    let expense = case.model.row(seq);
    let before = case.model.row(seq - 1);
    if expense.batch != Some((2, 2)) || before.kind != "release" {
        return Err(none());
    }
    let (promised, gone) = (-before.amount, expense.amount - case.model.left(seq));
    let again = promised.min(gone + amount) - promised.min(gone);
    if again == 0 {
        return Err(none());
    }
    Ok(Row {
        kind: "commitment",
        date: case.date.to_owned(),
        occurred: String::new(),
        amount: again,
        memo: plain_memo(&before.memo).to_owned(),
        refers_to: None,
        ..before.clone()
    })
}

/// What came late, added to any row; it moves nothing, so it may stand on rows of closed months.
pub(super) fn note(case: &Case<'_>) -> Verdict {
    debug_assert_eq!(case.said.verb, Verb::Note);
    let said = case.said;
    let seq = the_row(case).map_err(|problem| vec![problem])?;
    let was = case.model.row(seq);
    let mut problems = if said.says("invoice-part") { Vec::new() } else { invoices(case, Some(seq)) };
    let mut row = Row {
        occurred: said.text("occurred"),
        allocation: was.allocation.clone(),
        fund: was.fund.clone(),
        voucher: said.text("voucher"),
        payment: said.text("payment"),
        invoice: said.text("invoice"),
        refers_to: Some(seq),
        doc: said.text("doc"),
        ..Row::new("note", case.date)
    };
    match memo(case, &said.text("memo"), false, true) {
        Ok(memo) => row.memo = memo,
        Err(problem) => problems.push(problem),
    }
    if problems.is_empty() { Ok((vec![row], Vec::new())) } else { Err(problems) }
}
