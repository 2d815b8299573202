//! Ledgers that a spreadsheet has saved: thousands of random ones, spoilt in every way a spreadsheet spoils them, come back
//! byte for byte, or are refused with the right rows named; never a third thing.
//!
//! `TAIZHANG_MANGLES` says how many to play; `TAIZHANG_SEED` plays one seed alone.

/// What a spreadsheet does to a table, and what people do.
mod mangles;
/// Rows spoilt in one way each.
mod rows;
/// Real LibreOffice, where it is there.
#[cfg(unix)]
mod spreadsheets;

use std::sync::atomic::{AtomicU64, Ordering};

use taizhang::Exit;

use crate::dice::{Dice, number};
use crate::memory::Memory;
use crate::office::{Folder, LEDGER, Office};
use mangles::{Hurt, Mangled};

/// How many in an ordinary run.
const WORLDS: u64 = 240;

const RESTORED: &str = "chuxiong-xinfang-2022.csv.restored";

/// A ledger with everything in it that a spreadsheet likes to change.
fn office(dice: &mut Dice) -> Office<Memory> {
    let mut office = Office::on(Memory::default());
    office.today = "2022-01-01";
    office.runs(&["init"]).expect(Exit::Done);
    office.runs(&["open", "--yes"]).expect(Exit::Done);
    office.today = "2022-12-31";
    let rows = 4 + dice.below(8);
    for row in 0..rows {
        let amount = format!("{}.{:02}", dice.below(3000), dice.below(100) + u64::from(row == 0));
        let amount = if amount == "0.00" { "7.50".to_owned() } else { amount };
        let date = format!("2022-{:02}-{:02}", dice.below(11) + 2, dice.below(28) + 1);
        let line = (dice.below(9) + 1).to_string();
        let mut words = vec!["record", "-a", &line, "--amount", &amount, "--date", &date, "--allow-over", "特批"];
        let (month, day, serial) = (dice.below(12) + 1, dice.below(28) + 1, dice.below(900));
        let vouchers = [
            format!("{serial:06}"),
            format!("{month}-{day}"),
            format!("{month:02}/{day:02}"),
            format!("记-{serial:04}"),
            serial.to_string(),
            "1.10".into(),
            String::new(),
        ];
        let voucher = &vouchers[dice.index(vouchers.len())];
        words.extend(["--voucher", voucher]);
        let payment = format!("{:012}", dice.below(100_000_000));
        let invoice = format!("2253{:016}", dice.next() >> 12);
        let memo = ["接待，含“早”餐", "用品, 等", "他说\"好\"", "5%", "", "TRUE"][dice.index(6)];
        words.extend(["--memo", memo, "--payee", ["新华书店", "饭店", "12/25", "𠮷野家"][dice.index(4)]]);
        if dice.chance(2) {
            words.extend(["--payment", &payment]);
        }
        if dice.chance(2) {
            words.extend(["--invoice", &invoice]);
        }
        office.runs(&words).expect(Exit::Done);
    }
    if dice.chance(3) {
        office.runs(&["close", "1"]).expect(Exit::Done);
    }
    office
}

/// One ledger, spoilt and restored. An error says what was not as it should be.
fn play(seed: u64) -> Result<Option<Hurt>, String> {
    let mut dice = Dice(seed);
    let office = office(&mut dice);
    let original = office.files.bytes(LEDGER).ok_or("no ledger")?;
    let mut mangled = Mangled::of(&original);
    let done = mangled.mangle(&mut dice);
    let hurt = dice.chance(5).then(|| mangled.hurt(&mut dice)).flatten();
    let bytes = mangled.written(&mut dice);
    office.files.put(LEDGER, bytes.clone());
    let context = |what: &str, seen: &dyn std::fmt::Debug| {
        let original = String::from_utf8_lossy(&original);
        format!("{what} after {done:?} and {hurt:?}: {seen:?}\nof {original}")
    };
    let seen = office.runs(&["restore", "--lang", "en"]);
    let restored = office.files.bytes(RESTORED);
    if office.files.bytes(LEDGER).as_ref() != Some(&bytes) {
        return Err(context("the file itself changed", &seen));
    }
    let Some(hurt) = &hurt else {
        if restored.is_none() && bytes == original && seen.exit == Exit::Done {
            return Ok(None);
        }
        if seen.exit != Exit::Done || restored.as_ref() != Some(&original) {
            return Err(context("not restored", &seen));
        }
        return put_in_place(&office, &original, &bytes).map(|()| None).map_err(|why| context(&why, &seen));
    };
    let named = named(&seen.err).unwrap_or_default();
    if seen.exit != Exit::Integrity || restored.is_some() || named != hurt.rows {
        return Err(context(&format!("named {named:?}"), &seen));
    }
    if let Some(column) = hurt.column.filter(|column| !seen.err.contains(&format!("column `{column}`"))) {
        return Err(context(&format!("column {column} not named"), &seen));
    }
    Ok(Some(hurt.clone()))
}

fn put_in_place(office: &Office<Memory>, original: &[u8], mangled: &[u8]) -> Result<(), String> {
    let seen = office.runs(&["restore", "--in-place"]);
    let ledger = office.files.bytes(LEDGER).unwrap_or_default();
    let kept = office.files.bytes(format!("{LEDGER}.resaved-1"));
    let added = ledger.strip_prefix(original).map(String::from_utf8_lossy).unwrap_or_default();
    let one_row = added.lines().count() == 1 && added.contains(",repair,,,,,0.00,,,restored;signs=");
    let rows = (original.split(|byte| *byte == b'\n').count() - 1).to_string();
    // The first line that is not as it was; the heading stands before row 1.
    let lines = original.split(|byte| *byte == b'\n').zip(mangled.split(|byte| *byte == b'\n'));
    let from = lines.take_while(|(was, is)| was == is).count().max(1);
    let said = format!(
        "说明: 第 {rows} 笔是修复记录：台账经还原，各笔按校验码证实；换下的文件自第 {from} 笔起不符，另存在旁边\n"
    );
    let verified = office.runs(&["verify"]);
    let again = office.runs(&["restore", "--in-place"]);
    if seen.exit == Exit::Done
        && one_row
        && kept.as_deref() == Some(mangled)
        && verified.exit == Exit::Done
        && verified.err == said
        && again.exit == Exit::Done
        && office.files.bytes(LEDGER) == Some(ledger)
    {
        return Ok(());
    }
    Err(format!("in place: {seen:?}, then {verified:?}, then {again:?}"))
}

/// The rows that the last note names.
fn named(err: &str) -> Option<Vec<u64>> {
    let (_, rest) = err.split_once("rows cannot be proved")?;
    let (_, rows) = rest.split_once(": ")?;
    let rows = rows.split_once("; nothing was written")?.0.replace("!", " ");
    let mut named = Vec::new();
    for stretch in rows.split(',') {
        let (from, to) = stretch.trim().split_once('-').unwrap_or((stretch.trim(), stretch.trim()));
        named.extend(from.parse::<u64>().ok()?..=to.parse().ok()?);
    }
    Some(named)
}

#[test]
fn what_a_spreadsheet_has_saved_comes_back_or_is_refused_by_its_rows() {
    if let Some(seed) = number("TAIZHANG_SEED") {
        play(seed).unwrap_or_else(|why| panic!("{why}"));
        return;
    }
    let worlds = number("TAIZHANG_MANGLES").unwrap_or(WORLDS);
    let (next, hurt) = (AtomicU64::new(0), AtomicU64::new(0));
    let worker = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= worlds {
                return Ok(());
            }
            match play(seed) {
                Ok(found) => drop(hurt.fetch_add(u64::from(found.is_some()), Ordering::Relaxed)),
                Err(why) => {
                    next.store(worlds, Ordering::Relaxed);
                    return Err(format!("TAIZHANG_SEED={seed}: {why}"));
                }
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let done: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for result in done {
        result.unwrap_or_else(|why| panic!("{why}"));
    }
    let hurt = hurt.into_inner();
    assert!(hurt >= worlds / 10, "only {hurt} of {worlds} were hurt");
}

/// Whatever somebody did to the bytes, the answer is the ledger or a refusal.
#[test]
fn no_byte_makes_it_guess_or_panic() {
    for seed in 1_000..1_060 {
        let mut dice = Dice(seed);
        let office = office(&mut dice);
        let original = office.files.bytes(LEDGER).unwrap();
        let mut mangled = Mangled::of(&original);
        mangled.mangle(&mut dice);
        let mut bytes = mangled.written(&mut dice);
        for _ in 0..=dice.below(3) {
            let place = dice.index(bytes.len());
            match dice.below(3) {
                0 => bytes[place] = u8::try_from(dice.below(256)).unwrap(),
                1 => drop(bytes.remove(place)),
                _ => bytes.truncate(place.max(1)),
            }
        }
        office.files.put("sent.bin", bytes);
        let seen = office.runs(&["restore", "sent.bin", "-o", "out.csv"]);
        match seen.exit {
            Exit::Done => {
                let restored = office.files.bytes("out.csv").unwrap_or_default();
                // A shorter file may end where rows end; without a head nobody can tell.
                assert!(original.starts_with(&restored), "seed {seed}: {seen:?}");
            }
            Exit::Refused | Exit::Integrity => assert_eq!(office.files.bytes("out.csv"), None, "seed {seed}"),
            Exit::No | Exit::Usage | Exit::Io | Exit::Unknown | Exit::Busy | Exit::NotReported => {
                panic!("seed {seed}: {seen:?}")
            }
        }
    }
}

/// Without a head nothing outside says how far the ledger went, so the damaged file itself is asked.
#[test]
fn an_older_copy_or_another_book_is_not_put_in_place_of_a_longer_damaged_ledger() {
    let folder = Folder::new();
    let office = folder.opened();
    let record = |id: &str| format!("record -a 2 --amount 10 --date 2022-01-20 --payee 甲 --id {id}");
    office.types(&record("a")).expect(Exit::Done);
    folder.write("old.csv", folder.read(LEDGER));
    office.types(&record("b")).expect(Exit::Done);
    let whole = String::from_utf8(folder.read(LEDGER)).unwrap();
    std::fs::remove_file(folder.join(&format!("{LEDGER}.head"))).unwrap();
    let other = Folder::new();
    other.opened().types(&record("c")).expect(Exit::Done);
    folder.write("other.csv", other.read(LEDGER));
    for damaged in [whole.replace('\n', "\r\n"), whole.replace(",10.00,", ",10.10,")] {
        folder.write(LEDGER, &damaged);
        for copy in ["old.csv", "other.csv"] {
            let refused = office.types(&format!("restore {copy} --in-place")).expect(Exit::Integrity);
            assert!(folder.read(LEDGER) == damaged.as_bytes(), "{refused:?}");
        }
    }
    folder.write("copy.csv", &whole);
    office.types("restore copy.csv --in-place").expect(Exit::Done);
    assert!(folder.read(LEDGER).starts_with(whole.as_bytes()));
}
