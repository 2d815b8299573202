//! The pack of a month: its reports as files in a folder, the same bytes for the same ledger and day.

use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::asked::Asked;
use super::books::Books;
use super::desk::Desk;
use super::standing::{self, Standing};
use crate::domain::budget::Language;
use crate::domain::calendar::{Month, Pace};
use crate::domain::months::Months;
use crate::domain::rules::Refusal;
use crate::domain::trail::{Lost, Movers};
use crate::problem::{Exit, Failure, FileFault};
use crate::render::sheet::{Cell, Field, Sheet};
use crate::render::{Format, Screen, Unwritten, document, laid_out, sheets, together};
use crate::reports::balance::balance;
use crate::reports::monthly::monthly;
use crate::reports::pack::{Pack, PackFile, PackReport, Remarks, Use};
use crate::reports::register::{Wanted, register};
use crate::reports::stamp::Stamp;
use crate::reports::variance::variance;
use crate::store::chain::sha256;
use crate::store::whole;

/// What is in a file of the pack.
#[derive(Debug, Clone, Copy)]
enum Content {
    /// These parts one below the other, or a worksheet each.
    Document(Format, &'static [PackReport]),
    /// The figures of one report.
    Csv(PackReport),
    /// The figures of all reports.
    Json,
}

/// The parts as they are read: first what happened, last how to check it.
const READ: [PackReport; 5] =
    [PackReport::Monthly, PackReport::Balance, PackReport::Variance, PackReport::Register, PackReport::Remarks];
/// The worksheets: a workbook is opened to see what is left.
const WORKED_ON: [PackReport; 5] =
    [PackReport::Balance, PackReport::Variance, PackReport::Monthly, PackReport::Register, PackReport::Remarks];

/// The files of a pack: the end of each one's name, behind the month, what is in it and what for.
const FILES: [(&str, Content, Use); 8] = [
    (".html", Content::Document(Format::Html, &READ), Use::Reading),
    (".xlsx", Content::Document(Format::Xlsx, &WORKED_ON), Use::Working),
    (".md", Content::Document(Format::Markdown, &READ), Use::Text),
    ("-monthly.csv", Content::Csv(PackReport::Monthly), Use::Spreadsheet(PackReport::Monthly)),
    ("-balance.csv", Content::Csv(PackReport::Balance), Use::Spreadsheet(PackReport::Balance)),
    ("-variance.csv", Content::Csv(PackReport::Variance), Use::Spreadsheet(PackReport::Variance)),
    ("-register.csv", Content::Csv(PackReport::Register), Use::Spreadsheet(PackReport::Register)),
    (".json", Content::Json, Use::Programs),
];

/// By this mark Excel knows UTF-8; without it, it takes Chinese for GBK.
const BYTE_ORDER_MARK: &str = "\u{feff}";

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
    if standing.stamp.unverified.is_some() {
        return Err(Failure(standing.into_problems()));
    }
    let trail = standing.trail.take().expect("it was asked for");
    let by_month = standing.months.take().expect("they were asked for");
    let press = Press {
        books,
        standing: &standing,
        by_month: &by_month,
        trail: &trail,
        language: desk.language,
        in_wan: asked.in_wan,
        with_mark,
    };
    let mut files: Vec<PackFile> = Vec::new();
    for (done, (month, folder)) in folders.iter().enumerate() {
        let made = press.files(*month)?;
        let fails = |path: PathBuf, written: usize| move |error| FileFault::PackIncomplete { path, written, error };
        let mut written = desk.world.files.create_folder(folder).map_err(fails(folder.clone(), files.len()));
        for (path, bytes) in paths(month, folder).into_iter().zip(made) {
            if written.is_ok() {
                let before = files.len();
                let put = bytes.and_then(|bytes| put(desk, &path, &bytes));
                written = put.map(|file| files.push(file)).map_err(fails(path, before));
            }
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

fn put(desk: &Desk<'_>, path: &Path, bytes: &[u8]) -> io::Result<PackFile> {
    whole::replace(desk.world.files, path, bytes)?;
    Ok(PackFile { path: path.display().to_string(), bytes: bytes.len() as u64, sha256: sha256(bytes) })
}

/// Makes the files of a month.
struct Press<'p, 'w> {
    books: &'p Books<'w>,
    standing: &'p Standing,
    by_month: &'p Months,
    trail: &'p Rc<dyn Movers>,
    language: Language,
    in_wan: bool,
    with_mark: bool,
}

/// The parts of one month.
struct Parts {
    monthly: Sheet,
    balance: Sheet,
    variance: Sheet,
    register: Sheet,
    remarks: Sheet,
}

impl Parts {
    fn of(&self, report: PackReport) -> &Sheet {
        match report {
            PackReport::Monthly => &self.monthly,
            PackReport::Balance => &self.balance,
            PackReport::Variance => &self.variance,
            PackReport::Register => &self.register,
            PackReport::Remarks => &self.remarks,
        }
    }
}

impl Press<'_, '_> {
    fn files(&self, month: Month) -> Result<[io::Result<Vec<u8>>; FILES.len()], Lost> {
        let parts = self.parts(month)?;
        let mut files = FILES.map(|_| Ok(Vec::new()));
        for (file, (_, content, _)) in files.iter_mut().zip(FILES) {
            *file = match self.file(month, &parts, content) {
                Ok(bytes) => Ok(bytes),
                Err(Unwritten::Lost(lost)) => return Err(lost),
                Err(Unwritten::Untaken(error) | Unwritten::NotMade(error)) => Err(error),
            };
        }
        Ok(files)
    }

    fn file(&self, month: Month, parts: &Parts, content: Content) -> Result<Vec<u8>, Unwritten> {
        Ok(match content {
            Content::Document(format, reports) => {
                let names: Vec<String> =
                    reports.iter().map(|report| sheets::pack_name(*report, self.language)).collect();
                let sheets: Vec<(&str, &Sheet)> =
                    names.iter().zip(reports).map(|(name, report)| (name.as_str(), parts.of(*report))).collect();
                return document(&sheets::pack_title(month, self.language), &sheets, format, self.language);
            }
            Content::Csv(report) => {
                let mark = if self.with_mark { BYTE_ORDER_MARK } else { "" };
                let unseen = Screen { width: None, color: false };
                [mark.as_bytes(), &laid_out(parts.of(report), Format::Csv, self.language, unseen)?].concat()
            }
            Content::Json => {
                let month = Field::hidden("month", Cell::Text(month.to_string()));
                let sheets = PackReport::WITH_FIGURES.map(|report| (report.key(), parts.of(report)));
                return together("taizhang.pack/1", &[month], &sheets);
            }
        })
    }

    fn parts(&self, month: Month) -> Result<Parts, Lost> {
        let (language, budget, in_wan) = (self.language, &self.books.budget, self.in_wan);
        let (names, day, at_end) = (&self.standing.names, self.by_month.last_day(month), &self.by_month.at_end(month));
        let stamp = || self.standing.stamp_on(self.books, day);
        let wanted = Wanted { from: month.first_day(), to: day, payee: None, voucher: None };
        // The month's report has every chart; beside it they need not be drawn again.
        let mut balance = balance(stamp(), names, at_end);
        balance.charts.clear();
        Ok(Parts {
            monthly: sheets::monthly(&monthly(stamp(), month, names, self.by_month, &**self.trail)?, language, in_wan),
            balance: sheets::balance(&balance, language, in_wan),
            variance: sheets::variance(&variance(stamp(), names, at_end, &budget.control), language, in_wan),
            register: sheets::register(&register(stamp(), names, self.trail, wanted)?, language, in_wan),
            remarks: sheets::remarks(&self.remarks(month, stamp()), language),
        })
    }

    fn remarks(&self, month: Month, stamp: Stamp) -> Remarks {
        Remarks {
            stamp,
            month,
            reports: READ.to_vec(),
            by_months: self.books.budget.control.pace == Pace::Months,
            ledger: self.books.budget.ledger.clone(),
            files: FILES.iter().map(|(ending, _, used)| (format!("{month}{ending}"), *used)).collect(),
        }
    }
}
