//! Every human word, in Chinese and English, and only here. Each catalogue is one exhaustive match a language, so the
//! compiler finds what has no words yet. It decides and computes nothing.

mod checkup;
mod detection;
mod disclosure;
mod en;
mod help;
mod inquiry;
mod manual;
mod mending;
mod pack;
mod phrase;
mod reconciliation;
mod year_end;
mod zh;

use std::borrow::Cow;

use crate::domain::budget::Language;
use crate::domain::entry::Kind;
use crate::domain::figure::Figure;
use crate::domain::position::Status;
use crate::domain::working::Operation;
use crate::problem::{Finding, Level, ProblemKind};

pub(crate) use checkup::CheckupWord;
pub(crate) use detection::DetectionWord;
pub(crate) use disclosure::{DisclosureWord, PublicPart};
pub(crate) use help::Help;
pub(crate) use inquiry::{Choice, Inquired, Inquiry, Manner};
pub(crate) use manual::Manual;
pub(crate) use mending::MendingWord;
pub(crate) use pack::PackWord;
pub(crate) use phrase::Phrase;
pub(crate) use reconciliation::{About, ReconciliationWord, Undecided};
pub(crate) use year_end::YearEndWord;

/// What a problem says: what is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) what: String,
    pub(crate) cure: Option<String>,
}

impl Words {
    fn new(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { what: what.into(), cure: Some(cure.into()) }
    }

    fn plain(what: impl Into<String>) -> Self {
        Self { what: what.into(), cure: None }
    }
}

/// The words of a problem.
pub(crate) fn problem(language: Language, kind: &ProblemKind) -> Words {
    match language {
        Language::Chinese => zh::problem(kind),
        Language::English => en::problem(kind),
    }
}

/// How a problem is introduced: error, warning, note; and the word before a cure.
pub(crate) fn level(language: Language, level: Level) -> &'static str {
    match (language, level) {
        (Language::Chinese, Level::Error) => "错误",
        (Language::Chinese, Level::Warning) => "提醒",
        (Language::Chinese, Level::Note) => "说明",
        (Language::English, Level::Error) => "error",
        (Language::English, Level::Warning) => "warning",
        (Language::English, Level::Note) => "note",
    }
}

/// The word before a cure.
pub(crate) fn cure(language: Language) -> &'static str {
    match language {
        Language::Chinese => "办法",
        Language::English => "help",
    }
}

/// A column's heading, in one or two lines.
pub(crate) fn heading(language: Language, figure: Figure) -> &'static str {
    match language {
        Language::Chinese => zh::heading(figure),
        Language::English => en::heading(figure),
    }
}

/// What a figure is called where it stands in a sentence or a sum: its heading in one line.
pub(crate) fn name(language: Language, figure: Figure) -> String {
    match language {
        Language::Chinese => zh::name(figure),
        Language::English => en::name(figure),
    }
}

/// What stands before a step of a sum.
pub(crate) fn sign(language: Language, operation: Operation) -> &'static str {
    match language {
        Language::Chinese => zh::sign(operation),
        Language::English => en::sign(operation),
    }
}

/// What a row is, in a word that fits a column.
pub(crate) fn kind(language: Language, kind: Kind) -> &'static str {
    match language {
        Language::Chinese => zh::kind(kind),
        Language::English => en::kind(kind),
    }
}

/// How spending keeps pace, in a word.
pub(crate) fn status(language: Language, status: Status) -> &'static str {
    match (language, status) {
        (Language::Chinese, Status::OverBudget) => "超预算",
        (Language::Chinese, Status::Ahead) => "超前",
        (Language::Chinese, Status::OnPace) => "正常",
        (Language::Chinese, Status::Behind) => "滞后",
        (Language::English, Status::OverBudget) => "over budget",
        (Language::English, Status::Ahead) => "ahead",
        (Language::English, Status::OnPace) => "on pace",
        (Language::English, Status::Behind) => "behind",
    }
}

/// A phrase of a report or an answer.
pub(crate) fn phrase(language: Language, phrase: &Phrase) -> String {
    match language {
        Language::Chinese => zh::phrase(phrase),
        Language::English => en::phrase(phrase),
    }
}

/// A text of the command line's help.
pub(crate) fn help(language: Language, help: Help) -> &'static str {
    match language {
        Language::Chinese => zh::help(help),
        Language::English => en::help(help),
    }
}

/// What stands in the place of a value on a help page: words in capitals, as in `ALLOC=N[:CODE]`, each put in the language.
pub(crate) fn placeholder(language: Language, pattern: &'static str) -> Cow<'static, str> {
    let put: fn(&str) -> &str = match language {
        Language::Chinese => zh::placeholder,
        Language::English => return pattern.into(),
    };
    let is_capital = |character: char| character.is_ascii_uppercase();
    let mut rest = pattern;
    let mut said = String::new();
    while let Some(start) = rest.find(is_capital) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|character| !is_capital(character)).unwrap_or(word.len()));
        said += before;
        said += put(word);
        rest = after;
    }
    (said + rest).into()
}

/// A question at a terminal, and how it may be answered.
pub(crate) fn inquiry(language: Language, inquiry: &Inquiry, manner: &Manner) -> Inquired {
    let (text, hint, manner, joint) = match language {
        Language::Chinese => (zh::inquiry(inquiry), zh::hint(inquiry), zh::manner(manner), "；"),
        Language::English => (en::inquiry(inquiry), en::hint(inquiry), en::manner(manner), "; "),
    };
    let help = if hint.is_empty() { manner } else { format!("{hint}{joint}{manner}") };
    Inquired { text, help }
}

/// One of several to choose from at a terminal.
pub(crate) fn choice(language: Language, choice: Choice) -> String {
    match language {
        Language::Chinese => zh::choice(choice),
        Language::English => en::choice(choice),
    }
}

/// A text of the year-end form, or of the one to fill in for it.
pub(crate) fn year_end(language: Language, word: &YearEndWord) -> String {
    match language {
        Language::Chinese => zh::year_end(word),
        Language::English => en::year_end(word),
    }
}

/// A text of a month's pack.
pub(crate) fn pack(language: Language, word: &PackWord) -> String {
    match language {
        Language::Chinese => zh::pack(word),
        Language::English => en::pack(word),
    }
}

/// A text of the public text about a project.
pub(crate) fn disclosure(language: Language, word: &DisclosureWord) -> String {
    match language {
        Language::Chinese => zh::disclosure(word),
        Language::English => en::disclosure(word),
    }
}

/// A text of a reconciliation.
pub(crate) fn reconciliation(language: Language, word: &ReconciliationWord) -> String {
    match language {
        Language::Chinese => zh::reconciliation(word),
        Language::English => en::reconciliation(word),
    }
}

/// A text beside what was detected in a statement.
pub(crate) fn detection(language: Language, word: &DetectionWord) -> String {
    match language {
        Language::Chinese => zh::detection(word),
        Language::English => en::detection(word),
    }
}

/// A text of a check-up.
pub(crate) fn checkup(language: Language, word: CheckupWord) -> String {
    match language {
        Language::Chinese => zh::checkup(word),
        Language::English => en::checkup(word),
    }
}

/// What a check-up found, and what to do about it.
pub(crate) fn finding(language: Language, finding: &Finding) -> Words {
    match language {
        Language::Chinese => zh::finding(finding),
        Language::English => en::finding(finding),
    }
}

/// A text of a repair.
pub(crate) fn mending(language: Language, word: &MendingWord) -> String {
    match language {
        Language::Chinese => zh::mending(word),
        Language::English => en::mending(word),
    }
}

/// A text of the manual.
pub(crate) fn manual(language: Language, text: Manual) -> &'static str {
    match language {
        Language::Chinese => zh::manual(text),
        Language::English => en::manual(text),
    }
}
