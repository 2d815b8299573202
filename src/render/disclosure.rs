//! The sheet of the public text: its chapters in the order such texts have, numbered, with a table of the funds and, when
//! the year is over, one of the execution. Nothing of the ledger is known here but what the report holds.

use super::sheet::{Body, Cell, Column, Field, Part, Passage, Sheet, Signed};
use super::sheets::{column, named, unnamed, with_key};
use crate::domain::budget::Language;
use crate::domain::figure::Figure;
use crate::domain::project::{Prose, PublicText, Withheld};
use crate::lang::{self, DisclosureWord, Phrase, PublicPart, YearEndWord, phrase};
use crate::reports::disclosure::{Disclosed, DisclosedFigures, Disclosure, Uneven};

/// How the text is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) in_wan: bool,
    pub(crate) is_draft: bool,
}

pub(crate) fn disclosure(text: &Disclosure, language: Language, manner: Manner) -> Sheet {
    let title = DisclosureWord::Title { unit: text.unit.clone(), year: text.year };
    let stamps = stamps(text, language, manner);
    let heading = std::iter::once(lang::disclosure(language, &title)).chain((!stamps.is_empty()).then_some(stamps));
    Sheet {
        schema: "taizhang.disclosure/1",
        heading: heading.collect(),
        stamp: None,
        facts: Vec::new(),
        body: Body::Text {
            grounds: text.grounds,
            fields: fields(text, manner),
            passages: Chapters { text, language, in_wan: manner.in_wan, begun: 0, passages: Vec::new() }.written(),
        },
        notes: Vec::new(),
        charts: Vec::new(),
        footer: footer(text, language),
        signed: Signed::Never,
        in_wan: manner.in_wan,
    }
}

/// What must be seen by whoever is about to publish it.
fn stamps(text: &Disclosure, language: Language, manner: Manner) -> String {
    let places: usize = text.withheld.iter().map(Withheld::places).sum();
    let draft = if places == 0 { YearEndWord::Draft } else { YearEndWord::DraftUnfilled(places) };
    let is_open = text.is_executed && text.grounds.closed.is_none();
    let unverified = (!text.grounds.is_verified).then(|| lang::disclosure(language, &DisclosureWord::Unverified));
    let draft = manner.is_draft.then(|| lang::year_end(language, &draft));
    let open = is_open.then(|| lang::year_end(language, &YearEndWord::NotClosed));
    unverified.into_iter().chain(draft).chain(open).collect::<String>().trim().to_owned()
}

/// The day, and what made it: no row, no digest.
fn footer(text: &Disclosure, language: Language) -> Vec<String> {
    let made = [phrase(language, &Phrase::AsOf(text.grounds.as_of)), format!("taizhang {}", env!("CARGO_PKG_VERSION"))];
    let statutory = text.is_executed.then(|| phrase(language, &Phrase::NotTheStatutoryLedger));
    std::iter::once(made.join(" · ")).chain(statutory).collect()
}

/// What programs get beside the tables.
fn fields(text: &Disclosure, manner: Manner) -> Vec<Field> {
    let said = |prose: &Prose| prose_cell(prose);
    let year = u64::try_from(text.year.number()).map_or(Cell::Empty, Cell::Number);
    let executed = |cell: Cell| if text.is_executed { cell } else { Cell::Empty };
    vec![
        Field::hidden("title", Cell::Text(text.title.clone())),
        Field::hidden("unit", Cell::Text(text.unit.clone())),
        Field::hidden("fiscal_year", year),
        Field::hidden("draft", Cell::Flag(manner.is_draft)),
        Field::hidden("complete", Cell::Flag(text.withheld.is_empty())),
        Field::hidden("executed", Cell::Flag(text.is_executed)),
        Field::hidden("basis", said(&text.project.basis)),
        Field::hidden("overview", said(&text.project.overview)),
        Field::hidden("plan", said(&text.project.plan)),
        Field::hidden("results", said(&text.project.results)),
        Field::hidden("original", Cell::Amount(text.total.original)),
        Field::hidden("adjusted", Cell::Amount(text.total.adjusted)),
        Field::hidden("revised", Cell::Amount(text.total.revised)),
        Field::hidden("spent", executed(Cell::Amount(text.total.spent))),
        Field::hidden("execution_rate", executed(Cell::rate(text.total.execution_rate))),
    ]
}

/// A text as one value, a line a paragraph.
fn prose_cell(prose: &Prose) -> Cell {
    if prose.is_empty() { Cell::Empty } else { Cell::Text(prose.paragraphs().join("\n")) }
}

/// The chapters as they are written, one after another.
struct Chapters<'t> {
    text: &'t Disclosure,
    language: Language,
    in_wan: bool,
    /// How many chapters there are so far.
    begun: usize,
    passages: Vec<Passage>,
}

impl Chapters<'_> {
    fn written(mut self) -> Vec<Passage> {
        let text = self.text;
        self.begin(PublicPart::Name);
        self.paragraph(text.title.clone());
        self.begin(PublicPart::Basis);
        self.prose(&text.project.basis, PublicText::Basis);
        self.begin(PublicPart::Unit);
        self.paragraph(text.unit.clone());
        self.begin(PublicPart::Overview);
        self.prose(&text.project.overview, PublicText::Overview);
        self.begin(PublicPart::Content);
        for disclosed in &text.allocations {
            let allocation = &disclosed.allocation;
            let item = DisclosureWord::Item { number: allocation.number, name: allocation.name.clone() };
            self.passages.push(Passage::Subheading(lang::disclosure(self.language, &item)));
            self.prose(&disclosed.content, PublicText::Content(allocation.key.clone()));
        }
        self.begin(PublicPart::Funding);
        self.funding();
        self.begin(PublicPart::Plan);
        self.prose(&text.project.plan, PublicText::Plan);
        self.begin(PublicPart::Results);
        self.prose(&text.project.results, PublicText::Results);
        if text.is_executed {
            self.begin(PublicPart::Execution);
            self.execution();
        }
        self.passages
    }

    fn begin(&mut self, part: PublicPart) {
        self.begun += 1;
        let heading = DisclosureWord::Heading { number: self.begun, part };
        self.passages.push(Passage::Heading(lang::disclosure(self.language, &heading)));
    }

    fn paragraph(&mut self, text: String) {
        self.passages.push(Passage::Paragraph(text));
    }

    fn say(&mut self, word: &DisclosureWord) {
        self.paragraph(lang::disclosure(self.language, word));
    }

    /// A text of the budget file, or that it is to be written.
    fn prose(&mut self, prose: &Prose, place: PublicText) {
        if prose.is_empty() {
            self.say(&DisclosureWord::ToBeWritten(place));
        }
        prose.paragraphs().iter().for_each(|paragraph| self.paragraph(paragraph.clone()));
    }

    fn funding(&mut self) {
        let (text, in_wan) = (self.text, self.in_wan);
        let DisclosedFigures { original, adjusted, revised, .. } = text.total;
        self.say(&DisclosureWord::Given { year: text.year, total: original, in_wan });
        if !text.funds.is_empty() {
            self.say(&DisclosureWord::GivenByFund { funds: text.funds.clone(), in_wan });
        }
        if text.is_adjusted {
            self.say(&DisclosureWord::Revised { adjusted, revised, in_wan });
        }
        self.passages.push(Passage::Table(funding_table(text, self.language, in_wan)));
        self.rounding(&text.uneven_funding);
    }

    fn execution(&mut self) {
        let (text, in_wan) = (self.text, self.in_wan);
        let DisclosedFigures { revised, spent, execution_rate: rate, .. } = text.total;
        self.say(&DisclosureWord::Executed { year: text.year, revised, spent, rate, in_wan });
        self.passages.push(Passage::Table(execution_table(text, self.language, in_wan)));
        self.say(&DisclosureWord::ExecutionRule);
        self.rounding(&text.uneven_execution);
    }

    fn rounding(&mut self, uneven: &Uneven) {
        if !self.in_wan {
            return;
        }
        let Uneven { columns, lines } = uneven.clone();
        let columns = (!columns.is_empty()).then_some(Phrase::RoundedRowsDoNotFoot(columns));
        let lines = (!lines.is_empty()).then_some(Phrase::RoundedArithmetic(lines));
        for note in columns.into_iter().chain(lines) {
            self.paragraph(phrase(self.language, &note));
        }
    }
}

/// What each allocation was given; the columns of changes are seen only where there was one.
fn funding_table(text: &Disclosure, language: Language, in_wan: bool) -> Part {
    let changes = |figure: Figure| {
        let column = column(language, figure, 0);
        Column { heading: column.heading.filter(|_| text.is_adjusted), ..column }
    };
    let mut columns = with_key(vec![column(language, Figure::Number, 1), column(language, Figure::Name, 0)]);
    columns.push(Column { heading: None, ..column(language, Figure::Content, 0) });
    columns.extend([column(language, Figure::Original, 0), changes(Figure::Adjusted), changes(Figure::Revised)]);
    let figures = |line: &DisclosedFigures| [line.original, line.adjusted, line.revised].map(Cell::Amount);
    let row = |disclosed: &Disclosed| {
        let content = vec![prose_cell(&disclosed.content)];
        [named(&disclosed.allocation), content, figures(&disclosed.figures).to_vec()].concat()
    };
    Part {
        key: "funding",
        caption: Some(lang::disclosure(language, &DisclosureWord::FundingTable { in_wan })),
        columns,
        rows: text.allocations.iter().map(row).collect(),
        total: Some([unnamed(language), vec![Cell::Empty], figures(&text.total).to_vec()].concat()),
    }
}

fn execution_table(text: &Disclosure, language: Language, in_wan: bool) -> Part {
    let columns = [
        (Figure::Number, 1),
        (Figure::Name, 0),
        (Figure::Original, 0),
        (Figure::YearRevised, 0),
        (Figure::YearSpent, 0),
        (Figure::ExecutionRate, 0),
    ];
    let figures = |line: &DisclosedFigures| {
        let amounts = [line.original, line.revised, line.spent].map(Cell::Amount);
        amounts.into_iter().chain([Cell::rate(line.execution_rate)]).collect::<Vec<_>>()
    };
    let row = |disclosed: &Disclosed| [named(&disclosed.allocation), figures(&disclosed.figures)].concat();
    Part {
        key: "execution",
        caption: Some(lang::disclosure(language, &DisclosureWord::ExecutionTable { in_wan })),
        columns: with_key(columns.map(|(figure, dispensable)| column(language, figure, dispensable)).to_vec()),
        rows: text.allocations.iter().map(row).collect(),
        total: Some([unnamed(language), figures(&text.total)].concat()),
    }
}
