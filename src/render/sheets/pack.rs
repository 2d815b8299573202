//! The sheets of a month's pack beside its reports: the remarks on how to read and check them, and the list of its files.

use super::super::sheet::{Body, Cell, Column, Field, Part, Sheet, Signed};
use super::{column, footer, office};
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::figure::{Explained, Figure};
use crate::lang::{self, PackWord, Phrase, phrase};
use crate::reports::pack::{Pack, PackReport, Remarks, Use};

/// The figures whose rules the remarks give. The status is a comparison of others, and worded beside its table.
const TERMS: [Explained; 13] = [
    Explained::Original,
    Explained::Adjusted,
    Explained::Revised,
    Explained::Committed,
    Explained::Spent,
    Explained::Available,
    Explained::ExecutionRate,
    Explained::PlanToDate,
    Explained::Variance,
    Explained::VarianceRate,
    Explained::ElapsedRate,
    Explained::Gap,
    Explained::Forecast,
];

/// The short name of a report.
pub(crate) fn pack_name(report: PackReport, language: Language) -> String {
    lang::pack(language, &name(report))
}

/// What the whole pack of a month is called.
pub(crate) fn pack_title(month: Month, language: Language) -> String {
    lang::pack(language, &PackWord::Title(month))
}

fn name(report: PackReport) -> PackWord {
    match report {
        PackReport::Monthly => PackWord::Monthly,
        PackReport::Balance => PackWord::Balance,
        PackReport::Variance => PackWord::Variance,
        PackReport::Register => PackWord::Register,
        PackReport::Remarks => PackWord::Remarks,
    }
}

fn shows(report: PackReport) -> Option<PackWord> {
    match report {
        PackReport::Monthly => Some(PackWord::MonthlyShows),
        PackReport::Balance => Some(PackWord::BalanceShows),
        PackReport::Variance => Some(PackWord::VarianceShows),
        PackReport::Register => Some(PackWord::RegisterShows),
        PackReport::Remarks => None,
    }
}

/// How the reports of a month are read, and how anyone checks them without us.
pub(crate) fn remarks(remarks: &Remarks, language: Language) -> Sheet {
    let say = |word: PackWord| lang::pack(language, &word);
    let text = Cell::Text;
    let parts =
        remarks.reports.iter().filter_map(|report| Some(vec![text(say(name(*report))), text(say(shows(*report)?))]));
    let term = |explained: &Explained| {
        let rule =
            Phrase::Rule { explained: *explained, of_total: false, by_months: remarks.by_months, over_budget: false };
        vec![text(lang::name(language, explained.figure())), text(phrase(language, &rule))]
    };
    let corrections = vec![text(lang::name(language, Figure::MonthCorrections)), text(say(PackWord::CorrectionsRule))];
    let holds = |used: &Use| match used {
        Use::Reading => PackWord::FileForReading,
        Use::Working => PackWord::FileForWorking,
        Use::Text => PackWord::FileForText,
        Use::Spreadsheet(report) => PackWord::FileForSpreadsheets(say(name(*report))),
        Use::Programs => PackWord::FileForPrograms,
    };
    let files = remarks.files.iter().map(|(file, used)| vec![text(file.clone()), text(say(holds(used)))]);
    let table = |caption, left, right, rows| Part {
        key: "remarks",
        caption: Some(say(caption)),
        columns: vec![for_people(say(left)), for_people(say(right))],
        rows,
        total: None,
    };
    let figures = PackWord::CheckFigures { ledger: remarks.ledger.clone(), as_of: remarks.stamp.as_of.to_string() };
    let seal =
        remarks.stamp.closed.map(|closed| PackWord::CheckSeal { ledger: remarks.ledger.clone(), row: closed.seq });
    let chain = remarks.stamp.digest.map(|digest| PackWord::CheckChain { digest: digest.to_string() });
    Sheet {
        schema: "taizhang.remarks/1",
        heading: vec![office(&remarks.stamp, language), say(PackWord::RemarksTitle(remarks.month))],
        notes: [Some(figures), seal, chain].into_iter().flatten().map(say).collect(),
        footer: footer(&remarks.stamp, language),
        stamp: Some(remarks.stamp.clone()),
        facts: Vec::new(),
        body: Body::Parts {
            fields: Vec::new(),
            parts: vec![
                table(PackWord::Parts, PackWord::PartHeading, PackWord::PartShows, parts.collect()),
                table(
                    PackWord::Terms,
                    PackWord::TermHeading,
                    PackWord::TermRule,
                    TERMS.iter().map(term).chain([corrections]).collect(),
                ),
                table(PackWord::Files, PackWord::FileHeading, PackWord::FileHolds, files.collect()),
            ],
        },
        charts: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}

fn for_people(heading: String) -> Column {
    Column { figure: None, heading: Some(heading), dispensable: 0 }
}

/// The files that were written. Their digests are for programs, which compare them.
pub(crate) fn pack(pack: &Pack, language: Language) -> Sheet {
    let seen = |figure| column(language, figure, 0);
    let sha256 = Column { heading: None, ..column(language, Figure::Sha256, 0) };
    let rows = pack
        .files
        .iter()
        .map(|file| vec![Cell::Text(file.path.clone()), Cell::Number(file.bytes), Cell::Text(file.sha256.clone())]);
    let written = Phrase::PackWritten { months: pack.months.clone(), files: pack.files.len() };
    let months = pack.months.iter().map(|month| vec![("month", Cell::Text(month.to_string()))]);
    Sheet {
        schema: "taizhang.pack-files/1",
        heading: vec![phrase(language, &written)],
        stamp: None,
        facts: vec![Field::hidden("months", Cell::Records(months.collect()))],
        body: Body::Rows {
            columns: vec![seen(Figure::File), seen(Figure::Bytes), sha256],
            rows: rows.collect(),
            subtotals: Vec::new(),
            total: None,
        },
        notes: Vec::new(),
        charts: Vec::new(),
        footer: Vec::new(),
        signed: Signed::Never,
        in_wan: false,
    }
}
