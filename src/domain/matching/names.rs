//! Texts that come again and again, each held once.

use std::collections::HashSet;
use std::sync::Arc;

/// Who is paid, and what for: few texts on many movements.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(HashSet<Arc<str>>);

impl Names {
    /// The one text that reads like this.
    pub(crate) fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}
