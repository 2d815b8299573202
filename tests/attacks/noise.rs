//! Random bytes for every file that is read, through the command: whatever they are, it answers with one of its exit
//! codes, says nothing that acts on a screen, and never panics. `TAIZHANG_NOISE=N` plays that many, `TAIZHANG_SEED=N`
//! other dice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::dice::{Dice, number};
use crate::memory::Memory;
use crate::office::{Folder, LEDGER, Office, words};

/// A file that is read, what stands in it when all is well, and the commands that read it.
struct Input {
    name: &'static str,
    good: Vec<u8>,
    lines: &'static [&'static str],
}

const TOML: &str = "chuxiong-xinfang-2022.toml";

/// What commands make of a ledger.
const OF_A_LEDGER: &[&str] = &[
    "balance",
    "variance -f json",
    "monthly 3",
    "register -f csv",
    "spending --by payee",
    "commitments",
    "final --draft",
    "disclose",
    "explain spent 1",
    "explain plan_to_date 1",
    "verify",
    "verify --anchor 0000",
    "doctor",
    "repair",
    "repair --yes --reason x",
    "restore",
    "record -a 1 --amount 0.01",
    "reverse 11",
    "note 11 --memo x",
    "correct 11 --amount 2",
    "adjust -a 1 --add 1 --doc x",
    "import bills.csv",
    "close 1",
    "reconcile bank.csv",
    "balance -f xlsx",
    "register -f html",
    "register -f markdown --to 2022-03-01",
];

const BILLS: &str = "日期,预算分项,金额,收款人,摘要,凭证号,发票号\n2022-03-01,1,12.34,甲公司,食宿费,记-1,\n2022/3/2,2,\"1,000.00\",\"乙,公司\",,记-2,12345678901234567890\n";
const BANK: &str = "某某银行交易明细\n账号：2508****0017,,,,\n\n交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,交易流水号\n2022-01-20,租车费,\"24,800.00\",\"\",\"975,200.00\",云南有限公司,\t20220120000180\n2022-03-01,食宿,12.34,,,甲公司,\n合计,,,,,,\n";
const PROFILE: &str = "[statement]\nencoding = \"auto\"\ndate = \"交易日期\"\nout = \"借方发生额\"\nin = \"贷方发生额\"\npayee = \"对方户名\"\nskip_rows = 3\nignore = [\"合计\"]\ndate_format = \"YYYY-MM-DD\"\n";
const DECISIONS: &str =
    "rows,lines,date,amount,payee,reason\n,5,2022-01-20,24800.00,云南有限公司,上年的\n11;12,6,2022/3/1,12.34,,x\n";

/// Some months played, and the files beside.
fn played() -> Memory {
    let office = Office::on(Memory::default());
    for line in [
        "init",
        "open --yes --id opening",
        "record -a 1 --amount 12.34 --date 2022-03-01 --payee 甲公司 --memo '食, 宿' --voucher 记-1 --economic 30211",
        "record -a 2 --amount 1000 --date 2022-03-02 --payee 乙公司 --payment 20220120000180",
        "commit -a 5 --amount 100 --doc 合同一 --date 2022-03-03",
        "adjust -a 1 --add 1万元 --doc 文一 --plan 03=4000;10=6000 --date 2022-04-01",
        "transfer --from 9 --to 3 --amount 1500.50 --doc 文二 --date 2022-04-02",
        "record --commitment 合同一 --amount 40 --date 2022-04-03",
        "reverse 11 --amount 2 --date 2022-05-01",
        "close 1 --id c-1",
    ] {
        let seen = office.types(line);
        assert_eq!(seen.exit as u8, 0, "{line}: {}", seen.err);
    }
    let form = office.types("final --blank").out;
    for (name, text) in [
        ("bills.csv", BILLS),
        ("bank.csv", BANK),
        ("profile.toml", PROFILE),
        ("decided.csv", DECISIONS),
        ("form.toml", &form),
    ] {
        office.files.put(name, text);
    }
    office.files.put("bills.xlsx", workbook());
    office.files
}

fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(BILLS.lines().take(2)) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn inputs(files: &Memory) -> Vec<Input> {
    let input = |name: &'static str, lines| Input { name, good: files.bytes(name).unwrap(), lines };
    vec![
        input(
            TOML,
            &["balance", "open --yes", "record -a 1 --amount 1", "final --draft", "disclose", "reconcile bank.csv"],
        ),
        input(LEDGER, OF_A_LEDGER),
        input("chuxiong-xinfang-2022.csv.head", &["balance", "verify", "record -a 1 --amount 1", "repair", "doctor"]),
        input("bills.csv", &["import bills.csv", "import bills.csv --dry-run -f json", "restore bills.csv"]),
        input(
            "bills.xlsx",
            &["import bills.xlsx", "reconcile bills.xlsx", "restore bills.xlsx", "reconcile --detect bills.xlsx"],
        ),
        input(
            "bank.csv",
            &["reconcile bank.csv", "reconcile --detect bank.csv", "reconcile bank.csv --profile profile.toml -f json"],
        ),
        input("profile.toml", &["reconcile bank.csv --profile profile.toml"]),
        input(
            "decided.csv",
            &[
                "reconcile bank.csv --accept decided.csv",
                "reconcile bank.csv --accept decided.csv --undecided more.csv",
            ],
        ),
        input("form.toml", &["final --draft --with form.toml", "final --draft --with form.toml -f html"]),
    ]
}

/// What is put where something else was.
const PIECES: [&[u8]; 36] = [
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b"\"\"",
    b",",
    b",,",
    b";",
    b"\t",
    b"'",
    b"-",
    b"=",
    b"[",
    b"]]",
    b"{",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x80",
    b"\xb8\xd0",
    b"\x1b[2J",
    b"\x7f",
    b"999999999999999999999999",
    b"-0.00",
    b"1e309",
    b"9999999999999.99",
    b"18446744073709551615",
    b"0000-00-00",
    b"2022-12-31",
    b"9999-12-31",
    b"2of3",
    b"even",
    "\u{202e}".as_bytes(),
    "万元".as_bytes(),
    "１２３．４５".as_bytes(),
];

/// Bytes a little or much other than they were.
fn spoilt(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.index(bytes.len() + 1);
        let end = (at + dice.index(20)).min(bytes.len());
        match dice.below(8) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => {
                let at = at % bytes.len();
                bytes[at] ^= 1 << dice.below(8);
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let from = dice.index(good.len() + 1);
                let piece = good[from..(from + dice.index(80)).min(good.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            4 => {
                let noise: Vec<u8> = (0..dice.below(12)).map(|_| dice.next().to_le_bytes()[0]).collect();
                drop(bytes.splice(at..end, noise));
            }
            5 if dice.chance(30) => bytes = (0..dice.below(300)).map(|_| dice.next().to_le_bytes()[0]).collect(),
            _ => drop(bytes.splice(at..end, PIECES[dice.index(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

/// A ledger some of whose fields say something else, sealed as if they always had: only the rules stand against it.
fn forged(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(good).into_owned();
    let mut lines = text.lines();
    let mut forged = format!("{}\n", lines.next().unwrap());
    let mut rows: Vec<Vec<String>> = lines
        .map(|line| {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect()
        })
        .collect();
    for _ in 0..=dice.below(4) {
        let (row, column) = (dice.index(rows.len()), 1 + dice.index(20));
        match dice.below(5) {
            0 => {
                let copy = rows[dice.index(rows.len())].clone();
                rows.insert(row, copy);
            }
            1 => drop(rows.remove(row)),
            2 => {
                let other = rows[dice.index(rows.len())][column].clone();
                rows[row][column] = other;
            }
            3 => {
                let column = [1, 2, 6, 7, 15, 17, 20][dice.index(7)];
                rows[row][column] = VALUES[dice.index(VALUES.len())].to_owned();
            }
            _ => {
                rows[row][column] =
                    String::from_utf8_lossy(PIECES[dice.index(PIECES.len())]).replace(['\n', '\r', '\0'], "")
            }
        }
        if rows.is_empty() {
            break;
        }
    }
    let mut previous = vec![0; 32];
    for (seq, row) in (1..).zip(&mut rows) {
        row[0] = format!("{seq}");
        previous = Sha256::digest([previous, row[..21].join("\u{1F}").into_bytes()].concat()).to_vec();
        row[21] = previous.iter().map(|byte| format!("{byte:02x}")).collect();
        let quoted = row.iter().map(|field| match field.contains([',', '"']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field.clone(),
        });
        forged += &(quoted.collect::<Vec<_>>().join(",") + "\n");
    }
    forged.into_bytes()
}

/// What a column of a ledger could say.
const VALUES: [&str; 36] = [
    "open",
    "budget",
    "adjustment",
    "commitment",
    "release",
    "expense",
    "reversal",
    "refund",
    "note",
    "close",
    "repair",
    "quota",
    "2022-01-01",
    "2022-02-29",
    "2022-12-31",
    "9999-12-31",
    "0000-01-01",
    "-9999999999999.99",
    "9999999999999.99",
    "0.00",
    "-0.01",
    "even",
    "01:9999999999999.99",
    "01:-9999999999999.99;12:9999999999999.99",
    "1",
    "11",
    "18446744073709551615",
    "1of2",
    "2of2",
    "1of18446744073709551615",
    "2022-12-31T23:59:60+08:00",
    "9999-12-31T23:59:59-23:59",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "1of1",
    "0",
];

/// Files as they stand, with one of them spoilt; and a line that reads it.
fn world(files: &Memory, inputs: &[Input], dice: &mut Dice) -> (Memory, String, String) {
    let input = &inputs[dice.index(inputs.len())];
    let is_forged = input.name == LEDGER && dice.chance(2);
    let bytes = if is_forged { forged(&input.good, dice) } else { spoilt(&input.good, dice) };
    let copy = Memory::default();
    for name in files.names() {
        // A forged ledger has the head of its forger, or none.
        if !(is_forged && name.to_string_lossy().ends_with(".head")) {
            copy.put(name.clone(), files.bytes(&name).unwrap());
        }
    }
    copy.put(input.name, bytes);
    let line = input.lines[dice.index(input.lines.len())];
    (copy, line.to_owned(), input.name.to_owned())
}

#[test]
fn no_bytes_in_any_file_make_a_command_panic() {
    let files = played();
    let inputs = inputs(&files);
    let first = number("TAIZHANG_SEED").unwrap_or(1);
    let worlds = number("TAIZHANG_NOISE").unwrap_or(6000);
    let mut exits = [0_u64; 9];
    for seed in first..first + worlds {
        let (copy, line, name) = world(&files, &inputs, &mut Dice(seed));
        let spoilt = copy.bytes(&name).unwrap();
        let office = Office::on(copy);
        let words = words(&format!("-b {TOML} --color never {line}"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let ended = catch_unwind(AssertUnwindSafe(|| office.runs_into(&words, &mut out, &mut err)));
        let shown = String::from_utf8_lossy(&spoilt);
        let exit = ended.unwrap_or_else(|_| panic!("TAIZHANG_SEED={seed}: {line} panics over {name}:\n{shown}"));
        exits[exit as usize] += 1;
        let err = String::from_utf8(err).unwrap();
        let acting = err.chars().find(|it| *it != '\n' && (it.is_control() || *it == '\u{202e}'));
        assert_eq!(acting, None, "TAIZHANG_SEED={seed}: {line} over {name}: {err:?}");
    }
    assert!(exits[0] > 0 && exits[2..6].iter().sum::<u64>() > 0, "{exits:?}");
}

/// A share of the same through the real binary, whose exit code is all that a script sees.
#[test]
fn the_binary_ends_with_a_code_it_has() {
    let files = played();
    let inputs = inputs(&files);
    for seed in 1..=60 {
        let (copy, line, name) = world(&files, &inputs, &mut Dice(seed << 32));
        let folder = Folder::new();
        for name in copy.names() {
            folder.write(&name.to_string_lossy(), copy.bytes(&name).unwrap());
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.args(["-b", TOML, "--today", "2022-12-31"]).args(words(&line)).current_dir(folder.path()).env_clear();
        let output = command.env("TAIZHANG_BY", "小李").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code().is_some_and(|code| (0..=8).contains(&code)), "{seed}: {line} over {name}: {said}");
        assert!(!said.contains("panicked"), "{seed}: {line} over {name}: {said}");
    }
}
