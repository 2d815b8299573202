//! What a text in the ledger may hold: NFC, trimmed, at most 2 KiB, nothing invisible, and nothing
//! a spreadsheet would run as a formula (OWASP, CSV injection).

use unicode_normalization::UnicodeNormalization;

/// The longest text of one column, in bytes.
pub(crate) const LONGEST_TEXT: usize = 2048;

/// The longest idempotency key, in bytes.
pub(crate) const LONGEST_ID: usize = 128;

/// Why a text may not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextFault {
    /// Bytes over the limit of `most`.
    TooLong { most: usize },
    /// A control, line-break, direction or invisible character.
    Hidden { character: char },
    /// `= + - @` or a full-width twin at the beginning.
    LooksLikeAFormula { first: char },
}

/// The text as the ledger keeps it, or why it can't.
pub(crate) fn entered(text: &str) -> Result<String, TextFault> {
    let text = text.trim();
    let text = composed(text);
    match fault(&text) {
        None => Ok(text),
        Some(fault) => Err(fault),
    }
}

/// A text in NFC.
pub(crate) fn composed(text: &str) -> String {
    if text.chars().all(is_plain) { text.to_owned() } else { text.nfc().collect() }
}

/// Whether a character is seen, and in NFC beside any other such; most are, and cost nothing to look at.
// No test can tell where none is: the long way gives the same answers.
fn is_plain(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// The first thing wrong with a text that is already trimmed.
pub(crate) fn fault(text: &str) -> Option<TextFault> {
    if let Some(character) = text.chars().find(|&character| !is_plain(character) && is_hidden(character)) {
        return Some(TextFault::Hidden { character });
    }
    if let Some(first) = text.chars().next().filter(|_| looks_like_a_formula(text)) {
        return Some(TextFault::LooksLikeAFormula { first });
    }
    (text.len() > LONGEST_TEXT).then_some(TextFault::TooLong { most: LONGEST_TEXT })
}

/// Whether a spreadsheet could run the text: a Chinese one takes the full-width twins too, where someone edits the cell.
pub(crate) fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Whether a text read from a file stands as entry would have kept it.
pub(crate) fn is_as_entered(text: &str) -> bool {
    text.is_ascii() && fault(text).is_none() && text.trim() == text || entered(text).is_ok_and(|kept| kept == text)
}

/// Characters that change what a reader sees without being seen: controls, line separators,
/// direction marks (CVE-2021-42574), zero-width and filler characters, tags.
pub(crate) fn is_hidden(character: char) -> bool {
    // The last two code points of each plane are no characters, and no XML may hold them.
    let nothing = u32::from(character) & 0xFFFE == 0xFFFE;
    nothing
        || character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// A text for a screen: hidden characters as `<U+202E>`, so that none can act on a terminal.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown += &format!("<U+{:04X}>", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A text cut for a message: the first `most` characters and an ellipsis.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_deceive_is_refused() {
        for text in ["=1+1", "+1", "-1", "@SUM(1)", "＝1", "＋1", "－1", "＠A", " =1"] {
            assert!(matches!(entered(text), Err(TextFault::LooksLikeAFormula { .. })), "{text}");
        }
        for text in [
            "a\u{202E}b",
            "a\tb",
            "a\nb",
            "\u{1b}[2J",
            "a\u{200B}",
            "\u{9b}",
            "a\u{7f}",
            "\u{E0041}",
            "a\u{FEFF}b",
            "a\u{2028}b",
            "a\u{FFFF}b",
            "a\u{1FFFE}b",
        ] {
            assert!(matches!(entered(text), Err(TextFault::Hidden { .. })), "{text:?}");
        }
        assert_eq!(entered(&"纸".repeat(683)), Err(TextFault::TooLong { most: LONGEST_TEXT }));
    }

    #[test]
    fn ordinary_texts_are_kept_as_they_are() {
        for text in ["办公用品", "记-0101", "a, \"b\"", "1+1", "邮箱 a@b", "'=1", "𠮷野家", "㐂"] {
            assert_eq!(entered(text).as_deref(), Ok(text));
        }
        assert_eq!(entered("  e\u{301} \u{3000}").as_deref(), Ok("é"));
        assert_eq!(shown("a\u{1b}b"), "a<U+001B>b");
    }

    #[test]
    fn a_text_of_a_file_stands_as_entered_or_it_does_not() {
        for text in ["", "a, \"b\"", "办公用品", "é"] {
            assert!(is_as_entered(text), "{text:?}");
        }
        for text in [" a", "a ", "=1", "a\tb", "\u{3000}纸", "e\u{301}", "纸\u{200B}", &"a".repeat(LONGEST_TEXT + 1)]
        {
            assert!(!is_as_entered(text), "{text:?}");
        }
    }

    #[test]
    fn a_plain_character_is_seen_and_left_as_it_is_beside_any_other() {
        for character in ('\0'..=char::MAX).filter(|character| is_plain(*character)) {
            assert!(!is_hidden(character), "{character:?}");
            let beside = ['a', '一', '（', character].map(|other| String::from_iter([other, character, other]));
            for text in beside {
                assert_eq!(text.nfc().collect::<String>(), text);
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_entered_enters_again_unchanged(text in any::<String>()) {
            if let Ok(kept) = entered(&text) {
                prop_assert!(is_as_entered(&kept));
                prop_assert_eq!(entered(&kept), Ok(kept));
            }
        }
    }
}
