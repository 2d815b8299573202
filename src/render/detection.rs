//! What was detected in a statement, as the TOML text of its profile: comments in the reader's language, then
//! `[statement]`. What `store::statement_profile` reads is what this writes.

use super::blank::quoted;
use crate::domain::budget::Language;
use crate::domain::statement::{Column, Found, Headings, Profile};
use crate::domain::text::shown;
use crate::lang::{self, DetectionWord};
use crate::reports::detection::Detection;

/// The text, ready to be kept as a file or pasted into a budget.
pub(crate) fn profile(detection: &Detection, language: Language) -> String {
    let mut page = Page { text: String::new(), language };
    page.comments(detection);
    page.text += "\n[statement]\n";
    page.keys(&detection.profile, detection.sheet.is_none());
    if matches!(detection.headings, Headings::Unknown { .. }) {
        page.skeleton(&detection.profile);
    }
    page.text
}

struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn says(&mut self, word: &DetectionWord) {
        for line in lang::detection(self.language, word).lines() {
            self.text += &format!("# {}\n", shown(line));
        }
    }

    fn comments(&mut self, detection: &Detection) {
        let Detection { movements, period, out, into, .. } = *detection;
        self.says(&DetectionWord::Introduction { file: detection.file.clone() });
        self.says(&match &detection.sheet {
            Some(name) => DetectionWord::Sheet(name.clone()),
            None => {
                let (encoding, separator) = (detection.profile.encoding, detection.profile.separator);
                DetectionWord::Text { encoding, separator }
            }
        });
        match &detection.headings {
            Headings::Row(row) => self.says(&DetectionWord::HeadingsIn(*row as u64)),
            Headings::Counted => self.says(&DetectionWord::Counted),
            Headings::Unknown { texts, .. } if texts.is_empty() => return self.says(&DetectionWord::NoCandidates),
            Headings::Unknown { row, texts } => {
                self.says(&DetectionWord::Candidates(*row as u64));
                for (place, text) in texts {
                    self.text += &format!("#   {place:>2}  {}\n", shown(text));
                }
                return;
            }
        }
        self.says(&DetectionWord::Movements { count: movements, period, out, into });
        for (why, lines) in &detection.left_out {
            self.says(&DetectionWord::LeftOut { why: *why, lines: lines.first.clone(), count: lines.count });
        }
        if detection.unread.count > 0 {
            let (lines, count) = (detection.unread.first.clone(), detection.unread.count);
            self.says(&DetectionWord::Unread { lines, count });
        }
        if detection.is_turned {
            self.says(&DetectionWord::Turned);
        }
    }

    fn keys(&mut self, profile: &Profile, is_text: bool) {
        if is_text {
            self.pair("encoding", profile.encoding.key());
            self.pair("separator", profile.separator.key());
        }
        if let Some(sheet) = &profile.sheet {
            self.pair("sheet", sheet);
        }
        for (column, found) in &profile.columns {
            match found {
                Found::Heading(heading) => self.pair(column.key(), heading),
                Found::Place(place) => self.text += &format!("{} = {place}\n", column.key()),
            }
        }
        self.pair("date_format", profile.date_format.as_ref().map_or("auto", |format| format.text()));
        if profile.columns.iter().any(|(column, _)| *column == Column::Amount) {
            self.pair("sign", profile.sign.key());
        }
        for (key, words) in [
            ("side_out", &profile.side_out),
            ("side_in", &profile.side_in),
            ("status_done", &profile.status_done),
            ("ignore", &profile.ignore),
            ("only", &profile.only),
        ] {
            if !words.is_empty() {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                self.text += &format!("{key} = [{}]\n", words.join(", "));
            }
        }
        if profile.skip_rows > 0 {
            self.text += &format!("skip_rows = {}\n", profile.skip_rows);
        }
    }

    /// Room for the headings that were not recognised.
    fn skeleton(&mut self, profile: &Profile) {
        self.text.push('\n');
        self.says(&DetectionWord::ToFillIn);
        let is_said = |wanted: &Column| profile.columns.iter().any(|(column, _)| column == wanted);
        for column in Column::ALL.into_iter().filter(|column| !is_said(column)) {
            let word = lang::detection(self.language, &DetectionWord::Column(column));
            let key = format!("#{} = \"\"", column.key());
            self.text += &format!("{key:<14}  # {word}\n");
        }
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.text += &format!("{key} = {}\n", quoted(value));
    }
}
