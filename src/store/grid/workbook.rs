//! A workbook's sheets, and the one of them that is read. Sheets that people can't see are not considered.

use super::choice::chosen;
use super::markup::Piece;
use super::number::Era;
use super::origin::Broken;
use super::package::{Package, Part};
use super::row::Content;
use super::shared::Shared;
use super::sheet::{Legend, SheetRows};
use super::stream::Stream;
use super::styles;
use crate::problem::{Foreign, Problem};

/// The most of each part that is read, in bytes.
const LARGEST_SMALL_PART: u64 = 16 << 20;
const LARGEST_SHARED_TEXTS: u64 = 256 << 20;
const LARGEST_SHEET: u64 = 2 << 30;

/// How much of a sheet is looked at to see whether anything stands in it.
const GLANCE: u64 = 1 << 20;

/// An opened workbook.
pub(super) struct Workbook {
    package: Package,
    legend: Legend,
    sheet: Sheet,
}

/// A sheet that people can see.
#[derive(Debug, Clone)]
struct Sheet {
    name: String,
    part: String,
}

/// What leads from one part of a workbook to another.
struct Relation {
    id: String,
    /// The last word of its kind: `worksheet`, `styles`.
    kind: String,
    target: String,
}

impl Workbook {
    /// Opens the sheet of this name, or the only one that has anything in it.
    pub(super) fn open(stream: Stream, wanted: Option<&str>) -> Result<Self, Problem> {
        let mut package = Package::open(stream)?;
        let main = main_part(&mut package)?;
        let relations = relations(&mut package, &main)?;
        let (sheets, era) = sheets(&mut package, &main, &relations)?;
        let shared = named(&mut package, &relations, "sharedStrings", LARGEST_SHARED_TEXTS, Shared::read)?;
        let forms = named(&mut package, &relations, "styles", LARGEST_SMALL_PART, styles::forms)?;
        let legend = Legend { shared, forms, era };
        let path = package.origin().path();
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let place = chosen(&path, &names, wanted, |place| has_something(&mut package, &legend, &sheets[place]))?;
        let sheet = sheets[place].clone();
        Ok(Self { package, legend, sheet })
    }

    /// The name of the sheet that is read.
    pub(super) fn sheet(&self) -> &str {
        &self.sheet.name
    }

    /// Its rows.
    pub(super) fn rows(&mut self) -> Result<SheetRows<'_>, Problem> {
        rows(&mut self.package, &self.legend, &self.sheet, LARGEST_SHEET)
    }
}

/// The rows of a sheet, of which at most so many bytes are read.
fn rows<'w>(package: &'w mut Package, legend: &'w Legend, sheet: &Sheet, most: u64) -> Result<SheetRows<'w>, Problem> {
    let origin = package.origin().clone();
    let part = package.part(&sheet.part, LARGEST_SHEET, most)?;
    let part = part.ok_or_else(|| origin.problem(&sheet.part, Broken::Damaged))?;
    Ok(SheetRows::new(part, &sheet.part, legend, origin))
}

/// Reads a part whole, if it is there.
fn whole<T>(
    package: &mut Package,
    name: &str,
    most: u64,
    read: impl FnOnce(Part<'_>) -> Result<T, Broken>,
) -> Result<Option<T>, Problem> {
    let origin = package.origin().clone();
    let Some((part, _)) = package.part(name, most, most)? else { return Ok(None) };
    read(part).map(Some).map_err(|broken| origin.problem(name, broken))
}

/// Reads a part that the workbook may have. One that it names and has not is damage: without its styles a day would be
/// taken for a number.
fn named<T: Default>(
    package: &mut Package,
    relations: &[Relation],
    kind: &str,
    most: u64,
    read: impl FnOnce(Part<'_>) -> Result<T, Broken>,
) -> Result<T, Problem> {
    let Some(relation) = relations.iter().find(|relation| relation.kind == kind) else { return Ok(T::default()) };
    let found = whole(package, &relation.target, most, read)?;
    found.ok_or_else(|| package.origin().problem(&relation.target, Broken::Damaged))
}

/// The part that lists the sheets; or what else the archive is.
fn main_part(package: &mut Package) -> Result<String, Problem> {
    let origin = package.origin().clone();
    let foreign = |kind| Err(origin.foreign(kind));
    if package.has("content.xml") && package.has("mimetype") {
        return foreign(Foreign::OpenDocument);
    }
    let main = relations(package, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    match main {
        Some(main) if main.target.ends_with(".bin") => foreign(Foreign::BinaryWorkbook),
        Some(main) if package.has(&main.target) => Ok(main.target),
        Some(main) => Err(origin.problem(&main.target, Broken::Damaged)),
        None => foreign(Foreign::OtherArchive),
    }
}

/// Where a part leads to; the whole package has an empty name.
fn relations(package: &mut Package, from: &str) -> Result<Vec<Relation>, Problem> {
    let (folder, name) = from.rsplit_once('/').map_or(("", from), |(folder, name)| (folder, name));
    let list = resolved(folder, &format!("_rels/{name}.rels"));
    let found = whole(package, &list, LARGEST_SMALL_PART, |mut part| {
        let mut relations = Vec::new();
        loop {
            match part.next()? {
                Piece::Open(tag) if tag.name() == "Relationship" => {
                    let [id, kind, target] = tag.attributes(["Id", "Type", "Target"])?;
                    let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { return Err(Broken::Damaged) };
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(Relation { id: id.into_owned(), kind, target: resolved(folder, &target) });
                }
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
                Piece::End => return Ok(relations),
            }
        }
    })?;
    Ok(found.unwrap_or_default())
}

/// The name of a part that another part in this folder names.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The sheets that people can see, in their order, and where the workbook's days are counted from.
fn sheets(package: &mut Package, main: &str, relations: &[Relation]) -> Result<(Vec<Sheet>, Era), Problem> {
    let read = whole(package, main, LARGEST_SMALL_PART, |mut part| {
        let (mut sheets, mut era, mut is_workbook) = (Vec::new(), Era::From1900, false);
        loop {
            match part.next()? {
                Piece::Open(tag) => match tag.name() {
                    "workbook" => is_workbook = true,
                    "workbookPr" => {
                        let [from_1904] = tag.attributes(["date1904"])?;
                        if from_1904.is_some_and(|from_1904| matches!(&*from_1904, "1" | "true" | "on")) {
                            era = Era::From1904;
                        }
                    }
                    "sheet" => {
                        let [name, id, state] = tag.attributes(["name", "id", "state"])?;
                        let (Some(name), Some(id)) = (name, id) else { return Err(Broken::Damaged) };
                        let relation = relations.iter().find(|relation| relation.id == *id).ok_or(Broken::Damaged)?;
                        let is_visible = state.is_none_or(|state| state == "visible");
                        // A sheet may also be one chart, or a program.
                        if is_visible && relation.kind == "worksheet" {
                            sheets.push(Sheet { name: name.into_owned(), part: relation.target.clone() });
                        }
                    }
                    _ => {}
                },
                Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
                Piece::End => return Ok(is_workbook.then_some((sheets, era))),
            }
        }
    })?;
    read.flatten().ok_or_else(|| package.origin().foreign(Foreign::OtherArchive))
}

/// Whether anything stands in a sheet, as far as a glance tells; one that can't be read is not taken for empty.
fn has_something(package: &mut Package, legend: &Legend, sheet: &Sheet) -> Result<bool, Problem> {
    let found = rows(package, legend, sheet, GLANCE)?.next(&mut Content::default());
    Ok(found.unwrap_or(true))
}
