//! The sheet of `doctor`: one line a check, and below it what to do.

use super::super::sheet::{Body, Cell, Column, Field, Sheet};
use super::{column, record};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{self, CheckupWord};
use crate::problem::{Finding, Verdict};

/// Every finding in order.
pub(crate) fn checkup(findings: &[Finding], language: Language) -> Sheet {
    let say = |word| lang::checkup(language, word);
    let is_fault = |finding: &&Finding| finding.answers().1 == Verdict::Fault;
    let faults = findings.iter().filter(is_fault).count();
    let checks = |unchecked: bool| {
        let answers = findings.iter().map(Finding::answers);
        let asked = answers.filter(|(_, verdict)| (*verdict == Verdict::Unchecked) == unchecked);
        let mut names: Vec<&str> = asked.map(|(check, _)| check.key()).collect();
        names.dedup();
        names.len()
    };
    let heading = match faults {
        0 => CheckupWord::AllWell { checks: checks(false), unchecked: checks(true) },
        faults => CheckupWord::Found { faults },
    };
    let row = |finding: &Finding| {
        let ((check, verdict), words) = (finding.answers(), lang::finding(language, finding));
        vec![
            Cell::Worded(check.key().into(), say(CheckupWord::Check(check))),
            Cell::Worded(verdict.key().into(), say(CheckupWord::Verdict(verdict))),
            Cell::Text(words.what),
            words.cure.map_or(Cell::Empty, Cell::Text),
        ]
    };
    let note = |finding: &Finding| {
        let cure = lang::finding(language, finding).cure?;
        Some(say(CheckupWord::CureOf(finding.answers().0)) + &cure)
    };
    let mut notes: Vec<String> = Vec::new();
    for note in findings.iter().filter_map(note) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let seen = |figure| column(language, figure, 0);
    let cure = Column { heading: None, ..column(language, Figure::Cure, 0) };
    Sheet {
        facts: vec![Field::hidden("faults", Cell::Number(faults as u64))],
        body: Body::Rows {
            columns: vec![seen(Figure::Check), seen(Figure::Verdict), seen(Figure::Finding), cure],
            rows: findings.iter().map(row).collect(),
            subtotals: Vec::new(),
            total: None,
        },
        notes,
        ..record("taizhang.checkup/1", say(heading), Vec::new())
    }
}
