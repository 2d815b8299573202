//! T2 and T3: the kernel at every step. Each system call that touches a file is refused at each of its turns, once and
//! for ever, or is where the program is killed; whatever the exit code says is what the bytes are, and the same command
//! again ends in exactly one row.

use std::collections::BTreeMap;
use std::fs;

use crate::shop::{HEAD, LEDGER, Said, Shop, rows, said, works};
use crate::streams::{READERS, WRITERS, busy};
use crate::trial::{Share, Tally, Trial};

pub(crate) const REFUSED: Trial = Trial {
    name: "T3 every-system-call-refused",
    what: "each system call on a file fails at each of its turns, once and for ever, for every command",
    run: refused,
};
pub(crate) const KILLED: Trial = Trial {
    name: "T2 killed-while-mending",
    what: "a torn tail is found, and the program killed at every system call of its mending",
    run: killed,
};

/// The calls that touch files. Those of the loader fail too, before there is a program that could say anything.
const CALLS: [&str; 16] = [
    "openat",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "flock",
    "ftruncate",
    "statx",
    "newfstatat",
    "getdents64",
    "unlink",
    "lseek",
    "mkdir",
];
const ERRORS: [&str; 9] = ["EIO", "ENOSPC", "EDQUOT", "EINTR", "EACCES", "ENOLCK", "ESTALE", "EROFS", "EFBIG"];

/// A turn of a system call.
pub(crate) struct Turn {
    pub(crate) call: &'static str,
    pub(crate) at: usize,
}

/// Every turn of every call of a command, as the tracer counts them.
pub(crate) fn turns(shop: &Shop, line: &str) -> Vec<Turn> {
    let log = shop.join("trace");
    let path = log.to_string_lossy().into_owned();
    let trace = format!("trace={}", CALLS.join(","));
    let _ = said(&mut shop.through(&["strace", "-qq", "-o", &path, "-e", &trace], line));
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for line in text.lines() {
        let call = CALLS.iter().find(|call| line.split('(').next() == Some(call));
        if let Some(call) = call {
            *counts.entry(call).or_default() += 1;
        }
    }
    counts.into_iter().flat_map(|(call, count)| (1..=count).map(move |at| Turn { call, at })).collect()
}

pub(crate) fn traced(shop: &Shop, inject: &str, call: &str, line: &str) -> Said {
    let (trace, inject) = (format!("trace={call}"), format!("inject={call}:{inject}"));
    // What never ends is a fault too: `timeout` answers 124.
    let strace = ["timeout", "-s", "KILL", "30", "strace", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    said(&mut shop.through(&strace, line))
}

pub(crate) fn may_trace() -> bool {
    works(&["strace", "-qq", "-o", "/dev/null", "-e", "inject=rename:error=EIO", "true"])
}

fn refused(share: &Share) -> Tally {
    if !may_trace() {
        return Tally::not_tried("strace is missing, or may not trace");
    }
    let mut tally = Tally::default();
    let shop = busy();
    let (before, head) = (shop.ledger(), shop.read(HEAD));
    let every = usize::try_from(share.of(41, 1)).unwrap();
    let mut number = usize::try_from(share.seed).unwrap();
    for line in WRITERS.into_iter().chain(READERS) {
        shop.put_back(&before, &head);
        let turns = turns(&shop, line);
        // A call that is interrupted for ever is tried for ever, as it should be.
        let is_finite = |(_, error, end): &(&Turn, &str, &str)| (*error, *end) != ("EINTR", "+");
        let each = |turn| ERRORS.into_iter().flat_map(move |error| ["", "+"].map(|end| (turn, error, end)));
        for (turn, error, end) in turns.iter().flat_map(each).filter(is_finite) {
            number += 1;
            if number % every == 0 {
                shop.put_back(&before, &head);
                refusal(&shop, &before, line, turn, &format!("error={error}:when={}{end}", turn.at), &mut tally);
            }
        }
    }
    tally
}

/// One refusal, and the same command again when nothing fails.
fn refusal(shop: &Shop, before: &[u8], line: &str, turn: &Turn, inject: &str, tally: &mut Tally) {
    let writes = WRITERS.contains(&line);
    let answer = traced(shop, inject, turn.call, line);
    let after = shop.ledger();
    let grew = rows(&after).len() > rows(before).len();
    let stands = match answer.code {
        Some(0 | 8) => after.starts_with(before) && grew == writes,
        Some(1..=5 | 7) => after == before,
        Some(6) => after.starts_with(before) && answer.err.contains("--id new"),
        // The loader could not start it, and says so by itself.
        Some(127) => after == before,
        _ => false,
    };
    let again = shop.runs(line);
    let holds = stands && again.code == Some(0) && (!writes || shop.runs("verify").code == Some(0));
    let count = rows(&shop.ledger()).iter().filter(|row| row[18] == "new").count();
    tally.holds(holds && count == usize::from(writes), || {
        format!("{line}: {} {inject}: {answer:?}, then {again:?}, {count} rows", turn.call)
    });
    forget_saved(shop);
}

fn killed(share: &Share) -> Tally {
    if !may_trace() {
        return Tally::not_tried("strace is missing, or may not trace");
    }
    let mut tally = Tally::default();
    let shop = busy();
    let (before, head) = (shop.ledger(), shop.read(HEAD));
    let line = "record -a travel --amount 1.00 --memo 接待 --id new";
    assert_eq!(shop.runs(line).code, Some(0));
    let added = shop.ledger()[before.len()..].to_vec();
    let torn_tails = usize::try_from(share.of(4, 100)).unwrap();
    let step = (added.len() / torn_tails).max(1);
    for cut in (1..added.len()).step_by(step) {
        let torn = [before.as_slice(), &added[..cut]].concat();
        shop.put_back(&torn, &head);
        for turn in turns(&shop, line) {
            shop.put_back(&torn, &head);
            let died = traced(&shop, &format!("signal=SIGKILL:when={}", turn.at), turn.call, line);
            let left = shop.ledger();
            let again = shop.runs(line);
            let verified = shop.runs("verify");
            let count = rows(&shop.ledger()).iter().filter(|row| row[18] == "new").count();
            let saved = saved(&shop).contains(&added[..cut].to_vec());
            let holds = left.starts_with(&before)
                && again.code == Some(0)
                && (verified.code, verified.err.as_str(), count) == (Some(0), "", 1);
            tally.holds(holds && saved, || {
                format!("tail of {cut} bytes, killed at {} {}: {died:?}, {again:?}, {verified:?}", turn.call, turn.at)
            });
            forget_saved(&shop);
        }
    }
    tally
}

/// What was cut off and saved beside the ledger.
fn saved(shop: &Shop) -> Vec<Vec<u8>> {
    let paths = fs::read_dir(shop.path()).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.to_string_lossy().contains(".torn")).map(|path| fs::read(path).unwrap()).collect()
}

/// Removes all but the budget and the ledger with its head and lock.
pub(crate) fn forget_saved(shop: &Shop) {
    for entry in fs::read_dir(shop.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(LEDGER) && ![LEDGER, HEAD, "small.csv.lock"].contains(&name.as_str()) {
            fs::remove_file(path).unwrap();
        }
    }
}
