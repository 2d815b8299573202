//! Which sheet of a workbook is read, the same for every format of them. It opens none.

use std::path::Path;

use crate::problem::{GridFault, Problem};

/// The place of the sheet that was asked for, or of the only one with something in it, or of the first of a workbook
/// without anything. The names are those of the sheets that people can see, in their order.
pub(super) fn chosen(
    path: &Path,
    names: &[&str],
    wanted: Option<&str>,
    mut has_something: impl FnMut(usize) -> Result<bool, Problem>,
) -> Result<usize, Problem> {
    if let Some(wanted) = wanted {
        let same = |name: &&str| name.trim() == wanted.trim();
        return names.iter().position(same).ok_or_else(|| {
            let sheets = names.iter().map(|name| (*name).to_owned()).collect();
            GridFault::UnknownSheet { name: wanted.to_owned(), sheets }.into()
        });
    }
    let mut filled = Vec::new();
    for place in 0..names.len() {
        if names.len() == 1 || has_something(place)? {
            filled.push(place);
        }
    }
    match (filled.as_slice(), names) {
        ([only], _) => Ok(*only),
        ([], [_, ..]) => Ok(0),
        ([], []) => Err(GridFault::NoVisibleSheet { path: path.to_owned() }.into()),
        ([_, ..], _) => {
            let sheets = filled.iter().map(|place| names[*place].to_owned()).collect();
            Err(GridFault::SheetNeeded { path: path.to_owned(), sheets }.into())
        }
    }
}
