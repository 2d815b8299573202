//! A failing sequence made short: steps are left out, one by one, as long as it still fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Failed;
use super::command::{Event, Step};
use super::made_up::Made;
use super::model::Model;
use super::next_year;
use super::play::World;
use super::table::FILE;
use super::tally::Tally;

/// Runs something; a panic is an error too, and the sequence that leads to it can be made short.
pub(super) fn calmly<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
        Err(format!("a panic: {}", said.unwrap_or_default()))
    })
}

/// Plays steps from the beginning, and says why they fail. The steps behind the failing one are left off.
fn fails(seed: u64, made: &Made, steps: &[Step]) -> Option<Failed> {
    let mut world = World::new(made);
    for (place, step) in steps.iter().enumerate() {
        if let Err(why) = calmly(|| world.step(step)) {
            return Some(Failed { steps: steps[..=place].to_vec(), why });
        }
    }
    // Which day the last figures failed on is forgotten: any will do.
    let why = [0, 45, 120, 200, 300].into_iter().find_map(|on| calmly(|| world.ends_well(on)).err());
    let why = why.or_else(|| next_year::follow(seed, &mut world, &mut Tally::default()).err())?;
    Some(Failed { steps: steps.to_vec(), why })
}

/// The shortest sequence found by leaving steps out.
pub(super) fn shortest(seed: u64, made: &Made, failed: Failed) -> Failed {
    let mut shortest = failed;
    loop {
        let length = shortest.steps.len();
        for place in (0..length).rev() {
            if place < shortest.steps.len() {
                let mut fewer = shortest.steps.clone();
                fewer.remove(place);
                if let Some(failed) = fails(seed, made, &fewer) {
                    shortest = failed;
                }
            }
        }
        if shortest.steps.len() == length {
            return shortest;
        }
    }
}

/// The budget, the commands as they can be typed, and what is wrong with the last.
pub(super) fn told(made: &Made, failed: &Failed) -> String {
    let mut told = format!("{}\n", made.toml());
    let mut world = World::new(made);
    for step in &failed.steps {
        told += &line(step, &world.model);
        let _ = calmly(|| world.step(step));
    }
    format!("{told}{}", failed.why)
}

/// A step as it can be typed.
pub(super) fn line(step: &Step, model: &Model) -> String {
    match &step.event {
        Event::Edits(edit) => format!("-- the budget file is edited: {edit:?}\n"),
        Event::Types(command) => {
            let command = command.resolved(|step| model.written.get(&step).copied());
            let quoted = |word: &String| match word.is_empty() || word.contains([' ', ';', '"', '#', '\'']) {
                true => format!("'{word}'"),
                false => word.clone(),
            };
            let words: Vec<String> = command.words().iter().map(quoted).collect();
            let nobody = if command.nobody { "  (nobody)" } else { "" };
            let table = command.table.as_ref().map(|table| format!("-- {FILE}:\n{}", table.text()));
            let day = crate::laws::reckoning::day(command.day);
            format!("{}{day} $ taizhang {}{nobody}\n", table.unwrap_or_default(), words.join(" "))
        }
    }
}
