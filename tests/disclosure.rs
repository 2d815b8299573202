//! What is published of a project: nothing of a row is in it, and its figures are those of the other reports.

use serde_json::Value;
use taizhang::{Disk, Exit};

use super::formats::read_back::parts;
use super::office::{Folder, LEDGER, Office, words};

/// What every planted text holds, and nothing else in the world.
const MARKER: &str = "内情";

/// The columns of the ledger that hold what someone wrote or chose, and what was planted there.
const PLANTED: [(&str, &str); 11] = [
    ("occurred", "2022-03-14"),
    ("payee", "内情收款人"),
    ("memo", "内情摘要"),
    ("voucher", "内情凭证"),
    ("payment", "内情支付令"),
    ("economic", "30211"),
    ("method", "authorized"),
    ("invoice", "98765432109876543210"),
    ("doc", "内情文号"),
    ("id", "内情编号"),
    ("by", "内情经办人"),
];

/// A year in which every text column of every kind of row that can have it was written to.
fn planted(folder: &Folder) -> Office<Disk> {
    let office = folder.office();
    office.types("init").expect(Exit::Done);
    office.types("open --yes --id 内情编号-o --by 内情经办人").expect(Exit::Done);
    let stamped = |line: &str, number: usize| {
        let line = format!("{line} --memo 内情摘要{number} --id 内情编号-{number} --by 内情经办人");
        office.types(&line).expect(Exit::Done);
    };
    for (number, line) in [
        "adjust -a 8 --add 1万元 --doc 内情文号一 --date 2022-02-01",
        "transfer --from 9 --to 3 --amount 15 --doc 内情文号二 --date 2022-02-02",
        "commit -a 8 --amount 3万元 --doc 内情文号三 --payee 内情收款人 --date 2022-03-01",
        "record --commitment 内情文号三 --amount 1.2万元 --voucher 内情凭证三 --date 2022-03-02",
        "record -a 1 --amount 123.45 --payee 内情收款人 --voucher 内情凭证一 --payment 内情支付令一 --economic 30211 \
         --method authorized --invoice 98765432109876543210 --occurred 2022-03-14 --date 2022-03-15",
        "refund 内情凭证一 --amount 3.45 --payment 内情支付令二 --date 2022-04-01",
        "reverse 内情凭证三 --amount 100 --voucher 内情凭证四 --date 2022-04-02",
        "release 内情文号三 --amount 50 --date 2022-04-03",
        "note 内情凭证一 --payment 内情支付令三 --date 2022-04-04",
        "record -a 6 --amount 4100 --allow-over 内情原因 --date 2022-05-01",
    ]
    .into_iter()
    .enumerate()
    {
        stamped(line, number);
    }
    office.types("close 12 --through --id 内情编号-c --by 内情经办人").expect(Exit::Done);
    office
}

/// All that an answer says, also of what lies packed in a workbook.
fn said(office: &Office<Disk>, line: &str) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = words(line);
    let exit = office.runs_into(&words.iter().map(String::as_str).collect::<Vec<_>>(), &mut out, &mut err);
    assert_eq!(exit, Exit::Done, "{line}: {}", String::from_utf8_lossy(&err));
    if out.starts_with(b"PK") {
        return parts(&out).into_values().collect();
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn nothing_of_a_row_is_published() {
    let folder = Folder::new();
    let office = planted(&folder);
    let ledger = String::from_utf8(folder.read(LEDGER)).unwrap();
    let mut rows = csv::Reader::from_reader(ledger.as_bytes());
    let header = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let column = |name: &str| {
        let place = header.iter().position(|known| known == name).unwrap();
        rows.iter().map(move |row| row[place].to_owned())
    };
    for (name, text) in PLANTED {
        assert!(column(name).any(|there| there.contains(text)), "nothing was planted as {name}");
    }
    // The register shows what was planted, so that this test would see it.
    assert!(said(&office, "register").contains(MARKER));
    let mut secrets: Vec<String> = vec![MARKER.to_owned(), LEDGER.to_owned()];
    secrets.extend(PLANTED.iter().map(|(_, text)| (*text).to_owned()));
    secrets.extend(column("hash").map(|hash| hash[..12].to_owned()));
    secrets.extend(column("at"));
    secrets.extend(folder.path().to_str().map(str::to_owned));
    for format in ["table", "csv", "json", "markdown", "html", "xlsx"] {
        for asked in ["", "--unit yuan", "--as-of 2022-04-30", "--draft", "--lang en", "--rows 11"] {
            let said = said(&office, &format!("disclose -f {format} {asked}"));
            assert!(said.contains("信访工作经费"), "{format} {asked}");
            let seen: Vec<&String> = secrets.iter().filter(|secret| said.contains(secret.as_str())).collect();
            assert!(seen.is_empty(), "{format} {asked}: {seen:?}");
        }
    }
}

#[test]
fn its_figures_are_those_of_the_other_reports() {
    let folder = Folder::new();
    let office = planted(&folder);
    let json = |line: &str| office.types(line).expect(Exit::Done).json();
    let (public, balance) = (json("disclose -f json"), json("balance -f json"));
    let form = json("final --draft -f json");
    let of = |answer: &Value, list: &str, key: &str| -> Vec<Value> {
        answer[list].as_array().unwrap().iter().map(|row| row[key].clone()).collect()
    };
    assert_eq!(of(&public, "execution", "allocation").len(), 9);
    for key in ["allocation", "name", "original", "revised", "spent", "execution_rate"] {
        assert_eq!(of(&public, "execution", key), of(&balance, "rows", key), "{key}");
        assert_eq!(of(&public, "execution", key), of(&form, "allocations", key), "{key}");
    }
    for key in ["original", "adjusted", "revised"] {
        assert_eq!(of(&public, "funding", key), of(&balance, "rows", key), "{key}");
    }
    for key in ["original", "adjusted", "revised", "spent", "execution_rate"] {
        assert_eq!(public[key], balance["total"][key], "{key}");
        assert_eq!(public[key], form[key], "{key}");
    }
}

#[test]
fn before_the_year_is_over_nothing_is_said_of_spending() {
    let folder = Folder::new();
    let office = planted(&folder);
    let public = office.types("disclose -f json --as-of 2022-12-30").expect(Exit::Done).json();
    assert_eq!(
        (&public["executed"], &public["spent"], &public["execution"]),
        (&false.into(), &Value::Null, &Value::Null)
    );
    assert!(!said(&office, "disclose --as-of 2022-12-30").contains("执行数"));
    assert!(said(&office, "disclose --as-of 2022-12-31").contains("全年执行数"));
}

#[test]
fn whatever_a_text_holds_a_page_says_it_in_paragraphs_of_its_own() {
    let folder = Folder::new();
    let given = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/disclose/missing-texts/given/small.toml");
    folder.write("small.toml", std::fs::read(given).unwrap());
    let page = said(&folder.office(), "disclose --draft -f html");
    assert!(
        !page.contains("<b>") && page.contains("<p class=\"paragraph\">巡查&#60;b&#62;&#38;维修&#60;/b&#62;经费</p>")
    );
    for paragraph in ["第一段：巡查 | 维修，*必须*落实。", "第二段：见附件。", "- 逐户走访"] {
        assert!(page.contains(&format!("<p class=\"paragraph\">{paragraph}</p>")), "{paragraph}");
    }
}
