//! What shells and `man` make of what is written for them. Where one of them is missing the test says so and tries
//! nothing of it.

use std::path::Path;
use std::process::{Command, Output};

use taizhang::Exit;

use crate::office::{Folder, LEDGER, Office};
use crate::terminal::{typist, works};

const BINARY: &str = env!("CARGO_BIN_EXE_taizhang");
const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// A folder with an opened ledger, an open commitment, and a script for each shell.
fn folder() -> Folder {
    let folder = Folder::new();
    let office = folder.opened();
    office.types("commit -a 8 --amount 3万元 --doc HT-1 --payee 某印刷厂 --date 2022-06-02").expect(Exit::Done);
    for shell in SHELLS {
        office.types(&format!("completions {shell} -o script.{shell}")).expect(Exit::Done);
    }
    folder
}

/// A program in the folder, which finds `taizhang` and reads Chinese.
fn program(folder: &Folder, words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    let path = std::env::var("PATH").unwrap_or_default();
    let ours = Path::new(BINARY).parent().unwrap().display();
    command.args(&words[1..]).current_dir(folder.path()).env("PATH", format!("{ours}:{path}"));
    command.env("LC_ALL", "C.UTF-8").env("TERM", "xterm").env("HOME", folder.path()).env_remove("TAIZHANG_BUDGET");
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The names of the commands, as the help page lists them, and their Chinese names.
fn commands(office: &Office<taizhang::Disk>) -> Vec<(String, Vec<String>)> {
    let page = office.types("--help").expect(Exit::Done).out;
    let listed = page.lines().skip_while(|line| *line != "命令:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.map(|line| {
        let name = line.split_whitespace().next().unwrap().to_owned();
        let aliases = line.rsplit_once('[').map_or("", |(_, aliases)| aliases.trim_end_matches(']'));
        (name, aliases.split_whitespace().map(str::to_owned).collect())
    });
    let names: Vec<_> = names.collect();
    assert!(names.len() > 19, "{names:?}");
    names
}

#[test]
fn every_script_is_one_its_shell_can_read_and_knows_every_command() {
    let folder = folder();
    let office = folder.office();
    for shell in SHELLS {
        let script = String::from_utf8(folder.read(&format!("script.{shell}"))).unwrap();
        for (name, aliases) in commands(&office) {
            for name in std::iter::once(&name).chain(&aliases) {
                assert!(script.contains(name.as_str()), "{shell} does not know {name}");
            }
        }
        let english = office.types(&format!("--lang en completions {shell}")).expect(Exit::Done).out;
        assert!(english.contains("record") && english.matches("冲销").count() < 2, "{shell} reads English");
        for words in [[shell, "--version"], [shell, "-n"]] {
            if shell == "powershell" || !works(&[shell, "--version"]) {
                continue;
            }
            let script = format!("script.{shell}");
            let output = program(&folder, &[words[0], words[1], &script]).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {}", said(&output));
        }
    }
}

#[test]
fn bash_completes_what_the_books_have_to_offer() {
    if !works(&["bash", "--version"]) {
        return;
    }
    let folder = folder();
    // As readline would call it; 9 is Tab, 63 lists what is there.
    let complete = r#"
        source script.bash
        tried() { # tried TYPE WORD...: what stands there for the last word
            COMP_TYPE=$1; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            $(complete -p taizhang | sed 's/.*-F \([^ ]*\) .*/\1/') taizhang "${!#}" "${COMP_WORDS[COMP_CWORD-1]}"
            local IFS='|'; echo "${COMPREPLY[*]}"
        }
        tried 9 taizhang record -a ''
        tried 9 taizhang 记账 -a 心理
        tried 63 taizhang balance -a l
        tried 63 taizhang transfer --from = 7
        tried 9 taizhang record --commitment ''
        tried 9 taizhang release ''
        tried 9 taizhang --today 2022-03-31 close ''
        tried 9 taizhang note ''
        tried 9 taizhang adj
        tried 9 taizhang record --meth
        tried 9 taizhang record --method c
        tried 9 taizhang -b ~/none.toml record -a x
        tried 63 taizhang -b ~/chuxiong-xinfang-2022.toml balance -a su
    "#;
    let output = program(&folder, &["bash", "--norc", "-c", complete]).env("LC_ALL", "C.UTF-8").output().unwrap();
    let keys = "major-events|leader-cases|supervision|field-guidance|hardship-fund-checks|green-postage|counselling|\
                publicity|joint-office";
    let seen = [
        keys,
        "counselling",
        "leader-cases",
        "counselling",
        "11",
        "11",
        "2022-01|2022-02|2022-03",
        "-h -b -f -o --help --voucher",
        "adjust",
        "--method",
        "card|cash",
        "x",
        "supervision",
    ];
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(lines.lines().count(), seen.len(), "{}", said(&output));
    for (line, expected) in lines.lines().zip(seen) {
        // Where the books have nothing to say, the words of the script stand there.
        assert!(line.replace('|', " ").starts_with(&expected.replace('|', " ")), "{line}\n{expected}");
    }
}

#[test]
fn someone_at_a_bash_prompt_sees_what_each_allocation_has_left() {
    if !works(&["bash", "--version"]) {
        return;
    }
    let folder = folder();
    let keys = [
        ("bash-", "PS1='ready> '; source script.bash\r"),
        ("ready> ", "taizhang record -a \t\t"),
        ("joint-office", "coun\t"),
        ("counselling ", "--amo\t"),
        ("--amount ", "1 --dry-run --date 2022-06-01\r"),
        ("29,999.00", "exit\r"),
    ];
    let keys = keys.map(|(shown, typed)| (shown, Some(typed)));
    let Some(mut words) = typist(&keys) else { return };
    words.extend(["bash", "--norc", "--noprofile", "-i"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = program(&folder, &words).env("TAIZHANG_BY", "小李").output().unwrap();
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("重点信访人员心理疏导"), "{said}");
    assert!(said.contains("publicity             信访工作宣传"), "{said}");
}

#[test]
fn fish_and_zsh_complete_the_same() {
    let folder = folder();
    if works(&["fish", "--version"]) {
        let asked = "source script.fish; complete -C 'taizhang record -a '; complete -C 'taizhang release '";
        let output = program(&folder, &["fish", "--no-config", "-c", asked]).output().unwrap();
        let said = said(&output);
        assert!(said.contains("leader-cases\t省州领导包案重点信访问题化解") && said.contains("11\tHT-1"), "{said}");
        assert_eq!(said.lines().count(), 10, "{said}");
    }
    if works(&["zsh", "-f", "-c", "zmodload zsh/zle zsh/parameter && autoload -Uz compinit && compinit -u -D"]) {
        let keys = [
            ("ready", "autoload -Uz compinit; compinit -u -D; source script.zsh; PS1='set> '\r"),
            ("set> ", "taizhang 记账 -a 心理\t"),
            ("counselling", "--amo\t"),
            ("--amount", "1 --dry-run --date 2022-06-01\r"),
            ("29,999.00", "exit\r"),
        ];
        let keys = keys.map(|(shown, typed)| (shown, Some(typed)));
        let Some(mut words) = typist(&keys) else { return };
        words.extend(["env", "PS1=ready", "zsh", "-f", "-i"].map(str::to_owned));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = program(&folder, &words).env("TAIZHANG_BY", "小李").output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
}

/// Someone is typing: nothing may wait, fail or leave anything behind.
#[test]
fn candidates_take_no_lock_write_nothing_and_complain_of_nothing() {
    let folder = folder();
    let office = folder.office();
    std::fs::remove_file(folder.join(&format!("{LEDGER}.lock"))).unwrap();
    let files = || {
        let listed = std::fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().path());
        let mut files: Vec<_> = listed.map(|path| (std::fs::read(&path).unwrap(), path)).collect();
        files.sort();
        files
    };
    let before = files();
    let offered = office.types("complete -- -o script.bash -f json balance -a l").expect(Exit::Done);
    assert!(offered.out.starts_with("leader-cases\t"), "{offered:?}");
    let lines = [
        "complete",
        "complete --",
        "complete -- balance",
        "complete -- record --memo ''",
        "complete -- record -",
        "complete -- record --amount ''",
        "complete -- release 11 ''",
        "complete -- nonsense -a ''",
        "complete -- record --help -a ''",
        "complete -- -b none.toml record -a ''",
        "complete -- --today never record -a ''",
        "complete -- record -a nothing-like-it",
    ];
    for line in lines {
        let seen = office.types(line).expect(Exit::Done);
        assert_eq!((seen.out.as_str(), seen.err.as_str()), ("", ""), "{line}");
    }
    assert!(files() == before, "something was written");
    folder.write("chuxiong-xinfang-2022.toml", "[budget");
    let seen = office.types("complete -- record -a ''").expect(Exit::Done);
    assert_eq!((seen.out.as_str(), seen.err.as_str()), ("", ""));
}

#[test]
fn the_manual_has_every_command_and_option_in_plain_ascii() {
    let folder = folder();
    let mut office = folder.office();
    office.environment.push(("COLUMNS", "80".into()));
    for language in LANGUAGES {
        let manual = office.types(&format!("--lang {language} man")).expect(Exit::Done).out;
        assert!(manual.is_ascii() && !manual.bytes().any(|byte| byte < b' ' && byte != b'\n'), "{language}");
        assert_eq!(manual.matches(".TH ").count(), 1);
        for (name, _) in commands(&folder.office()) {
            let page = office.types(&format!("--lang {language} help {name}")).expect(Exit::Done).out;
            let section = manual.split("\n.SS ").find(|section| {
                let heading = section.lines().next().unwrap().trim_start_matches('"');
                heading == name || heading.starts_with(&format!("{name}, "))
            });
            let section = section.unwrap_or_else(|| panic!("{name} is not in the manual"));
            let options = page.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2);
            for option in options.map(|option| option.trim_end_matches([',', '.', ';', ')'])) {
                let written = option.replace('-', r"\-");
                assert!(section.contains(&written) || manual.contains(&written), "{name} {option}");
            }
        }
        folder.write("manual.1", &manual);
        for tool in [&["groff", "-man", "-Tutf8", "-ww", "manual.1"][..], &["mandoc", "-W", "error", "manual.1"]] {
            // Not every one of them tells its version.
            if works(&["sh", "-c", &format!("command -v {}", tool[0])]) {
                let output = program(&folder, tool).output().unwrap();
                assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
            }
        }
        if works(&["man", "--version"]) {
            let output = program(&folder, &["man", "-l", "manual.1"]).env("MANWIDTH", "80").output().unwrap();
            let text = said(&output);
            let shown = if language == "zh" { "记一笔支出" } else { "record an expense" };
            assert!(output.status.success() && text.contains(shown), "{text}");
        }
    }
}

#[test]
fn a_page_for_each_command_is_written_where_it_is_asked_for() {
    let folder = folder();
    let office = folder.office();
    std::fs::create_dir(folder.join("man1")).unwrap();
    let written = office.types("man --dir man1").expect(Exit::Done).out;
    assert_eq!(written.lines().count(), 1 + commands(&office).len());
    for path in written.lines() {
        let page = String::from_utf8(folder.read(path)).unwrap();
        let name = path.trim_start_matches("man1/").trim_end_matches(".1");
        assert!(page.is_ascii() && page.contains(&format!(".TH {} 1 ", name.to_uppercase())), "{path}");
        assert!(page.contains(&format!("\n{} \\- ", name.replace('-', r"\-"))), "{path}");
    }
    office.types("man --dir nowhere").expect(Exit::Io);
}
