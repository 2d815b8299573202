//! How amounts are read, written, rounded and divided.

use proptest::prelude::*;

use super::*;

fn typed(text: &str) -> Result<String, NotAnAmount> {
    Amount::typed(text).map(|amount| amount.to_string())
}

#[test]
fn an_amount_of_any_width_is_written_in_full() {
    let last = i128::from(u64::MAX);
    for (fen, written) in [
        (0, "0.00"),
        (-5, "-0.05"),
        (last, "184467440737095516.15"),
        (last + 1, "184467440737095516.16"),
        (-last - 1, "-184467440737095516.16"),
    ] {
        assert_eq!(Amount::from_fen(fen).to_string(), written);
        assert_eq!(format!("{:>24}", Amount::from_fen(fen)), format!("{written:>24}"));
    }
}

#[test]
fn one_sum_may_be_typed_in_many_ways() {
    for text in [
        "305800",
        "305,800.00",
        "305800.0",
        "30.58万元",
        "30.58万",
        "３０．５８万元",
        "305800元",
        "３０５，８００",
        " 305800 ",
    ] {
        assert_eq!(typed(text), Ok("305800.00".into()), "{text}");
    }
    assert_eq!(typed("-0.00"), Ok("0.00".into()));
    assert_eq!(typed("0.000001万元"), Ok("0.01".into()));
    assert_eq!(typed("9007199254740.11"), Ok("9007199254740.11".into()));
}

#[test]
fn what_is_not_an_amount_says_why() {
    use NotAnAmount::{CurrencySign, Empty, FinerThanAFen, Grouping, LooksLike, NotANumber, Scientific, TooLarge};
    let wrong = [
        ("", Empty),
        ("  ", Empty),
        ("1,23", Grouping),
        ("1234,567", Grouping),
        (",123", Grouping),
        ("¥3", CurrencySign),
        ("1e3", Scientific),
        ("1ex", NotANumber),
        ("xe1", NotANumber),
        (".5", NotANumber),
        ("+5", NotANumber),
        ("−5", LooksLike('−')),
        ("٣", LooksLike('٣')),
        ("1\u{a0}000", LooksLike('\u{a0}')),
        ("三千", NotANumber),
        ("1.005", FinerThanAFen),
        ("0.0000001万元", FinerThanAFen),
        ("007", NotANumber),
        ("10000000000000", TooLarge),
        ("1000000000000000", TooLarge),
        ("10000000000000000", TooLarge),
        ("9999999999999999999999999999万", TooLarge),
        ("万元", NotANumber),
        ("1万2千", NotANumber),
    ];
    for (text, why) in wrong {
        assert_eq!(typed(text), Err(why), "{text}");
    }
    assert_eq!(typed(&"9".repeat(400)), Err(TooLarge));
    assert_eq!(typed(&format!("0.{}", "1".repeat(400))), Err(FinerThanAFen));
    assert_eq!(typed(&format!("1.{}", "0".repeat(400))), Ok("1.00".into()));
}

#[test]
fn the_ledger_has_one_form_only() {
    for text in
        ["1", "1.5", "01.00", "-0.00", "+1.00", "1.000", ".50", "1,000.00", "", "-", "１.00", "10000000000000.00"]
    {
        assert_eq!(Amount::canonical(text), None, "{text}");
    }
    assert_eq!(Amount::canonical("-9999999999999.99").map(Amount::fen), Some(-LARGEST));
}

#[test]
fn wan_and_rates_round_half_up_away_from_zero() {
    let wan = |fen| Amount(fen).wan().to_string();
    assert_eq!(
        (wan(30_580_000), wan(5_000), wan(4_999), wan(-5_000)),
        ("30.58".into(), "0.01".into(), "0.00".into(), "-0.01".into())
    );
    assert_eq!(Amount(1).share_of(Amount(3)).map(|rate| rate.to_string()), Some("33.33".into()));
    assert_eq!(Amount(-5).share_of(Amount(100_000)).map(|rate| rate.to_string()), Some("-0.01".into()));
    assert_eq!(Amount(1).share_of(Amount::ZERO), None);
}

#[test]
fn points_are_typed_plainly_and_are_a_hundred_at_most() {
    let points = |text| Rate::points(text).map(Rate::hundredths);
    assert_eq!((points("5"), points("2.50"), points("100.00")), (Some(500), Some(250), Some(10_000)));
    for text in ["", "-5", "+5", "1_0", "1e1", "100.01", "1.005", "0.001", "101"] {
        assert_eq!(points(text), None, "{text}");
    }
}

#[test]
fn grouping_stands_before_every_third_digit() {
    for (fen, text) in [(0, "0.00"), (-99_999, "-999.99"), (100_000, "1,000.00"), (-123_456_789, "-1,234,567.89")] {
        assert_eq!(Amount(fen).grouped(), text);
    }
}

#[test]
fn half_a_fen_goes_away_from_zero() {
    for (fen, part, whole, nearest) in [(1, 1, 2, 1), (-1, 1, 2, -1), (3, 1, 2, 2), (-3, 1, 2, -2), (5, 6, 12, 3)] {
        assert_eq!(Amount(fen).part(part, whole), Amount(nearest), "{fen} × {part} ÷ {whole}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(fen in -LARGEST..=LARGEST) {
        let amount = Amount(fen);
        prop_assert_eq!(Amount::canonical(&amount.to_string()), Some(amount));
        prop_assert_eq!(Amount::typed(&amount.to_string()), Ok(amount));
        prop_assert_eq!(Amount::typed(&amount.grouped()), Ok(amount));
    }

    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_is_canonical(text in "\\PC{0,12}|[-0-9.,]{0,20}") {
        if let Some(amount) = Amount::canonical(&text) {
            prop_assert_eq!(amount.to_string(), text.clone());
        }
        let _ = Amount::typed(&text);
    }

    #[test]
    fn a_part_is_the_nearest_fen(fen in -LARGEST..=LARGEST, part in 0_u32..=366, whole in 1_u32..=366) {
        let twice_off = 2 * (Amount(fen).part(part, whole).fen() * i128::from(whole) - fen * i128::from(part));
        prop_assert!(twice_off.abs() <= i128::from(whole));
    }
}
