//! Which of a workbook's styles show a number as a day or as hours. It knows no other trait of a style.

use std::collections::HashMap;

use super::markup::Piece;
use super::number::Form;
use super::origin::Broken;
use super::package::Part;

/// As many styles as a workbook may have.
pub(super) const MOST_STYLES: usize = 65_536;

/// The forms of the styles, by their number.
pub(super) fn forms(mut part: Part<'_>) -> Result<Vec<Form>, Broken> {
    let mut formats: HashMap<u32, Form> = HashMap::new();
    let mut forms = Vec::new();
    // What a style is made of also stands in other lists, where it is no cell's.
    let mut in_formats = false;
    let mut in_styles = false;
    loop {
        match part.next()? {
            Piece::Open(tag) => match tag.name() {
                "numFmts" => in_formats = true,
                "cellXfs" => in_styles = true,
                "numFmt" if in_formats => {
                    let [id, code] = tag.attributes(["numFmtId", "formatCode"])?;
                    if let (Some(id), Some(code)) = (id.and_then(|id| id.parse().ok()), code) {
                        formats.insert(id, form_of(&code));
                    }
                }
                "xf" if in_styles => {
                    let [id] = tag.attributes(["numFmtId"])?;
                    let id = id.and_then(|id| id.parse().ok()).unwrap_or(0);
                    forms.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Piece::Close(ending) => match ending.name() {
                "numFmts" => in_formats = false,
                "cellXfs" => in_styles = false,
                _ => {}
            },
            Piece::Text(_) | Piece::Other => {}
            Piece::End => return Ok(forms),
        }
        if forms.len() > MOST_STYLES || formats.len() > MOST_STYLES {
            return Err(Broken::Damaged);
        }
    }
}

/// The formats that a workbook needn't define (ECMA-376 part 1, 18.8.30); those from 27 on are days in East Asia.
pub(super) fn built_in(id: u32) -> Form {
    match id {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Form::Moment,
        46 => Form::Span,
        _ => Form::Number,
    }
}

/// What a format code makes of a number: its first section, without what is quoted, escaped or in brackets.
pub(super) fn form_of(code: &str) -> Form {
    let mut characters = code.chars().peekable();
    let mut plain = String::new();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            // The character behind these is shown as it is, left as a gap or repeated.
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => while characters.next().is_some_and(|quoted| quoted != '"') {},
            '[' => {
                let bracket: String = characters.by_ref().take_while(|character| *character != ']').collect();
                let first = bracket.chars().next().unwrap_or_default().to_ascii_lowercase();
                let hours = matches!(first, 'h' | 'm' | 's');
                if hours && bracket.chars().all(|character| character.to_ascii_lowercase() == first) {
                    return Form::Span;
                }
            }
            character => plain.push(character.to_ascii_lowercase()),
        }
    }
    let plain = plain.replace("general", "");
    let is_moment = plain.contains(['y', 'm', 'd', 'h', 's']) || plain.contains("aaa");
    if is_moment { Form::Moment } else { Form::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_known_by_their_codes() {
        for code in [
            "yyyy\"年\"m\"月\"d\"日\";@",
            "yyyy/m/d",
            "[$-804]aaaa;@",
            "[$-F800]dddd, mmmm dd, yyyy",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
            "h:mm AM/PM",
            "[Red]m/d",
            "mm:ss.0",
            "上午/下午h\"时\"mm\"分\"",
        ] {
            assert_eq!(form_of(code), Form::Moment, "{code}");
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[Blue][ss]"] {
            assert_eq!(form_of(code), Form::Span, "{code}");
        }
        for code in [
            "General",
            "G/通用格式",
            "0.00_);[Red]\\(0.00\\)",
            "#,##0.00\"d\"",
            "0.00E+00",
            "_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
            "[DBNum2][$-804]General",
            "[$USD-409]#,##0",
            "@",
            "0;yyyy",
            "\"ym",
            "[",
            "\\",
            "",
        ] {
            assert_eq!(form_of(code), Form::Number, "{code}");
        }
        assert_eq!(
            [built_in(14), built_in(31), built_in(46), built_in(4)].map(|form| form == Form::Number),
            [false, false, false, true]
        );
    }
}
