//! What LibreOffice makes of a ledger, opened as texts and opened as it likes, saved in the forms that it offers.

use std::process::Command;

use taizhang::Exit;

use crate::office::{Folder, LEDGER};
use crate::terminal::works;

/// A ledger with what a spreadsheet takes for numbers, days, times and shares.
fn ledger(folder: &Folder) -> Vec<u8> {
    let office = folder.opened();
    for line in [
        "record -a 1 --amount 1234.50 --date 2022-01-05 --voucher 000123 --payment 20220301000012 --id r-1",
        "record -a 1 --amount 0.10 --date 2022-02-05 --voucher 1-2 --payee '饭店,老店' --memo TRUE --id r-2",
        "record -a 2 --amount 100 --date 2022-03-05 --occurred 2022-03-01 --voucher 1/2 --payment 0012 --id r-3",
        "record -a 2 --amount 100 --date 2022-03-05 --voucher 1E5 --memo '3:30' --id r-4",
        "record -a 3 --amount 99.99 --date 2022-03-06 --voucher MAR-1 --payment 1.10 --memo '5%' --id 00012",
        "record -a 3 --amount 1345.60 --date 2022-03-06 --payee 12/25 --memo '他说\"好\"' --id r-6",
        "record -a 4 --amount 8 --date 2022-03-07 --voucher 000124 --invoice 053001900104-12345678 --id r-7",
        "record -a 4 --amount 9 --date 2022-03-07 --invoice 22532000000012345678 --id r-8",
    ] {
        office.types(line).expect(Exit::Done);
    }
    folder.read(LEDGER)
}

#[test]
fn what_libreoffice_saves_comes_back_byte_for_byte() {
    if !works(&["soffice", "--headless", "--version"]) {
        return;
    }
    let folder = Folder::new();
    let original = ledger(&folder);
    let columns: Vec<String> = (1..=22).map(|column| format!("{column}/2")).collect();
    let as_texts = format!("CSV:44,34,76,1,{}", columns.join("/"));
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    // Separator, quote and character set: UTF-8, UTF-16, GB18030.
    let csv = |form: &str| format!("csv:Text - txt - csv (StarCalc):{form}");
    let mut tried = 0;
    for opened in ["CSV:44,34,76", as_texts.as_str()] {
        let forms = [csv("44,34,76"), csv("59,34,76"), csv("9,34,65535"), csv("44,34,85"), "xlsx".into()];
        for form in forms {
            std::fs::create_dir_all(folder.join("sent")).unwrap();
            folder.write("sent/book.csv", &original);
            let saved = Command::new("soffice")
                .args([&home, "--headless", &format!("--infilter={opened}"), "--convert-to", &form, "--outdir"])
                .args([folder.join("saved"), folder.join("sent/book.csv")])
                .output()
                .unwrap();
            assert!(saved.status.success(), "{saved:?}");
            let name = format!("saved/book.{}", if form == "xlsx" { "xlsx" } else { "csv" });
            tried += 1;
            let office = folder.office();
            let seen = office.runs(&["restore", &name, "-o", "back.csv"]);
            assert_eq!(seen.exit, Exit::Done, "{opened} {form}: {seen:?}");
            // Opened as texts and saved as it was, it is the ledger still.
            if folder.read(&name) == original {
                assert!(!folder.join("back.csv").exists(), "{opened} {form}");
                continue;
            }
            assert_eq!(folder.read("back.csv"), original, "{opened} {form}");
            std::fs::remove_file(folder.join("back.csv")).unwrap();
        }
    }
    assert_eq!(tried, 10);
}
