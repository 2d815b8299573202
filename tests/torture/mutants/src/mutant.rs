//! The mutants as cargo-mutants lists them, and what became of each before any test ran.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// One small change of the source. Its number in the list is what switches it on.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Mutant {
    pub name: String,
    pub file: String,
    pub genre: Genre,
    /// An operator, a value or a guard; nothing where something is left out.
    pub replacement: String,
    pub span: Span,
    pub function: Option<Function>,
    #[serde(default)]
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub struct Span {
    pub start: Place,
}

/// A line and a column in characters, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Function {
    pub return_type: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum State {
    /// It stands in the build and waits for its switch.
    #[default]
    Ready,
    /// It doesn't compile.
    Unviable,
    /// It can't stand beside the others, and why.
    NotPossible(String),
}

impl Mutant {
    pub fn is_ready(&self) -> bool {
        self.state == State::Ready
    }
}

pub fn read(list: &Path) -> Result<Vec<Mutant>> {
    let text = std::fs::read_to_string(list).with_context(|| format!("reading {}", list.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no list of mutants", list.display()))
}

pub fn write(list: &Path, mutants: &[Mutant]) -> Result<()> {
    std::fs::write(list, serde_json::to_string(mutants)?).with_context(|| format!("writing {}", list.display()))
}
