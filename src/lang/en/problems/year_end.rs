//! The year-end form: what is wrong in the file that was filled in, and what is still wanting.

use super::yuan;
use crate::domain::personal::Personal;
use crate::domain::year_end::Gap;
use crate::lang::Words;
use crate::lang::en::year_end::{fund_name, whose_name};
use crate::problem::FormFault;

pub(super) fn form(fault: &FormFault) -> Words {
    match fault {
        FormFault::NoHead => Words::new(
            "the file has no [final] section, so it was not made for the year-end form",
            "is this the right file? `taizhang final --blank -o FILE` writes one to fill in",
        ),
        FormFault::OtherBudget { stated, id } => Words::new(
            format!("this file was filled in for the budget {stated}, not for {id}"),
            "name the right file, or that budget with `-b FILE`",
        ),
        FormFault::UnknownAllocation { text, known } => {
            Words::new(format!("no allocation has the key `{text}`"), format!("keys are: {}", known.join(", ")))
        }
        FormFault::UnknownTarget { text, known } if known.is_empty() => {
            Words::new(format!("no target is called \"{text}\""), "this allocation has no targets: take this part out")
        }
        FormFault::UnknownTarget { text, known } => Words::new(
            format!("no target is called \"{text}\""),
            format!("write its whole name as in the budget file: {}", known.join(", ")),
        ),
        FormFault::StatedTwice { first_line } => {
            Words::new(format!("this was filled in already in line {first_line}"), "keep one of the two")
        }
        FormFault::NotANumber { text, unit } if unit.is_empty() => {
            Words::new(format!("`{text}` is no result"), "write a plain number, such as \"12\" or \"98.5\"")
        }
        FormFault::NotANumber { text, unit } => Words::new(
            format!("`{text}` is no result"),
            format!("write a number, with no other unit than {unit}, such as \"12\" or \"12{unit}\""),
        ),
        FormFault::Personal { key, what } => Words::new(
            format!(
                "`{key}` holds {}",
                match what {
                    Personal::ResidentId => "a resident id",
                    Personal::Mobile => "a mobile number",
                }
            ),
            "this form is signed and published: leave personal data out",
        ),
    }
}

pub(super) fn gap(gap: &Gap) -> Words {
    let fill = |key: &str| {
        format!(
            "write it as {key} in the file that `--with` names; `taizhang final --blank -o FILE` writes one to fill in, \
             and `--draft` shows a draft"
        )
    };
    match gap {
        Gap::ReasonsMissing(these) => {
            let these: Vec<String> =
                these.iter().map(|(whose, rate)| format!("{} ({rate} %)", whose_name(whose))).collect();
            Words::new(
                format!("less than 90 % was spent, and no reason is given: {}", these.join("; ")),
                fill("reason"),
            )
        }
        Gap::SplitsMissing(these) => {
            let these: Vec<String> =
                these.iter().map(|(fund, left)| format!("{} ({})", fund_name(*fund), yuan(*left))).collect();
            Words::new(
                format!("what is left over is not split into carried forward and surplus: {}", these.join("; ")),
                fill("carry_forward and surplus"),
            )
        }
        Gap::ActualsMissing(names) => {
            Words::new(format!("targets without a result ({}): {}", names.len(), names.join("; ")), fill("actual"))
        }
        Gap::ShortfallsUnexplained(names) => Words::new(
            format!("targets that were not met, and no reason is given: {}", names.join("; ")),
            "in the file that was filled in, say why and what will be done, as the target's reason",
        ),
        Gap::WeightsDoNotAddUp { targets } => Words::new(
            format!("the points do not add up to 100: execution 10.00 + targets {targets}"),
            "correct the weights of the targets in the budget file, which must make 90; they may change at any time",
        ),
        Gap::LeftDiffers { fund, stated, left } => Words::new(
            format!(
                "left over of the fund \"{}\" is {} in the file, and {} in the ledger",
                fund_name(*fund),
                yuan(*stated),
                yuan(*left)
            ),
            "the ledger has changed since; `taizhang final --blank --with OLD -o NEW` makes the file anew and keeps what was filled in",
        ),
        Gap::SplitDoesNotFoot { fund, forward, surplus, left } => Words::new(
            format!(
                "the parts of the fund \"{}\" do not foot: carried forward {} + surplus {} = {}, but {} is left over, {} apart",
                fund_name(*fund),
                yuan(*forward),
                yuan(*surplus),
                yuan(*forward + *surplus),
                yuan(*left),
                super::distance(*forward + *surplus, *left),
            ),
            "check carry_forward and surplus in the file that was filled in",
        ),
        Gap::PartOfOtherSign { fund, part, left } => Words::new(
            format!(
                "of the fund \"{}\" {} is left over, so no part of it can be {}",
                fund_name(*fund),
                yuan(*left),
                yuan(*part)
            ),
            "both parts have the sign of what is left over; write \"0\" where there is none",
        ),
    }
}
