//! Numbers, texts and rows as bytes, and back, for what is laid by while a run lasts. The bytes are no file format: no other run
//! reads them.

use std::str;

use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::{Date, day_number};
use crate::domain::entry::{Kind, Particulars};

/// Puts a number behind these bytes, seven bits a byte, the lowest first; the eighth says that more follow.
pub(super) fn put_number(mut number: u128, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(0x80 + (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the front; `None` where the bytes are none, as with all that is taken.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u128> {
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

pub(super) fn put_optional(number: Option<u64>, bytes: &mut Vec<u8>) {
    put_number(number.map_or(0, |number| u128::from(number) + 1), bytes);
}

pub(super) fn take_optional(bytes: &mut &[u8]) -> Option<Option<u64>> {
    let number = take_number(bytes)?;
    if number == 0 { Some(None) } else { Some(Some(u64::try_from(number - 1).ok()?)) }
}

pub(super) fn put_text(text: &str, bytes: &mut Vec<u8>) {
    put_number(text.len() as u128, bytes);
    bytes.extend_from_slice(text.as_bytes());
}

pub(super) fn take_text<'b, Text: From<&'b str>>(bytes: &mut &'b [u8]) -> Option<Text> {
    let length = usize::try_from(take_number(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    str::from_utf8(text).ok().map(Text::from)
}

/// Puts one of a list of words by its place.
pub(super) fn put_one_of<T: PartialEq>(all: &[T], wanted: &T, bytes: &mut Vec<u8>) {
    let place = all.iter().position(|known| known == wanted).expect("all of them are in the list");
    put_number(place as u128, bytes);
}

pub(super) fn take_one_of<T: Copy>(all: &[T], bytes: &mut &[u8]) -> Option<T> {
    all.get(usize::try_from(take_number(bytes)?).ok()?).copied()
}

/// Puts one of a list, or none.
pub(super) fn put_any_of<T: PartialEq>(all: &[T], wanted: Option<&T>, bytes: &mut Vec<u8>) {
    match wanted {
        None => put_number(0, bytes),
        Some(wanted) => {
            put_number(1, bytes);
            put_one_of(all, wanted, bytes);
        }
    }
}

pub(super) fn take_any_of<T: Copy>(all: &[T], bytes: &mut &[u8]) -> Option<Option<T>> {
    match take_number(bytes)? {
        0 => Some(None),
        _ => take_one_of(all, bytes).map(Some),
    }
}

/// Puts a number that may be negative, its sign as the lowest bit, so that small ones of either sign are short.
pub(super) fn put_signed(number: i128, bytes: &mut Vec<u8>) {
    put_number(((number << 1) ^ (number >> 127)).cast_unsigned(), bytes);
}

pub(super) fn take_signed(bytes: &mut &[u8]) -> Option<i128> {
    take_number(bytes).map(|number| (number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
}

/// Puts a text, or none.
pub(super) fn put_any_text(text: Option<&str>, bytes: &mut Vec<u8>) {
    put_number(text.is_some().into(), bytes);
    text.into_iter().for_each(|text| put_text(text, bytes));
}

pub(super) fn take_any_text(bytes: &mut &[u8]) -> Option<Option<String>> {
    match take_number(bytes)? {
        0 => Some(None),
        _ => take_text(bytes).map(Some),
    }
}

fn put_any_day(day: Option<Date>, bytes: &mut Vec<u8>) {
    put_number(day.is_some().into(), bytes);
    day.into_iter().for_each(|day| put_signed(day_number(day).into(), bytes));
}

fn take_any_day(bytes: &mut &[u8]) -> Option<Option<Date>> {
    match take_number(bytes)? {
        0 => Some(None),
        _ => Date::from_num_days_from_ce_opt(i32::try_from(take_signed(bytes)?).ok()?).map(Some),
    }
}

/// Puts what a row says.
pub(super) fn put_particulars(what: &Particulars<String>, bytes: &mut Vec<u8>) {
    let Particulars { kind, date, occurred, allocation, fund, amount, plan, payee, memo, voucher, payment, .. } = what;
    let Particulars { economic, method, invoice, refers_to, doc, .. } = what;
    put_one_of(&Kind::ALL, kind, bytes);
    put_any_day(*date, bytes);
    put_any_day(*occurred, bytes);
    put_any_of(&Fund::ALL, fund.as_ref(), bytes);
    put_signed(amount.fen(), bytes);
    put_optional(*refers_to, bytes);
    for text in [allocation, plan, payee, memo, voucher, payment, economic, method, invoice, doc] {
        put_text(text, bytes);
    }
}

pub(super) fn take_particulars<'b, Text: From<&'b str>>(bytes: &mut &'b [u8]) -> Option<Particulars<Text>> {
    Some(Particulars {
        kind: take_one_of(&Kind::ALL, bytes)?,
        date: take_any_day(bytes)?,
        occurred: take_any_day(bytes)?,
        fund: take_any_of(&Fund::ALL, bytes)?,
        amount: Amount::from_fen(take_signed(bytes)?),
        refers_to: take_optional(bytes)?,
        allocation: take_text(bytes)?,
        plan: take_text(bytes)?,
        payee: take_text(bytes)?,
        memo: take_text(bytes)?,
        voucher: take_text(bytes)?,
        payment: take_text(bytes)?,
        economic: take_text(bytes)?,
        method: take_text(bytes)?,
        invoice: take_text(bytes)?,
        doc: take_text(bytes)?,
    })
}

#[cfg(test)]
mod tests {
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
        for number in [0, 1, -1, 12_34, -12_34, i128::MAX, i128::MIN] {
            let mut bytes = Vec::new();
            put_signed(number, &mut bytes);
            assert_eq!(take_signed(&mut bytes.as_slice()), Some(number));
        }
    }
}
