//! `init`: a budget file to start from.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::desk::Desk;
use super::{Verb, options};
use crate::domain::budget::Language;
use crate::lang::{Help, Phrase, phrase};
use crate::problem::{Doing, Exit, Failure, FileFault};
use crate::render::sheet::{Cell, Field};
use crate::render::sheets;
use crate::store::files::Files;
use crate::store::whole;

pub(super) const VERB: Verb = Verb { name: "init", aliases: &["新建"], about: Help::Init, arguments, run };

/// The shipped budget: 楚雄州信访局, 信访工作经费, 2022.
pub(super) const XINFANG_2022: &str = include_str!("../../budgets/chuxiong-xinfang-2022.toml");
/// Its file name.
pub(super) const XINFANG_2022_NAME: &str = "chuxiong-xinfang-2022.toml";

const BLANK: &str = include_str!("blank.toml");
const BLANK_NAME: &str = "budget.toml";

fn arguments(command: Command, language: Language) -> Command {
    let folder =
        options::positional("folder", "DIR", Help::InitDir, language).value_parser(clap::value_parser!(PathBuf));
    let template = options::option("template", "xinfang-2022|blank", Help::InitTemplate, language)
        .value_parser(["xinfang-2022", "blank"])
        .default_value("xinfang-2022")
        .hide_default_value(true);
    command.arg(folder).arg(template)
}

fn run(desk: &mut Desk<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    let blank = matches.get_one::<String>("template").is_some_and(|template| template == "blank");
    let year = desk.today().format("%Y").to_string();
    let (name, text) =
        if blank { (BLANK_NAME, BLANK.replace("{year}", &year)) } else { (XINFANG_2022_NAME, XINFANG_2022.into()) };
    let path = write(desk.world.files, &folder, name, &text)?;
    let say = |words: Phrase| phrase(desk.language, &words);
    let shown = path.display().to_string();
    let quote = if shown.contains(char::is_whitespace) { "'" } else { "" };
    let command = format!("taizhang -b {quote}{shown}{quote} open");
    let mut sheet = sheets::record(
        "taizhang.created/1",
        say(Phrase::Created { path: shown.clone() }),
        vec![Field::hidden("path", Cell::Text(shown))],
    );
    sheet.notes.extend([say(Phrase::NextOpen), format!("  {command}")]);
    desk.answer(&sheet, true)?;
    Ok(Exit::Done)
}

/// Writes a budget into a folder, made if need be; a file that is there is never replaced.
pub(super) fn write(files: &dyn Files, folder: &Path, name: &str, text: &str) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    let failed = |error| Failure::from(FileFault::Io { doing: Doing::Creating, path: path.clone(), error });
    if !folder.as_os_str().is_empty() {
        files.create_folder(folder).map_err(failed)?;
    }
    if files.look(&path).map_err(failed)?.is_some() {
        return Err(FileFault::Exists { path }.into());
    }
    whole::replace(files, &path, text.as_bytes()).map_err(failed)?;
    Ok(path)
}
