//! T4: the power fails on a real file system. The program is killed at every system call of a write, or answers and is
//! believed; the image under the mounted file system is copied as it is at that moment, and the copy mounted. What was
//! acknowledged is there; what was not is wholly there or wholly gone, and the next append ends clean.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::dice::Dice;
use crate::kernel::{Turn, forget_saved, may_trace, traced, turns};
use crate::shop::{HEAD, LEDGER, Said, Shop, rows, said, with_id, works};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial = Trial {
    name: "T4 power-cut",
    what: "the power fails at every system call of an append, a batch, an import and an opening, on ext4 and xfs",
    run,
};

/// A kind of file system, how small one is made, and how its copy is mounted beside it.
struct Kind {
    name: &'static str,
    mebibytes: u64,
    make: &'static [&'static str],
    beside: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "ext4",
        mebibytes: 16,
        make: &["mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0"],
        beside: "loop",
    },
    // What makes it refuses one this small but to its own testers, who set these three.
    Kind {
        name: "xfs",
        mebibytes: 32,
        make: &["env", "TEST_DIR=/", "TEST_DEV=/", "QA_CHECK_FS=/", "mkfs.xfs", "-q"],
        beside: "loop,nouuid",
    },
];

/// Rows of the table that is imported.
const TABLE: usize = 12;

/// What is written when the power fails, and how many rows it must leave, wholly or not at all.
const WRITES: [(&str, usize); 5] = [
    ("record -a travel --amount 1.00 --id new", 1),
    ("record --amount 3.00 --split travel=1.00 --split food=2.00 --id new", 2),
    ("import table.csv", TABLE),
    ("close 1 --id new", 1),
    ("open --yes --id new", 3),
];

/// A mounted image, unmounted when dropped.
struct Mounted {
    at: PathBuf,
}

impl Mounted {
    fn new(image: &Path, options: &str, at: PathBuf) -> Result<Self, String> {
        fs::create_dir_all(&at).unwrap();
        let said = said(Command::new("mount").args(["-o", options]).args([image, &at]));
        if said.code == Some(0) { Ok(Self { at }) } else { Err(said.err) }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        works(&["umount", &shown(&self.at)]);
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn run(share: &Share) -> Tally {
    if !may_trace() {
        return Tally::not_tried("strace is missing, or may not trace");
    }
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let kinds: Vec<_> = KINDS.iter().map(|kind| scope.spawn(move || kind.cut(share))).collect();
        for kind in kinds {
            tally.add(kind.join().unwrap());
        }
    });
    tally
}

impl Kind {
    fn cut(&self, share: &Share) -> Tally {
        // An image in memory is copied fastest; any other folder does.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::tempdir_in(parent).unwrap();
        let image = folder.path().join("image");
        fs::File::create(&image).unwrap().set_len(self.mebibytes << 20).unwrap();
        let make: Vec<&str> = self.make.iter().copied().chain([image.to_str().unwrap()]).collect();
        let live = works(&make).then(|| Mounted::new(&image, "loop", folder.path().join("live")));
        let Some(Ok(live)) = live else {
            return Tally::not_tried(format!("{}: no image of it may be made or mounted here", self.name));
        };
        let mut tally = Tally::default();
        let mut place = Place { kind: self, folder: folder.path(), live: &live.at };
        let rounds = share.of(1, 4);
        for round in 0..rounds {
            place.round(share, round, &mut tally);
        }
        tally
    }
}

/// Where the images are, and the folder where one of them is mounted.
struct Place<'p> {
    kind: &'p Kind,
    folder: &'p Path,
    live: &'p Path,
}

impl Place<'_> {
    /// Every write, killed at every turn of every call; in a share, at some.
    fn round(&mut self, share: &Share, round: u64, tally: &mut Tally) {
        let mut dice = Dice(share.seed + round);
        for (line, added) in WRITES {
            let opens = line.starts_with("open");
            let shop = Shop::within(self.live);
            if !opens {
                assert_eq!(shop.runs("open --yes --id opening").code, Some(0));
                let memo = "长".repeat(dice.index(600) + 1);
                let old = shop.runs(&format!("record -a travel --amount 9.00 --id old --memo {memo}"));
                assert_eq!(old.code, Some(0));
            }
            fs::write(shop.join("table.csv"), table(&mut dice)).unwrap();
            let (before, head) = (shop.ledger(), shop.read(HEAD));
            let turns = turns(&shop, line);
            let every = usize::try_from(share.of(turns.len() as u64 / 3, 1)).unwrap();
            let first = dice.index(every);
            let killed = turns.iter().map(Some).skip(first).step_by(every);
            for turn in killed.chain([None]) {
                begin_again(&shop, &before, &head);
                let holds = self.fails(&shop, line, added, turn);
                let at = turn.map_or("after its end".to_owned(), |turn| format!("at {} {}", turn.call, turn.at));
                tally.holds(holds.is_ok(), || format!("{}: {line}: {at}: {}", self.kind.name, holds.unwrap_err()));
            }
        }
    }

    /// The file system as it would be after the power came back. A copy is not of one instant: the kernel may write to
    /// the image meanwhile, and then it is taken again.
    fn copied(&self) -> Result<Mounted, String> {
        let copy = self.folder.join("copy.img");
        let once = || {
            assert!(works(&["cp", "--sparse=auto", &shown(&self.folder.join("image")), &shown(&copy)]));
            Mounted::new(&copy, self.kind.beside, self.folder.join("copy"))
        };
        once().or_else(|_| once()).or_else(|_| once())
    }

    /// The power fails where the program is killed, or just after it has ended.
    fn fails(&self, shop: &Shop, line: &str, added: usize, turn: Option<&Turn>) -> Result<(), String> {
        let before = shop.ledger();
        let died = match turn {
            Some(turn) => traced(shop, &format!("signal=SIGKILL:when={}", turn.at), turn.call, line),
            None => shop.runs(line),
        };
        let mounted = self.copied().map_err(|why| format!("the copy can't be mounted: {why}"))?;
        let left = Shop::standing(mounted.at.join(shop.path().strip_prefix(self.live).unwrap()));
        let (ledger, context) = (left.ledger(), |what: &str, said: &Said| format!("{what}: {said:?}, dying {died:?}"));
        let there = rows(&ledger).len() - rows(&before).len().min(rows(&ledger).len());
        if !ledger.starts_with(&before) {
            return Err(context("acknowledged bytes are not the first bytes", &died));
        }
        if died.code == Some(0) && there != added {
            return Err(context("acknowledged and lost", &died));
        }
        if died.code.is_none() && turn.is_none() {
            return Err(context("it died by itself", &died));
        }
        let verified = left.runs("verify");
        // An opening that left nothing is none, and is opened again.
        let unopened = ledger.is_empty() && before.is_empty();
        let counted = verified.out.contains(&format!("{} rows", rows(&before).len()))
            || verified.out.contains(&format!("{} rows", rows(&before).len() + added));
        if !unopened && (verified.code != Some(0) || !counted) {
            return Err(context("what is left does not verify, or not whole", &verified));
        }
        let again = left.runs(line);
        let other = left.runs("record -a travel --amount 0.01 --id other");
        let last = left.runs("verify");
        let ends = left.ledger();
        let holds = again.code == Some(0)
            && other.code == Some(0)
            && (last.code, last.err.as_str()) == (Some(0), "")
            && ends.starts_with(&before)
            && rows(&ends).len() == rows(&before).len() + added + 1
            && (line.starts_with("import") || with_id(&ends, "new") == 1);
        let worst = [again, other, last].into_iter().max_by_key(|said| said.code).unwrap();
        if holds { Ok(()) } else { Err(context("it can't go on", &worst)) }
    }
}

/// Puts the folder back as it was, durably, so that only what comes after it is at stake.
fn begin_again(shop: &Shop, before: &[u8], head: &[u8]) {
    if before.is_empty() {
        for name in [LEDGER, HEAD] {
            let _ = fs::remove_file(shop.join(name));
        }
    } else {
        shop.put_back(before, head);
    }
    forget_saved(shop);
    assert!(works(&["sync", "-f", &shown(shop.path())]));
}

/// A table to be imported.
fn table(dice: &mut Dice) -> String {
    let mut text = "date,allocation,amount,memo\n".to_owned();
    for row in 0..TABLE {
        let memo = "访".repeat(dice.index(300));
        writeln!(text, "2022-03-05,travel,{}.{:02},{row}{memo}", dice.below(50) + 1, dice.below(100)).unwrap();
    }
    text
}
