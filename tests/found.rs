//! What the machine has found, each in its shortest form, so that it stays mended.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::{Office, Seen};

/// A budget of three allocations, opened; the third came into the file later and holds nothing yet.
fn opened() -> Office<Memory> {
    let line = |key: &str, name: &str, amount: &str| {
        format!("[[allocation]]\nkey = \"{key}\"\nname = \"{name}\"\namount = \"{amount}\"\n")
    };
    let begin = "[budget]\nid = \"small\"\ntitle = \"项目\"\nunit = \"单位\"\nfiscal_year = 2022\nlanguage = \"en\"\n";
    let two = format!("{begin}total = \"1万元\"\n{}{}", line("a", "甲", "6,000"), line("b", "乙", "4,000"));
    let office = Office::on(Memory::default());
    office.files.put("small.toml", two.clone());
    office.types("open --yes --id opening").expect(Exit::Done);
    office.files.put("small.toml", two + &line("later", "丙", "0"));
    office
}

/// A command that must be refused, for these reasons and no others, and that changes nothing.
#[track_caller]
fn refused(office: &Office<Memory>, line: &str, exit: Exit, reasons: &[&str]) {
    let ledger = office.files.bytes("small.csv");
    let seen = office.types(line).expect(exit);
    let errors: Vec<&str> = seen.err.lines().filter(|said| said.starts_with("error:")).collect();
    assert_eq!(errors.len(), reasons.len(), "{}", seen.err);
    assert!(reasons.iter().all(|reason| seen.err.contains(reason)), "{}", seen.err);
    assert_eq!(office.files.bytes("small.csv"), ledger);
}

/// A command that must be done, and that is answered with the same rows when it is repeated.
#[track_caller]
fn repeats(office: &Office<Memory>, line: &str) -> Seen {
    let first = office.types(&format!("{line} -f json")).expect(Exit::Done);
    let again = office.types(&format!("{line} -f json")).expect(Exit::Done);
    assert_eq!(first.json()["seqs"], again.json()["seqs"]);
    assert_eq!(again.json()["already_recorded"], true);
    first
}

#[test]
fn a_bill_against_a_commitment_is_not_paid_from_another_fund_than_was_asked_for() {
    let office = opened();
    office.types("adjust -a a --add 50 --doc F --fund carried --date 2022-01-05").expect(Exit::Done);
    office.types("commit -a a --amount 100 --doc HT --fund current --date 2022-01-05").expect(Exit::Done);
    let pay = "record --commitment HT --amount 150 --date 2022-01-06";
    refused(
        &office,
        &format!("{pay} --fund carried"),
        Exit::Refused,
        &["commits money of fund current, not of carried"],
    );
    repeats(&office, &format!("{pay} --fund current --id bill"));
}

#[test]
fn the_budget_is_not_changed_without_an_approval() {
    let office = opened();
    for line in ["adjust -a a --add 5", "adjust -a a --cut 5", "transfer --from a --to b --amount 5"] {
        for doc in ["''", "' '"] {
            refused(&office, &format!("{line} --doc {doc}"), Exit::Refused, &["document number is empty"]);
        }
    }
    office.types("adjust -a a --add 5 --doc F").expect(Exit::Done);
    refused(&office, "adjust --undo F --doc ''", Exit::Refused, &["document number is empty"]);
    office.types("adjust --undo F").expect(Exit::Done);
}

#[test]
fn what_did_not_come_out_of_a_commitment_is_not_promised_again() {
    let office = opened();
    office.types("commit -a a --amount 100 --doc HT --date 2022-01-05").expect(Exit::Done);
    office.types("record --commitment HT --amount 150 --voucher V --date 2022-01-06").expect(Exit::Done);
    repeats(&office, "refund V --amount 100 --recommit --id first");
    // The other 50 went beyond the commitment. Done without a commitment it could not be repeated under its id.
    refused(&office, "refund V --recommit --id rest", Exit::Refused, &["so there is none to restore"]);
    repeats(&office, "refund V --id rest");
}

#[test]
fn what_is_left_of_an_expense_is_what_can_be_corrected() {
    let office = opened();
    office.types("record -a a --amount 100 --voucher V --date 2022-01-06").expect(Exit::Done);
    office.types("refund V --amount 30 --date 2022-01-07").expect(Exit::Done);
    refused(&office, "correct V", Exit::Refused, &["nothing about row 4 would be different"]);
    refused(&office, "correct V --amount 70", Exit::Refused, &["nothing about row 4 would be different"]);
    office.types("correct V --amount 100").expect(Exit::Done);
}

#[test]
fn an_allocation_that_holds_nothing_yet_can_give_when_a_reason_is_given() {
    let office = opened();
    let line = "transfer --from later --to b --amount 5 --doc F";
    refused(&office, line, Exit::Refused, &["cannot give"]);
    let seen = repeats(&office, &format!("{line} --allow-over 批准 --id k"));
    assert_eq!(seen.json()["seqs"], serde_json::json!([4, 5, 6]));
    office.types("adjust --undo 6").expect(Exit::Done);
    office.types("verify").expect(Exit::Done);
}

#[test]
fn a_memo_that_looks_like_a_reason_is_a_memo() {
    let office = opened();
    for (place, memo) in ["allow-over=批准", "接待;clock-ok=批准", ""].iter().enumerate() {
        repeats(&office, &format!("record -a a --amount 1 --memo '{memo}' --id k-{place}"));
    }
    let over = "record -a a --amount 7000 --allow-over 批准 --memo 接待 --id over";
    repeats(&office, over);
    refused(&office, &over.replace("接待", "接"), Exit::Refused, &["with another memo"]);
    office.types("adjust -a a --add 5 --doc F").expect(Exit::Done);
    repeats(&office, "adjust --undo F --memo 改;allow-over=批准 --allow-over 批准 --id undone");
}

#[test]
fn a_reason_stays_with_the_row_that_needed_it() {
    let office = opened();
    office
        .types("commit -a a --amount 7000 --doc HT --memo 印刷 --allow-over 急件 --date 2022-01-05")
        .expect(Exit::Done);
    office.types("adjust -a a --add 2000 --doc F --date 2022-01-06").expect(Exit::Done);
    office.types("record --commitment HT --amount 7000 --date 2022-01-06").expect(Exit::Done);
    let ledger = String::from_utf8(office.files.bytes("small.csv").unwrap()).unwrap();
    let memos: Vec<&str> = ledger.lines().skip(4).map(|line| line.split(',').nth(9).unwrap()).collect();
    assert_eq!(memos, ["印刷;allow-over=急件", "", "印刷", ""]);
}

#[test]
fn no_text_of_a_row_is_longer_than_it_may_be() {
    let office = opened();
    let many: Vec<String> = (0..99).map(|number| format!("{number:020}")).collect();
    let (many, memo) = (many.join(";"), "x".repeat(2045));
    office.types(&format!("record -a a --amount 1 --memo {memo}")).expect(Exit::Done);
    for line in ["record -a a --amount 1", "note 4", "correct 4"] {
        refused(&office, &format!("{line} --invoice {many}"), Exit::Refused, &["the invoice number is too long"]);
    }
    let mut early = Office::on(office.files.clone());
    early.today = "2022-11-30";
    for line in [&format!("note 4 --memo {memo}"), "correct 4 --amount 2 --memo 接待 --date 2022-11-30"] {
        let reasons: &[&str] =
            if line.starts_with("note") { &["the memo is too long"] } else { &["the memo is too long", "before"] };
        refused(&early, &format!("{line} --clock-ok 补记"), Exit::Refused, reasons);
    }
    refused(&early, &format!("close 1 --clock-ok {memo}"), Exit::Refused, &["`--clock-ok` is too long"]);
    early.types("close 1 --clock-ok 补记").expect(Exit::Done);
}

#[test]
fn a_commitments_economic_class_may_be_typed_full_width() {
    let office = opened();
    office.types("commit -a a --amount 1 --economic ３０２１１").expect(Exit::Done);
    let ledger = String::from_utf8(office.files.bytes("small.csv").unwrap()).unwrap();
    assert!(ledger.contains(",30211,"), "{ledger}");
}

#[test]
fn what_is_not_understood_ends_with_2_whatever_else_is_wrong() {
    let office = opened();
    for line in ["record -a a --amount x --memo =1", "record -a a --amount 0 --date x", "close 13 --id ''"] {
        let seen = office.types(line).expect(Exit::Usage);
        assert_eq!(seen.err.matches("error:").count(), 2, "{}", seen.err);
    }
}

#[test]
fn a_bill_is_one_bill_however_it_was_split_and_corrected() {
    let office = opened();
    let invoice = "12345678901234567890";
    let warned = |office: &Office<Memory>| office.types("verify").expect(Exit::Done).err.contains("on rows");
    office.types(&format!("record --split a=10 --split b=20 --amount 30 --invoice {invoice}")).expect(Exit::Done);
    for part in [4, 5] {
        office.types(&format!("correct {part} --payee 某饭店")).expect(Exit::Done);
        assert!(!warned(&office), "row {part} was corrected, and stays part of its bill");
    }
    office.types("reverse 7").expect(Exit::Done);
    office.types(&format!("record -a a --amount 10 --invoice {invoice} --invoice-part")).expect(Exit::Done);
    assert!(warned(&office), "the first part was paid by another bill, the second stands");
    office.types("reverse 9").expect(Exit::Done);
    assert!(!warned(&office));
}

#[test]
fn a_day_outside_the_year_is_the_only_reason_when_the_money_is_there() {
    let office = opened();
    office.types("commit -a a --amount 6000 --doc HT").expect(Exit::Done);
    refused(
        &office,
        "record --commitment HT --amount 6000 --date 2023-01-01",
        Exit::Refused,
        &["outside", "after today"],
    );
    office.types("record -a b --amount 4000 --voucher V").expect(Exit::Done);
    refused(&office, "correct V --payee 某饭店 --date 2023-01-01", Exit::Refused, &["outside", "after today"]);
    office.types("adjust -a b --add 5 --doc F").expect(Exit::Done);
    refused(&office, "adjust --undo F --date 2023-01-01", Exit::Refused, &["outside", "after today"]);
}

#[test]
fn an_opening_repeated_is_answered_with_the_opening_and_nothing_behind_it() {
    let office = opened();
    office.types("adjust -a a --add 50 --doc F --fund carried").expect(Exit::Done);
    let seen = office.types("open --yes --id opening -f json").expect(Exit::Done);
    assert_eq!(seen.json()["seqs"], serde_json::json!([1, 2, 3]));
}
