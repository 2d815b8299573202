//! Figures read back out of every form by readers that are not ours.
#![expect(clippy::wildcard_enum_match_arm, reason = "a reader looks for a few events of many")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use zip::ZipArchive;

/// A figure with two decimals, without what is there for the eye.
pub(super) fn figure(shown: &str) -> Option<String> {
    let plain = shown.replace([',', '*'], "");
    // Books have what is negative in brackets.
    let red = plain.trim().strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
    let plain = red.map_or(plain.clone(), |inside| format!("-{inside}"));
    let (whole, decimals) = plain.trim().trim_start_matches('-').split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(decimals) && decimals.len() == 2).then(|| plain.trim().to_owned())
}

pub(super) type Figures = Vec<Vec<String>>;

/// The lines that hold figures, and those.
pub(super) fn figures<'t>(lines: impl Iterator<Item = Vec<&'t str>>) -> Figures {
    let figures = lines.map(|cells| cells.into_iter().filter_map(figure).collect::<Vec<_>>());
    figures.filter(|line| !line.is_empty()).collect()
}

pub(super) fn in_markdown(text: &str) -> Figures {
    figures(text.lines().filter(|line| line.starts_with('|')).map(|line| line.split(" | ").map(unframed).collect()))
}

pub(super) fn unframed(cell: &str) -> &str {
    cell.trim_start_matches("| ").trim_end_matches(" |")
}

/// The rows of all tables of a page, with the texts of their cells; what stands below a chart is the chart's.
pub(super) fn in_html(page: &str) -> Figures {
    let mut reader = Reader::from_str(page);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut in_cell, mut in_chart) = (false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) if element.name().as_ref() == "figure" => in_chart = true,
            Event::End(element) if element.name().as_ref() == "figure" => in_chart = false,
            _ if in_chart => {}
            Event::Start(element) => match element.name().as_ref() {
                "tr" => rows.push(Vec::new()),
                "td" | "th" => {
                    in_cell = true;
                    rows.last_mut().unwrap().push(String::new());
                }
                _ => {}
            },
            Event::End(element) => in_cell &= !["td", "th"].contains(&element.name().as_ref()),
            Event::Text(text) if in_cell => rows.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    figures(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
}

/// A workbook's parts by their names.
pub(crate) fn parts(workbook: &[u8]) -> BTreeMap<String, String> {
    let mut package = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut part = String::new();
            package.by_name(&name).unwrap().read_to_string(&mut part).unwrap();
            (name, part)
        })
        .collect()
}

/// A cell of a worksheet.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) place: String,
    pub(super) is_text: bool,
    /// Its number format.
    pub(super) format: String,
    pub(super) formula: Option<String>,
    pub(super) value: String,
}

/// The cells of the first worksheet, by rows.
pub(super) fn cells(workbook: &[u8]) -> Vec<Vec<Cell>> {
    cells_of(workbook, 1)
}

/// The cells of a worksheet, counted from one, by rows.
pub(super) fn cells_of(workbook: &[u8], number: usize) -> Vec<Vec<Cell>> {
    let parts = parts(workbook);
    let formats = formats(&parts["xl/styles.xml"]);
    let mut reader = Reader::from_str(&parts[&format!("xl/worksheets/sheet{number}.xml")]);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut inside = String::new();
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                if name == "row" {
                    rows.push(Vec::new());
                } else if name == "c" {
                    let of = |wanted: &str| {
                        let attribute = element.attributes().map(Result::unwrap).find(|it| it.key.as_ref() == wanted);
                        attribute.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
                    };
                    let style: usize = of("s").parse().unwrap_or(0);
                    let cell = Cell {
                        place: of("r"),
                        is_text: of("t") == "s",
                        format: formats[style].clone(),
                        ..Cell::default()
                    };
                    rows.last_mut().unwrap().push(cell);
                }
                inside = name;
            }
            Event::Text(said) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    match inside.as_str() {
                        "v" => cell.value = (**said).to_owned(),
                        "f" => cell.formula = Some((**said).to_owned()),
                        _ => {}
                    }
                }
            }
            Event::Eof => return rows,
            _ => {}
        }
    }
}

/// The number format of each style.
pub(super) fn formats(styles: &str) -> Vec<String> {
    let mut reader = Reader::from_str(styles);
    let mut codes = BTreeMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let of = |wanted: &str| {
                    let attribute = element.attributes().map(Result::unwrap).find(|it| it.key.as_ref() == wanted);
                    attribute.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
                };
                match element.name().as_ref() {
                    "numFmt" => drop(codes.insert(of("numFmtId"), of("formatCode"))),
                    "cellXfs" => in_cells = true,
                    "cellStyles" => in_cells = false,
                    "xf" if in_cells => formats.push(codes.get(&of("numFmtId")).cloned().unwrap_or_default()),
                    _ => {}
                }
            }
            Event::Eof => return formats,
            _ => {}
        }
    }
}

pub(super) const AMOUNTS: &str = "#,##0.00;[Red]-#,##0.00";

pub(super) fn in_xlsx(workbook: &[u8]) -> Figures {
    figures_of_worksheet(workbook, 1)
}

pub(super) fn figures_of_worksheet(workbook: &[u8], number: usize) -> Figures {
    let is_figure = |cell: &Cell| !cell.value.is_empty() && !cell.is_text && [AMOUNTS, "0.00"].contains(&&*cell.format);
    let rows = cells_of(workbook, number).into_iter().map(|row| {
        let figures = row.iter().filter(|cell| is_figure(cell));
        figures.map(|cell| format!("{:.2}", cell.value.parse::<f64>().unwrap())).collect::<Vec<_>>()
    });
    rows.filter(|row| !row.is_empty()).collect()
}

pub(super) fn in_json(answer: &str) -> Figures {
    let answer: Value = serde_json::from_str(answer).unwrap();
    let lines = answer["rows"].as_array().unwrap().iter().chain([&answer["total"]]);
    let texts = lines.map(|line| line.as_object().unwrap().values().filter_map(Value::as_str).collect::<Vec<_>>());
    figures(texts)
}
