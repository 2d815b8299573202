//! A text file as a person sees it in an editor: which line and which bytes of it are meant.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::domain::text::shown;
use crate::problem::Place;

/// A small text file, read whole.
pub(crate) struct Source {
    path: PathBuf,
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Source {
    pub(crate) fn new(path: &Path, text: String) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(feed, _)| feed + 1)).collect();
        Self { path: path.to_owned(), text, lines }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of these bytes; only their first line is shown.
    pub(crate) fn place(&self, bytes: Range<usize>) -> Place {
        let start = self.border_at_or_before(bytes.start.min(self.text.len()));
        let number = self.line(start);
        let line_start = self.lines[number - 1];
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |feed| start + feed);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let end = self.border_at_or_before(bytes.end.min(line_start + line.len()).max(start));
        place(&self.path, number, line, start - line_start..end - line_start)
    }

    /// The number of the line that a byte stands in.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| *line <= byte)
    }

    fn border_at_or_before(&self, byte: usize) -> usize {
        (0..=byte).rev().find(|byte| self.text.is_char_boundary(*byte)).unwrap_or(0)
    }
}

/// A place in a line, its hidden characters made visible and the span moved with them.
pub(crate) fn place(path: &Path, line: usize, text: &str, span: Range<usize>) -> Place {
    // A tab is one character to an editor, and one blank here, so that columns agree.
    let text = &text.trim_end_matches(['\r', '\n']).replace('\t', " ");
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    let before = shown(text.get(..start).unwrap_or_default());
    let meant = shown(text.get(start..end).unwrap_or_default());
    let span = before.len()..before.len() + meant.len();
    Place { path: path.to_owned(), line, excerpt: shown(text), span }
}
