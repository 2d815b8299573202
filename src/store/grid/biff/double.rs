//! Numbers as an old workbook stores them, eight bytes or four, as decimal text. Nothing is reckoned with them here: the
//! decimal that is nearest is written out, and a hundredth is two less in its exponent.

use std::fmt::Write as _;

/// Writes out a number of eight bytes: its shortest decimal, with an exponent.
pub(super) fn write(bytes: [u8; 8], stored: &mut String) {
    stored.clear();
    let _ = write!(stored, "{:e}", f64::from_bits(u64::from_le_bytes(bytes)));
}

/// Writes out a number of four bytes: whole, or the upper half of one of eight bytes, or a hundredth of either.
pub(super) fn write_rk(rk: u32, stored: &mut String) {
    const HUNDREDTHS: u32 = 1;
    const WHOLE: u32 = 2;
    if rk & WHOLE == 0 {
        write((u64::from(rk & !3) << 32).to_le_bytes(), stored);
    } else {
        stored.clear();
        let _ = write!(stored, "{}e0", rk.cast_signed() >> 2);
    }
    if rk & HUNDREDTHS != 0
        && let Some((digits, exponent)) = stored.split_once('e')
        && let Ok(exponent) = exponent.parse::<i32>()
    {
        *stored = format!("{digits}e{}", exponent - 2);
    }
}

/// The number that a text tells, for tests that write workbooks.
#[cfg(test)]
pub(super) fn told(text: &str) -> f64 {
    text.parse().expect("a number")
}

#[cfg(test)]
mod tests {
    use super::super::super::number::{self, Era, Form};
    use super::super::super::row::Value;
    use super::*;

    /// What a sheet shows of a stored number.
    fn shown(stored: &str) -> String {
        let mut text = String::new();
        match number::value(stored, Form::Number, Era::From1900, &mut text) {
            Value::Number(range) => text[range].to_owned(),
            other @ (Value::Empty | Value::Text(_) | Value::Date(..) | Value::Fault(_)) => format!("{other:?}"),
        }
    }

    #[test]
    fn four_bytes_are_the_number_a_spreadsheet_shows() {
        for (rk, expected) in [
            (0x000A_E25A, "178326"),
            (2, "0"),
            (3, "0"),
            (0x0025_8EE3, "6153.52"),
            (0xFFFF_FFFE, "-1"),
            (0xFFFF_FFFF, "-0.01"),
            (0x8000_0003, "-5368709.12"),
            (0x7FFF_FFFF, "5368709.11"),
            (0x3FF0_0000, "1"),
            (0x3FF0_0001, "0.01"),
            (0xC0F0_0001, "-655.36"),
            (0, "0"),
            (1, "0"),
        ] {
            let mut stored = String::new();
            write_rk(rk, &mut stored);
            assert_eq!(shown(&stored), expected, "{rk:x}");
        }
    }

    #[test]
    fn eight_bytes_are_the_number_a_spreadsheet_shows() {
        for (bits, expected) in [
            (0x4112_A9F8_0000_0000_u64, "305790"),
            (0x3FD3_3333_3333_3334, "0.3"),
            (0x4112_A9E1_F5C2_8F5C, "305784.49"),
            (0xBF84_7AE1_47AE_147B, "-0.01"),
            (0x8000_0000_0000_0000, "0"),
            (0x7FEF_FFFF_FFFF_FFFF, "Fault(DigitsLost { text: \"179769313486232000000000000000…\" })"),
            (0x7FF0_0000_0000_0000, "Fault(NotANumber { text: \"inf\" })"),
            (0x7FF8_0000_0000_0000, "Fault(NotANumber { text: \"NaN\" })"),
        ] {
            let mut stored = String::new();
            write(bits.to_le_bytes(), &mut stored);
            assert_eq!(shown(&stored), expected, "{bits:x}");
        }
    }
}
