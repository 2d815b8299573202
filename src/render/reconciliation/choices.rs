//! 待定选择: what a person may choose among, each choice under the number of what it decides.

use super::groups::{group, group_columns};
use super::{Listed, numbering};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::lang::{self, ReconciliationWord};
use crate::render::sheet::{Cell, Part};
use crate::render::sheets::column;
use crate::reports::reconciliation::Reconciliation;

/// The most choices of one ambiguity on a screen, and of all.
const MOST_OF_ONE: usize = 8;
const MOST: usize = 40;

/// The table, and what must be said where it does not list everything.
pub(super) fn choices(report: &Reconciliation, language: Language, listed: Listed) -> (Part, Vec<ReconciliationWord>) {
    let (of_one, of_all) = if listed.whole { (usize::MAX, usize::MAX) } else { (MOST_OF_ONE, MOST) };
    let numbered = (1..).zip(&report.ambiguous);
    let all = numbered.clone().flat_map(|(number, doubt)| {
        (1..).zip(&doubt.choices).take(of_one).map(move |(choice, pair)| (number, choice, pair))
    });
    let rows: Vec<Vec<Cell>> = all
        .take(of_all)
        .map(|(number, choice, pair)| [vec![Cell::Number(number), Cell::Number(choice)], group(pair, listed)].concat())
        .collect();
    let count: usize = report.ambiguous.iter().map(|doubt| doubt.choices.len()).sum();
    let cut = (rows.len() < count).then_some(ReconciliationWord::ChoicesCut { shown: rows.len(), of: count });
    let unfinished: Vec<u64> = numbered.filter(|(_, doubt)| !doubt.complete).map(|(number, _)| number).collect();
    let unfinished = (!unfinished.is_empty()).then_some(ReconciliationWord::ChoicesUnfinished(unfinished));
    let mut columns = vec![numbering(language, Figure::Ambiguity), column(language, Figure::Choice, 0)];
    columns.extend(group_columns(language, listed));
    let caption = (!rows.is_empty()).then(|| lang::reconciliation(language, &ReconciliationWord::Choices));
    (
        Part { key: "choices", caption, columns, rows: rows.into(), total: None },
        cut.into_iter().chain(unfinished).collect(),
    )
}
