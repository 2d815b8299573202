//! Hostile TOML in every place where TOML is read: nested without end, repeated without end, in other types than text.
//! Each is refused in a few words that say what and where; nothing is taken for an amount that is not one.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

const HEAD: &str = "[budget]\nid = \"s\"\ntitle = \"t\"\nunit = \"u\"\nfiscal_year = 2022\ntotal = \"1万元\"\n";
const ALLOCATION: &str = "[[allocation]]\nkey = \"k\"\nname = \"n\"\namount = \"1万元\"\nplan = \"even\"\n";

/// An opened office that also has a statement.
fn office() -> Office<Memory> {
    let office = Office::on(Memory::default());
    for line in ["init", "open --yes --id opening"] {
        office.types(line).expect(Exit::Done);
    }
    office.files.put("bank.csv", "日期,借方,贷方,对方户名\n2022-03-01,12.34,,甲\n");
    office
}

/// What nests or repeats without end, a mebibyte of it.
fn without_end() -> Vec<(&'static str, String)> {
    const MANY: usize = 1_000_000;
    vec![
        ("brackets", "[".repeat(MANY)),
        ("arrays", format!("x = {}", "[".repeat(MANY))),
        ("closed arrays", format!("x = {}{}", "[".repeat(MANY / 2), "]".repeat(MANY / 2))),
        ("inline tables", format!("x = {}", "{a=".repeat(MANY / 3))),
        ("closed inline tables", format!("x = {}1{}", "{a=".repeat(MANY / 5), "}".repeat(MANY / 5))),
        ("dotted keys", format!("a{} = 1", ".a".repeat(MANY / 2))),
        ("dotted tables", format!("[a{}]\nx = 1", ".a".repeat(MANY / 2))),
        ("plus signs", format!("x = {}", "+".repeat(MANY))),
        ("minus signs", format!("x = {}", "-".repeat(MANY))),
        ("a string", format!("x = \"{}", "a".repeat(MANY))),
        ("a long string", format!("x = \"\"\"{}", "a\n".repeat(MANY / 2))),
        ("quotes", format!("x = {}", "\"".repeat(MANY))),
        ("equal signs", format!("x {}", "=".repeat(MANY))),
        ("commas", format!("x = [{}", ",".repeat(MANY))),
        ("a key", format!("{} = 1", "k".repeat(MANY))),
        ("a number", format!("x = {}", "9".repeat(MANY))),
        ("line feeds and brackets", "[\n".repeat(MANY / 2)),
        ("tables", (0..90_000).map(|number| format!("[t{number}]\n")).collect()),
        ("unknown keys", (0..90_000).map(|number| format!("k{number}=1\n")).collect()),
        ("the same key", "a=1\n".repeat(MANY / 4)),
        ("the same table", "[a]\n".repeat(MANY / 4)),
        ("empty allocations", format!("{HEAD}{}", "[[allocation]]\n".repeat(MANY / 15))),
        ("targets", format!("{HEAD}{ALLOCATION}{}", "[[allocation.target]]\n".repeat(MANY / 22))),
    ]
}

#[test]
fn what_nests_or_repeats_without_end_is_refused_in_few_words() {
    let office = office();
    for (name, text) in without_end() {
        office.files.put("x.toml", text);
        for line in [
            "-b x.toml balance",
            "-b x.toml record -a 1 --amount 1",
            "reconcile bank.csv --profile x.toml",
            "final --draft --with x.toml",
            "-b x.toml doctor",
        ] {
            let line = if line.starts_with("-b") { line.to_owned() } else { format!("-b {} {line}", shipped()) };
            let seen = office.types(&line);
            assert!([Exit::Refused, Exit::No].contains(&seen.exit), "{name}: {line}: {:?} {}", seen.exit, seen.err);
            let said = seen.out.len() + seen.err.len();
            assert!(said < 40_000, "{name}: {line} says {said} bytes: {}", &seen.err[..2000.min(seen.err.len())]);
        }
    }
}

/// Where one mistake runs on over a line, it is said once.
#[test]
fn a_mistake_that_runs_on_is_said_once() {
    let office = office();
    for (name, text) in without_end().into_iter().filter(|(_, text)| text.lines().count() < 3) {
        office.files.put("x.toml", text);
        let seen = office.types("-b x.toml balance --lang en").expect(Exit::Refused);
        let errors = seen.err.lines().filter(|line| line.starts_with("error:")).count();
        assert!(errors <= 3, "{name}: {errors} errors");
    }
}

fn shipped() -> &'static str {
    "chuxiong-xinfang-2022.toml"
}

#[test]
fn a_file_of_more_than_a_mebibyte_is_not_even_parsed() {
    let office = office();
    let budget = format!("{HEAD}{ALLOCATION}#");
    let of_length = |length: usize| format!("{budget}{}", "x".repeat(length - budget.len()));
    office.files.put("x.toml", of_length(1 << 20));
    office.types("-b x.toml balance").expect(Exit::Done);
    let tables: String = (0..1_000_000).map(|number| format!("[t{number}]\nx=1\n")).collect();
    for text in [of_length((1 << 20) + 1), tables] {
        office.files.put("x.toml", text);
        for line in ["-b x.toml balance", "reconcile bank.csv --profile x.toml", "final --draft --with x.toml"] {
            let line = if line.starts_with("-b") { line.to_owned() } else { format!("-b {} {line}", shipped()) };
            let seen = office.types(&line).expect(Exit::Refused);
            assert!(seen.err.contains("1024 KB") && seen.err.len() < 400, "{line}: {}", seen.err);
        }
    }
}

/// A value put where another was, and what is said of it.
#[test]
fn every_value_of_another_type_has_its_own_words() {
    let office = office();
    const QUOTES: &str = "stands without quotes";
    const AMOUNTS: [(&str, &str); 16] = [
        ("100.1", QUOTES),
        ("10000", QUOTES),
        ("10_000", "is no amount"),
        ("1e4", "is no amount"),
        ("0x10", "is no amount"),
        ("0o17", "is no amount"),
        ("0b1", "is no amount"),
        ("inf", "is no amount"),
        ("-inf", "is no amount"),
        ("nan", "is no amount"),
        ("+nan", "is no amount"),
        ("2022-01-01", "must be a text, not a bare date"),
        ("2022-01-01T00:00:00Z", "must be a text, not a bare date"),
        ("10:00:00", "must be a text, not a bare date"),
        ("true", "must be a text, not"),
        ("[\"1万元\"]", "must be a text, not"),
    ];
    for (value, words) in AMOUNTS {
        let in_allocation = format!("{HEAD}{}", ALLOCATION.replace("\"1万元\"", value));
        let in_total = format!("{}{ALLOCATION}", HEAD.replace("\"1万元\"", value));
        let in_plan = format!("{HEAD}{}", ALLOCATION.replace("\"even\"", &format!("{{ \"03\" = {value} }}")));
        for budget in [in_allocation, in_total, in_plan] {
            says(&office, &budget, words, value);
        }
    }
    for value in ["2022.0", "\"2022\"", "0x7e6", "-1", "0", "99999", "nan", "inf", "2022-01-01", "true", "[2022]"] {
        let budget = format!("{}{ALLOCATION}", HEAD.replace("= 2022", &format!("= {value}")));
        says(&office, &budget, "is no fiscal year", value);
        // It is shown as it stands there, not as TOML calls it.
        says(&office, &budget, value.trim_matches('"'), value);
    }
    let long = format!("{}{ALLOCATION}", HEAD.replace("= 2022", &format!("= {}", "9".repeat(400))));
    says(&office, &long, "is no fiscal year", "400 digits");
}

#[test]
fn keys_twice_and_keys_unknown_have_their_own_words() {
    let office = office();
    let (twice, unknown) = ("this is stated twice", "is not known here");
    for (text, words) in [
        (format!("{HEAD}title = \"x\"\n{ALLOCATION}"), twice),
        (format!("{HEAD}{ALLOCATION}[budget]\n"), twice),
        (format!("{HEAD}{ALLOCATION}amount = \"1万元\"\n"), twice),
        (format!("{HEAD}{ALLOCATION}[control]\n[control]\n"), twice),
        (format!("{}{ALLOCATION}{ALLOCATION}", HEAD.replace("1万元", "2万元")), "already used in line 8"),
        (format!("{HEAD}x = 1\n{ALLOCATION}"), unknown),
        (format!("{HEAD}{ALLOCATION}[x]\n"), unknown),
        (format!("{HEAD}{ALLOCATION}[[x]]\n"), unknown),
        (format!("{HEAD}{ALLOCATION}amuont = \"1\"\n"), "`amount`?"),
        (format!("{HEAD}{ALLOCATION}[control]\nx = 1\n"), unknown),
        (format!("{HEAD}{ALLOCATION}[project]\nx = \"1\"\n"), unknown),
        (format!("{HEAD}{ALLOCATION}[statement]\nx = \"1\"\n"), unknown),
        (format!("{HEAD}{ALLOCATION}[[allocation.target]]\nx = \"1\"\n"), unknown),
        (format!("{HEAD}{ALLOCATION}\0"), "TOML"),
        (format!("{HEAD}{ALLOCATION}x = \"\\ud800\"\n"), "TOML"),
        (format!("{HEAD}{ALLOCATION}").replace('\n', "\r"), "TOML"),
        (String::new(), "[budget]"),
        (ALLOCATION.to_owned(), "[budget]"),
        (HEAD.to_owned(), "no allocation"),
    ] {
        says(&office, &text, words, &text);
    }
}

/// The budget is refused, in few words, and among them these.
#[track_caller]
fn says(office: &Office<Memory>, budget: &str, words: &str, about: &str) {
    office.files.put("x.toml", budget);
    let seen = office.types("-b x.toml balance --lang en");
    assert_eq!(seen.exit, Exit::Refused, "{about}: {}{}", seen.out, seen.err);
    assert!(seen.err.contains(words), "{about}: {}", seen.err);
    assert!(seen.err.contains("x.toml:") && seen.err.len() < 4000, "{about}: {}", seen.err);
    // No cure is itself a mistake.
    for wrong in ["inf元", "nan元", "0x10元", "`datetime`", "`float`", "`integer`"] {
        assert!(!seen.err.contains(wrong), "{about}: {}", seen.err);
    }
}
