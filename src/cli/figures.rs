//! A figure as people name it: by its English key, or by its heading in a report, in either language.

use crate::domain::amount::half_width;
use crate::domain::budget::Language;
use crate::domain::figure::Explained;
use crate::lang;
use crate::problem::Usage;

/// The one figure a text names.
pub(super) fn find(text: &str) -> Result<Explained, Usage> {
    let asked = plain(text);
    let names = |explained: Explained| {
        let heading = |language| plain(&lang::name(language, explained.figure()));
        [explained.figure().key().to_owned(), heading(Language::Chinese), heading(Language::English)]
    };
    let known = Explained::ALL.into_iter().flat_map(|explained| names(explained).map(|name| (explained, name)));
    let known: Vec<(Explained, String)> = known.collect();
    // `variance %` is another figure than `variance`, but `执行率` is `执行率%`.
    let exactly = known.iter().find(|(_, name)| *name == asked);
    let nearly = || known.iter().find(|(_, name)| without_percent(name) == without_percent(&asked));
    if let Some((explained, _)) = exactly.or_else(nearly) {
        return Ok(*explained);
    }
    // In Chinese a part of a name is a better guess than its letters.
    let part = || known.iter().find(|(_, name)| !asked.is_empty() && (name.contains(&asked) || asked.contains(name)));
    let likest = || {
        let like = known.iter().map(|known| (strsim::jaro_winkler(&known.1, &asked), known));
        like.filter(|(likeness, _)| *likeness > 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
    };
    let like = likest().or_else(part).map(|(explained, _)| *explained);
    Err(Usage::UnknownFigure { name: text.trim().to_owned(), like })
}

/// A name with nothing of how it happens to be written: `Execution Rate`, `execution-rate` and `EXECUTION_RATE` are one.
fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase().replace(['-', ' '], "_");
    text.chars().map(half_width).map(|character| if character == '％' { '%' } else { character }).collect()
}

fn without_percent(name: &str) -> &str {
    name.trim_end_matches(['%', '_'])
}
