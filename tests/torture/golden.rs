//! T17 and T18: ledgers of format 1 that are kept for ever. Not a byte of them changes; every later version says of them
//! what the first one said, and goes on with them; and README's page of Python, which shares no code with us, agrees.
//!
//! `tests/golden` is never blessed: what differs there is a fault of the program. A new format gets folders of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dice::Dice;
use crate::forgery::{fields_of, lines_of, whole_rows};
use crate::shop::{BINARY, Said, said, works};
use crate::trial::{Share, Tally, Trial};

pub(crate) const KEPT: Trial = Trial {
    name: "T18 golden-ledgers",
    what: "ledgers of format 1 read and gone on with as on the day they were written",
    run: kept,
};
pub(crate) const BY_PYTHON: Trial = Trial {
    name: "T17 by-another-hand",
    what: "README's page of Python, sha256sum and openssl on every golden ledger, whole and damaged",
    run: by_python,
};

const README: &str = include_str!("../../README.md");
const FIGURES: [&str; 6] = ["original", "adjusted", "revised", "committed", "spent", "available"];

/// A ledger with its budget, and what was said of it when it was written.
struct Golden {
    folder: PathBuf,
    name: String,
}

/// Figures by allocation and name.
type Table = BTreeMap<String, BTreeMap<String, String>>;

impl Golden {
    fn every() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let mut found: Vec<Self> = Vec::new();
        for item in fs::read_dir(&folder).unwrap() {
            let folder = item.unwrap().path();
            if folder.is_dir() {
                let name = folder.file_name().unwrap().to_string_lossy().into_owned();
                found.push(Self { folder, name });
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        assert!(found.len() >= 9, "golden ledgers are missing");
        found
    }

    fn ledger(&self) -> Vec<u8> {
        fs::read(self.folder.join("ledger.csv")).unwrap()
    }

    fn verified(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.folder.join("verified.json")).unwrap()).unwrap()
    }

    /// The last day of its year.
    fn year_end(&self) -> &'static str {
        if self.name == "carried" { "2023-12-31" } else { "2022-12-31" }
    }

    fn types(&self, folder: &Path, line: &str) -> Said {
        let mut command = Command::new(BINARY);
        command.args(["-b", "budget.toml", "--today", self.year_end()]).args(line.split(' ')).current_dir(folder);
        said(command.env_clear().env("TAIZHANG_BY", "小李"))
    }

    /// The same ledger in a folder that may be written to.
    fn copied(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["budget.toml", "ledger.csv", "ledger.csv.head"] {
            let _ = fs::copy(self.folder.join(name), folder.path().join(name));
        }
        folder
    }
}

fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let line = |row: csv::StringRecord| {
        let figures = names.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
        (row[0].to_owned(), figures)
    };
    reader.records().map(|row| line(row.unwrap())).collect()
}

fn kept(_share: &Share) -> Tally {
    let mut tally = Tally::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let sums = said(Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&root));
    tally.holds(sums.code == Some(0), || format!("golden files were changed: {sums:?}"));
    for golden in Golden::every() {
        let (name, ledger) = (&golden.name, golden.ledger());
        let folder = golden.copied();
        let verified = golden.types(folder.path(), "verify -f json");
        let says: serde_json::Value = serde_json::from_str(&verified.out).unwrap_or_default();
        let said_then = golden.verified();
        let same = said_then.as_object().unwrap().iter().all(|(key, value)| says[key] == *value);
        tally.holds(verified.code == Some(0) && same, || format!("{name}: {verified:?}"));
        let balance = golden.types(folder.path(), "balance -f csv");
        let (now, then) = (table(&balance.out), table(&fs::read_to_string(golden.folder.join("figures.csv")).unwrap()));
        let same =
            then.iter().all(|(key, line)| line.iter().all(|(figure, value)| now[key].get(figure) == Some(value)));
        tally.holds(same && now.len() == then.len(), || format!("{name}: {balance:?}"));
        let anchored = golden.types(folder.path(), &format!("verify --anchor {}", said_then["hash"].as_str().unwrap()));
        tally.holds(anchored.code == Some(0), || format!("{name}: {anchored:?}"));
        if said_then["closed_through"] == "2022-12" {
            continue;
        }
        let more = golden.types(folder.path(), "record -a travel --amount 0.01 --id more --clock-ok golden");
        let after = fs::read(folder.path().join("ledger.csv")).unwrap();
        let last = golden.types(folder.path(), "verify");
        let whole = whole_rows(&ledger);
        let holds = more.code == Some(0)
            && last.code == Some(0)
            && after.starts_with(whole)
            && lines_of(&after).len() == lines_of(whole).len() + 1;
        tally.holds(holds, || format!("{name}, gone on with: {more:?} {last:?}"));
    }
    tally
}

fn by_python(share: &Share) -> Tally {
    if !works(&["python3", "--version"]) {
        return Tally::not_tried("python3 is missing");
    }
    let folder = tempfile::tempdir().unwrap();
    let page = README.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let page_path = folder.path().join("verify.py");
    fs::write(&page_path, page).unwrap();
    let path = folder.path().join("ledger.csv");
    let python = |ledger: &[u8], as_of: &str| {
        fs::write(&path, ledger).unwrap();
        said(Command::new("python3").args([&page_path, &path]).arg(as_of))
    };
    let mut tally = Tally::default();
    if !works(&["openssl", "version"]) {
        tally.not_tried.push("openssl is missing: no SM3 of a closed month".into());
    }
    for golden in Golden::every() {
        let ledger = golden.ledger();
        let whole = whole_rows(&ledger);
        let answer = python(whole, golden.year_end());
        let holds = answer.code == Some(0) && agrees(&golden, &answer.out);
        tally.holds(holds, || format!("{}: {answer:?}", golden.name));
        closed_months(&golden, whole, &path, &mut tally);
        // Damaged: whoever refuses it, the other does too. Nobody has a head here.
        let copy = golden.copied();
        let _ = fs::remove_file(copy.path().join("ledger.csv.head"));
        let mut dice = Dice(share.seed);
        for _ in 0..share.of(4, 200) {
            let (at, bit) = (dice.index(whole.len() - 1), dice.below(8));
            let mut damaged = whole.to_vec();
            damaged[at] ^= 1 << bit;
            fs::write(copy.path().join("ledger.csv"), &damaged).unwrap();
            let (ours, theirs) = (golden.types(copy.path(), "verify"), python(&damaged, golden.year_end()));
            let holds = (ours.code, theirs.code) == (Some(4), Some(1));
            tally.holds(holds, || format!("{}, byte {at} bit {bit}: {ours:?}, Python {theirs:?}", golden.name));
        }
    }
    tally
}

/// Whether Python's rows, last hash and figures are those that were said when the ledger was written.
fn agrees(golden: &Golden, out: &str) -> bool {
    let verified = golden.verified();
    let mut lines = out.lines();
    let rows = lines.next().is_some_and(|line| line.starts_with(&format!("verified {} rows", verified["rows"])));
    let hash = lines.next().is_some_and(|line| line.ends_with(verified["hash"].as_str().unwrap()));
    let figures = table(&fs::read_to_string(golden.folder.join("figures.csv")).unwrap());
    let mut count = 0;
    let same = lines.skip(1).filter(|line| !line.starts_with("total")).all(|line| {
        count += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        let theirs = FIGURES.iter().zip(&words[1..]);
        figures.get(words[0]).is_some_and(|ours| theirs.into_iter().all(|(figure, value)| ours[*figure] == *value))
    });
    rows && hash && same && count == figures.len()
}

/// What seals each month, by stock tools.
fn closed_months(golden: &Golden, ledger: &[u8], path: &Path, tally: &mut Tally) {
    for line in lines_of(ledger).into_iter().skip(1).map(fields_of).filter(|fields| fields[1] == "close") {
        let seal: BTreeMap<&str, &str> = line[9].split(';').filter_map(|part| part.split_once('=')).collect();
        let bytes: usize = seal["bytes"].parse().unwrap();
        fs::write(path, &ledger[..bytes]).unwrap();
        let tools: [(&str, &[&str]); 2] = [("sha256", &["sha256sum"]), ("sm3", &["openssl", "dgst", "-sm3", "-r"])];
        for (name, tool) in tools {
            if works(&[tool[0], if tool.len() > 1 { "version" } else { "--version" }]) {
                let answer = said(Command::new(tool[0]).args(&tool[1..]).arg(path));
                tally.holds(answer.out.starts_with(seal[name]), || {
                    format!("{}: row {}: {name}: {answer:?}", golden.name, line[0])
                });
            }
        }
    }
}
