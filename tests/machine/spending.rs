//! Money spent or promised: `record`, alone, against a commitment or split, `commit`, and `correct`.

use super::model::{Model, Row, plain_memo};
use super::reading::LISTED;
use super::reasons::{Problem, Reason};
use super::rules::{Case, Verdict, memo, not_before, the_row};

/// What limits say: refusals and remarks.
type Limits = (Vec<Problem>, Vec<Problem>);

/// An amount against what is available to an allocation and in total, `with` counted as if written.
pub(super) fn limits(case: &Case<'_>, row: &Row, with: &[Row]) -> Limits {
    let (model, file) = (case.model, &case.model.file);
    let (mut refusals, mut remarks) = (Vec::new(), Vec::new());
    let reason = case.said.given("allow-over").is_some();
    let over = |which, available: i64| Problem::new(which).yuan(row.amount).yuan(row.amount - available);
    let available = model.available(Some(&row.allocation), with);
    if row.amount > available {
        let over = over(Reason::OverAllocation, available).with(format!("in {} (", row.allocation)).yuan(available);
        if file.stops && !reason { refusals.push(over) } else { remarks.push(over) }
    } else if let Some(available) = model.available_of_fund(row, with).filter(|available| row.amount > *available) {
        let over = over(Reason::OverFund, available).with(format!("in {} (", row.allocation)).yuan(available);
        remarks.push(over.with("more than fund "));
    }
    let available = model.available(None, with);
    if row.amount > available {
        if file.stops_in_total && !reason {
            refusals.push(over(Reason::OverTotal, available).yuan(available).with("the approval's number with"));
        } else if file.stops_in_total && row.doc.is_empty() {
            refusals.push(over(Reason::OverTotalNeedsDoc, available));
        } else {
            remarks.push(over(Reason::OverTotal, available).yuan(available));
        }
    }
    if row.kind == "expense" && file.warns_by_period {
        let (spent, planned) = model.spent_and_planned(&row.allocation, case.date, with);
        let ahead = Problem::new(Reason::AheadOfPlan).with(&row.allocation);
        remarks.extend((spent + row.amount > planned).then(|| ahead.yuan(planned).yuan(spent + row.amount)));
    }
    (refusals, remarks)
}

/// Whether a reason had to be given for passing a limit.
pub(super) fn is_over(remarks: &[Problem]) -> bool {
    remarks.iter().any(|remark| remark.reason != Reason::AheadOfPlan)
}

/// An economic class stands in the year's table, and among those that the allocation allows.
pub(super) fn economic(case: &Case<'_>, row: &Row) -> Option<Problem> {
    let allowed = case.model.file.line(&row.allocation).map(|line| &line.economic)?;
    let code = row.economic.as_str();
    if code.is_empty() {
        return None;
    }
    if !LISTED.contains(&code) {
        return Some(Problem::new(Reason::EconomicUnlisted).with(code));
    }
    let free = allowed.is_empty() || allowed.contains(&code);
    (!free).then(|| Problem::new(Reason::EconomicNotAllowed).with(code).with(&row.allocation))
}

fn fund(case: &Case<'_>, key: &str) -> Result<String, Problem> {
    the_fund(case.model, key, case.said.given("fund"), &[])
}

/// The fund that pays: the one that was said, or the only one there is; `with` are the parts of the bill before this one.
pub(super) fn the_fund(model: &Model, key: &str, said: Option<&String>, with: &[Row]) -> Result<String, Problem> {
    let held = model.funds(key);
    match (said, held.as_slice()) {
        (Some(fund), held) if held.contains(fund) => Ok(fund.clone()),
        (Some(fund), _) => Err(Problem::new(Reason::FundNotHeld).with(fund).with(key)),
        (None, [fund]) => Ok(fund.clone()),
        (None, []) => Ok(String::new()),
        // Of funds with nothing in them none is chosen, unless there are no others.
        (None, held) => match held.iter().filter(|fund| model.is_in_use(key, fund, with)).collect::<Vec<_>>()[..] {
            [] => Ok(held[0].clone()),
            [fund] => Ok(fund.clone()),
            _ => Err(Problem::new(Reason::FundNeeded).with(key)),
        },
    }
}

/// An allocation that only the file knows holds nothing.
pub(super) fn in_ledger(case: &Case<'_>, key: &str) -> Option<Problem> {
    let only_in_file = case.model.file.line(key).is_some() && case.model.funds(key).is_empty();
    only_in_file.then(|| Problem::new(Reason::NotInLedger).with(key))
}

/// Invoices that another bill carries already, unless all of that was taken back. One that stands on a note counts,
/// whatever became of the noted row. `own` is the row that is put right or noted.
pub(super) fn invoices(case: &Case<'_>, own: Option<usize>) -> Vec<Problem> {
    let Some(given) = case.said.given("invoice") else { return Vec::new() };
    let mut problems = Vec::new();
    for (seq, row) in (1..).zip(&case.model.rows) {
        let holds = row.kind == "note" || row.kind == "expense" && case.model.left(seq) > 0;
        if !holds || Some(seq) == own {
            continue;
        }
        for number in row.invoice.split(';').filter(|number| !number.is_empty()) {
            if given.split(';').any(|given| given == number) {
                problems.push(Problem::new(Reason::InvoiceUsed).with(number).with(format!("row {seq}")));
            }
        }
    }
    problems
}

/// What a bill says of its row, whichever part of it the row bears.
fn bill(case: &Case<'_>, key: &str, amount: i64, code: Option<&String>, promise: Option<&Row>) -> Row {
    // A bill names its contract, its payee and its class as the commitment did, unless it says otherwise.
    let text = |name: &str| match (case.said.given(name), promise) {
        (None, Some(promise)) if ["payee", "economic", "doc"].contains(&name) => promise.column(name),
        (given, _) => given.cloned().unwrap_or_default(),
    };
    Row {
        occurred: text("occurred"),
        allocation: key.to_owned(),
        amount,
        payee: text("payee"),
        voucher: text("voucher"),
        payment: text("payment"),
        economic: code.cloned().unwrap_or_else(|| text("economic")),
        method: text("method"),
        invoice: text("invoice"),
        doc: text("doc"),
        ..Row::new("expense", case.date)
    }
}

/// An expense judged and completed, `with` counted as if written.
fn expense(case: &Case<'_>, mut row: Row, fund: Result<String, Problem>, with: &[Row]) -> Verdict {
    if let Some(problem) = in_ledger(case, &row.allocation) {
        return Err(vec![problem]);
    }
    let mut problems: Vec<Problem> = economic(case, &row).into_iter().collect();
    match fund {
        Ok(fund) => row.fund = fund,
        Err(problem) => problems.push(problem),
    }
    if !case.said.says("invoice-part") {
        problems.extend(invoices(case, None));
    }
    let (refusals, remarks) = limits(case, &row, with);
    problems.extend(refusals);
    match memo(case, &case.said.text("memo"), is_over(&remarks), true) {
        Ok(memo) => row.memo = memo,
        Err(problem) => problems.push(problem),
    }
    if problems.is_empty() { Ok((vec![row], remarks)) } else { Err(problems) }
}

pub(super) fn record(case: &Case<'_>) -> Verdict {
    let amount = case.said.amount();
    if case.said.named.is_empty() {
        return expense(case, bill(case, case.said.key(), amount, None, None), fund(case, case.said.key()), &[]);
    }
    let seq = the_row(case).map_err(|problem| vec![problem])?;
    let promise = case.model.row(seq);
    let mut problems = Vec::new();
    if case.said.key.as_ref().is_some_and(|key| *key != promise.allocation) {
        problems.push(Problem::new(Reason::OtherAllocation).with(&promise.allocation).with(case.said.key()));
    }
    if let Some(fund) = case.said.given("fund").filter(|fund| **fund != promise.fund) {
        problems.push(Problem::new(Reason::OtherFund).with(fund).with(&promise.fund));
    }
    problems.extend(not_before(case, seq));
    let left = case.model.left(seq);
    if left == 0 {
        problems.push(Problem::new(Reason::NothingLeft).with(seq));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let freed = if case.said.says("final") { left } else { left.min(amount) };
    let release = Row {
        kind: "release",
        date: case.date.to_owned(),
        amount: -freed,
        memo: plain_memo(&promise.memo).to_owned(),
        refers_to: Some(seq),
        ..promise.clone()
    };
    let row = bill(case, &promise.allocation, amount, None, Some(promise));
    // What the commitment lets go is available to its bill.
    let (rows, remarks) = expense(case, row, Ok(promise.fund.clone()), std::slice::from_ref(&release))?;
    Ok(([release].into_iter().chain(rows).collect(), remarks))
}

/// Each part is held against what the parts before it have left; what holds for the bill as a whole is said once.
pub(super) fn split(case: &Case<'_>) -> Verdict {
    let (mut rows, mut remarks, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for part in &case.said.parts {
        let row = bill(case, &part.key, part.amount, part.economic.as_ref(), None);
        let fund = the_fund(case.model, &part.key, part.fund.as_ref().or(case.said.given("fund")), &rows);
        match expense(case, row, fund, &rows) {
            Ok((part, said)) => {
                rows.extend(part);
                remarks.extend(said);
            }
            Err(said) => {
                let new: Vec<Problem> = said.into_iter().filter(|problem| !problems.contains(problem)).collect();
                problems.extend(new);
            }
        }
    }
    if problems.is_empty() { Ok((rows, remarks)) } else { Err(problems) }
}

pub(super) fn commit(case: &Case<'_>) -> Verdict {
    let (said, key) = (case.said, case.said.key());
    if let Some(problem) = in_ledger(case, key) {
        return Err(vec![problem]);
    }
    let mut row = Row {
        occurred: said.text("occurred"),
        allocation: key.to_owned(),
        amount: said.amount(),
        payee: said.text("payee"),
        economic: said.text("economic"),
        doc: said.text("doc"),
        ..Row::new("commitment", case.date)
    };
    let mut problems: Vec<Problem> = fund(case, key).map(|fund| row.fund = fund).err().into_iter().collect();
    let (refusals, remarks) = limits(case, &row, &[]);
    problems.extend(refusals);
    problems.extend(economic(case, &row));
    match memo(case, &said.text("memo"), is_over(&remarks), true) {
        Ok(memo) => row.memo = memo,
        Err(problem) => problems.push(problem),
    }
    if problems.is_empty() { Ok((vec![row], remarks)) } else { Err(problems) }
}

/// The wrong expense in red, and the right one: what was not said otherwise stays as it was.
pub(super) fn correct(case: &Case<'_>) -> Verdict {
    let (said, one) = (case.said, |problem| vec![problem]);
    let seq = the_row(case).map_err(one)?;
    let (was, left) = (case.model.row(seq), case.model.left(seq));
    if left == 0 {
        return Err(vec![Problem::new(Reason::NothingLeft).with(seq)]);
    }
    let mut problems: Vec<Problem> = not_before(case, seq).into_iter().collect();
    let or_was = |name: &str| said.given(name).cloned().unwrap_or_else(|| was.column(name));
    let mut right = Row {
        kind: "expense",
        date: case.date.to_owned(),
        occurred: or_was("occurred"),
        allocation: said.key.clone().unwrap_or_else(|| was.allocation.clone()),
        fund: was.fund.clone(),
        amount: said.amount.unwrap_or(left),
        payee: or_was("payee"),
        voucher: or_was("voucher"),
        payment: or_was("payment"),
        economic: or_was("economic"),
        method: or_was("method"),
        invoice: or_was("invoice"),
        doc: or_was("doc"),
        ..Row::default()
    };
    if right.allocation != was.allocation || said.given("fund").is_some() {
        right.fund = fund(case, &right.allocation).map_err(one)?;
    }
    let as_it_was = Row { date: right.date.clone(), amount: left, memo: String::new(), ..was.clone() };
    if as_it_was.same_content(&right) && said.given("memo").is_none() {
        problems.push(Problem::new(Reason::NothingToCorrect).with(seq));
    }
    problems.extend(in_ledger(case, &right.allocation));
    problems.extend(economic(case, &right));
    problems.extend(invoices(case, Some(seq)));
    let mut back =
        Row { kind: "reversal", date: case.date.to_owned(), amount: -left, refers_to: Some(seq), ..was.clone() };
    // The wrong entry is gone before the right one is held against the limits.
    let (refusals, remarks) = limits(case, &right, std::slice::from_ref(&back));
    problems.extend(refusals);
    let said_memo = said.given("memo").map_or(plain_memo(&was.memo), String::as_str);
    let memos = [
        memo(case, plain_memo(&was.memo), false, true).map(|memo| back.memo = memo),
        memo(case, said_memo, is_over(&remarks), false).map(|memo| right.memo = memo),
    ];
    problems.extend(memos.into_iter().filter_map(Result::err));
    if problems.is_empty() { Ok((vec![back, right], remarks)) } else { Err(problems) }
}
