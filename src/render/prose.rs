//! Prose for a screen: a paragraph as lines that fit, broken as Chinese and English are. No line begins with a mark that
//! closes something, or ends with one that opens it, and a command between backticks stays in one line, to be copied.

use std::ops::RangeInclusive;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What never begins a line.
const CLOSING: &str = "，。、；：？！）〕】〗》〉」』”’％‰℃…—～·,.;:?!)]}%｝］";
/// What never ends one.
const OPENING: &str = "（〔【〖《〈「『“‘｛［([{￥¥";

/// What holds together what is on both sides of it, as in a voucher's number.
const JOINING: &str = "-–/";

/// A paragraph over as many lines as the width needs; `indent` stands before the first.
pub(super) fn paragraph(text: &str, width: usize, indent: &str) -> Vec<String> {
    let first = width.saturating_sub(indent.width()).max(1);
    let mut lines = Vec::new();
    let (mut line, mut reached) = (indent.to_owned(), 0);
    for word in words(text, first) {
        let room = if lines.is_empty() { first } else { width };
        if reached > 0 && reached + word.trim_end_matches(' ').width() > room {
            lines.push(line.trim_end().to_owned());
            (line, reached) = (String::new(), 0);
        }
        line += word;
        reached += word.width();
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The pieces that a line holds whole, the blanks behind each with it.
fn words(text: &str, width: usize) -> Vec<&str> {
    let commands = commands(text, width);
    let mut pieces = Vec::new();
    let (mut begin, mut before, mut last) = (0, None, None);
    for (place, after) in text.char_indices() {
        let is_inside = || commands.iter().any(|command| command.contains(&place));
        if before.is_some_and(|before| may_break(before, last, after)) && !is_inside() {
            pieces.push(&text[begin..place]);
            begin = place;
        }
        before = Some(after);
        if after != ' ' {
            last = Some(after);
        }
    }
    pieces.push(&text[begin..]);
    pieces.into_iter().flat_map(|piece| cut(piece, width)).collect()
}

/// Where a line may not end, because a command between backticks that fits into one line stands there.
fn commands(text: &str, width: usize) -> Vec<RangeInclusive<usize>> {
    let ticks: Vec<usize> = text.match_indices('`').map(|(place, _)| place).collect();
    let pairs = ticks.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    pairs.filter(|(open, close)| text[*open..=*close].width() <= width).map(|(open, close)| open + 1..=close).collect()
}

/// Whether a line may end between two characters: behind a blank, or beside a character that is a word by itself. `last`
/// is the last one that is no blank.
fn may_break(before: char, last: Option<char>, after: char) -> bool {
    let is_wide = |character: char| character.width() == Some(2);
    let is_between = before == ' ' || is_wide(before) || is_wide(after);
    let is_joined = before != ' ' && (JOINING.contains(before) || JOINING.contains(after));
    is_between && !is_joined && last.is_none_or(|last| !is_held(last, after))
}

/// Whether two characters stay together.
fn is_held(before: char, after: char) -> bool {
    after == ' ' || after.width() == Some(0) || CLOSING.contains(after) || OPENING.contains(before)
}

/// A word that no line holds in pieces that one does, cut beside a mark only where there is no other place.
fn cut(word: &str, width: usize) -> Vec<&str> {
    let (mut rest, mut pieces) = (word, Vec::new());
    while rest.trim_end_matches(' ').width() > width {
        let (mut reached, mut before) = (0, None);
        let (mut any, mut good) = (None, None);
        for (place, character) in rest.char_indices() {
            if reached > width {
                break;
            }
            if let Some(before) = before {
                any = Some(place);
                good = if is_held(before, character) { good } else { any };
            }
            (reached, before) = (reached + character.width().unwrap_or(0), Some(character));
        }
        let end = good.or(any).or_else(|| rest.chars().next().map(char::len_utf8)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    if pieces.is_empty() || !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        let text = "注明“人民来信”的，20克以内免收邮资，共0.40万元（见表）。";
        assert_eq!(
            paragraph(text, 20, "　　"),
            ["　　注明“人民来信”", "的，20克以内免收邮", "资，共0.40万元（见", "表）。"]
        );
        assert_eq!(paragraph("补注第22笔：凭证号 记-0699，发票", 20, ""), ["补注第22笔：凭证号", "记-0699，发票"]);
        assert_eq!(paragraph("The budget of 2022 (10,000 yuan).", 14, ""), ["The budget of", "2022 (10,000", "yuan)."]);
    }

    #[test]
    fn a_command_stays_in_one_line_and_does_not_end_it() {
        let text = "请执行 `taizhang restore --in-place`（原文件会另行保留）；再 `taizhang verify`。";
        assert_eq!(
            paragraph(text, 46, ""),
            ["请执行 `taizhang restore --in-place`（原文件会", "另行保留）；再 `taizhang verify`。"]
        );
        assert_eq!(
            paragraph(text, 40, ""),
            ["请执行 `taizhang restore --in-place`（原", "文件会另行保留）；再 `taizhang verify`。"]
        );
        assert_eq!(paragraph("看 `taizhang restore a`", 12, ""), ["看 `taizhang", "restore a`"]);
    }

    #[test]
    fn what_no_line_holds_is_cut_and_not_before_a_mark() {
        assert_eq!(paragraph("在 abcdefghij.csv 里", 10, ""), ["在", "abcdefghi", "j.csv 里"]);
        assert_eq!(paragraph("。。。。", 4, ""), ["。。", "。。"]);
        assert_eq!(paragraph("一二", 1, ""), ["一", "二"]);
        assert_eq!(paragraph("", 10, ""), [""]);
    }

    const PIECES: &str = "([一二三]{1,3}[，。；：）”、]{0,2}|[a-c0-9]{1,9}[,.;)]{0,1} ?|[（“《][一二三a-c]{1,2}|[一二三]`[a-c][a-c -]{0,19}[a-c]` )";

    proptest! {
        #[test]
        fn every_word_is_kept_and_fits(text in "[一二三，。（）“”a-c0-9`., ]{0,60}", width in 12_usize..40) {
            let lines = paragraph(text.trim(), width, "　　");
            let without_blanks = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(without_blanks(&lines.concat()), without_blanks(&text));
            prop_assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
        }

        #[test]
        fn no_line_begins_or_ends_with_a_mark_that_may_not(
            pieces in prop::collection::vec(PIECES, 0..25),
            width in 12_usize..90,
        ) {
            let text = pieces.concat();
            let lines = paragraph(text.trim_end(), width, "");
            for line in &lines {
                prop_assert!(!line.starts_with(|first| CLOSING.contains(first) || first == ' '), "{lines:?}");
                prop_assert!(!line.ends_with(|last| OPENING.contains(last) || last == ' '), "{lines:?}");
            }
            let is_whole = |command: &&String| lines.iter().any(|line| line.contains(command.as_str()));
            let commands = pieces.iter().filter_map(|piece| piece.split_once('`')).map(|(_, rest)| format!("`{}", rest.trim_end()));
            let commands: Vec<String> = commands.filter(|command| command.width() <= width).collect();
            prop_assert!(commands.iter().all(|command| is_whole(&command)), "{lines:?}");
        }

        #[test]
        fn no_two_lines_would_have_been_one(pieces in prop::collection::vec("[一二三]{1,9}|[a-c]{1,9} ", 1..20), width in 12_usize..60) {
            let text = pieces.concat();
            let lines = paragraph(text.trim_end(), width, "");
            for pair in lines.windows(2) {
                let next = pair[1].split(|character: char| character == ' ' || character.width() == Some(2)).next();
                let least = next.map_or(0, UnicodeWidthStr::width).max(1);
                prop_assert!(pair[0].width() + least + 2 > width, "{lines:?}");
            }
        }
    }
}
