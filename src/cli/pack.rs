//! The pack of a month: its reports as files in a folder, the same bytes for the same ledger and day.

use std::path::{Path, PathBuf};

use super::books::Books;
use super::desk::Desk;
use super::standing::{self, Asked, Standing};
use crate::domain::budget::Language;
use crate::domain::calendar::Month;
use crate::domain::months::Months;
use crate::domain::rules::Refusal;
use crate::domain::trail::Mover;
use crate::problem::{Doing, Exit, Failure, FileFault};
use crate::render::sheet::{Cell, Field, Sheet};
use crate::render::{Format, Screen, laid_out, sheets, together};
use crate::reports::balance::balance;
use crate::reports::curves::curves;
use crate::reports::monthly::monthly;
use crate::reports::pack::{Pack, PackFile};
use crate::reports::register::{Wanted, register};
use crate::reports::variance::variance;
use crate::store::chain::sha256;
use crate::store::whole;

/// A report of the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    Monthly,
    Balance,
    Variance,
    Register,
}

/// The files of a pack: the end of each one's name, behind the month, its form, and the reports in it.
const FILES: [(&str, Format, &[Report]); 5] = [
    ("-monthly.csv", Format::Csv, &[Report::Monthly]),
    ("-balance.csv", Format::Csv, &[Report::Balance]),
    ("-variance.csv", Format::Csv, &[Report::Variance]),
    ("-register.csv", Format::Csv, &[Report::Register]),
    (".json", Format::Json, &[Report::Monthly, Report::Balance, Report::Variance, Report::Register]),
];

/// By this mark Excel knows UTF-8; without it, it takes Chinese for GBK.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Report {
    /// Its key where several are one object.
    fn key(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Balance => "balance",
            Self::Variance => "variance",
            Self::Register => "register",
        }
    }
}

/// Writes the packs of these months, each into its folder, and answers with the list of files.
///
/// What is filed should not be replaced by half of it: where the ledger does not hold, nothing is written.
pub(super) fn write(
    desk: &mut Desk<'_>,
    books: &Books<'_>,
    asked: &Asked,
    folders: &[(Month, PathBuf)],
    with_mark: bool,
) -> Result<Exit, Failure> {
    if !books.ledger.exists()? {
        return Err(Refusal::NotOpened.into());
    }
    let paths = |month: &Month, folder: &Path| FILES.map(|(ending, ..)| folder.join(format!("{month}{ending}")));
    for (month, folder) in folders {
        for path in paths(month, folder) {
            desk.keep_file_off(&path, &[&books.path, &books.ledger.path])?;
        }
    }
    let mut standing = standing::read(desk, books, asked)?;
    if standing.stamp.unverified_from.is_some() {
        return Err(Failure(standing.into_problems()));
    }
    let trail = standing.trail.take().expect("it was asked for").into_rows();
    let by_month = standing.months.take().expect("they were asked for");
    let press = Press { books, standing: &standing, by_month: &by_month, trail: &trail, language: desk.language };
    let mut files = Vec::new();
    for (done, (month, folder)) in folders.iter().enumerate() {
        let made = FILES.map(|(_, format, reports)| press.file(*month, format, reports, asked.in_wan, with_mark));
        let failed = |error| FileFault::Io { doing: Doing::Creating, path: folder.clone(), error };
        let mut written = desk.world.files.create_folder(folder).map_err(|error| failed(error).into());
        for (path, text) in paths(month, folder).into_iter().zip(made) {
            written = written.and_then(|()| put(desk, path, &text)).map(|file| files.push(file));
        }
        desk.progress(done as u64 + 1, folders.len() as u64);
        if written.is_err() {
            desk.world.progress.clear();
        }
        written?;
    }
    desk.world.progress.clear();
    let pack = Pack { months: folders.iter().map(|(month, _)| *month).collect(), files };
    standing::answer(desk, &standing, &sheets::pack(&pack, desk.language))
}

fn put(desk: &Desk<'_>, path: PathBuf, bytes: &[u8]) -> Result<PackFile, Failure> {
    whole::replace(desk.world.files, &path, bytes).map_err(|error| FileFault::Io {
        doing: Doing::Writing,
        path: path.clone(),
        error,
    })?;
    Ok(PackFile { path: path.display().to_string(), bytes: bytes.len() as u64, sha256: sha256(bytes) })
}

/// Makes the files of a month.
struct Press<'p, 'w> {
    books: &'p Books<'w>,
    standing: &'p Standing,
    by_month: &'p Months,
    trail: &'p [Mover],
    language: Language,
}

impl Press<'_, '_> {
    fn file(&self, month: Month, format: Format, reports: &[Report], in_wan: bool, with_mark: bool) -> Vec<u8> {
        let sheets: Vec<(&str, Sheet)> =
            reports.iter().map(|report| (report.key(), self.sheet(month, *report, in_wan))).collect();
        let unseen = Screen { width: None, color: false };
        match (format, sheets.as_slice()) {
            (Format::Csv, [(_, sheet)]) if with_mark => {
                [BYTE_ORDER_MARK.to_string().as_bytes(), &laid_out(sheet, format, self.language, unseen)].concat()
            }
            (_, [(_, sheet)]) => laid_out(sheet, format, self.language, unseen),
            _ => {
                let month = Field::hidden("month", Cell::Text(month.to_string()));
                together("taizhang.pack/1", &[month], &sheets).into_bytes()
            }
        }
    }

    fn sheet(&self, month: Month, report: Report, in_wan: bool) -> Sheet {
        let (language, budget) = (self.language, &self.books.budget);
        let (names, day) = (&self.standing.names, self.by_month.last_day(month));
        let stamp = self.standing.stamp_on(self.books, day);
        match report {
            Report::Monthly => {
                sheets::monthly(&monthly(stamp, month, names, self.by_month, self.trail), language, in_wan)
            }
            Report::Balance => sheets::balance(&balance(stamp, names, &self.by_month.at_end(month)), language, in_wan),
            Report::Variance => {
                let mut report = variance(stamp, names, &self.by_month.at_end(month), &budget.control);
                report.charts = curves(names, self.by_month, month, budget.year);
                sheets::variance(&report, language, in_wan)
            }
            Report::Register => {
                let wanted = Wanted { from: month.first_day(), to: day, payee: None, voucher: None };
                sheets::register(&register(stamp, names, self.trail, wanted), language, in_wan)
            }
        }
    }
}
