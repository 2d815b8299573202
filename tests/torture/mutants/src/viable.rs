//! Writes all mutants into the tree and asks the compiler, again and again, until what is left compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::mutant::{Genre, Mutant, State};
use crate::rewrite::{Rewritten, rewrite};
use crate::site::{Form, Shape, Site, Sites};
use crate::tree::Workplace;

struct File {
    text: String,
    sites: Vec<Site>,
    written: Rewritten,
}

/// Leaves a tree that compiles, and each mutant's state said.
pub fn settle(workplace: &Workplace, mutants: &mut [Mutant]) -> Result<()> {
    let mut files = BTreeMap::new();
    let names: BTreeSet<String> = mutants.iter().map(|mutant| mutant.file.clone()).collect();
    for name in names {
        let text = fs::read_to_string(workplace.product.join(&name)).with_context(|| format!("reading {name}"))?;
        let sites = sites(&name, &text, mutants)?;
        files.insert(name, File { text, sites, written: Rewritten { text: String::new(), marks: Vec::new() } });
    }
    for round in 1..=60 {
        for (name, file) in &mut files {
            let written = rewrite(&file.text, &file.sites, mutants);
            if written.text != file.written.text {
                fs::write(workplace.tree.join(name), &written.text)?;
            }
            file.written = written;
        }
        let faults = compile(workplace)?;
        eprintln!("round {round}: {} faults", faults.len());
        if faults.is_empty() {
            return Ok(());
        }
        let mut changed = false;
        // A type that can't be told is found out behind the site that hides it: the nearest, where nothing else can be done.
        for innermost in [true, false] {
            if changed {
                break;
            }
            for fault in &faults {
                changed |= answer(fault, innermost, &mut files, mutants);
            }
        }
        ensure!(changed, "the compiler finds fault with what isn't the mutants': {:?}", faults[0]);
    }
    bail!("the tree doesn't compile after all these rounds")
}

/// The sites of one file with their mutants, outer ones first; what can't be done is said at once.
fn sites(name: &str, text: &str, mutants: &mut [Mutant]) -> Result<Vec<Site>> {
    let mut found = Sites::of(text).with_context(|| format!("reading {name} as Rust"))?;
    for (number, mutant) in mutants.iter_mut().enumerate().filter(|(_, mutant)| mutant.file == name) {
        mutant.state = match found.find(mutant.genre, mutant.span.start) {
            None => State::NotPossible("its place is not found".to_owned()),
            Some(Site { barred: Some(why), .. }) => State::NotPossible((*why).to_owned()),
            Some(Site { shape: Shape::Lazy(_, true) | Shape::Arm { rest: false }, .. }) => State::Unviable,
            Some(_) if returns_hidden_type(mutant) => State::NotPossible("its function returns impl".to_owned()),
            Some(site) => {
                site.mutants.push(number);
                State::Ready
            }
        };
    }
    let mut sites = found.list;
    sites.retain(|site| !site.mutants.is_empty());
    sites.sort_by_key(|site| {
        (site.extent.start, std::cmp::Reverse(site.extent.end), !matches!(site.shape, Shape::Guard))
    });
    Ok(sites)
}

/// Two values of a function that returns `impl Trait` would have to be of one type.
fn returns_hidden_type(mutant: &Mutant) -> bool {
    let returned = mutant.function.as_ref().map_or("", |function| &function.return_type);
    mutant.genre == Genre::FnValue && returned.contains("impl ")
}

#[derive(Debug)]
struct Fault {
    file: String,
    start: usize,
    end: usize,
    message: String,
}

/// Takes out what a fault of the compiler stands in; whether there was something.
fn answer(fault: &Fault, innermost: bool, files: &mut BTreeMap<String, File>, mutants: &mut [Mutant]) -> bool {
    let Some(file) = files.get_mut(&fault.file) else { return false };
    let marks = file.written.marks.iter();
    let mark = match innermost {
        true => marks
            .filter(|mark| mark.written.start <= fault.start && fault.end <= mark.written.end)
            .min_by_key(|mark| mark.written.len()),
        false => marks.filter(|mark| mark.written.start <= fault.end).max_by_key(|mark| mark.written.start),
    };
    let Some(mark) = mark else { return false };
    if let Some(mutant) = mark.mutant {
        let was_ready = mutants[mutant].is_ready();
        mutants[mutant].state = State::Unviable;
        return was_ready;
    }
    let site = &mut file.sites[mark.site];
    match (site.form, &site.shape) {
        (Form::GivenUp, _) => return false,
        (Form::Once, Shape::Body | Shape::Arm { .. } | Shape::Guard | Shape::Fields(_)) | (Form::Repeated, _) => {
            site.form = Form::GivenUp;
            for mutant in site.mutants.iter().filter(|mutant| mutants[**mutant].is_ready()).copied().collect::<Vec<_>>()
            {
                mutants[mutant].state = State::NotPossible(fault.message.clone());
            }
        }
        (Form::Once, _) => site.form = Form::Repeated,
    }
    true
}

#[derive(Deserialize)]
struct Line {
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    spans: Vec<Spot>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Spot {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Spot,
}

impl Spot {
    /// Where it stands in the source itself, outside of all macros.
    fn written(&self) -> &Self {
        self.expansion.as_ref().map_or(self, |expansion| expansion.span.written())
    }
}

/// What the compiler finds fault with.
fn compile(workplace: &Workplace) -> Result<Vec<Fault>> {
    let output = Command::new("cargo")
        .args(["check", "--locked", "--lib", "--message-format=json", "--quiet"])
        .current_dir(&workplace.tree)
        .env("CARGO_TARGET_DIR", &workplace.build)
        .stderr(Stdio::inherit())
        .output()
        .context("starting cargo check")?;
    let mut faults = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(Line { message: Some(found) }) = serde_json::from_str::<Line>(line) else { continue };
        let Some(spot) = found.spans.iter().find(|spot| spot.is_primary) else { continue };
        if found.level != "error" {
            continue;
        }
        let spot = spot.written();
        if std::env::var_os("MUTANTS_SHOW").is_some() {
            eprintln!("{}", found.rendered.unwrap_or_default());
        }
        let (start, end) = (spot.byte_start, spot.byte_end);
        faults.push(Fault { file: spot.file_name.clone(), start, end, message: found.message });
    }
    ensure!(output.status.success() || !faults.is_empty(), "cargo check failed and doesn't say where");
    Ok(faults)
}
