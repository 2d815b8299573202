//! What a person has decided about a reconciliation: a small table of rows and lines that belong together, or are known to
//! have no counterpart, each with its sum and a reason. Read, and written with what is yet to be decided.

use std::path::Path;

use super::files::Files;
use super::grid::{Breadth, Cell, Grid, Row, value};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::matching::Together;
use crate::domain::text::looks_like_a_formula;
use crate::problem::{BillFault, Place, Problem};

/// The headings, in any order, in both languages. What a decision is about is for people, and not read.
const HEADINGS: [[&str; 2]; 4] = [["rows", "笔号"], ["lines", "行号"], ["amount", "金额"], ["reason", "原因"]];
const ABOUT: [&str; 2] = ["about", "内容"];

/// One decision.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) items: Together,
    /// In 元: what the lines come to or, where there are none, the rows. A statement whose lines have moved is noticed by
    /// it.
    pub(crate) amount: Amount,
    pub(crate) reason: String,
    pub(crate) place: Place,
}

impl Decision {
    /// Whether it puts both sides together; else it explains one.
    pub(crate) fn is_pair(&self) -> bool {
        !self.items.seqs.is_empty() && !self.items.lines.is_empty()
    }
}

/// Reads the decisions, or says everything that is wrong with them.
pub(crate) fn read(files: &dyn Files, path: &Path) -> Result<Vec<Decision>, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let mut grid = Grid::open(files, path, None).map_err(one)?;
    let mut rows = grid.rows().map_err(one)?;
    let Some(first) = rows.next().map_err(one)? else {
        return Err(vec![no_headings(path, Vec::new())]);
    };
    let places = HEADINGS
        .map(|names| first.cells().position(|cell| matches!(cell, Cell::Text(text) if names.contains(&text.trim()))));
    let [Some(seqs), Some(lines), Some(amount), Some(reason)] = places else {
        let seen =
            first.cells().filter_map(|cell| if let Cell::Text(text) = cell { Some(text.to_owned()) } else { None });
        return Err(vec![no_headings(path, seen.collect())]);
    };
    let mut breadth = Breadth::of(first.width());
    let (mut decisions, mut problems) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next().map_err(one)? {
        match breadth.cut_off(row).map_or_else(|| decision(row, [seqs, lines, amount, reason]), Err) {
            Ok(decision) => decisions.push(decision),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(decisions) } else { Err(problems) }
}

/// A decision to be written, made or yet to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) items: Together,
    /// As [`Decision::amount`].
    pub(crate) amount: Amount,
    /// What it is about, in words.
    pub(crate) about: String,
    /// Empty where it is yet to be made.
    pub(crate) reason: String,
}

/// The table, as [`read`] reads it, for a spreadsheet to open and a person to fill in.
pub(crate) fn written(lines: &[Line], language: Language) -> Vec<u8> {
    let name = |names: [&'static str; 2]| match language {
        Language::English => names[0],
        Language::Chinese => names[1],
    };
    let [rows, numbers, amount, reason] = HEADINGS.map(name);
    // Without the mark Excel takes the file for another encoding.
    let mut text = format!("\u{feff}{rows},{numbers},{amount},{},{reason}\n", name(ABOUT));
    for line in lines {
        let joined = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(";");
        let fields = [
            joined(&line.items.seqs),
            joined(&line.items.lines),
            line.amount.to_string(),
            quoted(&line.about),
            quoted(&line.reason),
        ];
        text += &fields.join(",");
        text.push('\n');
    }
    text.into_bytes()
}

/// A field that a spreadsheet takes for nothing but text.
fn quoted(field: &str) -> String {
    let is_formula = looks_like_a_formula(field) || field.starts_with('\t');
    let field = if is_formula { format!("'{field}") } else { field.to_owned() };
    let is_plain = !field.contains([',', '"', '\n', '\r']);
    if is_plain { field } else { format!("\"{}\"", field.replace('"', "\"\"")) }
}

fn no_headings(path: &Path, seen: Vec<String>) -> Problem {
    BillFault::NoDecisionHeadings { path: path.to_owned(), seen }.into()
}

fn decision(row: Row<'_>, [seqs, lines, amount, reason]: [usize; 4]) -> Result<Decision, Problem> {
    let text = |place| match row.cell(place) {
        Cell::Text(text) | Cell::Number(text) => text.trim(),
        Cell::Empty | Cell::Date(..) | Cell::Fault(_) => "",
    };
    let at = |place: usize, fault: BillFault| Problem::from(fault).at(row.place(place));
    let numbers = |place: usize| {
        let parts = text(place).split([';', '；', ' ', '、']).filter(|part| !part.is_empty());
        let read = parts.map(|part| part.parse::<u64>().ok().filter(|number| *number > 0));
        let mut numbers: Vec<u64> = read
            .collect::<Option<_>>()
            .ok_or_else(|| at(place, BillFault::NotNumbers { text: text(place).to_owned() }))?;
        numbers.sort_unstable();
        numbers.dedup();
        Ok::<_, Problem>(numbers)
    };
    let items = Together::of(numbers(seqs)?, numbers(lines)?);
    if items.seqs.is_empty() && items.lines.is_empty() {
        return Err(at(seqs, BillFault::DecidesNothing));
    }
    let sum = match value::amount(text(amount)) {
        Ok(Some(sum)) => sum,
        Ok(None) => return Err(at(amount, BillFault::Missing { field: "amount" })),
        Err(why) => return Err(at(amount, BillFault::NotAnAmount { text: text(amount).to_owned(), why })),
    };
    Ok(Decision { items, amount: sum, reason: text(reason).to_owned(), place: row.place(reason) })
}

#[cfg(test)]
mod tests {
    use super::super::grid::one_file::OneFile;
    use super::*;

    #[test]
    fn no_field_is_a_formula_or_two_fields_to_a_spreadsheet() {
        for (field, written) in
            [("a b", "a b"), ("=1+1", "'=1+1"), ("\tx", "'\tx"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\"")]
        {
            assert_eq!(quoted(field), written);
        }
    }

    #[test]
    fn rows_are_counted_from_one() {
        let read = |seqs: &str| {
            let table = format!("rows,lines,amount,reason\n{seqs},2,1.00,x\n");
            read(&OneFile::new(table), Path::new("decisions.csv")).map(|decisions| decisions[0].items.clone())
        };
        assert_eq!(read("3; 1").expect("decisions"), Together::of([1, 3], [2]));
        assert!(read("0").is_err());
    }
}
