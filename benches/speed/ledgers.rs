//! The ledgers that are measured, and the same movements in the forms that other programs read. It measures nothing.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

const HEADER: &str = "seq,kind,date,occurred,allocation,fund,amount,plan,payee,memo,voucher,payment,economic,method,invoice,ref,doc,batch,id,by,at,hash";
const KEYS: [&str; 4] = ["travel", "office", "printing", "postage"];
const BUDGET: &str = r#"[budget]
id = "bench"
title = "测速"
unit = "某局"
fiscal_year = 2022
total = "40000000000"
"#;

/// One expense, as every form of it tells it.
struct Expense {
    seq: u64,
    month: u64,
    day: u64,
    key: &'static str,
    yuan: u64,
}

impl Expense {
    fn of(seq: u64) -> Self {
        let key = KEYS[usize::try_from(seq % 4).unwrap()];
        Self { seq, month: seq % 12 + 1, day: seq % 28 + 1, key, yuan: seq * 7919 % 300 }
    }

    fn row(&self) -> String {
        let Self { seq, month, day, key, yuan } = self;
        format!(
            "{seq},expense,2022-{month:02}-{day:02},,{key},current,{yuan}.25,,某某文具店,办公用品,记-{seq:07},20220{seq:09},30201,bank,,,,,i-{seq:016x},小李,2022-12-31T09:00:00+08:00"
        )
    }
}

const OPENING: u64 = 1 + KEYS.len() as u64;

/// Writes a budget and an opened ledger of so many rows, sealed as format 1 wants it, with its head.
pub(crate) fn make(folder: &Path, rows: u64) {
    let allocations: String = KEYS
        .iter()
        .map(|key| format!("[[allocation]]\nkey = \"{key}\"\nname = \"{key}\"\namount = \"10000000000\"\n"))
        .collect();
    fs::write(folder.join("bench.toml"), format!("{BUDGET}{allocations}")).unwrap();
    let mut ledger = BufWriter::new(File::create(folder.join("bench.csv")).unwrap());
    writeln!(ledger, "{HEADER}").unwrap();
    let mut previous = [0; 32];
    for seq in 1..=rows {
        let row = match seq {
            1 => format!(
                "1,open,2022-01-01,,,,0.00,,,format=1;budget=bench;year=2022,,,,,,,,1of{OPENING},opening,clerk,2022-01-01T09:00:00+08:00"
            ),
            seq if seq <= OPENING => {
                let key = KEYS[usize::try_from(seq).unwrap() - 2];
                format!(
                    "{seq},budget,2022-01-01,,{key},current,10000000000.00,even,,{key},,,,,,,,{seq}of{OPENING},,clerk,2022-01-01T09:00:00+08:00"
                )
            }
            seq => Expense::of(seq).row(),
        };
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(row.replace(',', "\u{1f}"));
        previous = hasher.finalize().into();
        writeln!(ledger, "{row},{}", hexadecimal(previous)).unwrap();
    }
    ledger.flush().unwrap();
    drop(ledger);
    let bytes = fs::metadata(folder.join("bench.csv")).unwrap().len();
    fs::write(folder.join("bench.csv.head"), format!("taizhang-head 1 {rows} {} {bytes}\n", hexadecimal(previous)))
        .unwrap();
}

fn hexadecimal(digest: [u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same expenses as a journal that ledger and hledger read, and as one that beancount reads.
pub(crate) fn make_journals(folder: &Path, rows: u64) {
    let mut journal = BufWriter::new(File::create(folder.join("bench.journal")).unwrap());
    let mut beans = BufWriter::new(File::create(folder.join("bench.beancount")).unwrap());
    for account in KEYS.iter().map(|key| format!("Expenses:{}", capital(key))).chain(["Assets:Bank".to_owned()]) {
        writeln!(beans, "2022-01-01 open {account}").unwrap();
    }
    for seq in OPENING + 1..=rows {
        let Expense { month, day, key, yuan, .. } = Expense::of(seq);
        let account = capital(key);
        writeln!(journal, "2022-{month:02}-{day:02} 某某文具店\n  Expenses:{account}  {yuan}.25 CNY\n  Assets:Bank\n")
            .unwrap();
        writeln!(
            beans,
            "2022-{month:02}-{day:02} * \"某某文具店\" \"办公用品\"\n  Expenses:{account}  {yuan}.25 CNY\n  Assets:Bank\n"
        )
        .unwrap();
    }
}

fn capital(key: &str) -> String {
    key[..1].to_uppercase() + &key[1..]
}
