//! Hardly any memory, stack, files or processes, with the real binary: it works or says why, and no row is half written.
#![cfg(target_os = "linux")]

use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use super::surroundings::{BALANCE, PACK, RECORD, WORKBOOK, ended, opened, stands, through};
use crate::office::{LEDGER, words};
use crate::terminal::works;

/// A limit below what starting takes is the system's affair: then it is not this program that speaks.
#[test]
fn with_few_files_little_stack_or_no_more_processes_it_works_or_says_why() {
    if !works(&["prlimit", "--version"]) {
        return;
    }
    let lines = [BALANCE, RECORD, WORKBOOK, PACK, "verify", "doctor", "import bills.csv --dry-run", "register -f html"];
    let folder = opened();
    for line in lines {
        let files = (4..12).map(|count| format!("exec prlimit --nofile={count} \"$0\" \"$@\""));
        // What the shell leaves the first thread is no matter to the one that works.
        let stack = [64, 256, 1024].map(|size| format!("ulimit -s {size} && exec timeout 20 \"$0\" \"$@\""));
        let file_size = [0, 1].map(|blocks| format!("ulimit -f {blocks} && exec timeout 20 \"$0\" \"$@\""));
        for script in files.chain(stack).chain(file_size) {
            let before = folder.read(LEDGER);
            let about = format!("{script} {line}");
            ended(&through(&folder, &script, line).output().unwrap(), &about);
            stands(&folder, &before, &about);
        }
    }
    // A thread is a process to this limit, and does not bind whoever may do everything.
    let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups prlimit --nproc=1";
    if !works(&words(nobody).iter().map(String::as_str).chain(["true"]).collect::<Vec<_>>()) {
        return;
    }
    assert!(Command::new("chmod").args(["-R", "a+rwX", "."]).current_dir(folder.path()).status().unwrap().success());
    for line in lines {
        let before = folder.read(LEDGER);
        let output = through(&folder, &format!("exec {nobody} \"$0\" \"$@\""), line).output().unwrap();
        ended(&output, &format!("no more processes: {line}"));
        stands(&folder, &before, line);
    }
}

/// Where there is no memory left Rust ends a program on the spot: no answer, but no half of one, and no half of a row.
#[test]
fn with_hardly_any_memory_no_row_is_half_written() {
    let folder = opened();
    for line in [BALANCE, RECORD, "verify", "import bills.csv --dry-run"] {
        for kilobytes in (10_000..16_000).step_by(500).chain([20_000, 32_000, 64_000]) {
            let before = folder.read(LEDGER);
            let script = format!("ulimit -v {kilobytes} && exec timeout 20 \"$0\" \"$@\"");
            let output = through(&folder, &script, line).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let about = format!("{kilobytes} KB: {line}: {:?} {said}", output.status);
            let code = output.status.code();
            let never_started = code == Some(127) || code == Some(139) || output.status.signal() == Some(11);
            let out_of_memory = said.contains("memory allocation of");
            assert!(never_started || out_of_memory || code.is_some_and(|code| (0..=8).contains(&code)), "{about}");
            assert!(!said.contains("panicked") && code != Some(124), "{about}");
            assert!(kilobytes < 20_000 || code == Some(0), "{about}");
            stands(&folder, &before, &about);
        }
    }
}
