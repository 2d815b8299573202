//! Pass 1: what carries one payment number.

use super::lots::Group;
use super::spellings::NOTHING;
use super::table::{Places, Side, Table};
use super::{Rule, payee};
use crate::domain::amount::Amount;

pub(super) fn settle(table: &mut Table, window: u32) {
    let in_order = |side: &Side| {
        let mut places = side.waiting();
        places.retain(|place| side.items[*place].number != NOTHING);
        places.sort_by_cached_key(|place| (side.items[*place].number, side.items[*place].amount, *place));
        places
    };
    let (ledger, statement) = (in_order(&table.ledger), in_order(&table.statement));
    let (mut ledger, mut statement) = (ledger.as_slice(), statement.as_slice());
    while let (Some(row), Some(line)) = (ledger.first(), statement.first()) {
        let (ours, theirs) = (table.ledger.items[*row].number, table.statement.items[*line].number);
        let number = ours.min(theirs);
        // A number stands on few, so that counting them is quicker than looking for the last.
        let rows = ledger.iter().take_while(|row| table.ledger.items[**row].number <= number).count();
        let lines = statement.iter().take_while(|line| table.statement.items[**line].number <= number).count();
        if ours == theirs {
            same_number(table, &ledger[..rows], &statement[..lines], window);
        }
        (ledger, statement) = (&ledger[rows..], &statement[lines..]);
    }
}

fn same_number(table: &mut Table, ledger: &[usize], statement: &[usize], window: u32) {
    let all = || Places { ledger: ledger.to_vec(), statement: statement.to_vec() };
    let (paid, told) = (total(&table.ledger, ledger), total(&table.statement, statement));
    if paid == told && have_but_the_number(table, ledger, statement, window) {
        table.leave_open(Rule::NumberAlone, &all(), vec![all()], true);
        return;
    }
    match (ledger, statement) {
        ([row], [line]) if paid == told => table.pair_two(Rule::Number, *row, *line),
        // A refund that carries its payment's number is no payment with a wrong amount.
        ([row], [line]) if paid.is_negative() == told.is_negative() => table.differ(*row, *line),
        ([_], _) | (_, [_]) if paid == told => table.pair(Rule::NumberSum, &all()),
        _ => several(table, ledger, statement),
    }
}

/// Whether each row is another payee's than each line and further from it than the window, so that nothing speaks for
/// one payment but a number. A clerk who counts vouchers from 1 and a bank that does the same have many in common.
fn have_but_the_number(table: &Table, ledger: &[usize], statement: &[usize], window: u32) -> bool {
    ledger.iter().all(|row| {
        let row = &table.ledger.items[*row];
        statement.iter().map(|line| &table.statement.items[*line]).all(|line| {
            let agree = || payee::agree(table.payee(row), table.payee(line));
            row.day.abs_diff(line.day) > window && row.payee != line.payee && !agree()
        })
    })
}

/// One number on several of both sides, as a bank gives it to a batch: equal amounts first, then the rest as a whole.
fn several(table: &mut Table, ledger: &[usize], statement: &[usize]) {
    let (mut rows, mut lines) = (ledger, statement);
    let (mut left, mut is_open) = (Places::default(), false);
    while let (Some(row), Some(line)) = (rows.first(), lines.first()) {
        let amount = table.ledger.items[*row].amount.min(table.statement.items[*line].amount);
        let ours = rows.partition_point(|row| table.ledger.items[*row].amount <= amount);
        let theirs = lines.partition_point(|line| table.statement.items[*line].amount <= amount);
        let rest = Group::new(table, &rows[..ours], &lines[..theirs], None).settle(table);
        is_open |= rest.is_none();
        let rest = rest.unwrap_or_default();
        left.ledger.extend(rest.ledger);
        left.statement.extend(rest.statement);
        (rows, lines) = (&rows[ours..], &lines[theirs..]);
    }
    left.ledger.extend(rows);
    left.statement.extend(lines);
    let agrees = total(&table.ledger, &left.ledger) == total(&table.statement, &left.statement);
    if agrees && !is_open && !left.ledger.is_empty() && !left.statement.is_empty() {
        table.pair(Rule::NumberSum, &left);
    }
}

fn total(side: &Side, places: &[usize]) -> Amount {
    places.iter().map(|place| side.items[*place].amount).sum()
}
