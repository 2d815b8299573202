//! 人民币大写: an amount in the capital numerals that forms and vouchers carry, after
//! 《支付结算办法》附件一 (正确填写票据和结算凭证的基本规定): 整 after 元 or 角, one 零 for a run of inner zeros.

use super::amount::Amount;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];

/// `人民币壹万陆仟肆佰零玖元零贰分`.
pub(crate) fn capitals(amount: Amount) -> String {
    let fen = amount.fen().unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, digit(fen / 10), digit(fen));
    let mut words = String::from(if amount.is_negative() { "人民币负" } else { "人民币" });
    if yuan > 0 || (jiao, fen) == (0, 0) {
        words += &if yuan == 0 { "零".into() } else { whole(yuan) };
        words.push('元');
    }
    match (jiao, fen) {
        (0, 0) => words.push('整'),
        (jiao, 0) => words.extend([DIGITS[jiao], '角', '整']),
        (0, fen) if yuan > 0 => words.extend(['零', DIGITS[fen], '分']),
        (0, fen) => words.extend([DIGITS[fen], '分']),
        (jiao, fen) => words.extend([DIGITS[jiao], '角', DIGITS[fen], '分']),
    }
    words
}

fn digit(number: u128) -> usize {
    usize::try_from(number % 10).expect("a digit is below ten")
}

/// A positive whole number: 亿 joins its two halves, 万 joins the halves of each half.
fn whole(number: u128) -> String {
    joined(number, 100_000_000, '亿', &|high| whole(high), &|low| {
        joined(low, 10_000, '万', &four_digits, &four_digits)
    })
}

fn joined(
    number: u128,
    border: u128,
    unit: char,
    above: &dyn Fn(u128) -> String,
    below: &dyn Fn(u128) -> String,
) -> String {
    let (high, low) = (number / border, number % border);
    match (high, low) {
        (0, low) => below(low),
        (high, 0) => format!("{}{unit}", above(high)),
        (high, low) if low < border / 10 => format!("{}{unit}零{}", above(high), below(low)),
        (high, low) => format!("{}{unit}{}", above(high), below(low)),
    }
}

/// 1 to 9999.
fn four_digits(number: u128) -> String {
    let mut words = String::new();
    let mut zero_owed = false;
    for (place, name) in PLACES.iter().enumerate().rev() {
        let digit = digit(number / 10_u128.pow(u32::try_from(place).expect("there are four places")));
        if digit == 0 {
            zero_owed = !words.is_empty();
            continue;
        }
        if std::mem::take(&mut zero_owed) {
            words.push('零');
        }
        words.push(DIGITS[digit]);
        words += name;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_follow_the_rules_of_forms() {
        for (typed, words) in [
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("12000.01", "壹万贰仟元零壹分"),
            ("100000", "壹拾万元整"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("585000", "伍拾捌万伍仟元整"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("200000000", "贰亿元整"),
            ("100000001", "壹亿零壹元整"),
            ("100010000", "壹亿零壹万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000100000000", "壹万零壹亿元整"),
            ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
            ("10", "壹拾元整"),
            ("0.01", "壹分"),
            ("0.50", "伍角整"),
            ("0.25", "贰角伍分"),
            ("0", "零元整"),
            ("-3.05", "负叁元零伍分"),
            ("-0.01", "负壹分"),
            ("-200000000", "负贰亿元整"),
            ("100100.10", "壹拾万零壹佰元壹角整"),
            ("10.05", "壹拾元零伍分"),
            ("20000000.30", "贰仟万元叁角整"),
            ("100000000000", "壹仟亿元整"),
            ("1010101.01", "壹佰零壹万零壹佰零壹元零壹分"),
        ] {
            assert_eq!(
                capitals(Amount::typed(typed).expect("a test writes amounts")),
                format!("人民币{words}"),
                "{typed}"
            );
        }
    }
}
