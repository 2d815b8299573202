//! A year held against its statement, and README's script for the year's end, run by a shell with the real program.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use taizhang::Exit;

use super::cases::play_in;
use super::laws::reckoning::{fields, yuan};
use super::office::{Folder, LEDGER};
use super::readme::blocks;

/// The row that the bank has not paid yet: the last of the year, of 20 December.
const IN_TRANSIT: &str = "记-1224";

/// What a bank would tell of the year: every payment less what was taken back in red, but for one on its way; and a fee.
fn statement(ledger: &str) -> (String, u64, usize) {
    let mut paid: BTreeMap<u64, (String, Vec<String>, i64)> = BTreeMap::new();
    let mut corrected = None;
    for row in ledger.lines().skip(1).map(fields) {
        let fen: i64 = row[6].replace('.', "").parse().unwrap_or(0);
        match row[1].as_str() {
            "expense" | "refund" => {
                // The right entry of a correction: money moved on the day of the wrong one.
                let paid_on = corrected.take().filter(|_| row[17] == "2of2");
                let date = paid_on.unwrap_or_else(|| row[2].clone());
                paid.insert(row[0].parse().unwrap(), (date, row, fen));
            }
            "reversal" => {
                let original = paid.get_mut(&row[15].parse().unwrap()).unwrap();
                original.2 += fen;
                corrected = Some(original.0.clone()).filter(|_| row[17] == "1of2");
            }
            _ => {}
        }
    }
    let mut lines = vec!["交易日期,借方发生额,贷方发生额,对方户名,交易流水号".to_owned()];
    let mut in_transit = 0;
    for (seq, (date, row, fen)) in paid.into_iter().filter(|(_, (_, _, fen))| *fen != 0) {
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
    let decided = format!("rows,lines,amount,reason\n{in_transit},,5000.00,一月到账\n,{fee},15.00,从基本户列支\n");
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
    folder.write("认定.csv", "笔号,行号,金额,原因\n12,,1680.50,一月到账\n,3,15.00,从基本户列支\n");
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
