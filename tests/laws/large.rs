//! Amounts as large as a row can hold: their sums are exact in every report, where floating point would have given up.

use taizhang::Exit;

use crate::memory::Memory;
use crate::office::Office;

const LARGEST: &str = "9999999999999.99";

#[test]
fn the_largest_amounts_add_up_to_the_fen() {
    let office = Office::on(Memory::default());
    office.files.put(
        "large.toml",
        format!(
            "[budget]\nid = \"large\"\ntitle = \"大额\"\nunit = \"单位\"\nfiscal_year = 2022\ntotal = \"{LARGEST}\"\n\
             [control]\nallocation = \"warn\"\ntotal = \"warn\"\n\
             [[allocation]]\nkey = \"all\"\nname = \"全部\"\namount = \"{LARGEST}\"\nplan = \"even\"\neconomic = []\n"
        ),
    );
    office.types("-b large.toml open --yes").expect(Exit::Done);
    for row in 1..=12 {
        let line = format!("-b large.toml record -a all --amount {LARGEST} --date 2022-{row:02}-01 --payee 甲");
        office.types(&line).expect(Exit::Done);
    }
    let spent = "119999999999999.88";
    let balance = office.types("-b large.toml balance -f json").expect(Exit::Done).json();
    assert_eq!(balance["total"]["spent"], spent);
    assert_eq!(balance["rows"][0]["available"], "-109999999999999.89");
    assert_eq!(balance["rows"][0]["execution_rate"], "1200.00");
    for (line, what) in [
        ("variance", "spent"),
        ("spending --by payee", "spent"),
        ("spending --by month", "spent"),
        ("monthly 12", "year_to_date"),
    ] {
        let seen = office.types(&format!("-b large.toml {line} -f json")).expect(Exit::Done);
        let has = seen.out.contains(&format!("\"{spent}\""));
        assert!(has, "{line} ({what}): {}", seen.out);
    }
    office.types("-b large.toml verify").expect(Exit::Done);
}
