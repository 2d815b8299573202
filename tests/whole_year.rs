//! The case of a full year (`cases/whole-year/2022`) looked at from outside: the CSV alone, summed by sqlite, gives every
//! figure of every allocation on four dates, and a closed June prints the same in July and in December.

use std::collections::BTreeMap;
use std::process::Command;

use taizhang::Exit;

use super::cases::play_in;
use super::office::{Folder, LEDGER};
use super::readme::not_tried;

const DATES: [&str; 4] = ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"];

/// The figures that rows move, in 分, by allocation: original, adjusted, committed, spent, available.
type Figures = BTreeMap<String, [i64; 5]>;

/// What sqlite makes of the CSV: nothing but sums by kind, as any spreadsheet would.
fn by_sqlite(folder: &Folder, date: &str) -> Option<Figures> {
    let sum =
        |kinds: &str| format!("sum(case when kind in ({kinds}) then cast(round(amount*100) as integer) else 0 end)");
    let (original, adjusted) = (sum("'budget'"), sum("'adjustment'"));
    let (committed, spent) = (sum("'commitment','release'"), sum("'expense','reversal','refund'"));
    let script = format!(
        ".mode csv\n.import {LEDGER} ledger\n.mode list\n\
         select allocation, {original}, {adjusted}, {committed}, {spent}, {original}+{adjusted}-{committed}-{spent}\n\
         from ledger where allocation <> '' and date <= '{date}' group by allocation;\n"
    );
    folder.write("figures.sql", script.into_bytes());
    let asked = Command::new("sh").args(["-c", "sqlite3 < figures.sql"]).current_dir(folder.path()).output().unwrap();
    if !asked.status.success() {
        return None;
    }
    let lines = String::from_utf8(asked.stdout).unwrap();
    let figures = lines.lines().map(|line| {
        let mut parts = line.split('|');
        let key = parts.next().unwrap().to_owned();
        (key, parts.map(|fen| fen.parse().unwrap()).collect::<Vec<i64>>().try_into().unwrap())
    });
    Some(figures.collect())
}

#[test]
fn the_csv_alone_gives_every_figure_on_four_dates() {
    if Command::new("sqlite3").arg("--version").output().is_err() {
        return not_tried("the year by SQL, for there is no sqlite3");
    }
    let folder = Folder::new();
    let office = play_in(&folder, "whole-year/2022");
    for date in DATES {
        let typed = format!("-b chuxiong-xinfang-2022.toml balance -f json --as-of {date}");
        let ours = office.types(&typed).expect(Exit::Done).json();
        let theirs = by_sqlite(&folder, date).expect("sqlite reads the CSV");
        let rows = ours["rows"].as_array().unwrap();
        assert_eq!((rows.len(), theirs.len()), (9, 9), "{date}");
        let fen = |row: &serde_json::Value, key: &str| -> i64 {
            row[key].as_str().unwrap().replace('.', "").parse().unwrap()
        };
        for row in rows {
            let figures = ["original", "adjusted", "committed", "spent", "available"].map(|key| fen(row, key));
            assert_eq!(theirs[row["allocation"].as_str().unwrap()], figures, "{} on {date}", row["allocation"]);
        }
    }
}

/// What sqlite groups spending by, a line a piece: its mark, how many expenses, what was paid, taken back, came back.
fn pieces_by_sqlite(folder: &Folder, mark: &str, date: &str) -> BTreeMap<String, [i64; 4]> {
    let sum = |kind: &str| format!("sum(case when kind = '{kind}' then cast(round(amount*100) as integer) else 0 end)");
    let script = format!(
        ".mode csv\n.import {LEDGER} ledger\n.mode list\n\
         select {mark}, sum(kind = 'expense'), {}, {}, {}\n\
         from ledger where kind in ('expense', 'reversal', 'refund') and date <= '{date}' group by 1;\n",
        sum("expense"),
        sum("reversal"),
        sum("refund"),
    );
    folder.write("pieces.sql", script.into_bytes());
    let asked = Command::new("sh").args(["-c", "sqlite3 < pieces.sql"]).current_dir(folder.path()).output().unwrap();
    assert!(asked.status.success(), "{asked:?}");
    let lines = String::from_utf8(asked.stdout).unwrap();
    let pieces = lines.lines().map(|line| {
        let mut parts = line.split('|');
        let mark = parts.next().unwrap().to_owned();
        (mark, parts.map(|number| number.parse().unwrap()).collect::<Vec<i64>>().try_into().unwrap())
    });
    pieces.collect()
}

#[test]
fn every_cut_of_the_year_is_what_sql_groups() {
    if Command::new("sqlite3").arg("--version").output().is_err() {
        return not_tried("spending by SQL, for there is no sqlite3");
    }
    let folder = Folder::new();
    let office = play_in(&folder, "whole-year/2022");
    let marks = [
        ("month", "substr(date, 1, 7)"),
        ("allocation", "allocation"),
        ("economic", "economic"),
        ("payee", "payee"),
        ("method", "method"),
    ];
    for (date, (cut, mark)) in DATES.iter().flat_map(|date| marks.map(|mark| (date, mark))) {
        let typed = format!("-b chuxiong-xinfang-2022.toml spending --by {cut} -f json --as-of {date}");
        let ours = office.types(&typed).expect(Exit::Done).json();
        let theirs = pieces_by_sqlite(&folder, mark, date);
        let fen = |row: &serde_json::Value, key: &str| -> i64 {
            row[key].as_str().unwrap().replace('.', "").parse().unwrap()
        };
        let rows = ours["rows"].as_array().unwrap().iter().map(|row| {
            let [paid, back, came] = ["expenses", "reversals", "refunds"].map(|key| fen(row, key));
            (row[cut].as_str().unwrap().to_owned(), [row["expense_count"].as_i64().unwrap(), paid, back, came])
        });
        // A month, an allocation or a method without a row is listed too; SQL has no group for it.
        let ours: BTreeMap<String, [i64; 4]> =
            rows.filter(|(mark, piece)| *piece != [0; 4] || theirs.contains_key(mark)).collect();
        assert_eq!(ours, theirs, "by {cut} on {date}");
    }
}

#[test]
fn a_closed_june_prints_the_same_in_july_and_in_december() {
    let folder = Folder::new();
    play_in(&folder, "whole-year/2022");
    for report in ["余额", "差异"] {
        let (july, december) = (format!("六月{report}-七月印.txt"), format!("六月{report}-十二月印.txt"));
        assert_eq!(folder.read(&july), folder.read(&december), "{report}");
        assert!(folder.read(&july).len() > 500);
    }
}
