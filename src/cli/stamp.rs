//! Who writes, when, and under which id.

use super::desk::Desk;
use super::options::Stamping;
use crate::domain::calendar::{Moment, written_moment};
use crate::domain::rules::Refusal;
use crate::domain::text::entered;
use crate::lang::{Phrase, phrase};
use crate::problem::{Failure, Usage};
use crate::store::append::Stamp;
use crate::store::chain::sha256;

/// Who is writing: `--by`, else `TAIZHANG_BY`, else whoever answers at the terminal; never the login.
pub(super) fn operator(desk: &mut Desk<'_>, stamping: &Stamping) -> Result<String, Failure> {
    let mut by = stamping.by.clone();
    if by.is_none()
        && let Some(set) = (desk.world.environment)("TAIZHANG_BY")
    {
        by = Some(set.into_string().map_err(|_| Usage::NotUnicode)?);
    }
    let mut by = by.or_else(|| desk.operator.clone());
    if by.is_none() && desk.world.terminal.input {
        by = desk.asks(&phrase(desk.language, &Phrase::AskOperator), "", "");
        desk.operator.clone_from(&by);
    }
    let by = by.unwrap_or_default();
    match entered(&by) {
        Ok(by) if by.is_empty() => Err(Usage::OperatorNeeded.into()),
        Ok(by) => Ok(by),
        Err(fault) => Err(Refusal::Text { column: "by", fault }.into()),
    }
}

/// Who, when, and under which id. An id made here comes from the chain's end and the moment, so it can't stand yet.
pub(super) fn stamp(stamping: &Stamping, by: String, now: &Moment, seed: &str) -> Stamp {
    let at = written_moment(now);
    let made = || format!("t-{}", &sha256(format!("{seed} {at} {by}").as_bytes())[..16]);
    Stamp { id: stamping.id.clone().unwrap_or_else(made), by: by.clone(), at: at.clone() }
}
