//! Texts that mean the same get one number, so that they are compared once and not a million times.

use std::borrow::Cow;
use std::collections::HashMap;

/// What an empty text, or one that says nothing, is counted as.
pub(super) const NOTHING: u32 = 0;

/// Numbers given to texts in the order they first come; two texts that fold to one have one number.
pub(super) struct Spellings<'t> {
    fold: fn(&str) -> Cow<'_, str>,
    /// What had to be folded, so that it is folded once.
    written: HashMap<&'t str, u32>,
    folded: HashMap<Cow<'t, str>, u32>,
}

impl<'t> Spellings<'t> {
    /// For about so many texts, which are not moved about then while they come.
    pub(super) fn new(fold: fn(&str) -> Cow<'_, str>, count: usize) -> Self {
        let mut folded = HashMap::with_capacity(count);
        folded.insert(Cow::Borrowed(""), NOTHING);
        Self { fold, written: HashMap::new(), folded }
    }

    pub(super) fn of(&mut self, text: &'t str) -> u32 {
        if let Some(known) = self.written.get(text) {
            return *known;
        }
        let next = u32::try_from(self.folded.len()).expect("memory ends before four thousand million texts");
        let folded = (self.fold)(text);
        let is_as_written = matches!(folded, Cow::Borrowed(_));
        let number = *self.folded.entry(folded).or_insert(next);
        // No test can tell: what is folded once more has the same number, only later.
        if !is_as_written {
            self.written.insert(text, number);
        }
        number
    }

    /// The folded texts by their numbers.
    pub(super) fn into_texts(self) -> Vec<String> {
        let mut texts = vec![String::new(); self.folded.len()];
        for (text, number) in self.folded {
            texts[number as usize] = text.into_owned();
        }
        texts
    }
}

/// A payment number without what programs do to it on the way: width, case, blanks and marks. Nothing but zeros says
/// nothing.
pub(super) fn number(text: &str) -> Cow<'_, str> {
    // No test can tell: what is plain folds to itself.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let number = if is_plain { text.into() } else { Cow::from(super::payee::plain(text).to_uppercase()) };
    if number.bytes().all(|byte| byte == b'0') { "".into() } else { number }
}
