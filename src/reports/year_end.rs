//! 年终决算与自评: the year's execution by fund and by allocation, what changed the budget, and how the targets came out.
//! What the clerk has not said is named, never guessed.

use super::balance::Named;
use super::footing::{Summed, uneven_in_wan};
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::{Budget, Fund};
use crate::domain::calendar::Date;
use crate::domain::carrying::carried_from;
use crate::domain::figure::Figure;
use crate::domain::position::{Position, Positions};
use crate::domain::target::{Number, Target, TargetKind};
use crate::domain::trail::{Lost, Mover, Movers};
use crate::domain::year_end::{Filled, FilledFund, FilledResult, Gap, Whose, execution_score, needs_reason};

/// The year-end form, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YearEnd {
    pub(crate) stamp: Stamp,
    pub(crate) total: Execution,
    /// `None` where nothing was budgeted.
    pub(crate) execution_score: Option<Rate>,
    /// Every fund, whether there was money of it or not.
    pub(crate) funds: Vec<FundLine>,
    /// The parts of all funds; `None` while one of them is not split.
    pub(crate) split: Option<Split>,
    pub(crate) allocations: Vec<(Named, Execution)>,
    /// Each fund of each allocation.
    pub(crate) holdings: Vec<(Named, Fund, Execution)>,
    pub(crate) adjustments: Vec<Adjustment>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) results: Vec<TargetResult>,
    /// The weights and the scores of all targets; `None` while one of them has none.
    pub(crate) weights: Option<Rate>,
    pub(crate) target_score: Option<Rate>,
    /// Both scores together.
    pub(crate) score: Option<Rate>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) uneven: Uneven,
}

/// The figures of one line, in 元 and percent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Execution {
    pub(crate) original: Amount,
    pub(crate) adjusted: Amount,
    pub(crate) revised: Amount,
    pub(crate) spent: Amount,
    pub(crate) rate: Option<Rate>,
    /// 结转结余: revised − spent.
    pub(crate) left: Amount,
}

impl Execution {
    fn of(position: Position) -> Self {
        Self {
            original: position.original,
            adjusted: position.adjusted,
            revised: position.revised(),
            spent: position.spent,
            rate: position.execution_rate(),
            left: position.revised() - position.spent,
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether what is left is another amount where it is worked out from the rounded ones.
    fn misses_in_wan(&self) -> bool {
        self.revised.wan() - self.spent.wan() != self.left.wan()
    }
}

/// One fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FundLine {
    pub(crate) fund: Fund,
    pub(crate) execution: Execution,
    /// What was filled in of the parts, and both where they foot.
    pub(crate) forward: Option<Amount>,
    pub(crate) surplus: Option<Amount>,
    /// Whether a part of what is left is still to be said.
    pub(crate) is_unsplit: bool,
    /// Whether there was ever money of it.
    pub(crate) is_held: bool,
}

/// What is left, as the clerk has split it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) forward: Amount,
    pub(crate) surplus: Amount,
}

/// A row that changed the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adjustment {
    pub(crate) seq: Option<u64>,
    pub(crate) date: Date,
    pub(crate) doc: String,
    pub(crate) allocation: Named,
    pub(crate) fund: Option<Fund>,
    /// The budget it was carried from.
    pub(crate) carried_from: Option<String>,
    pub(crate) memo: String,
    pub(crate) amount: Amount,
}

/// An execution rate with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) whose: Whose,
    pub(crate) rate: Option<Rate>,
    pub(crate) is_needed: bool,
    pub(crate) text: String,
}

/// A target and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetResult {
    pub(crate) allocation: Named,
    /// Its place among the targets of its allocation, from 0.
    pub(crate) place: usize,
    pub(crate) target: Target,
    pub(crate) actual: Option<Number>,
    pub(crate) is_met: Option<bool>,
    pub(crate) score: Option<Rate>,
    pub(crate) reason: String,
}

/// What does not come out where a reader adds up amounts rounded to 万元.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Uneven {
    pub(crate) columns: Vec<Figure>,
    pub(crate) lines: Vec<Figure>,
}

/// The form on these books, with what was filled in.
pub(crate) fn year_end(
    stamp: Stamp,
    budget: &Budget,
    (names, positions): (&[Named], &Positions),
    trail: &dyn Movers,
    filled: &Filled,
) -> Result<YearEnd, Lost> {
    let keys = || names.iter().map(|named| named.key.as_str());
    let whole = positions.sum_of(keys());
    let total = Execution::of(whole);
    let mut gaps = Vec::new();
    let funds: Vec<FundLine> =
        Fund::ALL.into_iter().map(|fund| fund_line(fund, positions.of_fund(fund, keys()), filled, &mut gaps)).collect();
    let allocations: Vec<(Named, Execution)> =
        names.iter().map(|named| (named.clone(), Execution::of(positions.of(&named.key)))).collect();
    let holding = |named: &Named| {
        let held = positions.by_fund(&named.key).into_iter();
        held.map(|(fund, position)| (named.clone(), fund, Execution::of(position))).collect::<Vec<_>>()
    };
    let reasons = reasons(total, &funds, &allocations, filled);
    let results = results(names, budget, filled);
    gaps.splice(0..0, missing(&reasons, &funds, &results));
    let all = |points: fn(&TargetResult) -> Option<Rate>| results.iter().map(points).sum::<Option<Rate>>();
    let weights = all(|result| result.target.weight).filter(|_| !results.is_empty());
    let target_score = all(|result| result.score).filter(|_| weights.is_some());
    let execution_score = execution_score(&whole);
    let mut form = YearEnd {
        stamp,
        total,
        execution_score,
        split: split(&funds),
        holdings: names.iter().flat_map(holding).collect(),
        adjustments: adjustments(names, trail)?,
        reasons,
        weights,
        target_score,
        score: execution_score.zip(target_score).map(|(one, other)| one + other),
        gaps,
        uneven: Uneven::default(),
        funds,
        allocations,
        results,
    };
    form.uneven = uneven(&form);
    Ok(form)
}

fn fund_line(fund: Fund, position: Option<Position>, filled: &Filled, gaps: &mut Vec<Gap>) -> FundLine {
    let execution = Execution::of(position.unwrap_or_default());
    let left = execution.left;
    let said = filled.funds.iter().find(|said| said.fund == fund);
    let is_held = position.is_some();
    let line = FundLine { fund, execution, forward: None, surplus: None, is_unsplit: false, is_held };
    if let Some(stated) = said.and_then(|said| said.left).filter(|stated| *stated != left) {
        gaps.push(Gap::LeftDiffers { fund, stated, left });
        return line;
    }
    let parts = |said: &FilledFund| [said.forward, said.surplus];
    let of_other_sign =
        |part: &Amount| part.is_negative() && !left.is_negative() || part.is_positive() && !left.is_positive();
    let wrong: Vec<Amount> = said.into_iter().flat_map(parts).flatten().filter(of_other_sign).collect();
    gaps.extend(wrong.iter().map(|part| Gap::PartOfOtherSign { fund, part: *part, left }));
    let (forward, surplus) = match said.map(parts) {
        // Of nothing the parts are nothing.
        None | Some([None, None]) if left.is_zero() => (Some(left), Some(left)),
        None => (None, None),
        Some([forward, surplus]) => (forward, surplus),
    };
    match (forward, surplus) {
        (Some(forward), Some(surplus)) if forward + surplus != left => {
            if wrong.is_empty() {
                gaps.push(Gap::SplitDoesNotFoot { fund, forward, surplus, left });
            }
            line
        }
        (forward, surplus) => FundLine { forward, surplus, is_unsplit: forward.is_none() || surplus.is_none(), ..line },
    }
}

fn split(funds: &[FundLine]) -> Option<Split> {
    let sum = |part: fn(&FundLine) -> Option<Amount>| {
        funds.iter().map(part).try_fold(Amount::ZERO, |sum, part| Some(sum + part?))
    };
    Some(Split { forward: sum(|line| line.forward)?, surplus: sum(|line| line.surplus)? })
}

/// What is said, or must be said, about the rates: of the project, of its funds where there are several, and of its
/// allocations.
fn reasons(total: Execution, funds: &[FundLine], allocations: &[(Named, Execution)], filled: &Filled) -> Vec<Reason> {
    let reason = |whose, rate, text: Option<&String>| {
        let text = text.cloned().unwrap_or_default();
        Reason { whose, rate, is_needed: needs_reason(rate), text }
    };
    let several = funds.iter().filter(|line| !line.execution.is_nothing()).count() > 1;
    let of_funds = funds.iter().filter(|line| line.is_held).map(|line| {
        let said = filled.funds.iter().find(|said| said.fund == line.fund).map(|said| &said.reason);
        let reason = reason(Whose::Fund(line.fund), line.execution.rate, said);
        Reason { is_needed: reason.is_needed && several, ..reason }
    });
    let of_allocations = allocations.iter().map(|(named, execution)| {
        let said = filled.allocations.iter().find(|(key, _)| *key == named.key).map(|(_, reason)| reason);
        let (number, key, name) = (named.number, named.key.clone(), named.name.clone());
        reason(Whose::Allocation { number, key, name }, execution.rate, said)
    });
    let project = reason(Whose::Project, total.rate, Some(&filled.reason));
    std::iter::once(project).chain(of_funds).chain(of_allocations).collect()
}

/// The targets by their kinds, and within a kind as the budget lists them.
fn results(names: &[Named], budget: &Budget, filled: &Filled) -> Vec<TargetResult> {
    let mut results = Vec::new();
    for named in names {
        let targets = budget.allocation(&named.key).map(|allocation| allocation.targets.as_slice()).unwrap_or_default();
        for (place, target) in targets.iter().enumerate() {
            let is_said = |said: &&FilledResult| said.allocation == named.key && said.place == place;
            let said = filled.results.iter().find(is_said);
            let actual = said.and_then(|said| said.actual);
            results.push(TargetResult {
                allocation: named.clone(),
                place,
                target: target.clone(),
                actual,
                is_met: actual.map(|actual| target.goal.is_met_by(actual)),
                score: actual.zip(target.weight).map(|(actual, weight)| target.goal.score(actual, weight)),
                reason: said.map(|said| said.reason.clone()).unwrap_or_default(),
            });
        }
    }
    let place = |kind: TargetKind| TargetKind::ALL.iter().position(|known| *known == kind);
    results.sort_by_key(|result| place(result.target.kind));
    results
}

fn missing(reasons: &[Reason], funds: &[FundLine], results: &[TargetResult]) -> Vec<Gap> {
    let unsaid = reasons.iter().filter(|reason| reason.is_needed && reason.text.is_empty());
    let unsaid: Vec<(Whose, Rate)> = unsaid.filter_map(|reason| Some((reason.whose.clone(), reason.rate?))).collect();
    let unsplit = funds.iter().filter(|line| line.is_unsplit);
    let unsplit: Vec<(Fund, Amount)> = unsplit.map(|line| (line.fund, line.execution.left)).collect();
    let names = |these: &dyn Fn(&&TargetResult) -> bool| {
        results.iter().filter(these).map(|result| result.target.name.clone()).collect::<Vec<_>>()
    };
    let unmeasured = names(&|result| result.actual.is_none());
    let unexplained = names(&|result| result.is_met == Some(false) && result.reason.is_empty());
    let targets: Rate = results.iter().filter_map(|result| result.target.weight).sum();
    let is_weighted = results.iter().any(|result| result.target.weight.is_some());
    [
        (!unsaid.is_empty()).then_some(Gap::ReasonsMissing(unsaid)),
        (!unsplit.is_empty()).then_some(Gap::SplitsMissing(unsplit)),
        (!unmeasured.is_empty()).then_some(Gap::ActualsMissing(unmeasured)),
        (!unexplained.is_empty()).then_some(Gap::ShortfallsUnexplained(unexplained)),
        (is_weighted && targets + Rate::TEN != Rate::HUNDRED).then_some(Gap::WeightsDoNotAddUp { targets }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn adjustments(names: &[Named], trail: &dyn Movers) -> Result<Vec<Adjustment>, Lost> {
    let adjustment = |row: Mover| {
        let allocation = names.iter().find(|named| named.key == row.allocation)?.clone();
        let (carried_from, memo) = match carried_from(&row.memo) {
            Some((budget, memo)) => (Some(budget.to_owned()), memo.to_owned()),
            None => (None, row.memo),
        };
        let Mover { seq, date, doc, fund, amount, .. } = row;
        Some(Adjustment { seq, date, doc, allocation, fund, carried_from, memo, amount })
    };
    trail.walk().filter_map(|row| row.map(adjustment).transpose()).collect()
}

fn uneven(form: &YearEnd) -> Uneven {
    let summed: [Summed<Execution>; 5] = [
        (Figure::Original, |row| row.original),
        (Figure::Adjusted, |row| row.adjusted),
        (Figure::YearRevised, |row| row.revised),
        (Figure::YearSpent, |row| row.spent),
        (Figure::LeftOver, |row| row.left),
    ];
    let funds: Vec<Execution> = form.funds.iter().map(|line| line.execution).collect();
    let allocations: Vec<Execution> = form.allocations.iter().map(|(_, execution)| *execution).collect();
    let mut columns = uneven_in_wan(&funds, &form.total, &summed);
    for figure in uneven_in_wan(&allocations, &form.total, &summed) {
        if !columns.contains(&figure) {
            columns.push(figure);
        }
    }
    let adjusted: Amount = form.adjustments.iter().map(|row| row.amount.wan()).sum();
    if adjusted != form.total.adjusted.wan() && !columns.contains(&Figure::Adjusted) {
        columns.push(Figure::Adjusted);
    }
    let parts_miss = |line: &FundLine| {
        let parts = line.forward.zip(line.surplus);
        parts.is_some_and(|(forward, surplus)| forward.wan() + surplus.wan() != line.execution.left.wan())
    };
    let misses = funds.iter().chain(&allocations).chain([&form.total]).any(Execution::misses_in_wan);
    let misses = misses || form.funds.iter().any(parts_miss);
    Uneven { columns, lines: misses.then_some(Figure::LeftOver).into_iter().collect() }
}
