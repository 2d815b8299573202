//! Rows spoilt in one way each: what comes back, by what signs it was known, and what is said where nothing does.

use rust_xlsxwriter::Workbook;
use taizhang::{Exit, Files};

use crate::memory::Memory;
use crate::office::{LEDGER, Office, Seen};

const COLUMNS: &str = "seq,kind,date,occurred,allocation,fund,amount,plan,payee,memo,voucher,payment,economic,method,invoice,\
                       ref,doc,batch,id,by,at,hash";

/// The shipped budget, opened, and these expenses recorded.
fn office(expenses: &[&str]) -> Office<Memory> {
    let mut office = Office::on(Memory::default());
    office.today = "2022-01-01";
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    office.today = "2022-12-31";
    for expense in expenses {
        office.types(&format!("record {expense}")).expect(Exit::Done);
    }
    office
}

/// The rows of a ledger without a quote in it, the heading first.
fn rows(ledger: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(ledger.to_vec()).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn table(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains(',') { format!("\"{cell}\"") } else { cell.to_owned() }
}

fn column(name: &str) -> usize {
    COLUMNS.split(',').position(|column| column == name).unwrap()
}

/// A ledger, some of its cells otherwise: the row, counted from the last one, the column, and what is shown in it.
fn spoilt(office: &Office<Memory>, cells: &[(usize, &str, &str)]) -> Vec<Vec<String>> {
    let mut rows = rows(&office.files.bytes(LEDGER).unwrap());
    let last = rows.len() - 1;
    for (row, name, shown) in cells {
        rows[last - row][column(name)] = (*shown).to_owned();
    }
    rows
}

/// What a spreadsheet has saved of the ledger is restored, and is as the ledger is.
#[track_caller]
fn comes_back(office: &Office<Memory>, saved: impl Into<Vec<u8>>) -> Seen {
    office.files.put("sent.csv", saved);
    let _ = office.files.remove("back.csv".as_ref());
    let seen = office.types("restore sent.csv -o back.csv --lang en -f json").expect(Exit::Done);
    let text = |name: &str| String::from_utf8(office.files.bytes(name).unwrap()).unwrap();
    assert_eq!(text("back.csv"), text(LEDGER));
    seen
}

/// Nothing is restored of these rows, and it is said why.
#[track_caller]
fn refused(office: &Office<Memory>, rows: &[Vec<String>]) -> String {
    office.files.put("sent.csv", table(rows));
    let seen = office.types("restore sent.csv -o back.csv --lang en").expect(Exit::Integrity);
    assert_eq!(office.files.bytes("back.csv"), None, "{seen:?}");
    seen.err
}

#[test]
fn a_cell_comes_back_from_what_is_shown_in_it() {
    for (expense, cells, signs) in [
        ("--amount 5 --date 2022-06-01", &[("seq", "")][..], "numbers"),
        ("--amount 5 --date 2022-06-01", &[("date", "6月1日")], "dates"),
        ("--amount 1234.56 --date 2022-06-01", &[("amount", "1,235")], "amounts"),
        ("--amount 5 --date 2022-06-01 --payment 100000000000", &[("payment", "1E+11")], "scientific"),
        // Two that need a long search, in one row.
        (
            "--amount 1234.56 --date 2022-06-01 --payment 123456",
            &[("amount", "1,235"), ("payment", "1.235E+05")],
            "amounts+scientific",
        ),
    ] {
        let office = office(&[&format!("-a 1 {expense}")]);
        let cells: Vec<(usize, &str, &str)> = cells.iter().map(|(name, shown)| (0, *name, *shown)).collect();
        let seen = comes_back(&office, table(&spoilt(&office, &cells)));
        assert_eq!(seen.json()["signs"], signs, "{cells:?}");
    }
}

#[test]
fn an_invoice_number_comes_back_from_the_fifteen_digits_that_a_workbook_keeps() {
    let office = office(&["-a 1 --amount 5 --date 2022-06-01 --invoice 22532000000012345678"]);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows(&office.files.bytes(LEDGER).unwrap())) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<f64>().ok().filter(|_| cell.len() == 20) {
                Some(number) => sheet.write_number(row, column, number).map(drop).unwrap(),
                None if cell.is_empty() => {}
                None => sheet.write_string(row, column, &cell).map(drop).unwrap(),
            }
        }
    }
    let seen = comes_back(&office, workbook.save_to_buffer().unwrap());
    assert_eq!(seen.json()["signs"], "xlsx+scientific");
}

/// Lines without anything, columns of the clerk's own, and characters that come late.
#[test]
fn what_stands_beside_the_ledgers_columns_is_left_out_and_the_rows_with_it_are_counted() {
    let office = office(&["-a 1 --amount 5 --date 2022-06-01"]);
    let text = String::from_utf8(office.files.bytes(LEDGER).unwrap()).unwrap();
    let remarks: String = text.lines().enumerate().map(|(row, line)| line.to_owned() + remark(row)).collect();
    let remarks = remarks + &",".repeat(22) + "合计\n";
    let wide = text.replacen('\n', &format!("{}\n", ",".repeat(4_200)), 1);
    for (saved, signs, beside) in [
        ((text.clone() + "\n\n").into_bytes(), "layout", None),
        (text.replacen('\n', "\n\n", 3).into_bytes(), "layout", None),
        (remarks.into_bytes(), "layout", Some("3 rows had something beside")),
        (encoding_rs::GB18030.encode(&wide).0.into_owned(), "gb18030", None),
    ] {
        let seen = comes_back(&office, saved);
        assert_eq!(seen.json()["signs"], signs);
        assert_eq!(seen.err.contains("beside"), beside.is_some(), "{seen:?}");
        assert!(beside.is_none_or(|said| seen.err.contains(said)), "{seen:?}");
    }
}

fn remark(row: usize) -> &'static str {
    match row {
        3 | 5 => ",看过\n",
        4 => ",,\n",
        _ => "\n",
    }
}

/// Each number may have had any count of zeros before it; how many there were in the rows before decides what is tried first.
#[test]
fn numbers_of_one_series_are_of_one_length() {
    let columns = ["payee", "memo", "voucher", "payment", "doc", "id"];
    let number = |row: usize| format!("{row:017}");
    let mut expenses: Vec<String> = (1..)
        .zip(columns)
        .map(|(row, name)| format!("-a 1 --amount 5 --date 2022-06-01 --{name} {}", number(100 + row)))
        .collect();
    let all: Vec<String> = columns.iter().map(|name| format!("--{name} {}", number(200))).collect();
    expenses.push(format!("-a 1 --amount 5 --date 2022-06-01 {}", all.join(" ")));
    let office = office(&expenses.iter().map(String::as_str).collect::<Vec<_>>());
    let singly = (1..=6).rev().zip(columns).zip(101..).map(|((row, name), shown)| (row, name, shown.to_string()));
    let together = columns.iter().map(|name| (0, *name, "200".to_owned()));
    let cells: Vec<(usize, &str, String)> = singly.chain(together).collect();
    let cells: Vec<(usize, &str, &str)> =
        cells.iter().map(|(row, name, shown)| (*row, *name, shown.as_str())).collect();
    let seen = comes_back(&office, table(&spoilt(&office, &cells)));
    assert_eq!(seen.json()["signs"], "numbers");
}

/// Expenses of one allocation, one after another.
fn several(rows: usize) -> Office<Memory> {
    let expenses: Vec<String> =
        (1..=rows).map(|row| format!("-a 2 --amount {row}.25 --date 2022-06-01 --id r-{row}")).collect();
    office(&expenses.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn what_somebody_changed_is_told_by_its_column_and_its_value() {
    let office = several(1);
    let rows = rows(&office.files.bytes(LEDGER).unwrap());
    let last = rows.len() - 1;
    let was = |name: &str| rows[last][column(name)].clone();
    let other = rows[2][column("allocation")].clone();
    assert_ne!(other, was("allocation"));
    for (name, is) in [("allocation", other.as_str()), ("date", "2022-07-01"), ("amount", "543.21")] {
        let seen = refused(&office, &spoilt(&office, &[(0, name, is)]));
        assert!(seen.contains(&format!("column `{name}` was `{}`", was(name))), "{seen}");
    }
}

#[test]
fn each_row_that_cannot_be_proved_is_named_by_its_number() {
    let office = several(8);
    let whole = rows(&office.files.bytes(LEDGER).unwrap());
    let last = whole.len() - 1;
    // Two whose numbers can't be read either: each is the one after the row before it.
    let gone = [(2, "seq", "x"), (2, "invoice", "2.25E+19"), (1, "seq", "x"), (1, "invoice", "2.25E+19")];
    let seen = refused(&office, &spoilt(&office, &gone));
    assert!(seen.contains(&format!("2 of {last} rows cannot be proved: {}-{};", last - 2, last - 1)), "{seen}");
    assert!(!seen.contains("missing"), "{seen}");
    let seen = refused(&office, &spoilt(&office, &[(5, "invoice", "2.25E+19"), (2, "invoice", "2.25E+19")]));
    assert!(seen.contains(&format!("2 of {last} rows cannot be proved: {}, {};", last - 5, last - 2)), "{seen}");
    // Two that changed places.
    let mut swapped = whole.clone();
    swapped.swap(last - 3, last - 2);
    let seen = refused(&office, &swapped);
    assert!(seen.contains(&format!("row {} is missing before this one", last - 3)), "{seen}");
    assert!(seen.contains(&format!("row {} stands behind row {}", last - 3, last - 2)), "{seen}");
}

#[test]
fn of_many_rows_that_cannot_be_proved_the_first_fifty_are_shown_and_all_are_counted() {
    let office = several(60);
    let cells: Vec<(usize, &str, &str)> = (0..51).map(|row| (row, "invoice", "2.25E+19")).collect();
    let seen = refused(&office, &spoilt(&office, &cells));
    assert_eq!(seen.matches("are gone").count(), 50, "{seen}");
    assert!(seen.contains("51 of") && seen.contains("(the first 50 are shown)"), "{seen}");
}

/// The ledger itself is gone: there is nothing to keep, and what comes back takes its name.
#[test]
fn a_ledger_that_is_gone_comes_back_in_place_from_a_copy() {
    let office = several(2);
    let original = office.files.bytes(LEDGER).unwrap();
    let text = String::from_utf8(original.clone()).unwrap();
    office.files.put("copy.csv", text.replace('\n', "\r\n"));
    office.files.remove(LEDGER.as_ref()).unwrap();
    office.types("restore copy.csv --in-place").expect(Exit::Done);
    assert!(office.files.bytes(LEDGER).unwrap().starts_with(&original));
    assert_eq!(office.files.bytes(format!("{LEDGER}.resaved-1")), None);
    office.types("verify").expect(Exit::Done);
}

/// What stands there can be read as a ledger for some rows, and as no table: those rows are held on to.
#[test]
fn what_lacks_a_row_that_still_holds_is_not_put_in_its_place() {
    let office = several(3);
    let whole = office.files.bytes(LEDGER).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let (short, _) = text.trim_end().rsplit_once('\n').unwrap();
    office.files.remove(format!("{LEDGER}.head").as_ref()).unwrap();
    let damaged = [&whole[..], b"\xFF\xFF\xFF\n"].concat();
    office.files.put(LEDGER, damaged.clone());
    let sent =
        [("shorter", format!("{short}\r\n"), Exit::Integrity), ("as long", text.replace('\n', "\r\n"), Exit::Done)];
    let other = several(2);
    other.types("record -a 2 --amount 4.25 --date 2022-06-01 --id r-3").expect(Exit::Done);
    let other = String::from_utf8(other.files.bytes(LEDGER).unwrap()).unwrap();
    assert_eq!(other.len(), text.len());
    let sent = [("another", other.replace('\n', "\r\n"), Exit::Integrity)].into_iter().chain(sent);
    for (name, copy, exit) in sent {
        office.files.put("copy.csv", copy);
        let seen = office.types("restore copy.csv --in-place --lang en");
        assert_eq!(seen.exit, exit, "{name}: {seen:?}");
        if exit == Exit::Integrity {
            assert!(seen.err.contains("that still hold in the ledger"), "{name}: {seen:?}");
            assert_eq!(office.files.bytes(LEDGER).as_ref(), Some(&damaged), "{name}");
        }
    }
    assert!(office.files.bytes(LEDGER).unwrap().starts_with(&whole));
}
