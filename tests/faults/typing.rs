//! The real binary at a real terminal: what is asked, typed, taken back. Where python3 or its terminals are missing the
//! test says so and tries nothing.

use std::process::Stdio;

use super::Book;
use super::kernel::Shop;
use crate::terminal::typist;

/// Keys as a terminal sends them.
const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";
const DOWN: &str = "\u{1b}[B";
const CONTROL_C: &str = "\u{3}";
const CONTROL_D: &str = "\u{4}";

/// From the first question to the preview, with an amount that is none first.
const TO_THE_PREVIEW: [(&str, &str); 12] = [
    ("Which allocation pays?", ENTER),
    ("How much, in yuan?", "¥3\r"),
    ("currency", "30000\r"),
    ("more than", "12.5\r"),
    ("人民币壹拾贰元伍角整. Right?", ENTER),
    ("Accounting date?", "2022-12-30\r"),
    ("Who was paid?", "新华书店\r"),
    ("What was it for", "=1\r"),
    ("spreadsheet", "it's for 12 %\r"),
    ("Voucher number", "V-1\r"),
    ("Economic class", "30201\r"),
    ("would be row 3", ""),
];

/// What a command showed at its terminal, and how it ended; nothing where there is no terminal to be had.
fn typed(shop: &Shop, line: &str, keys: &[(&str, Option<&str>)]) -> Option<(i32, String)> {
    let typist = typist(keys)?;
    let mut command = shop.through(&typist.iter().map(String::as_str).collect::<Vec<_>>(), line);
    let output = command.env("NO_COLOR", "1").stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.code().unwrap(), said))
}

fn then<'k>(keys: &[(&'k str, &'k str)], last: &[(&'k str, Option<&'k str>)]) -> Vec<(&'k str, Option<&'k str>)> {
    keys.iter().map(|(shown, typed)| (*shown, Some(*typed))).chain(last.iter().copied()).collect()
}

#[test]
fn a_yes_at_the_end_writes_the_row_and_shows_how_to_type_it() {
    let shop = Shop::opened();
    let keys = then(&TO_THE_PREVIEW, &[("Record it?", Some("\r")), ("Record it?", Some("yes\r"))]);
    let Some((code, said)) = typed(&shop, "record", &keys) else { return };
    assert_eq!(code, 0, "{said}");
    let line = "record -a travel --amount 12.50 --date 2022-12-30 --payee 新华书店 --memo 'it'\\''s for 12 %' \
                --voucher V-1 --economic 30201";
    assert!(said.replace("\r\n", "").contains(line), "{said}");
    assert!(!said.contains("\u{1b}[38;"), "colours were not wanted: {said:?}");
    let row = Book::read(&shop.ledger()).rows.pop().unwrap();
    assert_eq!((row[1].as_str(), row[6].as_str(), row[9].as_str()), ("expense", "12.50", "it's for 12 %"));
    assert_eq!(shop.runs("verify").code, Some(0));
}

#[test]
fn whoever_gives_up_at_any_question_leaves_every_byte_as_it_was() {
    let shop = Shop::opened();
    let before = shop.ledger();
    let no = then(&TO_THE_PREVIEW, &[("Record it?", Some("no\r"))]);
    let Some((code, said)) = typed(&shop, "record", &no) else { return };
    assert_eq!((code, shop.ledger() == before), (1, true), "{said}");
    assert!(said.ends_with("nothing done\r\n"), "{said}");
    let questions = [0, 1, 4, 5, 10].map(|count| (&TO_THE_PREVIEW[..count], TO_THE_PREVIEW[count].0));
    for (keys, question) in questions.into_iter().chain([(&TO_THE_PREVIEW[..], "Record it?")]) {
        for key in [CONTROL_C, ESCAPE, CONTROL_D] {
            let (code, said) = typed(&shop, "record", &then(keys, &[(question, Some(key))])).unwrap();
            assert_eq!((code, shop.ledger() == before), (1, true), "{key:?} at {question}: {said}");
            assert!(said.ends_with("nothing done\r\n"), "{key:?} at {question}: {said}");
        }
        // The terminal is gone: so is the command, by the signal or by itself.
        let (code, said) = typed(&shop, "record", &then(keys, &[(question, None)])).unwrap();
        assert!([129, 1, 5].contains(&code), "hung up at {question}: {code} {said}");
        assert_eq!(shop.ledger(), before, "hung up at {question}");
    }
    assert_eq!(shop.runs("verify").code, Some(0));
}

/// Where the signal is ignored, as under `nohup`, nothing but the closed terminal itself says that nobody is there.
#[test]
fn a_terminal_that_goes_ends_the_questions_even_where_its_signal_is_ignored() {
    let shop = Shop::opened();
    let before = shop.ledger();
    for count in [0, 1, 10] {
        let keys = then(&TO_THE_PREVIEW[..count], &[(TO_THE_PREVIEW[count].0, None)]);
        let Some(typist) = typist(&keys) else { return };
        let deaf = ["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""];
        let words: Vec<&str> = typist.iter().map(String::as_str).chain(deaf).collect();
        let output = shop.through(&words, "record").stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), shop.ledger() == before), (Some(5), true), "at question {count}: {said}");
    }
}

#[test]
fn a_list_is_gone_through_by_keys_and_by_letters() {
    let shop = Shop::opened();
    assert_eq!(shop.runs("record -a travel --amount 2.00 --date 2022-12-01").code, Some(0));
    assert_eq!(shop.runs("record -a travel --amount 4.00 --date 2022-12-02").code, Some(0));
    let rest = [("Accounting date?", ENTER), ("Voucher", ENTER), ("for", ENTER), ("Record it?", "y\r")];
    let down = [("Which expense", DOWN), (">", ENTER), ("How much", ENTER)];
    let Some((code, said)) = typed(&shop, "reverse", &then(&[&down[..], &rest[..]].concat(), &[])) else { return };
    assert_eq!(code, 0, "{said}");
    let letters = [("Which expense", "4"), ("> 4", ENTER), ("How much", ENTER)];
    let (code, said) = typed(&shop, "reverse", &then(&[&letters[..], &rest[..]].concat(), &[])).unwrap();
    assert_eq!(code, 0, "{said}");
    let rows = Book::read(&shop.ledger()).rows;
    let reversed: Vec<(&str, &str)> = rows[4..].iter().map(|row| (row[6].as_str(), row[15].as_str())).collect();
    assert_eq!(reversed, [("-2.00", "3"), ("-4.00", "4")]);
}

#[test]
fn with_everything_typed_nothing_is_asked_and_without_a_terminal_nothing_can_be() {
    let shop = Shop::opened();
    let Some((code, said)) = typed(&shop, "record -a travel --amount 1.00", &[]) else { return };
    assert_eq!((code, said.contains('?')), (0, false), "{said}");
    let said = shop.runs("record --amount 1.00");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("missing: --allocation"), "{said:?}");
}
