//! Single values of a budget file: a text, an amount, a choice. Each complains at its own place and goes on.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::Source;
use crate::domain::amount::Amount;
use crate::domain::project::Prose;
use crate::domain::text;
use crate::problem::{BudgetFault, Failure, Place, Problem, ProblemKind};

/// The problems found so far in one source.
pub(crate) struct Problems<'s> {
    pub(crate) source: &'s Source,
    pub(crate) found: Vec<Problem>,
    /// How many more there are than anyone would read, and where the first of those is.
    more: Option<(usize, Place)>,
}

/// How many problems of one file are told; what is no budget at all could have a hundred thousand.
const MOST: usize = 100;

impl<'s> Problems<'s> {
    pub(crate) fn of(source: &'s Source) -> Self {
        Self { source, found: Vec::new(), more: None }
    }

    pub(crate) fn say(&mut self, fault: BudgetFault, span: Range<usize>) {
        if self.found.len() == MOST {
            let (more, place) = self.more.take().unwrap_or_else(|| (0, self.source.place(span)));
            self.more = Some((more + 1, place));
            return;
        }
        let problem = Problem::error(ProblemKind::Budget(fault)).at(self.source.place(span));
        self.found.push(problem);
    }

    /// The line a byte stands in, for "first stated in line 12".
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.source.place(byte..byte).line
    }

    pub(crate) fn count(&self) -> usize {
        self.found.len() + self.more.as_ref().map_or(0, |(more, _)| *more)
    }

    /// All of them, from the first line to the last.
    pub(crate) fn in_order(mut self) -> Failure {
        self.found.sort_by_key(|problem| problem.place.as_ref().map(|place| (place.line, place.span.start)));
        if let Some((count, place)) = self.more {
            self.found.push(Problem::error(ProblemKind::Budget(BudgetFault::More { count })).at(place));
        }
        Failure(self.found)
    }
}

/// A value with the bytes it stands in.
pub(crate) struct Stated<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// One table of the file, by the name people know it by.
pub(crate) struct Table<'t> {
    pub(crate) entries: &'t DeTable<'t>,
    pub(crate) name: &'static str,
    /// Its header, for what is missing from it.
    pub(crate) span: Range<usize>,
}

impl<'t> Table<'t> {
    /// A value as a table, or a complaint.
    pub(crate) fn of(value: &'t Spanned<DeValue<'t>>, name: &'static str, problems: &mut Problems<'_>) -> Option<Self> {
        let entries = value.get_ref().as_table();
        if entries.is_none() {
            problems.say(BudgetFault::NotATable { key: name.to_owned() }, value.span());
        }
        Some(Self { entries: entries?, name, span: value.span() })
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }

    /// Complains of every key that isn't among `known`.
    pub(crate) fn check_keys(&self, known: &[&'static str], problems: &mut Problems<'_>) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().to_string();
            let like = known.iter().copied().map(|known| (strsim::jaro_winkler(known, &name), known));
            let like =
                like.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known);
            problems.say(BudgetFault::UnknownKey { key: text::shortened(&name, 60), like }, key.span());
        }
    }

    /// A value that must be there.
    pub(crate) fn needed(&self, key: &'static str, problems: &mut Problems<'_>) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.get(key);
        if value.is_none() {
            problems.say(BudgetFault::MissingKey { key, table: self.name }, self.span.clone());
        }
        value
    }

    /// A text that must be there and not be empty.
    pub(crate) fn needed_text(&self, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<String>> {
        let stated = text_of(self.needed(key, problems)?, key, problems)?;
        if stated.value.is_empty() {
            problems.say(BudgetFault::EmptyText { key }, stated.span);
            return None;
        }
        Some(stated)
    }

    /// A text that may be missing.
    pub(crate) fn text(&self, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<String>> {
        text_of(self.get(key)?, key, problems)
    }

    /// A text that may be missing, but not be empty.
    pub(crate) fn needed_if_there(&self, key: &'static str, problems: &mut Problems<'_>) -> Option<String> {
        self.get(key)?;
        self.needed_text(key, problems).map(|stated| stated.value)
    }

    /// A text for people, of any length and number of lines, or an empty one; only its being a text is checked.
    pub(crate) fn prose(&self, key: &'static str, problems: &mut Problems<'_>) -> Prose {
        let Some(value) = self.get(key) else { return Prose::default() };
        if !value.get_ref().is_str() {
            problems.say(BudgetFault::NotAText { key, found: value.get_ref().type_str() }, value.span());
        }
        value.get_ref().as_str().map(Prose::read).unwrap_or_default()
    }

    /// One of a few words, or `default` when the key is missing.
    pub(crate) fn choice<T>(
        &self,
        key: &'static str,
        choices: &'static [&'static str],
        default: T,
        read: impl Fn(&str) -> Option<T>,
        problems: &mut Problems<'_>,
    ) -> T {
        let Some(stated) = self.text(key, problems) else { return default };
        read(&stated.value).unwrap_or_else(|| {
            problems
                .say(BudgetFault::NotAChoice { key, text: text::shortened(&stated.value, 60), choices }, stated.span);
            default
        })
    }

    /// An amount that must be there.
    pub(crate) fn amount(&self, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<Amount>> {
        amount_of(self.needed(key, problems)?, key, problems)
    }
}

/// A value as a text of one line.
pub(crate) fn text_of(
    value: &Spanned<DeValue<'_>>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Stated<String>> {
    let span = value.span();
    let Some(stated) = value.get_ref().as_str() else {
        problems.say(BudgetFault::NotAText { key, found: value.get_ref().type_str() }, span);
        return None;
    };
    match text::entered(stated) {
        Ok(value) => Some(Stated { value, span }),
        Err(fault) => {
            problems.say(BudgetFault::Text { key, fault }, span);
            None
        }
    }
}

/// A value as an amount that is not negative.
pub(crate) fn amount_of(
    value: &Spanned<DeValue<'_>>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Stated<Amount>> {
    let stated = signed_amount_of(value, key, problems)?;
    if stated.value.is_negative() {
        let text = value.get_ref().as_str().unwrap_or_default().to_owned();
        problems.say(BudgetFault::Negative { text }, stated.span);
        return None;
    }
    Some(stated)
}

/// A value as an amount.
pub(crate) fn signed_amount_of(
    value: &Spanned<DeValue<'_>>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Stated<Amount>> {
    let span = value.span();
    let text = quoted(value, key, problems)?;
    match Amount::typed(text) {
        Ok(value) => return Some(Stated { value, span }),
        Err(why) => problems.say(BudgetFault::NotAnAmount { text: text::shortened(text, 60), why }, span),
    }
    None
}

/// A number's text. A bare number is refused, whatever it says: TOML would make it a float.
fn quoted<'v>(value: &'v Spanned<DeValue<'_>>, key: &'static str, problems: &mut Problems<'_>) -> Option<&'v str> {
    let span = value.span();
    let float = value.get_ref().as_float().is_some();
    if float || value.get_ref().as_integer().is_some() {
        let written = problems.source.text().get(span.clone()).unwrap_or_default();
        let text = text::shortened(written, 60);
        // Quotes alone would not make an amount of `inf` or `0x10`.
        problems.say(
            match Amount::typed(written) {
                Ok(_) => BudgetFault::BareNumber { text, float },
                Err(why) => BudgetFault::NotAnAmount { text, why },
            },
            span,
        );
        return None;
    }
    let text = value.get_ref().as_str();
    if text.is_none() {
        problems.say(BudgetFault::NotAText { key, found: value.get_ref().type_str() }, span);
    }
    text
}
