//! The tables of a budget file, `[budget]` to `[[allocation.target]]`, and what must hold between them.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::budget_values::{Problems, Stated, Table, amount_of, text_of};
use super::expense_table::Field;
use super::statement_profile;
use crate::domain::amount::{Amount, Rate};
use crate::domain::budget::{Allocation, Budget, Control, Fund, Language, Limit, is_key};
use crate::domain::calendar::{FiscalYear, Pace};
use crate::domain::economic::{Listing, is_code, listing};
use crate::domain::plan::Plan;
use crate::domain::project::Project;
use crate::domain::target::{Goal, Target, TargetKind};
use crate::domain::text::shortened;
use crate::problem::BudgetFault;

const BUDGET_KEYS: [&str; 9] = ["id", "title", "unit", "fiscal_year", "total", "doc", "language", "function", "ledger"];
const CONTROL_KEYS: [&str; 5] = ["allocation", "total", "period", "pace", "band"];
const PROJECT_KEYS: [&str; 4] = ["basis", "overview", "plan", "results"];
const ALLOCATION_KEYS: [&str; 8] = ["key", "name", "amount", "plan", "fund", "economic", "content", "target"];
const TARGET_KEYS: [&str; 5] = ["name", "kind", "goal", "unit", "weight"];
const TARGET_KINDS: [&str; 6] = ["quantity", "quality", "timeliness", "cost", "social", "satisfaction"];

/// Points around the benchmark that count as on pace, when the file says nothing.
const DEFAULT_BAND: &str = "5";

/// The whole file. `None`, or any problem said, means there is no budget.
pub(crate) fn budget(document: &Spanned<DeTable<'_>>, problems: &mut Problems<'_>) -> Option<Budget> {
    let file = Table { entries: document.get_ref(), name: "file", span: 0..0 };
    file.check_keys(&["budget", "control", "project", "allocation", "statement", "import"], problems);
    let statement = file.get("statement").map(|value| statement_profile::of(value, problems)).unwrap_or_default();
    let project = file.get("project").map(|project| project_texts(project, problems)).unwrap_or_default();
    let control = control(file.get("control"), problems);
    let import = file.get("import").map(|import| headings(import, problems)).unwrap_or_default();
    let head = file.needed("budget", problems).and_then(|head| Table::of(head, "budget", problems));
    let year = head.as_ref().and_then(|head| year(head, problems));
    let allocations = allocations(&file, year, problems);
    let head = head?;
    head.check_keys(&BUDGET_KEYS, problems);
    let id = key_text(&head, "id", problems);
    let title = head.needed_text("title", problems);
    let unit = head.needed_text("unit", problems);
    let doc = head.text("doc", problems).map(|doc| doc.value).unwrap_or_default();
    let language = head.choice("language", &["zh", "en"], None, |text| Language::from_key(text).map(Some), problems);
    if let Some(function) = head.text("function", problems).filter(|function| !is_function_code(&function.value)) {
        problems.say(BudgetFault::NotACode { text: shortened(&function.value, 60) }, function.span);
    }
    let ledger = head.text("ledger", problems).map(|ledger| file_name(ledger, problems));
    let total = head.amount("total", problems);
    let (allocations, total) = (allocations?, total?);
    let sum = allocations.iter().map(|allocation| allocation.amount).sum();
    if total.value != sum {
        problems.say(BudgetFault::WrongTotal { stated: total.value, sum }, total.span);
    }
    let (id, title, unit) = (id?.value, title?.value, unit?.value);
    let ledger = ledger.flatten().unwrap_or_default();
    Some(Budget {
        id,
        title,
        unit,
        year: year?,
        doc,
        language,
        ledger,
        control,
        import,
        statement,
        project,
        allocations,
    })
}

/// The texts for the public about the whole project.
fn project_texts(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Project {
    let Some(table) = Table::of(value, "project", problems) else { return Project::default() };
    table.check_keys(&PROJECT_KEYS, problems);
    let [basis, overview, plan, results] = PROJECT_KEYS.map(|key| table.prose(key, problems));
    Project { basis, overview, plan, results }
}

/// The headings of a table to import, by field.
fn headings(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Vec<(String, String)> {
    let Some(table) = Table::of(value, "import", problems) else { return Vec::new() };
    let fields = Field::ALL.map(Field::key);
    table.check_keys(&fields, problems);
    let stated = fields.into_iter().filter_map(|field| Some((field, table.needed_if_there(field, problems)?)));
    stated.map(|(field, heading)| (field.to_owned(), heading)).collect()
}

fn year(head: &Table<'_>, problems: &mut Problems<'_>) -> Option<FiscalYear> {
    let value = head.needed("fiscal_year", problems)?;
    let number = value.get_ref().as_integer().filter(|number| number.radix() == 10).map(|number| number.as_str());
    let year = number.and_then(|number| number.parse().ok()).and_then(FiscalYear::new);
    if year.is_none() {
        let written = problems.source.text().get(value.span()).unwrap_or_default();
        let text = value.get_ref().as_str().unwrap_or(written);
        problems.say(BudgetFault::NotAYear { text: shortened(text, 60) }, value.span());
    }
    year
}

fn control(value: Option<&Spanned<DeValue<'_>>>, problems: &mut Problems<'_>) -> Control {
    let band = Rate::points(DEFAULT_BAND).expect("the default band is points");
    let mut control =
        Control { allocation: Limit::Stop, total: Limit::Stop, warn_by_period: false, pace: Pace::Days, band };
    let Some(table) = value.and_then(|value| Table::of(value, "control", problems)) else { return control };
    table.check_keys(&CONTROL_KEYS, problems);
    let limit = |text: &str| match text {
        "stop" => Some(Limit::Stop),
        "warn" => Some(Limit::Warn),
        _ => None,
    };
    control.allocation = table.choice("allocation", &["stop", "warn"], Limit::Stop, limit, problems);
    control.total = table.choice("total", &["stop", "warn"], Limit::Stop, limit, problems);
    let period = |text: &str| ["none", "warn"].contains(&text).then_some(text == "warn");
    control.warn_by_period = table.choice("period", &["none", "warn"], false, period, problems);
    let pace = |text: &str| match text {
        "days" => Some(Pace::Days),
        "months" => Some(Pace::Months),
        _ => None,
    };
    control.pace = table.choice("pace", &["days", "months"], Pace::Days, pace, problems);
    if let Some(stated) = table.text("band", problems) {
        match Rate::points(&stated.value) {
            Some(band) => control.band = band,
            None => problems.say(BudgetFault::NotPoints { text: shortened(&stated.value, 60) }, stated.span),
        }
    }
    control
}

/// The allocations in order; `None` when any of them can't be read.
fn allocations(file: &Table<'_>, year: Option<FiscalYear>, problems: &mut Problems<'_>) -> Option<Vec<Allocation>> {
    let Some(value) = file.get("allocation") else {
        problems.say(BudgetFault::NoAllocations, 0..0);
        return None;
    };
    let Some(list) = value.get_ref().as_array() else {
        problems.say(BudgetFault::NotAList { key: "allocation" }, value.span());
        return None;
    };
    if list.is_empty() {
        problems.say(BudgetFault::NoAllocations, value.span());
        return None;
    }
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut allocations = Vec::new();
    for value in list.iter() {
        let Some(table) = Table::of(value, "allocation", problems) else { continue };
        let key = key_text(&table, "key", problems);
        let name = table.needed_text("name", problems);
        if let Some(key) = &key {
            let line = problems.line(key.span.start);
            if let Some(first_line) = keys.insert(key.value.clone(), line) {
                problems.say(BudgetFault::DuplicateAllocation { key: key.value.clone(), first_line }, key.span.clone());
            }
        }
        if let Some(name) = &name {
            let line = problems.line(name.span.start);
            if let Some(first_line) = names.insert(name.value.clone(), line) {
                problems.say(BudgetFault::DuplicateName { name: name.value.clone(), first_line }, name.span.clone());
            }
        }
        allocations.push(allocation(&table, key, name, year, problems));
    }
    allocations.into_iter().collect()
}

fn allocation(
    table: &Table<'_>,
    key: Option<Stated<String>>,
    name: Option<Stated<String>>,
    year: Option<FiscalYear>,
    problems: &mut Problems<'_>,
) -> Option<Allocation> {
    table.check_keys(&ALLOCATION_KEYS, problems);
    let content = table.prose("content", problems);
    let targets = targets(table, problems);
    let fund = table.choice("fund", &["current", "carried", "other"], Fund::Current, Fund::from_key, problems);
    let economic = economic(table, year, problems);
    let amount = table.amount("amount", problems);
    let plan = match table.get("plan") {
        None => Some(Plan::Even),
        Some(value) => plan(value, amount.as_ref().map(|amount| amount.value), problems),
    };
    let (key, name, amount) = (key?.value, name?.value, amount?.value);
    Some(Allocation { key, name, amount, plan: plan?, fund, economic, content, targets })
}

/// `"even"`, or `{ "03" = "10万元", … }` that adds up to the amount.
fn plan(value: &Spanned<DeValue<'_>>, amount: Option<Amount>, problems: &mut Problems<'_>) -> Option<Plan> {
    if let Some(text) = value.get_ref().as_str() {
        if text != "even" {
            let choices = &["even", "{ \"03\" = \"…\" }"];
            problems.say(BudgetFault::NotAChoice { key: "plan", text: shortened(text, 60), choices }, value.span());
            return None;
        }
        return Some(Plan::Even);
    }
    let table = Table::of(value, "plan", problems)?;
    let before = problems.count();
    let mut months = BTreeMap::new();
    for (key, value) in table.entries {
        let text = key.get_ref().as_ref();
        let month = Some(text).filter(|text| text.len() == 2).and_then(|text| text.parse::<u32>().ok());
        let amount = amount_of(value, "plan", problems);
        match month.filter(|month| (1..=12).contains(month)) {
            Some(month) => months.extend(amount.map(|amount| (month, amount.value))),
            None => problems.say(BudgetFault::NotAMonth { text: shortened(text, 60) }, key.span()),
        }
    }
    if problems.count() > before {
        return None;
    }
    let planned = months.values().copied().sum();
    match amount {
        Some(amount) if amount != planned => {
            problems.say(BudgetFault::PlanDoesNotFit { plan: planned, amount }, value.span());
            None
        }
        _ if months.is_empty() => Some(Plan::Even),
        _ => Some(Plan::Months(months)),
    }
}

fn economic(table: &Table<'_>, year: Option<FiscalYear>, problems: &mut Problems<'_>) -> Vec<String> {
    let Some(value) = table.get("economic") else { return Vec::new() };
    let Some(list) = value.get_ref().as_array() else {
        problems.say(BudgetFault::NotAList { key: "economic" }, value.span());
        return Vec::new();
    };
    let mut codes = Vec::new();
    for value in list.iter() {
        let Some(code) = text_of(value, "economic", problems) else { continue };
        // Without a year there is no table to hold the code against; its shape still counts.
        let unlisted_year = if is_code(&code.value) { Listing::NoTable } else { Listing::NotACode };
        match year.map_or(unlisted_year, |year| listing(&code.value, year)) {
            Listing::NotACode => problems.say(BudgetFault::NotACode { text: shortened(&code.value, 60) }, code.span),
            Listing::Unlisted => {
                let year = year.map_or(0, FiscalYear::number);
                problems.say(BudgetFault::UnlistedCode { code: code.value, year }, code.span);
            }
            Listing::Named(_) | Listing::NoTable => codes.push(code.value),
        }
    }
    codes
}

/// The performance targets, which the year-end form asks after. One that can't be read has been complained of.
fn targets(table: &Table<'_>, problems: &mut Problems<'_>) -> Vec<Target> {
    let Some(value) = table.get("target") else { return Vec::new() };
    let Some(list) = value.get_ref().as_array() else {
        problems.say(BudgetFault::NotAList { key: "target" }, value.span());
        return Vec::new();
    };
    let tables: Vec<_> = list.iter().filter_map(|value| Table::of(value, "allocation.target", problems)).collect();
    tables.iter().filter_map(|table| target(table, problems)).collect()
}

fn target(table: &Table<'_>, problems: &mut Problems<'_>) -> Option<Target> {
    table.check_keys(&TARGET_KEYS, problems);
    let name = table.needed_text("name", problems);
    let known = |text: &str| TargetKind::from_key(text).map(Some);
    let kind = table.needed("kind", problems).is_some();
    let kind = kind.then(|| table.choice("kind", &TARGET_KINDS, None, known, problems)).flatten();
    let goal = table.needed("goal", problems).and_then(|value| goal(value, problems));
    let unit = table.text("unit", problems).map(|unit| unit.value).unwrap_or_default();
    let weight = table.text("weight", problems).and_then(|weight| {
        let points = Rate::points(&weight.value);
        if points.is_none() {
            problems.say(BudgetFault::NotPoints { text: shortened(&weight.value, 60) }, weight.span);
        }
        points
    });
    Some(Target { name: name?.value, kind: kind?, goal: goal?, unit, weight })
}

/// A goal begins with a comparison, which an ordinary text may not, so it is read by its own rule.
fn goal(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Goal> {
    let Some(text) = value.get_ref().as_str() else {
        problems.say(BudgetFault::NotAText { key: "goal", found: value.get_ref().type_str() }, value.span());
        return None;
    };
    let goal = Goal::read(text);
    if goal.is_none() {
        problems.say(BudgetFault::NotAGoal { text: shortened(text, 60) }, value.span());
    }
    goal
}

/// A text that must be a key.
fn key_text(table: &Table<'_>, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<String>> {
    let stated = table.needed_text(key, problems)?;
    if is_key(&stated.value) {
        return Some(stated);
    }
    problems.say(BudgetFault::NotAKey { key, text: shortened(&stated.value, 60) }, stated.span);
    None
}

/// 功能分类: 3, 5 or 7 digits (类, 款, 项).
fn is_function_code(text: &str) -> bool {
    [3, 5, 7].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The ledger stands beside the budget, so its name names no folder.
fn file_name(stated: Stated<String>, problems: &mut Problems<'_>) -> Option<String> {
    let plain =
        !stated.value.is_empty() && !stated.value.contains(['/', '\\']) && stated.value != "." && stated.value != "..";
    if !plain {
        problems.say(BudgetFault::NotAFileName { text: shortened(&stated.value, 60) }, stated.span);
    }
    plain.then_some(stated.value)
}
