//! `record --split`: one bill over several allocations or economic classes, in rows that stand or fall together.

use clap::ArgMatches;

use super::claim::Claim;
use super::desk::Desk;
use super::options::Writing;
use super::record::Expense;
use super::writing::{self, Found, Verdict, Wish};
use super::{allocations, books, choices, typed};
use crate::domain::amount::Amount;
use crate::domain::budget::{Budget, Fund};
use crate::domain::economic::is_code;
use crate::domain::rules::Refusal;
use crate::domain::search::Search;
use crate::problem::{Exit, Failure, Usage};
use crate::render::sheets;
use crate::reports::receipt::Act;

/// What one allocation bears of the bill.
struct Part {
    key: String,
    amount: Amount,
    economic: Option<String>,
    /// What pays it, if that is not what pays the bill.
    fund: Option<Fund>,
}

pub(super) fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let writing = Writing::read(matches, &mut problems);
    let bill = Expense::read(matches, &mut problems);
    let books = books::open(desk)?;
    let mut parts = Vec::new();
    for text in matches.get_many::<String>("split").into_iter().flatten() {
        match Part::typed(text) {
            Some((name, part)) => {
                let key = allocations::meant(&books, name, &mut problems)?;
                parts.push(Part { key, ..part });
            }
            None => problems.push(Usage::BadSplit { value: text.clone() }.into()),
        }
    }
    let sum: Amount = parts.iter().map(|part| part.amount).sum();
    if problems.is_empty() && sum != bill.amount {
        problems.push(Refusal::SplitDoesNotFit { parts: sum, amount: bill.amount }.into());
    }
    Failure::unless_none(problems)?;
    let wish = Wish {
        act: Act::Split,
        claim: claim(&bill, &parts, &writing),
        writing: &writing,
        search: Search::for_id(writing.stamping.id.as_deref())
            .and_invoices(bill.invoice.as_deref().unwrap_or_default()),
        named: None,
        rows: &|found| rows(&bill, &parts, &writing, &books.budget, found),
        answer: &sheets::receipt,
    };
    writing::write(desk, &books, wish)
}

impl Part {
    /// Reads `ALLOC=N`, and behind it `:CODE`, `:FUND` or both: how the allocation is named, and the part without its key.
    fn typed(text: &str) -> Option<(&str, Self)> {
        let (name, rest) = text.rsplit_once(['=', '＝'])?;
        let rest = typed::in_half_width(rest);
        let mut words = rest.split([':', '：']);
        let amount = Amount::typed(words.next()?).ok().filter(|amount| amount.is_positive())?;
        let mut part = Self { key: String::new(), amount, economic: None, fund: None };
        for word in words.map(str::trim) {
            match choices::fund(word) {
                Ok(key) if part.fund.is_none() => part.fund = Fund::from_key(key),
                Err(_) if part.economic.is_none() && is_code(word) => part.economic = Some(word.to_owned()),
                Ok(_) | Err(_) => return None,
            }
        }
        Some((name, part))
    }

    /// The bill as this part alone.
    fn of(&self, bill: &Expense) -> Expense {
        bill.charging(self.amount, self.economic.clone(), self.fund)
    }
}

/// What is said of every row stands for the last; what each part is, for its own.
fn claim(bill: &Expense, parts: &[Part], writing: &Writing) -> Claim {
    let last = parts.last().map_or(bill.clone(), |part| part.of(bill));
    let mut claim = last.claim(None, writing);
    claim.count(parts.len());
    for (place, part) in parts.iter().enumerate() {
        claim.of_row(place, "allocation", part.key.clone());
        claim.of_row(place, "amount", part.amount.to_string());
        claim.of_row(place, "economic", part.economic.clone().unwrap_or_default());
        if let Some(fund) = part.fund {
            claim.of_row(place, "fund", fund.key().to_owned());
        }
    }
    claim
}

fn rows(bill: &Expense, parts: &[Part], writing: &Writing, budget: &Budget, found: &Found<'_>) -> Verdict {
    let (mut whole, mut to_date) = (found.whole.clone(), found.to_date.clone());
    let (mut rows, mut remarks, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        // Each part is held against what the parts before it have left.
        let so_far = Found { whole: &whole, to_date: &to_date, ..*found };
        match part.of(bill).rows(Some(&part.key), writing, budget, &so_far) {
            Ok((part, said)) => {
                for row in &part {
                    whole.add(row);
                    to_date.add(row);
                }
                rows.extend(part);
                remarks.extend(said);
            }
            Err(said) => refusals.extend(said),
        }
    }
    // What holds for the bill as a whole, such as a used invoice, is said once.
    let mut said: Vec<Refusal> = Vec::new();
    for refusal in refusals {
        if !said.contains(&refusal) {
            said.push(refusal);
        }
    }
    if said.is_empty() { Ok((rows, remarks)) } else { Err(said) }
}
