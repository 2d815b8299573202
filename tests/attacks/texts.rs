//! Texts that would act on a terminal, a spreadsheet or a page: by every way in, in every form in which they could come
//! out. What is typed is refused; what stands in a ledger of another hand or a statement is shown, and never acts.
#![expect(clippy::wildcard_enum_match_arm, reason = "a reader looks for a few events of many")]

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use taizhang::{Disk, Exit};

use crate::formats::read_back::parts;
use crate::office::{Folder, LEDGER, Office};

/// A text, and what becomes of it.
struct Attack<'t> {
    text: &'t str,
    /// Whether someone may type it into a row.
    kept: bool,
    /// How it is shown to people.
    shown: &'t str,
    /// Whether a spreadsheet would run it, so that a CSV has a `'` before it.
    runs: bool,
}

/// What a spreadsheet would run.
const fn formula(text: &str) -> Attack<'_> {
    Attack { text, kept: false, shown: text, runs: true }
}

/// What a reader would not see, and how it is made visible.
const fn hidden<'t>(text: &'t str, shown: &'t str) -> Attack<'t> {
    Attack { text, kept: false, shown, runs: false }
}

/// What looks dangerous and is only text.
const fn plain(text: &str) -> Attack<'_> {
    Attack { text, kept: true, shown: text, runs: false }
}

const ATTACKS: [Attack<'_>; 59] = [
    formula(r#"=HYPERLINK("http://x/"&A1)"#),
    formula("=cmd|'/c calc'!A1"),
    formula("+1"),
    formula("-1+1"),
    formula("@SUM(1)"),
    formula("＝1+1"),
    formula("＋1"),
    formula("－1"),
    formula("＠A"),
    formula("=1+2\";=1+2"),
    plain("'=1"),
    plain("x\",=1+1,\""),
    plain("a;=1+1"),
    hidden("a\t=1", "a<U+0009>=1"),
    hidden("a\r=1", "a<U+000D>=1"),
    hidden("a\n=1", "a<U+000A>=1"),
    hidden("a\r\n=1", "a<U+000D><U+000A>=1"),
    hidden("x\u{1b}[2J", "x<U+001B>[2J"),
    hidden("x\u{1b}[31m红", "x<U+001B>[31m红"),
    hidden("x\u{1b}]0;t\u{7}", "x<U+001B>]0;t<U+0007>"),
    hidden("x\u{1b}]52;c;YQ==\u{7}", "x<U+001B>]52;c;YQ==<U+0007>"),
    hidden("x\u{1b}]8;;http://x/\u{1b}\\y", "x<U+001B>]8;;http://x/<U+001B>\\y"),
    hidden("x\u{1b}P+q\u{1b}\\", "x<U+001B>P+q<U+001B>\\"),
    hidden("x\u{9b}2J", "x<U+009B>2J"),
    hidden("x\u{90}q\u{9c}", "x<U+0090>q<U+009C>"),
    hidden("x\u{85}y", "x<U+0085>y"),
    hidden("x\u{7}y", "x<U+0007>y"),
    hidden("x\u{8}\u{8}y", "x<U+0008><U+0008>y"),
    hidden("x\u{7f}y", "x<U+007F>y"),
    hidden("x\u{b}y", "x<U+000B>y"),
    hidden("x\u{202a}y", "x<U+202A>y"),
    hidden("x\u{202b}y", "x<U+202B>y"),
    hidden("x\u{202c}y", "x<U+202C>y"),
    hidden("x\u{202d}y", "x<U+202D>y"),
    hidden("甲\u{202e}司公", "甲<U+202E>司公"),
    hidden("x\u{2066}y\u{2069}", "x<U+2066>y<U+2069>"),
    hidden("x\u{2067}y\u{2068}", "x<U+2067>y<U+2068>"),
    hidden("x\u{200e}y\u{200f}", "x<U+200E>y<U+200F>"),
    hidden("x\u{61c}y", "x<U+061C>y"),
    hidden("x\u{200b}y", "x<U+200B>y"),
    hidden("x\u{200c}y\u{200d}z", "x<U+200C>y<U+200D>z"),
    hidden("x\u{2060}y", "x<U+2060>y"),
    hidden("x\u{feff}y", "x<U+FEFF>y"),
    hidden("x\u{ad}y", "x<U+00AD>y"),
    hidden("x\u{3164}y", "x<U+3164>y"),
    hidden("x\u{2028}y", "x<U+2028>y"),
    hidden("x\u{2029}y", "x<U+2029>y"),
    hidden("x\u{e0001}\u{e0041}", "x<U+E0001><U+E0041>"),
    hidden("x\u{ffff}y", "x<U+FFFF>y"),
    plain("办公\u{2f64}品"),
    plain("\u{430}\u{441}me"),
    plain("Ａ公司"),
    plain("<script>alert(1)</script>"),
    plain("\"><img src=x onerror=alert(1)>"),
    plain("</td></style><style>*{display:none}"),
    plain("&#x3c;b&#x3e; &lt;i&gt; &amp;"),
    plain("a|b `c` **d** [e](javascript:alert(1)) <http://x/>"),
    plain("it's 100% {{7*7}} ${x} %s"),
    plain("a\\b\\"),
];

/// Whether a character does something that nobody sees.
fn acts(character: char) -> bool {
    let code = u32::from(character);
    character != '\n' && character.is_control()
        || [0xAD, 0x61C, 0x2060, 0x3164, 0xFEFF, 0xFFFF].contains(&code)
        || (0x200B..=0x200F).contains(&code)
        || (0x2028..=0x202E).contains(&code)
        || (0x2066..=0x2069).contains(&code)
        || (0xE0000..=0xE007F).contains(&code)
}

/// Nothing in it acts on a screen.
#[track_caller]
fn is_quiet(said: &str, about: &str) {
    let found = said.chars().find(|character| acts(*character));
    assert!(found.is_none(), "{about}: {found:?} in {said:?}");
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The opened office, and in its ledger one more expense of another hand: its payee and memo are the text.
fn by_another_hand(text: &str) -> (Folder, Office<Disk>) {
    let folder = Folder::new();
    let office = folder.opened();
    let ledger = String::from_utf8(folder.read(LEDGER)).unwrap();
    let last = ledger.lines().last().unwrap().rsplit(',').next().unwrap();
    let previous: Vec<u8> =
        (0..64).step_by(2).map(|place| u8::from_str_radix(&last[place..place + 2], 16).unwrap()).collect();
    let seq = ledger.lines().count().to_string();
    let mut row = [""; 21];
    row[..9].copy_from_slice(&[&seq, "expense", "2022-03-01", "", "major-events", "current", "12.34", "", text]);
    row[9] = text;
    row[18..].copy_from_slice(&["by-hand", "小王", "2022-12-31T10:00:05+08:00"]);
    let seal = Sha256::digest([previous, row.join("\u{1F}").into_bytes()].concat());
    let seal: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
    let quoted = row.map(|field| match field.contains([',', '"']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    });
    folder.write(LEDGER, format!("{ledger}{},{seal}\n", quoted.join(",")));
    (folder, office)
}

/// The opened office, and a statement that says the text where it says to whom, and nothing of which is in the ledger.
fn told_by_the_bank(text: &str) -> (Folder, Office<Disk>) {
    let folder = Folder::new();
    let office = folder.opened();
    let quoted = text.replace('"', "\"\"");
    folder.write("bank.csv", format!("日期,借方,贷方,对方户名,摘要\n2022-03-01,12.34,,\"{quoted}\",\"{quoted}\"\n"));
    (folder, office)
}

/// The text comes out of a command in every form, and acts in none.
fn in_every_form(office: &Office<Disk>, command: &str, exit: Exit, attack: &Attack<'_>) {
    for format in ["table", "csv", "json", "markdown", "html", "xlsx"] {
        let about = format!("{command} -f {format} of {:?}", attack.text);
        let words = crate::office::words(&format!("{command} -f {format}"));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let ended = office.runs_into(&words.iter().map(String::as_str).collect::<Vec<_>>(), &mut out, &mut err);
        let err = String::from_utf8(err).unwrap();
        assert_eq!(ended, exit, "{about}: {err}");
        is_quiet(&err, &about);
        if format == "xlsx" {
            in_a_workbook(&out, attack, &about);
            continue;
        }
        let out = String::from_utf8(out).unwrap();
        match format {
            "table" => {
                is_quiet(&out, &about);
                assert!(squeezed(&out).contains(&squeezed(attack.shown)), "{about}: {out}");
            }
            "csv" => in_a_csv(&out, attack, &about),
            "json" => {
                let answer: Value = serde_json::from_str(&out).unwrap();
                assert!(says(&answer, attack.text), "{about}: {out}");
            }
            "markdown" => in_markdown(&out, attack, &about),
            _ => in_a_page(&out, attack, &about),
        }
    }
}

/// Whether a text stands anywhere in an answer.
fn says(answer: &Value, text: &str) -> bool {
    match answer {
        Value::String(said) => said == text,
        Value::Array(values) => values.iter().any(|value| says(value, text)),
        Value::Object(members) => members.values().any(|value| says(value, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A cell has the text, to the character, and no cell is a formula.
fn in_a_csv(out: &str, attack: &Attack<'_>, about: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(out.as_bytes());
    let cells: Vec<String> =
        reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let guarded = if attack.runs { format!("'{}", attack.text) } else { attack.text.to_owned() };
    assert!(cells.contains(&guarded), "{about}: {out}");
    for cell in cells {
        let is_number = cell.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
        let is_formula = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
        assert!(!is_formula || is_number && cell.parse::<f64>().is_ok(), "{about}: {cell:?}");
    }
}

/// The text with its marks taken off, and no mark up that is not ours.
fn in_markdown(out: &str, attack: &Attack<'_>, about: &str) {
    is_quiet(out, about);
    let mut read = String::new();
    let mut characters = out.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => read.extend(characters.next()),
            '<' => {
                let rest = characters.as_str();
                assert!(rest.starts_with("br>"), "{about}: {out}");
            }
            _ => read.push(character),
        }
    }
    assert!(read.contains(attack.shown), "{about}: {out}");
}

/// A cell has the text, and the page has no element, attribute or address that the text brought.
fn in_a_page(page: &str, attack: &Attack<'_>, about: &str) {
    is_quiet(page, about);
    const FOREIGN: [&str; 9] = ["script", "img", "iframe", "object", "embed", "link", "base", "form", "b"];
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = false;
    let (mut cell, mut cells, mut styles) = (None, Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                assert!(!FOREIGN.contains(&&*name), "{about}: <{name}>");
                styles += usize::from(name == "style");
                for attribute in element.attributes().flatten() {
                    let (key, value) = (attribute.key.as_ref().to_owned(), attribute.value.to_string());
                    assert!(!key.starts_with("on") && key != "src", "{about}: {key}");
                    assert!(key != "href" || value.starts_with('#'), "{about}: {value}");
                }
                if ["td", "th", "dd", "p", "li"].contains(&&*name) {
                    cell = Some(String::new());
                }
            }
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    *cell += &unescape(&text).unwrap();
                }
            }
            Event::GeneralRef(name) => {
                if let Some(cell) = &mut cell {
                    *cell += &unescape(&format!("&{};", &*name)).unwrap();
                }
            }
            Event::End(_) => cells.extend(cell.take()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(styles, 1, "{about}: one style, ours");
    let wanted = squeezed(attack.shown);
    assert!(cells.iter().any(|cell| squeezed(cell).contains(&wanted)), "{about}: {cells:?}");
}

/// A text of the workbook, in a cell that stays a text where someone opens it and leaves it again.
fn in_a_workbook(workbook: &[u8], attack: &Attack<'_>, about: &str) {
    let parts = parts(workbook);
    let strings = &parts["xl/sharedStrings.xml"];
    is_quiet(&strings.replace('\r', ""), about);
    let texts: Vec<String> = strings
        .split("<si>")
        .skip(1)
        .map(|item| {
            let inside = item.split_once('>').unwrap().1;
            unescape(inside.split("</t>").next().unwrap()).unwrap().into_owned()
        })
        .collect();
    let place = texts.iter().position(|text| text.contains(attack.shown));
    let place = place.unwrap_or_else(|| panic!("{about}: {texts:?}"));
    let styles = &parts["xl/styles.xml"];
    let formats = styles.split_once("<cellXfs").unwrap().1.split_once("</cellXfs>").unwrap().0;
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    for (name, sheet) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        for formula in sheet.split("<f>").skip(1) {
            assert!(formula.starts_with("SUM("), "{about}: {name}: {formula}");
        }
        for cell in sheet.split("<c ").skip(1).filter(|cell| cell.contains(&format!("t=\"s\"><v>{place}</v>"))) {
            let style = cell.split_once("s=\"").map_or(0, |(_, rest)| rest.split_once('"').unwrap().0.parse().unwrap());
            let stays_text = formats[style].contains("quotePrefix=\"1\"");
            assert!(stays_text || !attack.runs, "{about}: {name}: {cell}");
        }
    }
}

#[test]
fn what_is_typed_is_kept_as_it_is_or_refused_and_never_reaches_the_screen() {
    let folder = Folder::new();
    let office = folder.opened();
    for attack in &ATTACKS {
        for option in ["--payee", "--memo", "--voucher", "--payment", "--by", "--id"] {
            let before = folder.read(LEDGER);
            let typed = ["record", "-a", "1", "--amount", "0.01", option, attack.text];
            let seen = office.runs(&typed);
            is_quiet(&seen.out, option);
            is_quiet(&seen.err, option);
            if !attack.kept {
                assert_eq!(seen.exit, Exit::Refused, "{option} {:?}: {}{}", attack.text, seen.out, seen.err);
                assert_eq!(folder.read(LEDGER), before, "{option} {:?}", attack.text);
            }
        }
        if attack.kept {
            let typed = ["record", "-a", "1", "--amount", "0.01", "--payee", attack.text];
            office.runs(&typed).expect(Exit::Done);
            let shown = office.types("register -f json").expect(Exit::Done).json();
            assert!(says(&shown, attack.text), "{:?}", attack.text);
        }
    }
    office.types("verify").expect(Exit::Done);
}

#[test]
fn a_row_of_another_hand_acts_in_no_form() {
    let lines = ["register", "explain spent 1", "spending --by payee", "monthly 3"];
    for attack in ATTACKS.iter().filter(|attack| !attack.text.contains(acts_in_a_ledger)) {
        let (_folder, office) = by_another_hand(attack.text);
        for line in lines.iter().take(if attack.kept { 2 } else { 3 }) {
            in_every_form(&office, line, Exit::Done, attack);
        }
        for line in ["verify", "balance", "monthly 3 --pack pack"] {
            let seen = office.types(line).expect(Exit::Done);
            is_quiet(&seen.out, line);
            is_quiet(&seen.err, line);
        }
    }
}

/// Bytes that no ledger holds, so that a file with them is none.
fn acts_in_a_ledger(character: char) -> bool {
    character < ' ' || character == '\u{7f}'
}

#[test]
fn control_bytes_in_a_ledger_are_refused_and_shown() {
    for attack in ATTACKS.iter().filter(|attack| attack.text.contains(acts_in_a_ledger)) {
        let (folder, office) = by_another_hand(attack.text);
        let before = folder.read(LEDGER);
        // Behind its head it would be taken for what a broken write left.
        std::fs::remove_file(folder.join(&format!("{LEDGER}.head"))).unwrap();
        for line in ["balance", "register", "verify", "record -a 1 --amount 1", "doctor", "repair", "restore"] {
            let seen = office.types(line);
            assert_ne!(seen.exit, Exit::Done, "{line} {:?}: {}", attack.text, seen.out);
            is_quiet(&seen.out, line);
            is_quiet(&seen.err, line);
        }
        assert_eq!(folder.read(LEDGER), before);
    }
}

#[test]
fn what_a_bank_says_acts_in_no_form() {
    for attack in &ATTACKS {
        let (_folder, office) = told_by_the_bank(attack.text);
        // A cell of several lines is read as one.
        let one_line: Vec<&str> = attack.text.split_whitespace().collect();
        let one_line = one_line.join(" ");
        let read = if one_line == attack.text { attack } else { &plain(&one_line) };
        in_every_form(&office, "reconcile bank.csv", Exit::No, read);
        let seen = office.types("reconcile --detect bank.csv");
        is_quiet(&seen.out, "detect");
        is_quiet(&seen.err, "detect");
    }
}

#[test]
fn what_a_budget_calls_things_acts_in_no_form() {
    for attack in ATTACKS.iter().filter(|attack| attack.kept) {
        let folder = Folder::new();
        let name = serde_json::to_string(attack.text).unwrap();
        let budget = format!(
            "[budget]\nid = \"small\"\ntitle = {name}\nunit = {name}\nfiscal_year = 2022\ntotal = \"1万元\"\n\
             [[allocation]]\nkey = \"travel\"\nname = {name}\namount = \"1万元\"\nplan = \"even\"\neconomic = []\n"
        );
        folder.write("small.toml", budget);
        let office = folder.office();
        office.types("-b small.toml open --yes").expect(Exit::Done);
        for line in ["balance", "variance"] {
            in_every_form(&office, &format!("-b small.toml {line}"), Exit::Done, attack);
        }
    }
}

/// A word that means nothing where it stands is said back, and never as it is.
#[test]
fn what_an_error_repeats_never_acts() {
    let folder = Folder::new();
    let office = folder.opened();
    let before = folder.read(LEDGER);
    for attack in ATTACKS.iter().filter(|attack| !attack.kept || attack.text.contains('<')) {
        let text = attack.text;
        let lines: [&[&str]; 27] = [
            &[text],
            &["record", "-a", text, "--amount", "1"],
            &["record", "-a", "1", "--amount", text],
            &["record", "-a", "1", "--amount", "1", "--date", text],
            &["record", "-a", "1", "--amount", "1", "--economic", text],
            &["record", "-a", "1", "--amount", "1", "--method", text],
            &["record", "-a", "1", "--amount", "1", "--invoice", text],
            &["record", "--commitment", text, "--amount", "1"],
            &["record", "--split", text, "--amount", "1"],
            &["reverse", text],
            &["note", text, "--memo", "x"],
            &["close", text],
            &["monthly", text],
            &["explain", text, "1"],
            &["explain", "spent", text],
            &["balance", "-a", text],
            &["balance", "--as-of", text],
            &["balance", "--rows", text],
            &["balance", "--unit", text],
            &["balance", "-f", text],
            &["-b", text, "balance"],
            &["--lang", text, "balance"],
            &["--today", text, "balance"],
            &["verify", "--anchor", text],
            &["import", text],
            &["reconcile", text],
            &["reconcile", "none.csv", "--profile", text],
        ];
        for line in lines {
            let seen = office.runs(line);
            assert_ne!(seen.exit, Exit::Done, "{line:?}: {}", seen.out);
            is_quiet(&seen.out, &format!("{line:?}"));
            is_quiet(&seen.err, &format!("{line:?}"));
        }
    }
    assert_eq!(folder.read(LEDGER), before);
}
