//! Closed months: what is printed of them never changes, and what seals them is what stock tools find.

use sha2::{Digest, Sha256};
use taizhang::{Disk, Exit};

use super::office::{Folder, LEDGER, Office};

/// Half a year played, June closed.
fn closed(folder: &Folder) -> Office<Disk> {
    let office = folder.opened();
    for month in 1..=6 {
        office.types(&format!("record -a {month} --amount {month}00.10 --date 2022-0{month}-15")).expect(Exit::Done);
    }
    office.types("close 6 --through --id closing").expect(Exit::Done);
    office
}

/// A close row's memo as its four fields.
fn memo(line: &str) -> Vec<String> {
    let memo = line.split(',').nth(9).unwrap();
    memo.split(';').map(|field| field.split_once('=').unwrap().1.to_owned()).collect()
}

#[test]
fn a_closed_month_prints_the_same_in_december() {
    let folder = Folder::new();
    let office = closed(&folder);
    let print = |office: &Office<Disk>| {
        ["balance", "variance", "commitments", "explain status 2", "explain available", "explain forecast"].map(
            |report| {
                ["table", "csv", "json"].map(|format| {
                    office.types(&format!("{report} --as-of 2022-06-30 -f {format}")).expect(Exit::Done).out
                })
            },
        )
    };
    let in_june = print(&office);
    for month in 7..=12 {
        office
            .types(&format!("record -a {} --amount 77.70 --date 2022-{month:02}-15", month % 9 + 1))
            .expect(Exit::Done);
        office.types("reverse 11 --amount 1 --date 2022-12-30").expect(Exit::Done);
        office.types("adjust -a 2 --add 5 --doc 文号 --date 2022-12-01").expect(Exit::Done);
    }
    office.types("close 12 --through").expect(Exit::Done);
    assert_eq!(print(&office), in_june);
    assert!(in_june[0][0].contains("2022-06 已结账"), "{}", in_june[0][0]);
}

#[test]
fn the_pack_of_a_closed_month_is_the_same_bytes_in_december() {
    let folder = Folder::new();
    let mut office = closed(&folder);
    let endings = ["-monthly.csv", "-balance.csv", "-variance.csv", "-register.csv", ".json"];
    let print = |office: &Office<Disk>, into: &str| {
        office.types(&format!("monthly 6 --pack {into}")).expect(Exit::Done);
        let seen = office.types("monthly 6").expect(Exit::Done).out;
        (seen, endings.map(|ending| folder.read(&format!("{into}/2022-06{ending}"))))
    };
    office.today = "2022-07-04";
    let in_july = print(&office, "reports/2022-06");
    assert_eq!(print(&office, "again"), in_july);
    office.today = "2022-12-31";
    office.types("correct 16 --amount 1 --date 2022-07-02").expect(Exit::Done);
    office.types("record -a 6 --amount 77.70 --date 2022-12-15 --occurred 2022-06-15").expect(Exit::Done);
    office.types("adjust -a 2 --add 5 --plan 01=2;12=3 --doc 文号 --date 2022-12-01").expect(Exit::Done);
    office.types("note 16 --voucher 记-1 --date 2022-12-02").expect(Exit::Done);
    office.types("close 12 --through").expect(Exit::Done);
    office.types("monthly --all --pack year").expect(Exit::Done);
    assert_eq!(endings.map(|ending| folder.read(&format!("year/2022-06/2022-06{ending}"))), in_july.1);
    assert_eq!(print(&office, "reports/2022-06"), in_july);
    assert!(in_july.0.contains("本月已结账：第 22 笔"), "{}", in_july.0);
}

#[test]
fn the_sealed_bytes_are_what_stock_tools_find() {
    let folder = Folder::new();
    let office = closed(&folder);
    let ledger = folder.read(LEDGER);
    let text = String::from_utf8(ledger.clone()).unwrap();
    let mut closes = 0;
    let mut before = 0;
    for (row, line) in text.lines().enumerate() {
        if line.contains(",close,") {
            let [rows, bytes, sha256, _] = memo(line).try_into().unwrap();
            assert_eq!((rows, bytes), ((row - 1).to_string(), before.to_string()));
            let digest: String = Sha256::digest(&ledger[..before]).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(sha256, digest);
            closes += 1;
        }
        before += line.len() + 1;
    }
    assert_eq!(closes, 6);
    office.types("verify").expect(Exit::Done);
}

/// A row sealed as the program would seal it, after the last line of a ledger.
fn sealed_after(ledger: &str, row: &str) -> String {
    let hash = &ledger.trim_end()[ledger.trim_end().len() - 64..];
    let previous: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&hash[at..at + 2], 16).unwrap()).collect();
    let sealed = Sha256::new().chain_update(previous).chain_update(row.replace(',', "\u{1f}")).finalize();
    let hash: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{ledger}{row},{hash}\n")
}

#[test]
fn a_row_of_another_hand_in_a_closed_month_is_refused_however_well_it_is_sealed() {
    let folder = Folder::new();
    let office = closed(&folder);
    let ledger = String::from_utf8(folder.read(LEDGER)).unwrap();
    let seq = ledger.lines().count();
    let row = |kind: &str, date: &str, allocation: &str, amount: &str, memo: &str| {
        format!("{seq},{kind},{date},,{allocation},,{amount},,,{memo},,,,,,,,,forged,小李,2022-12-31T12:00:00+08:00")
    };
    folder.write(LEDGER, sealed_after(&ledger, &row("expense", "2022-07-01", "supervision", "1.00", "")));
    office.types("balance").expect(Exit::Done);
    for wrong in [
        row("expense", "2022-06-30", "supervision", "1.00", ""),
        row("note", "2022-01-31", "", "0.00", ""),
        row("close", "2022-08-31", "", "0.00", "rows=1;bytes=1;sha256=0;sm3=0"),
        row("expense", "2023-01-01", "supervision", "1.00", ""),
        row("expense", "2022-07-01", "supervision", "-1.00", ""),
        row("expense", "2022-07-01", "nowhere", "1.00", ""),
    ] {
        folder.write(LEDGER, sealed_after(&ledger, &wrong));
        office.types("balance").expect(Exit::Integrity);
        office.types("record -a 1 --amount 1 --date 2022-07-02").expect(Exit::Integrity);
    }
    // In its order, but stating digests that are not those of the bytes before it: found where digests are recomputed.
    folder
        .write(LEDGER, sealed_after(&ledger, &row("close", "2022-07-31", "", "0.00", "rows=1;bytes=1;sha256=0;sm3=0")));
    office.types("balance").expect(Exit::Done);
    office.types("verify").expect(Exit::Integrity);
    office.types("close 8").expect(Exit::Integrity);
}
