//! What a person has decided about a reconciliation: a small table of rows and lines that belong together, or are known to
//! have no counterpart, each with its sum and a reason. Read, and written with what is yet to be decided.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::files::Files;
use super::grid::{Breadth, Cell, Grid, Row, value};
use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::calendar::Date;
use crate::domain::matching::Together;
use crate::domain::text::looks_like_a_formula;
use crate::problem::{BillFault, Place, Problem};

/// The headings that must be there, in any order, in either language.
const HEADINGS: [[&str; 2]; 4] = [["rows", "笔号"], ["lines", "行号"], ["amount", "金额"], ["reason", "原因"]];
/// Those by which a decision is known to be about what stands there now: another statement has other lines under the same
/// numbers.
const DATE: [&str; 2] = ["date", "日期"];
const PAYEE: [&str; 2] = ["payee", "收款人"];
/// What the rows come to, where lines are named too and come to something else.
const LEDGER: [&str; 2] = ["ledger_amount", "台账金额"];
/// For people, and not read.
const ABOUT: [&str; 2] = ["about", "内容"];

/// One decision.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) items: Together,
    /// In 元: what the lines come to or, where there are none, the rows. A statement whose lines have moved is noticed by
    /// it.
    pub(crate) amount: Amount,
    /// In 元: what the rows come to beside lines, where the table says it.
    pub(crate) ledger: Option<Amount>,
    /// Empty where the table does not say.
    pub(crate) signs: Signs,
    pub(crate) reason: String,
    pub(crate) place: Place,
}

/// When and with whom: the days and the names of the lines or, where there are none, of the rows, each once and in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) days: BTreeSet<Date>,
    pub(crate) payees: BTreeSet<String>,
}

impl Signs {
    pub(crate) fn of<'n>(items: impl Iterator<Item = (Date, &'n str)>) -> Self {
        let mut signs = Self::default();
        for (day, payee) in items {
            signs.days.insert(day);
            signs.payees.extend(names(payee));
        }
        signs
    }

    /// These, and of those what was not written down.
    pub(crate) fn or(&self, found: Self) -> Self {
        Self {
            days: if self.days.is_empty() { found.days } else { self.days.clone() },
            payees: if self.payees.is_empty() { found.payees } else { self.payees.clone() },
        }
    }

    /// Whether these, as they were written down, are those; what was not written down can't differ.
    pub(crate) fn fit(&self, found: &Self) -> bool {
        let (days, payees) = (self.days.is_empty(), self.payees.is_empty());
        (days || self.days == found.days) && (payees || self.payees == found.payees)
    }
}

impl fmt::Display for Signs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.days.iter().map(Date::to_string);
        let payees = self.payees.iter().map(String::as_str).collect::<Vec<_>>().join(BETWEEN_NAMES);
        formatter.write_str(days.chain(Some(payees)).collect::<Vec<_>>().join(" ").trim_end())
    }
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
    let place = |names: [&str; 2]| {
        first.cells().position(|cell| matches!(cell, Cell::Text(text) if names.contains(&text.trim())))
    };
    let [Some(seqs), Some(lines), Some(amount), Some(reason)] = HEADINGS.map(place) else {
        let seen =
            first.cells().filter_map(|cell| if let Cell::Text(text) = cell { Some(text.to_owned()) } else { None });
        return Err(vec![no_headings(path, seen.collect())]);
    };
    let columns =
        Columns { seqs, lines, amount, reason, date: place(DATE), payee: place(PAYEE), ledger: place(LEDGER) };
    let mut breadth = Breadth::of(first.width());
    let (mut decisions, mut problems) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next().map_err(one)? {
        match breadth.cut_off(row).map_or_else(|| decision(row, &columns), Err) {
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
    /// As [`Decision::ledger`].
    pub(crate) ledger: Option<Amount>,
    pub(crate) signs: Signs,
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
    let headings = [rows, numbers, name(DATE), amount, name(LEDGER), name(PAYEE), name(ABOUT), reason].join(",");
    let mut text = format!("\u{feff}{headings}\n");
    for line in lines {
        let joined = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(";");
        let days = line.signs.days.iter().map(Date::to_string).collect::<Vec<_>>();
        let payees = line.signs.payees.iter().map(String::as_str).collect::<Vec<_>>();
        let fields = [
            joined(&line.items.seqs),
            joined(&line.items.lines),
            days.join(";"),
            line.amount.to_string(),
            line.ledger.map(|amount| amount.to_string()).unwrap_or_default(),
            quoted(&payees.join(BETWEEN_NAMES)),
            quoted(&line.about),
            quoted(&line.reason),
        ];
        text += &fields.join(",");
        text.push('\n');
    }
    text.into_bytes()
}

/// Names have all other marks in them.
const BETWEEN_NAMES: &str = " / ";

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

/// Where the cells of a decision stand.
struct Columns {
    seqs: usize,
    lines: usize,
    amount: usize,
    reason: usize,
    date: Option<usize>,
    payee: Option<usize>,
    ledger: Option<usize>,
}

fn decision(row: Row<'_>, columns: &Columns) -> Result<Decision, Problem> {
    let &Columns { seqs, lines, amount, reason, .. } = columns;
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
    let sum = |place: usize| match value::amount(text(place)) {
        Ok(Some(sum)) => Ok(sum),
        Ok(None) => Err(at(place, BillFault::Missing { field: "amount" })),
        Err(why) => Err(at(place, BillFault::NotAnAmount { text: text(place).to_owned(), why })),
    };
    let (amount, ledger) =
        (sum(amount)?, columns.ledger.filter(|place| !text(*place).is_empty()).map(sum).transpose()?);
    let signs = Signs {
        days: columns.date.map_or(Ok(BTreeSet::new()), |place| days(row, place))?,
        payees: columns.payee.map_or(BTreeSet::new(), |place| payees(text(place))),
    };
    if signs.days.is_empty() && !items.lines.is_empty() {
        return Err(at(columns.date.unwrap_or(lines), BillFault::DayOfLinesNeeded));
    }
    Ok(Decision { items, amount, ledger, signs, reason: text(reason).to_owned(), place: row.place(reason) })
}

fn days(row: Row<'_>, place: usize) -> Result<BTreeSet<Date>, Problem> {
    row.problem(place).map_or(Ok(()), Err)?;
    let text = match row.cell(place) {
        Cell::Date(day, _) => return Ok(BTreeSet::from([day])),
        Cell::Text(text) | Cell::Number(text) => text,
        Cell::Empty | Cell::Fault(_) => "",
    };
    let parts = text.split([';', '；', '、']).map(str::trim).filter(|part| !part.is_empty());
    let day = |part: &str| {
        let fault = || Problem::from(BillFault::NotADate { text: part.to_owned() }).at(row.place(place));
        value::day(part).ok_or_else(fault)
    };
    parts.map(day).collect()
}

/// The names in a cell of several, without the mark that keeps a spreadsheet from running one.
fn payees(text: &str) -> BTreeSet<String> {
    names(text.strip_prefix('\'').filter(|name| looks_like_a_formula(name)).unwrap_or(text)).collect()
}

fn names(text: &str) -> impl Iterator<Item = String> {
    text.split(BETWEEN_NAMES).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
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
    fn what_is_written_reads_back_with_its_days_and_names() {
        let day = |text: &str| value::day(text).expect("a day");
        let signs = Signs::of(
            [("2022-02-28", "=甲 / 乙"), ("2022-03-01", ""), ("2022-02-28", " '丙,\"丁\"")]
                .iter()
                .map(|(text, payee)| (day(text), *payee)),
        );
        let line = Line {
            items: Together::of([12], [7, 9]),
            amount: Amount::typed("15.00").expect("an amount"),
            ledger: Amount::typed("14.00").ok(),
            signs: signs.clone(),
            about: String::new(),
            reason: "手续费".to_owned(),
        };
        for language in [Language::English, Language::Chinese] {
            let table = written(std::slice::from_ref(&line), language);
            let read = read(&OneFile::new(table), Path::new("decisions.csv")).expect("decisions");
            assert_eq!((&read[0].items, &read[0].signs), (&line.items, &signs));
            assert_eq!((read[0].amount, read[0].ledger), (line.amount, line.ledger));
            assert!(read[0].signs.fit(&signs) && Signs::default().fit(&signs));
            assert_eq!(
                (signs.or(Signs::default()), Signs::default().or(signs.clone())),
                (signs.clone(), signs.clone())
            );
            for other in [("2022-02-27", "=甲"), ("2022-02-28", "=甲")].map(|(text, payee)| (day(text), payee)) {
                assert!(!read[0].signs.fit(&Signs::of([other].into_iter())), "{other:?}");
            }
        }
    }

    #[test]
    fn rows_are_counted_from_one() {
        let read = |seqs: &str| {
            let table = format!("rows,lines,date,amount,reason\n{seqs},2,2022-01-05,1.00,x\n");
            read(&OneFile::new(table), Path::new("decisions.csv")).map(|decisions| decisions[0].items.clone())
        };
        assert_eq!(read("3; 1").expect("decisions"), Together::of([1, 3], [2]));
        assert!(read("0").is_err());
    }
}
