//! Whatever bills are laid by, and however few are held, they come out as they went in.

use std::path::Path;

use proptest::prelude::*;

use super::tray::{self, PackedBills, Tray};
use super::*;
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::Date;
use crate::domain::entry::Kind;
use crate::problem::{Doing, FileFault};
use crate::store::daybook::Overflow;
use crate::store::disk::Disk;
use crate::store::grid::one_file::OneFile;

fn tray(most_held: usize) -> Tray {
    Tray::new(&Disk::default(), &Overflow { folder: std::env::temp_dir(), most_held })
}

fn packed<'b>(bills: impl Iterator<Item = &'b Bill>) -> PackedBills {
    let mut packed = PackedBills::default();
    bills.for_each(|bill| packed.put(bill));
    packed
}

fn any_bill() -> impl Strategy<Value = (Bill, Option<String>)> {
    let text = || prop_oneof![Just(String::new()), "[a-z]{1,9}", "[一-龥]{0,40}", ".{0,300}"];
    let years = [1, 1582, 1900, 2022, 2024, 9999].map(|year| Date::from_ymd_opt(year, 1, 1).expect("a day"));
    let day = (0..years.len(), 0..365_usize)
        .prop_map(move |(year, day)| years[year].iter_days().nth(day).expect("a day of that year"));
    let amount = prop_oneof![-300_i128..300, any::<i64>().prop_map(i128::from), any::<i128>()];
    let kind = (0..Kind::ALL.len()).prop_map(|place| Kind::ALL[place]);
    let fund = (0..=Fund::ALL.len()).prop_map(|place| Fund::ALL.get(place).copied());
    let texts = prop::array::uniform10(text());
    let figures =
        (any::<u32>(), kind, fund, amount, prop::option::of(any::<u64>().prop_filter("a row", |seq| *seq < u64::MAX)));
    let days = (prop::option::of(day.clone()), prop::option::of(day));
    let numbers = (prop::option::of(text()), prop::option::of(text()), prop::option::weighted(0.9, text()));
    (figures, days, texts, numbers).prop_map(
        |((line, kind, fund, amount, refers_to), (date, occurred), texts, numbers)| {
            let [allocation, plan, payee, memo, voucher, payment, economic, method, invoice, doc] = texts;
            let (original, own, id) = numbers;
            let amount = Amount::from_fen(amount);
            let what = Particulars {
                kind,
                date,
                occurred,
                allocation,
                fund,
                amount,
                plan,
                payee,
                memo,
                voucher,
                payment,
                economic,
                method,
                invoice,
                refers_to,
                doc,
            };
            (Bill { line: line as usize, what, original, id: own }, id)
        },
    )
}

proptest! {
    #[test]
    fn bills_come_out_as_they_went_in(
        laid in prop::collection::vec(any_bill(), 0..60),
        size in 1..20_usize,
        most_held in prop_oneof![Just(0), 1..9_000_usize, Just(1 << 20)],
    ) {
        let mut tray = tray(most_held);
        for piece in laid.chunks(size) {
            let pack = packed(piece.iter().map(|(bill, _)| bill));
            prop_assert!(pack.bills().eq(piece.iter().map(|(bill, _)| bill.clone())));
            let ids: Vec<_> = piece.iter().map(|(_, id)| id.clone()).collect();
            tray.lay(pack, &ids).expect("the disk works");
        }
        let bills: Result<Vec<_>, _> = tray.into_bills().collect();
        let with_an_id: Vec<_> = laid.into_iter().filter_map(|(bill, id)| Some((bill, id?))).collect();
        prop_assert_eq!(bills.expect("the disk works"), with_an_id);
    }

    /// Whatever a disk hands back, it is a bill or none; nothing panics.
    #[test]
    fn any_bytes_are_bills_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut rest = bytes.as_slice();
        while tray::take(&mut rest).is_some() {}
    }
}

#[test]
fn a_file_that_is_not_to_be_had_is_no_matter_until_one_is_needed() {
    let bill = Bill { line: 1, what: Particulars::new(Kind::Expense, Date::default()), original: None, id: None };
    let lay = |tray: &mut Tray| tray.lay(packed([&bill].into_iter()), &[Some("id".into())]);
    let fits = |most_held| {
        let mut tray = Tray::new(&OneFile::new(""), &Overflow { folder: "nowhere".into(), most_held });
        (0..).find_map(|fits| lay(&mut tray).err().map(|fault| (fits, fault))).expect("no room is endless")
    };
    let size = (1..).find(|most_held| fits(*most_held).0 == 1).expect("one fits");
    for (most_held, most) in [(size - 1, 0), (2 * size - 1, 1), (2 * size, 2)] {
        let (fits, fault) = fits(most_held);
        assert_eq!(fits, most, "{most_held}");
        assert!(
            matches!(&fault, FileFault::LayingBy { doing: Doing::Creating, folder, .. } if folder == Path::new("nowhere")),
            "{fault:?}"
        );
    }
}
