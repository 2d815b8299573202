//! Answers as the words one could have typed, and a command line as it can be typed into a shell.

use std::ffi::OsString;

use super::desk::Desk;

/// One answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The option, or the value without a dash, that it stands for.
    pub(super) name: &'static str,
    pub(super) value: String,
}

impl Answer {
    pub(super) fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into() }
    }

    /// An option that is there or not.
    pub(super) fn flag(name: &'static str) -> Self {
        Self::new(name, "")
    }

    pub(super) fn is_operator(&self) -> bool {
        self.name == "by"
    }

    /// The words for it.
    pub(super) fn words(&self) -> Vec<String> {
        let Self { name, value } = self;
        match *name {
            "row" | "month" => vec![value.clone()],
            "through" | "dry-run" => vec![format!("--{name}")],
            "allocation" => vec!["-a".to_owned(), value.clone()],
            // Apart from its option, it would be taken for another option.
            name if value.starts_with('-') => vec![format!("--{name}={value}")],
            name => vec![format!("--{name}"), value.clone()],
        }
    }
}

/// The words that were typed, the program's name first, and those for the answers.
pub(super) fn joined(typed: &[OsString], answers: &[Answer]) -> Vec<OsString> {
    typed.iter().cloned().chain(answers.iter().flat_map(Answer::words).map(OsString::from)).collect()
}

/// A command line for a shell.
pub(super) fn line(words: &[OsString]) -> String {
    let words = words.iter().skip(1).map(|word| quoted(&word.to_string_lossy()));
    std::iter::once("taizhang".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// A command of this program to type, with the budget that was named for this one.
pub(super) fn command(desk: &Desk<'_>, rest: &[&str]) -> String {
    let budget = desk.budget.iter().flat_map(|path| [OsString::from("-b"), path.clone().into_os_string()]);
    let program = std::iter::once(OsString::from("taizhang"));
    line(&program.chain(budget).chain(rest.iter().map(OsString::from)).collect::<Vec<_>>())
}

/// A word as a POSIX shell reads it back: in quotes, unless there is nothing in it that a shell could take otherwise.
fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./:,%+@".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    match word.split_once('=') {
        // An option keeps its name outside the quotes.
        Some((option, value)) if option.starts_with("--") && option.chars().all(plain) => {
            format!("{option}={}", quoted(value))
        }
        _ => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_back_what_was_typed() {
        for (word, typed) in [
            ("记-0101", "记-0101"),
            ("0.12万元", "0.12万元"),
            ("a b", "'a b'"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("11#", "'11#'"),
            ("~", "'~'"),
            ("楚财预〔2022〕15号", "'楚财预〔2022〕15号'"),
            ("--memo=-5 °C", "--memo='-5 °C'"),
        ] {
            assert_eq!(quoted(word), typed);
        }
        let words = [OsString::from("/usr/bin/taizhang"), "记账".into()];
        let answers = [Answer::new("allocation", "travel"), Answer::new("memo", "-5 度")];
        assert_eq!(line(&joined(&words, &answers)), "taizhang 记账 -a travel --memo='-5 度'");
    }
}
