//! When two names are one payee: the same but for width, marks and the form of company, or one so within the other that
//! no other name could begin like that. What is only within another resembles it, and is for a person to judge.

use std::borrow::Cow;
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

/// A name of so many characters is whole wherever it stands: few persons have one (姓名 of two or three), and a
/// company's says what it is.
const WHOLE: usize = 4;

/// What is added to a person's name where they are paid by card or in their trade; no given name reads like that.
const ADDED: [&str; 4] = ["一卡通", "工作室", "个体户", "经营部"];

/// Keeps a short name apart from what stands behind it in brackets.
const OPENING: char = '(';

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
    let name = match with_addition(&bracketed) {
        Some((name, addition)) => format!("{name}{OPENING}{addition}"),
        None => plain(&bracketed),
    };
    let name = name.to_lowercase().replace("有限责任公司", COMPANY).replace("有限公司", COMPANY);
    match CUT.iter().find_map(|cut| name.strip_suffix(cut)) {
        Some(trunk) if !trunk.is_empty() => format!("{trunk}{COMPANY}"),
        _ => name,
    }
}

/// A text in NFKC, its letters and digits only.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().filter(|character| character.is_alphanumeric()).collect()
}

/// A short name and what stands behind it in brackets, 张三（楚雄）.
fn with_addition(text: &str) -> Option<(String, String)> {
    let (name, addition) = text.trim_end().strip_suffix(')')?.rsplit_once(OPENING)?;
    let (name, addition) = (plain(name), plain(addition));
    (name.chars().nth(WHOLE - 1).is_none() && !name.is_empty() && !addition.is_empty()).then_some((name, addition))
}

/// How much it says that one name stands within another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// They are one payee's.
    Agreeing,
    /// They may be: 李明 stands within 李明华建材, and so does 李明华.
    Resembling,
}

/// How two folded names go together; one that is empty contradicts none.
pub(super) fn likeness(one: &str, other: &str) -> Option<Likeness> {
    if one == other || one.is_empty() || other.is_empty() {
        return Some(Likeness::Agreeing);
    }
    let (bare_one, bare_other) = (bare(one), bare(other));
    if bare_one == bare_other {
        return Some(Likeness::Agreeing);
    }
    // No test can tell which of two that are as long is looked for: neither stands within the other.
    let (short, long, written) = match bare_one.len() < bare_other.len() {
        true => (&bare_one, &bare_other, other),
        false => (&bare_other, &bare_one, one),
    };
    let start = cut(long).find(&**short)?;
    let length = short.chars().count();
    let rest = &long[start + short.len()..];
    let is_whole = || {
        start == 0
            && (ADDED.contains(&rest) || written.strip_prefix(&**short).is_some_and(|rest| rest.starts_with(OPENING)))
    };
    match length {
        0..SHORTEST => None,
        _ if length >= WHOLE || is_whole() => Some(Likeness::Agreeing),
        _ => Some(Likeness::Resembling),
    }
}

/// Whether two folded names are one payee's, or one of them is empty.
pub(super) fn agree(one: &str, other: &str) -> bool {
    likeness(one, other) == Some(Likeness::Agreeing)
}

/// Whether two names, as they are written, are one payee's, or one of them is empty.
pub(crate) fn is_one_payee(one: &str, other: &str) -> bool {
    agree(&folded(one), &folded(other))
}

fn bare(name: &str) -> Cow<'_, str> {
    if name.contains(OPENING) { name.replace(OPENING, "").into() } else { name.into() }
}

/// The part of a name within which others are looked for.
fn cut(name: &str) -> &str {
    name.char_indices().nth(LONGEST).map_or(name, |(end, _)| &name[..end])
}

/// Of different names that are not empty, which of `left` go together with which of `right` like this, by their places.
pub(super) fn alike(left: &[&str], right: &[&str], wanted: Likeness) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if left.len().saturating_mul(right.len()) <= FEW {
        found.extend((0..left.len()).flat_map(|one| (0..right.len()).map(move |other| (one, other))));
    } else {
        found.extend(within(left, right));
        found.extend(within(right, left).into_iter().map(|(right, left)| (left, right)));
        found.sort_unstable();
        found.dedup();
    }
    found.retain(|(one, other)| {
        let (one, other) = (left[*one], right[*other]);
        one != other && !one.is_empty() && !other.is_empty() && likeness(one, other) == Some(wanted)
    });
    found
}

/// Which of `long` hold which of `short`, by looking up every part of each long name.
fn within(short: &[&str], long: &[&str]) -> Vec<(usize, usize)> {
    let mut places: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::new();
    for (place, name) in short.iter().enumerate() {
        places.entry(bare(name)).or_default().push(place);
    }
    let mut found = Vec::new();
    for (holder, name) in long.iter().enumerate() {
        let name = bare(name);
        let part = cut(&name);
        let ends: Vec<usize> = part.char_indices().map(|(start, _)| start).chain([part.len()]).collect();
        for first in 0..ends.len() {
            for end in ends.iter().skip(first + SHORTEST) {
                let held = places.get(&part[ends[first]..*end]);
                found.extend(held.into_iter().flatten().map(|place| (*place, holder)));
            }
        }
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
        assert_eq!(folded("东路小店（楚雄）"), folded("东路小店楚雄"), "four characters are whole wherever they stand");
        assert_ne!(folded("东路店（楚雄）"), folded("东路店楚雄"));
        assert_eq!(folded("（楚雄）"), folded("楚雄"));
        assert!(is_one_payee("张 三", "张三（楚雄）") && is_one_payee("", "张三") && !is_one_payee("张三", "李四"));
        assert_eq!(folded("有限"), "有限");
    }

    #[test]
    fn a_name_agrees_with_none_and_with_what_can_only_be_its_own() {
        let likeness = |one: &str, other: &str| likeness(&folded(one), &folded(other));
        for (one, other) in [
            ("", "张三"),
            ("山水有限公司楚雄分公司", "山水有限公司"),
            ("张三（楚雄）", "张三"),
            ("张三", "张三(个体工商户)"),
            ("李四一卡通", "李四"),
            ("王小明工作室", "王小明"),
            ("楚雄电信（东路店）", "楚雄电信东路店"),
            ("电信（东路店）", "电信东路店"),
            ("电信楚雄分公司", "中国电信楚雄分公司"),
        ] {
            assert_eq!(likeness(one, other), Some(Likeness::Agreeing), "{one} {other}");
            assert_eq!(likeness(other, one), Some(Likeness::Agreeing), "{other} {one}");
        }
    }

    #[test]
    fn a_short_name_that_another_could_begin_with_only_resembles_it() {
        let likeness = |one: &str, other: &str| likeness(&folded(one), &folded(other));
        for (one, other) in [
            ("张三", "张三丰"),
            ("李明", "李明华建材有限公司"),
            ("李明华", "李明华建材"),
            ("王小明", "王小明芳"),
            ("小明华", "李小明华建材"),
            ("电信", "中国电信楚雄分公司"),
        ] {
            assert_eq!(likeness(one, other), Some(Likeness::Resembling), "{one} {other}");
            assert_eq!(likeness(other, one), Some(Likeness::Resembling), "{other} {one}");
        }
        for (one, other) in
            [("张三", "李四"), ("张", "张三"), ("山水公司", "山石公司"), ("张三（楚雄）", "张三（昆明）")]
        {
            assert_eq!(likeness(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn looking_up_parts_finds_what_comparing_each_with_each_finds() {
        let names: Vec<String> =
            (0..90).map(|number| folded(&format!("甲{}（乙{}）", number % 9, number * 7))).collect();
        let parts: Vec<String> = (0..90).map(|number| folded(&format!("{}乙{}", number % 9, number))).collect();
        // A short one that stands far behind in a long one.
        let left: Vec<&str> = names.iter().map(String::as_str).chain(["一二三丙丁四"]).collect();
        let right: Vec<&str> = parts.iter().map(String::as_str).chain(["甲1乙7丙", "甲2", "甲3乙21", "丙丁"]).collect();
        assert!(left.len() * right.len() > FEW);
        for wanted in [Likeness::Agreeing, Likeness::Resembling] {
            let mut slowly = Vec::new();
            for (one, name) in left.iter().enumerate() {
                let alike = (0..right.len()).filter(|other| likeness(name, right[*other]) == Some(wanted));
                slowly.extend(alike.map(|other| (one, other)));
            }
            assert!(slowly.len() > 8, "{}", slowly.len());
            assert_eq!(alike(&left, &right, wanted), slowly);
        }
    }
}
