//! Builds the two test binaries of the rewritten tree and runs tests of them, within bounds of time and memory.

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::tree::Workplace;

/// What makes tests short that would otherwise play a thousand worlds.
const SHORT: [(&str, &str); 6] = [
    ("TAIZHANG_WORLDS", "40"),
    ("TAIZHANG_MANGLES", "40"),
    ("TAIZHANG_NOISE", "200"),
    ("PROPTEST_CASES", "64"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    ("RUST_BACKTRACE", "0"),
];
/// A mutant may ask for memory without end, or write without end where temporary files are memory too.
const MEMORY: u64 = 2 << 30;
const FILE: u64 = 256 << 20;
const XCPU: i32 = 24;
/// The test that plays the cases, and the variable that says which.
const CASES: (&str, &str) = ("cases::everything_seen_is_as_it_was_blessed", "TAIZHANG_CASES");

/// What is run: the library's own tests, those of `tests/`, or folders of the one of them that plays `tests/cases`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Binary {
    Units,
    Cases,
    All,
}

impl Binary {
    pub const ALL: [Self; 3] = [Self::Units, Self::Cases, Self::All];

    /// What a failing test is called in what the run says.
    pub fn failed(self, test: &str) -> String {
        match self {
            Self::Units | Self::All => format!("test {test} ... FAILED"),
            Self::Cases => format!("\n{test}/seen:"),
        }
    }
}

/// What a run is told about mutants.
pub enum Switch<'a> {
    Off,
    Mutant(usize),
    Record(&'a Path),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    TimedOut,
}

pub struct Ran {
    pub outcome: Outcome,
    pub seconds: f64,
    pub said: String,
}

pub struct Programs {
    units: PathBuf,
    all: PathBuf,
    tree: PathBuf,
    scratch: PathBuf,
}

#[derive(Deserialize)]
struct Artifact {
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

impl Programs {
    pub fn build(workplace: &Workplace) -> Result<Self> {
        let output = Command::new("cargo")
            .args(["test", "--no-run", "--release", "--locked", "--lib", "--test", "all", "--message-format=json"])
            .current_dir(&workplace.tree)
            .env("CARGO_TARGET_DIR", &workplace.build)
            .stderr(Stdio::inherit())
            .output()
            .context("starting cargo test")?;
        ensure!(output.status.success(), "the tests of the rewritten tree don't build");
        let (mut units, mut all) = (None, None);
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(Artifact { executable: Some(path), target: Some(target) }) = serde_json::from_str(line) else {
                continue;
            };
            match target.kind.first().map(String::as_str) {
                Some("lib") => units = Some(path),
                Some("test") => all = Some(path),
                _ => {}
            }
        }
        let scratch = std::env::temp_dir().join(format!("taizhang-mutants-{}", std::process::id()));
        let (units, all) = (units.context("no unit tests were built")?, all.context("no other tests were built")?);
        let programs = Self { units, all, tree: workplace.tree.clone(), scratch };
        programs.sweep()?;
        Ok(programs)
    }

    fn path(&self, binary: Binary) -> &Path {
        match binary {
            Binary::Units => &self.units,
            Binary::All | Binary::Cases => &self.all,
        }
    }

    /// The names of its tests.
    pub fn tests(&self, binary: Binary) -> Result<Vec<String>> {
        if binary == Binary::Cases {
            let mut cases = Vec::new();
            find_cases(&self.tree.join("tests/cases"), "", &mut cases)?;
            return Ok(cases);
        }
        let output = Command::new(self.path(binary)).arg("--list").current_dir(&self.tree).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
        Ok(names.filter(|name| *name != CASES.0).map(str::to_owned).collect())
    }

    /// Runs tests that take so many seconds when all is well.
    pub fn run(&self, binary: Binary, tests: &[&str], seconds: f64, switch: &Switch<'_>) -> Result<Ran> {
        let said = self.scratch.join("said");
        let output = fs::File::create(&said).context("creating the file for what tests say")?;
        let processor = (4.0 * seconds).ceil() + 2.0;
        let mut command = Command::new("prlimit");
        command
            .arg(format!("--as={MEMORY}"))
            .arg(format!("--fsize={FILE}"))
            .arg(format!("--cpu={processor}:{}", processor + 1.0));
        command.arg(self.path(binary)).args(["--exact", "--test-threads=1"]).current_dir(&self.tree);
        match binary {
            Binary::Units | Binary::All => command.args(tests),
            Binary::Cases => command.arg(CASES.0).env(CASES.1, tests.join(",")),
        };
        command.envs(SHORT).env("TMPDIR", self.scratch.join("tmp")).process_group(0);
        match switch {
            Switch::Off => &mut command,
            Switch::Mutant(number) => command.env("TAIZHANG_MUTANT", number.to_string()),
            Switch::Record(path) => command.env("TAIZHANG_MUTANTS_REACHED", path),
        };
        command.stdin(Stdio::null()).stderr(output.try_clone()?).stdout(output);
        let start = Instant::now();
        let mut child = command.spawn().context("starting prlimit, of util-linux")?;
        let status = wait(&mut child, start, Duration::from_secs_f64(10.0 * seconds + 8.0))?;
        let seconds = start.elapsed().as_secs_f64();
        let outcome = match status {
            Some(status) if status.success() => Outcome::Passed,
            Some(status) if status.signal() != Some(XCPU) => Outcome::Failed,
            _ => Outcome::TimedOut,
        };
        if outcome != Outcome::Passed {
            // What it started may go on without it.
            Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status()?;
            child.wait()?;
        }
        let said = String::from_utf8_lossy(&fs::read(&said)?).into_owned();
        if outcome != Outcome::Passed {
            self.sweep()?;
        }
        Ok(Ran { outcome, seconds, said })
    }

    /// An empty folder for temporary files.
    fn sweep(&self) -> Result<()> {
        if self.scratch.exists() {
            // A test that was killed may have left folders nobody may write to.
            Command::new("chmod").args(["-R", "u+rwX"]).arg(&self.scratch).stderr(Stdio::null()).status()?;
            fs::remove_dir_all(&self.scratch).context("clearing the folder for temporary files")?;
        }
        fs::create_dir_all(self.scratch.join("tmp")).context("making a folder for temporary files")
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        // It is in the folder for temporary files, where nothing needs to last.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// The folders below `tests/cases` that are cases, by their paths there.
fn find_cases(folder: &Path, path: &str, found: &mut Vec<String>) -> Result<()> {
    if folder.join("typed").exists() {
        found.push(path.trim_start_matches('/').to_owned());
        return Ok(());
    }
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if item.file_type()?.is_dir() && name != "beginnings" {
            find_cases(&item.path(), &format!("{path}/{name}"), found)?;
        }
    }
    Ok(())
}

fn wait(child: &mut Child, start: Instant, longest: Duration) -> Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > longest {
            return Ok(None);
        }
        sleep((start.elapsed() / 20).clamp(Duration::from_millis(1), Duration::from_millis(50)));
    }
}
