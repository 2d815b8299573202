//! T15: what is far too large: lines, ledgers, budgets, tables, workbooks that unfold. Each command stays within a bound of
//! memory and of time, and refuses in few words what it can't take.

use std::fs::File;
use std::io::{BufWriter, Write};

use crate::forgery::{fields_of, head_of, lines_of, sealed_line};
use crate::shop::{HEAD, LEDGER, Said, Shop, said, works};
use crate::trial::{Share, Tally, Trial};
use crate::workbook::bombs;

pub(crate) const TRIAL: Trial = Trial {
    name: "T15 far-too-large",
    what: "a line, a ledger, a budget, tables and workbooks far too large, under a bound of memory",
    run,
};

const MEBIBYTE: u64 = 1 << 20;
/// What is promised for most commands whatever the ledger's length, and what a table or a workbook may take.
const LEDGER_MEMORY: u64 = 64 * MEBIBYTE;
const TABLE_MEMORY: u64 = 128 * MEBIBYTE;

fn run(share: &Share) -> Tally {
    if !works(&["prlimit", "--version"]) || !works(&["timeout", "--version"]) {
        return Tally::not_tried("prlimit or timeout is missing");
    }
    let mut tally = Tally::default();
    long_lines(share, &mut tally);
    long_ledger(share.of(20_000, 10_000_000), &mut tally);
    large_budgets(share, &mut tally);
    large_tables(share, &mut tally);
    large_workbooks(share, &mut tally);
    tally
}

/// In a share: a few of them, and of a size that is over every bound in an eye's blink.
const LARGE: u64 = 24;

fn some<T>(share: &Share, all: Vec<T>) -> Vec<T> {
    let every = usize::try_from(share.of(3, 1)).unwrap();
    let first = usize::try_from(share.seed).unwrap() % every;
    all.into_iter().skip(first).step_by(every).collect()
}

/// A command under a bound of memory; what takes too long is killed, as is what takes too much.
fn bounded(shop: &Shop, memory: u64, line: &str) -> Said {
    let data = format!("--data={memory}");
    said(&mut shop.through(&["timeout", "-s", "KILL", "300", "prlimit", &data], line))
}

/// A file of this many equal bytes between others.
fn long(shop: &Shop, name: &str, before: &[u8], byte: u8, length: u64, after: &[u8]) {
    let mut file = BufWriter::new(File::create(shop.join(name)).unwrap());
    file.write_all(before).unwrap();
    let piece = vec![byte; 1 << 20];
    for _ in 0..length / MEBIBYTE {
        file.write_all(&piece).unwrap();
    }
    file.write_all(after).unwrap();
    file.into_inner().unwrap().sync_all().unwrap();
}

/// A line without an end, in the ledger's place and before, between and behind its rows.
fn long_lines(share: &Share, tally: &mut Tally) {
    let length = share.of(LARGE, 1024) * MEBIBYTE;
    let shop = Shop::opened();
    let (whole, head) = (shop.ledger(), shop.read(HEAD));
    let lines = lines_of(&whole);
    let (first, rest) = (lines[..2].concat(), lines[2..].concat());
    let record = "record -a travel --amount 0.01 --id new";
    for (byte, what) in some(share, vec![(b'x', "letters"), (b'"', "quotes"), (0, "NULs"), (b',', "commas")]) {
        for (before, after, code) in
            [(&b""[..], &whole[..], 4), (&first, &rest, 4), (&whole, b"", 0), (&whole, b"\n", 0)]
        {
            long(&shop, LEDGER, before, byte, length, after);
            std::fs::write(shop.join(HEAD), &head).unwrap();
            for line in ["verify", "balance", "register", record] {
                let seen = bounded(&shop, LEDGER_MEMORY, line);
                let holds = seen.code == Some(code)
                    && (code == 0 || line == "balance" || line == "register" || seen.out.len() < 1_000)
                    && seen.err.len() < 5_000;
                tally.holds(holds, || format!("{what} behind {} bytes: {line}: {seen:?}", before.len()));
            }
            crate::kernel::forget_saved(&shop);
        }
    }
}

/// So many rows.
fn long_ledger(rows: u64, tally: &mut Tally) {
    let shop = Shop::opened();
    let mut whole = shop.ledger();
    let last = fields_of(lines_of(&whole).last().unwrap());
    let mut file = BufWriter::with_capacity(1 << 20, File::options().append(true).open(shop.join(LEDGER)).unwrap());
    let (mut previous, mut fields) = (last[21].clone(), last.clone());
    fields[1] = "expense".into();
    fields[7] = String::new();
    fields[4] = "travel".into();
    fields[17] = String::new();
    fields[6] = "0.01".into();
    let mut length = whole.len() as u64;
    for row in 4..=rows {
        fields[0] = row.to_string();
        fields[2] = format!("2022-{:02}-{:02}", row * 12 / (rows + 1) + 1, row % 28 + 1);
        fields[9] = format!("第{row}笔");
        fields[18] = format!("id-{row}");
        let line = sealed_line(&previous, &mut fields);
        previous.clone_from(&fields[21]);
        file.write_all(&line).unwrap();
        length += line.len() as u64;
        whole = line;
    }
    file.flush().unwrap();
    let head = String::from_utf8(head_of(&whole)).unwrap();
    let bytes = head.trim_end().rsplit_once(' ').unwrap().0;
    std::fs::write(shop.join(HEAD), format!("{bytes} {length}\n")).unwrap();
    for line in [
        "verify",
        "balance",
        "variance",
        "monthly 6",
        "final --draft",
        "explain spent travel -f csv -o explained.csv",
        "explain spent travel -f json -o explained.json",
        "register -f csv -o register.csv",
        "register -f json -o register.json",
        "record -a travel --amount 0.01 --id new",
        "reverse 7 --id back",
    ] {
        let seen = bounded(&shop, LEDGER_MEMORY, line);
        tally.holds(seen.code == Some(0), || format!("{rows} rows: {line}: {seen:?}"));
    }
}

/// Budgets that are long, and some that are only deep.
fn large_budgets(share: &Share, tally: &mut Tally) {
    let shop = Shop::new();
    let million = |text: &str| text.repeat((1 << 20) / text.len() - 1);
    let cases = vec![
        ("16 MB of comments", "# 长\n".repeat(16 << 18)),
        ("16 MB of one line", format!("[budget]\nid = \"{}\"", "x".repeat(16 << 20))),
        ("open brackets", million("[")),
        ("an array of arrays", format!("a = {}", million("["))),
        ("inline tables", format!("a = {}", million("{a="))),
        ("dotted keys", format!("{}a = 1", million("a."))),
        ("a dotted table", format!("[{}a]", million("a."))),
        ("signs", format!("a = {}", million("+"))),
        ("tables", million("[[allocation]]\n")),
        ("keys", (0..90_000).map(|key| format!("k{key}=1\n")).collect()),
        ("one key", million("a=1\n")),
        ("quotes", format!("a = {}", million("\""))),
        ("a string", format!("[budget]\nid = \"{}\"", million("长"))),
        ("escapes", format!("[budget]\nid = \"{}\"", million("\\u0041"))),
    ];
    for (what, text) in some(share, cases) {
        std::fs::write(shop.join("large.toml"), text).unwrap();
        for line in ["balance -b large.toml", "open --yes -b large.toml"] {
            let data = format!("--data={TABLE_MEMORY}");
            let mut command = shop.through(&["timeout", "-s", "KILL", "20", "prlimit", &data], line);
            command.env_remove("TAIZHANG_BUDGET");
            let seen = said(&mut command);
            let holds = matches!(seen.code, Some(2 | 3)) && !seen.err.is_empty() && seen.err.len() < 100_000;
            tally.holds(holds, || format!("a budget of {what}: {line}: {}", short(&seen)));
        }
    }
}

/// Tables whose lines, fields or columns don't end.
fn large_tables(share: &Share, tally: &mut Tally) {
    let length = share.of(LARGE, 1024) * MEBIBYTE;
    let shop = Shop::opened();
    let before = shop.ledger();
    let header = "date,allocation,amount,memo\n2022-03-05,travel,1.00,";
    let cases: Vec<(&str, &[u8], u8, &[u8])> = vec![
        ("one line", b"", b'x', b""),
        ("a long field", header.as_bytes(), b'x', b"\n"),
        ("an open quote", b"date,allocation,amount,memo\n2022-03-05,travel,1.00,\"", b'\n', b""),
        ("commas", header.as_bytes(), b',', b"\n"),
        ("empty lines", b"date,allocation,amount,memo\n", b'\n', b""),
        ("NULs", header.as_bytes(), 0, b"\n"),
    ];
    for (what, start, byte, end) in some(share, cases) {
        long(&shop, "table.csv", start, byte, length, end);
        for line in
            ["import table.csv", "import table.csv --dry-run", "reconcile table.csv", "reconcile --detect table.csv"]
        {
            refused(&shop, &before, line, &format!("a table of {what}"), tally);
        }
    }
}

/// Workbooks that unfold.
fn large_workbooks(share: &Share, tally: &mut Tally) {
    let length = share.of(LARGE, 1024) * MEBIBYTE;
    let shop = Shop::opened();
    let before = shop.ledger();
    for (what, write) in some(share, bombs()) {
        write(&shop.join("table.xlsx"), length);
        for line in ["import table.xlsx", "reconcile table.xlsx"] {
            refused(&shop, &before, line, &format!("a workbook of {what}"), tally);
        }
    }
}

/// Refused in words, or nothing in it to do; never more.
fn refused(shop: &Shop, before: &[u8], line: &str, what: &str, tally: &mut Tally) {
    let seen = bounded(shop, TABLE_MEMORY, line);
    let holds = matches!(seen.code, Some(0..=3)) && seen.err.len() < 20_000 && shop.ledger() == before;
    tally.holds(holds, || format!("{what}: {line}: {}", short(&seen)));
}

fn short(seen: &Said) -> String {
    let cut = |text: &str| text.chars().take(300).collect::<String>();
    format!("{:?} {:?} {:?} ({} bytes)", seen.code, cut(&seen.out), cut(&seen.err), seen.err.len())
}
