//! Texts that come again and again, each held once.

use std::collections::HashSet;
use std::rc::Rc;

/// Who is paid, and what for: few texts on many movements.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(HashSet<Rc<str>>);

impl Names {
    /// The one text that reads like this.
    pub(crate) fn of(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.0.get(text) {
            return Rc::clone(known);
        }
        let new: Rc<str> = text.into();
        self.0.insert(Rc::clone(&new));
        new
    }
}
