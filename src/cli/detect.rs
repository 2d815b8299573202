//! `reconcile --detect`: what is recognised in a statement, as a profile to keep. It needs no ledger and no budget.

use std::path::Path;

use super::desk::Desk;
use crate::domain::amount::Amount;
use crate::domain::calendar::Date;
use crate::domain::statement::Profile;
use crate::problem::{Exit, Failure, Usage};
use crate::render::Format;
use crate::render::detection::profile as text;
use crate::reports::detection::{Seen, detection};
use crate::store::statement_file::look;

/// Answers with the profile of a statement; `said` is what is known of it already, and `sheet` what was typed.
pub(super) fn detect(desk: &mut Desk<'_>, path: &Path, sheet: Option<&str>, said: &Profile) -> Result<Exit, Failure> {
    if desk.format != Format::Table && desk.format_is_asked_for() {
        return Err(Usage::Conflict { name: "--detect".into(), with: "--format".into() }.into());
    }
    let mut reading = look(desk.world.files, path, sheet, said).map_err(Failure)?;
    let turned = reading.turned.take();
    let is_turned = turned.is_some();
    if let Some(turned) = turned {
        reading = look(desk.world.files, path, sheet, &turned).map_err(Failure)?;
    }
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut profile = reading.profile;
    let found = profile.sheet.take();
    // The only sheet with something in it needs no name, and may have another the next time.
    profile.sheet = found.clone().filter(|_| sheet.is_some() || said.sheet.is_some());
    let movements: Vec<(Date, Amount)> =
        reading.statement.movements.iter().map(|movement| (movement.date, movement.amount)).collect();
    let seen = Seen { movements: &movements, left_out: &reading.statement.left_out, unread: &reading.unread };
    let report = detection(file, found, reading.headings, &seen, (profile, is_turned));
    desk.deliver_anew(&text(&report, desk.language))?;
    Failure::unless_none(reading.problems)?;
    Ok(Exit::Done)
}
