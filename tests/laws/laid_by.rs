//! What can't be held is laid by, and comes back in the same order: every answer is the same, byte for byte, however
//! little is held.

use std::path::PathBuf;

use taizhang::{Disk, Exit, Files, Overflow};

use crate::cases::play_in;
use crate::memory::Memory;
use crate::office::{Folder, Office};

/// Commands that gather rows.
const GATHERING: [&str; 14] = [
    "register -f csv",
    "register -f json",
    "register",
    "register -f html",
    "register --from 2022-03-05 --to 2022-09-28 -f json",
    "register --payee 公司 -f csv",
    "register --voucher 记-0007 -f json",
    "explain available -f csv",
    "explain available -f json",
    "explain spent -f json",
    "explain plan-to-date 1 -f csv",
    "explain status 2",
    "monthly 12 -f json",
    "final --draft -f json",
];

/// Holds these files' answers with all rows held against those with nearly none.
fn agree<F: Files + Clone>(plenty: &Office<F>, budget: &str, folder: &str) {
    let mut little = Office::on(plenty.files.clone());
    little.today = plenty.today;
    little.environment.clone_from(&plenty.environment);
    for most_held in [0, 1_500] {
        little.overflow = Overflow { folder: PathBuf::from(folder), most_held };
        for line in GATHERING {
            let typed = format!("-b {budget} {line}");
            let (held, laid_by) = (plenty.types(&typed), little.types(&typed));
            assert!(held == laid_by, "{typed}, of which {most_held} bytes are held");
        }
    }
}

/// What every made-up ledger is asked.
pub(crate) fn check(office: &Office<Memory>) {
    let mut little = Office::on(office.files.clone());
    little.today = office.today;
    little.overflow.most_held = 700;
    for typed in ["register -f csv", "explain available -f json"] {
        assert_eq!(office.types(typed), little.types(typed), "{typed}");
    }
}

#[test]
fn a_year_laid_by_is_the_year_that_was_held() {
    let folder = Folder::new();
    let office = play_in(&folder, "whole-year/2022");
    std::fs::create_dir(folder.join("aside")).unwrap();
    agree(&office, "chuxiong-xinfang-2022.toml", "aside");
    let packs = |office: &Office<Disk>, name: &str| {
        let typed = format!("-b chuxiong-xinfang-2022.toml monthly 6 --pack {name}");
        office.types(&typed).expect(Exit::Done);
        let files = office.files.list(name.as_ref()).unwrap();
        files.iter().map(|file| folder.read(file.to_str().unwrap())).collect::<Vec<_>>()
    };
    let mut little = folder.office();
    little.overflow = Overflow { folder: "aside".into(), most_held: 100 };
    assert_eq!(packs(&office, "plenty"), packs(&little, "little"));
    assert_eq!(std::fs::read_dir(folder.join("aside")).unwrap().count(), 0, "nothing is left");
}

#[test]
fn every_golden_ledger_laid_by_is_the_ledger_that_was_held() {
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut tried = 0;
    for folder in std::fs::read_dir(golden).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_dir()) {
        let memory = Memory::default();
        for file in std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()) {
            memory.put(file.file_name().unwrap(), std::fs::read(&file).unwrap());
        }
        agree(&Office::on(memory), "budget.toml", "");
        tried += 1;
    }
    assert!(tried >= 9, "golden ledgers are missing");
}

/// Days out of order, several on one day, and notes that bring voucher numbers.
#[test]
fn days_out_of_order_come_by_date_and_then_by_seq() {
    let memory = Memory::default();
    let mut office = Office::on(memory);
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    for row in 0..40 {
        let (month, day, payee) = (row * 7 % 12 + 1, row * 5 % 3 + 1, ["甲公司", "乙饭店"][row % 2]);
        let line =
            format!("record -a {} --amount {row}.10 --date 2022-{month:02}-{day:02} --payee {payee}", row % 9 + 1);
        office.types(&line).expect(Exit::Done);
        if row % 5 == 0 {
            office.types(&format!("note {} --voucher 记-000{}", 11 + row + row / 5, row % 9)).expect(Exit::Done);
        }
    }
    let rows = office.types("register -f json").expect(Exit::Done).json()["rows"].clone();
    let keys = rows.as_array().unwrap().iter().map(|row| (row["date"].to_string(), row["seq"].as_u64().unwrap()));
    assert!(keys.clone().is_sorted() && keys.count() == 57);
    agree(&office, "chuxiong-xinfang-2022.toml", "");
    office.today = "2022-08-15";
    agree(&office, "chuxiong-xinfang-2022.toml", "");
}
