//! Prose for a screen: a paragraph as lines that fit, broken as Chinese and English are. No line begins with a mark that
//! closes something, or ends with one that opens it.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthChar;

/// What never begins a line.
const CLOSING: &str = "，。、；：？！）〕】》〉」』”’％…—·,.;:?!)]}%";
/// What never ends one.
const OPENING: &str = "（〔【《〈「『“‘([{￥";

/// A paragraph over as many lines as the width needs; `indent` stands before the first.
pub(super) fn paragraph(text: &str, width: usize, indent: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(indent)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The pieces that a line holds whole.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut rest = line;
    Box::new(std::iter::from_fn(move || {
        let borders = rest.char_indices().zip(rest.chars().skip(1));
        let mut ends = borders.filter(|((_, before), after)| may_break(*before, *after));
        let end = ends.next().map(|((place, before), _)| place + before.len_utf8());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!word.is_empty()).then(|| Word::from(word))
    }))
}

/// Whether a line may end between two characters: behind a blank, or beside a character that is a word by itself.
fn may_break(before: char, after: char) -> bool {
    let is_wide = |character: char| character.width() == Some(2);
    let is_held = after == ' ' || CLOSING.contains(after) || OPENING.contains(before);
    !is_held && (before == ' ' || is_wide(before) || is_wide(after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        let text = "注明“人民来信”的，20克以内免收邮资，共0.40万元（见表）。";
        assert_eq!(
            paragraph(text, 20, "　　"),
            ["　　注明“人民来信”", "的，20克以内免收邮", "资，共0.40万元（见", "表）。"]
        );
        assert_eq!(paragraph("The budget of 2022 (10,000 yuan).", 14, ""), ["The budget of", "2022 (10,000", "yuan)."]);
    }

    proptest! {
        #[test]
        fn every_word_is_kept_and_fits(text in "[一二三，。（）“”a-c0-9., ]{0,60}", width in 12_usize..40) {
            let lines = paragraph(text.trim(), width, "　　");
            let without_blanks = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(without_blanks(&lines.concat()), without_blanks(&text));
            prop_assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
        }
    }
}
