//! T14: clocks from 1960 to 2099, and time zones that are none. The program never falls over: a row carries the time the
//! clock showed, or nothing is written and it says why.

use std::path::Path;

use taizhang::DateTime;

use crate::dice::Dice;
use crate::shop::{HEAD, Said, Shop, rows, said, works};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial = Trial {
    name: "T14 clocks-and-zones",
    what: "clocks of 1960 to 2099, every zone there is, and zones that are none",
    run,
};

/// Days on which clocks have gone wrong, or years have.
const DAYS: [&str; 20] = [
    "1960-02-29 12:00:00",
    "1969-12-31 23:59:59",
    "1970-01-01 00:00:00",
    "1970-01-01 00:00:01",
    "1999-12-31 23:59:59",
    "2000-02-29 00:00:00",
    "2021-12-31 23:59:59",
    "2022-01-01 00:00:00",
    "2022-06-30 23:59:59",
    "2022-12-31 23:59:59",
    "2023-01-01 00:00:00",
    "2024-02-29 23:59:59",
    "2027-01-01 00:00:00",
    "2036-02-07 06:28:16",
    "2038-01-19 03:14:07",
    "2038-01-19 03:14:08",
    "2050-12-31 23:59:59",
    "2069-07-20 20:17:00",
    "2099-02-28 23:59:59",
    "2099-12-31 23:59:59",
];

/// What has been seen in `TZ`, and what nobody should put there.
const GARBAGE: [&str; 20] = [
    "",
    ":",
    "::",
    "/",
    "/dev/null",
    "/dev/zero",
    "/etc/passwd",
    ":/etc/passwd",
    "../../../etc/passwd",
    "Nowhere/At_All",
    "XYZ99999",
    "CST-8",
    "CST+99:99:99",
    "<+08>-8",
    "<",
    "EST5EDT,M3.2.0,M11.1.0",
    "EST5EDT,M99.99.99",
    "EST5EDT,J999,J-1",
    "北京时间",
    "UTC\u{1b}[2J",
];

/// How far a row's time may be from the clock's, in seconds: the clock is set in the zone that is tried.
const NEAR: i64 = 26 * 3600;

fn run(share: &Share) -> Tally {
    if !works(&["faketime", "-f", "@2030-01-01 00:00:00", "true"]) {
        return Tally::not_tried("faketime is missing");
    }
    let mut tally = Tally::default();
    let shop = Shop::opened();
    let (before, head) = (shop.ledger(), shop.read(HEAD));
    let mut all = Vec::new();
    for day in DAYS {
        all.extend(["UTC", "Asia/Shanghai"].map(|zone| (day.to_owned(), zone.to_owned())));
    }
    let mut dice = Dice(share.seed);
    let any_day = |dice: &mut Dice| DAYS[dice.index(DAYS.len())].to_owned();
    for zone in GARBAGE {
        all.push((any_day(&mut dice), zone.to_owned()));
    }
    let mut zones = Vec::new();
    names_below(Path::new("/usr/share/zoneinfo"), &mut zones);
    if zones.is_empty() {
        tally.not_tried.push("there are no zones on this machine".into());
    }
    let every = usize::try_from(share.of(97, 1)).unwrap();
    all.extend(zones.into_iter().step_by(every).map(|zone| (any_day(&mut dice), zone)));
    for month in (0..share.of(0, 140 * 12)).map(|month| (1960 + month / 12, month % 12 + 1)) {
        all.push((format!("{}-{:02}-01 00:00:00", month.0, month.1), "Asia/Shanghai".into()));
    }
    let every = usize::try_from(share.of(2, 1)).unwrap();
    for (day, zone) in all.into_iter().step_by(every) {
        shop.put_back(&before, &head);
        let tried = on(&shop, &before, &day, &zone);
        tally.holds(tried.is_ok(), || format!("{day} in zone {zone:?}: {}", tried.unwrap_err()));
    }
    tally
}

/// Every file of a folder as the name of a zone.
fn names_below(folder: &Path, found: &mut Vec<String>) {
    let Ok(items) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = items.map(|item| item.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            names_below(&path, found);
        } else {
            let name = path.strip_prefix("/usr/share/zoneinfo").unwrap();
            found.push(name.to_string_lossy().into_owned());
        }
    }
}

/// A day in a zone: reading, writing, and the rows afterwards.
fn on(shop: &Shop, before: &[u8], day: &str, zone: &str) -> Result<(), String> {
    let (zone, day) = (format!("TZ={zone}"), format!("@{day}"));
    let types = |line: &str| said(&mut shop.on_any_day(&["faketime", "-f", &day, "env", &zone], line));
    let verified = types("verify");
    if verified.code != Some(0) {
        return Err(format!("{verified:?}"));
    }
    for line in ["balance", "variance", "doctor"] {
        let seen = types(line);
        if !matches!(seen.code, Some(0 | 1 | 3)) {
            return Err(format!("{line}: {seen:?}"));
        }
    }
    for (line, count) in [
        ("record -a travel --amount 0.01 --id plain", 0),
        ("record -a travel --amount 0.02 --date 2022-01-05 --id dated", 0),
        ("record -a travel --amount 0.03 --date 2022-01-05 --id sure --clock-ok battery", 1),
    ] {
        let known = shop.ledger();
        let seen = types(line);
        let after = shop.ledger();
        let holds = match seen.code {
            Some(0) => after.starts_with(&known) && is_near(&after, &day),
            // A day of last year can't be booked before it has come; any other reason is wrong when one insists.
            Some(2 | 3) => after == known && !seen.err.is_empty() && (count == 0 || day.as_str() < "@2022-01-06"),
            _ => false,
        };
        if !holds {
            return Err(format!("{line}: {seen:?}"));
        }
    }
    let after: Said = shop.runs("verify");
    let holds = after.code == Some(0) && shop.ledger().starts_with(before);
    if holds { Ok(()) } else { Err(format!("afterwards {after:?}")) }
}

/// Whether the last row's time is the clock's.
fn is_near(ledger: &[u8], day: &str) -> bool {
    let stamp = rows(ledger).last().unwrap()[20].clone();
    let clock = DateTime::parse_from_rfc3339(&format!("{}Z", day[1..].replace(' ', "T"))).unwrap();
    DateTime::parse_from_rfc3339(&stamp).is_ok_and(|at| (at.timestamp() - clock.timestamp()).abs() <= NEAR)
}
