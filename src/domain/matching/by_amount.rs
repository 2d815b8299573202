//! Passes 2 and 3: of what has one amount, first the pairs of one day and one payee, then those within the window.

use super::Rule;
use super::lots::Group;
use super::table::Table;

pub(super) fn settle(table: &mut Table, window: u32) {
    let in_order = |side: &super::table::Side| {
        let mut places = side.waiting();
        places.sort_by_cached_key(|place| (side.items[*place].amount, *place));
        places
    };
    let (ledger, statement) = (in_order(&table.ledger), in_order(&table.statement));
    let (mut ledger, mut statement) = (ledger.as_slice(), statement.as_slice());
    while let (Some(row), Some(line)) = (ledger.first(), statement.first()) {
        let (paid, told) = (table.ledger.items[*row].amount, table.statement.items[*line].amount);
        let amount = paid.min(told);
        // An amount stands on few, so that counting them is quicker than looking for the last.
        let rows = ledger.iter().take_while(|row| table.ledger.items[**row].amount <= amount).count();
        let lines = statement.iter().take_while(|line| table.statement.items[**line].amount <= amount).count();
        if paid == told {
            same_amount(table, &ledger[..rows], &statement[..lines], window);
        }
        (ledger, statement) = (&ledger[rows..], &statement[lines..]);
    }
}

fn same_amount(table: &mut Table, ledger: &[usize], statement: &[usize], window: u32) {
    if let ([row], [line]) = (ledger, statement) {
        // Most amounts stand once on each side, and need no machinery.
        if let Some(rule) = one_and_one(table, *row, *line, window) {
            table.pair_two(rule, *row, *line);
        }
        return;
    }
    Group::new(table, ledger, statement, Some(window)).settle(table);
}

fn one_and_one(table: &Table, row: usize, line: usize, window: u32) -> Option<Rule> {
    let (row, line) = (&table.ledger.items[row], &table.statement.items[line]);
    let days = row.day.abs_diff(line.day);
    if days > window || row.bound.contradicts(line.bound) || !table.agree(row.payee, line.payee) {
        return None;
    }
    Some(match (row.payee == line.payee && row.payee != super::spellings::NOTHING, days) {
        (true, 0) => Rule::Day,
        (true, _) => Rule::Window,
        (false, _) => Rule::WindowLoosely,
    })
}
