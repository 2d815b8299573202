//! Amounts as nobody should write them, by every way in: typed after each option, in a table, a workbook, a statement, a
//! budget, a ledger. Each is read for what it plainly is, or refused once, in words that say why; none is guessed.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::{LEDGER, Office};

use super::seals::resealed;

/// What becomes of a text.
#[derive(Clone, Copy)]
enum Meant {
    Is(&'static str),
    /// Not read, and the words that say why.
    Not(&'static str),
    /// Read, and refused by a rule: zero, or less.
    Ruled,
}

use Meant::{Is, Not, Ruled};

const PLAIN: &str = "not a plain number";
const COMMAS: &str = "commas must stand";
const SIGN: &str = "currency sign";
const EXPONENT: &str = "exponent";
const FINE: &str = "finer than a fen";
const LARGE: &str = "too large";
const ABSENT: &str = "is missing";

/// Typed texts: behind an option or in a budget, and in the cell of a table, where accountants have ways of their own.
const TEXTS: [(&str, Meant, Meant); 73] = [
    ("１２３４．５０", Is("1234.50"), Is("1234.50")),
    ("1,234.50", Is("1234.50"), Is("1234.50")),
    ("１，２３４", Is("1234.00"), Is("1234.00")),
    ("1，234", Is("1234.00"), Is("1234.00")),
    ("3万", Is("30000.00"), Is("30000.00")),
    ("3万元", Is("30000.00"), Is("30000.00")),
    ("0.000001万元", Is("0.01"), Is("0.01")),
    ("3元", Is("3.00"), Is("3.00")),
    ("3 元", Is("3.00"), Is("3.00")),
    ("\u{3000}5 ", Is("5.00"), Is("5.00")),
    ("1.500", Is("1.50"), Is("1.50")),
    ("¥3", Not(SIGN), Is("3.00")),
    ("￥3", Not(SIGN), Is("3.00")),
    ("$3", Not(SIGN), Not(SIGN)),
    ("＄3", Not(SIGN), Not(SIGN)),
    ("1,23", Not(COMMAS), Not(COMMAS)),
    ("１，２３", Not(COMMAS), Not(COMMAS)),
    ("1,,000", Not(COMMAS), Not(COMMAS)),
    ("1,000,", Not(COMMAS), Not(COMMAS)),
    ("1,0000", Not(COMMAS), Not(COMMAS)),
    ("1.234,50", Not(PLAIN), Not(PLAIN)),
    ("1.2w", Not(PLAIN), Not(PLAIN)),
    ("3千", Not(PLAIN), Not(PLAIN)),
    ("3亿", Not(PLAIN), Not(PLAIN)),
    ("三万元", Not(PLAIN), Not(PLAIN)),
    ("叁", Not(PLAIN), Not(PLAIN)),
    ("1元5角", Not(PLAIN), Not(PLAIN)),
    ("1万2千", Not(PLAIN), Not(PLAIN)),
    ("万元", Not(PLAIN), Not(PLAIN)),
    ("人民币3元", Not(PLAIN), Not(PLAIN)),
    ("RMB 3", Not(PLAIN), Not(PLAIN)),
    ("1e3", Not(EXPONENT), Not(EXPONENT)),
    ("1E+05", Not(EXPONENT), Not(EXPONENT)),
    ("１Ｅ３", Not(EXPONENT), Not(EXPONENT)),
    ("1_000", Not(PLAIN), Not(PLAIN)),
    (".5", Not(PLAIN), Not(PLAIN)),
    ("5.", Not(PLAIN), Not(PLAIN)),
    ("+5", Not(PLAIN), Not(PLAIN)),
    ("＋5", Not(PLAIN), Not(PLAIN)),
    ("NaN", Not(PLAIN), Not(PLAIN)),
    ("inf", Not(PLAIN), Not(PLAIN)),
    ("-inf", Not(PLAIN), Not(PLAIN)),
    ("0x10", Not(PLAIN), Not(PLAIN)),
    ("1f", Not(PLAIN), Not(PLAIN)),
    ("007", Not(PLAIN), Not(PLAIN)),
    ("--5", Not(PLAIN), Not(PLAIN)),
    ("5-", Not(PLAIN), Not(PLAIN)),
    ("1 000", Not(PLAIN), Not(PLAIN)),
    ("1'000", Not(PLAIN), Not(PLAIN)),
    ("50%", Not(PLAIN), Not(PLAIN)),
    ("(5)", Not(PLAIN), Ruled),
    ("（5）", Not("U+FF08"), Ruled),
    // Minus five in brackets is minus five to one and five to another.
    ("(-5)", Not(PLAIN), Not(PLAIN)),
    // What looks like a digit, a sign or a blank, and is none, is named.
    ("−5", Not("U+2212"), Not("U+2212")),
    ("–5", Not("U+2013"), Not("U+2013")),
    ("٣", Not("U+0663"), Not("U+0663")),
    ("१", Not("U+0967"), Not("U+0967")),
    ("𝟑", Not("U+1D7D1"), Not("U+1D7D1")),
    ("③", Not("U+2462"), Not("U+2462")),
    ("½", Not("U+00BD"), Not("U+00BD")),
    ("1。5", Not("U+3002"), Not("U+3002")),
    ("1\u{a0}000", Not("U+00A0"), Not("U+00A0")),
    ("1\u{200b}0", Not("U+200B"), Not("U+200B")),
    ("\u{202e}5", Not("U+202E"), Not("U+202E")),
    ("1.005", Not(FINE), Not(FINE)),
    ("0.001", Not(FINE), Not(FINE)),
    ("0.0000001万元", Not(FINE), Not(FINE)),
    ("10000000000000", Not(LARGE), Not(LARGE)),
    ("1000000000万", Not(LARGE), Not(LARGE)),
    ("", Not("it is empty"), Not(ABSENT)),
    ("  ", Not("it is empty"), Not(ABSENT)),
    ("-0", Ruled, Ruled),
    ("-5", Ruled, Ruled),
];

/// And four hundred digits of each kind.
fn texts() -> Vec<(String, Meant, Meant)> {
    let long = |text: String, meant| (text, meant, meant);
    let mut texts: Vec<_> = TEXTS.iter().map(|(text, typed, cell)| ((*text).to_owned(), *typed, *cell)).collect();
    texts.push(long("9".repeat(400), Not(LARGE)));
    texts.push(long(format!("0.{}", "1".repeat(400)), Not(FINE)));
    texts.push(long(format!("1.{}", "0".repeat(400)), Is("1.00")));
    texts.push(long(format!("{}1", "0".repeat(400)), Not(PLAIN)));
    texts
}

/// The opened office with an expense in row 11, a statement, and all in memory.
fn opened() -> Office<Memory> {
    let office = Office::on(Memory::default());
    for line in ["init", "open --yes --id opening", "record -a 1 --amount 40000 --id first"] {
        office.types(line).expect(Exit::Done);
    }
    office.files.put("bank.csv", "日期,借方,贷方,对方户名\n2022-03-01,12.34,,甲\n");
    office
}

/// Runs a command, and holds what it says to what was meant: one error of these words, or the amount in the answer.
#[track_caller]
fn holds(office: &Office<Memory>, words: &[&str], text: &str, meant: Meant, refused: Exit) {
    let ledger = office.files.bytes(LEDGER);
    let seen = office.runs(&[words, &["--lang", "en", "-f", "json"]].concat());
    let about = || format!("{words:?} of {text:?}: {:?} {}{}", seen.exit, seen.out, seen.err);
    match meant {
        Is(amount) => {
            assert!([Exit::Done, Exit::No].contains(&seen.exit), "{}", about());
            assert!(seen.out.contains(&format!("{amount}\"")), "{}", about());
        }
        Not(why) => {
            assert_eq!(seen.exit, refused, "{}", about());
            let why = if why == EXPONENT { "scientific notation" } else { why };
            assert!(seen.err.contains(why) || seen.err.contains(EXPONENT) && why.starts_with("sci"), "{}", about());
            assert_eq!(seen.err.lines().filter(|line| line.starts_with("error:")).count(), 1, "{}", about());
            assert!(seen.err.len() < 700, "{}", about());
        }
        Ruled => assert!([Exit::Refused, Exit::Done, Exit::No].contains(&seen.exit), "{}", about()),
    }
    assert_eq!(office.files.bytes(LEDGER), ledger, "{}", about());
}

#[test]
fn behind_every_option_that_takes_one() {
    let office = opened();
    for (text, meant, _) in texts() {
        let lines: [(&[&str], &str); 9] = [
            (&["record", "-a", "1"], "--amount"),
            (&["reverse", "11"], "--amount"),
            (&["refund", "11"], "--amount"),
            (&["correct", "11"], "--amount"),
            (&["commit", "-a", "1", "--doc", "x"], "--amount"),
            (&["release", "11"], "--amount"),
            (&["adjust", "-a", "1", "--doc", "x"], "--add"),
            (&["adjust", "-a", "1", "--doc", "x"], "--cut"),
            (&["transfer", "--from", "1", "--to", "9", "--doc", "x"], "--amount"),
        ];
        for (words, option) in lines {
            // There is no commitment to release; what is no amount is said all the same.
            if words[0] == "release" && !matches!(meant, Not(_)) {
                continue;
            }
            let given = format!("{option}={text}");
            holds(&office, &[words, &[given.as_str(), "--dry-run"]].concat(), &text, meant, Exit::Usage);
        }
        // A part says its form, whatever is wrong with its amount.
        let part = format!("1={text}");
        let seen = office.runs(&["record", "--amount", "9", "--split", &part, "--split", "2=1", "--lang", "en"]);
        assert_ne!(seen.exit, Exit::Done, "{text}: {}", seen.out);
        assert!(seen.err.len() < 900, "{text}: {}", seen.err);
        assert!(!matches!(meant, Not(_)) || seen.exit == Exit::Usage, "{text}: {}", seen.err);
    }
}

#[test]
fn in_the_cells_of_tables_workbooks_and_statements() {
    let office = opened();
    for (text, _, meant) in texts() {
        let cell = format!("\"{text}\"");
        office.files.put("bills.csv", format!("日期,预算分项,金额\n2022-03-01,1,{cell}\n"));
        office.files.put("told.csv", format!("日期,借方,贷方,对方户名\n2022-03-01,{cell},,甲\n2022-03-02,7.77,,乙\n"));
        office.files.put("bills.xlsx", workbook(["日期", "预算分项", "金额"], ["2022-03-01", "1", &text]));
        office.files.put("told.xlsx", workbook(["日期", "借方", "对方户名"], ["2022-03-01", &text, "甲"]));
        for line in
            ["import bills.csv --dry-run", "import bills.xlsx --dry-run", "reconcile told.csv", "reconcile told.xlsx"]
        {
            holds(&office, &line.split(' ').collect::<Vec<_>>(), &text, meant, Exit::Refused);
        }
        // What is accepted is an amount like any other; an empty one is said by its column.
        office.files.put("decided.csv", format!("rows,lines,date,amount,reason\n,2,2022-03-01,{cell},x\n"));
        let seen = office.types("reconcile bank.csv --accept decided.csv --lang en");
        if let Not(why) = meant {
            assert_eq!(seen.exit, Exit::Refused, "{text}: {}{}", seen.out, seen.err);
            let why = [(EXPONENT, "scientific"), (ABSENT, "it is empty")]
                .iter()
                .find(|it| it.0 == why)
                .map_or(why, |it| it.1);
            assert!(seen.err.contains(why) && seen.err.len() < 700, "{text}: {}", seen.err);
        }
    }
}

/// What a cell shows is the number it holds, to fifteen digits; what it cannot hold exactly is refused.
#[test]
fn in_cells_that_hold_numbers() {
    let office = opened();
    let numbers = [
        (0.1 + 0.2, Is("0.30")),
        (12.34, Is("12.34")),
        (100_000.0, Is("100000.00")),
        (1.005, Not(FINE)),
        (1e300, Not("15 digits")),
        (1e13, Not(LARGE)),
        (1e-300, Not("C")),
        (-0.0, Ruled),
        (0.0, Ruled),
    ];
    for (number, meant) in numbers {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, heading) in (0..).zip(["日期", "预算分项", "金额"]) {
            sheet.write(0, column, heading).unwrap();
        }
        sheet.write(1, 0, "2022-03-01").unwrap().write(1, 1, "1").unwrap().write(1, 2, number).unwrap();
        office.files.put("bills.xlsx", workbook.save_to_buffer().unwrap());
        holds(&office, &["import", "bills.xlsx", "--dry-run"], &number.to_string(), meant, Exit::Refused);
    }
}

fn workbook(headings: [&str; 3], cells: [&str; 3]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip([headings, cells]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn in_a_budget() {
    let office = Office::on(Memory::default());
    for (text, meant, _) in texts() {
        let stated = serde_json::to_string(&text).unwrap();
        let budget = |total: &str, amount: &str, plan: &str| {
            format!(
                "[budget]\nid = \"s\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = 2022\ntotal = {total}\n\
                 [[allocation]]\nkey = \"k\"\nname = \"n\"\namount = {amount}\nplan = {plan}\n"
            )
        };
        let good = match meant {
            Is(_) => stated.as_str(),
            Not(_) | Ruled => "\"1万元\"",
        };
        for budget in [
            budget(&stated, good, "\"even\""),
            budget(good, &stated, "\"even\""),
            budget(good, good, &format!("{{ \"03\" = {stated} }}")),
        ] {
            office.files.put("s.toml", budget);
            holds(&office, &["-b", "s.toml", "balance"], &text, meant, Exit::Refused);
        }
    }
}

/// A ledger has one form of an amount; any other is not read, even in a row that is sealed as it stands.
#[test]
fn in_a_ledger() {
    let office = opened();
    let (good, head) = (office.files.bytes(LEDGER).unwrap(), office.files.bytes(format!("{LEDGER}.head")).unwrap());
    let beside = format!("{LEDGER}.head");
    let others = ["1", "1.5", "01.00", "-0.00", "+1.00", "1.000", "10000000000000.00", "99999999999999999999.99"];
    let all = TEXTS.iter().map(|(text, ..)| *text).chain(others);
    for text in all.filter(|text| !text.contains(['\u{202e}', '\u{200b}'])) {
        let forged = resealed(&good, 11, |fields| text.clone_into(&mut fields[6]));
        for with_head in [true, false] {
            office.files.put(LEDGER, forged.clone());
            office.files.put(beside.clone(), head.clone());
            if !with_head {
                taizhang::Files::remove(&office.files, beside.as_ref()).unwrap();
            }
            for line in ["balance", "verify", "record -a 1 --amount 1", "register -f csv"] {
                let seen = office.types(&format!("{line} --lang en"));
                assert_eq!(seen.exit, Exit::Integrity, "{line} of {text:?}: {}{}", seen.out, seen.err);
                let said = seen.err.contains("column `amount`")
                    || seen.err.contains("amounts in another form")
                    || seen.err.contains("scientific notation");
                assert!(said || text == "-5", "{line} of {text:?}: {}", seen.err);
            }
            assert_eq!(office.files.bytes(LEDGER).unwrap(), forged, "{text:?}");
        }
    }
}

/// A sum of the largest amounts is exact, and larger than a row may ever be.
#[test]
fn a_sum_of_the_largest_is_exact() {
    let office = Office::on(Memory::default());
    let most = "9999999999999.99";
    office.files.put(
        "s.toml",
        format!(
            "[budget]\nid = \"s\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = 2022\ntotal = \"{most}\"\n\
             [[allocation]]\nkey = \"k\"\nname = \"n\"\namount = \"{most}\"\nplan = \"even\"\n"
        ),
    );
    office.types("-b s.toml open --yes --id opening").expect(Exit::Done);
    for time in 1..=40 {
        let add = ["-b", "s.toml", "adjust", "-a", "k", "--add", most, "--doc", "x", "--date", "2022-03-01"];
        office.runs(&add).expect(Exit::Done);
        let spend = ["-b", "s.toml", "record", "-a", "k", "--amount", most, "--date", "2022-03-01"];
        office.runs(&spend).expect(Exit::Done);
        let seen = office.types("-b s.toml balance -f csv").expect(Exit::Done);
        let revised = 999_999_999_999_999_u128 * (time + 1);
        let revised = format!("{}.{:02}", revised / 100, revised % 100);
        assert!(seen.out.contains(&revised), "{revised}: {}", seen.out);
    }
    for line in
        ["balance", "variance", "monthly 3", "final --draft", "verify", "disclose --draft", "explain plan_to_date 1"]
    {
        for format in ["table", "csv", "json", "markdown", "html", "xlsx"] {
            let words = crate::office::words(&format!("-b s.toml {line} -f {format}"));
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let exit = office.runs_into(&words, &mut out, &mut err);
            let is_offered = !String::from_utf8_lossy(&err).contains("--format");
            assert!(exit == Exit::Done || !is_offered, "{line} {format}: {}", String::from_utf8_lossy(&err));
        }
    }
}
