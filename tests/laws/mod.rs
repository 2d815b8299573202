//! What holds for every ledger (design §3), against a second reckoning that is slow, simple, and reads nothing but the
//! CSV's text. The machine asks it of every ledger it makes.

/// Any figure taken apart.
pub(crate) mod explained;
/// Every figure of every report, held against the second reckoning.
pub(crate) mod figures;
/// Tables brought in, against the same expenses recorded one by one.
mod importing;
/// Rows that can't be held, against the same rows held.
pub(crate) mod laid_by;
/// Amounts as large as there are.
mod large;
/// The year month by month, and its packs.
pub(crate) mod months;
/// What a reconciliation takes from the ledger.
pub(crate) mod payments;
/// The second reckoning.
pub(crate) mod reckoning;
/// The same money by other cuts.
pub(crate) mod spending;
/// The year-end form, on made-up years of several funds.
mod year_end;

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

#[test]
fn the_first_rows_of_a_ledger_give_what_they_gave_when_they_were_all() {
    let office = Office::on(Memory::default());
    office.types("init").expect(Exit::Done);
    office.types("open --yes").expect(Exit::Done);
    let mut printed = Vec::new();
    for amount in 1..12 {
        office
            .types(&format!("record -a 3 --amount {amount}.10 --date 2022-0{}-01", amount % 9 + 1))
            .expect(Exit::Done);
        printed.push(office.types("balance -f json --as-of 2022-06-30").expect(Exit::Done).out);
    }
    for (rows, then) in (11..).zip(printed) {
        let now = office.types(&format!("balance -f json --as-of 2022-06-30 --rows {rows}")).expect(Exit::Done).out;
        assert_eq!(now, then, "with --rows {rows}");
    }
    office.types("balance --rows 9").expect(Exit::Refused);
    office.types("balance --rows 99").expect(Exit::Refused);
}
