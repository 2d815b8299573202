//! The copy of the product that is rewritten: where it lies, and what is changed in it besides the mutants.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where everything is kept, below the product's `target`.
pub struct Workplace {
    pub product: PathBuf,
    pub tree: PathBuf,
    pub build: PathBuf,
    folder: PathBuf,
}

impl Workplace {
    pub fn of(product: &Path) -> Self {
        let folder = product.join("target/mutants");
        Self { product: product.to_owned(), tree: folder.join("tree"), build: folder.join("build"), folder }
    }

    /// The mutants as cargo-mutants lists them.
    pub fn list(&self) -> PathBuf {
        self.folder.join("list.json")
    }

    /// The mutants and what can be done with them.
    pub fn plan(&self) -> PathBuf {
        self.folder.join("plan.json")
    }

    /// The tests, their times, and what they reach.
    pub fn tests(&self) -> PathBuf {
        self.folder.join("tests.json")
    }

    /// The mutants one test reaches, while it runs.
    pub fn reached(&self) -> PathBuf {
        self.folder.join("reached")
    }

    /// What became of each mutant, one a line.
    pub fn verdicts(&self) -> PathBuf {
        self.folder.join("verdicts")
    }

    /// Lays the tree anew. Files that are as they were keep their times, so that little is built again.
    pub fn lay(&self) -> Result<()> {
        if self.tree.exists() {
            fs::remove_dir_all(&self.tree).context("removing the last tree")?;
        }
        copy(&self.product, &self.tree)?;
        let manifest = self.tree.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)?;
        // The lints are for people's code.
        let kept: Vec<&str> = text.split("\n[").filter(|table| !table.starts_with("lints.")).collect();
        let quick = "\n[profile.release.package.taizhang]\nopt-level = 1\n";
        fs::write(&manifest, kept.join("\n[") + quick)?;
        let library = self.tree.join("src/lib.rs");
        let text = fs::read_to_string(&library)?.replacen("\nmod cli;", "\nmod mutant;\nmod cli;", 1);
        let silent = "#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]\n";
        let after = text.find("\nmod mutant;").context("src/lib.rs has no place for the switch")?;
        fs::write(&library, format!("{}\n{silent}{}", &text[..after], &text[after..]))?;
        fs::write(self.tree.join("src/mutant.rs"), include_str!("switch.rs"))?;
        let_the_switch_through(&self.tree.join("tests"))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let name = item.file_name();
        if name == "target" || name == ".git" {
            continue;
        }
        let target = to.join(&name);
        if item.file_type()?.is_dir() {
            copy(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), &target).with_context(|| format!("copying {}", item.path().display()))?;
        }
    }
    Ok(())
}

/// Tests that start the program in an empty environment hand on which mutant lives.
fn let_the_switch_through(folder: &Path) -> Result<()> {
    let handed_on = ".env_clear().envs(std::env::vars_os().filter(|(name, _)| \
                     name.to_string_lossy().starts_with(\"TAIZHANG_MUTANT\")))";
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            let_the_switch_through(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path)?;
            if text.contains(".env_clear()") {
                fs::write(&path, text.replace(".env_clear()", handed_on))?;
            }
        }
    }
    Ok(())
}
