//! A year held against its statement, and README's script for the year's end, run by a shell with the real program.

use std::process::Command;

use serde_json::Value;
use taizhang::{Disk, Exit};

use super::cases::play_in;
use super::laws::payments::{Payment, payments};
use super::laws::reckoning::{fields, yuan};
use super::office::{Folder, LEDGER, Office};
use super::readme::blocks;

/// The row that the bank has not paid yet: the last of the year, of 20 December.
const IN_TRANSIT: &str = "记-1224";

/// What a bank would tell of the year: every payment less what was taken back in red, but for one on its way; and a fee.
fn statement(ledger: &str) -> (String, u64, usize) {
    let mut lines = vec!["交易日期,借方发生额,贷方发生额,对方户名,交易流水号".to_owned()];
    let mut in_transit = 0;
    for (seq, Payment { date, fen, row }) in payments(ledger, "2022-12-31") {
        if row[10] == IN_TRANSIT {
            in_transit = seq;
            continue;
        }
        let (out, back) = if fen > 0 { (yuan(fen), String::new()) } else { (String::new(), yuan(-fen)) };
        lines.push(format!("{},{out},{back},{},{}", date, row[8], row[11]));
    }
    lines.push("2022-12-21,15.00,,,".into());
    let fee = lines.len();
    (lines.join("\n") + "\n", in_transit, fee)
}

#[test]
fn a_year_agrees_with_its_statement_but_for_two_explained_differences() {
    let folder = Folder::new();
    let office = play_in(&folder, "whole-year/2022");
    // A right entry counts from the day of the wrong one, so the bank tells it then.
    let (told, in_transit, fee) = statement(&String::from_utf8(folder.read(LEDGER)).unwrap());
    folder.write("bank.csv", &told);
    let decided = format!(
        "rows,lines,date,amount,reason\n{in_transit},,,5000.00,一月到账\n,{fee},2022-12-21,15.00,从基本户列支\n"
    );
    folder.write("decided.csv", decided);
    let line = "-b chuxiong-xinfang-2022.toml reconcile bank.csv --as-of 2022-12-31 -f json";
    let open = office.types(line).expect(Exit::No).json();
    assert_eq!(open["only_in_ledger"][0]["seq"], in_transit);
    assert_eq!(open["only_in_statement"][0]["line"], fee);
    let explained = office.types(&format!("{line} --accept decided.csv")).expect(Exit::Done).json();
    assert_eq!((&explained["agrees"], &explained["difference"]), (&Value::from(true), &Value::from("4985.00")));
    // The ledger's side is what every other report has as spent.
    let balance = office.types("-b chuxiong-xinfang-2022.toml balance --as-of 2022-12-31 -f json");
    assert_eq!(explained["ledger_spent"], balance.expect(Exit::Done).json()["total"]["spent"]);
    // One 分 more in the bank's 32,000.00 of October, and both sides are pointed to.
    folder.write("bank.csv", told.replace(",32000.00,", ",32000.01,"));
    let broken = office.types(&format!("{line} --accept decided.csv")).expect(Exit::No).json();
    assert_eq!(broken["only_in_ledger"][0]["ledger_amount"], "32000.00");
    assert_eq!(broken["only_in_statement"][0]["statement_amount"], "32000.01");
    assert_eq!(broken["only_in_ledger"].as_array().unwrap().len(), 1);
}

/// Two payments that are not there, a pair that differs, one line that could be either of two rows, two that could be
/// either of two, and a fee.
fn open_items(folder: &Folder) -> Office<Disk> {
    let office = folder.opened();
    for (allocation, amount, day, rest) in [
        (1, "24800", "01-20", "--payee 顺达客运"),
        (3, "1680.50", "03-30", "--payee '李明,\"督查\"'"),
        (2, "500", "04-01", "--payee 王小明"),
        (2, "500", "04-01", "--payee 王小明"),
        (2, "700", "05-01", "--payee 张三 --payment ZF001"),
        (8, "900", "06-01", "--payee 印刷厂"),
        (8, "900", "06-01", "--payee 印刷厂"),
    ] {
        let line = format!("record -a {allocation} --amount {amount} --date 2022-{day} --id {day}-{amount} {rest}");
        // Two of one content would be one row.
        let line = line.replace("--id 04", &format!("--id {}", folder.read(LEDGER).len()));
        office.types(&line.replace("--id 06", &format!("--id {}", folder.read(LEDGER).len()))).expect(Exit::Done);
    }
    let told = [
        "日期,借方,贷方,对方户名,流水号",
        "2022-01-21,24800.00,,顺达客运,",
        "2022-04-03,500.00,,王小明,",
        "2022-05-02,701.00,,张三,ZF001",
        "2022-06-01,900.00,,印刷厂,",
        "2022-06-01,900.00,,印刷厂,",
        "2022-12-21,15.00,,=账户管理费,",
    ];
    folder.write("bank.csv", told.join("\n") + "\n");
    office
}

/// The list with a reason on each line that has none.
fn filled(list: &str) -> String {
    let mut lines = list.split_inclusive('\n');
    let headings = lines.next().unwrap().to_owned();
    let filled = lines.map(|line| line.strip_suffix(",\n").map_or(line.to_owned(), |line| format!("{line},查明\n")));
    headings + &filled.collect::<String>()
}

#[test]
fn what_is_open_becomes_a_list_that_is_accepted_once_its_reasons_are_filled_in() {
    for language in ["zh", "en"] {
        let folder = Folder::new();
        let office = open_items(&folder);
        let line = format!("reconcile bank.csv -f json --lang {language}");
        let open = office.types(&format!("{line} --undecided list.csv")).expect(Exit::No);
        assert!(open.err.contains("list.csv"), "{}", open.err);
        let open = open.json();
        let count: usize = ["differing", "ambiguous", "only_in_ledger", "only_in_statement"]
            .iter()
            .map(|list| open[list].as_array().unwrap().len())
            .sum();
        let list = String::from_utf8(folder.read("list.csv")).unwrap();
        assert!(list.starts_with('\u{feff}'), "Excel takes it for GBK otherwise");
        assert_eq!(list.lines().count(), 1 + count, "{list}");
        // Nothing is decided by a list that nobody has touched, and every line of it is pointed to.
        let refused = office.types(&format!("{line} --accept list.csv")).expect(Exit::Refused);
        assert_eq!(refused.err.matches("list.csv:").count(), count, "{}", refused.err);
        folder.write("decided.csv", filled(&list));
        let done = office.types(&format!("{line} --accept decided.csv --undecided again.csv")).expect(Exit::Done);
        assert_eq!(done.json()["agrees"], true);
        // What was decided is carried over, and can be accepted again.
        let again = String::from_utf8(folder.read("again.csv")).unwrap();
        let decisions = |text: &str| -> Vec<Vec<String>> {
            let kept = |fields: Vec<String>| [0, 1, 2, 3, 4, 5, 7].map(|place: usize| fields[place].clone()).to_vec();
            text.lines().skip(1).map(fields).map(kept).collect()
        };
        assert_eq!(decisions(&again), decisions(&filled(&list)));
        office.types(&format!("{line} --accept again.csv")).expect(Exit::Done);
    }
}

#[test]
fn a_list_that_someone_fills_in_is_never_written_over() {
    let folder = Folder::new();
    let office = open_items(&folder);
    let line = "reconcile bank.csv --undecided list.csv";
    office.types(line).expect(Exit::No);
    let list = folder.read("list.csv");
    office.types(line).expect(Exit::No);
    let begun = filled(&String::from_utf8(list).unwrap());
    folder.write("list.csv", &begun);
    let refused = office.types(line).expect(Exit::Refused);
    assert!(refused.out.is_empty() && refused.err.contains("--accept"), "{}", refused.err);
    assert_eq!(folder.read("list.csv"), begun.as_bytes());
    folder.write("decided.csv", &begun);
    let read = ["chuxiong-xinfang-2022.toml", LEDGER, "bank.csv", "decided.csv", "./bank.csv", "answer.json"];
    let before = read.map(|name| std::fs::read(folder.join(name)).ok());
    for name in read {
        let line = format!("reconcile bank.csv --accept decided.csv -o answer.json --undecided {name}");
        let refused = office.types(&line).expect(Exit::Refused);
        assert!(refused.err.contains(name), "{}", refused.err);
    }
    assert!(read.map(|name| std::fs::read(folder.join(name)).ok()) == before, "something was written");
}

/// Runs README's script in a folder, on a day in January.
fn script(folder: &Folder) -> (Option<i32>, String) {
    let scripts = blocks("sh");
    let script = scripts.iter().find(|block| block.starts_with("set -e\n")).unwrap();
    // The form's own file is another story, told by its cases.
    let script = script.replace("final --with final.txt", "final --draft");
    let program = format!("taizhang() {{ {:?} --today 2023-01-09 \"$@\"; }}\n", env!("CARGO_BIN_EXE_taizhang"));
    let asked = Command::new("bash")
        .args(["-c", &(program + &script)])
        .env("TAIZHANG_BY", "小李")
        .current_dir(folder.path())
        .output()
        .unwrap();
    (asked.status.code(), String::from_utf8_lossy(&[asked.stdout, asked.stderr].concat()).into_owned())
}

#[test]
fn the_script_for_the_years_end_stops_where_something_does_not_hold() {
    let folder = Folder::new();
    let mut office = folder.opened();
    office.types("record -a 1 --amount 24800 --date 2022-01-20 --payee 顺达客运 --id r-1").expect(Exit::Done);
    office.types("record -a 3 --amount 1680.50 --date 2022-03-22 --payee 李明 --id r-2").expect(Exit::Done);
    let bank = "日期,借方,贷方,对方户名\n2022-01-21,24800.00,,顺达客运\n2022-12-21,15.00,,\n";
    folder.write("对账单.csv", bank);
    folder.write("认定.csv", "笔号,行号,日期,金额,原因\n12,,,1680.50,一月到账\n,3,2022-12-21,15.00,从基本户列支\n");
    let next = include_str!("../budgets/chuxiong-xinfang-2022.toml");
    let next = next.replace("xinfang-2022", "xinfang-2023").replace("fiscal_year = 2022", "fiscal_year = 2023");
    std::fs::create_dir(folder.join("2023")).unwrap();
    folder.write("2023/chuxiong-xinfang-2023.toml", next);
    office.today = "2023-01-05";
    office.types("-b 2023/chuxiong-xinfang-2023.toml open --yes").expect(Exit::Done);
    let before = folder.read(LEDGER);

    folder.write("对账单.csv", bank.replace("24800.00", "24800.01"));
    let (code, said) = script(&folder);
    assert_eq!(code, Some(1), "{said}");
    assert!(folder.read(LEDGER) == before, "nothing is closed that does not agree");

    folder.write("对账单.csv", bank);
    let (code, said) = script(&folder);
    assert_eq!(code, Some(0), "{said}");
    assert!(String::from_utf8(folder.read(LEDGER)).unwrap().contains(",close,2022-12-31,"));
    assert!(folder.read("决算-2022.html").starts_with(b"<!DOCTYPE html>"));
    assert!(folder.read("对账-2022.xlsx").starts_with(b"PK"));

    let (code, said) = script(&folder);
    assert_eq!(code, Some(0), "repeated, each step says that it is done: {said}");

    let sealed = folder.read(LEDGER);
    folder.write(LEDGER, String::from_utf8(sealed).unwrap().replace("24800.00", "24800.01"));
    let (code, said) = script(&folder);
    assert_eq!(code, Some(4), "{said}");
}
