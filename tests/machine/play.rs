//! A sequence played: each command typed, and all that it says and writes held against the model, to the byte.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::{Value, json};
use taizhang::Exit;

use super::command::{Command, Event, Step, Verb};
use super::importing;
use super::last_year;
use super::made_up::Made;
use super::model::{Model, Row, available};
use super::reasons::{Problem, Reason, agree, exit};
use super::rules::{Outcome, outcome};
use super::table::FILE;
use crate::laws::explained;
use crate::laws::figures::{self, Agreement};
use crate::laws::laid_by;
use crate::laws::months;
use crate::laws::payments;
use crate::laws::reckoning::{self, fields, yuan};
use crate::laws::spending;
use crate::memory::Memory;
use crate::office::{Office, Seen};

/// The books of one year, and what stands beside them.
const BOOKS: [&str; 4] = ["made-up.toml", "made-up.csv", "made-up.csv.head", "made-up.csv.lock"];

/// The days a clock may show, from November 2021 on.
static DAYS: LazyLock<Vec<String>> = LazyLock::new(|| (-60..420).map(reckoning::day).collect());

fn day(number: i64) -> &'static str {
    &DAYS[usize::try_from(number + 60).unwrap()]
}

/// What became of one command, for the tally.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Became {
    Written,
    Tried,
    AlreadyThere,
    Refused,
}

/// One command and why it was refused, or what was remarked on.
pub(super) struct Happened {
    pub(super) verb: Verb,
    pub(super) became: Became,
    pub(super) reasons: Vec<Reason>,
}

/// A made-up office and what the model knows of it.
pub(super) struct World {
    office: Office<Memory>,
    pub(super) model: Model,
    /// Where the books are.
    folder: &'static str,
    /// Every file that may be there.
    known: Vec<PathBuf>,
}

impl World {
    pub(super) fn new(made: &Made) -> Self {
        let office = Office::on(Memory::default());
        let known = BOOKS.into_iter().chain([FILE]).map(PathBuf::from).collect();
        office.files.put(BOOKS[0], made.toml());
        Self { office, model: Model::new(made), folder: "", known }
    }

    /// Another year's books, in a folder beside these.
    pub(super) fn next(&mut self, folder: &'static str, made: Made) -> Self {
        self.known.extend(self.office.files.names());
        self.known.extend(BOOKS.map(|name| PathBuf::from(format!("{folder}{name}"))));
        let known = self.known.clone();
        let next = Self { office: Office::on(self.office.files.clone()), model: Model::new(&made), folder, known };
        next.office.files.put(next.book(0), made.toml());
        next
    }

    fn book(&self, place: usize) -> String {
        format!("{}{}", self.folder, BOOKS[place])
    }

    /// Every file that is there, but for the locks, which hold nothing.
    fn files(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let names =
            self.office.files.names().into_iter().filter(|name| name.extension().is_none_or(|end| end != "lock"));
        names.map(|name| (name.clone(), self.office.files.bytes(name))).collect()
    }

    /// Whether the ledger as a whole is sound.
    pub(super) fn verified(&self) -> Agreement {
        let seen = self.office.runs(&["verify", "-b", &self.book(0)]);
        if seen.exit == Exit::Done { Ok(()) } else { Err(format!("verify says\n{}{}", seen.out, seen.err)) }
    }

    /// Lets a step happen. An error says in which way the program and the model disagree.
    pub(super) fn step(&mut self, step: &Step) -> Result<Option<Happened>, String> {
        match &step.event {
            Event::Edits(edit) => {
                self.model.edit(*edit);
                self.office.files.put(self.book(0), self.model.file.toml());
                Ok(None)
            }
            Event::Types(command) => {
                let written = &self.model.written;
                let command = command.resolved(|step| written.get(&step).copied());
                self.types(step.number, &command).map(Some)
            }
        }
    }

    fn types(&mut self, number: usize, command: &Command) -> Result<Happened, String> {
        self.office.today = day(command.day);
        let operator = (!command.nobody).then(|| ("TAIZHANG_BY", "小李".to_owned()));
        self.office.environment = operator.into_iter().collect();
        if let Some(table) = &command.table {
            self.office.files.put(FILE, table.text());
        }
        let expected = outcome(&self.model, command);
        let before = self.files();
        let words = command.words();
        let budget = self.book(0);
        let mut words: Vec<&str> = words.iter().map(String::as_str).chain(["-f", "json"]).collect();
        if !self.folder.is_empty() {
            words.extend(["-b", &budget]);
        }
        let seen = self.office.runs(&words);
        let verb = command.verb;
        let judged = match expected {
            Outcome::Refused(problems) => {
                let reasons = problems.iter().map(|problem| problem.reason).collect();
                let (notes, problems): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::is_note);
                let refused = says(&seen, exit(&problems), &problems, &[], &notes);
                let quiet = if seen.out.is_empty() { Ok(()) } else { Err("a refusal answers on stdout".to_owned()) };
                let unchanged = self.unchanged(&before);
                refused.and(quiet).and(unchanged).map(|()| Happened { verb, became: Became::Refused, reasons })
            }
            Outcome::Already(rows) => {
                let seqs = rows.start + 1..=rows.end;
                let rows = self.model.rows[rows].to_vec();
                let receipt = self.receipt(command, &rows, seqs.collect(), &self.model.rows);
                let answer = says(&seen, Exit::Done, &[], &[], &[]).and_then(|()| self.answers(&seen, receipt, true));
                let unchanged = self.unchanged(&before);
                let (became, reasons) = (Became::AlreadyThere, Vec::new());
                answer.and(unchanged).map(|()| Happened { verb, became, reasons })
            }
            Outcome::Imports(load) => {
                let reasons = load.remarks.iter().map(|remark| remark.reason).collect();
                let done = says(&seen, Exit::Done, &[], &load.remarks, &[]);
                let became = match load.rows.len() {
                    0 => Became::AlreadyThere,
                    _ if command.says("dry-run") => Became::Tried,
                    _ => Became::Written,
                };
                let loaded = done.and_then(|()| match became {
                    Became::Written => self.loaded(number, command, &load, &seen),
                    Became::Tried | Became::AlreadyThere | Became::Refused => {
                        let answer = importing::answer(&self.model, &load, command, None);
                        agreed(&seen, &answer).and_then(|()| self.unchanged(&before))
                    }
                });
                loaded.map(|()| Happened { verb, became, reasons })
            }
            Outcome::Writes { rows, remarks } => {
                let reasons = remarks.iter().map(|remark| remark.reason).collect();
                let done = says(&seen, Exit::Done, &[], &remarks, &[]);
                let became = if command.says("dry-run") { Became::Tried } else { Became::Written };
                let written = done.and_then(|()| match became {
                    Became::Written => self.written(number, command, rows, &seen),
                    Became::Tried | Became::AlreadyThere | Became::Refused => {
                        self.tried(command, &rows, &seen).and_then(|()| self.unchanged(&before))
                    }
                });
                written.map(|()| Happened { verb, became, reasons })
            }
        };
        judged.map_err(|why| format!("{why}\nstdout: {}\nstderr: {}", seen.out, seen.err))
    }

    fn unchanged(&self, before: &[(PathBuf, Option<Vec<u8>>)]) -> Agreement {
        if self.files() != before {
            return Err("a file was changed".into());
        }
        self.nothing_else()
    }

    fn nothing_else(&self) -> Agreement {
        match self.office.files.names().into_iter().find(|name| !self.known.contains(name)) {
            None => Ok(()),
            Some(name) => Err(format!("{} is left over", name.display())),
        }
    }

    fn written(&mut self, number: usize, command: &Command, rows: Vec<Row>, seen: &Seen) -> Agreement {
        let first = self.model.rows.len();
        self.appended(number, command, rows)?;
        let seqs = (first + 1..=self.model.rows.len()).collect();
        let receipt = self.receipt(command, &self.model.rows[first..], seqs, &self.model.rows);
        self.answers(seen, receipt, false)?;
        self.nothing_else()
    }

    fn loaded(&mut self, number: usize, command: &Command, load: &importing::Load, seen: &Seen) -> Agreement {
        let before = self.model.clone();
        self.appended(number, command, load.rows.clone())?;
        agreed(seen, &importing::answer(&before, load, command, Some(self.model.bytes.hash())))?;
        self.nothing_else()
    }

    /// The bytes before are the first bytes after, and the new ones are those of exactly these rows.
    fn appended(&mut self, number: usize, command: &Command, mut rows: Vec<Row>) -> Agreement {
        let text = |name: String| String::from_utf8(self.office.files.bytes(name).unwrap_or_default()).unwrap();
        let (ledger, head) = (text(self.book(1)), text(self.book(2)));
        let before = if self.model.is_open() { self.model.bytes.text.as_str() } else { "" };
        let new = ledger.strip_prefix(before).ok_or("the ledger's earlier bytes were changed")?;
        let new = new.lines().nth(usize::from(before.is_empty())).ok_or("nothing was written")?;
        // When a row was written, and an id that was made, only the ledger knows.
        let stamped = fields(new);
        let (id, at) = (&stamped[18], &stamped[20]);
        let last = self.model.rows.last().map(|row| row.at.clone()).unwrap_or_default();
        let behind = day(command.day) < last.get(..10).unwrap_or_default();
        if !at.starts_with(day(command.day)) || at.len() != 25 || !at.ends_with("+08:00") || !behind && *at < last {
            return Err(format!("{at} is not when it was written"));
        }
        let made = id.strip_prefix("t-").is_some_and(|hex| hex.len() == 16 && u64::from_str_radix(hex, 16).is_ok());
        if rows[0].id.is_empty() {
            if !made || self.model.under(id).is_some() {
                return Err(format!("{id} is no id made anew"));
            }
            rows[0].id.clone_from(id);
        }
        let mut bytes = self.model.bytes.clone();
        for row in &mut rows {
            row.at.clone_from(at);
            if row.kind == "close" {
                row.memo = bytes.seal();
            }
            bytes.push(row);
        }
        if bytes.text != ledger {
            return Err(format!(
                "the rows should be\n{}but they are\n{}",
                &bytes.text[before.len()..],
                &ledger[before.len()..]
            ));
        }
        if bytes.head() != head {
            return Err(format!("the head should be {}but is {head}", bytes.head()));
        }
        self.model.append(number, rows);
        Ok(())
    }

    /// What a dry run answers is what the real one would.
    fn tried(&self, command: &Command, rows: &[Row], seen: &Seen) -> Agreement {
        let first = self.model.rows.len() + 1;
        let after: Vec<Row> = self.model.rows.iter().chain(rows).cloned().collect();
        let mut receipt = self.receipt(command, rows, (first..first + rows.len()).collect(), &after);
        receipt["hash"] = Value::Null;
        self.answers(seen, receipt, false)
    }

    /// The receipt for these rows, where `after` are all rows of the ledger.
    fn receipt(&self, command: &Command, rows: &[Row], seqs: Vec<usize>, after: &[Row]) -> Value {
        let main = &rows[rows.len() - 1];
        let of_line = |row: &Row| available(after.iter(), Some(&row.allocation));
        let whole = matches!(command.verb, Verb::Open | Verb::Close | Verb::Split);
        let available = if whole { available(after.iter(), None) } else { of_line(main) };
        let summed = matches!(command.verb, Verb::Open | Verb::Split);
        let amount = if summed { rows.iter().map(|row| row.amount).sum() } else { main.amount };
        let allocation = Some(&main.allocation).filter(|key| !whole && !key.is_empty());
        let id = Some(&rows[0].id).filter(|id| !id.is_empty());
        let mut receipt = json!({
            "schema": "taizhang.receipt/1",
            "seq": seqs.last(),
            "kind": command.verb.kind(),
            "ref": main.refers_to,
            "allocation": allocation,
            "date": main.date,
            "amount": yuan(amount),
            "available": yuan(available),
            "id": id,
            "hash": null,
            "dry_run": command.says("dry-run"),
        });
        if command.verb == Verb::Split {
            let part = |row: &Row| json!({ "allocation": row.allocation, "amount": yuan(row.amount), "available": yuan(of_line(row)) });
            receipt["parts"] = rows.iter().map(part).collect();
        }
        let fund = Some(&main.fund).filter(|fund| allocation.is_some() && !fund.is_empty());
        receipt["fund"] = fund.map_or(Value::Null, |fund| fund.clone().into());
        if let Some(line) = self.model.bytes.text.lines().nth(seqs[seqs.len() - 1]) {
            receipt["hash"] = line.rsplit(',').next().into();
        }
        receipt["seqs"] = seqs.into();
        if let Some(mut last) = command.last.clone() {
            let kept = command.splits.iter().filter_map(|typed| last.keep(typed)).count();
            debug_assert_eq!(kept, 0, "what can't be read was refused");
            for not_said in ["kind", "ref", "allocation", "fund", "amount", "available"] {
                receipt.as_object_mut().unwrap().remove(not_said);
            }
            receipt["schema"] = "taizhang.carrying/1".into();
            (receipt["from"], receipt["from_hash"]) = (last.id.into(), last.hash.clone().into());
            (receipt["rows"], receipt["total"]) = last_year::table(&last);
        }
        receipt
    }

    fn answers(&self, seen: &Seen, mut receipt: Value, already: bool) -> Agreement {
        receipt["already_recorded"] = already.into();
        agreed(seen, &receipt)
    }

    /// What must hold at the end of every sequence, whatever happened in it.
    pub(super) fn ends_well(&mut self, on: i64) -> Agreement {
        if !self.model.is_open() {
            return Ok(());
        }
        self.office.today = day(364);
        let (ledger, ways) = (self.model.bytes.text.clone(), self.model.file.ways);
        for day in [on, 364] {
            figures::agree(&self.office, &ledger, ways, day)?;
            explained::check(&self.office, ways.by_months, &ledger, day, ledger.len());
            // One cut of all, and another of one allocation; which, the ledger says.
            let length = ledger.len();
            let keys: Vec<String> =
                ledger.lines().map(fields).filter(|row| row[1] == "budget").map(|row| row[4].clone()).collect();
            spending::check(&self.office, &ledger, day, length, None)?;
            let only = keys.get(length % keys.len().max(1)).map(String::as_str);
            spending::check(&self.office, &ledger, day, length / 7, only)?;
            payments::check(&self.office, &ledger, day)?;
        }
        // A year month by month is a hundred reports, so not every ledger is asked for it.
        if ledger.len() % 40 == 0 {
            months::check(&self.office, ways.by_months, &ledger);
        }
        laid_by::check(&self.office);
        figures::verified(&self.office, &ledger)?;
        closes_hold(&ledger)
    }
}

/// Every close row states the digests of the bytes before it, as stock tools find them.
fn closes_hold(ledger: &str) -> Agreement {
    use sha2::Digest as _;
    let (mut before, mut rows) = (0, 0);
    for line in ledger.split_inclusive('\n') {
        let fields = fields(line.trim_end());
        if fields[1] == "close" {
            let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            let sha256 = hex(&sha2::Sha256::digest(&ledger[..before]));
            let sm3 = hex(&sm3::Sm3::digest(&ledger[..before]));
            let memo = format!("rows={};bytes={before};sha256={sha256};sm3={sm3}", rows - 1);
            if fields[9] != memo {
                return Err(format!("row {} states {}, not {memo}", fields[0], fields[9]));
            }
        }
        before += line.len();
        rows += 1;
    }
    Ok(())
}

/// The answer is this one, whichever version of the tool gives it.
fn agreed(seen: &Seen, expected: &Value) -> Agreement {
    let mut answer: Value = serde_json::from_str(&seen.out).map_err(|error| error.to_string())?;
    answer.as_object_mut().ok_or("no object")?.remove("tool");
    if answer == *expected { Ok(()) } else { Err(format!("it should answer\n{expected}\nbut answers\n{answer}")) }
}

/// The exit code, every error, every remark, and nothing besides.
fn says(seen: &Seen, expected: Exit, errors: &[Problem], warnings: &[Problem], notes: &[Problem]) -> Agreement {
    if seen.exit != expected {
        return Err(format!("it should end with {expected:?}, not {:?}; {errors:?}", seen.exit));
    }
    agree(&seen.err, "error:", errors)?;
    agree(&seen.err, "warning:", warnings)?;
    agree(&seen.err, "note:", notes)
}
