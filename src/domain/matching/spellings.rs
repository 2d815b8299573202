//! Texts that mean the same get one number, so that they are compared once and not a million times.

use std::collections::HashMap;

/// What an empty text, or one that says nothing, is counted as.
pub(super) const NOTHING: u32 = 0;

/// Numbers given to texts in the order they first come; two texts that fold to one have one number.
pub(super) struct Spellings<'t> {
    fold: fn(&str) -> String,
    written: HashMap<&'t str, u32>,
    folded: HashMap<String, u32>,
}

impl<'t> Spellings<'t> {
    pub(super) fn new(fold: fn(&str) -> String) -> Self {
        Self { fold, written: HashMap::new(), folded: HashMap::from([(String::new(), NOTHING)]) }
    }

    pub(super) fn of(&mut self, text: &'t str) -> u32 {
        if let Some(known) = self.written.get(text) {
            return *known;
        }
        let next = u32::try_from(self.folded.len()).expect("memory ends before four thousand million texts");
        let number = *self.folded.entry((self.fold)(text)).or_insert(next);
        self.written.insert(text, number);
        number
    }

    /// The folded texts by their numbers.
    pub(super) fn into_texts(self) -> Vec<String> {
        let mut texts = vec![String::new(); self.folded.len()];
        for (text, number) in self.folded {
            texts[number as usize] = text;
        }
        texts
    }
}

/// A payment number without what programs do to it on the way: width, case, blanks and marks. Nothing but zeros says
/// nothing.
pub(super) fn number(text: &str) -> String {
    let number: String = super::payee::plain(text).to_uppercase();
    if number.chars().all(|character| character == '0') { String::new() } else { number }
}
