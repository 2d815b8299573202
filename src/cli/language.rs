//! Which language to answer in: `--lang`, else the budget's, else the locale's, else English.

use std::ffi::OsString;

use crate::World;
use crate::domain::budget::Language;

/// The language for help and for what goes wrong before a budget is read: `--lang`, else the locale's.
pub(super) fn before_parsing(world: &World<'_>) -> Language {
    asked_for(&world.arguments).unwrap_or_else(|| of_locale(world))
}

fn of_locale(world: &World<'_>) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| world.says(name)).unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Language::Chinese } else { Language::English }
}

/// `--lang zh` or `--lang=zh` anywhere; the parser will say what is wrong with it, if anything is.
fn asked_for(arguments: &[OsString]) -> Option<Language> {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(text) = texts.next() {
        let value = if text == "--lang" { texts.next() } else { text.strip_prefix("--lang=") };
        if let Some(language) = value.and_then(Language::from_key) {
            return Some(language);
        }
    }
    None
}
