//! `completions` (补全): a script that teaches a shell the commands and their options. The only file that names
//! `clap_complete`. What the books have to offer, the script asks `complete` for.

use clap::builder::{PossibleValuesParser, ValueHint};
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Generator, Shell};

use super::desk::Desk;
use super::{VERBS, Verb, command_line, complete, options};
use crate::domain::budget::Language;
use crate::lang::Help;
use crate::problem::{Exit, Failure};

pub(super) const VERB: Verb =
    Verb { name: "completions", aliases: &["补全"], about: Help::Completions, arguments, run };

/// The shells and what is added for each to what is generated; PowerShell learns the words only.
const SHELLS: [(&str, Shell, &str); 4] = [
    ("bash", Shell::Bash, include_str!("candidates.bash")),
    ("zsh", Shell::Zsh, include_str!("candidates.zsh")),
    ("fish", Shell::Fish, include_str!("candidates.fish")),
    ("powershell", Shell::PowerShell, ""),
];

fn arguments(command: Command, language: Language) -> Command {
    let shells = PossibleValuesParser::new(SHELLS.map(|(name, _, _)| name));
    let shell = options::positional("shell", "SHELL", Help::CompletionsShell, language).value_parser(shells);
    command.arg(shell.required(true).hide_possible_values(true))
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let asked = matches.get_one::<String>("shell").map(String::as_str);
    let shell = SHELLS.iter().find(|(name, _, _)| Some(*name) == asked);
    let (name, shell, candidates) = shell.expect("the parser lets no other shell through");
    let mut program = program(desk.language);
    program.set_bin_name("taizhang");
    program.build();
    let mut script = Vec::new();
    shell.try_generate(&program, &mut script).expect("memory takes every byte");
    let script = String::from_utf8_lossy(&script).into_owned();
    let script = match *name {
        // Everything must be known before the script's last lines, which may call it; and first the books are asked.
        "zsh" => script.replacen(ZSH_BEGINS, &format!("{candidates}\n{ZSH_BEGINS}{ZSH_ASKS}"), 1),
        "fish" => script + "\n" + candidates + &fish_places(&program),
        _ => script + "\n" + candidates,
    };
    desk.deliver(script.trim_start(), false)?;
    Ok(Exit::Done)
}

/// Where a generated zsh script begins to work, and what it does before anything else.
const ZSH_BEGINS: &str = "_taizhang() {\n";
const ZSH_ASKS: &str = "    _taizhang_candidates && return 0\n";

/// The command line as a shell should know it: nothing hidden, Chinese names for who reads Chinese, and file names only
/// where files are meant.
fn program(language: Language) -> Command {
    let whole = command_line::command(language);
    let shown = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let shown = shown.map(|command| {
        let verb = VERBS.iter().find(|verb| verb.name == command.get_name());
        let aliases = verb.filter(|_| language == Language::Chinese).map_or(&[][..], |verb| verb.aliases);
        command.alias(None).visible_aliases(aliases.iter().copied()).mut_args(with_hint)
    });
    Command::new("taizhang")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(whole.get_arguments().cloned().map(with_hint))
        .subcommands(shown)
}

fn with_hint(arg: Arg) -> Arg {
    // A colon in a value's name would be zsh's own.
    let shown = arg.get_value_names().and_then(<[_]>::first).and_then(|name| name.split_once("[:"));
    let shown = shown.map(|(shown, _)| shown.to_owned());
    let arg = shown.into_iter().fold(arg, Arg::value_name);
    match arg.get_id().as_str() {
        "budget" | "output" => arg.value_hint(ValueHint::FilePath),
        "folder" | "dir" => arg.value_hint(ValueHint::DirPath),
        _ if !arg.get_action().takes_values() || !arg.get_possible_values().is_empty() => arg,
        _ => arg.value_hint(ValueHint::Other),
    }
}

/// Fish is told of each place at which the books are to be asked.
fn fish_places(program: &Command) -> String {
    let mut lines = String::new();
    for command in program.get_subcommands() {
        for name in command.get_name_and_visible_aliases() {
            let begin = format!("complete -c taizhang -n '__fish_taizhang_using_subcommand {name}'");
            let ask = "-k -f -a '(__taizhang_candidates)'";
            for arg in command.get_arguments().filter(|arg| complete::is_asked_for(command, arg)) {
                let short = arg.get_short().map(|short| format!(" -s {short}")).unwrap_or_default();
                let long = arg.get_long().map(|long| format!(" -l {long} -r")).unwrap_or_default();
                lines += &format!("{begin}{short}{long} {ask}\n");
            }
        }
    }
    lines
}
