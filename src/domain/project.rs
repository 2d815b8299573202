//! What a budget file says of its project to the public (项目文本公开): prose in the clerk's own words, where each text
//! stands, and what keeps it from being published. It words nothing.

use super::personal::{Personal, personal};
use super::text::{composed, is_hidden};

/// A text in paragraphs, none of them empty. Each line of the budget file is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prose(Vec<String>);

/// The texts about the whole project, any of which may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Project {
    /// 立项依据
    pub(crate) basis: Prose,
    /// 项目基本概况
    pub(crate) overview: Prose,
    /// 项目实施计划
    pub(crate) plan: Prose,
    /// 项目实施成效
    pub(crate) results: Prose,
}

/// A text that is published, by where it stands in the budget file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PublicText {
    Title,
    Unit,
    Basis,
    Overview,
    Plan,
    Results,
    /// An allocation's name, by its key.
    Name(String),
    /// An allocation's 实施内容, by its key.
    Content(String),
}

/// What keeps a public text from being published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Withheld {
    Missing(Vec<PublicText>),
    Personal { text: PublicText, what: Personal },
    Hidden { text: PublicText, character: char },
}

impl Prose {
    pub(crate) fn read(text: &str) -> Self {
        let paragraph = |line: &str| composed(line.replace('\t', " ").trim());
        Self(text.lines().map(paragraph).filter(|paragraph| !paragraph.is_empty()).collect())
    }

    pub(crate) fn paragraphs(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Withheld {
    /// A draft may have holes, but nothing in it that must not be seen.
    pub(crate) fn is_allowed_in_drafts(&self) -> bool {
        match self {
            Self::Missing(_) => true,
            Self::Personal { .. } | Self::Hidden { .. } => false,
        }
    }

    /// How many texts are still to be written.
    pub(crate) fn places(&self) -> usize {
        match self {
            Self::Missing(texts) => texts.len(),
            Self::Personal { .. } | Self::Hidden { .. } => 0,
        }
    }
}

/// What in these lines must not be published.
pub(crate) fn unpublishable<'l>(text: &PublicText, lines: impl IntoIterator<Item = &'l str>) -> Vec<Withheld> {
    let faults = |line: &str| {
        let hidden = line.chars().find(|character| is_hidden(*character));
        let hidden = hidden.map(|character| Withheld::Hidden { text: text.clone(), character });
        let personal = personal(line).map(|what| Withheld::Personal { text: text.clone(), what });
        personal.into_iter().chain(hidden)
    };
    lines.into_iter().flat_map(faults).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_paragraph_and_blanks_around_it_are_none_of_it() {
        let prose = Prose::read("\n　　第一段。\r\n\n \t \n第二段\t，e\u{301}。　\n");
        assert_eq!(prose.paragraphs(), ["第一段。", "第二段 ，é。"]);
        for empty in ["", " ", "\n\n", "　\n"] {
            assert!(Prose::read(empty).is_empty());
        }
    }

    #[test]
    fn personal_numbers_and_what_cannot_be_seen_are_not_published() {
        let found =
            |text: &str| unpublishable(&PublicText::Basis, Prose::read(text).paragraphs().iter().map(|line| &**line));
        assert_eq!(found("2022年预算58.5万元，下设九个分项。"), []);
        assert_eq!(
            found("咨询电话13800138000\n甲\u{202E}乙"),
            [
                Withheld::Personal { text: PublicText::Basis, what: Personal::Mobile },
                Withheld::Hidden { text: PublicText::Basis, character: '\u{202E}' },
            ]
        );
    }
}
