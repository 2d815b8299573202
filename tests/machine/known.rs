//! Bills that the ledger has already: whether it says the same, and what is told where it says more or less.

use super::bills::Bill;
use super::model::{Model, Row, plain_memo};
use super::reading::column;
use super::reasons::{Problem, Reason};

/// Whether a row says what is brought now under its id, as far as that says anything; under one that was made, only what
/// that was made from, and of an expense all of it.
pub(super) fn agrees(there: &Row, brought: &Row, is_own: bool) -> bool {
    let is_whole = !is_own && brought.kind == "expense";
    let same = |name: &&str| {
        let brought = brought.column(name);
        brought.is_empty() && !is_whole || brought == there.column(name)
    };
    let memo = plain_memo(&brought.memo);
    let memo = memo.is_empty() && !is_whole || memo == plain_memo(&there.memo);
    let made_from = ["date", "allocation", "payee", "voucher", "payment"];
    let others = ["occurred", "fund", "economic", "method", "doc"];
    let kept = made_from.iter().all(same)
        && (!is_own || others.iter().all(same))
        && (!is_own && !is_whole || same(&"invoice"));
    kept && memo && there.kind == brought.kind && there.amount == brought.amount
}

/// The columns that an id is not made from, but for the kind.
const BESIDE: [&str; 5] = ["occurred", "fund", "economic", "method", "doc"];

/// What is told of a bill that is this row: in which columns it says something else, and whether the row was taken back
/// in red by one that is not among those brought.
pub(super) fn otherwise(rows: &[Row], seq: usize, bill: &Bill, is_brought: impl Fn(&str) -> bool) -> Option<String> {
    let there = &rows[seq - 1];
    let differs = |name: &&&str| {
        let brought = bill.row.column(name);
        !brought.is_empty() && brought != there.column(name)
    };
    let is_made = bill.own_id.is_none() && bill.row.kind == "expense";
    let mut told: Vec<&str> = BESIDE.iter().filter(|_| is_made).filter(differs).map(|name| column(name)).collect();
    let takes_back = |row: &Row| row.kind == "reversal" && row.refers_to == Some(seq) && !is_brought(&row.id);
    told.extend(rows.iter().any(takes_back).then_some("money taken back"));
    (!told.is_empty()).then(|| format!("line {} (row {seq}: {})", bill.line, told.join(", ")))
}

/// The last right entry of a row that was corrected, if it stands and says what is brought, but for its day.
pub(super) fn corrected(rows: &[Row], seq: usize, bill: &Bill, is_brought: impl Fn(&str) -> bool) -> Option<usize> {
    let mut last = seq;
    let puts_right = |place: usize, wrong: usize| {
        let [red, right] = &rows[place..place + 2] else { return false };
        let is_pair = (red.batch, right.batch) == (Some((1, 2)), Some((2, 2))) && right.id.is_empty();
        is_pair && red.kind == "reversal" && red.refers_to == Some(wrong) && right.kind == "expense"
    };
    while let Some(place) = (0..rows.len().saturating_sub(1)).find(|place| puts_right(*place, last)) {
        last = place + 2;
    }
    let right = &rows[last - 1];
    let takes_back = |row: &Row| row.kind == "reversal" && row.refers_to == Some(last) && !is_brought(&row.id);
    let compared = ["allocation", "fund", "payee", "voucher", "payment", "economic", "method", "invoice", "doc"];
    let same = |name: &&str| {
        let brought = bill.row.column(name);
        brought.is_empty() || brought == right.column(name)
    };
    let memo = plain_memo(&bill.row.memo);
    let says_so = compared.iter().all(same) && (memo.is_empty() || memo == plain_memo(&right.memo));
    let is_same = says_so && (bill.row.kind, bill.row.amount) == (right.kind, right.amount);
    (last != seq && is_same && !rows.iter().any(takes_back)).then_some(last)
}

/// One warning of all of them, in which the first five are named.
pub(super) fn warning(told: &[String]) -> Option<Problem> {
    let first = told.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let count = format!("{} row", told.len());
    (!told.is_empty()).then(|| Problem::new(Reason::RecordedOtherwise).with(count).with(first))
}

/// Whether a row is the right entry of a correction that this bill could be, put right in the table too.
pub(super) fn is_right_entry(model: &Model, seq: usize, bill: &Row) -> bool {
    let right = model.row(seq);
    let is_second = |row: &Row| row.kind == "expense" && row.batch == Some((2, 2));
    let is_first = |row: &Row| row.kind == "reversal" && row.batch == Some((1, 2));
    let what = |row: &Row| (row.allocation.clone(), row.amount, row.payee.clone(), row.voucher.clone());
    let is_one = is_second(right) && right.id.is_empty() && is_first(model.row(seq - 1));
    let known_by = |row: &Row| if right.voucher.is_empty() { plain_memo(&row.memo).to_owned() } else { String::new() };
    is_one
        && what(right) == what(bill)
        && known_by(right) == known_by(bill)
        && right.date >= bill.date
        && model.left(seq) > 0
}
