//! The command line as a clap command, every text of it from the catalogue, and its errors in our words.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{VERBS, Verb, choices, complete, options};
use crate::domain::budget::Language;
use crate::lang::{self, Help};
use crate::problem::{Failure, Usage};

/// What was typed, understood.
pub(super) enum Typed {
    /// A text to print: help, or the version.
    Text(String),
    Command(&'static Verb, ArgMatches),
}

/// Reads the arguments, the program's name first.
///
/// To write down every command takes longer than most answers, so those that the arguments name come first. Only pages and
/// errors need the others: the list of them, and which of them was meant.
pub(super) fn parse(arguments: Vec<OsString>, language: Language) -> Result<Typed, Failure> {
    let named = command_of(named(&arguments), language).try_get_matches_from(&arguments);
    if let Some((verb, typed)) = named.ok().as_ref().and_then(command_typed) {
        return Ok(Typed::Command(verb, typed));
    }
    let mut command = command(language);
    let matches = match command.try_get_matches_from_mut(arguments) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Typed::Text(error.render().to_string()));
        }
        Err(error) => return Err(usage(&error).into()),
    };
    match matches.subcommand() {
        Some(("help", asked)) => Ok(Typed::Text(help_page(&mut command, asked)?)),
        _ => match command_typed(&matches) {
            Some((verb, typed)) => Ok(Typed::Command(verb, typed)),
            None => Err(Usage::NoCommand.into()),
        },
    }
}

/// The command that was typed and what was given with it.
fn command_typed(matches: &ArgMatches) -> Option<(&'static Verb, ArgMatches)> {
    let (name, typed) = matches.subcommand()?;
    let verb = VERBS.iter().find(|verb| verb.name == name)?;
    Some((verb, typed.clone()))
}

/// The command that was typed and what was given of it, though something it needs may be missing.
pub(super) fn as_far_as_it_goes(arguments: Vec<OsString>, language: Language) -> Option<(&'static Verb, ArgMatches)> {
    let command = command_of(named(&arguments), language).ignore_errors(true);
    command_typed(&command.try_get_matches_from(arguments).ok()?)
}

/// The commands whose name, or another word for it, stands among the arguments.
fn named(arguments: &[OsString]) -> impl Iterator<Item = &'static Verb> {
    VERBS.iter().filter(|verb| {
        let names = verb.aliases.iter().map(|alias| (*alias).to_owned()).chain(verb.other_spellings());
        names.chain([verb.name.to_owned()]).any(|name| arguments.iter().any(|word| **word == *name))
    })
}

/// The whole command line in a language.
pub(super) fn command(language: Language) -> Command {
    command_of(VERBS.iter(), language)
}

fn command_of(verbs: impl Iterator<Item = &'static Verb>, language: Language) -> Command {
    let say = |help| lang::help(language, help);
    let program = frame(Command::new("taizhang"), language, None)
        .about(say(Help::AboutMore))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(say(Help::Commands))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say(Help::ShowVersion))
                .help_heading(say(Help::Options)),
        )
        .args(options::global(language));
    let program = verbs.fold(program, |program, verb| {
        let names = if verb.aliases.is_empty() { String::new() } else { verb.aliases.join(" ") };
        let about =
            format!("{}{}", say(verb.about), if names.is_empty() { String::new() } else { format!("  [{names}]") });
        let command = frame(Command::new(verb.name), language, Some(verb))
            .about(about)
            .aliases(verb.aliases)
            .aliases(verb.other_spellings())
            .hide(verb.name == complete::VERB.name);
        program.subcommand((verb.arguments)(command, language))
    });
    let page = Arg::new("page")
        .value_name(say(Help::UsageCommand))
        .help_heading(say(Help::Arguments))
        .help(say(Help::UsageCommand));
    program.subcommand(frame(Command::new("help"), language, None).about(say(Help::PageOf)).arg(page))
}

/// What every help page shares: its layout, its headings, its own help flag.
fn frame(command: Command, language: Language, verb: Option<&Verb>) -> Command {
    let say = |help| lang::help(language, help);
    let options = say(Help::UsageOptions);
    let usage = match (command.get_name(), verb) {
        ("taizhang", _) => format!("taizhang [{options}] {}", say(Help::UsageCommand)),
        ("help", None) => format!("taizhang help [{}]", say(Help::UsageCommand)),
        (name, _) => format!("taizhang {name}{} [{options}]", lang::placeholder(language, positional(name))),
    };
    command
        .help_template(StyledStr::from(format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}\n", say(Help::Usage))))
        .override_usage(usage)
        .disable_help_flag(true)
        .arg(
            Arg::new("print help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(say(Help::ShowPage))
                .help_heading(say(Help::Options)),
        )
}

/// What the usage line says a command cannot do without, and what stands without a dash.
fn positional(name: &str) -> &'static str {
    match name {
        "record" => " -a ALLOC|--commitment ROW --amount N",
        "commit" => " -a ALLOC --amount N",
        "release" => " ROW",
        "close" => " MONTH",
        "monthly" => " MONTH|--all",
        "import" => " FILE",
        "restore" => " [FILE]",
        "carry" => " FILE --doc NO",
        "reconcile" => " STATEMENT|--detect FILE",
        "explain" => " FIGURE [ALLOC]",
        "adjust" => " -a ALLOC --add N|--cut N --doc NO",
        "transfer" => " --from ALLOC --to ALLOC --amount N --doc NO",
        "reverse" | "refund" | "correct" | "note" => " ROW",
        "init" | "demo" => " [DIR]",
        "completions" => " SHELL",
        "complete" => " -- WORDS",
        _ => "",
    }
}

fn help_page(command: &mut Command, asked: &ArgMatches) -> Result<String, Failure> {
    let Some(name) = asked.get_one::<String>("page") else { return Ok(command.render_help().to_string()) };
    command.build();
    match command.find_subcommand_mut(name) {
        Some(page) => Ok(page.render_help().to_string()),
        None => Err(no_command(name).into()),
    }
}

fn no_command(name: &str) -> Usage {
    Usage::UnknownCommand { name: name.to_owned(), like: None }
}

/// clap's error in our words, from its kind and context.
fn usage(error: &clap::Error) -> Usage {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let texts = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    let name = option_name(&text(ContextKind::InvalidArg));
    let value = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => Usage::UnknownCommand {
            name: text(ContextKind::InvalidSubcommand),
            like: texts(ContextKind::SuggestedSubcommand).pop().map(|name| choices::usual_spelling(&name)),
        },
        ErrorKind::UnknownArgument => Usage::UnknownArgument { name, like: texts(ContextKind::SuggestedArg).pop() },
        ErrorKind::MissingRequiredArgument => {
            Usage::MissingArguments { names: texts(ContextKind::InvalidArg).iter().map(|name| any_of(name)).collect() }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Usage::NoCommand,
        ErrorKind::ArgumentConflict => {
            let with = texts(ContextKind::PriorArg).first().map(|with| option_name(with)).unwrap_or_default();
            if with == name || with.is_empty() { Usage::GivenTwice { name } } else { Usage::Conflict { name, with } }
        }
        ErrorKind::InvalidValue if value.is_empty() => Usage::MissingValue { name },
        ErrorKind::InvalidValue => Usage::NotAChoice {
            name,
            value,
            choices: texts(ContextKind::ValidValue).iter().map(|word| choices::with_twin(word)).collect(),
        },
        ErrorKind::TooManyValues => Usage::TooManyValues { name, value },
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::NoEquals => Usage::MissingValue { name },
        ErrorKind::InvalidUtf8 => Usage::NotUnicode,
        ErrorKind::ValueValidation
        | ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => Usage::Other {
            said: error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
        },
    }
}

/// `<--add <N>|--cut <N>>`, of which one is needed, as `--add|--cut`.
fn any_of(shown: &str) -> String {
    shown.trim_start_matches('<').split('|').map(option_name).collect::<Vec<_>>().join("|")
}

/// `--amount <N>` as `--amount`: the value's name says nothing in an error.
fn option_name(shown: &str) -> String {
    shown.split([' ', '=']).next().unwrap_or_default().trim_matches(['<', '>', '[', ']']).to_owned()
}
