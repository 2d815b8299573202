//! A row as bytes, and back, for the time that it is laid by. The bytes are no file format: no other run reads them.

use std::str;

use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::entry::Kind;
use crate::domain::trail::Mover;

/// Puts a row behind these bytes, all but its date, by which whoever keeps it knows it.
pub(super) fn put(row: &Mover<&str>, bytes: &mut Vec<u8>) {
    let Mover { seq, date: _, kind, allocation, fund, amount, plan, payee, memo, voucher, payment, invoice, .. } = row;
    put_number(seq.map_or(0, |seq| u128::from(seq) + 1), bytes);
    put_number(place_in(&Kind::ALL, kind), bytes);
    put_number(fund.map_or(0, |fund| place_in(&Fund::ALL, &fund) + 1), bytes);
    put_number(folded(amount.fen()), bytes);
    put_number(row.refers_to.map_or(0, |seq| u128::from(seq) + 1), bytes);
    for text in [allocation, plan, payee, memo, voucher, payment, invoice, &row.doc] {
        put_number(text.len() as u128, bytes);
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// Takes the row of this date off the front; `None` where the bytes are none.
pub(super) fn take<'b, Text: From<&'b str>>(date: Date, bytes: &mut &'b [u8]) -> Option<Mover<Text>> {
    let seq = take_optional(bytes)?;
    let kind = *Kind::ALL.get(usize::try_from(take_number(bytes)?).ok()?)?;
    let fund = match take_optional(bytes)? {
        None => None,
        Some(place) => Some(*Fund::ALL.get(usize::try_from(place).ok()?)?),
    };
    let amount = Amount::from_fen(unfolded(take_number(bytes)?));
    let refers_to = take_optional(bytes)?;
    Some(Mover {
        seq,
        date,
        kind,
        allocation: take_text(bytes)?,
        fund,
        amount,
        plan: take_text(bytes)?,
        payee: take_text(bytes)?,
        memo: take_text(bytes)?,
        voucher: take_text(bytes)?,
        payment: take_text(bytes)?,
        invoice: take_text(bytes)?,
        refers_to,
        doc: take_text(bytes)?,
    })
}

fn place_in<T: PartialEq>(all: &[T], wanted: &T) -> u128 {
    all.iter().position(|known| known == wanted).expect("all of them are in the list") as u128
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put_number(mut number: u128, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(0x80 + (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_number(bytes: &mut &[u8]) -> Option<u128> {
    let mut number = 0;
    for shift in (0..u128::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u128::from(byte & 0x7f) << shift;
        if *byte <= 0x7f {
            return Some(number);
        }
    }
    None
}

fn take_optional(bytes: &mut &[u8]) -> Option<Option<u64>> {
    let number = take_number(bytes)?;
    if number == 0 { Some(None) } else { Some(Some(u64::try_from(number - 1).ok()?)) }
}

fn take_text<'b, Text: From<&'b str>>(bytes: &mut &'b [u8]) -> Option<Text> {
    let length = usize::try_from(take_number(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    str::from_utf8(text).ok().map(Text::from)
}

/// The sign as the lowest bit, so that small amounts of either sign are short.
fn folded(amount: i128) -> u128 {
    ((amount << 1) ^ (amount >> 127)).cast_unsigned()
}

fn unfolded(number: u128) -> i128 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_the_same_again_to_the_ends_of_its_range() {
        for number in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u128::from(u64::MAX), u128::MAX - 1, u128::MAX] {
            let mut bytes = Vec::new();
            put_number(number, &mut bytes);
            let bits = (u128::BITS - number.leading_zeros()).max(1);
            assert_eq!(bytes.len(), bits.div_ceil(7) as usize, "{number} in no more bytes than it needs");
            let mut rest = bytes.as_slice();
            assert_eq!((take_number(&mut rest), rest), (Some(number), &b""[..]), "{number}");
            assert_eq!(take_number(&mut &bytes[..bytes.len() - 1]), None, "{number} cut short");
        }
        for amount in [0, 1, -1, 12_34, -12_34, i128::MAX, i128::MIN] {
            assert_eq!(unfolded(folded(amount)), amount);
        }
    }

    proptest! {
        /// Whatever a disk hands back, it is a row or none; nothing panics.
        #[test]
        fn any_bytes_are_rows_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let date = Date::from_ymd_opt(2022, 3, 5).expect("a day");
            let mut rest = bytes.as_slice();
            while let Some(row) = take::<&str>(date, &mut rest) {
                prop_assert_eq!(row.date, date);
            }
        }
    }
}
