//! What changes the budget: `adjust`, `adjust --undo` and `transfer`.

use super::model::{Row, plain_memo};
use super::reasons::{Problem, Reason};
use super::rules::{Case, Verdict, memo, not_before, the_row};

/// A cut never goes below what is spent and committed.
fn too_deep(case: &Case<'_>, key: &str, amount: i64, with: &[Row]) -> Option<Problem> {
    let available = case.model.available(Some(key), with);
    let deep = amount < 0 && available + amount < 0;
    deep.then(|| Problem::new(Reason::CutTooDeep).with(format!("{key} (")).yuan(-amount).yuan(available))
}

/// A change that takes more from its fund than that has left.
fn beyond_its_fund(case: &Case<'_>, row: &Row, with: &[Row]) -> Option<Problem> {
    let left = case.model.available_of_fund(row, with).unwrap_or_default();
    let cut = -row.amount;
    let beyond = cut > left.max(0);
    let problem = Problem::new(Reason::OverFund).with("more than fund ").with(format!("in {} (", row.allocation));
    beyond.then(|| problem.yuan(cut).yuan(cut - left).yuan(left))
}

/// The fund a change belongs to when none was said: the one the allocation was opened with, or that its file names.
pub(super) fn own_fund(case: &Case<'_>, key: &str) -> String {
    let opened = case.model.funds(key).into_iter().next();
    opened.or(case.model.file.line(key).map(|line| line.fund.to_owned())).unwrap_or_default()
}

/// The fund that is cut when none was said: the own one, or if nothing is in that the only one with anything in it.
fn fund_to_cut(case: &Case<'_>, key: &str) -> String {
    let own = own_fund(case, key);
    let held = case.model.funds(key);
    match held.iter().filter(|fund| case.model.is_in_use(key, fund, &[])).collect::<Vec<_>>()[..] {
        [only] => only.clone(),
        _ => own,
    }
}

/// The rows of 0.00 that a change needs before it: for an allocation new to the ledger, and for a fund new to it.
pub(super) fn newly_funded(case: &Case<'_>, key: &str, fund: &str) -> Vec<Row> {
    let held = case.model.funds(key);
    let Some(line) = case.model.file.line(key) else { return Vec::new() };
    let row = |fund: &str, plan: String| Row {
        allocation: key.to_owned(),
        fund: fund.to_owned(),
        plan,
        memo: line.name.clone(),
        doc: case.model.file.doc.to_owned(),
        ..Row::new("budget", case.date)
    };
    let own = held.is_empty().then(|| row(line.fund, line.plan()));
    let is_new = fund != line.fund && !held.iter().any(|held| held == fund);
    own.into_iter().chain(is_new.then(|| row(fund, "even".to_owned()))).collect()
}

fn adjustment(case: &Case<'_>, key: &str, fund: &str, amount: i64, memo: &str) -> Row {
    Row {
        occurred: case.said.text("occurred"),
        allocation: key.to_owned(),
        fund: fund.to_owned(),
        amount,
        plan: case.said.given("plan").cloned().unwrap_or_else(|| "even".to_owned()),
        memo: memo.to_owned(),
        doc: case.said.text("doc"),
        ..Row::new("adjustment", case.date)
    }
}

pub(super) fn adjust(case: &Case<'_>) -> Verdict {
    let (said, key, amount) = (case.said, case.said.key(), case.said.amount());
    let mut problems = Vec::new();
    if said.plan_sum.is_some_and(|sum| sum != amount) {
        problems.push(Problem::new(Reason::PlanDoesNotFit).yuan(said.plan_sum.unwrap_or_default()).yuan(amount));
    }
    let own = if amount < 0 { fund_to_cut } else { own_fund };
    let fund = said.given("fund").cloned().unwrap_or_else(|| own(case, key));
    let deep = too_deep(case, key, amount, &[]);
    let beyond = beyond_its_fund(case, &adjustment(case, key, &fund, amount, ""), &[]);
    let memo = memo(case, &said.text("memo"), deep.is_some() || beyond.is_some(), true);
    problems.extend(deep.filter(|_| said.given("allow-over").is_none()));
    problems.extend(memo.as_ref().err().cloned());
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows = newly_funded(case, key, &fund);
    rows.push(adjustment(case, key, &fund, amount, &memo.unwrap_or_default()));
    Ok((rows, beyond.into_iter().collect()))
}

pub(super) fn transfer(case: &Case<'_>) -> Verdict {
    let (said, amount) = (case.said, case.said.amount());
    let sides = [(said.key(), -amount), (said.to.as_deref().unwrap_or_default(), amount)];
    let deep = too_deep(case, said.key(), -amount, &[]);
    // Both sides are of one fund: the one that was said, or the giver's own.
    let fund = said.given("fund").cloned().unwrap_or_else(|| fund_to_cut(case, said.key()));
    let beyond = beyond_its_fund(case, &adjustment(case, said.key(), &fund, -amount, ""), &[]);
    let memo = memo(case, &said.text("memo"), deep.is_some() || beyond.is_some(), true);
    let problems = deep.filter(|_| said.given("allow-over").is_none());
    let problems: Vec<Problem> = problems.into_iter().chain(memo.as_ref().err().cloned()).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows = Vec::new();
    for (key, amount) in sides {
        rows.extend(newly_funded(case, key, &fund));
        rows.push(adjustment(case, key, &fund, amount, memo.as_deref().unwrap_or_default()));
    }
    Ok((rows, beyond.into_iter().collect()))
}

/// A wrong adjustment, with the other side where it was one of a transfer, taken back by its opposite.
pub(super) fn undo(case: &Case<'_>) -> Verdict {
    let (model, said, one) = (case.model, case.said, |problem| vec![problem]);
    let seq = the_row(case).map_err(one)?;
    let wrong = model.row(seq);
    if wrong.refers_to.is_some() {
        return Err(vec![Problem::new(Reason::AlreadyOpposite).with(format!("row {seq} is"))]);
    }
    if model.left(seq) == 0 {
        return Err(vec![Problem::new(Reason::NothingLeft).with(format!("row {seq}"))]);
    }
    let mut problems: Vec<Problem> = not_before(case, seq).into_iter().collect();
    let batch = wrong.batch.map_or(seq..seq + 1, |(place, count)| seq + 1 - place..seq + 1 - place + count);
    let mut sides: Vec<usize> = batch
        .filter(|side| model.row(*side).kind == "adjustment")
        .filter(|side| *side == seq || model.row(*side).amount == -wrong.amount)
        .collect();
    // What is given back stands before what is taken away.
    sides.sort_by_key(|side| model.row(*side).amount > 0);
    let mut rows: Vec<Row> = Vec::new();
    let (mut deep, mut remarks) = (Vec::new(), Vec::new());
    for side in sides {
        let was = model.row(side);
        deep.extend(too_deep(case, &was.allocation, -was.amount, &rows));
        let row = Row {
            date: case.date.to_owned(),
            occurred: said.text("occurred"),
            amount: -was.amount,
            plan: turned(&was.plan),
            memo: said.given("memo").map_or(plain_memo(&was.memo), String::as_str).to_owned(),
            refers_to: Some(side),
            doc: said.given("doc").unwrap_or(&was.doc).clone(),
            ..was.clone()
        };
        remarks.extend(beyond_its_fund(case, &row, &rows));
        rows.push(row);
    }
    let is_deep = !deep.is_empty() || !remarks.is_empty();
    problems.extend(deep.into_iter().filter(|_| said.given("allow-over").is_none()));
    for row in &mut rows {
        match memo(case, &row.memo, is_deep, true) {
            Ok(memo) => row.memo = memo,
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok((rows, remarks)) } else { Err(problems) }
}

/// The plan of the opposite amount, as the ledger writes it.
fn turned(plan: &str) -> String {
    let turned = |part: &str| match part.split_once(':') {
        None => part.to_owned(),
        Some((month, "0.00")) => format!("{month}:0.00"),
        Some((month, amount)) => match amount.strip_prefix('-') {
            Some(amount) => format!("{month}:{amount}"),
            None => format!("{month}:-{amount}"),
        },
    };
    plan.split(';').map(turned).collect::<Vec<_>>().join(";")
}
