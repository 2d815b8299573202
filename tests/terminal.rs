//! Programs that are not ours, where they are there: what isn't is said to be not tried. And a real terminal, with someone
//! who types at it.

use std::path::Path;
use std::process::Command;

/// Whether a tool is there and works here; containers may forbid tracing.
#[expect(clippy::print_stdout, reason = "a test that was not tried should say so")]
pub(crate) fn works(tool: &[&str]) -> bool {
    let works = Command::new(tool[0]).args(&tool[1..]).output().is_ok_and(|output| output.status.success());
    if !works {
        println!("not tried, for it does not work here: {}", tool.join(" "));
    }
    works
}

/// The words that start whatever follows them at a terminal of its own, where each key is typed when what stands before
/// it has been shown; `None` for keys hangs up. Nothing where there is no terminal to be had.
pub(crate) fn typist(keys: &[(&str, Option<&str>)]) -> Option<Vec<String>> {
    if !works(&["python3", "-c", "import fcntl, os, pty, termios; pty.openpty(); os.setsid"]) {
        return None;
    }
    let typist = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typist.py");
    Some(vec!["python3".into(), typist.to_str().unwrap().into(), serde_json::to_string(keys).unwrap()])
}
