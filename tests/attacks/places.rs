//! Files that are other than they seem, and what others may do with what is made: links, pipes, second names, planted
//! names, rights. Nothing is written through a name that is not the file's own, and nothing waits for ever.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Output};

use taizhang::Exit;

use crate::office::{Folder, LEDGER, words};
use crate::terminal::works;

/// What nobody asked to have written to.
const VICTIM: &str = "victim";
const PRECIOUS: &[u8] = b"precious\n";

/// The real binary in a folder, for no longer than a while, files made with this mask.
fn runs(folder: &Folder, mask: &str, line: &str) -> Output {
    let script = format!("umask {mask}; exec timeout 20 \"$0\" --today 2022-12-31 \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_taizhang")]).args(words(line)).current_dir(folder.path());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TAIZHANG_BY", "小李");
    command.output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn pipe(folder: &Folder, name: &str) {
    assert!(Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
}

/// An opened office's folder with a file in it that nothing here is about.
fn opened() -> Folder {
    let folder = Folder::new();
    folder.opened();
    folder.write(VICTIM, PRECIOUS);
    folder
}

#[test]
fn a_ledger_behind_a_link_is_read_and_never_written() {
    let folder = opened();
    fs::create_dir(folder.join("elsewhere")).unwrap();
    fs::rename(folder.join(LEDGER), folder.join("elsewhere/real.csv")).unwrap();
    fs::remove_file(folder.join(&format!("{LEDGER}.head"))).unwrap();
    symlink("elsewhere/real.csv", folder.join(LEDGER)).unwrap();
    let before = folder.read("elsewhere/real.csv");
    let office = folder.office();
    office.types("balance").expect(Exit::Done);
    for line in ["record -a 1 --amount 1", "close 1", "adjust -a 1 --add 1 --doc x"] {
        let seen = office.types(line);
        assert!([Exit::Refused, Exit::Io].contains(&seen.exit), "{line}: {}{}", seen.out, seen.err);
        assert_eq!(folder.read("elsewhere/real.csv"), before, "{line}");
    }
    assert_eq!(fs::read_dir(folder.join("elsewhere")).unwrap().count(), 1, "nothing is made beside it");
}

#[test]
fn a_ledger_with_a_second_name_is_read_and_never_written() {
    let folder = opened();
    fs::hard_link(folder.join(LEDGER), folder.join("second.csv")).unwrap();
    let before = folder.read(LEDGER);
    let office = folder.office();
    office.types("balance").expect(Exit::Done);
    for line in ["record -a 1 --amount 1", "close 1", "adjust -a 1 --add 1 --doc x"] {
        let seen = office.types(line);
        assert!([Exit::Refused, Exit::Io].contains(&seen.exit), "{line}: {}{}", seen.out, seen.err);
        assert_eq!(folder.read(LEDGER), before, "{line}");
    }
    fs::remove_file(folder.join("second.csv")).unwrap();
    office.types("record -a 1 --amount 1").expect(Exit::Done);
}

/// Whoever may write into the folder may have put links where files are made.
#[test]
fn nothing_is_written_through_a_planted_name() {
    let names = [
        ".lock",
        ".head",
        ".head.new-1",
        ".head.new-2",
        ".new-1",
        ".torn-1",
        ".import-1",
        ".import.new-1",
        ".broken-1",
        ".restored.csv",
        ".restored.csv.new-1",
    ];
    for name in names {
        for to in [VICTIM, "not-there-yet"] {
            let folder = opened();
            let planted = format!("{LEDGER}{name}");
            let head = folder.read(&format!("{LEDGER}.head"));
            let _ = fs::remove_file(folder.join(&planted));
            symlink(to, folder.join(&planted)).unwrap();
            // A torn tail, so that there is something to be saved.
            let torn = [folder.read(LEDGER), b"12,expense,2022-".to_vec()].concat();
            folder.write(LEDGER, &torn);
            folder.write("bills.csv", "日期,预算分项,金额\n2022-03-01,1,0.01\n");
            let office = folder.office();
            for line in ["record -a 1 --amount 1", "import bills.csv", "close 1", "repair", "restore"] {
                office.types(line);
                assert_eq!(folder.read(VICTIM), PRECIOUS, "{planted} -> {to}: {line}");
                assert!(!folder.join("not-there-yet").exists(), "{planted} -> {to}: {line}");
            }
            if name == ".lock" || name == ".head" {
                assert_eq!(folder.read(LEDGER), torn, "{planted}: whose lock or head that is nobody knows");
            }
            drop(head);
        }
    }
}

#[test]
fn a_planted_name_does_not_catch_an_answer_that_goes_to_a_file() {
    let folder = opened();
    symlink(VICTIM, folder.join("report.html.new-1")).unwrap();
    folder.write("report.csv.new-1", PRECIOUS);
    let office = folder.office();
    for (line, file) in [("balance -o report.html", "report.html"), ("balance -o report.csv", "report.csv")] {
        office.types(line).expect(Exit::Done);
        assert!(!folder.read(file).is_empty());
    }
    assert_eq!(folder.read(VICTIM), PRECIOUS);
    assert_eq!(folder.read("report.csv.new-1"), PRECIOUS);
}

/// Whoever waits for a pipe waits for ever.
#[test]
fn nothing_waits_for_a_pipe() {
    if !works(&["timeout", "1", "true"]) {
        return;
    }
    let ledger_files = ["", ".lock", ".head"].map(|ending| (format!("{LEDGER}{ending}"), "record -a 1 --amount 1"));
    let others = [
        ("pipe.toml", "-b pipe.toml balance"),
        ("pipe.csv", "import pipe.csv"),
        ("pipe.csv", "reconcile pipe.csv"),
        ("pipe.toml", "reconcile bank.csv --profile pipe.toml"),
        ("pipe.csv", "reconcile bank.csv --accept pipe.csv"),
        ("pipe.csv", "reconcile --detect pipe.csv"),
        ("pipe.csv", "restore pipe.csv"),
        ("pipe.csv", "carry pipe.csv --doc x"),
        ("pipe.toml", "final --with pipe.toml"),
    ];
    let others = others.map(|(name, line)| (name.to_owned(), line));
    for (name, line) in ledger_files.into_iter().chain(others) {
        for behind_a_link in [false, true] {
            let folder = opened();
            folder.write("bank.csv", "日期,借方,贷方,对方户名\n2022-03-01,12.34,,甲\n");
            let _ = fs::remove_file(folder.join(&name));
            if behind_a_link {
                pipe(&folder, "end");
                symlink("end", folder.join(&name)).unwrap();
            } else {
                pipe(&folder, &name);
            }
            for line in [line, "balance", "verify", "doctor"] {
                let output = runs(&folder, "022", line);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!((0..=8).contains(&code(&output)), "{name}: {line}: {said}");
                assert!(!said.contains("panicked"), "{name}: {line}: {said}");
            }
            assert!((2..=5).contains(&code(&runs(&folder, "022", line))), "{name}: {line}");
        }
    }
}

/// Rights are the owner's affair: the mask is kept, and nothing is made that more people may write.
#[test]
fn what_is_made_has_no_more_rights_than_the_mask_leaves() {
    if !works(&["timeout", "1", "true"]) {
        return;
    }
    for (mask, most) in [("077", 0o600), ("027", 0o640), ("022", 0o644)] {
        let folder = Folder::new();
        folder.write("bills.csv", "日期,预算分项,金额\n2022-03-01,1,0.01\n");
        fs::set_permissions(folder.join("bills.csv"), fs::Permissions::from_mode(0o600)).unwrap();
        for line in [
            "init",
            "open --yes --lang zh",
            "record -a 1 --amount 1",
            "import bills.csv",
            "balance -o balance.html",
            "monthly 1 --pack pack",
        ] {
            let output = runs(&folder, mask, line);
            assert_eq!(code(&output), 0, "{line}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let torn = [folder.read(LEDGER), b"14,expense,2022-".to_vec()].concat();
        folder.write(LEDGER, torn);
        assert_eq!(code(&runs(&folder, mask, "record -a 1 --amount 1")), 0);
        let mut seen = 0;
        for item in fs::read_dir(folder.path()).unwrap().chain(fs::read_dir(folder.join("pack")).unwrap()) {
            let item = item.unwrap();
            let mode = item.metadata().unwrap().permissions().mode() & 0o777;
            let most = if item.metadata().unwrap().is_dir() { most | (most & 0o444) >> 2 } else { most };
            assert_eq!(mode & !most, 0, "{}: {mode:o} where {most:o} is the most", item.path().display());
            seen += 1;
        }
        assert!(seen > 8, "{seen} files");
    }
}

/// What nobody else may read may they not read in a copy either, and what a group keeps stays the group's.
#[test]
fn what_is_made_beside_a_ledger_has_the_rights_of_the_ledger() {
    for mode in [0o600, 0o660] {
        let folder = opened();
        let rights = |name: &str| fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(folder.join(LEDGER), fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(code(&runs(&folder, "022", "record -a 1 --amount 1")), 0);
        let whole = folder.read(LEDGER);
        folder.write(LEDGER, [&whole[..], b"14,expense,2022-"].concat());
        assert_eq!(code(&runs(&folder, "022", "record -a 1 --amount 1")), 0);
        let whole = folder.read(LEDGER);
        // As a spreadsheet saves it: the file keeps its rights, the rows lose their quotes.
        let mut resaved = b"\xef\xbb\xbf".to_vec();
        resaved.extend_from_slice(&whole);
        folder.write(LEDGER, resaved);
        let output = runs(&folder, "022", &format!("restore {LEDGER} --in-place"));
        assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
        folder.write(&format!("{LEDGER}.head"), "no head");
        let output = runs(&folder, "022", "repair --head");
        assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
        let (torn, kept, head, broken) = (".torn-1", ".resaved-1", ".head", ".head.broken-1");
        fs::remove_file(folder.join(&format!("{LEDGER}.lock"))).unwrap();
        folder.write("saved.csv", [b"\xef\xbb\xbf", &folder.read(LEDGER)[..]].concat());
        fs::set_permissions(folder.join("saved.csv"), fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(code(&runs(&folder, "022", "record -a 1 --amount 1")), 0);
        assert_eq!(code(&runs(&folder, "022", "restore saved.csv -o again.csv")), 0);
        assert_eq!(fs::metadata(folder.join("again.csv")).unwrap().permissions().mode() & 0o777, mode);
        for ending in ["", ".lock", torn, kept, head, broken] {
            assert_eq!(
                rights(&format!("{LEDGER}{ending}")),
                mode,
                "{ending}: {:o}",
                rights(&format!("{LEDGER}{ending}"))
            );
        }
    }
}

/// A ledger that may only be read says nothing of the folder, and a file just made is one's own.
#[test]
fn a_check_up_tries_the_folder_with_files_of_its_own() {
    let folder = opened();
    let is_root = std::os::unix::fs::chown(folder.join(LEDGER), Some(1), None).is_ok();
    fs::set_permissions(folder.join(LEDGER), fs::Permissions::from_mode(0o444)).unwrap();
    let output = runs(&folder, "022", "--lang en doctor");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |check: &str| said.lines().find(|line| line.starts_with(check)).unwrap_or_default().to_owned();
    for check in ["lock", "sync", "append", "rename"] {
        assert!(line(check).contains(" ok "), "{said}");
    }
    assert_eq!(said.contains(&format!("{LEDGER} belongs to another user")), is_root, "{said}");
    assert!(!said.contains("this folder belongs to another user"), "{said}");
}

/// A report that is made anew is for the same eyes as before.
#[test]
fn an_answer_that_replaces_a_file_keeps_its_rights() {
    let folder = opened();
    folder.write("balance.html", "old");
    fs::set_permissions(folder.join("balance.html"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(code(&runs(&folder, "022", "balance -o balance.html")), 0);
    assert_eq!(fs::metadata(folder.join("balance.html")).unwrap().permissions().mode() & 0o777, 0o640);
}

/// A name is a text too.
#[test]
fn names_of_files_never_act_on_the_screen() {
    let folder = opened();
    let budget = folder.read("chuxiong-xinfang-2022.toml");
    for name in ["a\u{1b}[2J.toml", "b\n0.toml", "c\u{202e}lmot.toml", "d\u{9b}1m.toml"] {
        folder.write(name, &budget);
    }
    let office = folder.office();
    let several = office.types("balance").expect(Exit::Usage);
    for name in ["a\u{1b}[2J", "b\n0", "c\u{202e}lmot", "d\u{9b}1m", "none\u{1b}[2J"] {
        let file = format!("{name}.toml");
        for line in [
            vec!["-b", &file, "balance"],
            vec!["-b", &file, "record", "-a", "1"],
            vec!["reconcile", &file],
            vec!["import", &file],
            vec!["restore", &file],
            vec!["carry", &file, "--doc", "x"],
            vec!["balance", "-o", &file],
            vec!["doctor", "-b", &file],
        ] {
            let seen = office.runs(&line);
            let said = [&*several.err, &seen.out, &seen.err].concat();
            let acting = said.chars().find(|it| *it != '\n' && (it.is_control() || *it == '\u{202e}'));
            assert_eq!(acting, None, "{line:?}: {said:?}");
            assert!(!seen.err.contains("b\n0"), "{line:?}: {said}");
        }
    }
}

/// Where anyone may write, whoever likes can put another file in a file's place.
#[test]
fn a_folder_that_anyone_may_write_to_is_said() {
    let folder = opened();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let output = runs(&folder, "022", "doctor --lang en");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(code(&output), 1, "{said}");
    assert!(said.to_lowercase().contains("anyone"), "{said}");
}

/// A device has no end, or no beginning; a dash is a name like any other.
#[test]
fn a_device_a_folder_or_a_dash_is_no_file_to_read() {
    if !works(&["timeout", "1", "true"]) {
        return;
    }
    for to in ["/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/proc/self/mem", "folder", "itself"] {
        for name in [LEDGER, &format!("{LEDGER}.head"), &format!("{LEDGER}.lock"), "x.csv", "x.toml"] {
            let folder = opened();
            let before = folder.read(LEDGER);
            fs::create_dir(folder.join("folder")).unwrap();
            let _ = fs::remove_file(folder.join(name));
            symlink(if to == "itself" { name } else { to }, folder.join(name)).unwrap();
            let lines: &[&str] = match name {
                "x.csv" => &[
                    "import x.csv",
                    "reconcile x.csv",
                    "restore x.csv",
                    "reconcile --detect x.csv",
                    "carry x.csv --doc x",
                ],
                "x.toml" => &["-b x.toml balance", "final --draft --with x.toml", "reconcile x.csv --profile x.toml"],
                _ => &["record -a 1 --amount 1", "balance", "close 1", "doctor", "repair", "open --yes"],
            };
            for line in lines {
                let output = runs(&folder, "022", line);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                let is_reader = ["balance", "doctor", "repair"].contains(line);
                assert!(is_reader || (2..=7).contains(&code(&output)), "{name} -> {to}: {line}: {said}");
                assert!(
                    (0..=8).contains(&code(&output)) && !said.contains("panicked"),
                    "{name} -> {to}: {line}: {said}"
                );
                assert!(name == LEDGER || folder.read(LEDGER) == before, "{name} -> {to}: {line}: {said}");
            }
        }
    }
    let folder = opened();
    for line in ["-b - balance", "import -", "reconcile -", "restore -", "reconcile --detect -"] {
        assert!([2, 3, 5].contains(&code(&runs(&folder, "022", line))), "{line}");
    }
}
