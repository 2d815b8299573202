//! When two names may be one payee: the same but for width, marks and the form of company, or one within the other.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Forms of business that are written behind a name, in brackets, on one paper and left out on the next.
const FORMS: [&str; 6] = ["(普通合伙)", "(有限合伙)", "(特殊普通合伙)", "(个体工商户)", "(个人独资)", "(个人独资企业)"];

/// The one form of company, as the names are folded to it; 有限责任公司 and 有限公司 are one thing (公司法 art. 7).
const COMPANY: &str = "公司";

/// What is left of the form of company where a bank cuts a long name.
const CUT: [&str; 5] = ["有限责任公", "有限责任", "有限责", "有限公", "有限"];

/// The fewest characters a name must have to be looked for within another.
const SHORTEST: usize = 2;

/// The most characters of a name within which others are looked for.
const LONGEST: usize = 64;

/// Up to so many comparisons, each name is simply looked for in each.
const FEW: usize = 4_096;

/// A payee's name as it is compared.
pub(super) fn folded(text: &str) -> String {
    let mut bracketed = text.nfkc().collect::<String>();
    if bracketed.contains('(') {
        for form in FORMS {
            bracketed = bracketed.replace(form, "");
        }
    }
    let name = plain(&bracketed).to_lowercase();
    let name = name.replace("有限责任公司", COMPANY).replace("有限公司", COMPANY);
    match CUT.iter().find_map(|cut| name.strip_suffix(cut)) {
        Some(trunk) if !trunk.is_empty() => format!("{trunk}{COMPANY}"),
        _ => name,
    }
}

/// A text in NFKC, its letters and digits only.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().filter(|character| character.is_alphanumeric()).collect()
}

/// Whether two folded names may be one payee: the same, one of them empty, or one within the other.
pub(super) fn agree(one: &str, other: &str) -> bool {
    let within = |short: &str, long: &str| {
        // Two characters take at least two bytes; most short names fail the cheap question.
        short.len() < long.len() && short.chars().nth(SHORTEST - 1).is_some() && cut(long).contains(short)
    };
    one == other || one.is_empty() || other.is_empty() || within(one, other) || within(other, one)
}

/// The part of a name within which others are looked for.
fn cut(name: &str) -> &str {
    name.char_indices().nth(LONGEST).map_or(name, |(end, _)| &name[..end])
}

/// Of different names that are not empty, which of `left` agree with which of `right`, by their places.
pub(super) fn agreeing(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if left.len().saturating_mul(right.len()) <= FEW {
        for (one, name) in left.iter().enumerate() {
            let agreeing = right.iter().enumerate().filter(|(_, other)| *name != **other && agree(name, other));
            found.extend(agreeing.map(|(other, _)| (one, other)));
        }
    } else {
        found.extend(within(left, right));
        found.extend(within(right, left).into_iter().map(|(right, left)| (left, right)));
    }
    found.retain(|(one, other)| !left[*one].is_empty() && !right[*other].is_empty());
    found.sort_unstable();
    found
}

/// Which of `long` hold which of `short`, by looking up every part of each long name.
fn within(short: &[&str], long: &[&str]) -> Vec<(usize, usize)> {
    let places: HashMap<&str, usize> = short.iter().enumerate().map(|(place, name)| (*name, place)).collect();
    let mut found = Vec::new();
    for (holder, name) in long.iter().enumerate() {
        let part = cut(name);
        let ends: Vec<usize> = part.char_indices().map(|(start, _)| start).chain([part.len()]).collect();
        let mut held: Vec<usize> = Vec::new();
        for first in 0..ends.len() {
            for end in ends.iter().skip(first + SHORTEST) {
                let looked_for = &part[ends[first]..*end];
                held.extend(places.get(looked_for).filter(|_| looked_for.len() < name.len()));
            }
        }
        held.sort_unstable();
        held.dedup();
        found.extend(held.into_iter().map(|place| (place, holder)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_company_is_written_in_many_ways() {
        let name = folded("云南山水办公用品有限公司");
        for other in [
            "云南山水办公用品有限责任公司",
            " 云南 山水办公用品有限公司 ",
            "云南山水办公用品有限公司。",
            "云南山水办公用品有限责",
            "云南山水办公用品公司",
        ] {
            assert_eq!(folded(other), name, "{other}");
        }
        assert_eq!(folded("ＡＢＣ（中国）有限公司"), folded("abc(中国)有限责任公司"));
        assert_eq!(folded("老王面馆（个体工商户）"), folded("老王面馆"));
        assert_ne!(folded("石油（云南）有限公司"), folded("石油（贵州）有限公司"));
        assert_eq!(folded("有限"), "有限");
    }

    #[test]
    fn a_name_agrees_with_none_and_with_what_holds_it() {
        let agree = |one: &str, other: &str| agree(&folded(one), &folded(other));
        assert!(agree("", "张三") && agree("张三", "张三丰") && agree("山水有限公司楚雄分公司", "山水有限公司"));
        assert!(!agree("张三", "李四") && !agree("张", "张三") && !agree("山水公司", "山石公司"));
    }

    #[test]
    fn looking_up_parts_finds_what_comparing_each_with_each_finds() {
        let names: Vec<String> = (0..90).map(|number| format!("甲{}乙{}", number % 9, number * 7)).collect();
        let parts: Vec<String> = (0..90).map(|number| format!("{}乙{}", number % 9, number)).collect();
        let left: Vec<&str> = names.iter().map(String::as_str).collect();
        let right: Vec<&str> = parts.iter().map(String::as_str).chain(["甲1乙7丙"]).collect();
        assert!(left.len() * right.len() > FEW);
        let mut slowly = Vec::new();
        for (one, name) in left.iter().enumerate() {
            slowly.extend((0..right.len()).filter(|other| agree(name, right[*other])).map(|other| (one, other)));
        }
        assert!(slowly.len() > 20);
        assert_eq!(agreeing(&left, &right), slowly);
    }
}
