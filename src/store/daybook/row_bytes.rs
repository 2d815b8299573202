//! A row as bytes, and back, for the time that it is laid by.

use super::super::packed::{
    put_any_of, put_one_of, put_optional, put_signed, put_text, take_any_of, take_one_of, take_optional, take_signed,
    take_text,
};
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::entry::Kind;
use crate::domain::trail::Mover;

/// Puts a row behind these bytes, all but its date, by which whoever keeps it knows it.
pub(super) fn put(row: &Mover<&str>, bytes: &mut Vec<u8>) {
    let Mover { seq, date: _, kind, allocation, fund, amount, plan, payee, memo, voucher, payment, invoice, .. } = row;
    put_optional(*seq, bytes);
    put_one_of(&Kind::ALL, kind, bytes);
    put_any_of(&Fund::ALL, fund.as_ref(), bytes);
    put_signed(amount.fen(), bytes);
    put_optional(row.refers_to, bytes);
    for text in [allocation, plan, payee, memo, voucher, payment, invoice, &row.doc] {
        put_text(text, bytes);
    }
}

/// Takes the row of this date off the front; `None` where the bytes are none.
pub(super) fn take<'b, Text: From<&'b str>>(date: Date, bytes: &mut &'b [u8]) -> Option<Mover<Text>> {
    let seq = take_optional(bytes)?;
    let kind = take_one_of(&Kind::ALL, bytes)?;
    let fund = take_any_of(&Fund::ALL, bytes)?;
    let amount = Amount::from_fen(take_signed(bytes)?);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
