//! The public text: what is still missing, and what must not be published.

use super::text_fault;
use crate::domain::personal::Personal;
use crate::domain::project::Withheld;
use crate::domain::text::TextFault;
use crate::lang::Words;
use crate::lang::en::disclosure::place;

pub(super) fn withheld(withheld: &Withheld) -> Words {
    match withheld {
        Withheld::Missing(texts) => {
            let these: Vec<String> = texts.iter().map(place).collect();
            Words::new(
                format!("texts for publication are missing ({}): {}", texts.len(), these.join("; ")),
                "write them in the budget file, as basis = \"…\", or several paragraphs between \"\"\" and \"\"\", a line each; \
                 they may change at any time. `--draft` shows a draft",
            )
        }
        Withheld::Personal { text, what } => Words::new(
            format!(
                "{} holds {}",
                place(text),
                match what {
                    Personal::ResidentId => "a resident id",
                    Personal::Mobile => "a mobile number",
                }
            ),
            "this text is published: take personal data out of the budget file",
        ),
        Withheld::Hidden { text, character } => {
            let (what, cure) = text_fault(TextFault::Hidden { character: *character });
            Words::new(format!("{} {what}", place(text)), cure)
        }
    }
}
