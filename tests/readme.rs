//! What README promises: its screen, its sessions, its tables, and its page of Python, each tried on the real thing.
//!
//! Each `console` block is one session: its lines run in order in a fresh folder with no environment but what it
//! exports. A comment that begins with `exit N` or `退出码 N` says how its line ends; any other line ends with 0.

use std::collections::BTreeMap;
use std::env;
use std::process::{Command, Output};

use taizhang::{Disk, Exit};

use crate::office::{Folder, LEDGER, Office, words};

const README: &str = include_str!("../README.md");

/// The columns of the Python page's table, by their keys in our JSON.
const FIGURES: [&str; 6] = ["original", "adjusted", "revised", "committed", "spent", "available"];

/// What someone does to a ledger's lines.
type Tampering<'t> = &'t dyn Fn(&mut Vec<String>);

/// README's fenced blocks in a language.
pub(crate) fn blocks(language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block: Option<(bool, Vec<&str>)> = None;
    for line in README.lines() {
        block = match (block, line.strip_prefix("```")) {
            (None, Some(opened)) => Some((opened == language, Vec::new())),
            (None, None) => None,
            (Some((wanted, lines)), Some(_)) => {
                found.extend(wanted.then(|| lines.join("\n") + "\n"));
                None
            }
            (Some((wanted, mut lines)), None) => {
                lines.push(line);
                Some((wanted, lines))
            }
        };
    }
    assert!(!found.is_empty(), "README has no block in {language}");
    found
}

/// The lines of a session: what is typed, and how it ends.
fn session(block: &str) -> Vec<(String, u8)> {
    let joined = block.replace("\\\n", " ");
    let lines = joined.lines().filter_map(|line| line.strip_prefix("$ "));
    let read = lines.map(|line| {
        let (typed, comment) = line.split_once(" # ").unwrap_or((line, ""));
        let code = comment.trim().strip_prefix("exit ").or(comment.trim().strip_prefix("退出码 "));
        let code = code.map_or(0, |code| code[..1].parse().unwrap());
        (typed.trim().to_owned(), code)
    });
    read.collect()
}

/// A year in a ledger: 24 expenses over twelve months, one reversed, one refunded in part; the budget changed, and
/// money promised, spent and let go.
fn year(folder: &Folder) -> Office<Disk> {
    let office = folder.opened();
    for number in 0..24 {
        let date = format!("2022-{:02}-{:02}", number / 2 + 1, 5 + number % 2 * 13);
        let amount = format!("{}.{:02}", 120 + number * 13, number * 17 % 100);
        let allocation = (number % 9 + 1).to_string();
        let memo = if number % 5 == 0 { "打印纸, \"A4\" 两箱" } else { "差旅费" };
        let typed = ["record", "-a", &allocation, "--amount", &amount, "--date", &date, "--memo", memo];
        office.runs(&typed).expect(Exit::Done);
    }
    office.types("reverse 13 --date 2022-05-20").expect(Exit::Done);
    office.types("refund 20 --amount 33.33 --date 2022-09-15").expect(Exit::Done);
    for typed in [
        "adjust -a 2 --add 1万元 --doc 文号一 --date 2022-05-06",
        "transfer --from 9 --to 3 --amount 1500.50 --doc 文号二 --date 2022-06-01",
        "commit -a 8 --amount 3万元 --doc 合同一 --date 2022-06-02",
        "record --commitment 合同一 --amount 12000 --date 2022-08-20",
        "release 合同一 --amount 8000 --date 2022-11-25",
    ] {
        office.types(typed).expect(Exit::Done);
    }
    office
}

/// The ledger's lines, the header first.
fn lines(folder: &Folder) -> Vec<String> {
    String::from_utf8(folder.read(LEDGER)).unwrap().lines().map(str::to_owned).collect()
}

#[expect(clippy::print_stderr, reason = "a test that was not tried must say so")]
pub(crate) fn not_tried(what: &str) {
    eprintln!("not tried: {what}");
}

/// Whether README's Python can be tried; without Python that must be said, not passed over.
fn python_is_here() -> bool {
    if env::var_os("TAIZHANG_NO_PYTHON").is_some() {
        not_tried("README's page of Python, for TAIZHANG_NO_PYTHON is set");
        return false;
    }
    let asked = Command::new("python3").arg("--version").output();
    assert!(asked.is_ok(), "python3 is needed to try README's page of Python; without it, set TAIZHANG_NO_PYTHON=1");
    true
}

/// Runs README's Python on a file of the folder.
fn python(folder: &Folder, arguments: &[&str]) -> Output {
    let pages = blocks("python");
    assert_eq!(pages.len(), 1, "README has one page of Python");
    folder.write("verify.py", &pages[0]);
    Command::new("python3").arg("verify.py").args(arguments).current_dir(folder.path()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What the Python printed: the last hash, and the figures by allocation.
fn python_figures(output: &Output) -> (String, BTreeMap<String, Vec<String>>) {
    let out = text(&output.stdout);
    assert!(output.status.success(), "{out}{}", text(&output.stderr));
    let hash = out.lines().find_map(|line| line.strip_prefix("last hash ")).unwrap().to_owned();
    let table = out.lines().skip_while(|line| !line.starts_with("allocation ")).skip(1);
    let words = table.map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    (hash, words.map(|words| (words[0].clone(), words[1..].to_vec())).collect())
}

/// The same from our JSON.
fn our_figures(office: &Office<Disk>, as_of: &str) -> (String, BTreeMap<String, Vec<String>>) {
    let json = office.runs(&["balance", "-f", "json", "--as-of", as_of]).expect(Exit::Done).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let figures = |row: &serde_json::Value| FIGURES.map(|figure| text(&row[figure])).to_vec();
    let rows = json["rows"].as_array().unwrap().iter().map(|row| (text(&row["allocation"]), figures(row)));
    (text(&json["ledger"]["hash"]), rows.chain([("total".to_owned(), figures(&json["total"]))]).collect())
}

#[test]
fn the_python_page_finds_our_hash_and_all_our_figures() {
    if !python_is_here() {
        return;
    }
    let folder = Folder::new();
    let office = year(&folder);
    for as_of in ["2022-03-31", "2022-06-30", "2022-12-31"] {
        let ours = our_figures(&office, as_of);
        assert_eq!(ours.1.len(), 10, "nine allocations and a total");
        assert_eq!(python_figures(&python(&folder, &[LEDGER, as_of])), ours, "as of {as_of}");
    }
    assert_eq!(python_figures(&python(&folder, &[LEDGER])), our_figures(&office, "2022-12-31"), "all rows");
}

#[test]
fn the_python_page_and_verify_reject_the_same_tampering() {
    let python_is_here = python_is_here();
    let folder = Folder::new();
    let office = year(&folder);
    let whole = lines(&folder);
    let amount = whole[15].split(',').nth(6).unwrap().to_owned();
    let other_digit = if amount.ends_with('1') { "2" } else { "1" };
    let changed = format!(",{}{other_digit},", &amount[..amount.len() - 1]);
    let tampered: [(&str, Tampering<'_>); 5] = [
        ("row 15", &|lines| lines[15] = lines[15].replacen(&format!(",{amount},"), &changed, 1)),
        ("row 15", &|lines| drop(lines.remove(15))),
        ("row 15", &|lines| lines.swap(15, 16)),
        ("row 9", &|lines| lines.truncate(10)),
        ("row 12", &|lines| lines[12] = lines[12].replacen("差旅费", "\"差旅费\"", 1)),
    ];
    for (number, (place, tamper)) in tampered.into_iter().enumerate() {
        let mut lines = whole.clone();
        tamper(&mut lines);
        assert_ne!(lines, whole);
        folder.write(LEDGER, lines.join("\n") + "\n");
        office.types("verify").expect(Exit::Integrity);
        if python_is_here {
            let output = python(&folder, &[LEDGER]);
            let said = text(&output.stderr);
            assert!(!output.status.success(), "tampering {number} passed: {}", text(&output.stdout));
            assert!(said.contains("NOT VERIFIED") && said.contains(place), "tampering {number}: {said}");
        }
    }
}

#[test]
fn a_cut_at_a_rows_border_without_the_head_is_found_only_by_the_digest_on_paper() {
    let folder = Folder::new();
    let office = year(&folder);
    let paper = our_figures(&office, "2022-12-31").0;
    let mut lines = lines(&folder);
    lines.pop();
    folder.write(LEDGER, lines.join("\n") + "\n");
    office.types("verify").expect(Exit::Integrity);
    std::fs::remove_file(folder.join(&format!("{LEDGER}.head"))).unwrap();
    office.types("verify").expect(Exit::Done);
    office.runs(&["verify", "--anchor", &paper]).expect(Exit::Integrity);
    if python_is_here() {
        assert_ne!(python_figures(&python(&folder, &[LEDGER])).0, paper);
    }
}

#[test]
fn the_line_of_sql_adds_up_to_our_figures() {
    if Command::new("sqlite3").arg("--version").output().is_err() {
        return not_tried("README's line of SQL, for there is no sqlite3");
    }
    let folder = Folder::new();
    let office = year(&folder);
    let typed = blocks("sh").into_iter().find(|block| block.starts_with("sqlite3 ")).unwrap();
    let output = Command::new("sh").args(["-c", &typed]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (_, ours) = our_figures(&office, "2022-06-30");
    let fen = |amount: &str| amount.replace('.', "").parse::<i64>().unwrap();
    let spent = ours.iter().filter(|(key, _)| *key != "total").map(|(key, row)| (key.clone(), fen(&row[4])));
    let theirs = text(&output.stdout);
    let theirs = theirs.lines().map(|line| line.split_once('|').unwrap());
    let theirs: BTreeMap<String, i64> = theirs.map(|(key, fen)| (key.to_owned(), fen.parse().unwrap())).collect();
    assert_eq!(theirs, spent.collect::<BTreeMap<String, i64>>());
}

#[test]
fn every_session_runs_as_it_stands() {
    let sessions = blocks("console");
    assert_eq!(
        sessions.len(),
        8,
        "the tour, the budget's changes, a table, 快速上手, the year end, the bank, the public text and a saved ledger"
    );
    let commands: [&[&str]; 8] = [
        &["init", "open", "record", "reverse", "refund", "balance", "variance", "explain", "verify"],
        &[
            "adjust",
            "transfer",
            "commit",
            "record",
            "release",
            "correct",
            "note",
            "close",
            "commitments",
            "monthly",
            "register",
        ],
        &["init", "open", "import", "close"],
        &["新建", "建账", "记账", "冲销", "退款", "余额", "差异", "追溯", "校验"],
        &["init", "open", "record", "final"],
        &["init", "open", "record", "reconcile"],
        &["init", "disclose"],
        &["init", "open", "restore"],
    ];
    for (block, commands) in sessions.iter().zip(commands) {
        let folder = Folder::new();
        let mut office = folder.office();
        office.environment = Vec::new();
        let mut seen = Vec::new();
        for (typed, code) in session(block) {
            let words = words(&typed);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match words.as_slice() {
                ["export", set] => {
                    let operator = set.strip_prefix("TAIZHANG_BY=").unwrap();
                    office.environment.push(("TAIZHANG_BY", operator.to_owned()));
                }
                ["printf", text, ">", file] => folder.write(file, text.replace("\\n", "\n").into_bytes()),
                ["taizhang", words @ ..] => {
                    seen.push(words[0].to_owned());
                    let said = office.runs(words);
                    assert_eq!(said.exit as u8, code, "{typed}\n{}{}", said.out, said.err);
                }
                _ => panic!("a session holds `export` and `taizhang` only: {typed}"),
            }
        }
        assert!(commands.iter().all(|command| seen.iter().any(|seen| seen == command)), "{commands:?} in {seen:?}");
    }
    // The script for the year's end is run by `reconciling`.
    let elsewhere = blocks("sh").into_iter().filter(|block| !block.starts_with("set -e\n")).collect::<String>();
    assert!(!elsewhere.contains("taizhang "), "what taizhang is told stands in a `console` block, so that it is run");
}

#[test]
fn the_first_screen_is_what_the_demo_prints_at_80_columns() {
    let screens = blocks("text");
    let screen = screens[0].strip_prefix("$ taizhang balance\n").unwrap();
    let folder = Folder::new();
    let mut office = folder.office();
    office.environment.push(("COLUMNS", "80".into()));
    let demo = office.types("demo").expect(Exit::Done);
    assert!(demo.out.contains(screen), "README's first screen is not in\n{}", demo.out);
}

#[test]
fn the_first_screen_has_the_two_commands_and_nothing_else_to_install() {
    let first: String = README.lines().take(60).map(|line| format!("{line}\n")).collect();
    for command in
        ["\ncargo run --release --locked -- demo", "\ncargo test --release --locked", "Nothing else to install."]
    {
        assert!(first.contains(command), "{command}");
    }
}

#[test]
fn the_table_of_exit_codes_is_the_enum() {
    let source = include_str!("../src/problem/mod.rs");
    let body = source.split_once("pub enum Exit {").unwrap().1.split_once('}').unwrap().0;
    let mut meaning = "";
    let mut codes = Vec::new();
    for line in body.lines().map(str::trim) {
        match (line.strip_prefix("/// "), line.split_once(" = ")) {
            (Some(said), _) => meaning = said.trim_end_matches('.'),
            (None, Some((_, code))) => codes.push(format!("| {} | {meaning} | ", code.trim_end_matches(','))),
            (None, None) => {}
        }
    }
    assert_eq!(codes.len(), Exit::NotReported as usize + 1);
    let section = README.split_once("## Exit codes").unwrap().1.split_once("\n## ").unwrap().0;
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert_eq!(rows.len(), codes.len(), "{rows:?}");
    for (row, code) in rows.iter().zip(&codes) {
        assert!(row.starts_with(code.as_str()), "{row}\nshould begin with\n{code}");
    }
}

#[test]
fn the_profile_shown_is_read_without_a_problem_and_has_every_key() {
    let profile = blocks("toml").remove(1);
    let folder = Folder::new();
    let office = folder.office();
    folder.write("profile.toml", &profile);
    folder.write("bank.csv", "某银行\n明细\n一月\n交易日期,借方发生额,贷方发生额\n2022-01-21,24800.00,\n承前页 2,,\n");
    let detected = office.types("reconcile --detect bank.csv --profile profile.toml").expect(Exit::Done).out;
    let source = include_str!("../src/store/statement_profile.rs");
    let list = source.split_once("OTHER_KEYS: [&str; ").and_then(|(_, list)| list.split_once('[')?.1.split_once(']'));
    let keys: Vec<&str> = list.unwrap().0.split('"').skip(1).step_by(2).collect();
    assert!(keys.len() > 5, "the list of keys was not found");
    for key in keys {
        assert!(profile.contains(&format!("\n{key} = ")), "README's profile does not show `{key}`");
        // A text has no sheet, and the sign is for one column of amounts.
        let is_written = !["sheet", "sign"].contains(&key);
        assert_eq!(detected.contains(&format!("\n{key} = ")), is_written, "{key} in\n{detected}");
    }
}

#[test]
fn the_budget_shown_is_read_without_a_problem_and_has_every_key() {
    let budget = blocks("toml").remove(0);
    let folder = Folder::new();
    let office = folder.office();
    folder.write("my-office.toml", &budget);
    office.types("open --yes").expect(Exit::Done);
    let total = office.types("balance -f json").expect(Exit::Done).json()["total"]["original"].clone();
    assert_eq!(total, "100000.00");
    let source = include_str!("../src/store/budget_tables.rs");
    let lists = source.split("_KEYS: [&str; ").skip(1).filter_map(|list| list.split_once("= [")?.1.split_once(']'));
    let keys: Vec<&str> = lists.flat_map(|(list, _)| list.split('"').skip(1).step_by(2)).collect();
    assert!(keys.len() > 25, "the lists of keys were not found");
    for key in keys {
        let shown =
            budget.lines().any(|line| line.starts_with(&format!("{key} = ")) || line.contains(&format!(".{key}]]")));
        assert!(shown, "README's budget does not show `{key}`");
    }
}

#[test]
fn every_column_and_every_figure_has_its_line() {
    let folder = Folder::new();
    let office = year(&folder);
    for column in lines(&folder)[0].split(',') {
        assert!(README.contains(&format!("`{column}`")), "the column {column}");
    }
    for report in ["balance -f json", "variance -f json"] {
        let json = office.types(report).expect(Exit::Done).json();
        for figure in json["total"].as_object().unwrap().keys() {
            assert!(README.contains(&format!("\n| `{figure}` |")), "the figure {figure}");
        }
    }
}
