//! Why a repair that was asked for is not done.

use super::ledger::ledger;
use crate::domain::mending::Mended;
use crate::lang::Words;
use crate::problem::MendFault;

pub(super) fn mend(fault: &MendFault) -> Words {
    match fault {
        MendFault::NotThis { asked, command } => {
            let what = match asked {
                Mended::Head => "it is not the .head file that is wrong",
                Mended::Tail => "what is wrong is not that something stands behind the last row",
                Mended::Missing => "what is wrong is not that rows are missing at the end",
            };
            Words::new(what, format!("nothing was changed; type `{command}`"))
        }
        MendFault::ReasonNeeded { changed: Some(row), command, .. } => Words::new(
            format!("the digest of row {row} does not fit; this repair gives the row up, and it must be said why"),
            format!("try `taizhang restore` or a backup first; if neither helps, type `{command}`"),
        ),
        MendFault::ReasonNeeded { changed: None, lost, command } => {
            let what = match lost {
                Some((first, last)) if first == last => {
                    format!("this repair gives up row {first}, which was recorded; it must be said why")
                }
                Some((first, last)) => {
                    format!("this repair gives up rows {first} to {last}, which were recorded; it must be said why")
                }
                None => "what would be cut away may hold rows that were recorded; it must be said why".into(),
            };
            Words::new(
                what,
                format!("look for a backup first, and put it back if it is whole; if there is none, type `{command}`"),
            )
        }
        MendFault::Beyond(fault) => Words::new(
            ledger(fault).what,
            "no repair mends this: keep this file, put back the last good copy with its .head file, and enter again what \
             came after it; if another program has saved the ledger, try `taizhang restore`",
        ),
        MendFault::RowsAreThere { path, rows, command } => Words::new(
            format!("these rows need not be given up: {} holds the first {rows}", path.display()),
            match command {
                Some(command) => format!("nothing was changed; type `{command}`, which keeps the ledger as it is now"),
                None => {
                    "nothing was changed; keep the ledger as it is under another name, put this copy in its place, \
                         and check it with `taizhang verify`"
                        .into()
                }
            },
        ),
    }
}
