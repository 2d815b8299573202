//! T9: a disk that is full, to the page. A row that doesn't fit is refused with nothing changed, and fits once there is
//! room again.

use std::path::Path;

use crate::shop::{Shop, rows, works};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial =
    Trial { name: "T9 full-disk", what: "small disks in memory filled with rows of every size, then given room", run };

/// A disk in memory, gone when dropped.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn of(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_string_lossy().into_owned();
        works(&["mount", "-t", "tmpfs", "-o", options, "taizhang", &path]).then_some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn gets_room(&self) {
        assert!(works(&["mount", "-o", "remount,size=64m,nr_inodes=1000", &self.path().to_string_lossy()]));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        works(&["umount", &self.path().to_string_lossy()]);
    }
}

fn run(share: &Share) -> Tally {
    let mut tally = Tally::default();
    let (step, most) = (usize::try_from(share.of(24, 4)).unwrap(), share.of(64, 256));
    for kibibytes in (16..=most).step_by(step) {
        for letters in [300, 650] {
            if !fill(&format!("size={kibibytes}k"), letters, &mut tally) {
                return Tally::not_tried("no file system in memory may be mounted here");
            }
        }
    }
    for inodes in 2..12 {
        let kibibytes = share.of(32, 96);
        fill(&format!("size={kibibytes}k,nr_inodes={inodes}"), 650, &mut tally);
    }
    tally
}

/// Fills one disk. Answers whether there was one.
fn fill(options: &str, letters: usize, tally: &mut Tally) -> bool {
    let Some(disk) = Disk::of(options) else { return false };
    let Some(shop) = Shop::tried_within(disk.path()) else { return true };
    let opening = shop.runs("open --yes --id opening");
    if opening.code == Some(5) {
        tally.holds(shop.ledger().is_empty(), || format!("{options}: an opening refused, and a ledger: {opening:?}"));
        disk.gets_room();
        let again = shop.runs("open --yes --id opening");
        tally.holds(again.code == Some(0), || format!("{options}, with room: {again:?}"));
        // There is room now for more than anyone wants to wait for.
        return true;
    }
    tally.holds(opening.code == Some(0), || format!("{options}: {opening:?}"));
    let memo = "访".repeat(letters);
    let memo = if memo.is_empty() { memo } else { format!(" --memo {memo}") };
    for number in 1..2_000 {
        let line = format!("record -a travel --amount 0.01 --id row-{number}{memo}");
        let before = shop.ledger();
        let said = shop.runs(&line);
        let after = shop.ledger();
        if said.code == Some(0) {
            tally.holds(rows(&after).len() == rows(&before).len() + 1, || format!("{options}: {said:?}"));
            continue;
        }
        tally.holds(said.code == Some(5) && after == before, || format!("{options} row {number}: {said:?}"));
        disk.gets_room();
        let again = shop.runs(&line);
        let verified = shop.runs("verify");
        let holds = again.code == Some(0) && rows(&shop.ledger()).len() == rows(&before).len() + 1;
        tally.holds(holds && verified.code == Some(0), || format!("{options}, with room: {again:?} {verified:?}"));
        break;
    }
    true
}
