//! The tests are tested by rote (T16): all mutants in one build, each behind a switch, each tried with the tests that reach
//! it. `run` beside this folder's `src` takes the steps in their order.

mod mutant;
mod program;
mod record;
mod rewrite;
mod site;
mod table;
mod tree;
mod trial;
mod viable;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::tree::Workplace;
use crate::trial::Choice;

fn main() -> Result<ExitCode> {
    let workplace = Workplace::of(&std::env::current_dir()?);
    let mut arguments = std::env::args().skip(1);
    let step = arguments.next().unwrap_or_default();
    let choice = choice(arguments.collect())?;
    match step.as_str() {
        "write" => {
            let mut mutants = mutant::read(&workplace.list())?;
            workplace.lay()?;
            viable::settle(&workplace, &mut mutants)?;
            mutant::write(&workplace.plan(), &mutants)?;
        }
        "record" => record::record(&workplace)?,
        "try" => trial::run(&workplace, &mutant::read(&workplace.plan())?, &record::read(&workplace)?, &choice)?,
        "table" => {
            let nothing_missed = table::print(&workplace, &mutant::read(&workplace.plan())?, &choice)?;
            return Ok(if nothing_missed { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        _ => bail!("one of: write, record, try, table"),
    }
    Ok(ExitCode::SUCCESS)
}

fn choice(files: Vec<String>) -> Result<Choice> {
    let shard = match std::env::var("SHARD") {
        Err(_) => (0, 1),
        Ok(text) => {
            let (part, parts) = text.split_once('/').context("SHARD is like 2/8")?;
            (part.parse()?, parts.parse()?)
        }
    };
    let seconds = seconds("SHORTEST", 0.0)?..=seconds("LONGEST", 8.0)?;
    Ok(Choice { files, shard, again: std::env::var_os("AGAIN").is_some(), seconds })
}

fn seconds(name: &str, otherwise: f64) -> Result<f64> {
    match std::env::var(name) {
        Ok(seconds) => seconds.parse().with_context(|| format!("{name} is no number of seconds: {seconds}")),
        Err(_) => Ok(otherwise),
    }
}
