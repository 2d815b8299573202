//! The source itself: rooms look only down, packages stay in their files, nothing is left over.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may use. A room not named here doesn't exist.
const ROOMS: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("problem", &["domain"]),
    ("store", &["domain", "problem"]),
    ("reports", &["domain"]),
    ("lang", &["domain", "problem"]),
    ("render", &["domain", "problem", "reports", "lang"]),
    ("cli", &["domain", "problem", "store", "reports", "lang", "render"]),
];

/// Each package and the files that may name it.
const PACKAGES: [(&str, &[&str]); 30] = [
    ("annotate_snippets", &["render/problems.rs"]),
    ("askama", &["render/html/"]),
    ("cfb", &["store/grid/compound.rs", "store/grid/biff/made.rs", "store/grid/biff/hostile_tests.rs"]),
    ("chrono", &["domain/calendar.rs", "lib.rs", "main.rs", "store/line_tests.rs", "domain/position.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("comfy_table", &["render/table.rs"]),
    ("csv", &["render/csv.rs", "render/mod.rs", "cli/demo.rs", "store/grid/text_tests.rs"]),
    ("csv_core", &["store/line.rs"]),
    (
        "encoding_rs",
        &[
            "store/diagnosis.rs",
            "store/grid/biff/lettering.rs",
            "store/grid/encoding.rs",
            "store/grid/text_tests.rs",
            "store/statement_file/profile_tests.rs",
            "store/statement_file/statement_tests.rs",
        ],
    ),
    ("indicatif", &["main.rs"]),
    ("inquire", &["main.rs"]),
    ("memchr", &["store/line.rs", "store/lines.rs", "store/stretches.rs", "store/grid/records.rs"]),
    ("quick_xml", &["store/grid/markup.rs", "render/html/page_tests.rs"]),
    ("rust_decimal", &["domain/amount.rs"]),
    (
        "rust_xlsxwriter",
        &[
            "render/xlsx/",
            "store/grid/biff/workbook_tests.rs",
            "store/grid/bounds_tests.rs",
            "store/grid/workbook_tests.rs",
        ],
    ),
    ("rustix", &["store/machine.rs"]),
    ("serde", &["render/json.rs"]),
    ("serde_json", &["render/json.rs"]),
    ("sha2", &["store/chain.rs"]),
    ("signal_hook", &["main.rs"]),
    ("simdutf8", &["store/line.rs"]),
    ("smallvec", &["domain/matching/mod.rs"]),
    ("sm3", &["store/chain.rs"]),
    ("strsim", &["cli/figures.rs", "store/budget_values.rs"]),
    (
        "tempfile",
        &[
            "store/budget_tests.rs",
            "store/disk.rs",
            "store/grid/biff/workbook_tests.rs",
            "store/grid/bounds_tests.rs",
            "store/grid/stream.rs",
            "store/head.rs",
            "store/ledger_file.rs",
            "store/lock.rs",
            "store/whole_tests.rs",
        ],
    ),
    (
        "toml",
        &[
            "store/budget_file.rs",
            "store/budget_tables.rs",
            "store/budget_values.rs",
            "store/form_file.rs",
            "store/statement_profile.rs",
        ],
    ),
    ("unicode_normalization", &["domain/text.rs", "domain/matching/payee.rs"]),
    ("zip", &["fuzzing.rs", "store/grid/package.rs", "store/grid/sheet_tests.rs", "store/grid/bounds_tests.rs"]),
];

/// Every source file with its path below `src` and its text.
fn sources() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path: PathBuf = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn rooms_look_only_down() {
    let mut upward = Vec::new();
    for (path, text) in sources() {
        let room = path.split(['/', '.']).next().unwrap().to_owned();
        let Some((_, may_use)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            if !["lib", "main", "fuzzing"].contains(&room.as_str()) {
                upward.push(format!("{path}: `{room}` is no room of this house"));
            }
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String =
                    used.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
                let known = ROOMS.iter().any(|(name, _)| *name == used);
                // What `lib.rs` itself defines, the world, belongs to the top room.
                let allowed = used == room || may_use.contains(&used.as_str()) || (!known && room == "cli");
                if !allowed {
                    upward.push(format!("{path}:{}: `{room}` uses `{used}`", number + 1));
                }
            }
            if line.contains("use crate::{") && room != "cli" {
                upward.push(format!("{path}:{}: one path a line, so that this test can read it", number + 1));
            }
        }
    }
    none(upward);
}

#[test]
fn packages_stay_in_their_files() {
    let mut strays = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for (package, homes) in PACKAGES {
                let named = [format!("{package}::"), format!("use {package};")].iter().any(|name| {
                    code.match_indices(name.as_str()).any(|(place, _)| {
                        let before = code[..place].chars().next_back();
                        !before.is_some_and(|before| {
                            before.is_alphanumeric()
                                || before == '_'
                                || (before == ':' && !code[..place].ends_with(" ::"))
                        })
                    })
                });
                if named && !homes.iter().any(|home| path == *home || (home.ends_with('/') && path.starts_with(home))) {
                    strays.push(format!("{path}:{}: names `{package}`, which belongs in {homes:?}", number + 1));
                }
            }
        }
    }
    none(strays);
}

#[test]
fn every_file_says_what_it_is_for() {
    none(sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect());
}

#[test]
fn no_file_has_grown_past_its_subject() {
    let long = |(path, text): (String, String)| {
        let lines = text.lines().count();
        (lines > 450).then(|| format!("{path}: {lines} lines; which noun is missing?"))
    };
    none(sources().into_iter().filter_map(long).collect());
}

#[test]
fn nothing_is_left_over() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let name = path.rsplit('/').next().unwrap();
        if ["util.rs", "utils.rs", "common.rs", "helpers.rs", "helper.rs", "manager.rs", "misc.rs", "types.rs"]
            .contains(&name)
        {
            found.push(format!("{path}: a room without a subject"));
        }
        for (number, line) in text.lines().enumerate() {
            let leftover = ["TODO", "FIXME", "XXX", "dbg!(", "println!(", "f64", "f32", "unsafe"]
                .iter()
                .find(|word| line.contains(**word));
            // A workbook knows no other numbers; these files make them, as the last step, or write them out as digits, as
            // the first, and reckon with none.
            let numbers = ["render/xlsx/number.rs", "store/grid/biff/double.rs"];
            let leftover = leftover.filter(|word| !(**word == "f64" && numbers.contains(&path.as_str())));
            if let Some(word) = leftover {
                found.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    none(found);
}

#[test]
fn every_human_word_is_in_the_catalogue() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        // Words that are read, not said, and what documentation and tests quote, are not messages.
        let reads = [
            "fuzzing.rs",
            "domain/amount.rs",
            "domain/plan.rs",
            "domain/search.rs",
            "domain/calendar.rs",
            "domain/capitals.rs",
            "domain/text.rs",
            "domain/matching/payee.rs",
            "render/csv.rs",
            "store/diagnosis.rs",
            "store/expense_table/headings.rs",
            "store/decisions_file.rs",
            "store/statement_file/headings.rs",
            "store/statement_file/movements.rs",
            "store/statement_file/title.rs",
            "store/expense_table/mod.rs",
            "store/restoring/days.rs",
            "cli/choices.rs",
            "cli/demo.rs",
            "cli/mod.rs",
            "cli/desk.rs",
        ];
        if path.starts_with("lang/") || path.ends_with("_tests.rs") || reads.contains(&path.as_str()) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let said = line.split("//").next().unwrap_or_default();
            let chinese = said.chars().any(|character| ('\u{4E00}'..='\u{9FFF}').contains(&character));
            if chinese && !said.contains("aliases: &[") {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(found);
}
