//! 项目文本公开: what is published of a project. It holds texts of the budget file and figures of allocations and nothing
//! else, so that no row, payee, memo, number or digest of the ledger can come into it.

use super::balance::Named;
use super::footing::{Summed, uneven_in_wan};
use super::stamp::Stamp;
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::{Budget, Fund};
use crate::domain::calendar::{Date, FiscalYear, Month};
use crate::domain::figure::Figure;
use crate::domain::position::{Position, Positions};
use crate::domain::project::{Project, Prose, PublicText, Withheld, unpublishable};

/// The public text, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disclosure {
    pub(crate) grounds: Grounds,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) year: FiscalYear,
    pub(crate) project: Project,
    pub(crate) allocations: Vec<Disclosed>,
    pub(crate) total: DisclosedFigures,
    /// What each fund was given, where there are several.
    pub(crate) funds: Vec<(Fund, Amount)>,
    /// Whether anything was added, cut or transferred.
    pub(crate) is_adjusted: bool,
    /// Whether the year is over, so that its execution is told too.
    pub(crate) is_executed: bool,
    pub(crate) uneven_funding: Uneven,
    pub(crate) uneven_execution: Uneven,
    pub(crate) withheld: Vec<Withheld>,
}

/// What the figures rest on, as far as the public is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grounds {
    pub(crate) as_of: Date,
    pub(crate) is_opened: bool,
    pub(crate) is_verified: bool,
    /// The month of that day, if it is closed.
    pub(crate) closed: Option<Month>,
}

/// One allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disclosed {
    pub(crate) allocation: Named,
    pub(crate) content: Prose,
    pub(crate) figures: DisclosedFigures,
}

/// The figures of one line, in 元 and percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DisclosedFigures {
    pub(crate) original: Amount,
    pub(crate) adjusted: Amount,
    pub(crate) revised: Amount,
    pub(crate) spent: Amount,
    pub(crate) execution_rate: Option<Rate>,
}

/// What does not come out where a reader adds up amounts rounded to 万元: columns, and sums within a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Uneven {
    pub(crate) columns: Vec<Figure>,
    pub(crate) lines: Vec<Figure>,
}

impl Grounds {
    fn of(stamp: &Stamp) -> Self {
        Self {
            as_of: stamp.as_of,
            is_opened: stamp.digest.is_some(),
            is_verified: stamp.unverified.is_none(),
            closed: stamp.closed.map(|closed| closed.month),
        }
    }
}

impl DisclosedFigures {
    fn of(position: Position) -> Self {
        Self {
            original: position.original,
            adjusted: position.adjusted,
            revised: position.revised(),
            spent: position.spent,
            execution_rate: position.execution_rate(),
        }
    }

    /// Whether the revised amount is another one where it is worked out from the rounded ones.
    fn misses_in_wan(&self) -> bool {
        self.original.wan() + self.adjusted.wan() != self.revised.wan()
    }
}

/// The text on these books.
pub(crate) fn disclosure(stamp: &Stamp, budget: &Budget, names: &[Named], positions: &Positions) -> Disclosure {
    let grounds = Grounds::of(stamp);
    let keys = || names.iter().map(|named| named.key.as_str());
    let total = DisclosedFigures::of(positions.sum_of(keys()));
    let content = |named: &Named| budget.allocation(&named.key).map(|allocation| allocation.content.clone());
    let allocations: Vec<Disclosed> = names
        .iter()
        .map(|named| Disclosed {
            allocation: named.clone(),
            content: content(named).unwrap_or_default(),
            figures: DisclosedFigures::of(positions.of(&named.key)),
        })
        .collect();
    let given = |fund: Fund| Some((fund, positions.of_fund(fund, keys())?.original));
    let funds: Vec<(Fund, Amount)> =
        Fund::ALL.into_iter().filter_map(given).filter(|(_, amount)| !amount.is_zero()).collect();
    let lines: Vec<DisclosedFigures> = allocations.iter().map(|disclosed| disclosed.figures).collect();
    let is_adjusted = lines.iter().any(|line| !line.adjusted.is_zero());
    let mut disclosure = Disclosure {
        grounds,
        title: budget.title.clone(),
        unit: budget.unit.clone(),
        year: budget.year,
        project: budget.project.clone(),
        allocations,
        total,
        funds: if funds.len() > 1 { funds } else { Vec::new() },
        is_adjusted,
        is_executed: grounds.is_opened && grounds.as_of >= budget.year.last_day(),
        uneven_funding: uneven_funding(&lines, &total, is_adjusted),
        uneven_execution: Uneven { columns: uneven_in_wan(&lines, &total, &EXECUTION), lines: Vec::new() },
        withheld: Vec::new(),
    };
    disclosure.withheld = withheld(&disclosure);
    disclosure
}

const EXECUTION: [Summed<DisclosedFigures>; 3] = [
    (Figure::Original, |line| line.original),
    (Figure::YearRevised, |line| line.revised),
    (Figure::YearSpent, |line| line.spent),
];

fn uneven_funding(lines: &[DisclosedFigures], total: &DisclosedFigures, is_adjusted: bool) -> Uneven {
    let columns: [Summed<DisclosedFigures>; 3] = [
        (Figure::Original, |line| line.original),
        (Figure::Adjusted, |line| line.adjusted),
        (Figure::Revised, |line| line.revised),
    ];
    let columns = uneven_in_wan(lines, total, if is_adjusted { &columns } else { &columns[..1] });
    let misses = lines.iter().chain([total]).any(DisclosedFigures::misses_in_wan);
    Uneven { columns, lines: if misses { vec![Figure::Revised] } else { Vec::new() } }
}

/// What must be written, or taken out, before the text is published.
fn withheld(disclosure: &Disclosure) -> Vec<Withheld> {
    let Project { basis, overview, plan, results } = &disclosure.project;
    let contents = disclosure
        .allocations
        .iter()
        .map(|disclosed| (PublicText::Content(disclosed.allocation.key.clone()), &disclosed.content));
    let texts: Vec<(PublicText, &Prose)> = [(PublicText::Basis, basis), (PublicText::Overview, overview)]
        .into_iter()
        .chain(contents)
        .chain([(PublicText::Plan, plan), (PublicText::Results, results)])
        .collect();
    let missing: Vec<PublicText> =
        texts.iter().filter(|(_, prose)| prose.is_empty()).map(|(text, _)| text.clone()).collect();
    let name = |disclosed: &Disclosed| {
        unpublishable(&PublicText::Name(disclosed.allocation.key.clone()), [disclosed.allocation.name.as_str()])
    };
    let mut withheld = Vec::new();
    withheld.extend((!missing.is_empty()).then_some(Withheld::Missing(missing)));
    withheld.extend(unpublishable(&PublicText::Title, [disclosure.title.as_str()]));
    withheld.extend(unpublishable(&PublicText::Unit, [disclosure.unit.as_str()]));
    withheld.extend(disclosure.allocations.iter().flat_map(name));
    let lines = |prose: &Prose| prose.paragraphs().to_vec();
    withheld
        .extend(texts.iter().flat_map(|(text, prose)| unpublishable(text, lines(prose).iter().map(String::as_str))));
    withheld
}
