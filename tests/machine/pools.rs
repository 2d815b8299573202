//! What may stand on a command line, mostly right, now and then wrong, in the forms in which people type it.

use std::collections::BTreeMap;

use super::made_up::{Dice, Made};
use crate::laws::reckoning::yuan;

/// Texts that are right for an option, and those that are wrong or strange.
fn choices(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "memo" => (
            &["接待", "一月，差旅", "会议, 餐费", "他说 \"急\"", " 两头有空 ", "cafe\u{301}"],
            &[
                "",
                "=1+1",
                "看\u{202E}不见",
                "联系 13800138000",
                "allow-over=冒充",
                "接待;clock-ok=冒充",
                LONG,
                TOO_LONG,
            ],
        ),
        "payee" => (
            &["某饭店", "印刷厂, 城东分厂", "\"老字号\"", "某印刷厂"],
            &["", "@某人", "张某 11010519491231002X", TOO_LONG],
        ),
        "voucher" => (&["记-1", "记-2", "记-3", "记-4", "记-5", "12", "9"], &["", "-1", "记\u{202E}6", TOO_LONG]),
        "payment" => (&["支-001", "支-002", "20220506000123"], &["", "+支", TOO_LONG]),
        "doc" => (&["HT-1", "HT-2", "HT-3", "文〔2022〕1号", "文〔2022〕2号", "8"], &["", " ", "＝HT", TOO_LONG]),
        "economic" => (&["30211", "30201", "30299", "３０２１１"], &["30298", "3021", "99999"]),
        "method" => (&["card", "公务卡", "bank", "转账", "direct", "现金"], &["other"]),
        "fund" => (&["current", "本年拨款", "carried", "上年结转"], &["other"]),
        "invoice" => (
            &[
                "00000000000000000001",
                "00000000000000000002",
                "053001900104-12345673",
                "00000000000000000001;0530019001-12345674",
                "００００００００００００００００００５；00000000000000000006",
            ],
            &["123", "00000000000000000001;00000000000000000001", MANY],
        ),
        "allow-over" => (&["领导批准", "急件, 后补文"], &["", "=批准", LONG]),
        "clock-ok" => (&["时钟电池没电", "补记"], &["", LONG]),
        "by" => (&["小王", "老张, 出纳"], &["", "=小王"]),
        "id" => (&[""], &[" ", "=k", "看\u{202E}不见", LONG]),
        other => unreachable!("nothing is typed for {other}"),
    }
}

/// A text at the limit, to which no reason can be added.
const LONG: &str = {
    const X: &[u8] = &[b'x'; 2045];
    match std::str::from_utf8(X) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
};

const TOO_LONG: &str = {
    const X: &[u8] = &[b'x'; 2049];
    match std::str::from_utf8(X) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
};

/// More invoice numbers than one row has room for, each of them right.
const MANY: &str = {
    const X: &[u8] = &many();
    match std::str::from_utf8(X) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
};

const fn many() -> [u8; 99 * 21 - 1] {
    let mut text = [b'0'; 99 * 21 - 1];
    let mut place = 0;
    while place < 99 {
        text[place * 21 + 18] = b'0' + (place / 10) as u8;
        text[place * 21 + 19] = b'0' + (place % 10) as u8;
        if place < 98 {
            text[place * 21 + 20] = b';';
        }
        place += 1;
    }
    text
}

/// A text for an option, wrong or strange once in a while.
pub(super) fn text(name: &str, dice: &mut Dice) -> String {
    let (right, wrong) = choices(name);
    let choices = if dice.slips(12) { wrong } else { right };
    dice.one_of(choices).to_owned()
}

/// A text that is right for an option.
pub(super) fn right(name: &str, dice: &mut Dice) -> String {
    dice.one_of(choices(name).0).to_owned()
}

/// An allocation as people name it.
pub(super) fn called(file: &Made, key: &str, dice: &mut Dice) -> String {
    let place = file.lines.iter().position(|line| line.key == key).unwrap_or_default();
    let name = &file.lines[place].name;
    match dice.below(12) {
        0 => (place + 1).to_string(),
        1 => name.clone(),
        2 => name.chars().skip(2).collect(),
        3 if dice.slips(2) => dice.one_of(&["差旅", "没有的"]).to_owned(),
        _ => key.to_owned(),
    }
}

/// A name that no row has, or none at all.
pub(super) fn nameless(dice: &mut Dice) -> String {
    dice.one_of(&["", "  ", "777", "没有的号", "0", "=1", "记-1", "HT-1", "3", "1"]).to_owned()
}

pub(super) fn bad_split(dice: &mut Dice) -> String {
    dice.one_of(&[
        "travel",
        "travel=",
        "travel=0",
        "travel=-5",
        "travel=1:3021",
        "travel=一元",
        "nowhere=1",
        "travel=1:结转",
        "travel=1:carried:other",
    ])
    .to_owned()
}

/// An amount near a limit: some of it, all of it, a 分 too much, or far more.
pub(super) fn fen(limit: i64, dice: &mut Dice) -> i64 {
    let limit = limit.max(1);
    match dice.below(16) {
        0 => limit,
        1 if dice.slips(1) => limit + 1,
        2 if dice.slips(1) => limit + dice.below(2_000_000) + 1,
        3 | 4 => dice.below(limit) + 1,
        5 if dice.slips(1) => dice.below(12_000_000) + 1,
        _ => dice.below(limit / 5 + 1) + 1,
    }
}

/// An amount as it may be typed.
pub(super) fn amount(fen: i64, dice: &mut Dice) -> String {
    match dice.below(24) {
        0 => super::reasons::grouped(fen),
        1 => format!("{}元", yuan(fen)),
        2 if fen % 10_000 == 0 => format!("{}万元", yuan(fen / 10_000)),
        3 if dice.slips(1) => dice.one_of(&["0", "-5", "1.005", "¥3", "1e5", "", "一元", "０．０５"]).to_owned(),
        _ => yuan(fen),
    }
}

/// A day as it may be typed.
pub(super) fn day(day: &str, dice: &mut Dice) -> String {
    let [year, month, date] = [&day[..4], day[5..7].trim_start_matches('0'), day[8..].trim_start_matches('0')];
    match dice.below(16) {
        0 => format!("{year}/{month}/{date}"),
        1 => format!("{year}年{month}月{date}日"),
        2 => day.replace('-', ""),
        3 if dice.slips(2) => dice.one_of(&["2022-02-30", "5月6日", "昨天", ""]).to_owned(),
        _ => day.to_owned(),
    }
}

pub(super) fn month(month: usize, dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => format!("2022-{month:02}"),
        1 => format!("{month}月"),
        2 if dice.slips(1) => dice.one_of(&["13", "0", "三月", "2023-01"]).to_owned(),
        _ => month.to_string(),
    }
}

/// A plan for an amount, mostly one that fits it.
pub(super) fn plan(fen: i64, dice: &mut Dice) -> String {
    if dice.slips(6) {
        return dice.one_of(&["even", "", "3", "13=1", "3=0", "3=1;3=2"]).to_owned();
    }
    let mut months: BTreeMap<usize, i64> = BTreeMap::new();
    let share = dice.below(fen);
    for (month, fen) in [(dice.index(12) + 1, share), (dice.index(12) + 1, fen - share)] {
        *months.entry(month).or_default() += fen;
    }
    months.retain(|_, fen| *fen > 0);
    if dice.slips(6) {
        *months.entry(1).or_default() += 1;
    }
    let month = |(month, fen): (&usize, &i64)| format!("{month}={}", yuan(*fen));
    months.iter().map(month).collect::<Vec<_>>().join(if dice.chance(4) { "；" } else { ";" })
}
