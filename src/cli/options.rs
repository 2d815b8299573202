//! Options that several commands share: how they are typed, and what is read from them.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{choices, typed};
use crate::domain::budget::Language;
use crate::domain::calendar::Date;
use crate::domain::economic::is_code;
use crate::domain::entry::invoices;
use crate::domain::personal::personal;
use crate::domain::rules::Refusal;
use crate::domain::text::{LONGEST_ID, LONGEST_TEXT, TextFault, entered};
use crate::lang::{self, Help};
use crate::problem::{Problem, Usage};
use crate::render::Format;

/// An option that takes a value.
pub(super) fn option(name: &'static str, value: &'static str, help: Help, language: Language) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(lang::placeholder(language, value).into_owned())
        .help(lang::help(language, help))
        .help_heading(lang::help(language, Help::Options))
        .hide_possible_values(true)
}

/// An option that is there or not.
pub(super) fn flag(name: &'static str, help: Help, language: Language) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(lang::help(language, help))
        .help_heading(lang::help(language, Help::Options))
}

/// A value that stands without a dash.
pub(super) fn positional(name: &'static str, value: &'static str, help: Help, language: Language) -> Arg {
    Arg::new(name)
        .value_name(lang::placeholder(language, value).into_owned())
        .help(lang::help(language, help))
        .help_heading(lang::help(language, Help::Arguments))
}

/// What every command takes, on either side of its name.
pub(super) fn global(language: Language) -> Vec<Arg> {
    let global = |name, value, help| {
        option(name, value, help, language).global(true).help_heading(lang::help(language, Help::GlobalOptions))
    };
    vec![
        global("budget", "FILE", Help::OptBudget).short('b').value_parser(clap::value_parser!(std::path::PathBuf)),
        global("format", "FORMAT", Help::OptFormat).short('f').value_parser(Format::ALL.map(Format::key)),
        global("output", "FILE", Help::OptOutput).short('o').value_parser(clap::value_parser!(std::path::PathBuf)),
        global("lang", "zh|en", Help::OptLang).value_parser(["zh", "en"]),
        global("color", "WHEN", Help::OptColor)
            .value_parser(["auto", "always", "never"])
            .default_value("auto")
            .hide_default_value(true),
        global("today", "DATE", Help::OptToday),
    ]
}

/// What every report takes.
pub(super) fn reporting(command: Command, language: Language) -> Command {
    shaping(command.arg(option("as-of", "DATE", Help::OptAsOf, language)), language)
}

/// What a report takes that says by itself which day it is of.
pub(super) fn shaping(command: Command, language: Language) -> Command {
    command
        .arg(option("rows", "COUNT", Help::OptRows, language))
        .arg(
            option("unit", "yuan|wan", Help::OptUnit, language)
                .value_parser(choices::in_words(&choices::UNITS))
                .default_value("yuan")
                .hide_default_value(true),
        )
        .arg(option("allocation", "ALLOC", Help::OptOnly, language).short('a'))
}

/// The unit of the forms that are published, where 万元 is usual.
pub(super) fn unit_of_forms(language: Language) -> Arg {
    option("unit", "yuan|wan", Help::FinalUnit, language)
        .value_parser(choices::in_words(&choices::UNITS))
        .default_value("wan")
        .hide_default_value(true)
}

/// Whether such a form is wanted in 万元. Programs get 元 and need not be told so, unless they asked for something else.
pub(super) fn form_in_wan(format: Format, matches: &ArgMatches) -> bool {
    let asked_for = matches.value_source("unit") == Some(ValueSource::CommandLine);
    let in_wan = choices::chosen(matches, "unit", &choices::UNITS) == Some("wan");
    in_wan && (asked_for || format.is_for_people())
}

/// What every writing command takes.
pub(super) fn writing(command: Command, language: Language) -> Command {
    command
        .arg(option("date", "DATE", Help::OptDate, language))
        .arg(option("occurred", "DATE", Help::OptOccurred, language))
        .arg(option("memo", "TEXT", Help::OptMemo, language).allow_hyphen_values(true))
        .arg(option("doc", "NO", Help::OptDoc, language).allow_hyphen_values(true))
        .arg(flag("allow-personal-data", Help::OptPersonal, language))
        .args(stamping(language))
}

/// What a writing command takes about who writes, and how.
pub(super) fn stamping(language: Language) -> [Arg; 4] {
    [
        option("id", "KEY", Help::OptId, language).allow_hyphen_values(true),
        option("by", "NAME", Help::OptBy, language).allow_hyphen_values(true),
        flag("dry-run", Help::OptDryRun, language),
        option("clock-ok", "WHY", Help::OptClockOk, language).allow_hyphen_values(true),
    ]
}

/// The writing options as typed, texts checked.
#[derive(Debug, Clone)]
pub(super) struct Writing {
    pub(super) date: Option<Date>,
    pub(super) occurred: Option<Date>,
    pub(super) memo: Option<String>,
    pub(super) doc: Option<String>,
    pub(super) stamping: Stamping,
}

/// Who writes, and how, as typed.
#[derive(Debug, Clone)]
pub(super) struct Stamping {
    pub(super) id: Option<String>,
    pub(super) by: Option<String>,
    pub(super) dry_run: bool,
    pub(super) clock_ok: Option<String>,
}

impl Writing {
    /// Reads them, and says every problem into `problems`.
    pub(super) fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        Self {
            date: typed::date(matches, "date", problems),
            occurred: typed::date(matches, "occurred", problems),
            memo: text(matches, "memo", problems),
            doc: text(matches, "doc", problems),
            stamping: Stamping::read(matches, problems),
        }
    }
}

impl Writing {
    /// Complains of a document number that was asked for and is empty.
    pub(super) fn check_doc(&self, problems: &mut Vec<Problem>) {
        if self.doc.as_deref() == Some("") {
            problems.push(Refusal::EmptyDoc.into());
        }
    }
}

impl Stamping {
    pub(super) fn read(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Self {
        let id = own_text(matches, "id", problems);
        match id.as_deref() {
            Some("") => problems.push(Refusal::IdEmpty.into()),
            Some(id) if id.len() > LONGEST_ID => {
                let fault = TextFault::TooLong { most: LONGEST_ID };
                problems.push(Refusal::Text { column: "id", fault }.into());
            }
            _ => {}
        }
        Self {
            id,
            by: text(matches, "by", problems).filter(|by| !by.is_empty()),
            dry_run: matches.get_flag("dry-run"),
            clock_ok: reason(matches, "clock-ok", problems),
        }
    }
}

/// A text for the ledger, as it will be kept.
pub(super) fn text(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<String> {
    let typed = matches.get_one::<String>(name)?;
    // The ledger is for money, not for people; what persons write about others stands in these two.
    let allowed =
        || matches.try_get_one::<bool>("allow-personal-data").is_ok_and(|flag| flag.is_some_and(|flag| *flag));
    if let Some(what) = personal(typed).filter(|_| matches!(name, "memo" | "payee") && !allowed()) {
        problems.push(Refusal::PersonalData { column: name, what }.into());
        return None;
    }
    match entered(typed) {
        Ok(text) => Some(text),
        Err(fault) => {
            problems.push(Refusal::Text { column: name, fault }.into());
            None
        }
    }
}

/// The same for an option that only some commands have.
pub(super) fn own_text(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<String> {
    matches.try_contains_id(name).is_ok().then(|| text(matches, name, problems)).flatten()
}

/// Invoice numbers, several joined by `;`, in their ASCII form.
pub(super) fn invoice(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Option<String> {
    let invoice = typed::in_half_width(matches.get_one::<String>("invoice")?);
    if invoice.len() > LONGEST_TEXT {
        let fault = TextFault::TooLong { most: LONGEST_TEXT };
        problems.push(Refusal::Text { column: "invoice", fault }.into());
    }
    if invoices(&invoice).is_none() {
        problems.push(Usage::BadInvoice { value: invoice.clone() }.into());
    }
    Some(invoice)
}

/// An economic class, in its ASCII form.
pub(super) fn economic(matches: &ArgMatches, problems: &mut Vec<Problem>) -> Option<String> {
    let code = typed::in_half_width(matches.get_one::<String>("economic")?);
    if !is_code(&code) {
        problems.push(Usage::BadEconomic { value: code.clone() }.into());
    }
    Some(code)
}

/// A reason for passing a rule: an empty one is none.
pub(super) fn reason(matches: &ArgMatches, name: &'static str, problems: &mut Vec<Problem>) -> Option<String> {
    let reason = text(matches, name, problems)?;
    if reason.is_empty() {
        problems.push(Refusal::EmptyReason { option: name }.into());
    }
    Some(reason)
}
