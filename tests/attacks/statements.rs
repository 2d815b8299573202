//! Statements as banks and spreadsheets send them, or as someone spoilt them: read to the character, or refused where it
//! stops to be sure.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

const HEADINGS: &str = "日期,借方,贷方,对方户名,流水号\n";

/// An office with one expense, to a payee whose name takes four bytes of GB18030 a character.
fn office() -> Office<Memory> {
    let office = Office::on(Memory::default());
    for line in ["init", "open --yes --id opening", "record -a 1 --amount 12.34 --date 2022-03-01 --payee 㐂𠮷©公司"]
    {
        office.types(line).expect(Exit::Done);
    }
    office
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// 日期,借方,贷方,对方户名,流水号 and 2022-03-01,12.34,,㐂𠮷©公司,1 in GB18030.
const IN_GB18030: &[u8] = b"\xc8\xd5\xc6\xda,\xbd\xe8\xb7\xbd,\xb4\xfb\xb7\xbd,\xb6\xd4\xb7\xbd\xbb\xa7\xc3\xfb,\xc1\xf7\xcb\xae\xba\xc5\n2022-03-01,12.34,,\x81\x39\xef\x31\x95\x34\xb2\x35\x81\x30\x84\x38\xb9\xab\xcb\xbe,1\n";

#[test]
fn in_every_encoding_it_says_the_same() {
    let office = office();
    let text = format!("{HEADINGS}2022-03-01,12.34,,㐂𠮷©公司,1\n");
    let little = utf_16(&text, u16::to_le_bytes);
    let big = utf_16(&text, u16::to_be_bytes);
    let texts: [(&str, Vec<u8>); 7] = [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with its mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16 LE with its mark", [b"\xff\xfe".as_slice(), &little].concat()),
        ("UTF-16 BE with its mark", [b"\xfe\xff".as_slice(), &big].concat()),
        ("UTF-16 LE", little.clone()),
        ("UTF-16 BE", big.clone()),
        ("GB18030", IN_GB18030.to_vec()),
    ];
    for (name, bytes) in texts {
        office.files.put("bank.csv", bytes);
        let seen = office.types("reconcile bank.csv -f json");
        assert_eq!(seen.exit, Exit::Done, "{name}: {}{}", seen.out, seen.err);
        let seen = office.types("reconcile --detect bank.csv --lang en").expect(Exit::Done);
        let said = ["UTF-8", "UTF-16", "GB18030"].into_iter().find(|encoding| name.starts_with(encoding)).unwrap();
        assert!(seen.out.contains(said), "{name}: {}", seen.out);
    }
    // The euro sign of GBK is one byte.
    let euro = [&IN_GB18030[..IN_GB18030.len() - 3], b"\x80,1\n"].concat();
    office.files.put("bank.csv", euro);
    let seen = office.types("reconcile bank.csv -f json");
    assert!(seen.exit == Exit::No && seen.out.contains("公司€") || seen.exit == Exit::Done, "{}{}", seen.out, seen.err);
}

/// What is said of a statement that cannot be read.
const SPOILT: [(&str, &[u8], &str); 26] = [
    ("UTF-8 cut in a character", b"2022-03-01,1,,\xe5\x85\xac\xe5\x8f", "byte E5 here is no text"),
    ("a bad byte in UTF-8", b"2022-03-01,1,,\xe5\x85\xac\xff\xe5\x8f\xb8,1\n", "byte FF here is no text"),
    ("half a character in UTF-8", b"2022-03-01,1,,\xe5\x85x\xe5\x8f\xb8,1\n", "byte E5 here is no text"),
    ("Latin letters", b"2022-03-01,1,,caf\xe9,1\n", "byte E9 here is no text"),
    ("NUL", b"2022-03-01,1,,a\0,1\n", "byte 00 here is no text"),
    ("a quote that is not closed", b"2022-03-01,1,,\"a,1\n2022-03-02,1,,b,2\n", "never closed"),
    ("a quote closed too early", b"2022-03-01,1,,\"a\"b,1\n", "goes on after its closing quote"),
    ("a shortened amount", b"2022-03-01,1E+05,,a,1\n", "wrote it with an exponent"),
    ("a shortened number", b"2022-03-01,1,,a,6.21483E+18\n", "wrote it with an exponent"),
    ("the day as its number", b"46027,1,,a,1\n", "`46027` is no date"),
    ("the moment as its number", b"46027.5,1,,a,1\n", "`46027.5` is no date"),
    ("no day", b"--,1,,a,1\n", "`--` is no date"),
    ("no such month", b"2022-13-01,1,,a,1\n", "is no date"),
    ("no such day", b"2022-02-30,1,,a,1\n", "is no date"),
    ("zeros for a day", b"0/0/0,1,,a,1\n", "is no date"),
    ("the month first", b"5/1/2022,1,,a,1\n", "is no date"),
    ("the year in two digits", b"22-1-5,1,,a,1\n", "is no date"),
    ("an apostrophe before the day", b"'2022-03-01,1,,a,1\n", "is no date"),
    ("dashes for both sums", b"2022-03-01,--,--,a,1\n", "the amount is missing"),
    ("a cell merged with the one above", b"2022-03-01,1,,a,1\n,5,,b,2\n", "is missing"),
    ("a column too narrow", b"########,1,,a,1\n", "#"),
    ("a sum too wide", b"2022-03-01,######,,a,1\n", "#"),
    ("a sum on both sides", b"2022-03-01,1,1,a,1\n", ""),
    ("a sum finer than a fen", b"2022-03-01,1.005,,a,1\n", "finer than a fen"),
    ("a sum too large", b"2022-03-01,10000000000000,,a,1\n", "too large"),
    ("European commas", b"2022-03-01,\"1.234,50\",,a,1\n", "not a plain number"),
];

#[test]
fn what_cannot_be_read_is_refused_where_it_stands() {
    let office = office();
    for (name, row, words) in SPOILT {
        office.files.put("bank.csv", [HEADINGS.as_bytes(), row].concat());
        let seen = office.types("reconcile bank.csv --lang en");
        assert!(words.is_empty() || seen.exit == Exit::Refused, "{name}: {:?} {}{}", seen.exit, seen.out, seen.err);
        assert!(seen.err.contains(words), "{name}: {}", seen.err);
        assert!(words.is_empty() || seen.err.contains("bank.csv:"), "{name}: {}", seen.err);
        assert!(seen.err.len() < 900, "{name}: {}", seen.err);
    }
}

#[test]
fn what_is_no_table_or_has_no_end_is_refused_in_few_words() {
    let office = office();
    let with = |rest: String| [HEADINGS.as_bytes(), rest.as_bytes()].concat();
    let files: [(&str, Vec<u8>, &str); 11] = [
        ("nothing", Vec::new(), "there is nothing in"),
        ("blanks", b"  \n\n".to_vec(), "there is nothing in"),
        ("a PDF", b"%PDF-1.7\n...".to_vec(), "PDF"),
        ("a page", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "web page"),
        ("a broken workbook", b"PK\x03\x04....".to_vec(), "workbook"),
        ("a broken old workbook", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat(), "workbook"),
        ("another language", b"{\"a\": 1}".to_vec(), "headings"),
        ("a line without end", with("x".repeat(64 << 20)), "64 KB"),
        ("a cell without end", with(format!("2022-03-01,1,,{},1\n", "甲".repeat(400_000))), "64 KB"),
        ("a million columns", with(",".repeat(1_000_000)), "64 KB"),
        ("a million headings", (0..1_000_000).map(|number| format!("c{number},")).collect::<String>().into(), "64 KB"),
    ];
    for (name, bytes, words) in files {
        office.files.put("bank.csv", bytes);
        for line in ["reconcile bank.csv", "import bank.csv", "reconcile --detect bank.csv"] {
            let seen = office.types(&format!("{line} --lang en"));
            assert_eq!(seen.exit, Exit::Refused, "{name}: {line}: {}{}", seen.out, seen.err);
            let is_said = seen.err.contains(words) || line.starts_with("import");
            assert!(is_said && seen.err.len() < 900, "{name}: {line}: {}", seen.err);
        }
    }
}

/// Titles over the headings, blank rows and sums below are no movements.
#[test]
fn titles_over_the_headings_are_passed_over() {
    let office = office();
    let table =
        format!("某行对账单,,,,\n账号：2508,,,,\n,,,,\n{HEADINGS}2022/3/1,12.34,,㐂𠮷©公司,1\n,,,,\n合计,12.34,,,\n");
    office.files.put("bank.csv", table);
    office.types("reconcile bank.csv").expect(Exit::Done);
}
