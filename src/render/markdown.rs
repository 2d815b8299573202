//! Sheets as GitHub's Markdown: tables with their numbers at the right, and every mark in a text escaped.

use super::page::{Block, Grid, Page};
use super::sheet::{Cell, Sheet};
use super::table::{is_number, said};
use crate::domain::budget::Language;
use crate::lang::{Phrase, phrase};

/// The lines of a document, ending in a line feed. A document of one sheet has that sheet's title.
pub(super) fn markdown(title: &str, sheets: &[(&str, &Sheet)], language: Language) -> String {
    let mut paragraphs = Vec::new();
    let is_alone = sheets.len() == 1;
    if !is_alone {
        paragraphs.push(format!("# {}", escaped(title)));
    }
    for (_, sheet) in sheets {
        let page = Page::of(sheet, language, false);
        let level = if is_alone { "#" } else { "##" };
        paragraphs.extend((!page.title.is_empty()).then(|| format!("{level} {}", escaped(&page.title))));
        let about: Vec<String> = page.office.iter().chain(&page.about).map(|part| escaped(part)).collect();
        paragraphs.extend((!about.is_empty()).then(|| about.join(" · ")));
        paragraphs.extend(page.remarks.iter().map(|remark| format!("**{}**", escaped(remark))));
        paragraphs.extend(page.blocks.iter().flat_map(|block| block_lines(block, level, sheet.in_wan, language)));
        paragraphs.extend(page.notes.iter().map(|lines| broken(lines)));
        paragraphs.extend(page.is_signed.then(|| escaped(&phrase(language, &Phrase::Signatures))));
        if !page.footer.is_empty() {
            paragraphs.extend(["---".to_owned(), broken(&page.footer)]);
        }
    }
    paragraphs.join("\n\n") + "\n"
}

/// `level` is the mark of the title above.
fn block_lines(block: &Block<'_>, level: &str, in_wan: bool, language: Language) -> Vec<String> {
    match block {
        Block::Fields(fields) => {
            let item = |label: &str, said: &str| format!("- **{}** {}", escaped(label), escaped(said));
            vec![fields.iter().map(|field| item(&field.label, &field.said)).collect::<Vec<_>>().join("\n")]
        }
        Block::Heading(text) => vec![format!("{level}# {}", escaped(text))],
        Block::Subheading(text) => vec![format!("{level}## {}", escaped(text))],
        Block::Paragraph(text) => vec![escaped(text)],
        Block::Grid(grid) => {
            let caption = grid.caption.iter().map(|lines| broken(lines));
            caption.chain([table(grid, in_wan, language)]).collect()
        }
    }
}

fn table(grid: &Grid<'_>, in_wan: bool, language: Language) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let heading = |lines: &Vec<String>| lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>");
    let rule = |is_right: bool| if is_right { "---:" } else { "---" }.to_owned();
    let value = |cell: &&Cell| {
        let said = said(cell, in_wan, language);
        // A number stands as it is: nothing in it means anything here.
        if is_number(cell) { said } else { escaped(&said) }
    };
    let mut lines = vec![
        line(grid.columns.iter().map(|column| heading(&column.lines)).collect()),
        line(grid.columns.iter().map(|column| rule(column.is_right)).collect()),
    ];
    lines.extend(grid.rows.iter().map(|row| line(row.iter().map(value).collect())));
    let strong = |cell: &&Cell| Some(value(cell)).filter(|said| !said.is_empty()).map(|said| format!("**{said}**"));
    let total = grid.total.iter().map(|total| total.iter().map(|cell| strong(cell).unwrap_or_default()).collect());
    lines.extend(total.map(line));
    lines.join("\n")
}

/// Lines that stay apart within one paragraph.
fn broken(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\\\n")
}

/// A text in which no character marks anything up: no link, no mail address, no list, no table's border. CommonMark takes
/// a backslash before any ASCII punctuation; most of it means nothing where it stands, and is left alone.
fn escaped(text: &str) -> String {
    let text = text.trim();
    let is_list = |(place, character): (usize, char)| {
        let digits = !text[..place].is_empty() && text[..place].bytes().all(|byte| byte.is_ascii_digit());
        let ends = text[place + character.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        place == 0 && matches!(character, '-' | '+' | '=') || digits && ends && matches!(character, '.' | ')')
    };
    let mut escaped = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        let follows = |scheme: &str| text[..place].to_ascii_lowercase().ends_with(scheme);
        let links = character == ':' && text[place..].starts_with("://") || character == '.' && follows("www");
        if "\\`*_{}[]<>#|~&!@$".contains(character) || links || is_list((place, character)) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_are_escaped_and_plain_words_are_not() {
        for (text, written) in [
            ("信访工作经费", "信访工作经费"),
            ("楚财预〔2022〕15号", "楚财预〔2022〕15号"),
            ("a|b", r"a\|b"),
            ("<b>粗</b>", r"\<b\>粗\</b\>"),
            ("- 1", r"\- 1"),
            ("2. 差旅费", r"2\. 差旅费"),
            ("2.5", "2.5"),
            ("2.", r"2\."),
            ("x-1 (2.5)", "x-1 (2.5)"),
            (r"[a](b) `c` *d* _e_ \", r"\[a\](b) \`c\` \*d\* \_e\_ \\"),
            ("https://a.b www.a.b c@d.e", r"https\://a.b www\.a.b c\@d.e"),
            ("&lt; ![x] #1 ~~y~~ $z$", r"\&lt; \!\[x\] \#1 \~\~y\~\~ \$z\$"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_its_cell(text in any::<String>()) {
            let written = escaped(&text);
            let mut before = ' ';
            for character in written.chars() {
                let is_bare = "|<>`*_[]".contains(character) && before != '\\';
                prop_assert!(!is_bare, "{:?}", written);
                before = if before == '\\' { ' ' } else { character };
            }
            // Taking the backslashes out gives the text back.
            let mut characters = written.chars();
            let mut read = String::new();
            while let Some(character) = characters.next() {
                read.extend(if character == '\\' { characters.next() } else { Some(character) });
            }
            prop_assert_eq!(read, text.trim());
        }
    }
}
