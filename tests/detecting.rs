//! What `reconcile --detect` writes of a statement reads the same statement the same way, whatever its shape.

use taizhang::{Disk, Exit};

use super::dice::{Dice, number};
use super::office::{Folder, Office};

/// A made-up statement as a bank might export it: its rows of cells, the headings below a title or two.
fn rows(dice: &mut Dice) -> Vec<Vec<String>> {
    let pick = |dice: &mut Dice, words: &[&str]| words[dice.index(words.len())].to_owned();
    let shape = dice.index(3);
    let mut headings = vec![pick(dice, &["交易日期", "记账日期", "日期 ", "date"])];
    headings.extend(match shape {
        0 => vec![pick(dice, &["借方发生额", "支出(元)"]), pick(dice, &["贷方发生额", "收入："])],
        1 => vec![pick(dice, &["交易金额", "金额【元】"])],
        _ => vec![pick(dice, &["发生额", "金额"]), pick(dice, &["借贷标志", "收支"])],
    });
    if dice.chance(2) {
        headings.push(pick(dice, &["对方户名", "收款人"]));
        headings.push(pick(dice, &["摘要", "附\"言\"", "用途"]));
    }
    let width = headings.len();
    let mut rows = vec![vec!["某银行账户明细".to_owned()]; dice.index(3)];
    rows.push(headings.clone());
    for number in 0..3 + dice.index(6) {
        let day = 1 + dice.index(28);
        let day = match dice.index(3) {
            0 => format!("2022-03-{day:02}"),
            1 => format!("2022/3/{day}"),
            _ => format!("202203{day:02}"),
        };
        let (fen, is_out) = (dice.amount(), !dice.chance(3));
        let sum = format!("{}.{:02}", fen / 100, fen % 100);
        let mut row = vec![day];
        row.extend(match (shape, is_out) {
            (0, true) => vec![sum, String::new()],
            (0, false) => vec!["0.00".into(), sum],
            (1, true) => vec![format!("-{sum}")],
            (1, false) => vec![sum],
            (_, is_out) => vec![sum, if is_out { "借" } else { "贷" }.into()],
        });
        if row.len() < width {
            row.push(pick(dice, &["新华书店", "楚雄某酒店", "A, B; C | D", ""]));
            row.push(format!("第{number}笔"));
        }
        rows.push(row);
        if dice.chance(6) {
            let mut total = vec![String::new(); width];
            "本页合计".clone_into(&mut total[0]);
            rows.push(total);
            rows.push(headings.clone());
        }
    }
    rows
}

/// The rows as text.
fn text(rows: &[Vec<String>], separator: char) -> String {
    let cell = |cell: &String| match cell.contains([separator, '"']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string()) + "\n";
    rows.iter().map(line).collect()
}

/// Everything that the statement tells, by a reconciliation with nothing on the other side.
fn told(office: &Office<Disk>, more: &[&str]) -> String {
    let typed = [&["reconcile", "bank.csv", "--as-of", "2022-12-31", "-f", "json"], more].concat();
    let seen = office.runs(&typed);
    assert_eq!((seen.exit, seen.err.as_str()), (Exit::No, ""), "{}", seen.out);
    seen.out
}

#[test]
fn what_is_detected_reads_the_same_when_it_is_given_back() {
    let folder = Folder::new();
    let office = folder.opened();
    let budget = String::from_utf8(folder.read("chuxiong-xinfang-2022.toml")).unwrap();
    let mut dice = Dice(number("TAIZHANG_SEED").unwrap_or(20_220_331));
    for turn in 0..40 {
        let rows = rows(&mut dice);
        let separator = [',', ';', '\t', '|'][dice.index(4)];
        let written = text(&rows, separator);
        let utf16 = || written.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        folder.write("bank.csv", if dice.chance(4) { utf16() } else { written.clone().into_bytes() });
        folder.write("chuxiong-xinfang-2022.toml", &budget);
        let recognised = told(&office, &[]);
        let detected = office.types("reconcile --detect bank.csv").expect(Exit::Done).out;
        folder.write("profile.toml", &detected);
        assert_eq!(told(&office, &["--profile", "profile.toml"]), recognised, "{turn}: {written}\n{detected}");
        // The same text stands in the budget as well.
        folder.write("chuxiong-xinfang-2022.toml", format!("{budget}\n{detected}"));
        let pasted = told(&office, &[]);
        let without_digest = |json: &str| {
            let mut json: serde_json::Value = serde_json::from_str(json).unwrap();
            json.as_object_mut().unwrap().retain(|key, _| key != "budget");
            json
        };
        assert_eq!(without_digest(&pasted), without_digest(&recognised), "{turn}: {written}\n{detected}");
    }
}
