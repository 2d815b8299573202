//! What is too large is refused at once, in words, and never read whole.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

#[test]
fn a_budget_over_one_mebibyte_is_refused() {
    let office = Office::on(Memory::default());
    office.files.put("big.toml", format!("[budget]\n# {}\n", "长".repeat(400_000)));
    let seen = office.types("-b big.toml balance").expect(Exit::Refused);
    assert!(seen.err.contains("1024 KB"), "{}", seen.err);
    office.types("balance").expect(Exit::Refused);
}

#[test]
fn a_ledger_line_without_end_is_refused_before_the_head_and_never_cut() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let ledger = "chuxiong-xinfang-2022.csv";
    let opened = office.files.bytes(ledger).unwrap();
    office.files.put(ledger, [vec![b'x'; 10 << 20], opened.clone()].concat());
    office.types("balance").expect(Exit::Integrity);
    office.types("record -a 1 --amount 1").expect(Exit::Integrity);
    // Behind the head it may be what a broken write left; then the rows before it still count.
    office.files.put(ledger, [opened, vec![0; 10 << 20]].concat());
    office.types("balance").expect(Exit::Done);
}

#[test]
fn a_text_over_its_limit_is_refused_and_one_at_it_is_kept() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let memo = |length: usize| "x".repeat(length);
    office.runs(&["record", "-a", "1", "--amount", "1", "--memo", &memo(2049)]).expect(Exit::Refused);
    office.runs(&["record", "-a", "1", "--amount", "1", "--memo", &memo(2048)]).expect(Exit::Done);
    let over = ["record", "-a", "4", "--amount", "20000", "--allow-over", "why", "--memo", &memo(2047)];
    office.runs(&over).expect(Exit::Refused);
    office.types("verify").expect(Exit::Done);
}
