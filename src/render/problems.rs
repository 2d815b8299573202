//! Problems for a person: what, where with the line itself, and the cure. The only file that names `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use unicode_width::UnicodeWidthStr;

use super::prose;
use crate::domain::budget::Language;
use crate::domain::text::{shortened, shown};
use crate::lang;
use crate::problem::{Level, Place, Problem};

/// Room for an excerpt and its frame where the terminal's width is not known, in columns.
const WIDTH: usize = 100;
/// How much is underlined of what would fill the screen; where it begins is what matters.
const UNDERLINED: usize = 24;

/// The problem as text, ending in a line feed.
pub(crate) fn problem(problem: &Problem, language: Language, color: bool, width: Option<usize>) -> String {
    let words = lang::problem(language, &problem.kind);
    let level = lang::level(language, problem.level);
    let title = match problem.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let what = fitted(&words.what, width, &format!("{level}: ")).join("\n");
    let title = title.with_name(level).primary_title(what);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width.unwrap_or(WIDTH));
    let label = lang::cure(language);
    let Some(place) = &problem.place else {
        let mut text = renderer.render(&[Group::with_title(title)]);
        let head = format!("  {label}: ");
        for (number, line) in words.cure.iter().flat_map(|cure| fitted(cure, width, &head)).enumerate() {
            text += &format!("\n{}{line}", if number == 0 { head.clone() } else { " ".repeat(head.width()) });
        }
        return text + "\n";
    };
    let path = shown(&place.path.to_string_lossy());
    let mut group = match place.excerpt.matches("<U+0000>").count() > 1 {
        // What is no text is not shown as one.
        true => title.element(Origin::path(path.as_str()).line(place.line)),
        false => title.element(
            Snippet::source(place.excerpt.as_str())
                .line_start(place.line)
                .path(path.as_str())
                .annotation(AnnotationKind::Primary.span(underlined(place, width.unwrap_or(WIDTH) / 2))),
        ),
    };
    if let Some(cure) = &words.cure {
        let frame = format!("{} = {label}: ", place.line);
        let cure = fitted(cure, width, &frame).join("\n");
        group = group.element(Title::HELP.with_name(label).message(cure));
    }
    renderer.render(&[group]) + "\n"
}

/// A text in lines that fit beside what stands before the first of them.
fn fitted(text: &str, width: Option<usize>, before: &str) -> Vec<String> {
    let text = in_brief(&shown(text));
    match width {
        Some(width) => prose::paragraph(&text, width.saturating_sub(before.width()).max(WIDTH / 5), ""),
        None => vec![text],
    }
}

/// What is underlined of the place: all of it, or its beginning where it is wider than `most`.
fn underlined(place: &Place, most: usize) -> Range<usize> {
    let Range { start, end } = place.span.clone();
    let underlined = place.excerpt.get(start..end).unwrap_or_default();
    if underlined.width() <= most.max(UNDERLINED) {
        return start..end;
    }
    start..start + underlined.char_indices().nth(UNDERLINED).map_or(underlined.len(), |(end, _)| end)
}

/// The most of a repeated text that anyone reads, in characters; an id with its option is shorter.
const REPEATED: usize = 160;

/// A message with what it repeats between backticks cut to a length that is read.
fn in_brief(message: &str) -> String {
    let pieces = message.split('`').enumerate();
    // Every second piece stands between two backticks.
    let pieces =
        pieces.map(|(place, piece)| if place % 2 == 1 { shortened(piece, REPEATED) } else { piece.to_owned() });
    pieces.collect::<Vec<_>>().join("`")
}
