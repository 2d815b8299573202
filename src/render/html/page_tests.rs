//! The page is well-formed, forbids and holds nothing from outside, and says every text as it is.
#![expect(clippy::wildcard_enum_match_arm, reason = "a reader looks for a few events of many")]

use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::super::sample_tests::{amount, charts, register};
use super::super::sheet::{Sheet, Signed};
use super::html;
use crate::domain::budget::Language;
use crate::domain::text::shown;
use crate::reports::charts::{Chart, ChartBar};

type Elements = Vec<(String, Vec<(String, String)>)>;

/// Every element's name with its attributes, and every text, as a reader of XML has them; it fails where one would.
fn read(page: &str) -> (Elements, Vec<String>) {
    let mut reader = Reader::from_str(page);
    let (mut elements, mut texts) = (Vec::new(), vec![String::new()]);
    loop {
        match reader.read_event().expect("the page is well-formed") {
            Event::Start(element) | Event::Empty(element) => {
                let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
                    let attribute = attribute.expect("an attribute has a name and a value in quotes");
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("nothing stands unescaped");
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                };
                let name = element.name().as_ref().to_owned();
                elements.push((name, element.attributes().map(attribute).collect()));
                texts.push(String::new());
            }
            Event::End(_) => texts.push(String::new()),
            Event::Text(text) => texts.last_mut().expect("there is one").push_str(&text),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().expect("a number").expect("of a character");
                texts.last_mut().expect("there is one").push(character);
            }
            Event::Eof => return (elements, texts),
            _ => {}
        }
    }
}

/// What a strict page never has, whatever stands in its cells.
fn check(page: &str) -> Vec<String> {
    let (elements, texts) = read(page);
    let allowed = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "nav",
        "ul",
        "li",
        "a",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "span",
        "br",
        "dl",
        "dt",
        "dd",
        "div",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "svg",
        "rect",
        "line",
        "path",
        "polyline",
        "circle",
        "text",
        "desc",
        "defs",
        "pattern",
        "figure",
        "figcaption",
        "footer",
    ];
    for (name, attributes) in &elements {
        assert!(allowed.contains(&name.as_str()), "<{name}>");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && !["style", "src", "srcset", "action"].contains(&key.as_str()), "{key}");
            assert!(key != "href" || value.starts_with("#s"), "{value}");
            assert!(!value.contains("url(") || value.starts_with("url(#s"), "{value}");
        }
    }
    let mut ids: Vec<&String> = elements
        .iter()
        .flat_map(|(_, attributes)| attributes)
        .filter(|(key, _)| key == "id")
        .map(|(_, id)| id)
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is of one element");
    texts
}

#[test]
fn a_page_of_our_own_words_names_nothing_outside() {
    let sheet = register(&[("演示", amount("1"))], charts());
    for language in [Language::Chinese, Language::English] {
        let page = html("月报", &[("余额", &sheet), ("明细", &sheet)], language);
        check(&page);
        for never in ["<script", "http:", "https:", "style=", "@import", "javascript"] {
            assert!(!page.contains(never), "{never}");
        }
        assert_eq!(page.matches("<h1").count(), 1);
        assert_eq!(page.matches("<caption").count(), page.matches("<table").count());
    }
}

#[test]
fn lines_to_sign_on_have_their_labels() {
    let sheet = register(&[("演示", amount("1"))], Vec::new());
    let texts = check(&html("月报", &[("月报", &sheet)], Language::Chinese));
    for label in ["制表：", "复核：", "负责人：", "日期："] {
        assert!(texts.iter().any(|text| text == label), "{label}");
    }
    let unsigned = Sheet { signed: Signed::Never, ..sheet };
    assert!(!html("月报", &[("月报", &unsigned)], Language::Chinese).contains("制表"));
}

#[test]
fn a_row_that_is_called_nothing_has_no_heading() {
    let sheet = register(&[("演示", amount("1")), ("", amount("2"))], Vec::new());
    let page = html("月报", &[("月报", &sheet)], Language::Chinese);
    assert_eq!(page.matches("<th scope=\"row\"").count(), 2, "the first row and the total");
    assert!(!page.contains("></th>"));
}

proptest! {
    #[test]
    fn any_text_is_said_and_means_nothing(
        text in any::<String>(),
        around in prop::sample::select(vec!["", "<script>alert(1)</script>", "\"><img src=x onerror=y>", "' style='x", "]]>", "<!--", "{{ 1 }}"]),
    ) {
        let text = format!("{around}{text}");
        let chart = Chart::Budget(vec![ChartBar {
            name: text.clone(),
            spent: amount("1"),
            committed: amount("2"),
            available: amount("3"),
        }]);
        let mut sheet = register(&[(&text, amount("-1"))], vec![chart]);
        sheet.notes.push(text.clone());
        sheet.footer.push(text.clone());
        let page = html(&text, &[(&text, &sheet), (&text, &sheet)], Language::English);
        let texts = check(&page);
        let said = shown(&text);
        prop_assert!(texts.contains(&said), "{:?}", said);
    }
}
