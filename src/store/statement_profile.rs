//! `[statement]`, in the budget or in a file of its own: TOML to a checked [`Profile`], with every mistake said at its
//! place. It knows no statement, so whether a heading is there is not its question.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use super::budget_file;
use super::budget_values::{Problems, Stated, Table};
use super::files::Files;
use super::source::Source;
use super::statement_file::plain;
use crate::domain::date_format::DateFormat;
use crate::domain::statement::{Column, Found, Profile, Separator, Sign, TextEncoding};
use crate::domain::text::shortened;
use crate::problem::{BudgetFault, Failure, ProfileFault};

const OTHER_KEYS: [&str; 11] = [
    "encoding",
    "separator",
    "sheet",
    "date_format",
    "sign",
    "side_out",
    "side_in",
    "status_done",
    "skip_rows",
    "ignore",
    "only",
];

/// The last column a spreadsheet has, and more rows than a title has.
const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: usize = 1_048_576;

/// The longest text of the file that a message shows, in characters.
const SHOWN: usize = 60;

/// Reads a file that holds a profile and nothing else.
pub(crate) fn read(files: &dyn Files, path: &Path) -> Result<Profile, Failure> {
    parse(&budget_file::source(files, path)?)
}

fn parse(source: &Source) -> Result<Profile, Failure> {
    let mut problems = Problems::of(source);
    let (document, broken) = budget_file::document(source, &mut problems);
    let mut profile = Profile::default();
    // Behind a syntax error the tables are guesses.
    if !broken {
        let file = Table { entries: document.get_ref(), name: "file", span: 0..0 };
        file.check_keys(&["statement"], &mut problems);
        match file.get("statement") {
            Some(value) => profile = of(value, &mut problems),
            None => say(&mut problems, ProfileFault::NoTable, 0..0),
        }
    }
    if problems.found.is_empty() { Ok(profile) } else { Err(problems.in_order()) }
}

/// The table `[statement]`.
pub(crate) fn of(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Profile {
    let Some(table) = Table::of(value, "statement", problems) else { return Profile::default() };
    let columns = Column::ALL.map(Column::key);
    table.check_keys(&[&columns[..], &OTHER_KEYS].concat(), problems);
    let encoding = table.choice(
        "encoding",
        &TextEncoding::KEYS,
        TextEncoding::default(),
        |word| TextEncoding::from_key(&word.to_lowercase()),
        problems,
    );
    let separator = table.choice("separator", &Separator::KEYS, Separator::default(), Separator::from_key, problems);
    let sign = table.choice("sign", &Sign::KEYS, Sign::default(), Sign::from_key, problems);
    let sheet = table.get("sheet").and_then(|value| words(value, "sheet", problems)).map(|sheet| sheet.value);
    let [side_out, side_in] = ["side_out", "side_in"].map(|key| list(&table, key, problems));
    let both = side_in.iter().find(|word| side_out.iter().any(|out| plain(&out.value) == plain(&word.value)));
    if let Some(Stated { value, span }) = both {
        say(problems, ProfileFault::MarkTwice { text: shortened(value, SHOWN) }, span.clone());
    }
    let values = |list: Vec<Stated<String>>| list.into_iter().map(|stated| stated.value).collect();
    Profile {
        encoding,
        separator,
        sheet,
        columns: columns_of(&table, problems),
        date_format: date_format(&table, problems),
        sign,
        side_out: values(side_out),
        side_in: values(side_in),
        skip_rows: skip_rows(&table, problems).unwrap_or_default(),
        status_done: values(list(&table, "status_done", problems)),
        ignore: values(list(&table, "ignore", problems)),
        only: values(list(&table, "only", problems)),
    }
}

fn say(problems: &mut Problems<'_>, fault: ProfileFault, span: Range<usize>) {
    problems.say(BudgetFault::Profile(fault), span);
}

/// The columns, each in a place of its own, all by heading or all counted.
fn columns_of(table: &Table<'_>, problems: &mut Problems<'_>) -> Vec<(Column, Found)> {
    let mut stated: Vec<(Column, Stated<Found>)> = Vec::new();
    let before = problems.count();
    for column in Column::ALL {
        let found = table.get(column.key()).and_then(|value| found(value, column.key(), problems));
        stated.extend(found.map(|found| (column, found)));
    }
    stated.sort_by_key(|(_, found)| found.span.start);
    let is_place = |found: &Found| matches!(found, Found::Place(_));
    let same = |one: &Found, other: &Found| match (one, other) {
        (Found::Heading(one), Found::Heading(other)) => plain(one) == plain(other),
        (Found::Place(one), Found::Place(other)) => one == other,
        (Found::Heading(_), Found::Place(_)) | (Found::Place(_), Found::Heading(_)) => false,
    };
    for (number, (column, later)) in stated.iter().enumerate() {
        let key = column.key();
        if let Some((first, found)) = stated[..number].iter().find(|(_, found)| same(&found.value, &later.value)) {
            let (first, first_line) = (first.key(), problems.line(found.span.start));
            say(problems, ProfileFault::ColumnTwice { key, first, first_line }, later.span.clone());
        }
        let (_, first) = &stated[0];
        if is_place(&first.value) != is_place(&later.value) {
            let first_line = problems.line(first.span.start);
            say(problems, ProfileFault::HeadingsAndPlaces { key, first_line }, later.span.clone());
        }
    }
    // Without headings nothing can be recognised that isn't said.
    if problems.count() == before && stated.iter().any(|(_, found)| is_place(&found.value)) {
        let has = |wanted: &dyn Fn(Column) -> bool| stated.iter().any(|(column, _)| wanted(*column));
        if !has(&|column| column == Column::Date) {
            say(problems, ProfileFault::NoDate, table.span.clone());
        }
        if !has(&Column::is_sum) {
            say(problems, ProfileFault::NoSum, table.span.clone());
        } else if let Some((_, side)) = stated.iter().find(|(column, _)| *column == Column::Side)
            && !has(&|column| column == Column::Amount)
        {
            say(problems, ProfileFault::NothingToMark, side.span.clone());
        }
    }
    stated.into_iter().map(|(column, found)| (column, found.value)).collect()
}

fn found(value: &Spanned<DeValue<'_>>, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<Found>> {
    if value.get_ref().is_str() {
        let stated = words(value, key, problems)?;
        return Some(Stated { value: Found::Heading(stated.value), span: stated.span });
    }
    let place = number(value).filter(|place| (1..=MOST_COLUMNS).contains(place));
    if place.is_none() {
        say(problems, ProfileFault::NotAColumn { key }, value.span());
    }
    Some(Stated { value: Found::Place(place?), span: value.span() })
}

fn date_format(table: &Table<'_>, problems: &mut Problems<'_>) -> Option<DateFormat> {
    let stated = words(table.get("date_format")?, "date_format", problems)?;
    if stated.value.eq_ignore_ascii_case("auto") {
        return None;
    }
    let format = DateFormat::typed(&stated.value);
    if format.is_none() {
        let text = shortened(&stated.value, SHOWN);
        say(problems, ProfileFault::NotADateFormat { text }, stated.span);
    }
    format
}

fn skip_rows(table: &Table<'_>, problems: &mut Problems<'_>) -> Option<usize> {
    let value = table.get("skip_rows")?;
    let count = number(value).filter(|count| *count <= MOST_ROWS);
    if count.is_none() {
        say(problems, ProfileFault::NotACount { key: "skip_rows" }, value.span());
    }
    count
}

/// A list of texts, none of them empty.
fn list(table: &Table<'_>, key: &'static str, problems: &mut Problems<'_>) -> Vec<Stated<String>> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let Some(list) = value.get_ref().as_array() else {
        problems.say(BudgetFault::NotAList { key }, value.span());
        return Vec::new();
    };
    let mut said = Vec::new();
    for value in list.iter() {
        let Some(word) = words(value, key, problems) else { continue };
        // A star stands for what follows; alone it would be every row.
        if matches!(key, "ignore" | "only") && word.value.trim_end_matches('*').trim().is_empty() {
            problems.say(BudgetFault::EmptyText { key }, word.span);
            continue;
        }
        said.push(word);
    }
    said
}

/// A text as another program may have written it: what stands in a statement is held against it, and nothing else is
/// made of it.
fn words(value: &Spanned<DeValue<'_>>, key: &'static str, problems: &mut Problems<'_>) -> Option<Stated<String>> {
    let span = value.span();
    let Some(text) = value.get_ref().as_str() else {
        problems.say(BudgetFault::NotAText { key, found: value.get_ref().type_str() }, span);
        return None;
    };
    if text.trim().is_empty() {
        problems.say(BudgetFault::EmptyText { key }, span);
        return None;
    }
    Some(Stated { value: text.trim().to_owned(), span })
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<usize> {
    let number = value.get_ref().as_integer().filter(|number| number.radix() == 10)?;
    number.as_str().parse().ok()
}

#[cfg(test)]
#[path = "statement_profile_tests.rs"]
mod tests;
