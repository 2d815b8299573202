//! T1: the program dies with so many bytes of its append written, at every byte there is. What was acknowledged stays,
//! what was not is wholly there or wholly gone, and the same command again ends in exactly one.

use std::thread;

use crate::dice::Dice;
use crate::kernel::forget_saved;
use crate::shop::{HEAD, Said, Shop, rows, said, with_id, works};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial = Trial {
    name: "T1 death-at-every-byte",
    what: "an append is cut short by a size limit, and the program killed before it can take anything back",
    run,
};

/// Halves of the work, for two processors.
const PARTS: u64 = 2;

fn run(share: &Share) -> Tally {
    if !works(&["prlimit", "--version"]) || !works(&["strace", "-qq", "-o", "/dev/null", "true"]) {
        return Tally::not_tried("prlimit or strace is missing, or may not trace");
    }
    let wanted = share.of(400, 100_000) / PARTS;
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let parts: Vec<_> = (0..PARTS).map(|part| scope.spawn(move || deaths(share.seed + part, wanted))).collect();
        for part in parts {
            tally.add(part.join().unwrap());
        }
    });
    tally
}

/// Appends of changing kinds and lengths, each killed at every one of its bytes, until so many have died.
fn deaths(seed: u64, wanted: u64) -> Tally {
    let mut dice = Dice(seed);
    let mut tally = Tally::default();
    while tally.tries < wanted && tally.faults.is_empty() {
        let memo =
            if dice.chance(4) { String::new() } else { format!(" --memo {}", "信访".repeat(dice.index(40) + 1)) };
        let amount = dice.amount();
        let line = match dice.below(4) {
            0 => format!("record --amount 1.0{0} --split travel=1.00 --split food=0.0{0}", 1 + dice.below(9)),
            1 => format!("transfer --from travel --to food --amount 0.0{} --doc 某字〔2022〕1号", 1 + dice.below(9)),
            _ => format!("record -a travel --amount {}.{:02}", amount / 1_000, amount % 100),
        };
        append(&format!("{line}{memo} --id new"), &mut tally, wanted);
    }
    tally
}

/// One append, killed at every byte.
fn append(line: &str, tally: &mut Tally, wanted: u64) {
    let shop = Shop::opened();
    let (before, head) = (shop.ledger(), shop.read(HEAD));
    let whole = shop.runs(line);
    assert_eq!(whole.code, Some(0), "{line}: {whole:?}");
    let after = shop.ledger();
    let added = rows(&after).len() - rows(&before).len();
    for written in 0..after.len() - before.len() {
        if tally.tries >= wanted {
            return;
        }
        shop.put_back(&before, &head);
        let limit = format!("--fsize={}", before.len() + written);
        // The piece that fits is written; the cut that would take it back is where the program dies.
        let killed = ["prlimit", &limit, "strace", "-f", "-qq", "-o", "/dev/null", "-e"];
        let killed = [killed.as_slice(), &["trace=ftruncate", "-e", "inject=ftruncate:signal=SIGKILL"]].concat();
        let died = said(&mut shop.through(&killed, line));
        let left = shop.ledger();
        let context = |what: &str, seen: &Said| format!("{line}: dead after {written} bytes: {what}: {seen:?}");
        if died.code.is_some() || left.len() != before.len() + written {
            tally.holds(false, || context("it did not die there", &died));
            continue;
        }
        let verified = shop.runs("verify");
        let says_so = written == 0 || verified.err.contains("unfinished");
        let other = shop.runs("record -a travel --amount 0.01 --id other");
        let again = shop.runs(line);
        let ends = shop.ledger();
        let last = shop.runs("verify");
        let holds = verified.code == Some(0)
            && says_so
            && other.code == Some(0)
            && again.code == Some(0)
            && ends.starts_with(&before)
            && (with_id(&ends, "new"), with_id(&ends, "other")) == (1, 1)
            && rows(&ends).len() == rows(&before).len() + added + 1
            && last.code == Some(0)
            && last.err.is_empty();
        let worst = [verified, other, again, last].into_iter().max_by_key(|said| said.code).unwrap();
        tally.holds(holds, || context("a promise is broken", &worst));
        forget_saved(&shop);
    }
}
