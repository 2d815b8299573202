//! `import` (导入): the expenses of a table that another program made, all of them or none. What the ledger has already is
//! skipped and counted, so the same table, or a longer one, may come again.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command};

use super::books::{self, Books};
use super::desk::Desk;
use super::incoming_rows::{Accepted, Lines};
use super::load::Load;
use super::options::{self, Stamping};
use super::{Verb, allocations, choices, open, stamp, typed};
use crate::domain::budget::Language;
use crate::lang::Help;
use crate::problem::{BillFault, Exit, Failure, Problem, Usage};
use crate::render::sheets;
use crate::store::expense_table::{ExpenseTable, Field, Mapped};

pub(super) const VERB: Verb = Verb { name: "import", aliases: &["导入"], about: Help::Import, arguments, run };

fn arguments(command: Command, language: Language) -> Command {
    let option = |name, value, help| options::option(name, value, help, language);
    let file = options::positional("file", "FILE", Help::ImportFile, language).required(true);
    command
        .arg(file.value_parser(clap::value_parser!(PathBuf)))
        .arg(option("sheet", "NAME", Help::ImportSheet))
        .arg(option("map", "FIELD=HEADING", Help::ImportMap).action(ArgAction::Append))
        .arg(option("allocation", "ALLOC", Help::ImportAllocation).short('a'))
        .arg(option("accept-double", "LINES", Help::ImportAcceptDouble).action(ArgAction::Append))
        .arg(option("invoice-part", "LINES", Help::ImportInvoicePart).action(ArgAction::Append))
        .arg(option("allow-over", "WHY", Help::RecordAllowOver).allow_hyphen_values(true))
        .arg(options::flag("allow-personal-data", Help::OptPersonal, language))
        .args(options::stamping(language).into_iter().filter(|arg| arg.get_id() != "id"))
}

/// What was typed, checked as far as it can be without the table.
pub(super) struct Asked {
    pub(super) stamping: Stamping,
    sheet: Option<String>,
    mapped: Vec<Mapped>,
    /// The key of the allocation of rows that say none.
    pub(super) allocation: Option<String>,
    pub(super) accepted: Accepted,
    pub(super) allows_personal_data: bool,
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut problems = Vec::new();
    let mut asked = Asked::read(matches, &mut problems);
    let books = books::open(desk)?;
    if matches.contains_id("allocation") {
        asked.allocation = Some(allocations::typed(&books, matches, "allocation", &mut problems)?);
    }
    asked.take_profile(&books);
    Failure::unless_none(problems)?;
    let exists = books.ledger.exists()?;
    let by = stamp::operator(desk, &asked.stamping);
    asked.stamping.by = by.as_ref().ok().cloned();
    if !exists && open::offer(desk, &books, &asked.stamping)? != Exit::Done {
        return Ok(Exit::No);
    }
    let path = matches.get_one::<PathBuf>("file").expect("clap requires it");
    desk.keep_off(&[path])?;
    let table = ExpenseTable::open(desk.world.files, path, asked.sheet.as_deref(), &asked.mapped).map_err(Failure)?;
    if asked.allocation.is_none() && table.columns.of_field(Field::Allocation).is_none() {
        return Err(BillFault::NoAllocation.into());
    }
    let done = Load::new(&books, &asked, table).carry_out(desk, by);
    desk.world.progress.clear();
    let (report, remarks) = done?;
    desk.complain(&remarks);
    desk.answer(&sheets::importing(&report, desk.language), !report.dry_run)?;
    Ok(Exit::Done)
}

impl Asked {
    fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        let stamping = Stamping::read(matches, problems);
        let mut mapped = Vec::new();
        for text in matches.get_many::<String>("map").into_iter().flatten() {
            match mapping(text) {
                Some(said) => mapped.push(said),
                None => {
                    let fields = Field::ALL.map(|field| choices::with_twin(field.key())).to_vec();
                    problems.push(Usage::BadMap { value: text.clone(), fields }.into());
                }
            }
        }
        let clock_ok = stamping.clock_ok.clone();
        Self {
            sheet: matches.get_one::<String>("sheet").cloned(),
            mapped,
            allocation: None,
            accepted: Accepted {
                doubles: lines(matches, "accept-double", problems),
                invoice_parts: lines(matches, "invoice-part", problems),
                allow_over: options::reason(matches, "allow-over", problems),
                clock_ok,
            },
            allows_personal_data: matches.get_flag("allow-personal-data"),
            stamping,
        }
    }

    /// What the budget file says of the headings, for the fields that nothing was typed about.
    fn take_profile(&mut self, books: &Books<'_>) {
        for (key, heading) in &books.budget.import {
            let field = Field::from_key(key).filter(|field| self.mapped.iter().all(|(known, _)| known != field));
            self.mapped.extend(field.map(|field| (field, heading.clone())));
        }
    }
}

/// `FIELD=HEADING`.
fn mapping(text: &str) -> Option<Mapped> {
    let (field, heading) = text.split_once(['=', '＝'])?;
    let (field, heading) = (field.trim(), heading.trim());
    let key = choices::FIELDS.iter().find(|(_, twin)| *twin == field).map_or(field, |(key, _)| key);
    Some((Field::from_key(key)?, heading.to_owned())).filter(|_| !heading.is_empty())
}

/// `12,15-18`: line numbers as people see them.
fn lines(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Lines {
    let mut lines = Lines::default();
    for text in matches.get_many::<String>(name).into_iter().flatten() {
        for part in typed::in_half_width(text).split([',', ';', '、']) {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            match (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
                (Ok(from), Ok(to)) if from <= to => lines.0.push(from..=to),
                _ => problems.push(Usage::BadLines { name: format!("--{name}"), value: text.clone() }.into()),
            }
        }
    }
    lines
}
