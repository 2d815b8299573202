//! Why a rule was passed: the reasons that stand with a row, at its memo's end. It asks for none and judges none.

/// The names under which reasons stand at a memo's end.
const REASONS: [&str; 2] = ["allow-over=", "clock-ok="];

/// A memo with the reasons that were needed to pass a rule: they stay with the row, at the memo's end.
pub(crate) fn reasoned(memo: &str, allow_over: Option<&String>, clock_ok: Option<&String>) -> String {
    if allow_over.is_none() && clock_ok.is_none() {
        return memo.to_owned();
    }
    let reasons = REASONS.iter().zip([allow_over, clock_ok]);
    let reasons = reasons.filter_map(|(name, reason)| Some(format!("{name}{}", reason?)));
    Some(memo.to_owned()).filter(|memo| !memo.is_empty()).into_iter().chain(reasons).collect::<Vec<_>>().join(";")
}

/// A memo without the reasons at its end.
pub(crate) fn plain_memo(memo: &str) -> &str {
    // Most memos hold none, and this is asked of every row.
    if !memo.contains('=') {
        return memo;
    }
    let begins = |name: &&str| match memo.find(&format!(";{name}")) {
        Some(place) => Some(place),
        None => memo.starts_with(*name).then_some(0),
    };
    &memo[..REASONS.iter().filter_map(begins).min().unwrap_or(memo.len())]
}

/// Whether a memo is this text, with or without reasons behind it. The text may itself look like a reason.
pub(crate) fn is_memo(memo: &str, text: &str) -> bool {
    let Some(rest) = memo.strip_prefix(text) else { return false };
    let reasons = if text.is_empty() { Some(rest) } else { rest.strip_prefix(';') };
    rest.is_empty() || reasons.is_some_and(|reasons| REASONS.iter().any(|name| reasons.starts_with(name)))
}
