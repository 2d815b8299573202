//! Personal data that has no business in a ledger of money: resident ids (GB 11643, checksum right) and mobile numbers.
//! Movements of named persons are sensitive (个人信息保护法 art. 28).

/// What was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Personal {
    /// 居民身份证号
    ResidentId,
    /// 手机号
    Mobile,
}

/// The weights of the first 17 digits, and the check characters by remainder (ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The first personal number in a text. A longer number, such as a payment reference, is none.
pub(crate) fn personal(text: &str) -> Option<Personal> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 11 {
        return None;
    }
    let is_part = |character: char| character.is_ascii_digit() || matches!(character, 'x' | 'X');
    text.split(|character| !is_part(character)).find_map(|run| {
        let digits = run.trim_start_matches(['x', 'X']);
        if is_resident_id(digits) {
            return Some(Personal::ResidentId);
        }
        let mobile = digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9');
        (mobile && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Personal::Mobile)
    })
}

fn is_resident_id(text: &str) -> bool {
    if text.len() != 18 || !text.is_ascii() {
        return false;
    }
    let (digits, check) = text.split_at(17);
    let Some(digits) = digits.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    check.to_ascii_uppercase() == CHECKS[usize::try_from(sum % 11).expect("a remainder is below eleven")].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_mobile_numbers_are_known_and_other_numbers_are_not() {
        // The example number of GB 11643-1999 itself.
        assert_eq!(personal("张某11010519491231002X报销"), Some(Personal::ResidentId));
        assert_eq!(personal("11010519491231002x"), Some(Personal::ResidentId));
        assert_eq!(personal("联系 13800138000"), Some(Personal::Mobile));
        for text in [
            "110105194912310021",
            "2022010100123",
            "12345678901",
            "138001380001",
            "记-0101",
            "",
            "053001900104-12345678",
            "X",
        ] {
            assert_eq!(personal(text), None, "{text}");
        }
    }
}
