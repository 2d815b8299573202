//! Problems for a person: what, where with the line itself, and the cure. The only file that names `annotate-snippets`.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level as Title, Renderer, Snippet};

use crate::domain::budget::Language;
use crate::domain::text::{shortened, shown};
use crate::lang;
use crate::problem::{Level, Problem};

/// Room for an excerpt and its frame where the terminal's width is not known, in columns.
const WIDTH: usize = 100;

/// The problem as text, ending in a line feed.
pub(crate) fn problem(problem: &Problem, language: Language, color: bool, width: Option<usize>) -> String {
    let words = lang::problem(language, &problem.kind);
    let what = in_brief(&shown(&words.what));
    let title = match problem.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title = title.with_name(lang::level(language, problem.level)).primary_title(what);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width.unwrap_or(WIDTH));
    let path = problem.place.as_ref().map(|place| shown(&place.path.to_string_lossy()));
    let mut group = title.elements(problem.place.iter().zip(&path).map(|(place, path)| {
        Snippet::source(place.excerpt.as_str())
            .line_start(place.line)
            .path(path.as_str())
            .annotation(AnnotationKind::Primary.span(place.span.clone()))
    }));
    let cure = words.cure.map(|cure| in_brief(&shown(&cure)));
    if problem.place.is_some()
        && let Some(cure) = &cure
    {
        group = group.element(Title::HELP.with_name(lang::cure(language)).message(cure.as_str()));
    }
    let mut text = renderer.render(&[group]);
    if problem.place.is_none()
        && let Some(cure) = &cure
    {
        text += &format!("\n  {}: {cure}", lang::cure(language));
    }
    text.push('\n');
    text
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
